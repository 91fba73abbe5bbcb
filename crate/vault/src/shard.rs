//! The index: which rows there are, and for each item an opaque summary that lists and searches
//! are made from, so that unlocking reads no rows. In memory by bucket; on disk one sealed shard
//! for each bucket, good only for the bucket hash that the signed manifest has for it.

use sesame_protocol::{
    AccountId, BUCKET_MAX_ENTRIES, BUCKETS, DeviceId, Entry, GenId, ItemId, Kind, Label, Op,
    Reader, bucket_hash, bucket_of, ctx,
};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::crypto::{self, Key, Random};
use crate::pad::{pad, unpad};

/// Longest summary of one item: as long as an item.
pub const SUMMARY_MAX: usize = 256 * 1024;
/// Largest padded shard: all its entries with the longest summaries would be more than any vault has.
const SHARD_MAX: usize = 32 * 1024 * 1024;

/// An entry with its summary.
#[derive(Clone)]
pub(crate) struct Indexed {
    pub entry: Entry,
    pub summary: Zeroizing<Vec<u8>>,
}

/// The rows of one bucket, in ascending order of id.
#[derive(Clone, Default)]
pub(crate) struct Bucket {
    rows: Vec<Indexed>,
}

/// What a shard is bound to.
pub(crate) struct ShardPlace<'a> {
    pub account: &'a AccountId,
    pub generation: &'a GenId,
    pub device: &'a DeviceId,
    pub index: u8,
}

impl ShardPlace<'_> {
    fn aad(&self, hash: &[u8; 32]) -> Vec<u8> {
        ctx(
            Label::Shard,
            &[
                self.account.as_bytes().into(),
                self.generation.as_bytes().into(),
                self.device.as_bytes().into(),
                (&[self.index]).into(),
                hash.into(),
            ],
        )
    }
}

impl Bucket {
    pub(crate) fn find(&self, id: &ItemId) -> Option<&Indexed> {
        let at = self
            .rows
            .binary_search_by(|row| row.entry.id.cmp(id))
            .ok()?;
        self.rows.get(at)
    }

    /// Puts a row in; gives back the entry that was there before.
    pub(crate) fn set(&mut self, row: Indexed) -> Option<Entry> {
        match self
            .rows
            .binary_search_by(|other| other.entry.id.cmp(&row.entry.id))
        {
            Ok(at) => self
                .rows
                .get_mut(at)
                .map(|old| std::mem::replace(old, row).entry),
            Err(at) => {
                self.rows.insert(at, row);
                None
            }
        }
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.rows.iter().map(|row| &row.entry)
    }

    pub(crate) fn count(&self, op: Op) -> usize {
        self.rows.iter().filter(|row| row.entry.op == op).count()
    }

    /// # Errors
    /// `TooLarge` above what one bucket may hold.
    pub(crate) fn hash(&self, generation: &GenId, index: u8) -> Result<[u8; 32], VaultError> {
        bucket_hash(generation, index, self.rows.iter().map(|row| &row.entry))
            .map_err(|_| VaultError::TooLarge)
    }

    pub(crate) fn seal(
        &self,
        key: &Key,
        place: &ShardPlace<'_>,
        hash: &[u8; 32],
        rng: &mut dyn Random,
    ) -> Result<Vec<u8>, VaultError> {
        let size: usize = self.rows.iter().map(|row| 57 + 4 + row.summary.len()).sum();
        let mut plain = Zeroizing::new(Vec::with_capacity(4 + size));
        plain.extend_from_slice(&length(self.rows.len())?);
        for row in &self.rows {
            row.entry.encode_into(&mut plain);
            plain.extend_from_slice(&length(row.summary.len())?);
            plain.extend_from_slice(&row.summary);
        }
        crypto::seal(
            key,
            Kind::LocalCache,
            &place.aad(hash),
            &pad(&plain, SHARD_MAX)?,
            rng,
        )
    }

    /// Opens a shard and checks that its entries are the bucket that the manifest signs.
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn open(
        bytes: &[u8],
        key: &Key,
        place: &ShardPlace<'_>,
        hash: &[u8; 32],
    ) -> Result<Self, VaultError> {
        if bytes.len() > SHARD_MAX {
            return Err(VaultError::Damaged);
        }
        let plain = unpad(&crypto::open(
            key,
            Kind::LocalCache,
            &place.aad(hash),
            bytes,
        )?)?;
        let mut reader = Reader::new(&plain);
        let count = usize::try_from(reader.u32()?).unwrap_or(usize::MAX);
        if count > BUCKET_MAX_ENTRIES {
            return Err(VaultError::Damaged);
        }
        let mut rows = Vec::with_capacity(count);
        for _ in 0..count {
            let entry = Entry::read(&mut reader)?;
            if bucket_of(&entry.id) != place.index {
                return Err(VaultError::Damaged);
            }
            rows.push(Indexed {
                entry,
                summary: Zeroizing::new(reader.block(SUMMARY_MAX)?.to_vec()),
            });
        }
        reader.end()?;
        let bucket = Self { rows };
        // Order and uniqueness are part of the hash.
        if bucket.hash(place.generation, place.index)? == *hash {
            Ok(bucket)
        } else {
            Err(VaultError::Damaged)
        }
    }
}

fn length(len: usize) -> Result<[u8; 4], VaultError> {
    Ok(u32::try_from(len)
        .map_err(|_| VaultError::TooLarge)?
        .to_be_bytes())
}

/// All buckets; `None` where a shard could not be read and rows are needed.
pub(crate) struct Index {
    buckets: [Option<Bucket>; BUCKETS],
}

impl Index {
    pub(crate) fn empty() -> Self {
        Self {
            buckets: std::array::from_fn(|_| Some(Bucket::default())),
        }
    }

    pub(crate) fn unknown() -> Self {
        Self {
            buckets: [const { None }; BUCKETS],
        }
    }

    pub(crate) fn bucket(&self, index: u8) -> Option<&Bucket> {
        self.buckets
            .get(usize::from(index))
            .and_then(Option::as_ref)
    }

    pub(crate) fn set_bucket(&mut self, index: u8, bucket: Bucket) {
        if let Some(slot) = self.buckets.get_mut(usize::from(index)) {
            *slot = Some(bucket);
        }
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.buckets.iter().all(Option::is_some)
    }

    pub(crate) fn find(&self, id: &ItemId) -> Option<&Indexed> {
        self.bucket(bucket_of(id))?.find(id)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &Indexed> {
        self.buckets
            .iter()
            .flatten()
            .flat_map(|bucket| bucket.rows.iter())
    }
}

/// The key of a shard in its store: `00` to `3f`.
pub(crate) fn shard_key(index: u8) -> String {
    format!("{index:02x}")
}

/// The indices of all buckets.
pub(crate) fn all_buckets() -> impl Iterator<Item = u8> {
    (0u8..).take(BUCKETS)
}

#[cfg(test)]
mod tests;
