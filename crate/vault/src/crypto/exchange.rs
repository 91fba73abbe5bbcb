//! X25519 (RFC 7748): the one place where something is sealed without the vault's key, for it.

use curve25519_dalek::MontgomeryPoint;
use zeroize::Zeroizing;

use super::{Key, Random, RandomError, same};

/// An X25519 public key.
pub(crate) type PublicKey = [u8; 32];

/// A pair, its secret wiped when dropped; has no `Debug`.
pub(crate) struct ExchangePair {
    secret: Key,
    public: PublicKey,
}

impl ExchangePair {
    pub(crate) fn new(secret: Key) -> Self {
        let public = MontgomeryPoint::mul_base_clamped(*secret.0).to_bytes();
        Self { secret, public }
    }

    /// A pair for one message.
    pub(crate) fn make(rng: &mut dyn Random) -> Result<Self, RandomError> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill(&mut *bytes)?;
        Ok(Self::new(Key(bytes)))
    }

    pub(crate) const fn public(&self) -> &PublicKey {
        &self.public
    }
}

/// The shared secret; `None` where the other key is a point of small order, which would make the
/// secret one that everybody knows (RFC 7748, section 6.1).
pub(crate) fn agree(pair: &ExchangePair, other: &PublicKey) -> Option<Zeroizing<[u8; 32]>> {
    let point = MontgomeryPoint(*other).mul_clamped(*pair.secret.0);
    let shared = Zeroizing::new(point.to_bytes());
    if same(&shared, &[0; 32]) {
        None
    } else {
        Some(shared)
    }
}

#[cfg(test)]
mod tests;
