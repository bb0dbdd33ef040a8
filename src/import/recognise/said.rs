//! What a line says was done with a document, on each of its dates.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::pattern::pattern;
use super::dates::{dates, undated};
use crate::model::{EventKind, Interval, PartialDate};

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

/// What was done, or is to be, in words before the date. Of those that begin alike the first counts: “last review” is over.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
        (?P<past> \b(?:last|previous|latest|most\s+recent)\s+review(?:ed)?\b | \badolygiad\s+diwethaf\b
                | \breview\s+(?:was\s+)?(?:completed|undertaken|carried\s+out|held)\b )
        | (?P<due> \b(?:next|future)\s+review\b | \breview(?:\s+(?:date|due|by|on|next))? \s*:?\s* $ | \bdate\s+(?:of|for)\s+(?:next\s+)?review\b
               | \bdue\s+(?:for\s+)?review\b | \b(?:to|will|shall|must|should)\s+(?:next\s+)?be\s+reviewed\b
               | \breview\s+(?:due|date|by)\b | ^\W*review\b
               | \badolygiad\s+nesaf\b | \bdyddiad\s+(?:yr?\s+)?adoly(?:gu|giad)\b | \bi['’]w\s+adolygu\b )
        | (?P<readopted> \bre-?\s?(?:adopt(?:ed|ion)|approv(?:ed|al)|affirm(?:ed|ation)|confirm(?:ed|ation))\b )
        | (?P<adopted> \badopt(?:ed|ion)\b | \bapprov(?:ed|al)\b | \bratified\b | \bagreed\s+(?:by|at|on)\b | \bagreed\s*:?\s*$
                   | \b(?:made|endorsed|accepted|passed|signed\s+off)\s+by\s+(?:the\s+)?(?:full\s+|town\s+|parish\s+)?(?:council|cabinet)\b
                   | \b[mf]abwysi(?:adwyd|adu)\b | \b[cg]ymeradw(?:ywyd|yo)\b )
        | (?P<amended> \bamend(?:ed|ment)\b | \brevis(?:ed|ion)\b | \bupdat(?:ed|e)\b | \bd?diwygi(?:wyd|o)\b )
        | (?P<reviewed> \breviewed\b | \badolygwyd\b )",
    )
});

/// What has not been done yet: `To be approved by the Council on …`.
static PENDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:to\s+be|will\s+be|for|awaiting|awaits|pending|subject\s+to|proposed\s+for|recommended\s+for|due\s+for|prior\s+to|before|until)
        \s+(?:formal\s+|final\s+|full\s+|council\s+)*(?:re-?\s?)?(?:adopt(?:ed|ion)|approv(?:ed|al)|ratified|ratification)\b",
    )
});

/// What was done with something else: `replaces the policy adopted on …`, `updated in line with the Act of …`, `page last updated …`.
static OF_ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:web\s?)?(?:page|site)|replac\w+|supersed\w+|based\s+on|in\s+line\s+with|in\s+accordance\s+with|under\s+(?:the|section|s\.)|by\s+the\s+(?:Information\s+Commissioner|Secretary\s+of\s+State|Government))\b",
    )
});

/// What has its year behind it, and was not done with the document then: `the Localism Act 2011`, `Model Standing Orders 2018`.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:acts?|regulations?|orders?|rules|measure|directive|code|codes|scheme|plan|bill|bye-?laws|SOs?|standards|guide|edition|of)\W*$",
    )
});

/// What is said of a date in brackets behind it: `(paras 6 and 7)`.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));

static MINUTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:min(?:ute)?s?|resolution)\.?\s*(?:no\.?|number|ref\.?|reference|item)?\s*:?\s*
        (?P<minute>(?:[A-Z]{1,4}/)?[A-Z]{0,4}\d[\dA-Za-z]*(?:[/-][\dA-Za-z]+|(?:\s?/\s?|-\s)\d[\dA-Za-z]*|\.\d[\dA-Za-z]*)*(?:\([a-z]+\))?)",
    )
});

static EVERY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\breview(?:ed)?(?:\s+(?:date|period|cycle|frequency|interval))?\s*[:–-]?\s*(?:on\s+an?\s+|at\s+least\s+)?
        (?:(?P<annually>annually|annual\b|yearly|each\s+year|every\s+year)|(?P<biennially>biennially|every\s+other\s+year)
        |(?:every\s+)?(?P<number>\d{1,2}|two|three|four|five)[\s-](?P<unit>months?|years?|monthly|yearly))",
    )
});

/// What is written like a date in a line, and is none.
pub(super) fn unread(text: &str) -> Vec<&str> {
    let minutes = minutes(text);
    let undated = undated(text).filter(|found| !minutes.iter().any(|(at, _)| at.contains(&found.start())));
    undated.map(|found| found.as_str()).collect()
}

/// Whether words say that something was done with a document, or is to be done.
pub(super) fn says_what(text: &str) -> bool {
    WORD.is_match(text)
}

/// What a line says, for each date in it that a word before it explains.
pub(super) fn said(text: &str) -> Vec<Said> {
    let minutes = minutes(text);
    let mut begin = 0;
    let (mut all, mut ends): (Vec<Said>, Vec<usize>) = (Vec::new(), Vec::new());
    for found in dates(text) {
        if minutes.iter().any(|(at, _)| at.contains(&found.at.start)) {
            continue;
        }
        let before = &text[begin..found.at.start];
        let behind = &text[found.at.end..];
        // “Reviewed May 2023, May 2024 and May 2025”
        let listed = begin > 0
            && BRACKETED
                .replace_all(before, "")
                .trim()
                .trim_matches([',', ';'])
                .trim()
                .trim_start_matches(['&', '+'])
                .trim_start_matches("and")
                .is_empty();
        let said = match all.last().filter(|_| listed) {
            Some(Said::Event { kind, .. }) => Some(Said::Event { kind: *kind, date: found.date, minute: None }),
            Some(_) => None,
            // A date may also come first: “May 2024: adopted”, “1.0 8 March 2021 The Clerk Approved”.
            None => done(before, found.date).or_else(|| {
                let version = before.contains(|c: char| c.is_ascii_digit());
                done_behind(behind, found.date, version).filter(|_| begin == 0 && is_short(before))
            }),
        };
        begin = found.at.end;
        if let Some(said) = said {
            all.push(said);
            ends.push(found.at.end);
        }
    }
    minute_each(&mut all, &ends, minutes);
    if !all.iter().any(|said| matches!(said, Said::Due(_)))
        && let Some(found) = EVERY.captures(text)
    {
        all.extend(interval(&found).map(Said::Every));
    }
    all
}

/// The numbers of minutes, and where they stand.
fn minutes(text: &str) -> Vec<(Range<usize>, String)> {
    let minute = |found: Captures<'_>| Some((found.get(0)?.range(), found.name("minute")?.as_str().replace(' ', "")));
    MINUTE.captures_iter(text).filter_map(minute).collect()
}

/// What the nearest of the words before a date says.
fn done(before: &str, date: PartialDate) -> Option<Said> {
    let word = WORD.captures_iter(before).last()?;
    let due = word.name("due").is_some();
    let of_another = OF_ANOTHER.is_match(before) || matches!(date, PartialDate::Year(_)) && TITLED.is_match(before);
    if PENDING.is_match(before) || of_another && !due { None } else { said_by(&word, date) }
}

/// What the first of the words behind a date says, in its sentence; `version`: the number of one stands before the date, in a list of them.
fn done_behind(after: &str, date: PartialDate, version: bool) -> Option<Said> {
    let ended = after.starts_with(['.', ';']) || PENDING.is_match(after);
    let first = WORD.captures(after).filter(|_| !ended)?;
    // “Revised and readopted” is a readoption.
    let sentence = &after[..after
        .find([';', '.'])
        .unwrap_or(after.len())
        .min(dates(after).first().map_or(after.len(), |next| next.at.start))];
    let word = WORD.captures_iter(sentence).find(|word| word.name("readopted").is_some()).unwrap_or(first);
    // “4 | 15 May 2026 | Annual review” was held then.
    let held = |due: regex::Match<'_>| due.as_str().trim().eq_ignore_ascii_case("review");
    if version && word.name("due").is_some_and(held) {
        return Some(Said::Event { kind: EventKind::Reviewed, date, minute: None });
    }
    // “…, as adopted on 28 September”
    let said = word.get(0)?.end();
    let of_next = dates(after).iter().any(|next| {
        next.at.start > said
            && after.get(said..next.at.start).is_some_and(|between| between.trim_end().ends_with(" on"))
    });
    if of_next { None } else { said_by(&word, date) }
}

/// Whether there is room for no more than the number of a version before a date that comes first.
fn is_short(before: &str) -> bool {
    before.split_whitespace().count() <= 2
}

fn said_by(word: &Captures<'_>, date: PartialDate) -> Option<Said> {
    let kinds = [
        ("readopted", EventKind::Readopted),
        ("adopted", EventKind::Adopted),
        ("amended", EventKind::Amended),
        ("reviewed", EventKind::Reviewed),
        ("past", EventKind::Reviewed),
    ];
    let kind = kinds.into_iter().find(|(name, _)| word.name(name).is_some()).map(|(_, kind)| kind);
    Some(kind.map_or(Said::Due(date), |kind| Said::Event { kind, date, minute: None }))
}

/// Whether words say that the document is still to be adopted.
pub(super) fn is_pending(text: &str) -> bool {
    PENDING.is_match(text) && !OF_ANOTHER.is_match(text)
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
    if found.name("biennially").is_some() {
        return Some(Interval::Years(2));
    }
    let number = match found.name("number")?.as_str().to_ascii_lowercase().as_str() {
        "two" => "2".to_owned(),
        "three" => "3".to_owned(),
        "four" => "4".to_owned(),
        "five" => "5".to_owned(),
        digits => digits.to_owned(),
    };
    let unit = found.name("unit")?.as_str().to_ascii_lowercase();
    let unit = unit.trim_end_matches("ly").trim_end_matches('s');
    Interval::parse(&format!("{number} {unit}{}", if number == "1" { "" } else { "s" })).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("Website last updated 3 March 2025", vec![]),
            ("This page was last reviewed on 3 March 2025", vec![]),
            ("Re-approved 15 January 2024", vec![event(EventKind::Readopted, "2024-01-15", None)]),
            (
                "Adopted 13 May 2024; amended 11 November 2024 (para 4.2), 10 March 2025 (paras 6 and 7)",
                vec![
                    event(EventKind::Adopted, "2024-05-13", None),
                    event(EventKind::Amended, "2024-11-11", None),
                    event(EventKind::Amended, "2025-03-10", None),
                ],
            ),
            (
                "Effective from 29 September 2020, as adopted by the Committee on 28 September 2020",
                vec![event(EventKind::Adopted, "2020-09-28", None)],
            ),
            (
                "Reviewed: 4th May 2021; 2nd May 2023",
                vec![event(EventKind::Reviewed, "2021-05-04", None), event(EventKind::Reviewed, "2023-05-02", None)],
            ),
            ("2 16 May 2024 Revised and readopted by Council", vec![event(EventKind::Readopted, "2024-05-16", None)]),
            ("4 15 May 2026 Annual review", vec![event(EventKind::Reviewed, "2026-05-15", None)]),
            ("May 2026 review", vec![due("2026-05")]),
            ("Policy agreed 13th May '24", vec![event(EventKind::Adopted, "2024-05-13", None)]),
            ("The Localism Act 2011", vec![]),
            ("Mabwysiadwyd gan y Cyngor: 9 Mai 2022", vec![event(EventKind::Adopted, "2022-05-09", None)]),
            ("Dyddiad adolygu nesaf: Mai 2024", vec![due("2024-05")]),
        ] {
            assert_eq!(said(text), wanted, "{text}");
        }
    }
}
