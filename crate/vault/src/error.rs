//! What can go wrong, as codes; no text for people and no data of theirs (house rule 4).

use sesame_protocol::{ItemId, ProtocolError};
use thiserror::Error;

use crate::SyncReason;
use crate::crypto::RandomError;

/// Every failure of this crate's core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VaultError {
    /// There is no vault in what was loaded.
    #[error("no vault")]
    Absent,
    /// Stored data failed its check.
    #[error("damaged")]
    Damaged,
    /// Written for a newer reader; nothing may be written over it (S-175).
    #[error("newer format")]
    NewerFormat,
    /// An intact slot did not open with this secret.
    #[error("wrong secret")]
    WrongSecret,
    /// No such slot or item.
    #[error("not found")]
    NotFound,
    /// The input is not what the call takes.
    #[error("invalid")]
    Invalid,
    /// Over a limit that docs/FORMAT.md names.
    #[error("too large")]
    TooLarge,
    /// The recovery code's checksum does not fit; no slot was tried.
    #[error("mistyped recovery code")]
    CodeTypo {
        /// The group, from 1 to 8, that alone explains the mistake, where there is exactly one.
        group: Option<u8>,
    },
    /// Biometrics need a proved recovery code first (S-172).
    #[error("no proved recovery code")]
    NoRecovery,
    /// 16 slots are in use.
    #[error("all slots in use")]
    SlotsFull,
    /// The slot can't go: the last password, or a recovery slot that passkeys rest on.
    #[error("slot in use")]
    SlotInUse,
    /// The bytes are not a Sesame backup.
    #[error("not a backup")]
    NotBackup,
    /// The stored state is older than what this device has seen, or its list of rows is lost:
    /// reading only, until the person has it rebuilt (S-09).
    #[error("read only")]
    ReadOnly,
    /// A counter at its end (S-27).
    #[error("counter exhausted")]
    Counter,
    /// Weaker stretching than this device has seen for this vault (S-01).
    #[error("key derivation too weak")]
    KdfTooWeak,
    /// The source of randomness failed; nothing was made (S-37).
    #[error("no randomness")]
    Random,
    /// What the account server gave does not hold: syncing and changing wait for the person.
    #[error("sync suspended")]
    Suspended(SyncReason),
    /// The server's answer is no message of the protocol.
    #[error("not an answer")]
    BadAnswer,
    /// Somebody else changed the account's vault meanwhile, or this browser did: pull again.
    #[error("changed meanwhile")]
    Again,
    /// The vault belongs to no account, or this browser was signed out of it.
    #[error("no account")]
    NoAccount,
    /// A defect of this crate.
    #[error("internal")]
    Internal,
}

impl From<ProtocolError> for VaultError {
    fn from(error: ProtocolError) -> Self {
        match error {
            ProtocolError::NewerFormat { .. } => Self::NewerFormat,
            _ => Self::Damaged,
        }
    }
}

impl From<RandomError> for VaultError {
    fn from(_: RandomError) -> Self {
        Self::Random
    }
}

/// A part of the stored vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The header with its key slots.
    Header,
    /// The signed list of what the vault consists of.
    Manifest,
    /// This device's memory of the newest state.
    Anchor,
    /// What is readable while locked.
    Local,
    /// The index of the items.
    Index,
    /// One item.
    Item,
}

/// What Sesame can do about damage by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// A second copy is intact and in use.
    PreviousCopy,
    /// It can be made again from what is intact.
    Rebuild,
    /// Nothing.
    None,
}

/// A part that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// Which part.
    pub part: Part,
    /// Which item, for [`Part::Item`].
    pub item: Option<ItemId>,
    /// What can be done.
    pub repair: Repair,
}

impl Damage {
    pub(crate) const fn new(part: Part, repair: Repair) -> Self {
        Self {
            part,
            item: None,
            repair,
        }
    }

    pub(crate) const fn item(id: ItemId) -> Self {
        Self {
            part: Part::Item,
            item: Some(id),
            repair: Repair::None,
        }
    }
}
