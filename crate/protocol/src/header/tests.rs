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

type Vector = (&'static str, Vec<u8>, Option<ProtocolError>);

/// One vector for each way in which a header can be wrong, and the edges that are right.
fn vectors() -> Vec<Vector> {
    use ProtocolError as E;
    use SlotKind::Password;
    let pw = |n: u8| (1..=n).map(|id| slot(id, Password)).collect::<Vec<_>>();
    let good = raw(&full());
    vec![
        ("full", good.clone(), None),
        ("one_password", raw(&header(pw(1))), None),
        ("sixteen_slots", raw(&header(pw(16))), None),
        (
            "unconfirmed_recovery_without_passkey",
            with(|h| {
                h.slots.pop();
                h.slots[1].flags = 0;
            }),
            None,
        ),
        (
            "successor_recovery_with_passkey",
            with(|h| h.slots[1].flags = FLAG_SUCCESSOR),
            None,
        ),
        (
            "two_recovery_slots",
            with(|h| {
                let mut s = h.slots[1].clone();
                s.id = SlotId::from_bytes([9; 16]);
                h.slots.push(s);
            }),
            None,
        ),
        (
            "passkey_flags_be_bs",
            with(|h| h.slots[2].flags = FLAG_BACKUP_ELIGIBLE | FLAG_BACKED_UP),
            None,
        ),
        ("aux_longest", with(|h| h.slots[2].aux = vec![1; 256]), None),
        (
            "kdf_2",
            with(|h| h.slots[0].kdf_id = KdfId::Argon2id128),
            None,
        ),
        (
            "kdf_3",
            with(|h| h.slots[0].kdf_id = KdfId::Argon2id256),
            None,
        ),
        ("hdr_seq_highest", with(|h| h.hdr_seq = u64::MAX - 1), None),
        ("empty", vec![], Some(E::Length)),
        ("magic_only", good[..4].to_vec(), Some(E::Length)),
        ("magic_lower_case", patched(|b| b[0] = b's'), Some(E::Magic)),
        (
            "magic_of_manifest",
            patched(|b| b[..4].copy_from_slice(b"SMN1")),
            Some(E::Magic),
        ),
        ("magic_version_2", patched(|b| b[3] = b'2'), Some(E::Magic)),
        ("version_0", patched(|b| b[5] = 0), Some(E::Version)),
        ("version_2", patched(|b| b[5] = 2), Some(E::Version)),
        ("version_256", patched(|b| b[4] = 1), Some(E::Version)),
        (
            "min_reader_0",
            with(|h| h.min_reader = 0),
            Some(E::Invariant),
        ),
        (
            "min_reader_2",
            with(|h| h.min_reader = 2),
            Some(E::NewerFormat { min_reader: 2 }),
        ),
        (
            "min_reader_max",
            with(|h| h.min_reader = u16::MAX),
            Some(E::NewerFormat {
                min_reader: u16::MAX,
            }),
        ),
        (
            "newer_with_other_layout",
            patched(|b| {
                b[47] = 2;
                b.truncate(60);
            }),
            Some(E::NewerFormat { min_reader: 2 }),
        ),
        (
            "hdr_seq_exhausted",
            with(|h| h.hdr_seq = u64::MAX),
            Some(E::Counter),
        ),
        ("no_slots", raw(&header(vec![])), Some(E::Length)),
        ("seventeen_slots", raw(&header(pw(17))), Some(E::Length)),
        ("count_255", patched(|b| b[48] = 255), Some(E::Length)),
        ("count_one_too_many", patched(|b| b[48] = 4), Some(E::Kind)),
        ("count_one_too_few", patched(|b| b[48] = 2), Some(E::Length)),
        ("unsorted", with(|h| h.slots.swap(0, 1)), Some(E::Order)),
        ("reversed", with(|h| h.slots.reverse()), Some(E::Order)),
        (
            "duplicate_id",
            with(|h| h.slots[1].id = h.slots[0].id),
            Some(E::Order),
        ),
        (
            "duplicate_slot",
            with(|h| {
                let s = h.slots[0].clone();
                h.slots.insert(0, s);
            }),
            Some(E::Order),
        ),
        ("kind_0", patched(|b| b[SLOTS_AT + 16] = 0), Some(E::Kind)),
        ("kind_4", patched(|b| b[SLOTS_AT + 16] = 4), Some(E::Kind)),
        (
            "kind_255",
            patched(|b| b[SLOTS_AT + 16] = 255),
            Some(E::Kind),
        ),
        ("kdf_4", patched(|b| b[SLOTS_AT + 17] = 4), Some(E::Kind)),
        (
            "kdf_255",
            patched(|b| b[SLOTS_AT + 17] = 255),
            Some(E::Kind),
        ),
        (
            "password_without_kdf",
            with(|h| h.slots[0].kdf_id = KdfId::None),
            Some(E::Invariant),
        ),
        (
            "recovery_with_kdf",
            with(|h| h.slots[1].kdf_id = KdfId::Argon2id64),
            Some(E::Invariant),
        ),
        (
            "passkey_with_kdf",
            with(|h| h.slots[2].kdf_id = KdfId::Argon2id256),
            Some(E::Invariant),
        ),
        (
            "password_flag",
            with(|h| h.slots[0].flags = FLAG_CONFIRMED),
            Some(E::Reserved),
        ),
        (
            "recovery_flag_be",
            with(|h| h.slots[1].flags |= FLAG_BACKUP_ELIGIBLE),
            Some(E::Reserved),
        ),
        (
            "passkey_flag_confirmed",
            with(|h| h.slots[2].flags = FLAG_CONFIRMED),
            Some(E::Reserved),
        ),
        (
            "flag_unknown",
            with(|h| h.slots[1].flags |= 16),
            Some(E::Reserved),
        ),
        (
            "flag_top",
            with(|h| h.slots[1].flags |= 0x8000),
            Some(E::Reserved),
        ),
        (
            "passkey_bs_without_be",
            with(|h| h.slots[2].flags = FLAG_BACKED_UP),
            Some(E::Invariant),
        ),
        (
            "recovery_confirmed_and_successor",
            with(|h| h.slots[1].flags = FLAG_CONFIRMED | FLAG_SUCCESSOR),
            Some(E::Invariant),
        ),
        (
            "password_zero_salt",
            with(|h| h.slots[0].salt = [0; 32]),
            Some(E::Invariant),
        ),
        (
            "recovery_salt",
            with(|h| h.slots[1].salt = [1; 32]),
            Some(E::Invariant),
        ),
        (
            "passkey_zero_salt",
            with(|h| h.slots[2].salt = [0; 32]),
            Some(E::Invariant),
        ),
        (
            "password_aux",
            with(|h| h.slots[0].aux = vec![1]),
            Some(E::Invariant),
        ),
        (
            "recovery_aux",
            with(|h| h.slots[1].aux = vec![1]),
            Some(E::Invariant),
        ),
        (
            "passkey_no_credential",
            with(|h| h.slots[2].aux = vec![]),
            Some(E::Invariant),
        ),
        (
            "aux_too_long",
            with(|h| h.slots[2].aux = vec![1; 257]),
            Some(E::Length),
        ),
        (
            "aux_len_max",
            patched(|b| b[PASSKEY_AT + 52..PASSKEY_AT + 54].fill(255)),
            Some(E::Length),
        ),
        (
            "aux_len_one_more",
            patched(|b| b[PASSKEY_AT + 53] += 1),
            Some(E::Length),
        ),
        (
            "aux_len_one_less",
            patched(|b| b[PASSKEY_AT + 53] -= 1),
            Some(E::Length),
        ),
        (
            "no_password",
            with(|h| {
                h.slots.remove(0);
            }),
            Some(E::Invariant),
        ),
        (
            "only_passkey",
            with(|h| {
                h.slots.drain(..2);
            }),
            Some(E::Invariant),
        ),
        (
            "passkey_without_recovery",
            with(|h| {
                h.slots.remove(1);
            }),
            Some(E::Invariant),
        ),
        (
            "passkey_with_unconfirmed_recovery",
            with(|h| h.slots[1].flags = 0),
            Some(E::Invariant),
        ),
        ("trailing_byte", patched(|b| b.push(0)), Some(E::Length)),
        (
            "mac_short",
            patched(|b| {
                b.pop();
            }),
            Some(E::Length),
        ),
        (
            "no_mac",
            patched(|b| b.truncate(b.len() - 32)),
            Some(E::Length),
        ),
        (
            "over_8_kib",
            patched(|b| b.resize(HEADER_MAX + 1, 0)),
            Some(E::Length),
        ),
    ]
}

/// S-169, S-01, S-02, S-14, S-15: the parser's table.
#[test]
fn s169_parser_vectors() {
    let vectors = vectors();
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
