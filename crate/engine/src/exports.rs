//! What JavaScript sees: conversions only. Every call is synchronous, answers with plain data or
//! bytes, and throws `{code}`. What changes the vault answers with `Writes`: what to store, all
//! of it in one transaction.

mod account;
mod capture;
mod convert;
mod filling;
mod forms;
mod items;
mod message;
mod opening;
mod rows;
mod sealed;
mod sync;
mod ways;

use crate::host::Browser;
use crate::keeper::Keeper;
use convert::{byte_map, json, thrown};
use js_sys::Map;
use std::hint::black_box;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The engine: one vault in one state. Locking is for ever; the background then makes another.
#[wasm_bindgen]
pub struct Engine {
    pub(crate) keeper: Keeper,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            keeper: Keeper::new(Box::new(Browser)),
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// An engine without a vault.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the compiled public suffix list (suffixes.dat).
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = loadSuffixes)]
    pub fn load_suffixes(&mut self, list: Vec<u8>) -> Result<(), JsValue> {
        self.keeper.load_suffixes(list).map_err(thrown)
    }

    /// Takes what the stores `vault` and `shards` hold. `{state, damage}`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn load(&mut self, vault: &Map, shards: &Map) -> Result<String, JsValue> {
        let loaded = self
            .keeper
            .load(byte_map(vault)?, byte_map(shards)?)
            .map_err(thrown)?;
        json(&loaded)
    }

    /// `LockedView`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = lockedView)]
    pub fn locked_view(&self) -> Result<String, JsValue> {
        json(&self.keeper.locked_view().map_err(thrown)?)
    }

    /// The password hint.
    ///
    /// # Errors
    /// `{code}`.
    pub fn hint(&self) -> Result<String, JsValue> {
        Ok(self.keeper.hint().map_err(thrown)?.to_owned())
    }

    /// `OpenView`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = openView)]
    pub fn open_view(&self) -> Result<String, JsValue> {
        json(&self.keeper.open_view().map_err(thrown)?)
    }

    /// Wipes every key, and what moving keys about left on the stack (S-98, S-99).
    pub fn lock(&mut self) {
        self.keeper.lock();
        overwrite_stack();
    }
}

/// Values that are moved leave their old places as they were: dropping wipes only the last one. Any
/// call before this one had its frames in the part of the stack that the zeros come to lie on.
#[inline(never)]
fn overwrite_stack() {
    /// Several times what any call needs, and a quarter of the stack that there is.
    const STACK: usize = 256 * 1024;
    black_box([0_u8; STACK]);
}
