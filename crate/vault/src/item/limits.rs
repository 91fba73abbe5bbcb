//! How large an item may be. Held when saving, never when reading: a later
//! version may allow more. docs/FORMAT.md names the same numbers.

use super::Item;

/// The part of an item that is over its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A name, user name, tag or field name.
    ShortText,
    /// A password, one-time-code secret, address or field value.
    LongText,
    /// The notes.
    Notes,
    /// Too many websites, custom fields, card or identity fields, or tags.
    Count,
    /// The item as a whole.
    Whole,
}

/// An item is over a limit; which one, and how much it allows (bytes of UTF-8, or entries).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("over the limit of {max} for {what:?}")]
pub struct TooLarge {
    /// Which limit.
    pub what: Limit,
    /// What it allows.
    pub max: usize,
}

/// Bytes of a name, user name, tag or field name.
pub const SHORT_TEXT: usize = 1024;
/// Bytes of a password, one-time-code secret, address or field value.
pub const LONG_TEXT: usize = 16 * 1024;
/// Bytes of the notes.
pub const NOTES: usize = 128 * 1024;
/// Websites, custom fields, card or identity fields, tags: entries of each.
pub const COUNT: usize = 100;
/// Bytes of the whole encoding, so that the padded and sealed item stays under 256 KiB.
pub const WHOLE: usize = 224 * 1024;

impl Item {
    /// Checks every limit.
    ///
    /// # Errors
    /// The first limit that is passed.
    pub fn check_limits(&self) -> Result<(), TooLarge> {
        let counts = [
            self.websites.len(),
            self.custom.len(),
            self.fields.len(),
            self.tags.len(),
        ];
        within(Limit::Count, COUNT, counts)?;
        within(
            Limit::ShortText,
            SHORT_TEXT,
            [self.name.len(), self.username.len()],
        )?;
        within(
            Limit::ShortText,
            SHORT_TEXT,
            self.tags.iter().map(String::len),
        )?;
        within(
            Limit::ShortText,
            SHORT_TEXT,
            self.custom.iter().map(|f| f.name.len()),
        )?;
        within(
            Limit::ShortText,
            SHORT_TEXT,
            self.fields.iter().map(|(key, _)| key.len()),
        )?;
        within(
            Limit::LongText,
            LONG_TEXT,
            [self.password.len(), self.totp.len()],
        )?;
        within(
            Limit::LongText,
            LONG_TEXT,
            self.websites.iter().map(|w| w.url.len()),
        )?;
        within(
            Limit::LongText,
            LONG_TEXT,
            self.custom.iter().map(|f| f.value.len()),
        )?;
        within(
            Limit::LongText,
            LONG_TEXT,
            self.fields.iter().map(|(_, value)| value.len()),
        )?;
        within(Limit::Notes, NOTES, [self.notes.len()])?;
        within(Limit::Whole, WHOLE, [self.to_cbor().len()])
    }
}

fn within(what: Limit, max: usize, sizes: impl IntoIterator<Item = usize>) -> Result<(), TooLarge> {
    if sizes.into_iter().any(|size| size > max) {
        Err(TooLarge { what, max })
    } else {
        Ok(())
    }
}
