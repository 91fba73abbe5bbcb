//! Items: what a person keeps, and its one encoding (security.md 2.4).
//!
//! An item is a map in deterministic CBOR with small integer keys. Whatever this version doesn't
//! know (keys, kinds, match modes, kinds of custom fields) is kept and written back byte for byte,
//! so that an edit by an older Sesame never loses what a newer one wrote. The id and the revision
//! are repeated inside, so that a row can't be passed off as another.

pub mod cbor;
pub(crate) mod codec;
mod edit;
pub mod limits;

pub use edit::{CustomEdit, ItemEdit, WebsiteEdit, shown_kind, shown_mode};
pub use limits::{Limit, TooLarge};

use cbor::Extra;
use serde::{Deserialize, Serialize};
use sesame_protocol::{DeviceId, ItemId};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type TimeMs = u64;

/// How many replaced secrets an item remembers; the oldest goes first.
pub const HISTORY_LEN: usize = 10;
/// The same after two browsers' changes came together: what each remembers is kept.
pub const HISTORY_MAX: usize = 50;
/// How many values that lost against another browser's an item remembers; the oldest goes first.
pub const OTHERS_MAX: usize = 50;

/// Keys of [`Item::fields`] whose value is a secret: masked in lists and pages, shown on request.
pub const SECRET_FIELDS: [&str; 7] = [
    "cardNumber",
    "securityCode",
    "pin",
    "idNumber",
    "passportNumber",
    "licenceNumber",
    "taxNumber",
];

/// An item in full, secrets included; wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(test, derive(PartialEq))]
pub struct Item {
    /// 16 random bytes, made by the client.
    #[zeroize(skip)]
    pub id: ItemId,
    /// Counts the saves of this item, from 1.
    pub rev: u64,
    /// What it is.
    #[zeroize(skip)]
    pub kind: Kind,
    /// The name that lists show.
    pub name: String,
    /// User name of a login.
    pub username: String,
    /// Password of a login.
    pub password: String,
    /// When the password last became another one.
    pub password_changed: Option<TimeMs>,
    /// Where a login belongs.
    pub websites: Vec<Website>,
    /// `otpauth://` URI or bare base32 secret; empty for none.
    pub totp: String,
    /// Free text; the content of a secure note.
    pub notes: String,
    /// Fields that the person added.
    pub custom: Vec<CustomField>,
    /// Card and identity fields as (key, value), sorted by key.
    pub fields: Vec<(String, String)>,
    /// In the person's order.
    pub tags: Vec<String>,
    /// Listed first.
    pub favourite: bool,
    /// When it was made.
    pub created: TimeMs,
    /// When it was last saved.
    pub modified: TimeMs,
    /// Which browser saved it last.
    #[zeroize(skip)]
    pub device: DeviceId,
    /// Replaced passwords, newest first: [`HISTORY_LEN`], or up to [`HISTORY_MAX`] after a merge.
    pub history: Vec<OldSecret>,
    /// When it was moved to the bin.
    pub deleted: Option<TimeMs>,
    /// Values that lost against another browser's, newest first, at most [`OTHERS_MAX`].
    pub others: Vec<OtherValue>,
    /// What a newer version wrote.
    pub extra: Extra,
}

/// What an item is. Kinds of a newer version are kept by their name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// User name and password of a website.
    Login,
    /// A payment card.
    Card,
    /// A person's details.
    Identity,
    /// Text.
    Note,
    /// A kind of a newer version.
    Other(String),
}

/// One of a login's websites.
#[derive(Clone, Default, PartialEq, Eq, Zeroize)]
pub struct Website {
    /// Canonical address, or a regular expression with [`MatchMode::Regex`].
    pub url: String,
    /// Which pages it stands for.
    #[zeroize(skip)]
    pub mode: MatchMode,
    /// What a newer version wrote.
    pub extra: Extra,
}

/// Which pages a website entry stands for; the rules are in [`crate::origin`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchMode {
    /// Every host of the registrable domain.
    Site,
    /// This host and port only; the default (S-66).
    #[default]
    Host,
    /// This very address.
    Exact,
    /// Addresses on this host that begin so.
    StartsWith,
    /// Addresses that a regular expression describes.
    Regex,
    /// No page, and not this host even if another entry matches it.
    Never,
    /// A mode of a newer version; matches nothing here.
    #[serde(untagged)]
    Other(String),
}

/// A field that the person added.
#[derive(Clone, Default, PartialEq, Eq, Zeroize)]
pub struct CustomField {
    /// Its label.
    pub name: String,
    /// How it is shown.
    #[zeroize(skip)]
    pub kind: CustomKind,
    /// Its value; `"true"` or `"false"` for a boolean.
    pub value: String,
    /// What a newer version wrote.
    pub extra: Extra,
}

/// How a custom field is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomKind {
    /// Shown as it is.
    #[default]
    Text,
    /// Masked.
    Hidden,
    /// A tick box.
    Boolean,
    /// A kind of a newer version; masked, because it may be a secret.
    #[serde(untagged)]
    Other(String),
}

/// A password that was replaced.
#[derive(Clone, Default, PartialEq, Eq, Zeroize)]
pub struct OldSecret {
    /// The password.
    pub value: String,
    /// When another took its place.
    pub replaced: TimeMs,
    /// What a newer version wrote.
    pub extra: Extra,
}

/// A value that somebody saved and that is not the item's, because another browser's change of the
/// same field was saved later (S-33).
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub struct OtherValue {
    /// Which field: `name`, `username`, `totp`, `notes`, `kind`, `websites`, `custom:<name>`,
    /// `field:<key>`.
    pub field: String,
    /// The value.
    pub value: String,
    /// When it was saved.
    pub at: TimeMs,
    /// Which browser saved it.
    #[zeroize(skip)]
    pub device: DeviceId,
    /// What a newer version wrote.
    pub extra: Extra,
}

impl Item {
    /// A new, empty item, at revision 1.
    #[must_use]
    pub fn new(id: ItemId, kind: Kind, now: TimeMs, device: DeviceId) -> Self {
        Self {
            id,
            rev: 1,
            kind,
            name: String::new(),
            username: String::new(),
            password: String::new(),
            password_changed: None,
            websites: Vec::new(),
            totp: String::new(),
            notes: String::new(),
            custom: Vec::new(),
            fields: Vec::new(),
            tags: Vec::new(),
            favourite: false,
            created: now,
            modified: now,
            device,
            history: Vec::new(),
            deleted: None,
            others: Vec::new(),
            extra: Extra::default(),
        }
    }

    /// A card or identity field's value; empty if there is none.
    #[must_use]
    pub fn field(&self, key: &str) -> &str {
        self.fields
            .iter()
            .find(|(k, _)| k == key)
            .map_or("", |(_, value)| value)
    }

    /// Whether lists may show a field of this key.
    #[must_use]
    pub fn is_secret_field(key: &str) -> bool {
        SECRET_FIELDS.contains(&key)
    }
}

impl Kind {
    /// The name in the encoding.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Login => "login",
            Self::Card => "card",
            Self::Identity => "identity",
            Self::Note => "note",
            Self::Other(name) => name,
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "login" => Self::Login,
            "card" => Self::Card,
            "identity" => Self::Identity,
            "note" => Self::Note,
            other => Self::Other(other.to_owned()),
        }
    }

    /// As pages that know four kinds show it: a newer kind as a note.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Other(_) => "note",
            known => known.name(),
        }
    }
}

impl MatchMode {
    /// The name in the encoding and on the boundary.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Site => "site",
            Self::Host => "host",
            Self::Exact => "exact",
            Self::StartsWith => "starts-with",
            Self::Regex => "regex",
            Self::Never => "never",
            Self::Other(name) => name,
        }
    }

    /// The mode of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "site" => Self::Site,
            "host" => Self::Host,
            "exact" => Self::Exact,
            "starts-with" => Self::StartsWith,
            "regex" => Self::Regex,
            "never" => Self::Never,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl CustomKind {
    /// The name in the encoding and on the boundary.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Text => "text",
            Self::Hidden => "hidden",
            Self::Boolean => "boolean",
            Self::Other(name) => name,
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "text" => Self::Text,
            "hidden" => Self::Hidden,
            "boolean" => Self::Boolean,
            other => Self::Other(other.to_owned()),
        }
    }
}

// No value of a person's in Debug: item contents must not reach a log by accident.
impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item")
            .field("rev", &self.rev)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
