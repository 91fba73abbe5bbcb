//! Why this room refuses its input.

use thiserror::Error;

/// A refusal. Carries no part of the password (S-103).
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum AuthError {
    /// The password is empty.
    #[error("the password is empty")]
    Empty,
    /// The password is longer than [`crate::PASSWORD_MAX_LEN`] bytes once normalised.
    #[error("the password is too long")]
    TooLong,
    /// The password is not UTF-8 or holds a character that RFC 8265 forbids (controls, unassigned).
    #[error("the password holds a character that a password can't have")]
    Forbidden,
    /// The KDF id is not one that this version knows (S-01, S-02).
    #[error("the key derivation id is unknown")]
    UnknownKdf,
    /// The salt is not [`crate::SALT_LEN`] bytes long.
    #[error("the salt has the wrong length")]
    SaltLength,
    /// The memory that the derivation needs is not to be had.
    #[error("there is not enough memory for the key derivation")]
    OutOfMemory,
    /// What the server answered is not what the protocol says (S-25).
    #[error("the server's answer is none")]
    ServerAnswer,
    /// The password is not the account's, or the server's answer did not hold: can't be told apart.
    #[error("the proof did not hold")]
    Denied,
    /// The server is not the one that was pinned (S-23).
    #[error("the server has another key than before")]
    ServerKey,
    /// The steps of a sign-in or a registration came in another order.
    #[error("that step is not next")]
    Order,
    /// The system has no randomness to give (S-37).
    #[error("there is no randomness")]
    NoRandomness,
}

impl AuthError {
    /// The name under which JavaScript knows it.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::Forbidden => "forbidden",
            Self::UnknownKdf => "unknown-kdf",
            Self::SaltLength => "salt-length",
            Self::OutOfMemory => "out-of-memory",
            Self::ServerAnswer => "server-answer",
            Self::Denied => "denied",
            Self::ServerKey => "server-key",
            Self::Order => "order",
            Self::NoRandomness => "no-randomness",
        }
    }
}
