//! Taking items in: from a file that the tools read, or from an opened backup.

use super::backup::{Rows, person_items};
use super::items::new_item;
use super::{EngineError, EngineResult, Keeper, Open};
use crate::api::{ImportProblem, ImportReport};
use sesame_protocol::{DeviceId, ItemId, sha256};
use sesame_vault::item::{CustomField, CustomKind, Item, ItemEdit};
use sesame_vault::order::sorted_by;
use sesame_vault::summary::Summary;
use sesame_vault::totp::Totp;
use sesame_vault::{Change, Commit, Env, Prefer, merge_items};

/// What an import writes, and what it did.
pub struct Imported {
    /// What to write.
    pub commit: Commit,
    /// What it did.
    pub report: ImportReport,
}

impl Keeper {
    /// Takes items in, all in one change. What is here already, content for content, is skipped:
    /// among the items themselves, and among `rows` where they are given.
    ///
    /// # Errors
    /// `Locked`; `TooLarge` for more items than a vault can have. Single items that can't be
    /// taken are named in the report.
    pub fn import_items(&mut self, items: &[ItemEdit], rows: &Rows) -> EngineResult<Imported> {
        let known = self.fingerprints(rows)?;
        let (open, mut env) = self.parts()?;
        let mut batch = Batch::new(known);
        for (at, edit) in items.iter().enumerate() {
            let made = made(open, edit, &mut env);
            batch.add(open, at, made);
        }
        batch.commit(open, &mut env)
    }

    /// Takes the items of another, opened instance's backup file in. An item that is in both stays
    /// where it was saved later than the file's, else both are merged, field by field; a damaged one
    /// here is replaced.
    ///
    /// # Errors
    /// `Locked` unless both are open, `Invalid` unless the other is a backup.
    pub fn merge_backup(&mut self, other: &Self, rows: &Rows) -> EngineResult<Imported> {
        self.merge_rows(other, other.backup_rows()?, rows, Older::Skip)
    }

    /// Takes the items of another, opened instance in: of a vault that was in this browser before.
    /// An item that is in both was edited in both, perhaps, so both are merged (S-33). `other_rows`
    /// are its stored rows.
    ///
    /// # Errors
    /// `Locked` unless both are open.
    pub fn take_items_of(
        &mut self,
        other: &Self,
        other_rows: &Rows,
        rows: &Rows,
    ) -> EngineResult<Imported> {
        self.merge_rows(other, other_rows, rows, Older::Merge)
    }

    fn merge_rows(
        &mut self,
        other: &Self,
        file: &Rows,
        rows: &Rows,
        older: Older,
    ) -> EngineResult<Imported> {
        let theirs = other.opened()?;
        let known = self.fingerprints(rows)?;
        let (open, mut env) = self.parts()?;
        let mut batch = Batch::new(known);
        for (at, id) in person_items(&theirs.vault).into_iter().enumerate() {
            let row = file.get(&id).map(Vec::as_slice).unwrap_or_default();
            match theirs.item(&id, row) {
                Ok(item) => batch.merge(open, at, item, (rows, older), &mut env)?,
                Err(error) => batch.problem(at, error),
            }
        }
        batch.commit(open, &mut env)
    }

    fn fingerprints(&self, rows: &Rows) -> EngineResult<Vec<[u8; 32]>> {
        let open = self.opened()?;
        let items = rows.iter().filter_map(|(id, row)| open.item(id, row).ok());
        let known = items
            .filter(|item| item.deleted.is_none())
            .map(|item| fingerprint(&item));
        Ok(sorted_by(known.collect(), Ord::cmp))
    }
}

/// What becomes of an item that was saved later here than there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Older {
    /// It stays as it is: a file is an earlier state of what is here.
    Skip,
    Merge,
}

/// What goes into the one change.
struct Batch {
    /// Sorted.
    known: Vec<[u8; 32]>,
    changes: Vec<Change>,
    summaries: Vec<Summary>,
    report: ImportReport,
}

impl Batch {
    fn new(known: Vec<[u8; 32]>) -> Self {
        Self {
            known,
            changes: Vec::new(),
            summaries: Vec::new(),
            report: ImportReport::default(),
        }
    }

    fn problem(&mut self, at: usize, error: EngineError) {
        self.report.problems.push(ImportProblem {
            line: at.saturating_add(1),
            reason: error.code(),
        });
    }

    fn add(&mut self, open: &Open, at: usize, item: EngineResult<Item>) {
        match item {
            Ok(item) => match self.known.binary_search(&fingerprint(&item)) {
                Ok(_) => self.count(|report| &mut report.skipped),
                Err(place) => {
                    self.known.insert(place, fingerprint(&item));
                    if self.put(open, at, item) {
                        self.count(|report| &mut report.added);
                    }
                }
            },
            Err(error) => self.problem(at, error),
        }
    }

    fn merge(
        &mut self,
        open: &Open,
        at: usize,
        item: Item,
        (rows, older): (&Rows, Older),
        env: &mut Env<'_>,
    ) -> EngineResult<()> {
        let Some(here) = open.index.get(&item.id) else {
            self.add(open, at, Ok(item));
            return Ok(());
        };
        let row = rows.get(&item.id).map(Vec::as_slice).unwrap_or_default();
        let item = match open.item(&item.id, row) {
            Ok(_) if older == Older::Skip && here.modified >= item.modified => None,
            Ok(ours) => self.both(open, at, (&ours, &item), env)?,
            Err(_) => Some(item),
        };
        match item {
            None => self.count(|report| &mut report.skipped),
            Some(item) => {
                if self.put(open, at, item) {
                    self.count(|report| &mut report.merged);
                }
            }
        }
        Ok(())
    }

    /// Two states of one item as one; `None` where that is the one that is here already. What the
    /// later one replaces stays in the item's history.
    fn both(
        &mut self,
        open: &Open,
        at: usize,
        (ours, theirs): (&Item, &Item),
        env: &mut Env<'_>,
    ) -> EngineResult<Option<Item>> {
        if fingerprint(ours) == fingerprint(theirs) && ours.modified >= theirs.modified {
            return Ok(None);
        }
        let merged = merge_items(None, ours, theirs, Prefer::Newer);
        if let Some(mut beside) = merged.beside {
            beside.id = open.vault.new_item_id(env.rng)?;
            self.put(open, at, beside);
        }
        let mut item = merged.item;
        (item.rev, item.device) = (ours.rev, ours.device);
        if item.to_cbor() == ours.to_cbor() {
            return Ok(None);
        }
        item.device = open.vault.device();
        Ok(Some(item))
    }

    fn put(&mut self, open: &Open, at: usize, mut item: Item) -> bool {
        match open.put(&mut item) {
            Ok((change, summary)) => {
                self.changes.push(change);
                self.summaries.push(summary);
                true
            }
            Err(error) => {
                self.problem(at, error);
                false
            }
        }
    }

    fn count(&mut self, which: impl Fn(&mut ImportReport) -> &mut usize) {
        let number = which(&mut self.report);
        *number = number.saturating_add(1);
    }

    fn commit(self, open: &mut Open, env: &mut Env<'_>) -> EngineResult<Imported> {
        let commit = match self.changes.is_empty() {
            true => Commit::default(),
            false => open.vault.commit_items(self.changes, env)?,
        };
        open.index.put_all(self.summaries);
        Ok(Imported {
            commit,
            report: self.report,
        })
    }
}

/// A new item of what a file says. A one-time-code secret that is none is kept as a hidden field
/// rather than lost or refused.
fn made(open: &Open, edit: &ItemEdit, env: &mut Env<'_>) -> EngineResult<Item> {
    let mut item = new_item(open, edit, env)?;
    item.apply(edit, env.now, open.vault.device());
    if !item.totp.is_empty() && Totp::parse(&item.totp).is_err() {
        let value = std::mem::take(&mut item.totp);
        let kind = CustomKind::Hidden;
        item.custom.push(CustomField {
            name: "TOTP".to_owned(),
            kind,
            value,
            ..CustomField::default()
        });
    }
    Ok(item)
}

/// Digest of what an item says, without its id, times and history.
fn fingerprint(item: &Item) -> [u8; 32] {
    let mut bare = item.clone();
    bare.id = ItemId::from_bytes([0; 16]);
    bare.device = DeviceId::from_bytes([0; 16]);
    bare.rev = 0;
    bare.created = 0;
    bare.modified = 0;
    bare.password_changed = None;
    bare.deleted = None;
    bare.history.clear();
    sha256(&[&bare.to_cbor()])
}
