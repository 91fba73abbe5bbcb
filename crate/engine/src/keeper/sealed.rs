//! The way back from a reset: proofs that somebody still opens the vault from before.

use super::account::session_of;
use super::{EngineError, EngineResult, Keeper, Rows, State};
use sesame_protocol::account::{
    How, Message as _, NewDevice, Origin, RecoverFinish, RecoverStarted, SealedProve,
    SealedStarted, SessionStarted, UndoFinish, UndoStart, proof,
};
use sesame_protocol::{AccountId, GenId};
use sesame_vault::{Commit, Prefer, RecoveryCode, merge_settings};

fn origin_of(text: &str) -> EngineResult<Origin> {
    Origin::parse(text).map_err(|_| EngineError::Invalid)
}

/// `RecoverFinish`: signing in with the recovery code. `device` is a `NewDevice`.
///
/// # Errors
/// `CodeTypo`, `BadAnswer`, `Invalid`.
pub fn recover_body(
    code: &str,
    started: &[u8],
    origin: &str,
    device: &[u8],
) -> EngineResult<Vec<u8>> {
    let code = RecoveryCode::parse(code)?;
    let started = RecoverStarted::decode(started)?;
    let device = NewDevice::decode(device).map_err(|_| EngineError::Invalid)?;
    let (account, nonce) = (started.account, started.nonce);
    let context = proof::recovery_login(&origin_of(origin)?, &account, &nonce, started.exp)?;
    let finish = RecoverFinish {
        account,
        nonce,
        exp: started.exp,
        signature: code.auth_sign(&account, &context),
        device,
    };
    Ok(finish.encode())
}

/// `SealedProve` by the recovery code of the generation that a reset has sealed; ids in hex.
///
/// # Errors
/// `CodeTypo`, `BadAnswer`, `Invalid`.
pub fn sealed_recovery_proof(
    code: &str,
    started: &[u8],
    account: &str,
    generation: &str,
    origin: &str,
) -> EngineResult<Vec<u8>> {
    let code = RecoveryCode::parse(code)?;
    let started = SealedStarted::decode(started)?;
    let account = AccountId::parse_hex(account).ok_or(EngineError::Invalid)?;
    let generation = GenId::parse_hex(generation).ok_or(EngineError::Invalid)?;
    let origin = origin_of(origin)?;
    let (nonce, how) = (&started.nonce, How::Recovery);
    let context = proof::sealed(&origin, &account, &generation, nonce, started.exp, how)?;
    let signature = code.auth_sign(&account, &context);
    Ok(prove(generation, how, &started, &signature))
}

fn prove(generation: GenId, how: How, started: &SealedStarted, signature: &[u8; 64]) -> Vec<u8> {
    let prove = SealedProve {
        generation,
        how,
        login_id: started.login_id,
        nonce: started.nonce,
        proof: signature.to_vec(),
    };
    prove.encode()
}

impl Keeper {
    /// `UndoStart`, for the vault from before a reset, opened here.
    ///
    /// # Errors
    /// `Locked`.
    pub fn undo_start_body(&self) -> EngineResult<Vec<u8>> {
        let vault = &self.opened()?.vault;
        let start = UndoStart {
            account: vault.account(),
            generation: vault.generation(),
        };
        Ok(start.encode())
    }

    /// `UndoFinish`, signed with that vault's key, with a new device. `origin` is the server's where
    /// the vault is a file that belongs to no account here.
    ///
    /// # Errors
    /// `Locked`, `BadAnswer`; `NoAccount` without an origin.
    pub fn undo_body(&mut self, started: &[u8], origin: Option<&str>) -> EngineResult<Vec<u8>> {
        let started = SessionStarted::decode(started)?;
        let device = NewDevice::decode(&self.new_device()?)?;
        let vault = &self.opened()?.vault;
        let known = vault
            .account_record()
            .map(|account| account.origin.as_str());
        let origin = known
            .or(origin)
            .ok_or(sesame_vault::VaultError::NoAccount)?;
        let finish = UndoFinish {
            account: vault.account(),
            generation: vault.generation(),
            nonce: started.nonce,
            vault_signature: vault.prove_undo(&origin_of(origin)?, &started, &device)?,
            device,
        };
        Ok(finish.encode())
    }

    /// The reset was taken back: this vault is the account's again.
    ///
    /// # Errors
    /// `NoAccount`, `Suspended` when the server speaks of another vault.
    pub fn undone(&mut self, session: &[u8]) -> EngineResult<Commit> {
        let session = session_of(session)?;
        let device = self.take_device()?;
        let (open, mut env) = self.parts()?;
        let record = open.vault.account_record();
        let account = record.cloned().ok_or(sesame_vault::VaultError::NoAccount)?;
        let before = account.device;
        let mut commit = open.vault.join(account, device, &session, None, &mut env)?;
        let named = |named: &&sesame_vault::settings::DeviceName| named.device == before;
        let name = open.settings.devices.iter().find(named);
        let name = name.map(|named| named.name.clone()).unwrap_or_default();
        commit.extend(open.name_this_browser(&name, &mut env));
        Ok(commit)
    }

    /// For the account's vault, fetched after a reset was undone with a sealed copy: what opened the copy
    /// opens it, too, also where the account never had that key slot.
    ///
    /// # Errors
    /// `Locked` unless the copy is open, `Invalid` for another vault's or unless this one is locked.
    pub fn offer_copy(&mut self, copy: &Self) -> EngineResult<()> {
        match &mut self.state {
            State::Locked(locked) => Ok(locked.offer_copy(&copy.opened()?.vault)?),
            _ => Err(EngineError::Invalid),
        }
    }

    /// Takes back what only the copy has, because it had not been sent before the reset: items, settings,
    /// ways in. `rows` are this vault's.
    ///
    /// # Errors
    /// `Locked` unless both are open, `Invalid` unless the other is a copy of this vault.
    pub fn take_back(&mut self, copy: &Self, rows: &Rows) -> EngineResult<Commit> {
        if !self.is_same_vault(copy) {
            return Err(EngineError::Invalid);
        }
        let mut commit = self.take_items_of(copy, copy.backup_rows()?, rows)?.commit;
        let theirs = copy.opened()?;
        let (open, mut env) = self.parts()?;
        let (slots, all) = open.vault.take_slots_of(&theirs.vault, &mut env)?;
        commit.extend(slots);
        let ours = &open.settings;
        let mut merged = merge_settings(None, &theirs.settings, ours, Prefer::Newer);
        // It goes with the code that opens the vault.
        merged.rec_pub = if all {
            theirs.settings.rec_pub
        } else {
            ours.rec_pub
        };
        merged.modified = ours.modified;
        if merged != *ours {
            open.settings = merged;
            commit.extend(open.follow_up(&mut env));
            commit.extend(open.show_while_locked()?);
            let set = open.settings.password_set;
            commit.extend(
                open.vault
                    .update_local(|local| local.password_set_at = set)?,
            );
        }
        Ok(commit)
    }

    /// `SealedProve` with the key of the vault that is open here, for the server at `origin`.
    ///
    /// # Errors
    /// `Locked`, `BadAnswer`, `Invalid`.
    pub fn sealed_vault_proof(&self, started: &[u8], origin: &str) -> EngineResult<Vec<u8>> {
        let started = SealedStarted::decode(started)?;
        let origin = origin_of(origin)?;
        let vault = &self.opened()?.vault;
        let signature = vault.prove_sealed(&origin, &started.nonce, started.exp)?;
        Ok(prove(vault.generation(), How::Vault, &started, &signature))
    }
}
