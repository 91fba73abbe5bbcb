//! The account server: e-mail address, hint and ciphertext, and nothing that opens it.
//!
//! It is untrusted by design (docs/THREAT-MODEL.md): clients check everything that comes from here.
//! What it must do is keep what it acknowledged, tell accounts apart, and say nothing to anybody else.

pub mod account;
pub mod address;
pub mod backup;
pub mod body;
pub mod challenge;
pub mod clock;
pub mod command;
pub mod config;
pub mod db;
pub mod failure;
pub mod gate;
pub mod limits;
pub mod log;
pub mod mail;
pub mod marker;
pub mod metrics;
pub mod opaque;
pub mod page;
pub mod purge;
pub mod routes;
pub mod seal;
pub mod secrets;
pub mod serve;
pub mod session;
pub mod state;
pub mod sync;
pub mod tls;
pub mod verify;
