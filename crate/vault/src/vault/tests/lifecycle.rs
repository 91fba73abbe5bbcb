//! Creating, opening, changing, locking: what a person does, on a disk in memory.

use sesame_protocol::Op;

use crate::testkit::{OTHER, PASSWORD, World, change, password_of};
use crate::{Change, Env, Locked, PasskeyProblem, Stored, VaultError, key};

#[test]
fn create_lock_open() {
    let world = World::new("create");
    let header = world.open.header();
    assert_eq!(
        (header.hdr_seq, header.slots.len(), world.open.seq()),
        (0, 2, Some(0))
    );
    let locked = world.disk.load();
    assert_eq!(
        (
            locked.local().vault_name.as_str(),
            locked.local().created_at
        ),
        ("Home", world.now)
    );
    assert!(locked.damage().is_empty());
    let open = world.reopen();
    assert!(open.damage().is_empty() && !open.read_only());
    assert_eq!((open.live(), open.account()), (0, world.open.account()));
    // A vault without rows needs no shards.
    assert!(world.disk.shards.is_empty());
}

#[test]
fn nothing_stored_is_absent() {
    let refused = Locked::load(Stored::default()).err().unwrap();
    assert_eq!(
        (refused.error, refused.damage.len()),
        (VaultError::Absent, 0)
    );
}

#[test]
fn items_live_and_die() {
    let mut world = World::new("items");
    let ids = world.put(&[b"one".as_slice(), b"two", b"three"]);
    world.run(|open, env| {
        (
            open.commit_items(vec![change(ids[0], b"one, again")], env)
                .unwrap(),
            (),
        )
    });
    world.run(|open, env| {
        (
            open.commit_items(vec![Change::Delete { id: ids[1] }], env)
                .unwrap(),
            (),
        )
    });
    let rows = world.disk.rows();
    for open in [&world.open, &world.reopen()] {
        assert_eq!(open.live(), 2);
        assert_eq!(open.entries().count(), 2);
        let entry = open.entry(&ids[0]).unwrap();
        assert_eq!(
            (entry.rev, entry.op, open.next_rev(&ids[0])),
            (2, Op::Put, 3)
        );
        assert_eq!(
            open.open_row(&ids[0], &rows[&ids[0]]).unwrap().as_slice(),
            b"one, again"
        );
        assert_eq!(open.summary(&ids[0]), Some(b"one, aga".as_slice()));
        assert_eq!(
            (open.entry(&ids[1]).unwrap().rev, open.summary(&ids[1])),
            (2, None)
        );
        assert_eq!(
            open.open_row(&ids[1], &rows[&ids[1]]).err(),
            Some(VaultError::NotFound)
        );
        assert!(
            open.verify_rows(rows.iter().map(|(id, row)| (*id, row.as_slice())))
                .is_empty()
        );
    }
    let again = world.open.commit_items(
        vec![Change::Delete { id: ids[1] }],
        &mut Env {
            rng: &mut world.rng,
            now: 0,
        },
    );
    assert_eq!(again.err(), Some(VaultError::NotFound));
    // A deleted id can be used again, and goes on counting.
    world.run(|open, env| {
        (
            open.commit_items(vec![change(ids[1], b"back")], env)
                .unwrap(),
            (),
        )
    });
    assert_eq!(world.reopen().entry(&ids[1]).unwrap().rev, 3);
}

/// Each commit writes the rows, the shards and the state that it changes, and nothing else.
#[test]
fn commits_are_small() {
    let mut world = World::new("small");
    let ids = world.put(&[b"a".as_slice(); 50]);
    let commit = world
        .open
        .commit_items(
            vec![change(ids[7], b"b")],
            &mut Env {
                rng: &mut world.rng,
                now: 0,
            },
        )
        .unwrap();
    let mut keys: Vec<&str> = commit
        .writes
        .iter()
        .map(|write| write.store.as_str())
        .collect();
    keys.sort_unstable();
    assert_eq!(keys, ["items", "shards", "vault", "vault"]);
}

#[test]
fn one_item_twice_in_a_commit_is_refused() {
    let mut world = World::new("twice");
    let ids = world.put(&[b"a".as_slice()]);
    let seq = world.open.seq();
    let changes = vec![change(ids[0], b"b"), change(ids[0], b"c")];
    let refused = world.open.commit_items(
        changes,
        &mut Env {
            rng: &mut world.rng,
            now: 0,
        },
    );
    assert_eq!(
        (refused.err(), world.open.seq()),
        (Some(VaultError::Invalid), seq)
    );
}

/// S-03, S-06: a row is a revision, an op and one ciphertext; nothing of the item is readable.
#[test]
fn s03_a_row_is_one_blob() {
    let mut world = World::new("blob");
    let ids = world.put(&[b"canary-content".as_slice()]);
    let row = &world.disk.items[&ids[0].to_string()];
    assert_eq!(row.len(), 9 + 80 + 256);
    let everything: Vec<u8> = [&world.disk.vault, &world.disk.shards, &world.disk.items]
        .into_iter()
        .flat_map(|store| store.values().flatten().copied())
        .collect();
    for canary in [b"canary".as_slice(), b"content"] {
        assert!(
            !everything
                .windows(canary.len())
                .any(|window| window == canary)
        );
    }
}

/// S-164: what an item's size says is the padded length only.
#[test]
fn s164_row_sizes() {
    let mut world = World::new("sizes");
    let contents: Vec<Vec<u8>> = [8, 64, 200].map(|len| vec![b'x'; len]).to_vec();
    let ids = world.put(&contents.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let sizes: Vec<usize> = ids
        .iter()
        .map(|id| world.disk.items[&id.to_string()].len())
        .collect();
    assert!(sizes.iter().all(|size| *size == sizes[0]));
}

#[test]
fn session_goes_on_after_a_restart() {
    let mut world = World::new("session");
    world.put(&[b"one".as_slice()]);
    let secret = world.open.session_secret();
    let open = world.disk.load().resume(&*secret).ok().unwrap();
    assert_eq!((open.live(), open.opened_by()), (1, None));
    for wrong in [
        &secret[..47],
        &[0; 48],
        &[&secret[..32], &[9; 16]].concat(),
        &[&[9; 32], &secret[32..]].concat(),
        &[],
    ] {
        let refused = world.disk.load().resume(wrong).err().unwrap();
        assert_eq!(refused.error, VaultError::WrongSecret);
    }
    let other = World::new("another");
    assert!(other.disk.load().resume(&*secret).is_err());
}

#[test]
fn local_record_is_kept() {
    let mut world = World::new("local");
    world.run(|open, _| {
        (
            open.update_local(|local| local.hint = "new hint".into())
                .unwrap(),
            (),
        )
    });
    assert_eq!(world.disk.load().local().hint, "new hint");
    let too_long = world
        .open
        .update_local(|local| local.hint = "x".repeat(101));
    assert_eq!(
        (too_long.err(), world.open.local().hint.as_str()),
        (Some(VaultError::TooLarge), "new hint")
    );
    assert!(world.reopen().damage().is_empty());
}

#[test]
fn opening_is_recorded_and_remarks_are_taken_over() {
    let mut world = World::new("opening");
    world.confirm();
    let slot = world.add_passkey([5; 32], b"credential", false);
    let mut locked = world.disk.load();
    let commit = locked
        .note_passkey_problem(slot, PasskeyProblem::NotAllowed, 7)
        .unwrap();
    world.disk.apply(commit);
    let password = locked.header().slots[0].id;
    let no_passkey = locked
        .header()
        .slots
        .iter()
        .find(|s| s.id != slot)
        .map_or(password, |s| s.id);
    assert_eq!(
        locked
            .note_passkey_problem(no_passkey, PasskeyProblem::NoPrf, 7)
            .err(),
        Some(VaultError::NotFound)
    );
    assert_eq!(world.disk.load().remarks().len(), 1);

    world.open = world.reopen();
    world.run(|open, env| (open.record_opening(env).unwrap(), ()));
    let local = world.disk.load().local().clone();
    assert_eq!(
        local.passkey(&slot).unwrap().last_problem,
        Some(PasskeyProblem::NotAllowed)
    );
    assert_eq!(local.password_proved_at, Some(world.now));
    assert!(world.disk.load().remarks().is_empty() && !world.disk.vault.contains_key(key::NOTES));

    let locked = world.disk.load();
    world.open = locked
        .unlock(&crate::testkit::passkey(slot, [5; 32]))
        .ok()
        .unwrap();
    world.run(|open, env| (open.record_opening(env).unwrap(), ()));
    let note = *world.disk.load().local().passkey(&slot).unwrap();
    assert_eq!(
        (note.used_here, note.last_used_at, note.last_problem),
        (true, Some(world.now), None)
    );
}

#[test]
fn sealed_odds_and_ends() {
    let mut world = World::new("cache");
    let sealed = world
        .open
        .seal_cache("draft/login", b"typed", &mut world.rng)
        .unwrap();
    assert_eq!(
        world
            .reopen()
            .open_cache("draft/login", &sealed)
            .unwrap()
            .as_slice(),
        b"typed"
    );
    assert_eq!(
        world.open.open_cache("draft/card", &sealed).err(),
        Some(VaultError::Damaged)
    );
    assert!(
        World::new("other")
            .open
            .open_cache("draft/login", &sealed)
            .is_err()
    );
    for at in 0..sealed.len() {
        let mut bytes = sealed.clone();
        bytes[at] ^= 1;
        assert!(world.open.open_cache("draft/login", &bytes).is_err());
    }
}

#[test]
fn wrong_secrets_change_nothing() {
    let world = World::new("wrong");
    let locked = world.disk.load();
    let wrong = password_of(&locked, OTHER);
    let refused = locked.unlock(&wrong).err().unwrap();
    assert_eq!(refused.error, VaultError::WrongSecret);
    let right = password_of(&refused.locked, PASSWORD);
    assert!(refused.locked.unlock(&right).is_ok());
}
