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
        }
    );
}
