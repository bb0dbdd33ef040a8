//! Wording for an agenda, from a template that a council can replace.

use serde::Serialize;
use tera::Context;

use crate::compare::Comparison;
use crate::document::{self, AgendaItem, Wording, count, headline};
use crate::model::{Basis, Edition, PartialDate, Text};
use crate::read::markdown::{self, Dialect, escape};
use crate::review::{Entry, Register, State};

use super::super::{TemplateError, Templates};

/// The template, by the name under which a workspace replaces it.
const TEMPLATE: &str = "agenda/item.md";

/// A later version that waits, beside the one in force.
#[derive(Debug)]
pub struct Revision {
    old: Edition,
    new: Edition,
    comparison: Comparison,
}

impl Revision {
    /// The version in force and the one that waits, both with every word, and what changed.
    pub fn new(old: Edition, new: Edition, mut comparison: Comparison) -> Self {
        // That the one is adopted and the other is not is what the agenda is about.
        comparison.facts.retain(|fact| !matches!(fact.fact, "status" | "adoption and review"));
        Self { old, new, comparison }
    }
}

/// An agenda has room for so many changes of one document.
const MOST_CHANGES: usize = 40;

/// What the template is told of a document. All words are Markdown already: characters that would mean something are escaped.
#[derive(Serialize)]
struct Item {
    title: String,
    council: Option<String>,
    address: String,
    state: &'static str,
    /// `31 May 2025`
    due: Option<String>,
    /// `540 days`; none where it is not overdue.
    overdue: Option<String>,
    assumed: bool,
    /// `readopted on 30 May 2024`, `amended in January 2020`
    last: Option<String>,
    /// `1 year`
    every: Option<String>,
    /// Whether nobody has said how often.
    every_assumed: bool,
    revision: Option<RevisionItem>,
}

#[derive(Serialize)]
struct RevisionItem {
    title: String,
    address: String,
    status: String,
    headline: String,
    changes: Vec<String>,
}

/// The wording for each document that is overdue, due soon or undated, council by council and the most pressing first.
/// `revision` gives the version that waits for one, if any.
///
/// # Errors
/// When the template does not fit, or gives Markdown that an agenda is not made of.
pub fn agenda_items(
    register: &Register<'_>,
    templates: &Templates,
    revision: impl Fn(&Entry<'_>) -> Option<Revision>,
) -> Result<Vec<AgendaItem>, TemplateError> {
    let due = |entry: &&Entry<'_>| matches!(entry.state, State::Overdue | State::DueSoon | State::Undated);
    let mut entries: Vec<&Entry<'_>> = register.entries.iter().filter(due).collect();
    entries.sort_by_key(|entry| entry.edition.council_name());
    entries.into_iter().map(|entry| item(entry, templates, revision(entry).as_ref())).collect()
}

fn item(entry: &Entry<'_>, templates: &Templates, revision: Option<&Revision>) -> Result<AgendaItem, TemplateError> {
    let mut context = Context::new();
    context.insert("item", &told(entry, revision));
    let markdown = templates.render(TEMPLATE, &context)?;
    Ok(AgendaItem {
        council: entry.edition.council_name().map(str::to_owned),
        title: entry.edition.protocol.title.clone(),
        text: text(&markdown)?,
    })
}

fn text(markdown: &str) -> Result<Text, TemplateError> {
    markdown::parse(markdown).map_err(|faults| {
        let said: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.message, fault.words)).collect();
        TemplateError::new(format!("templates/{TEMPLATE} gives what an agenda is not made of: {}", said.join("; ")))
    })
}

fn told(entry: &Entry<'_>, revision: Option<&Revision>) -> Item {
    let protocol = &entry.edition.protocol;
    let overdue = (entry.state == State::Overdue).then(|| count(entry.days_overdue().unsigned_abs() as usize, "day"));
    let last = protocol.last_event().map(|event| {
        let preposition = if matches!(event.date, PartialDate::Day(_)) { "on" } else { "in" };
        format!("{} {preposition} {}", event.kind.word().to_lowercase(), event.date.in_words())
    });
    Item {
        title: words(within_a_sentence(&protocol.title)),
        council: entry.edition.council_name().map(words),
        address: words(&entry.address()),
        state: entry.state.name(),
        due: entry.due.map(|due| PartialDate::Day(due.last_day()).in_words()),
        overdue,
        assumed: entry.due.is_some_and(|due| due.is_assumed()),
        last,
        every: entry.edition.interval().interval().map(|every| every.to_string()),
        every_assumed: matches!(entry.edition.interval(), Basis::Assumed(_)),
        revision: revision.map(told_of_revision),
    }
}

fn told_of_revision(revision: &Revision) -> RevisionItem {
    let wording = Wording::new(&revision.comparison, &revision.old, &revision.new);
    let protocol = &revision.new.protocol;
    RevisionItem {
        title: words(within_a_sentence(&protocol.title)),
        address: words(&revision.new.named()),
        status: protocol.status.word().to_lowercase(),
        headline: words(&headline(&revision.comparison, &wording)),
        changes: changes(&revision.comparison, &wording),
    }
}

/// What changed, a line each, as Markdown; no more of them than fit on an agenda.
fn changes(comparison: &Comparison, wording: &Wording) -> Vec<String> {
    let all = document::told(comparison, wording);
    let more = all.len().saturating_sub(MOST_CHANGES);
    let shown = all.iter().take(MOST_CHANGES).map(|line| words(line));
    shown
        .chain((more > 0).then(|| format!("and {}: see the schedule of changes", count(more, "other change"))))
        .collect()
}

/// A title without the full stop that some print after it.
fn within_a_sentence(title: &str) -> &str {
    title.trim_end_matches('.')
}

/// Words as Markdown, wherever in a line the template puts them.
fn words(text: &str) -> String {
    escape(text, true, Dialect::Source)
}
