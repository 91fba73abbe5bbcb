//! Backup files, merging, imports, readable exports.

use super::*;

fn opened_backup(machine: &Machine, file: &[u8]) -> Keeper {
    let mut keeper = machine.empty();
    keeper.load_backup(file).unwrap();
    let slot = password_slot(&keeper);
    let commit = keeper
        .unlock_password(&slot, Zeroizing::new(PASSWORD))
        .unwrap();
    assert!(commit.writes.is_empty(), "a file is only read");
    keeper
}

#[test]
fn a_backup_says_what_opens_it_and_becomes_a_vault_elsewhere() {
    let machine = Machine::new(60);
    let (mut keeper, recovery) = machine.created();
    machine.confirm(&mut keeper, &recovery);
    let id = machine.save(&mut keeper, &login("Bank", "bank.example", "hunter2"));
    machine.pass(5);
    let file = keeper.backup(&machine.rows()).unwrap();
    machine.write(keeper.note_backup_saved().unwrap());
    assert_eq!(
        keeper.open_view().unwrap().ways_back.backup.last_saved_at,
        Some(START + 5)
    );

    let elsewhere = Machine::new(61);
    let mut backup = elsewhere.empty();
    backup.load_backup(&file).unwrap();
    let info = backup.backup_info().unwrap();
    assert_eq!(
        (
            info.vault_name.as_str(),
            info.hint.as_str(),
            info.item_count
        ),
        ("Home", "the usual", 1)
    );
    assert_eq!(
        (info.saved_at, info.recovery, info.password_slots.len()),
        (START + 5, true, 1)
    );
    assert!(backup.is_same_vault(&keeper) && !backup.is_same_vault(&elsewhere.empty()));
    // The recovery code opens the file, and stays good for it.
    assert!(backup.unlock_recovery(&recovery).unwrap().code.is_none());

    let mut backup = opened_backup(&elsewhere, &file);
    assert_eq!(list(&backup, ""), ["Bank"]);
    elsewhere.write(backup.adopt().unwrap());
    let keeper = elsewhere.unlocked();
    assert_eq!(
        *keeper.reveal(&id, &elsewhere.row(&id), "password").unwrap(),
        "hunter2"
    );
    assert!(keeper.open_view().unwrap().damage.is_empty());
}

#[test]
fn a_locked_or_broken_vault_is_saved_as_it_lies() {
    let machine = Machine::new(62);
    let (mut keeper, _) = machine.created();
    machine.save(&mut keeper, &login("Bank", "bank.example", "pw"));
    let file = machine.loaded().backup(&machine.rows()).unwrap();
    assert_eq!(list(&opened_backup(&machine, &file), ""), ["Bank"]);
    let mut keeper = machine.empty();
    assert_eq!(code(keeper.load_backup(b"not a backup")), "not-backup");
    assert_eq!(code(keeper.backup_info()), "invalid");
}

/// S-38, S-160: a tampered file shows in what it names as damaged, never as another content.
#[test]
fn s160_a_tampered_backup_is_noticed() {
    let machine = Machine::new(63);
    let (mut keeper, _) = machine.created();
    machine.save(&mut keeper, &login("Bank", "bank.example", "hunter2"));
    let file = keeper.backup(&machine.rows()).unwrap();
    for at in (0..file.len()).step_by(37) {
        let mut bad = file.clone();
        bad[at] ^= 1;
        let mut keeper = machine.empty();
        let Ok(()) = keeper.load_backup(&bad) else {
            continue;
        };
        let slots = keeper.locked_view().unwrap().password_slots;
        let Some(slot) = slots.first() else { continue };
        if keeper
            .unlock_password(&slot.slot_id.clone(), Zeroizing::new(PASSWORD))
            .is_err()
        {
            continue;
        }
        let rows = keeper.backup_rows().unwrap().clone();
        for name in list(&keeper, "") {
            assert_eq!(name, "Bank", "byte {at}");
        }
        assert!(rows.len() <= 2);
    }
}

#[test]
fn merging_keeps_the_later_state_and_loses_no_password() {
    let machine = Machine::new(64);
    let (mut keeper, _) = machine.created();
    let same = machine.save(&mut keeper, &login("Same", "a.example", "pw"));
    let older_here = machine.save(&mut keeper, &login("Older here", "b.example", "one"));
    let gone = machine.save(&mut keeper, &login("Deleted since", "c.example", "two"));
    let broken = machine.save(&mut keeper, &login("Broken", "d.example", "three"));
    // The branch that goes on in the file.
    let before = machine.disk.borrow().clone();
    machine.pass(1000);
    let mut edit = keeper
        .item_edit(&older_here, &machine.row(&older_here))
        .unwrap();
    edit.password = "one, newer".into();
    machine.save(&mut keeper, &edit);
    let file = keeper.backup(&machine.rows()).unwrap();
    // The branch that goes on here.
    *machine.disk.borrow_mut() = before;
    machine.clock.set(START + 500);
    let mut keeper = machine.unlocked();
    let mut edit = keeper
        .item_edit(&older_here, &machine.row(&older_here))
        .unwrap();
    edit.password = "one, of here".into();
    machine.save(&mut keeper, &edit);
    machine.write(keeper.delete_forever(&gone).unwrap());
    machine
        .disk
        .borrow_mut()
        .get_mut(&(Store::Items, broken.clone()))
        .unwrap()[50] ^= 1;
    machine.pass(5000);

    let backup = opened_backup(&machine, &file);
    let merged = keeper.merge_backup(&backup, &machine.rows()).unwrap();
    machine.write(merged.commit);
    let report = merged.report;
    assert_eq!(
        (
            report.added,
            report.merged,
            report.skipped,
            report.problems.len()
        ),
        (1, 2, 1, 0)
    );
    let keeper = machine.unlocked();
    assert!(keeper.verify_rows(&machine.rows()).unwrap().is_empty());
    let reveal = |id: &str, what: &str| {
        keeper
            .reveal(id, &machine.row(id), what)
            .unwrap()
            .as_str()
            .to_owned()
    };
    assert_eq!(reveal(&older_here, "password"), "one, newer");
    let older = keeper.item(&older_here, &machine.row(&older_here)).unwrap();
    assert!(older.history.iter().any(|old| old.value == "one, of here"));
    assert_eq!(reveal(&broken, "password"), "three");
    assert_eq!(reveal(&same, "password"), "pw");
    assert_eq!(list(&keeper, "").len(), 4);
}

#[test]
fn an_import_is_one_change_and_takes_nothing_twice() {
    let machine = Machine::new(65);
    let (mut keeper, _) = machine.created();
    let mut odd = login("Odd code", "b.example", "pw");
    odd.totp = "steam://XYZ".into();
    let mut unknown = login("Unknown", "", "");
    unknown.kind = "passport".into();
    let mut long = login("Long", "", "");
    long.notes = "x".repeat(200_000);
    let items = [
        login("One", "a.example", "pw"),
        odd,
        unknown,
        login("One", "a.example", "pw"),
        long,
    ];
    let first = keeper.import_items(&items, &machine.rows()).unwrap();
    let manifests = first
        .commit
        .writes
        .iter()
        .filter(|w| w.key == "manifest")
        .count();
    machine.write(first.commit);
    assert_eq!(manifests, 1);
    assert_eq!((first.report.added, first.report.skipped), (2, 1));
    let problems: Vec<_> = first
        .report
        .problems
        .iter()
        .map(|p| (p.line, p.reason))
        .collect();
    assert_eq!(problems, [(3, "invalid"), (5, "too-large")]);
    let again = keeper.import_items(&items, &machine.rows()).unwrap();
    assert_eq!((again.report.added, again.report.skipped), (0, 3));
    assert!(again.commit.writes.is_empty());
    let keeper = machine.unlocked();
    assert_eq!(list(&keeper, ""), ["Odd code", "One"]);
    let csv = keeper.export_readable(&machine.rows(), "csv").unwrap();
    assert!(
        csv.contains("steam://XYZ"),
        "kept as a hidden field: {}",
        *csv
    );
}

#[test]
fn the_readable_export_holds_everything_outside_the_bin() {
    let machine = Machine::new(66);
    let (mut keeper, _) = machine.created();
    let mut quoted = login("Quotes \"and\", commas", "a.example", "p,w\"\n=1+1");
    quoted.notes = "line one\nline two".into();
    machine.save(&mut keeper, &quoted);
    let binned = machine.save(&mut keeper, &login("Binned", "b.example", "GONE"));
    machine.write(
        keeper
            .set_bin(&binned, &machine.row(&binned), true)
            .unwrap(),
    );
    let csv = keeper.export_readable(&machine.rows(), "csv").unwrap();
    assert!(
        csv.starts_with("type,name,url,username,password,totp,notes,favourite,tags,fields\r\n")
    );
    assert!(
        csv.contains(
            "\"Quotes \"\"and\"\", commas\",\"https://a.example\",\"ada\",\"p,w\"\"\n=1+1\""
        ),
        "{}",
        *csv
    );
    assert!(!csv.contains("GONE"));
    // S-109: what a spreadsheet would run gets an apostrophe in front, at the start of a cell only.
    let mut formula = login("=HYPERLINK(1)", "c.example", "+1-2");
    formula.notes = "'@ as it was".into();
    machine.save(&mut keeper, &formula);
    let csv = keeper.export_readable(&machine.rows(), "csv").unwrap();
    assert!(
        csv.contains(
            "\"'=HYPERLINK(1)\",\"https://c.example\",\"ada\",\"'+1-2\",\"\",\"''@ as it was\""
        ),
        "{}",
        *csv
    );
    let json = keeper.export_readable(&machine.rows(), "json").unwrap();
    let items: Vec<ItemEdit> = serde_json::from_str(&json).unwrap();
    let mut notes: Vec<_> = items.iter().map(|item| item.notes.as_str()).collect();
    notes.sort_unstable();
    assert_eq!(notes, ["'@ as it was", "line one\nline two"]);
    assert_eq!(
        code(keeper.export_readable(&machine.rows(), "xml")),
        "invalid"
    );
}
