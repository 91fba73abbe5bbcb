//! Key slots: each wraps the vault key under one secret. One file for each kind.

mod passkey;
mod password;
mod recovery;

use sesame_protocol::{Header, Kind, Label, Slot, WRAP_LEN, ctx};
use zeroize::Zeroizing;

pub use passkey::PasskeyKey;
pub use password::PasswordKey;
pub use recovery::RecoveryKey;

use crate::VaultError;
use crate::crypto::{self, Key, Random, VaultKey};

/// A secret that may open slots.
pub trait Unlocker {
    /// `None`: this slot is not for this secret. `Some(Err)`: it is, and does not open.
    fn unwrap_slot(&self, header: &Header, slot: &Slot) -> Option<Result<VaultKey, VaultError>>;

    /// The stretched master password, if that is what this is.
    fn stretched(&self) -> Option<&[u8; 32]> {
        None
    }
}

/// The first slot that opens; otherwise why the last matching one did not.
///
/// # Errors
/// `WrongSecret` where a slot matched and did not open, `NotFound` where none matched.
pub(crate) fn unlock<'h>(
    header: &'h Header,
    secret: &dyn Unlocker,
) -> Result<(VaultKey, &'h Slot), VaultError> {
    let mut why = VaultError::NotFound;
    for slot in &header.slots {
        match secret.unwrap_slot(header, slot) {
            Some(Ok(key)) => return Ok((key, slot)),
            Some(Err(error)) => why = error,
            None => {}
        }
    }
    Err(why)
}

/// What a wrap is bound to: everything of its slot but the wrap (S-14).
///
/// # Errors
/// `Invalid` when the credential id is over 65,535 bytes.
fn slot_aad(header: &Header, slot: &Slot) -> Result<Vec<u8>, VaultError> {
    Ok(ctx(
        Label::Slot,
        &[
            header.account.as_bytes().into(),
            header.generation.as_bytes().into(),
            slot.id.as_bytes().into(),
            (&[slot.kind.byte()]).into(),
            (&[slot.kdf_id.byte()]).into(),
            (&slot.flags.to_be_bytes()).into(),
            (&slot.salt).into(),
            slot.aux
                .as_slice()
                .try_into()
                .map_err(|_| VaultError::Invalid)?,
        ],
    ))
}

/// Wraps the vault key for `slot`, whose other fields are final; account and generation are the
/// header's.
///
/// # Errors
/// `Random`, `Invalid`, `Internal`.
pub(crate) fn wrap(
    header: &Header,
    mut slot: Slot,
    kek: &Key,
    vault_key: &VaultKey,
    rng: &mut dyn Random,
) -> Result<Slot, VaultError> {
    let sealed = crypto::seal(
        kek,
        Kind::SlotWrap,
        &slot_aad(header, &slot)?,
        vault_key.expose(),
        rng,
    )?;
    slot.wrap = <[u8; WRAP_LEN]>::try_from(sealed).map_err(|_| VaultError::Internal)?;
    Ok(slot)
}

fn unwrap(header: &Header, slot: &Slot, kek: &Key) -> Result<VaultKey, VaultError> {
    let plain = crypto::open(kek, Kind::SlotWrap, &slot_aad(header, slot)?, &slot.wrap)
        .map_err(|_| VaultError::WrongSecret)?;
    let bytes: [u8; 32] = plain
        .as_slice()
        .try_into()
        .map_err(|_| VaultError::WrongSecret)?;
    Ok(VaultKey::from_bytes(Zeroizing::new(bytes)))
}

#[cfg(test)]
mod tests;
