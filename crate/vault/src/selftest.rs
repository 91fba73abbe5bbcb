//! Known answers and golden vaults as functions, so that the same checks run natively and in a
//! test build of the Wasm module (S-159, S-175, S-176). Never in a shipped module.

pub mod golden;

use crate::crypto::kat;

type Check = (&'static str, fn() -> Result<u32, String>);

/// Every check that there is, by name; each gives the number of vectors that it looked at.
pub const CHECKS: [Check; 10] = [
    ("xchacha draft", kat::xchacha_draft),
    ("hkdf rfc5869", kat::hkdf_rfc5869),
    ("hmac rfc4231", kat::hmac_rfc4231),
    ("ed25519 rfc8032", kat::ed25519_rfc8032),
    ("wycheproof aead", kat::wycheproof_aead),
    ("wycheproof hkdf", kat::wycheproof_hkdf),
    ("wycheproof hmac", kat::wycheproof_hmac),
    ("wycheproof ed25519", kat::wycheproof_ed25519),
    ("wycheproof x25519", kat::wycheproof_x25519),
    ("golden vaults", golden::open_all),
];

/// Runs everything and gives the number of vectors checked.
///
/// # Errors
/// The first vector that fails, by name.
pub fn run_all() -> Result<u32, String> {
    CHECKS
        .iter()
        .try_fold(0, |sum, (name, check)| match check() {
            Ok(0) => Err(format!("{name}: nothing was checked")),
            Ok(count) => Ok(sum + count),
            Err(error) => Err(format!("{name}: {error}")),
        })
}

#[cfg(test)]
mod tests;
