//! A change as data: what to write, all of it in one transaction or none of it.

use sesame_protocol::ItemId;

/// A store of the browser's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Store {
    /// Header, manifest, anchor, local record.
    Vault,
    /// Index shards `00` to `3f`.
    Shards,
    /// Rows, by item id.
    Items,
    /// Sealed drafts, by form name.
    Drafts,
    /// Sealed captures, by their id.
    Captures,
    /// Rows as the account last had them, of every item that was changed here since.
    Bases,
    /// Sealed copies of whole vaults that this browser keeps.
    Sealed,
}

impl Store {
    /// The store's name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vault => "vault",
            Self::Shards => "shards",
            Self::Items => "items",
            Self::Drafts => "drafts",
            Self::Captures => "captures",
            Self::Bases => "bases",
            Self::Sealed => "sealed",
        }
    }
}

/// Keys of [`Store::Vault`].
pub mod key {
    /// The header.
    pub const HEADER: &str = "header";
    /// A second copy of the header, byte for byte the same, for when the first one is damaged.
    pub const HEADER_COPY: &str = "header.previous";
    /// The signed manifest.
    pub const MANIFEST: &str = "manifest";
    /// The sealed anchor.
    pub const ANCHOR: &str = "anchor";
    /// The local record.
    pub const LOCAL: &str = "local";
    /// The public key that captures are sealed for.
    pub const CAPTURE_KEY: &str = "capture.key";
    /// The account that the vault belongs to.
    pub const ACCOUNT: &str = "account";
    /// This device's key and the account's chain, sealed.
    pub const SYNC: &str = "sync";
    /// Remarks made while locked.
    pub const NOTES: &str = "notes";
    /// A recovery code that was shown and not typed back yet, sealed.
    pub const PENDING: &str = "recovery.pending";
}

/// One value to write, or to delete where `value` is `None`.
#[derive(Clone, PartialEq, Eq)]
pub struct Write {
    /// Where.
    pub store: Store,
    /// Under which key.
    pub key: String,
    /// What; public or sealed bytes, never plain secrets.
    pub value: Option<Vec<u8>>,
}

/// Writes that belong together.
#[derive(Clone, Default, PartialEq, Eq)]
#[must_use = "memory is ahead of the disk until this is written"]
pub struct Commit {
    /// In no particular order; no (store, key) twice.
    pub writes: Vec<Write>,
}

impl Commit {
    pub(crate) fn put(&mut self, store: Store, key: impl Into<String>, value: Vec<u8>) {
        self.set(store, key.into(), Some(value));
    }

    pub(crate) fn delete(&mut self, store: Store, key: impl Into<String>) {
        self.set(store, key.into(), None);
    }

    pub(crate) fn put_row(&mut self, id: &ItemId, row: Vec<u8>) {
        self.by_id(Store::Items, id, Some(row));
    }

    /// What the account has of an item that is different here; `Some(empty)` for nothing, `None`
    /// when there is no difference any more.
    pub(crate) fn put_base(&mut self, id: &ItemId, row: Option<Vec<u8>>) {
        self.by_id(Store::Bases, id, row);
    }

    fn by_id(&mut self, store: Store, id: &ItemId, value: Option<Vec<u8>>) {
        // Callers give each id once, so this needs no search through what may be 20,000 rows.
        let key = id.to_string();
        self.writes.push(Write { store, key, value });
    }

    fn set(&mut self, store: Store, key: String, value: Option<Vec<u8>>) {
        self.writes.retain(|write| {
            matches!(write.store, Store::Items | Store::Bases)
                || write.store != store
                || write.key != key
        });
        self.writes.push(Write { store, key, value });
    }

    /// Takes over another commit's writes; where both write one key, the other's wins.
    pub fn extend(&mut self, other: Self) {
        // Of the two one is always short, or the other empty: no set is needed to be quick.
        self.writes.retain(|write| {
            let same = |later: &Write| later.store == write.store && later.key == write.key;
            !other.writes.iter().any(same)
        });
        self.writes.extend(other.writes);
    }
}
