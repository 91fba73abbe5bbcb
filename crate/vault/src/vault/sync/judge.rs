//! What an answer has to hold against before anything in it counts.

use std::collections::BTreeMap;

use sesame_protocol::account::{ChainLinks, PulledBucket};
use sesame_protocol::{Entry, KdfId, MAX_JUMP, Op, SignedManifest, SlotKind, bucket_hash, sha256};

use super::{Bases, Entries, bucket_of_manifest};
use crate::header::SealedHeader;
use crate::manifest::{Link, Tip};
use crate::shard::all_buckets;
use crate::{SyncReason, Unlocked, VaultError};

/// Links that a server keeps; whoever is further behind is told so.
const KEPT: u64 = 4096;

const fn suspended(reason: SyncReason) -> VaultError {
    VaultError::Suspended(reason)
}

/// The weakest stretching of a header's passwords.
pub(super) fn weakest(header: &SealedHeader) -> KdfId {
    let slots = header.header.slots_of(SlotKind::Password);
    slots.map(|slot| slot.kdf_id).min().unwrap_or(KdfId::None)
}

/// How far the links lead; `None` when they lead to `head`. Each is named by the next one, and the last
/// one's signature was checked.
pub(super) fn follow(
    head: &Link,
    mut tip: Tip,
    answer: &ChainLinks,
) -> Result<Option<Tip>, VaultError> {
    let far = head.manifest.seq - tip.seq > KEPT;
    if answer.manifests.is_empty() {
        return Err(suspended(if far {
            SyncReason::AwayTooLong
        } else {
            SyncReason::Dropped
        }));
    }
    for bytes in &answer.manifests {
        let signed = SignedManifest::parse(bytes).map_err(|_| suspended(SyncReason::Forged))?;
        let next = signed.unverified();
        if next.prev_hash != tip.head || next.seq <= tip.seq {
            let gap = far && next.seq > tip.seq + 1;
            return Err(suspended(if gap {
                SyncReason::AwayTooLong
            } else {
                SyncReason::Fork
            }));
        }
        tip = Tip {
            seq: next.seq,
            head: signed.hash(),
        };
        if tip.seq >= head.manifest.seq {
            break;
        }
    }
    if tip.head == head.head || head.manifest.prev_hash == tip.head {
        Ok(None)
    } else if tip.seq >= head.manifest.seq {
        Err(suspended(SyncReason::Fork))
    } else {
        Ok(Some(tip))
    }
}

impl Unlocked {
    pub(super) fn remote_link(&self, bytes: &[u8]) -> Result<Link, VaultError> {
        let signed = SignedManifest::parse(bytes).map_err(|_| suspended(SyncReason::Forged))?;
        let claims = signed.unverified();
        if claims.account != self.owner.account || claims.generation != self.owner.generation {
            return Err(suspended(SyncReason::OtherVault));
        }
        Link::read(bytes, &self.sealed).map_err(|_| suspended(SyncReason::Forged))
    }

    /// A new link against the newest known. `Some`: links between them are missing.
    pub(super) fn judge(&self, link: &Link) -> Result<Option<Tip>, VaultError> {
        // Signed in for the first time, or the person decided not to ask (S-09).
        let Some(known) = self.attached()?.remote.as_ref() else {
            return Ok(None);
        };
        let (seen, new) = (known.manifest.seq, link.manifest.seq);
        if new < seen {
            return Err(suspended(SyncReason::Rollback));
        }
        if new == seen {
            return if link.head == known.head {
                Ok(None)
            } else {
                Err(suspended(SyncReason::Fork))
            };
        }
        if new - seen > MAX_JUMP {
            return Err(suspended(SyncReason::Forged));
        }
        if link.manifest.prev_hash == known.head {
            return Ok(None);
        }
        if new == seen + 1 {
            return Err(suspended(SyncReason::Fork));
        }
        Ok(Some(known.tip()))
    }

    /// The header that the new link names: the known one, or the one that came with it, made with
    /// this vault's key, newer and no weaker (S-01, S-12, S-13).
    pub(super) fn remote_header(
        &self,
        link: &Link,
        given: Option<Vec<u8>>,
    ) -> Result<SealedHeader, VaultError> {
        let wrong = || suspended(SyncReason::Header);
        let attached = self.attached()?;
        let base = attached.base.as_ref();
        if let Some(base) = base.filter(|base| link.names(base)) {
            let asked = attached
                .remote
                .as_ref()
                .is_none_or(|link| link.manifest.seq == 0);
            return match given {
                Some(given) if given != base.bytes => Err(wrong()),
                None if asked => Err(wrong()),
                _ => Ok(base.clone()),
            };
        }
        let given = given.ok_or_else(wrong)?;
        if sha256(&[&given]) != link.manifest.header_hash {
            return Err(wrong());
        }
        let header = SealedHeader::parse(&given).map_err(|error| match error {
            VaultError::NewerFormat => VaultError::NewerFormat,
            _ => wrong(),
        })?;
        let ids = (header.header.account, header.header.generation);
        if ids != (self.owner.account, self.owner.generation) {
            return Err(suspended(SyncReason::OtherVault));
        }
        header.verify(&self.key).map_err(|_| wrong())?;
        let (oldest, floor) = match base {
            Some(base) => (base.header.hdr_seq.checked_add(1), weakest(base)),
            None => (Some(0), KdfId::None),
        };
        if oldest.is_none_or(|oldest| header.header.hdr_seq < oldest) || weakest(&header) < floor {
            return Err(wrong());
        }
        Ok(header)
    }

    /// The buckets that came, and which of their rows are needed. They must be exactly those that are
    /// not as this browser said, hold exactly what the manifest signs, and leave nothing out.
    pub(super) fn differences(
        &self,
        link: &Link,
        given: Vec<PulledBucket>,
        bases: &Bases,
    ) -> Result<(BTreeMap<u8, Entries>, Entries), VaultError> {
        let sent = &self.attached()?.sent;
        let mut given = crate::order::map_of(
            given
                .into_iter()
                .map(|bucket| (bucket.index, bucket.entries)),
        );
        let (mut buckets, mut wanted) = (BTreeMap::new(), Entries::new());
        let (mut live, mut tombstones) = (0u32, 0u32);
        let places = all_buckets().zip(&link.manifest.buckets).zip(sent);
        for ((number, hash), sent) in places {
            let known = self.known_bucket(number, bases);
            let entries = match given.remove(&number) {
                None if hash == sent => known.ok_or(VaultError::Again)?,
                None => return Err(suspended(SyncReason::Dropped)),
                Some(_) if hash == sent => return Err(suspended(SyncReason::Mixed)),
                Some(entries) => {
                    let new = self.bucket_given(link, number, &entries)?;
                    self.compare(known.as_ref(), &new, bases, &mut wanted)?;
                    buckets.insert(number, new.clone());
                    new
                }
            };
            for entry in entries.values() {
                let count = match entry.op {
                    Op::Put => &mut live,
                    Op::Delete => &mut tombstones,
                };
                *count = count.saturating_add(1);
            }
        }
        if (live, tombstones) == (link.manifest.live, link.manifest.tombstones) {
            Ok((buckets, wanted))
        } else {
            Err(suspended(SyncReason::Forged))
        }
    }

    fn bucket_given(
        &self,
        link: &Link,
        number: u8,
        entries: &[Entry],
    ) -> Result<Entries, VaultError> {
        let hash = bucket_hash(&self.owner.generation, number, entries).ok();
        if hash != bucket_of_manifest(&link.manifest, number) {
            return Err(suspended(SyncReason::Mixed));
        }
        Ok(crate::order::map_of(
            entries.iter().map(|entry| (entry.id, *entry)),
        ))
    }

    fn compare(
        &self,
        known: Option<&Entries>,
        new: &Entries,
        bases: &Bases,
        wanted: &mut Entries,
    ) -> Result<(), VaultError> {
        for entry in new.values() {
            let before = match known {
                Some(known) => known.get(&entry.id),
                None => bases.0.get(&entry.id).and_then(Option::as_ref),
            };
            if before == Some(entry) || self.entry(&entry.id) == Some(entry) {
                continue;
            }
            if let Some(before) = before.filter(|_| known.is_some()) {
                if entry.rev <= before.rev {
                    return Err(suspended(SyncReason::Rollback));
                }
                if entry.rev - before.rev > MAX_JUMP {
                    return Err(suspended(SyncReason::Forged));
                }
            }
            wanted.insert(entry.id, *entry);
        }
        // What was there once stays there, if only as a tombstone.
        let dropped = |known: &Entries| known.keys().any(|id| !new.contains_key(id));
        if known.is_some_and(dropped) {
            return Err(suspended(SyncReason::Dropped));
        }
        Ok(())
    }
}
