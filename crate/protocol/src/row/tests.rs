use super::*;
use proptest::prelude::*;

#[test]
fn layout() {
    let blob = vec![7; ENVELOPE_OVERHEAD + 1];
    let bytes = encode_row(0x0102, Op::Delete, &blob);
    assert_eq!(&bytes[..9], &[0, 0, 0, 0, 0, 0, 1, 2, 2]);
    let row = Row::parse(&bytes).unwrap();
    assert_eq!(
        (row.rev, row.op, row.blob),
        (0x0102, Op::Delete, blob.as_slice())
    );
    let entry = row.entry(ItemId::from_bytes([5; 16]));
    assert_eq!(
        (entry.rev, entry.op, entry.blob_hash),
        (0x0102, Op::Delete, sha256(&[&blob]))
    );
}

/// S-31, S-178: sizes and edges.
#[test]
fn s31_edges() {
    let good = encode_row(1, Op::Put, &[0; ENVELOPE_OVERHEAD]);
    assert!(Row::parse(&good).is_ok());
    assert_eq!(
        Row::parse(&good[..good.len() - 1]).err(),
        Some(ProtocolError::Length)
    );
    assert_eq!(Row::parse(&[]).err(), Some(ProtocolError::Length));
    assert!(Row::parse(&encode_row(1, Op::Put, &vec![0; ITEM_BLOB_MAX])).is_ok());
    assert_eq!(
        Row::parse(&encode_row(1, Op::Put, &vec![0; ITEM_BLOB_MAX + 1])).err(),
        Some(ProtocolError::Length)
    );
    assert_eq!(
        Row::parse(&encode_row(0, Op::Put, &[0; 80])).err(),
        Some(ProtocolError::Counter)
    );
    for op in 0..=u8::MAX {
        let mut bytes = good.clone();
        bytes[8] = op;
        assert_eq!(Row::parse(&bytes).is_ok(), op == 1 || op == 2);
    }
}

proptest! {
    #[test]
    fn s31_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(row) = Row::parse(&bytes) {
            prop_assert_eq!(encode_row(row.rev, row.op, row.blob), bytes);
        }
    }
}
