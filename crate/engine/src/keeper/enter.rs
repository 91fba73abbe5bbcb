//! Becoming part of an account: with the vault that is here, or with the account's own.

use super::account::{mode, session_of};
use super::{EngineError, EngineResult, Keeper};
use crate::api::{AttachInput, NewGenerationInput, RegisterInput};
use sesame_protocol::AccountId;
use sesame_protocol::account::code::MailCode;
use sesame_protocol::account::{Email, Lang, Message as _, NewDevice, RegisterFinish, ResetFinish};
use sesame_vault::{Account, Commit, DeviceKey};

fn lang(text: &str) -> EngineResult<Lang> {
    match text {
        "en" => Ok(Lang::En),
        "it" => Ok(Lang::It),
        _ => Err(EngineError::Invalid),
    }
}

impl AttachInput {
    /// The record that this makes. Without credential id and key nothing is pinned yet.
    fn account(&self, cred_id: &[u8], server_key: &[u8]) -> EngineResult<Account> {
        Ok(Account {
            origin: self.origin.clone(),
            email: self.email.clone(),
            mode: mode(&self.mode)?,
            cred_id: match cred_id {
                [] => [0; 32],
                some => some.try_into().map_err(|_| EngineError::Invalid)?,
            },
            server_key: match server_key.len() {
                0 | 32 => server_key.to_vec(),
                _ => return Err(EngineError::Invalid),
            },
            ..Account::default()
        })
    }
}

impl Keeper {
    /// A new device to register; its key stays in this instance until it is part of an account.
    ///
    /// # Errors
    /// `Internal` without randomness.
    pub fn new_device(&mut self) -> EngineResult<Vec<u8>> {
        let device = DeviceKey::make(self.host.random())?;
        let public = device.public().encode();
        self.entering.device = Some(device);
        Ok(public)
    }

    /// Takes the device that another instance made; and with it that a recovery code was used there.
    pub fn take_device_of(&mut self, other: &mut Self) {
        self.entering.device = other.entering.device.take();
        self.entering.used_code |= std::mem::take(&mut other.entering.used_code);
    }

    pub(super) fn take_device(&mut self) -> EngineResult<DeviceKey> {
        self.entering.device.take().ok_or(EngineError::Invalid)
    }

    fn public_device(&mut self) -> EngineResult<NewDevice> {
        if self.entering.device.is_none() {
            self.new_device()?;
        }
        let device = self.entering.device.as_ref().ok_or(EngineError::Invalid)?;
        Ok(device.public())
    }

    /// The public half of the sign-in with the recovery code; of an older vault as far as it is known.
    fn recovery_key(&self) -> EngineResult<Option<[u8; 32]>> {
        let open = self.opened()?;
        let pending = || {
            let code = open.vault.pending_recovery()?;
            Some(code.auth_public(&open.vault.account()))
        };
        Ok(open.settings.rec_pub.or_else(pending))
    }

    /// `RegisterFinish`: the account begins with this vault's key slots and no rows.
    ///
    /// # Errors
    /// `Locked`, `Invalid` for an address or a code that is none.
    pub fn register_body(&mut self, input: &RegisterInput, upload: &[u8]) -> EngineResult<Vec<u8>> {
        let email = Email::parse(&input.email).map_err(|_| EngineError::Invalid)?;
        let code = MailCode::parse(&input.code).map_err(|_| EngineError::Invalid)?;
        let lang = lang(&input.lang)?;
        let device = self.public_device()?;
        let recovery_key = self.recovery_key()?;
        let vault = &self.opened()?.vault;
        let first = vault.first_link()?;
        let finish = RegisterFinish {
            email,
            code,
            lang,
            hint: input.hint.trim().to_owned(),
            account: vault.account(),
            generation: vault.generation(),
            upload: upload.to_vec(),
            recovery_key,
            device,
            header: first.header.clone(),
            manifest: first.manifest.clone(),
        };
        self.entering.first = Some(first);
        Ok(finish.encode())
    }

    /// A new generation of an account, in an empty instance: the vault that a reset begins with.
    ///
    /// # Errors
    /// `Exists` if a vault is loaded, `Invalid`.
    pub fn new_generation(
        &mut self,
        input: NewGenerationInput,
        stretched: super::Secret32,
    ) -> EngineResult<super::WithCode> {
        let account = AccountId::parse_hex(&input.account).ok_or(EngineError::Invalid)?;
        let create = crate::api::CreateInput {
            vault_name: input.vault_name,
            hint: input.hint,
            kdf_id: input.kdf_id,
            salt: input.salt,
        };
        self.make(Some(account), create, stretched)
    }

    /// `ResetFinish`, for the vault of [`Self::new_generation`]; `token` is the reset code's 32 bytes.
    ///
    /// # Errors
    /// `Locked`, `Invalid`.
    pub fn reset_body(&mut self, token: &[u8], upload: &[u8], hint: &str) -> EngineResult<Vec<u8>> {
        let token = token.try_into().map_err(|_| EngineError::Invalid)?;
        let device = self.public_device()?;
        let recovery_key = self.recovery_key()?;
        let vault = &self.opened()?.vault;
        let first = vault.first_link()?;
        let finish = ResetFinish {
            token,
            generation: vault.generation(),
            hint: hint.trim().to_owned(),
            upload: upload.to_vec(),
            recovery_key,
            device,
            header: first.header.clone(),
            manifest: first.manifest.clone(),
        };
        self.entering.first = Some(first);
        Ok(finish.encode())
    }

    /// After [`Self::register_body`] or [`Self::reset_body`]: this vault is the account's, and all of
    /// it is still to be sent.
    ///
    /// # Errors
    /// `Suspended` when the server speaks of another vault, `Invalid`.
    pub fn attach(
        &mut self,
        input: &AttachInput,
        session: &[u8],
        cred_id: &[u8],
        server_key: &[u8],
    ) -> EngineResult<Commit> {
        let session = session_of(session)?;
        let account = input.account(cred_id, server_key)?;
        let first = self.entering.first.take().ok_or(EngineError::Invalid)?;
        let device = self.take_device()?;
        let recovery_key = self.recovery_key()?;
        let (open, mut env) = self.parts()?;
        let mut commit = open
            .vault
            .attach(account, device, &session, &first, &mut env)?;
        open.settings.hint.clone_from(&open.vault.local().hint);
        open.settings.rec_pub = recovery_key;
        commit.extend(open.name_this_browser(&input.device_name, &mut env));
        Ok(commit)
    }

    /// After [`Self::adopt`] of a vault that was fetched to sign in.
    ///
    /// # Errors
    /// As [`Self::attach`].
    pub fn attach_joined(
        &mut self,
        input: &AttachInput,
        session: &[u8],
        cred_id: &[u8],
        server_key: &[u8],
    ) -> EngineResult<Commit> {
        let session = session_of(session)?;
        let account = input.account(cred_id, server_key)?;
        let joined = self.entering.joined.take().ok_or(EngineError::Invalid)?;
        let device = self.take_device()?;
        let (open, mut env) = self.parts()?;
        let known = Some(&joined.known);
        let mut commit = open
            .vault
            .join(account, device, &session, known, &mut env)?;
        commit.extend(open.name_this_browser(&input.device_name, &mut env));
        if let Some(row) = joined.settings {
            let id = open.vault.settings_id();
            commit.writes.push(sesame_vault::Write {
                store: sesame_vault::Store::Bases,
                key: id.to_string(),
                value: Some(row),
            });
        }
        Ok(commit)
    }

    /// Signed in again, or for the first time with a vault that is this account's already.
    ///
    /// # Errors
    /// As [`Self::attach`].
    pub fn rejoin(
        &mut self,
        input: &AttachInput,
        session: &[u8],
        cred_id: &[u8],
        server_key: &[u8],
    ) -> EngineResult<Commit> {
        let session = session_of(session)?;
        let account = input.account(cred_id, server_key)?;
        let device = self.take_device()?;
        let (open, mut env) = self.parts()?;
        let behind = open
            .vault
            .account_record()
            .is_some_and(|known| known.password_behind);
        let account = Account {
            password_behind: behind,
            ..account
        };
        let mut commit = open.vault.join(account, device, &session, None, &mut env)?;
        commit.extend(open.name_this_browser(&input.device_name, &mut env));
        Ok(commit)
    }
}
