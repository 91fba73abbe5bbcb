//! Resets, their undoing, and the vaults from before them.

use super::Engine;
use super::convert::{parsed, row_map, secret32, thrown, with_code, writes};
use crate::error::EngineError;
use crate::host::Browser;
use crate::keeper::{Host as _, recover_body, sealed_recovery_proof};
use js_sys::Map;
use sesame_protocol::{AccountId, GenId};
use sesame_vault::SealedPages;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// Makes the vault of a reset account, `{account, vaultName, hint, kdfId, salt}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = newGeneration, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; recoveryCode: string }")]
    pub fn new_generation(&mut self, input: &str, stretched: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .new_generation(parsed(input)?, secret32(stretched)?)
            .map(with_code)
            .map_err(thrown)
    }

    /// `ResetFinish` with the vault that [`Engine::new_generation`] made.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = resetBody)]
    pub fn reset_body(
        &mut self,
        token: &[u8],
        upload: &[u8],
        hint: &str,
    ) -> Result<Vec<u8>, JsValue> {
        self.keeper.reset_body(token, upload, hint).map_err(thrown)
    }

    /// `UndoStart` for the open vault's generation.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = undoStartBody)]
    pub fn undo_start_body(&self) -> Result<Vec<u8>, JsValue> {
        self.keeper.undo_start_body().map_err(thrown)
    }

    /// `UndoFinish` for the challenge; with the server's origin where the vault is a file.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = undoBody)]
    pub fn undo_body(
        &mut self,
        started: &[u8],
        origin: Option<String>,
    ) -> Result<Vec<u8>, JsValue> {
        self.keeper
            .undo_body(started, origin.as_deref())
            .map_err(thrown)
    }

    /// The open vault is the account's again.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn undone(&mut self, session: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper.undone(session).map(writes).map_err(thrown)
    }

    /// What opened this copy opens the fetched vault, too.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = offerCopy)]
    pub fn offer_copy(&mut self, copy: &Self) -> Result<(), JsValue> {
        self.keeper.offer_copy(&copy.keeper).map_err(thrown)
    }

    /// Takes back what only this copy has; `rows` are this vault's.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = takeBack, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn take_back(&mut self, copy: &Self, rows: &Map) -> Result<JsValue, JsValue> {
        self.keeper
            .take_back(&copy.keeper, &row_map(rows)?)
            .map(writes)
            .map_err(thrown)
    }

    /// `SealedProve` with the open vault's key.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sealedVaultProof)]
    pub fn sealed_vault_proof(&self, started: &[u8], origin: &str) -> Result<Vec<u8>, JsValue> {
        self.keeper
            .sealed_vault_proof(started, origin)
            .map_err(thrown)
    }

    /// `SealedProve` with a recovery code; account and generation in hex.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sealedRecoveryProof)]
    pub fn sealed_recovery_proof(
        code: &str,
        started: &[u8],
        account: &str,
        generation: &str,
        origin: &str,
    ) -> Result<Vec<u8>, JsValue> {
        sealed_recovery_proof(code, started, account, generation, origin).map_err(thrown)
    }

    /// `RecoverFinish`: signing in with the recovery code, as `device`, a `NewDevice`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = recoverBody)]
    pub fn recover_body(
        code: &str,
        started: &[u8],
        origin: &str,
        device: &[u8],
    ) -> Result<Vec<u8>, JsValue> {
        recover_body(code, started, origin, device).map_err(thrown)
    }
}

/// A sealed generation on its way here, page by page.
#[wasm_bindgen(js_name = SealedPages)]
pub struct Pages(Option<SealedPages>);

#[wasm_bindgen(js_class = SealedPages)]
impl Pages {
    /// Of this account and generation, in hex.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(constructor)]
    pub fn new(account: &str, generation: &str) -> Result<Self, JsValue> {
        AccountId::parse_hex(account)
            .zip(GenId::parse_hex(generation))
            .map(|(account, generation)| Self(Some(SealedPages::new(account, generation))))
            .ok_or_else(|| thrown(EngineError::Invalid))
    }

    /// Takes a `SealedPulled`; the id after which the next one begins, or nothing when this was the
    /// last.
    ///
    /// # Errors
    /// `{code}`.
    pub fn add(&mut self, answer: &[u8]) -> Result<Option<String>, JsValue> {
        let pages = self
            .0
            .as_mut()
            .ok_or_else(|| thrown(EngineError::Invalid))?;
        let after = pages.add(answer).map_err(|error| thrown(error.into()))?;
        Ok(after.map(|id| id.to_string()))
    }

    /// The file that the pages make, which `fromBackup` reads. Once.
    ///
    /// # Errors
    /// `{code}`.
    pub fn finish(&mut self) -> Result<Vec<u8>, JsValue> {
        let pages = self.0.take().ok_or_else(|| thrown(EngineError::Invalid))?;
        pages
            .finish(Browser.now())
            .map_err(|error| thrown(error.into()))
    }
}
