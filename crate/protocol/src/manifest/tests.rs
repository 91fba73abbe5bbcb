use super::*;
use ed25519_dalek::{Signer, SigningKey};
use proptest::prelude::*;

fn manifest(seq: u64) -> Manifest {
    Manifest {
        account: AccountId::from_bytes([1; 16]),
        generation: GenId::from_bytes([2; 16]),
        seq,
        prev_hash: if seq == 0 { [0; 32] } else { [3; 32] },
        header_hash: [4; 32],
        device: DeviceId::from_bytes([5; 16]),
        live: 6,
        tombstones: 7,
        buckets: std::array::from_fn(|i| [u8::try_from(i).unwrap(); 32]),
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn signed(manifest: &Manifest) -> Vec<u8> {
    let mut bytes = manifest.encode();
    let signature = key().sign(&signing_input(bytes.first_chunk().unwrap()));
    bytes.extend(signature.to_bytes());
    bytes
}

#[test]
fn layout() {
    let bytes = signed(&manifest(8));
    assert_eq!(bytes.len(), MANIFEST_LEN);
    assert_eq!(manifest(8).encode().len(), MANIFEST_BODY_LEN);
    assert_eq!(&bytes[..4], b"SMN1");
    assert_eq!(&bytes[4..36], &[[1; 16], [2; 16]].concat()[..]);
    assert_eq!(&bytes[36..44], &8u64.to_be_bytes());
    assert_eq!(&bytes[44..108], &[[3; 32], [4; 32]].concat()[..]);
    assert_eq!(&bytes[108..124], &[5; 16]);
    assert_eq!(&bytes[124..132], &[0, 0, 0, 6, 0, 0, 0, 7]);
    assert_eq!(&bytes[132 + 63 * 32..132 + 64 * 32], &[63; 32]);
    let parsed = SignedManifest::parse(&bytes).unwrap();
    assert_eq!(
        parsed.verify(&key().verifying_key().to_bytes()).unwrap(),
        &manifest(8)
    );
    assert_eq!(parsed.hash(), sha256(&[&bytes]));
    assert!(parsed.follows(7, &[3; 32]));
    assert!(
        !parsed.follows(6, &[3; 32])
            && !parsed.follows(7, &[4; 32])
            && !parsed.follows(u64::MAX, &[3; 32])
    );
}

/// S-160, S-36: not one bit of a manifest can change.
#[test]
fn s160_every_bit_flip() {
    let good = signed(&manifest(8));
    let public = key().verifying_key().to_bytes();
    // Ed25519 in a test build takes its time; every bit of every eighth byte of the repetitive
    // bucket hashes, every bit of all else.
    for at in (0..132)
        .chain((132..MANIFEST_BODY_LEN).step_by(8))
        .chain(MANIFEST_BODY_LEN..MANIFEST_LEN)
    {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(
                SignedManifest::parse(&bytes)
                    .and_then(|m| m.verify(&public).cloned())
                    .is_err(),
                "{at} {bit}"
            );
        }
    }
}

/// S-160: lengths are exact.
#[test]
fn s160_lengths() {
    let good = signed(&manifest(8));
    for len in (0..good.len()).step_by(7) {
        assert_eq!(
            SignedManifest::parse(&good[..len]).err(),
            Some(ProtocolError::Length)
        );
    }
    assert_eq!(
        SignedManifest::parse(&[good, vec![0]].concat()).err(),
        Some(ProtocolError::Length)
    );
}

/// S-05: another generation's key does not fit, nor does a key that is none.
#[test]
fn s05_other_keys() {
    let parsed = SignedManifest::parse(&signed(&manifest(0))).unwrap();
    let other = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
    for public in [other, [0; 32], [0xff; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        assert_eq!(parsed.verify(&public).err(), Some(ProtocolError::Signature));
    }
}

/// S-27, S-31: counters and counts.
#[test]
fn s27_counters() {
    let parse = |manifest: &Manifest| SignedManifest::parse(&signed(manifest)).err();
    assert_eq!(parse(&manifest(u64::MAX - 1)), None);
    assert_eq!(parse(&manifest(u64::MAX)), Some(ProtocolError::Counter));
    assert_eq!(
        parse(&Manifest {
            live: MAX_ITEMS,
            tombstones: 0,
            ..manifest(1)
        }),
        None
    );
    assert_eq!(
        parse(&Manifest {
            live: MAX_ITEMS,
            tombstones: 1,
            ..manifest(1)
        }),
        Some(ProtocolError::Invariant)
    );
    assert_eq!(
        parse(&Manifest {
            live: u32::MAX,
            tombstones: 1,
            ..manifest(1)
        }),
        Some(ProtocolError::Invariant)
    );
    assert_eq!(
        parse(&Manifest {
            prev_hash: [1; 32],
            ..manifest(0)
        }),
        Some(ProtocolError::Invariant)
    );
    assert_eq!(
        parse(&Manifest {
            prev_hash: [0; 32],
            ..manifest(1)
        }),
        Some(ProtocolError::Invariant)
    );
}

proptest! {
    #[test]
    fn s31_any_bytes(mut bytes in prop::collection::vec(any::<u8>(), MANIFEST_LEN)) {
        bytes[..4].copy_from_slice(&MANIFEST_MAGIC);
        let _ = SignedManifest::parse(&bytes).map(|m| m.verify(&[7; 32]).is_ok());
    }
}
