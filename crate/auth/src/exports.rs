//! What the worker calls: conversions only. Buffers that cross are freed by the wiping allocator;
//! what the work left on the stack is overwritten by [`scrubbed`] (S-99).

use std::hint::black_box;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::{AuthError, KdfId, Password, check_hint, has_edge_space};

/// Stretches a master password with Argon2id; 32 bytes.
///
/// # Errors
/// Throws `{ code, reason }`, see [`AuthError::reason`].
#[wasm_bindgen(js_name = stretch)]
pub fn stretch_export(password: Vec<u8>, salt: Vec<u8>, kdf_id: u8) -> Result<Vec<u8>, JsValue> {
    scrubbed(|| {
        let kdf = KdfId::try_from(kdf_id)?;
        let password = Password::new(&password)?;
        crate::stretch(&password, &salt, kdf).map(|bytes| bytes.to_vec())
    })
    .map_err(thrown)
}

/// Prepares for a derivation: 0 does a little work, a KDF id touches that much memory.
///
/// # Errors
/// Throws `{ code, reason }`.
#[wasm_bindgen(js_name = warm)]
pub fn warm_export(kdf_id: u8) -> Result<(), JsValue> {
    let memory = match kdf_id {
        0 => None,
        id => Some(KdfId::try_from(id).map_err(thrown)?),
    };
    crate::warm(memory).map_err(thrown)
}

/// What speaks against a hint, or nothing. See [`crate::HintProblem::name`].
///
/// # Errors
/// Throws `{ code, reason }` if one of the two is not UTF-8 or the password can't be one.
#[wasm_bindgen(js_name = checkHint)]
pub fn check_hint_export(password: Vec<u8>, hint: &str) -> Result<Option<String>, JsValue> {
    let check = || Ok(check_hint(&Password::new(&password)?, hint));
    let problem = scrubbed(check).map_err(thrown)?;
    Ok(problem.map(|problem| problem.name().to_owned()))
}

/// Whether the typed password begins or ends with white space.
#[wasm_bindgen(js_name = hasEdgeSpace)]
#[must_use]
pub fn has_edge_space_export(password: Vec<u8>) -> bool {
    scrubbed(|| has_edge_space(&password))
}

/// Says why this password can't be a master password (`empty`, `too-long`, `forbidden`), or nothing.
#[wasm_bindgen(js_name = passwordProblem)]
#[must_use]
pub fn password_problem_export(password: Vec<u8>) -> Option<String> {
    let error = scrubbed(|| Password::new(&password).err());
    error.map(|error| error.reason().to_owned())
}

/// Does the work, then overwrites the part of the stack that it used.
fn scrubbed<T>(work: impl FnOnce() -> T) -> T {
    // Not inlined, so that the work's frame lies below this one, where the zeros will come to lie.
    #[inline(never)]
    fn apart<T>(work: impl FnOnce() -> T) -> T {
        work()
    }
    /// Several times what any of the work needs.
    const STACK: usize = 64 * 1024;
    #[inline(never)]
    fn overwrite() {
        black_box([0_u8; STACK]);
    }
    let done = apart(work);
    overwrite();
    done
}

fn thrown(error: AuthError) -> JsValue {
    let code = match error {
        AuthError::OutOfMemory => "too-large",
        _ => "invalid",
    };
    let object = Object::new();
    for (key, value) in [("code", code), ("reason", error.reason())] {
        // Setting a property of a fresh plain object can't fail; were it to, the code would be
        // missing and the worker answers "internal".
        let _set = Reflect::set(&object, &key.into(), &value.into());
    }
    object.into()
}
