//! Accounts: signing up and in, looking after them, resetting them.

mod enumerate;
mod limits;
mod links;
mod manage;
mod race;
mod remembered;
mod reset;
mod sealed;
mod sign;
mod timing;
mod undo;
