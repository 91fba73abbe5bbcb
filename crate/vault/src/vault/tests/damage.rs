//! Damage and tampering: what is noticed, what is said, and what still opens.

use std::collections::BTreeSet;

use sesame_protocol::{ItemId, KdfId};

use crate::testkit::{Disk, OTHER, PASSWORD, PRF, World, change, passkey, password_of, recovery};
use crate::{Backup, Change, Damage, Env, Locked, Part, Repair, Unlocked, VaultError, key};

fn parts(damage: &[Damage]) -> BTreeSet<Part> {
    damage.iter().map(|damage| damage.part).collect()
}

fn world() -> World {
    let mut world = World::new("damage");
    world.put(&[b"one".as_slice(), b"two", b"three"]);
    world
}

fn flip(bytes: &mut [u8], at: usize) {
    bytes[at] ^= 1;
}

/// Repairs as the engine does, writes it, and opens again.
fn repair(disk: &mut Disk, mut open: Unlocked) -> (Unlocked, Vec<Damage>) {
    let mut rng = crate::testkit::Rng::new("repair");
    let rebuilt = open
        .rebuild(
            &disk.rows(),
            &mut |_, cbor| Some(cbor.to_vec()),
            &mut Env {
                rng: &mut rng,
                now: 9,
            },
        )
        .unwrap_or_else(|error| panic!("{error}"));
    disk.apply(rebuilt.commit);
    let again = disk.open();
    assert!(again.damage().is_empty() && !again.read_only());
    (again, rebuilt.damage)
}

/// S-160, S-09: any bit of any stored value flipped, one at a time (sampled over the bytes, every
/// value in turn): never unnoticed, never "wrong secret", and the rest opens.
#[test]
fn s160_any_flipped_bit_is_noticed_and_told_apart() {
    let world = world();
    let expected = |name: &str| match name {
        key::HEADER | key::HEADER_COPY => Part::Header,
        key::MANIFEST => Part::Manifest,
        key::ANCHOR => Part::Anchor,
        _ => Part::Local,
    };
    for (name, good) in world.disk.vault.clone() {
        for at in 0..good.len() {
            // Opening takes two Ed25519 operations; every bit of each layout has its own test.
            if at % 13 != 0 && at + 1 != good.len() {
                continue;
            }
            let mut disk = world.disk.clone();
            flip(disk.vault.get_mut(&name).unwrap(), at);
            let locked = disk.load();
            let password = password_of(&locked, PASSWORD);
            let open = locked
                .unlock(&password)
                .unwrap_or_else(|refused| panic!("{name} {at}: {}", refused.error));
            let found = parts(open.damage());
            match name.as_str() {
                // The other copy serves, and is written again after opening.
                key::HEADER_COPY => assert!(found.is_empty()),
                key::PENDING => assert!(open.pending_recovery().is_none()),
                key::MANIFEST => assert!(found.contains(&Part::Manifest) && open.read_only()),
                name => assert_eq!(found, BTreeSet::from([expected(name)]), "{name} {at}"),
            }
        }
    }
}

/// S-160: the same for each missing, cut or extended value.
#[test]
fn s160_missing_cut_and_extended_values() {
    let world = world();
    for name in world.disk.vault.keys().filter(|name| *name != key::PENDING) {
        for how in 0..3 {
            let mut disk = world.disk.clone();
            match how {
                0 => drop(disk.vault.remove(name)),
                1 => drop(disk.vault.get_mut(name).unwrap().pop()),
                _ => disk.vault.get_mut(name).unwrap().push(0),
            }
            let locked = disk.load();
            let password = password_of(&locked, PASSWORD);
            let open = locked
                .unlock(&password)
                .unwrap_or_else(|refused| panic!("{name}: {}", refused.error));
            assert_eq!(
                open.damage().is_empty(),
                name == key::HEADER_COPY,
                "{name} {how}"
            );
            let (open, left) = repair(&mut disk, open);
            assert!(left.is_empty(), "{name} {how}");
            assert_eq!(open.live(), 3);
            assert_eq!(disk.vault[key::HEADER], disk.vault[key::HEADER_COPY]);
        }
    }
}

/// "Wrong password" is said only of a slot that is known to be intact.
#[test]
fn wrong_secret_is_said_of_intact_slots_only() {
    let world = world();
    let said = |disk: &Disk| {
        let locked = disk.load();
        let wrong = password_of(&locked, OTHER);
        locked.unlock(&wrong).err().unwrap().error
    };
    assert_eq!(said(&world.disk), VaultError::WrongSecret);
    // The manifest names the intact copy.
    let mut one = world.disk.clone();
    flip(one.vault.get_mut(key::HEADER).unwrap(), 150);
    assert_eq!(said(&one), VaultError::WrongSecret);
    assert_eq!(
        one.load().damage(),
        [Damage::new(Part::Header, Repair::PreviousCopy)]
    );
    // Both copies are alike although the manifest is lost: as good as proof against accident.
    let mut two = world.disk.clone();
    two.vault.remove(key::MANIFEST);
    assert_eq!(said(&two), VaultError::WrongSecret);
    // Both damaged, in different places: nobody can say that the password was wrong.
    let mut both = one.clone();
    flip(both.vault.get_mut(key::HEADER_COPY).unwrap(), 151);
    assert_eq!(said(&both), VaultError::Damaged);
    let locked = both.load();
    let right = password_of(&locked, PASSWORD);
    assert_eq!(
        locked.unlock(&right).err().unwrap().error,
        VaultError::Damaged
    );
}

/// A header that can't be read in either copy: said so, and a sealed copy can be saved.
#[test]
fn no_readable_header() {
    let world = world();
    let mut disk = world.disk.clone();
    for name in [key::HEADER, key::HEADER_COPY] {
        disk.vault.get_mut(name).unwrap().truncate(100);
    }
    let refused = Locked::load(disk.stored()).err().unwrap();
    assert_eq!(
        (refused.error, refused.local.vault_name.as_str()),
        (VaultError::Damaged, "Home")
    );
    assert_eq!(refused.damage, [Damage::new(Part::Header, Repair::None)]);
    let file = refused.sealed_copy(&disk.rows(), 1).unwrap();
    assert_eq!(Backup::read(&file).ok().unwrap().rows().len(), 3);
}

/// S-07, S-08: a shard that is damaged, swapped or old is not used; rows bring it back unchanged.
#[test]
fn s07_shards_are_rebuilt_from_rows() {
    let world = world();
    let names: Vec<String> = world.disk.shards.keys().cloned().collect();
    for name in &names {
        for how in 0..3 {
            let mut disk = world.disk.clone();
            match how {
                0 => drop(disk.shards.remove(name)),
                1 => flip(disk.shards.get_mut(name).unwrap(), 80),
                _ => {
                    let other = names.iter().find(|other| *other != name).unwrap();
                    let bytes = disk.shards[other].clone();
                    disk.shards.insert(name.clone(), bytes);
                }
            }
            let mut open = disk.open();
            assert_eq!(open.damage(), [Damage::new(Part::Index, Repair::Rebuild)]);
            let mut rng = crate::testkit::Rng::new("x");
            // Other buckets are there; this one is asked for before anything is written to it.
            let gone: Vec<ItemId> = world
                .disk
                .rows()
                .into_keys()
                .filter(|id| open.entry(id).is_none())
                .collect();
            assert_eq!(gone.len(), 3 - open.live());
            let write = open.commit_items(
                vec![change(gone[0], b"x")],
                &mut Env {
                    rng: &mut rng,
                    now: 0,
                },
            );
            assert_eq!(write.err(), Some(VaultError::ReadOnly));
            let seq = open.seq();
            let (open, left) = repair(&mut disk, open);
            assert!(left.is_empty());
            assert_eq!((open.seq(), open.live()), (seq, 3));
        }
    }
}

/// S-04, S-08: a row that is damaged, swapped, older, or under another id is named; the rest opens.
#[test]
fn s08_rows_are_checked() {
    let mut world = world();
    let ids: Vec<ItemId> = world.disk.rows().into_keys().collect();
    let old = world.disk.items[&ids[0].to_string()].clone();
    world.run(|open, env| {
        (
            open.commit_items(vec![change(ids[0], b"newer")], env)
                .unwrap(),
            (),
        )
    });
    let open = world.reopen();
    let rows = world.disk.rows();
    let good = &rows[&ids[0]];
    for at in 0..good.len() {
        let mut bytes = good.clone();
        flip(&mut bytes, at);
        assert_eq!(
            open.open_row(&ids[0], &bytes).err(),
            Some(VaultError::Damaged),
            "{at}"
        );
        assert_eq!(
            open.open_row(&ids[0], &good[..at]).err(),
            Some(VaultError::Damaged)
        );
    }
    assert_eq!(
        open.open_row(&ids[0], &[good.as_slice(), &[0]].concat())
            .err(),
        Some(VaultError::Damaged)
    );
    // A genuine older revision, also dressed up as the newer one, and another item's row.
    assert_eq!(
        open.open_row(&ids[0], &old).err(),
        Some(VaultError::Damaged)
    );
    let dressed = [&2u64.to_be_bytes(), &old[8..]].concat();
    assert_eq!(
        open.open_row(&ids[0], &dressed).err(),
        Some(VaultError::Damaged)
    );
    assert_eq!(
        open.open_row(&ids[0], &rows[&ids[1]]).err(),
        Some(VaultError::Damaged)
    );
    assert_eq!(
        open.open_row(&ItemId::from_bytes([7; 16]), good).err(),
        Some(VaultError::NotFound)
    );
    let mut broken = rows.clone();
    broken.insert(ids[0], old);
    broken.remove(&ids[2]);
    let named = open.verify_rows(broken.iter().map(|(id, row)| (*id, row.as_slice())));
    assert_eq!(named, [Damage::item(ids[0]), Damage::item(ids[2])]);
    assert!(open.open_row(&ids[1], &rows[&ids[1]]).is_ok());
}

/// S-04: any permutation of rows over ids but the identity is noticed for every row that moved.
#[test]
fn s04_permuted_rows() {
    let mut world = World::new("permute");
    let contents: Vec<[u8; 1]> = (0..6).map(|n| [n]).collect();
    let ids = world.put(&contents.iter().map(<[u8; 1]>::as_slice).collect::<Vec<_>>());
    let rows = world.disk.rows();
    for shift in 1..6 {
        let moved = (0..6).map(|n| (ids[n], rows[&ids[(n + shift) % 6]].as_slice()));
        assert_eq!(world.open.verify_rows(moved).len(), 6);
        // With the index gone as well, the key alone refuses them.
        let moved: std::collections::BTreeMap<_, _> = (0..6)
            .map(|n| (ids[n], rows[&ids[(n + shift) % 6]].clone()))
            .collect();
        let mut disk = world.disk.clone();
        disk.shards.clear();
        let mut rng = crate::testkit::Rng::new("p");
        let rebuilt = disk
            .open()
            .rebuild(
                &moved,
                &mut |_, _| Some(vec![]),
                &mut Env {
                    rng: &mut rng,
                    now: 0,
                },
            )
            .unwrap();
        assert_eq!(
            rebuilt
                .damage
                .iter()
                .filter(|damage| damage.item.is_some())
                .count(),
            6
        );
    }
}

/// Index and a row damaged together: the row is named, the rest is there, and the vault goes on.
#[test]
fn damaged_row_and_lost_index() {
    let world = world();
    let mut disk = world.disk.clone();
    disk.shards.clear();
    let ids: Vec<ItemId> = disk.rows().into_keys().collect();
    flip(disk.items.get_mut(&ids[1].to_string()).unwrap(), 200);
    let open = disk.open();
    let seq = open.seq().unwrap();
    let (open, left) = repair(&mut disk, open);
    assert_eq!(left, [Damage::item(ids[1])]);
    assert_eq!((open.seq(), open.live()), (Some(seq + 1), 2));
    // A row that is gone altogether has no name left.
    let mut disk = world.disk.clone();
    disk.shards.clear();
    disk.items.remove(&ids[1].to_string());
    let open = disk.open();
    let (open, left) = repair(&mut disk, open);
    assert_eq!(
        left,
        [Damage {
            part: Part::Item,
            item: None,
            repair: Repair::None
        }]
    );
    assert_eq!(open.live(), 2);
}

/// S-09: the whole disk put back to an earlier state, except for the anchor: read-only, loudly,
/// and the person may have it stated anew.
#[test]
fn s09_rollback_is_noticed() {
    let mut world = World::new("rollback");
    let mut snapshots = vec![world.disk.clone()];
    let ids = world.put(&[b"one".as_slice(), b"two"]);
    snapshots.push(world.disk.clone());
    world.run(|open, env| {
        (
            open.commit_items(vec![Change::Delete { id: ids[0] }], env)
                .unwrap(),
            (),
        )
    });
    snapshots.push(world.disk.clone());
    world.run(|open, env| {
        (
            open.commit_items(vec![change(ids[1], b"newer")], env)
                .unwrap(),
            (),
        )
    });
    let anchor = world.disk.vault[key::ANCHOR].clone();
    for (age, old) in snapshots.iter().enumerate() {
        let mut disk = old.clone();
        disk.vault.insert(key::ANCHOR.into(), anchor.clone());
        let mut open = disk.open();
        assert_eq!(
            parts(open.damage()),
            BTreeSet::from([Part::Manifest]),
            "{age}"
        );
        assert!(open.read_only());
        let mut rng = crate::testkit::Rng::new("x");
        let mut env = Env {
            rng: &mut rng,
            now: 0,
        };
        assert_eq!(
            open.commit_items(vec![], &mut env).err(),
            Some(VaultError::ReadOnly)
        );
        assert_eq!(open.replace_recovery(&mut env).err().map(|_| ()), Some(()));
        let (open, left) = repair(&mut disk, open);
        assert!(left.is_empty());
        // It goes on behind the newest state that this device has seen.
        assert_eq!(open.seq(), Some(world.open.seq().unwrap() + 1), "{age}");
    }
    // The anchor of an earlier state beside a newer one: said, and sealed again with the next change.
    let mut disk = world.disk.clone();
    disk.vault
        .insert(key::ANCHOR.into(), snapshots[1].vault[key::ANCHOR].clone());
    let open = disk.open();
    assert_eq!(
        (parts(open.damage()), open.read_only()),
        (BTreeSet::from([Part::Anchor]), false)
    );
}

/// S-09, S-13: an earlier header, with or without its manifest, is noticed.
#[test]
fn s13_earlier_header() {
    let mut world = World::new("header-rollback");
    let old = world.disk.clone();
    world.set_password(OTHER, KdfId::Argon2id64);
    // Old header with the new manifest: the manifest does not name it.
    let mut disk = world.disk.clone();
    for name in [key::HEADER, key::HEADER_COPY] {
        disk.vault.insert(name.into(), old.vault[name].clone());
    }
    let locked = disk.load();
    let password = password_of(&locked, PASSWORD);
    let open = locked.unlock(&password).ok().unwrap();
    assert!(open.read_only() && parts(open.damage()).contains(&Part::Manifest));
    assert!(parts(open.damage()).contains(&Part::Header));
    // Old header with its own manifest: the anchor knows better.
    disk.vault
        .insert(key::MANIFEST.into(), old.vault[key::MANIFEST].clone());
    let open = disk.open();
    assert!(open.read_only());
    assert_eq!(
        parts(open.damage()),
        BTreeSet::from([Part::Manifest, Part::Header])
    );
    // Only the first copy is old: the second one serves.
    let mut disk = world.disk.clone();
    disk.vault
        .insert(key::HEADER.into(), old.vault[key::HEADER].clone());
    let locked = disk.load();
    let new = password_of(&locked, OTHER);
    let open = locked.unlock(&new).ok().unwrap();
    assert_eq!(
        (open.read_only(), open.damage()),
        (
            false,
            [Damage::new(Part::Header, Repair::PreviousCopy)].as_slice()
        )
    );
}

/// After opening with the second copy, the first one is written again.
#[test]
fn header_copy_heals() {
    let mut world = world();
    flip(world.disk.vault.get_mut(key::HEADER).unwrap(), 60);
    world.open = world.reopen();
    world.run(|open, env| (open.record_opening(env).unwrap(), ()));
    assert!(world.open.damage().is_empty());
    assert!(world.disk.load().damage().is_empty());
}

/// A local record that was rewritten with a fitting checksum is shown, but found out on opening.
#[test]
fn forged_local_record_is_found_out() {
    let mut world = world();
    let other = World::new("damage");
    let mut forged = world.disk.vault[key::LOCAL].clone();
    let at = forged
        .windows(4)
        .position(|window| window == b"Home")
        .unwrap();
    forged[at..at + 4].copy_from_slice(b"Evil");
    let content = forged.len() - 64;
    let sum = sesame_protocol::sha256(&[&forged[..content]]);
    forged[content..content + 32].copy_from_slice(&sum);
    world.disk.vault.insert(key::LOCAL.into(), forged);
    assert_eq!(world.disk.load().local().vault_name, "Evil");
    assert_eq!(
        world.reopen().damage(),
        [Damage::new(Part::Local, Repair::Rebuild)]
    );
    drop(other);
}

/// S-160, S-38: not one bit of a backup can change, nor its length; and a damaged file still
/// gives what is intact in it.
#[test]
fn s160_every_bit_of_a_backup() {
    let mut world = world();
    let file = world
        .open
        .backup(
            &world.disk.rows(),
            &Env {
                rng: &mut world.rng,
                now: 1,
            },
        )
        .unwrap();
    for at in 0..file.len() {
        let mut bytes = file.clone();
        flip(&mut bytes, at);
        assert!(Backup::read(&bytes).is_err(), "{at}");
        bytes[at] ^= 0x81;
        assert!(Backup::read(&bytes).is_err(), "{at}");
    }
    for len in (0..file.len()).step_by(11) {
        assert!(Backup::read(&file[..len]).is_err());
    }
    for extra in 1..40 {
        assert!(Backup::read(&[file.as_slice(), &vec![0; extra]].concat()).is_err());
    }
    assert_eq!(
        Backup::read(b"PK\x03\x04").err(),
        Some(VaultError::NotBackup)
    );
    assert_eq!(Backup::read(b"").err(), Some(VaultError::NotBackup));
    let mut broken = file.clone();
    flip(&mut broken, file.len() - 100);
    let (stored, rows) = Backup::salvage(&broken).ok().unwrap().into_parts();
    let locked = Locked::load(stored).ok().unwrap();
    let password = password_of(&locked, PASSWORD);
    let mut open = locked.unlock(&password).ok().unwrap();
    let mut env = Env {
        rng: &mut world.rng,
        now: 0,
    };
    let rebuilt = open
        .rebuild(&rows, &mut |_, _| Some(vec![]), &mut env)
        .unwrap();
    assert_eq!((rebuilt.damage.len(), open.live()), (1, 2));
}

/// S-160: a backup whose checksum was made to fit is still found out, piece by piece, on opening.
#[test]
fn s160_forged_backup() {
    let mut world = world();
    let file = world
        .open
        .backup(
            &world.disk.rows(),
            &Env {
                rng: &mut world.rng,
                now: 1,
            },
        )
        .unwrap();
    let mut unnoticed = Vec::new();
    for at in (0..file.len() - 32).step_by(17) {
        let mut bytes = file.clone();
        flip(&mut bytes, at);
        let sum = sesame_protocol::sha256(&[&bytes[..file.len() - 32]]);
        bytes[file.len() - 32..].copy_from_slice(&sum);
        let Ok(backup) = Backup::read(&bytes) else {
            continue;
        };
        let (stored, rows) = backup.into_parts();
        let Ok(locked) = Locked::load(stored) else {
            continue;
        };
        let password = password_of(&locked, PASSWORD);
        let noticed_before = !locked.damage().is_empty();
        let Ok(mut open) = locked.unlock(&password) else {
            continue;
        };
        let mut env = Env {
            rng: &mut world.rng,
            now: 0,
        };
        let noticed = noticed_before || !open.damage().is_empty() || open.read_only();
        let rebuilt = open
            .rebuild(&rows, &mut |_, _| Some(vec![]), &mut env)
            .unwrap();
        if !noticed && rebuilt.damage.is_empty() {
            unnoticed.push(at);
        }
    }
    // Bytes 6 to 13 are the date of saving, which is a label only.
    assert!(
        unnoticed.iter().all(|at| (6..14).contains(at)),
        "{unnoticed:?}"
    );
}

/// Any one way in is enough, whatever else is lost (A4).
#[test]
fn s191_any_one_factor_opens() {
    let mut world = world();
    let code = world.code.clone();
    world.confirm();
    let slot = world.add_passkey(PRF, b"credential", false);
    for lost in [
        key::ANCHOR,
        key::LOCAL,
        key::MANIFEST,
        key::HEADER,
        key::HEADER_COPY,
    ] {
        let mut disk = world.disk.clone();
        disk.vault.remove(lost);
        disk.shards.clear();
        assert!(disk.load().unlock(&recovery(&code)).is_ok());
        assert!(disk.load().unlock(&passkey(slot, PRF)).is_ok());
        let open = disk.open();
        let (open, left) = repair(&mut disk, open);
        assert_eq!((left.len(), open.live()), (0, 3), "{lost}");
    }
}
