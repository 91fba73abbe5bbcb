//! One-time codes: in one field or in boxes, from an authenticator or sent.

use crate::lexicon::Concept;
use crate::purpose::around;
use crate::role::Role;
use crate::snapshot::{Field, Group, Snapshot, Tag};
use crate::understand::{Family, Seen};

/// Decides by the words around a group what its codes are. "Code" alone may be anything; under a
/// heading about signing in with one it is that one, and under "we sent you a message" it is not
/// the authenticator's.
pub(crate) fn by_context(snapshot: &Snapshot, group: &Group, members: &mut [Seen<'_>]) {
    let others = [Concept::Voucher, Concept::Captcha, Concept::Answer];
    let other = |seen: &Seen<'_>| others.iter().any(|what| seen.evidence.named.has(*what));
    let maybe = |seen: &Seen<'_>| {
        seen.role == Role::None && seen.evidence.score(Role::Otp) > 0.9 && !other(seen)
    };
    let sure = |seen: &Seen<'_>| seen.role == Role::Otp;
    if !members.iter().any(|seen| maybe(seen) || sure(seen)) {
        return;
    }
    if members.iter().any(|seen| seen.role.is_card()) {
        // "Security code" beside a card number is the card's.
        for seen in members.iter_mut().filter(|seen| sure(seen)) {
            (seen.role, seen.family) = (Role::CcCsc, Family::Rest);
        }
        return;
    }
    let words = around(snapshot, group);
    // A form for a code and little else says so by its size, and the more by what its button says.
    let leads_on = words.has(Concept::Verify) || words.has(Concept::Login);
    let least = if leads_on { 1.4 } else { 2.0 };
    let alone = members.iter().filter(|seen| seen.field.is_seen()).count() <= 2
        && members.iter().filter(|seen| maybe(seen)).count() == 1
        && members
            .iter()
            .any(|seen| maybe(seen) && seen.evidence.score(Role::Otp) > least);
    let codes = alone || words.has(Concept::OneTimeCode) || words.has(Concept::Authenticator);
    let sent = words.has(Concept::SentCode) && !words.has(Concept::Authenticator);
    for seen in members.iter_mut() {
        let own = seen.evidence.named.has(Concept::Authenticator);
        if sure(seen) && sent && !own {
            seen.role = Role::OtpOther;
        }
        if maybe(seen) && (codes || sent) {
            seen.role = if sent { Role::OtpOther } else { Role::Otp };
            seen.family = Family::Code;
        }
    }
}

/// Fields of one sign each, side by side: one code. Authenticators make six to eight signs; rows of
/// four are codes that were sent, or PINs.
pub(crate) fn boxes(snapshot: &Snapshot) -> Vec<Option<Role>> {
    let mut roles = vec![None; snapshot.fields.len()];
    let takes_one = |field: &Field| {
        field.tag == Tag::Input
            && matches!(field.kind.as_str(), "text" | "tel" | "number" | "password")
            && field.is_seen()
            && (field.max_length == Some(1)
                || (field.max_length.is_none()
                    && (1..=64).contains(&field.width)
                    && field.width <= field.height * 2))
    };
    let mut start = 0;
    while start < snapshot.fields.len() {
        let run = snapshot.fields.get(start..).unwrap_or_default();
        let Some(first) = run.first() else { break };
        let length = run
            .iter()
            .enumerate()
            .take_while(|(at, field)| {
                // The first box may take the whole code, for pasting.
                let fits = takes_one(field)
                    || (*at == 0 && field.width <= 80 && run.get(1).is_some_and(takes_one));
                fits && field.group == first.group && field.y.abs_diff(first.y) < 24
            })
            .count();
        let role = match length {
            4 => Some(Role::OtpOther),
            5..=10 => Some(Role::Otp),
            _ => None,
        };
        for slot in roles.iter_mut().skip(start).take(length) {
            *slot = role;
        }
        start += length.max(1);
    }
    roles
}
