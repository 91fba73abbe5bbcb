//! Secrets that exist before any item does: generated ones, and what was typed into a form.

use super::{EngineError, EngineResult, Keeper};
use crate::api::{Remembered, TimeMs};
use sesame_vault::generate::{Generated, Options, generate};
use sesame_vault::{Commit, Store, Write};
use zeroize::{Zeroize, Zeroizing};

/// Where the history of generated secrets is kept.
pub(super) const GENERATED: &str = "generated";
/// How many generated secrets are remembered.
const REMEMBERED_MAX: usize = 50;
/// Longest remembered secret in bytes, and longest draft.
const SECRET_MAX: usize = 16 * 1024;
const DRAFT_MAX: usize = 512 * 1024;

impl Keeper {
    /// Makes a password or passphrase; works without a vault too.
    ///
    /// # Errors
    /// `Invalid` for options that allow too few results.
    pub fn generate(&mut self, options: &Options) -> EngineResult<Generated> {
        Ok(generate(options, self.host.random())?)
    }

    /// The generated secrets that were used or copied, newest first.
    ///
    /// # Errors
    /// `Locked`. A history that can't be read is an empty one: it holds copies only.
    pub fn generator_history(&self) -> EngineResult<Vec<Remembered>> {
        let vault = &self.opened()?.vault;
        let opened = self
            .generated
            .as_ref()
            .and_then(|sealed| vault.open_cache(GENERATED, sealed).ok());
        Ok(opened
            .and_then(|json| serde_json::from_str(std::str::from_utf8(&json).ok()?).ok())
            .unwrap_or_default())
    }

    /// Keeps a generated secret before it is used, so that none is ever lost.
    ///
    /// # Errors
    /// `Locked`, `TooLarge`.
    pub fn remember_generated(&mut self, value: &str) -> EngineResult<Commit> {
        if value.is_empty() || value.len() > SECRET_MAX {
            return Err(EngineError::TooLarge);
        }
        let mut history = self.generator_history()?;
        let at: TimeMs = self.host.now();
        history.retain(|old| old.value != value);
        history.insert(
            0,
            Remembered {
                value: value.to_owned(),
                at,
            },
        );
        history.truncate(REMEMBERED_MAX);
        let json = Zeroizing::new(serde_json::to_vec(&history)?);
        history.iter_mut().for_each(|old| old.value.zeroize());
        let (open, env) = self.parts()?;
        let sealed = open.vault.seal_cache(GENERATED, &json, env.rng)?;
        self.generated = Some(sealed.clone());
        let write = Write {
            store: Store::Vault,
            key: GENERATED.to_owned(),
            value: Some(sealed),
        };
        Ok(Commit {
            writes: vec![write],
        })
    }

    /// Seals a form's draft for this browser.
    ///
    /// # Errors
    /// `Locked`, `TooLarge`.
    pub fn seal_draft(&mut self, form: &str, value: &str) -> EngineResult<Vec<u8>> {
        if value.len() > DRAFT_MAX {
            return Err(EngineError::TooLarge);
        }
        let (open, env) = self.parts()?;
        Ok(open
            .vault
            .seal_cache(&draft_name(form), value.as_bytes(), env.rng)?)
    }

    /// Opens a form's draft.
    ///
    /// # Errors
    /// `Locked`, `Damaged`.
    pub fn open_draft(&self, form: &str, sealed: &[u8]) -> EngineResult<Zeroizing<String>> {
        let bytes = self.opened()?.vault.open_cache(&draft_name(form), sealed)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| sesame_vault::VaultError::Damaged)?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}

/// Bound into the seal: one form's draft can't be shown in another.
fn draft_name(form: &str) -> String {
    format!("draft/{form}")
}
