use super::super::kat::hex;
use super::*;
use crate::testkit::Rng;

fn array(digits: &str) -> [u8; 32] {
    hex(digits).unwrap().try_into().unwrap()
}

fn pair(secret: [u8; 32]) -> ExchangePair {
    ExchangePair::new(Key(Zeroizing::new(secret)))
}

/// S-159: RFC 7748, section 6.1.
#[test]
fn s159_x25519_rfc7748() {
    let alice = pair(array(
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
    ));
    let bob = pair(array(
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
    ));
    let publics = [
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
    ];
    assert_eq!([*alice.public(), *bob.public()], publics.map(array));
    let shared = array("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    assert_eq!(*agree(&alice, bob.public()).unwrap(), shared);
    assert_eq!(*agree(&bob, alice.public()).unwrap(), shared);
}

#[test]
fn both_sides_agree() {
    let mut rng = Rng::new("exchange");
    let (one, other) = (
        ExchangePair::make(&mut rng).unwrap(),
        ExchangePair::make(&mut rng).unwrap(),
    );
    assert_ne!(one.public(), other.public());
    assert_eq!(agree(&one, other.public()), agree(&other, one.public()));
    rng.left = Some(0);
    assert!(ExchangePair::make(&mut rng).is_err());
}
