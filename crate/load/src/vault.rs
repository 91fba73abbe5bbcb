//! A vault as the server sees it: a signed chain over buckets of noise.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer, SigningKey};
use sesame_protocol::account::{Commit, ItemRow, Pulled};
use sesame_protocol::{
    AccountId, BUCKETS, DeviceId, ENVELOPE_OVERHEAD, Entry, GenId, Header, ItemId, KdfId, Kind,
    Manifest, Op, SignedManifest, Slot, SlotId, SlotKind, bucket_hash, bucket_of, envelope_prefix,
    sha256, signing_input,
};

use crate::{LoadError, noise::Noise};

/// Plaintext of a padded item in bytes: what a login with a note comes to.
pub(crate) const ITEM_PLAIN: usize = 512;

/// Who a vault belongs to, and who may sign for it.
pub struct Owner {
    /// The account.
    pub account: AccountId,
    /// Its generation.
    pub generation: GenId,
    /// The one device.
    pub device: DeviceId,
    /// Signs manifests.
    pub signer: SigningKey,
}

/// What one client knows of its account's vault.
pub struct Vault {
    entries: [BTreeMap<ItemId, Entry>; BUCKETS],
    /// The hashes of the buckets, as the newest manifest has them.
    pub hashes: [[u8; 32]; BUCKETS],
    seq: u64,
    head: [u8; 32],
    /// The newest manifest's bytes.
    pub manifest: Vec<u8>,
    /// The header.
    pub header: Vec<u8>,
}

/// The next state of a vault, until the server has accepted it.
pub struct Next {
    manifest: Vec<u8>,
    seq: u64,
    changed: Vec<Entry>,
    hashes: [[u8; 32]; BUCKETS],
}

impl Vault {
    /// The empty vault of `owner` and its first manifest.
    ///
    /// # Errors
    /// `Protocol`, never for what is made here.
    pub fn new(owner: &Owner) -> Result<Self, LoadError> {
        let header = header(owner)?;
        let mut hashes = [[0; 32]; BUCKETS];
        for (index, hash) in (0u8..).zip(&mut hashes) {
            *hash = bucket_hash(&owner.generation, index, [])?;
        }
        let mut vault = Self {
            entries: core::array::from_fn(|_| BTreeMap::new()),
            hashes,
            seq: 0,
            head: [0; 32],
            manifest: Vec::new(),
            header,
        };
        let first = vault.sign(owner, 0, [0; 32], hashes, 0);
        vault.head = sha256(&[&first]);
        vault.manifest = first;
        Ok(vault)
    }

    /// Number of items.
    #[must_use]
    pub fn items(&self) -> usize {
        self.entries.iter().map(BTreeMap::len).sum()
    }

    /// Number of the newest manifest.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// The entry of an item.
    #[must_use]
    pub fn entry(&self, id: &ItemId) -> Option<&Entry> {
        self.entries.get(usize::from(bucket_of(id)))?.get(id)
    }

    /// The `nth` item, counted around.
    #[must_use]
    pub fn nth(&self, nth: usize) -> Option<ItemId> {
        let at = nth.checked_rem(self.items())?;
        self.entries
            .iter()
            .flat_map(BTreeMap::keys)
            .nth(at)
            .copied()
    }

    /// A commit that writes new noise under `ids`, and the state that it leads to.
    ///
    /// # Errors
    /// `Protocol` when a counter is at its end.
    pub fn change(
        &self,
        owner: &Owner,
        epoch: u64,
        ids: &[ItemId],
        noise: &mut Noise,
    ) -> Result<(Commit, Next), LoadError> {
        let (mut rows, mut changed, mut hashes) = (Vec::new(), Vec::new(), self.hashes);
        for id in ids {
            let rev = self
                .entry(id)
                .map_or(0, |entry| entry.rev)
                .saturating_add(1);
            let blob = blob(noise);
            changed.push(Entry {
                id: *id,
                rev,
                op: Op::Put,
                blob_hash: sha256(&[&blob]),
            });
            rows.push(ItemRow {
                id: *id,
                rev,
                op: Op::Put,
                blob,
            });
        }
        rows.sort_unstable_by_key(|row| row.id);
        let mut touched: Vec<u8> = ids.iter().map(bucket_of).collect();
        touched.sort_unstable();
        touched.dedup();
        let mut added: usize = 0;
        for index in touched {
            let place = usize::from(index);
            let mut bucket = self.entries.get(place).cloned().unwrap_or_default();
            let before = bucket.len();
            for entry in changed.iter().filter(|entry| bucket_of(&entry.id) == index) {
                bucket.insert(entry.id, *entry);
            }
            added = added.saturating_add(bucket.len().saturating_sub(before));
            if let Some(hash) = hashes.get_mut(place) {
                *hash = bucket_hash(&owner.generation, index, bucket.values())?;
            }
        }
        let seq = self.seq.saturating_add(1);
        let live = u32::try_from(self.items().saturating_add(added)).unwrap_or(u32::MAX);
        let manifest = self.sign(owner, seq, self.head, hashes, live);
        let commit = Commit {
            generation: owner.generation,
            epoch,
            manifest: manifest.clone(),
            header: None,
            recovery_key: None,
            rows,
        };
        let next = Next {
            manifest,
            seq,
            changed,
            hashes,
        };
        Ok((commit, next))
    }

    /// Takes a state over that the server has accepted.
    pub fn accept(&mut self, next: Next) {
        for entry in next.changed {
            if let Some(bucket) = self.entries.get_mut(usize::from(bucket_of(&entry.id))) {
                bucket.insert(entry.id, entry);
            }
        }
        self.head = sha256(&[&next.manifest]);
        self.hashes = next.hashes;
        self.seq = next.seq;
        self.manifest = next.manifest;
    }

    /// Takes what the server has in place of what was known, checking signature and buckets.
    ///
    /// # Errors
    /// `Protocol` when something does not fit.
    pub fn take(&mut self, owner: &Owner, pulled: &Pulled) -> Result<(), LoadError> {
        let signed = SignedManifest::parse(&pulled.manifest)?;
        let manifest = signed.verify(&owner.signer.verifying_key().to_bytes())?;
        for bucket in &pulled.buckets {
            if let Some(place) = self.entries.get_mut(usize::from(bucket.index)) {
                *place = bucket
                    .entries
                    .iter()
                    .map(|entry| (entry.id, *entry))
                    .collect();
            }
        }
        for (index, (bucket, hash)) in (0u8..).zip(self.entries.iter().zip(&manifest.buckets)) {
            if bucket_hash(&owner.generation, index, bucket.values())? != *hash {
                return Err(LoadError::Answer);
            }
        }
        self.hashes = manifest.buckets;
        self.seq = manifest.seq;
        self.head = signed.hash();
        self.manifest.clone_from(&pulled.manifest);
        Ok(())
    }

    fn sign(
        &self,
        owner: &Owner,
        seq: u64,
        prev_hash: [u8; 32],
        buckets: [[u8; 32]; BUCKETS],
        live: u32,
    ) -> Vec<u8> {
        let manifest = Manifest {
            account: owner.account,
            generation: owner.generation,
            seq,
            prev_hash,
            header_hash: sha256(&[&self.header]),
            device: owner.device,
            live,
            tombstones: 0,
            buckets,
        };
        let mut bytes = manifest.encode();
        if let Some(body) = bytes.first_chunk() {
            let signature = owner.signer.sign(&signing_input(body)).to_bytes();
            bytes.extend_from_slice(&signature);
        }
        bytes
    }
}

/// A header with one password slot of noise.
fn header(owner: &Owner) -> Result<Vec<u8>, LoadError> {
    let mut wrap = [7; sesame_protocol::WRAP_LEN];
    if let Some(prefix) = wrap.first_chunk_mut() {
        *prefix = envelope_prefix(Kind::SlotWrap);
    }
    let header = Header {
        account: owner.account,
        generation: owner.generation,
        hdr_seq: 0,
        min_reader: 1,
        slots: vec![Slot {
            id: SlotId::from_bytes(*owner.device.as_bytes()),
            kind: SlotKind::Password,
            kdf_id: KdfId::Argon2id64,
            flags: 0,
            salt: [9; 32],
            aux: Vec::new(),
            wrap,
        }],
        vault_pub: owner.signer.verifying_key().to_bytes(),
        mac: [5; 32],
    };
    Ok(header.encode()?)
}

/// Noise in an item's envelope.
fn blob(noise: &mut Noise) -> Vec<u8> {
    let mut blob = vec![0; ENVELOPE_OVERHEAD.saturating_add(ITEM_PLAIN)];
    noise.fill(&mut blob);
    if let Some(prefix) = blob.first_chunk_mut() {
        *prefix = envelope_prefix(Kind::Item);
    }
    blob
}
