//! The client's half of OPAQUE, as the load driver has it. Its messages are the suite's; only the
//! stretching is left out, which the server never sees: hundreds of sign-ins would take minutes. The
//! suite's own is tried in src/opaque/tests.rs.

use sesame_load::noise::Noise;
use sesame_load::opaque as client;
use sesame_protocol::account::Origin;

fn noise() -> Noise {
    Noise::new(u64::from_ne_bytes(super::vault::random()))
}

/// A registration under way.
pub struct Registering(client::Registering);

impl Registering {
    pub fn start(password: &str) -> (Self, Vec<u8>) {
        let (state, request) = client::Registering::start(&mut noise(), password).unwrap();
        (Self(state), request)
    }

    pub fn finish(self, response: &[u8], cred_id: &[u8; 32], origin: &Origin) -> Vec<u8> {
        let finished = self.0.finish(&mut noise(), response, cred_id, origin);
        finished.unwrap()
    }
}

/// A sign-in under way.
pub struct SigningIn(client::SigningIn);

impl SigningIn {
    pub fn start(password: &str) -> (Self, Vec<u8>) {
        let (state, ke1) = client::SigningIn::start(&mut noise(), password).unwrap();
        (Self(state), ke1)
    }

    /// KE3, unless the server's answer does not fit the password.
    pub fn finish(self, ke2: &[u8], cred_id: &[u8; 32], origin: &Origin) -> Option<Vec<u8>> {
        self.0.finish(&mut noise(), ke2, cred_id, origin).ok()
    }
}
