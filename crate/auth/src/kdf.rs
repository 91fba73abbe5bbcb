//! Argon2id (RFC 9106, version 0x13) with the parameter sets of security.md 2.2 and no others.

use zeroize::Zeroizing;

use crate::argon2id::{Cost, Input, TAG_LEN, argon2id};
use crate::{AuthError, Password};

/// Length of a salt in bytes.
pub const SALT_LEN: usize = 32;
/// Length of a stretched password in bytes.
pub const STRETCHED_LEN: usize = TAG_LEN;
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

    const fn cost(self) -> Cost {
        Cost {
            passes: PASSES,
            memory_kib: self.memory_kib(),
            lanes: LANES,
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
    let input = Input {
        password: password.as_bytes(),
        salt,
        ..Input::default()
    };
    argon2id(kdf.cost(), input).map_err(|_| AuthError::OutOfMemory)
}

/// Does a little work, so that the browser compiles this module well before it is wanted; with
/// `memory`, touches as much memory as those parameters need, so that it is there by then.
///
/// # Errors
/// [`AuthError::OutOfMemory`].
pub fn warm(memory: Option<KdfId>) -> Result<(), AuthError> {
    let cost = Cost {
        passes: 1,
        ..KdfId::Mib64.cost()
    };
    let cost = match memory {
        None => Cost {
            passes: 4,
            memory_kib: KIB_PER_MIB,
            ..cost
        },
        Some(kdf) => Cost {
            memory_kib: kdf.memory_kib(),
            ..cost
        },
    };
    let input = Input {
        password: b"warm",
        salt: b"warm",
        ..Input::default()
    };
    argon2id(cost, input)
        .map(|_tag| ())
        .map_err(|_| AuthError::OutOfMemory)
}

#[cfg(test)]
mod tests;
