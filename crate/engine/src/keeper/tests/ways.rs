//! Every way in, and what it takes to change one.

use super::*;
use crate::api::{Factor, PasskeyInput, PasswordInput};

fn passkey(name: &str) -> PasskeyInput {
    PasskeyInput {
        credential_id: "Y3JlZGVudGlhbA".into(),
        salt: SALT.into(),
        backup_eligible: true,
        synced: false,
        name: name.into(),
    }
}

fn new_password(hint: &str) -> PasswordInput {
    PasswordInput {
        kdf_id: 1,
        salt: SALT.replace('B', "C"),
        hint: hint.into(),
    }
}

const NEW: [u8; 32] = [0x22; 32];
const PRF: [u8; 32] = [0x33; 32];

#[test]
fn each_factor_opens_the_same_vault() {
    let machine = Machine::new(40);
    let (mut keeper, recovery) = machine.created();
    machine.save(&mut keeper, &login("Bank", "bank.example", "pw"));
    machine.confirm(&mut keeper, &recovery);
    machine.write(keeper.add_passkey(&passkey("Laptop"), &PRF).unwrap());

    let mut by_passkey = machine.loaded();
    let slot = by_passkey.locked_view().unwrap().passkeys[0]
        .slot_id
        .clone();
    assert_eq!(
        code(by_passkey.unlock_passkey(&slot, &[9; 32])),
        "wrong-secret"
    );
    machine.write(by_passkey.unlock_passkey(&slot, &PRF).unwrap());
    assert_eq!(list(&by_passkey, ""), ["Bank"]);
    assert_eq!(by_passkey.open_view().unwrap().opened_by, Factor::Passkey);

    let mut by_recovery = machine.loaded();
    assert_eq!(code(by_recovery.unlock_recovery("AAAA")), "code-typo");
    let opened = by_recovery
        .unlock_recovery(&recovery.to_lowercase())
        .unwrap();
    machine.write(opened.commit);
    assert_eq!(list(&by_recovery, ""), ["Bank"]);

    // S-167: the used code is worth nothing any more, its successor opens.
    assert_eq!(
        code(machine.loaded().unlock_recovery(&recovery)),
        "wrong-secret"
    );
    let next = opened.code.unwrap();
    assert_ne!(*next, recovery);
    assert!(machine.loaded().unlock_recovery(&next).is_ok());
}

/// S-172: no passkey without a recovery code that the person has proved to have.
#[test]
fn s172_a_passkey_needs_a_confirmed_recovery_code() {
    let machine = Machine::new(41);
    let (mut keeper, recovery) = machine.created();
    assert_eq!(
        code(keeper.add_passkey(&passkey("Laptop"), &PRF)),
        "no-recovery"
    );
    assert!(keeper.confirm_recovery_code(1, "0000").unwrap().is_none());
    assert_eq!(
        code(keeper.add_passkey(&passkey("Laptop"), &PRF)),
        "no-recovery"
    );
    assert_eq!(keeper.open_view().unwrap().ways_back.proved_count, 1);
    machine.confirm(&mut keeper, &recovery);
    machine.write(keeper.add_passkey(&passkey(" Laptop "), &PRF).unwrap());
    let ways = keeper.open_view().unwrap().ways_back;
    assert_eq!(
        (ways.proved_count, ways.passkeys[0].name.as_str()),
        (3, "Laptop")
    );
    assert!(
        ways.passkeys[0].backup_eligible && !ways.passkeys[0].synced && ways.passkeys[0].used_here
    );
    assert_eq!(code(keeper.add_passkey(&passkey(""), &PRF)), "invalid");
    assert_eq!(
        code(keeper.add_passkey(&passkey("Zero"), &[0; 32])),
        "invalid"
    );
    assert_eq!(
        code(keeper.add_passkey(&passkey("Short"), &[1; 31])),
        "invalid"
    );
}

/// S-117, S-173: sensitive verbs, by the age of the last shown factor.
#[test]
fn s117_sensitive_verbs_need_a_fresh_factor() {
    type Verb = fn(&mut Keeper, &Rows) -> EngineResult<()>;
    let verbs: [(&str, Verb); 3] = [
        ("set_master_password", |k, _| {
            k.set_master_password(new_password("h"), Zeroizing::new(NEW))
                .map(drop)
        }),
        ("new_recovery_code", |k, _| k.new_recovery_code().map(drop)),
        ("export_readable", |k, rows| {
            k.export_readable(rows, "json").map(drop)
        }),
    ];
    for (name, verb) in verbs {
        let machine = Machine::new(42);
        let (mut keeper, _) = machine.created();
        let slot = password_slot(&keeper);
        machine.pass(59_999);
        verb(&mut keeper, &machine.rows()).unwrap_or_else(|e| panic!("{name} while fresh: {e}"));
        let (mut keeper, _) = machine.created();
        machine.pass(60_000);
        assert_eq!(
            code(verb(&mut keeper, &machine.rows())),
            "not-fresh",
            "{name}"
        );
        assert_eq!(
            code(keeper.prove(Factor::Password, Some(&slot), &[1; 32])),
            "not-found",
            "{name}"
        );
        let slot = password_slot(&keeper);
        assert_eq!(
            code(keeper.prove(Factor::Password, Some(&slot), &[1; 32])),
            "wrong-secret"
        );
        assert_eq!(
            code(verb(&mut keeper, &machine.rows())),
            "not-fresh",
            "{name} after a wrong proof"
        );
        machine.write(
            keeper
                .prove(Factor::Password, Some(&slot), &PASSWORD)
                .unwrap(),
        );
        verb(&mut keeper, &machine.rows()).unwrap_or_else(|e| panic!("{name} after proof: {e}"));
    }
}

#[test]
fn a_clock_set_back_makes_nothing_fresh() {
    let machine = Machine::new(43);
    let (mut keeper, _) = machine.created();
    machine.clock.set(START - 61_000);
    assert_eq!(code(keeper.new_recovery_code()), "not-fresh");
}

#[test]
fn a_new_master_password_after_entering_by_recovery_code() {
    let machine = Machine::new(44);
    let (mut keeper, recovery) = machine.created();
    machine.confirm(&mut keeper, &recovery);
    let mut keeper = machine.loaded();
    machine.write(keeper.unlock_recovery(&recovery).unwrap().commit);
    machine.pass(1000);
    machine.write(
        keeper
            .set_master_password(new_password("new hint"), Zeroizing::new(NEW))
            .unwrap(),
    );

    let mut keeper = machine.loaded();
    let view = keeper.locked_view().unwrap();
    assert_eq!(
        (view.password_slots.len(), view.password_set_at),
        (1, START + 1000)
    );
    assert_eq!(keeper.hint().unwrap(), "new hint");
    let slot = password_slot(&keeper);
    assert_eq!(
        code(keeper.unlock_password(&slot, Zeroizing::new(PASSWORD))),
        "wrong-secret"
    );
    // "You replaced this password on ...": recognised, and opens nothing.
    assert_eq!(view.retired.len(), 1);
    assert_eq!(
        (view.retired[0].salt.as_str(), view.retired[0].replaced_at),
        (SALT, START + 1000)
    );
    assert!(keeper.was_replaced(0, &PASSWORD).unwrap());
    assert!(!keeper.was_replaced(0, &NEW).unwrap() && !keeper.was_replaced(1, &PASSWORD).unwrap());
    assert!(keeper.unlock_password(&slot, Zeroizing::new(NEW)).is_ok());
}

/// S-01: a master password is never stretched less than the one before it.
#[test]
fn s01_stretching_is_never_lowered() {
    let machine = Machine::new(45);
    let (mut keeper, _) = machine.created();
    let input = |kdf_id| PasswordInput {
        kdf_id,
        ..new_password("")
    };
    let new = || Zeroizing::new(NEW);
    machine.write(keeper.set_master_password(input(2), new()).unwrap());
    assert_eq!(code(keeper.set_master_password(input(1), new())), "invalid");
    let mut keeper = machine.loaded();
    assert_eq!(keeper.locked_view().unwrap().password_slots[0].kdf_id, 2);
    let slot = password_slot(&keeper);
    machine.write(keeper.unlock_password(&slot, new()).unwrap());
    assert_eq!(code(keeper.set_master_password(input(1), new())), "invalid");
    assert!(keeper.set_master_password(input(2), new()).is_ok());
}

#[test]
fn practice_falls_due_after_a_biometric_unlock() {
    let machine = Machine::new(46);
    let (mut keeper, recovery) = machine.created();
    machine.confirm(&mut keeper, &recovery);
    machine.write(keeper.add_passkey(&passkey("Laptop"), &PRF).unwrap());
    let enter = || {
        let mut keeper = machine.loaded();
        let slot = keeper.locked_view().unwrap().passkeys[0].slot_id.clone();
        machine.write(keeper.unlock_passkey(&slot, &PRF).unwrap());
        keeper
    };
    assert!(!enter().open_view().unwrap().practice_due);
    // 1, 3, 7, 14, 30, then every 60 days since the password was last typed rightly.
    for days in [1, 3, 7, 14, 30, 60, 60] {
        machine.pass(days * DAY - 1);
        assert!(!enter().open_view().unwrap().practice_due, "{days}");
        machine.pass(1);
        let mut keeper = enter();
        assert!(keeper.open_view().unwrap().practice_due, "{days}");
        let slot = password_slot(&keeper);
        let done = keeper.practice(&slot, Zeroizing::new(PASSWORD)).unwrap();
        assert!(done.right);
        machine.write(done.commit);
    }
    machine.pass(60 * DAY);
    let mut keeper = enter();
    let slot = password_slot(&keeper);
    for misses in 1..=3 {
        let done = keeper.practice(&slot, Zeroizing::new(NEW)).unwrap();
        assert!(!done.right && done.misses == misses);
        machine.write(done.commit);
    }
    machine.write(keeper.skip_practice().unwrap());
    assert!(!keeper.open_view().unwrap().practice_due);
    // Forgotten: the intervals start anew.
    machine.pass(DAY);
    let mut keeper = enter();
    assert!(keeper.open_view().unwrap().practice_due);
    machine.write(
        keeper
            .practice(&slot, Zeroizing::new(PASSWORD))
            .unwrap()
            .commit,
    );
    machine.pass(DAY);
    assert!(enter().open_view().unwrap().practice_due);
}

#[test]
fn passkeys_are_renamed_removed_and_their_problems_remembered() {
    let machine = Machine::new(47);
    let (mut keeper, recovery) = machine.created();
    machine.confirm(&mut keeper, &recovery);
    machine.write(keeper.add_passkey(&passkey("Laptop"), &PRF).unwrap());
    let slot = keeper.locked_view().unwrap().passkeys[0].slot_id.clone();
    machine.write(keeper.rename_passkey(&slot, "Work laptop").unwrap());
    assert_eq!(
        code(keeper.rename_passkey(&"00".repeat(16), "x")),
        "not-found"
    );

    let mut locked = machine.loaded();
    machine.write(locked.note_passkey_problem(&slot, "no-prf").unwrap());
    assert_eq!(code(locked.note_passkey_problem(&slot, "lost")), "invalid");
    assert_eq!(
        machine.loaded().locked_view().unwrap().passkeys[0].last_problem,
        Some("no-prf")
    );

    let mut keeper = machine.unlocked();
    assert_eq!(
        keeper.locked_view().unwrap().passkeys[0].last_problem,
        Some("no-prf")
    );
    assert_eq!(
        keeper.open_view().unwrap().ways_back.passkeys[0].name,
        "Work laptop"
    );
    assert_eq!(
        code(keeper.remove_passkey(&password_slot(&keeper))),
        "not-found"
    );
    machine.write(keeper.remove_passkey(&slot).unwrap());
    assert!(machine.loaded().locked_view().unwrap().passkeys.is_empty());
}

#[test]
fn a_header_copy_opens_where_the_first_is_damaged() {
    let machine = Machine::new(48);
    machine.created();
    let place = (Store::Vault, "header".to_owned());
    machine.disk.borrow_mut().get_mut(&place).unwrap()[60] ^= 0x40;
    let keeper = machine.unlocked();
    assert!(keeper.open_view().is_ok());
    let keeper = machine.loaded();
    assert!(
        keeper.locked_view().unwrap().damage.is_empty(),
        "mended by unlocking"
    );
    // Without any header there is no way in, but the hint and a sealed copy are there.
    machine
        .disk
        .borrow_mut()
        .retain(|(_, key), _| !key.starts_with("header"));
    let mut keeper = machine.empty();
    let loaded = keeper
        .load(machine.store(Store::Vault), machine.store(Store::Shards))
        .unwrap();
    assert_eq!(loaded.state, "damaged");
    assert_eq!(keeper.locked_view().unwrap().vault_name, "Home");
    assert_eq!(keeper.hint().unwrap(), "the usual");
    assert!(keeper.backup(&machine.rows()).is_ok());
    assert_eq!(code(keeper.unlock_recovery("x")), "code-typo");
}
