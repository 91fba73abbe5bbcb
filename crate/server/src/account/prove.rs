//! Signatures over challenges.

use ed25519_dalek::{Signature, VerifyingKey};
use sesame_protocol::account::RefusalCode;

use crate::challenge::Subject;
use crate::db::Tx;
use crate::failure::Failure;
use crate::state::Server;

/// A key that signed nothing: what a proof is checked against where there is no key, so that the
/// work is the same. Ed25519's base point.
const NOBODY: [u8; 32] = {
    let mut key = [0x66; 32];
    if let Some(first) = key.first_mut() {
        *first = 0x58;
    }
    key
};

/// Whether `signature` is `key`'s over `message`, strictly (no small-order keys, no malleability).
/// Without a key: never, after the same work.
pub(super) fn signed(key: Option<&[u8; 32]>, message: &[u8], signature: &[u8; 64]) -> bool {
    let checked = key.unwrap_or(&NOBODY);
    let holds = VerifyingKey::from_bytes(checked).is_ok_and(|checked| {
        checked
            .verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    });
    holds && key.is_some()
}

/// Until when the challenge is good.
///
/// # Errors
/// `Denied` when it is not ours, for somebody or something else, or too old.
pub(super) fn good_until(
    server: &Server,
    subject: Subject<'_>,
    nonce: &[u8; 32],
    now: u64,
) -> Result<u64, Failure> {
    server
        .secrets
        .challenges
        .check(subject, nonce, now)
        .ok_or_else(|| RefusalCode::Denied.into())
}

/// Uses a challenge up.
///
/// # Errors
/// `Denied` when it was used before (S-158).
pub(super) async fn use_up(
    tx: &mut Tx,
    account: &[u8; 16],
    nonce: &[u8; 32],
    exp: u64,
) -> Result<(), Failure> {
    let changed = tx
        .run(
            "INSERT INTO nonce (account, nonce, expires) VALUES ($1, $2, $3) \
             ON CONFLICT (account, nonce) DO NOTHING",
            &[account.into(), nonce.into(), exp.into()],
        )
        .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(RefusalCode::Denied.into())
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::{NOBODY, signed};

    #[test]
    fn s158_nobody_signs_for_who_has_no_key() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let public = key.verifying_key().to_bytes();
        let signature = key.sign(b"m").to_bytes();
        assert!(signed(Some(&public), b"m", &signature));
        assert!(!signed(Some(&public), b"n", &signature));
        assert!(!signed(None, b"m", &signature));
        assert!(ed25519_dalek::VerifyingKey::from_bytes(&NOBODY).is_ok());
        // The neutral element as a key, with the signature that the lax equation takes.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut forged = [0; 64];
        forged[0] = 1;
        assert!(!signed(Some(&neutral), b"m", &forged));
    }
}
