//! Search as you type over names, user names, addresses and tags: every word must occur somewhere,
//! case and diacritics don't matter, and where it occurs decides the order.

use crate::summary::Summary;
pub use sesame_fold::fold;

/// What is searched of one item, folded once and kept.
pub struct Haystack {
    name: String,
    /// User name, addresses and tags, one a line.
    rest: String,
}

/// A query, folded and split into words.
pub struct Needle {
    words: Vec<String>,
}

impl Haystack {
    /// The haystack of an item.
    #[must_use]
    pub fn of(item: &Summary) -> Self {
        let mut rest = fold(&item.detail);
        let urls = item.sites.iter().map(|site| site.url.as_str());
        for part in urls.chain(item.tags.iter().map(String::as_str)) {
            rest.push('\n');
            rest.push_str(&fold(strip_scheme(part)));
        }
        Self {
            name: fold(&item.name),
            rest,
        }
    }

    /// The name as it sorts.
    #[must_use]
    pub fn sort_key(&self) -> &str {
        &self.name
    }
}

impl Needle {
    /// A query as typed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            words: fold(text).split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Whether everything matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well an item fits: 0 best; `None` if a word occurs nowhere.
    #[must_use]
    pub fn rank(&self, hay: &Haystack) -> Option<u32> {
        self.words.iter().try_fold(0_u32, |sum, word| {
            rank_word(word, hay).map(|rank| sum.saturating_add(rank))
        })
    }
}

/// The start of the name, then the start of a word in it, then the start of a word elsewhere, then
/// anywhere in the name, then anywhere.
fn rank_word(word: &str, hay: &Haystack) -> Option<u32> {
    if hay.name.starts_with(word) {
        return Some(0);
    }
    match (place(&hay.name, word), place(&hay.rest, word)) {
        (Some(Place::WordStart), _) => Some(1),
        (_, Some(Place::WordStart)) => Some(2),
        (Some(Place::Inside), _) => Some(3),
        (None, Some(Place::Inside)) => Some(4),
        (None, None) => None,
    }
}

enum Place {
    WordStart,
    Inside,
}

fn place(text: &str, word: &str) -> Option<Place> {
    let mut found = None;
    for (at, _) in text.match_indices(word) {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        if !before.is_some_and(char::is_alphanumeric) {
            return Some(Place::WordStart);
        }
        found = Some(Place::Inside);
    }
    found
}

/// Nobody searches for "https"; without it, "https" doesn't match every item.
fn strip_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

#[cfg(test)]
mod tests;
