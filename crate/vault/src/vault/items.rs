//! Rows: reading them, and changing any number of them in one commit.

use crate::order::map_of;
use std::collections::BTreeMap;

use sesame_protocol::{
    BUCKETS, Entry, ITEM_PLAIN_MAX, ItemId, KdfId, Kind, Label, Op, Row, SlotKind, bucket_of, ctx,
    encode_row, sha256,
};
use zeroize::Zeroizing;

use super::{Env, Unlocked};
use crate::anchor::Anchor;
use crate::commit::{Commit, Store, key};
use crate::crypto::{self, Random, random};
use crate::header::SealedHeader;
use crate::local::Owner;
use crate::manifest::{Link, Statement, empty_buckets};
use crate::pad::{pad, unpad};
use crate::shard::{Bucket, Indexed, SUMMARY_MAX, ShardPlace, shard_key};
use crate::{Damage, VaultError};

/// One change to the rows.
pub enum Change {
    /// A new item or a new revision of one.
    Put {
        /// Which.
        id: ItemId,
        /// The item's CBOR, with `rev` = [`Unlocked::next_rev`] inside.
        cbor: Zeroizing<Vec<u8>>,
        /// What lists and searches need; opaque here, sealed into the index, at most 256 KiB.
        summary: Vec<u8>,
    },
    /// Deletes an item for good and leaves a tombstone.
    Delete {
        /// Which.
        id: ItemId,
    },
}

/// What the next commit changes besides rows.
#[derive(Default)]
pub(super) struct Next {
    pub header: Option<SealedHeader>,
    pub buckets: BTreeMap<u8, Bucket>,
}

fn item_aad(owner: &Owner, id: &ItemId, rev: u64, op: Op) -> Vec<u8> {
    ctx(
        Label::Item,
        &[
            owner.account.as_bytes().into(),
            owner.generation.as_bytes().into(),
            id.as_bytes().into(),
            (&rev.to_be_bytes()).into(),
            (&[op.byte()]).into(),
        ],
    )
}

const fn kind_of(op: Op) -> Kind {
    match op {
        Op::Put => Kind::Item,
        Op::Delete => Kind::Tombstone,
    }
}

impl Unlocked {
    /// Number of items, settings included.
    #[must_use]
    pub fn live(&self) -> usize {
        self.index
            .rows()
            .filter(|row| row.entry.op == Op::Put)
            .count()
    }

    /// Every item that the index knows, with its summary; tombstones are left out.
    pub fn entries(&self) -> impl Iterator<Item = (&Entry, &[u8])> {
        self.index
            .rows()
            .filter(|row| row.entry.op == Op::Put)
            .map(|row| (&row.entry, row.summary.as_slice()))
    }

    /// The entry of an item or a tombstone.
    #[must_use]
    pub fn entry(&self, id: &ItemId) -> Option<&Entry> {
        self.index.find(id).map(|row| &row.entry)
    }

    /// The summary of an item.
    #[must_use]
    pub fn summary(&self, id: &ItemId) -> Option<&[u8]> {
        self.index
            .find(id)
            .filter(|row| row.entry.op == Op::Put)
            .map(|row| row.summary.as_slice())
    }

    /// The revision that the next change of this item has; 1 for a new one.
    #[must_use]
    pub fn next_rev(&self, id: &ItemId) -> u64 {
        self.entry(id)
            .map_or(1, |entry| entry.rev.saturating_add(1))
    }

    /// The settings item's id.
    #[must_use]
    pub fn settings_id(&self) -> ItemId {
        self.key.settings_id()
    }

    /// An id that no item has.
    ///
    /// # Errors
    /// `Random`.
    pub fn new_item_id(&self, rng: &mut dyn Random) -> Result<ItemId, VaultError> {
        loop {
            let id = ItemId::from_bytes(random(rng)?);
            if self.entry(&id).is_none() && id != self.settings_id() {
                return Ok(id);
            }
        }
    }

    /// Opens a stored row: it must be exactly the one that the manifest names (S-04, S-08).
    ///
    /// # Errors
    /// `NotFound` for no such item, `Damaged` for other bytes than the manifest's.
    pub fn open_row(&self, id: &ItemId, row: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let entry = self
            .entry(id)
            .filter(|entry| entry.op == Op::Put)
            .ok_or(VaultError::NotFound)?;
        let row = Row::parse(row)?;
        if row.entry(*id) != *entry {
            return Err(VaultError::Damaged);
        }
        self.open_blob(id, &row)
    }

    /// Opens a row that no entry vouches for; the key alone says that this vault made it.
    pub(super) fn open_blob(
        &self,
        id: &ItemId,
        row: &Row<'_>,
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let aad = item_aad(&self.owner, id, row.rev, row.op);
        unpad(&crypto::open(
            &self.key.item(id, row.rev, row.op),
            kind_of(row.op),
            &aad,
            row.blob,
        )?)
    }

    pub(super) fn seal_row(
        &self,
        (id, rev, op): (&ItemId, u64, Op),
        content: &[u8],
        rng: &mut dyn Random,
    ) -> Result<(Entry, Vec<u8>), VaultError> {
        let plain = pad(content, ITEM_PLAIN_MAX)?;
        let aad = item_aad(&self.owner, id, rev, op);
        let blob = crypto::seal(&self.key.item(id, rev, op), kind_of(op), &aad, &plain, rng)?;
        let entry = Entry {
            id: *id,
            rev,
            op,
            blob_hash: sha256(&[&blob]),
        };
        Ok((entry, encode_row(rev, op, &blob)))
    }

    /// Seals all changes and the state that they lead to. One call makes one manifest, however
    /// many changes there are.
    ///
    /// # Errors
    /// `ReadOnly`, `NotFound` (deleting what is not there), `TooLarge` (item, summary, more than
    /// 20,000 rows), `Invalid` (one item twice), `Counter`, `Random`. Nothing has changed then.
    pub fn commit_items(
        &mut self,
        changes: Vec<Change>,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let mut next = Next::default();
        let mut rows = Commit::default();
        let mut seen = std::collections::BTreeSet::new();
        for change in changes {
            let (id, op, content, summary) = match change {
                Change::Put { id, cbor, summary } => (id, Op::Put, cbor, Zeroizing::new(summary)),
                Change::Delete { id } => {
                    self.entry(&id)
                        .filter(|entry| entry.op == Op::Put)
                        .ok_or(VaultError::NotFound)?;
                    (
                        id,
                        Op::Delete,
                        self.tombstone(&id, self.next_rev(&id), env.now),
                        Zeroizing::default(),
                    )
                }
            };
            if !seen.insert(id) {
                return Err(VaultError::Invalid);
            }
            if summary.len() > SUMMARY_MAX {
                return Err(VaultError::TooLarge);
            }
            let rev = self.next_rev(&id);
            if rev == u64::MAX {
                return Err(VaultError::Counter);
            }
            let (entry, row) = self.seal_row((&id, rev, op), &content, env.rng)?;
            rows.put_row(&id, row);
            let number = bucket_of(&id);
            let bucket = match next.buckets.entry(number) {
                std::collections::btree_map::Entry::Occupied(bucket) => bucket.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => place.insert(
                    self.index
                        .bucket(number)
                        .cloned()
                        .ok_or(VaultError::ReadOnly)?,
                ),
            };
            bucket.set(Indexed { entry, summary });
        }
        rows.extend(self.advance(next, env)?);
        Ok(rows)
    }

    /// `item_id ‖ rev ‖ deleted at ‖ device`.
    pub(super) fn tombstone(&self, id: &ItemId, rev: u64, now: u64) -> Zeroizing<Vec<u8>> {
        let rev = rev.to_be_bytes();
        Zeroizing::new(
            [
                id.as_bytes().as_slice(),
                &rev,
                &now.to_be_bytes(),
                self.owner.device.as_bytes(),
            ]
            .concat(),
        )
    }

    /// Makes the next state: manifest, anchor, the shards of changed buckets, the header if it
    /// changed. The only place where the chain grows.
    ///
    /// # Errors
    /// `ReadOnly`, `TooLarge`, `Counter`, `Random`; then nothing has changed.
    pub(super) fn advance(&mut self, next: Next, env: &mut Env<'_>) -> Result<Commit, VaultError> {
        if self.read_only {
            return Err(VaultError::ReadOnly);
        }
        if let Some(reason) = self.suspended() {
            return Err(VaultError::Suspended(reason));
        }
        let base = match &self.link {
            Some(link) => link.manifest.buckets,
            None => empty_buckets(&self.owner.generation)?,
        };
        self.advance_from(base, next, env)
    }

    /// [`Unlocked::advance`] without asking whether the stored state may be written over.
    pub(super) fn advance_from(
        &mut self,
        mut buckets: [[u8; 32]; BUCKETS],
        next: Next,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let mut commit = Commit::default();
        let (live, tombstones) = (self.count(Op::Put, &next)?, self.count(Op::Delete, &next)?);
        let Owner {
            account,
            generation,
            device,
        } = self.owner;
        let cache = self.key.cache(&device);
        for (number, bucket) in &next.buckets {
            let slot = buckets
                .get_mut(usize::from(*number))
                .ok_or(VaultError::Internal)?;
            *slot = bucket.hash(&generation, *number)?;
            let place = ShardPlace {
                account: &account,
                generation: &generation,
                device: &device,
                index: *number,
            };
            commit.put(
                Store::Shards,
                shard_key(*number),
                bucket.seal(&cache, &place, slot, env.rng)?,
            );
        }
        let header = next.header.as_ref().unwrap_or(&self.sealed);
        let signer = self.key.signer(&account, &generation);
        let link = Link::next(
            self.tip,
            Statement {
                header,
                device,
                buckets,
                live,
                tombstones,
            },
            &signer,
        )?;
        let weakest = header
            .header
            .slots_of(SlotKind::Password)
            .map(|slot| slot.kdf_id)
            .min();
        let anchor = Anchor {
            seq: link.manifest.seq,
            head: link.head,
            hdr_seq: header.header.hdr_seq,
            min_kdf: self.min_kdf.max(weakest.unwrap_or(KdfId::None)),
        };
        commit.put(
            Store::Vault,
            key::ANCHOR,
            anchor.seal(&self.key, (&account, &generation, &device), env.rng)?,
        );
        commit.put(Store::Vault, key::MANIFEST, link.bytes.clone());
        if next.header.is_some() || self.copy_stale {
            commit.put(Store::Vault, key::HEADER, header.bytes.clone());
            commit.put(Store::Vault, key::HEADER_COPY, header.bytes.clone());
            self.copy_stale = false;
        }
        self.tip = Some(link.tip());
        self.link = Some(link);
        self.seen_hdr_seq = anchor.hdr_seq;
        self.min_kdf = anchor.min_kdf;
        if let Some(header) = next.header {
            self.sealed = header;
        }
        for (number, bucket) in next.buckets {
            self.index.set_bucket(number, bucket);
        }
        self.damage
            .retain(|damage| damage.part != crate::Part::Anchor);
        Ok(commit)
    }

    /// Rows of one kind after `next`.
    fn count(&self, op: Op, next: &Next) -> Result<u32, VaultError> {
        let count: usize = if self.index.is_whole() || next.buckets.len() == BUCKETS {
            crate::shard::all_buckets()
                .filter_map(|number| {
                    next.buckets
                        .get(&number)
                        .or_else(|| self.index.bucket(number))
                })
                .map(|bucket| bucket.count(op))
                .sum()
        } else if next.buckets.is_empty() {
            let known = self.link.as_ref().ok_or(VaultError::ReadOnly)?;
            return Ok(if op == Op::Put {
                known.manifest.live
            } else {
                known.manifest.tombstones
            });
        } else {
            return Err(VaultError::ReadOnly);
        };
        u32::try_from(count).map_err(|_| VaultError::TooLarge)
    }

    /// Checks rows against the manifest, and that none is missing. Rows that no item has are not
    /// this vault's and are passed over.
    #[must_use]
    pub fn verify_rows<'r>(
        &self,
        rows: impl IntoIterator<Item = (ItemId, &'r [u8])>,
    ) -> Vec<Damage> {
        let rows = map_of(rows);
        self.index
            .rows()
            .filter(|known| {
                let row = rows.get(&known.entry.id).map(|bytes| Row::parse(bytes));
                !matches!(row, Some(Ok(row)) if row.entry(known.entry.id) == known.entry
                    && self.open_blob(&known.entry.id, &row).is_ok())
            })
            .map(|known| Damage::item(known.entry.id))
            .collect()
    }
}
