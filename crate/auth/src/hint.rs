//! Does a hint give the master password away (S-137)? Asked here, because it needs the password.
//!
//! Refused is a hint that shares four characters in a row with the password, also backwards, also
//! written with look-alike digits and signs, also spelled out with separators, or that is within two
//! edits of it. How much easier the hint makes guessing is asked of the strength estimator in the
//! tools module, which is too large to be here.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

use crate::Password;

/// The longest hint, in characters.
pub const HINT_MAX_CHARS: usize = 100;
/// So many characters in a row are too many.
const SHARED_RUN: usize = 4;
/// The same for text whose spaces and signs were dropped; longer, because unrelated words that were
/// pushed together share four letters now and then.
const SHARED_RUN_COMPACT: usize = 5;
/// So few edits from the password are too few.
const MAX_EDITS: usize = 2;
/// Passwords shorter than this are compared with whole words only: two edits turn them into nearly
/// anything.
const FUZZY_MIN_CHARS: usize = 6;

/// What speaks against a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintProblem {
    /// More than [`HINT_MAX_CHARS`] characters.
    TooLong,
    /// The whole password stands in it.
    ContainsPassword,
    /// A part of the password stands in it.
    SharesPart,
    /// The password or a part of it stands in it backwards.
    Reversed,
    /// A part of the password stands in it with some characters exchanged for similar ones, or
    /// spelled out with separators.
    LookAlike,
    /// It is the password but for one or two slips.
    TooSimilar,
}

impl HintProblem {
    /// The name under which JavaScript knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::ContainsPassword => "contains-password",
            Self::SharesPart => "shares-part",
            Self::Reversed => "reversed",
            Self::LookAlike => "look-alike",
            Self::TooSimilar => "too-similar",
        }
    }
}

type Chars = Zeroizing<Vec<char>>;

/// What speaks against `hint` for this password, the plainest reason first; nothing if all is well.
/// An empty hint is always well.
#[must_use]
pub fn check_hint(password: &Password, hint: &str) -> Option<HintProblem> {
    if hint.chars().count() > HINT_MAX_CHARS {
        return Some(HintProblem::TooLong);
    }
    // A `Password` is UTF-8 by construction.
    let text = std::str::from_utf8(password.as_bytes()).ok()?;
    let (secret, hint) = (folded(text), folded(hint));
    if hint.is_empty() {
        return None;
    }
    let backwards = Zeroizing::new(secret.iter().rev().copied().collect::<Vec<_>>());
    let (plain_secret, plain_hint) = (unleeted(&secret), unleeted(&hint));
    let (tight_secret, tight_hint) = (compact(&plain_secret), compact(&plain_hint));
    let plain_backwards = unleeted(&backwards);

    if contains(&hint, &secret) {
        Some(HintProblem::ContainsPassword)
    } else if share_run(&secret, &hint, SHARED_RUN) {
        Some(HintProblem::SharesPart)
    } else if contains(&plain_hint, &plain_backwards)
        || share_run(&plain_backwards, &plain_hint, SHARED_RUN)
    {
        Some(HintProblem::Reversed)
    } else if contains(&plain_hint, &plain_secret)
        || contains(&tight_hint, &tight_secret)
        || share_run(&plain_secret, &plain_hint, SHARED_RUN)
        || share_run(&tight_secret, &tight_hint, SHARED_RUN_COMPACT)
    {
        Some(HintProblem::LookAlike)
    } else if nearly(&plain_secret, &plain_hint) || nearly(&tight_secret, &tight_hint) {
        Some(HintProblem::TooSimilar)
    } else {
        None
    }
}

/// Lower case without accents and compatibility forms: what a reader takes for the same letters.
fn folded(text: &str) -> Chars {
    Zeroizing::new(
        text.nfkd()
            .filter(|character| !is_combining_mark(*character))
            .flat_map(char::to_lowercase)
            .collect(),
    )
}

/// Each character as the letter that it commonly stands in for.
fn unleeted(text: &[char]) -> Chars {
    Zeroizing::new(
        text.iter()
            .map(|character| match character {
                '0' => 'o',
                '1' | 'l' | '!' | '|' => 'i',
                '2' => 'z',
                '3' | '€' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '6' | '9' => 'g',
                '7' | '+' => 't',
                '8' => 'b',
                other => *other,
            })
            .collect(),
    )
}

fn compact(text: &[char]) -> Chars {
    Zeroizing::new(
        text.iter()
            .copied()
            .filter(|character| character.is_alphanumeric())
            .collect(),
    )
}

fn contains(text: &[char], part: &[char]) -> bool {
    !part.is_empty() && text.windows(part.len()).any(|window| window == part)
}

fn share_run(a: &[char], b: &[char], run: usize) -> bool {
    a.windows(run).any(|window| contains(b, window))
}

/// Is the secret within [`MAX_EDITS`] of a stretch of the hint (of a whole word of it, or of all of
/// it, when the secret is short)?
fn nearly(secret: &[char], hint: &[char]) -> bool {
    if secret.len() >= FUZZY_MIN_CHARS {
        return distance_to_stretch(secret, hint, true) <= MAX_EDITS;
    }
    // Fewer edits than it has characters: otherwise every short word would be "similar".
    let limit = MAX_EDITS.min(secret.len().saturating_sub(2));
    std::iter::once(hint)
        .chain(hint.split(|character| character.is_whitespace()))
        .any(|word| distance_to_stretch(secret, word, false) <= limit)
}

/// Levenshtein distance from `secret` to the nearest stretch of `text` (`anywhere`), or to all of it.
fn distance_to_stretch(secret: &[char], text: &[char], anywhere: bool) -> usize {
    let mut row: Vec<usize> = (0..=secret.len()).collect();
    let mut best = secret.len();
    for (passed, character) in text.iter().enumerate() {
        let mut diagonal = if anywhere { 0 } else { passed };
        let mut left = if anywhere { 0 } else { passed + 1 };
        for (cell, wanted) in row
            .iter_mut()
            .zip(std::iter::once(None).chain(secret.iter().map(Some)))
        {
            let Some(wanted) = wanted else {
                *cell = left;
                continue;
            };
            let replaced = diagonal + usize::from(wanted != character);
            diagonal = *cell;
            left = replaced.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        best = best.min(left);
        if !anywhere {
            best = left;
        }
    }
    if text.is_empty() { secret.len() } else { best }
}

#[cfg(test)]
mod tests;
