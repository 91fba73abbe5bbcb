//! Bringing what the account has together with what is here, in one change of the vault.

use std::collections::BTreeMap;

use sesame_protocol::{ItemId, bucket_of};

use super::super::items::Next;
use super::super::{Env, Unlocked};
use super::fate::Place;
use super::pull::State;
use super::{Bases, Rows};
use crate::VaultError;
use crate::account::{AccountState, Resolve};
use crate::commit::Commit;
use crate::header::SealedHeader;
use crate::merge::Prefer;
use crate::settings::Settings;
use crate::shard::Indexed;
use crate::summary::Summary;

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

/// What is collected while going through the items.
#[derive(Default)]
pub(super) struct Gathered {
    pub commit: Commit,
    pub rows: Vec<Indexed>,
    pub summaries: Vec<Summary>,
    pub gone: Vec<ItemId>,
    pub merged: Vec<ItemId>,
    pub settings: Option<Settings>,
    pub report: Report,
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
        let behind = self.has_other_password(&pull.header.header);
        let attached = self.attached.as_deref_mut().ok_or(VaultError::NoAccount)?;
        attached.account.password_behind &= behind;
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

    pub(super) fn prefer(&self) -> Result<Prefer, VaultError> {
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
}
