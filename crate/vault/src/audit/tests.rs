use super::*;
use crate::item::Website;
use sesame_protocol::{DeviceId, ItemId};

const DAY: u64 = 24 * 60 * 60 * 1000;

fn login(n: u8, password: &str, url: &str, changed: Option<TimeMs>) -> Item {
    let mut item = Item::new(
        ItemId::from_bytes([n; 16]),
        Kind::Login,
        0,
        DeviceId::from_bytes([0; 16]),
    );
    item.password = password.into();
    item.password_changed = changed;
    item.websites.push(Website {
        url: url.into(),
        ..Website::default()
    });
    item
}

fn hex(n: u8) -> String {
    format!("{n:02x}").repeat(16)
}

#[test]
fn each_finding_names_its_items() {
    let now = 1_000 * DAY;
    let mut binned = login(8, "same", "http://a.example", None);
    binned.deleted = Some(1);
    let mut note = login(9, "", "", None);
    note.kind = Kind::Note;
    let mut audit = Audit::default();
    for item in [
        login(1, "same", "https://a.example", Some(now)),
        login(2, "same", "http://b.example/x", Some(now)),
        login(3, "", "https://c.example", None),
        login(4, "aged", "https://d.example", Some(now - 731 * DAY)),
        login(5, "fine", "http://localhost:8080", Some(now - 729 * DAY)),
        login(6, "older", "http://127.0.0.1", None),
        binned,
        note,
    ] {
        audit.add(&item, now);
    }
    assert_eq!(
        audit.finish(),
        Report {
            checked: 6,
            reused: vec![Reused {
                ids: vec![hex(1), hex(2)],
                count: 2
            }],
            old: vec![hex(6), hex(4)],
            missing_password: vec![hex(3)],
            insecure_address: vec![hex(2)],
            cards: vec![],
        }
    );
}

#[test]
fn cards_come_by_their_last_month_and_not_from_the_bin() {
    let card = |id: u8, month: &str, year: &str| {
        let mut card = Item::new(
            ItemId::from_bytes([id; 16]),
            Kind::Card,
            1,
            sesame_protocol::DeviceId::from_bytes([9; 16]),
        );
        card.fields = vec![
            ("expiryMonth".into(), month.into()),
            ("expiryYear".into(), year.into()),
        ];
        card
    };
    let mut binned = card(4, "1", "2020");
    binned.deleted = Some(5);
    let mut audit = Audit::default();
    for item in [
        card(1, "12", "29"),
        card(2, "03", "2026"),
        card(3, "", ""),
        binned,
    ] {
        audit.add(&item, 10);
    }
    let report = audit.finish();
    let found: Vec<_> = report
        .cards
        .iter()
        .map(|card| (card.id.as_str().get(..2).unwrap(), card.expires.as_str()))
        .collect();
    assert_eq!(found, [("02", "2026-03"), ("01", "2029-12")]);
    assert_eq!(report.checked, 0);
}
