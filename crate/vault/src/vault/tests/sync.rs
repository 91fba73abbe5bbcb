//! Answers that this very vault's key signed: what a device that went wrong, or somebody who had the
//! key once, could make a server say.

use crate::header::SealedHeader;
use crate::manifest::Link;
use crate::testkit::World;
use crate::{
    Account, Change, DeviceKey, Env, KnownState, PullNext, Resolution, SyncReason, VaultError,
};
use sesame_protocol::account::{Message as _, Pull, Pulled, PulledBucket};
use sesame_protocol::{BUCKETS, Entry, ItemId, KdfId, MAX_JUMP, Manifest, Op, bucket_of, sha256};
use std::collections::BTreeMap;

type Rows = BTreeMap<ItemId, Vec<u8>>;

/// A vault whose account has all that is in it.
struct Synced {
    world: World,
    link: Link,
    entries: Vec<Entry>,
}

fn synced(seed: &str) -> Synced {
    let mut world = World::new(seed);
    world.put(&[b"\x01", b"\x02", b"\x03"]);
    let manifest = world.open.link.as_ref().unwrap().clone();
    let known = KnownState {
        manifest: manifest.bytes.clone(),
        header: world.open.sealed.bytes.clone(),
    };
    let session = world.session(3, manifest.manifest.seq, manifest.head);
    world.run(|open, env| {
        let device = DeviceKey::make(env.rng).unwrap();
        let account = Account {
            origin: "https://sesame.example".into(),
            ..Account::default()
        };
        let commit = open.join(account, device, &session, Some(&known), env);
        (commit.unwrap(), ())
    });
    let entries = world.open.index.rows().map(|row| row.entry).collect();
    Synced {
        world,
        link: manifest,
        entries,
    }
}

impl Synced {
    /// A link that this vault's key signs, whatever it says.
    fn sign(&self, change: impl FnOnce(&mut Manifest)) -> Vec<u8> {
        let mut manifest = self.link.manifest.clone();
        manifest.seq += 1;
        manifest.prev_hash = self.link.head;
        change(&mut manifest);
        let mut bytes = manifest.encode();
        let open = &self.world.open;
        let signer = open.key.signer(&open.account(), &open.generation());
        bytes.extend_from_slice(&signer.sign(bytes.first_chunk().unwrap()));
        bytes
    }

    /// With these entries instead of the known ones; counts as they are.
    fn with(&self, entries: &[Entry]) -> (impl FnOnce(&mut Manifest), Vec<Entry>) {
        let generation = self.world.open.generation();
        let all = entries.to_vec();
        let of = all.clone();
        let set = move |manifest: &mut Manifest| {
            for number in 0..64u8 {
                let entries = of.iter().filter(|entry| bucket_of(&entry.id) == number);
                let hash = sesame_protocol::bucket_hash(&generation, number, entries).unwrap();
                manifest.buckets[usize::from(number)] = hash;
            }
            let count = |op| of.iter().filter(|entry| entry.op == op).count();
            manifest.live = u32::try_from(count(Op::Put)).unwrap();
            manifest.tombstones = u32::try_from(count(Op::Delete)).unwrap();
        };
        (set, all)
    }

    fn pull(
        &mut self,
        manifest: Vec<u8>,
        header: Option<Vec<u8>>,
        entries: &[Entry],
    ) -> Result<PullNext, VaultError> {
        let asked = Pull::decode(&self.world.open.pull_body(&Rows::new()).unwrap()).unwrap();
        assert_eq!(asked.epoch, 3);
        let signed = sesame_protocol::SignedManifest::parse(&manifest);
        let hashes = signed.map_or([[0; 32]; BUCKETS], |signed| signed.unverified().buckets);
        let changed = (0..64u8).filter(|number| {
            let at = usize::from(*number);
            asked.buckets[at] != hashes[at]
        });
        let bucket = |index: u8| PulledBucket {
            index,
            entries: entries
                .iter()
                .filter(|entry| bucket_of(&entry.id) == index)
                .copied()
                .collect(),
        };
        let answer = Pulled {
            manifest,
            header,
            buckets: changed.map(bucket).collect(),
        };
        self.world.open.pulled(&answer.encode(), &Rows::new())
    }

    fn reason(
        &mut self,
        manifest: Vec<u8>,
        header: Option<Vec<u8>>,
        entries: &[Entry],
    ) -> Option<SyncReason> {
        match self.pull(manifest, header, entries) {
            Err(VaultError::Suspended(reason)) => Some(reason),
            Err(other) => panic!("{other}"),
            Ok(_) => None,
        }
    }
}

/// S-27: numbers at their ends.
#[test]
fn s27_numbers_do_not_jump() {
    let mut synced = synced("jumps");
    let entries = synced.entries.clone();
    for (jump, expected) in [
        (1, None),
        (MAX_JUMP, None),
        (MAX_JUMP + 1, Some(SyncReason::Forged)),
        (u64::MAX / 2, Some(SyncReason::Forged)),
    ] {
        let seq = synced.link.manifest.seq + jump;
        let manifest = synced.sign(|manifest| manifest.seq = seq);
        assert_eq!(synced.reason(manifest, None, &entries), expected);
    }
    let manifest = synced.sign(|manifest| manifest.seq = u64::MAX);
    assert_eq!(
        synced.reason(manifest, None, &entries),
        Some(SyncReason::Forged)
    );
    // A row that jumps.
    for (jump, expected) in [(1, None), (MAX_JUMP + 1, Some(SyncReason::Forged))] {
        let mut entries = entries.clone();
        entries[0].rev += jump;
        entries[0].blob_hash = [7; 32];
        let (set, entries) = synced.with(&entries);
        let manifest = synced.sign(set);
        assert_eq!(synced.reason(manifest, None, &entries), expected);
    }
}

/// Further ahead than a server keeps links: said as such, and as nothing else.
#[test]
fn away_too_long() {
    let mut synced = synced("away");
    let entries = synced.entries.clone();
    let seq = synced.link.manifest.seq;
    for (ahead, expected) in [
        (4_097, SyncReason::AwayTooLong),
        (4_096, SyncReason::Dropped),
    ] {
        let manifest = synced.sign(|manifest| {
            manifest.seq = seq + ahead;
            manifest.prev_hash = [9; 32];
        });
        let asked = synced.pull(manifest, None, &entries).unwrap();
        assert!(matches!(asked, PullNext::Chain(_)));
        let none = sesame_protocol::account::ChainLinks {
            manifests: Vec::new(),
        };
        let failed = synced.world.open.chain(&none.encode()).err();
        assert_eq!(failed, Some(VaultError::Suspended(expected)));
    }
}

/// S-07, S-08: genuine signatures over what can't be.
#[test]
fn s07_signed_and_still_wrong() {
    let mut synced = synced("signed");
    let entries = synced.entries.clone();
    let lying = synced.sign(|manifest| manifest.live += 1);
    assert_eq!(
        synced.reason(lying, None, &entries),
        Some(SyncReason::Forged)
    );
    let (set, less) = synced.with(&entries[1..]);
    let manifest = synced.sign(set);
    assert_eq!(
        synced.reason(manifest, None, &less),
        Some(SyncReason::Dropped)
    );
    let mut older = entries.clone();
    older[0].blob_hash = [1; 32];
    let (set, older) = synced.with(&older);
    let manifest = synced.sign(set);
    assert_eq!(
        synced.reason(manifest, None, &older),
        Some(SyncReason::Rollback)
    );
    let again = synced.sign(|manifest| {
        manifest.seq -= 1;
        manifest.device = sesame_protocol::DeviceId::from_bytes([9; 16]);
    });
    assert_eq!(synced.reason(again, None, &entries), Some(SyncReason::Fork));
}

/// S-04: a row that this vault's key did not make, under an entry that it signed.
#[test]
fn s04_a_row_that_does_not_open() {
    let mut synced = synced("rows");
    let mut entries = synced.entries.clone();
    let blob = synced.world.disk.rows()[&entries[1].id][9..].to_vec();
    entries[0].rev += 1;
    entries[0].blob_hash = sha256(&[&blob]);
    let (set, entries) = synced.with(&entries);
    let manifest = synced.sign(set);
    assert!(matches!(
        synced.pull(manifest, None, &entries),
        Ok(PullNext::Rows(_))
    ));
    let row = sesame_protocol::account::ItemRow {
        id: entries[0].id,
        rev: entries[0].rev,
        op: Op::Put,
        blob,
    };
    let list = sesame_protocol::account::RowList {
        rows: vec![row],
        more: false,
    };
    let next = synced.world.open.rows_answer(&list.encode()).unwrap();
    assert!(matches!(next, PullNext::Apply(_)));
    let World { open, rng, .. } = &mut synced.world;
    let mut env = Env { rng, now: 1 };
    let failed = open
        .apply_pulled(&Rows::new(), &Rows::new(), &mut env)
        .err();
    assert_eq!(failed, Some(VaultError::Suspended(SyncReason::Forged)));
    assert_eq!(open.entry(&entries[0].id), Some(&synced.entries[0]));
}

/// S-01, S-12, S-13: key slots that this vault made, and that are older or weaker all the same.
#[test]
fn s13_headers_go_forward_only() {
    let mut synced = synced("headers");
    synced
        .world
        .set_password(crate::testkit::OTHER, KdfId::Argon2id128);
    let made = |synced: &Synced, kdf_id: KdfId, hdr_seq: u64| {
        let open = &synced.world.open;
        let mut header = open.sealed.header.clone();
        header.hdr_seq = hdr_seq;
        for slot in header
            .slots
            .iter_mut()
            .filter(|slot| slot.kdf_id != KdfId::None)
        {
            slot.kdf_id = kdf_id;
        }
        SealedHeader::make(header, &open.key).unwrap()
    };
    let now = synced.world.open.sealed.header.hdr_seq;
    let base = synced.link.manifest.header_hash;
    let cases = [
        (made(&synced, KdfId::Argon2id128, now), None),
        (made(&synced, KdfId::Argon2id64, now), None),
        (
            made(&synced, KdfId::Argon2id64, 0),
            Some(SyncReason::Header),
        ),
    ];
    for (header, expected) in cases {
        let hash = sha256(&[&header.bytes]);
        assert_ne!(hash, base);
        let manifest = synced.sign(|manifest| manifest.header_hash = hash);
        let entries = synced.entries.clone();
        let found = synced.reason(manifest, Some(header.bytes.clone()), &entries);
        assert_eq!(found, expected);
    }
    // Stronger stretching, once seen at the account, stays.
    let strong = made(&synced, KdfId::Argon2id128, now);
    let hash = sha256(&[&strong.bytes]);
    let manifest = synced.sign(|manifest| manifest.header_hash = hash);
    let entries = synced.entries.clone();
    synced
        .pull(manifest.clone(), Some(strong.bytes.clone()), &entries)
        .unwrap();
    synced.world.run(|open, env| {
        let applied = open.apply_pulled(&Rows::new(), &Rows::new(), env).unwrap();
        (applied.commit, ())
    });
    synced.link = Link::read(&manifest, &synced.world.open.sealed).unwrap();
    let weak = made(&synced, KdfId::Argon2id64, now + 1);
    let hash = sha256(&[&weak.bytes]);
    let manifest = synced.sign(|manifest| manifest.header_hash = hash);
    let found = synced.reason(manifest, Some(weak.bytes), &entries);
    assert_eq!(found, Some(SyncReason::Header));
}

/// While sync is suspended nothing is changed, and what opens the vault again still says so.
#[test]
fn s17_suspended_until_somebody_acts() {
    let mut synced = synced("suspended");
    synced
        .world
        .run(|open, env| (open.suspend(SyncReason::Fork, env).unwrap(), ()));
    let mut again = synced.world.reopen();
    assert_eq!(again.suspended(), Some(SyncReason::Fork));
    let mut env = Env {
        rng: &mut synced.world.rng,
        now: 1,
    };
    let id = synced.entries[0].id;
    let failed = again
        .commit_items(vec![Change::Delete { id }], &mut env)
        .err();
    assert_eq!(failed, Some(VaultError::Suspended(SyncReason::Fork)));
    let refused = Some(VaultError::Suspended(SyncReason::Fork));
    assert_eq!(again.pull_body(&Rows::new()).err(), refused);
    assert_eq!(
        again.push(&Rows::new(), &Rows::new(), None, &mut env).err(),
        refused
    );
    assert!(again.resolve(Resolution::Retry, &mut env).is_ok());
    assert!(again.pull_body(&Rows::new()).is_ok());
    assert_eq!(again.suspended(), None);
}
