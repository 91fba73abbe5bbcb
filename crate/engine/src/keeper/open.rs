//! Making a vault, opening it, and going on after a restart.

use super::{EngineError, EngineResult, FRESH_MS, Keeper, State};
use crate::api::{CreateInput, Factor, SessionState};
use sesame_protocol::{AccountId, KdfId, SlotId, SlotKind};
use sesame_vault::{
    Commit, Env, Locked, NewVault, PasskeyKey, PasskeyProblem, PasswordKey, RecoveryCode,
    RecoveryKey, Unlocker, VaultError,
};
use zeroize::Zeroizing;

/// A stretched master password, or a PRF output.
pub type Secret32 = Zeroizing<[u8; 32]>;

/// A change that also gives a recovery code to show.
pub struct WithCode {
    /// What to write.
    pub commit: Commit,
    /// The code, shown once.
    pub code: Option<Zeroizing<String>>,
}

impl Keeper {
    /// Makes a vault, with its settings item and a recovery code, and leaves it open.
    ///
    /// # Errors
    /// `Exists` if one is loaded, `Invalid` for bad input.
    pub fn create(&mut self, input: CreateInput, stretched: Secret32) -> EngineResult<WithCode> {
        self.make(None, input, stretched)
    }

    /// The same, as another generation of an account where one is given.
    pub(super) fn make(
        &mut self,
        account: Option<AccountId>,
        input: CreateInput,
        stretched: Secret32,
    ) -> EngineResult<WithCode> {
        if !matches!(self.state, State::Empty) {
            return Err(EngineError::Exists);
        }
        let now = self.host.now();
        let new = NewVault {
            vault_name: input.vault_name.trim().to_owned(),
            hint: input.hint.trim().to_owned(),
            kdf_id: kdf_id(input.kdf_id)?,
            salt: super::settings::bytes32(&input.salt)?,
            stretched,
        };
        let name = new.vault_name.clone();
        let mut env = Env {
            rng: self.host.random(),
            now,
        };
        let (vault, mut commit, code) = match account {
            None => sesame_vault::create(new, &mut env)?,
            Some(account) => sesame_vault::create_in(account, new, &mut env)?,
        };
        self.enter(vault, self.fresh_session(Factor::Password));
        let (open, mut env) = self.parts()?;
        open.settings.vault_name = name;
        open.settings.password_set = now;
        open.settings.hint.clone_from(&open.vault.local().hint);
        open.note_code(&code);
        commit.extend(open.commit_settings(&mut env)?);
        commit.extend(
            open.vault
                .update_local(|local| local.practice.due_at = super::ways::first_practice(now))?,
        );
        Ok(WithCode {
            commit,
            code: Some(code.display()),
        })
    }

    /// Opens the vault with a stretched master password.
    ///
    /// # Errors
    /// `WrongSecret` only where an intact slot did not open.
    pub fn unlock_password(&mut self, slot: &str, stretched: Secret32) -> EngineResult<Commit> {
        let key = PasswordKey::new(slot_id(slot)?, stretched);
        self.unlock(&key, Factor::Password)
    }

    /// Opens the vault with a passkey's PRF output.
    ///
    /// # Errors
    /// `WrongSecret` where the authenticator gave another key than this slot's.
    pub fn unlock_passkey(&mut self, slot: &str, prf: &[u8]) -> EngineResult<Commit> {
        let key = PasskeyKey::new(slot_id(slot)?, prf)?;
        self.unlock(&key, Factor::Passkey)
    }

    /// Opens the vault with the recovery code, which is used up by it: another takes its place
    /// (S-167). A backup file stays as it is.
    ///
    /// # Errors
    /// `CodeTypo` before anything is tried, `WrongSecret`.
    pub fn unlock_recovery(&mut self, code: &str) -> EngineResult<WithCode> {
        let key = RecoveryKey::new(RecoveryCode::parse(code)?);
        let mut commit = self.unlock(&key, Factor::Recovery)?;
        self.entering.used_code = self.file.is_some();
        if self.file.is_some() || self.opened()?.vault.read_only() {
            return Ok(WithCode { commit, code: None });
        }
        // The person is in, and stays in: where no other code can be made, the used one stays good.
        let Ok(replaced) = self.replace_code() else {
            return Ok(WithCode { commit, code: None });
        };
        commit.extend(replaced.commit);
        Ok(WithCode {
            commit,
            code: replaced.code,
        })
    }

    /// Once a vault that came as a file or from an account is this browser's: what takes the place of the
    /// recovery code that opened it, however long ago (S-167). `None` where another secret did, or where no
    /// other code can be made.
    pub fn replace_used_code(&mut self) -> Option<WithCode> {
        let used = std::mem::take(&mut self.entering.used_code);
        used.then(|| self.replace_code()).and_then(Result::ok)
    }

    /// Another recovery code in the place of the one there is; who may ask for it is the caller's to know.
    pub(super) fn replace_code(&mut self) -> EngineResult<WithCode> {
        let (open, mut env) = self.parts()?;
        let (mut commit, code) = open.vault.replace_recovery(&mut env)?;
        open.note_code(&code);
        commit.extend(open.follow_up(&mut env));
        Ok(WithCode {
            commit,
            code: Some(code.display()),
        })
    }

    fn unlock(&mut self, key: &dyn Unlocker, by: Factor) -> EngineResult<Commit> {
        let vault = self.take_locked()?.unlock(key).map_err(|refused| {
            self.state = State::Locked(Box::new(refused.locked));
            EngineError::from(refused.error)
        })?;
        self.enter(vault, self.fresh_session(by));
        if self.file.is_some() {
            // A file has no index of its own, and nothing of its opening is written anywhere.
            self.rebuild_from_file()?;
            return Ok(Commit::default());
        }
        let (open, env) = self.parts()?;
        let mut commit = open.vault.record_opening(&env)?;
        if by == Factor::Password {
            commit.extend(open.vault.update_local(|local| {
                local.practice = super::ways::practised(local.practice, env.now);
            })?);
        }
        Ok(commit)
    }

    /// Goes on after the service worker was stopped.
    ///
    /// # Errors
    /// `WrongSecret` for another vault's or another session's secret, `Invalid` for a bad state.
    pub fn resume(&mut self, secret: &[u8], state: &str) -> EngineResult<()> {
        let mut session: SessionState = serde_json::from_str(state)?;
        session.fresh_until = session
            .fresh_until
            .min(self.host.now().saturating_add(FRESH_MS));
        let vault = self.take_locked()?.resume(secret).map_err(|refused| {
            self.state = State::Locked(Box::new(refused.locked));
            EngineError::from(refused.error)
        })?;
        self.enter(vault, session);
        Ok(())
    }

    fn take_locked(&mut self) -> EngineResult<Locked> {
        match std::mem::replace(&mut self.state, State::Wiped) {
            State::Locked(locked) => Ok(*locked),
            other => {
                let error = match other {
                    State::Empty => VaultError::Absent.into(),
                    State::Open(_) => EngineError::Exists,
                    State::Unopenable(_) => VaultError::Damaged.into(),
                    State::Wiped | State::Locked(_) => EngineError::Locked,
                };
                self.state = other;
                Err(error)
            }
        }
    }

    /// Whether a password, stretched for the retired password `index`, is that one.
    ///
    /// # Errors
    /// `Invalid` unless the vault is locked.
    pub fn was_replaced(&self, index: usize, stretched: &[u8; 32]) -> EngineResult<bool> {
        match &self.state {
            State::Locked(locked) => Ok(locked.was_replaced(index, stretched)),
            _ => Err(EngineError::Invalid),
        }
    }

    /// Remembers why a passkey did not open the vault.
    ///
    /// # Errors
    /// `NotFound` unless it is a passkey slot of this vault, `Invalid` unless it is locked.
    pub fn note_passkey_problem(&mut self, slot: &str, problem: &str) -> EngineResult<Commit> {
        let problem = match problem {
            "no-prf" => PasskeyProblem::NoPrf,
            "key-changed" => PasskeyProblem::KeyChanged,
            "no-user-verification" => PasskeyProblem::NoUserVerification,
            "not-allowed" => PasskeyProblem::NotAllowed,
            _ => return Err(EngineError::Invalid),
        };
        let now = self.host.now();
        match &mut self.state {
            State::Locked(locked) => {
                Ok(locked.note_passkey_problem(slot_id(slot)?, problem, now)?)
            }
            _ => Err(EngineError::Invalid),
        }
    }

    /// Shows a factor again: fresh for the next 60 s. Unlike unlocking, this uses no code up.
    ///
    /// # Errors
    /// `WrongSecret`, `CodeTypo`, `NotFound`.
    pub fn prove(&mut self, by: Factor, slot: Option<&str>, secret: &[u8]) -> EngineResult<Commit> {
        let key: Box<dyn Unlocker> = match by {
            Factor::Password => {
                let stretched: [u8; 32] = secret.try_into().map_err(|_| EngineError::Invalid)?;
                Box::new(PasswordKey::new(
                    slot_id(slot.unwrap_or(""))?,
                    Zeroizing::new(stretched),
                ))
            }
            Factor::Passkey => Box::new(PasskeyKey::new(slot_id(slot.unwrap_or(""))?, secret)?),
            Factor::Recovery => {
                let code = std::str::from_utf8(secret).map_err(|_| EngineError::Invalid)?;
                Box::new(RecoveryKey::new(RecoveryCode::parse(code)?))
            }
        };
        let until = self.host.now().saturating_add(FRESH_MS);
        let (open, env) = self.parts()?;
        let (kind, slot) = open.vault.proves(&*key)?;
        open.session.fresh_until = until;
        Ok(open.note_proof(kind, slot, &env)?)
    }
}

impl super::Open {
    /// Whoever signs in to the account with this code shows that they have it, and nothing of it.
    pub(super) fn note_code(&mut self, code: &RecoveryCode) {
        self.settings.rec_pub = Some(code.auth_public(&self.vault.account()));
    }

    /// Writes down that a way back in was proved.
    pub(super) fn note_proof(
        &mut self,
        kind: SlotKind,
        slot: SlotId,
        env: &Env<'_>,
    ) -> Result<Commit, VaultError> {
        if self.vault.read_only() {
            return Ok(Commit::default());
        }
        let now = env.now;
        self.vault.update_local(|local| match kind {
            SlotKind::Password => {
                local.password_proved_at = Some(now);
                local.practice = super::ways::practised(local.practice, now);
            }
            SlotKind::Recovery => local.recovery_proved_at = Some(now),
            SlotKind::Passkey => {
                if let Some(note) = local.passkeys.iter_mut().find(|note| note.slot == slot) {
                    note.last_used_at = Some(now);
                    note.last_problem = None;
                }
            }
        })
    }
}

pub(super) fn slot_id(text: &str) -> EngineResult<SlotId> {
    SlotId::parse_hex(text).ok_or(EngineError::NotFound)
}

pub(super) fn kdf_id(number: u8) -> EngineResult<KdfId> {
    KdfId::try_from(number).map_err(|_| EngineError::Invalid)
}
