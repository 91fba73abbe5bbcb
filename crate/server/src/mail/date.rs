//! Dates in words, for mails: the day of a time, in UTC.

/// A moment of the Gregorian calendar, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: u64,
    /// 1 to 12.
    pub(super) month: u8,
    /// 1 to 31.
    pub(super) day: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
}

const MS_A_MINUTE: u64 = 60_000;
const MINUTES_A_DAY: u64 = 1_440;

/// The moment `at`, in milliseconds since 1970.
pub(super) fn utc(at: u64) -> Date {
    let minutes = at / MS_A_MINUTE;
    let of_day = minutes % MINUTES_A_DAY;
    let mut days = minutes / MINUTES_A_DAY;
    let mut year = 1970;
    // One turn a year: a mail is written for today, not for geology.
    while days >= length_of_year(year) && year < 9_999 {
        days -= length_of_year(year);
        year += 1;
    }
    let mut month = 1;
    while month < 12 && days >= length_of_month(year, month) {
        days -= length_of_month(year, month);
        month += 1;
    }
    Date {
        year,
        month,
        day: small(days.min(30) + 1),
        hour: small(of_day / 60),
        minute: small(of_day % 60),
    }
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn length_of_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn length_of_month(year: u64, month: u8) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Date, utc};

    #[test]
    fn knows_leap_years_and_the_ends_of_months() {
        let date = |year, month, day, hour, minute| Date {
            year,
            month,
            day,
            hour,
            minute,
        };
        assert_eq!(utc(0), date(1970, 1, 1, 0, 0));
        assert_eq!(utc(951_782_399_999), date(2000, 2, 28, 23, 59));
        assert_eq!(utc(951_782_400_000), date(2000, 2, 29, 0, 0));
        assert_eq!(utc(951_868_800_000), date(2000, 3, 1, 0, 0));
        assert_eq!(utc(1_798_761_540_000), date(2026, 12, 31, 23, 59));
        assert_eq!(utc(4_107_542_400_000), date(2100, 3, 1, 0, 0));
    }
}
