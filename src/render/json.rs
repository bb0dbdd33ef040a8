//! The whole model as JSON, with the ids of all provisions, for other programs.

use serde_json::{Value, json};

use crate::model::{Clause, ClauseIds, Council, Edition, Event, Number, Protocol, Review, Section, SectionIds};
use crate::read::markdown;

use super::{Rendering, TemplateError};

/// The version of this shape. It grows only when a key changes its meaning or goes.
const FORMAT: u32 = 1;

pub(super) fn render(rendering: &Rendering<'_>) -> Result<Vec<u8>, TemplateError> {
    Ok(format!("{:#}\n", edition(rendering.edition)).into_bytes())
}

fn edition(edition: &Edition) -> Value {
    let protocol = &edition.protocol;
    let ids = protocol.ids();
    let sections = protocol.sections.iter().zip(&ids.sections);
    json!({
        "format": FORMAT,
        "address": edition.address,
        "version": edition.version(),
        "council": edition.council.as_ref().map(council),
        "title": protocol.title,
        "status": protocol.status,
        "council_as_printed": protocol.council_as_printed,
        "front": protocol.front_parts(),
        "back": protocol.back_parts(),
        "history": protocol.history.iter().map(event).collect::<Vec<_>>(),
        "review": protocol.review.as_ref().map(review),
        "control": protocol.control,
        "sections": sections.map(|(section, ids)| section_json(section, ids)).collect::<Vec<_>>(),
        "notes": protocol.notes.iter().map(|note| note.plain()).collect::<Vec<_>>(),
        "signatures": protocol.signatures,
        "silences": silences(protocol),
        "provisions": protocol.provisions(),
    })
}

fn council(council: &Council) -> Value {
    json!({
        "name": council.name,
        "kind": council.kind,
        "principal_authority": council.principal_authority,
        "address": council.address,
        "email": council.email,
        "website": council.website,
        "terms": council.terms,
        "review_every": council.review_every.map(|every| every.to_string()),
    })
}

fn event(event: &Event) -> Value {
    json!({
        "event": event.kind,
        "date": event.date.to_string(),
        "as_printed": event.as_printed,
        "minute": event.minute,
    })
}

fn review(review: &Review) -> Value {
    json!({
        "due": review.due.map(|due| due.to_string()),
        "every": review.every.map(|every| every.to_string()),
        "as_printed": review.as_printed,
    })
}

fn silences(protocol: &Protocol) -> Vec<Value> {
    let silences = protocol.silences.iter();
    silences.map(|silence| json!({ "rule": silence.rule, "at": silence.at, "reason": silence.reason })).collect()
}

fn section_json(section: &Section, ids: &SectionIds) -> Value {
    let clauses = section.clauses.iter().zip(&ids.clauses);
    json!({
        "id": ids.own,
        "number": section.number().map(Number::as_str),
        "heading": section.heading,
        "clauses": clauses.map(|(clause, ids)| clause_json(clause, ids)).collect::<Vec<_>>(),
    })
}

fn clause_json(clause: &Clause, ids: &ClauseIds) -> Value {
    json!({
        "id": ids.own,
        "number": clause.number().map(Number::as_str),
        "heading": clause.heading,
        "level": clause.level,
        "under": clause.under,
        "markdown": markdown::write(&clause.text),
        "text": clause.text.plain(),
        "blocks": clause.text,
    })
}
