//! What fills pages, and the settings of it.

use super::Engine;
use super::convert::{json, parsed, thrown, writes};
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
        Ok(self
            .keeper
            .plan_fill(id, row, frames, confirm, at)
            .map_err(thrown)?
            .as_str()
            .to_owned())
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
