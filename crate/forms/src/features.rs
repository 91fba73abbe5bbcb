//! What speaks for a field being this or that, added up with reasons.

use crate::lexicon::{Concept, Concepts, concepts};
use crate::role::Role;
use crate::snapshot::{Field, Tag};
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that speaks for (or, below zero, against) a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// Role it speaks for.
    pub role: Role,
    /// What was seen, such as `label:password` or `type`.
    pub feature: &'static str,
    /// How much it weighs.
    pub weight: f32,
}

/// The first look at one field, by itself.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// All reasons, in the order found.
    pub reasons: Vec<Reason>,
    /// Meanings in what names the field: its name, id, labels, placeholder, title.
    pub named: Concepts,
    /// Role that a valid `autocomplete` token gives it.
    pub token: Option<Role>,
    scores: BTreeMap<Role, f32>,
}

impl Evidence {
    /// Sum of the reasons for a role.
    #[must_use]
    pub fn score(&self, role: Role) -> f32 {
        self.scores.get(&role).copied().unwrap_or(0.0)
    }

    /// The role with the highest score of at least `least`, one left out.
    #[must_use]
    pub fn best(&self, least: f32, but: Option<Role>) -> Option<Role> {
        let (role, score) = self
            .scores
            .iter()
            .filter(|(role, _)| Some(**role) != but)
            .max_by(|one, two| one.1.total_cmp(two.1))?;
        (*score >= least).then_some(*role)
    }

    fn add(&mut self, role: Role, feature: &'static str, weight: f32) {
        self.reasons.push(Reason {
            role,
            feature,
            weight,
        });
        *self.scores.entry(role).or_default() += weight;
    }
}

/// Weight of a valid autocomplete token: above all else together, short of the type.
const TOKEN: f32 = 20.0;
/// What is left of the weight of `name` and `id` where people are told what the field is.
const TOLD: f32 = 0.6;
/// Weight of being one part of a date: above all that names the whole.
const PART: f32 = 12.0;
/// Weight of the input's type.
const TYPE: f32 = 8.0;

/// What a meaning says about the role; for people's words and identifiers alike.
const MEANINGS: &[(Concept, Role, f32)] = &[
    (Concept::Password, Role::CurrentPassword, 1.5),
    (Concept::Username, Role::Username, 3.0),
    (Concept::Account, Role::Username, 2.0),
    (Concept::Login, Role::Username, 1.5),
    (Concept::Email, Role::Email, 3.0),
    (Concept::Phone, Role::Tel, 3.0),
    (Concept::OneTimeCode, Role::Otp, 3.0),
    (Concept::Code, Role::Otp, 1.0),
    (Concept::SentCode, Role::OtpOther, 1.0),
    (Concept::Captcha, Role::None, 5.0),
    (Concept::Answer, Role::None, 10.0),
    (Concept::Voucher, Role::None, 4.0),
    (Concept::Message, Role::None, 3.0),
    (Concept::Search, Role::Search, 3.0),
    (Concept::CardNumber, Role::CcNumber, 3.5),
    (Concept::CardCode, Role::CcCsc, 4.5),
    (Concept::CardExpiry, Role::CcExp, 3.0),
    (Concept::CardName, Role::CcName, 4.5),
    (Concept::Name, Role::Name, 2.0),
    (Concept::GivenName, Role::GivenName, 3.0),
    (Concept::MiddleName, Role::AdditionalName, 3.5),
    (Concept::FamilyName, Role::FamilyName, 3.2),
    (Concept::Organization, Role::Organization, 3.2),
    (Concept::Street, Role::AddressLine1, 2.5),
    (Concept::Street2, Role::AddressLine2, 3.5),
    (Concept::City, Role::AddressLevel2, 3.0),
    (Concept::State, Role::AddressLevel1, 2.5),
    (Concept::PostalCode, Role::PostalCode, 3.5),
    (Concept::Country, Role::Country, 3.0),
    (Concept::Birth, Role::Bday, 3.2),
    (Concept::Sex, Role::Sex, 3.2),
];

/// Looks at one field by itself.
#[must_use]
pub fn look(field: &Field) -> Evidence {
    let mut seen = Evidence::default();
    // Each says the same thing again, so the second says less; what stands nearby may mean another.
    let nearby = if field.label.is_empty() {
        &field.nearby
    } else {
        ""
    };
    let channels: [(&'static str, &str, f32); 7] = [
        ("label", &field.label, 1.0),
        ("aria-label", &field.aria_label, 1.0),
        ("placeholder", &field.placeholder, 0.8),
        ("title", &field.title, 0.5),
        ("nearby", nearby, 0.6),
        ("name", &field.name, 0.9),
        ("id", &field.id, 0.8),
    ];
    // What is written for people counts for more than what is written for programs.
    let mut told = false;
    for (channel, text, weight) in channels {
        let program = matches!(channel, "name" | "id");
        let found = if program {
            concepts_of_identifier(text)
        } else {
            concepts(text)
        };
        if channel != "nearby" || field.aria_label.is_empty() && field.placeholder.is_empty() {
            seen.named = seen.named.and(found);
        }
        let weight = if program && told {
            weight * TOLD
        } else {
            weight
        };
        if let Some(role) = whole(text) {
            seen.add(role, channel, WHOLE * weight);
        }
        for (concept, role, worth) in MEANINGS {
            if found.has(*concept) && !belongs_to_another(*concept, found, seen.named) {
                seen.add(*role, channel, worth * weight);
                told |= !program;
            }
        }
    }
    parts_of_dates(&mut seen);
    let code = seen.named.has(Concept::Code) || seen.named.has(Concept::OneTimeCode);
    if code && seen.named.has(Concept::SentCode) {
        seen.add(Role::OtpOther, "a code that was sent", 4.0);
    }
    if seen.named.has(Concept::CardCode) && !seen.named.has(Concept::Authenticator) {
        seen.add(Role::CcCsc, "a card's code", 6.0);
    }
    if seen.named.has(Concept::Email) && seen.named.has(Concept::Phone) {
        seen.add(Role::Email, "either address or number", 3.0);
    }
    by_type(field, &mut seen);
    for token in field.autocomplete.to_ascii_lowercase().split_whitespace() {
        if let Some(role) = Role::from_token(token) {
            seen.add(role, "autocomplete", TOKEN);
            seen.token = Some(role);
        }
    }
    seen
}

/// Whether a word that has this meaning is only part of what the text says.
fn belongs_to_another(concept: Concept, text: Concepts, field: Concepts) -> bool {
    match concept {
        // "User name" has a name in it, in every language.
        Concept::Name | Concept::GivenName | Concept::FamilyName => field.has(Concept::Username),
        // So has an e-mail address one of streets, and its second line the first.
        Concept::Street => text.has(Concept::Email) || field.has(Concept::Street2),
        // The code of a country is part of a telephone number.
        Concept::Country => text.has(Concept::Phone) || text.has(Concept::Code),
        // "Card holder's city".
        Concept::CardName => [
            Concept::Street,
            Concept::City,
            Concept::State,
            Concept::PostalCode,
        ]
        .iter()
        .any(|place| text.has(*place) || field.has(*place)),
        _ => false,
    }
}

/// Weight of a text that is nothing but one short word.
const WHOLE: f32 = 3.5;

/// What is too short to be looked for inside of other words.
fn whole(text: &str) -> Option<Role> {
    let sign = |sign: char| sign.is_alphanumeric();
    match text.trim_matches(|each| !sign(each)) {
        "q" | "s" | "wd" | "kw" => Some(Role::Search),
        "id" | "ID" | "Id" => Some(Role::Username),
        "姓" | "せい" | "セイ" | "성" => Some(Role::FamilyName),
        "名" | "めい" | "メイ" => Some(Role::GivenName),
        _ => None,
    }
}

/// Frameworks put the form's name before the field's: `loginForm:courtId`, `ctl00$login$txtCode`,
/// `user[email]`. The last part is the field's own; of `email[0]` it is the first that says something.
fn concepts_of_identifier(text: &str) -> Concepts {
    let mut parts = text.split(['[', ']', ':', '$', '.', '|']);
    let last = parts.rfind(|part| !part.is_empty());
    let own = concepts(last.unwrap_or_default());
    if own == Concepts::default() && !text.contains([':', '$']) {
        concepts(text)
    } else {
        own
    }
}

/// Month and year mean little alone: of birth, or of a card's expiry.
fn parts_of_dates(seen: &mut Evidence) {
    let named = seen.named;
    let (month, year, day) = (
        named.has(Concept::Month),
        named.has(Concept::Year),
        named.has(Concept::Day),
    );
    if named.has(Concept::CardExpiry) && month != year {
        seen.add(
            if month {
                Role::CcExpMonth
            } else {
                Role::CcExpYear
            },
            "part of expiry",
            PART,
        );
    }
    if named.has(Concept::Birth) && (usize::from(month) + usize::from(year) + usize::from(day)) == 1
    {
        let role = if month {
            Role::BdayMonth
        } else if year {
            Role::BdayYear
        } else {
            Role::BdayDay
        };
        seen.add(role, "part of birthday", PART);
    }
}

fn by_type(field: &Field, seen: &mut Evidence) {
    if field.tag != Tag::Input {
        // Nobody types an identifier or a secret into a list or a letter.
        for role in [
            Role::Username,
            Role::Email,
            Role::CurrentPassword,
            Role::Otp,
            Role::Search,
            Role::CcNumber,
            Role::CcCsc,
            Role::CcName,
        ] {
            seen.add(role, "element", -12.0);
        }
        return;
    }
    match field.kind.as_str() {
        "password" => {
            // Codes are dotted, too, and say so.
            let code = seen.named.has(Concept::CardCode) || seen.named.has(Concept::OneTimeCode);
            seen.add(Role::CurrentPassword, "type", if code { 1.0 } else { TYPE });
            for role in [
                Role::Username,
                Role::Email,
                Role::Search,
                Role::Name,
                Role::Tel,
            ] {
                seen.add(role, "type", -TYPE);
            }
        }
        "email" => seen.add(Role::Email, "type", TYPE),
        "tel" => {
            // Codes are typed on the same keys.
            let code = few_signs(field) || seen.named.has(Concept::Code);
            let weight = if code && !seen.named.has(Concept::Phone) {
                0.5
            } else {
                3.0
            };
            seen.add(Role::Tel, "type", weight);
        }
        "search" => seen.add(Role::Search, "type", TYPE),
        "number" | "date" | "month" | "week" | "time" | "datetime-local" => {
            for role in [Role::Username, Role::Email] {
                seen.add(role, "type", -4.0);
            }
        }
        "url" => seen.add(Role::None, "type", TYPE),
        _ => {}
    }
    match field.input_mode.as_str() {
        "email" => seen.add(Role::Email, "inputmode", 3.0),
        "tel" if !few_signs(field) => seen.add(Role::Tel, "inputmode", 1.5),
        "search" => seen.add(Role::Search, "inputmode", 3.0),
        _ => {}
    }
    if numeric(field) && few_signs(field) {
        seen.add(Role::Otp, "short and numeric", 1.5);
    }
}

/// As short as a one-time code.
fn few_signs(field: &Field) -> bool {
    field.max_length.is_some_and(|most| (4..=8).contains(&most))
}

fn numeric(field: &Field) -> bool {
    matches!(field.kind.as_str(), "number" | "tel")
        || field.input_mode == "numeric"
        || field.pattern.contains("[0-9]")
        || field.pattern.contains("\\d")
}
