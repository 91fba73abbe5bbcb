//! Pulling and pushing the vault.

use super::opaque::{self, read_exact};
use super::rows::{ItemRow, read_rows, write_rows};
use super::{Message, Writer, read_header, read_manifest, read_option};
use crate::{
    BUCKET_MAX_ENTRIES, BUCKETS, ENTRY_LEN, Entry, GenId, ProtocolError, Reader, decode_entries,
};

/// Most manifests of one answer.
pub(super) const CHAIN_MAX: u16 = 512;

/// Asks for what is new.
#[derive(Clone)]
pub struct Pull {
    /// The generation.
    pub generation: GenId,
    /// The session's epoch.
    pub epoch: u64,
    /// SHA-256 of the header that the client has.
    pub header_hash: [u8; 32],
    /// The bucket hashes that the client has.
    pub buckets: [[u8; 32]; BUCKETS],
}

impl Message for Pull {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes())
            .u64(self.epoch)
            .raw(&self.header_hash);
        for hash in &self.buckets {
            out.raw(hash);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let generation = GenId::from_bytes(reader.array()?);
        let epoch = reader.u64()?;
        let header_hash = reader.array()?;
        let mut buckets = [[0; 32]; BUCKETS];
        for hash in &mut buckets {
            *hash = reader.array()?;
        }
        Ok(Self {
            generation,
            epoch,
            header_hash,
            buckets,
        })
    }
}

/// A bucket whose hash differs.
#[derive(Clone)]
pub struct PulledBucket {
    /// 0..=63.
    pub index: u8,
    /// All its entries.
    pub entries: Vec<Entry>,
}

/// The newest manifest and what differs from what the client has; one consistent reading.
#[derive(Clone)]
pub struct Pulled {
    /// The newest manifest.
    pub manifest: Vec<u8>,
    /// The header, if its hash differs.
    pub header: Option<Vec<u8>>,
    /// The buckets whose hash differs, in ascending order.
    pub buckets: Vec<PulledBucket>,
}

impl Message for Pulled {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.manifest)
            .option16(self.header.as_deref())
            .count(self.buckets.len());
        for bucket in &self.buckets {
            out.u8(bucket.index).count(bucket.entries.len());
            for entry in &bucket.entries {
                let mut bytes = Vec::with_capacity(ENTRY_LEN);
                entry.encode_into(&mut bytes);
                out.raw(&bytes);
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let manifest = read_manifest(reader)?;
        let header = read_option(reader, read_header)?;
        let count = usize::from(reader.u16()?);
        if count > BUCKETS {
            return Err(ProtocolError::Length);
        }
        let mut buckets: Vec<PulledBucket> = Vec::with_capacity(count);
        for _ in 0..count {
            let index = reader.u8()?;
            if usize::from(index) >= BUCKETS {
                return Err(ProtocolError::Kind);
            }
            if buckets.last().is_some_and(|last| last.index >= index) {
                return Err(ProtocolError::Order);
            }
            let len = usize::from(reader.u16()?);
            if len > BUCKET_MAX_ENTRIES {
                return Err(ProtocolError::Length);
            }
            let entries = decode_entries(index, reader.take(len * ENTRY_LEN)?)?;
            buckets.push(PulledBucket { index, entries });
        }
        Ok(Self {
            manifest,
            header,
            buckets,
        })
    }
}

/// Asks for the links of the account's chain.
#[derive(Clone)]
pub struct Chain {
    /// The generation.
    pub generation: GenId,
    /// The number after which to begin.
    pub after: u64,
    /// 1..=512.
    pub limit: u16,
}

impl Message for Chain {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes())
            .u64(self.after)
            .u16(self.limit);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let chain = Self {
            generation: GenId::from_bytes(reader.array()?),
            after: reader.u64()?,
            limit: reader.u16()?,
        };
        if chain.limit == 0 || chain.limit > CHAIN_MAX {
            return Err(ProtocolError::Length);
        }
        Ok(chain)
    }
}

/// Manifests in ascending order of number; links that the server no longer keeps are missing.
#[derive(Clone)]
pub struct ChainLinks {
    /// The manifests.
    pub manifests: Vec<Vec<u8>>,
}

impl Message for ChainLinks {
    fn write(&self, out: &mut Writer) {
        out.count(self.manifests.len());
        for manifest in &self.manifests {
            out.raw(manifest);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        let count = reader.u16()?;
        if count > CHAIN_MAX {
            return Err(ProtocolError::Length);
        }
        let manifests = (0..count)
            .map(|_| read_manifest(reader))
            .collect::<Result<_, _>>()?;
        Ok(Self { manifests })
    }
}

/// The next link and what it changed; all or nothing.
#[derive(Clone)]
pub struct Commit {
    /// The generation.
    pub generation: GenId,
    /// The session's epoch.
    pub epoch: u64,
    /// The next manifest.
    pub manifest: Vec<u8>,
    /// The header, if it changed.
    pub header: Option<Vec<u8>>,
    /// The new recovery code's key, if a code was made.
    pub recovery_key: Option<[u8; 32]>,
    /// Changed rows in strictly ascending order of id.
    pub rows: Vec<ItemRow>,
}

impl Message for Commit {
    fn write(&self, out: &mut Writer) {
        out.raw(self.generation.as_bytes())
            .u64(self.epoch)
            .raw(&self.manifest)
            .option16(self.header.as_deref())
            .option_key(self.recovery_key.as_ref());
        write_rows(out, &self.rows);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            generation: GenId::from_bytes(reader.array()?),
            epoch: reader.u64()?,
            manifest: read_manifest(reader)?,
            header: read_option(reader, read_header)?,
            recovery_key: read_option(reader, |reader| reader.array())?,
            rows: read_rows(reader)?,
        })
    }
}

/// The link is stored.
#[derive(Clone)]
pub struct Committed {
    /// Its number.
    pub seq: u64,
}

impl Message for Committed {
    fn write(&self, out: &mut Writer) {
        out.u64(self.seq);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self { seq: reader.u64()? })
    }
}

/// First step of a changed master password; answered by [`super::RegisterStarted`].
#[derive(Clone)]
pub struct PasswordStart {
    /// OPAQUE registration request.
    pub request: Vec<u8>,
}

impl Message for PasswordStart {
    fn write(&self, out: &mut Writer) {
        out.block16(&self.request);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            request: read_exact(reader, opaque::REGISTRATION_REQUEST)?,
        })
    }
}

/// The new record and the header that the new password opens, in one step; answered by
/// [`super::Session`].
#[derive(Clone)]
pub struct PasswordFinish {
    /// OPAQUE registration record.
    pub upload: Vec<u8>,
    /// The link with the new header.
    pub commit: Commit,
    /// Also sign the other devices out.
    pub sign_out_others: bool,
}

impl Message for PasswordFinish {
    fn write(&self, out: &mut Writer) {
        out.block16(&self.upload);
        self.commit.write(out);
        out.flag(self.sign_out_others);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, ProtocolError> {
        Ok(Self {
            upload: read_exact(reader, opaque::REGISTRATION_UPLOAD)?,
            commit: Commit::read(reader)?,
            sign_out_others: reader.flag()?,
        })
    }
}
