//! Syncing: the core does it; here its results meet the list, the settings and the lock screen.

use super::account::session_of;
use super::backup::Rows;
use super::{EngineError, EngineResult, Keeper, Open};
use crate::api::SyncReport;
use sesame_protocol::ItemId;
use sesame_vault::{Commit, Resolution, SyncReason, VaultError};
pub use sesame_vault::{PullNext, Push, Pushed};

/// A pull that was applied.
pub struct Applied {
    /// What to write.
    pub commit: Commit,
    /// What it did.
    pub report: SyncReport,
}

impl Keeper {
    /// `Pull`. `bases` is all of the store of that name, here and below.
    ///
    /// # Errors
    /// `Locked`, `NoAccount`; `ReadOnly` for a vault that has to be mended first.
    pub fn pull_body(&mut self, bases: &Rows) -> EngineResult<Vec<u8>> {
        Ok(self.parts()?.0.vault.pull_body(bases)?)
    }

    /// Checks the answer to `Pull`.
    ///
    /// # Errors
    /// `Suspended` for whatever does not hold: write [`Self::suspend_writes`] then. `BadAnswer`.
    pub fn pulled(&mut self, answer: &[u8], bases: &Rows) -> EngineResult<PullNext> {
        let next = self.parts()?.0.vault.pulled(answer, bases);
        self.judged(next)
    }

    /// Checks the answer to `Chain`.
    ///
    /// # Errors
    /// As [`Self::pulled`].
    pub fn chain(&mut self, answer: &[u8]) -> EngineResult<PullNext> {
        let next = self.parts()?.0.vault.chain(answer);
        self.judged(next)
    }

    /// Takes the answer to `Rows`.
    ///
    /// # Errors
    /// `Again` when somebody changed one meanwhile: pull anew. Otherwise as [`Self::pulled`].
    pub fn rows_answer(&mut self, answer: &[u8]) -> EngineResult<PullNext> {
        let next = self.parts()?.0.vault.rows_answer(answer);
        self.judged(next)
    }

    /// Takes the account's state over, in one change. `locals` are the rows that
    /// [`PullNext::Apply`] named. Also when there is nothing new: it notes when.
    ///
    /// # Errors
    /// `Again` when something was changed here meanwhile: pull anew. Otherwise as [`Self::pulled`].
    pub fn apply_pulled(&mut self, locals: &Rows, bases: &Rows) -> EngineResult<Applied> {
        let (open, mut env) = self.parts()?;
        let applied = open.vault.apply_pulled(locals, bases, &mut env);
        let applied = self.judged(applied)?;
        let (open, _) = self.parts()?;
        let mut commit = applied.commit;
        let changed = !applied.summaries.is_empty()
            || !applied.gone.is_empty()
            || applied.settings.is_some()
            || applied.report.header;
        for id in &applied.gone {
            open.index.remove(id);
        }
        open.index.put_all(applied.summaries);
        if let Some(settings) = applied.settings {
            open.settings = settings;
            commit.extend(open.show_while_locked()?);
        }
        let settings_id = open.vault.settings_id();
        let name = |id: &ItemId| Some(open.index.get(id)?.name.clone());
        let merged = applied.merged.iter().filter(|id| **id != settings_id);
        let report = SyncReport {
            taken: applied.report.taken,
            merged: applied.report.merged,
            kept: applied.report.kept,
            deleted: applied.report.deleted,
            changed,
            header: applied.report.header,
            names: merged.filter_map(name).collect(),
        };
        Ok(Applied { commit, report })
    }

    /// Remembers why nothing of an answer may count.
    pub(super) fn judged<T>(&mut self, result: Result<T, VaultError>) -> EngineResult<T> {
        if let Err(VaultError::Suspended(reason)) = &result {
            self.entering.held = Some(*reason);
        }
        result.map_err(EngineError::from)
    }

    /// Suspends syncing and every change for the reason of the last refusal (S-17).
    ///
    /// # Errors
    /// `Invalid` without one, `Locked`, `NoAccount`.
    pub fn suspend_writes(&mut self) -> EngineResult<Commit> {
        let reason: SyncReason = self.entering.held.take().ok_or(EngineError::Invalid)?;
        let (open, mut env) = self.parts()?;
        Ok(open.vault.suspend(reason, &mut env)?)
    }

    /// The person acted: `retry` asks the account again, judged as before; `merge` brings its state and
    /// this browser's together without asking the one to follow the other; with `push`, where both have
    /// something, this browser's counts. Pull next.
    ///
    /// # Errors
    /// `Invalid` for another word or unless sync is suspended, `Locked`.
    pub fn resolve_suspended(&mut self, how: &str) -> EngineResult<Commit> {
        let how = match how {
            "retry" => Resolution::Retry,
            "merge" => Resolution::Merge,
            "push" => Resolution::Push,
            _ => return Err(EngineError::Invalid),
        };
        let (open, mut env) = self.parts()?;
        Ok(open.vault.resolve(how, &mut env)?)
    }

    /// Ids of the rows to read for the next batch.
    ///
    /// # Errors
    /// `Locked`, `NoAccount`.
    pub fn push_ids(&self, bases: &Rows) -> EngineResult<Vec<ItemId>> {
        Ok(self.opened()?.vault.push_ids(bases)?)
    }

    /// The next batch; `None` when there is nothing to send. Its commit has to be written first.
    ///
    /// # Errors
    /// `Again` when what the account has is not known exactly: pull first. `Suspended`, `Locked`,
    /// `NoAccount`.
    pub fn push(&mut self, rows: &Rows, bases: &Rows) -> EngineResult<Option<Push>> {
        let (open, mut env) = self.parts()?;
        let recovery_key = open.settings.rec_pub;
        Ok(open.vault.push(rows, bases, recovery_key, &mut env)?)
    }

    /// The server took it.
    ///
    /// # Errors
    /// `Invalid` without a push on its way, `BadAnswer`, `Suspended`.
    pub fn pushed(&mut self, answer: &[u8]) -> EngineResult<Pushed> {
        let (open, mut env) = self.parts()?;
        let pushed = open.vault.pushed(answer, &mut env);
        self.judged(pushed)
    }

    /// It was refused, or no answer came.
    ///
    /// # Errors
    /// `Locked`.
    pub fn push_failed(&mut self) -> EngineResult<()> {
        self.parts()?.0.vault.push_failed();
        Ok(())
    }

    /// `PasswordFinish`: the password's new record at the server and the key slots in one step.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub fn password_body(
        &mut self,
        upload: &[u8],
        sign_out_others: bool,
        bases: &Rows,
    ) -> EngineResult<Push> {
        let (open, mut env) = self.parts()?;
        let recovery_key = open.settings.rec_pub;
        let upload = upload.to_vec();
        let vault = &mut open.vault;
        Ok(vault.push_password(upload, sign_out_others, bases, recovery_key, &mut env)?)
    }

    /// The server took it, and answered with a new session.
    ///
    /// # Errors
    /// As [`Self::pushed`].
    pub fn password_done(&mut self, session: &[u8]) -> EngineResult<Commit> {
        let session = session_of(session)?;
        let opened = self.parts()?.0.vault.session_opened(&session);
        self.judged(opened)?;
        let (open, mut env) = self.parts()?;
        let pushed = open.vault.password_pushed(&session, &mut env);
        Ok(self.judged(pushed)?.commit)
    }
}

impl Open {
    /// Name and hint of the settings, for the lock screen.
    pub(super) fn show_while_locked(&mut self) -> EngineResult<Commit> {
        let (name, hint) = (&self.settings.vault_name, &self.settings.hint);
        if name.is_empty() {
            return Ok(Commit::default());
        }
        Ok(self.vault.show_while_locked(name, hint)?)
    }
}
