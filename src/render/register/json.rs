//! The register as JSON: a contract with other programs. Keys may be added; none is renamed or removed.

use serde::Serialize;

use crate::model::{Basis, Event, EventKind, Status};
use crate::review::{Entry, Proposal, Register};

#[derive(Serialize)]
struct EntryJson<'a> {
    address: String,
    council: Option<&'a str>,
    title: &'a str,
    status: Status,
    last_event: Option<EventJson<'a>>,
    /// The last day of the date due.
    due: Option<String>,
    /// The date due as precisely as it is known, `2025-05`.
    due_date: Option<String>,
    due_as_printed: Option<&'a str>,
    assumed: bool,
    basis: Option<&'static str>,
    every: Option<String>,
    planned: Option<String>,
    state: &'static str,
    /// 0 where the review is not overdue; null without a date.
    days_overdue: Option<i32>,
    days_left: Option<i32>,
    waiting: Vec<WaitingJson>,
    history: Vec<EventJson<'a>>,
    link: Option<String>,
}

#[derive(Serialize)]
struct EventJson<'a> {
    event: EventKind,
    date: String,
    minute: Option<&'a str>,
}

#[derive(Serialize)]
struct WaitingJson {
    address: String,
    status: Status,
}

#[derive(Serialize)]
struct ProposalJson<'a> {
    address: String,
    council: Option<&'a str>,
    title: &'a str,
    due: Option<String>,
    state: &'static str,
    /// The month proposed, `2027-03`.
    proposed: String,
    why: &'static str,
}

/// The register: a list of objects, the most overdue first.
pub fn json(register: &Register<'_>) -> String {
    pretty(&register.entries.iter().map(entry).collect::<Vec<_>>())
}

/// A plan: a list of objects.
pub fn plan_json(proposals: &[Proposal<'_, '_>]) -> String {
    pretty(&proposals.iter().map(proposal).collect::<Vec<_>>())
}

#[expect(clippy::expect_used, reason = "all keys are strings")]
fn pretty(list: &impl Serialize) -> String {
    serde_json::to_string_pretty(list).expect("a list of plain values") + "\n"
}

fn entry<'a>(entry: &Entry<'a>) -> EntryJson<'a> {
    let protocol = &entry.edition.protocol;
    let interval = match entry.edition.interval() {
        Basis::Assumed(_) if !entry.due.is_some_and(|due| due.is_assumed()) => None,
        said => said.interval(),
    };
    EntryJson {
        address: entry.address(),
        council: entry.edition.council_name(),
        title: &protocol.title,
        status: protocol.status,
        last_event: protocol.last_event().map(event),
        due: entry.due.map(|due| due.last_day().to_string()),
        due_date: entry.due.map(|due| due.date.to_string()),
        due_as_printed: protocol.review.as_ref().and_then(|review| review.as_printed.as_deref()),
        assumed: entry.due.is_some_and(|due| due.is_assumed()),
        basis: entry.due.map(|due| due.basis.name()),
        every: interval.map(|every| every.to_string()),
        planned: entry.planned().map(|planned| planned.to_string()),
        state: entry.state.name(),
        days_overdue: entry.due.map(|_| entry.days_overdue()),
        days_left: entry.days_left,
        waiting: entry.waiting.iter().map(|e| WaitingJson { address: e.named(), status: e.protocol.status }).collect(),
        history: protocol.history.iter().map(event).collect(),
        link: entry.link(),
    }
}

fn event(event: &Event) -> EventJson<'_> {
    EventJson { event: event.kind, date: event.date.to_string(), minute: event.minute.as_deref() }
}

fn proposal<'a>(proposal: &Proposal<'a, '_>) -> ProposalJson<'a> {
    let entry = proposal.entry;
    ProposalJson {
        address: entry.address(),
        council: entry.edition.council_name(),
        title: &entry.edition.protocol.title,
        due: entry.due.map(|due| due.last_day().to_string()),
        state: entry.state.name(),
        proposed: proposal.month.to_string(),
        why: proposal.why.words(),
    }
}
