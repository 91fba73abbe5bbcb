use super::*;
use crate::crypto::VaultKey;
use crate::testkit::Rng;
use sesame_protocol::{AccountId, Entry, ItemId, Op};
use zeroize::Zeroizing;

fn owner() -> Owner {
    Owner {
        account: AccountId::from_bytes([1; 16]),
        generation: GenId::from_bytes([2; 16]),
        device: DeviceId::from_bytes([3; 16]),
    }
}

fn key() -> VaultKey {
    VaultKey::from_bytes(Zeroizing::new([4; 32]))
}

fn account() -> Account {
    Account {
        origin: "https://sesame.example".into(),
        email: "ada@example.com".into(),
        mode: SyncMode::Ask,
        device: [5; 16],
        cred_id: [6; 32],
        server_key: vec![7; 32],
        synced_at: Some(8),
        state: AccountState::ResetElsewhere(ResetElsewhere {
            at: 1,
            undo_until: 2,
            erase_at: 3,
            generation: [9; 16],
        }),
        password_behind: true,
    }
}

/// S-160: not one bit of it can change, the server's address least of all.
#[test]
fn s160_every_bit_of_the_account_record() {
    let good = account().seal(&owner(), &key()).unwrap();
    let parsed = UnprovedAccount::parse(&good).unwrap();
    assert!(parsed.is_genuine(&key()) && parsed.account == account() && parsed.owner == owner());
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (at % 8);
        let genuine = UnprovedAccount::parse(&bytes).is_ok_and(|read| read.is_genuine(&key()));
        assert!(!genuine, "byte {at}");
    }
    for cut in 0..good.len() {
        assert!(UnprovedAccount::parse(&good[..cut]).is_err());
    }
}

#[test]
fn a_local_record_is_no_account_record() {
    let local = crate::Local::default().seal(&owner(), &key()).unwrap();
    assert!(UnprovedAccount::parse(&local).is_err());
}

#[test]
fn what_is_too_long_is_refused() {
    for wrong in [
        Account {
            email: "a".repeat(301),
            ..account()
        },
        Account {
            server_key: vec![1; 31],
            ..account()
        },
    ] {
        assert_eq!(
            wrong.seal(&owner(), &key()).err(),
            Some(VaultError::TooLarge)
        );
    }
}

fn record(rng: &mut Rng) -> SyncRecord {
    let mut record = SyncRecord::new(DeviceKey::make(rng).unwrap(), 7);
    record.reason = Some(SyncReason::AwayTooLong);
    record.resolve = Resolve::Push;
    record.manifest = vec![1; 2244];
    record.header = vec![2; 500];
    record.pending = vec![Entry {
        id: ItemId::from_bytes([3; 16]),
        rev: 4,
        op: Op::Delete,
        blob_hash: [5; 32],
    }];
    record
}

/// S-158, S-160: the device's key opens nowhere else, and not one bit of it can change.
#[test]
fn s160_every_bit_of_the_sync_record() {
    let mut rng = Rng::new("sync record");
    let record = record(&mut rng);
    let sealed = record.seal(&owner(), &key(), &mut rng).unwrap();
    let opened = SyncRecord::open(&sealed, &owner(), &key()).unwrap();
    assert!(opened.device.public().encode() == record.device.public().encode());
    assert_eq!((opened.epoch, opened.reason), (7, record.reason));
    assert_eq!(opened.resolve, record.resolve);
    assert_eq!(
        (&opened.manifest, &opened.header),
        (&record.manifest, &record.header)
    );
    assert_eq!(opened.pending, record.pending);
    for at in 0..sealed.len() {
        let mut bytes = sealed.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(
            SyncRecord::open(&bytes, &owner(), &key()).is_err(),
            "byte {at}"
        );
    }
    let elsewhere = Owner {
        device: DeviceId::from_bytes([4; 16]),
        ..owner()
    };
    assert!(SyncRecord::open(&sealed, &elsewhere, &key()).is_err());
}

#[test]
fn every_reason_has_a_byte_and_a_name_of_its_own() {
    let mut rng = Rng::new("reasons");
    let mut names = std::collections::BTreeSet::new();
    for reason in SyncReason::ALL {
        let mut record = record(&mut rng);
        record.reason = Some(reason);
        let sealed = record.seal(&owner(), &key(), &mut rng).unwrap();
        let opened = SyncRecord::open(&sealed, &owner(), &key()).unwrap();
        assert_eq!(opened.reason, Some(reason));
        assert!(names.insert(reason.name()));
    }
}

use sesame_protocol::account::Message as _;
