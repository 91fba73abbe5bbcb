//! The local record: what this browser may know and show while the vault is locked, and its
//! diary of when which way in was proved. Readable without a key; after unlocking, its MAC tells
//! whether anyone changed it.

mod notes;

use serde::{Deserialize, Serialize};
use sesame_protocol::{AccountId, DeviceId, GenId, KdfId, Label, SlotId};

pub(crate) use notes::{Notes, decode_notes, encode_notes};
pub use notes::{PasskeyProblem, Remark};

use crate::crypto::{self, VaultKey};
use crate::{VaultError, record};

const MAGIC: [u8; 4] = *b"SLO1";
/// Longest vault name, in bytes.
pub const VAULT_NAME_MAX: usize = 400;
/// Longest hint, in characters (S-137).
pub const HINT_MAX_CHARS: usize = 100;
/// Replaced passwords that are remembered; the oldest goes first.
pub const RETIRED_MAX: usize = 16;
/// Passkeys that are remembered, more than slots so that a note outlives its slot for a while.
const PASSKEYS_MAX: usize = 16;

/// The record's content. Times are in ms since 1970-01-01T00:00:00Z.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Local {
    /// What the person calls this vault.
    pub vault_name: String,
    /// The password hint; shown on request only, so it has no `Debug` here.
    pub hint: String,
    /// When the vault was made.
    pub created_at: u64,
    /// When the master password was set.
    pub password_set_at: u64,
    /// When it was last typed rightly in this browser.
    pub password_proved_at: Option<u64>,
    /// When the recovery code was made.
    pub recovery_created_at: Option<u64>,
    /// When it was last typed rightly in this browser, whole or in part.
    pub recovery_proved_at: Option<u64>,
    /// When a backup was last saved.
    pub backup_saved_at: Option<u64>,
    /// Practising the master password.
    pub practice: Practice,
    /// What happened with each passkey in this browser.
    pub passkeys: Vec<PasskeyNote>,
    /// Verifier of the password in use, kept so that it can be recognised once it is replaced.
    pub(crate) current: Option<Current>,
    /// Passwords that were replaced, oldest first.
    pub(crate) retired: Vec<Retired>,
}

/// The state of practising the master password.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// How many intervals were passed since it was last forgotten.
    pub step: u8,
    /// Wrong answers in a row.
    pub misses: u8,
    /// When it is next due, ms; 0 when never asked yet.
    pub due_at: u64,
}

/// What this browser knows of one passkey.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyNote {
    #[serde(with = "slot_id")]
    /// Its slot.
    pub slot: SlotId,
    /// When it was set up, ms.
    pub added_at: u64,
    /// Made in, or used at least once from, this browser.
    pub used_here: bool,
    /// When it last opened the vault here, ms.
    pub last_used_at: Option<u64>,
    /// Why it last did not.
    pub last_problem: Option<PasskeyProblem>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Current {
    #[serde(with = "slot_id")]
    pub slot: SlotId,
    pub verifier: [u8; 16],
}

/// A master password that was replaced: enough to recognise it, not to open anything with it.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    #[serde(with = "kdf_id")]
    /// How it was stretched.
    pub kdf_id: KdfId,
    /// Its salt.
    pub salt: [u8; 32],
    /// When it was replaced, ms.
    pub replaced_at: u64,
    pub(crate) verifier: [u8; 16],
}

/// Whom a record belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owner {
    pub account: AccountId,
    pub generation: GenId,
    pub device: DeviceId,
}

/// A record as it was read: intact, and not yet known to be genuine.
pub(crate) struct UnprovedLocal {
    pub owner: Owner,
    pub local: Local,
    record: record::Unproved,
}

/// `KX(ikm, "…/retired-pw", [account, gen, salt], 16)`: recognises a stretched password.
pub(crate) fn verifier(stretched: &[u8; 32], owner: &Owner, salt: &[u8; 32]) -> [u8; 16] {
    let parts = [
        owner.account.as_bytes().into(),
        owner.generation.as_bytes().into(),
        salt.into(),
    ];
    *crypto::kx(stretched, Label::RetiredPassword, &parts)
}

impl Local {
    /// Passwords that were replaced, oldest first; indices are those of
    /// [`crate::Locked::was_replaced`].
    #[must_use]
    pub fn retired(&self) -> &[Retired] {
        &self.retired
    }

    /// The note of a passkey.
    #[must_use]
    pub fn passkey(&self, slot: &SlotId) -> Option<&PasskeyNote> {
        self.passkeys.iter().find(|note| note.slot == *slot)
    }

    /// The note of a passkey, made if there is none.
    pub(crate) fn passkey_mut(&mut self, slot: SlotId, now: u64) -> Option<&mut PasskeyNote> {
        if self.passkey(&slot).is_none() && self.passkeys.len() < PASSKEYS_MAX {
            let note = PasskeyNote {
                slot,
                added_at: now,
                used_here: false,
                last_used_at: None,
                last_problem: None,
            };
            self.passkeys.push(note);
        }
        self.passkeys.iter_mut().find(|note| note.slot == slot)
    }

    pub(crate) fn retire(&mut self, retired: Retired) {
        self.retired.push(retired);
        let over = self.retired.len().saturating_sub(RETIRED_MAX);
        self.retired.drain(..over);
    }

    /// # Errors
    /// `TooLarge`.
    fn check(&self) -> Result<(), VaultError> {
        let fits = self.vault_name.len() <= VAULT_NAME_MAX
            && self.hint.chars().count() <= HINT_MAX_CHARS
            && self.retired.len() <= RETIRED_MAX
            && self.passkeys.len() <= PASSKEYS_MAX;
        if fits {
            Ok(())
        } else {
            Err(VaultError::TooLarge)
        }
    }

    /// Writes the record and its MAC.
    ///
    /// # Errors
    /// `TooLarge` for a name or hint over its limit.
    pub(crate) fn seal(&self, owner: &Owner, key: &VaultKey) -> Result<Vec<u8>, VaultError> {
        self.check()?;
        let body = postcard::to_allocvec(self).map_err(|_| VaultError::Internal)?;
        record::seal(MAGIC, owner, &body, key)
    }
}

impl UnprovedLocal {
    /// Reads a record; accidental damage is found by its checksum.
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let record = record::Unproved::parse(MAGIC, bytes)?;
        let (local, over) =
            postcard::take_from_bytes::<Local>(&record.body).map_err(|_| VaultError::Damaged)?;
        if !over.is_empty() {
            return Err(VaultError::Damaged);
        }
        local.check().map_err(|_| VaultError::Damaged)?;
        Ok(Self {
            owner: record.owner,
            local,
            record,
        })
    }

    /// Whether this vault's key made the record.
    pub(crate) fn is_genuine(&self, key: &VaultKey) -> bool {
        self.record.is_genuine(key)
    }
}

mod slot_id {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use sesame_protocol::SlotId;

    pub(super) fn serialize<S: Serializer>(id: &SlotId, serializer: S) -> Result<S::Ok, S::Error> {
        id.as_bytes().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<SlotId, D::Error> {
        Deserialize::deserialize(deserializer).map(SlotId::from_bytes)
    }
}

mod kdf_id {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use sesame_protocol::KdfId;

    pub(super) fn serialize<S: Serializer>(id: &KdfId, serializer: S) -> Result<S::Ok, S::Error> {
        id.byte().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<KdfId, D::Error> {
        KdfId::try_from(u8::deserialize(deserializer)?).map_err(|_| D::Error::custom("kdf id"))
    }
}

#[cfg(test)]
mod tests;
