//! Bringing two browsers' changes of one thing together, as data: what both began with (if that is
//! known), what is here, what the account has. Nothing that anybody saved is lost (S-33): of two
//! changes of one field the later one counts, and the other is kept where the person finds it.

mod header;
mod list;
mod settings;

use crate::item::cbor::Extra;
use crate::item::{HISTORY_MAX, Item, Kind, OTHERS_MAX, OldSecret, OtherValue, limits};
use crate::order::sorted_by;

pub(crate) use header::{has, is_trusted_code, slots};
pub use settings::merge_settings;

use list::{Line, merge_lines};

/// Which of two changes of one field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// The later one.
    Newer,
    /// The one that was made here.
    Local,
}

/// What two versions of an item become.
pub struct Merged {
    /// The item; its revision is not set.
    pub item: Item,
    /// The version that lost, whole, where both do not fit into one item: to be kept beside it
    /// under an id of its own.
    pub beside: Option<Item>,
}

/// Merges two versions of one item. `base` is what both began with; without it every difference
/// counts as a change on both sides, and nothing counts as removed.
#[must_use]
pub fn merge_items(base: Option<&Item>, local: &Item, remote: &Item, prefer: Prefer) -> Merged {
    let rank = |item: &Item| (item.modified, *item.device.as_bytes());
    let local_wins = prefer == Prefer::Local || rank(local) > rank(remote);
    let (won, lost) = if local_wins {
        (local, remote)
    } else {
        (remote, local)
    };
    let item = Merge { base, won, lost }.run();
    if item.to_cbor().len() <= limits::WHOLE {
        return Merged { item, beside: None };
    }
    let mut beside = lost.clone();
    beside.name.push_str(" 2");
    let mut item = won.clone();
    item.deleted = None;
    beside.deleted = None;
    Merged {
        item,
        beside: Some(beside),
    }
}

struct Merge<'a> {
    base: Option<&'a Item>,
    won: &'a Item,
    lost: &'a Item,
}

impl Merge<'_> {
    fn run(&self) -> Item {
        let (won, lost) = (self.won, self.lost);
        let mut out = won.clone();
        let mut kept: Vec<(String, String)> = Vec::new();
        let kind = self.text("kind", &mut kept, |item| item.kind.name());
        if kind != out.kind.name() {
            out.kind = Kind::from_name(&kind);
        }
        out.name = self.text("name", &mut kept, |item| &item.name);
        out.username = self.text("username", &mut kept, |item| &item.username);
        out.totp = self.text("totp", &mut kept, |item| &item.totp);
        out.notes = self.text("notes", &mut kept, |item| &item.notes);
        self.lists(&mut out, &mut kept);
        self.password(&mut out);
        // Of two different answers one is what both began with; without a base the later one counts.
        if self
            .base
            .is_some_and(|base| base.favourite == won.favourite)
        {
            out.favourite = lost.favourite;
        }
        out.deleted = self.bin();
        out.created = won.created.min(lost.created);
        out.modified = won.modified.max(lost.modified);
        out.extra = merge_extra(
            self.base.map(|base| &base.extra),
            &won.extra,
            &lost.extra,
            &mut kept,
        );
        out.others = self.others(kept);
        out
    }

    fn text(
        &self,
        name: &str,
        kept: &mut Vec<(String, String)>,
        of: impl for<'i> Fn(&'i Item) -> &'i str,
    ) -> String {
        let (won, lost) = (of(self.won), of(self.lost));
        match three_way(self.base.map(of), won, lost) {
            Side::Won => won.to_owned(),
            Side::Lost => lost.to_owned(),
            Side::Conflict => {
                kept.push((name.to_owned(), lost.to_owned()));
                won.to_owned()
            }
        }
    }

    fn password(&self, out: &mut Item) {
        let (won, lost) = (self.won, self.lost);
        let base = self.base.map(|base| base.password.as_str());
        let mut history: Vec<OldSecret> = won.history.clone();
        for old in &lost.history {
            let known =
                |other: &OldSecret| other.value == old.value && other.replaced == old.replaced;
            if !history.iter().any(known) {
                history.push(old.clone());
            }
        }
        match three_way(base, &won.password, &lost.password) {
            Side::Won => {}
            Side::Lost => {
                out.password.clone_from(&lost.password);
                out.password_changed = lost.password_changed;
            }
            Side::Conflict => {
                let known = history.iter().any(|old| old.value == lost.password);
                if !lost.password.is_empty() && !known {
                    history.push(OldSecret {
                        value: lost.password.clone(),
                        replaced: won.password_changed.unwrap_or(won.modified),
                        ..OldSecret::default()
                    });
                }
            }
        }
        out.history = sorted_by(history, |one, other| other.replaced.cmp(&one.replaced));
        out.history.truncate(HISTORY_MAX);
    }

    fn lists(&self, out: &mut Item, kept: &mut Vec<(String, String)>) {
        let (won, lost) = (self.won, self.lost);
        let sites = |item: &Item| -> Vec<Line> {
            let line = |site: &crate::item::Website| Line::new(&site.url, site.to_cbor());
            item.websites.iter().map(line).collect()
        };
        let merged = merge_lines(self.base.map(sites), sites(won), sites(lost));
        out.websites = merged.of(&won.websites, &lost.websites);
        for site in merged.lost(&lost.websites) {
            let value = format!("{} {}", site.url, site.mode.name());
            kept.push(("websites".to_owned(), value));
        }
        let custom = |item: &Item| -> Vec<Line> {
            let line = |field: &crate::item::CustomField| Line::new(&field.name, field.to_cbor());
            item.custom.iter().map(line).collect()
        };
        let merged = merge_lines(self.base.map(custom), custom(won), custom(lost));
        out.custom = merged.of(&won.custom, &lost.custom);
        for field in merged.lost(&lost.custom) {
            kept.push((format!("custom:{}", field.name), field.value.clone()));
        }
        let fields = |item: &Item| -> Vec<Line> {
            let line = |(key, value): &(String, String)| {
                Line::new(key, zeroize::Zeroizing::new(value.as_bytes().to_vec()))
            };
            item.fields.iter().map(line).collect()
        };
        let merged = merge_lines(self.base.map(fields), fields(won), fields(lost));
        out.fields = sorted_by(merged.of(&won.fields, &lost.fields), |one, other| {
            one.0.cmp(&other.0)
        });
        for (key, value) in merged.lost(&lost.fields) {
            kept.push((format!("field:{key}"), value.clone()));
        }
        let tags = |item: &Item| -> Vec<Line> {
            let line = |tag: &String| Line::new(tag, zeroize::Zeroizing::default());
            item.tags.iter().map(line).collect()
        };
        out.tags =
            merge_lines(self.base.map(tags), tags(won), tags(lost)).of(&won.tags, &lost.tags);
    }

    /// Two moves to the bin stay one; against anything else than nothing the item lives.
    fn bin(&self) -> Option<u64> {
        let (binned, live) = match (self.won.deleted, self.lost.deleted) {
            (None, None) => return None,
            (Some(one), Some(other)) => return Some(one.max(other)),
            (Some(_), None) => (self.won, self.lost),
            (None, Some(_)) => (self.lost, self.won),
        };
        let base = self.base.filter(|base| base.deleted.is_none())?;
        if same_content(base, live) {
            binned.deleted
        } else {
            None
        }
    }

    fn others(&self, kept: Vec<(String, String)>) -> Vec<OtherValue> {
        let mut others = self.won.others.clone();
        for other in &self.lost.others {
            if !others.contains(other) {
                others.push(other.clone());
            }
        }
        for (field, value) in kept {
            let known = |other: &OtherValue| other.field == field && other.value == value;
            if !value.is_empty() && !others.iter().any(known) {
                others.push(OtherValue {
                    field,
                    value,
                    at: self.lost.modified,
                    device: self.lost.device,
                    extra: Extra::default(),
                });
            }
        }
        let mut others = sorted_by(others, |one, other| other.at.cmp(&one.at));
        others.truncate(OTHERS_MAX);
        others
    }
}

/// Which side's value counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Won,
    Lost,
    /// Both changed it: the winner's counts, and the other is kept.
    Conflict,
}

fn three_way<T: PartialEq + ?Sized>(base: Option<&T>, won: &T, lost: &T) -> Side {
    if won == lost || base == Some(lost) {
        Side::Won
    } else if base == Some(won) {
        Side::Lost
    } else {
        Side::Conflict
    }
}

/// Whether two versions say the same, apart from when and where they were saved, and the bin.
fn same_content(one: &Item, other: &Item) -> bool {
    let mut bare = other.clone();
    bare.rev = one.rev;
    bare.modified = one.modified;
    bare.device = one.device;
    bare.deleted = one.deleted;
    bare.to_cbor() == one.to_cbor()
}

/// Pairs that this version does not know, key by key.
fn merge_extra(
    base: Option<&Extra>,
    won: &Extra,
    lost: &Extra,
    kept: &mut Vec<(String, String)>,
) -> Extra {
    let lines = |extra: &Extra| -> Vec<Line> {
        let pair = |(key, value): &(Vec<u8>, Vec<u8>)| {
            Line::new(&hex(key), zeroize::Zeroizing::new(value.clone()))
        };
        extra.pairs().iter().map(pair).collect()
    };
    let merged = merge_lines(base.map(lines), lines(won), lines(lost));
    for (key, value) in merged.lost(lost.pairs()) {
        kept.push((format!("unknown:{}", hex(key)), hex(value)));
    }
    Extra::of(merged.of(won.pairs(), lost.pairs()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
