//! Sessions: proving to the account's server who this is, and hearing that this browser no longer is.

use super::account::session_of;
use super::{EngineResult, Keeper};
use crate::api::SessionView;
use sesame_protocol::account::{GenChanged, Message as _, SessionStart, SessionStarted};
use sesame_vault::{AccountState, Commit, ResetElsewhere};

impl Keeper {
    /// `SessionStart`.
    ///
    /// # Errors
    /// `Locked`, `NoAccount`.
    pub fn session_start_body(&self) -> EngineResult<Vec<u8>> {
        let (account, device) = self.opened()?.vault.session_ids()?;
        Ok(SessionStart { account, device }.encode())
    }

    /// `SessionFinish`, signed by this device's key and by the vault's.
    ///
    /// # Errors
    /// `Locked`, `NoAccount`, `BadAnswer`.
    pub fn session_body(&self, started: &[u8]) -> EngineResult<Vec<u8>> {
        let started = SessionStarted::decode(started)?;
        Ok(self.opened()?.vault.prove_session(&started)?.encode())
    }

    /// Takes a session.
    ///
    /// # Errors
    /// `Suspended` when it is another vault's: write [`Self::suspend_writes`] then. `BadAnswer`.
    pub fn session_opened(&mut self, session: &[u8]) -> EngineResult<SessionView> {
        let session = session_of(session)?;
        let opened = self.parts()?.0.vault.session_opened(&session);
        self.judged(opened)?;
        Ok(SessionView {
            token: session.token.to_text(),
            ttl: session.ttl,
            head_seq: session.head_seq,
            flags: session.flags,
            server_time: session.server_time,
        })
    }

    /// The account was reset elsewhere: `detail` is the refusal's.
    ///
    /// # Errors
    /// `NoAccount`, `BadAnswer`.
    pub fn gen_changed(&mut self, detail: &[u8]) -> EngineResult<Commit> {
        let changed = GenChanged::decode(detail)?;
        let reset = ResetElsewhere {
            at: changed.reset_at,
            undo_until: changed.undo_until,
            erase_at: changed.erase_at,
            generation: *changed.generation.as_bytes(),
        };
        self.update_account(|account| account.state = AccountState::ResetElsewhere(reset))
    }

    /// This browser was signed out of the account.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn signed_out(&mut self) -> EngineResult<Commit> {
        self.update_account(|account| account.state = AccountState::SignedOut)
    }
}
