use super::*;
use crate::understand::tests::{field, page};
use crate::understand::understand;

fn select(label: &str, options: &[&str]) -> Field {
    Field {
        tag: Tag::Select,
        options: options.iter().map(|text| (*text).to_owned()).collect(),
        ..field("select", label)
    }
}

const MONTHS: [&str; 13] = [
    "Month", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12",
];
const NAMES: [&str; 12] = [
    "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic",
];

fn roles(fields: Vec<Field>) -> Vec<Role> {
    understand(&page(fields, "", "Pay")).roles
}

#[test]
fn lists_of_months_and_years_beside_a_card() {
    let card = || field("text", "Card number");
    let years = select("", &["Year", "2027", "2028", "2029"]);
    for months in [select("", &MONTHS), select("", &NAMES)] {
        assert_eq!(
            roles(vec![card(), months, years.clone()]),
            [Role::CcNumber, Role::CcExpMonth, Role::CcExpYear]
        );
    }
    assert_eq!(
        roles(vec![select("", &MONTHS), years]),
        [Role::None, Role::None],
        "of what?"
    );
}

#[test]
fn an_expiry_in_two_fields() {
    let two = |one: Field, two: Field| roles(vec![field("text", "Card number"), one, two]);
    let short = |label: &str| Field {
        max_length: Some(2),
        ..field("text", label)
    };
    let parts = [Role::CcNumber, Role::CcExpMonth, Role::CcExpYear];
    assert_eq!(two(short("MM"), short("YY")), parts);
    assert_eq!(two(short("Expiry date"), short("Expiry date")), parts);
    assert_eq!(
        two(short("Expiration month"), short("Expiration year")),
        parts
    );
    assert_eq!(
        roles(vec![field("text", "Card number"), field("text", "MM / YY")])[1],
        Role::CcExp
    );
}

#[test]
fn a_birthday_in_three_lists() {
    let days: Vec<String> = (1..=16).map(|day| day.to_string()).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let born = vec![
        select("Date of birth", &days),
        select("", &NAMES),
        select("", &["2010", "2009", "2008", "2007"]),
    ];
    assert_eq!(
        roles(born),
        [Role::BdayDay, Role::BdayMonth, Role::BdayYear]
    );
}
