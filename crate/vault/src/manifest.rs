//! The chain of manifests: making the next link, and judging the stored one against what this
//! device has seen.

use sesame_protocol::{
    AccountId, BUCKETS, DeviceId, GenId, MAX_ITEMS, MAX_JUMP, Manifest, SignedManifest,
    bucket_hash, sha256,
};

use crate::VaultError;
use crate::anchor::Anchor;
use crate::crypto::ManifestSigner;
use crate::header::SealedHeader;

/// A manifest whose signature fits, with its exact bytes.
#[derive(Clone)]
pub(crate) struct Link {
    pub manifest: Manifest,
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub head: [u8; 32],
}

/// Where the chain goes on: number and hash of the newest known link.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tip {
    pub seq: u64,
    pub head: [u8; 32],
}

/// What the next link says; the rest follows from the chain.
pub(crate) struct Statement<'a> {
    pub header: &'a SealedHeader,
    pub device: DeviceId,
    pub buckets: [[u8; 32]; BUCKETS],
    pub live: u32,
    pub tombstones: u32,
}

/// How a stored manifest stands to the anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// It is the newest that this device knows, or its direct successor.
    Newest,
    /// The anchor is behind without a link: the anchor was put back.
    AnchorBehind,
    /// This device has seen a newer or another state: rollback or fork (S-09, S-10).
    RolledBack,
}

impl Link {
    /// Reads a stored manifest and checks signature, account and generation.
    ///
    /// # Errors
    /// `Damaged`.
    pub(crate) fn read(bytes: &[u8], header: &SealedHeader) -> Result<Self, VaultError> {
        let signed = SignedManifest::parse(bytes)?;
        let manifest = signed.verify(&header.header.vault_pub)?.clone();
        if manifest.account != header.header.account
            || manifest.generation != header.header.generation
        {
            return Err(VaultError::Damaged);
        }
        Ok(Self {
            manifest,
            bytes: bytes.to_vec(),
            head: signed.hash(),
        })
    }

    /// Whether the manifest names exactly this header.
    pub(crate) fn names(&self, header: &SealedHeader) -> bool {
        self.manifest.header_hash == sha256(&[&header.bytes])
    }

    pub(crate) const fn tip(&self) -> Tip {
        Tip {
            seq: self.manifest.seq,
            head: self.head,
        }
    }

    /// Compares with the anchor.
    pub(crate) fn standing(&self, anchor: &Anchor) -> Standing {
        let (seen, here) = (anchor.seq, self.manifest.seq);
        if here == seen && self.head == anchor.head {
            Standing::Newest
        } else if seen.checked_add(1) == Some(here) {
            if self.manifest.prev_hash == anchor.head {
                Standing::Newest
            } else {
                Standing::RolledBack
            }
        } else if here > seen && here - seen <= MAX_JUMP {
            Standing::AnchorBehind
        } else {
            Standing::RolledBack
        }
    }

    /// Signs the next manifest after `tip`, or the first one.
    ///
    /// # Errors
    /// `TooLarge` above 20,000 rows, `Counter`, `Internal`.
    pub(crate) fn next(
        tip: Option<Tip>,
        statement: Statement<'_>,
        signer: &ManifestSigner,
    ) -> Result<Self, VaultError> {
        let Statement {
            header,
            device,
            buckets,
            live,
            tombstones,
        } = statement;
        if live
            .checked_add(tombstones)
            .is_none_or(|rows| rows > MAX_ITEMS)
        {
            return Err(VaultError::TooLarge);
        }
        let (seq, prev_hash) = match tip {
            None => (0, [0; 32]),
            Some(Tip { seq, head }) => (seq.checked_add(1).ok_or(VaultError::Counter)?, head),
        };
        let (account, generation) = (header.header.account, header.header.generation);
        let header_hash = sha256(&[&header.bytes]);
        let manifest = Manifest {
            account,
            generation,
            seq,
            prev_hash,
            header_hash,
            device,
            live,
            tombstones,
            buckets,
        };
        let mut bytes = manifest.encode();
        let signature = signer.sign(bytes.first_chunk().ok_or(VaultError::Internal)?);
        bytes.extend_from_slice(&signature);
        // Read back before anyone relies on it; a counter at its end shows here too.
        Self::read(&bytes, header).map_err(|_| {
            if seq == u64::MAX {
                VaultError::Counter
            } else {
                VaultError::Internal
            }
        })
    }
}

/// The 64 hashes of a generation without rows.
pub(crate) fn empty_buckets(generation: &GenId) -> Result<[[u8; 32]; BUCKETS], VaultError> {
    let mut buckets = [[0; 32]; BUCKETS];
    for (index, hash) in (0u8..).zip(&mut buckets) {
        *hash = bucket_hash(generation, index, []).map_err(|_| VaultError::Internal)?;
    }
    Ok(buckets)
}

/// Account and generation as one, for comparing.
pub(crate) const fn ids(header: &SealedHeader) -> (AccountId, GenId) {
    (header.header.account, header.header.generation)
}

#[cfg(test)]
mod tests;
