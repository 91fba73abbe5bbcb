//! What two browsers did to one thing, case by case.

use super::*;

/// Two browsers of one account with one login that both have.
fn two(seed: u64) -> (World, String) {
    let mut world = World::of(seed, 2);
    let id = world.browsers[0].save(&login("Bank", "bank.example", "first"));
    world.settle();
    (world, id)
}

/// Both change the item without knowing of each other; the second one later.
fn both(
    world: &mut World,
    id: &str,
    one: impl FnOnce(&mut ItemEdit),
    other: impl FnOnce(&mut ItemEdit),
) {
    world.browsers[0].edit(id, one);
    world.browsers[1].machine.pass(1_000);
    world.browsers[1].edit(id, other);
    world.settle();
}

#[test]
fn s33_changes_of_different_fields_are_both_kept() {
    let (mut world, id) = two(1);
    both(
        &mut world,
        &id,
        |edit| edit.name = "My bank".into(),
        |edit| {
            edit.notes = "branch 7".into();
            edit.favourite = true;
            edit.tags.push("money".into());
        },
    );
    let item = world.browsers[0].item(&id);
    assert_eq!(
        (item.name.as_str(), item.notes.as_str()),
        ("My bank", "branch 7")
    );
    assert!(item.favourite && item.tags == ["money"]);
    assert!(item.others.is_empty() && item.history.is_empty());
}

#[test]
fn s33_of_two_passwords_the_later_one_counts_and_the_other_is_in_the_history() {
    let (mut world, id) = two(2);
    both(
        &mut world,
        &id,
        |edit| edit.password = "second".into(),
        |edit| edit.password = "third".into(),
    );
    let item = world.browsers[0].item(&id);
    assert_eq!(item.password, "third");
    let history: Vec<&str> = item.history.iter().map(|old| old.value.as_str()).collect();
    assert!(history.contains(&"second") && history.contains(&"first"));
}

#[test]
fn s33_the_losing_value_of_a_field_says_when_and_where() {
    let (mut world, id) = two(3);
    let lost = world.browsers[0].keeper.opened().unwrap().vault.device();
    both(
        &mut world,
        &id,
        |edit| edit.username = "ada@one".into(),
        |edit| edit.username = "ada@two".into(),
    );
    let item = world.browsers[1].item(&id);
    assert_eq!(item.username, "ada@two");
    let [other] = item.others.as_slice() else {
        panic!("one value lost");
    };
    assert_eq!(
        (other.field.as_str(), other.value.as_str()),
        ("username", "ada@one")
    );
    assert!(other.device == lost && other.at > START);
}

#[test]
fn an_edit_wins_against_a_deletion_whichever_came_first() {
    for (seed, deleter) in [(4, 0), (5, 1)] {
        let (mut world, id) = two(seed);
        world.browsers[deleter].delete(&id);
        world.browsers[1 - deleter].edit(&id, |edit| edit.notes = "keep".into());
        world.settle();
        assert!(world.browsers.iter().all(|browser| browser.has(&id)));
        assert_eq!(world.browsers[0].item(&id).notes, "keep");
    }
    let (mut world, id) = two(6);
    world.browsers[0].delete(&id);
    world.browsers[1].delete(&id);
    world.settle();
    assert!(!world.browsers.iter().any(|browser| browser.has(&id)));
    // One deletion alone counts.
    let (mut world, id) = two(7);
    world.browsers[0].delete(&id);
    world.settle();
    assert!(!world.browsers[1].has(&id));
    assert!(list(&world.browsers[1].keeper, "").is_empty());
}

#[test]
fn an_edit_wins_against_the_bin() {
    let (mut world, id) = two(8);
    world.browsers[0].bin(&id, true);
    world.browsers[1].edit(&id, |edit| edit.notes = "still in use".into());
    world.settle();
    assert_eq!(world.browsers[0].item(&id).deleted, None);
    world.browsers[0].bin(&id, true);
    world.settle();
    assert!(world.browsers[1].item(&id).deleted.is_some());
}

#[test]
fn lists_merge_entry_by_entry() {
    let (mut world, id) = two(9);
    let site = |url: &str| WebsiteEdit {
        url: url.into(),
        mode: "host".into(),
    };
    let field = |name: &str, value: &str| sesame_vault::item::CustomEdit {
        name: name.into(),
        kind: "text".into(),
        value: value.into(),
    };
    world.browsers[0].edit(&id, |edit| {
        edit.custom = vec![field("pin", "1"), field("old", "x")];
        edit.tags = vec!["a".into(), "b".into()];
    });
    world.settle();
    both(
        &mut world,
        &id,
        |edit| {
            edit.websites.push(site("https://one.example"));
            edit.custom = vec![field("pin", "2")];
            edit.tags = vec!["b".into(), "c".into()];
        },
        |edit| {
            edit.websites.push(site("https://two.example"));
            edit.custom = vec![field("pin", "3"), field("old", "x"), field("new", "y")];
            edit.tags = vec!["a".into(), "b".into(), "d".into()];
        },
    );
    let item = world.browsers[0].item(&id);
    let mut urls: Vec<&str> = item.websites.iter().map(|site| site.url.as_str()).collect();
    urls.sort_unstable();
    assert_eq!(urls.len(), 3);
    assert!(
        urls.iter().any(|url| url.contains("one")) && urls.iter().any(|url| url.contains("two"))
    );
    let custom: Vec<(&str, &str)> = item
        .custom
        .iter()
        .map(|field| (field.name.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(custom, [("pin", "3"), ("new", "y")]);
    assert_eq!(item.others[0].field, "custom:pin");
    assert_eq!(item.others[0].value, "2");
    let mut tags = item.tags.clone();
    tags.sort_unstable();
    assert_eq!(tags, ["b", "c", "d"]);
}

#[test]
fn the_same_login_added_twice_stays_two() {
    let (mut world, _) = two(10);
    for browser in &mut world.browsers {
        browser.save(&login("Shop", "shop.example", "pw"));
    }
    world.settle();
    assert_eq!(list(&world.browsers[0].keeper, "shop").len(), 2);
}

#[test]
fn two_notes_that_do_not_fit_into_one_item_become_two() {
    let (mut world, id) = two(11);
    let text = |letter: &str| letter.repeat(120 * 1024);
    both(
        &mut world,
        &id,
        |edit| edit.notes = text("a"),
        |edit| edit.notes = text("b"),
    );
    let browser = &world.browsers[0];
    assert_eq!(list(&browser.keeper, ""), ["Bank", "Bank 2"]);
    assert_eq!(browser.item(&id).notes, text("b"));
    let other = browser.machine.rows().into_keys().map(|id| id.to_string());
    let found = other.filter(|other| *other != id && browser.has(other));
    assert!(
        found
            .into_iter()
            .any(|id| browser.item(&id).notes == text("a"))
    );
}

#[test]
fn settings_merge_by_their_members() {
    let (mut world, _) = two(12);
    for (at, browser) in world.browsers.iter_mut().enumerate() {
        let edit = crate::api::FillingEdit {
            icon: at == 0,
            copy_code: false,
            equivalents: Vec::new(),
            built_in_off: Vec::new(),
            never: vec![format!("https://never{at}.example")],
        };
        let commit = browser.keeper.save_filling(edit).unwrap();
        browser.write(commit);
    }
    let commit = world.browsers[0].keeper.set_hint("the new one").unwrap();
    world.browsers[0].write(commit);
    world.settle();
    let [one, other] = world.browsers.as_slice() else {
        panic!()
    };
    for browser in [one, other] {
        let settings = browser.keeper.settings().unwrap();
        assert_eq!(
            settings.filling.never,
            ["https://never0.example", "https://never1.example"]
        );
        // The one choice that only one of them changed.
        assert!(!settings.filling.icon);
        assert_eq!(settings.hint, "the new one");
        let names: Vec<String> = browser
            .keeper
            .devices()
            .unwrap()
            .into_iter()
            .map(|d| d.name)
            .collect();
        assert_eq!(names, ["laptop", "other"]);
    }
    // The lock screen of the other browser shows the hint, too.
    assert_eq!(other.machine.loaded().hint().unwrap(), "the new one");
}

#[test]
fn nothing_is_lost_without_a_base() {
    let (mut world, id) = two(13);
    let only_here = world.browsers[1].save(&login("Here", "here.example", "pw"));
    world.browsers[0].edit(&id, |edit| edit.password = "theirs".into());
    world.browsers[1].edit(&id, |edit| edit.password = "ours".into());
    world.sync(0);
    // What this browser knew of the account is gone, and what it changed since with it.
    let browser = &mut world.browsers[1];
    browser.machine.disk.borrow_mut().retain(|(store, key), _| {
        *store != Store::Bases && !(*store == Store::Vault && key == "sync")
    });
    browser.restart();
    assert_eq!(browser.keeper.account_view().unwrap().state, "signed-out");
    let device = browser.keeper.new_device().unwrap();
    world.server.add_device(&device);
    let session = world.server.session();
    let input = super::world::attach_input("again");
    let commit = browser
        .keeper
        .rejoin(&input, &session, &[3; 32], &[4; 32])
        .unwrap();
    browser.write(commit);
    world.settle();
    let item = world.browsers[0].item(&id);
    let mut all: Vec<&str> = item.history.iter().map(|old| old.value.as_str()).collect();
    all.push(&item.password);
    assert!(all.contains(&"ours") && all.contains(&"theirs") && all.contains(&"first"));
    assert!(world.browsers[0].has(&only_here));
    // One name for one browser, though it signed in twice.
    assert_eq!(world.browsers[0].keeper.devices().unwrap().len(), 2);
}

/// A push whose answer is lost, after which the person goes on: what comes back is this browser's own.
#[test]
fn what_was_sent_without_an_answer_is_no_conflict() {
    let (mut world, id) = two(14);
    let World { server, browsers } = &mut world;
    let browser = &mut browsers[1];
    browser.edit(&id, |edit| edit.name = "Sent".into());
    let faults = Faults::at(1, Some(Fault::Answer));
    assert_eq!(browser.sync(server, &faults), Err(Stop::Fault));
    browser.restart();
    browser.edit(&id, |edit| edit.name = "After".into());
    world.settle();
    let item = world.browsers[0].item(&id);
    assert_eq!(item.name, "After");
    assert!(item.others.is_empty(), "nobody lost anything");
}

#[test]
fn a_change_between_sending_and_the_answer_is_sent_next() {
    let (mut world, id) = two(15);
    let World { server, browsers } = &mut world;
    let browser = &mut browsers[0];
    browser.edit(&id, |edit| edit.name = "Sent".into());
    let rows = browser.machine.rows();
    let push = browser
        .keeper
        .push(&rows, &browser.machine.bases())
        .unwrap()
        .unwrap();
    browser.write(push.commit);
    let answer = server.commit(&push.body).unwrap();
    browser.edit(&id, |edit| edit.name = "Meanwhile".into());
    let pushed = browser.keeper.pushed(&answer).unwrap();
    browser.write(pushed.commit);
    assert_eq!(browser.machine.bases().len(), 1);
    world.settle();
    let item = world.browsers[1].item(&id);
    assert_eq!(item.name, "Meanwhile");
    assert!(item.others.is_empty());
}

use super::world::{Fault, Faults, Stop};

/// An old vault and the one that a reset began have gone different ways with an item that was merged
/// from one into the other: neither edit is lost, whichever was later (S-33).
#[test]
fn s33_what_both_vaults_have_is_merged_when_one_is_brought_along() {
    for old_is_later in [false, true] {
        let mut world = World::of(330 + u64::from(old_is_later), 1);
        let machine = Machine::new(340 << 8);
        let (mut old, _) = machine.created();
        let id = machine.save(&mut old, &login("Bank", "bank.example", "pw"));
        let at = world.join(341 << 8);
        let browser = &mut world.browsers[at];
        let bring = |old: &Keeper, browser: &mut Browser| {
            let rows = browser.machine.rows();
            let taken = browser.keeper.take_items_of(old, &machine.rows(), &rows);
            let taken = taken.unwrap();
            browser.write(taken.commit);
            taken.report
        };
        bring(&old, browser);
        // Brought along a second time, it is here already.
        assert_eq!(bring(&old, browser).skipped, 1);
        let edit_old = |old: &mut Keeper| {
            let mut edit = old.item_edit(&id, &machine.row(&id)).unwrap();
            edit.password = "of the old vault".into();
            machine.save(old, &edit);
        };
        let clock = browser.machine.clock.get();
        if old_is_later {
            browser.edit(&id, |edit| edit.notes = "of the new vault".into());
            machine.clock.set(clock + 5000);
            edit_old(&mut old);
        } else {
            machine.clock.set(clock + 500);
            edit_old(&mut old);
            browser.machine.pass(5000);
            browser.edit(&id, |edit| edit.notes = "of the new vault".into());
        }
        assert_eq!(bring(&old, browser).merged, 1);
        let item = browser.item(&id);
        let kept = |value: &str| {
            item.password == value || item.history.iter().any(|old| old.value == value)
        };
        assert!(kept("of the old vault") && kept("pw"));
        let noted = |value: &str| {
            item.notes == value || item.others.iter().any(|other| other.value == value)
        };
        assert!(noted("of the new vault"));
        world.settle();
    }
}
