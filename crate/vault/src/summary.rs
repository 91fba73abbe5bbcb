//! What lists, search and matching need to know of an item, without a secret in it. The index
//! shards keep these, so that unlocking and listing never read an item's row.

use crate::item::{Item, Kind, MatchMode, TimeMs};
use crate::origin::host_of;
use serde::{Deserialize, Serialize};
use sesame_protocol::ItemId;
use std::fmt;
use std::num::NonZeroU32;

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
    /// Last month of a card. Written after everything else, and only where there is one: the rows
    /// of earlier versions stay what they were.
    #[serde(skip)]
    pub expires: Option<Month>,
}

/// A month, counted from January of the year 0; never that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month(NonZeroU32);

impl Month {
    /// From the two fields of a card as they were typed: "3" and "26", "03" and "2026".
    #[must_use]
    pub fn read(month: &str, year: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (month, year) = (month.trim(), year.trim());
        let century = match year.len() {
            2 => 2000,
            4 => 0,
            _ => return None,
        };
        if !digits(month) || !digits(year) || month.len() > 2 {
            return None;
        }
        let month: u32 = month
            .parse()
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        let year = year.parse::<u32>().ok()?.checked_add(century)?;
        let count = year.checked_mul(12)?.checked_add(month)?.checked_sub(1)?;
        NonZeroU32::new(count).map(Self)
    }
}

impl fmt::Display for Month {
    /// `2026-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months = self.0.get();
        write!(
            f,
            "{:04}-{:02}",
            months / 12,
            (months % 12).saturating_add(1)
        )
    }
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
            expires: expires(item),
        }
    }

    /// The bytes that the index shard seals. Encoding plain data can't fail; if it ever did, the
    /// shard would hold no summary and a rebuild would make it again.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = postcard::to_allocvec(self).unwrap_or_default();
        if let Some(month) = self.expires.filter(|_| !bytes.is_empty()) {
            bytes.extend(postcard::to_allocvec(&month).unwrap_or_default());
        }
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` for anything else (a rebuild makes it again).
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (summary, rest): (Self, _) = postcard::take_from_bytes(bytes).ok()?;
        if rest.is_empty() {
            return Some(summary);
        }
        let (month, rest) = postcard::take_from_bytes(rest).ok()?;
        rest.is_empty().then_some(Self {
            expires: Some(month),
            ..summary
        })
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

/// The last month of a card.
#[must_use]
pub fn expires(item: &Item) -> Option<Month> {
    (item.kind == Kind::Card)
        .then(|| Month::read(item.field("expiryMonth"), item.field("expiryYear")))
        .flatten()
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
