//! Sessions, and rounds of sync, as the extension's background drives them.

use sesame_engine::api::SyncReport;
use sesame_engine::{EngineError, Keeper, PullNext};
use sesame_protocol::account::{Message as _, RefusalCode};
use sesame_vault::{Store, VaultError};

use crate::browser::post;
use crate::{Browser, ClientError, ClientResult, Transport};

/// How often a round is begun anew because somebody else was quicker.
const ROUNDS: usize = 10;

/// What a sync came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// What was taken in, of the last round.
    pub report: SyncReport,
    /// Commits that the server took.
    pub commits: usize,
}

impl<T: Transport> Browser<T> {
    /// Takes in and sends until neither side has anything new.
    ///
    /// # Errors
    /// Refusals, losses, and `Suspended` where the account's data did not hold; then, as after every
    /// failure, what is stored is whole and nothing is lost.
    pub fn sync(&mut self) -> ClientResult<Synced> {
        let mut synced = Synced::default();
        for _ in 0..ROUNDS {
            match self.round(&mut synced) {
                Err(error) if is_conflict(&error) => {}
                done => return done.map(|()| synced),
            }
        }
        Err(again())
    }

    /// Takes in what the account has, and sends nothing.
    ///
    /// # Errors
    /// As [`Browser::sync`]; also `Again`.
    pub fn pull(&mut self) -> ClientResult<SyncReport> {
        if self.token.is_none() {
            self.open_session()?;
        }
        let bases = self.disk.rows(Store::Bases);
        let body = self.keeper.pull_body(&bases)?;
        let answer = self.call_now("/v1/v/pull", &body)?;
        let mut next = self.taken(|keeper| keeper.pulled(&answer, &bases))?;
        let locals = loop {
            match next {
                PullNext::Chain(body) => {
                    let answer = self.call_now("/v1/v/chain", &body)?;
                    next = self.taken(|keeper| keeper.chain(&answer))?;
                }
                PullNext::Rows(body) => {
                    let answer = self.call_now("/v1/v/rows", &body)?;
                    next = self.taken(|keeper| keeper.rows_answer(&answer))?;
                }
                PullNext::Apply(locals) => break locals,
            }
        };
        let locals = self.disk.items(&locals);
        let applied = self.taken(|keeper| keeper.apply_pulled(&locals, &bases))?;
        self.write(applied.commit);
        Ok(applied.report)
    }

    /// Sends what the account does not have; answers with the number of commits.
    ///
    /// # Errors
    /// As [`Browser::sync`]; also a refusal with `Conflict`.
    pub fn push(&mut self) -> ClientResult<usize> {
        let mut commits = 0;
        loop {
            let bases = self.disk.rows(Store::Bases);
            let rows = self.disk.items(&self.keeper.push_ids(&bases)?);
            let Some(push) = self.keeper.push(&rows, &bases)? else {
                return Ok(commits);
            };
            self.write(push.commit);
            let answer = match self.call_now("/v1/v/commit", &push.body) {
                Ok(answer) => answer,
                Err(error) => {
                    self.keeper.push_failed()?;
                    return Err(error);
                }
            };
            let pushed = self.keeper.pushed(&answer)?;
            self.write(pushed.commit);
            commits += 1;
            if !pushed.more {
                return Ok(commits);
            }
        }
    }

    fn round(&mut self, synced: &mut Synced) -> ClientResult<()> {
        synced.report = self.pull()?;
        synced.commits += self.push()?;
        Ok(())
    }

    /// A step of taking in; where the account's data did not hold, that is written down.
    fn taken<V>(
        &mut self,
        step: impl FnOnce(&mut Keeper) -> Result<V, EngineError>,
    ) -> ClientResult<V> {
        let failed = match step(&mut self.keeper) {
            Ok(value) => return Ok(value),
            Err(failed) => failed,
        };
        if failed.reason().is_some() {
            let commit = self.keeper.suspend_writes()?;
            self.write(commit);
        }
        Err(failed.into())
    }

    /// Gets a token with the open vault's key and this browser's.
    ///
    /// # Errors
    /// Refusals: that this browser was signed out, or the account reset, is written down.
    pub fn open_session(&mut self) -> ClientResult<()> {
        let start = self.keeper.session_start_body()?;
        let finished = self
            .ask("/v1/session/start", &start)
            .and_then(|started| Ok(self.keeper.session_body(&started)?))
            .and_then(|finish| self.ask("/v1/session/finish", &finish));
        let session = finished.or_else(|error| Err(self.remembered(error)?))?;
        self.entered(&session)
    }

    /// Writes down what a refusal says of the account.
    fn remembered(&mut self, error: ClientError) -> ClientResult<ClientError> {
        if let ClientError::Refused(refusal) = &error {
            let commit = match refusal.code {
                RefusalCode::DeviceUnknown => Some(self.keeper.signed_out()?),
                RefusalCode::GenChanged => refusal
                    .generation_change()
                    .map(|change| self.keeper.gen_changed(&change.encode()))
                    .transpose()?,
                _ => None,
            };
            if let Some(commit) = commit {
                self.write(commit);
            }
        }
        Ok(error)
    }

    /// One request with a token, which is got and renewed as needed.
    ///
    /// # Errors
    /// Refusals and losses.
    pub fn call(&mut self, path: &str, body: &[u8]) -> ClientResult<Vec<u8>> {
        if self.token.is_some() {
            match self.call_once(path, body) {
                Err(error) if error.refusal() == Some(RefusalCode::Unauthorised) => {}
                Err(error) => return Err(self.remembered(error)?),
                done => return done,
            }
        }
        self.open_session()?;
        self.call_once(path, body)
            .or_else(|error| Err(self.remembered(error)?))
    }

    /// One request whose body belongs to the session that is open: with a new one it has to be made anew.
    fn call_now(&mut self, path: &str, body: &[u8]) -> ClientResult<Vec<u8>> {
        match self.call_once(path, body) {
            Err(error) if error.refusal() == Some(RefusalCode::Unauthorised) => {
                self.open_session()?;
                Err(again())
            }
            done => done.or_else(|error| Err(self.remembered(error)?)),
        }
    }

    fn call_once(&mut self, path: &str, body: &[u8]) -> ClientResult<Vec<u8>> {
        post(&mut self.line, path, self.token.as_deref(), body)
    }
}

const fn again() -> ClientError {
    ClientError::Engine(EngineError::Vault(VaultError::Again))
}

fn is_conflict(error: &ClientError) -> bool {
    error.refusal() == Some(RefusalCode::Conflict) || *error == again()
}
