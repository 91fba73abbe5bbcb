//! The fields of a card or an identity, and putting a value the way a page's field takes it.

use sesame_forms::{Field, Tag};
use sesame_vault::search::fold;
use zeroize::Zeroizing;

/// Card and identity fields as an item keeps them.
#[derive(Clone, Copy)]
pub struct Details<'a>(pub &'a [(String, String)]);

impl<'a> Details<'a> {
    /// The value under a key, without the blanks around it; empty if there is none.
    pub(super) fn get(&self, key: &str) -> &'a str {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map_or("", |(_, value)| value.trim())
    }
}

/// What goes into one field.
pub(super) enum Put {
    /// A text.
    Text(Zeroizing<String>),
    /// An option by any of these words, the likeliest first; none of them is a secret.
    Choice(Vec<String>),
}

/// The text, unless the field would cut it off.
pub(super) fn text(field: &Field, value: impl Into<String>) -> Option<Put> {
    let value = Zeroizing::new(value.into());
    (!value.is_empty() && fits(field, &value)).then_some(Put::Text(value))
}

/// The first of these texts that the field takes whole.
pub(super) fn first_text(field: &Field, values: impl IntoIterator<Item = String>) -> Option<Put> {
    values.into_iter().find_map(|value| text(field, value))
}

/// One of the options, or, where people type, the first of the words that fits.
pub(super) fn choice(field: &Field, words: Vec<String>) -> Option<Put> {
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    match field.tag {
        Tag::Select => (!words.is_empty()).then_some(Put::Choice(words)),
        Tag::Input | Tag::Textarea => first_text(field, words),
    }
}

fn fits(field: &Field, value: &str) -> bool {
    let units = u32::try_from(value.encode_utf16().count()).unwrap_or(u32::MAX);
    field.max_length.is_none_or(|most| units <= most)
}

/// Everything that a field says about how it wants its value, folded: placeholder first, because
/// that is what the person would follow.
pub(super) fn hints(field: &Field) -> [String; 5] {
    [
        &field.placeholder,
        &field.label,
        &field.aria_label,
        &field.title,
        &field.description,
    ]
    .map(|text| fold(text))
}
