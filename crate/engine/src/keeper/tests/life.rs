//! Create, save, lock, unlock, resume.

use super::*;

#[test]
fn create_save_lock_unlock_list_reveal() {
    let machine = Machine::new(1);
    let (mut keeper, _) = machine.created();
    let id = machine.save(&mut keeper, &login("Bank", "bank.example", "hunter2"));
    assert_eq!(list(&keeper, ""), ["Bank"]);
    keeper.lock();
    for error in [
        code(keeper.list(
            &serde_json::from_str(r#"{"text":"","in":"items","offset":0,"limit":1}"#).unwrap(),
        )),
        code(keeper.session_secret()),
        code(keeper.open_view()),
        code(keeper.locked_view()),
        code(keeper.save(&login("x", "", ""), None)),
        code(keeper.backup(&machine.rows())),
    ] {
        assert_eq!(error, "locked");
    }
    let keeper = machine.unlocked();
    assert_eq!(list(&keeper, "bank"), ["Bank"]);
    assert_eq!(
        *keeper.reveal(&id, &machine.row(&id), "password").unwrap(),
        "hunter2"
    );
    let view = keeper.open_view().unwrap();
    assert_eq!(
        (view.item_count, view.bin_count, view.lock_after),
        (1, 0, 5)
    );
    assert!(view.damage.is_empty());
}

#[test]
fn unlocking_reads_no_row() {
    let machine = Machine::new(2);
    let (mut keeper, _) = machine.created();
    for n in 0..20 {
        machine.save(
            &mut keeper,
            &login(&format!("Site {n:02}"), &format!("site{n}.example"), "pw"),
        );
    }
    machine
        .disk
        .borrow_mut()
        .retain(|(store, _), _| *store != Store::Items);
    let keeper = machine.unlocked();
    assert_eq!(list(&keeper, "").len(), 20);
    assert_eq!(
        keeper
            .matches("https://site7.example", "https://site7.example/x")
            .unwrap()
            .len(),
        1
    );
    assert_eq!(keeper.settings().unwrap().vault_name, "Home");
}

#[test]
fn a_wrong_password_is_said_and_leaves_the_vault_as_it_was() {
    let machine = Machine::new(3);
    machine.created();
    let mut keeper = machine.loaded();
    let slot = password_slot(&keeper);
    assert_eq!(
        code(keeper.unlock_password(&slot, Zeroizing::new([9; 32]))),
        "wrong-secret"
    );
    assert_eq!(
        code(keeper.unlock_password("xyz", Zeroizing::new([9; 32]))),
        "not-found"
    );
    assert_eq!(keeper.hint().unwrap(), "the usual");
    assert!(
        keeper
            .unlock_password(&slot, Zeroizing::new(PASSWORD))
            .is_ok()
    );
    assert_eq!(
        code(keeper.unlock_password(&slot, Zeroizing::new(PASSWORD))),
        "exists"
    );
}

#[test]
fn a_session_goes_on_after_a_restart() {
    let machine = Machine::new(4);
    let (mut keeper, _) = machine.created();
    machine.save(&mut keeper, &login("Bank", "bank.example", "pw"));
    let secret = keeper.session_secret().unwrap();
    let state = serde_json::to_string(&keeper.session_state().unwrap()).unwrap();
    assert_eq!(
        state,
        format!(
            r#"{{"openedBy":"password","freshUntil":{}}}"#,
            START + 60_000
        )
    );

    let mut resumed = machine.loaded();
    resumed.resume(&secret, &state).unwrap();
    assert_eq!(list(&resumed, ""), ["Bank"]);
    assert_eq!(
        resumed.session_state().unwrap(),
        keeper.session_state().unwrap()
    );

    // Another vault's secret, a shortened one, a state that claims to be fresh for ever.
    let (other, _) = Machine::new(5).created();
    assert_eq!(
        code(
            machine
                .loaded()
                .resume(&other.session_secret().unwrap(), &state)
        ),
        "wrong-secret"
    );
    assert_eq!(
        code(machine.loaded().resume(&secret[..47], &state)),
        "wrong-secret"
    );
    assert_eq!(code(machine.loaded().resume(&secret, "{}")), "invalid");
    let mut resumed = machine.loaded();
    resumed
        .resume(
            &secret,
            r#"{"openedBy":"passkey","freshUntil":9999999999999}"#,
        )
        .unwrap();
    assert_eq!(resumed.session_state().unwrap().fresh_until, START + 60_000);
}

#[test]
fn nothing_is_there_before_loading_and_a_vault_is_made_once() {
    let machine = Machine::new(6);
    let mut keeper = machine.empty();
    assert_eq!(code(keeper.locked_view()), "absent");
    assert_eq!(code(keeper.open_view()), "absent");
    assert_eq!(
        code(keeper.load(BTreeMap::new(), BTreeMap::new())),
        "absent"
    );
    let (mut keeper, _) = machine.created();
    let input = || CreateInput {
        vault_name: "Two".into(),
        hint: String::new(),
        kdf_id: 1,
        salt: SALT.into(),
    };
    assert_eq!(
        code(keeper.create(input(), Zeroizing::new(PASSWORD))),
        "exists"
    );
    assert_eq!(
        code(machine.loaded().create(input(), Zeroizing::new(PASSWORD))),
        "exists"
    );
    for bad in [
        CreateInput {
            kdf_id: 0,
            ..input()
        },
        CreateInput {
            kdf_id: 4,
            ..input()
        },
        CreateInput {
            salt: "AA".into(),
            ..input()
        },
    ] {
        assert_eq!(
            code(machine.empty().create(bad, Zeroizing::new(PASSWORD))),
            "invalid"
        );
    }
}

/// What lies on the disk of a locked vault names nothing of its content.
#[test]
fn s98_the_disk_holds_no_plain_text() {
    let machine = Machine::new(7);
    let (mut keeper, recovery) = machine.created();
    machine.confirm(&mut keeper, &recovery);
    let mut edit = login("CANARY-name", "canary-site.example", "CANARY-password");
    edit.username = "CANARY-user".into();
    edit.notes = "CANARY-notes".into();
    edit.tags = vec!["CANARY-tag".into()];
    machine.save(&mut keeper, &edit);
    machine.write(keeper.remember_generated("CANARY-generated").unwrap());
    let draft = keeper.seal_draft("editor:new", "CANARY-draft").unwrap();
    let disk = machine.disk.borrow();
    for bytes in disk.values().chain([&draft]) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("canary"));
        assert!(!text.contains(&recovery.to_lowercase()));
    }
}

#[test]
fn the_generator_history_and_drafts_survive_a_restart() {
    let machine = Machine::new(8);
    let (mut keeper, _) = machine.created();
    machine.write(keeper.remember_generated("one").unwrap());
    machine.pass(1);
    machine.write(keeper.remember_generated("two").unwrap());
    machine.write(keeper.remember_generated("one").unwrap());
    let draft = keeper
        .seal_draft("editor:new", "{\"name\":\"half\"}")
        .unwrap();
    let keeper = machine.unlocked();
    let history = keeper.generator_history().unwrap();
    assert_eq!(
        history.iter().map(|h| h.value.as_str()).collect::<Vec<_>>(),
        ["one", "two"]
    );
    assert_eq!(history[0].at, START + 1);
    assert_eq!(
        *keeper.open_draft("editor:new", &draft).unwrap(),
        "{\"name\":\"half\"}"
    );
    assert_eq!(code(keeper.open_draft("editor:other", &draft)), "damaged");
    let mut empty = machine.empty();
    let options =
        r#"{"mode":"passphrase","words":5,"separator":"-","capitalise":false,"digit":false}"#;
    let input: crate::api::GeneratorInput = serde_json::from_str(options).unwrap();
    assert!(
        empty.generate(&input.options().unwrap()).is_ok(),
        "needs no vault"
    );
}

#[test]
fn settings_travel_with_the_vault() {
    let machine = Machine::new(9);
    let (mut keeper, _) = machine.created();
    let edit = |minutes, name: &str| crate::api::SettingsEdit {
        lock_after: minutes,
        vault_name: name.into(),
    };
    machine.write(keeper.save_settings(&edit(60, " Ours ")).unwrap());
    assert_eq!(code(keeper.save_settings(&edit(7, "x"))), "invalid");
    assert_eq!(code(keeper.save_settings(&edit(5, " "))), "invalid");
    assert_eq!(
        code(keeper.save_settings(&edit(5, &"x".repeat(500)))),
        "too-large"
    );
    let keeper = machine.unlocked();
    let settings = keeper.settings().unwrap();
    assert_eq!(
        (settings.lock_after, settings.vault_name, settings.hint),
        (60, "Ours", "the usual")
    );
    assert_eq!(machine.loaded().locked_view().unwrap().vault_name, "Ours");
}
