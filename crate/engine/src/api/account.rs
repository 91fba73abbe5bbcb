//! The account, as the background sees it: extension/background/account/engine-api.ts.

use super::{LockedPasskey, PasswordSlot, TimeMs};
use serde::{Deserialize, Serialize};

/// What the stored record says of the account; known while locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// The server's origin.
    pub server: String,
    /// The address.
    pub email: String,
    /// `auto` or `ask`.
    pub mode: &'static str,
    /// `ok`, `signed-out`, `reset-elsewhere` or `suspended`.
    pub state: &'static str,
    /// Why nothing is taken in any more, with `suspended`.
    pub reason: Option<&'static str>,
    /// When this browser last had what the account has.
    pub last_sync_at: Option<TimeMs>,
    /// The account still takes the master password from before.
    pub password_behind: bool,
    /// The reset, with `reset-elsewhere`.
    pub reset: Option<ResetView>,
    /// The account's id, hex.
    pub account: String,
    /// The vault's generation, hex.
    pub generation: String,
    /// This browser's id, hex.
    pub device: String,
    /// Of the generation, for people to compare (S-35).
    pub fingerprint: String,
    /// The account's name inside OPAQUE, base64url.
    pub cred_id: String,
    /// The server's key as it was pinned, base64url.
    pub server_key: String,
}

/// A reset that was made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetView {
    /// When.
    pub at: TimeMs,
    /// Until when it can be taken back; 0 when it can't.
    pub undo_until: TimeMs,
    /// When the vault from before is erased at the account.
    pub erase_at: TimeMs,
}

/// A new account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegisterInput {
    /// The address.
    pub email: String,
    /// What the mail said.
    pub code: String,
    /// `en` or `it`.
    pub lang: String,
    /// The hint, readable by the server.
    pub hint: String,
}

/// What a browser remembers of the account that it joins.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachInput {
    /// The server's origin.
    pub origin: String,
    /// The address.
    pub email: String,
    /// `auto` or `ask`.
    pub mode: String,
    /// What this browser is called in the list of devices.
    pub device_name: String,
}

/// A device's name, from the vault's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceName {
    /// Its id, hex.
    pub device: String,
    /// What it is called.
    pub name: String,
    /// When it came.
    pub added_at: TimeMs,
}

/// A vault that was fetched to sign in (S-35).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountPreview {
    /// Items, the settings not counted.
    pub items: usize,
    /// Number of the account's newest manifest.
    pub seq: u64,
    /// Of the generation, for people to compare.
    pub fingerprint: String,
    /// How to stretch the master password.
    pub password_slots: Vec<PasswordSlot>,
    /// Whether there is a recovery code.
    pub recovery: bool,
    /// Passkeys.
    pub passkeys: Vec<LockedPasskey>,
    /// What the person calls it; empty until it is opened.
    pub vault_name: String,
    /// When an item last changed; known once it is open.
    pub changed_at: Option<TimeMs>,
    /// Its devices; known once it is open.
    pub devices: Option<Vec<DeviceName>>,
}

/// A session. The token goes to session memory, never to disk.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Base64url, as it goes into the header.
    pub token: String,
    /// Seconds that it is good for.
    pub ttl: u32,
    /// Number of the account's newest manifest.
    pub head_seq: u64,
    /// `SESSION_*` of the protocol.
    pub flags: u16,
    /// The server's clock; shown, never used (S-32).
    pub server_time: TimeMs,
}

/// What taking the account's state in came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    /// Items taken over as they are.
    pub taken: usize,
    /// Items changed on both sides and merged.
    pub merged: usize,
    /// Items of this browser that stayed as they are, to be pushed.
    pub kept: usize,
    /// Items deleted here because they were elsewhere.
    pub deleted: usize,
    /// Whether an item or a setting changed here.
    pub changed: bool,
    /// Whether the ways in changed here.
    pub header: bool,
    /// Names of the merged items.
    pub names: Vec<String>,
}

/// The vault of a reset account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewGenerationInput {
    /// The account's id, hex.
    pub account: String,
    /// What the person calls it.
    pub vault_name: String,
    /// The password hint.
    pub hint: String,
    /// Parameters of the stretching.
    pub kdf_id: u8,
    /// Salt, base64url.
    pub salt: String,
}

/// Which vault it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VaultIds {
    /// The account, hex.
    pub account: String,
    /// The generation, hex.
    pub generation: String,
    /// Of the generation, for people to compare.
    pub fingerprint: String,
}

#[cfg(test)]
mod tests;
