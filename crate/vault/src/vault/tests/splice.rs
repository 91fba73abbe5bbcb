//! S-05: nothing of one vault fits into another one, even with the same password and the same
//! randomness.

use crate::testkit::{Disk, PASSWORD, World, password_of};
use crate::{Locked, key};

/// Two vaults with the same password. The second draws its randomness a little later, as a cloned
/// machine would, so that ids differ and everything else is as alike as it can be.
fn pair() -> (World, World) {
    let (mut a, mut b) = (World::new("twin"), World::new("twin b"));
    a.put(&[b"one".as_slice(), b"two"]);
    b.put(&[b"one".as_slice(), b"two"]);
    (a, b)
}

/// Opens without any complaint?
fn is_clean(disk: &Disk) -> bool {
    let Ok(locked) = Locked::load(disk.stored()) else {
        return false;
    };
    let clean = locked.damage().is_empty();
    let password = password_of(&locked, PASSWORD);
    let Ok(open) = locked.unlock(&password) else {
        return false;
    };
    let rows = disk.rows();
    clean
        && open.damage().is_empty()
        && !open.read_only()
        && open
            .verify_rows(rows.iter().map(|(id, row)| (*id, row.as_slice())))
            .is_empty()
}

/// Every subset of (header with its copy, manifest, anchor, local record, shards, rows) taken from
/// the other vault: only all or nothing is a vault.
#[test]
fn s05_every_cross_product() {
    let (a, b) = pair();
    for mask in 0u8..64 {
        let from = |bit: u8| {
            if mask >> bit & 1 == 1 {
                &b.disk
            } else {
                &a.disk
            }
        };
        let mut disk = Disk::default();
        for (bit, names) in [
            (0, &[key::HEADER, key::HEADER_COPY][..]),
            (1, &[key::MANIFEST]),
            (2, &[key::ANCHOR]),
            (3, &[key::LOCAL]),
        ] {
            for name in names {
                disk.vault
                    .insert((*name).into(), from(bit).vault[*name].clone());
            }
        }
        disk.shards = from(4).shards.clone();
        disk.items = from(5).items.clone();
        assert_eq!(is_clean(&disk), mask == 0 || mask == 63, "{mask:06b}");
    }
}

/// The same with a vault's own earlier state.
#[test]
fn s05_own_earlier_parts() {
    let mut world = World::new("own");
    world.put(&[b"one".as_slice(), b"two"]);
    let old = world.disk.clone();
    let ids: Vec<_> = world.disk.rows().into_keys().collect();
    world.run(|open, env| {
        let changes = ids
            .iter()
            .map(|id| crate::testkit::change(*id, b"newer"))
            .collect();
        (open.commit_items(changes, env).unwrap(), ())
    });
    world.set_password(PASSWORD, sesame_protocol::KdfId::Argon2id64);
    let new = &world.disk;
    for mask in 0u8..32 {
        let from = |bit: u8| if mask >> bit & 1 == 1 { &old } else { new };
        let mut disk = new.clone();
        for (bit, names) in [
            (0, &[key::HEADER, key::HEADER_COPY][..]),
            (1, &[key::MANIFEST]),
            (2, &[key::ANCHOR]),
        ] {
            for name in names {
                disk.vault
                    .insert((*name).into(), from(bit).vault[*name].clone());
            }
        }
        disk.shards = from(3).shards.clone();
        disk.items = from(4).items.clone();
        assert_eq!(is_clean(&disk), mask == 0 || mask == 31, "{mask:05b}");
    }
}

/// Two vaults made with the very same randomness are the same vault; nothing else goes into one.
#[test]
fn making_a_vault_is_deterministic() {
    assert!(World::new("same").disk == World::new("same").disk);
    assert!(World::new("same").disk != World::new("other").disk);
}
