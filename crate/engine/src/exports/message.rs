//! Messages to and from an account server that hold no key.

use super::Engine;
use super::convert::{object, parsed};
use crate::message::{self, MessageError};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

fn thrown(error: MessageError) -> JsValue {
    object([("code", error.code().into())])
}

#[wasm_bindgen]
impl Engine {
    /// The bytes of the request `name` with these fields.
    ///
    /// # Errors
    /// `{code}`: `email-invalid`, `code-typo`, `invalid`.
    pub fn say(name: &str, fields: &str) -> Result<Vec<u8>, JsValue> {
        message::say(name, &parsed(fields)?).map_err(thrown)
    }

    /// What the answer `name` says, as JSON.
    ///
    /// # Errors
    /// `{code}`: `server-error`.
    pub fn hear(name: &str, bytes: &[u8]) -> Result<String, JsValue> {
        Ok(message::hear(name, bytes).map_err(thrown)?.to_string())
    }

    /// The token of a mailed reset code or link, as typed or pasted.
    ///
    /// # Errors
    /// `{code}`: `code-typo`.
    #[wasm_bindgen(js_name = resetToken)]
    pub fn reset_token(text: &str) -> Result<Vec<u8>, JsValue> {
        Ok(message::reset_token(text).map_err(thrown)?.to_vec())
    }
}
