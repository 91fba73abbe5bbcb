//! The client's half of OPAQUE without the stretching: for the server, which sees only the result,
//! there is no difference. The server's own tests use it, too.

use opaque_ke::errors::InternalError;
use opaque_ke::generic_array::{ArrayLength, GenericArray};
use opaque_ke::ksf::Ksf;
use opaque_ke::rand::{CryptoRng, Error, RngCore};
use opaque_ke::{
    CipherSuite, ClientLogin, ClientLoginFinishParameters, ClientRegistration,
    ClientRegistrationFinishParameters, CredentialResponse, Identifiers, RegistrationResponse,
    Ristretto255, TripleDh,
};
use sesame_protocol::account::{Origin, opaque};

use crate::LoadError;
use crate::noise::Noise;

struct Suite;

impl CipherSuite for Suite {
    type OprfCs = Ristretto255;
    type KeyExchange = TripleDh<Ristretto255, sha2_opaque::Sha512>;
    type Ksf = Unstretched;
}

/// No stretching. For this driver and tests of the server only.
#[derive(Default)]
struct Unstretched;

impl Ksf for Unstretched {
    fn hash<L: ArrayLength<u8>>(
        &self,
        input: GenericArray<u8, L>,
    ) -> Result<GenericArray<u8, L>, InternalError> {
        Ok(input)
    }
}

impl RngCore for Noise {
    fn next_u32(&mut self) -> u32 {
        let [a, b, c, d, ..] = self.draw().to_be_bytes();
        u32::from_be_bytes([a, b, c, d])
    }

    fn next_u64(&mut self) -> u64 {
        self.draw()
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        self.fill(dest);
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
        self.fill(dest);
        Ok(())
    }
}

/// It is not one. Nothing here is a secret of anybody's.
impl CryptoRng for Noise {}

/// A registration that waits for the server.
pub struct Registering(ClientRegistration<Suite>, String);

/// A sign-in that waits for the server.
pub struct SigningIn(ClientLogin<Suite>, String);

fn identifiers<'a>(cred_id: &'a [u8; 32], origin: &'a Origin) -> Identifiers<'a> {
    Identifiers {
        client: Some(cred_id),
        server: Some(origin.as_str().as_bytes()),
    }
}

impl Registering {
    /// The state and the request.
    ///
    /// # Errors
    /// `Opaque`.
    pub fn start(noise: &mut Noise, password: &str) -> Result<(Self, Vec<u8>), LoadError> {
        let started =
            ClientRegistration::start(noise, password.as_bytes()).map_err(|_| LoadError::Opaque)?;
        let request = started.message.serialize().to_vec();
        Ok((Self(started.state, password.to_owned()), request))
    }

    /// The record for the server to keep.
    ///
    /// # Errors
    /// `Opaque` for a response that is none.
    pub fn finish(
        self,
        noise: &mut Noise,
        response: &[u8],
        cred_id: &[u8; 32],
        origin: &Origin,
    ) -> Result<Vec<u8>, LoadError> {
        let response =
            RegistrationResponse::deserialize(response).map_err(|_| LoadError::Opaque)?;
        let parameters =
            ClientRegistrationFinishParameters::new(identifiers(cred_id, origin), None);
        let done = self
            .0
            .finish(noise, self.1.as_bytes(), response, parameters)
            .map_err(|_| LoadError::Opaque)?;
        Ok(done.message.serialize().to_vec())
    }
}

impl SigningIn {
    /// The state and KE1.
    ///
    /// # Errors
    /// `Opaque`.
    pub fn start(noise: &mut Noise, password: &str) -> Result<(Self, Vec<u8>), LoadError> {
        let started =
            ClientLogin::start(noise, password.as_bytes()).map_err(|_| LoadError::Opaque)?;
        let ke1 = started.message.serialize().to_vec();
        Ok((Self(started.state, password.to_owned()), ke1))
    }

    /// KE3.
    ///
    /// # Errors
    /// `Opaque` when the server's answer does not fit the password.
    pub fn finish(
        self,
        noise: &mut Noise,
        ke2: &[u8],
        cred_id: &[u8; 32],
        origin: &Origin,
    ) -> Result<Vec<u8>, LoadError> {
        let ke2 = CredentialResponse::deserialize(ke2).map_err(|_| LoadError::Opaque)?;
        let context = opaque::context(origin)?;
        let parameters =
            ClientLoginFinishParameters::new(Some(&context), identifiers(cred_id, origin), None);
        let done = self
            .0
            .finish(noise, self.1.as_bytes(), ke2, parameters)
            .map_err(|_| LoadError::Opaque)?;
        Ok(done.message.serialize().to_vec())
    }
}
