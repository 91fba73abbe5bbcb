//! Bringing what the account has together with what is here, in one change of the vault.

use std::collections::BTreeMap;

use sesame_protocol::{Entry, ItemId, Op, Row, Slot, SlotKind, bucket_of};
use zeroize::Zeroizing;

use super::super::items::Next;
use super::super::{Env, Unlocked};
use super::pull::State;
use super::{Bases, Rows};
use crate::account::{AccountState, Resolve};
use crate::commit::Commit;
use crate::header::SealedHeader;
use crate::item::Item;
use crate::merge::{Prefer, merge_items, merge_settings};
use crate::settings::Settings;
use crate::shard::Indexed;
use crate::summary::Summary;
use crate::{SyncReason, VaultError};

/// What came of a pull.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Items that are now as the account has them.
    pub taken: usize,
    /// Items that were changed on both sides.
    pub merged: usize,
    /// Of those, items where some value lost and is kept in the item's history.
    pub kept: usize,
    /// Items that are gone because they were deleted elsewhere.
    pub deleted: usize,
    /// The key slots are others than before.
    pub header: bool,
}

/// A pull that was applied.
pub struct Applied {
    /// What to write.
    pub commit: Commit,
    /// What it did.
    pub report: Report,
    /// Items that are new or others than before.
    pub summaries: Vec<Summary>,
    /// Items that are gone.
    pub gone: Vec<ItemId>,
    /// Ids of the items that were changed on both sides.
    pub merged: Vec<ItemId>,
    /// The settings, if they are others than before.
    pub settings: Option<Settings>,
}

/// What an item becomes.
enum Fate {
    /// As it is here; the account has, or will get, what is here.
    Stays,
    /// The account's row, byte for byte.
    Take,
    /// A new revision here.
    Put(Zeroizing<Vec<u8>>),
    /// A new tombstone here.
    Bury,
}

/// What is collected while going through the items.
#[derive(Default)]
struct Gathered {
    commit: Commit,
    rows: Vec<Indexed>,
    summaries: Vec<Summary>,
    gone: Vec<ItemId>,
    merged: Vec<ItemId>,
    settings: Option<Settings>,
    report: Report,
}

const fn forged() -> VaultError {
    VaultError::Suspended(SyncReason::Forged)
}

impl Unlocked {
    /// Takes a completed pull over: one commit for rows, header, the account's new state and `bases`.
    /// `locals` are the rows that [`super::PullNext::Apply`] named, `bases` all of that store.
    ///
    /// # Errors
    /// `Again` when something changed here meanwhile, `Suspended` for a row that this vault did not
    /// make, `TooLarge`, `Counter`, `Random`. Nothing has changed then.
    pub fn apply_pulled(
        &mut self,
        locals: &Rows,
        bases: &Rows,
        env: &mut Env<'_>,
    ) -> Result<Applied, VaultError> {
        let attached = self.attached.as_deref_mut().ok_or(VaultError::NoAccount)?;
        let pull = attached
            .pull
            .take()
            .ok_or(VaultError::Invalid)?
            .complete()?;
        let gathered = self.gather_pulled(&pull, locals, bases, env)?;
        self.take_over(pull, gathered, env)
    }

    fn take_over(
        &mut self,
        pull: State,
        gathered: Gathered,
        env: &mut Env<'_>,
    ) -> Result<Applied, VaultError> {
        let attached = self.attached()?;
        let prefer = self.prefer()?;
        let header = self.merged_header(attached.base.as_ref(), &pull.header, prefer)?;
        let mut next = Next {
            header: header.clone(),
            buckets: BTreeMap::new(),
        };
        for row in gathered.rows {
            let number = bucket_of(&row.entry.id);
            if let std::collections::btree_map::Entry::Vacant(place) = next.buckets.entry(number) {
                let bucket = self.index.bucket(number).cloned();
                place.insert(bucket.ok_or(VaultError::ReadOnly)?);
            }
            if let Some(bucket) = next.buckets.get_mut(&number) {
                bucket.set(row);
            }
        }
        let before = self.sealed.clone();
        let (min_kdf, seen) = (self.min_kdf, self.seen_hdr_seq);
        let mut commit = gathered.commit;
        if header.is_some() || !next.buckets.is_empty() {
            if let Some(header) = &header {
                self.admit(header);
            }
            let advanced = self.advance(next, env).inspect_err(|_| {
                self.min_kdf = min_kdf;
                self.seen_hdr_seq = seen;
            });
            commit.extend(advanced?);
        }
        let mut report = gathered.report;
        report.header = header.is_some();
        if report.header && !self.local_forged {
            commit.extend(self.note_new_header(&before, env)?);
        }
        // Only a change of the password brings its slot to the account: its answer was lost.
        let passwords = self.sealed.header.slots_of(SlotKind::Password);
        let known = |slot: &Slot| pull.header.header.slot(&slot.id).is_some();
        let up_to_date = passwords.into_iter().all(known);
        let attached = self.attached.as_deref_mut().ok_or(VaultError::NoAccount)?;
        attached.account.password_behind &= !up_to_date;
        attached.account.synced_at = Some(env.now);
        attached.account.state = AccountState::Ok;
        attached.record_mut()?.resolve = Resolve::None;
        attached.accept(pull.link, pull.header)?;
        self.write_records(&mut commit, env)?;
        Ok(Applied {
            commit,
            report,
            summaries: gathered.summaries,
            gone: gathered.gone,
            merged: gathered.merged,
            settings: gathered.settings,
        })
    }

    fn note_new_header(
        &mut self,
        before: &SealedHeader,
        env: &Env<'_>,
    ) -> Result<Commit, VaultError> {
        let mut local = self.local.clone();
        let id = self.settings_id();
        let rev = self.entry(&id).map_or(0, |entry| entry.rev);
        let settings = self
            .summary(&id)
            .map(|bytes| Settings::from_cbor(bytes, &id, rev));
        let set = match settings {
            Some(Ok(settings)) => settings.password_set,
            _ => 0,
        };
        self.follow_header(&mut local, before, set, env.now);
        self.update_local(|known| *known = local)
    }

    fn prefer(&self) -> Result<Prefer, VaultError> {
        Ok(match self.attached()?.record()?.resolve {
            Resolve::Push => Prefer::Local,
            Resolve::None | Resolve::Merge => Prefer::Newer,
        })
    }

    fn gather_pulled(
        &self,
        pull: &State,
        locals: &Rows,
        bases: &Rows,
        env: &mut Env<'_>,
    ) -> Result<Gathered, VaultError> {
        let known_bases = Bases::of(bases);
        let mut out = Gathered::default();
        for (number, entries) in &pull.buckets {
            let known = self.known_bucket(*number, &known_bases);
            for entry in entries.values() {
                let before = match &known {
                    Some(known) => known.get(&entry.id),
                    None => known_bases.0.get(&entry.id).and_then(Option::as_ref),
                };
                // The account has what it had: whatever was changed here just waits.
                if before == Some(entry) {
                    continue;
                }
                if self.entry(&entry.id) == Some(entry) {
                    out.commit.put_base(&entry.id, None);
                    continue;
                }
                // Something that was the same when it was asked about was changed here since.
                let row = pull.got.get(&entry.id).ok_or(VaultError::Again)?;
                let changed = known.is_none() || bases.contains_key(&entry.id);
                let base = before.and_then(|_| bases.get(&entry.id)).map(Vec::as_slice);
                let place = Place {
                    entry,
                    row,
                    base,
                    local: locals.get(&entry.id).map(Vec::as_slice),
                };
                let fate = self.fate(&place, changed, &mut out, env)?;
                self.carry_out(&place, fate, &mut out, env)?;
            }
            if known.is_none() {
                self.restate_bases(*number, entries, &known_bases, &mut out)?;
            }
        }
        Ok(out)
    }

    /// Where it was not known what the account had: items that only this browser has are to be sent.
    fn restate_bases(
        &self,
        number: u8,
        entries: &super::Entries,
        bases: &Bases,
        out: &mut Gathered,
    ) -> Result<(), VaultError> {
        let here = self.index.bucket(number).ok_or(VaultError::ReadOnly)?;
        for entry in here
            .entries()
            .filter(|entry| !entries.contains_key(&entry.id))
        {
            if !matches!(bases.0.get(&entry.id), Some(None)) {
                out.commit.put_base(&entry.id, Some(Vec::new()));
            }
        }
        // What neither side has is nothing.
        let nowhere = |id: &&ItemId| {
            bucket_of(id) == number && !entries.contains_key(id) && self.entry(id).is_none()
        };
        for id in bases.0.keys().filter(nowhere) {
            out.commit.put_base(id, None);
        }
        Ok(())
    }

    fn fate(
        &self,
        place: &Place<'_>,
        changed: bool,
        out: &mut Gathered,
        env: &mut Env<'_>,
    ) -> Result<Fate, VaultError> {
        let Some(local) = self.entry(&place.entry.id) else {
            return Ok(Fate::Take);
        };
        let pending = &self.attached()?.record()?.pending;
        if pending.contains(place.entry) && local.rev > place.entry.rev {
            // This browser sent it and went on from there (the answer was lost).
            return Ok(Fate::Stays);
        }
        if !changed {
            return Ok(Fate::Take);
        }
        let ours = self.prefer()? == Prefer::Local;
        Ok(match (local.op, place.entry.op) {
            (Op::Delete, Op::Delete) => Fate::Take,
            // An edit wins against a deletion, whichever came first.
            (Op::Delete, Op::Put) if ours => Fate::Bury,
            (Op::Delete, Op::Put) => Fate::Take,
            (Op::Put, Op::Delete) => {
                let row = place.local.ok_or(VaultError::Again)?;
                let content = self
                    .open_row(&place.entry.id, row)
                    .map_err(changed_meanwhile)?;
                Fate::Put(content)
            }
            (Op::Put, Op::Put) => self.merge_row(place, out, env)?,
        })
    }

    fn merge_row(
        &self,
        place: &Place<'_>,
        out: &mut Gathered,
        env: &mut Env<'_>,
    ) -> Result<Fate, VaultError> {
        let id = &place.entry.id;
        let row = place.local.ok_or(VaultError::Again)?;
        let local = self.open_row(id, row).map_err(changed_meanwhile)?;
        let remote = self.remote_content(place)?;
        // A base that this vault made and that is older; anything else is none.
        let base = place.base.and_then(|row| {
            let row = Row::parse(row).ok().filter(|row| row.op == Op::Put)?;
            self.open_blob(id, &row).ok()
        });
        let prefer = self.prefer()?;
        let local_rev = self.entry(id).map_or(0, |entry| entry.rev);
        out.merged.push(*id);
        if *id == self.settings_id() {
            let read =
                |bytes: &[u8], rev| Settings::from_cbor(bytes, id, rev).map_err(|_| forged());
            let remote = read(&remote, place.entry.rev)?;
            let local = read(&local, local_rev)?;
            let base = base.and_then(|bytes| {
                let rev = Row::parse(place.base?).ok()?.rev;
                Settings::from_cbor(&bytes, id, rev).ok()
            });
            let mut merged = merge_settings(base.as_ref(), &local, &remote, prefer);
            merged.modified = remote.modified;
            if merged == remote {
                return Ok(Fate::Take);
            }
            merged.modified = local.modified.max(remote.modified);
            return Ok(Fate::Put(merged.to_cbor(id, 0)));
        }
        out.report.merged += 1;
        let (local, theirs) = (read_item(&local)?, read_item(&remote)?);
        let base = base.and_then(|bytes| Item::from_cbor(&bytes).ok());
        let merged = merge_items(base.as_ref(), &local, &theirs, prefer);
        if let Some(beside) = merged.beside {
            self.put_beside(beside, out, env)?;
        }
        let mut item = merged.item;
        let more = |one: usize, other: usize| one > other;
        let others = more(item.others.len(), local.others.len())
            || more(item.history.len(), local.history.len());
        out.report.kept += usize::from(others);
        (item.rev, item.modified, item.device) = (theirs.rev, theirs.modified, theirs.device);
        if item.to_cbor().as_slice() == remote.as_slice() {
            return Ok(Fate::Take);
        }
        item.modified = local.modified.max(theirs.modified);
        item.device = self.owner.device;
        Ok(Fate::Put(item.to_cbor()))
    }

    /// Keeps the losing version whole, under an id of its own.
    fn put_beside(
        &self,
        mut item: Item,
        out: &mut Gathered,
        env: &mut Env<'_>,
    ) -> Result<(), VaultError> {
        item.id = self.new_item_id(env.rng)?;
        item.rev = 1;
        let (entry, row) = self.seal_row((&item.id, 1, Op::Put), &item.to_cbor(), env.rng)?;
        out.commit.put_row(&item.id, row);
        out.commit.put_base(&item.id, Some(Vec::new()));
        let summary = Summary::of(&item);
        out.rows.push(Indexed {
            entry,
            summary: Zeroizing::new(summary.to_bytes()),
        });
        out.summaries.push(summary);
        Ok(())
    }

    /// What the account's row says; it was made by this vault, for this item, at this revision (S-04).
    fn remote_content(&self, place: &Place<'_>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let row = Row::parse(place.row).map_err(|_| forged())?;
        let content = self
            .open_blob(&place.entry.id, &row)
            .map_err(|_| forged())?;
        if row.op == Op::Put && place.entry.id != self.settings_id() {
            let item = read_item(&content)?;
            if item.id != place.entry.id || item.rev != place.entry.rev {
                return Err(forged());
            }
        }
        Ok(content)
    }

    fn carry_out(
        &self,
        place: &Place<'_>,
        fate: Fate,
        out: &mut Gathered,
        env: &mut Env<'_>,
    ) -> Result<(), VaultError> {
        let id = place.entry.id;
        let remote = self.remote_content(place)?;
        let (op, content) = match fate {
            Fate::Stays => {
                out.commit.put_base(&id, Some(place.row.to_vec()));
                return Ok(());
            }
            Fate::Take => {
                out.commit.put_row(&id, place.row.to_vec());
                out.commit.put_base(&id, None);
                let summary = self.summarise_pulled(*place.entry, &remote, out)?;
                out.rows.push(Indexed {
                    entry: *place.entry,
                    summary,
                });
                if place.entry.op == Op::Put {
                    out.report.taken += 1;
                } else if self.entry(&id).is_some_and(|entry| entry.op == Op::Put) {
                    out.report.deleted += 1;
                }
                return Ok(());
            }
            Fate::Put(content) => (Op::Put, content),
            Fate::Bury => (Op::Delete, Zeroizing::default()),
        };
        let rev = self.next_rev(&id).max(place.entry.rev.saturating_add(1));
        if rev == u64::MAX {
            return Err(VaultError::Counter);
        }
        let content = match op {
            Op::Delete => self.tombstone(&id, rev, env.now),
            Op::Put => self.with_rev(&id, content, rev)?,
        };
        let (entry, row) = self.seal_row((&id, rev, op), &content, env.rng)?;
        out.commit.put_row(&id, row);
        out.commit.put_base(&id, Some(place.row.to_vec()));
        let summary = self.summarise_pulled(entry, &content, out)?;
        out.rows.push(Indexed { entry, summary });
        Ok(())
    }

    /// The same content with another revision inside.
    fn with_rev(
        &self,
        id: &ItemId,
        content: Zeroizing<Vec<u8>>,
        rev: u64,
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        if *id == self.settings_id() {
            return Settings::with_rev(&content, id, rev).map_err(|_| VaultError::Internal);
        }
        let mut item = Item::from_cbor(&content).map_err(|_| VaultError::Internal)?;
        item.rev = rev;
        Ok(item.to_cbor())
    }

    fn summarise_pulled(
        &self,
        entry: Entry,
        content: &[u8],
        out: &mut Gathered,
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        if entry.op == Op::Delete {
            out.gone.push(entry.id);
            return Ok(Zeroizing::default());
        }
        if entry.id == self.settings_id() {
            let settings = Settings::from_cbor(content, &entry.id, entry.rev);
            out.settings = Some(settings.map_err(|_| forged())?);
            return Ok(Zeroizing::new(content.to_vec()));
        }
        let summary = Summary::of(&read_item(content)?);
        let bytes = Zeroizing::new(summary.to_bytes());
        out.summaries.push(summary);
        Ok(bytes)
    }
}

/// One item on its way in.
struct Place<'a> {
    entry: &'a Entry,
    row: &'a [u8],
    base: Option<&'a [u8]>,
    local: Option<&'a [u8]>,
}

/// The row that was read is not the newest here any more.
const fn changed_meanwhile(_: VaultError) -> VaultError {
    VaultError::Again
}

fn read_item(content: &[u8]) -> Result<Item, VaultError> {
    Item::from_cbor(content).map_err(|_| forged())
}
