//! Challenges that need no memory: who asks for one costs the server nothing, and an unknown account
//! gets one like any other (S-158). Only used ones are remembered, until their time is over.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// How long a challenge is good for, in milliseconds.
pub const LIFE_MS: u64 = 120_000;
const RANDOM_LEN: usize = 8;
const MAC_LEN: usize = 16;

/// What a challenge is for. One for another purpose is worth nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// A recovery sign-in.
    Recover,
    /// A new session of a known device.
    Session,
    /// Taking a reset back.
    Undo,
    /// Reading a sealed generation.
    Sealed,
}

impl Purpose {
    const fn byte(self) -> u8 {
        match self {
            Self::Recover => 1,
            Self::Session => 2,
            Self::Undo => 3,
            Self::Sealed => 4,
        }
    }
}

/// Whom a challenge is for: the account, and a device or generation (zero when there is none).
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The account's id.
    pub account: &'a [u8; 16],
    /// The device's or generation's id.
    pub of: &'a [u8; 16],
}

/// A challenge: `exp u64 ‖ random 8 ‖ MAC 16`.
#[derive(Debug, Clone, Copy)]
pub struct Challenge {
    /// To be signed.
    pub nonce: [u8; 32],
    /// Until when, in milliseconds since 1970.
    pub exp: u64,
}

/// The key that challenges are made with.
#[derive(Clone)]
pub struct ChallengeKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for ChallengeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChallengeKey")
    }
}

impl ChallengeKey {
    /// A key made of 32 secret bytes.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self(Zeroizing::new(key))
    }

    fn mac(&self, subject: Subject<'_>, exp: u64, random: &[u8; RANDOM_LEN]) -> Hmac<Sha256> {
        // Every length but zero is a lawful key, and this one is 32.
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice())
            .unwrap_or_else(|_| Hmac::<Sha256>::new(&Default::default()));
        mac.update(&[subject.purpose.byte()]);
        mac.update(subject.account);
        mac.update(subject.of);
        mac.update(&exp.to_be_bytes());
        mac.update(random);
        mac
    }

    /// A challenge that is good until [`LIFE_MS`] from `now`.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn issue(&self, subject: Subject<'_>, now: u64) -> Result<Challenge, getrandom::Error> {
        let mut random = [0; RANDOM_LEN];
        getrandom::fill(&mut random)?;
        let exp = now.saturating_add(LIFE_MS);
        let tag = self.mac(subject, exp, &random).finalize().into_bytes();
        let mut nonce = [0; 32];
        let parts = exp
            .to_be_bytes()
            .into_iter()
            .chain(random)
            .chain(tag.into_iter().take(MAC_LEN));
        for (slot, byte) in nonce.iter_mut().zip(parts) {
            *slot = byte;
        }
        Ok(Challenge { nonce, exp })
    }

    /// Until when `nonce` is good, if it is ours, for this subject, and its time is not over.
    #[must_use]
    pub fn check(&self, subject: Subject<'_>, nonce: &[u8; 32], now: u64) -> Option<u64> {
        let (exp, rest) = nonce.split_first_chunk::<8>()?;
        let (random, tag) = rest.split_first_chunk::<RANDOM_LEN>()?;
        let exp = u64::from_be_bytes(*exp);
        self.mac(subject, exp, random)
            .verify_truncated_left(tag)
            .ok()?;
        // A challenge from a clock that ran ahead is not good for longer than one of today.
        (now <= exp && exp <= now.saturating_add(LIFE_MS)).then_some(exp)
    }
}

#[cfg(test)]
mod tests;
