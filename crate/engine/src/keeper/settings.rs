//! The settings item, and small things of its kind.

use super::{EngineError, EngineResult, Keeper, Open};
use crate::api::{FillingEdit, FillingView, SettingsEdit, SettingsView};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sesame_vault::settings::{Filling, FillingError, LockAfter, Settings};
use sesame_vault::{Change, Commit, Env, Unlocked};

/// Reads the settings from the index, where they lie instead of a summary: unlocking reads no row.
pub(super) fn read(vault: &Unlocked) -> Settings {
    let id = vault.settings_id();
    let rev = vault.entry(&id).map_or(0, |entry| entry.rev);
    let stored = vault
        .summary(&id)
        .and_then(|bytes| Settings::from_cbor(bytes, &id, rev).ok());
    // Lost with a damaged index: as they are at the start, until the index is rebuilt.
    stored.unwrap_or_else(|| Settings {
        vault_name: vault.local().vault_name.clone(),
        ..Settings::default()
    })
}

impl Open {
    /// Writes the settings item.
    pub(super) fn commit_settings(&mut self, env: &mut Env<'_>) -> EngineResult<Commit> {
        let id = self.vault.settings_id();
        // Of two changes that come together the later one counts.
        self.settings.modified = env.now;
        let cbor = self.settings.to_cbor(&id, self.vault.next_rev(&id));
        let summary = cbor.to_vec();
        Ok(self
            .vault
            .commit_items(vec![Change::Put { id, cbor, summary }], env)?)
    }
}

impl Open {
    /// Writes the settings item after a change that has been made already. Where that can't be
    /// (its part of the index is damaged), the change itself must not fail for it.
    pub(super) fn follow_up(&mut self, env: &mut Env<'_>) -> Commit {
        self.commit_settings(env).unwrap_or_default()
    }
}

impl Keeper {
    /// The settings as their page shows them.
    ///
    /// # Errors
    /// `Locked`.
    pub fn settings(&self) -> EngineResult<SettingsView<'_>> {
        let open = self.opened()?;
        Ok(SettingsView {
            lock_after: open.settings.lock_after.minutes(),
            vault_name: &open.vault.local().vault_name,
            hint: &open.vault.local().hint,
            filling: FillingView {
                icon: open.settings.filling.icon,
                copy_code: open.settings.filling.copy_code,
                equivalents: &open.settings.filling.equivalents,
                built_in_off: &open.settings.filling.built_in_off,
                never: &open.settings.filling.never,
            },
        })
    }

    /// Saves how pages are filled.
    ///
    /// # Errors
    /// `Invalid` for what is no registrable domain or no origin, `TooLarge` for more than is kept.
    pub fn save_filling(&mut self, edit: FillingEdit) -> EngineResult<Commit> {
        let filling = Filling {
            icon: edit.icon,
            copy_code: edit.copy_code,
            equivalents: edit.equivalents,
            built_in_off: edit.built_in_off,
            never: edit.never,
        };
        let filling = filling
            .checked(&self.suffixes)
            .map_err(|error| match error {
                FillingError::Invalid => EngineError::Invalid,
                FillingError::TooMany => EngineError::TooLarge,
            })?;
        let (open, mut env) = self.parts()?;
        let before = std::mem::replace(&mut open.settings.filling, filling);
        open.commit_settings(&mut env)
            .inspect_err(|_| open.settings.filling = before)
    }

    /// Saves the settings.
    ///
    /// # Errors
    /// `Invalid` for a time that is no choice or an empty name, `TooLarge` for a long one.
    pub fn save_settings(&mut self, edit: &SettingsEdit) -> EngineResult<Commit> {
        let lock_after = LockAfter::from_minutes(edit.lock_after).ok_or(EngineError::Invalid)?;
        let name = edit.vault_name.trim();
        if name.is_empty() {
            return Err(EngineError::Invalid);
        }
        if name.len() > sesame_vault::VAULT_NAME_MAX {
            return Err(EngineError::TooLarge);
        }
        let (open, mut env) = self.parts()?;
        let before = open.settings.clone();
        open.settings.lock_after = lock_after;
        open.settings.vault_name = name.to_owned();
        let mut commit = open
            .commit_settings(&mut env)
            .inspect_err(|_| open.settings = before)?;
        commit.extend(
            open.vault
                .update_local(|local| local.vault_name = name.to_owned())?,
        );
        Ok(commit)
    }
}

/// Unpadded base64url, as bytes cross the message boundary.
pub(super) fn decode(text: &str) -> EngineResult<Vec<u8>> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| EngineError::Invalid)
}

/// 32 bytes as unpadded base64url.
pub(super) fn bytes32(text: &str) -> EngineResult<[u8; 32]> {
    decode(text)?.try_into().map_err(|_| EngineError::Invalid)
}

/// Bytes as unpadded base64url.
pub(super) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
