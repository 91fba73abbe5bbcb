//! What crosses the boundary as JSON: the types of extension/shared/api.ts, key for key. A test
//! compares the keys with that file.

mod account;
mod capture;
mod item;

pub use account::*;
pub use capture::*;
pub use item::*;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type TimeMs = u64;

/// What `load` found.
#[derive(Debug, Serialize)]
pub struct Loaded {
    /// `locked` or `damaged`.
    pub state: &'static str,
    /// What could not be read.
    pub damage: Vec<Damage>,
}

/// A part of the stored vault that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Damage {
    /// Which part.
    pub part: &'static str,
    /// Which item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<String>,
    /// The item's name, while that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What can be done about it.
    pub repair: &'static str,
}

/// What may be known while locked.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LockedView {
    /// What the person calls this vault.
    pub vault_name: String,
    /// When it was made.
    pub created_at: TimeMs,
    /// Whether there is a hint.
    pub has_hint: bool,
    /// When the master password was set.
    pub password_set_at: TimeMs,
    /// How to stretch the master password.
    pub password_slots: Vec<PasswordSlot>,
    /// Master passwords that were replaced.
    pub retired: Vec<RetiredPassword>,
    /// Passkeys.
    pub passkeys: Vec<LockedPasskey>,
    /// The recovery code.
    pub recovery: LockedRecovery,
    /// What could not be read.
    pub damage: Vec<Damage>,
}

/// How to stretch a master password for one slot.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordSlot {
    /// The slot.
    pub slot_id: String,
    /// Parameters.
    pub kdf_id: u8,
    /// Salt, base64url.
    pub salt: String,
}

/// How to recognise a replaced master password.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RetiredPassword {
    /// Which one.
    pub index: usize,
    /// Parameters.
    pub kdf_id: u8,
    /// Salt, base64url.
    pub salt: String,
    /// When it was replaced.
    pub replaced_at: TimeMs,
}

/// A passkey as the lock screen needs it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LockedPasskey {
    /// Its slot.
    pub slot_id: String,
    /// WebAuthn credential id, base64url.
    pub credential_id: String,
    /// Salt of the PRF evaluation, base64url.
    pub salt: String,
    /// Backup state at creation.
    pub synced: bool,
    /// Backup eligibility at creation.
    pub backup_eligible: bool,
    /// Made in, or used from, this browser.
    pub used_here: bool,
    /// When it last opened the vault here.
    pub last_used_at: Option<TimeMs>,
    /// Why it last did not.
    pub last_problem: Option<&'static str>,
}

/// The recovery code as the lock screen needs it.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LockedRecovery {
    /// Whether there is a recovery slot.
    pub exists: bool,
    /// Whether the person proved to have the code.
    pub confirmed: bool,
    /// When it was made.
    pub created_at: Option<TimeMs>,
}

/// What is known of an open vault as a whole.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenView {
    /// Items outside the bin.
    pub item_count: usize,
    /// Items in the bin.
    pub bin_count: usize,
    /// Minutes; 0 = when the browser closes.
    pub lock_after: u64,
    /// Ways back in.
    pub ways_back: WaysBack,
    /// Whether practising the master password is due.
    pub practice_due: bool,
    /// How this session was opened.
    pub opened_by: Factor,
    /// Until when the last shown factor counts as fresh.
    pub fresh_until: TimeMs,
    /// What could not be read.
    pub damage: Vec<Damage>,
}

/// Ways back in, with when each was proved.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WaysBack {
    /// The master password.
    pub password: PasswordWay,
    /// The recovery code.
    pub recovery: RecoveryWay,
    /// Passkeys.
    pub passkeys: Vec<PasskeyView>,
    /// Backups.
    pub backup: BackupWay,
    /// How many ways are proved.
    pub proved_count: usize,
}

/// The master password as a way back.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordWay {
    /// When it was set.
    pub set_at: TimeMs,
    /// When it was last typed rightly here.
    pub last_proved_at: Option<TimeMs>,
}

/// The recovery code as a way back.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryWay {
    /// Whether there is one.
    pub exists: bool,
    /// Whether the person proved to have it.
    pub confirmed: bool,
    /// When last.
    pub last_proved_at: Option<TimeMs>,
}

/// A backup file as a way back.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BackupWay {
    /// When one was last saved.
    pub last_saved_at: Option<TimeMs>,
}

/// A passkey as the settings show it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyView {
    /// Its slot.
    pub slot_id: String,
    /// As the person named it.
    pub name: String,
    /// When it was set up.
    pub added_at: TimeMs,
    /// When it last opened the vault here.
    pub last_used_at: Option<TimeMs>,
    /// Backup eligibility at creation.
    pub backup_eligible: bool,
    /// Backup state at creation.
    pub synced: bool,
    /// Made in, or used from, this browser.
    pub used_here: bool,
}

/// What opens a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Factor {
    /// The master password.
    Password,
    /// The recovery code.
    Recovery,
    /// A passkey.
    Passkey,
}

/// What a woken service worker must know besides the session secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionState {
    /// How the session was opened.
    pub opened_by: Factor,
    /// Until when the last shown factor counts as fresh.
    pub fresh_until: TimeMs,
}

/// Settings as their page shows them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView<'a> {
    /// Minutes; 0 = when the browser closes.
    pub lock_after: u64,
    /// What the person calls this vault.
    pub vault_name: &'a str,
    /// The password hint.
    pub hint: &'a str,
    /// How pages are filled.
    pub filling: FillingView<'a>,
}

/// Settings of filling, as their page shows them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FillingView<'a> {
    /// Shows the icon in fields.
    pub icon: bool,
    /// Puts the one-time code on the clipboard after a sign-in was filled.
    pub copy_code: bool,
    /// The person's own groups of equivalent sites.
    pub equivalents: &'a [Vec<String>],
    /// Built-in groups that don't hold, by their first domain.
    pub built_in_off: &'a [String],
    /// Origins where saving is never offered.
    pub never: &'a [String],
}

/// The same, as their page saves them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FillingEdit {
    /// Shows the icon in fields.
    pub icon: bool,
    /// Puts the one-time code on the clipboard after a sign-in was filled.
    pub copy_code: bool,
    /// The person's own groups of equivalent sites.
    pub equivalents: Vec<Vec<String>>,
    /// Built-in groups that don't hold, by their first domain.
    pub built_in_off: Vec<String>,
    /// Origins where saving is never offered.
    pub never: Vec<String>,
}

/// Settings as their page saves them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsEdit {
    /// Minutes; 0 = when the browser closes.
    pub lock_after: u64,
    /// What the person calls this vault.
    pub vault_name: String,
}

/// A new vault.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateInput {
    /// What the person calls it.
    pub vault_name: String,
    /// The password hint.
    pub hint: String,
    /// Parameters of the stretching.
    pub kdf_id: u8,
    /// Salt, base64url.
    pub salt: String,
}

/// A new master password.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordInput {
    /// Parameters of the stretching.
    pub kdf_id: u8,
    /// Salt, base64url.
    pub salt: String,
    /// The password hint.
    pub hint: String,
}

/// A factor that is shown again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenerInput {
    /// Which.
    pub by: Factor,
    /// Slot of a password or passkey.
    #[serde(default)]
    pub slot_id: Option<String>,
    /// Recovery code as typed.
    #[serde(default)]
    pub code: Option<String>,
}

/// A new passkey, without its PRF output.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyInput {
    /// WebAuthn credential id, base64url.
    pub credential_id: String,
    /// Salt of the PRF evaluation, base64url.
    pub salt: String,
    /// Backup eligibility at creation.
    pub backup_eligible: bool,
    /// Backup state at creation.
    pub synced: bool,
    /// As the person named it.
    pub name: String,
}

/// What a backup file says before it is opened.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BackupView {
    /// What the person calls the vault.
    pub vault_name: String,
    /// When the file was made.
    pub saved_at: TimeMs,
    /// Items in it.
    pub item_count: usize,
    /// When its master password was set.
    pub password_set_at: TimeMs,
    /// Its hint.
    pub hint: String,
    /// How to stretch its master password.
    pub password_slots: Vec<PasswordSlot>,
    /// Whether a recovery code opens it.
    pub recovery: bool,
    /// When that was made.
    pub recovery_created_at: Option<TimeMs>,
    /// Passkeys that open it.
    pub passkeys: Vec<LockedPasskey>,
}

#[cfg(test)]
mod tests;
