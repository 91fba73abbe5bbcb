//! A slot that the master password opens, after Argon2id.

use sesame_protocol::{Header, KdfId, Label, Slot, SlotId, SlotKind, WRAP_LEN};
use zeroize::Zeroizing;

use super::Unlocker;
use crate::VaultError;
use crate::crypto::{Key, VaultKey, kek};

/// A master password as `crate/auth` hands it out: stretched for one slot's salt and KDF id.
pub struct PasswordKey {
    slot: SlotId,
    stretched: Zeroizing<[u8; 32]>,
}

impl PasswordKey {
    /// The 32 bytes that Argon2id gave for this slot.
    #[must_use]
    pub const fn new(slot: SlotId, stretched: Zeroizing<[u8; 32]>) -> Self {
        Self { slot, stretched }
    }

    pub(crate) fn kek(&self, header: &Header) -> Key {
        kek(
            &*self.stretched,
            Label::KekPassword,
            &header.account,
            &header.generation,
            &self.slot,
        )
    }

    /// The slot that this password is to open, still without its wrap.
    pub(crate) const fn slot(&self, kdf_id: KdfId, salt: [u8; 32]) -> Slot {
        Slot {
            id: self.slot,
            kind: SlotKind::Password,
            kdf_id,
            flags: 0,
            salt,
            aux: Vec::new(),
            wrap: [0; WRAP_LEN],
        }
    }
}

impl Unlocker for PasswordKey {
    fn unwrap_slot(&self, header: &Header, slot: &Slot) -> Option<Result<VaultKey, VaultError>> {
        (slot.kind == SlotKind::Password && slot.id == self.slot)
            .then(|| super::unwrap(header, slot, &self.kek(header)))
    }

    fn stretched(&self) -> Option<&[u8; 32]> {
        Some(&self.stretched)
    }
}
