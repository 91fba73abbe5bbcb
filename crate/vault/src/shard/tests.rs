use super::*;
use crate::crypto::VaultKey;
use crate::testkit::Rng;

fn bucket(rows: u8) -> Bucket {
    let mut bucket = Bucket::default();
    for n in (0..rows).rev() {
        let mut id = [0; 16];
        id[15] = n;
        let entry = Entry {
            id: ItemId::from_bytes(id),
            rev: 1,
            op: Op::Put,
            blob_hash: [n; 32],
        };
        bucket.set(Indexed {
            entry,
            summary: Zeroizing::new(vec![n; usize::from(n)]),
        });
    }
    bucket
}

struct Place {
    account: AccountId,
    generation: GenId,
    device: DeviceId,
}

impl Place {
    fn new() -> Self {
        Self {
            account: AccountId::from_bytes([1; 16]),
            generation: GenId::from_bytes([2; 16]),
            device: DeviceId::from_bytes([3; 16]),
        }
    }

    fn at(&self, index: u8) -> ShardPlace<'_> {
        ShardPlace {
            account: &self.account,
            generation: &self.generation,
            device: &self.device,
            index,
        }
    }

    fn key(&self) -> Key {
        VaultKey::from_bytes(Zeroizing::new([4; 32])).cache(&self.device)
    }
}

#[test]
fn round_trip_in_order() {
    let place = Place::new();
    let bucket = bucket(5);
    let hash = bucket.hash(&place.generation, 0).unwrap();
    let sealed = bucket
        .seal(&place.key(), &place.at(0), &hash, &mut Rng::new("shard"))
        .unwrap();
    let back = Bucket::open(&sealed, &place.key(), &place.at(0), &hash).unwrap();
    assert!(back.rows.iter().map(|row| row.entry.id).is_sorted());
    for (a, b) in bucket.rows.iter().zip(&back.rows) {
        assert!(a.entry == b.entry && a.summary == b.summary);
    }
    assert_eq!(back.rows.len(), 5);
}

/// S-160: not one bit of a shard can change, and it is good for one place and one bucket hash only.
#[test]
fn s160_every_bit_of_a_shard() {
    let place = Place::new();
    let hash = bucket(2).hash(&place.generation, 0).unwrap();
    let good = bucket(2)
        .seal(&place.key(), &place.at(0), &hash, &mut Rng::new("shard"))
        .unwrap();
    let open = |bytes: &[u8]| Bucket::open(bytes, &place.key(), &place.at(0), &hash).is_ok();
    assert!(open(&good));
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(!open(&bytes), "{at} {bit}");
        }
        assert!(!open(&good[..at]));
    }
    assert!(!open(&[good.as_slice(), &[0]].concat()));
    assert!(Bucket::open(&good, &place.key(), &place.at(1), &hash).is_err());
    assert!(Bucket::open(&good, &place.key(), &place.at(0), &[0; 32]).is_err());
    let account = Place {
        account: AccountId::from_bytes([9; 16]),
        ..Place::new()
    };
    let generation = Place {
        generation: GenId::from_bytes([9; 16]),
        ..Place::new()
    };
    let device = Place {
        device: DeviceId::from_bytes([9; 16]),
        ..Place::new()
    };
    for other in [account, generation, device] {
        assert!(Bucket::open(&good, &place.key(), &other.at(0), &hash).is_err());
    }
}

/// S-07: a shard whose entries are not the bucket that it is sealed for does not open, even if
/// the right key sealed it.
#[test]
fn s07_entries_must_be_the_signed_bucket() {
    let place = Place::new();
    let hash = bucket(3).hash(&place.generation, 0).unwrap();
    let wrong = bucket(2)
        .seal(&place.key(), &place.at(0), &hash, &mut Rng::new("shard"))
        .unwrap();
    assert!(Bucket::open(&wrong, &place.key(), &place.at(0), &hash).is_err());
}

#[test]
fn replacing_a_row_gives_the_old_entry() {
    let mut three = bucket(3);
    let row = three.rows[1].clone();
    let entry = Entry {
        rev: 2,
        ..row.entry
    };
    assert_eq!(
        three.set(Indexed {
            entry,
            ..row.clone()
        }),
        Some(row.entry)
    );
    assert_eq!(
        (three.rows.len(), three.find(&entry.id).unwrap().entry.rev),
        (3, 2)
    );
}
