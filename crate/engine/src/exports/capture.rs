//! Sign-ins that wait to be saved.

use super::Engine;
use super::convert::{byte_map, json, object, parsed, row_map, thrown, writes};
use crate::api::{Attempt, CaptureChoice};
use js_sys::Map;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// Seals what a form was sent with, `{origin, snapshot, values}`, locked or not:
    /// `{writes, id, has}`, without an id where nothing is worth keeping.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        js_name = sealCapture,
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; id: string | null; has: string }"
    )]
    pub fn seal_capture(&mut self, attempt: &str) -> Result<JsValue, JsValue> {
        let attempt: Attempt = parsed(attempt)?;
        let sealed = self.keeper.seal_capture(&attempt).map_err(thrown)?;
        let has = json(&sealed.has)?;
        let id = sealed.id.map_or(JsValue::NULL, |id| id.to_string().into());
        Ok(object([
            ("writes", writes(sealed.commit)),
            ("id", id),
            ("has", has.into()),
        ]))
    }

    /// `string[]`: the items whose rows `captureView` wants to see.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = captureItems)]
    pub fn capture_items(&self, captures: &Map) -> Result<String, JsValue> {
        json(
            &self
                .keeper
                .capture_items(&byte_map(captures)?)
                .map_err(thrown)?,
        )
    }

    /// `CaptureView` of the captures of one sign-in and the rows of `captureItems`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = captureView)]
    pub fn capture_view(&self, captures: &Map, rows: &Map) -> Result<String, JsValue> {
        let (captures, rows) = (byte_map(captures)?, row_map(rows)?);
        json(&self.keeper.capture_view(&captures, &rows).map_err(thrown)?)
    }

    /// Saves a sign-in as `{itemId, name, username}` says: `{writes, id}`. `row` is the row of the
    /// item that is updated.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        js_name = saveCapture,
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; id: string }"
    )]
    pub fn save_capture(
        &mut self,
        captures: &Map,
        choice: &str,
        row: Option<Vec<u8>>,
    ) -> Result<JsValue, JsValue> {
        let choice: CaptureChoice = parsed(choice)?;
        let saved = self
            .keeper
            .save_capture(&byte_map(captures)?, &choice, row.as_deref())
            .map_err(thrown)?;
        Ok(object([
            ("writes", writes(saved.commit)),
            ("id", saved.id.to_string().into()),
        ]))
    }

    /// Offers saving on the sign-in's origin no more.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = neverCapture, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn never_capture(&mut self, captures: &Map) -> Result<JsValue, JsValue> {
        self.keeper
            .never_capture(&byte_map(captures)?)
            .map(writes)
            .map_err(thrown)
    }

    /// Takes the last update of an item's password back.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = revertPassword, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn revert_password(&mut self, id: &str, row: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .revert_password(id, row)
            .map(writes)
            .map_err(thrown)
    }
}
