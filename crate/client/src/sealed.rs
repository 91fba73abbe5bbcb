//! Sealed generations at the account.

use sesame_auth::{Flow, Party};
use sesame_protocol::account::{
    Account, Grant, How, Message as _, SealedProve, SealedPull, SealedStart, SealedStarted,
};
use sesame_protocol::{AccountId, GenId};
use sesame_vault::SealedPages;

use crate::account::heard;
use crate::browser::{new_keeper, open};
use crate::{Browser, ClientError, ClientResult, Transport};

impl<T: Transport> Browser<T> {
    /// What the account says of itself.
    ///
    /// # Errors
    /// Refusals and losses.
    pub fn account(&mut self) -> ClientResult<Account> {
        heard(&self.call("/v1/account", &[])?)
    }

    /// Fetches the account's newest sealed generation as a file, with the password that it had.
    ///
    /// # Errors
    /// Refusals and losses; `Invalid` where there is none.
    pub fn fetch_sealed_by_password(&mut self, password: &str) -> ClientResult<Vec<u8>> {
        let generation = self.newest_sealed()?;
        let mut flow = Flow::new(password.as_bytes())?;
        let start = SealedStart {
            generation,
            how: How::Opaque,
            ke1: Some(flow.login_start()?),
        };
        let started: SealedStarted = heard(&self.call("/v1/sealed/start", &start.encode())?)?;
        let party = Party {
            origin: &self.origin,
            cred_id: &started.cred_id,
        };
        let proof = flow.login_finish(&started.ke2, party, None)?.ke3;
        let prove = SealedProve {
            generation,
            how: How::Opaque,
            login_id: started.login_id,
            nonce: started.nonce,
            proof,
        };
        self.fetch(&prove.encode(), generation)
    }

    fn newest_sealed(&mut self) -> ClientResult<GenId> {
        let sealed = self.account()?.sealed;
        let newest = sealed.iter().max_by_key(|line| line.sealed_at);
        Ok(newest.ok_or(ClientError::Invalid)?.generation)
    }

    /// Proves, and fetches page by page.
    fn fetch(&mut self, prove: &[u8], generation: GenId) -> ClientResult<Vec<u8>> {
        let grant: Grant = heard(&self.call("/v1/sealed/prove", prove)?)?;
        let view = self.keeper.account_view().ok_or(ClientError::Invalid)?;
        let account = AccountId::parse_hex(&view.account).ok_or(ClientError::Invalid)?;
        let mut pages = SealedPages::new(account, generation);
        let mut after = None;
        loop {
            let pull = SealedPull {
                generation,
                grant: grant.grant,
                after,
            };
            let page = self.call("/v1/sealed/pull", &pull.encode())?;
            after = pages.add(&page).map_err(engine)?;
            if after.is_none() {
                return pages.finish(0).map_err(engine);
            }
        }
    }

    /// Opens a file that holds a vault; the number of its items.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn open_file(&self, file: &[u8], password: &str) -> ClientResult<usize> {
        let mut keeper = new_keeper();
        keeper.load_backup(file)?;
        // A file's opening writes nothing anywhere.
        drop(open(&mut keeper, password)?);
        Ok(crate::browser::ids(&keeper)?.len())
    }
}

fn engine(error: sesame_vault::VaultError) -> ClientError {
    ClientError::Engine(error.into())
}
