//! The item's side of filling: opened for the moment in which [`crate::fill`] decides.

use super::{EngineError, EngineResult, Keeper};
use crate::fill::{self, FillItem, Request, VaultSites};
use sesame_vault::summary::Summary;
use sesame_vault::totp::Totp;
use zeroize::Zeroizing;

impl Keeper {
    /// What to fill where, as `FillVerdict` in JSON. Whether at all is decided in [`crate::fill`].
    ///
    /// # Errors
    /// `NotFound`, `Damaged`, `Invalid` for malformed frames.
    pub fn plan_fill(
        &self,
        id: &str,
        row: &[u8],
        frames: &str,
        confirm: &str,
        at: &str,
    ) -> EngineResult<Zeroizing<String>> {
        let item = self.item(id, row)?;
        if item.deleted.is_some() {
            return Err(EngineError::NotFound);
        }
        let now = self.host.now();
        let code = || {
            Some(Zeroizing::new(
                Totp::parse(&item.totp).ok()?.code(now / 1000),
            ))
        };
        let entries = Summary::of(&item).sites;
        let filled = FillItem {
            username: &item.username,
            password: &item.password,
            totp: if item.totp.is_empty() {
                None
            } else {
                Some(&code)
            },
        };
        let sites = VaultSites {
            entries: &entries,
            suffixes: &self.suffixes,
            equivalents: self.opened()?.settings.filling.equivalents(),
        };
        let request = Request {
            frames,
            confirm,
            at,
            now_ms: now,
        };
        fill::plan(&filled, &sites, &request).map_err(|_| EngineError::Invalid)
    }
}
