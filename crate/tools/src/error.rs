//! Why a file as a whole can't be read.

use thiserror::Error;

/// A refusal. Carries nothing of the file (S-103).
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Over [`crate::MAX_FILE_BYTES`], packed or unpacked (S-109).
    #[error("the file is too large")]
    TooLarge,
    /// None of the known formats.
    #[error("the file is of no known format")]
    NotRecognised,
    /// Exported with a password; only the other manager can read it.
    #[error("the file is encrypted")]
    Encrypted,
    /// Text was expected, and it is neither UTF-8 nor UTF-16.
    #[error("the file is not text")]
    NotText,
    /// Of a known format, but cut short or broken.
    #[error("the file is damaged")]
    Damaged,
}

impl ImportError {
    /// The name under which JavaScript knows it.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::NotRecognised => "not-recognised",
            Self::Encrypted => "encrypted",
            Self::NotText => "not-text",
            Self::Damaged => "damaged",
        }
    }
}
