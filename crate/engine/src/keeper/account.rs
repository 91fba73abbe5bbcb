//! The account that a vault belongs to: becoming part of it, leaving it, its browsers by name, and
//! proving to its server who this is.

use super::settings::encode;
use super::{EngineError, EngineResult, Keeper, State};
use crate::api::{AccountView, DeviceName, ResetView, VaultIds};
use sesame_protocol::account::{Email, Message as _, Session};
use sesame_protocol::{DeviceId, Header, sha256};
use sesame_vault::settings::Settings;
use sesame_vault::{
    Account, AccountState, Commit, DeviceKey, Joining, KnownState, SyncMode, SyncReason, VaultError,
};

/// Longest name of a browser, in characters.
const NAME_MAX: usize = 100;

/// What an instance is about to become part of; memory only.
#[derive(Default)]
pub(super) struct Entering {
    /// The device that is being registered.
    pub(super) device: Option<DeviceKey>,
    /// A recovery code opened what becomes part of it, and is still to be replaced.
    pub(super) used_code: bool,
    /// The state that the account begins with.
    pub(super) first: Option<KnownState>,
    /// The session that fetches a vault.
    pub(super) session: Option<Box<Session>>,
    /// A vault on its way here.
    pub(super) joining: Option<Joining>,
    /// Why the last answer of the server did not count.
    pub(super) held: Option<SyncReason>,
    /// The state of the account that was fetched.
    pub(super) joined: Option<super::join::Joined>,
}

/// Eight letters by which a person knows a vault again (S-35): of its public key, which nobody makes
/// without the vault's own. Crockford's alphabet, 40 bits.
pub(super) fn fingerprint(header: &Header) -> String {
    letters(&sha256(&[&header.vault_pub]))
}

/// The same from the beginning of that hash, which is all that a server's list has.
pub(crate) fn letters(hash: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let word = hash
        .iter()
        .take(5)
        .fold(0u64, |word, byte| (word << 8) | u64::from(*byte));
    let mut out = String::with_capacity(9);
    for place in 0..8u32 {
        if place == 4 {
            out.push('-');
        }
        let digit = usize::try_from((word >> (35 - 5 * place)) & 31).unwrap_or(0);
        out.push(ALPHABET.get(digit).map_or('0', |byte| char::from(*byte)));
    }
    out
}

pub(super) fn session_of(bytes: &[u8]) -> EngineResult<Session> {
    Ok(Session::decode(bytes)?)
}

pub(super) fn mode(text: &str) -> EngineResult<SyncMode> {
    match text {
        "auto" => Ok(SyncMode::Auto),
        "ask" => Ok(SyncMode::Ask),
        _ => Err(EngineError::Invalid),
    }
}

fn device_name(name: &str) -> String {
    name.trim().chars().take(NAME_MAX).collect()
}

fn device_id(text: &str) -> EngineResult<[u8; 16]> {
    let id = DeviceId::parse_hex(text).ok_or(EngineError::NotFound)?;
    Ok(*id.as_bytes())
}

impl Keeper {
    /// The account, as its record says; works while locked. `None` without one.
    #[must_use]
    pub fn account_view(&self) -> Option<AccountView> {
        let (account, header, device_key) = match &self.state {
            State::Open(open) => {
                let vault = &open.vault;
                (
                    vault.account_record()?,
                    vault.header(),
                    vault.has_device_key(),
                )
            }
            State::Locked(locked) => (locked.account_record()?, locked.header(), true),
            State::Empty | State::Wiped | State::Unopenable(_) => return None,
        };
        let (state, reason, reset) = match account.state {
            AccountState::Ok if !device_key => ("signed-out", None, None),
            AccountState::Ok => ("ok", None, None),
            AccountState::SignedOut => ("signed-out", None, None),
            AccountState::ResetElsewhere(reset) => {
                let view = ResetView {
                    at: reset.at,
                    undo_until: reset.undo_until,
                    erase_at: reset.erase_at,
                };
                ("reset-elsewhere", None, Some(view))
            }
            AccountState::Suspended(reason) => ("suspended", Some(reason.name()), None),
        };
        Some(AccountView {
            server: account.origin.clone(),
            email: account.email.clone(),
            mode: match account.mode {
                SyncMode::Auto => "auto",
                SyncMode::Ask => "ask",
            },
            state,
            reason,
            last_sync_at: account.synced_at,
            password_behind: account.password_behind,
            reset,
            account: header.account.to_string(),
            generation: header.generation.to_string(),
            device: account.device().to_string(),
            fingerprint: fingerprint(header),
            cred_id: match account.cred_id {
                [0, ..] if account.cred_id == [0; 32] => String::new(),
                some => encode(&some),
            },
            server_key: encode(&account.server_key),
        })
    }

    /// Which vault this is; works while locked, without an account, and for a file.
    ///
    /// # Errors
    /// `Absent` without a vault, `Damaged` without a readable one.
    pub fn vault_ids(&self) -> EngineResult<VaultIds> {
        let header = match &self.state {
            State::Open(open) => open.vault.header(),
            State::Locked(locked) => locked.header(),
            State::Unopenable(_) => return Err(VaultError::Damaged.into()),
            State::Empty | State::Wiped => return Err(VaultError::Absent.into()),
        };
        Ok(VaultIds {
            account: header.account.to_string(),
            generation: header.generation.to_string(),
            fingerprint: fingerprint(header),
        })
    }

    /// Whether the ways in were changed here since the account last had them.
    #[must_use]
    pub fn header_waits(&self) -> bool {
        self.opened().is_ok_and(|open| open.vault.header_waits())
    }

    /// Leaves the account; the vault stays. The store `bases` goes with it.
    ///
    /// # Errors
    /// `Locked`.
    pub fn detach(&mut self) -> EngineResult<Commit> {
        Ok(self.parts()?.0.vault.detach())
    }

    /// When this browser syncs: `auto` or `ask`.
    ///
    /// # Errors
    /// `Invalid`, `NoAccount`.
    pub fn set_mode(&mut self, wanted: &str) -> EngineResult<Commit> {
        let wanted = mode(wanted)?;
        self.update_account(|account| account.mode = wanted)
    }

    /// The account has another address now.
    ///
    /// # Errors
    /// `NoAccount`, `TooLarge`.
    pub fn set_email(&mut self, email: &str) -> EngineResult<Commit> {
        let email = Email::parse(email).map_err(|_| EngineError::Invalid)?;
        self.update_account(|account| email.as_str().clone_into(&mut account.email))
    }

    /// The server's key and the credential id, after a sign-in that did not need them (S-23).
    ///
    /// # Errors
    /// `Invalid`, `NoAccount`.
    pub fn pin_server(&mut self, cred_id: &[u8], server_key: &[u8]) -> EngineResult<Commit> {
        let cred_id = cred_id.try_into().map_err(|_| EngineError::Invalid)?;
        let key: [u8; 32] = server_key.try_into().map_err(|_| EngineError::Invalid)?;
        self.update_account(|account| {
            account.cred_id = cred_id;
            account.server_key = key.to_vec();
        })
    }

    pub(super) fn update_account(
        &mut self,
        change: impl FnOnce(&mut Account),
    ) -> EngineResult<Commit> {
        let (open, mut env) = self.parts()?;
        Ok(open.vault.update_account(change, &mut env)?)
    }

    /// The account's browsers, as the vault names them.
    ///
    /// # Errors
    /// `Locked`.
    pub fn devices(&self) -> EngineResult<Vec<DeviceName>> {
        Ok(devices(&self.opened()?.settings))
    }

    /// Names one of the account's browsers.
    ///
    /// # Errors
    /// `NotFound` for what is no id, `Invalid` for an empty name.
    pub fn name_device(&mut self, device: &str, name: &str) -> EngineResult<Commit> {
        let (id, name) = (device_id(device)?, device_name(name));
        if name.is_empty() {
            return Err(EngineError::Invalid);
        }
        let (open, mut env) = self.parts()?;
        open.settings.name_device(id, None, name, env.now);
        open.commit_settings(&mut env)
    }

    /// Forgets the name of a browser that was signed out.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn forget_device(&mut self, device: &str) -> EngineResult<Commit> {
        let id = device_id(device)?;
        let (open, mut env) = self.parts()?;
        open.settings.devices.retain(|named| named.device != id);
        open.commit_settings(&mut env)
    }
}

impl super::Open {
    /// Writes down what this browser is called. The vault is the account's with or without it.
    pub(super) fn name_this_browser(
        &mut self,
        name: &str,
        env: &mut sesame_vault::Env<'_>,
    ) -> Commit {
        let Some(device) = self.vault.account_record().map(|account| account.device) else {
            return Commit::default();
        };
        let browser = Some(*self.vault.device().as_bytes());
        // Signed in again, it is the same browser under another id.
        let before = |named: &sesame_vault::settings::DeviceName| {
            named.device != device && named.browser == browser
        };
        self.settings.devices.retain(|named| !before(named));
        let name = device_name(name);
        self.settings.name_device(device, browser, name, env.now);
        self.follow_up(env)
    }
}

pub(super) fn devices(settings: &Settings) -> Vec<DeviceName> {
    let view = |named: &sesame_vault::settings::DeviceName| DeviceName {
        device: DeviceId::from_bytes(named.device).to_string(),
        name: named.name.clone(),
        added_at: named.added,
    };
    settings.devices.iter().map(view).collect()
}
