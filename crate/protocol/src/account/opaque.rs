//! What extension and server must agree on about OPAQUE (RFC 9807): ristretto255, SHA-512,
//! 3DH, and a key-stretching function that is never the identity (S-24).

use super::Origin;
use crate::{Label, Part, ProtocolError, Reader, ctx};

/// The suite's byte in the context: OPRF(ristretto255, SHA-512), HKDF-SHA-512, HMAC-SHA-512,
/// SHA-512, Argon2id as below, 3DH over ristretto255.
pub const SUITE: u8 = 1;
/// Argon2id memory in KiB: 64 MiB.
pub const KSF_MEMORY_KIB: u32 = 64 * 1024;
/// Argon2id passes.
pub const KSF_PASSES: u32 = 3;
/// Argon2id lanes.
pub const KSF_LANES: u32 = 4;
/// Length of the stretched output in bytes.
pub const KSF_OUTPUT: usize = 64;
/// Argon2id salt: zeros, as RFC 9807 section 7 says; the input is salted by the OPRF.
pub const KSF_SALT: [u8; 16] = [0; 16];

/// Length of a registration request.
pub const REGISTRATION_REQUEST: usize = 32;
/// Length of a registration response.
pub const REGISTRATION_RESPONSE: usize = 64;
/// Length of a registration upload, the record that the server stores.
pub const REGISTRATION_UPLOAD: usize = 192;
/// Length of the first message of a sign-in.
pub const KE1: usize = 96;
/// Length of the second message of a sign-in.
pub const KE2: usize = 320;
/// Length of the third message of a sign-in.
pub const KE3: usize = 64;

/// The context string of a sign-in: `ctx("…/opaque", [suite, origin])`.
///
/// # Errors
/// Never for an [`Origin`], whose length is limited.
pub fn context(origin: &Origin) -> Result<Vec<u8>, ProtocolError> {
    Ok(ctx(
        Label::Opaque,
        &[
            (&[SUITE]).into(),
            Part::try_from(origin.as_str().as_bytes())?,
        ],
    ))
}

/// A `u16` length that must be `len`, and the bytes.
pub(super) fn read_exact(reader: &mut Reader<'_>, len: usize) -> Result<Vec<u8>, ProtocolError> {
    let bytes = reader.block16(len)?;
    if bytes.len() == len {
        Ok(bytes.to_vec())
    } else {
        Err(ProtocolError::Length)
    }
}
