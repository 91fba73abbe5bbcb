mod vectors;

use super::*;
use proptest::prelude::*;

pub(crate) fn slot(id: u8, kind: SlotKind) -> Slot {
    let (kdf_id, salt, aux) = match kind {
        SlotKind::Password => (KdfId::Argon2id64, [id; 32], vec![]),
        SlotKind::Recovery => (KdfId::None, [0; 32], vec![]),
        SlotKind::Passkey => (KdfId::None, [id; 32], vec![id; 20]),
    };
    Slot {
        id: SlotId::from_bytes([id; 16]),
        kind,
        kdf_id,
        flags: 0,
        salt,
        aux,
        wrap: [id; WRAP_LEN],
    }
}

fn header(slots: Vec<Slot>) -> Header {
    Header {
        account: AccountId::from_bytes([0xaa; 16]),
        generation: GenId::from_bytes([0xbb; 16]),
        hdr_seq: 7,
        min_reader: 1,
        slots,
        vault_pub: [0xcc; 32],
        mac: [0xdd; 32],
    }
}

/// A password slot, a confirmed recovery slot and a passkey slot, in that order.
fn full() -> Header {
    let mut recovery = slot(2, SlotKind::Recovery);
    recovery.flags = FLAG_CONFIRMED;
    header(vec![
        slot(1, SlotKind::Password),
        recovery,
        slot(3, SlotKind::Passkey),
    ])
}

/// The bytes of a header that [`Header::encode`] refuses to write.
fn raw(header: &Header) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(HEADER_MAGIC);
    out.extend(HEADER_VERSION.to_be_bytes());
    out.extend(header.account.as_bytes());
    out.extend(header.generation.as_bytes());
    out.extend(header.hdr_seq.to_be_bytes());
    out.extend(header.min_reader.to_be_bytes());
    out.push(u8::try_from(header.slots.len()).unwrap());
    for slot in &header.slots {
        slot.encode_into(&mut out).unwrap();
    }
    out.extend(header.vault_pub);
    out.extend(header.mac);
    out
}

fn with(change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut header = full();
    change(&mut header);
    raw(&header)
}

fn patched(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = raw(&full());
    change(&mut bytes);
    bytes
}

/// Where the parts of [`full`] lie.
const SLOTS_AT: usize = 49;
const PASSKEY_AT: usize = SLOTS_AT + 2 * 166;

#[test]
fn layout() {
    let bytes = full().encode().unwrap();
    assert_eq!(&bytes[..6], b"SHD1\x00\x01");
    assert_eq!(&bytes[6..22], &[0xaa; 16]);
    assert_eq!(&bytes[22..38], &[0xbb; 16]);
    assert_eq!(&bytes[38..46], &7u64.to_be_bytes());
    assert_eq!(&bytes[46..49], &[0, 1, 3]);
    assert_eq!(&bytes[SLOTS_AT..SLOTS_AT + 16], &[1; 16]);
    assert_eq!(&bytes[SLOTS_AT + 16..SLOTS_AT + 20], &[1, 1, 0, 0]);
    assert_eq!(&bytes[SLOTS_AT + 20..SLOTS_AT + 52], &[1; 32]);
    assert_eq!(&bytes[SLOTS_AT + 52..SLOTS_AT + 54], &[0, 0]);
    assert_eq!(&bytes[SLOTS_AT + 54..SLOTS_AT + 166], &[1; 112]);
    assert_eq!(&bytes[PASSKEY_AT + 16..PASSKEY_AT + 20], &[3, 0, 0, 0]);
    assert_eq!(
        &bytes[PASSKEY_AT + 52..PASSKEY_AT + 74],
        &[&[0, 20], [3; 20].as_slice()].concat()[..]
    );
    assert_eq!(bytes.len(), PASSKEY_AT + 166 + 20 + 64);
    assert_eq!(Header::parse(&bytes).unwrap(), full());
}

/// S-169, S-01, S-02, S-14, S-15: the parser's table.
#[test]
fn s169_parser_vectors() {
    let vectors = vectors::vectors();
    assert!(vectors.len() >= 50);
    for (name, bytes, expected) in vectors {
        assert_eq!(Header::parse(&bytes).err(), expected, "{name}");
        if expected.is_none() {
            assert_eq!(
                Header::parse(&bytes).unwrap().encode().unwrap(),
                bytes,
                "{name}"
            );
        }
    }
}

/// What the parser refuses, the writer does not write.
#[test]
fn s169_writer_keeps_the_same_rules() {
    let mut none = full();
    none.slots.remove(0);
    assert_eq!(none.encode().err(), Some(ProtocolError::Invariant));
    let mut order = full();
    order.slots.swap(0, 1);
    assert_eq!(order.encode_body().err(), Some(ProtocolError::Order));
    let mut long = full();
    long.slots[2].aux = vec![1; 257];
    assert_eq!(long.encode().err(), Some(ProtocolError::Invariant));
}

/// S-01, S-02: total over every byte, and nothing below 64 MiB or above 256 MiB.
#[test]
fn s02_kdf_ids_are_names_with_bounds() {
    for byte in 0..=u8::MAX {
        match KdfId::try_from(byte) {
            Ok(id) => {
                assert_eq!(id.byte(), byte);
                let kib = id.memory_kib();
                assert!(byte == 0 && kib == 0 || (65_536..=262_144).contains(&kib));
            }
            Err(error) => assert!(byte > 3 && error == ProtocolError::Kind),
        }
    }
}

/// S-160: a header cut anywhere, or with anything behind it, is refused.
#[test]
fn s160_truncations_and_extensions() {
    let good = raw(&full());
    for len in 0..good.len() {
        assert!(Header::parse(&good[..len]).is_err(), "{len}");
    }
    for extra in 1..40 {
        assert!(Header::parse(&[good.as_slice(), &vec![0; extra]].concat()).is_err());
    }
}

proptest! {
    /// S-31: no panic, and what parses is written back the same.
    #[test]
    fn s31_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(header) = Header::parse(&bytes) {
            prop_assert_eq!(header.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn s31_mutated(at in 0usize..500, value: u8, cut in 0usize..600) {
        let mut bytes = raw(&full());
        let len = bytes.len();
        bytes[at % len] = value;
        bytes.truncate(cut);
        if let Ok(header) = Header::parse(&bytes) {
            prop_assert_eq!(header.encode().unwrap(), bytes);
        }
    }
}
