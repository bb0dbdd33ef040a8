//! Days and stretches of time on the command line, and the clock.

use jiff::Span;
use jiff::civil::Date;

use crate::model::{DateError, Interval, PartialDate};
use crate::review::Next;

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    match PartialDate::parse(text) {
        Ok(PartialDate::Day(day)) => Ok(day),
        Ok(_) => Err("write a whole day, such as 2027-05-01".to_owned()),
        Err(error) => Err(format!("{error}: write a day as 2027-05-01")),
    }
}

/// Reads a date as precise as it is known.
pub(super) fn date(text: &str) -> Result<PartialDate, String> {
    PartialDate::parse(text)
        .map_err(|error| format!("{error}: write a day as 2027-05-14, a month as 2027-05, a year as 2027"))
}

/// Reads a date, or an interval after another.
pub(super) fn next(text: &str) -> Result<Next, String> {
    if let Ok(interval) = Interval::parse(text) {
        return Ok(Next::After(interval));
    }
    PartialDate::parse(text).map(Next::On).map_err(|error| match error {
        DateError::NotInCalendar(_) => error.to_string(),
        DateError::Shape(_) => format!(
            "`{text}` is neither a date, such as 2027-05-14 or 2027-05, nor an interval of 1 month to 100 years, such as \
             \"1 year\" or \"18 months\""
        ),
    })
}

/// Reads a stretch of days, weeks, months or years, such as `60d`, `8 weeks`, `2 months`.
pub(super) fn stretch(text: &str) -> Result<Span, String> {
    let expected = || "write a number of days, weeks, months or years, such as 60d, 8w or \"2 months\"".to_owned();
    let span: Span = text.parse().map_err(|_| expected())?;
    let of_days = (span.get_hours(), span.get_minutes(), span.get_seconds(), span.get_milliseconds()) == (0, 0, 0, 0)
        && (span.get_microseconds(), span.get_nanoseconds()) == (0, 0);
    if of_days && !span.is_negative() { Ok(span) } else { Err(expected()) }
}

/// The day a stretch after another; the last there is, where that is beyond the calendar.
pub(super) fn after(day: Date, stretch: Span) -> Date {
    day.saturating_add(stretch)
}

/// How many days before `day` something is that is a stretch before it.
pub(super) fn days_before(day: Date, stretch: Span) -> i32 {
    (day - day.saturating_sub(stretch)).get_days()
}

/// The only place where the day is asked for.
#[expect(clippy::disallowed_methods, reason = "the clock is read once, here at the edge, where --as-of gives no day")]
pub(super) fn today() -> Date {
    jiff::Zoned::now().date()
}
