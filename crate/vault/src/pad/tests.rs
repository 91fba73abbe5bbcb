use super::*;
use proptest::prelude::*;

/// S-164: only allowed sizes, never more than 12 % above 4 KiB.
#[test]
fn s164_allowed_sizes() {
    let mut sizes = std::collections::BTreeSet::new();
    for len in 4..=70_000 {
        let size = padded(len);
        assert!(size >= len);
        assert!(
            size <= STEPS_END && size.is_multiple_of(STEP) && size - len < STEP
                || (size - len) * 100 <= len * 12,
            "{len} {size}"
        );
        assert_eq!(padded(size), size);
        sizes.insert(size);
    }
    assert!(sizes.len() < 90, "{}", sizes.len());
}

/// S-164: a password of 8 or of 64 characters makes no difference.
#[test]
fn s164_short_contents_look_alike() {
    assert_eq!(
        pad(&[1; 8], 4096).unwrap().len(),
        pad(&[1; 64], 4096).unwrap().len()
    );
    assert_eq!(pad(&[], 4096).unwrap().len(), 256);
    assert_eq!(pad(&[1; 252], 4096).unwrap().len(), 256);
    assert_eq!(pad(&[1; 253], 4096).unwrap().len(), 512);
    assert_eq!(pad(&[1; 4093], 4096).err(), Some(VaultError::TooLarge));
}

/// S-164: padding that is not zero, not the right length, or claims too much is refused, always alike.
#[test]
fn s164_bad_padding() {
    let good = pad(b"content", 4096).unwrap();
    assert_eq!(unpad(&good).unwrap().as_slice(), b"content");
    for at in 11..good.len() {
        let mut bytes = good.to_vec();
        bytes[at] = 1;
        assert_eq!(unpad(&bytes).err(), Some(VaultError::Damaged), "{at}");
    }
    for len in 0..good.len() {
        assert_eq!(unpad(&good[..len]).err(), Some(VaultError::Damaged));
    }
    let long = [good.as_slice(), &[0; 256]].concat();
    assert_eq!(unpad(&long).err(), Some(VaultError::Damaged));
    for claim in [253u32, 256, 0xffff, u32::MAX] {
        let mut bytes = good.to_vec();
        bytes[..4].copy_from_slice(&claim.to_be_bytes());
        assert_eq!(unpad(&bytes).err(), Some(VaultError::Damaged));
    }
}

proptest! {
    #[test]
    fn round_trip(content in prop::collection::vec(any::<u8>(), 0..10_000)) {
        prop_assert_eq!(&*unpad(&pad(&content, 1 << 20).unwrap()).unwrap(), &content);
    }
}
