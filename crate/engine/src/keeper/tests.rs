//! The whole life of a vault, with a disk that is a map and a clock that is set by hand.

mod backups;
mod capture;
mod filling;
mod items;
mod life;
mod sync;
mod ways;

use super::*;
use crate::api::CreateInput;
use sesame_vault::item::{ItemEdit, WebsiteEdit};
use sesame_vault::{Commit, RandomError, Store};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

pub(super) const START: u64 = 1_800_000_000_000;
pub(super) const DAY: u64 = 24 * 60 * 60 * 1000;
pub(super) const PASSWORD: [u8; 32] = [0x11; 32];
/// 32 times 7, base64url.
pub(super) const SALT: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";

/// A machine: its clock, its randomness and its disk.
pub(super) struct Machine {
    clock: Rc<Cell<u64>>,
    seed: Rc<Cell<u64>>,
    pub(super) disk: RefCell<BTreeMap<(Store, String), Vec<u8>>>,
}

struct Fake {
    clock: Rc<Cell<u64>>,
    seed: Rc<Cell<u64>>,
}

impl Random for Fake {
    fn fill(&mut self, buf: &mut [u8]) -> Result<(), RandomError> {
        for chunk in buf.chunks_mut(32) {
            self.seed.set(self.seed.get() + 1);
            let block = sesame_protocol::sha256(&[&self.seed.get().to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

impl Host for Fake {
    fn now(&self) -> u64 {
        self.clock.get()
    }

    fn random(&mut self) -> &mut dyn Random {
        self
    }
}

impl Machine {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            clock: Rc::new(Cell::new(START)),
            seed: Rc::new(Cell::new(seed << 32)),
            disk: RefCell::default(),
        }
    }

    pub(super) fn pass(&self, ms: u64) {
        self.clock.set(self.clock.get() + ms);
    }

    pub(super) fn empty(&self) -> Keeper {
        Keeper::new(Box::new(Fake {
            clock: self.clock.clone(),
            seed: self.seed.clone(),
        }))
    }

    pub(super) fn write(&self, commit: Commit) {
        self.keep_bases(&commit);
        let mut disk = self.disk.borrow_mut();
        for write in commit.writes {
            let place = (write.store, write.key);
            match write.value {
                Some(value) => drop(disk.insert(place, value)),
                None => drop(disk.remove(&place)),
            }
        }
    }

    /// As the browser's storage does it: an item of an account's vault that is about to change for the
    /// first time since the account last had it leaves its row behind.
    fn keep_bases(&self, commit: &Commit) {
        let mut disk = self.disk.borrow_mut();
        let place = (Store::Vault, "sync".to_owned());
        let of = |wanted: Store, key: &str| {
            let mut writes = commit.writes.iter();
            writes.find(|write| write.store == wanted && write.key == key)
        };
        match of(Store::Vault, "sync") {
            Some(write) if write.value.is_none() => {
                disk.retain(|(store, _), _| *store != Store::Bases);
                return;
            }
            None if !disk.contains_key(&place) => return,
            _ => {}
        }
        for write in commit
            .writes
            .iter()
            .filter(|write| write.store == Store::Items)
        {
            let base = (Store::Bases, write.key.clone());
            if of(Store::Bases, &write.key).is_none() && !disk.contains_key(&base) {
                let before = disk.get(&(Store::Items, write.key.clone()));
                let before = before.cloned().unwrap_or_default();
                disk.insert(base, before);
            }
        }
    }

    pub(super) fn bases(&self) -> Rows {
        let bases = self.store(Store::Bases).into_iter();
        bases
            .map(|(key, row)| (sesame_protocol::ItemId::parse_hex(&key).unwrap(), row))
            .collect()
    }

    fn store(&self, wanted: Store) -> BTreeMap<String, Vec<u8>> {
        let disk = self.disk.borrow();
        let entries = disk.iter().filter(|((store, _), _)| *store == wanted);
        entries
            .map(|((_, key), value)| (key.clone(), value.clone()))
            .collect()
    }

    pub(super) fn rows(&self) -> Rows {
        let items = self.store(Store::Items).into_iter();
        items
            .map(|(key, row)| (sesame_protocol::ItemId::parse_hex(&key).unwrap(), row))
            .collect()
    }

    pub(super) fn row(&self, id: &str) -> Vec<u8> {
        self.disk.borrow()[&(Store::Items, id.to_owned())].clone()
    }

    /// A fresh instance that has read the disk, as after a restart of the service worker.
    pub(super) fn loaded(&self) -> Keeper {
        let mut keeper = self.empty();
        keeper
            .load(self.store(Store::Vault), self.store(Store::Shards))
            .unwrap();
        keeper
    }

    /// A new vault on the disk, open; and its recovery code.
    pub(super) fn created(&self) -> (Keeper, String) {
        let mut keeper = self.empty();
        let input = CreateInput {
            vault_name: "Home".into(),
            hint: "the usual".into(),
            kdf_id: 1,
            salt: SALT.into(),
        };
        let made = keeper.create(input, Zeroizing::new(PASSWORD)).unwrap();
        self.write(made.commit);
        (keeper, made.code.unwrap().as_str().to_owned())
    }

    /// Unlocks what is on the disk with the master password of [`Self::created`].
    pub(super) fn unlocked(&self) -> Keeper {
        let mut keeper = self.loaded();
        let slot = password_slot(&keeper);
        let commit = keeper
            .unlock_password(&slot, Zeroizing::new(PASSWORD))
            .unwrap();
        self.write(commit);
        keeper
    }

    pub(super) fn save(&self, keeper: &mut Keeper, edit: &ItemEdit) -> String {
        let row = (!edit.id.is_empty()).then(|| self.row(&edit.id));
        let saved = keeper.save(edit, row.as_deref()).unwrap();
        self.write(saved.commit);
        saved.id.to_string()
    }

    /// Types the first group of the code back, as a person does.
    pub(super) fn confirm(&self, keeper: &mut Keeper, code: &str) {
        let commit = keeper
            .confirm_recovery_code(1, code.split('-').next().unwrap())
            .unwrap();
        self.write(commit.unwrap());
    }
}

pub(super) fn password_slot(keeper: &Keeper) -> String {
    keeper.locked_view().unwrap().password_slots[0]
        .slot_id
        .clone()
}

pub(super) fn login(name: &str, url: &str, password: &str) -> ItemEdit {
    let mut edit = ItemEdit::default();
    edit.kind = "login".into();
    edit.name = name.into();
    edit.username = "ada".into();
    edit.password = password.into();
    edit.websites = vec![WebsiteEdit {
        url: url.into(),
        mode: "host".into(),
    }];
    edit
}

/// The error of a call that must fail.
pub(super) fn code<T>(result: EngineResult<T>) -> &'static str {
    result.err().expect("the call must fail").code()
}

pub(super) fn list(keeper: &Keeper, text: &str) -> Vec<String> {
    names(
        keeper,
        &format!(r#"{{"text":"{text}","in":"items","offset":0,"limit":100}}"#),
    )
}

pub(super) fn names(keeper: &Keeper, query: &str) -> Vec<String> {
    let page = keeper.list(&serde_json::from_str(query).unwrap()).unwrap();
    page.rows.iter().map(|row| row.name.to_owned()).collect()
}
