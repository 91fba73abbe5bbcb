//! Cards and names as other managers write them, taken apart.

use super::item::Draft;

/// "05/27", "5/2027", "2027-05", "May,2027", "052027".
pub(super) fn expiry(draft: &mut Draft, raw: &str) {
    let mut month = None;
    let mut year = None;
    for part in raw
        .split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        match (part.len(), part.parse::<u32>()) {
            (4, Ok(number)) => year = Some(number),
            // 202705 or 052027.
            (6, Ok(190_000..220_000)) => {
                (year, month) = (number_of(part, 0..4), number_of(part, 4..6));
            }
            (6, Ok(_)) => (month, year) = (number_of(part, 0..2), number_of(part, 2..6)),
            (_, Ok(number)) if month.is_none() && number <= 12 => month = Some(number),
            (2, Ok(number)) => year = Some(2000 + number),
            (_, Ok(_)) => {}
            (_, Err(_)) => month = month.or_else(|| month_named(part)),
        }
    }
    if let Some(month) = month.filter(|month| (1..=12).contains(month)) {
        draft.field("expiryMonth", &format!("{month:02}"));
    }
    if let Some(year) = year {
        draft.field("expiryYear", &year.to_string());
    }
}

fn number_of(text: &str, range: std::ops::Range<usize>) -> Option<u32> {
    text.get(range)?.parse().ok()
}

fn month_named(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let name = name.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| name.starts_with(month))
        .map(|(number, _)| number)
}

/// "Ada King Lovelace": the last word is the family name.
pub(super) fn full_name(draft: &mut Draft, raw: &str) {
    match raw.trim().rsplit_once(' ') {
        Some((given, family)) => {
            draft.field("givenName", given);
            draft.field("familyName", family);
        }
        None => draft.field("givenName", raw),
    }
}
