//! Edges: backups, many items, caps, failing randomness, newer formats.

use std::collections::BTreeMap;

use sesame_protocol::{ItemId, KdfId};
use zeroize::Zeroizing;

use crate::testkit::{Disk, PASSWORD, Rng, World, change, password_of};
use crate::{Backup, Change, Env, Locked, NewVault, Part, VaultError, create, key};

/// S-31: caps on item, summary and number of rows; nothing changes when one is hit.
#[test]
fn s31_caps() {
    let mut world = World::new("caps");
    let id = ItemId::from_bytes([1; 16]);
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    let mut refused = |cbor: usize, summary: usize| {
        let put = Change::Put {
            id,
            cbor: Zeroizing::new(vec![1; cbor]),
            summary: vec![1; summary],
        };
        world.open.commit_items(vec![put], &mut env).err()
    };
    assert_eq!(refused(256 * 1024 - 4, 0), None);
    assert_eq!(refused(256 * 1024 - 3, 0), Some(VaultError::TooLarge));
    assert_eq!(refused(1, crate::SUMMARY_MAX), None);
    assert_eq!(
        refused(1, crate::SUMMARY_MAX + 1),
        Some(VaultError::TooLarge)
    );
}

/// S-37: when randomness fails at any point, an operation gives an error and leaves the vault usable.
#[test]
fn s37_randomness_fails_anywhere() {
    for left in 0..40 {
        let mut rng = Rng::new("fails");
        rng.left = Some(left);
        let new = NewVault {
            vault_name: String::new(),
            hint: String::new(),
            kdf_id: KdfId::Argon2id64,
            salt: [1; 32],
            stretched: Zeroizing::new(PASSWORD),
        };
        match create(
            new,
            &mut Env {
                rng: &mut rng,
                now: 0,
            },
        ) {
            Ok(_) => assert!(left >= 8),
            Err(error) => assert_eq!(error, VaultError::Random),
        }
    }
    let mut world = World::new("fails");
    let id = world.put(&[b"one".as_slice()])[0];
    for left in 0..4 {
        world.rng.left = Some(left);
        let mut env = Env {
            rng: &mut world.rng,
            now: 0,
        };
        let (seq, rev) = (world.open.seq(), world.open.next_rev(&id));
        if let Err(error) = world.open.commit_items(vec![change(id, b"two")], &mut env) {
            assert_eq!(
                (error, world.open.seq(), world.open.next_rev(&id)),
                (VaultError::Random, seq, rev)
            );
        }
        let slots = world.open.header().clone();
        if world.open.replace_recovery(&mut env).is_err() && world.open.seq() == seq {
            assert_eq!(*world.open.header(), slots);
        }
    }
}

/// S-38: a backup opens with any secret that the vault has, gives everything, and can take this
/// browser's place.
#[test]
fn s38_backup_and_adopt() {
    let mut world = World::new("backup");
    let ids = world.put(&[b"one".as_slice(), b"two"]);
    world.run(|open, env| {
        (
            open.commit_items(vec![Change::Delete { id: ids[1] }], env)
                .unwrap(),
            (),
        )
    });
    let code = world.code.clone();
    let file = world
        .open
        .backup(
            &world.disk.rows(),
            &Env {
                rng: &mut world.rng,
                now: 77,
            },
        )
        .unwrap();
    let sealed_copy = world
        .disk
        .load()
        .sealed_copy(&world.disk.rows(), 78)
        .unwrap();
    for (bytes, saved_at) in [(&file, 77), (&sealed_copy, 78)] {
        let backup = Backup::read(bytes).ok().unwrap();
        assert_eq!((backup.saved_at, backup.rows().len()), (saved_at, 2));
        let (stored, rows) = backup.into_parts();
        for which in 0..2 {
            let locked = Locked::load(stored.clone()).ok().unwrap();
            assert!(locked.damage().is_empty());
            let password = password_of(&locked, PASSWORD);
            let opened = if which == 0 {
                locked.unlock(&password)
            } else {
                locked.unlock(&crate::testkit::recovery(&code))
            };
            let mut open = opened.ok().unwrap();
            assert!(open.damage().is_empty() && !open.read_only());
            let mut env = Env {
                rng: &mut world.rng,
                now: 100,
            };
            assert_eq!(
                open.adopt(&rows, &mut env).err(),
                Some(VaultError::ReadOnly)
            );
            let rebuilt = open
                .rebuild(&rows, &mut |_, cbor| Some(cbor.to_vec()), &mut env)
                .unwrap();
            assert!(rebuilt.damage.is_empty());
            assert_eq!(
                open.open_row(&ids[0], &rows[&ids[0]]).unwrap().as_slice(),
                b"one"
            );
            let mut disk = Disk::default();
            disk.apply(open.adopt(&rows, &mut env).unwrap());
            let adopted = disk.open();
            assert!(adopted.damage().is_empty() && !adopted.read_only());
            assert_ne!(adopted.device(), world.open.device());
            assert_eq!(
                (adopted.live(), adopted.summary(&ids[0])),
                (1, Some(b"one".as_slice()))
            );
            assert_eq!(disk.rows(), rows);
        }
    }
    assert_eq!(
        Backup::read(&file).ok().unwrap().into_parts().0.vault.len(),
        3
    );
}

/// A row that the vault does not know does not get into a backup.
#[test]
fn backup_leaves_strangers_out() {
    let mut world = World::new("strangers");
    world.put(&[b"one".as_slice()]);
    let mut rows = world.disk.rows();
    rows.insert(ItemId::from_bytes([0xee; 16]), vec![1; 100]);
    let file = world
        .open
        .backup(
            &rows,
            &Env {
                rng: &mut world.rng,
                now: 1,
            },
        )
        .unwrap();
    assert_eq!(Backup::read(&file).ok().unwrap().rows().len(), 1);
}

/// S-35, S-07: 10,000 items in one commit, one manifest, and opened again from the index alone.
#[test]
fn ten_thousand_items_in_one_commit() {
    let mut world = World::new("import");
    let seq = world.open.seq().unwrap();
    let contents: Vec<[u8; 4]> = (0..10_000u32).map(u32::to_be_bytes).collect();
    let ids = world.put(&contents.iter().map(<[u8; 4]>::as_slice).collect::<Vec<_>>());
    assert_eq!(
        (
            world.open.seq(),
            world.disk.shards.len(),
            world.disk.items.len()
        ),
        (Some(seq + 1), 64, 10_000)
    );
    let open = world.reopen();
    assert_eq!(open.live(), 10_000);
    assert_eq!(
        open.summary(&ids[4_321]),
        Some(4_321u32.to_be_bytes().as_slice())
    );
    let over: Vec<Change> = (0..10_001u32)
        .map(|n| {
            let mut id = [0xab; 16];
            id[..4].copy_from_slice(&n.wrapping_mul(0x9e37_79b1).to_be_bytes());
            change(ItemId::from_bytes(id), b"x")
        })
        .collect();
    let refused = world.open.commit_items(
        over,
        &mut Env {
            rng: &mut world.rng,
            now: 0,
        },
    );
    assert_eq!(
        (refused.err(), world.open.live()),
        (Some(VaultError::TooLarge), 10_000)
    );
}

/// S-175: a newer header is said to be newer, and a flipped bit is not.
#[test]
fn s175_newer_reader() {
    let world = World::new("newer");
    let newer = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes[47] = 2;
        bytes
    };
    let header = newer(&world.disk.vault[key::HEADER]);
    let mut disk = world.disk.clone();
    disk.vault.insert(key::HEADER.into(), header.clone());
    disk.vault.insert(key::HEADER_COPY.into(), header);
    let refused = Locked::load(disk.stored()).err().unwrap();
    assert_eq!(
        (refused.error, refused.damage.len()),
        (VaultError::NewerFormat, 0)
    );
    assert_eq!(refused.local.vault_name, "Home");
    // Only one copy says so, and the manifest does not name it: damage, and the other copy serves.
    let mut disk = world.disk.clone();
    disk.vault
        .insert(key::HEADER.into(), newer(&world.disk.vault[key::HEADER]));
    let locked = disk.load();
    assert_eq!(
        locked
            .damage()
            .iter()
            .map(|damage| damage.part)
            .collect::<Vec<_>>(),
        [Part::Header]
    );
}

/// A proptest over random edits: memory and disk always say the same.
#[test]
fn s33_disk_and_memory_agree() {
    use proptest::prelude::*;
    let steps = prop::collection::vec(
        (
            0u8..4,
            0usize..6,
            prop::collection::vec(any::<u8>(), 0..300),
        ),
        1..25,
    );
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    runner
        .run(&steps, |steps| {
            let mut world = World::new("model");
            let mut model: BTreeMap<ItemId, Vec<u8>> = BTreeMap::new();
            for (what, which, content) in steps {
                let known = model.keys().nth(which).copied();
                match (what, known) {
                    (0 | 1, None) | (0, Some(_)) => {
                        drop(model.insert(world.put(&[&content])[0], content))
                    }
                    (1, Some(id)) => {
                        world.run(|open, env| {
                            (
                                open.commit_items(vec![change(id, &content)], env).unwrap(),
                                (),
                            )
                        });
                        model.insert(id, content);
                    }
                    (2, Some(id)) => {
                        world.run(|open, env| {
                            (
                                open.commit_items(vec![Change::Delete { id }], env).unwrap(),
                                (),
                            )
                        });
                        model.remove(&id);
                    }
                    _ => world.open = world.reopen(),
                }
            }
            let (open, rows) = (world.reopen(), world.disk.rows());
            prop_assert!(open.damage().is_empty());
            prop_assert_eq!(open.live(), model.len());
            for (id, content) in &model {
                let opened = open.open_row(id, &rows[id]).unwrap();
                prop_assert_eq!(&*opened, content);
            }
            Ok(())
        })
        .unwrap();
}
