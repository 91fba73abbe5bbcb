//! Files of other password managers, read into items.
//!
//! All of it is text from strangers: sizes and counts are capped, nothing is followed or run, and
//! whatever can't be taken over is named, by line and reason, instead of being dropped silently
//! (S-109).

mod bitwarden;
mod cards;
mod collect;
mod columns;
mod csv;
mod item;
mod keepass;
mod onepassword;
mod sesame;
mod text;

pub use item::{CustomField, FieldKind, Item, Kind, MatchMode, Website};
use serde::Serialize;

use crate::ImportError;
use collect::Collector;

/// The largest file, and the most that a packed one may unpack to, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// The most items that are taken from one file.
pub const MAX_ITEMS: usize = 20_000;

/// Which program wrote the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Sesame's own readable export.
    SesameJson,
    /// The same as a table.
    SesameCsv,
    /// Bitwarden's unencrypted JSON.
    BitwardenJson,
    /// 1Password's archive.
    #[serde(rename = "1password-1pux")]
    OnePassword1pux,
    /// KeePass 2 XML.
    KeepassXml,
    /// Chrome, Edge, Brave, Opera, Vivaldi.
    ChromeCsv,
    /// Firefox.
    FirefoxCsv,
    /// Safari and Apple's Passwords.
    SafariCsv,
    /// Bitwarden's CSV.
    BitwardenCsv,
    /// 1Password's CSV.
    #[serde(rename = "1password-csv")]
    OnePasswordCsv,
    /// LastPass.
    LastpassCsv,
    /// KeePass and KeePassXC.
    KeepassCsv,
    /// Proton Pass.
    ProtonCsv,
    /// Dashlane.
    DashlaneCsv,
    /// NordPass.
    NordpassCsv,
    /// A table with columns that can be understood.
    Csv,
}

/// What could not be taken over as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The row or entry makes no sense; left out.
    Unreadable,
    /// Nothing in it; left out.
    Empty,
    /// More than an item can hold; left out.
    TooLarge,
    /// Beyond [`MAX_ITEMS`]; this and all after it are left out.
    TooMany,
    /// Was in the other manager's bin; left out.
    Deleted,
    /// The secret for one-time codes is none; kept as a hidden field.
    OddCode,
    /// The address is no web address; kept as a text field.
    OddAddress,
    /// A kind that Sesame has not; imported as a secure note with its fields.
    OtherKind,
    /// Its files were left out.
    Attachment,
    /// Its passkey was left out.
    Passkey,
}

/// A remark about one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line of a CSV file, otherwise the number of the entry; from 1.
    pub line: u64,
    /// What happened.
    pub reason: Reason,
}

/// What was read.
#[derive(Debug, Serialize)]
pub struct Import {
    /// Which program wrote it.
    pub format: Format,
    /// In the order of the file.
    pub items: Vec<Item>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a file. What it is decides its content, not its name.
///
/// # Errors
/// [`ImportError`], if nothing of it can be read.
pub fn read_import(file: &[u8]) -> Result<Import, ImportError> {
    if file.is_empty() {
        return Err(ImportError::Empty);
    }
    if file.len() > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge);
    }
    let mut found = Collector::default();
    let format = if file.starts_with(b"PK") {
        onepassword::read(file, &mut found)?;
        Format::OnePassword1pux
    } else {
        read_text(text::decode(file)?.trim_start(), &mut found)?
    };
    let (items, problems) = found.finish();
    Ok(Import {
        format,
        items,
        problems,
    })
}

fn read_text(text: &str, found: &mut Collector) -> Result<Format, ImportError> {
    match text.bytes().next() {
        None => Err(ImportError::Empty),
        Some(b'{') => bitwarden::read(text, found).map(|()| Format::BitwardenJson),
        Some(b'[') => sesame::read(text, found).map(|()| Format::SesameJson),
        Some(b'<') => keepass::read(text, found).map(|()| Format::KeepassXml),
        Some(_) => csv::read(text, found),
    }
}

#[cfg(test)]
mod tests;
