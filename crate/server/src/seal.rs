//! Sealing what waits in the database: who only reads the database can neither finish somebody's
//! sign-in nor read a reset link that waits to be mailed (S-123, S-144).

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

const NONCE_LEN: usize = 24;

/// Sealed bytes can't be made, or can't be opened: damaged, moved, or of other secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("sealed bytes can't be made or opened")]
pub struct SealError;

/// `nonce 24 ‖ ciphertext ‖ tag`, bound to `name`: what it is, and of which row.
///
/// # Errors
/// [`SealError`] without randomness.
pub fn seal(key: &[u8; 32], name: &[&[u8]], text: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|_| SealError)?;
    let aad = name.concat();
    let payload = Payload {
        msg: text,
        aad: &aad,
    };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| SealError)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// What [`seal`] sealed under the same key and name.
///
/// # Errors
/// [`SealError`].
pub fn open(
    key: &[u8; 32],
    name: &[&[u8]],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError)?;
    let aad = name.concat();
    let payload = Payload {
        msg: text,
        aad: &aad,
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| SealError)
}
