//! Frozen: whoever changes these locks people out of their accounts.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use opaque_ke::generic_array::GenericArray;
use opaque_ke::generic_array::typenum::U64;
use opaque_ke::ksf::Ksf as _;
use serde_json::{Value, json};
use sesame_protocol::account::opaque::context;

use super::super::suite::Stretch;
use super::{Registering, Server, SigningIn, fixed, party, password, registered};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One registration and one sign-in. The client draws bytes 07, the server 09.
fn exchange() -> Value {
    let server = Server::new();
    let (_, request) = Registering::start_with(&mut fixed(), &password()).unwrap();
    let registered = registered(&server);
    let (state, ke1) = SigningIn::start_with(&mut fixed(), &password()).unwrap();
    let (ke2, waiting) = server.answer(&ke1, Some(&registered.upload));
    let server_state = waiting.0.serialize();
    let signed_in = state.finish(&password(), &ke2, party(), None).unwrap();
    assert!(waiting.accepts(&signed_in.ke3));
    json!({
        "origin": party().origin.as_str(),
        "credId": hex(party().cred_id),
        "context": hex(&context(party().origin).unwrap()),
        "password": String::from_utf8_lossy(password().as_bytes()),
        "clientRandom": "07",
        "serverRandom": "09",
        "setup": hex(&server.0.serialize()),
        "serverKey": hex(&registered.server_key),
        "request": hex(&request),
        "response": hex(&server.response(&request)),
        "upload": hex(&registered.upload),
        "ke1": hex(&ke1),
        "ke2": hex(&ke2),
        "serverState": hex(&server_state),
        "ke3": hex(&signed_in.ke3),
    })
}

fn frozen() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/opaque.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

#[test]
fn what_the_two_sides_say_is_frozen() {
    assert_eq!(exchange(), frozen()["exchange"]);
}

/// RustCrypto's `argon2` with the numbers written out is the judge.
#[test]
fn s24_the_stretching_is_argon2id_with_64_mib() {
    let stretched = Stretch
        .hash(GenericArray::<u8, U64>::from([0x42; 64]))
        .unwrap();
    assert_eq!(hex(&stretched), frozen()["stretched"]["output"]);
    let mut expected = [0; 64];
    let params = Params::new(65_536, 3, 4, Some(64)).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(&[0x42; 64], &[0; 16], &mut expected)
        .unwrap();
    assert_eq!(hex(&stretched), hex(&expected));
}
