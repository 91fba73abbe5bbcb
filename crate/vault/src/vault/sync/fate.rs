//! What becomes of one item that the account has otherwise than this browser.

use sesame_protocol::{Entry, ItemId, Op, Row};
use zeroize::Zeroizing;

use super::super::{Env, Unlocked};
use super::apply::Gathered;
use crate::item::Item;
use crate::merge::{Prefer, merge_items, merge_settings};
use crate::settings::Settings;
use crate::shard::Indexed;
use crate::summary::Summary;
use crate::{SyncReason, VaultError};

/// What an item becomes.
pub(super) enum Fate {
    /// As it is here; the account has, or will get, what is here.
    Stays,
    /// The account's row, byte for byte.
    Take,
    /// A new revision here.
    Put(Zeroizing<Vec<u8>>),
    /// A new tombstone here.
    Bury,
}

const fn forged() -> VaultError {
    VaultError::Suspended(SyncReason::Forged)
}

impl Unlocked {
    pub(super) fn fate(
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

    pub(super) fn carry_out(
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
pub(super) struct Place<'a> {
    pub entry: &'a Entry,
    pub row: &'a [u8],
    pub base: Option<&'a [u8]>,
    pub local: Option<&'a [u8]>,
}

/// The row that was read is not the newest here any more.
const fn changed_meanwhile(_: VaultError) -> VaultError {
    VaultError::Again
}

fn read_item(content: &[u8]) -> Result<Item, VaultError> {
    Item::from_cbor(content).map_err(|_| forged())
}
