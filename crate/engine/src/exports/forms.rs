//! Form understanding, which needs no vault: neither an open one nor any.

use super::Engine;
use super::convert::{json, parsed};
use sesame_forms::Snapshot;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// `{fields: [{role, score}], groups: [{purpose, score}]}` of a `Snapshot`, index for index.
    ///
    /// # Errors
    /// `{code}`: `invalid` for what is no snapshot.
    pub fn understand(&self, snapshot: &str) -> Result<String, JsValue> {
        let snapshot: Snapshot = parsed(snapshot)?;
        json(&sesame_forms::understand(&snapshot).summary())
    }

    /// A page's forms as text that a person can read and send: what fields are called and what they
    /// were taken for, and why. No titles, no addresses, nothing that was typed.
    ///
    /// # Errors
    /// `{code}`: `invalid` for what is no snapshot.
    #[wasm_bindgen(js_name = explainForms)]
    pub fn explain_forms(&self, snapshot: &str) -> Result<String, JsValue> {
        let snapshot: Snapshot = parsed(snapshot)?;
        Ok(sesame_forms::report(&snapshot))
    }
}
