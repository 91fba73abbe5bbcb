//! MAN1: one signed statement of which header and which rows a vault consists of.

use ed25519_dalek::{Signature, VerifyingKey};

use crate::{AccountId, BUCKETS, DeviceId, GenId, Label, ProtocolError, Reader, ctx, sha256};

/// First bytes of a manifest.
pub const MANIFEST_MAGIC: [u8; 4] = *b"SMN1";
/// Length without the signature.
pub const MANIFEST_BODY_LEN: usize = 2180;
/// Length with the signature.
pub const MANIFEST_LEN: usize = MANIFEST_BODY_LEN + 64;
/// Most rows of a vault, tombstones included (S-31).
pub const MAX_ITEMS: u32 = 20_000;
/// A counter that moves by more than this in one step is refused (S-27).
pub const MAX_JUMP: u64 = 1 << 20;

/// A manifest's fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The account.
    pub account: AccountId,
    /// The generation.
    pub generation: GenId,
    /// Number of this state, from 0.
    pub seq: u64,
    /// SHA-256 of the previous manifest's 2,244 bytes; zero for `seq` 0.
    pub prev_hash: [u8; 32],
    /// SHA-256 of the whole header.
    pub header_hash: [u8; 32],
    /// Who wrote it.
    pub device: DeviceId,
    /// Number of items.
    pub live: u32,
    /// Number of tombstones.
    pub tombstones: u32,
    /// One hash for each bucket.
    pub buckets: [[u8; 32]; BUCKETS],
}

/// A manifest with its signature, not yet checked.
#[derive(Debug, Clone)]
pub struct SignedManifest {
    manifest: Manifest,
    body: Vec<u8>,
    signature: [u8; 64],
}

impl Manifest {
    /// The 2,180 bytes that are signed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(MANIFEST_LEN);
        out.extend_from_slice(&MANIFEST_MAGIC);
        out.extend_from_slice(self.account.as_bytes());
        out.extend_from_slice(self.generation.as_bytes());
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.prev_hash);
        out.extend_from_slice(&self.header_hash);
        out.extend_from_slice(self.device.as_bytes());
        out.extend_from_slice(&self.live.to_be_bytes());
        out.extend_from_slice(&self.tombstones.to_be_bytes());
        for hash in &self.buckets {
            out.extend_from_slice(hash);
        }
        out
    }
}

/// What an Ed25519 key signs for a manifest: `ctx("…/manifest", [body])`.
#[must_use]
pub fn signing_input(body: &[u8; MANIFEST_BODY_LEN]) -> Vec<u8> {
    ctx(Label::Manifest, &[body.into()])
}

impl SignedManifest {
    /// Takes a manifest apart. The signature is not checked: that needs the generation's key.
    ///
    /// # Errors
    /// `Length`, `Magic`, `Invariant` when there are more rows than [`MAX_ITEMS`] or a first
    /// manifest names a previous one, `Counter` for `seq` 2^64-1.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() != MANIFEST_LEN {
            return Err(ProtocolError::Length);
        }
        let mut reader = Reader::new(bytes);
        if reader.array()? != MANIFEST_MAGIC {
            return Err(ProtocolError::Magic);
        }
        let account = AccountId::from_bytes(reader.array()?);
        let generation = GenId::from_bytes(reader.array()?);
        let seq = reader.u64()?;
        let prev_hash = reader.array()?;
        let header_hash = reader.array()?;
        let device = DeviceId::from_bytes(reader.array()?);
        let (live, tombstones) = (reader.u32()?, reader.u32()?);
        let mut buckets = [[0; 32]; BUCKETS];
        for hash in &mut buckets {
            *hash = reader.array()?;
        }
        let signature = reader.array()?;
        reader.end()?;
        if seq == u64::MAX {
            return Err(ProtocolError::Counter);
        }
        if live
            .checked_add(tombstones)
            .is_none_or(|rows| rows > MAX_ITEMS)
            || ((seq == 0) != (prev_hash == [0; 32]))
        {
            return Err(ProtocolError::Invariant);
        }
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
        let body = manifest.encode();
        Ok(Self {
            manifest,
            body,
            signature,
        })
    }

    /// Checks the signature with the generation's public key and hands out the fields.
    ///
    /// # Errors
    /// `Signature`, also for a weak or malformed key (RFC 8032, strict verification).
    pub fn verify(&self, vault_pub: &[u8; 32]) -> Result<&Manifest, ProtocolError> {
        let key = VerifyingKey::from_bytes(vault_pub).map_err(|_| ProtocolError::Signature)?;
        let body = self.body.first_chunk().ok_or(ProtocolError::Length)?;
        key.verify_strict(
            &signing_input(body),
            &Signature::from_bytes(&self.signature),
        )
        .map_err(|_| ProtocolError::Signature)?;
        Ok(&self.manifest)
    }

    /// The fields, believed by nobody: for telling what is wrong, never for deciding.
    #[must_use]
    pub const fn unverified(&self) -> &Manifest {
        &self.manifest
    }

    /// The next manifest's `prev_hash`: SHA-256 of body and signature.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[&self.body, &self.signature])
    }

    /// Whether this manifest follows the one that had `seq` and `hash` directly (S-10).
    #[must_use]
    pub fn follows(&self, seq: u64, hash: &[u8; 32]) -> bool {
        seq.checked_add(1) == Some(self.manifest.seq) && self.manifest.prev_hash == *hash
    }
}

#[cfg(test)]
mod tests;
