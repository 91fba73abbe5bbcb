//! Ways back in: changing, adding and proving them.

use super::open::{Secret32, WithCode, kdf_id, slot_id};
use super::settings::{bytes32, decode};
use super::{EngineError, EngineResult, Keeper};
use crate::api::{PasskeyInput, PasswordInput, TimeMs};
use sesame_vault::{Commit, NewPasskey, NewPassword, PasswordKey, Practice, VaultError};

/// How the practising of the master password went.
pub struct Practised {
    /// What to write.
    pub commit: Commit,
    /// Whether it was the master password.
    pub right: bool,
    /// Wrong answers in a row.
    pub misses: u8,
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Days from one practice to the next (S-172).
const INTERVALS: [u64; 6] = [1, 3, 7, 14, 30, 60];
/// Longest name of a passkey, in characters.
const NAME_MAX: usize = 100;

/// After the master password was typed rightly: the next interval, if one had passed, since typing
/// it daily must not make the intervals grow faster than the memory does. After it was forgotten
/// (two misses) they begin anew.
pub(super) fn practised(before: Practice, now: TimeMs) -> Practice {
    let step = match before {
        Practice { misses: 2.., .. } => 0,
        Practice { step, due_at, .. } if now >= due_at => step.saturating_add(1).min(5),
        Practice { step, .. } => step,
    };
    let days = INTERVALS.get(usize::from(step)).copied().unwrap_or(1);
    Practice {
        step,
        misses: 0,
        due_at: now.saturating_add(days.saturating_mul(DAY_MS)),
    }
}

/// When a password that was just set is first practised.
pub(super) fn first_practice(now: TimeMs) -> TimeMs {
    now.saturating_add(DAY_MS)
}

impl Keeper {
    /// Sets a new master password. The old one is needed for nothing: a factor shown within the
    /// last 60 s stands in for it.
    ///
    /// # Errors
    /// `NotFresh`; `Invalid` for weaker stretching than this device has seen; `TooLarge` hint.
    pub fn set_master_password(
        &mut self,
        input: PasswordInput,
        stretched: Secret32,
    ) -> EngineResult<Commit> {
        self.require_fresh()?;
        let new = new_password(input, stretched)?;
        let (open, mut env) = self.parts()?;
        let hint = new.hint.clone();
        let mut commit = open.vault.set_password(new, &mut env)?;
        let now = env.now;
        if open.vault.account_record().is_some() {
            // Until its server has it: header and password change there in one step.
            let behind = |account: &mut sesame_vault::Account| account.password_behind = true;
            commit.extend(open.vault.update_account(behind, &mut env)?);
        }
        commit.extend(open.vault.update_local(|local| {
            // A new password is practised from the beginning.
            local.practice = Practice {
                step: 0,
                misses: 0,
                due_at: first_practice(now),
            };
        })?);
        open.settings.password_replaced(now);
        open.settings.hint = hint;
        commit.extend(open.follow_up(&mut env));
        Ok(commit)
    }

    /// Changes the hint.
    ///
    /// # Errors
    /// `TooLarge` over 100 characters.
    pub fn set_hint(&mut self, hint: &str) -> EngineResult<Commit> {
        let hint = hint.trim().to_owned();
        let (open, mut env) = self.parts()?;
        let mut commit = open
            .vault
            .update_local(|local| local.hint.clone_from(&hint))?;
        open.settings.hint = hint;
        commit.extend(open.follow_up(&mut env));
        Ok(commit)
    }

    /// Makes a recovery code in place of the one there is.
    ///
    /// # Errors
    /// `NotFresh`.
    pub fn new_recovery_code(&mut self) -> EngineResult<WithCode> {
        self.require_fresh()?;
        self.replace_code()
    }

    /// The person types back a group of the code. `None` if it isn't that group.
    ///
    /// # Errors
    /// `NotFound` when no code waits to be confirmed.
    pub fn confirm_recovery_code(&mut self, group: u8, text: &str) -> EngineResult<Option<Commit>> {
        let (open, mut env) = self.parts()?;
        let code = open.vault.pending_recovery();
        let Some(mut commit) = open.vault.confirm_recovery(group, text, &mut env)? else {
            return Ok(None);
        };
        // Of two codes that were made at the same time, the one that somebody has counts.
        if let Some(code) = code {
            let before = open.settings.rec_pub;
            open.note_code(&code);
            if open.settings.rec_pub != before {
                commit.extend(open.follow_up(&mut env));
            }
        }
        Ok(Some(commit))
    }

    /// Adds a passkey.
    ///
    /// # Errors
    /// `NoRecovery` without a confirmed recovery code (S-172), `SlotsFull`, `Invalid`.
    pub fn add_passkey(&mut self, input: &PasskeyInput, prf: &[u8]) -> EngineResult<Commit> {
        let name = passkey_name(&input.name)?;
        let new = NewPasskey {
            credential_id: decode(&input.credential_id)?,
            salt: bytes32(&input.salt)?,
            prf: zeroize::Zeroizing::new(prf.to_vec()),
            backup_eligible: input.backup_eligible,
            synced: input.synced,
        };
        let (open, mut env) = self.parts()?;
        let (slot, mut commit) = open.vault.add_passkey(new, &mut env)?;
        open.settings.name_passkey(&slot, name, env.now);
        commit.extend(open.follow_up(&mut env));
        Ok(commit)
    }

    /// Renames a passkey.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` for a name that is empty or too long.
    pub fn rename_passkey(&mut self, slot: &str, name: &str) -> EngineResult<Commit> {
        let (slot, name) = (slot_id(slot)?, passkey_name(name)?);
        let (open, mut env) = self.parts()?;
        if open.vault.header().slot(&slot).is_none() {
            return Err(EngineError::NotFound);
        }
        open.settings.name_passkey(&slot, name, env.now);
        open.commit_settings(&mut env)
    }

    /// Removes a passkey.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn remove_passkey(&mut self, slot: &str) -> EngineResult<Commit> {
        let slot = slot_id(slot)?;
        let (open, mut env) = self.parts()?;
        let is_passkey =
            |found: &&sesame_protocol::Slot| found.kind == sesame_protocol::SlotKind::Passkey;
        open.vault
            .header()
            .slot(&slot)
            .filter(is_passkey)
            .ok_or(EngineError::NotFound)?;
        let mut commit = open.vault.remove_slot(&slot, &mut env)?;
        open.settings.forget_passkey(&slot);
        commit.extend(open.follow_up(&mut env));
        Ok(commit)
    }

    /// The person typed the master password to keep it in mind.
    ///
    /// # Errors
    /// `NotFound` for another slot; a wrong password is an answer, not an error.
    pub fn practice(&mut self, slot: &str, stretched: Secret32) -> EngineResult<Practised> {
        let key = PasswordKey::new(slot_id(slot)?, stretched);
        let until = self.host.now().saturating_add(super::FRESH_MS);
        let (open, env) = self.parts()?;
        match open.vault.proves(&key) {
            Ok((kind, slot)) => {
                open.session.fresh_until = until;
                let commit = open.note_proof(kind, slot, &env)?;
                Ok(Practised {
                    commit,
                    right: true,
                    misses: 0,
                })
            }
            Err(VaultError::WrongSecret) => {
                let commit = open.vault.update_local(|local| {
                    let misses = local.practice.misses.saturating_add(1);
                    local.practice = Practice {
                        misses,
                        ..local.practice
                    };
                })?;
                Ok(Practised {
                    commit,
                    right: false,
                    misses: open.vault.local().practice.misses,
                })
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Not now: asks again tomorrow.
    ///
    /// # Errors
    /// `Locked`.
    pub fn skip_practice(&mut self) -> EngineResult<Commit> {
        let (open, env) = self.parts()?;
        let tomorrow = env.now.saturating_add(DAY_MS);
        Ok(open
            .vault
            .update_local(|local| local.practice.due_at = tomorrow)?)
    }

    /// A backup file was saved.
    ///
    /// # Errors
    /// `Locked`.
    pub fn note_backup_saved(&mut self) -> EngineResult<Commit> {
        let (open, mut env) = self.parts()?;
        let now = env.now;
        let mut commit = open
            .vault
            .update_local(|local| local.backup_saved_at = Some(now))?;
        open.settings.backup_saved = Some(now);
        commit.extend(open.follow_up(&mut env));
        Ok(commit)
    }
}

fn new_password(input: PasswordInput, stretched: Secret32) -> EngineResult<NewPassword> {
    Ok(NewPassword {
        kdf_id: kdf_id(input.kdf_id)?,
        salt: bytes32(&input.salt)?,
        stretched,
        hint: input.hint.trim().to_owned(),
    })
}

fn passkey_name(name: &str) -> EngineResult<String> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= NAME_MAX;
    if fits {
        Ok(name.to_owned())
    } else {
        Err(EngineError::Invalid)
    }
}
