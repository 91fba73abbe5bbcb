//! What this browser knows of the account that its vault belongs to. Two records: SAC1, readable
//! while locked, says which account it is and how it stands; the sync record, sealed, holds this
//! device's key and the account's chain as far as this browser has followed it (docs/FORMAT.md).

mod sealed;

use serde::{Deserialize, Serialize};
use sesame_protocol::{DeviceId, GenId};

pub use sealed::DeviceKey;
pub(crate) use sealed::{Resolve, SyncRecord};

use crate::crypto::VaultKey;
use crate::local::Owner;
use crate::{VaultError, record};

const MAGIC: [u8; 4] = *b"SAC1";
/// Longest origin and e-mail address, in bytes; the protocol's limits are lower.
const TEXT_MAX: usize = 300;

/// Why the account's data were not taken over, so that syncing waits for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncReason {
    /// Older than what this browser has seen (S-09).
    Rollback,
    /// Another state than the one that this browser has seen, or that follows it (S-10).
    Fork,
    /// A signature, a counter or a sealed row that this vault's key did not make (S-27).
    Forged,
    /// Rows or buckets that are not those which the signed list names (S-08).
    Mixed,
    /// Something that was there is missing (S-07).
    Dropped,
    /// Key slots that this vault did not make, that are older, or weaker (S-12, S-13).
    Header,
    /// Another account's or generation's data (S-05, S-11).
    OtherVault,
    /// So much has happened since that nothing links it to what this browser knows.
    AwayTooLong,
}

impl SyncReason {
    /// Every reason, in the order of their bytes from 1.
    pub const ALL: [Self; 8] = [
        Self::Rollback,
        Self::Fork,
        Self::Forged,
        Self::Mixed,
        Self::Dropped,
        Self::Header,
        Self::OtherVault,
        Self::AwayTooLong,
    ];

    /// The name on the boundary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rollback => "rollback",
            Self::Fork => "fork",
            Self::Forged => "forged",
            Self::Mixed => "mixed",
            Self::Dropped => "dropped",
            Self::Header => "header",
            Self::OtherVault => "other-vault",
            Self::AwayTooLong => "away-too-long",
        }
    }
}

/// A reset that was made elsewhere; times in ms since 1970-01-01T00:00:00Z, as the server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetElsewhere {
    /// When.
    pub at: u64,
    /// Until when this browser can take it back.
    pub undo_until: u64,
    /// When the server erases the sealed vault.
    pub erase_at: u64,
    /// The generation that took the place of this one.
    pub generation: [u8; 16],
}

/// How the account stands in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AccountState {
    /// It syncs.
    #[default]
    Ok,
    /// This browser was signed out.
    SignedOut,
    /// The account was reset elsewhere; this vault is its former one.
    ResetElsewhere(ResetElsewhere),
    /// What the server gave did not hold; nothing is taken over until the person says how.
    Suspended(SyncReason),
}

/// When this browser syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SyncMode {
    /// After each change, at unlock and now and then.
    #[default]
    Auto,
    /// Only when asked.
    Ask,
}

/// The record's content.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `https://host[:port]` of the account server.
    pub origin: String,
    /// The account's e-mail address as it was when this browser last heard of it.
    pub email: String,
    /// When this browser syncs.
    pub mode: SyncMode,
    /// This browser's id at the server.
    pub device: [u8; 16],
    /// The OPAQUE credential id.
    pub cred_id: [u8; 32],
    /// The server's OPAQUE public key as it was first seen (S-23); empty if it never was.
    pub server_key: Vec<u8>,
    /// When the account's state was last taken over or found to be the same, ms.
    pub synced_at: Option<u64>,
    /// How it stands.
    pub state: AccountState,
    /// The master password was changed here and the account still has the former one.
    pub password_behind: bool,
}

/// A record as it was read: intact, and not yet known to be genuine.
pub(crate) struct UnprovedAccount {
    pub account: Account,
    pub owner: Owner,
    record: record::Unproved,
}

impl Account {
    /// This browser's id at the server.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        DeviceId::from_bytes(self.device)
    }

    fn fits(&self) -> bool {
        self.origin.len() <= TEXT_MAX
            && self.email.len() <= TEXT_MAX
            && matches!(self.server_key.len(), 0 | 32)
    }

    /// Writes the record and its MAC.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn seal(&self, owner: &Owner, key: &VaultKey) -> Result<Vec<u8>, VaultError> {
        if !self.fits() {
            return Err(VaultError::TooLarge);
        }
        let body = postcard::to_allocvec(self).map_err(|_| VaultError::Internal)?;
        record::seal(MAGIC, owner, &body, key)
    }
}

impl UnprovedAccount {
    /// Reads a record; accidental damage is found by its checksum.
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let record = record::Unproved::parse(MAGIC, bytes)?;
        let (account, over) =
            postcard::take_from_bytes::<Account>(&record.body).map_err(|_| VaultError::Damaged)?;
        if !over.is_empty() || !account.fits() {
            return Err(VaultError::Damaged);
        }
        Ok(Self {
            account,
            owner: record.owner,
            record,
        })
    }

    /// Whether this vault's key made the record.
    pub(crate) fn is_genuine(&self, key: &VaultKey) -> bool {
        self.record.is_genuine(key)
    }
}

impl ResetElsewhere {
    /// The generation that took the place of this one.
    #[must_use]
    pub const fn generation(&self) -> GenId {
        GenId::from_bytes(self.generation)
    }
}

#[cfg(test)]
mod tests;
