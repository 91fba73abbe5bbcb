//! The manifest's 64 buckets: which rows a vault consists of.

use crate::{GenId, ItemId, Label, Part, ProtocolError, Reader, ctx, sha256};

/// Number of buckets.
pub const BUCKETS: usize = 64;
/// Encoded length of an entry: id 16, rev 8, op 1, hash 32.
pub const ENTRY_LEN: usize = 57;
/// Most entries of one bucket: they are one part of a context, whose length prefix is a u16.
/// With 20,000 random ids a bucket holds 312 on average; 1,149 are not reached by chance.
pub const BUCKET_MAX_ENTRIES: usize = 65_535 / ENTRY_LEN;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// An item.
    Put,
    /// A tombstone: the item was deleted for good.
    Delete,
}

impl Op {
    /// Its byte in rows and entries.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Put => 1,
            Self::Delete => 2,
        }
    }
}

impl TryFrom<u8> for Op {
    type Error = ProtocolError;

    fn try_from(byte: u8) -> Result<Self, ProtocolError> {
        match byte {
            1 => Ok(Self::Put),
            2 => Ok(Self::Delete),
            _ => Err(ProtocolError::Kind),
        }
    }
}

/// One line of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The row's id.
    pub id: ItemId,
    /// Its revision.
    pub rev: u64,
    /// Item or tombstone.
    pub op: Op,
    /// SHA-256 of its blob.
    pub blob_hash: [u8; 32],
}

impl Entry {
    /// Appends the 57 bytes of this entry.
    pub fn encode_into(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.id.as_bytes());
        out.extend_from_slice(&self.rev.to_be_bytes());
        out.push(self.op.byte());
        out.extend_from_slice(&self.blob_hash);
    }

    /// Reads one entry.
    ///
    /// # Errors
    /// `Length`, `Kind` for another op, `Counter` for revision 0.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let id = ItemId::from_bytes(reader.array()?);
        let rev = reader.u64()?;
        if rev == 0 {
            return Err(ProtocolError::Counter);
        }
        let op = Op::try_from(reader.u8()?)?;
        Ok(Self {
            id,
            rev,
            op,
            blob_hash: reader.array()?,
        })
    }
}

/// The bucket of an item: the first 6 bits of its id, 0..=63.
#[must_use]
pub const fn bucket_of(id: &ItemId) -> u8 {
    let [first, ..] = id.as_bytes();
    *first >> 2
}

/// Encodes a bucket's entries, which must be in strictly ascending order of id.
///
/// # Errors
/// `Order`, or `Length` for more than [`BUCKET_MAX_ENTRIES`].
pub fn encode_entries<'e>(
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Result<Vec<u8>, ProtocolError> {
    let mut out = Vec::new();
    let mut last: Option<ItemId> = None;
    for entry in entries {
        if last.is_some_and(|last| last >= entry.id) {
            return Err(ProtocolError::Order);
        }
        last = Some(entry.id);
        entry.encode_into(&mut out);
    }
    if out.len() > BUCKET_MAX_ENTRIES * ENTRY_LEN {
        return Err(ProtocolError::Length);
    }
    Ok(out)
}

/// Decodes the entries of bucket `index`.
///
/// # Errors
/// `Length`, `Order`, `Kind`, `Counter`, or `Invariant` for an id that belongs to another bucket.
pub fn decode_entries(index: u8, bytes: &[u8]) -> Result<Vec<Entry>, ProtocolError> {
    let (chunks, rest) = bytes.as_chunks::<ENTRY_LEN>();
    if !rest.is_empty() || chunks.len() > BUCKET_MAX_ENTRIES {
        return Err(ProtocolError::Length);
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let entry = Entry::read(&mut Reader::new(chunk))?;
        if bucket_of(&entry.id) != index {
            return Err(ProtocolError::Invariant);
        }
        if entries.last().is_some_and(|last| last.id >= entry.id) {
            return Err(ProtocolError::Order);
        }
        entries.push(entry);
    }
    Ok(entries)
}

/// `SHA-256(ctx("…/bucket", [gen, index u8, entries]))`.
///
/// # Errors
/// As [`encode_entries`].
pub fn bucket_hash<'e>(
    generation: &GenId,
    index: u8,
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Result<[u8; 32], ProtocolError> {
    let entries = encode_entries(entries)?;
    Ok(sha256(&[&ctx(
        Label::Bucket,
        &[
            generation.as_bytes().into(),
            (&[index]).into(),
            Part::try_from(&*entries)?,
        ],
    )]))
}

#[cfg(test)]
mod tests;
