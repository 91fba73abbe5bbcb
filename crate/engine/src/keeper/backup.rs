//! Everything that reads all rows: backups, checks, mending, password health.

use super::{EngineError, EngineResult, Keeper, State};
use crate::api::{BackupView, Damage};
use sesame_protocol::ItemId;
use sesame_vault::audit::{Audit, Report};
use sesame_vault::item::Item;
use sesame_vault::summary::Summary;
use sesame_vault::{Backup, Commit, Locked, Unlocked, VaultError};
use std::collections::BTreeMap;

/// Stored rows by item id.
pub type Rows = BTreeMap<ItemId, Vec<u8>>;

/// A backup file's rows, and when it was saved.
pub(super) struct File {
    pub(super) saved_at: u64,
    pub(super) rows: Rows,
}

/// What mending did.
pub struct Mended {
    /// What to write.
    pub commit: Commit,
    /// What could not be mended.
    pub left: Vec<Damage>,
}

impl Keeper {
    /// Takes a backup file instead of stored data; locked, to be opened like any vault. A file
    /// that was damaged is read as far as it holds.
    ///
    /// # Errors
    /// `NotBackup`, `NewerFormat`, `Damaged`.
    pub fn load_backup(&mut self, file: &[u8]) -> EngineResult<()> {
        let backup = match Backup::read(file) {
            Err(VaultError::Damaged) => Backup::salvage(file)?,
            read => read?,
        };
        let saved_at = backup.saved_at;
        let (stored, rows) = backup.into_parts();
        let locked = Locked::load(stored).map_err(|unopenable| match unopenable.error {
            VaultError::Absent => VaultError::Damaged,
            other => other,
        })?;
        self.state = State::Locked(Box::new(locked));
        self.file = Some(File { saved_at, rows });
        Ok(())
    }

    /// What the loaded backup file says before it is opened.
    ///
    /// # Errors
    /// `Invalid` unless a backup is loaded.
    pub fn backup_info(&self) -> EngineResult<BackupView> {
        let file = self.file.as_ref().ok_or(EngineError::Invalid)?;
        let view = self.locked_view()?;
        let (live, hint) = match &self.state {
            State::Locked(locked) => (locked.live(), locked.local().hint.clone()),
            State::Open(open) => (
                u32::try_from(open.vault.live()).ok(),
                open.vault.local().hint.clone(),
            ),
            _ => return Err(EngineError::Invalid),
        };
        // The settings are one of the live rows, and none of the person's items.
        let live = live
            .and_then(|live| usize::try_from(live).ok())
            .map(|live| live.saturating_sub(1));
        // A vault that came from its account's server has no local record: its settings say the name.
        let name = match &self.state {
            State::Open(open) if view.vault_name.is_empty() => open.settings.vault_name.clone(),
            _ => view.vault_name,
        };
        Ok(BackupView {
            vault_name: name,
            saved_at: file.saved_at,
            item_count: live.unwrap_or(file.rows.len()),
            password_set_at: view.password_set_at,
            hint,
            password_slots: view.password_slots,
            recovery: view.recovery.exists,
            recovery_created_at: view.recovery.created_at,
            passkeys: view.passkeys,
        })
    }

    /// Whether another instance holds the same vault, in whatever state.
    #[must_use]
    pub fn is_same_vault(&self, other: &Self) -> bool {
        self.vault_id()
            .is_some_and(|id| other.vault_id() == Some(id))
    }

    fn vault_id(&self) -> Option<([u8; 16], [u8; 16])> {
        let header = match &self.state {
            State::Locked(locked) => locked.header(),
            State::Open(open) => open.vault.header(),
            State::Empty | State::Wiped | State::Unopenable(_) => return None,
        };
        Some((*header.account.as_bytes(), *header.generation.as_bytes()))
    }

    /// The rows of the loaded backup file.
    ///
    /// # Errors
    /// `Invalid` unless a backup is loaded.
    pub fn backup_rows(&self) -> EngineResult<&Rows> {
        Ok(&self.file.as_ref().ok_or(EngineError::Invalid)?.rows)
    }

    /// Makes the opened backup this browser's vault.
    ///
    /// # Errors
    /// `Locked`; `Invalid` unless a backup is loaded.
    pub fn adopt(&mut self) -> EngineResult<Commit> {
        self.keep_joined_settings();
        let file = self.file.take().ok_or(EngineError::Invalid)?;
        let adopted = self
            .parts()
            .and_then(|(open, mut env)| Ok(open.vault.adopt(&file.rows, &mut env)?));
        match adopted {
            Ok(mut commit) => {
                commit.extend(self.fill_local()?);
                Ok(commit)
            }
            Err(error) => {
                self.file = Some(file);
                Err(error)
            }
        }
    }

    /// The index of an opened backup file; nothing is written.
    pub(super) fn rebuild_from_file(&mut self) -> EngineResult<()> {
        let Some(file) = self.file.take() else {
            return Ok(());
        };
        let rebuilt = self.rebuild(&file.rows);
        self.file = Some(file);
        rebuilt.map(|_| ())
    }

    /// One file with everything that opens the vault and everything in it. Works while locked.
    ///
    /// # Errors
    /// `Absent`; `TooLarge` for more rows than a vault can have.
    pub fn backup(&mut self, rows: &Rows) -> EngineResult<Vec<u8>> {
        if let Ok((open, env)) = self.parts() {
            return Ok(open.vault.backup(rows, &env)?);
        }
        let now = self.host.now();
        match &self.state {
            State::Locked(locked) => Ok(locked.sealed_copy(rows, now)?),
            State::Unopenable(unopenable) => Ok(unopenable.sealed_copy(rows, now)?),
            State::Empty => Err(VaultError::Absent.into()),
            State::Wiped | State::Open(_) => Err(EngineError::Locked),
        }
    }

    /// Checks all rows against the vault: none missing, none changed.
    ///
    /// # Errors
    /// `Locked`.
    pub fn verify_rows(&self, rows: &Rows) -> EngineResult<Vec<Damage>> {
        let given = rows.iter().map(|(id, row)| (*id, row.as_slice()));
        let found = self.opened()?.vault.verify_rows(given);
        Ok(found
            .iter()
            .map(|damage| self.damage_view(damage))
            .collect())
    }

    /// Makes the index again from the rows, and with it whatever can be mended.
    ///
    /// # Errors
    /// `Locked`, `TooLarge`, `Internal`; nothing has changed then.
    pub fn rebuild(&mut self, rows: &Rows) -> EngineResult<Mended> {
        let names: Vec<(ItemId, String)> = self
            .opened()?
            .index
            .iter()
            .map(|row| (row.item_id(), row.name.clone()))
            .collect();
        let (open, mut env) = self.parts()?;
        let settings_id = open.vault.settings_id();
        let mut summarise = |id: ItemId, cbor: &[u8]| summary_of(id, cbor, settings_id);
        let rebuilt = open.vault.rebuild(rows, &mut summarise, &mut env)?;
        open.settings = super::settings::read(&open.vault);
        open.index = super::index::Index::of(&open.vault);
        let mut left: Vec<Damage> = rebuilt
            .damage
            .iter()
            .map(|damage| self.damage_view(damage))
            .collect();
        for (view, damage) in left.iter_mut().zip(&rebuilt.damage) {
            // The index no longer names what is lost; its former self did.
            let name = || {
                let lost = damage.item?;
                Some(names.iter().find(|(id, _)| *id == lost)?.1.clone())
            };
            view.title = view.title.take().or_else(name);
        }
        Ok(Mended {
            commit: rebuilt.commit,
            left,
        })
    }

    /// Password health, over all rows that can be read.
    ///
    /// # Errors
    /// `Locked`.
    pub fn audit(&self, rows: &Rows) -> EngineResult<Report> {
        let (open, now) = (self.opened()?, self.host.now());
        let mut audit = Audit::default();
        for id in person_items(&open.vault) {
            // A damaged row is named elsewhere; here it is only not counted.
            if let Some(item) = rows.get(&id).and_then(|row| open.item(&id, row).ok()) {
                audit.add(&item, now);
            }
        }
        Ok(audit.finish())
    }
}

/// Ids of the items that are the person's, not Sesame's own.
pub(super) fn person_items(vault: &Unlocked) -> Vec<ItemId> {
    let settings_id = vault.settings_id();
    vault
        .entries()
        .map(|(entry, _)| entry.id)
        .filter(|id| *id != settings_id)
        .collect()
}

fn summary_of(id: ItemId, cbor: &[u8], settings_id: ItemId) -> Option<Vec<u8>> {
    if id == settings_id {
        // The settings lie in the index as they are.
        return Some(cbor.to_vec());
    }
    Item::from_cbor(cbor)
        .ok()
        .filter(|item| item.id == id)
        .map(|item| Summary::of(&item).to_bytes())
}
