//! The account's chain against what a browser has seen of it: older, forked, and too far ahead.

use super::world::{Faults, Stop};
use super::*;

/// An account that was pushed to several times, and each of its states on the way.
fn history(seed: u64, states: usize) -> (World, Vec<Server>) {
    let mut world = World::of(seed, 2);
    let mut seen = vec![world.server.clone()];
    for number in 0..states {
        world.browsers[0].save(&login(&format!("Site {number}"), "site.example", "pw"));
        world.sync(0);
        seen.push(world.server.clone());
    }
    world.settle();
    seen.push(world.server.clone());
    (world, seen)
}

fn refused(browser: &mut Browser, server: &mut Server) -> &'static str {
    let before = browser.machine.disk.borrow().clone();
    let failed = browser.sync(server, &Faults::none()).unwrap_err();
    assert_eq!(failed, Stop::Failed("sync-suspended"));
    assert!(
        *browser.machine.disk.borrow() == before,
        "nothing of it was stored"
    );
    let commit = browser.keeper.suspend_writes().unwrap();
    browser.write(commit);
    let view = browser.keeper.account_view().unwrap();
    assert_eq!(view.state, "suspended");
    view.reason.unwrap()
}

/// S-09: every earlier state, whole and genuine, is noticed; and after a restart it still stands.
#[test]
fn s09_no_earlier_state_is_taken() {
    let (mut world, seen) = history(100, 4);
    let id = world.browsers[1].save(&login("Mine", "mine.example", "pw"));
    for old in &seen[..seen.len() - 1] {
        let browser = &mut world.browsers[1];
        assert_eq!(refused(browser, &mut old.clone()), "rollback");
        browser.restart();
        assert_eq!(
            browser.keeper.account_view().unwrap().reason,
            Some("rollback")
        );
        // S-17: nothing is changed or sent until the person acts; reading goes on.
        assert_eq!(
            code(browser.keeper.save(&login("x", "", ""), None)),
            "sync-suspended"
        );
        let bases = browser.machine.bases();
        assert_eq!(
            code(browser.keeper.push(&browser.machine.rows(), &bases)),
            "sync-suspended"
        );
        assert!(browser.has(&id));
        assert_eq!(code(browser.keeper.pull_body(&bases)), "sync-suspended");
        // "Try again": the newest is taken.
        let commit = browser.keeper.resolve_suspended("retry").unwrap();
        browser.write(commit);
        browser.sync(&mut world.server, &Faults::none()).unwrap();
        assert_eq!(browser.keeper.account_view().unwrap().state, "ok");
    }
    world.settle();
    assert!(world.browsers[0].has(&id));
}

/// S-10: two browsers are kept on states of their own; whichever is shown the other one's notices.
#[test]
fn s10_a_fork_is_noticed_and_never_merged_by_itself() {
    let (mut world, _) = history(101, 2);
    let mut other = world.server.clone();
    let one = world.browsers[0].save(&login("One", "one.example", "pw"));
    world.browsers[0]
        .sync(&mut world.server, &Faults::none())
        .unwrap();
    let two = world.browsers[1].save(&login("Two", "two.example", "pw"));
    world.browsers[1].sync(&mut other, &Faults::none()).unwrap();
    let mut server = world.server.clone();
    assert_eq!(refused(&mut world.browsers[1], &mut server), "fork");
    let commit = world.browsers[1].keeper.resolve_suspended("retry").unwrap();
    world.browsers[1].write(commit);
    // Further on along the other branch it is a fork as well.
    world.browsers[0].edit(&one, |edit| edit.name = "One more".into());
    world.sync(0);
    world.browsers[0].edit(&one, |edit| edit.name = "And more".into());
    world.sync(0);
    let mut server = world.server.clone();
    assert_eq!(refused(&mut world.browsers[1], &mut server), "fork");
    // The person decides: both branches together.
    let commit = world.browsers[1].keeper.resolve_suspended("merge").unwrap();
    world.browsers[1].write(commit);
    world.settle();
    for browser in &world.browsers {
        assert!(browser.has(&one) && browser.has(&two));
    }
}

/// S-09: with "push" this browser's state counts where both have something; nothing else is lost.
#[test]
fn s09_this_browser_puts_its_own_state_back() {
    let (mut world, seen) = history(102, 3);
    let id = world.browsers[1].save(&login("Site", "site.example", "new"));
    world.sync(1);
    // The server was restored from an old copy, and somebody went on from there.
    let mut server = seen[1].clone();
    let commit = world.browsers[1].keeper.resolve_suspended("push");
    assert_eq!(code(commit), "invalid");
    assert_eq!(refused(&mut world.browsers[1], &mut server), "rollback");
    let commit = world.browsers[1].keeper.resolve_suspended("push").unwrap();
    world.browsers[1].write(commit);
    world.server = server;
    world.sync(1);
    assert!(world.server.vault.rows.len() >= world.browsers[1].machine.rows().len());
    // The other one has seen a newer state, too.
    let mut server = world.server.clone();
    assert!(["rollback", "fork"].contains(&refused(&mut world.browsers[0], &mut server)));
    let commit = world.browsers[0].keeper.resolve_suspended("merge").unwrap();
    world.browsers[0].write(commit);
    world.settle();
    assert!(world.browsers.iter().all(|browser| browser.has(&id)));
}

#[test]
fn a_browser_that_was_away_follows_the_links() {
    let (mut world, _) = history(103, 1);
    let mine = world.browsers[1].save(&login("Mine", "mine.example", "pw"));
    for number in 0..9 {
        world.browsers[0].save(&login(&format!("Later {number}"), "site.example", "pw"));
        world.sync(0);
    }
    // Two links an answer: several pages.
    let before = world.server.calls;
    world.sync(1);
    assert!(world.server.calls > before + 5);
    world.settle();
    assert!(world.browsers[0].has(&mine));
}

/// S-10: a link that is left out, or others in their place, are noticed.
#[test]
fn s10_every_link_is_followed() {
    let (mut world, _) = history(104, 1);
    for number in 0..5 {
        world.browsers[0].save(&login(&format!("Later {number}"), "site.example", "pw"));
        world.sync(0);
    }
    let links = world.server.vault.manifests.len();
    for gone in links - 4..links - 1 {
        let mut server = world.server.clone();
        server.vault.manifests.remove(gone);
        let reason = refused(&mut world.browsers[1], &mut server);
        assert!(["fork", "dropped"].contains(&reason), "{reason}");
        let commit = world.browsers[1].keeper.resolve_suspended("retry").unwrap();
        world.browsers[1].write(commit);
    }
    world.settle();
}
