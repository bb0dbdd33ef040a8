//! A blank of the model document that nobody filled in.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostics::{Code, Severity};

use super::words::place_of;
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T01",
        name: "unfilled-blank",
        severity: Severity::Warning,
        what: "Words such as `[insert name]`, `XXXX`, `(   )` or `____` stand where something was to be filled in.",
        why: "The council adopted a model document without making it its own; the sentence says nothing.",
        example: "Complaints go to [insert name of Monitoring Officer].",
        remedy: "Fill it in if a minute says what belongs there; else note it for the next readoption.",
    },
    check,
    flagged: &[
        "[[section]]\n[[section.clause]]\ntext = \"Write to \\\\[insert name\\\\].\"",
        "[[section]]\n[[section.clause]]\ntext = \"Write to XXXX Council.\"",
        "[[section]]\n[[section.clause]]\ntext = \"Adopted on (   ).\"",
        "[[section]]\n[[section.clause]]\ntext = \"Signed \\\\_\\\\_\\\\_\\\\_\\\\_\"",
        "[[section]]\nheading = \"\\u003cCouncil name\\u003e\"",
        "title = \"Protocol of \\\\[Name of Council\\\\]\"\nstatus = \"draft\"",
        "[[section]]\n[[section.clause]]\ntext = \"Reviewed on DD/MM/YYYY, minute ......\"",
    ],
    clean: &[
        "[[section]]\n[[section.clause]]\ntext = \"The Council (the Clerk) \\\\[sic\\\\] acts under section XX of the Act… and so on.\"",
        "[[section]]\n[[section.clause]]\ntext = \"See \\\\[1\\\\] and \\\\[2024\\\\] UKSC 5.\"",
    ],
};

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        // In square or angle brackets: nothing, dots, or words that ask for something.
        r"[\[<]\s*(?:[.…_\-xX?]*|(?i:(?:insert|enter|add|state|specify|delete|complete|fill|name|date|council|parish|town|title|address|number|details|tbc|tba|your)\b[^\]>]{0,80}))\s*[\]>]",
        r"\(\s*\)|\(\s*(?:\.{3,}|…+|_+)\s*\)",
        r"\b[Xx]{3,}\b",
        r"_{3,}",
        r"\.{5,}|…{2,}",
        r"\b(?:TBC|TBA|D{1,2}/M{1,2}/Y{2,4}|(?i:insert (?:name|date|number) here))\b",
        r"\?{3,}",
    ];
    Regex::new(&patterns.join("|")).unwrap()
});

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let passages = subject.passages();
    for (nth, passage) in passages.iter().enumerate() {
        for found in BLANK.find_iter(&passage.text) {
            if findings.enough(&RULE, &passage.place) {
                break;
            }
            let place = place_of(&passages, nth, found.start(), found.as_str());
            let finding = findings.add(&RULE, place, format!("`{}` was not filled in", found.as_str()));
            finding.provision.clone_from(&passage.provision);
        }
    }
}
