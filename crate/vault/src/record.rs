//! Records that are readable while locked: not encrypted, with a checksum that finds accidents and
//! a MAC that tells, once there is a key, whether this vault made them.

use sesame_protocol::{AccountId, DeviceId, GenId, Reader, sha256};

use crate::VaultError;
use crate::crypto::{self, VaultKey};
use crate::local::Owner;

const VERSION: u16 = 1;
/// Largest record in bytes.
pub(crate) const RECORD_MAX: usize = 64 * 1024;

/// A record as it was read: intact, and not yet known to be genuine.
pub(crate) struct Unproved {
    pub owner: Owner,
    pub body: Vec<u8>,
    covered: Vec<u8>,
    mac: [u8; 32],
}

/// Writes a record. The magic is under the MAC, so that one kind is never another.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn seal(
    magic: [u8; 4],
    owner: &Owner,
    body: &[u8],
    key: &VaultKey,
) -> Result<Vec<u8>, VaultError> {
    let mut out = Vec::with_capacity(body.len() + 128);
    out.extend_from_slice(&magic);
    out.extend_from_slice(&VERSION.to_be_bytes());
    out.extend_from_slice(owner.account.as_bytes());
    out.extend_from_slice(owner.generation.as_bytes());
    out.extend_from_slice(owner.device.as_bytes());
    let length = u32::try_from(body.len()).map_err(|_| VaultError::TooLarge)?;
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(body);
    out.extend_from_slice(&sha256(&[&out]));
    let mac_key = key.local_mac(&owner.account, &owner.generation, &owner.device);
    out.extend_from_slice(&crypto::mac(&mac_key, &[&out]));
    if out.len() > RECORD_MAX {
        Err(VaultError::TooLarge)
    } else {
        Ok(out)
    }
}

impl Unproved {
    /// Reads a record; accidental damage is found by its checksum.
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn parse(magic: [u8; 4], bytes: &[u8]) -> Result<Self, VaultError> {
        if bytes.len() > RECORD_MAX {
            return Err(VaultError::Damaged);
        }
        let (rest, mac) = bytes.split_last_chunk::<32>().ok_or(VaultError::Damaged)?;
        let (content, sum) = rest.split_last_chunk::<32>().ok_or(VaultError::Damaged)?;
        let mut reader = Reader::new(content);
        let known =
            reader.array()? == magic && reader.u16()? == VERSION && sha256(&[content]) == *sum;
        if !known {
            return Err(VaultError::Damaged);
        }
        let owner = Owner {
            account: AccountId::from_bytes(reader.array()?),
            generation: GenId::from_bytes(reader.array()?),
            device: DeviceId::from_bytes(reader.array()?),
        };
        let body = reader.block(RECORD_MAX)?.to_vec();
        reader.end()?;
        Ok(Self {
            owner,
            body,
            covered: rest.to_vec(),
            mac: *mac,
        })
    }

    /// Whether this vault's key made the record.
    pub(crate) fn is_genuine(&self, key: &VaultKey) -> bool {
        let Owner {
            account,
            generation,
            device,
        } = &self.owner;
        crypto::mac_fits(
            &key.local_mac(account, generation, device),
            &[&self.covered],
            &self.mac,
        )
    }
}
