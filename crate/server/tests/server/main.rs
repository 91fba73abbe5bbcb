//! The account server over real sockets, on SQLite and on PostgreSQL (S-155).
//!
//! PostgreSQL is a cluster of its own, made by Debian's programs in a temporary folder. Without them
//! the tests for it say so and pass, unless `SESAME_REQUIRE_POSTGRES=1`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::print_stderr,
    reason = "a test that can't go on ends; helpers outside of test functions are tests, too"
)]

mod accounts;
mod gate;
mod keep;
mod mails;
mod operate;
mod program;
mod support;
mod sync;
mod tls;
