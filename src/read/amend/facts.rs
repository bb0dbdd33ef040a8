//! Facts as they are written in TOML, key by key.

use serde::Serialize;
use toml_edit::Document;

use crate::model::{Event, Number, Protocol, Review};

use super::super::canonical::{event_table, number_text, review_table, toml_text};
use super::super::format::{ProtocolFile, SectionTable};
use super::table::Facts;

/// What a table says, key by key, as it is written in TOML.
fn facts(table: &impl Serialize) -> Facts {
    let text = toml_text(table);
    // What the program has written itself is TOML.
    let Ok(document) = Document::parse(text.as_str()) else { return Vec::new() };
    let facts = document.iter().filter_map(|(key, item)| {
        let value = text.get(item.as_value()?.span()?)?;
        Some((key.to_owned(), value.to_owned()))
    });
    facts.collect()
}

pub(super) fn root_facts(protocol: &Protocol) -> Facts {
    let (status, numbering) = (Some(protocol.status), protocol.numbering);
    facts(&ProtocolFile { status, numbering, ..ProtocolFile::default() })
}

pub(super) fn event_facts(event: &Event) -> Facts {
    facts(&event_table(event))
}

pub(super) fn review_facts(review: Option<&Review>) -> Facts {
    review.map(|review| facts(&review_table(review))).unwrap_or_default()
}

pub(super) fn number_facts(number: &Option<Option<Number>>) -> Facts {
    // A section writes its number as a clause does.
    facts(&SectionTable { number: number.as_ref().map(number_text), heading: None, id: None, clause: Vec::new() })
}

/// A table under its header, as the hand-written files have it.
pub(super) fn block(header: &str, table: &impl Serialize) -> String {
    format!("{header}\n{}", toml_text(table))
}

/// A table between braces.
pub(super) fn braces(facts: &Facts) -> String {
    let keys: Vec<String> = facts.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    format!("{{ {} }}", keys.join(", ")).replace("{  }", "{}")
}
