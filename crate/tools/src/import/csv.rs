//! Tables: a line of headings, then a line for each item.

use csv::{ReaderBuilder, StringRecord};
use serde::Deserialize;

use super::collect::Collector;
use super::columns::{Column, format, meaning, plain};
use super::item::{Draft, FieldKind, Kind, MatchMode};
use super::{Format, Reason, cards};
use crate::ImportError;

/// The keys of `ItemEdit.fields` (extension/shared/api.ts).
const FIELD_KEYS: [&str; 22] = [
    "cardholder",
    "cardNumber",
    "expiryMonth",
    "expiryYear",
    "securityCode",
    "pin",
    "title",
    "givenName",
    "familyName",
    "birthday",
    "email",
    "phone",
    "organisation",
    "street",
    "city",
    "region",
    "postalCode",
    "country",
    "idNumber",
    "passportNumber",
    "licenceNumber",
    "taxNumber",
];

pub(super) fn read(text: &str, found: &mut Collector) -> Result<Format, ImportError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let headings = records
        .next()
        .ok_or(ImportError::Empty)?
        .map_err(|_| ImportError::NotRecognised)?;
    let plain: Vec<String> = headings.iter().map(plain).collect();
    let format = format(&plain).ok_or(ImportError::NotRecognised)?;
    let columns: Vec<(Column, &str)> = plain
        .iter()
        .map(|heading| meaning(heading, &plain))
        .zip(headings.iter())
        .collect();

    for record in records {
        // The text is UTF-8 and any number of columns is taken: nothing is left that could fail.
        let record = record.map_err(|_| ImportError::Damaged)?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() > columns.len()
            && record
                .iter()
                .skip(columns.len())
                .any(|value| !value.is_empty())
        {
            found.problem(line, Reason::Unreadable);
        } else if let Some(draft) = row(&columns, &record, format)
            && !found.add(line, draft)
        {
            break;
        }
    }
    Ok(format)
}

/// The one of `,` `;` and tab that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |wanted: u8| first.bytes().filter(|byte| *byte == wanted).count();
    [b';', b'\t'].into_iter().fold(b',', |best, other| {
        if count(other) > count(best) {
            other
        } else {
            best
        }
    })
}

/// Sesame's export puts an apostrophe before what a spreadsheet would take for a formula (S-109).
fn without_guard(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => rest,
        _ => value,
    }
}

/// Nothing for rows that are no items.
fn row(columns: &[(Column, &str)], record: &StringRecord, format: Format) -> Option<Draft> {
    let mut draft = Draft::default();
    let mut emails = Vec::new();
    let mut note_type = false;
    for ((column, heading), value) in columns.iter().zip(record) {
        let value = match format {
            Format::SesameCsv => without_guard(value),
            _ => value,
        };
        let trimmed = value.trim();
        if trimmed.is_empty() {
            continue;
        }
        match column {
            Column::Name => trimmed.clone_into(&mut draft.item.name),
            Column::Username => draft.username(heading, value),
            Column::Email => emails.push((*heading, trimmed)),
            // Spaces may belong to a password.
            Column::Password => value.clone_into(&mut draft.item.password),
            // LastPass marks its notes so.
            Column::Address if trimmed == "http://sn" => note_type = true,
            // Bitwarden puts all addresses of an item into one cell.
            Column::Address if format == Format::BitwardenCsv => {
                trimmed
                    .split(',')
                    .for_each(|url| draft.address(url, MatchMode::default()));
            }
            // So does Sesame, by lines.
            Column::Address if format == Format::SesameCsv => {
                trimmed
                    .lines()
                    .for_each(|url| draft.address(url, MatchMode::default()));
            }
            Column::Address => draft.address(trimmed, MatchMode::default()),
            Column::Addresses => addresses(&mut draft, trimmed),
            Column::Code => draft.code(trimmed),
            Column::Notes => draft.notes(value),
            Column::Folder => draft.tag(&trimmed.replace('\\', "/")),
            Column::Tags => trimmed.split([',', ';']).for_each(|tag| draft.tag(tag)),
            Column::Favourite => {
                draft.item.favourite =
                    ["1", "true", "yes", "y"].contains(&trimmed.to_ascii_lowercase().as_str());
            }
            Column::Kind => match plain(trimmed).as_str() {
                "login" | "password" => {}
                "note" | "securenote" => note_type = true,
                "card" | "creditcard" => draft.item.kind = Kind::Card,
                "identity" | "personalinfo" => draft.item.kind = Kind::Identity,
                "folder" => return None,
                _ => draft.custom(heading, FieldKind::Text, value),
            },
            Column::FieldLines => field_lines(&mut draft, value),
            Column::FieldList => field_list(&mut draft, value),
            Column::FullName => cards::full_name(&mut draft, trimmed),
            Column::Expiry => cards::expiry(&mut draft, trimmed),
            Column::Field(key) => draft.field(key, trimmed),
            Column::Ignored => {}
            Column::Other => draft.custom(heading, FieldKind::Text, value),
        }
    }
    for (heading, email) in emails {
        if draft.item.kind == Kind::Identity {
            draft.field("email", email);
        } else {
            draft.username(heading, email);
        }
    }
    if note_type {
        note(&mut draft);
    } else if draft.item.kind == Kind::Login {
        settle_kind(&mut draft);
    }
    Some(draft)
}

/// Tables with columns for cards and identities do not always say what a row is.
fn settle_kind(draft: &mut Draft) {
    let item = &mut draft.item;
    let has = |key: &str| item.fields.contains_key(key);
    if has("cardNumber") {
        item.kind = Kind::Card;
    } else if item.password.is_empty()
        && item.username.is_empty()
        && item.websites.is_empty()
        && item.totp.is_empty()
    {
        if has("givenName") || has("street") {
            item.kind = Kind::Identity;
        } else if !item.notes.is_empty() {
            item.kind = Kind::Note;
        }
    }
}

/// LastPass writes cards as notes with lines `Label:value`; other notes stay as they are.
fn note(draft: &mut Draft) {
    draft.item.kind = Kind::Note;
    if !draft.item.notes.starts_with("NoteType:Credit Card") {
        return;
    }
    draft.item.kind = Kind::Card;
    let text = std::mem::take(&mut draft.item.notes);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((label, value)) = line.split_once(':') else {
            continue;
        };
        match label {
            "Name on Card" => draft.field("cardholder", value),
            "Number" => draft.field("cardNumber", value),
            "Security Code" => draft.field("securityCode", value),
            "Expiration Date" => cards::expiry(draft, value),
            "NoteType" | "Language" => {}
            // The last one, which may go on over several lines.
            "Notes" => {
                let rest: Vec<&str> = std::iter::once(value).chain(lines.by_ref()).collect();
                draft.notes(&rest.join("\n"));
            }
            // An empty date is written as a comma.
            _ if value.trim() == "," => {}
            _ => draft.custom(label, FieldKind::Text, value),
        }
    }
}

fn addresses(draft: &mut Draft, value: &str) {
    match serde_json::from_str::<Vec<String>>(value) {
        Ok(urls) => urls
            .iter()
            .for_each(|url| draft.address(url, MatchMode::default())),
        Err(_) => value
            .split([',', '\n'])
            .for_each(|url| draft.address(url, MatchMode::default())),
    }
}

/// Lines `name: value`. Sesame's own hold the fields of cards and identities too, by key.
fn field_lines(draft: &mut Draft, value: &str) {
    let keyed = matches!(draft.item.kind, Kind::Card | Kind::Identity);
    for line in value.lines() {
        match line.split_once(": ") {
            Some((key, value)) if keyed && FIELD_KEYS.contains(&key) => draft.field(key, value),
            Some((name, value)) => draft.custom(name, FieldKind::Text, value),
            None => draft.custom("", FieldKind::Text, line),
        }
    }
}

#[derive(Deserialize)]
struct ListedField {
    #[serde(default)]
    label: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    value: String,
}

fn field_list(draft: &mut Draft, value: &str) {
    match serde_json::from_str::<Vec<ListedField>>(value) {
        Ok(list) => {
            for ListedField { label, kind, value } in list {
                let kind = if kind == "hidden" {
                    FieldKind::Hidden
                } else {
                    FieldKind::Text
                };
                draft.custom(&label, kind, &value);
            }
        }
        Err(_) => draft.custom("Fields", FieldKind::Text, value),
    }
}
