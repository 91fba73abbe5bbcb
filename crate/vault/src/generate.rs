//! Passwords and passphrases. Uniform by rejection, with the randomness as an argument (S-85).

use crate::{Random, RandomError};
use zeroize::Zeroizing;

mod fitting;
mod odds;
mod words;

pub use fitting::{FieldRules, generate_for};

/// What to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Options {
    /// A password of characters.
    Characters(Characters),
    /// A passphrase of words from the EFF large list.
    Passphrase(Passphrase),
}

/// Which characters, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Characters {
    /// 4 to 128.
    pub length: u32,
    /// a to z.
    pub lower: bool,
    /// A to Z.
    pub upper: bool,
    /// 0 to 9.
    pub digits: bool,
    /// Punctuation of US-ASCII.
    pub symbols: bool,
    /// Leaves out what looks alike.
    pub avoid_ambiguous: bool,
    /// At least so many digits, when digits are on.
    pub min_digits: u32,
    /// At least so many symbols, when symbols are on.
    pub min_symbols: u32,
}

/// Which words, and how joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passphrase {
    /// 3 to 20.
    pub words: u32,
    /// Between the words; at most 8 characters.
    pub separator: String,
    /// Each word begins with a capital letter.
    pub capitalise: bool,
    /// One of the words ends with a digit.
    pub digit: bool,
}

/// A generated secret.
pub struct Generated {
    /// The password or passphrase.
    pub value: Zeroizing<String>,
    /// Binary logarithm of the number of equally likely results.
    pub entropy_bits: f64,
}

/// Why nothing was generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// The options allow no result, or so few that drawing one would take too long.
    #[error("options that allow too few results")]
    Impossible,
    /// No randomness to be had.
    #[error("no randomness")]
    Random,
}

impl From<RandomError> for GenerateError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

impl Default for Characters {
    /// 20 characters of every set (S-85: short ones are weak).
    fn default() -> Self {
        Self {
            length: 20,
            lower: true,
            upper: true,
            digits: true,
            symbols: true,
            avoid_ambiguous: true,
            min_digits: 1,
            min_symbols: 1,
        }
    }
}

/// Length of a password of characters.
const LENGTHS: std::ops::RangeInclusive<u32> = 4..=128;
/// Words of a passphrase.
const WORDS: std::ops::RangeInclusive<u32> = 3..=20;
/// Below this share of acceptable draws the options are refused.
const MIN_SHARE: f64 = 1e-5;

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
const SYMBOLS: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// Pairs that look alike in common typefaces, and quotes.
const AMBIGUOUS: &str = "Il1|O0o5S2Z8B`'\"";

/// Makes a password or passphrase.
///
/// # Errors
/// [`GenerateError::Impossible`] for lengths out of range, no set at all, or minimum counts that hardly any
/// password of that length meets; [`GenerateError::Random`] if the source fails.
pub fn generate(options: &Options, random: &mut dyn Random) -> Result<Generated, GenerateError> {
    let mut draw = Draw::new(random);
    match options {
        Options::Characters(options) => characters(options, &mut draw),
        Options::Passphrase(options) => passphrase(options, &mut draw),
    }
}

/// One set of characters with the count that a password needs of it.
struct Set {
    characters: Vec<char>,
    min: u32,
}

fn sets(options: &Characters) -> Vec<Set> {
    let wanted = [
        (options.lower, LOWER, 1),
        (options.upper, UPPER, 1),
        (options.digits, DIGITS, options.min_digits),
        (options.symbols, SYMBOLS, options.min_symbols),
    ];
    wanted
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, characters, min)| Set {
            characters: characters
                .chars()
                .filter(|c| !(options.avoid_ambiguous && AMBIGUOUS.contains(*c)))
                .collect(),
            min,
        })
        .collect()
}

fn characters(options: &Characters, draw: &mut Draw<'_>) -> Result<Generated, GenerateError> {
    let sets = sets(options);
    if !LENGTHS.contains(&options.length) || sets.is_empty() {
        return Err(GenerateError::Impossible);
    }
    let all: Vec<(usize, char)> = sets
        .iter()
        .enumerate()
        .flat_map(|(set, s)| s.characters.iter().map(move |c| (set, *c)))
        .collect();
    let size = u32::try_from(all.len()).map_err(|_| GenerateError::Impossible)?;
    let share = odds::share_accepted(
        options.length,
        &sets
            .iter()
            .map(|s| (odds::size_of(&s.characters), s.min))
            .collect::<Vec<_>>(),
    );
    if share < MIN_SHARE {
        return Err(GenerateError::Impossible);
    }
    let entropy_bits = f64::from(options.length) * f64::from(size).log2() + share.log2();

    // Whole passwords are drawn until one meets the counts: placing a digit "somewhere" would make
    // some passwords likelier than others.
    loop {
        let length = usize::try_from(options.length).map_err(|_| GenerateError::Impossible)?;
        let mut value = Zeroizing::new(String::with_capacity(length));
        let mut counts = vec![0_u32; sets.len()];
        for _ in 0..length {
            let (set, c) = all
                .get(draw.index(size)?)
                .ok_or(GenerateError::Impossible)?;
            value.push(*c);
            if let Some(count) = counts.get_mut(*set) {
                *count = count.saturating_add(1);
            }
        }
        if counts
            .iter()
            .zip(&sets)
            .all(|(count, set)| *count >= set.min)
        {
            return Ok(Generated {
                value,
                entropy_bits,
            });
        }
    }
}

fn passphrase(options: &Passphrase, draw: &mut Draw<'_>) -> Result<Generated, GenerateError> {
    if !WORDS.contains(&options.words) || options.separator.chars().count() > 8 {
        return Err(GenerateError::Impossible);
    }
    let list = words::list();
    let size = u32::try_from(list.len()).map_err(|_| GenerateError::Impossible)?;
    let with_digit = options
        .digit
        .then(|| Ok::<_, GenerateError>((draw.index(options.words)?, draw.index(10)?)))
        .transpose()?;
    let mut value = Zeroizing::new(String::with_capacity(256));
    for at in 0..usize::try_from(options.words).map_err(|_| GenerateError::Impossible)? {
        if at > 0 {
            value.push_str(&options.separator);
        }
        let word = list
            .get(draw.index(size)?)
            .ok_or(GenerateError::Impossible)?;
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            value.push(if options.capitalise {
                first.to_ascii_uppercase()
            } else {
                first
            });
        }
        value.push_str(letters.as_str());
        if let Some((_, digit)) = with_digit.filter(|(word, _)| *word == at) {
            value.push_str(DIGITS.get(digit..digit.saturating_add(1)).unwrap_or(""));
        }
    }
    let digit_bits = if options.digit {
        10_f64.log2() + f64::from(options.words).log2()
    } else {
        0.0
    };
    let entropy_bits = f64::from(options.words) * f64::from(size).log2() + digit_bits;
    Ok(Generated {
        value,
        entropy_bits,
    })
}

/// Uniform numbers from random bytes. Bytes are fetched in blocks: a call to the browser for each
/// character would cost more than everything else here.
struct Draw<'a> {
    random: &'a mut dyn Random,
    block: Zeroizing<[u8; 256]>,
    used: usize,
}

impl<'a> Draw<'a> {
    fn new(random: &'a mut dyn Random) -> Self {
        Self {
            random,
            block: Zeroizing::new([0; 256]),
            used: 256,
        }
    }

    fn word(&mut self) -> Result<u32, GenerateError> {
        loop {
            let end = self.used.saturating_add(4);
            if let Some(bytes) = self
                .block
                .get(self.used..end)
                .and_then(<[u8]>::first_chunk::<4>)
            {
                self.used = end;
                return Ok(u32::from_be_bytes(*bytes));
            }
            self.random.fill(self.block.as_mut_slice())?;
            self.used = 0;
        }
    }

    /// A number below `n` (at least 1), every one equally likely: words from the incomplete last
    /// stretch of the range are thrown away instead of being folded onto small numbers.
    fn index(&mut self, n: u32) -> Result<usize, GenerateError> {
        let n = n.max(1);
        let incomplete = u32::MAX.checked_rem(n).unwrap_or(0).saturating_add(1) % n;
        let last = u32::MAX.saturating_sub(incomplete);
        loop {
            let word = self.word()?;
            if word <= last {
                return usize::try_from(word % n).map_err(|_| GenerateError::Impossible);
            }
        }
    }
}

#[cfg(test)]
mod tests;
