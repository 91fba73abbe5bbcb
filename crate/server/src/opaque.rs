//! OPAQUE (RFC 9807), the server's side: who signs in proves a password that never arrives here.
//!
//! The suite is ristretto255, TripleDh, SHA-512 and a key-stretching function of our own (S-24).
//! The server never stretches: the function is here because a suite without it would be another
//! suite, and because the tests play the client with it.

use argon2::{Algorithm, Argon2, Params, Version};
use opaque_ke::errors::InternalError;
use opaque_ke::generic_array::{ArrayLength, GenericArray};
use opaque_ke::ksf::Ksf;
use opaque_ke::rand::{CryptoRng, Error as RngError, RngCore};
use opaque_ke::{
    CipherSuite, CredentialFinalization, CredentialRequest, Identifiers, RegistrationRequest,
    RegistrationUpload, Ristretto255, ServerLogin, ServerLoginParameters, ServerRegistration,
    ServerSetup, TripleDh,
};
use sesame_protocol::account::{Origin, opaque as agreed};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::seal::{SealError, open, seal as sealed};

/// Length of an account's OPAQUE credential identifier in bytes.
pub const CRED_ID_LEN: usize = 32;
/// Length of [`Setup::to_bytes`].
pub const SETUP_LEN: usize = 128;
/// What the sealed state is called.
const STATE: &[u8] = b"opaque-state";

/// The suite. Extension and server must agree on every part of it.
#[derive(Debug, Clone, Copy)]
pub struct Suite;

impl CipherSuite for Suite {
    type OprfCs = Ristretto255;
    type KeyExchange = TripleDh<Ristretto255, sha2_opaque::Sha512>;
    type Ksf = Stretch;
}

/// Argon2id with the one set of parameters that both sides know (S-24): as RFC 9807 section 7 has
/// it, with a salt of zeros, because the OPRF's output is already salted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch;

impl Ksf for Stretch {
    fn hash<L: ArrayLength<u8>>(
        &self,
        input: GenericArray<u8, L>,
    ) -> Result<GenericArray<u8, L>, InternalError> {
        let params = Params::new(
            agreed::KSF_MEMORY_KIB,
            agreed::KSF_PASSES,
            agreed::KSF_LANES,
            Some(L::to_usize()),
        )
        .map_err(|_| InternalError::KsfError)?;
        let mut out = GenericArray::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(&input, &agreed::KSF_SALT, &mut out)
            .map_err(|_| InternalError::KsfError)?;
        Ok(out)
    }
}

/// Why an OPAQUE step did not go on. Says nothing about whether an account exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpaqueError {
    /// The message is not one of the suite's, or holds an invalid group element (S-25).
    #[error("not an OPAQUE message of this suite")]
    Message,
    /// The proof does not hold.
    #[error("proof does not hold")]
    Proof,
    /// Stored bytes can't be read: damaged, or sealed by other secrets.
    #[error("stored OPAQUE data can't be read")]
    Stored,
}

impl From<SealError> for OpaqueError {
    fn from(_: SealError) -> Self {
        Self::Stored
    }
}

/// Random bytes of the system, for a library of an older generation.
#[derive(Debug, Clone, Copy)]
struct System;

impl RngCore for System {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_ne_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_ne_bytes(bytes)
    }

    /// Never gives bytes that are not random: where the system has none, the process ends (S-37).
    fn fill_bytes(&mut self, dest: &mut [u8]) {
        if getrandom::fill(dest).is_err() {
            std::process::abort();
        }
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), RngError> {
        self.fill_bytes(dest);
        Ok(())
    }
}

impl CryptoRng for System {}

/// The server's OPAQUE secrets: seed of all OPRF keys, key of the key exchange, the stand-in's key.
/// Losing them means that nobody signs in any more (S-146).
#[derive(Clone)]
pub struct Setup(ServerSetup<Suite>);

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Setup")
    }
}

/// What a client and this server name each other in an exchange.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The account's OPAQUE credential identifier.
    pub cred_id: &'a [u8; CRED_ID_LEN],
    /// The configured origin, as the browser writes it.
    pub origin: &'a Origin,
}

impl<'a> Names<'a> {
    fn identifiers(self) -> Identifiers<'a> {
        Identifiers {
            client: Some(self.cred_id),
            server: Some(self.origin.as_str().as_bytes()),
        }
    }
}

/// The server's answer to KE1, and what it must remember until KE3.
pub struct Started {
    /// KE2.
    pub ke2: Vec<u8>,
    /// The server's state, sealed (see [`Setup::login`]).
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for Started {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Started")
    }
}

impl Setup {
    /// New secrets.
    #[must_use]
    pub fn generate() -> Self {
        Self(ServerSetup::new(&mut System))
    }

    /// Secrets from where they are kept.
    ///
    /// # Errors
    /// [`OpaqueError::Stored`] unless `bytes` is what [`Setup::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, OpaqueError> {
        if bytes.len() != SETUP_LEN {
            return Err(OpaqueError::Stored);
        }
        ServerSetup::deserialize(bytes)
            .map(Self)
            .map_err(|_| OpaqueError::Stored)
    }

    /// For the secrets file: [`SETUP_LEN`] bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.serialize().to_vec())
    }

    /// The answer to a registration request. Keeps no state.
    ///
    /// # Errors
    /// [`OpaqueError::Message`].
    pub fn register(
        &self,
        cred_id: &[u8; CRED_ID_LEN],
        request: &[u8],
    ) -> Result<Vec<u8>, OpaqueError> {
        let request =
            RegistrationRequest::deserialize(exact(request, agreed::REGISTRATION_REQUEST)?)
                .map_err(|_| OpaqueError::Message)?;
        let started = ServerRegistration::<Suite>::start(&self.0, request, cred_id)
            .map_err(|_| OpaqueError::Message)?;
        Ok(started.message.serialize().to_vec())
    }

    /// Answers KE1. Without a `record` the answer is a stand-in's, computed with the same work, and
    /// no KE3 will fit it (S-118). The state is sealed with `seal` and bound to `login_id`, so that
    /// who only reads the database can't finish somebody's sign-in.
    ///
    /// # Errors
    /// [`OpaqueError::Message`], [`OpaqueError::Stored`].
    pub fn login(
        &self,
        record: Option<&[u8]>,
        names: Names<'_>,
        ke1: &[u8],
        seal: &[u8; 32],
        login_id: &[u8; 16],
    ) -> Result<Started, OpaqueError> {
        let record = record
            .map(ServerRegistration::<Suite>::deserialize)
            .transpose()
            .map_err(|_| OpaqueError::Stored)?;
        let request = CredentialRequest::deserialize(exact(ke1, agreed::KE1)?)
            .map_err(|_| OpaqueError::Message)?;
        let context = agreed::context(names.origin).map_err(|_| OpaqueError::Stored)?;
        let started = ServerLogin::start(
            &mut System,
            &self.0,
            record,
            request,
            names.cred_id,
            ServerLoginParameters {
                context: Some(&context),
                identifiers: names.identifiers(),
            },
        )
        .map_err(|_| OpaqueError::Message)?;
        let state = Zeroizing::new(started.state.serialize().to_vec());
        Ok(Started {
            ke2: started.message.serialize().to_vec(),
            sealed: sealed(seal, &[STATE, login_id], &state)?,
        })
    }
}

/// Checks KE3 against the state that [`Setup::login`] sealed.
///
/// # Errors
/// [`OpaqueError::Proof`] when the password was another one, [`OpaqueError::Message`],
/// [`OpaqueError::Stored`].
pub fn finish(
    state: &[u8],
    names: Names<'_>,
    ke3: &[u8],
    seal: &[u8; 32],
    login_id: &[u8; 16],
) -> Result<(), OpaqueError> {
    let state = open(seal, &[STATE, login_id], state)?;
    let login = ServerLogin::<Suite>::deserialize(&state).map_err(|_| OpaqueError::Stored)?;
    let message = CredentialFinalization::deserialize(exact(ke3, agreed::KE3)?)
        .map_err(|_| OpaqueError::Message)?;
    let context = agreed::context(names.origin).map_err(|_| OpaqueError::Stored)?;
    let parameters = ServerLoginParameters {
        context: Some(&context),
        identifiers: names.identifiers(),
    };
    login
        .finish(message, parameters)
        .map(|_| ())
        .map_err(|_| OpaqueError::Proof)
}

/// What is stored of an upload: the record, after its elements were checked (S-25).
///
/// # Errors
/// [`OpaqueError::Message`].
pub fn record(upload: &[u8]) -> Result<Vec<u8>, OpaqueError> {
    let upload =
        RegistrationUpload::<Suite>::deserialize(exact(upload, agreed::REGISTRATION_UPLOAD)?)
            .map_err(|_| OpaqueError::Message)?;
    Ok(ServerRegistration::finish(upload).serialize().to_vec())
}

/// The library reads what it needs and leaves the rest: one spelling is enough.
const fn exact(message: &[u8], len: usize) -> Result<&[u8], OpaqueError> {
    if message.len() == len {
        Ok(message)
    } else {
        Err(OpaqueError::Message)
    }
}

#[cfg(test)]
mod tests;
