//! A browser without a browser: the engine and the password's room as they ship, a disk that is a
//! map, and an account server over HTTP. What the extension's background does between them is done here
//! in plain Rust, so that a test can stand at every point of it. Not shipped.
//!
//! Between [`Browser`] and the server stands a [`Transport`]: a test's own may change, drop,
//! repeat, delay, cut or swap what goes through.

mod account;
mod browser;
mod disk;
mod error;
mod host;
mod sealed;
mod sync;
mod transport;

pub use account::Proof;
pub use browser::Browser;
pub use disk::Disk;
pub use error::{ClientError, ClientResult};
pub use sync::Synced;
pub use transport::{Answer, Http, Lost, Transport};
