//! Signing up, in and out, passwords that change elsewhere, resets and the way back from one.

use super::world::{Faults, attach_input, fetch};
use super::*;
use crate::api::PasswordInput;
use sesame_protocol::account::{
    Message, RecoverFinish, RecoverStarted, SealedProve, SealedPulled, SealedStarted,
    SessionStarted,
};
use sesame_protocol::{Header, SlotKind};
use sesame_vault::SealedPages;

pub(super) const OTHER: [u8; 32] = [0x44; 32];

pub(super) fn set_password(browser: &mut Browser, stretched: [u8; 32]) {
    let input = PasswordInput {
        kdf_id: 1,
        salt: SALT.into(),
        hint: "another".into(),
    };
    let commit = browser
        .keeper
        .set_master_password(input, Zeroizing::new(stretched))
        .unwrap();
    browser.write(commit);
}

/// The password's half at the server, as `PasswordFinish` brings it.
pub(super) fn bring_password(browser: &mut Browser, server: &mut Server) {
    browser.pull(server, &Faults::none()).unwrap();
    let bases = browser.machine.bases();
    let push = browser
        .keeper
        .password_body(&[2; 192], true, &bases)
        .unwrap();
    browser.write(push.commit);
    let session = server.password(&push.body).unwrap();
    let commit = browser.keeper.password_done(&session).unwrap();
    browser.write(commit);
}

pub(super) fn slots(browser: &Browser, kind: SlotKind) -> usize {
    let disk = browser.machine.disk.borrow();
    let header = Header::parse(&disk[&(Store::Vault, "header".to_owned())]).unwrap();
    header.slots_of(kind).count()
}

#[test]
fn a_session_takes_the_device_and_the_vault() {
    let mut world = World::of(300, 2);
    let started = world
        .server
        .start(&world.browsers[1].keeper.session_start_body().unwrap());
    let body = world.browsers[1].keeper.session_body(&started).unwrap();
    let session = world.server.finish(&body).unwrap();
    let view = world.browsers[1].keeper.session_opened(&session).unwrap();
    assert_eq!((view.token.len(), view.ttl), (64, 900));
    let mut forged = body.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(world.server.finish(&forged).is_err());
    // S-26: a session of another account is none of this vault.
    let other = World::new(301).server.session();
    assert_eq!(
        code(world.browsers[1].keeper.session_opened(&other)),
        "sync-suspended"
    );
    // And what stops sync from then on (S-17).
    drop(world.browsers[1].keeper.suspend_writes().unwrap());
    let view = world.browsers[1].keeper.account_view().unwrap();
    assert_eq!(
        (view.state, view.reason),
        ("suspended", Some("other-vault"))
    );
    // A locked profile holds nothing that opens a session.
    let locked = world.browsers[1].machine.loaded();
    assert_eq!(code(locked.session_start_body()), "locked");
    let view = locked.account_view().unwrap();
    assert_eq!((view.email.as_str(), view.state), ("ada@example.com", "ok"));
    assert_eq!(view.fingerprint, locked.vault_ids().unwrap().fingerprint);
    assert_eq!(view.fingerprint.len(), 9);
}

/// S-35: what was found is shown before it is taken, and can't be somebody else's vault.
#[test]
fn s35_signing_in_shows_what_was_found() {
    let mut world = World::of(302, 2);
    world.browsers[0].save(&login("Bank", "bank.example", "pw"));
    world.settle();
    let machine = Machine::new(303 << 8);
    let mut keeper = machine.empty();
    let session = world.server.session();
    fetch(&mut keeper, &mut world.server, &session).unwrap();
    let preview = keeper.account_preview().unwrap();
    assert_eq!((preview.items, preview.recovery), (1, true));
    assert!(preview.changed_at.is_none() && preview.devices.is_none());
    let fingerprint = world.browsers[0].keeper.vault_ids().unwrap().fingerprint;
    assert_eq!(preview.fingerprint, fingerprint);
    let slot = password_slot(&keeper);
    let wrong = keeper.unlock_password(&slot, Zeroizing::new(OTHER));
    assert_eq!(wrong.err().unwrap().code(), "wrong-secret");
    drop(
        keeper
            .unlock_password(&slot, Zeroizing::new(PASSWORD))
            .unwrap(),
    );
    let preview = keeper.account_preview().unwrap();
    assert_eq!(preview.devices.unwrap().len(), 2);
    assert!(preview.changed_at.is_some() && preview.vault_name == "Home");
    // Another account's vault under this session.
    let mut other = World::new(304).server;
    let mut keeper = machine.empty();
    let failed = fetch(&mut keeper, &mut other, &session).unwrap_err();
    assert_eq!(failed.reason().unwrap().name(), "other-vault");
    // An older state than the session speaks of.
    let old = world.server.clone();
    world.browsers[0].save(&login("More", "more.example", "pw"));
    world.sync(0);
    let session = world.server.session();
    let failed = fetch(&mut machine.empty(), &mut old.clone(), &session).unwrap_err();
    assert_eq!(failed.reason().unwrap().name(), "rollback");
    // An entry less, or an empty vault, is not what is signed (S-07, S-35).
    let mut less = world.server.clone();
    less.vault.rows.pop_first();
    let failed = fetch(&mut machine.empty(), &mut less, &session).unwrap_err();
    assert_eq!(failed.reason().unwrap().name(), "mixed");
}

#[test]
fn the_lock_screen_of_a_browser_that_joined_knows_name_and_hint() {
    let world = World::of(305, 2);
    let locked = world.browsers[1].machine.loaded();
    let view = locked.locked_view().unwrap();
    assert_eq!((view.vault_name.as_str(), view.has_hint), ("Home", true));
    assert_eq!(locked.hint().unwrap(), "the usual");
}

/// A password set in one browser opens the other one: at once through the account, and after a sync.
#[test]
fn a_password_that_was_set_elsewhere() {
    let mut world = World::of(306, 2);
    let World { server, browsers } = &mut world;
    set_password(&mut browsers[0], OTHER);
    assert!(browsers[0].keeper.account_view().unwrap().password_behind);
    // Until the server has the password, it does not get the header either.
    browsers[0].save(&login("Bank", "bank.example", "pw"));
    browsers[0].sync(server, &Faults::none()).unwrap();
    assert!(browsers[0].keeper.header_waits() && browsers[0].machine.bases().is_empty());
    bring_password(&mut browsers[0], server);
    assert!(!browsers[0].keeper.account_view().unwrap().password_behind);
    assert!(!browsers[0].keeper.header_waits());

    let mut locked = browsers[1].machine.loaded();
    let session = server.session();
    let body = locked.locked_pull_body(&session).unwrap();
    let slots = locked.locked_header(&server.pull(&body)).unwrap();
    let slot = slots[0].slot_id.clone();
    assert_ne!(slot, password_slot(&locked));
    let wrong = locked.unlock_password(&slot, Zeroizing::new([9; 32]));
    assert!(wrong.is_err());
    let commit = locked
        .unlock_password(&slot, Zeroizing::new(OTHER))
        .unwrap();
    browsers[1].write(commit);
    browsers[1] = Browser::new(
        std::mem::replace(&mut browsers[1].machine, Machine::new(1)),
        locked,
    );
    browsers[1].sync(server, &Faults::none()).unwrap();
    let mut locked = browsers[1].machine.loaded();
    let view = locked.locked_view().unwrap();
    // "You replaced this password on ..."
    assert_eq!(view.retired.len(), 1);
    assert!(locked.was_replaced(0, &PASSWORD).unwrap());
    let slot = password_slot(&locked);
    drop(
        locked
            .unlock_password(&slot, Zeroizing::new(OTHER))
            .unwrap(),
    );
    assert_eq!(locked.hint().unwrap(), "another");
}

/// The server took the password, and its answer was lost: the next pull says so.
#[test]
fn a_password_whose_answer_was_lost_is_not_behind() {
    let mut world = World::of(320, 2);
    let World { server, browsers } = &mut world;
    set_password(&mut browsers[0], OTHER);
    browsers[0].pull(server, &Faults::none()).unwrap();
    assert!(browsers[0].keeper.account_view().unwrap().password_behind);
    let bases = browsers[0].machine.bases();
    let push = browsers[0]
        .keeper
        .password_body(&[2; 192], true, &bases)
        .unwrap();
    browsers[0].write(push.commit);
    drop(server.password(&push.body).unwrap());
    browsers[0].keeper.push_failed().unwrap();
    // And somebody else changed the ways in since.
    browsers[1].sync(server, &Faults::none()).unwrap();
    let session = server.session();
    browsers[1].keeper.session_opened(&session).unwrap();
    let slot = password_slot(&browsers[1].keeper);
    let factor = crate::api::Factor::Password;
    let commit = browsers[1]
        .keeper
        .prove(factor, Some(&slot), &OTHER)
        .unwrap();
    browsers[1].write(commit);
    let made = browsers[1].keeper.new_recovery_code().unwrap();
    browsers[1].write(made.commit);
    browsers[1].sync(server, &Faults::none()).unwrap();
    browsers[0].sync(server, &Faults::none()).unwrap();
    assert!(!browsers[0].keeper.account_view().unwrap().password_behind);
    world.settle();
}

/// A password that was set while another was on its way is not the account's, so its header waits for it.
#[test]
fn a_password_set_while_another_is_on_its_way_is_behind() {
    let mut world = World::of(321, 1);
    let World { server, browsers } = &mut world;
    let browser = &mut browsers[0];
    set_password(browser, OTHER);
    browser.pull(server, &Faults::none()).unwrap();
    let bases = browser.machine.bases();
    let push = browser
        .keeper
        .password_body(&[2; 192], false, &bases)
        .unwrap();
    browser.write(push.commit);
    set_password(browser, [0x55; 32]);
    let session = server.password(&push.body).unwrap();
    let commit = browser.keeper.password_done(&session).unwrap();
    browser.write(commit);
    assert!(browser.keeper.account_view().unwrap().password_behind);
    // What else waits goes out, and without the key slots.
    let kept = server.vault.header.clone();
    browser.sync(server, &Faults::none()).unwrap();
    assert_eq!(server.vault.header, kept);
    bring_password(browser, server);
    assert!(!browser.keeper.account_view().unwrap().password_behind);
}

/// The same without the account's help: the browser was open and synced.
#[test]
fn a_replaced_password_is_recognised_after_a_sync() {
    let mut world = World::of(307, 2);
    // It has typed the password once, so that it knows what to recognise.
    set_password(&mut world.browsers[0], OTHER);
    let World { server, browsers } = &mut world;
    bring_password(&mut browsers[0], server);
    browsers[1].sync(server, &Faults::none()).unwrap();
    let locked = browsers[1].machine.loaded();
    assert!(locked.was_replaced(0, &PASSWORD).unwrap());
    assert!(locked.locked_view().unwrap().retired[0].replaced_at >= START);
}

/// Both set a password, and both made a recovery code: each of them opens the vault everywhere.
#[test]
fn nobody_is_locked_out_when_both_change_the_ways_in() {
    let mut world = World::of(308, 2);
    let mut codes = Vec::new();
    for (browser, secret) in world.browsers.iter_mut().zip([OTHER, [0x55; 32]]) {
        browser.fresh();
        set_password(browser, secret);
        let made = browser.keeper.new_recovery_code().unwrap();
        browser.write(made.commit);
        codes.push(made.code.unwrap());
    }
    for at in [0, 1] {
        let World { server, browsers } = &mut world;
        bring_password(&mut browsers[at], server);
    }
    world.settle();
    for browser in &world.browsers {
        assert_eq!(slots(browser, SlotKind::Password), 2);
        assert_eq!(slots(browser, SlotKind::Recovery), 2);
        for secret in [OTHER, [0x55; 32]] {
            let slots = browser
                .machine
                .loaded()
                .locked_view()
                .unwrap()
                .password_slots;
            let opens = |slot: &str| {
                let mut locked = browser.machine.loaded();
                locked.unlock_password(slot, Zeroizing::new(secret)).is_ok()
            };
            assert_eq!(slots.iter().filter(|slot| opens(&slot.slot_id)).count(), 1);
        }
        for code in &codes {
            let mut locked = browser.machine.loaded();
            assert!(locked.unlock_recovery(code).unwrap().code.is_some());
        }
    }
    // Typing one of the codes back does not take the other one away.
    let browser = &mut world.browsers[0];
    let first = codes[0].split('-').next().unwrap();
    let commit = browser
        .keeper
        .confirm_recovery_code(1, first)
        .unwrap()
        .unwrap();
    browser.write(commit);
    assert_eq!(slots(browser, SlotKind::Recovery), 2);
    world.settle();
}

/// What is added and removed on either side stays added and removed.
#[test]
fn passkeys_of_both_browsers_are_kept() {
    let mut world = World::of(309, 2);
    for (number, browser) in (1u8..).zip(&mut world.browsers) {
        let input = crate::api::PasskeyInput {
            credential_id: super::super::settings::encode(&[number; 16]),
            salt: super::super::settings::encode(&[number; 32]),
            backup_eligible: true,
            synced: true,
            name: format!("Key {number}"),
        };
        let commit = browser.keeper.add_passkey(&input, &[number; 32]).unwrap();
        browser.write(commit);
    }
    world.settle();
    let passkeys = world.browsers[0]
        .keeper
        .open_view()
        .unwrap()
        .ways_back
        .passkeys;
    let mut names: Vec<&str> = passkeys.iter().map(|key| key.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Key 1", "Key 2"]);
    let commit = world.browsers[1]
        .keeper
        .remove_passkey(&passkeys[0].slot_id)
        .unwrap();
    world.browsers[1].write(commit);
    world.settle();
    assert_eq!(slots(&world.browsers[0], SlotKind::Passkey), 1);
}

/// The server learns the public half of each new code, with the header that it opens.
#[test]
fn a_recovery_code_signs_in() {
    let mut world = World::of(310, 1);
    world.browsers[0].fresh();
    let made = world.browsers[0].keeper.new_recovery_code().unwrap();
    world.browsers[0].write(made.commit);
    world.settle();
    let code = made.code.unwrap();
    let device = world.browsers[0].machine.empty().new_device().unwrap();
    let started = RecoverStarted {
        account: world.server.account,
        nonce: [5; 32],
        exp: 9,
    };
    let origin = super::world::origin();
    let body = crate::recover_body(&code, &started.encode(), origin.as_str(), &device).unwrap();
    let finish = RecoverFinish::decode(&body).unwrap();
    let key = world.server.vault.recovery_key.unwrap();
    let context = sesame_protocol::account::proof::recovery_login(
        &origin,
        &world.server.account,
        &[5; 32],
        9,
    );
    assert!(super::server::verify(
        &key,
        &context.unwrap(),
        &finish.signature
    ));
}

/// A reset elsewhere: this browser keeps its vault, and can take the reset back.
#[test]
fn a_reset_and_the_way_back() {
    let mut world = World::of(311, 2);
    let id = world.browsers[0].save(&login("Bank", "bank.example", "pw"));
    world.settle();
    let waiting = world.browsers[1].save(&login("Waiting", "waiting.example", "pw"));
    let account = world.server.account.to_string();
    let old = world.server.vault.generation;
    let mut new = world.reset(312 << 8);
    assert_eq!(new.keeper.vault_ids().unwrap().account, account);
    assert!(list(&new.keeper, "").is_empty());

    // The others are told at their next contact, and keep what they have.
    let browser = &mut world.browsers[1];
    let started = world
        .server
        .start(&browser.keeper.session_start_body().unwrap());
    let body = browser.keeper.session_body(&started).unwrap();
    let Err(super::server::Refused::GenChanged(detail)) = world.server.finish(&body) else {
        panic!("told of the reset");
    };
    let commit = browser.keeper.gen_changed(&detail).unwrap();
    browser.write(commit);
    browser.restart();
    let view = browser.keeper.account_view().unwrap();
    assert_eq!(
        (view.state, view.reset.unwrap().undo_until),
        ("reset-elsewhere", 2)
    );
    assert!(browser.has(&id) && browser.has(&waiting));

    // What the account has of the old vault, page by page, is a file that opens as a backup.
    let sealed = world.server.sealed.clone().unwrap();
    let mut pages = SealedPages::new(world.server.account, old);
    let mut after = None;
    loop {
        let rest = sealed
            .rows
            .values()
            .filter(|row| after.is_none_or(|after| row.id > after));
        let rows: Vec<_> = rest.take(2).cloned().collect();
        let more = rows
            .last()
            .is_some_and(|row| sealed.rows.keys().next_back() != Some(&row.id));
        let page = SealedPulled {
            header: sealed.header.clone(),
            manifest: sealed.manifests.last().unwrap().clone(),
            rows,
            more,
        };
        after = pages.add(&page.encode()).unwrap();
        if after.is_none() {
            break;
        }
    }
    let file = pages.finish(START).unwrap();
    let mut copy = new.machine.empty();
    copy.load_backup(&file).unwrap();
    assert_eq!(copy.backup_info().unwrap().item_count, 1);
    let slot = password_slot(&copy);
    drop(
        copy.unlock_password(&slot, Zeroizing::new(PASSWORD))
            .unwrap(),
    );
    assert_eq!(copy.backup_info().unwrap().vault_name, "Home");
    assert_eq!(list(&copy, ""), ["Bank"]);
    let merged = new.keeper.merge_backup(&copy, &new.machine.rows()).unwrap();
    new.write(merged.commit);
    assert_eq!(list(&new.keeper, ""), ["Bank"]);

    // Proofs that the old vault is somebody's: by its key, and by its code.
    let started = SealedStarted {
        nonce: [6; 32],
        exp: 4,
        login_id: [0; 16],
        cred_id: [0; 32],
        ke2: Vec::new(),
    };
    let origin = super::world::origin();
    let body = copy
        .sealed_vault_proof(&started.encode(), origin.as_str())
        .unwrap();
    let prove = SealedProve::decode(&body).unwrap();
    let context = sesame_protocol::account::proof::sealed(
        &origin,
        &world.server.account,
        &old,
        &[6; 32],
        4,
        sesame_protocol::account::How::Vault,
    )
    .unwrap();
    let key = Header::parse(&sealed.header).unwrap().vault_pub;
    let signature: [u8; 64] = prove.proof.try_into().unwrap();
    assert!(super::server::verify(&key, &context, &signature));

    // And the reset is taken back: the old vault syncs again, with what was changed in between.
    let browser = &mut world.browsers[1];
    let started = SessionStarted {
        nonce: [9; 32],
        exp: 5,
    };
    let body = browser.keeper.undo_body(&started.encode(), None).unwrap();
    let session = world.server.undo(&body).unwrap();
    let commit = browser.keeper.undone(&session).unwrap();
    browser.write(commit);
    assert_eq!(browser.keeper.account_view().unwrap().state, "ok");
    browser.sync(&mut world.server, &Faults::none()).unwrap();
    assert!(world.server.vault.generation == old);
    assert!(
        world
            .server
            .vault
            .rows
            .keys()
            .any(|id| id.to_string() == waiting)
    );
}

/// Leaving keeps the vault; joining again brings both together.
#[test]
fn leaving_and_coming_back() {
    let mut world = World::of(313, 2);
    let browser = &mut world.browsers[1];
    let commit = browser.keeper.detach().unwrap();
    browser.write(commit);
    browser.restart();
    assert!(browser.keeper.account_view().is_none());
    assert_eq!(code(browser.keeper.pull_body(&Rows::new())), "no-account");
    let id = browser.save(&login("Alone", "alone.example", "pw"));
    assert!(browser.machine.bases().is_empty());
    let device = browser.keeper.new_device().unwrap();
    world.server.add_device(&device);
    let session = world.server.session();
    let browser = &mut world.browsers[1];
    let commit = browser
        .keeper
        .rejoin(&attach_input("back"), &session, &[], &[]);
    browser.write(commit.unwrap());
    let view = browser.keeper.account_view().unwrap();
    assert_eq!((view.cred_id.as_str(), view.server_key.as_str()), ("", ""));
    let commit = browser.keeper.pin_server(&[3; 32], &[4; 32]).unwrap();
    browser.write(commit);
    world.settle();
    assert!(world.browsers[0].has(&id));
}

/// The items of a vault that was here before come along.
#[test]
fn a_vault_that_was_here_is_brought_along() {
    let mut world = World::of(314, 1);
    let machine = Machine::new(315 << 8);
    let (mut old, _) = machine.created();
    machine.save(&mut old, &login("Old one", "old.example", "pw"));
    let at = world.join(316 << 8);
    let browser = &mut world.browsers[at];
    let taken = browser
        .keeper
        .take_items_of(&old, &machine.rows(), &browser.machine.rows())
        .unwrap();
    browser.write(taken.commit);
    world.settle();
    assert_eq!(list(&world.browsers[0].keeper, ""), ["Old one"]);
}
