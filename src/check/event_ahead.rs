//! An event of the history that has not happened yet.

use crate::diagnostics::{Code, Severity};
use crate::model::{PartialDate, Place};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D04",
        name: "event-ahead",
        severity: Severity::Warning,
        what: "An event of the history is dated after the day of the check.",
        why: "What was done on a day to come is a slip of the pen, and the next review is counted from it: it would never be overdue.",
        example: "[[history]]\nevent = \"adopted\"\ndate = 2204-05-30",
        remedy: "Look up the minute and correct the date; record what is resolved already once the day has come.",
    },
    check,
    flagged: &[
        "[[history]]\nevent = \"adopted\"\ndate = 2204-05-30",
        "[[history]]\nevent = \"reviewed\"\ndate = \"2026-12\"",
    ],
    clean: &[
        "[[history]]\nevent = \"adopted\"\ndate = 2026-11-22",
        "[[history]]\nevent = \"adopted\"\ndate = \"2026\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (nth, event) in subject.protocol.history.iter().enumerate() {
        if event.date.first_day() > subject.as_of {
            let place = Place::key("history").nth(nth).then("date");
            let what = event.kind.word().to_lowercase();
            let (date, as_of) = (event.date.in_words(), PartialDate::Day(subject.as_of).in_words());
            findings.add(&RULE, place, format!("it says {what} {date}, which is after {as_of}"));
        }
    }
}
