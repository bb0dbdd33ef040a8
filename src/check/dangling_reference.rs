//! A reference to a clause that is not there.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostics::{Code, Severity};
use crate::model::Number;

use super::words::{Passage, place_of};
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "R01",
        name: "dangling-reference",
        severity: Severity::Warning,
        what: "The text refers to a clause, item or section of this document that is not there.",
        why: "Clauses were renumbered or struck out and the reference was left behind; whoever follows it is lost.",
        example: "In this event, item 4.10 extends to councillors.      (and there is no 4.10)",
        remedy: "Compare with the adopted copy: an adopted document is printed as adopted, and the reference is noted for the next readoption. In a draft, correct it.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"See clause 4.10.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"As in section 7 above.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\nSee 1.1(b) or paragraph 1.1(c):\n\n- a. one\n- b. two\n\"\"\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Clauses 1.1 and 1.9 of this protocol apply.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Complain under paragraph 7.7 to the Monitoring Officer in the first instance.\"",
        "[[section]]\nnumber = \"Article 4\"\nheading = \"A\"\n[[section.clause]]\nnumber = \"4.1\"\ntext = \"As Article 9 says.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"See paragraphs 1.1 and 7.4 and Appendix B.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Under paragraph 6.1 officers may attend.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"This is done in accordance with 5.5 below.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"The form is in Appendix C.\"\n[[section]]\nnumber = \"Appendix A\"\nheading = \"Forms\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Write under clause 9.9 to the Monitoring Officer as the Code of Conduct says.\"",
    ],
    clean: &[
        "[[section]]\nnumber = \"4.\"\n[[section.clause]]\nnumber = \"4.10.\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"4.11.\"\ntext = \"Item 4.10 and section 4 extend to this.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\nSee clause 1.1(b):\n\n- (a) one\n- (b) two\n\"\"\"",
        "[[section]]\nnumber = \"2.\"\nheading = \"A\"\n[[section.clause]]\nnumber = \"(a)\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"(b)\"\ntext = \"See paragraph 2(a), and clause 2 (b).\"",
        "[[section]]\nnumber = \"Article 4\"\nheading = \"A\"\n[[section.clause]]\nnumber = \"4.1\"\ntext = \"As Article 4 and Article 8 of the European Convention say.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"See Appendix A, annex a copy, and read Appendix 4 of the Constitution, Schedule 2 and Appendix B; Appendix 12 of the 1972 Act.\"\n[[section]]\nheading = \"Appendix A: Forms\"\n[[section.clause]]\nheading = \"More (Appendix B)\"\ntext = \"One.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"A rise of 5.5 per cent or more, and 3.2 above that, is reported.\"",
        // Other documents have sections too.
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"The Chief Finance (Section 151) Officer acts under section 5 of the Local Government Act 1972, and paragraph 3 of Schedule 12A to that Act; see Local Government Act 1972, section 15.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Under section 9 of the Standing Orders, item 7 on the agenda and Standing Order 3, section 12 apply. A report under Section 114 is rare.\"",
        "[[section]]\nnumber = \"1.\"\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Section 17 Crime and Disorder Act 1998, section 3(1) Equality Act 2010, Article 8 rights, Article 10 ECHR; in the Code of Conduct, paragraph 3(2), and section 9 of the Council's Standing Orders apply.\"",
    ],
};

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"\d+(?:\.\d+)*(?:\s?\([a-z0-9]{1,4}\))*";
    let word = r"(?:sub-?)?(?:clause|paragraph|para|item|section|article)s?\.?";
    Regex::new(&format!(r"(?i)\b{word}\s+({number}(?:\s?(?:,|and|or|to|–|-|&)\s?{number})*)")).unwrap()
});

/// A number without a word for what it is of: `in accordance with 5.5 below`.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static POINTED_AT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:with|in|under|[Ss]ee|at|of|to|by)\s+(\d+(?:\.\d+)+(?:\s?\([a-z0-9]{1,4}\))*)\s+(?:above|below)(?:[.,;:)]|\s+and\b|\s*$)",
    )
    .unwrap()
});

/// A part of the document with a name: `Appendix 3`.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static NAMED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(Appendix|APPENDIX|Annex|ANNEX|Schedule|SCHEDULE)\s+(\d{1,2}|[A-Z])\b").unwrap());

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+(?:\.\d+)*(?:\s?\([A-Za-z0-9]{1,4}\))*").unwrap());

/// What follows a reference into another document, or an officer named for a section of an Act: `of the Local Government Act`,
/// `in Schedule 12A`, `of the Council's Standing Orders`.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static ELSEWHERE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let document = r"(?i:acts?|regulations?|rules?|orders?|code|constitution|schedules?|part|annex|appendix|polic(?:y|ies)|scheme|agreement|contract|plan|guidance|handbook|procedures?|terms of reference|directive|charter|convention|agenda|minutes|report|LGA|ECHR|GDPR)";
    // Between the reference and the document's name: articles, and words with a capital.
    let between = r"(?:(?i:the|its|our|their|that|this|said|same|council[’']?s?|local|national|relevant|current|of|and|for|\d{4})\s+|\(?[A-Z][\w’'&/-]*\)?,?\s+){0,8}?";
    let preposition = r"(?i:of|in|to|under|from|on|at)";
    Regex::new(&format!(
        r"^\)?[\s,]*(?:(?:{preposition}\s+)?{between}{document}\b|(?i:(?:chief\s+)?(?:finance\s+)?(?:officer|rights?|notice|agreement|report)\b))"
    ))
    .unwrap()
});

/// What goes before a reference into another document.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static ELSEWHERE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b(?:acts?|regulations?|rules?|code|constitution|schedule|part|policy|agenda|order|orders|measure|statute|annex|appendix|minute)(?:\s+of\s+\w+)?(?:\s+\d{4})?(?:\s+\d+[a-z]?)?[\s,:;(]*|\(the\s+|\b(?:GDPR|ECHR|TFEU|convention on human rights)[\s,:;(]*)$").unwrap()
});

/// `this protocol` after a reference says that it is meant here.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static HERE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^[\s,]*(?:of|in|to|under)\s+(?:this|the\s+(?:present\s+)?protocol)\b").unwrap());

/// Acts have more sections than protocols: a section number this far beyond the last is one of an Act.
const ACT_SECTION: u32 = 20;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let known = known(subject);
    let last_section = subject.sections().filter_map(|(_, s)| s.number()?.parts()?.first().copied()).max().unwrap_or(0);
    // A document that numbers nothing cannot be referred to by number; such references are to other documents.
    if known.is_empty() {
        return;
    }
    let passages = subject.passages();
    check_named(subject, &passages, findings);
    for (nth, passage) in passages.iter().enumerate() {
        let pointed_at = ["above", "below"].iter().any(|word| passage.text.contains(word));
        let pointed_at = pointed_at.then(|| POINTED_AT.captures_iter(&passage.text)).into_iter().flatten();
        let found = REFERENCE.captures_iter(&passage.text).filter_map(|found| Some((found.get(0)?, found.get(1)?)));
        for (whole, numbers) in found.chain(pointed_at.filter_map(|found| Some((found.get(1)?, found.get(1)?)))) {
            if is_elsewhere(passage, whole.range()) {
                continue;
            }
            for number in NUMBER.find_iter(numbers.as_str()) {
                let act = number.as_str().parse::<u32>().is_ok_and(|n| n >= ACT_SECTION && n > 2 * last_section);
                if known.contains(&key(number.as_str())) || act {
                    continue;
                }
                if findings.enough(&RULE, &passage.place) {
                    break;
                }
                let place = place_of(&passages, nth, whole.start(), whole.as_str());
                let message = format!("“{}”: there is no {}", whole.as_str(), number.as_str());
                let finding = findings.add(&RULE, place, message);
                finding.provision.clone_from(&passage.provision);
            }
        }
    }
}

/// References to appendices, annexes and schedules, in a document that has some of the kind: of another they may be in a file of their own.
fn check_named(subject: &Subject<'_>, passages: &[Passage], findings: &mut Findings) {
    let of_sections =
        subject.sections().flat_map(|(_, section)| [section.number().map(Number::to_string), section.heading.clone()]);
    let of_clauses =
        subject.clauses().flat_map(|(_, _, clause)| [clause.number().map(Number::to_string), clause.heading.clone()]);
    let titles: Vec<String> = of_sections.chain(of_clauses).flatten().collect();
    let name = |found: &regex::Captures<'_>| (found[1].to_lowercase(), found[2].to_owned());
    let known: HashSet<(String, String)> =
        titles.iter().flat_map(|title| NAMED.captures_iter(title)).map(|found| name(&found)).collect();
    if known.is_empty() {
        return;
    }
    for (nth, passage) in passages.iter().enumerate() {
        for found in NAMED.captures_iter(&passage.text) {
            let (whole, (kind, number)) = (found.get_match().range(), name(&found));
            let of_a_kind = known.iter().any(|(other, _)| *other == kind);
            if !of_a_kind
                || known.contains(&(kind, number))
                || is_elsewhere(passage, whole.clone())
                || findings.enough(&RULE, &passage.place)
            {
                continue;
            }
            let place = place_of(passages, nth, whole.start, &found[0]);
            let finding = findings.add(&RULE, place, format!("“{}”: there is no such part", &found[0]));
            finding.provision.clone_from(&passage.provision);
        }
    }
}

fn is_elsewhere(passage: &Passage, at: std::ops::Range<usize>) -> bool {
    let (before, after) = (&passage.text[..at.start], &passage.text[at.end..]);
    // “Paragraph 1.9 and Appendix B” are two things.
    let goes_on = after.trim_start_matches([' ', ',', ')']).starts_with("and ");
    !HERE.is_match(after) && (!goes_on && ELSEWHERE_AFTER.is_match(after) || ELSEWHERE_BEFORE.is_match(before))
}

/// A number as it is compared: `3.2(b)` and `3.2 (B)` as `3.2/b`.
fn key(number: &str) -> String {
    let spaced = number.replace(['(', ')'], "/").replace(' ', "").to_ascii_lowercase();
    spaced.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

fn known(subject: &Subject<'_>) -> HashSet<String> {
    let sections = subject.sections().filter_map(|(_, section)| section.number().map(Number::id));
    let clauses = subject.clauses().filter_map(|(_, _, clause)| clause.number().map(Number::id));
    let mut known: HashSet<String> = sections.chain(clauses).collect();
    if known.is_empty() {
        return known;
    }
    // Of a section `2.` with clauses (a), (b): 2(b). Of `Article 4`: Article 4.
    let lettered = subject.clauses().filter_map(|(at, _, clause)| {
        let section = subject.protocol.sections[at].number()?;
        Some(format!("{}/{}", last_part(&section.id()), clause.number()?.id()))
    });
    let named: Vec<String> = known.iter().map(|id| last_part(id).to_owned()).collect();
    known.extend(lettered.chain(named).chain(subject.provisions.iter().map(|provision| provision.id.clone())));
    known.into_iter().map(|id| id.to_ascii_lowercase()).collect()
}

/// The number in `Article-4` or `Part-2`.
fn last_part(id: &str) -> &str {
    id.rsplit('-').next().unwrap_or(id)
}
