//! Taking the account's state in: every check before anything is believed.

use std::collections::BTreeMap;

use sesame_protocol::account::{Chain, ChainLinks, Message as _, Pull, Pulled, PulledBucket};
use sesame_protocol::{
    Entry, ItemId, KdfId, MAX_JUMP, Op, SignedManifest, SlotKind, bucket_hash, bucket_of, sha256,
};

use super::{Bases, Entries, Rows, bucket_of_manifest, rows_body, take_rows};
use crate::header::SealedHeader;
use crate::manifest::{Link, Tip};
use crate::shard::all_buckets;
use crate::{SyncReason, Unlocked, VaultError};

/// Links of one answer.
const PAGE: u16 = 512;
/// Links that a server keeps; whoever is further behind is told so.
const KEPT: u64 = 4096;

/// What a pull needs next.
pub enum PullNext {
    /// The links between what is known and what is new: a request.
    Chain(Vec<u8>),
    /// Rows: a request.
    Rows(Vec<u8>),
    /// Nothing more from the server: [`Unlocked::apply_pulled`], with these of the rows that lie here.
    Apply(Vec<ItemId>),
}

/// A pull on its way; memory only.
pub(super) struct Pulling {
    link: Link,
    progress: Progress,
}

enum Progress {
    /// The links up to the new one are still to be followed, as far as `tip`. What came with it is not
    /// looked at before: that it is another history says more than what is in it.
    Links { tip: Tip, given: Given },
    /// What came holds, and rows are on their way.
    Rows(State),
}

/// An answer whose contents are not judged yet.
struct Given {
    header: Option<Vec<u8>>,
    buckets: Vec<PulledBucket>,
    bases: Bases,
}

/// The account's new state.
pub(super) struct State {
    pub link: Link,
    pub header: SealedHeader,
    /// The entries of every bucket that the server sent.
    pub buckets: BTreeMap<u8, Entries>,
    wanted: Entries,
    pub got: Rows,
    /// Items that were changed here, too.
    locals: Vec<ItemId>,
}

impl Pulling {
    /// The state, once nothing more is to be asked for.
    pub(super) fn complete(self) -> Result<State, VaultError> {
        match self.progress {
            Progress::Rows(state) if state.wanted.len() == state.got.len() => Ok(state),
            Progress::Rows(_) | Progress::Links { .. } => Err(VaultError::Invalid),
        }
    }
}

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
fn follow(head: &Link, mut tip: Tip, answer: &ChainLinks) -> Result<Option<Tip>, VaultError> {
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
    /// Asks for what is new. `bases` is all of the store of that name.
    ///
    /// # Errors
    /// `NoAccount`; `Suspended` until the person acts (S-17); `ReadOnly` for a vault that has to be mended first.
    pub fn pull_body(&mut self, bases: &Rows) -> Result<Vec<u8>, VaultError> {
        if self.read_only || !self.index.is_whole() {
            return Err(VaultError::ReadOnly);
        }
        let bases = Bases::of(bases);
        let attached = self.attached()?;
        let record = attached.record()?;
        if let Some(reason) = record.reason {
            return Err(suspended(reason));
        }
        let mut buckets = attached.sent;
        for (number, slot) in all_buckets().zip(&mut buckets) {
            let known = self.known_bucket(number, &bases).is_some();
            let hash = |link: &Link| bucket_of_manifest(&link.manifest, number);
            *slot = attached
                .remote
                .as_ref()
                .filter(|_| known)
                .and_then(hash)
                .unwrap_or([0; 32]);
        }
        // What a server was given at sign-up is read back once, byte for byte (S-11).
        let header_hash = attached
            .remote
            .as_ref()
            .filter(|link| link.manifest.seq > 0)
            .map_or([0; 32], |link| link.manifest.header_hash);
        let pull = Pull {
            generation: self.owner.generation,
            epoch: record.epoch,
            header_hash,
            buckets,
        };
        let attached = self.attached_mut()?;
        attached.sent = buckets;
        attached.pull = None;
        Ok(pull.encode())
    }

    /// Checks the answer to [`Unlocked::pull_body`].
    ///
    /// # Errors
    /// `Suspended` for whatever does not hold, `BadAnswer`, `NoAccount`.
    pub fn pulled(&mut self, answer: &[u8], bases: &Rows) -> Result<PullNext, VaultError> {
        let answer = Pulled::decode(answer).map_err(|_| VaultError::BadAnswer)?;
        let link = self.remote_link(&answer.manifest)?;
        let given = Given {
            header: answer.header,
            buckets: answer.buckets,
            bases: Bases::of(bases),
        };
        let progress = match self.judge(&link)? {
            Some(tip) => Progress::Links { tip, given },
            None => self.contents(&link, given)?,
        };
        self.pull_next(Pulling { link, progress })
    }

    /// Checks the links between what is known and what is new (S-10).
    ///
    /// # Errors
    /// As [`Unlocked::pulled`]; `Invalid` unless links were asked for.
    pub fn chain(&mut self, answer: &[u8]) -> Result<PullNext, VaultError> {
        let answer = ChainLinks::decode(answer).map_err(|_| VaultError::BadAnswer)?;
        let pull = self.attached_mut()?.pull.take();
        let Some(Pulling {
            link,
            progress: Progress::Links { tip, given },
        }) = pull
        else {
            return Err(VaultError::Invalid);
        };
        let progress = match follow(&link, tip, &answer)? {
            Some(tip) => Progress::Links { tip, given },
            None => self.contents(&link, given)?,
        };
        self.pull_next(Pulling { link, progress })
    }

    /// Takes rows in: each must be the one that the signed list names.
    ///
    /// # Errors
    /// As [`Unlocked::pulled`]; `Again` when somebody changed one meanwhile.
    pub fn rows_answer(&mut self, answer: &[u8]) -> Result<PullNext, VaultError> {
        let mut pull = self
            .attached_mut()?
            .pull
            .take()
            .ok_or(VaultError::Invalid)?;
        let Progress::Rows(state) = &mut pull.progress else {
            return Err(VaultError::Invalid);
        };
        take_rows(answer, &state.wanted, &mut state.got)?;
        self.pull_next(pull)
    }

    fn pull_next(&mut self, pull: Pulling) -> Result<PullNext, VaultError> {
        let generation = self.owner.generation;
        let next = match &pull.progress {
            Progress::Links { tip, .. } => {
                let chain = Chain {
                    generation,
                    after: tip.seq,
                    limit: PAGE,
                };
                PullNext::Chain(chain.encode())
            }
            Progress::Rows(state) => match rows_body(generation, &state.wanted, &state.got) {
                Some(body) => PullNext::Rows(body),
                None => PullNext::Apply(state.locals.clone()),
            },
        };
        self.attached_mut()?.pull = Some(pull);
        Ok(next)
    }

    /// Judges what came with a link that follows what is known.
    fn contents(&self, link: &Link, given: Given) -> Result<Progress, VaultError> {
        let header = self.remote_header(link, given.header)?;
        let (buckets, wanted) = self.differences(link, given.buckets, &given.bases)?;
        let locals = self.changed_here(&wanted, &given.bases);
        Ok(Progress::Rows(State {
            link: link.clone(),
            header,
            buckets,
            wanted,
            got: Rows::new(),
            locals,
        }))
    }

    /// Which of the wanted items were changed here too, or may have been.
    fn changed_here(&self, wanted: &Entries, bases: &Bases) -> Vec<ItemId> {
        let (mut out, mut last) = (Vec::new(), None);
        for id in wanted.keys() {
            let number = bucket_of(id);
            let known = match last {
                Some((same, known)) if same == number => known,
                _ => self.known_bucket(number, bases).is_some(),
            };
            last = Some((number, known));
            let here = self.entry(id).is_some_and(|entry| entry.op == Op::Put);
            if here && (!known || bases.0.contains_key(id)) {
                out.push(*id);
            }
        }
        out
    }

    fn remote_link(&self, bytes: &[u8]) -> Result<Link, VaultError> {
        let signed = SignedManifest::parse(bytes).map_err(|_| suspended(SyncReason::Forged))?;
        let claims = signed.unverified();
        if claims.account != self.owner.account || claims.generation != self.owner.generation {
            return Err(suspended(SyncReason::OtherVault));
        }
        Link::read(bytes, &self.sealed).map_err(|_| suspended(SyncReason::Forged))
    }

    /// A new link against the newest known. `Some`: links between them are missing.
    fn judge(&self, link: &Link) -> Result<Option<Tip>, VaultError> {
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
    fn remote_header(
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
    fn differences(
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
