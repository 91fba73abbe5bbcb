//! New, an update, or known already: by exact origin and user name only (S-80).

use crate::api::CaptureVerdict;
use crate::keeper::{EngineResult, Keeper};
use sesame_protocol::ItemId;
use sesame_vault::capture::{Capture, Step, same_username};
use sesame_vault::item::{Item, Kind, MatchMode};
use sesame_vault::origin::{Origin, Strength};
use sesame_vault::summary::Summary;

/// A login that could take a sign-in.
pub(super) struct Candidate<'a> {
    pub row: &'a Summary,
    /// It is of this very origin, or of an equivalent site: certain enough to be proposed.
    pub certain: bool,
}

/// What is to become of a sign-in, and of which candidate, by its place.
pub(super) struct Judged {
    pub verdict: CaptureVerdict,
    pub item: Option<usize>,
}

impl Keeper {
    /// The logins of a site: those that would be filled there, and those that name this very origin.
    pub(super) fn candidates(&self, origin: &str) -> EngineResult<Vec<Candidate<'_>>> {
        let Ok(page) = Origin::parse(origin) else {
            return Ok(Vec::new());
        };
        let mut found: Vec<Candidate<'_>> = self
            .matching(origin, origin)?
            .into_iter()
            .map(|(strength, row)| Candidate {
                row,
                certain: strength == Strength::Equivalent || is_at(row, &page),
            })
            .collect();
        let known: Vec<ItemId> = found.iter().map(|found| found.row.item_id()).collect();
        let named = self.opened()?.index.iter().filter(|row| {
            row.deleted.is_none()
                && row.kind == Kind::Login.name()
                && is_at(row, &page)
                && !known.contains(&row.item_id())
        });
        found.extend(named.map(|row| Candidate { row, certain: true }));
        // Stable: within each half in the order of the list.
        let (mut first, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.certain);
        first.extend(rest);
        Ok(first)
    }
}

/// Whether an entry of the item names this very origin.
fn is_at(row: &Summary, page: &Origin<'_>) -> bool {
    row.sites.iter().any(|site| {
        !matches!(site.mode(), MatchMode::Never | MatchMode::Regex)
            && Origin::of_url(&site.url).is_ok_and(|origin| origin == *page)
    })
}

pub(super) fn judge(
    whole: &Capture,
    found: &[Candidate<'_>],
    item: impl Fn(&ItemId) -> Option<Item>,
) -> Judged {
    let items: Vec<(usize, bool, Item)> = found
        .iter()
        .enumerate()
        .filter_map(|(at, one)| Some((at, one.certain, item(&one.row.item_id())?)))
        .collect();
    let named =
        |item: &Item| !whole.username.is_empty() && same_username(&item.username, &whole.username);
    let unnamed = whole.username.is_empty();
    let known = items.iter().find(|(_, _, item)| {
        let whose = unnamed || item.username.is_empty() || named(item);
        item.password == whole.password() && whose
    });
    if let Some((at, ..)) = known {
        return Judged {
            verdict: CaptureVerdict::Same,
            item: Some(*at),
        };
    }
    let certain = || items.iter().filter(|(_, certain, _)| *certain);
    let by_name = certain().find(|(_, _, item)| named(item));
    // Who changes a password without saying whose has typed the old one, or has one account here.
    let by_old = certain().find(|(_, _, item)| {
        whole.step == Step::Change && !whole.current.is_empty() && item.password == whole.current
    });
    let only = certain().next().filter(|_| certain().count() == 1);
    match by_name
        .or(by_old.filter(|_| unnamed))
        .or(only.filter(|_| unnamed))
    {
        Some((at, ..)) => Judged {
            verdict: CaptureVerdict::Update,
            item: Some(*at),
        },
        None => Judged {
            verdict: CaptureVerdict::New,
            item: None,
        },
    }
}
