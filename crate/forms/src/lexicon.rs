//! Words by which pages name their fields and forms, in en de fr es it pt nl pl ru tr ja ko zh.
//!
//! One list per meaning, all languages together: pages mix them, and `lang` is often wrong.

mod account;
mod person;

use crate::text::{Folded, Needle};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A meaning that words can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Concept {
    Password,
    Username,
    Account,
    Email,
    Phone,
    OneTimeCode,
    SentCode,
    Authenticator,
    Code,
    Captcha,
    Answer,
    New,
    Current,
    Repeat,
    Login,
    Signup,
    Change,
    Forgot,
    Confirm,
    Search,
    Newsletter,
    Voucher,
    Message,
    CardNumber,
    CardCode,
    CardExpiry,
    CardName,
    Month,
    Year,
    Day,
    Name,
    GivenName,
    MiddleName,
    FamilyName,
    Organization,
    Street,
    Street2,
    City,
    State,
    PostalCode,
    Country,
    Birth,
    Sex,
    Next,
    Guest,
    Terms,
    Remember,
    Verify,
}

/// A set of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concepts(u64);

impl Concepts {
    /// Whether the meaning is in it.
    #[must_use]
    pub fn has(self, concept: Concept) -> bool {
        self.0 & bit(concept) != 0
    }

    /// Every meaning in it.
    pub fn iter(self) -> impl Iterator<Item = Concept> {
        all_words()
            .map(|(concept, _)| *concept)
            .filter(move |concept| self.has(*concept))
    }

    /// With the meanings of another.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[allow(clippy::as_conversions)] // Fewer than 64 meanings, numbered from 0.
const fn bit(concept: Concept) -> u64 {
    1 << (concept as u8)
}

/// The meanings found in a text.
#[must_use]
pub fn concepts(text: &str) -> Concepts {
    if text.is_empty() {
        return Concepts::default();
    }
    let folded = Folded::new(text);
    let mut found = 0;
    lexicon().anywhere.find(folded.compact(), &mut found);
    // Words have a space on both sides, and so has what is looked for.
    for (at, _) in folded.words().match_indices(' ') {
        let rest = folded.words().get(at..).unwrap_or_default();
        lexicon().whole.starts(rest, &mut found);
    }
    Concepts(found)
}

/// Phrases by meaning, apart by `|`; how long ones and short ones are matched: [`Needle::new`].
type Words = &'static [(Concept, &'static str)];

/// What is looked for, by its first two signs: over a thousand phrases, of which any one place of a text
/// can only begin a few.
#[derive(Default)]
struct Index(BTreeMap<Start, Vec<(String, u64)>>);

/// The first two signs of a phrase; it may have but one.
type Start = (char, Option<char>);

impl Index {
    fn add(&mut self, text: &str, meaning: u64) {
        let mut signs = text.chars();
        if let Some(first) = signs.next() {
            let list = self.0.entry((first, signs.next())).or_default();
            list.push((text.to_owned(), meaning));
        }
    }

    fn find(&self, text: &str, found: &mut u64) {
        for (at, _) in text.char_indices() {
            self.starts(text.get(at..).unwrap_or_default(), found);
        }
    }

    fn starts(&self, rest: &str, found: &mut u64) {
        let mut signs = rest.chars();
        let Some(first) = signs.next() else { return };
        for second in [signs.next(), None] {
            for (text, meaning) in self.0.get(&(first, second)).into_iter().flatten() {
                if rest.starts_with(text.as_str()) {
                    *found |= meaning;
                }
            }
        }
    }
}

#[derive(Default)]
struct Lexicon {
    anywhere: Index,
    whole: Index,
}

fn lexicon() -> &'static Lexicon {
    static FOLDED: OnceLock<Lexicon> = OnceLock::new();
    FOLDED.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        for (concept, phrases) in all_words() {
            for phrase in phrases.split('|') {
                let needle = Needle::new(phrase.trim());
                let index = if needle.is_whole() {
                    &mut lexicon.whole
                } else {
                    &mut lexicon.anywhere
                };
                index.add(needle.text(), bit(*concept));
            }
        }
        lexicon
    })
}

fn all_words() -> impl Iterator<Item = &'static (Concept, &'static str)> {
    account::WORDS.iter().chain(person::WORDS)
}

#[cfg(test)]
mod tests;
