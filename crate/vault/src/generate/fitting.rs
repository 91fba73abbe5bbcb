//! A password that a form takes: what its fields say about new passwords, and drawing one that fits.
//!
//! Whole passwords are drawn from one alphabet until one fits, so that all that fit are equally likely
//! (S-85). What a page says is read as far as it is understood; what isn't is passed over. The length
//! that a field takes is never passed: it would cut the password off without a word.

mod pattern;
mod rules;

use super::{AMBIGUOUS, DIGITS, LOWER, SYMBOLS, UPPER};
use super::{Characters, Draw, GenerateError, Generated, LENGTHS, Options, Random, generate};
use rules::Rules;
use zeroize::Zeroizing;

/// What one field says.
#[derive(Debug, Clone, Copy, Default)]
pub struct FieldRules<'a> {
    /// `passwordrules`, the attribute of Safari's and others' generators.
    pub password_rules: &'a str,
    /// `pattern`; empty where it is not known in full.
    pub pattern: &'a str,
    /// `minlength`, UTF-16 units.
    pub min_length: Option<u32>,
    /// `maxlength`, UTF-16 units.
    pub max_length: Option<u32>,
}

/// Marks that hardly any site refuses; for forms that say nothing about them.
const USUAL: &str = "!#$%*+-.=?@_";
/// Draws before a form's rules count as impossible. Rules that people can meet are met in a few.
const DRAWS: u32 = 20_000;
/// What all draws for one form may cost, in KiB of compiled patterns times characters: a fraction of a second.
/// A page could keep Sesame busy for hours otherwise.
const WORK: u32 = 500_000;

/// Makes a password that all these fields take: as wished, as far as they let it be.
///
/// # Errors
/// [`GenerateError::Impossible`] where next to nothing fits, [`GenerateError::Random`].
pub fn generate_for(
    fields: &[FieldRules<'_>],
    wish: &Options,
    random: &mut dyn Random,
) -> Result<Generated, GenerateError> {
    let rules = Rules::of(fields);
    let wish = match wish {
        Options::Passphrase(_) => {
            let made = generate(wish, random)?;
            if rules.admit(&made.value) {
                return Ok(made);
            }
            &Characters::default()
        }
        Options::Characters(characters) => characters,
    };
    drawn(&rules, wish, &mut Draw::new(random))
}

fn drawn(
    rules: &Rules,
    wish: &Characters,
    draw: &mut Draw<'_>,
) -> Result<Generated, GenerateError> {
    let kinds = kinds(rules, wish);
    let drawn_from = kinds.iter().flatten().copied();
    let mut wanted: Vec<char> = drawn_from.collect();
    // What a form asks for is in, whether it was wished for or not.
    for required in &rules.required {
        if !wanted.iter().any(|c| required.contains(c)) {
            wanted.extend(required.iter().filter(|c| rules.allows(**c)));
        }
    }
    let alphabet: Vec<char> = ('!'..='~').filter(|c| wanted.contains(c)).collect();
    let length = rules.length(wish.length).ok_or(GenerateError::Impossible)?;
    let size = u32::try_from(alphabet.len()).map_err(|_| GenerateError::Impossible)?;
    if size == 0 {
        return Err(GenerateError::Impossible);
    }
    let places = usize::try_from(length).map_err(|_| GenerateError::Impossible)?;
    let draws = WORK
        .checked_div(rules.weight().saturating_mul(length))
        .map_or(DRAWS, |draws| draws.clamp(1, DRAWS));
    for _ in 0..draws {
        let mut value = Zeroizing::new(String::with_capacity(places));
        for _ in 0..places {
            let at = draw.index(size)?;
            value.push(*alphabet.get(at).ok_or(GenerateError::Impossible)?);
        }
        // One of each kind where there is room: the rules that a page keeps to itself are mostly these.
        let mixed = kinds.len() > places
            || kinds
                .iter()
                .all(|kind| value.chars().any(|c| kind.contains(&c)));
        if mixed && rules.admit(&value) {
            let sets = kinds.iter().chain(&rules.required);
            return Ok(Generated {
                value,
                entropy_bits: entropy(length, &alphabet, sets),
            });
        }
    }
    Err(GenerateError::Impossible)
}

/// The kinds of characters to draw from, none of them empty.
fn kinds(rules: &Rules, wish: &Characters) -> Vec<Vec<char>> {
    // A form that lists marks takes those that it lists.
    let marks = if rules.allowed.is_some() {
        SYMBOLS
    } else {
        USUAL
    };
    let all = [
        (wish.lower, LOWER),
        (wish.upper, UPPER),
        (wish.digits, DIGITS),
        (wish.symbols, marks),
    ];
    let allowed = |set: &str, plain: bool| -> Vec<char> {
        let clear = |c: &char| !(plain && AMBIGUOUS.contains(*c));
        set.chars()
            .filter(|c| rules.allows(*c))
            .filter(clear)
            .collect()
    };
    let of = |wished: bool, plain: bool| -> Vec<Vec<char>> {
        all.iter()
            .filter(|(on, _)| *on || !wished)
            .map(|(_, set)| allowed(set, plain))
            .filter(|kind| !kind.is_empty())
            .collect()
    };
    // Wishes give way one after the other until something is left.
    [(true, wish.avoid_ambiguous), (true, false), (false, false)]
        .into_iter()
        .map(|(wished, plain)| of(wished, plain))
        .find(|kinds| !kinds.is_empty())
        .unwrap_or_default()
}

/// At least so many bits: of all words over the alphabet those are taken off that lack a set, each
/// set by itself (the union bound).
fn entropy<'a>(length: u32, alphabet: &[char], sets: impl Iterator<Item = &'a Vec<char>>) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let size = count(alphabet.len());
    let lacking: f64 = sets
        .map(|set| {
            let held = alphabet.iter().filter(|c| set.contains(c)).count();
            let missed = 1.0 - count(held) / size;
            missed.powi(i32::try_from(length).unwrap_or(i32::MAX))
        })
        .sum();
    f64::from(length) * size.log2() + (1.0 - lacking).max(1.0 / f64::from(DRAWS)).log2()
}

impl Rules {
    /// The length that is wished, as near as the fields let it be; `None` if they take next to nothing.
    fn length(&self, wished: u32) -> Option<u32> {
        let most = self.max.unwrap_or(*LENGTHS.end()).min(*LENGTHS.end());
        let length = wished.max(self.min).min(most);
        (length >= *LENGTHS.start()).then_some(length)
    }
}

#[cfg(test)]
mod tests;
