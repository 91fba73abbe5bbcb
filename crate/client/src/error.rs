//! Why something did not come about.

use sesame_auth::AuthError;
use sesame_engine::EngineError;
use sesame_protocol::ProtocolError;
use sesame_protocol::account::{Refusal, RefusalCode};
use thiserror::Error;

/// A failure of a call.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ClientError {
    /// The engine refused.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The password's room refused.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The server refused.
    #[error("the server refused: {:?}", .0.code)]
    Refused(Refusal),
    /// Nothing came back, or nothing that an account server says.
    #[error("the server can't be reached")]
    Lost,
    /// The server's answer is not the message that belongs there.
    #[error("the server's answer is none")]
    Answer,
    /// What was passed in is not what the call takes.
    #[error("invalid")]
    Invalid,
}

/// Result of everything here.
pub type ClientResult<T> = Result<T, ClientError>;

impl ClientError {
    /// The server's code, if it refused.
    #[must_use]
    pub fn refusal(&self) -> Option<RefusalCode> {
        match self {
            Self::Refused(refusal) => Some(refusal.code),
            _ => None,
        }
    }
}

impl From<ProtocolError> for ClientError {
    fn from(_: ProtocolError) -> Self {
        Self::Answer
    }
}
