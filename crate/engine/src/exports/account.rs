//! Belonging to an account, sessions, the password.

use super::Engine;
use super::convert::{json, parsed, row_map, thrown, with_code, writes};
use super::sync::pushing;
use js_sys::Map;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
impl Engine {
    /// `AccountView` of the account that this browser belongs to, while locked too.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = accountView)]
    pub fn account_view(&self) -> Result<Option<String>, JsValue> {
        self.keeper.account_view().as_ref().map(json).transpose()
    }

    /// `VaultIds`, while locked too.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = vaultIds)]
    pub fn vault_ids(&self) -> Result<String, JsValue> {
        json(&self.keeper.vault_ids().map_err(thrown)?)
    }

    /// Whether the header here is not the account's.
    #[wasm_bindgen(js_name = headerWaits)]
    #[must_use]
    pub fn header_waits(&self) -> bool {
        self.keeper.header_waits()
    }

    /// Makes this browser's key: `NewDevice`. Kept until the account is joined.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = newDevice)]
    pub fn new_device(&mut self) -> Result<Vec<u8>, JsValue> {
        self.keeper.new_device().map_err(thrown)
    }

    /// Takes over the key that another instance made by [`Engine::new_device`].
    #[wasm_bindgen(js_name = takeDeviceOf)]
    pub fn take_device_of(&mut self, other: &mut Self) {
        self.keeper.take_device_of(&mut other.keeper);
    }

    /// The code in the place of the one that opened this vault; nothing where another secret did.
    #[wasm_bindgen(js_name = replaceUsedCode, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; recoveryCode: string } | undefined")]
    pub fn replace_used_code(&mut self) -> Option<JsValue> {
        self.keeper.replace_used_code().map(with_code)
    }

    /// `RegisterFinish` of `{email, code, lang, hint}` and the auth worker's record.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = registerBody)]
    pub fn register_body(&mut self, input: &str, upload: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.keeper
            .register_body(&parsed(input)?, upload)
            .map_err(thrown)
    }

    /// The open vault is the account's from now on; `{origin, email, mode, deviceName}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn attach(
        &mut self,
        input: &str,
        session: &[u8],
        cred_id: &[u8],
        server_key: &[u8],
    ) -> Result<JsValue, JsValue> {
        self.keeper
            .attach(&parsed(input)?, session, cred_id, server_key)
            .map(writes)
            .map_err(thrown)
    }

    /// The adopted vault, fetched from the account, is the account's.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = attachJoined, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn attach_joined(
        &mut self,
        input: &str,
        session: &[u8],
        cred_id: &[u8],
        server_key: &[u8],
    ) -> Result<JsValue, JsValue> {
        self.keeper
            .attach_joined(&parsed(input)?, session, cred_id, server_key)
            .map(writes)
            .map_err(thrown)
    }

    /// The open vault is the account's generation already, and belongs to it again.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn rejoin(
        &mut self,
        input: &str,
        session: &[u8],
        cred_id: &[u8],
        server_key: &[u8],
    ) -> Result<JsValue, JsValue> {
        self.keeper
            .rejoin(&parsed(input)?, session, cred_id, server_key)
            .map(writes)
            .map_err(thrown)
    }

    /// The vault stays, the account's no more.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn detach(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.detach().map(writes).map_err(thrown)
    }

    /// Sync by itself (`auto`), or only when asked (`ask`).
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = setMode, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn set_mode(&mut self, mode: &str) -> Result<JsValue, JsValue> {
        self.keeper.set_mode(mode).map(writes).map_err(thrown)
    }

    /// Remembers the account's new address.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = setEmail, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn set_email(&mut self, email: &str) -> Result<JsValue, JsValue> {
        self.keeper.set_email(email).map(writes).map_err(thrown)
    }

    /// Pins the server's key and the account's name inside OPAQUE.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = pinServer, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn pin_server(&mut self, cred_id: &[u8], server_key: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .pin_server(cred_id, server_key)
            .map(writes)
            .map_err(thrown)
    }

    /// Names a device.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = nameDevice, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn name_device(&mut self, device: &str, name: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .name_device(device, name)
            .map(writes)
            .map_err(thrown)
    }

    /// Forgets a device's name.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = forgetDevice, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn forget_device(&mut self, device: &str) -> Result<JsValue, JsValue> {
        self.keeper
            .forget_device(device)
            .map(writes)
            .map_err(thrown)
    }

    /// `DeviceName[]`.
    ///
    /// # Errors
    /// `{code}`.
    pub fn devices(&self) -> Result<String, JsValue> {
        json(&self.keeper.devices().map_err(thrown)?)
    }

    /// `SessionStart`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sessionStartBody)]
    pub fn session_start_body(&self) -> Result<Vec<u8>, JsValue> {
        self.keeper.session_start_body().map_err(thrown)
    }

    /// `SessionFinish` for the challenge.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sessionBody)]
    pub fn session_body(&self, started: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.keeper.session_body(started).map_err(thrown)
    }

    /// `SessionView`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = sessionOpened)]
    pub fn session_opened(&mut self, session: &[u8]) -> Result<String, JsValue> {
        json(&self.keeper.session_opened(session).map_err(thrown)?)
    }

    /// Remembers that the account was reset elsewhere, as the refusal says.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = genChanged, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn gen_changed(&mut self, detail: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper.gen_changed(detail).map(writes).map_err(thrown)
    }

    /// Remembers that this browser was signed out.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = signedOut, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn signed_out(&mut self) -> Result<JsValue, JsValue> {
        self.keeper.signed_out().map(writes).map_err(thrown)
    }

    /// `PasswordFinish` with the header that is here: `{writes, body}`.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = passwordBody, unchecked_return_type = "{ writes: [string, string, Uint8Array | null][]; body: Uint8Array }")]
    pub fn password_body(
        &mut self,
        upload: &[u8],
        sign_out_others: bool,
        bases: &Map,
    ) -> Result<JsValue, JsValue> {
        self.keeper
            .password_body(upload, sign_out_others, &row_map(bases)?)
            .map(pushing)
            .map_err(thrown)
    }

    /// The account takes the new password.
    ///
    /// # Errors
    /// `{code}`.
    #[wasm_bindgen(js_name = passwordDone, unchecked_return_type = "[string, string, Uint8Array | null][]")]
    pub fn password_done(&mut self, session: &[u8]) -> Result<JsValue, JsValue> {
        self.keeper
            .password_done(session)
            .map(writes)
            .map_err(thrown)
    }
}
