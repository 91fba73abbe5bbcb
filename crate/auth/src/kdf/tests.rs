use super::{KdfId, SALT_LEN, STRETCHED_LEN, stretch};
use crate::{AuthError, Password};

#[test]
fn s01_s02_only_three_ids_exist() {
    for id in 0..=u8::MAX {
        let known = KdfId::try_from(id);
        match id {
            1 => assert_eq!(known.map(KdfId::memory_kib), Ok(65_536)),
            2 => assert_eq!(known.map(KdfId::memory_kib), Ok(131_072)),
            3 => assert_eq!(known.map(KdfId::memory_kib), Ok(262_144)),
            _ => assert_eq!(known, Err(AuthError::UnknownKdf)),
        }
    }
    assert!(KdfId::Mib64 < KdfId::Mib128 && KdfId::Mib128 < KdfId::Mib256);
}

#[test]
fn s02_a_wrong_salt_length_is_refused() {
    let password = Password::new(b"password").unwrap();
    for length in [0, 16, SALT_LEN - 1, SALT_LEN + 1] {
        assert_eq!(
            stretch(&password, &vec![7; length], KdfId::Mib256).err(),
            Some(AuthError::SaltLength)
        );
    }
}

/// Frozen: made with Debian's `argon2` command (libargon2), as written beside each; a change here
/// locks people out.
#[test]
fn stretches_as_the_reference_does() {
    let salt = *b"sesame-salt-32-bytes-0123456789a";
    assert_eq!(salt.len(), SALT_LEN);
    for (typed, kdf, expected) in VECTORS {
        let password = Password::new(typed.as_bytes()).unwrap();
        let stretched = stretch(&password, &salt, kdf).unwrap();
        assert_eq!(stretched.len(), STRETCHED_LEN);
        let hex: String = stretched.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected, "{typed:?} {kdf:?}");
    }
}

const VECTORS: [(&str, KdfId, &str); 4] = [
    // printf 'correct horse battery staple' | argon2 SALT -id -t 3 -k 65536 -p 4 -l 32 -v 13 -r
    (
        "correct horse battery staple",
        KdfId::Mib64,
        "1ed1304ffcd84bd6083f4d8f35c347fb0d0d36ba9f5318b01a9f80280e0a50a7",
    ),
    // The same with -k 131072, -k 262144.
    (
        "correct horse battery staple",
        KdfId::Mib128,
        "c83f1ff051c8ed7bc1b875af16043aa321f7c5fd547aefcbb30ccccdca450188",
    ),
    (
        "correct horse battery staple",
        KdfId::Mib256,
        "927d2fe5f73a13293bf786269d24f10ca9e10f64260b22db22b4671876accfef",
    ),
    // Typed with a combining accent; the reference was given the composed form.
    (
        "cafe\u{301}",
        KdfId::Mib64,
        "c519b598862bfda43d8480beba078de65efe2598194837614843e630ae4d6ed7",
    ),
];
