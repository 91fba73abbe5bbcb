//! The client's half of OPAQUE (RFC 9807): signing up and signing in without the server ever seeing
//! the password, or anything that it could try passwords on before it has shown that it holds the
//! account's record.
//!
//! A start gives a message and a state; the state's finish takes the server's answer and is used up
//! by it, whatever comes of it: one start tries one password once (S-23).

mod random;
mod suite;

use opaque_ke::errors::{InternalError, ProtocolError};
use opaque_ke::{
    ClientLogin, ClientLoginFinishParameters, ClientRegistration,
    ClientRegistrationFinishParameters, CredentialResponse, Identifiers, RegistrationResponse,
};
use sesame_protocol::account::Origin;
use sesame_protocol::account::opaque::{KE2, REGISTRATION_RESPONSE, context};
use subtle::ConstantTimeEq as _;

use crate::{AuthError, Password};
use random::Randomness;
use suite::{Stretch, Suite};

pub use suite::{CRED_ID_LEN, SERVER_KEY_LEN};

/// With which server, as whom.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    /// The server's origin.
    pub origin: &'a Origin,
    /// The name under which the server keeps the record.
    pub cred_id: &'a [u8; CRED_ID_LEN],
}

impl Party<'_> {
    fn identifiers(&self) -> Identifiers<'_> {
        Identifiers {
            client: Some(self.cred_id),
            server: Some(self.origin.as_str().as_bytes()),
        }
    }
}

/// A registration that waits for the server's response.
pub struct Registering(ClientRegistration<Suite>);

/// What a registration gives.
pub struct Registered {
    /// The record for the server to keep.
    pub upload: Vec<u8>,
    /// The server's public key: to be pinned (S-23).
    pub server_key: [u8; SERVER_KEY_LEN],
}

impl Registering {
    /// The state and the request.
    ///
    /// # Errors
    /// [`AuthError::NoRandomness`].
    pub fn start(password: &Password) -> Result<(Self, Vec<u8>), AuthError> {
        Self::start_with(&mut Randomness::system(), password)
    }

    fn start_with(
        random: &mut Randomness,
        password: &Password,
    ) -> Result<(Self, Vec<u8>), AuthError> {
        let started = ClientRegistration::start(random, password.as_bytes()).map_err(failed)?;
        random.check()?;
        Ok((Self(started.state), started.message.serialize().to_vec()))
    }

    /// The record, made with the server's response. Takes as long as a key derivation.
    ///
    /// # Errors
    /// [`AuthError::ServerAnswer`] for a response that is none, [`AuthError::OutOfMemory`],
    /// [`AuthError::NoRandomness`].
    pub fn finish(
        self,
        password: &Password,
        response: &[u8],
        party: Party<'_>,
    ) -> Result<Registered, AuthError> {
        self.finish_with(&mut Randomness::system(), password, response, party)
    }

    fn finish_with(
        self,
        random: &mut Randomness,
        password: &Password,
        response: &[u8],
        party: Party<'_>,
    ) -> Result<Registered, AuthError> {
        let response: &[u8; REGISTRATION_RESPONSE] =
            response.try_into().map_err(|_| AuthError::ServerAnswer)?;
        let response =
            RegistrationResponse::deserialize(response).map_err(|_| AuthError::ServerAnswer)?;
        let params = ClientRegistrationFinishParameters::new(party.identifiers(), Some(&Stretch));
        let done = self
            .0
            .finish(random, password.as_bytes(), response, params)
            .map_err(failed)?;
        random.check()?;
        Ok(Registered {
            upload: done.message.serialize().to_vec(),
            server_key: done.server_s_pk.serialize().into(),
        })
    }
}

/// A sign-in that waits for the server's answer.
pub struct SigningIn(ClientLogin<Suite>);

/// What a sign-in gives.
pub struct SignedIn {
    /// What shows the server that the password is the right one.
    pub ke3: Vec<u8>,
    /// The server's public key: to be pinned, or what the pin says already.
    pub server_key: [u8; SERVER_KEY_LEN],
}

impl SigningIn {
    /// The state and the first message.
    ///
    /// # Errors
    /// [`AuthError::NoRandomness`].
    pub fn start(password: &Password) -> Result<(Self, Vec<u8>), AuthError> {
        Self::start_with(&mut Randomness::system(), password)
    }

    fn start_with(
        random: &mut Randomness,
        password: &Password,
    ) -> Result<(Self, Vec<u8>), AuthError> {
        let started = ClientLogin::start(random, password.as_bytes()).map_err(failed)?;
        random.check()?;
        Ok((Self(started.state), started.message.serialize().to_vec()))
    }

    /// Checks the server's answer, and only then makes the last message. With a pinned key the
    /// server must be the one of then: nothing is made for another (S-23). Takes as long as a key
    /// derivation.
    ///
    /// # Errors
    /// [`AuthError::ServerAnswer`] for an answer that is none, [`AuthError::Denied`] if the password
    /// is not the record's, or the answer not this record's, or not for this message, or altered:
    /// these can't be told apart. [`AuthError::ServerKey`] for another server than the pinned one,
    /// [`AuthError::OutOfMemory`].
    pub fn finish(
        self,
        password: &Password,
        ke2: &[u8],
        party: Party<'_>,
        pinned: Option<&[u8; SERVER_KEY_LEN]>,
    ) -> Result<SignedIn, AuthError> {
        let ke2: &[u8; KE2] = ke2.try_into().map_err(|_| AuthError::ServerAnswer)?;
        let answer = CredentialResponse::deserialize(ke2).map_err(|_| AuthError::ServerAnswer)?;
        let context = context(party.origin).map_err(|_| AuthError::ServerAnswer)?;
        let params =
            ClientLoginFinishParameters::new(Some(&context), party.identifiers(), Some(&Stretch));
        let random = &mut Randomness::system();
        let done = self
            .0
            .finish(random, password.as_bytes(), answer, params)
            .map_err(failed)?;
        random.check()?;
        let server_key: [u8; SERVER_KEY_LEN] = done.server_s_pk.serialize().into();
        if pinned.is_some_and(|pinned| !bool::from(pinned.ct_eq(&server_key))) {
            return Err(AuthError::ServerKey);
        }
        Ok(SignedIn {
            ke3: done.message.serialize().to_vec(),
            server_key,
        })
    }
}

/// Why the other side's message led nowhere. One answer to all that a wrong password could be too.
fn failed(error: ProtocolError) -> AuthError {
    match error {
        ProtocolError::LibraryError(InternalError::KsfError) => AuthError::OutOfMemory,
        _ => AuthError::Denied,
    }
}

#[cfg(test)]
pub(crate) mod tests;
