//! A heading more than one level below the one over it.

use crate::diagnostics::{Code, Severity};
use crate::model::Place;

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "H01",
        name: "heading-level-gap",
        severity: Severity::Warning,
        what: "A heading stands more than one level below the heading over it.",
        why: "Readers who move by headings, by ear or by keyboard, look for the level between and think they have missed it.",
        example: "[[section.clause]]\nheading = \"Officers\"\nlevel = 2        # right under its section",
        remedy: "Give it a `level` one higher than the heading over it; level 1 stands right under the section.",
    },
    check,
    flagged: &[
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nheading = \"B\"\nlevel = 2",
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nheading = \"B\"\n[[section.clause]]\nheading = \"C\"\nlevel = 3",
    ],
    clean: &[
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nheading = \"B\"\n[[section.clause]]\nheading = \"C\"\nlevel = 2\n[[section.clause]]\nheading = \"D\"",
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (at, section) in subject.sections() {
        let mut above = 0;
        for (nth, clause) in section.clauses.iter().enumerate() {
            let Some(heading) = &clause.heading else { continue };
            let level = clause.level.unwrap_or(1);
            if level > above + 1 {
                let over = if above == 0 { "its section".to_owned() } else { format!("a heading of level {above}") };
                let message = format!("the heading “{heading}” of level {level} stands right under {over}");
                let id = format!("section-{}", subject.clause_id(at, nth));
                findings.add(&RULE, Place::clause(at, nth).then("level"), message).provision(id);
            }
            above = level;
        }
    }
}
