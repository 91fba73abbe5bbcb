//! Against opaque-ke's own server half with the same suite; what the two halves say to each other is
//! frozen in tests/vectors/opaque.json, which the account server's tests read too.

mod alterations;
mod vectors;

use std::sync::LazyLock;

use opaque_ke::{
    CredentialFinalization, CredentialRequest, Identifiers, RegistrationRequest,
    RegistrationUpload, ServerLogin, ServerLoginParameters, ServerRegistration, ServerSetup,
};
use sesame_protocol::account::Origin;
use sesame_protocol::account::opaque::context;

use super::random::Randomness;
use super::suite::Suite;
use super::{Party, Registered, Registering, SigningIn};
use crate::{AuthError, Password};

pub(crate) fn party() -> Party<'static> {
    static ORIGIN: LazyLock<Origin> =
        LazyLock::new(|| Origin::parse("https://sesame.example").unwrap());
    Party {
        origin: &ORIGIN,
        cred_id: &[0x5e; 32],
    }
}

/// A server with fixed keys.
pub(crate) struct Server(ServerSetup<Suite>);

/// What a server keeps between its answer and the client's last message.
pub(crate) struct Waiting(ServerLogin<Suite>);

fn randomness() -> Randomness {
    Randomness::of(|bytes| {
        bytes.fill(9);
        true
    })
}

impl Server {
    pub(crate) fn new() -> Self {
        Self(ServerSetup::new(&mut randomness()))
    }

    fn other() -> Self {
        Self(ServerSetup::new(&mut Randomness::of(|bytes| {
            bytes.fill(11);
            true
        })))
    }

    pub(crate) fn response(&self, request: &[u8]) -> Vec<u8> {
        let request = RegistrationRequest::deserialize(request).unwrap();
        let started = ServerRegistration::start(&self.0, request, party().cred_id).unwrap();
        started.message.serialize().to_vec()
    }

    pub(crate) fn answer(&self, ke1: &[u8], upload: Option<&[u8]>) -> (Vec<u8>, Waiting) {
        self.answer_as(party(), ke1, upload)
    }

    fn answer_as(&self, party: Party<'_>, ke1: &[u8], upload: Option<&[u8]>) -> (Vec<u8>, Waiting) {
        let record = upload.map(|upload| {
            ServerRegistration::finish(RegistrationUpload::deserialize(upload).unwrap())
        });
        let context = context(party.origin).unwrap();
        let params = ServerLoginParameters {
            context: Some(&context),
            identifiers: Identifiers {
                client: Some(party.cred_id),
                server: Some(party.origin.as_str().as_bytes()),
            },
        };
        let ke1 = CredentialRequest::deserialize(ke1).unwrap();
        let started = ServerLogin::start(
            &mut randomness(),
            &self.0,
            record,
            ke1,
            party.cred_id,
            params,
        )
        .unwrap();
        (started.message.serialize().to_vec(), Waiting(started.state))
    }
}

impl Waiting {
    pub(crate) fn accepts(self, ke3: &[u8]) -> bool {
        CredentialFinalization::deserialize(ke3)
            .ok()
            .and_then(|ke3| {
                let params = ServerLoginParameters::default();
                self.0.finish(ke3, params).ok()
            })
            .is_some()
    }
}

fn password() -> Password {
    Password::new(b"correct horse battery staple").unwrap()
}

fn fixed() -> Randomness {
    Randomness::of(|bytes| {
        bytes.fill(7);
        true
    })
}

fn registered(server: &Server) -> Registered {
    let (state, request) = Registering::start_with(&mut fixed(), &password()).unwrap();
    let response = server.response(&request);
    state
        .finish_with(&mut fixed(), &password(), &response, party())
        .unwrap()
}

#[test]
fn s23_another_password_another_record_and_no_record_look_the_same() {
    let server = Server::new();
    let record = registered(&server).upload;
    let wrong = Password::new(b"correct horse battery stable").unwrap();
    for (typed, upload) in [(&wrong, Some(&record)), (&password(), None)] {
        let (state, ke1) = SigningIn::start(typed).unwrap();
        let (ke2, _) = server.answer(&ke1, upload.map(Vec::as_slice));
        let refused = state.finish(typed, &ke2, party(), None).err();
        assert_eq!(refused, Some(AuthError::Denied));
    }
}

#[test]
fn s23_a_server_with_another_key_gets_no_last_message() {
    // It has the same record and even the same function key; only its own key is another.
    let server = Server::new();
    let registered = registered(&server);
    let (state, ke1) = SigningIn::start(&password()).unwrap();
    let (ke2, _) = server.answer(&ke1, Some(&registered.upload));
    let mut pin = registered.server_key;
    pin[31] ^= 1;
    let refused = state.finish(&password(), &ke2, party(), Some(&pin)).err();
    assert_eq!(refused, Some(AuthError::ServerKey));

    let (state, ke1) = SigningIn::start(&password()).unwrap();
    let (ke2, _) = Server::other().answer(&ke1, Some(&registered.upload));
    let refused = state.finish(&password(), &ke2, party(), None).err();
    assert_eq!(refused, Some(AuthError::Denied));
}

#[test]
fn s23_a_record_belongs_to_one_origin_and_one_name() {
    let server = Server::new();
    let record = registered(&server).upload;
    let elsewhere = Party {
        origin: &Origin::parse("https://sesame.example:8443").unwrap(),
        ..party()
    };
    let somebody = Party {
        cred_id: &[0x5f; 32],
        ..party()
    };
    for wrong in [elsewhere, somebody] {
        let (state, ke1) = SigningIn::start(&password()).unwrap();
        let (ke2, _) = server.answer_as(party(), &ke1, Some(&record));
        let refused = state.finish(&password(), &ke2, wrong, None).err();
        assert_eq!(refused, Some(AuthError::Denied), "{wrong:?}");
    }
}

#[test]
fn s23_a_reflected_element_is_refused() {
    let server = Server::new();
    let (state, request) = Registering::start(&password()).unwrap();
    let mut response = server.response(&request);
    response[..32].copy_from_slice(&request);
    let refused = state.finish(&password(), &response, party()).err();
    assert_eq!(refused, Some(AuthError::Denied));

    let record = registered(&server).upload;
    let (state, ke1) = SigningIn::start(&password()).unwrap();
    let (mut ke2, _) = server.answer(&ke1, Some(&record));
    ke2[..32].copy_from_slice(&ke1[..32]);
    let refused = state.finish(&password(), &ke2, party(), None).err();
    assert_eq!(refused, Some(AuthError::Denied));
}

#[test]
fn s37_without_randomness_nothing_is_made() {
    let none = || Randomness::of(|_| false);
    let refused = Some(AuthError::NoRandomness);
    assert_eq!(
        Registering::start_with(&mut none(), &password()).err(),
        refused
    );
    assert_eq!(
        SigningIn::start_with(&mut none(), &password()).err(),
        refused
    );
    let (state, request) = Registering::start(&password()).unwrap();
    let response = Server::new().response(&request);
    let made = state.finish_with(&mut none(), &password(), &response, party());
    assert_eq!(made.err(), refused);
}

#[test]
fn starts_differ_each_time() {
    let (_, first) = SigningIn::start(&password()).unwrap();
    let (_, second) = SigningIn::start(&password()).unwrap();
    assert_ne!(first[..32], second[..32]);
    assert_ne!(first[32..64], second[32..64]);
    assert_ne!(first[64..], second[64..]);
}
