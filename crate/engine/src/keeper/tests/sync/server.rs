//! An account server in memory: as little of one as syncing needs, and as strict.

use sesame_protocol::account::{
    Chain, ChainLinks, Commit, Committed, GenChanged, ItemRow, Message, NewDevice, PasswordFinish,
    Pull, Pulled, PulledBucket, RegisterFinish, ResetFinish, RowList, Rows, Session, SessionFinish,
    SessionStart, SessionStarted, Token, UndoFinish,
};
use sesame_protocol::{
    AccountId, BUCKETS, Entry, GenId, Header, ItemId, MANIFEST_LEN, SignedManifest, bucket_of,
    sha256,
};
use std::collections::BTreeMap;

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    Conflict,
    BadSignature,
    Denied,
    GenChanged(Vec<u8>),
}

/// One generation as the server keeps it.
#[derive(Clone)]
pub(super) struct Vault {
    pub(super) generation: GenId,
    pub(super) header: Vec<u8>,
    pub(super) manifests: Vec<Vec<u8>>,
    pub(super) rows: BTreeMap<ItemId, ItemRow>,
    pub(super) recovery_key: Option<[u8; 32]>,
}

#[derive(Clone)]
pub(super) struct Server {
    pub(super) account: AccountId,
    pub(super) vault: Vault,
    pub(super) sealed: Option<Vault>,
    pub(super) devices: Vec<NewDevice>,
    pub(super) epoch: u64,
    /// Rows of one answer.
    pub(super) page: usize,
    pub(super) calls: usize,
}

impl Vault {
    pub(super) fn head(&self) -> SignedManifest {
        SignedManifest::parse(self.manifests.last().unwrap()).unwrap()
    }

    fn buckets(&self, number: u8) -> Vec<Entry> {
        let rows = self
            .rows
            .values()
            .filter(|row| bucket_of(&row.id) == number);
        rows.map(|row| Entry {
            id: row.id,
            rev: row.rev,
            op: row.op,
            blob_hash: row.blob_hash(),
        })
        .collect()
    }
}

impl Server {
    pub(super) fn register(body: &[u8]) -> Self {
        let made = RegisterFinish::decode(body).unwrap();
        assert_eq!(made.manifest.len(), MANIFEST_LEN);
        Self {
            account: made.account,
            vault: Vault {
                generation: made.generation,
                header: made.header,
                manifests: vec![made.manifest],
                rows: BTreeMap::new(),
                recovery_key: made.recovery_key,
            },
            sealed: None,
            devices: vec![made.device],
            epoch: 1,
            page: 3,
            calls: 0,
        }
    }

    pub(super) fn session(&self) -> Vec<u8> {
        let head = self.vault.head();
        Session {
            token: Token::new(self.account, &[7; 32]),
            ttl: 900,
            account: self.account,
            generation: self.vault.generation,
            epoch: self.epoch,
            head_seq: head.unverified().seq,
            head_hash: head.hash(),
            flags: 0,
            server_time: 0,
        }
        .encode()
    }

    pub(super) fn add_device(&mut self, device: &[u8]) {
        self.devices.push(NewDevice::decode(device).unwrap());
    }

    pub(super) fn start(&self, body: &[u8]) -> Vec<u8> {
        let start = SessionStart::decode(body).unwrap();
        assert_eq!(start.account, self.account);
        SessionStarted {
            nonce: [9; 32],
            exp: 5,
        }
        .encode()
    }

    /// Checks both signatures of a session.
    pub(super) fn finish(&self, body: &[u8]) -> Result<Vec<u8>, Refused> {
        let finish = SessionFinish::decode(body).unwrap();
        let known = self
            .devices
            .iter()
            .find(|known| known.device == finish.device);
        let known = known.ok_or(Refused::Denied)?;
        let context = sesame_protocol::account::proof::session(
            &super::world::origin(),
            &finish.account,
            &finish.generation,
            &finish.device,
            &finish.nonce,
            5,
        )
        .unwrap();
        let vault = match &self.sealed {
            Some(sealed) if sealed.generation == finish.generation => sealed,
            _ if finish.generation == self.vault.generation => &self.vault,
            _ => return Err(Refused::Denied),
        };
        let vault_pub = Header::parse(&vault.header).unwrap().vault_pub;
        let signed = verify(&known.public_key, &context, &finish.device_signature)
            && verify(&vault_pub, &context, &finish.vault_signature);
        if !signed {
            return Err(Refused::Denied);
        }
        if finish.generation != self.vault.generation {
            let detail = GenChanged {
                reset_at: 1,
                undo_until: 2,
                erase_at: 3,
                generation: self.vault.generation,
            };
            return Err(Refused::GenChanged(detail.encode()));
        }
        Ok(self.session())
    }

    pub(super) fn reset(&mut self, body: &[u8]) {
        let made = ResetFinish::decode(body).unwrap();
        let new = Vault {
            generation: made.generation,
            header: made.header,
            manifests: vec![made.manifest],
            rows: BTreeMap::new(),
            recovery_key: made.recovery_key,
        };
        self.sealed = Some(std::mem::replace(&mut self.vault, new));
        self.devices.push(made.device);
        self.epoch += 1;
    }

    pub(super) fn undo(&mut self, body: &[u8]) -> Result<Vec<u8>, Refused> {
        let finish = UndoFinish::decode(body).unwrap();
        let sealed = self.sealed.take().unwrap();
        let context = sesame_protocol::account::proof::undo(
            &super::world::origin(),
            &finish.account,
            &finish.generation,
            &finish.nonce,
            5,
            &finish.device,
        )
        .unwrap();
        let vault_pub = Header::parse(&sealed.header).unwrap().vault_pub;
        if !verify(&vault_pub, &context, &finish.vault_signature) {
            return Err(Refused::Denied);
        }
        self.sealed = Some(std::mem::replace(&mut self.vault, sealed));
        self.devices.push(finish.device);
        self.epoch += 1;
        Ok(self.session())
    }

    pub(super) fn pull(&mut self, body: &[u8]) -> Vec<u8> {
        self.calls += 1;
        let asked = Pull::decode(body).unwrap();
        let head = self.vault.head();
        let head = head.unverified();
        let differs =
            |number: &u8| asked.buckets[usize::from(*number)] != head.buckets[usize::from(*number)];
        let buckets = (0..u8::try_from(BUCKETS).unwrap()).filter(differs);
        let buckets = buckets.map(|index| PulledBucket {
            index,
            entries: self.vault.buckets(index),
        });
        Pulled {
            manifest: self.vault.manifests.last().unwrap().clone(),
            header: (asked.header_hash != head.header_hash).then(|| self.vault.header.clone()),
            buckets: buckets.collect(),
        }
        .encode()
    }

    pub(super) fn chain(&mut self, body: &[u8]) -> Vec<u8> {
        self.calls += 1;
        let asked = Chain::decode(body).unwrap();
        let seq =
            |bytes: &&Vec<u8>| SignedManifest::parse(bytes).unwrap().unverified().seq > asked.after;
        let links = self.vault.manifests.iter().filter(seq);
        ChainLinks {
            manifests: links.take(2).cloned().collect(),
        }
        .encode()
    }

    pub(super) fn rows(&mut self, body: &[u8]) -> Vec<u8> {
        self.calls += 1;
        let asked = Rows::decode(body).unwrap();
        let found: Vec<ItemRow> = asked
            .ids
            .iter()
            .filter_map(|id| self.vault.rows.get(id).cloned())
            .take(self.page)
            .collect();
        let more = found.len() < asked.ids.len();
        RowList { rows: found, more }.encode()
    }

    pub(super) fn commit(&mut self, body: &[u8]) -> Result<Vec<u8>, Refused> {
        self.calls += 1;
        self.take(Commit::decode(body).unwrap())
    }

    pub(super) fn password(&mut self, body: &[u8]) -> Result<Vec<u8>, Refused> {
        self.calls += 1;
        let finish = PasswordFinish::decode(body).unwrap();
        self.take(finish.commit)?;
        self.epoch += 1;
        Ok(self.session())
    }

    fn take(&mut self, commit: Commit) -> Result<Vec<u8>, Refused> {
        let vault = &mut self.vault;
        let conflict = commit.generation != vault.generation || commit.epoch != self.epoch;
        let signed = SignedManifest::parse(&commit.manifest).unwrap();
        let known = Header::parse(&vault.header).unwrap();
        let new = signed
            .verify(&known.vault_pub)
            .map_err(|_| Refused::BadSignature)?;
        let head = vault.head();
        if conflict || !signed.follows(head.unverified().seq, &head.hash()) {
            return Err(Refused::Conflict);
        }
        let header = commit.header.as_ref().unwrap_or(&vault.header);
        assert_eq!(new.header_hash, sha256(&[header]));
        if commit.header.is_some() {
            assert!(Header::parse(header).unwrap().hdr_seq > known.hdr_seq);
        }
        for row in &commit.rows {
            let before = vault.rows.get(&row.id);
            assert!(before.is_none_or(|before| before.rev < row.rev), "rev");
        }
        vault.header = header.clone();
        vault.recovery_key = commit.recovery_key.or(vault.recovery_key);
        for row in commit.rows {
            vault.rows.insert(row.id, row);
        }
        let (seq, live, dead) = (new.seq, new.live, new.tombstones);
        for number in 0..u8::try_from(BUCKETS).unwrap() {
            let hash =
                sesame_protocol::bucket_hash(&vault.generation, number, &vault.buckets(number));
            assert_eq!(hash.unwrap(), new.buckets[usize::from(number)], "bucket");
        }
        let puts = |row: &&ItemRow| row.op == sesame_protocol::Op::Put;
        let count = vault.rows.values().filter(puts).count();
        assert_eq!((count, vault.rows.len()), counts(live, dead));
        vault.manifests.push(commit.manifest);
        Ok(Committed { seq }.encode())
    }
}

fn counts(live: u32, dead: u32) -> (usize, usize) {
    let of = |count| usize::try_from(count).unwrap();
    (of(live), of(live + dead))
}

pub(super) fn verify(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let key = ed25519_dalek::VerifyingKey::from_bytes(key).unwrap();
    let signature = ed25519_dalek::Signature::from_bytes(signature);
    key.verify_strict(message, &signature).is_ok()
}
