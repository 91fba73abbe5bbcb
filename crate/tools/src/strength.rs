//! How hard a password is to guess, by zxcvbn. The answers are codes: texts are made where a person
//! reads.

use serde::Serialize;
use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::{Score, zxcvbn};

/// A hint must not bring a password below so many guesses (2^40, S-137), as a decimal logarithm.
const HINT_FLOOR_LOG10: f64 = 12.041_199_826_559_248;

/// An estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (found at once) to 4 (not in years).
    pub score: u8,
    /// Decimal logarithm of the number of guesses.
    pub guesses_log10: f64,
    /// Seconds at ten thousand guesses per second, which is what Argon2id leaves to a thief with
    /// good machines.
    pub crack_seconds: f64,
    /// What is wrong with it, if something is.
    pub warning: Option<&'static str>,
    /// What would make it better.
    pub suggestions: Vec<&'static str>,
}

/// Estimates `password`; `user_inputs` are words that an attacker would try first. Of a long
/// password the first hundred characters are looked at.
#[must_use]
pub fn strength(password: &str, user_inputs: &[&str]) -> Strength {
    const GUESSES_PER_SECOND_LOG10: f64 = 4.0;
    let estimate = zxcvbn(password, user_inputs);
    let feedback = estimate.feedback();
    // Of nothing, the logarithm would be minus infinity, which JSON has not.
    let guesses_log10 = estimate.guesses_log10().max(0.0);
    Strength {
        score: match estimate.score() {
            Score::Zero => 0,
            Score::One => 1,
            Score::Two => 2,
            Score::Three => 3,
            _ => 4,
        },
        guesses_log10,
        crack_seconds: 10_f64.powf(guesses_log10 - GUESSES_PER_SECOND_LOG10),
        warning: feedback
            .and_then(|feedback| feedback.warning())
            .map(warning_code),
        suggestions: feedback
            .map(|feedback| {
                feedback
                    .suggestions()
                    .iter()
                    .copied()
                    .map(suggestion_code)
                    .collect()
            })
            .unwrap_or_default(),
    }
}

/// Whether knowing the hint brings the password below 2^40 guesses, or further down if it was there.
#[must_use]
pub fn hint_helps(password: &str, hint: &str) -> bool {
    let words: Vec<&str> = std::iter::once(hint)
        .chain(hint.split(|character: char| !character.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .collect();
    let knowing = zxcvbn(password, &words).guesses_log10();
    knowing < HINT_FLOOR_LOG10 && knowing < zxcvbn(password, &[]).guesses_log10()
}

const fn warning_code(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "straight-row",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "short-pattern",
        Warning::RepeatsLikeAaaAreEasyToGuess => "repeated-characters",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "repeated-sequence",
        Warning::ThisIsATop10Password => "top-10",
        Warning::ThisIsATop100Password => "top-100",
        Warning::ThisIsACommonPassword => "common",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "similar-to-common",
        Warning::SequencesLikeAbcAreEasyToGuess => "sequence",
        Warning::RecentYearsAreEasyToGuess => "recent-year",
        Warning::AWordByItselfIsEasyToGuess => "single-word",
        Warning::DatesAreOftenEasyToGuess => "date",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => "name",
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "common-name",
    }
}

const fn suggestion_code(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "use-words",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => "no-need-for-symbols",
        Suggestion::AddAnotherWordOrTwo => "add-word",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "capitals-help-little",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => "all-capitals-help-little",
        Suggestion::ReversedWordsArentMuchHarderToGuess => "reversed-helps-little",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => "substitutions-help-little",
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "longer-pattern",
        Suggestion::AvoidRepeatedWordsAndCharacters => "avoid-repeats",
        Suggestion::AvoidSequences => "avoid-sequences",
        Suggestion::AvoidRecentYears => "avoid-recent-years",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => "avoid-own-years",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => "avoid-own-dates",
    }
}

#[cfg(test)]
mod tests;
