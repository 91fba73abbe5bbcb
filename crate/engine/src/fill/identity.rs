//! Who and where a person is, the way a page's fields take it.

use super::country;
use super::date::{Day, day_of, put_date, put_day, put_month, put_year};
use super::details::{Details, Put, choice, first_text, text};
use sesame_forms::{Field, Give, Role, Tag};

/// What the identity has something for.
pub(super) fn roles(person: &Details<'_>) -> Vec<Role> {
    let born = day_of(person.get("birthday")).is_some();
    let name = Name::of(person);
    let has = [
        (Role::Name, !name.full().is_empty()),
        (Role::GivenName, !name.given.is_empty()),
        (Role::AdditionalName, !name.middle.is_empty()),
        (Role::FamilyName, !name.family.is_empty()),
        (Role::Organization, !person.get("organisation").is_empty()),
        (Role::Email, !person.get("email").is_empty()),
        (Role::Tel, !person.get("phone").is_empty()),
        (Role::Bday, born),
        (Role::BdayDay, born),
        (Role::BdayMonth, born),
        (Role::BdayYear, born),
        (Role::AddressLine1, !person.get("street").is_empty()),
        (Role::AddressLine2, lines(person).len() > 1),
        (Role::AddressLevel2, !person.get("city").is_empty()),
        (Role::AddressLevel1, !person.get("region").is_empty()),
        (Role::PostalCode, !person.get("postalCode").is_empty()),
        (Role::Country, !person.get("country").is_empty()),
    ];
    has.into_iter()
        .filter_map(|(role, has)| has.then_some(role))
        .collect()
}

/// What goes into one field; `all` is what the form takes besides.
pub(super) fn put(person: &Details<'_>, give: Give, field: &Field, all: &[Give]) -> Option<Put> {
    let role = match give {
        Give::Part(role) => role,
        Give::CallingCode => return calling_code(person, field),
        _ => return None,
    };
    let name = Name::of(person);
    let born = || day_of(person.get("birthday"));
    match role {
        Role::Name => text(field, name.full()),
        Role::GivenName => text(field, name.given),
        Role::AdditionalName => text(field, name.middle),
        Role::FamilyName => text(field, name.family),
        Role::Organization => text(field, person.get("organisation")),
        Role::Email => text(field, person.get("email")),
        Role::Tel => telephone(person, field, all.contains(&Give::CallingCode)),
        Role::Bday => put_date(field, born()?),
        Role::BdayDay => born().and_then(|Day { day, .. }| put_day(field, day)),
        Role::BdayMonth => born().and_then(|Day { month, .. }| put_month(field, month)),
        Role::BdayYear => born().and_then(|Day { year, .. }| put_year(field, year)),
        Role::AddressLine1 => street(person, field, all.contains(&Give::Part(Role::AddressLine2))),
        Role::AddressLine2 => text(field, lines(person).get(1..)?.join(", ")),
        Role::AddressLevel2 => choice(field, vec![person.get("city").to_owned()]),
        Role::AddressLevel1 => choice(field, vec![person.get("region").to_owned()]),
        Role::PostalCode => text(field, person.get("postalCode")),
        Role::Country => {
            let stored = person.get("country");
            let mut words = vec![stored.to_owned()];
            words.extend(country::names(stored).into_iter().map(str::to_owned));
            // A field for two letters takes the code, which comes last of the words.
            choice(field, words)
        }
        _ => None,
    }
}

/// A person's name in its parts.
struct Name<'a> {
    given: &'a str,
    middle: &'a str,
    family: &'a str,
}

impl<'a> Name<'a> {
    /// As the identity keeps it. A whole name in one of the two parts is taken apart before its last word.
    fn of(person: &Details<'a>) -> Self {
        let (given, family) = (person.get("givenName"), person.get("familyName"));
        let middle = person.get("middleName");
        let whole = match (given, family) {
            ("", whole) | (whole, "") => whole,
            _ => "",
        };
        match whole.rsplit_once(' ') {
            Some((given, family)) => Self {
                given: given.trim(),
                middle,
                family,
            },
            None => Self {
                given,
                middle,
                family,
            },
        }
    }

    fn full(&self) -> String {
        let parts = [self.given, self.middle, self.family].into_iter();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}

fn lines<'a>(person: &Details<'a>) -> Vec<&'a str> {
    let lines = person.get("street").lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

/// All of the street where there is room for it, otherwise its first line.
fn street(person: &Details<'_>, field: &Field, second: bool) -> Option<Put> {
    let lines = lines(person);
    if field.tag == Tag::Textarea {
        return text(field, lines.join("\n"));
    }
    let first = (*lines.first()?).to_owned();
    let forms = if second {
        vec![first]
    } else {
        vec![lines.join(", "), first]
    };
    first_text(field, forms)
}

/// The number as it is kept, or shorter where the field is; without its country's part where that has a
/// field of its own.
fn telephone(person: &Details<'_>, field: &Field, apart: bool) -> Option<Put> {
    let stored = person.get("phone");
    let tokens = field.autocomplete.to_ascii_lowercase();
    let national = apart
        || tokens
            .split_whitespace()
            .any(|token| token == "tel-national");
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    if national && let Some(code) = country::calling_code(stored) {
        let all = digits(stored);
        return text(field, all.get(code.len()..)?);
    }
    let sign = if stored.starts_with('+') { "+" } else { "" };
    if field.kind == "number" {
        return text(field, digits(stored));
    }
    first_text(
        field,
        [
            stored.to_owned(),
            format!("{sign}{}", digits(stored)),
            digits(stored),
        ],
    )
}

fn calling_code(person: &Details<'_>, field: &Field) -> Option<Put> {
    let code = country::calling_code(person.get("phone"))?;
    let mut words = vec![format!("+{code}"), code.clone(), format!("00{code}")];
    if field.tag == Tag::Select {
        // Lists of countries with their codes: the country tells which of "+1" it is.
        let home = country::names(person.get("country"));
        let named = home.iter().map(|name| format!("{name} (+{code})"));
        let named: Vec<String> = named
            .chain(home.iter().map(|name| format!("{name} +{code}")))
            .collect();
        words.splice(0..0, named);
    }
    choice(field, words)
}
