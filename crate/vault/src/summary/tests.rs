use super::*;
use sesame_protocol::DeviceId;

fn item(kind: Kind) -> Item {
    Item::new(
        ItemId::from_bytes([7; 16]),
        kind,
        1,
        DeviceId::from_bytes([9; 16]),
    )
}

#[test]
fn a_summary_holds_no_secret() {
    let mut login = item(Kind::Login);
    login.name = "Bank".into();
    login.username = "ada".into();
    login.password = "SECRET-password".into();
    login.totp = "SECRETBASE32".into();
    login.notes = "SECRET-notes".into();
    login.fields.push(("cardNumber".into(), "SECRET".into()));
    login.remember("SECRET-old".into(), 1);
    let bytes = Summary::of(&login).to_bytes();
    assert!(!bytes.windows(6).any(|w| w == b"SECRET"));
    let back = Summary::from_bytes(&bytes).unwrap();
    assert!(back == Summary::of(&login));
    assert!(back.has_password && back.has_totp);
    assert_eq!((back.name.as_str(), back.detail.as_str()), ("Bank", "ada"));
}

#[test]
fn second_lines() {
    let detail = |kind, fields: &[(&str, &str)]| {
        let mut item = item(kind);
        item.fields = fields
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        Summary::of(&item).detail
    };
    assert_eq!(
        detail(Kind::Card, &[("cardNumber", "4111 1111 1111 1234")]),
        "•••• 1234"
    );
    assert_eq!(detail(Kind::Card, &[("cardNumber", "1234567")]), "");
    assert_eq!(
        detail(
            Kind::Identity,
            &[("familyName", "Lovelace"), ("givenName", "Ada")]
        ),
        "Ada Lovelace"
    );
}

#[test]
fn damaged_bytes_are_no_summary() {
    let bytes = Summary::of(&item(Kind::Note)).to_bytes();
    assert!(Summary::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    assert!(Summary::from_bytes(&[bytes, vec![0]].concat()).is_none());
    assert!(Summary::from_bytes(&[]).is_none());
}

#[test]
fn a_mode_of_a_newer_version_matches_nothing() {
    assert_eq!(
        *SiteRule::new("https://a.example".into(), &MatchMode::Other("glob".into())).mode(),
        MatchMode::Never
    );
    for mode in MODES {
        assert_eq!(*SiteRule::new(String::new(), &mode).mode(), mode);
    }
}

#[test]
fn a_card_says_when_it_ends_and_rows_without_an_end_are_as_before() {
    let card = |month: &str, year: &str| {
        let mut card = item(Kind::Card);
        card.fields = [("expiryMonth", month), ("expiryYear", year)]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        Summary::of(&card)
    };
    let end = |month: &str, year: &str| card(month, year).expires.map(|end| end.to_string());
    assert_eq!(end("3", "26").as_deref(), Some("2026-03"));
    assert_eq!(end("12", "2029").as_deref(), Some("2029-12"));
    assert_eq!(end(" 01 ", "2030").as_deref(), Some("2030-01"));
    for (month, year) in [
        ("13", "26"),
        ("0", "26"),
        ("", ""),
        ("3", "126"),
        ("+3", "26"),
        ("3", ""),
    ] {
        assert_eq!(end(month, year), None, "{month}/{year}");
    }
    let with = card("12", "2029");
    let back = Summary::from_bytes(&with.to_bytes()).unwrap();
    assert_eq!(back.expires, with.expires);
    let without = card("", "");
    assert!(with.to_bytes().starts_with(&without.to_bytes()));
    assert!(
        Summary::from_bytes(&without.to_bytes())
            .unwrap()
            .expires
            .is_none()
    );
    let mut login = item(Kind::Login);
    login.fields = vec![
        ("expiryMonth".into(), "3".into()),
        ("expiryYear".into(), "2026".into()),
    ];
    assert!(Summary::of(&login).expires.is_none());
    let bytes = with.to_bytes();
    for cut in 1..3 {
        assert!(Summary::from_bytes(&bytes[..bytes.len() - cut]).is_none());
    }
    assert!(Summary::from_bytes(&[bytes, vec![1]].concat()).is_none());
}
