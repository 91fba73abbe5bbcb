//! The client's half of OPAQUE. Its messages are the suite's; only the stretching is left out, which
//! the server never sees: hundreds of sign-ins would take minutes. The suite's own is tried in
//! src/opaque/tests.rs.

use opaque_ke::errors::InternalError;
use opaque_ke::generic_array::{ArrayLength, GenericArray};
use opaque_ke::ksf::Ksf;
use opaque_ke::rand::{CryptoRng, Error, RngCore};
use opaque_ke::{
    CipherSuite, ClientLogin, ClientLoginFinishParameters, ClientRegistration,
    ClientRegistrationFinishParameters, CredentialResponse, Identifiers, RegistrationResponse,
    Ristretto255, TripleDh,
};
use sesame_protocol::account::{Origin, opaque::context};

struct Quick;

impl CipherSuite for Quick {
    type OprfCs = Ristretto255;
    type KeyExchange = TripleDh<Ristretto255, sha2_opaque::Sha512>;
    type Ksf = Unstretched;
}

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

struct System;

impl RngCore for System {
    fn next_u32(&mut self) -> u32 {
        u32::from_ne_bytes(super::vault::random())
    }

    fn next_u64(&mut self) -> u64 {
        u64::from_ne_bytes(super::vault::random())
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        getrandom::fill(dest).unwrap();
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}

impl CryptoRng for System {}

fn identifiers<'a>(cred_id: &'a [u8; 32], origin: &'a Origin) -> Identifiers<'a> {
    Identifiers {
        client: Some(cred_id),
        server: Some(origin.as_str().as_bytes()),
    }
}

/// A registration under way.
pub struct Registering(ClientRegistration<Quick>, String);

impl Registering {
    pub fn start(password: &str) -> (Self, Vec<u8>) {
        let start = ClientRegistration::start(&mut System, password.as_bytes()).unwrap();
        (
            Self(start.state, password.to_owned()),
            start.message.serialize().to_vec(),
        )
    }

    pub fn finish(self, response: &[u8], cred_id: &[u8; 32], origin: &Origin) -> Vec<u8> {
        let response = RegistrationResponse::deserialize(response).unwrap();
        let parameters =
            ClientRegistrationFinishParameters::new(identifiers(cred_id, origin), None);
        self.0
            .finish(&mut System, self.1.as_bytes(), response, parameters)
            .unwrap()
            .message
            .serialize()
            .to_vec()
    }
}

/// A sign-in under way.
pub struct SigningIn(ClientLogin<Quick>, String);

impl SigningIn {
    pub fn start(password: &str) -> (Self, Vec<u8>) {
        let start = ClientLogin::start(&mut System, password.as_bytes()).unwrap();
        (
            Self(start.state, password.to_owned()),
            start.message.serialize().to_vec(),
        )
    }

    /// KE3, unless the server's answer does not fit the password.
    pub fn finish(self, ke2: &[u8], cred_id: &[u8; 32], origin: &Origin) -> Option<Vec<u8>> {
        let context = context(origin).unwrap();
        let parameters =
            ClientLoginFinishParameters::new(Some(&context), identifiers(cred_id, origin), None);
        let response = CredentialResponse::deserialize(ke2).unwrap();
        let finished = self
            .0
            .finish(&mut System, self.1.as_bytes(), response, parameters)
            .ok()?;
        Some(finished.message.serialize().to_vec())
    }
}
