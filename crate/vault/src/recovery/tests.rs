use super::*;
use crate::testkit::Rng;
use proptest::prelude::*;

fn code(seed: &str) -> RecoveryCode {
    RecoveryCode::make(&mut Rng::new(seed)).unwrap()
}

fn text(symbols: &[u8]) -> String {
    symbols
        .iter()
        .map(|value| char::from(ALPHABET[usize::from(*value)]))
        .collect()
}

fn typo_group(text: &str) -> Option<u8> {
    match RecoveryCode::parse(text).err() {
        Some(VaultError::CodeTypo { group }) => group,
        other => panic!("not a typo: {other:?}"),
    }
}

/// The polynomial is bech32m's: BIP 350's own valid strings have the residue that we expect.
#[test]
fn checksum_is_bech32m() {
    const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    for (prefix, data) in [
        ("a", "lqfn3a"),
        ("abcdef", "l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx"),
        (
            "split",
            "checkupstagehandshakeupstreamerranterredcaperredlc445v",
        ),
    ] {
        let high = prefix.bytes().map(|byte| byte >> 5);
        let low = prefix.bytes().map(|byte| byte & 31);
        let values = data
            .bytes()
            .map(|symbol| u8::try_from(BECH32.iter().position(|s| *s == symbol).unwrap()).unwrap());
        assert_eq!(
            polymod(1, high.chain([0]).chain(low).chain(values)),
            BECH32M,
            "{prefix}"
        );
    }
}

/// S-166: 8 groups of 4, and any spelling that a person may choose gives the same code.
#[test]
fn s166_spellings() {
    let code = code("spellings");
    let shown = code.display();
    assert_eq!(shown.len(), 39);
    assert!(shown.split('-').all(|group| group.len() == 4) && shown.split('-').count() == 8);
    let plain = shown.replace('-', "");
    for spelling in [
        shown.to_string(),
        plain.clone(),
        plain.to_lowercase(),
        shown.replace('-', " "),
        shown.replace('-', " \u{2013} "),
        format!("\u{a0} {} \n", shown.to_lowercase()),
        shown.replace('0', "O"),
        shown.replace('0', "o"),
        shown.replace('1', "I"),
        shown.replace('1', "l"),
    ] {
        assert_eq!(
            *RecoveryCode::parse(&spelling).unwrap().display(),
            *shown,
            "{spelling}"
        );
    }
    assert_eq!(*code.ikm(), plain.as_bytes()[..26]);
}

/// S-166: every single substitution is found, and its group named.
#[test]
fn s166_every_single_substitution() {
    let good = code("single");
    for at in 0..SYMBOLS {
        for value in (0..32).filter(|value| *value != good.symbols[at]) {
            let mut wrong = *good.symbols;
            wrong[at] = value;
            let group = u8::try_from(at / 4 + 1).unwrap();
            assert_eq!(typo_group(&text(&wrong)), Some(group), "{at}");
        }
    }
}

/// S-166: every double substitution is found (there are 476,656); exhaustively over the
/// difference, which is all that a linear code looks at.
#[test]
fn s166_every_double_substitution() {
    let unit: Vec<Vec<u32>> = (0..SYMBOLS)
        .map(|at| {
            (0..32u8)
                .map(|value| {
                    let mut e = [0; SYMBOLS];
                    e[at] = value;
                    polymod(0, e)
                })
                .collect()
        })
        .collect();
    for a in 0..SYMBOLS {
        for b in a + 1..SYMBOLS {
            for x in 1..32 {
                for y in 1..32 {
                    assert_ne!(unit[a][x] ^ unit[b][y], 0);
                }
            }
        }
    }
    // Linear indeed: the syndrome of a wrong code is that of the difference.
    let good = code("double");
    let mut wrong = *good.symbols;
    wrong[3] ^= 7;
    wrong[20] ^= 30;
    assert_eq!(syndrome(&wrong), unit[3][7] ^ unit[20][30]);
}

/// S-166: two neighbours exchanged are found, within a group with the group.
#[test]
fn s166_transpositions() {
    let good = code("swap");
    for at in 0..SYMBOLS - 1 {
        let mut wrong = *good.symbols;
        wrong.swap(at, at + 1);
        if wrong != *good.symbols {
            let group = typo_group(&text(&wrong));
            assert_eq!(
                group,
                (at % 4 != 3).then(|| u8::try_from(at / 4 + 1).unwrap()),
                "{at}"
            );
        }
    }
}

/// S-166: a missing or an extra symbol, and one that is none.
#[test]
fn s166_lengths_and_other_characters() {
    let shown = code("lengths").display();
    assert_eq!(typo_group(""), None);
    assert_eq!(typo_group(&shown[..38]), Some(8));
    assert_eq!(
        typo_group(&shown.replacen(&shown[5..9], &shown[5..8], 1)),
        Some(2)
    );
    assert_eq!(typo_group(&format!("{}7", *shown)), None);
    for other in ["U", "u", "!", "\u{e9}", "\u{ff11}"] {
        let wrong = format!("{}{other}{}", &shown[..10], &shown[11..]);
        assert_eq!(typo_group(&wrong), Some(3), "{other}");
    }
}

/// S-166: all 130 bits are random, none is set or clear always.
#[test]
fn s166_entropy() {
    let mut rng = Rng::new("entropy");
    let mut ones = [[0u32; 5]; DATA];
    for _ in 0..2_000 {
        let code = RecoveryCode::make(&mut rng).unwrap();
        for (symbol, ones) in code.symbols.iter().zip(&mut ones) {
            for (bit, ones) in ones.iter_mut().enumerate() {
                *ones += u32::from(symbol >> bit & 1);
            }
        }
    }
    assert!(
        ones.iter()
            .flatten()
            .all(|ones| (850..=1150).contains(ones)),
        "{ones:?}"
    );
}

#[test]
fn groups() {
    let code = code("groups");
    let shown = code.display();
    for (number, group) in (1u8..).zip(shown.split('-')) {
        assert!(
            code.has_group(number, group)
                && code.has_group(number, &format!(" {} ", group.to_lowercase()))
        );
        assert!(
            !code.has_group(number, &group[..3]) && !code.has_group(number, &format!("{group}0"))
        );
        assert!(!code.has_group(number % 8 + 1, group));
    }
    assert!(
        !code.has_group(0, &shown[..4])
            && !code.has_group(9, &shown[..4])
            && !code.has_group(1, "")
    );
}

proptest! {
    #[test]
    fn s31_any_text(text in "\\PC{0,60}") {
        if let Ok(code) = RecoveryCode::parse(&text) {
            prop_assert!(RecoveryCode::parse(&code.display()).is_ok());
        }
    }

    /// A whole group of nonsense is named, unless by a rare chance another one explains it too.
    #[test]
    fn s166_wrong_group_is_never_misnamed(seed: u64, group in 0usize..8, bad in any::<[u8; 4]>()) {
        let good = code(&seed.to_string());
        let mut wrong = *good.symbols;
        for (symbol, bad) in wrong[group * 4..][..4].iter_mut().zip(bad) {
            *symbol = bad & 31;
        }
        if wrong != *good.symbols {
            let named = typo_group(&text(&wrong));
            prop_assert!(named.is_none() || named == Some(u8::try_from(group + 1).unwrap()));
        }
    }
}
