//! 1Password's archive (.1pux): a zip with `export.data`, a JSON document.

use std::io::{Cursor, Read as _};

use serde::Deserialize;
use serde_json::{Map, Value};
use zip::ZipArchive;

use super::collect::Collector;
use super::item::{Draft, FieldKind, Kind, MatchMode};
use super::{MAX_FILE_BYTES, Reason, cards};
use crate::ImportError;

#[derive(Deserialize)]
struct File {
    accounts: Vec<Account>,
}
#[derive(Deserialize)]
struct Account {
    #[serde(default)]
    vaults: Vec<Vault>,
}
#[derive(Deserialize)]
struct Vault {
    #[serde(default)]
    attrs: VaultAttributes,
    #[serde(default)]
    items: Vec<Value>,
}
#[derive(Default, Deserialize)]
struct VaultAttributes {
    #[serde(default)]
    name: String,
}
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    fav_index: i64,
    #[serde(default)]
    state: String,
    #[serde(default)]
    category_uuid: String,
    overview: Overview,
    details: Details,
}
#[derive(Deserialize)]
struct Overview {
    #[serde(default)]
    title: String,
    url: Option<String>,
    urls: Option<Vec<Url>>,
    tags: Option<Vec<String>>,
}
#[derive(Deserialize)]
struct Url {
    #[serde(default)]
    url: String,
}
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    login_fields: Option<Vec<LoginField>>,
    notes_plain: Option<String>,
    sections: Option<Vec<Section>>,
    password: Option<String>,
    document_attributes: Option<Value>,
    passkey: Option<Value>,
}
#[derive(Deserialize)]
struct LoginField {
    #[serde(default)]
    value: String,
    name: Option<String>,
    designation: Option<String>,
    #[serde(rename = "fieldType")]
    kind: Option<String>,
}
#[derive(Deserialize)]
struct Section {
    #[serde(default)]
    fields: Vec<Field>,
}
#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    title: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    value: Map<String, Value>,
}

pub(super) fn read(file: &[u8], found: &mut Collector) -> Result<(), ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| ImportError::Damaged)?;
    let data = archive
        .by_name("export.data")
        .map_err(|_| ImportError::NotRecognised)?;
    // S-109: what a zip says about its sizes is not believed; reading stops at the cap.
    let cap = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX);
    let mut text = Vec::new();
    data.take(cap + 1)
        .read_to_end(&mut text)
        .map_err(|_| ImportError::Damaged)?;
    if text.len() > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge);
    }
    let file: File = serde_json::from_slice(&text).map_err(|_| ImportError::Damaged)?;

    let vaults: Vec<Vault> = file
        .accounts
        .into_iter()
        .flat_map(|account| account.vaults)
        .collect();
    // One vault is what most people have; its name would be a tag on everything.
    let several = vaults.len() > 1;
    let mut number = 0;
    for vault in vaults {
        for value in vault.items {
            number += 1;
            match serde_json::from_value::<Entry>(value) {
                Ok(entry) if matches!(entry.state.as_str(), "trashed" | "deleted") => {
                    found.problem(number, Reason::Deleted);
                }
                Ok(entry) => {
                    let mut draft = draft(entry);
                    if several {
                        draft.tag(&vault.attrs.name);
                    }
                    if !found.add(number, draft) {
                        return Ok(());
                    }
                }
                Err(_) => found.problem(number, Reason::Unreadable),
            }
        }
    }
    Ok(())
}

fn draft(entry: Entry) -> Draft {
    let mut draft = Draft::default();
    let Entry {
        overview, details, ..
    } = entry;
    draft.item.name = overview.title;
    draft.item.favourite = entry.fav_index > 0;
    draft.item.kind = match entry.category_uuid.as_str() {
        // Login, password, server, database, router, e-mail account, API credential.
        "001" | "005" | "110" | "102" | "109" | "111" | "112" => Kind::Login,
        "002" => Kind::Card,
        "003" => Kind::Note,
        "004" => Kind::Identity,
        _ => {
            draft.remark(Reason::OtherKind);
            Kind::Note
        }
    };
    for url in overview
        .urls
        .into_iter()
        .flatten()
        .map(|url| url.url)
        .chain(overview.url)
    {
        draft.address(&url, MatchMode::default());
    }
    overview
        .tags
        .iter()
        .flatten()
        .for_each(|tag| draft.tag(tag));
    if entry.state == "archived" {
        draft.tag("Archived");
    }
    for field in details.login_fields.into_iter().flatten() {
        match field.designation.as_deref() {
            Some("username") => draft.item.username = field.value,
            Some("password") => draft.item.password = field.value,
            _ => {
                let hidden = field.kind.as_deref() == Some("P");
                let kind = if hidden {
                    FieldKind::Hidden
                } else {
                    FieldKind::Text
                };
                draft.custom(&field.name.unwrap_or_default(), kind, &field.value);
            }
        }
    }
    if let Some(password) = details.password {
        draft.item.password = password;
    }
    draft.notes(&details.notes_plain.unwrap_or_default());
    for field in details
        .sections
        .into_iter()
        .flatten()
        .flat_map(|section| section.fields)
    {
        self::field(&mut draft, &field);
    }
    if details
        .document_attributes
        .is_some_and(|document| !document.is_null())
    {
        draft.remark(Reason::Attachment);
    }
    if details.passkey.is_some_and(|passkey| !passkey.is_null()) {
        draft.remark(Reason::Passkey);
    }
    draft
}

/// A field of a section: its value is an object with one member, named by its type.
fn field(draft: &mut Draft, field: &Field) {
    let Some((kind, value)) = field.value.iter().next() else {
        return;
    };
    let text = plain(value);
    match (kind.as_str(), field.id.as_str()) {
        ("totp", _) => draft.code(&text),
        ("file", _) => draft.remark(Reason::Attachment),
        ("address", _) => address(draft, value),
        (_, "cardholder") => draft.field("cardholder", &text),
        (_, "ccnum") => draft.field("cardNumber", &text),
        (_, "cvv") => draft.field("securityCode", &text),
        (_, "pin") if draft.item.kind == Kind::Card => draft.field("pin", &text),
        ("monthYear", "expiry") => cards::expiry(draft, &text),
        (_, "firstname") => draft.field("givenName", &text),
        (_, "lastname") => draft.field("familyName", &text),
        (_, "company") => draft.field("organisation", &text),
        (_, "defphone") => draft.field("phone", &text),
        ("email", _) if draft.item.kind == Kind::Identity => draft.field("email", &text),
        (_, "username") if draft.item.kind == Kind::Login => draft.username(&field.title, &text),
        ("concealed", "password")
            if draft.item.kind == Kind::Login && draft.item.password.is_empty() =>
        {
            draft.item.password = text;
        }
        ("url", _) if draft.item.kind == Kind::Login => draft.address(&text, MatchMode::default()),
        ("concealed", _) => draft.custom(&field.title, FieldKind::Hidden, &text),
        _ => draft.custom(&field.title, FieldKind::Text, &text),
    }
}

fn address(draft: &mut Draft, value: &Value) {
    let keys = [
        ("street", "street"),
        ("city", "city"),
        ("state", "region"),
        ("zip", "postalCode"),
        ("country", "country"),
    ];
    for (theirs, ours) in keys {
        if let Some(part) = value.get(theirs).and_then(Value::as_str) {
            draft.field(ours, part);
        }
    }
}

/// A value as text; of an e-mail address, which is an object, the address.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Object(members) => members.get("email_address").map(plain).unwrap_or_default(),
        Value::Null | Value::Array(_) => String::new(),
    }
}
