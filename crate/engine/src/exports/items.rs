//! Items, lists, the generator, drafts.

use super::Engine;
use super::convert::{json, object, parsed, shown, thrown, writes};
use crate::api::{GeneratedView, GeneratorInput};
use crate::error::EngineError;
use js_sys::Uint8Array;
use sesame_vault::item::ItemEdit;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// `ListPage` of a `ListQuery`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn list(&self, query: &str) -> Result<String, JsValue> {
        json(&self.keeper.list(&parsed(query)?).map_err(thrown)?)
    }

    /// `string[]`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn tags(&self) -> Result<String, JsValue> {
        json(&self.keeper.tags().map_err(thrown)?)
    }

    /// `ItemSummary[]` of the logins that belong on a page.
    ///
    /// # Errors
    /// `{code}`.
    pub fn matches(&self, origin: &str, url: &str) -> Result<String, JsValue> {
        json(&self.keeper.matches(origin, url).map_err(thrown)?)
    }

    /// How many logins belong on a page.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = matchCount)]
    pub fn match_count(&self, origin: &str, url: &str) -> Result<usize, JsValue> {
        self.keeper.match_count(origin, url).map_err(thrown)
    }

    /// `ItemView`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = itemView)]
    pub fn item_view(&self, id: &str, row: &[u8]) -> Result<String, JsValue> {
        self.keeper
            .item_view(id, row, |view| json(view))
            .map_err(thrown)?
    }

    /// `ItemEdit`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = itemEdit)]
    pub fn item_edit(&self, id: &str, row: &[u8]) -> Result<String, JsValue> {
        json(&self.keeper.item_edit(id, row).map_err(thrown)?)
    }

    /// One secret of an item.
    ///
    /// # Errors
    /// `{code}`.
    pub fn reveal(&self, id: &str, row: &[u8], secret: &str) -> Result<String, JsValue> {
        shown(self.keeper.reveal(id, row, secret))
    }

    /// `TotpCode`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn totp(&self, id: &str, row: &[u8]) -> Result<String, JsValue> {
        json(&self.keeper.totp(id, row).map_err(thrown)?)
    }

    /// Saves an `ItemEdit`: `{writes, id}`. `row` is the stored row of an item that is there.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(
        unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; id: string }"
    )]
    pub fn save(&mut self, edit: &str, row: Option<Vec<u8>>) -> Result<JsValue, JsValue> {
        let edit: ItemEdit = parsed(edit)?;
        let saved = self.keeper.save(&edit, row.as_deref()).map_err(thrown)?;
        Ok(object([
            ("writes", writes(saved.commit)),
            ("id", saved.id.to_string().into()),
        ]))
    }

    /// Moves an item to the bin, or back.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = setBin, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn set_bin(&mut self, id: &str, row: &[u8], in_bin: bool) -> Result<JsValue, JsValue> {
        self.keeper
            .set_bin(id, row, in_bin)
            .map(writes)
            .map_err(thrown)
    }

    /// Deletes an item for good.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = deleteForever, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn delete_forever(&mut self, id: &str) -> Result<JsValue, JsValue> {
        self.keeper.delete_forever(id).map(writes).map_err(thrown)
    }

    /// Deletes everything in the bin for good.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = emptyBin, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn empty_bin(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.empty_bin().map(writes).map_err(thrown)
    }

    /// `{value, entropyBits}` for `GeneratorOptions`; needs no vault.
    ///
    /// # Errors
    /// `{code}`.
    pub fn generate(&mut self, options: &str) -> Result<String, JsValue> {
        let input: GeneratorInput = parsed(options)?;
        let options = input
            .options()
            .ok_or_else(|| thrown(EngineError::Invalid))?;
        let made = self.keeper.generate(&options).map_err(thrown)?;
        json(&GeneratedView {
            value: &made.value,
            entropy_bits: made.entropy_bits,
        })
    }

    /// `{value, at}[]`, newest first.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = generatorHistory)]
    pub fn generator_history(&self) -> Result<String, JsValue> {
        json(&self.keeper.generator_history().map_err(thrown)?)
    }

    /// Keeps a generated secret before it is used.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = rememberGenerated, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn remember_generated(&mut self, value: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .remember_generated(value)
            .map(writes)
            .map_err(thrown)
    }

    /// Seals a form's draft.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sealDraft)]
    pub fn seal_draft(&mut self, form: &str, value: &str) -> Result<Uint8Array, JsValue> {
        let sealed = self.keeper.seal_draft(form, value).map_err(thrown)?;
        Ok(Uint8Array::from(sealed.as_slice()))
    }

    /// Opens a form's draft.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = openDraft)]
    pub fn open_draft(&self, form: &str, sealed: &[u8]) -> Result<String, JsValue> {
        shown(self.keeper.open_draft(form, sealed))
    }
}
