//! Bitwarden's unencrypted JSON (also Vaultwarden's).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::collect::Collector;
use super::item::{Draft, FieldKind, Kind, MatchMode};
use super::{Reason, cards};
use crate::ImportError;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    encrypted: bool,
    #[serde(default)]
    folders: Vec<Named>,
    #[serde(default)]
    collections: Vec<Named>,
    /// Read one by one, so that an odd one does not spoil the rest.
    items: Vec<Value>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(rename = "type")]
    kind: u32,
    name: Option<String>,
    notes: Option<String>,
    #[serde(default)]
    favorite: bool,
    folder_id: Option<String>,
    collection_ids: Option<Vec<String>>,
    deleted_date: Option<String>,
    fields: Option<Vec<Field>>,
    login: Option<Login>,
    card: Option<HashMap<String, Value>>,
    identity: Option<HashMap<String, Value>>,
    ssh_key: Option<HashMap<String, Value>>,
    attachments: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Field {
    name: Option<String>,
    value: Option<String>,
    #[serde(rename = "type", default)]
    kind: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    uris: Option<Vec<Uri>>,
    username: Option<String>,
    password: Option<String>,
    totp: Option<String>,
    fido2_credentials: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Uri {
    #[serde(rename = "match")]
    mode: Option<u32>,
    uri: Option<String>,
}

pub(super) fn read(text: &str, found: &mut Collector) -> Result<(), ImportError> {
    let value: Value = serde_json::from_str(text).map_err(|_| ImportError::Damaged)?;
    if value.get("encrypted").and_then(Value::as_bool) == Some(true) {
        return Err(ImportError::Encrypted);
    }
    let file: File = serde_json::from_value(value).map_err(|_| ImportError::NotRecognised)?;
    if file.encrypted {
        return Err(ImportError::Encrypted);
    }
    let folders: HashMap<String, String> = file
        .folders
        .into_iter()
        .chain(file.collections)
        .filter_map(|folder| Some((folder.id, folder.name?)))
        .collect();
    for (number, value) in (1..).zip(file.items) {
        match serde_json::from_value::<Entry>(value) {
            Ok(entry) if entry.deleted_date.is_some() => found.problem(number, Reason::Deleted),
            Ok(entry) => {
                if !found.add(number, draft(entry, &folders)) {
                    break;
                }
            }
            Err(_) => found.problem(number, Reason::Unreadable),
        }
    }
    Ok(())
}

fn draft(entry: Entry, folders: &HashMap<String, String>) -> Draft {
    let mut draft = Draft::default();
    draft.item.name = entry.name.unwrap_or_default();
    draft.item.favourite = entry.favorite;
    draft.notes(&entry.notes.unwrap_or_default());
    for id in entry
        .folder_id
        .iter()
        .chain(entry.collection_ids.iter().flatten())
    {
        if let Some(folder) = folders.get(id) {
            draft.tag(folder);
        }
    }
    match entry.kind {
        1 => {}
        2 => draft.item.kind = Kind::Note,
        3 => draft.item.kind = Kind::Card,
        4 => draft.item.kind = Kind::Identity,
        _ => {
            draft.item.kind = Kind::Note;
            draft.remark(Reason::OtherKind);
        }
    }
    if let Some(login) = entry.login {
        self::login(&mut draft, login);
    }
    for (name, value) in entry
        .card
        .iter()
        .flatten()
        .chain(entry.identity.iter().flatten())
    {
        detail(&mut draft, name, value.as_str().unwrap_or_default());
    }
    for (name, value) in entry.ssh_key.iter().flatten() {
        let kind = if name == "privateKey" {
            FieldKind::Hidden
        } else {
            FieldKind::Text
        };
        draft.custom(name, kind, value.as_str().unwrap_or_default());
    }
    join_expiry(&mut draft);
    for field in entry.fields.into_iter().flatten() {
        let kind = match field.kind {
            1 => FieldKind::Hidden,
            2 => FieldKind::Boolean,
            _ => FieldKind::Text,
        };
        draft.custom(
            &field.name.unwrap_or_default(),
            kind,
            &field.value.unwrap_or_default(),
        );
    }
    if entry.attachments.is_some_and(|files| !files.is_empty()) {
        draft.remark(Reason::Attachment);
    }
    draft
}

fn login(draft: &mut Draft, login: Login) {
    for uri in login.uris.into_iter().flatten() {
        let mode = match uri.mode {
            Some(0) => MatchMode::Site,
            Some(2) => MatchMode::StartsWith,
            Some(3) => MatchMode::Exact,
            Some(4) => MatchMode::Regex,
            Some(5) => MatchMode::Never,
            _ => MatchMode::Host,
        };
        draft.address(&uri.uri.unwrap_or_default(), mode);
    }
    draft.item.username = login.username.unwrap_or_default();
    draft.item.password = login.password.unwrap_or_default();
    draft.code(&login.totp.unwrap_or_default());
    if login
        .fido2_credentials
        .is_some_and(|passkeys| !passkeys.is_empty())
    {
        draft.remark(Reason::Passkey);
    }
}

/// A field of a card or identity, by Bitwarden's name.
fn detail(draft: &mut Draft, name: &str, value: &str) {
    let key = match name {
        "cardholderName" => "cardholder",
        "number" => "cardNumber",
        "expMonth" => "expiryMonth",
        "expYear" => "expiryYear",
        "code" => "securityCode",
        "title" => "title",
        "firstName" => "givenName",
        "lastName" => "familyName",
        "address1" => "street",
        "city" => "city",
        "state" => "region",
        "postalCode" => "postalCode",
        "country" => "country",
        "company" => "organisation",
        "email" => "email",
        "phone" => "phone",
        "ssn" => "idNumber",
        "passportNumber" => "passportNumber",
        "licenseNumber" => "licenceNumber",
        "username" => return draft.item.username.push_str(value),
        // brand, middleName, address2, address3 and what is new.
        _ => return draft.custom(name, FieldKind::Text, value),
    };
    draft.field(key, value);
}

/// The same writing of month and year, wherever a card came from.
fn join_expiry(draft: &mut Draft) {
    let taken = (
        draft.item.fields.remove("expiryMonth"),
        draft.item.fields.remove("expiryYear"),
    );
    if let (Some(month), Some(year)) = &taken {
        cards::expiry(draft, &format!("{month}/{year}"));
    } else if let Some(month) = taken.0 {
        draft.field("expiryMonth", &month);
    } else if let Some(year) = taken.1 {
        draft.field("expiryYear", &year);
    }
}
