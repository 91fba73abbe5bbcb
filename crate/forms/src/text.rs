//! Texts of a page, folded so that a word is found however it is written.

use sesame_fold::{fold, is_mark};

/// A text in the two shapes that words are looked for in.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Words, each with one space on both sides.
    words: String,
    /// Letters and digits only.
    compact: String,
}

impl Folded {
    /// Folds a label or another text for people, or an identifier such as `txtUserName2`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut spaced = String::with_capacity(text.len() + 8);
        let mut before = ' ';
        for sign in text.chars() {
            // camelCase, and digits beside letters, start words; a run of capitals does not.
            let starts = (sign.is_uppercase() && before.is_lowercase())
                || (sign.is_numeric() != before.is_numeric());
            if starts || !sign.is_alphanumeric() {
                spaced.push(' ');
            }
            if sign.is_alphanumeric() || is_mark(sign) {
                spaced.push(sign);
            }
            before = sign;
        }
        let folded = fold(&spaced);
        let mut words = String::with_capacity(folded.len() + 2);
        for word in folded.split_whitespace() {
            words.push(' ');
            words.push_str(word);
        }
        words.push(' ');
        let compact = words.chars().filter(|sign| *sign != ' ').collect();
        Self { words, compact }
    }

    /// Words, each with one space on both sides.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Letters and digits only.
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.compact
    }
}

/// A word or phrase to look for.
#[derive(Clone, Debug)]
pub struct Needle {
    text: String,
    whole: bool,
}

impl Needle {
    /// Latin and Cyrillic words of up to four letters are looked for as whole words ("pin" is in
    /// "shipping"); a leading or trailing `_` in the phrase asks for the same of a longer one.
    #[must_use]
    pub fn new(phrase: &str) -> Self {
        let folded = Folded::new(phrase);
        let alphabetic = folded.compact.chars().all(|sign| sign < '\u{0E00}');
        let whole = alphabetic && (folded.compact.chars().count() <= 4 || phrase.starts_with('_'));
        Self {
            text: if whole { folded.words } else { folded.compact },
            whole,
        }
    }

    /// What to look for: among [`Folded::words`] if it is a whole one, else in [`Folded::compact`].
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether only whole words count.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }
}

#[cfg(test)]
mod tests;
