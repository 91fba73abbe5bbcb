//! A vault: loaded and locked, or unlocked. Two types, so that nothing can ask a locked vault for
//! an item, and nothing is left of an unlocked one after it was dropped.

mod captures;
mod create;
mod items;
mod load;
mod local;
mod open;
mod repair;
mod slots;
mod sync;

use std::collections::BTreeMap;

use sesame_protocol::{AccountId, DeviceId, GenId, Header, KdfId, SlotId, SlotKind};

pub use create::{NewVault, create, create_in};
pub use items::Change;
pub(crate) use load::BackupParts;
pub use repair::Rebuilt;
pub use slots::{NewPasskey, NewPassword};
use sync::Attached;
pub use sync::{Applied, KnownState, PullNext, Push, Pushed, Report, Resolution};
pub(crate) use sync::{rows_body, take_rows};

use crate::account::Account;
use crate::crypto::{Random, VaultKey};
use crate::header::SealedHeader;
use crate::local::{Local, Notes, Owner, UnprovedLocal};
use crate::manifest::{Link, Tip};
use crate::shard::Index;
use crate::{Damage, VaultError};

/// What the outside gives to an operation: randomness and the time.
pub struct Env<'a> {
    /// Cryptographic randomness.
    pub rng: &'a mut dyn Random,
    /// Now, in ms since 1970-01-01T00:00:00Z.
    pub now: u64,
}

/// The bytes of a vault as they lie in storage, without its rows.
#[derive(Clone, Default)]
pub struct Stored {
    pub(crate) vault: BTreeMap<String, Vec<u8>>,
    pub(crate) shards: BTreeMap<String, Vec<u8>>,
    /// Out of a backup file: there is no anchor and no index, and that is no damage.
    pub(crate) backup: bool,
}

impl Stored {
    /// The whole of the stores `vault` and `shards`.
    #[must_use]
    pub const fn new(vault: BTreeMap<String, Vec<u8>>, shards: BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            vault,
            shards,
            backup: false,
        }
    }

    /// What a file holds: there is no anchor and no index, and that is no damage.
    pub(crate) const fn of_file(vault: BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            vault,
            shards: BTreeMap::new(),
            backup: true,
        }
    }

    pub(crate) fn vault_bytes(&self, key: &str) -> Option<&[u8]> {
        self.vault.get(key).map(Vec::as_slice)
    }
}

/// A vault that is there, with an intact-looking header, and closed.
pub struct Locked {
    stored: Stored,
    sealed: SealedHeader,
    /// Something other than the header itself says that it is byte for byte right.
    proved: bool,
    link: Option<Link>,
    unproved: Option<UnprovedLocal>,
    local: Local,
    notes: Notes,
    damage: Vec<Damage>,
    /// The account that the vault says it belongs to; not proved.
    account: Option<Account>,
    /// A newer header of the same vault, from its account.
    newer: Option<SealedHeader>,
}

/// A vault that no secret can open as it lies here.
pub struct Unopenable {
    /// `Absent`, `NewerFormat` or `Damaged`.
    pub error: VaultError,
    /// What is damaged.
    pub damage: Vec<Damage>,
    /// What can still be read of the local record.
    pub local: Local,
    stored: Stored,
}

/// A secret that did not open the vault, which is as locked as before.
pub struct Refused {
    /// The vault.
    pub locked: Locked,
    /// `WrongSecret` (said only of an intact slot), `NotFound` or `Damaged`.
    pub error: VaultError,
}

/// An open vault. Dropping it wipes its keys and its index.
pub struct Unlocked {
    key: VaultKey,
    sealed: SealedHeader,
    link: Option<Link>,
    /// Where the chain goes on: the newest that manifest or anchor know of.
    tip: Option<Tip>,
    /// The newest header number that header or anchor know of.
    seen_hdr_seq: u64,
    min_kdf: KdfId,
    index: Index,
    owner: Owner,
    local: Local,
    notes: Notes,
    pending: Option<Vec<u8>>,
    opened_by: Option<(SlotKind, SlotId)>,
    damage: Vec<Damage>,
    read_only: bool,
    /// The local record was readable, but not made by this vault: it is not signed again unless
    /// the person wants it mended.
    local_forged: bool,
    /// The header's second copy has to be written again.
    copy_stale: bool,
    /// The key that captures are sealed for is missing, or another vault's.
    capture_key_stale: bool,
    /// The account that the vault belongs to.
    attached: Option<Box<Attached>>,
}

impl Unlocked {
    /// The header, its MAC checked.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.sealed.header
    }

    /// The account.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.owner.account
    }

    /// The generation.
    #[must_use]
    pub const fn generation(&self) -> GenId {
        self.owner.generation
    }

    /// This browser.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.owner.device
    }

    /// The local record.
    #[must_use]
    pub const fn local(&self) -> &Local {
        &self.local
    }

    /// What is damaged and not repaired yet.
    #[must_use]
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    /// Nothing may be written until [`Unlocked::rebuild`]: the list of rows is lost, or older
    /// than what this device has seen.
    #[must_use]
    pub const fn read_only(&self) -> bool {
        self.read_only
    }

    /// Why nothing may be changed until the person decides about the account's state.
    #[must_use]
    pub fn suspended(&self) -> Option<crate::SyncReason> {
        self.attached
            .as_ref()
            .and_then(|attached| attached.is_suspended())
    }

    /// The slot that opened this session; `None` when it was resumed.
    #[must_use]
    pub const fn opened_by(&self) -> Option<(SlotKind, SlotId)> {
        self.opened_by
    }

    /// The weakest stretching that a new password may have here.
    #[must_use]
    pub const fn min_kdf(&self) -> KdfId {
        self.min_kdf
    }

    /// Number of the newest manifest; one more with each change.
    #[must_use]
    pub fn seq(&self) -> Option<u64> {
        self.link.as_ref().map(|link| link.manifest.seq)
    }
}

#[cfg(test)]
mod tests;
