//! The dates in a line, in the many ways of writing them.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::pattern::pattern;

use jiff::civil::Date;
use regex::{Captures, Match, Regex};

use crate::model::{MONTHS, PartialDate};

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|[mf]awrth|ebrill|[mf]ai|[mf]ehefin|g?orffennaf|awst|[mf]edi|hydref|[td]achwedd|rh?agfyr)\.?";

/// What the months begin with in Welsh, as they stand alone and behind `o`.
const MONTHS_IN_WELSH: [&[&str]; 12] = [
    &["ion"],
    &["chw"],
    &["maw", "faw"],
    &["ebr"],
    &["mai", "fai"],
    &["meh", "feh"],
    &["gor", "orf"],
    &["aws"],
    &["med", "fed"],
    &["hyd"],
    &["tac", "dac"],
    &["rha", "rag"],
];

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?ix)
        \b(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})\b
        | \b(?P<d2>\d{{1,2}})\s?(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?\.?[\s-]+(?:day\s+)?(?:of\s+|o\s+)?(?P<m2>{MONTH}),?[\s-]+(?P<y2>\d{{4}}|['’]?\d{{2}})\b
        | \b(?P<m3>{MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})\b
        | \b(?P<m4>{MONTH}),?\s+(?P<y4>\d{{4}})\b
        | \b(?P<d5>\d{{1,2}})\s?[./-]\s?(?P<m5>\d{{1,2}})\s?[./-]\s?(?P<y5>\d{{4}}|\d{{2}})\b
        | \b(?P<m6>\d{{1,2}})/(?P<y6>\d{{4}})\b
        | \b(?:19|20)\d\d[/–-]\d\d\b
        | \b(?P<y7>(?:19|20)\d\d)\b"
    ))
});

/// A date in a text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) date: PartialDate,
    pub(super) at: Range<usize>,
}

/// All dates of a text, in order. What is written like a date and is none is left out.
pub(super) fn dates(text: &str) -> Vec<Found> {
    DATE.captures_iter(text)
        .filter_map(|found| {
            let at = found.get(0)?.range();
            Some(Found { date: meant(&found)?, at })
        })
        .collect()
}

/// What is written like a date, or a year of accounts, and says no day, month or year.
pub(super) fn undated(text: &str) -> impl Iterator<Item = Match<'_>> {
    DATE.captures_iter(text).filter(|found| meant(found).is_none()).filter_map(|found| found.get(0))
}

fn meant(found: &Captures<'_>) -> Option<PartialDate> {
    let number = |name: &str| {
        found.name(name).and_then(|part| part.as_str().trim_start_matches(['\'', '’']).parse::<i16>().ok())
    };
    let month = |name: &str| {
        let text = found.name(name)?.as_str().to_ascii_lowercase();
        let start = text.get(..3)?;
        let in_english = || MONTHS.iter().position(|month| month.starts_with(start));
        let place = MONTHS_IN_WELSH.iter().position(|starts| starts.contains(&start)).or_else(in_english);
        place.and_then(|place| i16::try_from(place + 1).ok())
    };
    let day = |year: Option<i16>, month: Option<i16>, day: Option<i16>| {
        let (year, month, day) = (year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
        Date::new(year, month, day).ok().map(PartialDate::Day)
    };
    let of_month = |year: Option<i16>, month: Option<i16>| {
        let (year, month) = (year?, i8::try_from(month?).ok()?);
        (1..=12).contains(&month).then_some(PartialDate::Month(year, month))
    };
    if number("y1").is_some() {
        return day(number("y1"), number("m1"), number("d1"));
    }
    if number("y2").is_some() {
        return day(number("y2").map(whole_year), month("m2"), number("d2"));
    }
    if number("y3").is_some() {
        return day(number("y3"), month("m3"), number("d3"));
    }
    if number("y4").is_some() {
        return of_month(number("y4"), month("m4"));
    }
    if let Some(year) = number("y5") {
        // Day before month, as in Britain.
        return day(Some(whole_year(year)), number("m5"), number("d5"));
    }
    if number("y6").is_some() {
        return of_month(number("y6"), number("m6"));
    }
    number("y7").map(PartialDate::Year)
}

/// A year of which two figures may be all that is written: of this century, or of the end of the last.
fn whole_year(year: i16) -> i16 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> String {
        dates(text).iter().map(|found| found.date.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_are_read_in_every_way_of_writing_them() {
        for (text, date) in [
            ("Readopted 30/05/2024", "2024-05-30"),
            ("21-06-23", "2023-06-21"),
            ("15th May 2015", "2015-05-15"),
            ("May 2025", "2025-05"),
            ("Sept 2021", "2021-09"),
            ("the 3rd of June, 2020", "2020-06-03"),
            ("1st March 2019 and 2 April 2020", "2019-03-01 2020-04-02"),
            ("2024-05-30", "2024-05-30"),
            ("in 2019", "2019"),
            ("05/2022", "2022-05"),
            ("31/02/2024", ""),
            ("June 3, 2020", "2020-06-03"),
            ("March 27th 2008", "2008-03-27"),
            ("15 July, 2014", "2014-07-15"),
            ("the 4 th day of May 2022", "2022-05-04"),
            ("09.05/2022 and 1 / 6 / 23", "2022-05-09 2023-06-01"),
            ("the May meeting", ""),
            ("Mabwysiadwyd ar 9 Mai 2022, 12fed o Ragfyr 2023 a mis Mawrth 2024", "2022-05-09 2023-12-12 2024-03"),
        ] {
            assert_eq!(only(text), date, "{text}");
        }
    }
}
