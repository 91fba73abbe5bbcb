//! Items: editing, the bin, lists, matching, damage.

use super::*;
use sesame_vault::item::CustomEdit;

#[test]
fn editing_keeps_what_was_replaced() {
    let machine = Machine::new(20);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", "bank.example", "first"));
    machine.pass(1000);
    let mut edit = keeper.item_edit(&id, &machine.row(&id)).unwrap();
    edit.password = "second".into();
    edit.custom = vec![CustomEdit {
        name: "PIN".into(),
        kind: "hidden".into(),
        value: "1234".into(),
    }];
    edit.fields.insert("cardNumber".into(), "4242".into());
    edit.totp = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into();
    assert_eq!(machine.save(&mut keeper, &edit), id);
    let row = machine.row(&id);
    let reveal = |secret: &str| {
        keeper
            .reveal(&id, &row, secret)
            .map(|value| value.as_str().to_owned())
    };
    assert_eq!(reveal("password").unwrap(), "second");
    assert_eq!(reveal("history:0").unwrap(), "first");
    assert_eq!(reveal("custom:0").unwrap(), "1234");
    assert_eq!(reveal("cardNumber").unwrap(), "4242");
    assert_eq!(reveal("username").unwrap(), "ada");
    assert_eq!(reveal("totp").unwrap().len(), 6);
    for missing in ["history:1", "custom:9", "nothing", "history:x", ""] {
        assert_eq!(code(reveal(missing)), "not-found", "{missing}");
    }
    let json = keeper
        .item_view(&id, &row, |view| serde_json::to_string(view).unwrap())
        .unwrap();
    for secret in ["second", "first", "1234", "4242", "GEZD"] {
        assert!(!json.contains(secret), "{secret} in {json}");
    }
    assert!(
        json.contains(r#""secretKeys":["cardNumber"]"#) && json.contains(r#""hasPassword":true"#)
    );
}

#[test]
fn an_old_row_is_not_the_item() {
    let machine = Machine::new(21);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", "bank.example", "first"));
    let old = machine.row(&id);
    let mut edit = keeper.item_edit(&id, &old).unwrap();
    edit.password = "second".into();
    machine.save(&mut keeper, &edit);
    assert_eq!(code(keeper.item_edit(&id, &old)), "damaged");
    assert_eq!(code(keeper.save(&edit, Some(&old))), "damaged");
    assert_eq!(
        code(keeper.save(&edit, None)),
        "not-found",
        "an id without its row"
    );
}

#[test]
fn what_is_wrong_is_refused_and_nothing_changes() {
    let machine = Machine::new(22);
    let (mut keeper, _) = machine.created();
    let before = machine.disk.borrow().clone();
    let bad = |change: &dyn Fn(&mut ItemEdit)| {
        let mut edit = login("Bank", "bank.example", "pw");
        change(&mut edit);
        edit
    };
    assert_eq!(
        code(keeper.save(&bad(&|e| e.totp = "not base32!".into()), None)),
        "invalid"
    );
    assert_eq!(
        code(keeper.save(&bad(&|e| e.kind = "ssh".into()), None)),
        "invalid"
    );
    assert_eq!(
        code(keeper.save(&bad(&|e| e.name = "x".repeat(2000)), None)),
        "too-large"
    );
    assert_eq!(code(keeper.delete_forever(&"00".repeat(16))), "not-found");
    assert_eq!(code(keeper.delete_forever("zz")), "not-found");
    assert!(list(&keeper, "").is_empty());
    assert!(*machine.disk.borrow() == before);
}

#[test]
fn the_bin_and_back() {
    let machine = Machine::new(23);
    let (mut keeper, _) = machine.created();
    let ids =
        ["A", "B", "C"].map(|name| machine.save(&mut keeper, &login(name, "a.example", "pw")));
    let bin = |keeper: &Keeper| names(keeper, r#"{"text":"","in":"bin","offset":0,"limit":9}"#);
    for id in &ids {
        machine.pass(1);
        machine.write(keeper.set_bin(id, &machine.row(id), true).unwrap());
    }
    assert_eq!(bin(&keeper), ["C", "B", "A"], "the latest first");
    assert!(list(&keeper, "").is_empty());
    assert!(
        keeper
            .matches("https://a.example", "https://a.example/")
            .unwrap()
            .is_empty()
    );
    assert!(keeper.tags().unwrap().is_empty());
    machine.write(
        keeper
            .set_bin(&ids[1], &machine.row(&ids[1]), false)
            .unwrap(),
    );
    assert_eq!(list(&keeper, ""), ["B"]);
    machine.write(keeper.empty_bin().unwrap());
    assert!(keeper.empty_bin().unwrap().writes.is_empty());
    assert_eq!(
        code(keeper.item_edit(&ids[0], &machine.row(&ids[0]))),
        "not-found"
    );
    let keeper = machine.unlocked();
    assert_eq!(
        (list(&keeper, ""), bin(&keeper)),
        (vec!["B".to_owned()], vec![])
    );
}

#[test]
fn lists_are_filtered_sorted_and_cut() {
    let machine = Machine::new(24);
    let (mut keeper, _) = machine.created();
    for (name, favourite, tag) in [
        ("éclair", false, "x"),
        ("Apple", false, "y"),
        ("Zoo", true, "x"),
    ] {
        let mut edit = login(name, "a.example", "pw");
        edit.favourite = favourite;
        edit.tags = vec![tag.into()];
        machine.save(&mut keeper, &edit);
    }
    let mut note = login("Note", "", "");
    note.kind = "note".into();
    machine.save(&mut keeper, &note);
    assert_eq!(list(&keeper, ""), ["Zoo", "Apple", "éclair", "Note"]);
    assert_eq!(list(&keeper, "ecl"), ["éclair"]);
    let query = |more: &str| {
        names(
            &keeper,
            &format!(r#"{{"text":"","in":"items","offset":0,"limit":9{more}}}"#),
        )
    };
    assert_eq!(query(r#","tag":"x""#), ["Zoo", "éclair"]);
    assert_eq!(query(r#","kind":"note""#), ["Note"]);
    assert_eq!(query(r#","favourites":true"#), ["Zoo"]);
    assert_eq!(
        names(&keeper, r#"{"text":"","in":"items","offset":1,"limit":2}"#),
        ["Apple", "éclair"]
    );
    assert_eq!(keeper.tags().unwrap(), ["x", "y"]);
}

#[test]
fn matches_come_closest_first() {
    let machine = Machine::new(25);
    let (mut keeper, _) = machine.created();
    let suffixes = sesame_vault::origin::compile("com\nexample");
    assert_eq!(code(keeper.load_suffixes(b"com\n".to_vec())), "invalid");
    keeper.load_suffixes(suffixes).unwrap();
    for (name, url, mode) in [
        ("site", "https://example.com", "site"),
        ("host", "https://www.example.com", "host"),
        ("exact", "https://www.example.com/login", "exact"),
        ("other", "https://example.org", "site"),
    ] {
        let mut edit = login(name, url, "pw");
        edit.websites[0].mode = mode.into();
        machine.save(&mut keeper, &edit);
    }
    let on = |origin: &str, url: &str| -> Vec<String> {
        keeper
            .matches(origin, url)
            .unwrap()
            .iter()
            .map(|row| row.name.to_owned())
            .collect()
    };
    assert_eq!(
        on("https://www.example.com", "https://www.example.com/login"),
        ["exact", "host", "site"]
    );
    assert_eq!(
        on("https://www.example.com", "https://www.example.com/"),
        ["host", "site"]
    );
    assert!(
        on("null", "about:blank").is_empty()
            && on("http://www.example.com", "http://www.example.com/").is_empty()
    );
    assert_eq!(
        keeper
            .match_count("https://www.example.com", "https://www.example.com/")
            .unwrap(),
        2
    );
}

#[test]
fn filling_goes_through_the_choke_point() {
    let machine = Machine::new(26);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", "bank.example", "hunter2"));
    let row = machine.row(&id);
    let verdict = keeper.plan_fill(&id, &row, "[]", "", "").unwrap();
    assert!(
        verdict.contains("refuse") && !verdict.contains("hunter2"),
        "{}",
        *verdict
    );
    assert_eq!(code(keeper.plan_fill(&id, &row, "{", "", "")), "invalid");
    machine.write(keeper.set_bin(&id, &row, true).unwrap());
    assert_eq!(
        code(keeper.plan_fill(&id, &machine.row(&id), "[]", "", "")),
        "not-found"
    );
    keeper.lock();
    assert_eq!(code(keeper.plan_fill(&id, &row, "[]", "", "")), "locked");
}

#[test]
fn damage_is_named_and_the_rest_opens() {
    let machine = Machine::new(27);
    let (mut keeper, _) = machine.created();
    let ids =
        ["A", "B", "C"].map(|name| machine.save(&mut keeper, &login(name, "a.example", "pw")));
    let place = (Store::Items, ids[1].clone());
    machine.disk.borrow_mut().get_mut(&place).unwrap()[40] ^= 1;
    let damage = keeper.verify_rows(&machine.rows()).unwrap();
    let found: Vec<_> = damage
        .iter()
        .map(|d| (d.part, d.item_id.clone(), d.title.clone()))
        .collect();
    assert_eq!(
        found,
        [("item", Some(ids[1].clone()), Some("B".to_owned()))]
    );
    assert_eq!(
        code(keeper.item_edit(&ids[1], &machine.row(&ids[1]))),
        "damaged"
    );
    assert!(keeper.item_edit(&ids[0], &machine.row(&ids[0])).is_ok());
    let report = keeper.audit(&machine.rows()).unwrap();
    assert_eq!((report.checked, report.reused[0].count), (2, 2));
    // A damaged item can still be deleted, and everything goes on.
    machine.write(keeper.delete_forever(&ids[1]).unwrap());
    assert!(keeper.verify_rows(&machine.rows()).unwrap().is_empty());
}

#[test]
fn a_lost_index_is_made_again_from_the_rows() {
    let machine = Machine::new(28);
    let (mut keeper, _) = machine.created();
    for n in 0..30 {
        machine.save(
            &mut keeper,
            &login(&format!("Site {n:02}"), "a.example", "pw"),
        );
    }
    machine.write(
        keeper
            .save_settings(&crate::api::SettingsEdit {
                lock_after: 15,
                vault_name: "Home".into(),
            })
            .unwrap(),
    );
    machine
        .disk
        .borrow_mut()
        .retain(|(store, key), _| *store != Store::Shards || key == "00");
    let mut keeper = machine.unlocked();
    assert!(
        keeper
            .open_view()
            .unwrap()
            .damage
            .iter()
            .any(|d| (d.part, d.repair) == ("index", "rebuild"))
    );
    assert_eq!(
        code(keeper.save(&login("New", "", ""), None)),
        "damaged",
        "no write before mending"
    );
    let mended = keeper.rebuild(&machine.rows()).unwrap();
    machine.write(mended.commit);
    assert!(mended.left.is_empty());
    assert_eq!(list(&keeper, "").len(), 30);
    let keeper = machine.unlocked();
    assert_eq!(
        (
            list(&keeper, "").len(),
            keeper.settings().unwrap().lock_after
        ),
        (30, 15)
    );
    assert!(keeper.open_view().unwrap().damage.is_empty());
}

/// S-87: what the person wrote down holds, in the list and at the choke point, and nothing else does.
#[test]
fn s87_equivalent_sites_come_from_the_settings() {
    let machine = Machine::new(9);
    let (mut keeper, _) = machine.created();
    keeper
        .load_suffixes(sesame_vault::origin::compile("com\nit\nco.uk\n"))
        .unwrap();
    let edit = login("One", "https://login.one.com", "secret");
    let saved = keeper.save(&edit, None).unwrap();
    machine.write(saved.commit);
    let count = |keeper: &Keeper| {
        keeper
            .match_count("https://www.two.it", "https://www.two.it/")
            .unwrap()
    };
    let filling = |group: &[&str]| crate::api::FillingEdit {
        icon: false,
        copy_code: false,
        equivalents: vec![group.iter().map(|name| (*name).to_owned()).collect()],
        built_in_off: Vec::new(),
        never: Vec::new(),
    };
    assert_eq!(count(&keeper), 0);
    for group in [&["one.com", "co.uk"][..], &["one.com"]] {
        assert_eq!(code(keeper.save_filling(filling(group))), "invalid");
    }
    let commit = keeper
        .save_filling(filling(&["one.com", "two.it"]))
        .unwrap();
    machine.write(commit);
    assert_eq!(count(&keeper), 1);
    let view = keeper.settings().unwrap();
    assert!(!view.filling.icon && view.filling.equivalents.len() == 1);
}

/// S-33: what lost against another browser's change is named in the item's view, and is had by its
/// number only.
#[test]
fn s33_values_that_lost_a_merge_are_named_and_can_be_had() {
    use crate::keeper::items::{stored_secret, view};
    use sesame_vault::item::{Item, Kind, OtherValue};
    let mut item = Item::new(
        sesame_protocol::ItemId::from_bytes([7; 16]),
        Kind::Login,
        5,
        sesame_protocol::DeviceId::from_bytes([1; 16]),
    );
    for (field, value) in [("username", "of the other"), ("custom:PIN", "1234")] {
        item.others.push(OtherValue {
            field: field.into(),
            value: value.into(),
            at: 9,
            device: sesame_protocol::DeviceId::from_bytes([2; 16]),
            extra: item.extra.clone(),
        });
    }
    let json = serde_json::to_string(&view(&item)).unwrap();
    assert!(json.contains(
        r#""others":[{"index":0,"field":"username","at":9},{"index":1,"field":"custom:PIN","at":9}]"#
    ));
    assert!(!json.contains("of the other"));
    assert!(!json.contains("1234"));
    assert_eq!(stored_secret(&item, "other:0"), Some("of the other"));
    assert_eq!(stored_secret(&item, "other:1"), Some("1234"));
    assert_eq!(stored_secret(&item, "other:2"), None);
    assert_eq!(stored_secret(&item, "other:x"), None);
}
