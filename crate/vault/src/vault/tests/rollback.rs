//! Older states passed off as the newest, and forgeries of what no AEAD protects.

use std::collections::BTreeSet;

use sesame_protocol::KdfId;

use super::damage::{flip, parts, repair, world};
use crate::testkit::{OTHER, PASSWORD, PRF, World, change, passkey, password_of, recovery};
use crate::{Backup, Change, Damage, Env, Locked, Part, Repair, VaultError, key};

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
    // Opening does not make it look genuine; mending it, when the person wants that, does.
    let mut open = world.reopen();
    world.disk.apply(
        open.record_opening(&Env {
            rng: &mut world.rng,
            now: 1,
        })
        .unwrap(),
    );
    assert_eq!(
        parts(world.reopen().damage()),
        BTreeSet::from([Part::Local])
    );
    let (open, left) = repair(&mut world.disk, open);
    assert!(left.is_empty() && open.damage().is_empty());
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
