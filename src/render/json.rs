//! The whole model as JSON, with the ids of all provisions, for other programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{
    Address, Clause, ClauseIds, ControlTable, Council, CouncilKind, Edition, Event, EventKind, Ids, Number, Numbering,
    Part, Provision, Review, Role, Section, SectionIds, Signature, Silence, Status, Text,
};
use crate::read::markdown;

use super::{Rendering, TemplateError};

/// The version of this shape. It grows only when a key changes its meaning or goes.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct EditionJson<'a> {
    format: u32,
    address: Option<&'a Address>,
    version: &'a str,
    council: Option<CouncilJson<'a>>,
    title: &'a str,
    status: Status,
    council_as_printed: Option<&'a str>,
    numbering: Numbering,
    front: Vec<Part>,
    back: Vec<Part>,
    history: Vec<EventJson<'a>>,
    review: Option<ReviewJson<'a>>,
    control: &'a [ControlTable],
    sections: Vec<SectionJson<'a>>,
    notes: Vec<NoteJson<'a>>,
    signatures: &'a [Signature],
    silences: Vec<SilenceJson<'a>>,
    provisions: Vec<Provision>,
}

#[derive(Serialize)]
struct CouncilJson<'a> {
    name: &'a str,
    kind: CouncilKind,
    principal_authority: Option<&'a str>,
    address: Option<&'a str>,
    email: Option<&'a str>,
    website: Option<&'a str>,
    terms: &'a BTreeMap<Role, Vec<String>>,
    review_every: Option<String>,
    logo: Option<LogoJson<'a>>,
    accent: Option<String>,
}

#[derive(Serialize)]
struct EventJson<'a> {
    event: EventKind,
    date: String,
    as_printed: Option<&'a str>,
    minute: Option<&'a str>,
}

#[derive(Serialize)]
struct ReviewJson<'a> {
    due: Option<String>,
    every: Option<String>,
    planned: Option<String>,
    annual_meeting: Option<bool>,
    as_printed: Option<&'a str>,
}

#[derive(Serialize)]
struct SilenceJson<'a> {
    rule: &'a str,
    at: Option<&'a str>,
    reason: &'a str,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    /// The words as CommonMark.
    markdown: String,
    text: String,
    blocks: &'a Text,
}

#[derive(Serialize)]
struct LogoJson<'a> {
    file: &'a str,
    alt: &'a str,
}

#[derive(Serialize)]
struct SectionJson<'a> {
    id: &'a str,
    number: Option<&'a str>,
    heading: Option<&'a str>,
    clauses: Vec<ClauseJson<'a>>,
}

#[derive(Serialize)]
struct ClauseJson<'a> {
    id: &'a str,
    number: Option<&'a str>,
    heading: Option<&'a str>,
    level: Option<u8>,
    under: Option<&'a str>,
    /// The words as CommonMark.
    markdown: String,
    /// The plain words, a line for each paragraph and item.
    text: String,
    blocks: &'a Text,
}

pub(super) fn render(rendering: &Rendering<'_>) -> Result<Vec<u8>, TemplateError> {
    let ids = rendering.edition.protocol.ids();
    // Strings, numbers and lists of them under fixed keys: nothing that JSON could refuse.
    let mut json = serde_json::to_vec_pretty(&edition(rendering.edition, &ids)).unwrap_or_default();
    json.push(b'\n');
    Ok(json)
}

fn edition<'a>(edition: &'a Edition, ids: &'a Ids) -> EditionJson<'a> {
    let protocol = &edition.protocol;
    EditionJson {
        format: FORMAT,
        address: edition.address.as_ref(),
        version: edition.version(),
        council: edition.council.as_ref().map(council),
        title: &protocol.title,
        status: protocol.status,
        council_as_printed: protocol.council_as_printed.as_deref(),
        numbering: protocol.numbering,
        front: protocol.front_parts(),
        back: protocol.back_parts(),
        history: protocol.history.iter().map(event).collect(),
        review: protocol.review.as_ref().map(review),
        control: &protocol.control,
        sections: protocol.sections.iter().zip(&ids.sections).map(|(s, ids)| section(s, ids)).collect(),
        notes: protocol.notes.iter().map(note).collect(),
        signatures: &protocol.signatures,
        silences: protocol.silences.iter().map(silence).collect(),
        provisions: protocol.provisions(),
    }
}

fn council(council: &Council) -> CouncilJson<'_> {
    CouncilJson {
        name: &council.name,
        kind: council.kind,
        principal_authority: council.principal_authority.as_deref(),
        address: council.address.as_deref(),
        email: council.email.as_deref(),
        website: council.website.as_deref(),
        terms: &council.terms,
        review_every: council.review_every.map(|every| every.to_string()),
        logo: council.logo.as_ref().map(|logo| LogoJson { file: &logo.file, alt: &logo.alt }),
        accent: council.accent.map(|accent| accent.to_string()),
    }
}

fn event(event: &Event) -> EventJson<'_> {
    EventJson {
        event: event.kind,
        date: event.date.to_string(),
        as_printed: event.as_printed.as_deref(),
        minute: event.minute.as_deref(),
    }
}

fn review(review: &Review) -> ReviewJson<'_> {
    ReviewJson {
        due: review.due.map(|due| due.to_string()),
        every: review.every.map(|every| every.to_string()),
        planned: review.planned.map(|planned| planned.to_string()),
        annual_meeting: review.annual_meeting,
        as_printed: review.as_printed.as_deref(),
    }
}

fn silence(silence: &Silence) -> SilenceJson<'_> {
    SilenceJson { rule: &silence.rule, at: silence.at.as_deref(), reason: &silence.reason }
}

fn note(note: &Text) -> NoteJson<'_> {
    NoteJson { markdown: markdown::write(note), text: note.plain(), blocks: note }
}

fn section<'a>(section: &'a Section, ids: &'a SectionIds) -> SectionJson<'a> {
    SectionJson {
        id: &ids.own,
        number: section.number().map(Number::as_str),
        heading: section.heading.as_deref(),
        clauses: section.clauses.iter().zip(&ids.clauses).map(|(c, ids)| clause(c, ids)).collect(),
    }
}

fn clause<'a>(clause: &'a Clause, ids: &'a ClauseIds) -> ClauseJson<'a> {
    ClauseJson {
        id: &ids.own,
        number: clause.number().map(Number::as_str),
        heading: clause.heading.as_deref(),
        level: clause.level,
        under: clause.under.as_deref(),
        markdown: markdown::write(&clause.text),
        text: clause.text.plain(),
        blocks: &clause.text,
    }
}
