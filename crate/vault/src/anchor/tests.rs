use super::*;
use crate::testkit::Rng;
use zeroize::Zeroizing;

fn ids() -> (AccountId, GenId, DeviceId) {
    (
        AccountId::from_bytes([1; 16]),
        GenId::from_bytes([2; 16]),
        DeviceId::from_bytes([3; 16]),
    )
}

fn key() -> VaultKey {
    VaultKey::from_bytes(Zeroizing::new([4; 32]))
}

const ANCHOR: Anchor = Anchor {
    seq: 5,
    head: [6; 32],
    hdr_seq: 7,
    min_kdf: KdfId::Argon2id128,
};

/// S-160, S-09: not one bit of the anchor can change; and it is this device's alone.
#[test]
fn s160_every_bit_of_the_anchor() {
    let (account, generation, device) = ids();
    let good = ANCHOR
        .seal(
            &key(),
            (&account, &generation, &device),
            &mut Rng::new("anchor"),
        )
        .unwrap();
    assert_eq!(good.len(), LEN + 80);
    let open = |bytes: &[u8]| Anchor::open(bytes, &key(), (&account, &generation, &device));
    assert!(open(&good).is_ok_and(|anchor| anchor == ANCHOR));
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(open(&bytes).is_err(), "{at} {bit}");
        }
        assert!(open(&good[..at]).is_err());
    }
    assert!(open(&[good.as_slice(), &[0]].concat()).is_err());
    let other = [9; 16];
    assert!(
        Anchor::open(
            &good,
            &key(),
            (&AccountId::from_bytes(other), &generation, &device)
        )
        .is_err()
    );
    assert!(
        Anchor::open(
            &good,
            &key(),
            (&account, &GenId::from_bytes(other), &device)
        )
        .is_err()
    );
    assert!(
        Anchor::open(
            &good,
            &key(),
            (&account, &generation, &DeviceId::from_bytes(other))
        )
        .is_err()
    );
    assert!(
        Anchor::open(
            &good,
            &VaultKey::from_bytes(Zeroizing::new([5; 32])),
            (&account, &generation, &device)
        )
        .is_err()
    );
}
