//! An item as its editor holds it, and what saving it changes.

use super::{
    CustomField, CustomKind, HISTORY_LEN, HISTORY_MAX, Item, Kind, MatchMode, OldSecret, TimeMs,
    Website,
};
use crate::order::map_of;
use crate::origin::normalise_address;
use serde::{Deserialize, Serialize};
use sesame_protocol::DeviceId;
use std::collections::BTreeMap;
use zeroize::Zeroize;

/// An item as its editor, an import and an export hold it (`ItemEdit` of the extension's calls).
/// Secrets included; wiped when dropped.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemEdit {
    /// 32 hex digits; empty for a new item.
    pub id: String,
    /// `login`, `card`, `identity` or `note`.
    pub kind: String,
    /// The name that lists show.
    pub name: String,
    /// User name of a login.
    pub username: String,
    /// Password of a login.
    pub password: String,
    /// Where a login belongs.
    pub websites: Vec<WebsiteEdit>,
    /// `otpauth://` URI or bare base32 secret; empty for none.
    pub totp: String,
    /// Free text.
    pub notes: String,
    /// Fields that the person added.
    pub custom: Vec<CustomEdit>,
    /// Card and identity fields by key.
    pub fields: BTreeMap<String, String>,
    /// In the person's order.
    pub tags: Vec<String>,
    /// Listed first.
    pub favourite: bool,
}

/// A website as the editor holds it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct WebsiteEdit {
    /// As typed.
    pub url: String,
    /// The mode's name.
    #[serde(rename = "match")]
    pub mode: String,
}

/// A custom field as the editor holds it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct CustomEdit {
    /// Its label.
    pub name: String,
    /// `text`, `hidden` or `boolean`.
    pub kind: String,
    /// Its value.
    pub value: String,
}

impl Drop for ItemEdit {
    fn drop(&mut self) {
        for text in [
            &mut self.username,
            &mut self.password,
            &mut self.totp,
            &mut self.notes,
        ] {
            text.zeroize();
        }
        self.custom
            .iter_mut()
            .for_each(|field| field.value.zeroize());
        self.fields.values_mut().for_each(Zeroize::zeroize);
    }
}

impl Item {
    /// The editor's view of this item.
    #[must_use]
    pub fn to_edit(&self) -> ItemEdit {
        ItemEdit {
            id: self.id.to_string(),
            kind: self.kind.shown().to_owned(),
            name: self.name.clone(),
            username: self.username.clone(),
            password: self.password.clone(),
            websites: self
                .websites
                .iter()
                .map(|site| WebsiteEdit {
                    url: site.url.clone(),
                    mode: shown_mode(&site.mode).to_owned(),
                })
                .collect(),
            totp: self.totp.clone(),
            notes: self.notes.clone(),
            custom: self
                .custom
                .iter()
                .map(|field| CustomEdit {
                    name: field.name.clone(),
                    kind: shown_kind(&field.kind).to_owned(),
                    value: field.value.clone(),
                })
                .collect(),
            fields: map_of(self.fields.iter().cloned()),
            tags: self.tags.clone(),
            favourite: self.favourite,
        }
    }

    /// Takes over what the editor holds. A replaced password goes into the history; what a newer
    /// version wrote stays. Id, revision and bin are not the editor's.
    pub fn apply(&mut self, edit: &ItemEdit, now: TimeMs, device: DeviceId) {
        if self.kind.shown() != edit.kind {
            self.kind = Kind::from_name(&edit.kind);
        }
        self.name = edit.name.trim().to_owned();
        self.username = edit.username.clone();
        self.set_password(&edit.password, now);
        self.websites = self.merged_websites(edit);
        self.totp = edit.totp.trim().to_owned();
        self.notes = edit.notes.clone();
        self.custom = self.merged_custom(edit);
        self.fields = edit
            .fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        self.tags = clean_tags(&edit.tags);
        self.favourite = edit.favourite;
        self.modified = now;
        self.device = device;
    }

    fn set_password(&mut self, password: &str, now: TimeMs) {
        if self.password == password {
            return;
        }
        let old = std::mem::replace(&mut self.password, password.to_owned());
        self.password_changed = Some(now);
        self.remember(old, now);
    }

    /// Puts a replaced password into the history (none that is empty).
    pub fn remember(&mut self, value: String, now: TimeMs) {
        if !value.is_empty() {
            // What a merge kept beyond the usual number does not go all at once.
            let keep = self.history.len().clamp(HISTORY_LEN, HISTORY_MAX);
            self.history.insert(
                0,
                OldSecret {
                    value,
                    replaced: now,
                    ..OldSecret::default()
                },
            );
            self.history.truncate(keep);
        }
    }

    fn merged_websites(&self, edit: &ItemEdit) -> Vec<Website> {
        let mut old = self.websites.clone();
        let mut merged = Vec::new();
        for site in &edit.websites {
            let mode = MatchMode::from_name(&site.mode);
            let typed = site.url.trim();
            if typed.is_empty() {
                continue;
            }
            // A pattern is not an address: it stays as typed.
            let url = match mode {
                MatchMode::Regex => typed.to_owned(),
                _ => normalise_address(typed),
            };
            let before = old
                .iter()
                .position(|o| o.url == url)
                .map(|at| old.swap_remove(at));
            merged.push(match before {
                Some(mut same) => {
                    if shown_mode(&same.mode) != site.mode {
                        same.mode = mode;
                    }
                    same
                }
                None => Website {
                    url,
                    mode,
                    ..Website::default()
                },
            });
        }
        merged
    }

    fn merged_custom(&self, edit: &ItemEdit) -> Vec<CustomField> {
        let mut old = self.custom.clone();
        let mut merged = Vec::new();
        for field in &edit.custom {
            let kind = CustomKind::from_name(&field.kind);
            let at = old.iter().position(|o| o.name == field.name);
            let mut same = at.map(|at| old.remove(at)).unwrap_or_default();
            if same.name != field.name || shown_kind(&same.kind) != field.kind {
                same.kind = kind;
            }
            same.name.clone_from(&field.name);
            same.value.clone_from(&field.value);
            merged.push(same);
        }
        merged
    }
}

/// A mode of a newer version matches nothing here, so that is what the editor shows.
#[must_use]
pub fn shown_mode(mode: &MatchMode) -> &str {
    match mode {
        MatchMode::Other(_) => MatchMode::Never.name(),
        known => known.name(),
    }
}

/// A kind of a newer version may be a secret, so it is shown as one.
#[must_use]
pub fn shown_kind(kind: &CustomKind) -> &str {
    match kind {
        CustomKind::Other(_) => CustomKind::Hidden.name(),
        known => known.name(),
    }
}

fn clean_tags(tags: &[String]) -> Vec<String> {
    let mut clean: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| tag.trim()) {
        if !tag.is_empty() && !clean.iter().any(|known| known == tag) {
            clean.push(tag.to_owned());
        }
    }
    clean
}
