//! What is signed to prove something to the account server. Each is a context of its own with the
//! server's origin and a nonce that is good for one use and a few minutes (S-158).

use super::{How, NewDevice, Origin};
use crate::{AccountId, DeviceId, GenId, Label, Part, ProtocolError, ctx};

/// Recovery sign-in: `ctx("…/rec-login", [origin, account, nonce, exp])`.
///
/// # Errors
/// Never for an [`Origin`], whose length is limited.
pub fn recovery_login(
    origin: &Origin,
    account: &AccountId,
    nonce: &[u8; 32],
    exp: u64,
) -> Result<Vec<u8>, ProtocolError> {
    let origin = Part::try_from(origin.as_str().as_bytes())?;
    let exp = exp.to_be_bytes();
    Ok(ctx(
        Label::RecoveryLogin,
        &[
            origin,
            account.as_bytes().into(),
            nonce.into(),
            (&exp).into(),
        ],
    ))
}

/// New session, signed by the device's key and by the vault's:
/// `ctx("…/session", [origin, account, gen, device, nonce, exp])`.
///
/// # Errors
/// As [`recovery_login`].
pub fn session(
    origin: &Origin,
    account: &AccountId,
    generation: &GenId,
    device: &DeviceId,
    nonce: &[u8; 32],
    exp: u64,
) -> Result<Vec<u8>, ProtocolError> {
    let origin = Part::try_from(origin.as_str().as_bytes())?;
    let exp = exp.to_be_bytes();
    Ok(ctx(
        Label::Session,
        &[
            origin,
            account.as_bytes().into(),
            generation.as_bytes().into(),
            device.as_bytes().into(),
            nonce.into(),
            (&exp).into(),
        ],
    ))
}

/// Taking a reset back, signed by the old vault's key:
/// `ctx("…/undo", [origin, account, old gen, nonce, exp, new device, its key])`.
///
/// # Errors
/// As [`recovery_login`].
pub fn undo(
    origin: &Origin,
    account: &AccountId,
    generation: &GenId,
    nonce: &[u8; 32],
    exp: u64,
    device: &NewDevice,
) -> Result<Vec<u8>, ProtocolError> {
    let origin = Part::try_from(origin.as_str().as_bytes())?;
    let exp = exp.to_be_bytes();
    Ok(ctx(
        Label::Undo,
        &[
            origin,
            account.as_bytes().into(),
            generation.as_bytes().into(),
            nonce.into(),
            (&exp).into(),
            device.device.as_bytes().into(),
            (&device.public_key).into(),
        ],
    ))
}

/// Reading a sealed generation, signed by its recovery key or its vault key:
/// `ctx("…/sealed", [origin, account, gen, nonce, exp, how])`.
///
/// # Errors
/// As [`recovery_login`].
pub fn sealed(
    origin: &Origin,
    account: &AccountId,
    generation: &GenId,
    nonce: &[u8; 32],
    exp: u64,
    how: How,
) -> Result<Vec<u8>, ProtocolError> {
    let origin = Part::try_from(origin.as_str().as_bytes())?;
    let exp = exp.to_be_bytes();
    Ok(ctx(
        Label::Sealed,
        &[
            origin,
            account.as_bytes().into(),
            generation.as_bytes().into(),
            nonce.into(),
            (&exp).into(),
            (&[how.byte()]).into(),
        ],
    ))
}
