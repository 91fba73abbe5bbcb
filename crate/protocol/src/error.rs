//! Why bytes were refused.

use thiserror::Error;

/// Why a parser refused its input. Names the check, never the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProtocolError {
    /// Shorter or longer than the layout says, or over its cap.
    #[error("wrong length")]
    Length,
    /// The four magic bytes are others.
    #[error("wrong magic")]
    Magic,
    /// A layout version or suite that this build does not know (S-15: a hard error, never a guess).
    #[error("unknown version or suite")]
    Version,
    /// The structure says that only a newer reader may read it (S-175). Nothing may be written over it.
    #[error("written for a newer reader")]
    NewerFormat {
        /// The lowest reader version that may open it.
        min_reader: u16,
    },
    /// An enum byte outside its table, or another kind than expected.
    #[error("unknown kind")]
    Kind,
    /// Reserved bits or flags that this kind does not have.
    #[error("reserved bits set")]
    Reserved,
    /// Ids not in strictly ascending order (also: one id twice).
    #[error("not sorted or not unique")]
    Order,
    /// A rule over the whole structure is broken (for example no password slot).
    #[error("invariant broken")]
    Invariant,
    /// Text that is not UTF-8, or not what its grammar says.
    #[error("malformed text")]
    Text,
    /// A counter at its end, or one that jumped too far (S-27).
    #[error("counter out of range")]
    Counter,
    /// The signature does not fit.
    #[error("bad signature")]
    Signature,
}
