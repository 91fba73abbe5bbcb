//! The backup file: header, manifest, local record and rows in one file that opens anywhere with
//! any secret that the vault has. It is exactly as strong as the vault itself (S-38): the same
//! sealed bytes, and nothing else but lengths, a date and a checksum.

use std::collections::BTreeMap;

use sesame_protocol::{ItemId, MAX_ITEMS, ROW_MAX, Reader, sha256};

use crate::VaultError;
use crate::commit::key;
use crate::vault::{BackupParts, Stored};

const MAGIC: [u8; 4] = *b"SBK1";
const VERSION: u16 = 1;
/// Cap of header, manifest and local record each; more than any of them may have.
const PART_MAX: usize = 64 * 1024;

/// A backup file that was read; nothing in it is opened yet.
pub struct Backup {
    /// When it was saved, ms, as the file says: a label, protected against accident only. After
    /// unlocking, `local().backup_saved_at` says it with the vault's word where the vault was
    /// open when the file was made.
    pub saved_at: u64,
    parts: BTreeMap<String, Vec<u8>>,
    rows: BTreeMap<ItemId, Vec<u8>>,
}

/// Writes a backup.
///
/// # Errors
/// `TooLarge` for a part over its cap.
pub(crate) fn write_backup<'r>(
    parts: &BackupParts<'_>,
    rows: impl Iterator<Item = (&'r ItemId, &'r Vec<u8>)>,
    saved_at: u64,
) -> Result<Vec<u8>, VaultError> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&VERSION.to_be_bytes());
    out.extend_from_slice(&saved_at.to_be_bytes());
    for part in [parts.header, parts.manifest, parts.local] {
        push_block(&mut out, part, PART_MAX)?;
    }
    let rows: Vec<_> = rows.collect();
    let count = u32::try_from(rows.len())
        .ok()
        .filter(|count| *count <= MAX_ITEMS)
        .ok_or(VaultError::TooLarge)?;
    out.extend_from_slice(&count.to_be_bytes());
    out.reserve(rows.iter().map(|(_, row)| row.len() + 20).sum());
    for (id, row) in rows {
        out.extend_from_slice(id.as_bytes());
        push_block(&mut out, row, ROW_MAX)?;
    }
    let sum = sha256(&[&out]);
    out.extend_from_slice(&sum);
    Ok(out)
}

fn push_block(out: &mut Vec<u8>, bytes: &[u8], max: usize) -> Result<(), VaultError> {
    let len = u32::try_from(bytes.len())
        .ok()
        .filter(|_| bytes.len() <= max)
        .ok_or(VaultError::TooLarge)?;
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

impl Backup {
    /// Reads a file. Every flipped bit and every byte too few or too many is found.
    ///
    /// # Errors
    /// `NotBackup` without the magic, `NewerFormat` for a later version, `Damaged`.
    pub fn read(file: &[u8]) -> Result<Self, VaultError> {
        Self::parse(file, true)
    }

    /// Reads a file whose checksum does not fit, as far as its structure holds: what is intact in
    /// it is still authenticated piece by piece once it is opened.
    ///
    /// # Errors
    /// As [`Backup::read`].
    pub fn salvage(file: &[u8]) -> Result<Self, VaultError> {
        Self::parse(file, false)
    }

    fn parse(file: &[u8], strict: bool) -> Result<Self, VaultError> {
        let mut start = Reader::new(file);
        if start.array().ok() != Some(MAGIC) {
            return Err(VaultError::NotBackup);
        }
        let version = start.u16()?;
        let (content, sum) = file.split_last_chunk::<32>().ok_or(VaultError::Damaged)?;
        let intact = sha256(&[content]) == *sum;
        if version != VERSION {
            // A flipped bit is no newer format.
            return Err(if intact && version > VERSION {
                VaultError::NewerFormat
            } else {
                VaultError::Damaged
            });
        }
        if strict && !intact {
            return Err(VaultError::Damaged);
        }
        let mut reader = Reader::new(content.get(6..).unwrap_or_default());
        let saved_at = reader.u64()?;
        let mut parts = BTreeMap::new();
        for name in [key::HEADER, key::MANIFEST, key::LOCAL] {
            let bytes = reader.block(PART_MAX)?;
            if !bytes.is_empty() {
                parts.insert(name.to_owned(), bytes.to_vec());
            }
        }
        let count = reader.u32()?;
        if count > MAX_ITEMS {
            return Err(VaultError::Damaged);
        }
        let mut rows = BTreeMap::new();
        let mut last = None;
        for _ in 0..count {
            let id = ItemId::from_bytes(reader.array()?);
            if last.is_some_and(|last| last >= id) {
                return Err(VaultError::Damaged);
            }
            last = Some(id);
            rows.insert(id, reader.block(ROW_MAX)?.to_vec());
        }
        reader.end()?;
        Ok(Self {
            saved_at,
            parts,
            rows,
        })
    }

    /// The rows, tombstones included.
    #[must_use]
    pub const fn rows(&self) -> &BTreeMap<ItemId, Vec<u8>> {
        &self.rows
    }

    /// What [`crate::Locked::load`] takes, and the rows for [`crate::Unlocked::rebuild`].
    #[must_use]
    pub fn into_parts(self) -> (Stored, BTreeMap<ItemId, Vec<u8>>) {
        (Stored::of_file(self.parts), self.rows)
    }
}

#[cfg(test)]
mod tests;
