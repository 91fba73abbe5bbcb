use super::*;
use proptest::prelude::*;

fn item() -> Item {
    let mut item = Item::new(
        ItemId::from_bytes([7; 16]),
        Kind::Login,
        1_000,
        DeviceId::from_bytes([9; 16]),
    );
    item.name = "Example".into();
    item.username = "ada".into();
    item.password = "first".into();
    item.websites.push(Website {
        url: "https://example.com".into(),
        ..Website::default()
    });
    item.custom.push(CustomField {
        name: "PIN".into(),
        kind: CustomKind::Hidden,
        value: "0000".into(),
        ..CustomField::default()
    });
    item.fields.push(("cardNumber".into(), "4242".into()));
    item.tags.push("work".into());
    item
}

fn device() -> DeviceId {
    DeviceId::from_bytes([3; 16])
}

#[test]
fn round_trip() {
    let mut full = item();
    full.favourite = true;
    full.deleted = Some(5);
    full.totp = "GEZDGNBV".into();
    full.notes = "note\nwith lines".into();
    full.remember("old".into(), 4);
    full.password_changed = Some(3);
    assert!(Item::from_cbor(&full.to_cbor()).unwrap() == full);
}

/// Frozen bytes: keys and order may never change (S-175).
#[test]
fn s175_the_encoding_is_frozen() {
    let mut small = Item::new(
        ItemId::from_bytes([1; 16]),
        Kind::Note,
        2,
        DeviceId::from_bytes([3; 16]),
    );
    small.name = "n".into();
    let hex: String = small.to_cbor().iter().map(|b| format!("{b:02x}")).collect();
    let id = "01".repeat(16);
    let device = "03".repeat(16);
    assert_eq!(
        hex,
        format!("a70050{id}010102646e6f746503616e0e020f021050{device}")
    );
}

#[test]
fn a_replaced_password_goes_into_the_history_and_only_ten_stay() {
    let mut item = item();
    for n in 0..15_u64 {
        let mut edit = item.to_edit();
        edit.password = format!("password {n}");
        item.apply(&edit, 2_000 + n, device());
    }
    assert_eq!(item.history.len(), HISTORY_LEN);
    assert_eq!(
        (item.history[0].value.as_str(), item.history[0].replaced),
        ("password 13", 2_014)
    );
    assert_eq!(item.password_changed, Some(2_014));
    let before = item.clone();
    item.apply(&before.to_edit(), 9_000, device());
    assert!(
        item.history == before.history,
        "an unchanged password is not replaced"
    );
    assert_eq!((item.modified, item.password_changed), (9_000, Some(2_014)));
}

#[test]
fn an_edit_cleans_addresses_and_tags() {
    let mut item = item();
    let mut edit = item.to_edit();
    edit.websites = [
        ("EXAMPLE.com:443/Path", "host"),
        ("  ", "host"),
        ("^https://x/.*", "regex"),
    ]
    .map(|(url, mode)| edit::WebsiteEdit {
        url: url.into(),
        mode: mode.into(),
    })
    .into();
    edit.tags = [" a ", "", "b", "a"].map(String::from).into();
    item.apply(&edit, 2, device());
    let urls: Vec<_> = item.websites.iter().map(|w| w.url.as_str()).collect();
    assert_eq!(urls, ["https://example.com/Path", "^https://x/.*"]);
    assert_eq!(item.tags, ["a", "b"]);
}

#[test]
fn limits_are_named() {
    let mut long = item();
    long.name = "x".repeat(limits::SHORT_TEXT + 1);
    assert_eq!(
        long.check_limits(),
        Err(TooLarge {
            what: Limit::ShortText,
            max: limits::SHORT_TEXT
        })
    );
    let mut many = item();
    many.tags = vec!["t".into(); limits::COUNT + 1];
    assert_eq!(many.check_limits().unwrap_err().what, Limit::Count);
    let mut large = item();
    large.notes = "x".repeat(limits::NOTES);
    assert_eq!(large.check_limits(), Ok(()));
    large.notes.push('x');
    assert_eq!(large.check_limits().unwrap_err().what, Limit::Notes);
    large.notes.pop();
    large.custom = (0..7)
        .map(|n| CustomField {
            name: n.to_string(),
            value: "v".repeat(limits::LONG_TEXT),
            ..CustomField::default()
        })
        .collect();
    assert_eq!(large.check_limits().unwrap_err().what, Limit::Whole);
}

#[test]
fn debug_shows_no_content() {
    let shown = format!("{:?}", item());
    assert!(
        !shown.contains("first") && !shown.contains("ada"),
        "{shown}"
    );
}

/// Rewrites an item's CBOR as a newer version would write it: another kind, more keys, nested too.
fn newer(text_key: &str, number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut e = minicbor::Encoder::new(Vec::new());
    e.map(9).unwrap();
    e.u8(0).unwrap().bytes(&[1; 16]).unwrap();
    e.u8(1).unwrap().u8(4).unwrap();
    e.u8(2).unwrap().str("ssh-key").unwrap();
    e.u8(7).unwrap().array(1).unwrap().map(3).unwrap();
    e.u8(0).unwrap().str("https://a.example").unwrap();
    e.u8(1).unwrap().str("path-glob").unwrap();
    e.u8(5).unwrap().bytes(bytes).unwrap();
    e.u8(14).unwrap().u8(1).unwrap();
    e.u8(15).unwrap().u8(1).unwrap();
    e.u8(16).unwrap().bytes(&[2; 16]).unwrap();
    e.u8(23)
        .unwrap()
        .array(2)
        .unwrap()
        .u64(number)
        .unwrap()
        .null()
        .unwrap();
    e.str(text_key)
        .unwrap()
        .map(1)
        .unwrap()
        .u64(number)
        .unwrap()
        .f64(0.5)
        .unwrap();
    e.into_writer()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

proptest! {
    /// Unknown keys and kinds survive an edit byte for byte (security.md 2.4).
    #[test]
    fn what_a_newer_version_wrote_survives_an_edit(
        key in "[a-z]{1,40}",
        number in any::<u64>(),
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        name in ".{0,40}",
    ) {
        let written = newer(&key, number, &bytes);
        let mut item = Item::from_cbor(&written).unwrap();
        prop_assert!(item.to_cbor().as_slice() == written);
        let mut edit = item.to_edit();
        prop_assert_eq!(edit.kind.as_str(), "note");
        edit.name = name;
        edit.tags = vec!["t".into()];
        item.apply(&edit, 99, device());
        item.rev = 5;
        let after = item.to_cbor();
        prop_assert_eq!(&item.kind, &Kind::Other("ssh-key".into()));
        let mut unknown = minicbor::Encoder::new(Vec::new());
        unknown.u8(23).unwrap().array(2).unwrap().u64(number).unwrap().null().unwrap();
        unknown.str(&key).unwrap().map(1).unwrap().u64(number).unwrap().f64(0.5).unwrap();
        prop_assert!(after.ends_with(unknown.writer()));
        let mut nested = minicbor::Encoder::new(Vec::new());
        nested.u8(1).unwrap().str("path-glob").unwrap().u8(5).unwrap().bytes(&bytes).unwrap();
        prop_assert!(contains(&after, nested.writer()));
        prop_assert!(Item::from_cbor(&after).is_ok());
    }

    #[test]
    fn one_item_has_one_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(item) = Item::from_cbor(&bytes) {
            prop_assert!(item.to_cbor().as_slice() == bytes);
        }
    }
}

/// Every other spelling of the same content is refused, and every truncation (S-160).
#[test]
fn s160_other_forms_are_refused() {
    let good = item().to_cbor();
    for len in 0..good.len() {
        assert!(Item::from_cbor(&good[..len]).is_err(), "truncated to {len}");
    }
    let mut longer = good.to_vec();
    longer.push(0);
    assert!(Item::from_cbor(&longer).is_err());
    // rev 1 as 0x18 0x01 (not the shortest form), an indefinite map, a duplicate key, wrong order.
    let id: Vec<u8> = [[0x00, 0x50].as_slice(), [1; 16].as_slice()].concat();
    let kind = [0x02, 0x64, b'n', b'o', b't', b'e'];
    let rest: Vec<u8> = [
        [0x0e, 0x02, 0x0f, 0x02, 0x10, 0x50].as_slice(),
        [3; 16].as_slice(),
    ]
    .concat();
    let with = |head: u8, parts: &[&[u8]]| [[head].as_slice(), &parts.concat()].concat();
    assert!(Item::from_cbor(&with(0xa6, &[&id, &[1, 1], &kind, &rest])).is_ok());
    assert!(Item::from_cbor(&with(0xa6, &[&id, &[1, 0x18, 1], &kind, &rest])).is_err());
    assert!(Item::from_cbor(&with(0xbf, &[&id, &[1, 1], &kind, &rest, &[0xff]])).is_err());
    assert!(Item::from_cbor(&with(0xa7, &[&id, &[1, 1], &[1, 1], &kind, &rest])).is_err());
    assert!(Item::from_cbor(&with(0xa6, &[&[1, 1], &id, &kind, &rest])).is_err());
    assert!(
        Item::from_cbor(&with(0xa5, &[&[1, 1], &kind, &rest])).is_err(),
        "no id"
    );
    assert!(
        Item::from_cbor(&with(0xa7, &[&id, &[1, 1], &kind, &[3, 0x60], &rest])).is_err(),
        "empty name"
    );
}
