//! What fills pages, and the settings of it.

use super::Engine;
use super::convert::{json, parsed, shown, thrown, writes};
use crate::api::{GeneratedView, GeneratorInput};
use crate::error::EngineError;
use sesame_vault::generate::{Characters, Options};
use sesame_vault::origin::BUILT_IN;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// `FillVerdict` for the frames of a tab; the one way for a secret into a page (S-75). `at` is empty
    /// or `{frame, documentId}` of the document that the person chose in.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = planFill)]
    pub fn plan_fill(
        &self,
        id: &str,
        row: &[u8],
        frames: &str,
        confirm: &str,
        at: &str,
    ) -> Result<String, JsValue> {
        shown(self.keeper.plan_fill(id, row, frames, confirm, at))
    }

    /// `{value, entropyBits}` for the new-password fields of a `Snapshot`; `options` are
    /// `GeneratorOptions`, or empty for the usual ones. Needs no vault.
    ///
    /// # Errors
    /// `{code}`: `invalid` where the form takes no password worth the name.
    pub fn suggest(&mut self, snapshot: &str, options: &str) -> Result<String, JsValue> {
        let wish = if options.is_empty() {
            Options::Characters(Characters::default())
        } else {
            parsed::<GeneratorInput>(options)?
                .options()
                .ok_or_else(|| thrown(EngineError::Invalid))?
        };
        let made = self
            .keeper
            .suggest(&parsed(snapshot)?, &wish)
            .map_err(thrown)?;
        json(&GeneratedView {
            value: &made.value,
            entropy_bits: made.entropy_bits,
        })
    }

    /// `FillVerdict` for a generated password, which must be in the history already; otherwise as
    /// `planFill`.
    ///
    /// # Errors
    /// `{code}`: `not-found` for a value that is not in the history.
    #[wasm_bindgen(js_name = planSuggested)]
    pub fn plan_suggested(
        &self,
        value: &str,
        frames: &str,
        confirm: &str,
        at: &str,
    ) -> Result<String, JsValue> {
        shown(self.keeper.plan_suggested(value, frames, confirm, at))
    }

    /// `HttpVerdict`: user name and password of a login for a server of this origin, or why not (S-75).
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = httpCredentials)]
    pub fn http_credentials(
        &self,
        id: &str,
        row: &[u8],
        origin: &str,
        url: &str,
    ) -> Result<String, JsValue> {
        shown(self.keeper.http_credentials(id, row, origin, url))
    }

    /// Saves `FillingSettings`; needs the public suffix list.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = saveFilling, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn save_filling(&mut self, settings: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .save_filling(parsed(settings)?)
            .map(writes)
            .map_err(thrown)
    }

    /// `string[][]`: groups of equivalent sites that this build knows.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = builtinEquivalents)]
    pub fn builtin_equivalents() -> Result<String, JsValue> {
        json(&BUILT_IN)
    }
}
