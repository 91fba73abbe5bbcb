//! All items' summaries in the order of the list, kept up to date with every change.

use sesame_protocol::ItemId;
use sesame_vault::Unlocked;
use sesame_vault::order::sorted_by;
use sesame_vault::search::{Haystack, Needle, fold};
use sesame_vault::summary::Summary;
use std::cell::OnceCell;
use std::cmp::Ordering;

/// The summaries, favourites first, then by name.
pub(super) struct Index {
    rows: Vec<Row>,
}

/// A summary with what comparing and searching it takes.
pub(super) struct Row {
    pub(super) summary: Summary,
    sort_key: String,
    /// Made at the first search: the list itself doesn't wait for it.
    haystack: OnceCell<Haystack>,
}

impl Index {
    /// Reads the summaries that the shards hold. An item without one (its shard was damaged) is
    /// missing here until the index is rebuilt.
    pub(super) fn of(vault: &Unlocked) -> Self {
        let settings_id = vault.settings_id();
        let rows: Vec<Row> = vault
            .entries()
            .filter(|(entry, _)| entry.id != settings_id)
            .filter_map(|(_, bytes)| Summary::from_bytes(bytes))
            .map(Row::new)
            .collect();
        Self {
            rows: sorted_by(rows, Row::order),
        }
    }

    /// Puts an item in, in place of its former self.
    pub(super) fn put(&mut self, summary: Summary) {
        self.remove(&summary.item_id());
        let row = Row::new(summary);
        let at = self
            .rows
            .partition_point(|other| other.order(&row) == Ordering::Less);
        self.rows.insert(at, row);
    }

    /// Takes an item out.
    pub(super) fn remove(&mut self, id: &ItemId) {
        self.rows.retain(|row| row.summary.id != *id.as_bytes());
    }

    /// Puts many in at once.
    pub(super) fn put_all(&mut self, summaries: Vec<Summary>) {
        let ids = sorted_by(summaries.iter().map(|s| s.id).collect(), Ord::cmp);
        self.rows
            .retain(|row| ids.binary_search(&row.summary.id).is_err());
        self.rows.extend(summaries.into_iter().map(Row::new));
        self.rows = sorted_by(std::mem::take(&mut self.rows), Row::order);
    }

    pub(super) fn get(&self, id: &ItemId) -> Option<&Summary> {
        self.iter().find(|summary| summary.id == *id.as_bytes())
    }

    /// In the order of the list.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Summary> {
        self.rows.iter().map(|row| &row.summary)
    }

    /// What fits a query and a filter; the best first, otherwise in the order of the list.
    pub(super) fn find(&self, text: &str, filter: impl Fn(&Summary) -> bool) -> Vec<&Summary> {
        let needle = Needle::new(text);
        let rows = self.rows.iter().filter(|row| filter(&row.summary));
        if needle.is_empty() {
            return rows.map(|row| &row.summary).collect();
        }
        let ranked: Vec<(u32, &Row)> = rows
            .filter_map(|row| needle.rank(row.haystack()).map(|rank| (rank, row)))
            .collect();
        // Stable: equals stay in the order of the list.
        let ranked = sorted_by(ranked, |(a, _), (b, _)| a.cmp(b));
        ranked.into_iter().map(|(_, row)| &row.summary).collect()
    }
}

impl Row {
    fn new(summary: Summary) -> Self {
        Self {
            sort_key: fold(&summary.name),
            summary,
            haystack: OnceCell::new(),
        }
    }

    fn haystack(&self) -> &Haystack {
        self.haystack.get_or_init(|| Haystack::of(&self.summary))
    }

    fn order(&self, other: &Self) -> Ordering {
        let favourites_first = other.summary.favourite.cmp(&self.summary.favourite);
        favourites_first
            .then_with(|| self.sort_key.cmp(&other.sort_key))
            .then_with(|| self.summary.detail.cmp(&other.summary.detail))
            .then_with(|| self.summary.id.cmp(&other.summary.id))
    }
}
