//! The sealed anchor: what this device has seen, so that an older state can't be passed off as
//! the newest (S-09).

use sesame_protocol::{AccountId, DeviceId, GenId, KdfId, Kind, Label, Reader, ctx};

use crate::VaultError;
use crate::crypto::{self, Random, VaultKey};
use crate::manifest::Tip;

/// Length of the plaintext: gen 16, seq 8, head 32, hdr_seq 8, kdf 1.
const LEN: usize = 65;

/// The newest state that this device wrote or accepted.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Anchor {
    /// Number of the newest manifest.
    pub seq: u64,
    /// Its hash.
    pub head: [u8; 32],
    /// Number of the newest header.
    pub hdr_seq: u64,
    /// The strongest stretching of a password slot seen so far; weaker is refused (S-01).
    pub min_kdf: KdfId,
}

fn aad(account: &AccountId, generation: &GenId, device: &DeviceId) -> Vec<u8> {
    ctx(
        Label::Anchor,
        &[
            account.as_bytes().into(),
            generation.as_bytes().into(),
            device.as_bytes().into(),
        ],
    )
}

impl Anchor {
    pub(crate) const fn tip(&self) -> Tip {
        Tip {
            seq: self.seq,
            head: self.head,
        }
    }

    pub(crate) fn seal(
        &self,
        key: &VaultKey,
        (account, generation, device): (&AccountId, &GenId, &DeviceId),
        rng: &mut dyn Random,
    ) -> Result<Vec<u8>, VaultError> {
        let mut plain = Vec::with_capacity(LEN);
        plain.extend_from_slice(generation.as_bytes());
        plain.extend_from_slice(&self.seq.to_be_bytes());
        plain.extend_from_slice(&self.head);
        plain.extend_from_slice(&self.hdr_seq.to_be_bytes());
        plain.push(self.min_kdf.byte());
        crypto::seal(
            &key.anchor(device),
            Kind::LocalAnchor,
            &aad(account, generation, device),
            &plain,
            rng,
        )
    }

    pub(crate) fn open(
        bytes: &[u8],
        key: &VaultKey,
        (account, generation, device): (&AccountId, &GenId, &DeviceId),
    ) -> Result<Self, VaultError> {
        let plain = crypto::open(
            &key.anchor(device),
            Kind::LocalAnchor,
            &aad(account, generation, device),
            bytes,
        )?;
        let mut reader = Reader::new(&plain);
        let sealed_for = GenId::from_bytes(reader.array()?);
        let anchor = Self {
            seq: reader.u64()?,
            head: reader.array()?,
            hdr_seq: reader.u64()?,
            min_kdf: KdfId::try_from(reader.u8()?)?,
        };
        reader.end()?;
        if sealed_for == *generation {
            Ok(anchor)
        } else {
            Err(VaultError::Damaged)
        }
    }
}

#[cfg(test)]
mod tests;
