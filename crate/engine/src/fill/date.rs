//! Months, years and days, the way a page's field wants them.

use super::details::{Put, choice, first_text, hints, text};
use sesame_forms::{Field, Tag};

/// Letters that stand for a year's digits in placeholders, folded: English and many others, the
/// Romance languages, German and Dutch, Polish, Russian.
const YEAR: &[char] = &['y', 'a', 'j', 'r', 'г'];
/// The same for months.
const MONTH: &[char] = &['m', 'м'];
/// And for days: English, French, German, Spanish and Italian, Russian.
const DAY: &[char] = &['d', 'j', 't', 'g', 'д'];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month of a year.
#[derive(Clone, Copy)]
pub(super) struct Month {
    pub(super) month: u8,
    pub(super) year: u16,
}

/// A month by its number or English name.
pub(super) fn month_of(text: &str) -> Option<u8> {
    let number = text.trim().parse::<u8>().ok();
    let named = || {
        let text = text.trim().to_ascii_lowercase();
        let at = MONTHS.iter().position(|name| {
            let name = name.to_ascii_lowercase();
            text.len() >= 3 && name.starts_with(&text)
        })?;
        u8::try_from(at.saturating_add(1)).ok()
    };
    number
        .or_else(named)
        .filter(|month| (1..=12).contains(month))
}

/// A year by two digits or four; cards don't outlive a century.
pub(super) fn year_of(text: &str) -> Option<u16> {
    let text = text.trim();
    let year: u16 = text.parse().ok()?;
    match text.len() {
        2 => Some(year.saturating_add(2_000)),
        4 => Some(year),
        _ => None,
    }
}

/// Month and year in one field.
pub(super) fn put_both(field: &Field, at: Month) -> Option<Put> {
    let Month { month, year } = at;
    let short = year % 100;
    if field.kind == "month" {
        return text(field, format!("{year:04}-{month:02}"));
    }
    if field.tag == Tag::Select {
        return choice(
            field,
            vec![
                format!("{month:02}/{year:04}"),
                format!("{month:02}/{short:02}"),
                format!("{month:02} / {year:04}"),
                format!("{month:02} / {short:02}"),
                format!("{month:02}-{year:04}"),
                format!("{year:04}-{month:02}"),
                format!("{month:02}{year:04}"),
                format!("{month:02}{short:02}"),
            ],
        );
    }
    let mut forms = Vec::new();
    if let Some(shape) = hints(field).iter().find_map(|hint| Shape::of_month(hint)) {
        let (separator, width) = (shape.separator.as_str(), shape.year);
        let year = if width == 4 {
            format!("{year:04}")
        } else {
            format!("{short:02}")
        };
        let bare = separator.trim();
        forms.extend([separator, bare, ""].map(|separator| {
            if shape.year_first {
                format!("{year}{separator}{month:02}")
            } else {
                format!("{month:02}{separator}{year}")
            }
        }));
    } else {
        // No word about it: the length tells, and otherwise the usual way.
        match field.max_length {
            Some(7) => forms.push(format!("{month:02}/{year:04}")),
            Some(6) => forms.push(format!("{month:02}{year:04}")),
            _ => {}
        }
    }
    forms.push(format!("{month:02}/{short:02}"));
    forms.push(format!("{month:02}{short:02}"));
    first_text(field, forms)
}

/// A month by itself.
pub(super) fn put_month(field: &Field, month: u8) -> Option<Put> {
    let at = usize::from(month);
    let name = at
        .checked_sub(1)
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default();
    let mut words = Vec::new();
    if field.tag == Tag::Select {
        words.extend(option_of_month(field, month));
    }
    words.extend([
        format!("{month:02}"),
        month.to_string(),
        name.to_owned(),
        name.get(..3).unwrap_or_default().to_owned(),
    ]);
    choice(field, words)
}

/// Twelve options, or twelve behind one that says "Month", are the months, in any language. Values may
/// count from nought, so that the words of the right one are better than its number.
fn option_of_month(field: &Field, month: u8) -> Option<String> {
    let numbered = field.options.iter().find(|option| {
        let digits: String = option
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse() == Ok(month)
    });
    let placed = || {
        let at = usize::from(month);
        match field.options.len() {
            12 => field.options.get(at.checked_sub(1)?),
            13 => field.options.get(at),
            _ => None,
        }
    };
    numbered.or_else(placed).cloned()
}

/// A year by itself, with two digits or four.
pub(super) fn put_year(field: &Field, year: u16) -> Option<Put> {
    let (long, short) = (format!("{year:04}"), format!("{:02}", year % 100));
    let asks_short = field.max_length == Some(2)
        || hints(field)
            .iter()
            .find_map(|hint| runs(hint, YEAR).first().copied())
            == Some(2);
    let words = if asks_short && field.tag != Tag::Select {
        vec![short]
    } else {
        vec![long, short]
    };
    choice(field, words)
}

/// A day by itself.
pub(super) fn put_day(field: &Field, day: u8) -> Option<Put> {
    choice(field, vec![format!("{day:02}"), day.to_string()])
}

/// A day of a month of a year.
#[derive(Clone, Copy)]
pub(super) struct Day {
    pub(super) day: u8,
    pub(super) month: u8,
    pub(super) year: u16,
}

/// A date as people write it: year first, or day first; month first only where the day can't be one.
pub(super) fn day_of(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let &[first, second, third] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else if second.parse().is_ok_and(|second: u8| second > 12) {
        (third, first, second)
    } else {
        (third, second, first)
    };
    let year: u16 = year
        .parse()
        .ok()
        .filter(|year| (1_000..=9_999).contains(year))?;
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    let is_day = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then_some(Day { day, month, year })
}

/// A whole date.
pub(super) fn put_date(field: &Field, at: Day) -> Option<Put> {
    let Day { day, month, year } = at;
    let iso = format!("{year:04}-{month:02}-{day:02}");
    if field.kind == "date" {
        return text(field, iso);
    }
    let forms = match hints(field).iter().find_map(|hint| order(hint)) {
        Some((separator, [true, ..])) => {
            vec![format!("{year:04}{separator}{month:02}{separator}{day:02}")]
        }
        Some((separator, [_, true])) => {
            vec![format!("{month:02}{separator}{day:02}{separator}{year:04}")]
        }
        Some((separator, _)) => vec![format!("{day:02}{separator}{month:02}{separator}{year:04}")],
        None => vec![iso],
    };
    first_text(field, forms)
}

/// Separator of a date's shape, and whether the year is first, whether the month is.
fn order(hint: &str) -> Option<(String, [bool; 2])> {
    let month = find_run(hint, MONTH, &[1, 2])?;
    // Where one letter stands for days and years, the longer run is the year's.
    let year = find_run(hint, YEAR, &[4])?;
    let day = find_run(hint, DAY, &[1, 2])?;
    let (first, length) = month.min(year).min(day);
    let second = [month, year, day]
        .into_iter()
        .map(|(start, _)| start)
        .filter(|start| *start > first)
        .min()?;
    let separator = hint.get(first.checked_add(length)?..second)?;
    let short = separator.chars().count() <= 3 && !separator.chars().any(char::is_alphanumeric);
    short.then(|| {
        (
            separator.to_owned(),
            [year < month && year < day, month < day && month < year],
        )
    })
}

/// How a month with its year is written.
struct Shape {
    year_first: bool,
    separator: String,
    year: usize,
}

impl Shape {
    /// Reads "MM/YY", "MM / AAAA", "JJJJ-MM" out of a folded text.
    fn of_month(hint: &str) -> Option<Self> {
        let (month, month_length) = find_run(hint, MONTH, &[2])?;
        let (year, year_length) = find_run(hint, YEAR, &[2, 4])?;
        let year_first = year < month;
        let between = if year_first {
            hint.get(year.checked_add(year_length)?..month)?
        } else {
            hint.get(month.checked_add(month_length)?..year)?
        };
        let marks = between.chars().count() <= 3 && !between.chars().any(char::is_alphanumeric);
        let width = hint
            .get(year..year.checked_add(year_length)?)?
            .chars()
            .count();
        marks.then(|| Self {
            year_first,
            separator: between.to_owned(),
            year: width,
        })
    }
}

/// Where a run of one of these letters stands by itself, in bytes: start and length. Only runs of such
/// lengths, in letters.
fn find_run(text: &str, letters: &[char], lengths: &[usize]) -> Option<(usize, usize)> {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while let Some((start, first)) = signs.get(at).copied() {
        let run = signs
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|(_, sign)| *sign == first)
            .count();
        // "MMYY" is two runs; "JAAR" and "COMMA" are words.
        let sign = |at: usize| signs.get(at).map(|(_, sign)| *sign);
        let alone = |next: Option<char>, beyond: Option<char>| {
            next.is_none_or(|next| !next.is_alphanumeric() || beyond == Some(next))
        };
        let end = at.saturating_add(run);
        let before = alone(
            at.checked_sub(1).and_then(sign),
            at.checked_sub(2).and_then(sign),
        );
        let after = alone(sign(end), sign(end.saturating_add(1)));
        if letters.contains(&first) && lengths.contains(&run) && before && after {
            return Some((start, first.len_utf8().saturating_mul(run)));
        }
        at = at.saturating_add(run);
    }
    None
}

/// Lengths of the runs that stand for a year.
fn runs(text: &str, letters: &[char]) -> Vec<usize> {
    [4, 2]
        .into_iter()
        .filter(|length| find_run(text, letters, &[*length]).is_some())
        .collect()
}
