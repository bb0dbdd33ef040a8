//! Dates as precise as a document states them.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use super::Interval;

/// The months, as English writes them, in small letters.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day, a month or a year of the Gregorian calendar: as precise as the document is, no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A year, `2020`.
    Year(i16),
    /// A month, `2020-01`.
    Month(i16, i8),
    /// A day, `2024-05-30`.
    Day(Date),
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not of the form `2024-05-30`, `2024-05` or `2024`.
    #[error("`{0}` is not a date")]
    Shape(String),
    /// Of the right form, but not in the calendar: 30 February, month 13.
    #[error("there is no such date as {0}")]
    NotInCalendar(String),
}

impl PartialDate {
    /// Reads `2024-05-30`, `2024-05` or `2024`.
    ///
    /// # Errors
    /// When the text has another form, or names a day or month that does not exist.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let shape = || DateError::Shape(text.to_owned());
        let absent = |_| DateError::NotInCalendar(text.to_owned());
        let digits =
            |part: &str, count: usize| (part.len() == count && part.bytes().all(|b| b.is_ascii_digit())).then_some(());
        let mut parts = text.split('-');
        let year_text = parts.next().ok_or_else(shape)?;
        digits(year_text, 4).ok_or_else(shape)?;
        let year: i16 = year_text.parse().map_err(|_| shape())?;
        let mut next = || -> Result<Option<i8>, DateError> {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            digits(part, 2).ok_or_else(shape)?;
            part.parse().map(Some).map_err(|_| shape())
        };
        let (month, day) = (next()?, next()?);
        if parts.next().is_some() {
            return Err(shape());
        }
        Ok(match (month, day) {
            (Some(month), Some(day)) => Self::Day(Date::new(year, month, day).map_err(absent)?),
            (Some(month), None) => {
                Date::new(year, month, 1).map_err(absent)?;
                Self::Month(year, month)
            }
            (None, _) => Self::Year(year),
        })
    }

    /// The last day it covers: a month or a year falls due on its last day.
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => jiff::civil::date(year, 12, 31),
            Self::Month(year, month) => jiff::civil::date(year, month, 1).last_of_month(),
            Self::Day(day) => day,
        }
    }

    /// The first day it covers.
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => jiff::civil::date(year, 1, 1),
            Self::Month(year, month) => jiff::civil::date(year, month, 1),
            Self::Day(day) => day,
        }
    }

    /// The date an interval later, no more precise than this one: a year after `2024-02` is `2025-02`. A day that the month
    /// does not have is the month's last: a year after 29 February is 28 February. None beyond the year 9999.
    pub fn after(self, interval: Interval) -> Option<Self> {
        let later = |day: Date| day.checked_add(interval.span()).ok();
        match (self, interval) {
            (Self::Year(year), Interval::Years(_)) => {
                later(jiff::civil::date(year, 1, 1)).map(|day| Self::Year(day.year()))
            }
            (Self::Year(_) | Self::Month(..), _) => {
                later(self.last_day().first_of_month()).map(|day| Self::Month(day.year(), day.month()))
            }
            (Self::Day(day), _) => later(day).map(Self::Day),
        }
    }

    /// As it is written in English prose: `30 May 2024`, `May 2024`, `2024`.
    pub fn in_words(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month(..) => self.first_day().strftime("%B %Y").to_string(),
            Self::Day(day) => day.strftime("%-d %B %Y").to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        for text in ["2024-05-30", "2024-05", "2024", "2024-02-29"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_month_or_year_ends_on_its_last_day() {
        let last = |text| PartialDate::parse(text).unwrap().last_day().to_string();
        assert_eq!(last("2024-02"), "2024-02-29");
        assert_eq!(last("2023-02"), "2023-02-28");
        assert_eq!(last("2024"), "2024-12-31");
    }

    #[test]
    fn an_interval_leads_to_the_same_day_of_a_later_month_as_far_as_there_is_one() {
        for (date, interval, later) in [
            ("2024-05-30", "1 year", "2025-05-30"),
            ("2024-02-29", "1 year", "2025-02-28"),
            ("2024-02-29", "4 years", "2028-02-29"),
            ("2024-08-31", "6 months", "2025-02-28"),
            ("2024-01-31", "18 months", "2025-07-31"),
            ("2023-02", "1 year", "2024-02"),
            ("2024-11", "18 months", "2026-05"),
            ("2024", "2 years", "2026"),
            ("2024", "18 months", "2026-06"),
        ] {
            let after = PartialDate::parse(date).unwrap().after(Interval::parse(interval).unwrap());
            assert_eq!(after.unwrap().to_string(), later, "{date} and {interval}");
        }
        // A month is due on its last day, also where the month it is counted from is shorter.
        let after = PartialDate::parse("2023-02").unwrap().after(Interval::Years(1)).unwrap();
        assert_eq!(after.last_day().to_string(), "2024-02-29");
        for last in ["9999", "9999-12", "9999-12-31"] {
            assert_eq!(PartialDate::parse(last).unwrap().after(Interval::Years(1)), None);
        }
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in ["", "24-05-30", "2024-5", "2024-05-30-1", "May 2024", "2024/05", "+024"] {
            assert!(matches!(PartialDate::parse(text), Err(DateError::Shape(_))), "{text}");
        }
        for text in ["2023-02-29", "2024-13", "2024-00", "2024-04-31"] {
            let result = PartialDate::parse(text);
            assert!(matches!(result, Err(DateError::NotInCalendar(_))), "{text}");
        }
    }
}
