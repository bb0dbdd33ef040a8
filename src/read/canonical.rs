//! The model → its canonical TOML, which reads back as the same model.

use serde::Serialize;

use crate::model::{Clause, Council, Event, Interval, Number, PartialDate, Protocol, Review, Section};

use super::format::{
    ClauseTable, ColoursTable, ControlTableTable, CouncilFile, DateValue, EventTable, FormatNumber, IntervalTable,
    LogoTable, ProtocolFile, ReviewTable, SectionTable, SignatureTable, SilenceTable,
};
use super::markdown;

/// The canonical `council.toml` of a council.
pub fn write_council(council: &Council) -> String {
    let file = CouncilFile {
        format: Some(FormatNumber),
        name: Some(council.name.clone()),
        kind: Some(council.kind),
        principal_authority: council.principal_authority.clone(),
        address: council.address.clone(),
        email: council.email.clone(),
        website: council.website.clone(),
        logo: council
            .logo
            .as_ref()
            .map(|logo| LogoTable { file: Some(logo.file.clone()), alt: Some(logo.alt.clone()) }),
        colours: council.accent.map(|accent| ColoursTable { accent: Some(accent.to_string()) }),
        terms: council.terms.clone(),
        review: council.review_every.map(|every| IntervalTable { every: Some(Interval::to_string(&every)) }),
    };
    toml_text(&file)
}

/// The canonical TOML of one version of a document.
pub fn write_protocol(protocol: &Protocol) -> String {
    let file = ProtocolFile {
        format: Some(FormatNumber),
        title: Some(protocol.title.clone()),
        status: Some(protocol.status),
        council_as_printed: protocol.council_as_printed.clone(),
        front: protocol.front.clone(),
        back: protocol.back.clone(),
        numbering: protocol.numbering,
        notes: protocol.notes.iter().map(markdown::write).collect(),
        history: protocol.history.iter().map(event_table).collect(),
        review: protocol.review.as_ref().map(review_table),
        control: protocol
            .control
            .iter()
            .map(|table| ControlTableTable {
                caption: table.caption.clone(),
                header: table.header.clone(),
                rows: Some(table.rows.clone()),
            })
            .collect(),
        signature: protocol
            .signatures
            .iter()
            .map(|signature| SignatureTable { role: Some(signature.role.clone()), name: signature.name.clone() })
            .collect(),
        silence: protocol
            .silences
            .iter()
            .map(|silence| SilenceTable {
                rule: Some(silence.rule.clone()),
                at: silence.at.clone(),
                reason: Some(silence.reason.clone()),
            })
            .collect(),
        section: protocol.sections.iter().map(section_table).collect(),
    };
    toml_text(&file)
}

/// An event of the history as it is written.
pub(super) fn event_table(event: &Event) -> EventTable {
    EventTable {
        event: Some(event.kind),
        date: Some(date(event.date)),
        as_printed: event.as_printed.clone(),
        minute: event.minute.clone(),
    }
}

/// The review as it is written.
pub(super) fn review_table(review: &Review) -> ReviewTable {
    ReviewTable {
        due: review.due.map(date),
        every: review.every.as_ref().map(Interval::to_string),
        planned: review.planned.map(date),
        annual_meeting: review.annual_meeting,
        as_printed: review.as_printed.clone(),
    }
}

fn date(date: PartialDate) -> DateValue {
    DateValue(date.to_string())
}

fn section_table(section: &Section) -> SectionTable {
    SectionTable {
        number: section.number.as_ref().map(number_text),
        heading: section.heading.clone(),
        id: section.id.clone(),
        clause: section.clauses.iter().map(clause_table).collect(),
    }
}

fn clause_table(clause: &Clause) -> ClauseTable {
    let mut text = markdown::write(&clause.text);
    if text.contains('\n') {
        text.push('\n');
    }
    ClauseTable {
        number: clause.number.as_ref().map(number_text),
        heading: clause.heading.clone(),
        level: clause.level.map(i64::from),
        text: (!clause.is_heading()).then_some(text),
        under: clause.under.clone(),
        id: clause.id.clone(),
    }
}

/// A number as it is written; empty where none is printed.
pub(super) fn number_text(number: &Option<Number>) -> String {
    number.as_ref().map_or(String::new(), Number::to_string)
}

/// The canonical TOML of a file of the format: keys in the order of its types, texts of several lines between `"""`.
pub(super) fn toml_text(file: &impl Serialize) -> String {
    // These types hold strings, dates, lists and tables with fixed keys, all of which TOML can write.
    toml::to_string_pretty(file).unwrap_or_default()
}
