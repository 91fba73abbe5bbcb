//! Becoming part of an account, leaving it, and proving to its server who this is.

use sesame_protocol::account::{
    How, NewDevice, Origin, Session, SessionFinish, SessionStarted, proof,
};
use sesame_protocol::{AccountId, DeviceId};

use super::super::{Env, Unlocked};
use super::Attached;
use crate::account::{Account, AccountState, DeviceKey, SyncRecord};
use crate::commit::{Commit, Store, key};
use crate::manifest::{Link, Statement, empty_buckets};
use crate::{SyncReason, VaultError};

/// A state of the account: a link of its chain and the header that it names.
#[derive(Clone)]
pub struct KnownState {
    /// The manifest's bytes.
    pub manifest: Vec<u8>,
    /// The header's bytes.
    pub header: Vec<u8>,
}

impl Unlocked {
    /// What an account begins with: a link that names this header and no rows.
    ///
    /// # Errors
    /// `Internal`.
    pub fn first_link(&self) -> Result<KnownState, VaultError> {
        let statement = Statement {
            header: &self.sealed,
            device: self.owner.device,
            buckets: empty_buckets(&self.owner.generation)?,
            live: 0,
            tombstones: 0,
        };
        let signer = self.key.signer(&self.owner.account, &self.owner.generation);
        Ok(KnownState {
            manifest: Link::next(None, statement, &signer)?.bytes,
            header: self.sealed.bytes.clone(),
        })
    }

    /// Makes this vault the account's: everything in it is still to be sent.
    ///
    /// # Errors
    /// `Suspended` when the server answered for another account, generation or first link (S-26);
    /// `TooLarge`, `Random`.
    pub fn attach(
        &mut self,
        account: Account,
        device: DeviceKey,
        session: &Session,
        first: &KnownState,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let mut commit = self.join(account, device, session, Some(first), env)?;
        for entry in self.index.rows().map(|row| row.entry.id) {
            commit.put_base(&entry, Some(Vec::new()));
        }
        Ok(commit)
    }

    /// Makes this vault the account's again or for the first time here. `known` is the state of the
    /// account that the vault was taken from; without it, whatever is still known of an earlier time
    /// counts, and otherwise the next pull brings both together. A master password that the account
    /// doesn't have is still to be brought there.
    ///
    /// # Errors
    /// As [`Unlocked::attach`].
    pub fn join(
        &mut self,
        mut account: Account,
        device: DeviceKey,
        session: &Session,
        known: Option<&KnownState>,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        if (session.account, session.generation) != (self.owner.account, self.owner.generation) {
            return Err(VaultError::Suspended(SyncReason::OtherVault));
        }
        account.state = AccountState::Ok;
        account.device = *device.id.as_bytes();
        let mut record = SyncRecord::new(device, session.epoch);
        let before = self.attached.take().and_then(|attached| attached.record);
        if let Some(known) = known {
            record.manifest.clone_from(&known.manifest);
            record.header.clone_from(&known.header);
        } else if let Some(before) = before {
            (record.manifest, record.header) = (before.manifest, before.header);
            (record.reason, record.resolve) = (before.reason, before.resolve);
            record.pending = before.pending;
        }
        if let Some(reason) = record.reason {
            account.state = AccountState::Suspended(reason);
        }
        let mut attached = Attached::new(account, Some(record), &self.key);
        if let Some(base) = &attached.base {
            attached.account.password_behind |= self.has_other_password(&base.header);
        }
        self.attached = Some(Box::new(attached));
        let mut commit = Commit::default();
        self.write_records(&mut commit, env)?;
        Ok(commit)
    }

    /// Leaves the account; the vault stays. The store `bases` is to be cleared with it.
    pub fn detach(&mut self) -> Commit {
        self.attached = None;
        let mut commit = Commit::default();
        commit.delete(Store::Vault, key::ACCOUNT);
        commit.delete(Store::Vault, key::SYNC);
        commit
    }

    /// Ids with which a session is asked for.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn session_ids(&self) -> Result<(AccountId, DeviceId), VaultError> {
        let record = self.attached()?.record()?;
        Ok((self.owner.account, record.device.id))
    }

    /// Asks for a session: signed by this device's key and by the vault's.
    ///
    /// # Errors
    /// `NoAccount`, `Internal`.
    pub fn prove_session(&self, started: &SessionStarted) -> Result<SessionFinish, VaultError> {
        let attached = self.attached()?;
        let device = &attached.record()?.device;
        let (account, generation) = (self.owner.account, self.owner.generation);
        let context = proof::session(
            &self.origin()?,
            &account,
            &generation,
            &device.id,
            &started.nonce,
            started.exp,
        )?;
        Ok(SessionFinish {
            account,
            generation,
            device: device.id,
            nonce: started.nonce,
            device_signature: device.pair().sign(&context),
            vault_signature: self.key.signer(&account, &generation).prove(&context),
        })
    }

    /// Takes what a new session says about the account.
    ///
    /// # Errors
    /// `Suspended` for another account or generation, `NoAccount`.
    pub fn session_opened(&mut self, session: &Session) -> Result<(), VaultError> {
        let ids = (self.owner.account, self.owner.generation);
        if (session.account, session.generation) != ids {
            return Err(VaultError::Suspended(SyncReason::OtherVault));
        }
        self.attached_mut()?.record_mut()?.epoch = session.epoch;
        Ok(())
    }

    /// Signs that this browser opens the generation that a reset has sealed, to take the reset back.
    ///
    /// # Errors
    /// `Internal`.
    pub fn prove_undo(
        &self,
        origin: &Origin,
        started: &SessionStarted,
        device: &NewDevice,
    ) -> Result<[u8; 64], VaultError> {
        let (account, generation) = (&self.owner.account, &self.owner.generation);
        let nonce = &started.nonce;
        let context = proof::undo(origin, account, generation, nonce, started.exp, device)?;
        Ok(self.key.signer(account, generation).prove(&context))
    }

    /// Signs that this browser opens a sealed generation, at the server of `origin`.
    ///
    /// # Errors
    /// `Internal`.
    pub fn prove_sealed(
        &self,
        origin: &Origin,
        nonce: &[u8; 32],
        exp: u64,
    ) -> Result<[u8; 64], VaultError> {
        let (account, generation) = (&self.owner.account, &self.owner.generation);
        let context = proof::sealed(origin, account, generation, nonce, exp, How::Vault)?;
        Ok(self.key.signer(account, generation).prove(&context))
    }

    fn origin(&self) -> Result<Origin, VaultError> {
        Ok(Origin::parse(&self.attached()?.account.origin)?)
    }
}
