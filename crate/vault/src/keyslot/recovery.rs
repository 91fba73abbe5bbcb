//! A slot that the recovery code opens. The code is 130 random bits, so nothing is stretched.

use sesame_protocol::{Header, KdfId, Label, Slot, SlotId, SlotKind, WRAP_LEN};

use super::Unlocker;
use crate::crypto::{Key, VaultKey, kek};
use crate::{RecoveryCode, VaultError};

/// A recovery code; tries every recovery slot.
pub struct RecoveryKey {
    code: RecoveryCode,
}

impl RecoveryKey {
    /// A code that was read or made.
    #[must_use]
    pub const fn new(code: RecoveryCode) -> Self {
        Self { code }
    }

    pub(crate) fn kek(&self, header: &Header, slot: &SlotId) -> Key {
        kek(
            &*self.code.ikm(),
            Label::KekRecovery,
            &header.account,
            &header.generation,
            slot,
        )
    }

    /// The slot that a code is to open, still without its wrap.
    pub(crate) const fn slot(id: SlotId, flags: u16) -> Slot {
        Slot {
            id,
            kind: SlotKind::Recovery,
            kdf_id: KdfId::None,
            flags,
            salt: [0; 32],
            aux: Vec::new(),
            wrap: [0; WRAP_LEN],
        }
    }
}

impl Unlocker for RecoveryKey {
    fn unwrap_slot(&self, header: &Header, slot: &Slot) -> Option<Result<VaultKey, VaultError>> {
        (slot.kind == SlotKind::Recovery)
            .then(|| super::unwrap(header, slot, &self.kek(header, &slot.id)))
    }
}
