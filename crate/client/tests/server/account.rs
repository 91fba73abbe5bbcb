//! A person's ways with an account, with the real server.

use crate::support::{EMAIL, PASSWORD, Server};
use sesame_client::{Browser, ClientError, Http, Proof};
use sesame_engine::EngineError;
use sesame_protocol::account::RefusalCode;
use sesame_vault::{Store, VaultError};

/// Another profile that signs in with the password.
fn signed_in(server: &Server, password: &str) -> Browser<Http> {
    let mut browser = server.browser();
    browser.sign_in(EMAIL, Proof::Password(password)).unwrap();
    browser
}

/// A browser with the account's item, and another in which the account was reset since.
fn reset_elsewhere(server: &Server) -> (Browser<Http>, Browser<Http>, String) {
    let mut old = server.signed_up();
    let mail = old.save_login("Mail", "ada", "first").unwrap();
    old.sync().unwrap();
    let mut fresh = server.browser();
    fresh.request_reset(EMAIL).unwrap();
    fresh
        .reset(&server.reset_link(), "a wholly different one")
        .unwrap();
    (old, fresh, mail)
}

#[test]
fn two_browsers_come_to_the_same_end() {
    let server = Server::start();
    let mut here = server.signed_up();
    let mail = here.save_login("Mail", "ada", "first").unwrap();
    assert!(here.sync().unwrap().commits > 0);
    assert_eq!(here.disk().all(Store::Bases).len(), 0);

    let mut there = signed_in(&server, PASSWORD);
    there.sync().unwrap();
    assert_eq!(there.item(&mail).unwrap().password, "first");

    // Both edit without a line: one item on both sides in different fields, one new on each.
    let mut edit = here.item(&mail).unwrap();
    edit.password = "second".to_owned();
    here.save(&edit).unwrap();
    let bank = here.save_login("Bank", "ada", "gold").unwrap();
    let mut edit = there.item(&mail).unwrap();
    edit.notes = "from there".to_owned();
    there.save(&edit).unwrap();
    let shop = there.save_login("Shop", "ada", "silver").unwrap();

    here.sync().unwrap();
    there.sync().unwrap();
    here.sync().unwrap();
    for browser in [&here, &there] {
        let merged = browser.item(&mail).unwrap();
        assert_eq!(
            (&*merged.password, &*merged.notes),
            ("second", "from there")
        );
        assert_eq!(browser.item(&bank).unwrap().password, "gold");
        assert_eq!(browser.item(&shop).unwrap().password, "silver");
    }
    assert_eq!(
        here.disk().rows(Store::Items),
        there.disk().rows(Store::Items)
    );
    // What is stored opens again, and nothing waits.
    there.restart().unwrap();
    there.unlock(PASSWORD).unwrap();
    assert_eq!(there.sync().unwrap().commits, 0);
}

#[test]
fn s23_a_wrong_password_changes_nothing() {
    let server = Server::start();
    server.signed_up();
    let mut browser = server.browser();
    for (email, password) in [(EMAIL, "not the one"), ("nobody@example.org", PASSWORD)] {
        let refused = browser.sign_in(email, Proof::Password(password));
        // The password's room stops before the last message: the server has not been asked.
        assert!(matches!(refused, Err(ClientError::Auth(_))), "{refused:?}");
    }
    assert!(browser.disk().all(Store::Vault).is_empty());
}

#[test]
fn the_recovery_code_signs_in_and_a_new_one_takes_its_place() {
    let server = Server::start();
    let mut here = server.browser();
    let code = here.create_vault(PASSWORD).unwrap();
    server.sign_up(&mut here);
    let mail = here.save_login("Mail", "ada", "first").unwrap();
    here.sync().unwrap();

    let mut there = server.browser();
    there.sign_in(EMAIL, Proof::Recovery(&code)).unwrap();
    assert_eq!(there.item(&mail).unwrap().password, "first");
    there.sync().unwrap();
    let mut again = server.browser();
    let used = again.sign_in(EMAIL, Proof::Recovery(&code)).unwrap_err();
    assert_eq!(used.refusal(), Some(RefusalCode::Denied));
    // The first browser takes the changed ways in, in.
    here.sync().unwrap();
    assert_eq!(here.sync().unwrap().commits, 0);
}

#[test]
fn a_new_password_holds_everywhere() {
    let server = Server::start();
    let mut here = server.signed_up();
    let mail = here.save_login("Mail", "ada", "first").unwrap();
    here.sync().unwrap();
    let mut there = signed_in(&server, PASSWORD);
    there.sync().unwrap();

    here.change_password(PASSWORD, "a wholly different one")
        .unwrap();
    here.sync().unwrap();
    let third = signed_in(&server, "a wholly different one");
    assert_eq!(third.item(&mail).unwrap().password, "first");
    let refused = server.browser().sign_in(EMAIL, Proof::Password(PASSWORD));
    assert!(matches!(refused, Err(ClientError::Auth(_))), "{refused:?}");

    // The browser that was there takes it in with the next sync.
    there.sync().unwrap();
    there.restart().unwrap();
    let refused = there.unlock(PASSWORD).unwrap_err();
    let wrong = ClientError::Engine(EngineError::Vault(VaultError::WrongSecret));
    assert_eq!(refused, wrong);
    there.unlock("a wholly different one").unwrap();
    assert_eq!(there.item(&mail).unwrap().password, "first");
}

#[test]
fn a_password_that_the_account_does_not_know_yet_locks_nobody_out() {
    let server = Server::start();
    let mut here = server.signed_up();
    here.save_login("Mail", "ada", "first").unwrap();
    here.sync().unwrap();
    let behind = |browser: &Browser<Http>| browser.keeper().account_view().unwrap().password_behind;
    // The change is made here while there is no line.
    here.set_password(PASSWORD, "a wholly different one")
        .unwrap();
    assert!(behind(&here));
    here.save_login("Bank", "ada", "gold").unwrap();
    here.sync().unwrap();
    // Other browsers still open with the one that the account knows, and have all items.
    let there = signed_in(&server, PASSWORD);
    assert_eq!(there.ids().unwrap(), here.ids().unwrap());
    here.bring_password("a wholly different one", false)
        .unwrap();
    assert!(!behind(&here));
    signed_in(&server, "a wholly different one");
}

#[test]
fn s133_s134_a_reset_starts_empty_and_loses_nothing() {
    let server = Server::start();
    let (mut old, mut fresh, mail) = reset_elsewhere(&server);
    assert!(fresh.ids().unwrap().is_empty());
    fresh.save_login("Bank", "ada", "gold").unwrap();
    fresh.sync().unwrap();

    // The link is used up.
    let link = server.reset_link();
    let again = server.browser().reset(&link, "another again").unwrap_err();
    assert_eq!(again.refusal(), Some(RefusalCode::Expired));

    // The old browser is told at its next contact, and has everything still.
    let told = old.sync().unwrap_err();
    let refusals = [RefusalCode::GenChanged, RefusalCode::Unauthorised];
    assert!(
        told.refusal().is_some_and(|code| refusals.contains(&code)),
        "{told:?}"
    );
    let view = old.keeper().account_view().unwrap();
    assert_eq!(view.state, "reset-elsewhere");
    assert!(view.reset.is_some_and(|reset| reset.undo_until > reset.at));
    assert_eq!(old.item(&mail).unwrap().password, "first");

    // S-133: the account's new owner reads the old vault only with a proof of the old one.
    let file = fresh.fetch_sealed_by_password(PASSWORD).unwrap();
    let sealed = fresh.open_file(&file, PASSWORD).unwrap();
    assert_eq!(sealed, 1);
    let refused = fresh.fetch_sealed_by_password("a wholly different one");
    assert!(matches!(refused, Err(ClientError::Auth(_))), "{refused:?}");
}

#[test]
fn s135_a_device_that_opens_the_old_vault_takes_the_reset_back() {
    let server = Server::start();
    let (mut old, mut fresh, mail) = reset_elsewhere(&server);
    old.sync().unwrap_err();
    let bank = old.save_login("Bank", "ada", "gold").unwrap();

    old.undo_reset().unwrap();
    old.sync().unwrap();
    let there = signed_in(&server, PASSWORD);
    assert_eq!(there.item(&mail).unwrap().password, "first");
    assert_eq!(there.item(&bank).unwrap().password, "gold");
    // The reset's browser is the one that is told now.
    let told = fresh.sync().unwrap_err();
    assert!(told.refusal().is_some(), "{told:?}");
    let gone = server
        .browser()
        .sign_in(EMAIL, Proof::Password("a wholly different one"));
    assert!(matches!(gone, Err(ClientError::Auth(_))), "{gone:?}");
}
