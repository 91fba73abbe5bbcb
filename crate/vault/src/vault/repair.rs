//! Mending what can be mended from rows: the index, the anchor, the manifest, the local record.

use crate::order::map_of;
use std::collections::BTreeMap;

use sesame_protocol::{BUCKETS, ItemId, Op, Row, bucket_of};
use zeroize::Zeroizing;

use super::items::Next;
use super::{Env, Unlocked};
use crate::commit::Commit;
use crate::manifest::empty_buckets;
use crate::shard::{Bucket, Indexed, all_buckets};
use crate::{Damage, Part, Repair, VaultError};

/// Makes the summary of an item from its CBOR; `None` if it can't be read.
pub type Summarise<'a> = dyn FnMut(ItemId, &[u8]) -> Option<Vec<u8>> + 'a;

/// The outcome of [`Unlocked::rebuild`].
pub struct Rebuilt {
    /// What to write.
    pub commit: Commit,
    /// What could not be mended: rows that do not open, and one `item` damage without an id when
    /// rows that the manifest names are gone altogether.
    pub damage: Vec<Damage>,
}

/// The rows of one bucket as found in storage.
#[derive(Default)]
struct Found {
    bucket: Bucket,
    bad: Vec<ItemId>,
}

impl Unlocked {
    fn gather(
        &self,
        rows: &BTreeMap<ItemId, Vec<u8>>,
        wanted: &[u8],
        summarise: &mut Summarise<'_>,
    ) -> BTreeMap<u8, Found> {
        let mut found = map_of(wanted.iter().map(|number| (*number, Found::default())));
        for (id, bytes) in rows {
            let Some(found) = found.get_mut(&bucket_of(id)) else {
                continue;
            };
            let opened = Row::parse(bytes).ok().and_then(|row| {
                let content = self.open_blob(id, &row).ok()?;
                let summary = match row.op {
                    Op::Put => summarise(*id, &content)?,
                    Op::Delete => Vec::new(),
                };
                Some(Indexed {
                    entry: row.entry(*id),
                    summary: Zeroizing::new(summary),
                })
            });
            match opened {
                Some(row) => {
                    found.bucket.set(row);
                }
                None => found.bad.push(*id),
            }
        }
        found
    }

    /// Makes the index again from the stored rows, and with it whatever else is damaged. Where
    /// the rows are exactly those that the manifest names, nothing else changes. Where they are
    /// not, or the manifest itself is lost or older than what this device has seen, a new
    /// manifest says what there is now: call it only when the person wants that.
    ///
    /// # Errors
    /// `TooLarge`, `Counter`, `Random`; then nothing has changed.
    pub fn rebuild(
        &mut self,
        rows: &BTreeMap<ItemId, Vec<u8>>,
        summarise: &mut Summarise<'_>,
        env: &mut Env<'_>,
    ) -> Result<Rebuilt, VaultError> {
        let missing: Vec<u8> = all_buckets()
            .filter(|number| self.index.bucket(*number).is_none())
            .collect();
        let found = self.gather(rows, &missing, summarise);
        let signed = match &self.link {
            Some(link) => link.manifest.buckets,
            None => empty_buckets(&self.owner.generation)?,
        };
        let mut damage = Vec::new();
        let mut changed = self.read_only || self.link.is_none();
        let mut next = Next::default();
        for (number, found) in found {
            let hash = found.bucket.hash(&self.owner.generation, number)?;
            let as_signed = self.link.is_some() && signed.get(usize::from(number)) == Some(&hash);
            if !as_signed {
                changed = true;
                damage.extend(found.bad.iter().map(|id| Damage::item(*id)));
                if found.bad.is_empty() && self.link.is_some() {
                    damage.push(Damage {
                        part: Part::Item,
                        item: None,
                        repair: Repair::None,
                    });
                }
            }
            next.buckets.insert(number, found.bucket);
        }
        damage.dedup();
        let commit = if changed {
            self.restate(next, signed, env)?
        } else {
            self.reseal(next, env)?
        };
        self.local_forged = false;
        let commit = self.heal_local(commit)?;
        self.damage = damage.clone();
        Ok(Rebuilt { commit, damage })
    }

    /// A new link for what there is now, from the newest point that is known.
    fn restate(
        &mut self,
        mut next: Next,
        signed: [[u8; 32]; BUCKETS],
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        if self.sealed.header.hdr_seq < self.seen_hdr_seq {
            next.header = Some(self.sealed.next(
                self.sealed.header.slots.clone(),
                self.seen_hdr_seq,
                &self.key,
            )?);
        }
        // All 64 are counted and sealed: shards of an older state do not fit the new hashes.
        for number in all_buckets() {
            if let Some(known) = self.index.bucket(number).cloned() {
                next.buckets.entry(number).or_insert(known);
            }
        }
        self.copy_stale = true;
        let weakest = self
            .sealed
            .header
            .slots_of(sesame_protocol::SlotKind::Password)
            .map(|slot| slot.kdf_id)
            .min();
        self.min_kdf = weakest.unwrap_or(self.min_kdf);
        let commit = self.advance_from(signed, next, env)?;
        self.read_only = false;
        Ok(commit)
    }

    /// Seals the found buckets for the manifest that there is, and the anchor again.
    fn reseal(&mut self, next: Next, env: &mut Env<'_>) -> Result<Commit, VaultError> {
        use crate::commit::{Store, key};
        use crate::shard::{ShardPlace, shard_key};
        let mut commit = Commit::default();
        let crate::local::Owner {
            account,
            generation,
            device,
        } = self.owner;
        let cache = self.key.cache(&device);
        for (number, bucket) in &next.buckets {
            let place = ShardPlace {
                account: &account,
                generation: &generation,
                device: &device,
                index: *number,
            };
            let hash = bucket.hash(&generation, *number)?;
            commit.put(
                Store::Shards,
                shard_key(*number),
                bucket.seal(&cache, &place, &hash, env.rng)?,
            );
        }
        let tip = self.tip.ok_or(VaultError::Internal)?;
        let (hdr_seq, min_kdf) = (self.seen_hdr_seq, self.min_kdf);
        let anchor = crate::anchor::Anchor {
            seq: tip.seq,
            head: tip.head,
            hdr_seq,
            min_kdf,
        };
        commit.put(
            Store::Vault,
            key::ANCHOR,
            anchor.seal(&self.key, (&account, &generation, &device), env.rng)?,
        );
        for (number, bucket) in next.buckets {
            self.index.set_bucket(number, bucket);
        }
        Ok(commit)
    }

    fn heal_local(&mut self, mut commit: Commit) -> Result<Commit, VaultError> {
        use crate::commit::{Store, key};
        if self.copy_stale {
            commit.put(Store::Vault, key::HEADER, self.sealed.bytes.clone());
            commit.put(Store::Vault, key::HEADER_COPY, self.sealed.bytes.clone());
            self.copy_stale = false;
        }
        commit.extend(self.update_local(|_| {})?);
        Ok(commit)
    }
}
