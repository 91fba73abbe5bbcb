//! Sealing captures with or without the vault's key, and opening them with it.

use sesame_protocol::CaptureId;

use super::{Locked, Unlocked};
use crate::capture::{Capture, SealingKey, open, seal};
use crate::commit::{Commit, Store, Write, key};
use crate::crypto::{Random, random};
use crate::manifest::ids;
use crate::{Stored, VaultError};

impl Locked {
    /// Seals a capture for this vault. The key for it is as it lies here: whoever could put another
    /// one there could put another Sesame there as well.
    ///
    /// # Errors
    /// `NotFound` without a key to seal for, `TooLarge`, `Random`.
    pub fn seal_capture(
        &self,
        capture: &Capture,
        rng: &mut dyn Random,
    ) -> Result<(CaptureId, Commit), VaultError> {
        let to = self
            .stored
            .vault_bytes(key::CAPTURE_KEY)
            .and_then(|bytes| SealingKey::parse(bytes).ok())
            .filter(|to| (to.owner.account, to.owner.generation) == ids(&self.sealed))
            .ok_or(VaultError::NotFound)?;
        sealed(&to, capture, rng)
    }
}

impl Unlocked {
    /// Seals a capture for this vault.
    ///
    /// # Errors
    /// `TooLarge`, `Random`.
    pub fn seal_capture(
        &self,
        capture: &Capture,
        rng: &mut dyn Random,
    ) -> Result<(CaptureId, Commit), VaultError> {
        sealed(&self.sealing_key(), capture, rng)
    }

    /// Opens a capture.
    ///
    /// # Errors
    /// `Damaged`, also for one that was sealed for another key.
    pub fn open_capture(&self, id: &CaptureId, bytes: &[u8]) -> Result<Capture, VaultError> {
        let pair = self.key.captures(
            &self.owner.account,
            &self.owner.generation,
            &self.owner.device,
        );
        Capture::from_bytes(&open(&pair, &self.owner, id, bytes)?)
    }

    fn sealing_key(&self) -> SealingKey {
        let pair = self.key.captures(
            &self.owner.account,
            &self.owner.generation,
            &self.owner.device,
        );
        SealingKey {
            owner: self.owner,
            public: *pair.public(),
        }
    }

    /// Puts the key that captures are sealed for where the locked vault finds it.
    pub(super) fn publish_capture_key(&mut self, commit: &mut Commit) {
        commit.put(Store::Vault, key::CAPTURE_KEY, self.sealing_key().encode());
        self.capture_key_stale = false;
    }

    /// Whether what lies there is that key.
    pub(super) fn is_capture_key_stale(&self, stored: &Stored) -> bool {
        stored.vault_bytes(key::CAPTURE_KEY) != Some(self.sealing_key().encode().as_slice())
    }
}

fn sealed(
    to: &SealingKey,
    capture: &Capture,
    rng: &mut dyn Random,
) -> Result<(CaptureId, Commit), VaultError> {
    let id = CaptureId::from_bytes(random(rng)?);
    let bytes = seal(to, &id, &capture.to_bytes()?, rng)?;
    let write = Write {
        store: Store::Captures,
        key: id.to_string(),
        value: Some(bytes),
    };
    Ok((
        id,
        Commit {
            writes: vec![write],
        },
    ))
}
