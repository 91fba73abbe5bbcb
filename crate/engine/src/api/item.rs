//! Items, lists and generated secrets as they cross the boundary.

use super::TimeMs;
use serde::{Deserialize, Serialize};
use sesame_vault::generate::{Characters, Options, Passphrase};
use std::collections::BTreeMap;

/// A row of a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemSummary<'a> {
    /// Its id.
    pub id: String,
    /// Its kind, as shown.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The second line.
    pub detail: &'a str,
    /// Host of the first address.
    pub host: &'a str,
    /// Listed first.
    pub favourite: bool,
    /// In the person's order.
    pub tags: &'a [String],
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether there is a one-time-code secret.
    pub has_totp: bool,
    /// When it was last saved.
    pub modified_at: TimeMs,
    /// When it was moved to the bin.
    pub deleted_at: Option<TimeMs>,
    /// Last month of a card, as `2026-03`.
    pub expires: Option<String>,
}

/// What to list.
#[derive(Debug, Deserialize)]
pub struct ListQuery {
    /// As typed into the search box.
    pub text: String,
    /// Where.
    #[serde(rename = "in")]
    pub place: Place,
    /// Only this kind.
    #[serde(default)]
    pub kind: Option<String>,
    /// Only with this tag.
    #[serde(default)]
    pub tag: Option<String>,
    /// Only favourites.
    #[serde(default)]
    pub favourites: Option<bool>,
    /// First row.
    pub offset: usize,
    /// How many rows.
    pub limit: usize,
}

/// Where an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the vault.
    Items,
    /// In the bin.
    Bin,
}

/// Part of a list.
#[derive(Debug, Serialize)]
pub struct ListPage<'a> {
    /// Rows in all.
    pub total: usize,
    /// First row.
    pub offset: usize,
    /// Rows.
    pub rows: Vec<ItemSummary<'a>>,
}

/// What to generate: `GeneratorOptions`, a union of two shapes, as one. (Serde would read a union
/// by way of a copy of all JSON, which is 11 kB of code.)
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GeneratorInput {
    /// `characters` or `passphrase`.
    pub mode: String,
    /// Characters.
    pub length: u32,
    /// a to z.
    pub lower: bool,
    /// A to Z.
    pub upper: bool,
    /// 0 to 9.
    pub digits: bool,
    /// Punctuation.
    pub symbols: bool,
    /// Leaves out what looks alike.
    pub avoid_ambiguous: bool,
    /// At least so many digits.
    pub min_digits: u32,
    /// At least so many symbols.
    pub min_symbols: u32,
    /// Words.
    pub words: u32,
    /// Between the words.
    pub separator: String,
    /// Each word begins with a capital letter.
    pub capitalise: bool,
    /// One word ends with a digit.
    pub digit: bool,
}

impl GeneratorInput {
    /// The options of the shape that `mode` names; `None` for another mode.
    #[must_use]
    pub fn options(self) -> Option<Options> {
        match self.mode.as_str() {
            "characters" => Some(Options::Characters(Characters {
                length: self.length,
                lower: self.lower,
                upper: self.upper,
                digits: self.digits,
                symbols: self.symbols,
                avoid_ambiguous: self.avoid_ambiguous,
                min_digits: self.min_digits,
                min_symbols: self.min_symbols,
            })),
            "passphrase" => Some(Options::Passphrase(Passphrase {
                words: self.words,
                separator: self.separator,
                capitalise: self.capitalise,
                digit: self.digit,
            })),
            _ => None,
        }
    }
}

/// A generated secret.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedView<'a> {
    /// The secret.
    pub value: &'a str,
    /// How hard it is to guess.
    pub entropy_bits: f64,
}

/// A remembered generated secret.
#[derive(Serialize, Deserialize)]
pub struct Remembered {
    /// The secret.
    pub value: String,
    /// When it was made.
    pub at: TimeMs,
}

/// What an import did.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// New items.
    pub added: usize,
    /// Items that were here in an older state.
    pub merged: usize,
    /// Items that were here already.
    pub skipped: usize,
    /// What could not be taken over.
    pub problems: Vec<ImportProblem>,
}

/// An entry that could not be taken over.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// Its number, from 1.
    pub line: usize,
    /// Why: an error code.
    pub reason: &'static str,
}

/// An item as its page shows it: secrets only as "there is one".
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemView<'a> {
    /// Its id.
    pub id: String,
    /// Its kind, as shown.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// User name of a login.
    pub username: &'a str,
    /// Whether there is a password.
    pub has_password: bool,
    /// When the password last became another one.
    pub password_changed_at: Option<TimeMs>,
    /// Where a login belongs.
    pub websites: Vec<WebsiteView<'a>>,
    /// What one-time codes look like, where there is a secret.
    pub totp: Option<TotpShape>,
    /// Free text.
    pub notes: &'a str,
    /// Fields that the person added; hidden values empty.
    pub custom: Vec<CustomView<'a>>,
    /// Card and identity fields by key; secret values empty.
    pub fields: BTreeMap<&'a str, &'a str>,
    /// Keys of `fields` whose value is a secret.
    pub secret_keys: Vec<&'a str>,
    /// In the person's order.
    pub tags: &'a [String],
    /// Listed first.
    pub favourite: bool,
    /// When it was made.
    pub created_at: TimeMs,
    /// When it was last saved.
    pub modified_at: TimeMs,
    /// When it was moved to the bin.
    pub deleted_at: Option<TimeMs>,
    /// Replaced passwords, newest first.
    pub history: Vec<HistoryView>,
    /// Values that lost against another browser's change of the same field, newest first (S-33).
    pub others: Vec<OtherView<'a>>,
}

/// One of a login's websites.
#[derive(Serialize)]
pub struct WebsiteView<'a> {
    /// Address or pattern.
    pub url: &'a str,
    /// Which pages it stands for.
    #[serde(rename = "match")]
    pub mode: &'a str,
}

/// A field that the person added.
#[derive(Serialize)]
pub struct CustomView<'a> {
    /// Its label.
    pub name: &'a str,
    /// How it is shown.
    pub kind: &'a str,
    /// Its value; empty if hidden.
    pub value: &'a str,
}

/// What one-time codes look like.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TotpShape {
    /// Digits of a code.
    pub digits: u8,
    /// For how long a code is current.
    pub period_seconds: u32,
}

/// A replaced password, without the password.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// Its number for `history:N`.
    pub index: usize,
    /// When it was replaced.
    pub replaced_at: TimeMs,
}

/// A value that lost a merge, without the value.
#[derive(Serialize)]
pub struct OtherView<'a> {
    /// Its number for `other:N`.
    pub index: usize,
    /// Which field, as in `OtherValue`.
    pub field: &'a str,
    /// When it was saved.
    pub at: TimeMs,
}

/// A one-time code.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TotpCode {
    /// The code of this moment.
    pub code: String,
    /// For how long a code is current.
    pub period_seconds: u32,
    /// When this one stops being current.
    pub expires_at: TimeMs,
    /// The one after it.
    pub next: String,
}
