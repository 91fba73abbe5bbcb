//! The native client against the real server's program.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests and their helpers say so where something isn't as expected"
)]

mod account;
mod hostile;
mod support;
