use super::*;

const ID: ItemId = ItemId::from_bytes([5; 16]);
const SLOT: SlotId = SlotId::from_bytes([6; 16]);

fn settings() -> Settings {
    let mut settings = Settings {
        vault_name: "Home".into(),
        ..Settings::default()
    };
    settings.name_passkey(&SLOT, "Laptop".into(), 10);
    settings.password_replaced(20);
    settings.filling = Filling {
        icon: false,
        copy_code: true,
        equivalents: vec![vec!["one.com".into(), "two.it".into()]],
        built_in_off: vec!["x.com".into()],
        never: vec!["https://one.com".into()],
    };
    settings
}

/// What earlier versions wrote is what this one writes for the same choices.
#[test]
fn the_usual_choices_of_filling_take_no_room() {
    let plain = Settings::default();
    assert!(Settings::from_cbor(&plain.to_cbor(&ID, 1), &ID, 1).unwrap() == plain);
    // id, rev, kind, lock-after, password-set
    assert_eq!(plain.to_cbor(&ID, 1).first(), Some(&0xa5));
}

#[test]
fn round_trip_and_binding_to_id_and_revision() {
    let bytes = settings().to_cbor(&ID, 3);
    assert!(Settings::from_cbor(&bytes, &ID, 3).unwrap() == settings());
    assert!(Settings::from_cbor(&bytes, &ID, 4).is_err());
    assert!(Settings::from_cbor(&bytes, &ItemId::from_bytes([4; 16]), 3).is_err());
    for len in 0..bytes.len() {
        assert!(Settings::from_cbor(&bytes[..len], &ID, 3).is_err());
    }
}

#[test]
fn what_a_newer_version_wrote_survives() {
    let mut bytes = settings().to_cbor(&ID, 1).to_vec();
    bytes[0] += 1;
    bytes.extend([0x17, 0x82, 0xf5, 0x61, b'x']);
    let mut read = Settings::from_cbor(&bytes, &ID, 1).unwrap();
    read.lock_after = LockAfter::Sixty;
    let written = read.to_cbor(&ID, 2);
    assert!(written.ends_with(&[0x17, 0x82, 0xf5, 0x61, b'x']));
    assert!(Settings::from_cbor(&written, &ID, 2).unwrap().lock_after == LockAfter::Sixty);
}

#[test]
fn passkeys_are_named_renamed_and_forgotten() {
    let mut settings = settings();
    settings.name_passkey(&SLOT, "Phone".into(), 99);
    let named = settings.passkey(&SLOT).unwrap();
    assert_eq!((named.name.as_str(), named.added), ("Phone", 10));
    settings.forget_passkey(&SLOT);
    assert!(settings.passkey(&SLOT).is_none());
}

#[test]
fn every_choice_has_its_minutes() {
    for minutes in [0, 1, 5, 15, 60] {
        assert_eq!(LockAfter::from_minutes(minutes).unwrap().minutes(), minutes);
    }
    assert_eq!(LockAfter::from_minutes(2), None);
}
