use super::*;
use crate::testkit::World;
use crate::{Backup, Locked};
use sesame_protocol::account::{ItemRow, PulledBucket, RowList};
use sesame_protocol::{Row, bucket_of};

/// A changed answer, and what it is taken for.
type Case = (fn(&mut Pulled), SyncReason);

/// What an honest server would say of this vault.
fn answers(world: &World) -> (Session, Pulled, RowList) {
    let manifest = world.disk.vault[key::MANIFEST].clone();
    let signed = SignedManifest::parse(&manifest).unwrap();
    let header = world.disk.vault[key::HEADER].clone();
    let session = world.session(1, signed.unverified().seq, signed.hash());
    let rows: Vec<ItemRow> = world
        .disk
        .rows()
        .into_iter()
        .map(|(id, bytes)| {
            let row = Row::parse(&bytes).unwrap();
            ItemRow {
                id,
                rev: row.rev,
                op: row.op,
                blob: row.blob.to_vec(),
            }
        })
        .collect();
    let entries = |index: u8| -> Vec<Entry> {
        let rows = rows.iter().filter(|row| bucket_of(&row.id) == index);
        rows.map(|row| Row::parse(&row.stored()).unwrap().entry(row.id))
            .collect()
    };
    let buckets = (0..64).map(|index| PulledBucket {
        index,
        entries: entries(index),
    });
    let pulled = Pulled {
        manifest,
        header: Some(header),
        buckets: buckets.collect(),
    };
    (session, pulled, RowList { rows, more: false })
}

fn world() -> World {
    let mut world = World::new("joining");
    let ids = world.put(&[b"one", b"two", b"three"]);
    world.run(|open, env| {
        let gone = vec![crate::Change::Delete { id: ids[0] }];
        (open.commit_items(gone, env).unwrap(), ())
    });
    world
}

/// S-11, S-35: all of it, or nothing.
#[test]
fn s35_a_vault_comes_whole_or_not_at_all() {
    let world = world();
    let (session, pulled, rows) = answers(&world);
    let mut joining = Joining::pulled(&session, &pulled.encode()).unwrap();
    assert_eq!(joining.manifest().live, 2);
    assert!(joining.next().is_some());
    let mut less = rows.clone();
    less.rows.pop();
    joining.rows(&less.encode()).unwrap();
    let one = joining.next().unwrap();
    assert_eq!(
        joining.rows(&less.encode()).err(),
        Some(suspended(SyncReason::Dropped)),
        "asked for one, and given none"
    );
    assert!(one.len() < 40);
    joining.rows(&rows.encode()).unwrap();
    let (known, stored, got) = joining.finish().unwrap();
    assert_eq!(known.manifest, pulled.manifest);
    assert_eq!(got, world.disk.rows());
    assert!(Locked::load(stored).is_ok());

    let seq = Session {
        head_seq: session.head_seq + 1,
        ..session.clone()
    };
    let failed = Joining::pulled(&seq, &pulled.encode()).err();
    assert_eq!(failed, Some(suspended(SyncReason::Rollback)));
    let cases: [Case; 4] = [
        (|pulled| drop(pulled.buckets.pop()), SyncReason::Dropped),
        (
            |pulled| pulled.buckets.iter_mut().for_each(|b| b.entries.clear()),
            SyncReason::Mixed,
        ),
        (|pulled| pulled.header = None, SyncReason::Header),
        (|pulled| pulled.manifest[60] ^= 1, SyncReason::Forged),
    ];
    for (change, expected) in cases {
        let mut pulled = pulled.clone();
        change(&mut pulled);
        let failed = Joining::pulled(&session, &pulled.encode()).err();
        assert_eq!(failed, Some(suspended(expected)));
    }
}

/// S-134: a sealed generation is a file that opens; pages that don't go on are noticed.
#[test]
fn s134_sealed_pages_make_a_file() {
    let world = world();
    let (_, pulled, rows) = answers(&world);
    let page = |rows: &[ItemRow], more: bool| {
        let page = SealedPulled {
            header: pulled.header.clone().unwrap(),
            manifest: pulled.manifest.clone(),
            rows: rows.to_vec(),
            more,
        };
        page.encode()
    };
    let new = || SealedPages::new(world.open.account(), world.open.generation());
    let (first, rest) = rows.rows.split_at(1);
    let mut pages = new();
    assert_eq!(pages.add(&page(first, true)).unwrap(), Some(first[0].id));
    assert_eq!(
        pages.add(&page(first, true)),
        Err(suspended(SyncReason::Mixed))
    );
    assert_eq!(
        pages.add(&page(&[], true)),
        Err(suspended(SyncReason::Dropped))
    );
    assert_eq!(pages.add(&page(rest, false)).unwrap(), None);
    let file = pages.finish(7).unwrap();
    let backup = Backup::read(&file).unwrap();
    assert_eq!((backup.saved_at, backup.rows()), (7, &world.disk.rows()));
    let (stored, _) = backup.into_parts();
    let locked = Locked::load(stored).ok().unwrap();
    let secret = crate::testkit::password_of(&locked, crate::testkit::PASSWORD);
    assert!(locked.unlock(&secret).is_ok());
    assert_eq!(new().finish(7).err(), Some(VaultError::Invalid));
    let mut other = SealedPages::new(world.open.account(), GenId::from_bytes([9; 16]));
    assert_eq!(
        other.add(&page(first, true)),
        Err(suspended(SyncReason::OtherVault))
    );
}
