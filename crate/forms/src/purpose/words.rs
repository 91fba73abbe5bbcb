//! What the words around a group's fields say.

use crate::lexicon::{Concept, Concepts, concepts};
use crate::snapshot::{Group, Snapshot};

/// What the words around a group say, apart from its fields.
pub(super) struct Words {
    pub(super) buttons: Concepts,
    headings: Concepts,
    attributes: Concepts,
    pub(super) links: Concepts,
    pub(super) checks: Concepts,
    page: Concepts,
}

impl Words {
    pub(super) fn of(snapshot: &Snapshot, group: &Group) -> Self {
        let any = |texts: &mut dyn Iterator<Item = &str>| {
            texts.fold(Concepts::default(), |all, text| all.and(concepts(text)))
        };
        let sends = group
            .buttons
            .iter()
            .any(|button| button.submit && button.visible);
        let mut buttons = group
            .buttons
            .iter()
            .filter(|button| button.visible && (button.submit || !sends));
        let mut page = [snapshot.title.as_str(), snapshot.path.as_str()].into_iter();
        let mut said = any(&mut buttons.by_ref().map(|button| button.text.as_str()));
        if !group.buttons.iter().any(|button| button.visible) {
            said = said.and(linked_step(group));
        }
        Self {
            buttons: said,
            headings: any(&mut group.headings.iter().map(String::as_str)),
            attributes: concepts(&group.attributes).and(concepts(path_of(&group.action))),
            links: any(&mut group.links.iter().map(String::as_str)),
            checks: any(&mut group.checks.iter().map(String::as_str)),
            page: any(&mut page).and(any(&mut snapshot
                .headings
                .iter()
                .take(2)
                .map(String::as_str))),
        }
    }

    /// Weighs a meaning where it stands: on the button most, elsewhere on the page least.
    pub(super) fn weigh(&self, concept: Concept) -> f32 {
        let at = |found: Concepts, weight: f32| if found.has(concept) { weight } else { 0.0 };
        at(self.buttons, 4.0)
            + at(self.headings, 2.5)
            + at(self.attributes, 2.5)
            + at(self.page, 2.0)
    }
}

/// What a link says that stands where others have a button.
fn linked_step(group: &Group) -> Concepts {
    let short = group.links.iter().filter(|text| text.chars().count() <= 24);
    short
        .map(|text| concepts(text))
        .find(|said| said.has(Concept::Next) || said.has(Concept::Login))
        .unwrap_or_default()
}

fn path_of(action: &str) -> &str {
    let rest = action.split_once("://").map_or(action, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    // Cut at a character, not in the middle of one.
    path.char_indices()
        .nth(80)
        .and_then(|(at, _)| path.get(..at))
        .unwrap_or(path)
}

/// Meanings of the words around a group.
pub(crate) fn around(snapshot: &Snapshot, group: &Group) -> Concepts {
    let words = Words::of(snapshot, group);
    words
        .buttons
        .and(words.headings)
        .and(words.attributes)
        .and(words.page)
}
