//! What a browser stores, as a map; a commit is written whole.

use std::collections::BTreeMap;

use sesame_engine::Rows;
use sesame_protocol::ItemId;
use sesame_vault::{Commit, Store, key};

/// The browser's database. A clone is a copy of the profile.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Disk(BTreeMap<(Store, String), Vec<u8>>);

impl Disk {
    /// Writes a commit. As the extension's storage does: the first change to an item since the last
    /// sync keeps the row as the account had it, in the same transaction.
    pub fn write(&mut self, commit: Commit) {
        let has = |store, key: &str| self.0.contains_key(&(store, key.to_owned()));
        let in_account = has(Store::Vault, key::SYNC)
            || commit.writes.iter().any(|write| {
                write.store == Store::Vault && write.key == key::SYNC && write.value.is_some()
            });
        let leaves = commit.writes.iter().any(|write| {
            write.store == Store::Vault && write.key == key::SYNC && write.value.is_none()
        });
        let mut bases = Vec::new();
        if in_account && !leaves {
            for write in commit
                .writes
                .iter()
                .filter(|write| write.store == Store::Items)
            {
                let named = has(Store::Bases, &write.key)
                    || commit
                        .writes
                        .iter()
                        .any(|other| other.store == Store::Bases && other.key == write.key);
                if !named {
                    let row = self.get(Store::Items, &write.key).unwrap_or_default();
                    bases.push((write.key.clone(), row.to_vec()));
                }
            }
        }
        if leaves {
            self.0.retain(|(store, _), _| *store != Store::Bases);
        }
        for (key, row) in bases {
            self.0.insert((Store::Bases, key), row);
        }
        for write in commit.writes {
            let place = (write.store, write.key);
            match write.value {
                Some(value) => drop(self.0.insert(place, value)),
                None => drop(self.0.remove(&place)),
            }
        }
    }

    /// One value.
    #[must_use]
    pub fn get(&self, store: Store, key: &str) -> Option<&[u8]> {
        self.0.get(&(store, key.to_owned())).map(Vec::as_slice)
    }

    /// A whole store.
    #[must_use]
    pub fn all(&self, store: Store) -> BTreeMap<String, Vec<u8>> {
        self.0
            .iter()
            .filter(|((place, _), _)| *place == store)
            .map(|((_, key), value)| (key.clone(), value.clone()))
            .collect()
    }

    /// A store of rows.
    #[must_use]
    pub fn rows(&self, store: Store) -> Rows {
        self.all(store)
            .into_iter()
            .filter_map(|(key, row)| Some((ItemId::parse_hex(&key)?, row)))
            .collect()
    }

    /// Some of the stored items.
    #[must_use]
    pub fn items(&self, ids: &[ItemId]) -> Rows {
        ids.iter()
            .filter_map(|id| Some((*id, self.get(Store::Items, &id.to_string())?.to_vec())))
            .collect()
    }
}
