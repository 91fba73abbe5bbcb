//! The readable export: everything outside the bin, for another program or for paper. As strong as
//! the file it is saved to, so it takes a fresh factor (S-117) and a word typed by hand (S-38).

use super::backup::{Rows, person_items};
use super::{EngineError, EngineResult, Keeper};
use sesame_vault::VaultError;
use sesame_vault::item::{Item, ItemEdit, Kind};
use zeroize::Zeroizing;

/// Columns of the CSV, named as other programs' imports expect them.
const COLUMNS: &str = "type,name,url,username,password,totp,notes,favourite,tags,fields\r\n";

impl Keeper {
    /// All readable items as `csv` or `json`. Items that are damaged are left out.
    ///
    /// # Errors
    /// `NotFresh`; `Invalid` for another format; `Damaged` if nothing at all can be read.
    pub fn export_readable(&self, rows: &Rows, format: &str) -> EngineResult<Zeroizing<String>> {
        self.require_fresh()?;
        let items = self.readable(rows)?;
        match format {
            "json" => Ok(Zeroizing::new(serde_json::to_string_pretty(&items)?)),
            "csv" => Ok(csv(&items)),
            _ => Err(EngineError::Invalid),
        }
    }

    fn readable(&self, rows: &Rows) -> EngineResult<Vec<ItemEdit>> {
        let open = self.opened()?;
        let ids = person_items(&open.vault);
        let items: Vec<Item> = ids
            .iter()
            .filter_map(|id| open.item(id, rows.get(id)?).ok())
            .collect();
        if items.is_empty() && !ids.is_empty() {
            return Err(VaultError::Damaged.into());
        }
        let wanted = |item: &&Item| item.deleted.is_none() && !matches!(item.kind, Kind::Other(_));
        Ok(items.iter().filter(wanted).map(Item::to_edit).collect())
    }
}

fn csv(items: &[ItemEdit]) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::from(COLUMNS));
    for item in items {
        let urls: Vec<&str> = item.websites.iter().map(|site| site.url.as_str()).collect();
        let custom = item.custom.iter().map(|field| (&field.name, &field.value));
        let fields: Vec<String> = item
            .fields
            .iter()
            .chain(custom)
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let row = [
            item.kind.as_str(),
            &item.name,
            &urls.join("\n"),
            &item.username,
            &item.password,
            &item.totp,
            &item.notes,
            if item.favourite { "1" } else { "" },
            &item.tags.join(","),
            &fields.join("\n"),
        ];
        for (at, value) in row.into_iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push_quoted(&mut out, value);
        }
        out.push_str("\r\n");
    }
    out
}

/// What a spreadsheet would take for a formula at the start of a cell (S-109), and the apostrophe
/// itself, so that Sesame's own import can take the guard off again without guessing.
const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// RFC 4180, every field quoted; a value that looks like a formula gets an apostrophe in front.
fn push_quoted(out: &mut String, value: &str) {
    out.push('"');
    if value.starts_with(GUARDED) {
        out.push('\'');
    }
    for c in value.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}
