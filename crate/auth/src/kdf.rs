//! Argon2id (RFC 9106, version 0x13) with the parameter sets of security.md 2.2 and no others.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroizing;

use crate::{AuthError, Password};

/// Length of a salt in bytes.
pub const SALT_LEN: usize = 32;
/// Length of a stretched password in bytes.
pub const STRETCHED_LEN: usize = 32;
const PASSES: u32 = 3;
const LANES: u32 = 4;
const KIB_PER_MIB: u32 = 1024;

/// What leaves this room: the input of the password slot's key. Wiped on drop.
pub type StretchedPassword = Zeroizing<[u8; STRETCHED_LEN]>;

/// Which parameters. An id instead of numbers, so that nobody can hand over weaker or absurd ones
/// (S-01, S-02). All use 3 passes and 4 lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KdfId {
    /// 64 MiB: the second recommended option of RFC 9106 section 4.
    Mib64,
    /// 128 MiB.
    Mib128,
    /// 256 MiB.
    Mib256,
}

impl KdfId {
    /// Working memory in KiB, Argon2's `m`.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        match self {
            Self::Mib64 => 64 * KIB_PER_MIB,
            Self::Mib128 => 128 * KIB_PER_MIB,
            Self::Mib256 => 256 * KIB_PER_MIB,
        }
    }
}

impl TryFrom<u8> for KdfId {
    type Error = AuthError;

    fn try_from(id: u8) -> Result<Self, AuthError> {
        match id {
            1 => Ok(Self::Mib64),
            2 => Ok(Self::Mib128),
            3 => Ok(Self::Mib256),
            _ => Err(AuthError::UnknownKdf),
        }
    }
}

/// Stretches a password. Takes a third of a second and up to 256 MiB; the memory is wiped before it
/// is given back (S-100).
///
/// # Errors
/// [`AuthError::SaltLength`] unless the salt is [`SALT_LEN`] bytes, [`AuthError::OutOfMemory`].
pub fn stretch(
    password: &Password,
    salt: &[u8],
    kdf: KdfId,
) -> Result<StretchedPassword, AuthError> {
    if salt.len() != SALT_LEN {
        return Err(AuthError::SaltLength);
    }
    let params = Params::new(kdf.memory_kib(), PASSES, LANES, Some(STRETCHED_LEN))
        .map_err(|_| AuthError::UnknownKdf)?;
    let mut memory: Vec<Block> = Vec::new();
    memory
        .try_reserve_exact(params.block_count())
        .map_err(|_| AuthError::OutOfMemory)?;
    memory.resize(params.block_count(), Block::new());
    let mut memory = Zeroizing::new(memory);
    let mut stretched = StretchedPassword::default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(
            password.as_bytes(),
            salt,
            stretched.as_mut_slice(),
            memory.as_mut_slice(),
        )
        .map_err(|_| AuthError::OutOfMemory)?;
    Ok(stretched)
}

#[cfg(test)]
mod tests;
