//! What the core's tests share: a repeatable source of randomness and a disk in memory.

use std::collections::BTreeMap;

use sesame_protocol::account::{Session, Token};
use sesame_protocol::{ItemId, KdfId, SlotId, SlotKind, sha256};
use zeroize::Zeroizing;

use crate::{
    Change, Commit, Env, Locked, NewPasskey, NewPassword, NewVault, PasskeyKey, PasswordKey,
    Random, RandomError, RecoveryCode, RecoveryKey, Store, Stored, Unlocked, create,
};

/// SHA-256 in counter mode; can be told to fail.
pub(crate) struct Rng {
    seed: [u8; 32],
    counter: u64,
    /// Calls that still succeed; `None` for all.
    pub(crate) left: Option<usize>,
}

impl Rng {
    pub(crate) fn new(seed: &str) -> Self {
        Self {
            seed: sha256(&[seed.as_bytes()]),
            counter: 0,
            left: None,
        }
    }
}

impl Random for Rng {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
        if let Some(left) = &mut self.left {
            *left = left.checked_sub(1).ok_or(RandomError)?;
        }
        for chunk in buf.chunks_mut(32) {
            self.counter += 1;
            let block = sha256(&[&self.seed, &self.counter.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

/// The stores as the browser keeps them.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Disk {
    pub(crate) vault: BTreeMap<String, Vec<u8>>,
    pub(crate) shards: BTreeMap<String, Vec<u8>>,
    pub(crate) items: BTreeMap<String, Vec<u8>>,
    pub(crate) bases: BTreeMap<String, Vec<u8>>,
}

impl Disk {
    pub(crate) fn apply(&mut self, commit: Commit) {
        for write in commit.writes {
            let store = match write.store {
                Store::Vault => &mut self.vault,
                Store::Shards => &mut self.shards,
                Store::Items => &mut self.items,
                Store::Bases => &mut self.bases,
                Store::Drafts | Store::Captures | Store::Sealed => {
                    panic!("not written with the vault itself")
                }
            };
            match write.value {
                Some(value) => drop(store.insert(write.key, value)),
                None => drop(store.remove(&write.key)),
            }
        }
    }

    pub(crate) fn stored(&self) -> Stored {
        Stored::new(self.vault.clone(), self.shards.clone())
    }

    pub(crate) fn rows(&self) -> BTreeMap<ItemId, Vec<u8>> {
        self.items
            .iter()
            .map(|(id, row)| (ItemId::parse_hex(id).unwrap(), row.clone()))
            .collect()
    }

    pub(crate) fn load(&self) -> Locked {
        Locked::load(self.stored()).unwrap_or_else(|refused| panic!("{}", refused.error))
    }

    pub(crate) fn open(&self) -> Unlocked {
        let locked = self.load();
        let secret = password_of(&locked, PASSWORD);
        locked
            .unlock(&secret)
            .unwrap_or_else(|refused| panic!("{}", refused.error))
    }
}

/// Stands for a stretched password; Argon2id is another crate's business.
pub(crate) const PASSWORD: [u8; 32] = [0x11; 32];
/// A second one.
pub(crate) const OTHER: [u8; 32] = [0x22; 32];
/// A PRF output.
pub(crate) const PRF: [u8; 32] = [0x33; 32];
/// The recovery code's place in tests that need no code.
pub(crate) const NOW: u64 = 1_790_000_000_000;

pub(crate) fn password_of(locked: &Locked, stretched: [u8; 32]) -> PasswordKey {
    let slot = locked
        .header()
        .slots_of(SlotKind::Password)
        .next()
        .unwrap()
        .id;
    PasswordKey::new(slot, Zeroizing::new(stretched))
}

pub(crate) fn new_password(stretched: [u8; 32], kdf_id: KdfId) -> NewPassword {
    NewPassword {
        kdf_id,
        salt: sha256(&[&stretched]),
        stretched: Zeroizing::new(stretched),
        hint: "hint".into(),
    }
}

/// A vault with its disk and its randomness.
pub(crate) struct World {
    pub(crate) rng: Rng,
    pub(crate) disk: Disk,
    pub(crate) open: Unlocked,
    pub(crate) code: RecoveryCode,
    pub(crate) now: u64,
}

impl World {
    pub(crate) fn new(seed: &str) -> Self {
        Self::with_kdf(seed, KdfId::Argon2id64, PASSWORD)
    }

    pub(crate) fn with_kdf(seed: &str, kdf_id: KdfId, stretched: [u8; 32]) -> Self {
        let mut rng = Rng::new(seed);
        let new = NewVault {
            vault_name: "Home".into(),
            hint: "the usual, with the bird".into(),
            kdf_id,
            salt: sha256(&[seed.as_bytes(), b"salt"]),
            stretched: Zeroizing::new(stretched),
        };
        let (open, commit, code) = create(
            new,
            &mut Env {
                rng: &mut rng,
                now: NOW,
            },
        )
        .unwrap();
        let mut disk = Disk::default();
        disk.apply(commit);
        Self {
            rng,
            disk,
            open,
            code,
            now: NOW,
        }
    }

    /// Runs an operation at the next minute and writes what it gives.
    pub(crate) fn run<T>(
        &mut self,
        operation: impl FnOnce(&mut Unlocked, &mut Env<'_>) -> (Commit, T),
    ) -> T {
        self.now += 60_000;
        let (commit, out) = operation(
            &mut self.open,
            &mut Env {
                rng: &mut self.rng,
                now: self.now,
            },
        );
        self.disk.apply(commit);
        out
    }

    /// What an account's server answers to a sign-in, with the head of its chain.
    pub(crate) fn session(&self, epoch: u64, head_seq: u64, head_hash: [u8; 32]) -> Session {
        Session {
            token: Token::new(self.open.account(), &[1; 32]),
            ttl: 900,
            account: self.open.account(),
            generation: self.open.generation(),
            epoch,
            head_seq,
            head_hash,
            flags: 0,
            server_time: 0,
        }
    }

    /// Puts small items and gives their ids.
    pub(crate) fn put(&mut self, contents: &[&[u8]]) -> Vec<ItemId> {
        self.run(|open, env| {
            let ids: Vec<ItemId> = contents
                .iter()
                .map(|_| open.new_item_id(env.rng).unwrap())
                .collect();
            let changes = ids
                .iter()
                .zip(contents)
                .map(|(id, content)| change(*id, content))
                .collect();
            (open.commit_items(changes, env).unwrap(), ids)
        })
    }

    pub(crate) fn confirm(&mut self) {
        let code = self.open.pending_recovery().unwrap().display();
        self.run(|open, env| {
            (
                open.confirm_recovery(1, &code[..4], env).unwrap().unwrap(),
                (),
            )
        });
    }

    pub(crate) fn add_passkey(&mut self, prf: [u8; 32], credential: &[u8], synced: bool) -> SlotId {
        self.run(|open, env| {
            let new = NewPasskey {
                credential_id: credential.to_vec(),
                salt: sha256(&[credential]),
                prf: Zeroizing::new(prf.to_vec()),
                backup_eligible: synced,
                synced,
            };
            let (slot, commit) = open.add_passkey(new, env).unwrap();
            (commit, slot)
        })
    }

    pub(crate) fn set_password(&mut self, stretched: [u8; 32], kdf_id: KdfId) {
        self.run(|open, env| {
            (
                open.set_password(new_password(stretched, kdf_id), env)
                    .unwrap(),
                (),
            )
        });
    }

    /// Opens what is on the disk with the password.
    pub(crate) fn reopen(&self) -> Unlocked {
        self.disk.open()
    }
}

pub(crate) fn change(id: ItemId, content: &[u8]) -> Change {
    Change::Put {
        id,
        cbor: Zeroizing::new(content.to_vec()),
        summary: content[..content.len().min(8)].to_vec(),
    }
}

pub(crate) fn passkey(slot: SlotId, prf: [u8; 32]) -> PasskeyKey {
    PasskeyKey::new(slot, &prf).unwrap()
}

pub(crate) fn recovery(code: &RecoveryCode) -> RecoveryKey {
    RecoveryKey::new(code.clone())
}
