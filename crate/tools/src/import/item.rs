//! An item as the vault's editor takes it (`ItemEdit` in extension/shared/api.ts), and what reading
//! adds to it step by step.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Reason;

/// What an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A sign-in.
    #[default]
    Login,
    /// A payment card.
    Card,
    /// A person's details.
    Identity,
    /// A secure note.
    Note,
}

/// How an address is compared with a page's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchMode {
    /// Registrable domain.
    Site,
    /// Host and port: what a new website gets (S-66).
    #[default]
    Host,
    /// The whole address.
    Exact,
    /// The address begins so.
    StartsWith,
    /// Regular expression.
    Regex,
    /// Not at all.
    Never,
}

/// An address of an item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Website {
    /// With its scheme.
    pub url: String,
    /// How it is compared.
    #[serde(rename = "match")]
    pub mode: MatchMode,
}

/// What a custom field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// Text that may be seen.
    Text,
    /// Text that is hidden at first.
    Hidden,
    /// "true" or "false".
    Boolean,
}

/// A field of a person's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct CustomField {
    /// Its label.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The content.
    pub value: String,
}

/// An item to be added to a vault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Item {
    /// Empty: it is new.
    #[serde(skip_deserializing)]
    pub id: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Its name, never empty.
    pub name: String,
    /// User name or e-mail address.
    pub username: String,
    /// Password.
    pub password: String,
    /// Where it belongs.
    pub websites: Vec<Website>,
    /// `otpauth://` URI or base32 secret.
    pub totp: String,
    /// Free text.
    pub notes: String,
    /// Fields of the person's own.
    pub custom: Vec<CustomField>,
    /// Fields of cards and identities by key.
    pub fields: BTreeMap<String, String>,
    /// Labels; folders become labels too.
    pub tags: Vec<String>,
    /// Pinned to the top.
    pub favourite: bool,
}

/// An item while it is being read, with what has to be said about it.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) item: Item,
    pub(super) remarks: Vec<Reason>,
}

impl Draft {
    pub(super) fn remark(&mut self, reason: Reason) {
        if !self.remarks.contains(&reason) {
            self.remarks.push(reason);
        }
    }

    /// An address as it stands in the file. Anything that is no web address is kept as a field.
    pub(super) fn address(&mut self, raw: &str, mode: MatchMode) {
        let raw = raw.trim();
        if raw.is_empty() || matches!(raw, "http://" | "https://") {
            return;
        }
        let url = if mode == MatchMode::Regex {
            Some(raw.to_owned())
        } else {
            web_address(raw)
        };
        match url {
            Some(url) => {
                if !self.item.websites.iter().any(|known| known.url == url) {
                    self.item.websites.push(Website { url, mode });
                }
            }
            None => {
                self.remark(Reason::OddAddress);
                self.custom("Address", FieldKind::Text, raw);
            }
        }
    }

    /// A secret for one-time codes as it stands in the file.
    pub(super) fn code(&mut self, raw: &str) {
        let raw = raw.trim();
        if raw.is_empty() {
            return;
        }
        if self.item.totp.is_empty()
            && let Some(totp) = one_time_code(raw)
        {
            self.item.totp = totp;
        } else {
            self.remark(Reason::OddCode);
            self.custom("One-time code", FieldKind::Hidden, raw);
        }
    }

    /// Nothing happens for an empty value: other managers export many of these.
    pub(super) fn custom(&mut self, name: &str, kind: FieldKind, value: &str) {
        if !value.trim().is_empty() {
            self.item.custom.push(CustomField {
                name: name.trim().to_owned(),
                kind,
                value: value.to_owned(),
            });
        }
    }

    pub(super) fn field(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.item.fields.insert(key.to_owned(), value.to_owned());
        }
    }

    /// The first fills the user name; another one is kept as a field.
    pub(super) fn username(&mut self, label: &str, value: &str) {
        if self.item.username.is_empty() {
            self.item.username = value.trim().to_owned();
        } else if self.item.username != value.trim() {
            self.custom(label, FieldKind::Text, value);
        }
    }

    pub(super) fn notes(&mut self, text: &str) {
        let text = text.trim_end();
        if !text.is_empty() {
            if !self.item.notes.is_empty() {
                self.item.notes.push_str("\n\n");
            }
            self.item.notes.push_str(text);
        }
    }

    pub(super) fn tag(&mut self, tag: &str) {
        let tag = tag.trim().trim_matches('/');
        if !tag.is_empty() && !self.item.tags.iter().any(|known| known == tag) {
            self.item.tags.push(tag.to_owned());
        }
    }
}

/// The address with its scheme, if it is one of the web. A bare host becomes https; one of this
/// machine http.
fn web_address(raw: &str) -> Option<String> {
    if raw
        .chars()
        .any(|character| character.is_whitespace() || character.is_control())
    {
        return None;
    }
    let host_of = |rest: &str| {
        rest.split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    if let Some((scheme, rest)) = raw.split_once("://") {
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        return (web && !host_of(rest).is_empty()).then(|| raw.to_owned());
    }
    let authority = host_of(raw);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.ends_with(']') => (host, port),
        _ => (authority.as_str(), ""),
    };
    let here =
        host.eq_ignore_ascii_case("localhost") || host == "[::1]" || host.starts_with("127.");
    let plausible =
        here || (host.contains('.') && !host.starts_with('.') && !host.contains(['@', ':']));
    (plausible && port.chars().all(|digit| digit.is_ascii_digit()))
        .then(|| format!("{}://{raw}", if here { "http" } else { "https" }))
}

/// The secret in one of the forms that the vault takes.
fn one_time_code(raw: &str) -> Option<String> {
    const SHORTEST_SECRET: usize = 8;
    let lower = raw.to_ascii_lowercase();
    if lower.starts_with("otpauth://") {
        let usual = lower.starts_with("otpauth://totp/")
            && lower.contains("secret=")
            && !lower.contains("encoder=steam");
        return usual.then(|| raw.to_owned());
    }
    // KeePass's older plug-in writes key=SECRET&step=30&size=6.
    if lower.starts_with("key=") {
        let mut uri = String::from("otpauth://totp/?");
        for (name, value) in raw.split('&').filter_map(|part| part.split_once('=')) {
            match name.to_ascii_lowercase().as_str() {
                "key" => uri.push_str(&format!("secret={}", one_time_code(value)?)),
                "step" => uri.push_str(&format!("&period={value}")),
                "size" => uri.push_str(&format!("&digits={value}")),
                _ => {}
            }
        }
        return Some(uri);
    }
    let secret: String = raw
        .chars()
        .filter(|character| !matches!(character, ' ' | '-'))
        .collect();
    let secret = secret.trim_end_matches('=').to_ascii_uppercase();
    let base32 = secret
        .chars()
        .all(|letter| matches!(letter, 'A'..='Z' | '2'..='7'));
    (base32 && secret.len() >= SHORTEST_SECRET).then_some(secret)
}
