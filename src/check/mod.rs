//! What looks wrong in a document, one rule a file.
//!
//! A rule is a [`Rule`] in a file of its own, named for the fault it finds, and a line in [`RULES`]. Rules see the document
//! as it is printed; they never change it.

mod adoption_undated;
mod confused_word;
mod dangling_reference;
mod event_ahead;
mod gendered_wording;
mod heading_level_gap;
mod lead_in_without_items;
mod mixed_terms;
mod number_out_of_order;
mod number_out_of_section;
mod number_repeated;
mod number_skipped;
mod number_too_deep;
mod provision_repeated;
mod review_missing;
mod review_overdue;
mod silences;
mod unfilled_blank;
mod unnumbered_clause;
mod words;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::diagnostics::{Code, Diagnostic, sort};
use crate::model::{Clause, Edition, Ids, Place, Protocol, Provision, Section, Step};
use crate::read::Locator;

/// A rule: its code and explanation, how it looks, and cases that show what it flags and what it leaves alone.
#[derive(Debug)]
pub struct Rule {
    /// What `explain` tells of it.
    pub code: Code,
    /// Finds what it finds.
    check: fn(&Subject<'_>, &mut Findings),
    /// Documents, as TOML after the title and status, in which it finds something.
    pub flagged: &'static [&'static str],
    /// Documents in which it finds nothing.
    pub clean: &'static [&'static str],
}

/// Every rule, by code. To add one, add its file and a line here.
pub static RULES: &[&Rule] = &[
    &adoption_undated::RULE,
    &review_missing::RULE,
    &review_overdue::RULE,
    &event_ahead::RULE,
    &heading_level_gap::RULE,
    &number_repeated::RULE,
    &number_skipped::RULE,
    &number_out_of_section::RULE,
    &number_out_of_order::RULE,
    &unnumbered_clause::RULE,
    &number_too_deep::RULE,
    &lead_in_without_items::RULE,
    &dangling_reference::RULE,
    &silences::UNKNOWN,
    &silences::UNUSED,
    &unfilled_blank::RULE,
    &provision_repeated::RULE,
    &mixed_terms::RULE,
    &gendered_wording::RULE,
    &confused_word::RULE,
];

/// What rules look at.
struct Subject<'a> {
    edition: &'a Edition,
    protocol: &'a Protocol,
    ids: Ids,
    provisions: Vec<Provision>,
    /// Today, as far as the check is concerned.
    as_of: Date,
}

impl<'a> Subject<'a> {
    fn new(edition: &'a Edition, as_of: Date) -> Self {
        let protocol = &edition.protocol;
        Self { edition, protocol, ids: protocol.ids(), provisions: protocol.provisions(), as_of }
    }

    fn sections(&self) -> impl Iterator<Item = (usize, &'a Section)> {
        self.protocol.sections.iter().enumerate()
    }

    /// All clauses, with the positions of their sections and their own.
    fn clauses(&self) -> impl Iterator<Item = (usize, usize, &'a Clause)> {
        self.sections().flat_map(|(at, section)| section.clauses.iter().enumerate().map(move |(nth, c)| (at, nth, c)))
    }

    /// A section's id, as findings and silences name it.
    fn section_id(&self, section: usize) -> String {
        format!("section-{}", self.ids.sections[section].own)
    }

    /// A clause's id.
    fn clause_id(&self, section: usize, clause: usize) -> String {
        self.ids.sections[section].clauses[clause].own.clone()
    }
}

/// Something a rule found.
struct Finding {
    code: &'static Code,
    place: Place,
    provision: Option<String>,
    message: String,
    help: Option<String>,
}

/// What has been found so far.
#[derive(Default)]
struct Findings {
    all: Vec<Finding>,
    /// How many findings of a rule there are in one value of the file.
    in_value: HashMap<(&'static str, Vec<Step>), usize>,
}

/// More findings of one rule in one text than this say no more.
const MOST_IN_ONE_TEXT: usize = 20;

impl Findings {
    /// Whether a rule has found enough in the text at `place`; asked before each finding that could be one of very many.
    fn enough(&mut self, rule: &'static Rule, place: &Place) -> bool {
        let count = self.in_value.entry((rule.code.id, place.steps.clone())).or_default();
        *count += 1;
        *count > MOST_IN_ONE_TEXT
    }

    /// Says, at the last finding of each text that had too many, that there are more.
    fn mention_more(&mut self) {
        for ((code, steps), count) in &self.in_value {
            let same = |finding: &&mut Finding| finding.code.id == *code && finding.place.steps == *steps;
            if let (true, Some(last)) = (*count > MOST_IN_ONE_TEXT, self.all.iter_mut().rev().find(same)) {
                last.message.push_str("; there are more like it in this text");
            }
        }
    }

    /// Notes a finding; what it is about and what to do can be added to it.
    fn add(&mut self, rule: &'static Rule, place: Place, message: impl Into<String>) -> &mut Finding {
        self.all.push(Finding { code: &rule.code, place, provision: None, message: message.into(), help: None });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }
}

impl Finding {
    /// Says which provision it is about.
    fn provision(&mut self, id: impl Into<String>) -> &mut Self {
        self.provision = Some(id.into());
        self
    }

    /// Says what to do about it, where the rule's general advice can be made particular.
    fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

/// The rule of that code or name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.name == name || rule.code.id.eq_ignore_ascii_case(name)).copied()
}

/// Everything the rules find in a version, in the order of the file, less what the source says is accepted.
pub fn check(edition: &Edition, as_of: Date) -> Vec<Diagnostic> {
    let subject = Subject::new(edition, as_of);
    let mut findings = Findings::default();
    for rule in RULES {
        (rule.check)(&subject, &mut findings);
    }
    findings.mention_more();
    let kept = silences::apply(&subject, findings);
    if kept.is_empty() {
        return Vec::new();
    }
    let locator = Locator::new(&edition.source);
    let mut diagnostics: Vec<Diagnostic> = kept.into_iter().map(|f| diagnostic(f, edition, &locator)).collect();
    sort(&mut diagnostics);
    diagnostics
}

fn diagnostic(finding: Finding, edition: &Edition, locator: &Locator<'_>) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(finding.code, finding.message).at(&edition.source, locator.find(&finding.place));
    diagnostic.help = Some(finding.help.unwrap_or_else(|| finding.code.remedy.to_owned()));
    diagnostic.provision = finding.provision;
    diagnostic
}
