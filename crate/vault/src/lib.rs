//! The Sesame vault: keys, key slots, items, manifest, search, generator. Pure: no I/O, clock or randomness of its own.
//!
//! From the top: [`Locked::load`] takes what lies in storage, [`Locked::unlock`] makes an
//! [`Unlocked`] of it, and every change is a [`Commit`]: plain data to be written in one
//! transaction. The format is in docs/FORMAT.md.

mod account;
mod anchor;
mod backup;
mod commit;
mod crypto;
mod error;
mod header;
mod join;
mod keyslot;
mod local;
mod manifest;
mod merge;
mod pad;
mod record;
mod recovery;
#[cfg(any(test, feature = "selftest"))]
pub mod selftest;
mod shard;
#[cfg(test)]
mod testkit;
mod vault;

pub mod audit;
pub mod capture;
pub mod generate;
pub mod item;
pub mod order;
pub mod origin;
pub mod search;
pub mod settings;
pub mod summary;
pub mod totp;

pub use account::{Account, AccountState, DeviceKey, ResetElsewhere, SyncMode, SyncReason};
pub use backup::Backup;
pub use commit::{Commit, Store, Write, key};
pub use crypto::{Random, RandomError};
pub use error::{Damage, Part, Repair, VaultError};
pub use join::{Joining, SealedPages};
pub use keyslot::{PasskeyKey, PasswordKey, RecoveryKey, Unlocker};
pub use local::{
    HINT_MAX_CHARS, Local, PasskeyNote, PasskeyProblem, Practice, RETIRED_MAX, Remark, Retired,
    VAULT_NAME_MAX,
};
pub use merge::{Merged, Prefer, merge_items, merge_settings};
pub use recovery::{RECOVERY_GROUPS, RecoveryCode};
pub use shard::SUMMARY_MAX;
pub use vault::{
    Applied, Change, Env, KnownState, Locked, NewPasskey, NewPassword, NewVault, PullNext, Push,
    Pushed, Rebuilt, Refused, Report, Resolution, Stored, Unlocked, Unopenable, create, create_in,
};
