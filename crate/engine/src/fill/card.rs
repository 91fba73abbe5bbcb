//! A payment card's values, the way a page's fields take them.

use super::date::{Month, month_of, put_both, put_month, put_year, year_of};
use super::details::{Details, Put, text};
use sesame_forms::{Field, Give, Plan, Role, Snapshot};

/// What the card has something for.
pub(super) fn roles(card: &Details<'_>) -> Vec<Role> {
    let (month, year) = (month(card), year(card));
    let has = [
        (Role::CcName, !card.get("cardholder").is_empty()),
        (Role::CcNumber, !number(card).is_empty()),
        (Role::CcCsc, !card.get("securityCode").is_empty()),
        (Role::CcExp, month.is_some() && year.is_some()),
        (Role::CcExpMonth, month.is_some()),
        (Role::CcExpYear, year.is_some()),
    ];
    has.into_iter()
        .filter_map(|(role, has)| has.then_some(role))
        .collect()
}

/// How many digits each box of a split number takes, in order.
pub(super) fn boxes(snapshot: &Snapshot, plan: &Plan) -> Vec<usize> {
    plan.gives
        .iter()
        .filter(|(_, give)| matches!(give, Give::NumberPart(..)))
        .filter_map(|(at, _)| snapshot.fields.get(*at)?.max_length)
        .filter_map(|most| usize::try_from(most).ok())
        .collect()
}

/// What goes into one field.
pub(super) fn put(card: &Details<'_>, give: Give, field: &Field, boxes: &[usize]) -> Option<Put> {
    match give {
        Give::NumberPart(at, _) => {
            let digits = number(card);
            // A number that the boxes don't hold whole stays out of all of them.
            if boxes.iter().sum::<usize>() < digits.len() {
                return None;
            }
            let start = boxes.get(..at)?.iter().sum::<usize>();
            let end = start.checked_add(*boxes.get(at)?)?.min(digits.len());
            text(field, digits.get(start..end)?)
        }
        Give::Part(Role::CcNumber) => text(field, number(card)),
        Give::Part(Role::CcName) => text(field, card.get("cardholder")),
        Give::Part(Role::CcCsc) => text(field, card.get("securityCode")),
        Give::Part(Role::CcExp) => put_both(
            field,
            Month {
                month: month(card)?,
                year: year(card)?,
            },
        ),
        Give::Part(Role::CcExpMonth) => put_month(field, month(card)?),
        Give::Part(Role::CcExpYear) => put_year(field, year(card)?),
        // Nothing that a card has.
        _ => None,
    }
}

/// The digits alone: fields that group them do so by themselves.
fn number(card: &Details<'_>) -> String {
    card.get("cardNumber")
        .chars()
        .filter(char::is_ascii_digit)
        .collect()
}

fn month(card: &Details<'_>) -> Option<u8> {
    month_of(card.get("expiryMonth"))
}

fn year(card: &Details<'_>) -> Option<u16> {
    year_of(card.get("expiryYear"))
}
