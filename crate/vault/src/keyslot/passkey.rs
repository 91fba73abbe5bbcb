//! A slot that a WebAuthn authenticator opens through its PRF.

use sesame_protocol::{Header, KdfId, Slot, SlotId, SlotKind, WRAP_LEN};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::Unlocker;
use crate::VaultError;
use crate::crypto::{Key, VaultKey, kek_passkey};

/// A PRF output for one slot.
pub struct PasskeyKey {
    slot: SlotId,
    prf: Zeroizing<[u8; 32]>,
}

impl PasskeyKey {
    /// The output of the PRF for the slot's salt.
    ///
    /// # Errors
    /// `Invalid` unless it is 32 bytes and not all zero (S-170): some authenticators answer with
    /// nothing or with zeros, and a key made of those would be no key.
    pub fn new(slot: SlotId, prf: &[u8]) -> Result<Self, VaultError> {
        let prf = Zeroizing::new(<[u8; 32]>::try_from(prf).map_err(|_| VaultError::Invalid)?);
        if bool::from(prf.ct_eq(&[0; 32])) {
            return Err(VaultError::Invalid);
        }
        Ok(Self { slot, prf })
    }

    pub(crate) fn kek(&self, header: &Header, credential: &[u8]) -> Key {
        kek_passkey(
            &self.prf,
            &header.account,
            &header.generation,
            &self.slot,
            credential,
        )
    }

    /// The slot that this authenticator is to open, still without its wrap.
    pub(crate) const fn slot(&self, flags: u16, salt: [u8; 32], credential: Vec<u8>) -> Slot {
        Slot {
            id: self.slot,
            kind: SlotKind::Passkey,
            kdf_id: KdfId::None,
            flags,
            salt,
            aux: credential,
            wrap: [0; WRAP_LEN],
        }
    }
}

impl Unlocker for PasskeyKey {
    fn unwrap_slot(&self, header: &Header, slot: &Slot) -> Option<Result<VaultKey, VaultError>> {
        (slot.kind == SlotKind::Passkey && slot.id == self.slot)
            .then(|| super::unwrap(header, slot, &self.kek(header, &slot.aux)))
    }
}
