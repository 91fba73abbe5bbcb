//! Lists: the vault, the bin, the matches of a page.

use super::Keeper;
use crate::api::{ItemSummary, ListPage, ListQuery, Place};
use crate::error::EngineResult;
use sesame_vault::item::Kind;
use sesame_vault::order::sorted_by;
use sesame_vault::origin::{Origin, Page, Strength};
use sesame_vault::summary::Summary;

impl Keeper {
    /// Part of the list of items, or of the bin.
    ///
    /// # Errors
    /// `Locked`.
    pub fn list(&self, query: &ListQuery) -> EngineResult<ListPage<'_>> {
        let wanted = |row: &Summary| {
            (row.deleted.is_some() == (query.place == Place::Bin))
                && query
                    .kind
                    .as_deref()
                    .is_none_or(|kind| shown_kind(&row.kind) == kind)
                && query.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
                && (query.favourites != Some(true) || row.favourite)
        };
        let mut found = self.opened()?.index.find(&query.text, wanted);
        if query.place == Place::Bin {
            // What went there last is what people look for.
            found = sorted_by(found, |a, b| b.deleted.cmp(&a.deleted));
        }
        Ok(ListPage {
            total: found.len(),
            offset: query.offset,
            rows: found
                .into_iter()
                .skip(query.offset)
                .take(query.limit)
                .map(row_of)
                .collect(),
        })
    }

    /// All tags in use, sorted.
    ///
    /// # Errors
    /// `Locked`.
    pub fn tags(&self) -> EngineResult<Vec<String>> {
        let live = self
            .opened()?
            .index
            .iter()
            .filter(|row| row.deleted.is_none());
        let mut tags: Vec<String> = Vec::new();
        for tag in live.flat_map(|row| &row.tags) {
            if let Err(place) = tags.binary_search(tag) {
                tags.insert(place, tag.clone());
            }
        }
        Ok(tags)
    }

    /// The logins that belong on a page, the closest first. An origin that is none has none.
    ///
    /// # Errors
    /// `Locked`.
    pub fn matches(&self, origin: &str, url: &str) -> EngineResult<Vec<ItemSummary<'_>>> {
        let found = sorted_by(self.matching(origin, url)?, |(a, row_a), (b, row_b)| {
            let closest = b.cmp(a);
            let favourite = row_b.favourite.cmp(&row_a.favourite);
            closest
                .then(favourite)
                .then(row_b.modified.cmp(&row_a.modified))
        });
        Ok(found.into_iter().map(|(_, row)| row_of(row)).collect())
    }

    /// How many logins belong on a page.
    ///
    /// # Errors
    /// `Locked`.
    pub fn match_count(&self, origin: &str, url: &str) -> EngineResult<usize> {
        Ok(self.matching(origin, url)?.len())
    }

    pub(super) fn matching(
        &self,
        origin: &str,
        url: &str,
    ) -> EngineResult<Vec<(Strength, &Summary)>> {
        let open = self.opened()?;
        let Ok(origin) = Origin::parse(origin) else {
            return Ok(Vec::new());
        };
        let logins = open
            .index
            .iter()
            .filter(|row| row.deleted.is_none() && row.kind == Kind::Login.name());
        let page = Page::new(&origin, url, &self.suffixes)
            .with_equivalents(open.settings.filling.equivalents());
        Ok(logins
            .filter_map(|row| page.fits(&row.sites).map(|strength| (strength, row)))
            .collect())
    }
}

pub(super) fn row_of(row: &Summary) -> ItemSummary<'_> {
    ItemSummary {
        id: row.item_id().to_string(),
        kind: shown_kind(&row.kind),
        name: &row.name,
        detail: &row.detail,
        host: &row.host,
        favourite: row.favourite,
        tags: &row.tags,
        has_password: row.has_password,
        has_totp: row.has_totp,
        modified_at: row.modified,
        deleted_at: row.deleted,
        expires: row.expires.map(|month| month.to_string()),
    }
}

/// A kind of a newer version is shown as a note.
fn shown_kind(kind: &str) -> &str {
    match kind {
        "login" | "card" | "identity" => kind,
        _ => "note",
    }
}
