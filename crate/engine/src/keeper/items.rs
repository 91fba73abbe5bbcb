//! One item: showing, editing, revealing, saving, the bin.

use super::{EngineError, EngineResult, Keeper, Open};
use crate::api::{CustomView, HistoryView, ItemView, OtherView, TotpCode, TotpShape, WebsiteView};
use sesame_protocol::ItemId;
use sesame_vault::item::{Item, ItemEdit, Kind, shown_kind, shown_mode};
use sesame_vault::order::map_of;
use sesame_vault::summary::Summary;
use sesame_vault::totp::Totp;
use sesame_vault::{Change, Commit, Env, VaultError};
use zeroize::Zeroizing;

/// A saved item.
pub struct Saved {
    /// What to write.
    pub commit: Commit,
    /// Its id, new or old.
    pub id: ItemId,
}

impl Open {
    /// Opens a stored row; what is inside must say the same id and revision as the row.
    pub(super) fn item(&self, id: &ItemId, row: &[u8]) -> EngineResult<Item> {
        let item = Item::from_cbor(&self.vault.open_row(id, row)?)?;
        let rev = self.vault.entry(id).map_or(0, |entry| entry.rev);
        if item.id == *id && item.rev == rev {
            Ok(item)
        } else {
            Err(VaultError::Damaged.into())
        }
    }

    /// The change that stores an item as its next revision.
    pub(super) fn put(&self, item: &mut Item) -> EngineResult<(Change, Summary)> {
        item.rev = self.vault.next_rev(&item.id);
        item.check_limits()?;
        let summary = Summary::of(item);
        let change = Change::Put {
            id: item.id,
            cbor: item.to_cbor(),
            summary: summary.to_bytes(),
        };
        Ok((change, summary))
    }

    pub(super) fn store(&mut self, mut item: Item, env: &mut Env<'_>) -> EngineResult<Commit> {
        let (change, summary) = self.put(&mut item)?;
        let commit = self.vault.commit_items(vec![change], env)?;
        self.index.put(summary);
        Ok(commit)
    }
}

impl Keeper {
    pub(super) fn item(&self, id: &str, row: &[u8]) -> EngineResult<Item> {
        self.opened()?.item(&item_id(id)?, row)
    }

    /// The item as its page shows it, handed to `show` while it is open.
    ///
    /// # Errors
    /// `NotFound`, `Damaged` if the row isn't the one that the vault names.
    pub fn item_view<T>(
        &self,
        id: &str,
        row: &[u8],
        show: impl FnOnce(&ItemView<'_>) -> T,
    ) -> EngineResult<T> {
        let item = self.item(id, row)?;
        Ok(show(&view(&item)))
    }

    /// The item as its editor holds it.
    ///
    /// # Errors
    /// As [`Self::item_view`].
    pub fn item_edit(&self, id: &str, row: &[u8]) -> EngineResult<ItemEdit> {
        Ok(self.item(id, row)?.to_edit())
    }

    /// One secret of an item: `password`, `totp` (the code of now), `username`, `notes`,
    /// `history:N`, `custom:N`, `other:N`, or a key of its fields.
    ///
    /// # Errors
    /// `NotFound` for what the item doesn't have, and as [`Self::item_view`].
    pub fn reveal(&self, id: &str, row: &[u8], secret: &str) -> EngineResult<Zeroizing<String>> {
        let item = self.item(id, row)?;
        if secret == "totp" {
            return self.code_of(&item).map(|code| Zeroizing::new(code.code));
        }
        stored_secret(&item, secret)
            .map(|value| Zeroizing::new(value.to_owned()))
            .ok_or(EngineError::NotFound)
    }

    /// The item's one-time code.
    ///
    /// # Errors
    /// `NotFound` without a secret, `Invalid` if it is none.
    pub fn totp(&self, id: &str, row: &[u8]) -> EngineResult<TotpCode> {
        self.code_of(&self.item(id, row)?)
    }

    fn code_of(&self, item: &Item) -> EngineResult<TotpCode> {
        if item.totp.is_empty() {
            return Err(EngineError::NotFound);
        }
        let totp = Totp::parse(&item.totp).map_err(|_| EngineError::Invalid)?;
        let now = self.host.now() / 1000;
        let expires = totp.expires(now);
        Ok(TotpCode {
            code: totp.code(now),
            period_seconds: totp.period(),
            expires_at: expires.saturating_mul(1000),
            next: totp.code(expires),
        })
    }

    /// Saves what the editor holds, as a new item or as the next revision of `row`.
    ///
    /// # Errors
    /// `Invalid` (a one-time-code secret that is none, an unknown kind), `TooLarge`, `NotFound`,
    /// `Damaged`. Nothing has changed then.
    pub fn save(&mut self, edit: &ItemEdit, row: Option<&[u8]>) -> EngineResult<Saved> {
        let (open, mut env) = self.parts()?;
        let mut item = match row {
            Some(row) => open.item(&item_id(&edit.id)?, row)?,
            None if edit.id.is_empty() => new_item(open, edit, &mut env)?,
            None => return Err(EngineError::NotFound),
        };
        let totp_before = item.totp.clone();
        item.apply(edit, env.now, open.vault.device());
        // What was stored before may be older than the rule; only new mistakes are refused.
        if !item.totp.is_empty() && item.totp != totp_before && Totp::parse(&item.totp).is_err() {
            return Err(EngineError::Invalid);
        }
        let id = item.id;
        let commit = open.store(item, &mut env)?;
        Ok(Saved { commit, id })
    }

    /// Moves an item to the bin, or back.
    ///
    /// # Errors
    /// `NotFound`, `Damaged`.
    pub fn set_bin(&mut self, id: &str, row: &[u8], in_bin: bool) -> EngineResult<Commit> {
        let (open, mut env) = self.parts()?;
        let mut item = open.item(&item_id(id)?, row)?;
        item.deleted = in_bin.then_some(env.now);
        item.device = open.vault.device();
        open.store(item, &mut env)
    }

    /// Deletes an item; a tombstone stays. Also for an item whose row is damaged.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn delete_forever(&mut self, id: &str) -> EngineResult<Commit> {
        let id = item_id(id)?;
        self.delete(vec![id])
    }

    /// Deletes everything in the bin, in one change.
    ///
    /// # Errors
    /// `Locked`.
    pub fn empty_bin(&mut self) -> EngineResult<Commit> {
        let binned = self
            .opened()?
            .index
            .iter()
            .filter(|row| row.deleted.is_some());
        let ids = binned.map(Summary::item_id).collect();
        self.delete(ids)
    }

    fn delete(&mut self, ids: Vec<ItemId>) -> EngineResult<Commit> {
        let (open, mut env) = self.parts()?;
        if ids.is_empty() {
            return Ok(Commit::default());
        }
        if ids.contains(&open.vault.settings_id()) {
            return Err(EngineError::NotFound);
        }
        let changes = ids.iter().map(|id| Change::Delete { id: *id }).collect();
        let commit = open.vault.commit_items(changes, &mut env)?;
        for id in &ids {
            open.index.remove(id);
        }
        Ok(commit)
    }
}

/// An empty item of the edit's kind, with an id of its own.
pub(super) fn new_item(open: &Open, edit: &ItemEdit, env: &mut Env<'_>) -> EngineResult<Item> {
    let kind = match Kind::from_name(&edit.kind) {
        Kind::Other(_) => return Err(EngineError::Invalid),
        known => known,
    };
    let id = open.vault.new_item_id(env.rng)?;
    Ok(Item::new(id, kind, env.now, open.vault.device()))
}

pub(super) fn item_id(text: &str) -> EngineResult<ItemId> {
    ItemId::parse_hex(text).ok_or(EngineError::NotFound)
}

/// A value as it is stored, by the name that pages know it by.
pub(super) fn stored_secret<'a>(item: &'a Item, secret: &str) -> Option<&'a str> {
    match secret {
        "password" => return Some(&item.password),
        "username" => return Some(&item.username),
        "notes" => return Some(&item.notes),
        _ => {}
    }
    let numbered = |prefix: &str| secret.strip_prefix(prefix)?.parse::<usize>().ok();
    if let Some(n) = numbered("history:") {
        return item.history.get(n).map(|old| old.value.as_str());
    }
    if let Some(n) = numbered("custom:") {
        return item.custom.get(n).map(|field| field.value.as_str());
    }
    if let Some(n) = numbered("other:") {
        return item.others.get(n).map(|other| other.value.as_str());
    }
    let field = item.fields.iter().find(|(key, _)| key == secret);
    field.map(|(_, value)| value.as_str())
}

pub(super) fn view(item: &Item) -> ItemView<'_> {
    let secret_keys: Vec<&str> = item
        .fields
        .iter()
        .map(|(key, _)| key.as_str())
        .filter(|key| Item::is_secret_field(key))
        .collect();
    ItemView {
        id: item.id.to_string(),
        kind: item.kind.shown(),
        name: &item.name,
        username: &item.username,
        has_password: !item.password.is_empty(),
        password_changed_at: item.password_changed,
        websites: item
            .websites
            .iter()
            .map(|site| WebsiteView {
                url: &site.url,
                mode: shown_mode(&site.mode),
            })
            .collect(),
        totp: Totp::parse(&item.totp)
            .ok()
            .filter(|_| !item.totp.is_empty())
            .map(|totp| TotpShape {
                digits: totp.digits(),
                period_seconds: totp.period(),
            }),
        notes: &item.notes,
        custom: item
            .custom
            .iter()
            .map(|field| {
                let kind = shown_kind(&field.kind);
                let value = if kind == "hidden" {
                    ""
                } else {
                    field.value.as_str()
                };
                CustomView {
                    name: &field.name,
                    kind,
                    value,
                }
            })
            .collect(),
        fields: map_of(item.fields.iter().map(|(key, value)| {
            let secret = Item::is_secret_field(key);
            (key.as_str(), if secret { "" } else { value.as_str() })
        })),
        secret_keys,
        tags: &item.tags,
        favourite: item.favourite,
        created_at: item.created,
        modified_at: item.modified,
        deleted_at: item.deleted,
        history: item
            .history
            .iter()
            .enumerate()
            .map(|(index, old)| HistoryView {
                index,
                replaced_at: old.replaced,
            })
            .collect(),
        others: item
            .others
            .iter()
            .enumerate()
            .map(|(index, other)| OtherView {
                index,
                field: &other.field,
                at: other.at,
            })
            .collect(),
    }
}
