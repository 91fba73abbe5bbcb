//! An account with several browsers: they come to the same end whatever fails on the way, and nothing
//! that anybody saved is lost. The server is a small one in memory.

mod accounts;
mod chain;
mod hostile;
mod merges;
mod model;
mod server;
mod undo;
mod world;

use super::*;
use server::Server;
use world::{Browser, World};
