//! Randomness for opaque-ke, whose generators can't say that they failed.

use opaque_ke::rand::{CryptoRng, Error, RngCore};

use crate::AuthError;

/// Where random bytes come from, and whether one time there were none. What was made then must be
/// thrown away: [`Randomness::check`] says so (S-37).
pub(super) struct Randomness {
    source: fn(&mut [u8]) -> bool,
    failed: bool,
}

impl Randomness {
    /// The system's.
    pub(super) const fn system() -> Self {
        Self::of(|bytes| getrandom::fill(bytes).is_ok())
    }

    /// Another; it says whether it could.
    pub(super) const fn of(source: fn(&mut [u8]) -> bool) -> Self {
        Self {
            source,
            failed: false,
        }
    }

    /// Were there always random bytes?
    pub(super) const fn check(&self) -> Result<(), AuthError> {
        if self.failed {
            Err(AuthError::NoRandomness)
        } else {
            Ok(())
        }
    }
}

impl RngCore for Randomness {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        if !(self.source)(bytes) {
            self.failed = true;
            // Not zeros: who draws until a number isn't zero would draw for ever.
            bytes.fill(1);
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Randomness {}
