//! Damage and tampering: what is noticed, what is said, and what still opens.

use std::collections::BTreeSet;

use sesame_protocol::ItemId;

use crate::testkit::{Disk, OTHER, PASSWORD, World, change, password_of};
use crate::{Backup, Damage, Env, Locked, Part, Repair, Unlocked, VaultError, key};

pub(super) fn parts(damage: &[Damage]) -> BTreeSet<Part> {
    damage.iter().map(|damage| damage.part).collect()
}

pub(super) fn world() -> World {
    let mut world = World::new("damage");
    world.put(&[b"one".as_slice(), b"two", b"three"]);
    world
}

pub(super) fn flip(bytes: &mut [u8], at: usize) {
    bytes[at] ^= 1;
}

/// Repairs as the engine does, writes it, and opens again.
pub(super) fn repair(disk: &mut Disk, mut open: Unlocked) -> (Unlocked, Vec<Damage>) {
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
                // The other copy serves, and is written again after opening, as is what follows
                // from the vault's key (`a_foreign_key_is_replaced_at_unlock`).
                key::HEADER_COPY | key::CAPTURE_KEY => assert!(found.is_empty()),
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
                name == key::HEADER_COPY || name == key::CAPTURE_KEY,
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
