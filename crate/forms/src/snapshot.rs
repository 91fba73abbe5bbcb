//! What a page's script saw, as it came in: untrusted, and bounded while it is being read.
//!
//! The same shapes in TypeScript, with what each field means: extension/shared/page.ts.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Most bytes of any text; the script sends at most 160 UTF-16 units.
const TEXT: usize = 640;
/// Most bytes of an address; the script sends at most 2,048 units.
const URL: usize = 8_192;

/// One document's forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    /// Random name, repeated by the grant.
    #[serde(deserialize_with = "text::<_, 64>")]
    pub id: String,
    /// The document's title.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub title: String,
    /// The document's language, as it says.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub lang: String,
    /// Path and fragment.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub path: String,
    /// First headings of the document.
    #[serde(deserialize_with = "texts::<_, 16>")]
    pub headings: Vec<String>,
    /// The field with the keyboard focus.
    pub focused: Option<usize>,
    /// Every frame element above is in plain sight.
    pub frame_visible: bool,
    /// All fields that can be typed into or chosen from, in document order.
    #[serde(deserialize_with = "at_most::<_, _, 400>")]
    pub fields: Vec<Field>,
    /// Forms, and visual groups of fields outside of forms.
    #[serde(deserialize_with = "at_most::<_, _, 100>")]
    pub groups: Vec<Group>,
}

impl Snapshot {
    /// Group of the field that the person is in.
    #[must_use]
    pub fn focused_group(&self) -> Option<usize> {
        let field = self.fields.get(self.focused?)?;
        Some(field.group)
    }
}

/// One field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// Element.
    pub tag: Tag,
    /// Type in effect.
    #[serde(rename = "type", deserialize_with = "text::<_, 64>")]
    pub kind: String,
    /// `name`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub name: String,
    /// `id`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub id: String,
    /// `class`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub class_name: String,
    /// `autocomplete`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub autocomplete: String,
    /// `placeholder`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub placeholder: String,
    /// `aria-label`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub aria_label: String,
    /// `title`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub title: String,
    /// `inputmode`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub input_mode: String,
    /// `pattern`.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub pattern: String,
    /// `maxlength`.
    pub max_length: Option<u32>,
    /// `minlength`.
    #[serde(default)]
    pub min_length: Option<u32>,
    /// `passwordrules`.
    #[serde(default, deserialize_with = "text::<_, TEXT>")]
    pub password_rules: String,
    /// `readonly`.
    pub read_only: bool,
    /// Disabled, itself or by a fieldset.
    pub disabled: bool,
    /// `required`.
    pub required: bool,
    /// Something is in it.
    pub has_value: bool,
    /// Hidden from assistive technology.
    pub aria_hidden: bool,
    /// `tabindex`, 0 where there is none.
    pub tab_index: i32,
    /// Its labels.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub label: String,
    /// Its description.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub description: String,
    /// Text before it.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub nearby: String,
    /// First options.
    #[serde(deserialize_with = "texts::<_, 32>")]
    pub options: Vec<String>,
    /// Index in [`Snapshot::groups`].
    pub group: usize,
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// Left edge, CSS pixels.
    pub x: i32,
    /// Top edge, CSS pixels.
    pub y: i32,
    /// Width, CSS pixels.
    pub width: i32,
    /// Height, CSS pixels.
    pub height: i32,
}

impl Field {
    /// Whether a person can see it, or scroll to it, and is meant to (S-73).
    #[must_use]
    pub fn is_seen(&self) -> bool {
        let in_sight = matches!(self.visibility, Visibility::Yes | Visibility::OffScreen);
        // Out of the tab order and hidden from assistive technology: made for robots.
        in_sight && !(self.aria_hidden && self.tab_index < 0)
    }

    /// Whether anything can be put into it.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        !self.disabled && !self.read_only
    }
}

/// Element of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tag {
    /// `<input>`
    #[default]
    Input,
    /// `<select>`
    Select,
    /// `<textarea>`
    Textarea,
}

/// Why a field can't be seen, if so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// In plain sight.
    #[default]
    Yes,
    /// Can be scrolled to.
    OffScreen,
    /// `display`, `visibility`, `hidden`.
    NotRendered,
    /// Opacity.
    Transparent,
    /// Smaller than a field can be.
    Tiny,
    /// Cut off by overflow or a clip path.
    Clipped,
    /// Where no scrolling leads.
    OffPage,
    /// Under something else.
    Covered,
}

/// A form or a visual group.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// A `<form>`.
    pub is_form: bool,
    /// id, name, class, role, label.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub attributes: String,
    /// Resolved address that it is sent to.
    #[serde(deserialize_with = "text::<_, URL>")]
    pub action: String,
    /// The page says where to.
    pub has_action: bool,
    /// Method in effect; empty for a visual group.
    pub method: Method,
    /// The page says how.
    pub has_method: bool,
    /// Headings inside, or the nearest above.
    #[serde(deserialize_with = "texts::<_, 16>")]
    pub headings: Vec<String>,
    /// Texts of links inside.
    #[serde(deserialize_with = "texts::<_, 32>")]
    pub links: Vec<String>,
    /// What can be ticked, as it is labelled and called.
    #[serde(default, deserialize_with = "texts::<_, 16>")]
    pub checks: Vec<String>,
    /// Buttons, those that send the form first.
    #[serde(deserialize_with = "at_most::<_, _, 32>")]
    pub buttons: Vec<Button>,
}

/// A button.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Button {
    /// What it says.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub text: String,
    /// id, name, class, label.
    #[serde(deserialize_with = "text::<_, TEXT>")]
    pub attributes: String,
    /// Sends the form.
    pub submit: bool,
    /// Resolved `formaction`; empty where there is none.
    #[serde(deserialize_with = "text::<_, URL>")]
    pub form_action: String,
    /// `formmethod`; empty where there is none.
    pub form_method: Method,
    /// Can be seen.
    pub visible: bool,
}

/// How a form is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Not said, or no form.
    #[default]
    #[serde(rename = "")]
    Unset,
    /// In the address (S-70).
    Get,
    /// In the body.
    Post,
    /// Not sent, closes a dialog.
    Dialog,
}

fn text<'de, D: Deserializer<'de>, const MOST: usize>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.len() > MOST {
        return Err(D::Error::custom("text too long"));
    }
    Ok(text)
}

fn texts<'de, D: Deserializer<'de>, const MOST: usize>(from: D) -> Result<Vec<String>, D::Error> {
    let list: Vec<String> = at_most::<D, String, MOST>(from)?;
    if list.iter().any(|text| text.len() > TEXT) {
        return Err(D::Error::custom("text too long"));
    }
    Ok(list)
}

/// A list that is refused as soon as it is longer than `MOST`.
fn at_most<'de, D, T, const MOST: usize>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Bounded<T, const MOST: usize>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Bounded<T, MOST> {
        type Value = Vec<T>;
        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(out, "a list of at most {MOST}")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut taken = Vec::new();
            while let Some(next) = list.next_element()? {
                if taken.len() == MOST {
                    return Err(A::Error::custom("list too long"));
                }
                taken.push(next);
            }
            Ok(taken)
        }
    }
    from.deserialize_seq(Bounded::<T, MOST>(PhantomData))
}

#[cfg(test)]
mod tests;
