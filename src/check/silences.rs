//! Findings that the source says are known and accepted.

use std::collections::HashSet;

use crate::diagnostics::{Code, Severity};
use crate::model::{Place, Silence};

use super::{Finding, Findings, Rule, Subject, rule};

pub(super) static UNKNOWN: Rule = Rule {
    code: Code {
        id: "S90",
        name: "unknown-silence",
        severity: Severity::Warning,
        what: "A [[silence]] names a rule or a provision that is not there.",
        why: "It silences nothing, and its author believes it does.",
        example: "[[silence]]\nrule = \"number-repeatd\"\nreason = \"as adopted\"",
        remedy: "Name a rule as `engross explain` lists it, and in `at` a provision's id, such as 2.7 or 5.6/d, or a section's, such as section-8.",
    },
    check: check_unknown,
    flagged: &[
        "[[silence]]\nrule = \"number-repeatd\"\nreason = \"as adopted\"",
        "[[silence]]\nrule = \"number-repeated\"\nat = \"9.9\"\nreason = \"as adopted\"",
    ],
    clean: &["[[silence]]\nrule = \"D02\"\nreason = \"reviewed when the law changes\""],
};

pub(super) static UNUSED: Rule = Rule {
    code: Code {
        id: "S91",
        name: "unused-silence",
        severity: Severity::Advice,
        what: "A [[silence]] silences nothing: what it was for is no longer found.",
        why: "Left standing, it would hide the next such fault.",
        example: "[[silence]]\nrule = \"number-repeated\"\nat = \"2.7~2\"\nreason = \"as adopted; to be renumbered at the next review\"",
        remedy: "Delete it. A silence names the rule, the provision in `at` (left out: the whole document) and the reason.",
    },
    check: |_, _| {},
    flagged: &["[[silence]]\nrule = \"number-repeated\"\nreason = \"as adopted\""],
    clean: &["[[silence]]\nrule = \"review-missing\"\nreason = \"reviewed when the law changes\""],
};

fn check_unknown(subject: &Subject<'_>, findings: &mut Findings) {
    let provisions = subject.provisions.iter().map(|provision| provision.id.clone());
    let sections = subject.sections().map(|(at, _)| subject.section_id(at));
    let ids: HashSet<String> = provisions.chain(sections).collect();
    for (nth, silence) in subject.protocol.silences.iter().enumerate() {
        let place = Place::key("silence").nth(nth);
        if rule(&silence.rule).is_none() {
            let message = format!("there is no rule `{}`", silence.rule);
            findings.add(&UNKNOWN, place.then("rule"), message);
        } else if let Some(at) = silence.at.as_deref().filter(|at| !ids.contains(*at)) {
            findings.add(&UNKNOWN, place.then("at"), format!("there is no provision `{at}`"));
        }
    }
}

/// Takes out what is silenced, and adds a finding for each silence that silenced nothing.
pub(super) fn apply(subject: &Subject<'_>, findings: Findings) -> Vec<Finding> {
    let silences = &subject.protocol.silences;
    let mut used = vec![false; silences.len()];
    let mut kept = Findings::default();
    for finding in findings.all {
        match silences.iter().position(|silence| silenced(silence, &finding)) {
            Some(nth) => used[nth] = true,
            None => kept.all.push(finding),
        }
    }
    for (nth, silence) in silences.iter().enumerate() {
        if !used[nth] && rule(&silence.rule).is_some() {
            let message = format!("this silences nothing: no `{}` is found{}", silence.rule, at(silence));
            kept.add(&UNUSED, Place::key("silence").nth(nth), message);
        }
    }
    kept.all
}

fn silenced(silence: &Silence, finding: &Finding) -> bool {
    let same_rule = rule(&silence.rule).is_some_and(|rule| rule.code.id == finding.code.id);
    same_rule && (silence.at.is_none() || silence.at == finding.provision)
}

fn at(silence: &Silence) -> String {
    silence.at.as_ref().map_or_else(String::new, |at| format!(" at {at}"))
}
