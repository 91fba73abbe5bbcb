//! A reset is undone with a sealed copy of the vault from before it: what only the copy has comes back, and
//! what opened the copy goes on opening the vault.

use super::accounts::{OTHER, bring_password, set_password, slots};
use super::world::{Faults, attach_input, fetch, origin};
use super::*;
use crate::api::{PasskeyInput, PasswordInput};
use crate::keeper::settings::encode;
use sesame_protocol::SlotKind;
use sesame_protocol::account::{Message, SessionStarted};

/// How a vault is opened.
type Opener<'a> = &'a dyn Fn(&mut Keeper) -> EngineResult<()>;

fn by_password(keeper: &mut Keeper, stretched: [u8; 32]) -> EngineResult<()> {
    let view = keeper.locked_view()?;
    let tried = |slot: &str| {
        keeper
            .unlock_password(slot, Zeroizing::new(stretched))
            .map(drop)
    };
    let slots = view.password_slots.iter().map(|slot| slot.slot_id.clone());
    let slots: Vec<String> = slots.collect();
    first_of(&slots, tried)
}

fn first_of(slots: &[String], mut tried: impl FnMut(&str) -> EngineResult<()>) -> EngineResult<()> {
    let mut last = Err(EngineError::NotFound);
    for slot in slots {
        last = tried(slot);
        if last.is_ok() {
            break;
        }
    }
    last
}

/// Opens by the password slot that is the copy's first, and by no other.
fn first_slot_of(
    copy: &Keeper,
    stretched: [u8; 32],
) -> impl Fn(&mut Keeper) -> EngineResult<()> + use<> {
    let slot = copy.locked_view().unwrap().password_slots[0]
        .slot_id
        .clone();
    move |keeper| {
        keeper
            .unlock_password(&slot, Zeroizing::new(stretched))
            .map(drop)
    }
}

/// The vault of the first browser as a file, closed.
fn copy_of(world: &World) -> Keeper {
    let machine = &world.browsers[0].machine;
    let file = machine.loaded().backup(&machine.rows()).unwrap();
    let mut copy = machine.empty();
    copy.load_backup(&file).unwrap();
    copy
}

/// What the background does with the open copy. `opener` is the same secret again.
fn undo(world: &mut World, copy: &mut Keeper, opener: Opener<'_>) -> Browser {
    let started = SessionStarted {
        nonce: [9; 32],
        exp: 5,
    };
    let at = origin();
    let body = copy
        .undo_body(&started.encode(), Some(at.as_str()))
        .unwrap();
    let session = world.server.undo(&body).unwrap();
    let machine = Machine::new(499 << 8);
    machine.clock.set(world.browsers[0].machine.clock.get());
    let mut own = machine.empty();
    fetch(&mut own, &mut world.server, &session).unwrap();
    own.offer_copy(copy).unwrap();
    opener(&mut own).unwrap();
    machine.write(own.adopt().unwrap());
    let mut commit = own.take_back(copy, &machine.rows()).unwrap();
    own.take_device_of(copy);
    let attached = own.attach_joined(&attach_input("back"), &session, &[3; 32], &[4; 32]);
    commit.extend(attached.unwrap());
    machine.write(commit);
    Browser::new(machine, own)
}

fn add_passkey(browser: &mut Browser, number: u8) -> String {
    let input = PasskeyInput {
        credential_id: encode(&[number; 16]),
        salt: encode(&[number; 32]),
        backup_eligible: true,
        synced: true,
        name: format!("Key {number}"),
    };
    let commit = browser.keeper.add_passkey(&input, &[number; 32]).unwrap();
    browser.write(commit);
    let view = browser.keeper.open_view().unwrap();
    view.ways_back.passkeys[0].slot_id.clone()
}

/// S-135: a master password that the account never heard of opens the vault after the undo, and is brought there.
#[test]
fn s135_a_password_that_was_not_sent_opens_what_comes_back() {
    let mut world = World::of(330, 2);
    let id = world.browsers[0].save(&login("Bank", "bank.example", "pw"));
    world.settle();
    world.browsers[0].fresh();
    set_password(&mut world.browsers[0], OTHER);
    world.browsers[0].edit(&id, |edit| edit.username = "unsent".into());
    let unsent = world.browsers[0].save(&login("Unsent", "unsent.example", "pw"));
    // An edit elsewhere of the same item, later, and the first one is in the copy only (S-33).
    world.browsers[1].machine.pass(1000);
    world.browsers[1].edit(&id, |edit| edit.notes = "elsewhere".into());
    world.sync(1);
    let mut copy = copy_of(&world);
    world.reset(331 << 8);
    let open = |keeper: &mut Keeper| by_password(keeper, OTHER);
    by_password(&mut copy, OTHER).unwrap();
    let again = first_slot_of(&copy, OTHER);
    let mut browser = undo(&mut world, &mut copy, &again);
    assert!(browser.has(&unsent));
    let item = browser.item(&id);
    assert_eq!(item.notes.as_str(), "elsewhere");
    assert!(item.username == "unsent" || item.others.iter().any(|other| other.value == "unsent"));
    assert!(browser.keeper.account_view().unwrap().password_behind);
    // The header waits for the password, all else is sent.
    let header = world.server.vault.header.clone();
    browser.sync(&mut world.server, &Faults::none()).unwrap();
    assert_eq!(world.server.vault.header, header);
    assert!(browser.machine.bases().is_empty());
    let mut locked = browser.machine.loaded();
    assert_eq!(locked.hint().unwrap(), "another");
    open(&mut locked).unwrap();
    assert_eq!(slots(&browser, SlotKind::Password), 1);
    bring_password(&mut browser, &mut world.server);
    assert!(!browser.keeper.account_view().unwrap().password_behind);
    world.browsers[0] = browser;
    world.settle();
    open(&mut world.browsers[1].machine.loaded()).unwrap();
}

/// S-167, S-135: the code that opened the copy is used up by it, at the account as well, also one that it never had.
#[test]
fn s167_a_code_that_undid_a_reset_is_replaced() {
    for sent in [true, false] {
        let mut world = World::of(332, 1);
        world.browsers[0].fresh();
        let made = world.browsers[0].keeper.new_recovery_code().unwrap();
        world.browsers[0].write(made.commit);
        let used = made.code.unwrap();
        if sent {
            world.settle();
        }
        let mut copy = copy_of(&world);
        world.reset(333 << 8);
        assert!(copy.unlock_recovery(&used).unwrap().code.is_none());
        let again = |keeper: &mut Keeper| keeper.unlock_recovery(&used).map(drop);
        let mut browser = undo(&mut world, &mut copy, &again);
        let made = browser.keeper.replace_used_code().unwrap();
        browser.write(made.commit);
        let new = made.code.unwrap();
        browser.sync(&mut world.server, &Faults::none()).unwrap();
        assert!(!browser.keeper.header_waits());
        let key = sesame_vault::RecoveryCode::parse(&new).unwrap();
        let key = key.auth_public(&world.server.account);
        assert_eq!(world.server.vault.recovery_key, Some(key));
        assert_eq!(slots(&browser, SlotKind::Recovery), 1);
        let refused = browser.machine.loaded().unlock_recovery(&used);
        assert_eq!(code(refused), "wrong-secret");
        assert!(browser.machine.loaded().unlock_recovery(&new).is_ok());
    }
}

/// S-167: signing in by the code to the vault that is here already uses it up as well, however long the person
/// looks at what was found.
#[test]
fn s167_a_code_that_signed_in_again_is_replaced() {
    let mut world = World::of(342, 1);
    world.browsers[0].fresh();
    let made = world.browsers[0].keeper.new_recovery_code().unwrap();
    world.browsers[0].write(made.commit);
    world.settle();
    let used = made.code.unwrap();
    let browser = &mut world.browsers[0];
    let mut own = browser.machine.empty();
    world.server.add_device(&own.new_device().unwrap());
    let session = world.server.session();
    fetch(&mut own, &mut world.server, &session).unwrap();
    assert!(own.unlock_recovery(&used).unwrap().code.is_none());
    browser.machine.pass(DAY);
    browser.keeper.take_device_of(&mut own);
    let input = attach_input("again");
    let commit = browser.keeper.rejoin(&input, &session, &[], &[]);
    browser.write(commit.unwrap());
    let made = browser.keeper.replace_used_code().unwrap();
    browser.write(made.commit);
    assert!(browser.keeper.replace_used_code().is_none());
    let refused = browser.machine.loaded().unlock_recovery(&used);
    assert_eq!(code(refused), "wrong-secret");
    let new = made.code.unwrap();
    assert!(browser.machine.loaded().unlock_recovery(&new).is_ok());
    world.settle();
}

/// The code that was not sent goes with its public half: signing in by it works at the account.
#[test]
fn a_code_that_was_not_sent_comes_back_with_its_sign_in() {
    let mut world = World::of(334, 1);
    world.browsers[0].fresh();
    let made = world.browsers[0].keeper.new_recovery_code().unwrap();
    world.browsers[0].write(made.commit);
    let unsent = made.code.unwrap();
    let mut copy = copy_of(&world);
    world.reset(335 << 8);
    by_password(&mut copy, PASSWORD).unwrap();
    let again = |keeper: &mut Keeper| by_password(keeper, PASSWORD);
    let mut browser = undo(&mut world, &mut copy, &again);
    assert!(!browser.keeper.account_view().unwrap().password_behind);
    assert!(browser.keeper.replace_used_code().is_none());
    browser.sync(&mut world.server, &Faults::none()).unwrap();
    let key = sesame_vault::RecoveryCode::parse(&unsent).unwrap();
    let key = key.auth_public(&world.server.account);
    assert_eq!(world.server.vault.recovery_key, Some(key));
    assert!(browser.machine.loaded().unlock_recovery(&unsent).is_ok());
}

/// The account's ways in were changed more often than the copy's: they stay, and the one that was used comes beside them.
#[test]
fn s135_what_opened_the_copy_goes_on_opening_the_vault() {
    let mut world = World::of(336, 2);
    let slot = add_passkey(&mut world.browsers[0], 1);
    world.browsers[1].fresh();
    let mut newest = None;
    for _ in 0..2 {
        let made = world.browsers[1].keeper.new_recovery_code().unwrap();
        world.browsers[1].write(made.commit);
        newest = made.code;
    }
    world.sync(1);
    let mut copy = copy_of(&world);
    world.reset(337 << 8);
    let open = |keeper: &mut Keeper| keeper.unlock_passkey(&slot, &[1; 32]).map(drop);
    open(&mut copy).unwrap();
    let mut browser = undo(&mut world, &mut copy, &open);
    browser.sync(&mut world.server, &Faults::none()).unwrap();
    open(&mut browser.machine.loaded()).unwrap();
    let view = browser.keeper.open_view().unwrap();
    assert_eq!(view.ways_back.passkeys[0].name, "Key 1");
    let newest = newest.unwrap();
    assert!(browser.machine.loaded().unlock_recovery(&newest).is_ok());
    world.browsers[0] = browser;
    world.settle();
}

/// S-01: an undo brings no weaker password back to an account that has a stronger one, and nobody's sync stops.
#[test]
fn s01_a_weaker_password_does_not_come_back() {
    let mut world = World::of(338, 2);
    world.browsers[0].fresh();
    set_password(&mut world.browsers[0], OTHER);
    world.browsers[1].fresh();
    for salt in [0x55u8, 0x56] {
        let input = PasswordInput {
            kdf_id: 2,
            salt: encode(&[salt; 32]),
            hint: "stronger".into(),
        };
        let commit = world.browsers[1]
            .keeper
            .set_master_password(input, Zeroizing::new([salt; 32]));
        world.browsers[1].write(commit.unwrap());
    }
    let World { server, browsers } = &mut world;
    bring_password(&mut browsers[1], server);
    let mut copy = copy_of(&world);
    world.reset(339 << 8);
    by_password(&mut copy, OTHER).unwrap();
    let again = first_slot_of(&copy, OTHER);
    let browser = undo(&mut world, &mut copy, &again);
    assert_eq!(slots(&browser, SlotKind::Password), 1);
    assert!(!browser.keeper.account_view().unwrap().password_behind);
    by_password(&mut browser.machine.loaded(), [0x56; 32]).unwrap();
    world.browsers[0] = browser;
    world.settle();
}

#[test]
fn another_vaults_copy_brings_nothing() {
    let mut world = World::of(340, 1);
    let mut other = copy_of(&World::of(341, 1));
    by_password(&mut other, PASSWORD).unwrap();
    let mut locked = world.browsers[0].machine.loaded();
    assert_eq!(code(locked.offer_copy(&other)), "invalid");
    let browser = &mut world.browsers[0];
    assert_eq!(code(browser.keeper.offer_copy(&other)), "invalid");
    let rows = browser.machine.rows();
    assert_eq!(code(browser.keeper.take_back(&other, &rows)), "invalid");
}
