//! One-time codes (RFC 6238 on RFC 4226): SHA-1, SHA-256 and SHA-512, 6 to 8 digits, any period (S-184).

use hmac::{Hmac, KeyInit, Mac};
use zeroize::{Zeroize, ZeroizeOnDrop};

mod base32;
mod uri;

/// A one-time-code secret with its parameters; the secret is wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Totp {
    secret: Vec<u8>,
    #[zeroize(skip)]
    algorithm: Algorithm,
    digits: u8,
    period: u32,
}

/// The hash inside the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA-1, what nearly every site uses.
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// Why a text is not a one-time-code secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    /// Not base32 (RFC 4648), or empty.
    #[error("the secret is not base32")]
    Secret,
    /// An `otpauth:` address that is malformed or repeats a parameter.
    #[error("not a well-formed otpauth address")]
    Uri,
    /// Counter-based codes and codes that are not digits (Steam).
    #[error("a kind of code that is not time-based digits")]
    Kind,
    /// An unknown hash.
    #[error("an unknown algorithm")]
    Algorithm,
    /// Not 6 to 8 digits.
    #[error("not 6 to 8 digits")]
    Digits,
    /// Not 1 s to 1 day.
    #[error("not a period of 1 s to 1 day")]
    Period,
}

/// Longest period in seconds.
const PERIOD_MAX: u32 = 86_400;

impl Totp {
    /// A secret with its parameters.
    ///
    /// # Errors
    /// An empty secret, digits outside 6..=8, a period outside 1 s..=1 day.
    pub fn new(
        secret: Vec<u8>,
        algorithm: Algorithm,
        digits: u8,
        period: u32,
    ) -> Result<Self, TotpError> {
        let totp = Self {
            secret,
            algorithm,
            digits,
            period,
        };
        if totp.secret.is_empty() {
            return Err(TotpError::Secret);
        }
        if !(6..=8).contains(&digits) {
            return Err(TotpError::Digits);
        }
        if !(1..=PERIOD_MAX).contains(&period) {
            return Err(TotpError::Period);
        }
        Ok(totp)
    }

    /// Reads what people paste: an `otpauth://totp/` address, or a bare base32 secret, which means
    /// SHA-1, 6 digits, 30 s. Spaces, hyphens, lower case and missing padding are accepted.
    ///
    /// # Errors
    /// [`TotpError`] names what is wrong.
    pub fn parse(text: &str) -> Result<Self, TotpError> {
        let text = text.trim();
        let scheme = "otpauth:";
        match text.get(..scheme.len()) {
            Some(start) if start.eq_ignore_ascii_case(scheme) => {
                uri::parse(text.get(scheme.len()..).unwrap_or(""))
            }
            _ => Self::new(
                base32::decode(text).ok_or(TotpError::Secret)?,
                Algorithm::Sha1,
                6,
                30,
            ),
        }
    }

    /// The code of a moment, in seconds since 1970.
    #[must_use]
    pub fn code(&self, unix_s: u64) -> String {
        let counter = (unix_s / u64::from(self.period)).to_be_bytes();
        let value = match self.algorithm {
            Algorithm::Sha1 => truncate(&hmac::<Hmac<sha1::Sha1>>(&self.secret, &counter)),
            Algorithm::Sha256 => truncate(&hmac::<Hmac<sha2::Sha256>>(&self.secret, &counter)),
            Algorithm::Sha512 => truncate(&hmac::<Hmac<sha2::Sha512>>(&self.secret, &counter)),
        };
        let width = usize::from(self.digits);
        format!("{:0width$}", value % 10_u32.pow(u32::from(self.digits)))
    }

    /// When the code of `unix_s` stops being current, in seconds since 1970.
    #[must_use]
    pub fn expires(&self, unix_s: u64) -> u64 {
        let period = u64::from(self.period);
        (unix_s / period).saturating_add(1).saturating_mul(period)
    }

    /// How many digits a code has.
    #[must_use]
    pub fn digits(&self) -> u8 {
        self.digits
    }

    /// For how many seconds a code is current.
    #[must_use]
    pub fn period(&self) -> u32 {
        self.period
    }
}

fn hmac<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of every length (RFC 2104): the error can't happen, and an empty result
    // makes a code of zeros rather than a panic.
    M::new_from_slice(key)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

/// Dynamic truncation (RFC 4226, section 5.3).
fn truncate(mac: &[u8]) -> u32 {
    let offset = mac.last().map_or(0, |last| usize::from(last & 0x0f));
    let four = mac.get(offset..).and_then(<[u8]>::first_chunk::<4>);
    four.map_or(0, |bytes| u32::from_be_bytes(*bytes) & 0x7fff_ffff)
}

// The secret must not reach a log by accident.
impl std::fmt::Debug for Totp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Totp")
            .field("algorithm", &self.algorithm)
            .field("digits", &self.digits)
            .field("period", &self.period)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
