//! Padding, so that sizes say little (S-164): steps of 256 bytes up to 4 KiB, then Padmé
//! (Nikitin et al., PETS 2019), which costs at most 12 %.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::VaultError;

const STEP: usize = 256;
const STEPS_END: usize = 4096;

/// The padded size of `len` bytes; `len` includes the 4-byte length field.
fn padded(len: usize) -> usize {
    if len <= STEPS_END {
        return len.next_multiple_of(STEP);
    }
    let exponent = len.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - kept)) - 1;
    (len + mask) & !mask
}

/// `u32 len ‖ content ‖ zeros`, to an allowed size of at most `max` bytes.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn pad(content: &[u8], max: usize) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let size = padded(content.len() + 4);
    let len = u32::try_from(content.len()).map_err(|_| VaultError::TooLarge)?;
    if size > max {
        return Err(VaultError::TooLarge);
    }
    // All capacity at once: growing would leave copies of the content behind.
    let mut out = Zeroizing::new(Vec::with_capacity(size));
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(content);
    out.resize(size, 0);
    Ok(out)
}

/// Undoes [`pad`]. Length and every padding byte are checked, with one answer for all faults.
///
/// # Errors
/// `Damaged`.
pub(crate) fn unpad(padded_bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (len, rest) = padded_bytes
        .split_first_chunk::<4>()
        .ok_or(VaultError::Damaged)?;
    let len = usize::try_from(u32::from_be_bytes(*len)).map_err(|_| VaultError::Damaged)?;
    let (content, zeros) = rest.split_at_checked(len).ok_or(VaultError::Damaged)?;
    let clean = zeros.iter().fold(0, |seen, byte| seen | byte).ct_eq(&0);
    if padded(len + 4) == padded_bytes.len() && bool::from(clean) {
        Ok(Zeroizing::new(content.to_vec()))
    } else {
        Err(VaultError::Damaged)
    }
}

#[cfg(test)]
mod tests;
