//! A stored item: `rev u64be ‖ op u8 ‖ ENC1 blob`.

use crate::{ENVELOPE_OVERHEAD, ItemId, Op, ProtocolError, Reader, bucket::Entry, sha256};

/// Bytes before the blob.
pub const ROW_HEAD: usize = 9;
/// Largest padded plaintext of an item: 256 KiB.
pub const ITEM_PLAIN_MAX: usize = 256 * 1024;
/// Largest blob of an item.
pub const ITEM_BLOB_MAX: usize = ITEM_PLAIN_MAX + ENVELOPE_OVERHEAD;
/// Largest row.
pub const ROW_MAX: usize = ROW_HEAD + ITEM_BLOB_MAX;
/// Largest request body to the account server: 4 MiB.
pub const BATCH_MAX: usize = 4 * 1024 * 1024;

/// A row's fields, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Revision, from 1.
    pub rev: u64,
    /// Item or tombstone.
    pub op: Op,
    /// The envelope.
    pub blob: &'a [u8],
}

impl<'a> Row<'a> {
    /// Takes a row apart; the blob is only measured.
    ///
    /// # Errors
    /// `Length` when too short for an envelope or over [`ROW_MAX`], `Kind` for another op,
    /// `Counter` for revision 0.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ProtocolError> {
        if bytes.len() < ROW_HEAD + ENVELOPE_OVERHEAD || bytes.len() > ROW_MAX {
            return Err(ProtocolError::Length);
        }
        let mut reader = Reader::new(bytes);
        let rev = reader.u64()?;
        if rev == 0 {
            return Err(ProtocolError::Counter);
        }
        let op = Op::try_from(reader.u8()?)?;
        Ok(Self {
            rev,
            op,
            blob: reader.rest(),
        })
    }

    /// What the manifest's bucket says about this row.
    #[must_use]
    pub fn entry(&self, id: ItemId) -> Entry {
        Entry {
            id,
            rev: self.rev,
            op: self.op,
            blob_hash: sha256(&[self.blob]),
        }
    }
}

/// Writes a row.
#[must_use]
pub fn encode_row(rev: u64, op: Op, blob: &[u8]) -> Vec<u8> {
    let mut row = Vec::with_capacity(ROW_HEAD + blob.len());
    row.extend_from_slice(&rev.to_be_bytes());
    row.push(op.byte());
    row.extend_from_slice(blob);
    row
}

#[cfg(test)]
mod tests;
