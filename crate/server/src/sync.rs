//! The vault on the server: pull, chain, rows, commit.
//!
//! The server keeps rows and links of a chain that it can check but not write: what it accepts is
//! signed by the vault's key (S-36). Every statement names the account of the session (S-141).

mod begin;
mod commit;
mod kept;
mod read;

pub use begin::{Beginning, begin};
pub use commit::{Link, commit, commit_in};
pub(crate) use kept::drop_row;
pub use read::{chain, pull, rows};
pub(crate) use read::{entry, op};

/// Links of the account's chain that are kept.
pub const LINKS_KEPT: u64 = 4_096;
/// Headers that are kept.
pub const HEADERS_KEPT: u64 = 30;
/// A page of rows ends before this many bytes, so that an answer stays under 4 MiB.
pub const PAGE_BYTES: usize = 3_584 * 1024;
/// What a row adds to its blob in an answer, in bytes.
pub(crate) const ROW_FRAME: usize = 29;
