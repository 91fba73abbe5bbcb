use super::*;
use proptest::prelude::*;

fn entry(first: u8, last: u8) -> Entry {
    let mut id = [0; 16];
    id[0] = first;
    id[15] = last;
    Entry {
        id: ItemId::from_bytes(id),
        rev: 1,
        op: Op::Put,
        blob_hash: [last; 32],
    }
}

#[test]
fn bucket_is_the_first_six_bits() {
    for first in 0..=u8::MAX {
        assert_eq!(bucket_of(&entry(first, 0).id), first >> 2);
    }
}

#[test]
fn entries_round_trip_and_keep_order() {
    let entries = [entry(4, 1), entry(4, 2), entry(7, 0)];
    let bytes = encode_entries(&entries).unwrap();
    assert_eq!(bytes.len(), 3 * ENTRY_LEN);
    assert_eq!(decode_entries(1, &bytes).unwrap(), entries);
    assert_eq!(
        decode_entries(2, &bytes).err(),
        Some(ProtocolError::Invariant)
    );
    assert_eq!(
        decode_entries(1, &bytes[1..]).err(),
        Some(ProtocolError::Length)
    );
    let twice = [bytes.as_slice(), &bytes[2 * ENTRY_LEN..]].concat();
    assert_eq!(decode_entries(1, &twice).err(), Some(ProtocolError::Order));
    assert_eq!(
        encode_entries(&[entry(4, 2), entry(4, 1)]).err(),
        Some(ProtocolError::Order)
    );
    assert_eq!(
        encode_entries(&[entry(4, 1), entry(4, 1)]).err(),
        Some(ProtocolError::Order)
    );
}

/// S-162: a bucket that does not fit the context's length prefix is refused, not cut.
#[test]
fn s162_too_many_entries() {
    let entries: Vec<Entry> = (0..=BUCKET_MAX_ENTRIES)
        .map(|n| {
            let mut id = [0; 16];
            id[8..].copy_from_slice(&u64::try_from(n).unwrap().to_be_bytes());
            Entry {
                id: ItemId::from_bytes(id),
                ..entry(0, 0)
            }
        })
        .collect();
    let generation = GenId::from_bytes([1; 16]);
    assert!(bucket_hash(&generation, 0, &entries[..BUCKET_MAX_ENTRIES]).is_ok());
    assert_eq!(
        bucket_hash(&generation, 0, &entries).err(),
        Some(ProtocolError::Length)
    );
}

/// S-05, S-07: the hash changes with generation, index, and any entry's any field.
#[test]
fn s07_hash_binds_everything() {
    let (g1, g2) = (GenId::from_bytes([1; 16]), GenId::from_bytes([2; 16]));
    let base = [entry(4, 1), entry(4, 2)];
    let hash = bucket_hash(&g1, 1, &base).unwrap();
    assert_ne!(hash, bucket_hash(&g2, 1, &base).unwrap());
    assert_ne!(hash, bucket_hash(&g1, 2, &base).unwrap());
    assert_ne!(hash, bucket_hash(&g1, 1, &base[..1]).unwrap());
    let change = |change: fn(&mut Entry)| {
        let mut other = base;
        change(&mut other[0]);
        bucket_hash(&g1, 1, &other).unwrap()
    };
    assert_ne!(hash, change(|e| e.rev = 2));
    assert_ne!(hash, change(|e| e.op = Op::Delete));
    assert_ne!(hash, change(|e| e.blob_hash[31] ^= 1));
}

proptest! {
    #[test]
    fn s31_any_bytes(index in 0u8..64, bytes in prop::collection::vec(any::<u8>(), 0..4 * ENTRY_LEN)) {
        if let Ok(entries) = decode_entries(index, &bytes) {
            prop_assert_eq!(encode_entries(&entries).unwrap(), bytes);
        }
    }
}
