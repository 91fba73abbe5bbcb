//! Where finished items gather, within the caps.

use super::item::{Draft, Item};
use super::{Kind, MAX_ITEMS, Problem, Reason};

/// The most text in one item, in bytes. An item holds 256 KiB sealed (FORMAT.md), and grows when it
/// is edited.
const MAX_ITEM_BYTES: usize = 192 * 1024;
/// The most problems that are told; a wrong file would have one for each line.
const MAX_PROBLEMS: usize = 1000;

#[derive(Default)]
pub(super) struct Collector {
    items: Vec<Item>,
    problems: Vec<Problem>,
}

impl Collector {
    /// False once no more are taken.
    pub(super) fn add(&mut self, line: u64, draft: Draft) -> bool {
        let Draft { mut item, remarks } = draft;
        if is_empty(&item) {
            self.problem(line, Reason::Empty);
        } else if size(&item) > MAX_ITEM_BYTES {
            self.problem(line, Reason::TooLarge);
        } else if self.items.len() == MAX_ITEMS {
            self.problem(line, Reason::TooMany);
            return false;
        } else {
            name(&mut item);
            self.items.push(item);
            for reason in remarks {
                self.problem(line, reason);
            }
        }
        true
    }

    pub(super) fn problem(&mut self, line: u64, reason: Reason) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { line, reason });
        }
    }

    pub(super) fn finish(self) -> (Vec<Item>, Vec<Problem>) {
        (self.items, self.problems)
    }
}

fn is_empty(item: &Item) -> bool {
    let Item {
        username,
        password,
        websites,
        totp,
        notes,
        custom,
        fields,
        ..
    } = item;
    username.is_empty()
        && password.is_empty()
        && websites.is_empty()
        && totp.is_empty()
        && notes.is_empty()
        && custom.is_empty()
        && fields.is_empty()
}

fn size(item: &Item) -> usize {
    let Item {
        name,
        username,
        password,
        websites,
        totp,
        notes,
        custom,
        fields,
        tags,
        ..
    } = item;
    let own: usize = [name, username, password, totp, notes]
        .iter()
        .map(|text| text.len())
        .sum();
    let sites: usize = websites.iter().map(|site| site.url.len()).sum();
    let custom: usize = custom
        .iter()
        .map(|field| field.name.len() + field.value.len())
        .sum();
    let fields: usize = fields
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum();
    own + sites + custom + fields + tags.iter().map(String::len).sum::<usize>()
}

/// Every item needs a name that its owner recognises.
fn name(item: &mut Item) {
    item.name = item.name.trim().to_owned();
    if !item.name.is_empty() {
        return;
    }
    let host = item
        .websites
        .first()
        .and_then(|site| site.url.split("://").nth(1));
    let host = host.and_then(|rest| rest.split(['/', ':', '?', '#']).next());
    let fallback = match item.kind {
        Kind::Login => "Login",
        Kind::Card => "Card",
        Kind::Identity => "Identity",
        Kind::Note => "Note",
    };
    item.name = [host.unwrap_or_default(), &item.username, fallback]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or(fallback)
        .to_owned();
}
