//! Making, opening, resuming.

use super::Engine;
use super::convert::{json, parsed, secret32, thrown, with_code, writes};
use crate::api::OpenerInput;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// Makes a vault of `{vaultName, hint, kdfId, salt}` and the stretched password.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; recoveryCode: string }"
    )]
    pub fn create(&mut self, input: &str, stretched: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .create(parsed(input)?, secret32(stretched)?)
            .map(with_code)
            .map_err(thrown)
    }

    /// Opens with the stretched master password.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = unlockPassword, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn unlock_password(&mut self, slot_id: &str, stretched: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .unlock_password(slot_id, secret32(stretched)?)
            .map(writes)
            .map_err(thrown)
    }

    /// Opens with the recovery code; another takes its place.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = unlockRecovery, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; recoveryCode: string | null }")]
    pub fn unlock_recovery(&mut self, code: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .unlock_recovery(code)
            .map(with_code)
            .map_err(thrown)
    }

    /// Opens with a passkey's PRF output.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = unlockPasskey, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn unlock_passkey(&mut self, slot_id: &str, prf: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .unlock_passkey(slot_id, prf)
            .map(writes)
            .map_err(thrown)
    }

    /// What reopens this session; for session memory only.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sessionSecret)]
    pub fn session_secret(&self) -> Result<Uint8Array, JsValue> {
        let secret = self.keeper.session_secret().map_err(thrown)?;
        Ok(Uint8Array::from(secret.as_slice()))
    }

    /// `{openedBy, freshUntil}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sessionState)]
    pub fn session_state(&self) -> Result<String, JsValue> {
        json(&self.keeper.session_state().map_err(thrown)?)
    }

    /// Goes on with a session after the service worker was stopped.
    ///
    /// # Errors
    /// `{code}`.
    pub fn resume(&mut self, secret: &[u8], state: &str) -> Result<(), JsValue> {
        self.keeper.resume(secret, state).map_err(thrown)
    }

    /// Whether a password, stretched for the retired password `index`, is that one.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = wasReplaced)]
    pub fn was_replaced(&self, index: usize, stretched: &[u8]) -> Result<bool, JsValue> {
        let stretched = secret32(stretched)?;
        self.keeper.was_replaced(index, &stretched).map_err(thrown)
    }

    /// Remembers why a passkey did not open the vault.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = notePasskeyProblem, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn note_passkey_problem(
        &mut self,
        slot_id: &str,
        problem: &str,
    ) -> Result<JsValue, JsValue> {
        self.keeper
            .note_passkey_problem(slot_id, problem)
            .map(writes)
            .map_err(thrown)
    }

    /// Shows a factor again, `{by, slotId}`; a recovery code as UTF-8 in `secret`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn prove(&mut self, opener: &str, secret: &[u8]) -> Result<JsValue, JsValue> {
        let opener: OpenerInput = parsed(opener)?;
        self.keeper
            .prove(opener.by, opener.slot_id.as_deref(), secret)
            .map(writes)
            .map_err(thrown)
    }
}
