//! The header parser's table: every way to be wrong, and the edges that are right.

use super::*;

pub(super) type Vector = (&'static str, Vec<u8>, Option<ProtocolError>);

/// One vector for each way in which a header can be wrong, and the edges that are right.
pub(super) fn vectors() -> Vec<Vector> {
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
