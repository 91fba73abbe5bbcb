//! Payment cards, and who and where a person is.

use super::{Form, Give, Member, Plan};
use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Tag};

/// Boxes that a card's number is split over.
const BOXES: std::ops::RangeInclusive<usize> = 2..=5;

/// The number and the security code go into fields of just these roles, and nothing takes their place.
pub(super) fn card(form: &Form<'_>, has: &[Role]) -> Option<Plan> {
    let boxes = form.count(Role::CcNumber);
    let named = form.has(Role::CcName);
    let mut at = 0;
    let gives = form.members.iter().filter_map(|one| {
        let role = match one.role {
            // "Name" beside a card number is the name on the card.
            Role::Name if form.purpose == Purpose::Card && !named => Role::CcName,
            role => role,
        };
        if !role.is_card() || !has.contains(&role) || !is_filled(one.field) {
            return None;
        }
        // A code that was sent is asked for beside cards, too; the page has the last word (S-71).
        if role == Role::CcCsc && says(one.field, "one-time-code") {
            return None;
        }
        if role == Role::CcNumber && BOXES.contains(&boxes) && is_box(one.field) {
            at += 1;
            return Some((one.index, Give::NumberPart(at - 1, boxes)));
        }
        Some((one.index, Give::Part(role)))
    });
    form.plan(once(gives), None)
}

/// Everything but passwords, which an identity has none of; the e-mail address also where an account is
/// opened with it.
pub(super) fn identity(form: &Form<'_>, has: &[Role]) -> Option<Plan> {
    if matches!(form.purpose, Purpose::Search | Purpose::Otp) {
        return None;
    }
    let gives = form.members.iter().filter_map(|one| {
        if !is_filled(one.field) {
            return None;
        }
        let give = match role_of(one, form.purpose) {
            Role::Tel if is_calling_code(one.field) => {
                return has
                    .contains(&Role::Tel)
                    .then_some((one.index, Give::CallingCode));
            }
            role => Give::Part(role),
        };
        let Give::Part(role) = give else { return None };
        let known = (role.is_identity() || role == Role::Email) && has.contains(&role);
        known.then_some((one.index, give))
    });
    form.plan(once(gives), None)
}

fn role_of(one: &Member<'_>, purpose: Purpose) -> Role {
    let opens = matches!(purpose, Purpose::Signup | Purpose::Newsletter);
    let address = one.field.kind == "email" || one.field.input_mode == "email";
    match one.role {
        Role::Username if opens && address => Role::Email,
        role => role,
    }
}

/// Each once, the first on the page; an e-mail address may be asked for again to be sure.
fn once(gives: impl Iterator<Item = (usize, Give)>) -> Vec<(usize, Give)> {
    let mut once: Vec<(usize, Give)> = Vec::new();
    for (index, give) in gives {
        let again = give == Give::Part(Role::Email);
        if again || !once.iter().any(|(_, other)| *other == give) {
            once.push((index, give));
        }
    }
    once
}

/// Fields that take text or one of several options.
fn is_filled(field: &Field) -> bool {
    field.tag != Tag::Input
        || !matches!(
            field.kind.as_str(),
            "checkbox" | "radio" | "file" | "color" | "range" | "hidden"
        )
}

/// A box for a part of the number rather than a second field for all of it.
fn is_box(field: &Field) -> bool {
    field.tag == Tag::Input && field.max_length.is_some_and(|most| (3..=7).contains(&most))
}

fn is_calling_code(field: &Field) -> bool {
    field.tag == Tag::Select || says(field, "tel-country-code")
}

/// Whether the page itself calls the field so.
fn says(field: &Field, token: &str) -> bool {
    field
        .autocomplete
        .split_whitespace()
        .any(|said| said.eq_ignore_ascii_case(token))
}
