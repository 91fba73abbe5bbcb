//! Signing in: the account's vault comes here and is opened like a backup file. And a locked vault whose
//! password was changed elsewhere.

use super::account::{devices, fingerprint, session_of};
use super::backup::File;
use super::views::{locked_passkeys, password_slots};
use super::{EngineError, EngineResult, Keeper, State};
use crate::api::{AccountPreview, PasswordSlot};
use sesame_protocol::account::{Message as _, Pull, Pulled};
use sesame_protocol::{BUCKETS, SlotKind};
use sesame_vault::{Joining, KnownState, Locked, VaultError};

/// The state of the account that a fetched vault was taken from.
pub(super) struct Joined {
    pub(super) known: KnownState,
    /// Its settings row, known once the vault is open.
    pub(super) settings: Option<Vec<u8>>,
    /// Number of the account's newest manifest.
    seq: u64,
}

impl Keeper {
    /// Asks for all of the account's vault, by the session that a sign-in opened.
    ///
    /// # Errors
    /// `BadAnswer`.
    pub fn join_pull_body(&mut self, session: &[u8]) -> EngineResult<Vec<u8>> {
        let session = session_of(session)?;
        let body = Joining::pull_body(&session);
        self.entering.session = Some(Box::new(session));
        Ok(body)
    }

    /// Checks the answer. The next request, or `None` when the vault is here, locked.
    ///
    /// # Errors
    /// `Suspended` for whatever does not hold, `BadAnswer`.
    pub fn join_pulled(&mut self, answer: &[u8]) -> EngineResult<Option<Vec<u8>>> {
        let session = self.entering.session.as_ref().ok_or(EngineError::Invalid)?;
        self.entering.joining = Some(Joining::pulled(session, answer)?);
        self.join_next()
    }

    /// Takes rows in; as [`Self::join_pulled`].
    ///
    /// # Errors
    /// `Again` when somebody changed one meanwhile: start anew. Otherwise as [`Self::join_pulled`].
    pub fn join_rows(&mut self, answer: &[u8]) -> EngineResult<Option<Vec<u8>>> {
        let joining = self.entering.joining.as_mut().ok_or(EngineError::Invalid)?;
        joining.rows(answer)?;
        self.join_next()
    }

    fn join_next(&mut self) -> EngineResult<Option<Vec<u8>>> {
        let joining = self.entering.joining.take().ok_or(EngineError::Invalid)?;
        if let Some(body) = joining.next() {
            self.entering.joining = Some(joining);
            return Ok(Some(body));
        }
        let seq = joining.manifest().seq;
        let (known, stored, rows) = joining.finish()?;
        let locked = Locked::load(stored).map_err(|unopenable| unopenable.error)?;
        self.state = State::Locked(Box::new(locked));
        self.file = Some(File { saved_at: 0, rows });
        self.entering.joined = Some(Joined {
            known,
            settings: None,
            seq,
        });
        Ok(None)
    }

    /// Keeps the settings' row as the account has it: this browser's name is about to be added to it.
    pub(super) fn keep_joined_settings(&mut self) {
        let (State::Open(open), Some(file), Some(joined)) =
            (&self.state, &self.file, &mut self.entering.joined)
        else {
            return;
        };
        joined.settings = file.rows.get(&open.vault.settings_id()).cloned();
    }

    /// What was found (S-35).
    ///
    /// # Errors
    /// `Invalid` unless a vault was fetched.
    pub fn account_preview(&self) -> EngineResult<AccountPreview> {
        let joined = self.entering.joined.as_ref().ok_or(EngineError::Invalid)?;
        let (header, local, live) = match &self.state {
            State::Locked(locked) => (locked.header(), locked.local(), locked.live()),
            State::Open(open) => {
                let live = u32::try_from(open.vault.live()).ok();
                (open.vault.header(), open.vault.local(), live)
            }
            _ => return Err(EngineError::Invalid),
        };
        let open = self.opened().ok();
        let items = usize::try_from(live.unwrap_or(0)).unwrap_or(0);
        let newest = |open: &super::Open| open.index.iter().map(|item| item.modified).max();
        Ok(AccountPreview {
            items: items.saturating_sub(1),
            seq: joined.seq,
            fingerprint: fingerprint(header),
            password_slots: password_slots(header),
            recovery: header.slots_of(SlotKind::Recovery).next().is_some(),
            passkeys: locked_passkeys(header, local, &[]),
            vault_name: open.map_or_else(String::new, |open| open.settings.vault_name.clone()),
            changed_at: open.and_then(newest),
            devices: open.map(|open| devices(&open.settings)),
        })
    }

    /// For a locked vault: asks for the account's header only, by the session that a password opened
    /// which does not open the vault here.
    ///
    /// # Errors
    /// `Invalid` unless a vault is locked here, `Suspended` for another vault's session.
    pub fn locked_pull_body(&mut self, session: &[u8]) -> EngineResult<Vec<u8>> {
        let session = session_of(session)?;
        let State::Locked(locked) = &self.state else {
            return Err(EngineError::Invalid);
        };
        let header = locked.header();
        if (header.account, header.generation) != (session.account, session.generation) {
            return Err(VaultError::Suspended(sesame_vault::SyncReason::OtherVault).into());
        }
        let pull = Pull {
            generation: session.generation,
            epoch: session.epoch,
            header_hash: [0; 32],
            // What differs comes along, and is passed over.
            buckets: locked.bucket_hashes().unwrap_or([[0; 32]; BUCKETS]),
        };
        Ok(pull.encode())
    }

    /// Takes the account's header: [`Self::unlock_password`] then tries its slots, too. It is taken in
    /// for good by the next pull.
    ///
    /// # Errors
    /// `Invalid` unless a vault is locked here, `Suspended`, `BadAnswer`.
    pub fn locked_header(&mut self, answer: &[u8]) -> EngineResult<Vec<PasswordSlot>> {
        let answer = Pulled::decode(answer)?;
        let header = answer.header.ok_or(VaultError::BadAnswer)?;
        match &mut self.state {
            State::Locked(locked) => Ok(password_slots(locked.offer_header(&header)?)),
            _ => Err(EngineError::Invalid),
        }
    }

    /// What a file or an account's vault brings for the lock screen: it has no local record.
    pub(super) fn fill_local(&mut self) -> EngineResult<sesame_vault::Commit> {
        let (open, env) = self.parts()?;
        let (settings, now) = (&open.settings, env.now);
        let local = open.vault.local();
        if local.created_at != 0 || settings.vault_name.is_empty() {
            return Ok(sesame_vault::Commit::default());
        }
        let (name, hint) = (settings.vault_name.clone(), settings.hint.clone());
        let (set, saved) = (settings.password_set, settings.backup_saved);
        let recovery = open
            .vault
            .header()
            .slots_of(SlotKind::Recovery)
            .next()
            .is_some();
        Ok(open.vault.update_local(|local| {
            local.vault_name = name;
            local.hint = hint;
            local.created_at = now;
            local.password_set_at = set;
            local.backup_saved_at = saved;
            local.recovery_created_at = recovery.then_some(now);
            local.practice.due_at = super::ways::first_practice(now);
        })?)
    }
}
