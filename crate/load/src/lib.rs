//! Simulated clients of the account server: many at a time, or one that keeps a list of what the
//! server has acknowledged. They speak the real protocol (docs/PROTOCOL.md) with real signatures
//! and a real OPAQUE; what they store is noise, and the password is not stretched, because that is
//! the client's work and would be all that a run measures.

pub mod client;
pub mod crash;
pub mod fill;
pub mod http;
pub mod kinto;
pub mod mailbox;
pub mod mix;
pub mod noise;
pub mod opaque;
pub mod sizes;
pub mod stats;
pub mod vault;

use sesame_protocol::ProtocolError;
use sesame_protocol::account::RefusalCode;
use thiserror::Error;

/// Why a call did not do what it should.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The connection failed: nobody knows whether the server did it.
    #[error("the connection failed: {0}")]
    Line(#[from] std::io::Error),
    /// The server said no.
    #[error("the server refused: {0:?}")]
    Refused(RefusalCode),
    /// An HTTP status without a refusal of ours.
    #[error("status {0}")]
    Status(u16),
    /// The answer is not the message that belongs here.
    #[error("an answer that can't be read or does not fit")]
    Answer,
    /// No code came by mail.
    #[error("no mail came")]
    Mail,
    /// A message could not be made.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// OPAQUE did not go through.
    #[error("OPAQUE failed")]
    Opaque,
    /// The database did not take the copies.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A thread of the run came to a bad end.
    #[error("a simulated client gave up")]
    Worker,
}
