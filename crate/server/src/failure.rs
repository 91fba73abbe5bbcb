//! Why a request was not answered as asked.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sesame_protocol::ProtocolError;
use sesame_protocol::account::{CONTENT_TYPE as SESAME, Message as _, Refusal, RefusalCode};
use thiserror::Error;

use crate::log::{self, Field};

/// A refusal is told to who asked; everything else is told to the operator, and who asked hears
/// that the server can't answer.
#[derive(Debug, Error)]
pub enum Failure {
    /// The request is refused.
    #[error("refused")]
    Refused(Refusal),
    /// Two transactions were in each other's way: the whole transaction is to be tried again.
    #[error("in another transaction's way")]
    Again,
    /// The database did not do what it was asked to; its code and nothing of its text, which may
    /// repeat values (S-145).
    #[error("database error {0}")]
    Database(DatabaseCode),
    /// Something that can't happen did.
    #[error("internal: {0}")]
    Internal(&'static str),
}

/// A database's own error code: letters and digits only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatabaseCode([u8; 5]);

impl DatabaseCode {
    /// The code of an SQL state, or of the driver's kind of error.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut code = *b"-----";
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        for (slot, byte) in code.iter_mut().zip(letters) {
            *slot = byte;
        }
        Self(code)
    }
}

impl std::fmt::Display for DatabaseCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl From<DatabaseCode> for Field {
    fn from(code: DatabaseCode) -> Self {
        Self::Code(code.0)
    }
}

impl From<RefusalCode> for Failure {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code.into())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a client sent could not be read.
impl From<ProtocolError> for Failure {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::Signature => RefusalCode::BadSignature.into(),
            _ => RefusalCode::Malformed.into(),
        }
    }
}

impl From<getrandom::Error> for Failure {
    fn from(_: getrandom::Error) -> Self {
        Self::Internal("no randomness")
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return Self::Database(DatabaseCode::new(match error {
                sqlx::Error::PoolTimedOut => "busy",
                sqlx::Error::Io(_) => "io",
                sqlx::Error::Tls(_) => "tls",
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "value",
                _ => "other",
            }));
        };
        let code = database.code().unwrap_or_default();
        // PostgreSQL: serialisation failure, deadlock, a key that another transaction took between
        // our look and our write, a table that another server made while we waited; SQLite: busy.
        if matches!(
            &*code,
            "40001" | "40P01" | "23505" | "42P07" | "5" | "261" | "517"
        ) {
            return Self::Again;
        }
        Self::Database(DatabaseCode::new(&code))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let refusal = match self {
            Self::Refused(refusal) => refusal,
            Self::Again => {
                log::warn("contended", &[]);
                RefusalCode::Unavailable.into()
            }
            Self::Database(code) => {
                log::error("database", &[("code", code.into())]);
                RefusalCode::Unavailable.into()
            }
            Self::Internal(what) => {
                log::error("internal", &[("what", what.into())]);
                RefusalCode::Unavailable.into()
            }
        };
        refused(&refusal)
    }
}

/// The answer that says why.
#[must_use]
pub fn refused(refusal: &Refusal) -> Response {
    let status =
        StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, refusal.encode()).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(SESAME));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
