use super::*;
use crate::testkit::{PRF, World};
use sesame_protocol::SlotKind;

fn world() -> World {
    let mut world = World::new("header");
    world.confirm();
    world.add_passkey(PRF, b"credential", false);
    world
}

/// S-160: not one bit of a header can change without the MAC noticing, nor its length.
#[test]
fn s160_every_bit_of_the_header() {
    let world = world();
    let good = &world.disk.vault[crate::key::HEADER];
    let key = VaultKey::from_bytes(zeroize::Zeroizing::new(
        *world.open.session_secret().first_chunk().unwrap(),
    ));
    let fits =
        |bytes: &[u8]| SealedHeader::parse(bytes).is_ok_and(|header| header.verify(&key).is_ok());
    assert!(fits(good));
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(!fits(&bytes), "{at} {bit}");
        }
        assert!(!fits(&good[..at]));
    }
    assert!(!fits(&[good.as_slice(), &[0]].concat()));
}

/// S-12, S-13: a slot more, a slot less, a slot twice, slots in other order: none keeps the MAC.
#[test]
fn s12_slot_set_is_authenticated() {
    let world = world();
    let sealed = SealedHeader::parse(&world.disk.vault[crate::key::HEADER]).unwrap();
    let key = VaultKey::from_bytes(zeroize::Zeroizing::new(
        *world.open.session_secret().first_chunk().unwrap(),
    ));
    let fits = |slots: Vec<Slot>| {
        let header = Header {
            slots,
            ..sealed.header.clone()
        };
        header.encode().is_ok_and(|bytes| {
            SealedHeader::parse(&bytes).is_ok_and(|header| header.verify(&key).is_ok())
        })
    };
    let slots = sealed.header.slots.clone();
    assert!(fits(slots.clone()));
    for gone in 0..slots.len() {
        let mut fewer = slots.clone();
        fewer.remove(gone);
        assert!(!fits(fewer));
    }
    for cloned in &slots {
        let mut more = slots.clone();
        more.push(Slot {
            id: sesame_protocol::SlotId::from_bytes([0xff; 16]),
            ..cloned.clone()
        });
        assert!(!fits(more));
    }
    let mut reversed = slots;
    reversed.reverse();
    assert!(!fits(reversed));
}

/// S-11: a header that someone else's key made is not this vault's, whatever it says.
#[test]
fn s11_other_vault_key() {
    let (a, b) = (World::new("a"), World::new("b"));
    let key = VaultKey::from_bytes(zeroize::Zeroizing::new(
        *a.open.session_secret().first_chunk().unwrap(),
    ));
    let foreign = SealedHeader::parse(&b.disk.vault[crate::key::HEADER]).unwrap();
    assert_eq!(foreign.verify(&key), Err(VaultError::Damaged));
}

/// S-27: the header's counter ends with an error, not at zero.
#[test]
fn s27_header_counter() {
    let world = world();
    let sealed = SealedHeader::parse(&world.disk.vault[crate::key::HEADER]).unwrap();
    let key = VaultKey::from_bytes(zeroize::Zeroizing::new(
        *world.open.session_secret().first_chunk().unwrap(),
    ));
    let slots = || sealed.header.slots.clone();
    assert_eq!(
        sealed
            .next(slots(), 41, &key)
            .ok()
            .map(|next| next.header.hdr_seq),
        Some(42)
    );
    for seen in [u64::MAX - 1, u64::MAX] {
        assert_eq!(
            sealed.next(slots(), seen, &key).err(),
            Some(VaultError::Counter)
        );
    }
}

#[test]
fn more_than_sixteen_slots_are_refused() {
    let world = world();
    let sealed = SealedHeader::parse(&world.disk.vault[crate::key::HEADER]).unwrap();
    let key = VaultKey::from_bytes(zeroize::Zeroizing::new([1; 32]));
    let password = sealed.header.slots_of(SlotKind::Password).next().unwrap();
    let slots = (0..17u8).map(|n| Slot {
        id: sesame_protocol::SlotId::from_bytes([n; 16]),
        ..password.clone()
    });
    assert_eq!(
        sealed.next(slots.collect(), 0, &key).err(),
        Some(VaultError::SlotsFull)
    );
}
