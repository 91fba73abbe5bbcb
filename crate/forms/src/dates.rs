//! Parts of dates: a month and a year say little by themselves; the form says whether of a card's
//! expiry or of a birthday.

use crate::lexicon::Concept;
use crate::role::Role;
use crate::snapshot::{Field, Tag};
use crate::understand::{Family, Seen};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
}

/// Tells the parts of dates in a group.
pub(crate) fn by_context(members: &mut [Seen<'_>]) {
    let card = members.iter().any(|seen| seen.role.is_card());
    let birth = members
        .iter()
        .any(|seen| seen.evidence.named.has(Concept::Birth));
    if !card && !birth {
        return;
    }
    for seen in members.iter_mut() {
        let open = matches!(seen.role, Role::None | Role::CcExp | Role::Bday);
        let Some(part) = part(seen).filter(|_| open && seen.family == Family::Rest) else {
            continue;
        };
        let named = seen.evidence.named;
        let of_card = card && !named.has(Concept::Birth) && !past_years(seen.field);
        let of_birth = birth && !named.has(Concept::CardExpiry);
        seen.role = match part {
            Part::Month if of_card => Role::CcExpMonth,
            Part::Year if of_card => Role::CcExpYear,
            Part::Day if of_birth => Role::BdayDay,
            Part::Month if of_birth => Role::BdayMonth,
            Part::Year if of_birth => Role::BdayYear,
            _ => seen.role,
        };
    }
    pair(members);
}

/// Two fields that are both called the expiry: its month and its year.
fn pair(members: &mut [Seen<'_>]) {
    let whole = |seen: &Seen<'_>| seen.role == Role::CcExp && seen.field.is_seen();
    for at in 1..members.len() {
        let Some([one, two]) = members.get_mut(at - 1..=at) else {
            continue;
        };
        if whole(one) && whole(two) {
            (one.role, two.role) = (Role::CcExpMonth, Role::CcExpYear);
        }
    }
}

fn part(seen: &Seen<'_>) -> Option<Part> {
    let field = seen.field;
    let short = field.tag == Tag::Select || field.max_length.is_some_and(|most| most <= 4);
    let named: Vec<Part> = [
        (Concept::Day, Part::Day),
        (Concept::Month, Part::Month),
        (Concept::Year, Part::Year),
    ]
    .into_iter()
    .filter(|(concept, _)| seen.evidence.named.has(*concept))
    .map(|(_, part)| part)
    .collect();
    match named.as_slice() {
        [only] if short => Some(*only),
        _ => by_options(field),
    }
}

fn numbers(field: &Field) -> Vec<u32> {
    let options = field.options.iter();
    options
        .filter_map(|text| text.trim().parse().ok())
        .collect()
}

fn years(field: &Field) -> Vec<u32> {
    let mut numbers = numbers(field);
    numbers.retain(|number| (1900..2100).contains(number));
    numbers
}

/// Nobody's card expires in a year that is long over.
fn past_years(field: &Field) -> bool {
    /// Cards that were good when this was written; later years only make it truer.
    const OVER: u32 = 2020;
    years(field).iter().any(|year| *year < OVER)
}

/// What a list offers; only its first options are known.
fn by_options(field: &Field) -> Option<Part> {
    if field.tag != Tag::Select {
        return None;
    }
    let numbers = numbers(field);
    if years(field).len() >= 3 {
        return Some(Part::Year);
    }
    if numbers.len() > 13 && numbers.iter().all(|number| *number <= 31) {
        return Some(Part::Day);
    }
    let months = (12..=13).contains(&field.options.len());
    let fits = numbers.is_empty() || (numbers.len() == 12 && numbers.contains(&12));
    (months && fits).then_some(Part::Month)
}

#[cfg(test)]
mod tests;
