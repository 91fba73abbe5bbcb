//! Stored rows on the wire.

use super::{Message, Writer};
use crate::{
    ENVELOPE_OVERHEAD, ITEM_BLOB_MAX, ItemId, MAX_ITEMS, Op, ProtocolError, Reader, encode_row,
    sha256,
};

/// Most ids of one [`Rows`].
const IDS_MAX: usize = 1000;

/// A row with its id.
#[derive(Clone)]
pub struct ItemRow {
    /// The item.
    pub id: ItemId,
    /// Revision, from 1.
    pub rev: u64,
    /// Item or tombstone.
    pub op: Op,
    /// The envelope.
    pub blob: Vec<u8>,
}

impl ItemRow {
    /// SHA-256 of the blob, as the manifest's bucket names it.
    #[must_use]
    pub fn blob_hash(&self) -> [u8; 32] {
        sha256(&[&self.blob])
    }

    /// The row as browsers store it.
    #[must_use]
    pub fn stored(&self) -> Vec<u8> {
        encode_row(self.rev, self.op, &self.blob)
    }
}

impl Message for ItemRow {
    fn write(&self, out: &mut Writer) {
        out.raw(self.id.as_bytes())
            .u64(self.rev)
            .u8(self.op.byte())
            .block32(&self.blob);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let id = ItemId::from_bytes(reader.array()?);
        let rev = reader.u64()?;
        if rev == 0 || rev == u64::MAX {
            return Err(ProtocolError::Counter);
        }
        let op = Op::try_from(reader.u8()?)?;
        let blob = reader.block(ITEM_BLOB_MAX)?;
        if blob.len() < ENVELOPE_OVERHEAD {
            return Err(ProtocolError::Length);
        }
        Ok(Self {
            id,
            rev,
            op,
            blob: blob.to_vec(),
        })
    }
}

/// `u16` number of rows and the rows.
pub(super) fn write_rows(out: &mut Writer, rows: &[ItemRow]) {
    out.count(rows.len());
    for row in rows {
        row.write(out);
    }
}

/// Rows in strictly ascending order of id: none comes twice (S-07).
pub(super) fn read_rows(reader: &mut Reader<'_>) -> Result<Vec<ItemRow>, ProtocolError> {
    let count = reader.u16()?;
    if u32::from(count) > MAX_ITEMS {
        return Err(ProtocolError::Length);
    }
    let mut rows: Vec<ItemRow> = Vec::new();
    for _ in 0..count {
        let row = ItemRow::read(reader)?;
        if rows.last().is_some_and(|last| last.id >= row.id) {
            return Err(ProtocolError::Order);
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Asks for rows by id.
#[derive(Clone)]
pub struct Rows {
    /// The generation.
    pub generation: crate::GenId,
    /// At most 1,000, in strictly ascending order.
    pub ids: Vec<ItemId>,
}

impl Message for Rows {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes()).count(self.ids.len());
        for id in &self.ids {
            out.raw(id.as_bytes());
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let generation = crate::GenId::from_bytes(reader.array()?);
        let count = usize::from(reader.u16()?);
        if count > IDS_MAX {
            return Err(ProtocolError::Length);
        }
        let mut ids: Vec<ItemId> = Vec::with_capacity(count);
        for _ in 0..count {
            let id = ItemId::from_bytes(reader.array()?);
            if ids.last().is_some_and(|last| *last >= id) {
                return Err(ProtocolError::Order);
            }
            ids.push(id);
        }
        Ok(Self { generation, ids })
    }
}

/// Rows in ascending order of id: the asked ones from the first on, as many as fit.
#[derive(Clone)]
pub struct RowList {
    /// The rows.
    pub rows: Vec<ItemRow>,
    /// The rest did not fit: ask again for the ids that are missing.
    pub more: bool,
}

impl Message for RowList {
    fn write(&self, out: &mut Writer) {
        write_rows(out, &self.rows);
        out.flag(self.more);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            rows: read_rows(reader)?,
            more: reader.flag()?,
        })
    }
}
