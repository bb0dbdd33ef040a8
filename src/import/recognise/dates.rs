//! The dates in a line, in the many ways of writing them, and what the line says was done on them.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use crate::model::{EventKind, Interval, MONTHS, PartialDate};

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by every test that imports")]
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix)
        \b(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})\b
        | \b(?P<d2>\d{{1,2}})\s?(?:st|nd|rd|th)?\.?\s+(?:day\s+)?(?:of\s+)?(?P<m2>{MONTH}),?\s+(?P<y2>\d{{4}})\b
        | \b(?P<m3>{MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})\b
        | \b(?P<m4>{MONTH}),?\s+(?P<y4>\d{{4}})\b
        | \b(?P<d5>\d{{1,2}})\s?[./-]\s?(?P<m5>\d{{1,2}})\s?[./-]\s?(?P<y5>\d{{4}}|\d{{2}})\b
        | \b(?P<m6>\d{{1,2}})/(?P<y6>\d{{4}})\b
        | \b(?:19|20)\d\d/\d\d\b
        | \b(?P<y7>(?:19|20)\d\d)\b"
    ))
    .unwrap()
});

/// A date in a text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) date: PartialDate,
    pub(super) at: std::ops::Range<usize>,
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
pub(super) fn unread(text: &str) -> Vec<&str> {
    DATE.captures_iter(text)
        .filter(|found| meant(found).is_none())
        .filter_map(|found| Some(found.get(0)?.as_str()))
        .collect()
}

/// Whether words say that something was done with a document, or is to be done.
pub(super) fn says_what(text: &str) -> bool {
    WORD.is_match(text)
}

fn meant(found: &Captures<'_>) -> Option<PartialDate> {
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i16>().ok());
    let month = |name: &str| {
        let text = found.name(name)?.as_str().to_ascii_lowercase();
        let place = MONTHS.iter().position(|month| text.get(..3).is_some_and(|start| month.starts_with(start)));
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
        return day(number("y2"), month("m2"), number("d2"));
    }
    if number("y3").is_some() {
        return day(number("y3"), month("m3"), number("d3"));
    }
    if number("y4").is_some() {
        return of_month(number("y4"), month("m4"));
    }
    if let Some(year) = number("y5") {
        // Day before month, as in Britain; two figures of a year are of this century.
        return day(Some(if year < 100 { year + 2000 } else { year }), number("m5"), number("d5"));
    }
    if number("y6").is_some() {
        return of_month(number("y6"), number("m6"));
    }
    number("y7").map(PartialDate::Year)
}

/// What a line says of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// Something was done with it.
    Event { kind: EventKind, date: PartialDate, minute: Option<String> },
    /// It is to be reviewed by then.
    Due(PartialDate),
    /// It is reviewed so often.
    Every(Interval),
}

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        (?P<due> \b(?:next|future)\s+review\b | \breview(?:\s+(?:date|due|by|on|next))? \s*:?\s* $ | \bdate\s+(?:of|for)\s+(?:next\s+)?review\b
               | \bdue\s+(?:for\s+)?review\b | \bto\s+be\s+reviewed\b | \breview\s+(?:due|date|by)\b | ^\W*review\b )
        | (?P<readopted> \bre-?\s?adopt(?:ed|ion)\b )
        | (?P<adopted> \badopt(?:ed|ion)\b | \bapprov(?:ed|al)\b )
        | (?P<amended> \bamend(?:ed|ment)\b | \brevis(?:ed|ion)\b | \bupdat(?:ed|e)\b )
        | (?P<reviewed> \breviewed\b | \blast\s+review\b )",
    )
    .unwrap()
});

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static MINUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bmin(?:ute)?s?\.?\s*(?:no\.?|number|ref\.?|reference|item)?\s*:?\s*(?P<minute>[A-Z]{0,4}\d[\dA-Za-z]*(?:[/-][\dA-Za-z]+|(?:\s?/\s?|-\s)\d[\dA-Za-z]*|\.\d[\dA-Za-z]*)*(?:\([a-z]+\))?)").unwrap()
});

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static EVERY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\breview(?:ed)?(?:\s+(?:date|period|cycle|frequency))?\s*[:–-]?\s*(?:on\s+an?\s+)?(?:(?P<annually>annually|annual\b|yearly|each\s+year|every\s+year)|every\s+(?P<number>\d{1,2}|two|three|four|five)\s+(?P<unit>months?|years?))")
        .unwrap()
});

/// What a line says, for each date in it that a word before it explains.
pub(super) fn said(text: &str) -> Vec<Said> {
    let minutes: Vec<(Range<usize>, String)> = MINUTE
        .captures_iter(text)
        .filter_map(|found| Some((found.get(0)?.range(), found.name("minute")?.as_str().replace(' ', ""))))
        .collect();
    let mut begin = 0;
    let (mut all, mut ends) = (Vec::new(), Vec::new());
    for found in dates(text) {
        if minutes.iter().any(|(at, _)| at.contains(&found.at.start)) {
            continue;
        }
        // The nearest word before the date; a date may also come first: “May 2024: adopted”.
        let before = &text[begin..found.at.start];
        let word =
            WORD.captures_iter(before).last().or_else(|| WORD.captures(&text[found.at.end..]).filter(|_| begin == 0));
        begin = found.at.end;
        let Some(word) = word else { continue };
        let kind = [
            ("readopted", EventKind::Readopted),
            ("adopted", EventKind::Adopted),
            ("amended", EventKind::Amended),
            ("reviewed", EventKind::Reviewed),
        ];
        let kind = kind.into_iter().find(|(name, _)| word.name(name).is_some());
        all.push(match kind {
            Some((_, kind)) => Said::Event { kind, date: found.date, minute: None },
            None => Said::Due(found.date),
        });
        ends.push(found.at.end);
    }
    minute_each(&mut all, &ends, minutes);
    if all.is_empty()
        && let Some(found) = EVERY.captures(text)
    {
        all.extend(interval(&found).map(Said::Every));
    }
    all
}

/// Gives each event the minute behind its date; the only event of a line, the one before it as well. `ends` says where the dates
/// end.
fn minute_each(all: &mut [Said], ends: &[usize], minutes: Vec<(Range<usize>, String)>) {
    let only = all.len() == 1;
    for (at, number) in minutes {
        let last = ends.iter().rposition(|end| *end <= at.start).or(only.then_some(0));
        if let Some(Said::Event { minute: minute @ None, .. }) = last.and_then(|last| all.get_mut(last)) {
            *minute = Some(number);
        }
    }
}

fn interval(found: &Captures<'_>) -> Option<Interval> {
    if found.name("annually").is_some() {
        return Some(Interval::Years(1));
    }
    let number = match found.name("number")?.as_str().to_ascii_lowercase().as_str() {
        "two" => "2".to_owned(),
        "three" => "3".to_owned(),
        "four" => "4".to_owned(),
        "five" => "5".to_owned(),
        digits => digits.to_owned(),
    };
    let unit = found.name("unit")?.as_str().to_ascii_lowercase();
    let unit = unit.trim_end_matches('s');
    Interval::parse(&format!("{number} {unit}{}", if number == "1" { "" } else { "s" })).ok()
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
        ] {
            assert_eq!(only(text), date, "{text}");
        }
    }

    #[test]
    fn lines_say_what_was_done() {
        let event = |kind, date: &str, minute: Option<&str>| Said::Event {
            kind,
            date: PartialDate::parse(date).unwrap(),
            minute: minute.map(str::to_owned),
        };
        let due = |date: &str| Said::Due(PartialDate::parse(date).unwrap());
        for (text, wanted) in [
            ("Readopted 30/05/2024", vec![event(EventKind::Readopted, "2024-05-30", None)]),
            ("Review Date May 2025", vec![due("2025-05")]),
            ("Adopted 15 May 2015", vec![event(EventKind::Adopted, "2015-05-15", None)]),
            ("Updated January 2020", vec![event(EventKind::Amended, "2020-01", None)]),
            ("Review January 2024", vec![due("2024-01")]),
            ("Last Reviewed June 2023", vec![event(EventKind::Reviewed, "2023-06", None)]),
            (
                "(Reviewed at AGM – 15 May 2024, minute 20/24- 25)",
                vec![event(EventKind::Reviewed, "2024-05-15", Some("20/24-25"))],
            ),
            (
                "Adopted: 9 May 2022. Next review: May 2023",
                vec![event(EventKind::Adopted, "2022-05-09", None), due("2023-05")],
            ),
            ("This policy will be reviewed annually", vec![Said::Every(Interval::Years(1))]),
            (
                "Approved by Full Council on 12th March 2021 (Min 45/21)",
                vec![event(EventKind::Adopted, "2021-03-12", Some("45/21"))],
            ),
            ("The Localism Act 2011", vec![]),
        ] {
            assert_eq!(said(text), wanted, "{text}");
        }
    }
}
