//! The sealed half: this device's key, and the account's chain as far as this browser followed it.

use sesame_protocol::account::NewDevice;
use sesame_protocol::{
    DeviceId, ENTRY_LEN, Entry, HEADER_MAX, Kind, Label, MANIFEST_LEN, Reader, ctx,
};
use zeroize::Zeroizing;

use super::SyncReason;
use crate::VaultError;
use crate::crypto::{self, Random, SigningPair, VaultKey, random};
use crate::local::Owner;

const VERSION: u8 = 1;
/// Name in the associated data.
const NAME: &[u8; 4] = b"sync";
/// Entries that one push may have on its way: all rows that a vault can have.
const PENDING_MAX: usize = 20_000 * ENTRY_LEN;

/// How this browser proves at the server that it is itself. Has no `Debug`.
#[derive(Clone)]
pub struct DeviceKey {
    pub(crate) id: DeviceId,
    seed: Zeroizing<[u8; 32]>,
}

impl DeviceKey {
    /// A new one.
    ///
    /// # Errors
    /// `Random`.
    pub fn make(rng: &mut dyn Random) -> Result<Self, VaultError> {
        Ok(Self {
            id: DeviceId::from_bytes(random(rng)?),
            seed: Zeroizing::new(random(rng)?),
        })
    }

    /// What the server is told of it.
    #[must_use]
    pub fn public(&self) -> NewDevice {
        NewDevice {
            device: self.id,
            public_key: self.pair().public(),
        }
    }

    pub(crate) fn pair(&self) -> SigningPair {
        SigningPair::new(&self.seed)
    }
}

/// What the person decided about a state of the account that does not follow the known one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Resolve {
    /// Nothing is to be decided.
    None,
    /// Bring both together.
    Merge,
    /// Where both have something, this browser's counts.
    Push,
}

/// The record's content.
#[derive(Clone)]
pub(crate) struct SyncRecord {
    pub device: DeviceKey,
    pub epoch: u64,
    pub reason: Option<SyncReason>,
    pub resolve: Resolve,
    /// The newest manifest of the account that was accepted; empty if none was.
    pub manifest: Vec<u8>,
    /// The header that it names; empty if none was accepted.
    pub header: Vec<u8>,
    /// Rows that were sent without an answer yet: whatever of them comes back is this browser's own.
    pub pending: Vec<Entry>,
}

fn aad(owner: &Owner) -> Vec<u8> {
    ctx(
        Label::Cache,
        &[
            owner.account.as_bytes().into(),
            owner.generation.as_bytes().into(),
            owner.device.as_bytes().into(),
            NAME.into(),
        ],
    )
}

impl SyncRecord {
    pub(crate) const fn new(device: DeviceKey, epoch: u64) -> Self {
        Self {
            device,
            epoch,
            reason: None,
            resolve: Resolve::None,
            manifest: Vec::new(),
            header: Vec::new(),
            pending: Vec::new(),
        }
    }

    pub(crate) fn seal(
        &self,
        owner: &Owner,
        key: &VaultKey,
        rng: &mut dyn Random,
    ) -> Result<Vec<u8>, VaultError> {
        let mut plain = Zeroizing::new(Vec::with_capacity(
            128 + self.manifest.len() + self.header.len() + self.pending.len() * ENTRY_LEN,
        ));
        plain.push(VERSION);
        plain.extend_from_slice(self.device.id.as_bytes());
        plain.extend_from_slice(&*self.device.seed);
        plain.extend_from_slice(&self.epoch.to_be_bytes());
        plain.push(self.reason.map_or(0, byte_of));
        plain.push(match self.resolve {
            Resolve::None => 0,
            Resolve::Merge => 1,
            Resolve::Push => 2,
        });
        for part in [&self.manifest, &self.header] {
            let length = u32::try_from(part.len()).map_err(|_| VaultError::TooLarge)?;
            plain.extend_from_slice(&length.to_be_bytes());
            plain.extend_from_slice(part);
        }
        let pending = self.pending.len() * ENTRY_LEN;
        let length = u32::try_from(pending).map_err(|_| VaultError::TooLarge)?;
        plain.extend_from_slice(&length.to_be_bytes());
        for entry in &self.pending {
            entry.encode_into(&mut plain);
        }
        let key = key.device(&owner.device);
        crypto::seal(&key, Kind::DeviceSecrets, &aad(owner), &plain, rng)
    }

    /// # Errors
    /// `Damaged`.
    pub(crate) fn open(bytes: &[u8], owner: &Owner, key: &VaultKey) -> Result<Self, VaultError> {
        let key = key.device(&owner.device);
        let plain = crypto::open(&key, Kind::DeviceSecrets, &aad(owner), bytes)?;
        let mut reader = Reader::new(&plain);
        if reader.u8()? != VERSION {
            return Err(VaultError::Damaged);
        }
        let device = DeviceKey {
            id: DeviceId::from_bytes(reader.array()?),
            seed: Zeroizing::new(reader.array()?),
        };
        let epoch = reader.u64()?;
        let reason = match reader.u8()? {
            0 => None,
            byte => Some(reason_of(byte).ok_or(VaultError::Damaged)?),
        };
        let resolve = match reader.u8()? {
            0 => Resolve::None,
            1 => Resolve::Merge,
            2 => Resolve::Push,
            _ => return Err(VaultError::Damaged),
        };
        let manifest = reader.block(MANIFEST_LEN)?.to_vec();
        let header = reader.block(HEADER_MAX)?.to_vec();
        let mut entries = Reader::new(reader.block(PENDING_MAX)?);
        reader.end()?;
        let mut pending = Vec::new();
        while !entries.rest().is_empty() {
            pending.push(Entry::read(&mut entries)?);
        }
        Ok(Self {
            device,
            epoch,
            reason,
            resolve,
            manifest,
            header,
            pending,
        })
    }
}

fn byte_of(reason: SyncReason) -> u8 {
    (1..)
        .zip(SyncReason::ALL)
        .find(|(_, known)| *known == reason)
        .map_or(0, |(byte, _)| byte)
}

fn reason_of(byte: u8) -> Option<SyncReason> {
    SyncReason::ALL
        .get(usize::from(byte.checked_sub(1)?))
        .copied()
}
