//! How often something is reviewed.

use std::fmt;

use jiff::{Span, ToSpan};
use thiserror::Error;

/// A review interval in months or years: `1 year`, `18 months`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Whole months, at least one.
    Months(u16),
    /// Whole years, at least one.
    Years(u16),
}

/// Why a text is not an interval.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not an interval")]
pub struct IntervalError(pub String);

/// No council reviews less often than this; a longer interval is a slip of the pen.
const LONGEST_IN_MONTHS: u16 = 1200;

impl Interval {
    /// Reads `1 year`, `2 years`, `18 months`.
    ///
    /// # Errors
    /// When the text has another form, or the interval is nothing or longer than a century.
    pub fn parse(text: &str) -> Result<Self, IntervalError> {
        let error = || IntervalError(text.to_owned());
        let (count, unit) = text.trim().split_once(' ').ok_or_else(error)?;
        let count: u16 = count.parse().map_err(|_| error())?;
        let interval = match unit.trim() {
            "month" | "months" => Self::Months(count),
            "year" | "years" => Self::Years(count),
            _ => return Err(error()),
        };
        if (1..=LONGEST_IN_MONTHS).contains(&interval.months()) { Ok(interval) } else { Err(error()) }
    }

    fn months(self) -> u16 {
        match self {
            Self::Months(count) => count,
            Self::Years(count) => count.saturating_mul(12),
        }
    }

    /// How often that is: `every year`, `every 18 months`.
    pub fn often(self) -> String {
        match self {
            Self::Months(1) => "every month".to_owned(),
            Self::Years(1) => "every year".to_owned(),
            several => format!("every {several}"),
        }
    }

    /// The interval as calendar months, to be added to a date.
    pub fn span(self) -> Span {
        i32::from(self.months()).months()
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Self::Months(count) => (count, "month"),
            Self::Years(count) => (count, "year"),
        };
        write!(f, "{count} {unit}{}", if *count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_read_and_print_alike() {
        for text in ["1 year", "2 years", "18 months", "1 month"] {
            assert_eq!(Interval::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn how_often_is_said_as_people_say_it() {
        for (text, often) in [("1 year", "every year"), ("1 month", "every month"), ("18 months", "every 18 months")] {
            assert_eq!(Interval::parse(text).unwrap().often(), often);
        }
    }

    #[test]
    fn nothing_and_nonsense_are_refused() {
        for text in ["", "year", "0 years", "-1 year", "1", "one year", "1 fortnight", "9999 years"] {
            assert!(Interval::parse(text).is_err(), "{text}");
        }
    }
}
