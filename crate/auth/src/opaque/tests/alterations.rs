//! A server's messages with one thing wrong (S-23, S-25).

use sesame_protocol::account::opaque::{KE2, REGISTRATION_RESPONSE};

use super::{Registering, Server, SigningIn, party, password, registered};
use crate::AuthError;

/// Encodings that are no group element: the identity, all ones, and RFC 9496 appendix A.3.
const NO_ELEMENTS: [&str; 31] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
    "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
    "c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
    "47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24",
    "f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72",
    "87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309",
    "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
    "de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad87",
    "bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042",
    "2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08",
    "f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22",
    "8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731",
    "2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b",
    "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
    "a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220",
    "d483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e",
    "8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32",
    "32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b",
    "227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165",
    "5c37cc491da847cfeb9281d407efc41e15144c876e0170b499a96a22ed31e01e",
    "445425117cb8c90edcbc7c1cc0e74f747f2c1efa5630a967c64f287792a48a4b",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
        .collect()
}

#[test]
fn s25_what_is_no_element_is_refused_before_any_work() {
    let server = Server::new();
    for encoding in NO_ELEMENTS {
        let encoding = bytes(encoding);
        // The element, and the server's key.
        for place in [0, 32] {
            let (state, request) = Registering::start(&password()).unwrap();
            let mut response = server.response(&request);
            response[place..place + 32].copy_from_slice(&encoding);
            let refused = state.finish(&password(), &response, party()).err();
            assert_eq!(refused, Some(AuthError::ServerAnswer), "{encoding:x?}");
        }
        // The element, and the server's key of this exchange.
        for place in [0, 224] {
            let (state, ke1) = SigningIn::start(&password()).unwrap();
            let (mut ke2, _) = server.answer(&ke1, None);
            ke2[place..place + 32].copy_from_slice(&encoding);
            let refused = state.finish(&password(), &ke2, party(), None).err();
            assert_eq!(refused, Some(AuthError::ServerAnswer), "{encoding:x?}");
        }
    }
}

#[test]
fn s31_messages_have_one_length() {
    let server = Server::new();
    let lengths = [
        0,
        1,
        32,
        REGISTRATION_RESPONSE - 1,
        REGISTRATION_RESPONSE + 1,
        KE2 - 1,
        KE2 + 1,
        65_535,
    ];
    for wrong in lengths {
        let (state, request) = Registering::start(&password()).unwrap();
        let mut response = server.response(&request);
        response.resize(wrong, 0);
        let refused = state.finish(&password(), &response, party()).err();
        assert_eq!(refused, Some(AuthError::ServerAnswer), "{wrong}");
        let (state, ke1) = SigningIn::start(&password()).unwrap();
        let (mut ke2, _) = server.answer(&ke1, None);
        ke2.resize(wrong, 0);
        let refused = state.finish(&password(), &ke2, party(), None).err();
        assert_eq!(refused, Some(AuthError::ServerAnswer), "{wrong}");
    }
}

/// Where each field of the answer begins: element, nonce, masked key, masked nonce, masked tag,
/// nonce, key, MAC.
const FIELDS: [usize; 9] = [0, 32, 64, 96, 128, 192, 224, 256, KE2];

#[test]
fn s23_an_altered_answer_gets_no_last_message() {
    let server = Server::new();
    let record = registered(&server).upload;
    for at in FIELDS.windows(2).flat_map(|field| [field[0], field[1] - 1]) {
        let (state, ke1) = SigningIn::start(&password()).unwrap();
        let (mut ke2, _) = server.answer(&ke1, Some(&record));
        ke2[at] ^= 1;
        let refused = state.finish(&password(), &ke2, party(), None).err();
        let known = [AuthError::ServerAnswer, AuthError::Denied];
        assert!(
            refused.is_some_and(|error| known.contains(&error)),
            "{at}: {refused:?}"
        );
    }
}

#[test]
fn s23_parts_of_another_exchange_get_no_last_message() {
    let server = Server::new();
    let record = registered(&server).upload;
    let (_, earlier) = SigningIn::start(&password()).unwrap();
    let (earlier, _) = server.answer(&earlier, Some(&record));
    // All of it (a replay), the function's part, the exchange's part, its MAC.
    for (from, to) in [(0, KE2), (0, 192), (192, KE2), (256, KE2)] {
        let (state, ke1) = SigningIn::start(&password()).unwrap();
        let (mut ke2, _) = server.answer(&ke1, Some(&record));
        ke2[from..to].copy_from_slice(&earlier[from..to]);
        let refused = state.finish(&password(), &ke2, party(), None).err();
        assert_eq!(refused, Some(AuthError::Denied), "{from}..{to}");
    }
}
