//! What the worker calls: conversions only. Buffers that cross are freed by the wiping allocator;
//! what the work left on the stack is overwritten by [`scrubbed`] (S-99).

use std::hint::black_box;

use js_sys::{Object, Reflect, Uint8Array};
use sesame_protocol::account::Origin;
use wasm_bindgen::prelude::*;

use crate::flow::exactly;
use crate::{AuthError, Flow, KdfId, Party, Password, check_hint, has_edge_space};

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

/// A password that a form holds while it signs up or in ([`Flow`]); freed, it is wiped.
#[wasm_bindgen(js_name = Flow)]
pub struct FlowExport(Flow);

#[wasm_bindgen(js_class = Flow)]
impl FlowExport {
    /// Takes what was typed.
    ///
    /// # Errors
    /// Throws `{ code, reason }` if it can't be a password.
    #[wasm_bindgen(constructor)]
    pub fn new(password: Vec<u8>) -> Result<Self, JsValue> {
        scrubbed(|| Flow::new(&password)).map(Self).map_err(thrown)
    }

    /// The request of a registration, 32 bytes.
    ///
    /// # Errors
    /// Throws `{ code, reason }`.
    #[wasm_bindgen(js_name = registerStart)]
    pub fn register_start(&mut self) -> Result<Vec<u8>, JsValue> {
        scrubbed(|| self.0.register_start()).map_err(thrown)
    }

    /// `{ message, serverKey }` for the server's response; the message is the record to upload.
    ///
    /// # Errors
    /// Throws `{ code, reason }`.
    #[wasm_bindgen(js_name = registerFinish, unchecked_return_type = "{ message: Uint8Array; serverKey: Uint8Array }")]
    pub fn register_finish(
        &mut self,
        response: &[u8],
        cred_id: &[u8],
        origin: &str,
    ) -> Result<JsValue, JsValue> {
        scrubbed(|| {
            let (origin, cred_id) = (&known(origin)?, &exactly(cred_id)?);
            self.0.register_finish(response, Party { origin, cred_id })
        })
        .map(|done| answer(&done.upload, &done.server_key))
        .map_err(thrown)
    }

    /// The first message of a sign-in, 96 bytes.
    ///
    /// # Errors
    /// Throws `{ code, reason }`.
    #[wasm_bindgen(js_name = loginStart)]
    pub fn login_start(&mut self) -> Result<Vec<u8>, JsValue> {
        scrubbed(|| self.0.login_start()).map_err(thrown)
    }

    /// `{ message, serverKey }` for the server's answer; the message shows that the password is the
    /// right one. With a pinned key, only for that server.
    ///
    /// # Errors
    /// Throws `{ code, reason }`.
    #[wasm_bindgen(js_name = loginFinish, unchecked_return_type = "{ message: Uint8Array; serverKey: Uint8Array }")]
    pub fn login_finish(
        &mut self,
        ke2: &[u8],
        cred_id: &[u8],
        origin: &str,
        pinned: Option<Vec<u8>>,
    ) -> Result<JsValue, JsValue> {
        scrubbed(|| {
            let (origin, cred_id) = (&known(origin)?, &exactly(cred_id)?);
            let pinned = pinned.as_deref().map(exactly).transpose()?;
            self.0
                .login_finish(ke2, Party { origin, cred_id }, pinned.as_ref())
        })
        .map(|done| answer(&done.ke3, &done.server_key))
        .map_err(thrown)
    }

    /// Stretches the password with Argon2id; 32 bytes.
    ///
    /// # Errors
    /// Throws `{ code, reason }`.
    pub fn stretch(&self, salt: &[u8], kdf_id: u8) -> Result<Vec<u8>, JsValue> {
        scrubbed(|| {
            let kdf = KdfId::try_from(kdf_id)?;
            self.0.stretch(salt, kdf).map(|bytes| bytes.to_vec())
        })
        .map_err(thrown)
    }
}

fn known(origin: &str) -> Result<Origin, AuthError> {
    Origin::parse(origin).map_err(|_| AuthError::ServerAnswer)
}

fn answer(message: &[u8], server_key: &[u8]) -> JsValue {
    object([
        ("message", Uint8Array::from(message).into()),
        ("serverKey", Uint8Array::from(server_key).into()),
    ])
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
        AuthError::Denied => "wrong-secret",
        AuthError::ServerAnswer | AuthError::ServerKey => "server-error",
        AuthError::Order | AuthError::NoRandomness => "internal",
        AuthError::Empty
        | AuthError::TooLong
        | AuthError::Forbidden
        | AuthError::UnknownKdf
        | AuthError::SaltLength => "invalid",
    };
    object([("code", code.into()), ("reason", error.reason().into())])
}

fn object<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (key, value) in properties {
        // Setting a property of a fresh plain object can't fail; were it to, it would be missing and
        // the worker answers "internal".
        let _set = Reflect::set(&object, &key.into(), &value);
    }
    object.into()
}
