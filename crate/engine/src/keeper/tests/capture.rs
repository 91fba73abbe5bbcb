//! From a form that was sent to an item, as the background does it.

use super::*;
use crate::api::{Attempt, CaptureChoice, CaptureVerdict, CaptureView};

const BANK: &str = "https://bank.test";

/// A form with one field for each of `(type, autocomplete, name, value)`.
pub(super) fn form(origin: &str, button: &str, fields: &[[&str; 4]]) -> Attempt {
    let described: Vec<String> = fields
        .iter()
        .map(|[kind, token, name, _]| {
            format!(
                r#"{{"tag":"input","type":"{kind}","name":"{name}","id":"{name}","className":"","autocomplete":"{token}",
                "placeholder":"","ariaLabel":"","title":"","inputMode":"","pattern":"","maxLength":null,"readOnly":false,
                "disabled":false,"required":false,"hasValue":true,"ariaHidden":false,"tabIndex":0,"label":"{name}",
                "description":"","nearby":"","options":[],"group":0,"visibility":"yes","x":0,"y":0,"width":200,"height":30}}"#
            )
        })
        .collect();
    let values: Vec<String> = fields
        .iter()
        .enumerate()
        .map(|(at, field)| format!(r#"[{at},"{}"]"#, field[3]))
        .collect();
    let json = format!(
        r#"{{"origin":"{origin}","values":[{}],"snapshot":{{"id":"x","title":"","lang":"en","path":"/","headings":[],
        "focused":null,"frameVisible":true,"fields":[{}],"groups":[{{"isForm":true,"attributes":"","action":"",
        "hasAction":false,"method":"post","hasMethod":true,"headings":[],"links":[],"buttons":[{{"text":"{button}",
        "attributes":"","submit":true,"formAction":"","formMethod":"","visible":true}}]}}]}}}}"#,
        values.join(","),
        described.join(",")
    );
    serde_json::from_str(&json).unwrap()
}

pub(super) fn sign_in(origin: &str, username: &str, password: &str) -> Attempt {
    form(
        origin,
        "Sign in",
        &[
            ["email", "username", "email", username],
            ["password", "current-password", "password", password],
        ],
    )
}

fn change(current: &str, fresh: &str) -> Attempt {
    form(
        BANK,
        "Change password",
        &[
            ["password", "current-password", "old", current],
            ["password", "new-password", "new", fresh],
            ["password", "new-password", "repeat", fresh],
        ],
    )
}

impl Machine {
    /// Seals an attempt, writes it, and gives all captures that lie there.
    fn seal(&self, keeper: &mut Keeper, attempt: &Attempt) -> Option<String> {
        let sealed = keeper.seal_capture(attempt).unwrap();
        self.write(sealed.commit);
        sealed.id.map(|id| id.to_string())
    }

    fn captures(&self) -> Captures {
        self.store(Store::Captures)
    }

    fn view<'a>(&self, keeper: &'a Keeper) -> CaptureView<'a> {
        keeper.capture_view(&self.captures(), &self.rows()).unwrap()
    }

    fn keep(&self, keeper: &mut Keeper, item: Option<&str>) -> String {
        let view = self.view(keeper);
        let choice = CaptureChoice {
            item_id: item.map(Into::into),
            name: view.name.clone(),
            username: view.username.clone(),
        };
        let row = item.map(|id| self.row(id));
        let saved = keeper
            .save_capture(&self.captures(), &choice, row.as_deref())
            .unwrap();
        self.write(saved.commit);
        saved.id.to_string()
    }

    fn verdict(&self, keeper: &mut Keeper, attempt: &Attempt) -> (CaptureVerdict, Option<String>) {
        self.disk
            .borrow_mut()
            .retain(|(store, _), _| *store != Store::Captures);
        self.seal(keeper, attempt).unwrap();
        let view = self.view(keeper);
        (view.verdict, view.item_id)
    }
}

#[test]
fn a_sign_in_while_locked_is_saved_after_unlocking() {
    let machine = Machine::new(60);
    drop(machine.created());
    let mut locked = machine.loaded();
    let id = machine.seal(
        &mut locked,
        &sign_in("https://www.bank.test", "ada@x.test", "correct horse"),
    );
    assert_eq!(id.map(|id| id.len()), Some(32));
    assert_eq!(code(locked.capture_items(&machine.captures())), "locked");
    // Nothing of it is readable on the disk.
    for bytes in machine.disk.borrow().values() {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("correct horse")
                && !text.contains("ada@x.test")
                && !text.contains("www.bank")
        );
    }
    let mut open = machine.unlocked();
    let view = machine.view(&open);
    assert_eq!(view.verdict, CaptureVerdict::New);
    assert_eq!(
        (
            view.origin.as_str(),
            view.host.as_str(),
            view.name.as_str(),
            view.username.as_str()
        ),
        (
            "https://www.bank.test",
            "www.bank.test",
            "bank.test",
            "ada@x.test"
        )
    );
    assert!(view.item_id.is_none() && view.candidates.is_empty() && !view.generated);
    let id = machine.keep(&mut open, None);
    let item = open.item_edit(&id, &machine.row(&id)).unwrap();
    assert_eq!(
        (
            item.username.as_str(),
            item.password.as_str(),
            item.websites[0].url.as_str(),
            item.websites[0].mode.as_str()
        ),
        (
            "ada@x.test",
            "correct horse",
            "https://www.bank.test",
            "host"
        )
    );
    // The captures went with it.
    assert!(machine.captures().is_empty());
    assert_eq!(code(open.capture_items(&machine.captures())), "not-found");
}

/// S-80: an update only for the very origin and user name; everything else is new.
#[test]
fn s80_update_only_on_exact_origin_and_user_name() {
    let machine = Machine::new(61);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", BANK, "old"));
    let mut verdict = |origin: &str, username: &str, password: &str| {
        machine.verdict(&mut keeper, &sign_in(origin, username, password))
    };
    assert_eq!(verdict(BANK, "ada", "old").0, CaptureVerdict::Same);
    assert_eq!(
        verdict(BANK, "ada", "new"),
        (CaptureVerdict::Update, Some(id))
    );
    let new = (CaptureVerdict::New, None);
    for (origin, username) in [
        (BANK, "eve"),
        ("http://bank.test", "ada"),
        ("https://bank.test:8443", "ada"),
        ("https://login.bank.test", "ada"),
        ("https://bank.test.evil.test", "ada"),
    ] {
        assert_eq!(verdict(origin, username, "new"), new, "{origin} {username}");
    }
}

/// S-80: also where somebody says otherwise, the item must belong to where it was typed.
#[test]
fn s80_another_sites_item_is_not_updated() {
    let machine = Machine::new(62);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", BANK, "old"));
    machine.seal(&mut keeper, &sign_in("https://evil.test", "ada", "poison"));
    let choice = CaptureChoice {
        item_id: Some(id.clone()),
        name: String::new(),
        username: "ada".into(),
    };
    let saved = keeper.save_capture(&machine.captures(), &choice, Some(&machine.row(&id)));
    assert_eq!(code(saved), "not-found");
    assert_eq!(
        keeper.item_edit(&id, &machine.row(&id)).unwrap().password,
        "old"
    );
}

/// S-80: an opaque origin is nobody's.
#[test]
fn s80_opaque_origins_are_not_kept() {
    let machine = Machine::new(63);
    let (mut keeper, _) = machine.created();
    for origin in [
        "null",
        "",
        "file://",
        "chrome-extension://abc",
        "https://bank.test/",
    ] {
        assert!(
            machine
                .seal(&mut keeper, &sign_in(origin, "ada", "x"))
                .is_none(),
            "{origin}"
        );
    }
}

/// S-58: the old password goes into the history, and the change can be taken back.
#[test]
fn s58_old_password_in_history_and_undo() {
    let machine = Machine::new(64);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", BANK, "old"));
    machine.seal(&mut keeper, &sign_in(BANK, "ada", "new"));
    machine.keep(&mut keeper, Some(&id));
    let password = |keeper: &Keeper| {
        keeper
            .item_edit(&id, &machine.row(&id))
            .unwrap()
            .password
            .clone()
    };
    let old = |keeper: &Keeper| {
        keeper
            .reveal(&id, &machine.row(&id), "history:0")
            .unwrap()
            .as_str()
            .to_owned()
    };
    assert_eq!(
        (password(&keeper).as_str(), old(&keeper).as_str()),
        ("new", "old")
    );
    let commit = keeper.revert_password(&id, &machine.row(&id)).unwrap();
    machine.write(commit);
    assert_eq!(
        (password(&keeper).as_str(), old(&keeper).as_str()),
        ("old", "new")
    );
    assert!(keeper.reveal(&id, &machine.row(&id), "history:1").is_err());
    let other = machine.save(&mut keeper, &login("Shop", "https://shop.test", "x"));
    assert_eq!(
        code(keeper.revert_password(&other, &machine.row(&other))),
        "not-found"
    );
}

/// S-58: an update that changed no password has none to take back; older ones stay where they are.
#[test]
fn s58_undo_leaves_older_passwords_alone() {
    let machine = Machine::new(80);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", BANK, "oldest"));
    for username in ["ada", "ada@x.test"] {
        machine.pass(1_000);
        machine.seal(&mut keeper, &sign_in(BANK, username, "current"));
        machine.keep(&mut keeper, Some(&id));
    }
    assert_eq!(
        code(keeper.revert_password(&id, &machine.row(&id))),
        "not-found"
    );
    let item = keeper.item_edit(&id, &machine.row(&id)).unwrap();
    assert_eq!(item.password, "current");
}

/// S-60: what was typed into an unencrypted page says nothing of a sign-in on the encrypted one.
#[test]
fn s60_an_unencrypted_step_is_no_step_of_an_encrypted_sign_in() {
    let machine = Machine::new(81);
    let (mut keeper, _) = machine.created();
    let name =
        |origin: &str, value: &str| form(origin, "Next", &[["email", "username", "email", value]]);
    machine.seal(&mut keeper, &name(BANK, "ada@x.test"));
    machine.pass(1_000);
    machine.seal(&mut keeper, &name("http://bank.test", "eve@x.test"));
    machine.pass(1_000);
    let password = form(
        BANK,
        "Sign in",
        &[["password", "current-password", "password", "correct horse"]],
    );
    machine.seal(&mut keeper, &password);
    assert_eq!(machine.view(&keeper).username, "ada@x.test");
}

#[test]
fn a_change_finds_its_item_by_the_old_password() {
    let machine = Machine::new(65);
    let (mut keeper, _) = machine.created();
    let mut eve = login("Bank of Eve", BANK, "eves");
    eve.username = "eve".into();
    let eve = machine.save(&mut keeper, &eve);
    let ada = machine.save(&mut keeper, &login("Bank", BANK, "adas"));
    let update = |id: &String| (CaptureVerdict::Update, Some(id.clone()));
    assert_eq!(
        machine.verdict(&mut keeper, &change("adas", "next")),
        update(&ada)
    );
    assert_eq!(
        machine.verdict(&mut keeper, &change("eves", "next")),
        update(&eve)
    );
    // Nobody's: whose it is, the person says.
    assert_eq!(
        machine.verdict(&mut keeper, &change("other", "next")),
        (CaptureVerdict::New, None)
    );
    assert_eq!(machine.view(&keeper).candidates.len(), 2);
    // Saved already, by whatever way.
    assert_eq!(
        machine.verdict(&mut keeper, &change("x", "adas")).0,
        CaptureVerdict::Same
    );
}

#[test]
fn a_change_without_the_old_password_is_for_the_only_account() {
    let machine = Machine::new(66);
    let (mut keeper, _) = machine.created();
    let reset = || {
        form(
            BANK,
            "Change password",
            &[
                ["password", "new-password", "new", "next"],
                ["password", "new-password", "repeat", "next"],
            ],
        )
    };
    assert_eq!(
        machine.verdict(&mut keeper, &reset()).0,
        CaptureVerdict::New
    );
    let ada = machine.save(&mut keeper, &login("Bank", BANK, "adas"));
    assert_eq!(
        machine.verdict(&mut keeper, &reset()),
        (CaptureVerdict::Update, Some(ada))
    );
    let mut eve = login("Bank of Eve", BANK, "eves");
    eve.username = "eve".into();
    machine.save(&mut keeper, &eve);
    assert_eq!(
        machine.verdict(&mut keeper, &reset()),
        (CaptureVerdict::New, None)
    );
}

#[test]
fn what_is_no_sign_in_is_not_kept() {
    let machine = Machine::new(67);
    let (mut keeper, _) = machine.created();
    let refused = [
        form(BANK, "Search", &[["search", "", "q", "horses"]]),
        form(
            BANK,
            "Subscribe to the newsletter",
            &[["email", "email", "newsletter", "ada@x.test"]],
        ),
        // The two new ones differ: no site takes that.
        form(
            BANK,
            "Sign up",
            &[
                ["email", "email", "email", "ada@x.test"],
                ["password", "new-password", "password", "one"],
                ["password", "new-password", "repeat", "two"],
            ],
        ),
        form(
            BANK,
            "Pay",
            &[
                ["text", "cc-number", "card", "4111111111111111"],
                ["password", "cc-csc", "csc", "123"],
            ],
        ),
        form(
            BANK,
            "Continue",
            &[["text", "one-time-code", "code", "123456"]],
        ),
        // Nothing was typed.
        sign_in(BANK, "", ""),
    ];
    for (at, attempt) in refused.iter().enumerate() {
        assert!(machine.seal(&mut keeper, attempt).is_none(), "{at}");
    }
}

#[test]
fn a_user_name_of_the_page_before_counts() {
    let machine = Machine::new(68);
    let (mut keeper, _) = machine.created();
    let name = form(
        BANK,
        "Next",
        &[["email", "username", "email", "ada@x.test"]],
    );
    assert!(machine.seal(&mut keeper, &name).is_some());
    assert_eq!(code(keeper.capture_items(&machine.captures())), "not-found");
    machine.pass(5_000);
    let password = form(
        BANK,
        "Sign in",
        &[["password", "current-password", "password", "correct horse"]],
    );
    assert!(machine.seal(&mut keeper, &password).is_some());
    let view = machine.view(&keeper);
    assert_eq!(
        (view.username.as_str(), view.verdict),
        ("ada@x.test", CaptureVerdict::New)
    );
}

#[test]
fn a_generated_password_is_known_as_such() {
    let machine = Machine::new(69);
    let (mut keeper, _) = machine.created();
    machine.write(keeper.remember_generated("made-by-sesame").unwrap());
    let up = form(
        BANK,
        "Sign up",
        &[
            ["email", "email", "email", "ada@x.test"],
            ["password", "new-password", "password", "made-by-sesame"],
        ],
    );
    let sealed = keeper.seal_capture(&up).unwrap();
    assert!(
        sealed.has.generated
            && sealed.has.new_password
            && sealed.has.username
            && !sealed.has.password
    );
    // While locked nobody knows; afterwards it shows.
    let mut locked = machine.loaded();
    let sealed = locked.seal_capture(&up).unwrap();
    assert!(!sealed.has.generated);
    machine.write(sealed.commit);
    assert!(machine.view(&machine.unlocked()).generated);
}

#[test]
fn never_holds_for_the_origin() {
    let machine = Machine::new(70);
    let (mut keeper, _) = machine.created();
    machine.seal(&mut keeper, &sign_in(BANK, "ada", "x"));
    let commit = keeper.never_capture(&machine.captures()).unwrap();
    machine.write(commit);
    assert!(machine.captures().is_empty());
    let mut keeper = machine.unlocked();
    assert_eq!(
        machine.verdict(&mut keeper, &sign_in(BANK, "ada", "x")).0,
        CaptureVerdict::Never
    );
    assert_eq!(
        machine
            .verdict(&mut keeper, &sign_in("https://shop.test", "ada", "x"))
            .0,
        CaptureVerdict::New
    );
}

/// What somebody else put into the store, or a key that was not this vault's sealed, is passed over.
#[test]
fn foreign_captures_are_passed_over() {
    let machine = Machine::new(71);
    let (mut keeper, _) = machine.created();
    machine.seal(&mut keeper, &sign_in(BANK, "ada", "x"));
    let mut captures = machine.captures();
    captures.insert("00".repeat(16), vec![7; 500]);
    captures.insert("not an id".into(), vec![]);
    assert_eq!(
        keeper
            .capture_view(&captures, &machine.rows())
            .unwrap()
            .username,
        "ada"
    );
    captures.retain(|key, _| !machine.captures().contains_key(key));
    assert_eq!(code(keeper.capture_items(&captures)), "not-found");
}
