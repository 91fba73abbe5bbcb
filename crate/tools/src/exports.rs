//! What the worker calls: conversions only. Structured answers go as JSON, because that is the
//! quickest way for lists (docs/PERFORMANCE.md).

use js_sys::{Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{ImportError, hint_helps, read_import, strength};

/// How hard a password is to guess; JSON of [`crate::Strength`]. `user_inputs` is a JSON array of
/// strings that an attacker would try first.
///
/// # Errors
/// Throws `{ code: "invalid" }` if the password is not UTF-8 or `user_inputs` not such an array.
#[wasm_bindgen(js_name = strength)]
pub fn strength_export(password: Vec<u8>, user_inputs: &str) -> Result<String, JsValue> {
    let invalid = || thrown("invalid", None);
    let inputs: Vec<String> = serde_json::from_str(user_inputs).map_err(|_| invalid())?;
    let password = str::from_utf8(&password).map_err(|_| invalid())?;
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    json(&strength(password, &inputs))
}

/// Whether the hint makes the password fall within 2^40 guesses (S-137).
///
/// # Errors
/// Throws `{ code: "invalid" }` if the password is not UTF-8.
#[wasm_bindgen(js_name = hintHelps)]
pub fn hint_helps_export(password: Vec<u8>, hint: &str) -> Result<bool, JsValue> {
    let password = str::from_utf8(&password).map_err(|_| thrown("invalid", None))?;
    Ok(hint_helps(password, hint))
}

/// Reads a file of another password manager; JSON of [`crate::Import`].
///
/// # Errors
/// Throws `{ code, reason }`, see [`ImportError::reason`].
#[wasm_bindgen(js_name = readImport)]
pub fn read_import_export(file: Vec<u8>) -> Result<String, JsValue> {
    match read_import(&file) {
        Ok(import) => json(&import),
        Err(ImportError::TooLarge) => Err(thrown("too-large", None)),
        Err(error) => Err(thrown("invalid", Some(error.reason()))),
    }
}

fn json(value: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|_| thrown("internal", None))
}

fn thrown(code: &str, reason: Option<&str>) -> JsValue {
    let object = Object::new();
    for (key, value) in [("code", Some(code)), ("reason", reason)] {
        if let Some(value) = value {
            // Setting a property of a fresh plain object can't fail.
            let _set = Reflect::set(&object, &key.into(), &value.into());
        }
    }
    object.into()
}
