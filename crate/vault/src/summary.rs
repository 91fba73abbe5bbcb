//! What lists, search and matching need to know of an item, without a secret in it. The index
//! shards keep these, so that unlocking and listing never read an item's row.

use crate::item::{Item, Kind, MatchMode, TimeMs};
use crate::origin::host_of;
use serde::{Deserialize, Serialize};
use sesame_protocol::ItemId;

/// A row of the index.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The item's id.
    pub id: [u8; 16],
    /// The kind's name; newer kinds by theirs.
    pub kind: String,
    /// The name.
    pub name: String,
    /// User name of a login, masked number of a card, full name of an identity.
    pub detail: String,
    /// Host of the first address.
    pub host: String,
    /// Listed first.
    pub favourite: bool,
    /// In the person's order.
    pub tags: Vec<String>,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether there is a one-time-code secret.
    pub has_totp: bool,
    /// When it was last saved.
    pub modified: TimeMs,
    /// When it was moved to the bin.
    pub deleted: Option<TimeMs>,
    /// Where it matches.
    pub sites: Vec<SiteRule>,
}

/// A website entry as matching needs it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRule {
    /// Address or pattern.
    pub url: String,
    /// The mode's number in this cache ([`SiteRule::mode`]).
    mode: u8,
}

/// Modes by their number in the shard; the order is part of the local format.
const MODES: [MatchMode; 6] = [
    MatchMode::Never,
    MatchMode::Site,
    MatchMode::Host,
    MatchMode::Exact,
    MatchMode::StartsWith,
    MatchMode::Regex,
];

impl SiteRule {
    /// A rule; a mode of a newer version becomes "never".
    #[must_use]
    pub fn new(url: String, mode: &MatchMode) -> Self {
        let at = MODES.iter().position(|known| known == mode).unwrap_or(0);
        Self {
            url,
            mode: u8::try_from(at).unwrap_or(0),
        }
    }

    /// Which pages the entry stands for.
    #[must_use]
    pub fn mode(&self) -> &MatchMode {
        MODES
            .get(usize::from(self.mode))
            .unwrap_or(&MatchMode::Never)
    }
}

impl Summary {
    /// The summary of an item.
    #[must_use]
    pub fn of(item: &Item) -> Self {
        Self {
            id: *item.id.as_bytes(),
            kind: item.kind.name().to_owned(),
            name: item.name.clone(),
            detail: detail(item),
            host: item
                .websites
                .first()
                .and_then(|w| host_of(&w.url))
                .unwrap_or_default()
                .to_owned(),
            favourite: item.favourite,
            tags: item.tags.clone(),
            has_password: !item.password.is_empty(),
            has_totp: !item.totp.is_empty(),
            modified: item.modified,
            deleted: item.deleted,
            sites: item
                .websites
                .iter()
                .map(|w| SiteRule::new(w.url.clone(), &w.mode))
                .collect(),
        }
    }

    /// The bytes that the index shard seals. Encoding plain data can't fail; if it ever did, the
    /// shard would hold no summary and a rebuild would make it again.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` for anything else (a rebuild makes it again).
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::take_from_bytes(bytes)
            .ok()
            .filter(|(_, rest)| rest.is_empty())
            .map(|(summary, _)| summary)
    }

    /// The item's id.
    #[must_use]
    pub fn item_id(&self) -> ItemId {
        ItemId::from_bytes(self.id)
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::from_name(&self.kind)
    }
}

/// The second line of a row.
fn detail(item: &Item) -> String {
    match item.kind {
        Kind::Login => item.username.clone(),
        Kind::Card => masked(item.field("cardNumber")),
        Kind::Identity => {
            let names = ["givenName", "middleName", "familyName"].map(|key| item.field(key));
            names
                .into_iter()
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        }
        Kind::Note | Kind::Other(_) => String::new(),
    }
}

/// A card number as lists may show it: its last four digits, and only of a number long enough
/// that four are not most of it.
fn masked(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    match digits.len().checked_sub(4) {
        Some(hidden) if hidden >= 4 => {
            let last: String = digits.iter().skip(hidden).collect();
            format!("\u{2022}\u{2022}\u{2022}\u{2022} {last}")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
