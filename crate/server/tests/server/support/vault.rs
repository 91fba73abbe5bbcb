//! A vault as the server sees it: a signing key, and blobs that are random bytes.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey};
use sesame_protocol::account::{Commit, ItemRow, Pull};
use sesame_protocol::{
    AccountId, BUCKETS, DeviceId, Entry, GenId, Header, ItemId, KdfId, Manifest, Op, Slot, SlotId,
    SlotKind, bucket_hash, bucket_of, sha256, signing_input,
};

/// Random bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// A vault and what its client knows of the account's chain.
#[derive(Clone)]
pub struct TestVault {
    pub account: AccountId,
    pub generation: GenId,
    pub device: DeviceId,
    pub key: SigningKey,
    pub header: Header,
    pub entries: BTreeMap<ItemId, Entry>,
    pub seq: u64,
    pub head: [u8; 32],
}

impl TestVault {
    pub fn new() -> Self {
        let key = SigningKey::from_bytes(&random());
        let (account, generation) = (AccountId::from_bytes(random()), GenId::from_bytes(random()));
        let header = Header {
            account,
            generation,
            hdr_seq: 0,
            min_reader: 1,
            slots: vec![Slot {
                id: SlotId::from_bytes(random()),
                kind: SlotKind::Password,
                kdf_id: KdfId::Argon2id64,
                flags: 0,
                salt: random(),
                aux: Vec::new(),
                wrap: [1; 112],
            }],
            vault_pub: key.verifying_key().to_bytes(),
            mac: random(),
        };
        let mut vault = Self {
            account,
            generation,
            device: DeviceId::from_bytes(random()),
            key,
            header,
            entries: BTreeMap::new(),
            seq: 0,
            head: [0; 32],
        };
        vault.head = sha256(&[&vault.first_manifest()]);
        vault
    }

    pub fn header_bytes(&self) -> Vec<u8> {
        self.header.encode().unwrap()
    }

    pub fn buckets(&self) -> [[u8; 32]; BUCKETS] {
        let mut buckets = [[0; 32]; BUCKETS];
        for (index, hash) in (0u8..).zip(&mut buckets) {
            let entries = self
                .entries
                .values()
                .filter(|entry| bucket_of(&entry.id) == index);
            *hash = bucket_hash(&self.generation, index, entries).unwrap();
        }
        buckets
    }

    fn count(&self, op: Op) -> u32 {
        let count = self.entries.values().filter(|entry| entry.op == op).count();
        u32::try_from(count).unwrap()
    }

    /// The manifest after the head, for what `entries` and `header` are now.
    pub fn statement(&self) -> Manifest {
        Manifest {
            account: self.account,
            generation: self.generation,
            seq: self.seq + 1,
            prev_hash: self.head,
            header_hash: sha256(&[&self.header_bytes()]),
            device: self.device,
            live: self.count(Op::Put),
            tombstones: self.count(Op::Delete),
            buckets: self.buckets(),
        }
    }

    pub fn first_manifest(&self) -> Vec<u8> {
        self.signed(&Manifest {
            seq: 0,
            prev_hash: [0; 32],
            ..self.statement()
        })
    }

    pub fn signed(&self, manifest: &Manifest) -> Vec<u8> {
        let mut bytes = manifest.encode();
        let body = bytes.first_chunk().unwrap();
        let signature = self.key.sign(&signing_input(body));
        bytes.extend_from_slice(&signature.to_bytes());
        bytes
    }

    /// A row that this vault does not have yet, `len` bytes long.
    pub fn new_row(len: usize) -> ItemRow {
        let mut blob = vec![0; len];
        getrandom::fill(&mut blob).unwrap();
        ItemRow {
            id: ItemId::from_bytes(random()),
            rev: 1,
            op: Op::Put,
            blob,
        }
    }

    /// The next revision of a row.
    pub fn next_row(&self, id: ItemId, op: Op) -> ItemRow {
        ItemRow {
            rev: self.entries[&id].rev + 1,
            id,
            op,
            blob: random::<120>().to_vec(),
        }
    }

    /// A commit of rows; the vault takes them as its own.
    pub fn commit(&mut self, mut rows: Vec<ItemRow>, epoch: u64) -> Commit {
        rows.sort_by_key(|row| row.id);
        for row in &rows {
            self.entries.insert(
                row.id,
                Entry {
                    id: row.id,
                    rev: row.rev,
                    op: row.op,
                    blob_hash: row.blob_hash(),
                },
            );
        }
        let manifest = self.signed(&self.statement());
        self.seq += 1;
        self.head = sha256(&[&manifest]);
        Commit {
            generation: self.generation,
            epoch,
            manifest,
            header: None,
            recovery_key: None,
            rows,
        }
    }

    /// A pull that says that the client has this vault's state.
    pub fn pull(&self, epoch: u64) -> Pull {
        Pull {
            generation: self.generation,
            epoch,
            header_hash: sha256(&[&self.header_bytes()]),
            buckets: self.buckets(),
        }
    }
}
