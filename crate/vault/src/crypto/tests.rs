use super::*;
use crate::testkit::Rng;
use proptest::prelude::*;

fn key(byte: u8) -> Key {
    Key(Zeroizing::new([byte; 32]))
}

fn sealed(plain: &[u8]) -> Vec<u8> {
    seal(
        &key(1),
        Kind::Item,
        b"aad",
        plain,
        &mut Rng::new("envelope"),
    )
    .unwrap()
}

#[test]
fn round_trip_and_length() {
    for plain in [b"".as_slice(), b"x", &[7; 300]] {
        let bytes = sealed(plain);
        assert_eq!(bytes.len(), plain.len() + ENVELOPE_OVERHEAD);
        assert_eq!(
            open(&key(1), Kind::Item, b"aad", &bytes)
                .unwrap()
                .as_slice(),
            plain
        );
    }
}

/// S-160: not one bit of an envelope can change, nor its length.
#[test]
fn s160_every_bit_and_length() {
    let good = sealed(b"attack at dawn");
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(
                open(&key(1), Kind::Item, b"aad", &bytes).is_err(),
                "{at} {bit}"
            );
        }
        assert!(open(&key(1), Kind::Item, b"aad", &good[..at]).is_err());
        assert!(open(&key(1), Kind::Item, b"aad", &good[at + 1..]).is_err());
    }
    for extra in 1..=32 {
        assert!(
            open(
                &key(1),
                Kind::Item,
                b"aad",
                &[good.as_slice(), &vec![0; extra]].concat()
            )
            .is_err()
        );
    }
}

/// S-04: key, kind and associated data are all bound.
#[test]
fn s04_binding() {
    let bytes = sealed(b"secret");
    assert!(open(&key(2), Kind::Item, b"aad", &bytes).is_err());
    assert!(open(&key(1), Kind::Item, b"aae", &bytes).is_err());
    assert!(open(&key(1), Kind::Item, b"", &bytes).is_err());
    let mut relabelled = bytes.clone();
    relabelled[5] = Kind::Tombstone.byte();
    assert!(open(&key(1), Kind::Tombstone, b"aad", &relabelled).is_err());
}

/// S-16: an envelope whose AEAD part is right, but whose commitment is not this key's, is refused
/// before the AEAD; so one ciphertext can't test many passwords.
#[test]
fn s16_commitment_is_checked() {
    let good = sealed(b"secret");
    let mut forged = good.clone();
    // The AEAD does not cover the commitment: without its own check this would open.
    forged[32..64].fill(0);
    let envelope = Envelope::parse(&forged, Kind::Item).unwrap();
    let keys = envelope_keys(&key(1), Kind::Item, &envelope.nonce, b"aad");
    let mut text = envelope.ciphertext.to_vec();
    XChaCha20Poly1305::new(halves(&keys).0.into())
        .decrypt_inout_detached(
            &XNonce::from(envelope.nonce),
            &bound(Kind::Item, &envelope.nonce, b"aad"),
            text.as_mut_slice().into(),
            &Tag::from(envelope.tag),
        )
        .unwrap();
    assert_eq!(text, b"secret");
    assert!(open(&key(1), Kind::Item, b"aad", &forged).is_err());
    assert_ne!(
        envelope_keys(&key(1), Kind::Item, &[0; 24], b"")[..32],
        envelope_keys(&key(1), Kind::Item, &[0; 24], b"")[32..]
    );
}

/// S-163: whatever fails, the buffer that held ciphertext (or half-made plaintext) is zero after.
#[test]
fn s163_buffer_is_wiped() {
    let good = sealed(b"the plaintext of this envelope");
    for at in [40, 64, good.len() - 1] {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        let envelope = Envelope::parse(&bytes, Kind::Item).unwrap();
        let mut buffer = envelope.ciphertext.to_vec();
        assert!(open_in_place(&key(1), Kind::Item, b"aad", &envelope, &mut buffer).is_err());
        assert_eq!(buffer, vec![0; buffer.len()], "{at}");
    }
}

/// S-37: nonces never repeat, and without randomness nothing is sealed.
#[test]
fn s37_nonces_and_failure() {
    let mut rng = Rng::new("nonces");
    let mut seen = std::collections::HashSet::new();
    for _ in 0..20_000 {
        let bytes = seal(&key(1), Kind::Item, b"", b"", &mut rng).unwrap();
        assert!(seen.insert(bytes[8..32].to_vec()));
    }
    rng.left = Some(0);
    assert_eq!(
        seal(&key(1), Kind::Item, b"", b"", &mut rng).err(),
        Some(VaultError::Random)
    );
    assert!(VaultKey::make(&mut rng).is_err());
}

/// S-161, S-05: every derivation from one vault key gives another key, and each of its parts counts.
#[test]
fn s161_derived_keys_differ() {
    let vault_key = VaultKey::from_bytes(Zeroizing::new([9; 32]));
    let (a1, a2) = (
        AccountId::from_bytes([1; 16]),
        AccountId::from_bytes([2; 16]),
    );
    let (g1, g2) = (GenId::from_bytes([1; 16]), GenId::from_bytes([2; 16]));
    let (d1, d2) = (DeviceId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
    let (i1, i2) = (ItemId::from_bytes([1; 16]), ItemId::from_bytes([2; 16]));
    let (s1, s2) = (SlotId::from_bytes([1; 16]), SlotId::from_bytes([2; 16]));
    let mut keys: Vec<[u8; 32]> = [
        vault_key.header_mac(&a1, &g1),
        vault_key.header_mac(&a2, &g1),
        vault_key.header_mac(&a1, &g2),
        vault_key.local_mac(&a1, &g1, &d1),
        vault_key.local_mac(&a2, &g1, &d1),
        vault_key.local_mac(&a1, &g2, &d1),
        vault_key.local_mac(&a1, &g1, &d2),
        vault_key.item(&i1, 1, Op::Put),
        vault_key.item(&i2, 1, Op::Put),
        vault_key.item(&i1, 2, Op::Put),
        vault_key.item(&i1, 1, Op::Delete),
        vault_key.cache(&d1),
        vault_key.cache(&d2),
        vault_key.anchor(&d1),
        vault_key.anchor(&d2),
        kek(&[9; 32], Label::KekPassword, &a1, &g1, &s1),
        kek(&[9; 32], Label::KekPassword, &a2, &g1, &s1),
        kek(&[9; 32], Label::KekPassword, &a1, &g2, &s1),
        kek(&[9; 32], Label::KekPassword, &a1, &g1, &s2),
        kek(&[9; 32], Label::KekRecovery, &a1, &g1, &s1),
        kek_passkey(&[9; 32], &a1, &g1, &s1, b"one"),
        kek_passkey(&[9; 32], &a1, &g1, &s1, b"two"),
        kek_passkey(&[9; 32], &a1, &g1, &s2, b"one"),
    ]
    .into_iter()
    .map(|key| *key.0)
    .collect();
    keys.push(vault_key.signer(&a1, &g1).public());
    keys.push(vault_key.signer(&a2, &g1).public());
    keys.push(vault_key.signer(&a1, &g2).public());
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

/// KX by hand: extract with an empty salt, expand over the context.
#[test]
fn kx_is_hkdf_over_the_context() {
    let part = [5u8; 3];
    let mut by_hand = [0; 16];
    let info = [b"\x0csesame1/slot".as_slice(), &[0, 3, 5, 5, 5]].concat();
    Hkdf::<Sha512>::new(Some(b""), b"ikm")
        .expand(&info, &mut by_hand)
        .unwrap();
    assert_eq!(*kx::<16>(b"ikm", Label::Slot, &[(&part).into()]), by_hand);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn s31_any_bytes_do_not_open(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(open(&key(1), Kind::Item, b"", &bytes).is_err());
    }
}
