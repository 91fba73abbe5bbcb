//! A page's forms as a text to read and send: enough to see why something was misunderstood, and
//! nothing of whose page it is. Headings, titles and links, where names of people stand, are given
//! by their meanings only.

use crate::lexicon::{Concepts, concepts};
use crate::snapshot::{Field, Group, Snapshot};
use crate::understand::understand;
use std::fmt::Write as _;

/// Reasons given for one decision; the rest weighs least.
const REASONS: usize = 6;
/// Longer words are made by machines: keys, sessions, hashes.
const LONGEST_WORD: usize = 24;

/// The redacted report of a snapshot.
#[must_use]
pub fn report(snapshot: &Snapshot) -> String {
    let understood = understand(snapshot);
    let mut out = String::new();
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "page: language {}, path {}, title means {}, headings mean {}",
        quoted(&snapshot.lang),
        path_shape(&snapshot.path),
        meanings([snapshot.title.as_str()]),
        meanings(snapshot.headings.iter().map(String::as_str)),
    );
    for (index, group) in snapshot.groups.iter().enumerate() {
        let purpose = understood.purposes.get(index).copied();
        let name = purpose.map_or_else(String::new, |purpose| kebab(&purpose));
        let _ = writeln!(out, "{} {}: {name}", kind_of(group), index + 1);
        describe_group(&mut out, group);
        let mut explained = false;
        for (at, field) in snapshot.fields.iter().enumerate() {
            if field.group != index {
                continue;
            }
            let Some(explanation) = understood.explain(snapshot, at) else {
                continue;
            };
            if !explained {
                explained = true;
                for reason in explanation.purpose_reasons.iter().take(REASONS) {
                    let purpose = kebab(&reason.purpose);
                    let _ = writeln!(
                        out,
                        "    {purpose} {:+.1} {}",
                        reason.weight, reason.feature
                    );
                }
            }
            let _ = writeln!(out, "  field {}: {}", at + 1, kebab(&explanation.role));
            describe_field(&mut out, field);
            for reason in explanation.reasons.iter().take(REASONS) {
                let role = kebab(&reason.role);
                let _ = writeln!(out, "    {role} {:+.1} {}", reason.weight, reason.feature);
            }
        }
    }
    out
}

fn kind_of(group: &Group) -> &'static str {
    if group.is_form { "form" } else { "group" }
}

fn describe_group(out: &mut String, group: &Group) {
    let _ = writeln!(
        out,
        "    called {}; headings mean {}; links mean {}",
        quoted(&group.attributes),
        meanings(group.headings.iter().map(String::as_str)),
        meanings(group.links.iter().map(String::as_str)),
    );
    for button in &group.buttons {
        let sends = if button.submit { "sends" } else { "button" };
        let seen = if button.visible { "" } else { ", hidden" };
        let _ = writeln!(
            out,
            "    {sends}: {} called {}{seen}",
            quoted(&button.text),
            quoted(&button.attributes)
        );
    }
}

fn describe_field(out: &mut String, field: &Field) {
    let _ = write!(out, "    {} {}", kebab(&field.tag), quoted(&field.kind));
    for (what, text) in [
        ("name", &field.name),
        ("id", &field.id),
        ("autocomplete", &field.autocomplete),
        ("label", &field.label),
        ("aria-label", &field.aria_label),
        ("placeholder", &field.placeholder),
        ("hint", &field.title),
        ("inputmode", &field.input_mode),
    ] {
        if !text.is_empty() {
            let _ = write!(out, ", {what} {}", quoted(text));
        }
    }
    if field.label.is_empty() && !field.nearby.is_empty() {
        let _ = write!(
            out,
            ", text before it means {}",
            meanings([field.nearby.as_str()])
        );
    }
    if let Some(most) = field.max_length {
        let _ = write!(out, ", at most {most} signs");
    }
    if !field.is_seen() {
        let _ = write!(out, ", {}", kebab(&field.visibility));
    }
    let _ = writeln!(out, ", {} by {}", field.width, field.height);
}

/// Only what has a meaning to us is kept of an address; the rest of its parts are counted.
fn path_shape(path: &str) -> String {
    let parts = path
        .split(['/', '#', '?', '&'])
        .filter(|part| !part.is_empty());
    let kept = parts.map(|part| {
        let known = concepts(part) != Concepts::default() && part.chars().all(char::is_alphabetic);
        if known { part } else { "*" }
    });
    format!("/{}", kept.collect::<Vec<_>>().join("/"))
}

fn meanings<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let all = texts
        .into_iter()
        .fold(Concepts::default(), |all, text| all.and(concepts(text)));
    let names: Vec<String> = all.iter().map(|concept| format!("{concept:?}")).collect();
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(" ")
    }
}

/// Without addresses of people, numbers, and words that no person made up.
fn quoted(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        if word.contains('@') || word.chars().count() > LONGEST_WORD {
            "…".to_owned()
        } else {
            word.chars()
                .map(|sign| if sign.is_numeric() { '0' } else { sign })
                .collect()
        }
    });
    format!("“{}”", words.collect::<Vec<_>>().join(" "))
}

/// A role's, purpose's or other plain enum's name as the corpus and the page write it.
fn kebab<T: std::fmt::Debug>(value: &T) -> String {
    let mut out = String::new();
    for sign in format!("{value:?}").chars() {
        if sign.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(sign.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests;
