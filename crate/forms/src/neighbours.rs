//! What fields are by what stands beside them, before the form has its say.

use crate::lexicon::Concept;
use crate::purpose::around;
use crate::role::Role;
use crate::snapshot::{Group, Snapshot, Tag, Visibility};
use crate::understand::{Family, Seen};

/// The only field of a form to sign in with is what one is known by: a telephone number, or what
/// nothing tells.
pub(crate) fn lone_identifier(snapshot: &Snapshot, group: &Group, members: &mut [Seen<'_>]) {
    let mut shown = members
        .iter_mut()
        .filter(|seen| seen.field.is_seen() && seen.field.tag == Tag::Input);
    let (Some(seen), None) = (shown.next(), shown.next()) else {
        return;
    };
    let typed = matches!(seen.field.kind.as_str(), "text" | "tel" | "email");
    let unnamed = seen.role == Role::None && seen.evidence.reasons.is_empty();
    if typed && (seen.role == Role::Tel || unnamed) {
        let words = around(snapshot, group);
        let other = [Concept::Signup, Concept::Newsletter, Concept::Search];
        if words.has(Concept::Login) && !other.iter().any(|concept| words.has(*concept)) {
            seen.family = Family::Identifier;
        }
    }
}

/// A name right beside the number of a card is the one on it.
pub(crate) fn name_on_card(members: &mut [Seen<'_>]) {
    if members.iter().any(|seen| seen.role == Role::CcName) {
        return;
    }
    let number = members.iter().position(|seen| seen.role == Role::CcNumber);
    let Some(number) = number else { return };
    let beside = [number.checked_sub(1), number.checked_add(1)];
    for at in beside.into_iter().flatten() {
        if let Some(seen) = members.get_mut(at).filter(|seen| seen.role == Role::Name) {
            seen.role = Role::CcName;
            return;
        }
    }
}

/// Beside a password that is dotted, one that shows its text is a decoy, or a password's rules.
pub(crate) fn without_plain_doubles(members: &mut [Seen<'_>]) {
    let dots = |seen: &Seen<'_>| {
        seen.family == Family::Password && seen.field.kind == "password" && seen.field.is_seen()
    };
    if !members.iter().any(dots) {
        return;
    }
    for seen in members.iter_mut() {
        if seen.family == Family::Password && seen.field.kind != "password" {
            (seen.role, seen.family) = (Role::None, Family::Rest);
        }
    }
}

/// Of the fields that nobody sees in a form that is seen, those that are painted all the same: kept
/// for another step. What is clipped, transparent or off the page is there for robots.
pub(crate) fn decoys(unseen: Vec<Seen<'_>>) -> Vec<Seen<'_>> {
    let kept = |seen: &Seen<'_>| {
        let painted = matches!(
            seen.field.visibility,
            Visibility::Yes | Visibility::OffScreen
        );
        painted || seen.field.visibility == Visibility::NotRendered
    };
    unseen.into_iter().filter(kept).collect()
}
