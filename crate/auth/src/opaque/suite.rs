//! The one suite: ristretto255, 3DH, SHA-512, and Argon2id on what the server's part of the
//! function gave.

use opaque_ke::CipherSuite;
use opaque_ke::errors::InternalError;
use opaque_ke::generic_array::{ArrayLength, GenericArray};
use opaque_ke::ksf::Ksf;
use sesame_protocol::account::opaque::{
    KSF_LANES, KSF_MEMORY_KIB, KSF_OUTPUT, KSF_PASSES, KSF_SALT,
};
use sha2_opaque::Sha512;

use crate::argon2id::{Cost, Input, LONG_TAG_LEN, argon2id_long};

/// Length of the name of a record in bytes.
pub const CRED_ID_LEN: usize = 32;
/// Length of a server's public key in bytes.
pub const SERVER_KEY_LEN: usize = 32;

/// The suite of Sesame's accounts.
pub(super) struct Suite;

impl CipherSuite for Suite {
    type OprfCs = opaque_ke::Ristretto255;
    type KeyExchange = opaque_ke::TripleDh<opaque_ke::Ristretto255, Sha512>;
    type Ksf = Stretch;
}

/// Argon2id: whoever has the server's records and its key pays this for each password that they try
/// (S-24). Fixed: a record can't be read with another.
#[derive(Default)]
pub(super) struct Stretch;

/// Is the suite's stretching the one above? Anything else, `Identity` first of all, doesn't compile.
const _: fn(<Suite as CipherSuite>::Ksf) -> Stretch = |stretch| stretch;
const COST: Cost = Cost {
    passes: KSF_PASSES,
    memory_kib: KSF_MEMORY_KIB,
    lanes: KSF_LANES,
};
const _: () = assert!(
    COST.memory_kib == 64 * 1024
        && COST.passes == 3
        && COST.lanes == 4
        && LONG_TAG_LEN == KSF_OUTPUT
);

impl Ksf for Stretch {
    fn hash<L: ArrayLength<u8>>(
        &self,
        input: GenericArray<u8, L>,
    ) -> Result<GenericArray<u8, L>, InternalError> {
        let input = Input {
            password: &input,
            salt: &KSF_SALT,
            ..Input::default()
        };
        let tag = argon2id_long(COST, input).map_err(|_| InternalError::KsfError)?;
        GenericArray::from_exact_iter(tag.iter().copied()).ok_or(InternalError::KsfError)
    }
}
