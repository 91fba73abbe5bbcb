use opaque_ke::generic_array::typenum::U64;
use opaque_ke::{
    ClientLogin, ClientLoginFinishParameters, ClientRegistration,
    ClientRegistrationFinishParameters, CredentialResponse, RegistrationResponse,
};
use sesame_protocol::account::{Origin, opaque as agreed};

use super::*;

const CRED: [u8; 32] = [7; 32];
const SEAL: [u8; 32] = [9; 32];
const LOGIN: [u8; 16] = [3; 16];

fn origin() -> Origin {
    Origin::parse("https://sesame.example").expect("an origin")
}

fn names(origin: &Origin) -> Names<'_> {
    Names {
        cred_id: &CRED,
        origin,
    }
}

/// The client's half of a registration, with the suite's own stretching.
fn registered(setup: &Setup, origin: &Origin, password: &[u8]) -> Vec<u8> {
    let start = ClientRegistration::<Suite>::start(&mut System, password).expect("starts");
    let response = setup
        .register(&CRED, &start.message.serialize())
        .expect("answers");
    let finished = start
        .state
        .finish(
            &mut System,
            password,
            RegistrationResponse::deserialize(&response).expect("a response"),
            ClientRegistrationFinishParameters::new(names(origin).identifiers(), None),
        )
        .expect("finishes");
    record(&finished.message.serialize()).expect("a record")
}

/// KE1, and what gives KE3 from KE2; `None` where the client gives up.
fn signing_in(
    password: &'static [u8],
    origin: Origin,
) -> (Vec<u8>, impl FnOnce(&[u8]) -> Option<Vec<u8>>) {
    let start = ClientLogin::<Suite>::start(&mut System, password).expect("starts");
    let ke1 = start.message.serialize().to_vec();
    let answer = move |ke2: &[u8]| {
        let context = agreed::context(&origin).ok()?;
        let parameters =
            ClientLoginFinishParameters::new(Some(&context), names(&origin).identifiers(), None);
        let response = CredentialResponse::deserialize(ke2).ok()?;
        let finished = start
            .state
            .finish(&mut System, password, response, parameters)
            .ok()?;
        Some(finished.message.serialize().to_vec())
    };
    (ke1, answer)
}

#[test]
fn s23_the_right_password_signs_in_and_the_proof_is_bound_to_its_sign_in() {
    let (setup, origin) = (Setup::generate(), origin());
    let setup = Setup::from_bytes(&setup.to_bytes()).expect("secrets survive being kept");
    let stored = registered(&setup, &origin, b"right");
    assert_eq!(stored.len(), agreed::REGISTRATION_UPLOAD);

    let (ke1, answer) = signing_in(b"right", origin.clone());
    let started = setup
        .login(Some(&stored), names(&origin), &ke1, &SEAL, &LOGIN)
        .expect("answers");
    assert_eq!(started.ke2.len(), agreed::KE2);
    let ke3 = answer(&started.ke2).expect("the client trusts the server");
    assert_eq!(ke3.len(), agreed::KE3);
    assert_eq!(
        finish(&started.sealed, names(&origin), &ke3, &SEAL, &LOGIN),
        Ok(())
    );

    // Another sign-in's id, other secrets, another answer to the same KE1, a changed proof.
    let outcome =
        |sealed: &[u8], ke3: &[u8], seal, login| finish(sealed, names(&origin), ke3, seal, login);
    assert_eq!(
        outcome(&started.sealed, &ke3, &SEAL, &[4; 16]),
        Err(OpaqueError::Stored)
    );
    assert_eq!(
        outcome(&started.sealed, &ke3, &[1; 32], &LOGIN),
        Err(OpaqueError::Stored)
    );
    let again = setup
        .login(Some(&stored), names(&origin), &ke1, &SEAL, &LOGIN)
        .expect("answers");
    assert_eq!(
        outcome(&again.sealed, &ke3, &SEAL, &LOGIN),
        Err(OpaqueError::Proof)
    );
    let mut changed = ke3.clone();
    if let Some(byte) = changed.first_mut() {
        *byte ^= 1;
    }
    assert_eq!(
        outcome(&started.sealed, &changed, &SEAL, &LOGIN),
        Err(OpaqueError::Proof)
    );
    assert_eq!(
        outcome(&started.sealed, &ke3[..63], &SEAL, &LOGIN),
        Err(OpaqueError::Message)
    );
}

#[test]
fn s118_without_a_record_the_answer_looks_the_same_and_nothing_fits_it() {
    let (setup, origin) = (Setup::generate(), origin());
    let stored = registered(&setup, &origin, b"right");
    let (ke1, _) = signing_in(b"right", origin.clone());
    let real = setup
        .login(Some(&stored), names(&origin), &ke1, &SEAL, &LOGIN)
        .expect("answers");
    let (ke1, answer) = signing_in(b"right", origin.clone());
    let fake = setup
        .login(None, names(&origin), &ke1, &SEAL, &LOGIN)
        .expect("answers");
    assert_eq!(
        (real.ke2.len(), real.sealed.len()),
        (fake.ke2.len(), fake.sealed.len())
    );
    assert!(
        answer(&fake.ke2).is_none(),
        "no password opens the stand-in's record"
    );

    // The part that depends on the name alone stays the same, as it does for a real account.
    let (ke1, _) = signing_in(b"x", origin.clone());
    let evaluated = |name: &[u8; 32]| {
        let names = Names {
            cred_id: name,
            origin: &origin,
        };
        let started = setup
            .login(None, names, &ke1, &SEAL, &LOGIN)
            .expect("answers");
        started.ke2.get(..32).map(<[u8]>::to_vec)
    };
    assert_eq!(evaluated(&CRED), evaluated(&CRED));
    assert_ne!(evaluated(&CRED), evaluated(&[8; 32]));
}

#[test]
fn s23_another_origin_or_another_server_is_not_answered() {
    let (setup, here) = (Setup::generate(), origin());
    let stored = registered(&setup, &here, b"right");
    let elsewhere = Origin::parse("https://evil.example").expect("an origin");
    let (ke1, answer) = signing_in(b"right", here.clone());
    let started = setup
        .login(Some(&stored), names(&elsewhere), &ke1, &SEAL, &LOGIN)
        .expect("answers");
    assert!(answer(&started.ke2).is_none());

    let other = Setup::generate();
    let (ke1, answer) = signing_in(b"right", here.clone());
    let started = other
        .login(Some(&stored), names(&here), &ke1, &SEAL, &LOGIN)
        .expect("answers");
    assert!(answer(&started.ke2).is_none());
}

#[test]
fn s25_invalid_group_elements_and_lengths_are_refused() {
    let (setup, origin) = (Setup::generate(), origin());
    // The identity, a value over the field's modulus, and negative or non-square encodings
    // (RFC 9496 appendix A.2 and A.3 in kind).
    let mut negative = [0; 32];
    negative[0] = 1;
    let mut over = [0xff; 32];
    over[31] = 0x7f;
    for bad in [[0; 32], [0xff; 32], over, negative] {
        assert_eq!(
            setup.register(&CRED, &bad).err(),
            Some(OpaqueError::Message),
            "{bad:?}"
        );
        let (mut ke1, _) = signing_in(b"x", origin.clone());
        ke1[..32].copy_from_slice(&bad);
        let answer = setup.login(None, names(&origin), &ke1, &SEAL, &LOGIN);
        assert_eq!(
            answer.err(),
            Some(OpaqueError::Message),
            "blinded element {bad:?}"
        );
        let (mut ke1, _) = signing_in(b"x", origin.clone());
        ke1[64..].copy_from_slice(&bad);
        let answer = setup.login(None, names(&origin), &ke1, &SEAL, &LOGIN);
        assert_eq!(
            answer.err(),
            Some(OpaqueError::Message),
            "key share {bad:?}"
        );
        let mut upload = registered(&setup, &origin, b"x");
        upload[..32].copy_from_slice(&bad);
        assert_eq!(
            record(&upload),
            Err(OpaqueError::Message),
            "client key {bad:?}"
        );
    }
    let (ke1, _) = signing_in(b"x", origin.clone());
    for length in [0, 31, 33, 95] {
        let short = ke1.get(..length).unwrap_or(&ke1);
        let answer = setup.login(None, names(&origin), short, &SEAL, &LOGIN);
        assert_eq!(answer.err(), Some(OpaqueError::Message), "{length}");
    }
    let long = [ke1.as_slice(), &[0]].concat();
    assert_eq!(
        setup
            .login(None, names(&origin), &long, &SEAL, &LOGIN)
            .err(),
        Some(OpaqueError::Message)
    );
    assert_eq!(
        Setup::from_bytes(&[0; 127]).err(),
        Some(OpaqueError::Stored)
    );
}

/// Made by crate/auth, the client's half; what either side changes alone locks people out.
fn frozen() -> serde_json::Value {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/opaque.json"
    );
    serde_json::from_slice(&std::fs::read(file).expect("the vectors are there")).expect("JSON")
}

fn bytes(value: &serde_json::Value) -> Vec<u8> {
    let text = value.as_str().expect("hex");
    let (pairs, _) = text.as_bytes().as_chunks::<2>();
    pairs
        .iter()
        .map(|pair| {
            let pair = std::str::from_utf8(pair).expect("ASCII");
            u8::from_str_radix(pair, 16).expect("hex")
        })
        .collect()
}

#[test]
fn s24_the_stretching_is_argon2id_with_64_mib_and_never_the_identity() {
    let input = GenericArray::<u8, U64>::from([0x42; 64]);
    let output = Stretch.hash(input).expect("stretches");
    assert_eq!(output.to_vec(), bytes(&frozen()["stretched"]["output"]));
    const {
        assert!(
            agreed::KSF_MEMORY_KIB == 65_536 && agreed::KSF_PASSES == 3 && agreed::KSF_LANES == 4
        );
    }
}

#[test]
fn s23_the_two_halves_agree_on_the_frozen_exchange() {
    let exchange = &frozen()["exchange"];
    let origin = Origin::parse(exchange["origin"].as_str().expect("text")).expect("an origin");
    let cred_id: [u8; 32] = bytes(&exchange["credId"]).try_into().expect("32 bytes");
    let names = Names {
        cred_id: &cred_id,
        origin: &origin,
    };
    let setup = Setup::from_bytes(&bytes(&exchange["setup"])).expect("secrets");
    assert_eq!(*setup.to_bytes(), bytes(&exchange["setup"]));
    assert_eq!(
        setup.register(&cred_id, &bytes(&exchange["request"])),
        Ok(bytes(&exchange["response"]))
    );
    assert_eq!(
        record(&bytes(&exchange["upload"])),
        Ok(bytes(&exchange["upload"]))
    );
    let state = sealed(&SEAL, &[STATE, &LOGIN], &bytes(&exchange["serverState"])).expect("seals");
    assert_eq!(
        finish(&state, names, &bytes(&exchange["ke3"]), &SEAL, &LOGIN),
        Ok(())
    );
    let started = setup
        .login(
            Some(&bytes(&exchange["upload"])),
            names,
            &bytes(&exchange["ke1"]),
            &SEAL,
            &LOGIN,
        )
        .expect("answers");
    // The evaluated element is the only part of KE2 without randomness of the server's.
    assert_eq!(started.ke2.get(..32), bytes(&exchange["ke2"]).get(..32));
}

#[test]
fn s145_nothing_of_the_secrets_is_printed() {
    let setup = Setup::generate();
    assert_eq!(format!("{setup:?}"), "Setup");
}
