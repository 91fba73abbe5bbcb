use super::*;
use sha2::{Digest, Sha256};

/// A reproducible source for tests: SHA-256 in counter mode.
pub(super) struct Counter(pub(super) u64);

impl Random for Counter {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
        for chunk in buf.chunks_mut(32) {
            self.0 += 1;
            let block = Sha256::digest(self.0.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

fn make(options: Characters) -> Result<Generated, GenerateError> {
    generate(&Options::Characters(options), &mut Counter(1))
}

/// Chi-square of counts against a uniform expectation.
fn chi_square(counts: &[u32]) -> f64 {
    let total: f64 = counts.iter().copied().map(f64::from).sum();
    let expected = total / f64::from(u32::try_from(counts.len()).unwrap());
    counts
        .iter()
        .map(|c| (f64::from(*c) - expected).powi(2) / expected)
        .sum()
}

/// Far beyond chance (about 6 standard deviations), so that the fixed seed is no luck.
fn bound(cells: usize) -> f64 {
    let degrees = f64::from(u32::try_from(cells - 1).unwrap());
    degrees + 6.0 * (2.0 * degrees).sqrt()
}

/// S-85: every character equally likely at every position, over 10^6 characters.
#[test]
fn s85_characters_are_uniform_at_every_position() {
    let options = Characters {
        length: 20,
        min_digits: 0,
        min_symbols: 0,
        lower: false,
        upper: false,
        avoid_ambiguous: false,
        ..Characters::default()
    };
    let alphabet: Vec<char> = DIGITS.chars().chain(SYMBOLS.chars()).collect();
    let mut counts = vec![vec![0_u32; alphabet.len()]; 20];
    let mut random = Counter(7);
    for _ in 0..50_000 {
        let made = generate(&Options::Characters(options.clone()), &mut random).unwrap();
        for (place, c) in made.value.chars().enumerate() {
            counts[place][alphabet.iter().position(|a| *a == c).unwrap()] += 1;
        }
    }
    for (place, counts) in counts.iter().enumerate() {
        let found = chi_square(counts);
        assert!(found < bound(alphabet.len()), "position {place}: {found}");
    }
}

/// S-85: minimum counts are met by drawing again; placing them would make some positions special.
#[test]
fn s85_required_characters_are_at_no_special_position() {
    let options = Characters {
        length: 8,
        min_digits: 1,
        min_symbols: 1,
        ..Characters::default()
    };
    let mut digit_at = vec![0_u32; 8];
    let mut random = Counter(3);
    for _ in 0..30_000 {
        let made = generate(&Options::Characters(options.clone()), &mut random).unwrap();
        for (place, c) in made.value.chars().enumerate() {
            digit_at[place] += u32::from(c.is_ascii_digit());
        }
    }
    assert!(chi_square(&digit_at) < bound(8), "{digit_at:?}");
}

/// S-85: 7776 is no power of two; folding with a remainder would favour the first words.
#[test]
fn s85_words_and_numbers_are_uniform() {
    let mut random = Counter(11);
    let mut draw = Draw::new(&mut random);
    let mut counts = vec![0_u32; 7776];
    for _ in 0..400_000 {
        counts[draw.index(7776).unwrap()] += 1;
    }
    assert!(chi_square(&counts) < bound(7776));
    assert!((0..1000).all(|_| draw.index(1).unwrap() == 0));
}

/// The largest words are thrown away where they don't fill a whole stretch.
#[test]
fn the_incomplete_stretch_is_rejected() {
    struct Words(Vec<u32>);
    impl Random for Words {
        fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
            for chunk in buf.chunks_mut(4) {
                let word = if self.0.is_empty() {
                    0
                } else {
                    self.0.remove(0)
                };
                chunk.copy_from_slice(&word.to_be_bytes());
            }
            Ok(())
        }
    }
    // 2^32 = 3 * 1431655765 + 1: only u32::MAX is left over.
    let mut words = Words(vec![u32::MAX, u32::MAX - 1, u32::MAX, 4]);
    let mut draw = Draw::new(&mut words);
    assert_eq!(
        draw.index(3).unwrap(),
        usize::try_from((u32::MAX - 1) % 3).unwrap()
    );
    assert_eq!(draw.index(3).unwrap(), 1);
    // A power of two leaves nothing over.
    let mut words = Words(vec![u32::MAX]);
    assert_eq!(Draw::new(&mut words).index(1 << 16).unwrap(), 65_535);
}

#[test]
fn sets_counts_and_lookalikes_are_respected() {
    let mut random = Counter(5);
    let options = Characters {
        length: 12,
        min_digits: 3,
        min_symbols: 2,
        ..Characters::default()
    };
    for _ in 0..500 {
        let made = generate(&Options::Characters(options.clone()), &mut random)
            .unwrap()
            .value;
        assert_eq!(made.chars().count(), 12);
        assert!(
            made.chars().filter(char::is_ascii_digit).count() >= 3,
            "{}",
            *made
        );
        assert!(made.chars().filter(char::is_ascii_punctuation).count() >= 2);
        assert!(made.chars().any(|c| c.is_ascii_lowercase()));
        assert!(made.chars().any(|c| c.is_ascii_uppercase()));
        assert!(!made.chars().any(|c| AMBIGUOUS.contains(c)));
    }
    let lower = Characters {
        upper: false,
        digits: false,
        symbols: false,
        ..options
    };
    let made = make(lower).unwrap().value;
    assert!(made.chars().all(|c| c.is_ascii_lowercase()));
}

#[test]
fn impossible_options_are_refused_at_once() {
    let refused = |options| matches!(make(options), Err(GenerateError::Impossible));
    let all = Characters::default;
    assert!(refused(Characters { length: 3, ..all() }));
    assert!(refused(Characters {
        length: 129,
        ..all()
    }));
    assert!(refused(Characters {
        length: 8,
        min_digits: 5,
        min_symbols: 4,
        ..all()
    }));
    assert!(refused(Characters {
        length: 8,
        min_digits: 8,
        lower: false,
        ..all()
    }));
    assert!(refused(Characters {
        lower: false,
        upper: false,
        digits: false,
        symbols: false,
        ..all()
    }));
    assert!(!refused(Characters {
        length: 10,
        min_digits: 5,
        min_symbols: 3,
        ..all()
    }));
    let words = |words, separator: &str| Passphrase {
        words,
        separator: separator.into(),
        capitalise: false,
        digit: false,
    };
    for bad in [words(2, "-"), words(21, "-"), words(6, "123456789")] {
        assert!(generate(&Options::Passphrase(bad), &mut Counter(0)).is_err());
    }
}

#[test]
fn entropy_counts_the_results() {
    let exact = |options| make(options).unwrap().entropy_bits;
    let digits = Characters {
        length: 4,
        lower: false,
        upper: false,
        symbols: false,
        avoid_ambiguous: false,
        min_digits: 0,
        ..Characters::default()
    };
    assert!((exact(digits.clone()) - 10_000_f64.log2()).abs() < 1e-9);
    // Letters and digits, at least one digit, lower only: 36^4 - 26^4 results.
    let mixed = Characters {
        lower: true,
        min_digits: 1,
        ..digits
    };
    let results = 36_f64.powi(4) - 26_f64.powi(4) - 10_f64.powi(4);
    assert!((exact(mixed) - results.log2()).abs() < 1e-9);
    assert!(exact(Characters::default()) > 120.0);
}

#[test]
fn passphrases() {
    let words = words::list();
    let options = Passphrase {
        words: 6,
        separator: " ".into(),
        capitalise: false,
        digit: false,
    };
    let made = generate(&Options::Passphrase(options.clone()), &mut Counter(1)).unwrap();
    assert_eq!(made.value.split(' ').count(), 6);
    assert!(
        made.value
            .split(' ')
            .all(|word| words.iter().any(|known| known == word))
    );
    assert!((made.entropy_bits - 6.0 * 7776_f64.log2()).abs() < 1e-9);
    let options = Passphrase {
        capitalise: true,
        digit: true,
        separator: ".".into(),
        ..options
    };
    let made = generate(&Options::Passphrase(options), &mut Counter(1)).unwrap();
    assert!(
        made.value
            .split('.')
            .all(|word| word.starts_with(char::is_uppercase))
    );
    assert_eq!(made.value.chars().filter(char::is_ascii_digit).count(), 1);
}

/// The list is the published one: with its column of dice put back, its digest is that of the file.
#[test]
fn the_word_list_is_the_published_one() {
    let mut dice = [1_u8; 5];
    let mut hash = Sha256::new();
    let words = words::list();
    assert!(words.iter().eq(include_str!("eff_large.txt").lines()));
    for word in words {
        let rolls: String = dice.iter().map(|d| char::from(b'0' + d)).collect();
        hash.update(format!("{rolls}\t{word}\n"));
        for d in dice.iter_mut().rev() {
            if *d < 6 {
                *d += 1;
                break;
            }
            *d = 1;
        }
    }
    let digest: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        digest,
        "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"
    );
}
