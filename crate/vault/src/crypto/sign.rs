//! Ed25519 pairs for proving something to the account server; what they sign is made in
//! sesame-protocol and begins with a label of its own.

use ed25519_dalek::{Signer, SigningKey};

/// A pair; wiped when dropped.
pub(crate) struct SigningPair(SigningKey);

impl SigningPair {
    /// The pair of a 32-byte seed.
    pub(crate) fn new(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}
