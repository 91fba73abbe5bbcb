use proptest::prelude::*;

use super::{PASSWORD_MAX_LEN, Password, has_edge_space};
use crate::AuthError;

fn bytes(typed: &str) -> Result<Vec<u8>, AuthError> {
    Password::new(typed.as_bytes()).map(|password| password.as_bytes().to_vec())
}

/// Frozen: a change here locks people out of their vaults.
#[test]
fn s165_frozen_vectors() {
    for (typed, expected) in [
        // RFC 8265 section 4.3, examples 1 to 5.
        (
            "correct horse battery staple",
            "correct horse battery staple",
        ),
        (
            "Correct Horse Battery Staple",
            "Correct Horse Battery Staple",
        ),
        ("\u{3C0}\u{DF}\u{E5}", "\u{3C0}\u{DF}\u{E5}"),
        ("Jack of \u{2666}s", "Jack of \u{2666}s"),
        ("foo\u{1680}bar", "foo bar"),
        // Decomposed and composed accents are one password.
        ("cafe\u{301}", "caf\u{E9}"),
        ("caf\u{E9}", "caf\u{E9}"),
        ("A\u{30A}ngstro\u{308}m", "\u{C5}ngstr\u{F6}m"),
        ("\u{212B}", "\u{C5}"),
        // Dead keys that were typed in another order of marks.
        ("a\u{323}\u{302}", "\u{1EAD}"),
        ("a\u{302}\u{323}", "\u{1EAD}"),
        // Hangul.
        ("\u{D55C}\u{AE00}", "\u{D55C}\u{AE00}"),
        // Spaces: no-break, ideographic, figure, narrow no-break.
        ("a\u{A0}b", "a b"),
        ("a\u{3000}b", "a b"),
        ("a\u{2007}b\u{202F}c", "a b c"),
        // Nothing is trimmed or folded.
        (" edge ", " edge "),
        ("\u{A0}edge", " edge"),
        ("MiXeD", "MiXeD"),
        // Compatibility forms stay (NFC, not NFKC).
        ("\u{FB01}sh", "\u{FB01}sh"),
        ("\u{FF21}", "\u{FF21}"),
        ("\u{1F511}\u{1F331}", "\u{1F511}\u{1F331}"),
    ] {
        assert_eq!(
            bytes(typed).as_deref(),
            Ok(expected.as_bytes()),
            "{typed:?}"
        );
    }
}

#[test]
fn s165_refusals() {
    assert_eq!(bytes(""), Err(AuthError::Empty));
    for forbidden in [
        "a\tb",
        "a\u{7F}",
        "a\0b",
        "a\nb",
        "a\u{AD}b",
        "a\u{200B}b",
        "a\u{200E}b",
    ] {
        assert_eq!(bytes(forbidden), Err(AuthError::Forbidden), "{forbidden:?}");
    }
    assert_eq!(Password::new(b"a\xFF").err(), Some(AuthError::Forbidden));
    assert!(bytes(&"a".repeat(PASSWORD_MAX_LEN)).is_ok());
    assert_eq!(
        bytes(&"a".repeat(PASSWORD_MAX_LEN + 1)),
        Err(AuthError::TooLong)
    );
    // What counts is the length after normalisation.
    assert!(bytes(&"\u{3000}".repeat(PASSWORD_MAX_LEN)).is_ok());
    assert_eq!(
        bytes(&"\u{3000}".repeat(PASSWORD_MAX_LEN + 1)),
        Err(AuthError::TooLong)
    );
}

#[test]
fn edge_space_is_noticed() {
    for (typed, expected) in [
        ("a", false),
        ("a b", false),
        (" a", true),
        ("a ", true),
        ("a\u{A0}", true),
        ("", false),
    ] {
        assert_eq!(has_edge_space(typed.as_bytes()), expected, "{typed:?}");
    }
    assert!(!has_edge_space(b"\xFF "));
}

proptest! {
    #[test]
    fn s165_normalising_twice_changes_nothing(typed in ".{1,64}") {
        if let Ok(once) = bytes(&typed) {
            prop_assert_eq!(Password::new(&once).map(|twice| twice.as_bytes().to_vec()), Ok(once));
        }
    }

    #[test]
    fn s165_arbitrary_bytes_never_panic(typed in proptest::collection::vec(any::<u8>(), 0..4096)) {
        let _answer = Password::new(&typed).map(|_| ());
    }
}
