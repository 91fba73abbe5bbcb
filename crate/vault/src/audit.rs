//! Password health: what a person may want to change.

use crate::item::{Item, Kind, MatchMode, TimeMs};
use crate::order::sorted_by;
use crate::summary;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The report (`AuditReport` of the extension's calls). Ids as 32 hex digits.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many logins were looked at.
    pub checked: usize,
    /// Groups that share a password, largest first.
    pub reused: Vec<Reused>,
    /// Passwords older than two years, oldest first.
    pub old: Vec<String>,
    /// Logins without a password.
    pub missing_password: Vec<String>,
    /// Logins with an unencrypted address.
    pub insecure_address: Vec<String>,
    /// Cards with a last month, the earliest first.
    pub cards: Vec<Ending>,
}

/// A card and its last month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// The card.
    pub id: String,
    /// Its last month, as `2026-03`.
    pub expires: String,
}

/// Logins that share a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reused {
    /// Who they are.
    pub ids: Vec<String>,
    /// How many.
    pub count: usize,
}

/// A password of this age is called old: two years.
const OLD_MS: u64 = 2 * 365 * 24 * 60 * 60 * 1000;

/// Collects the report item by item, so that no more than one item is open at a time.
#[derive(Default)]
pub struct Audit {
    report: Report,
    by_password: Vec<([u8; 32], String)>,
    old: Vec<(TimeMs, String)>,
}

impl Audit {
    /// Looks at one item; only logins and cards outside the bin count.
    pub fn add(&mut self, item: &Item, now: TimeMs) {
        if item.deleted.is_none()
            && let Some(month) = summary::expires(item)
        {
            self.report.cards.push(Ending {
                id: item.id.to_string(),
                expires: month.to_string(),
            });
        }
        if item.kind != Kind::Login || item.deleted.is_some() {
            return;
        }
        let id = item.id.to_string();
        self.report.checked = self.report.checked.saturating_add(1);
        if item
            .websites
            .iter()
            .any(|w| w.mode != MatchMode::Regex && is_insecure(&w.url))
        {
            self.report.insecure_address.push(id.clone());
        }
        if item.password.is_empty() {
            self.report.missing_password.push(id);
            return;
        }
        let since = item.password_changed.unwrap_or(item.created);
        if now.saturating_sub(since) > OLD_MS {
            self.old.push((since, id.clone()));
        }
        // Grouped by digest: the map then holds no password.
        let digest = Sha256::digest(item.password.as_bytes()).into();
        self.by_password.push((digest, id));
    }

    /// The report.
    #[must_use]
    pub fn finish(mut self) -> Report {
        let same = sorted_by(self.by_password, Ord::cmp);
        let groups = same.chunk_by(|(one, _), (other, _)| one == other);
        let reused = groups
            .filter(|group| group.len() > 1)
            .map(|group| Reused {
                ids: group.iter().map(|(_, id)| id.clone()).collect(),
                count: group.len(),
            })
            .collect();
        self.report.reused = sorted_by(reused, |a, b| {
            b.count.cmp(&a.count).then_with(|| a.ids.cmp(&b.ids))
        });
        let old = sorted_by(self.old, Ord::cmp);
        self.report.cards = sorted_by(self.report.cards, |a, b| {
            (&a.expires, &a.id).cmp(&(&b.expires, &b.id))
        });
        self.report.old = old.into_iter().map(|(_, id)| id).collect();
        self.report
    }
}

/// Unencrypted, and not on this very machine, where nothing travels.
fn is_insecure(url: &str) -> bool {
    url.starts_with("http://")
        && !crate::origin::host_of(url).is_some_and(crate::origin::is_loopback)
}

#[cfg(test)]
mod tests;
