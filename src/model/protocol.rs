//! One version of one document, as adopted or proposed.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Interval, Number, PartialDate, Text};

/// One version of a protocol.
///
/// It holds what is printed, verbatim and in order, and beside it the facts that are drawn from it (dates, status). The
/// facts never change what is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Protocol {
    /// The title as printed.
    pub title: String,
    /// What has become of it.
    pub status: Status,
    /// The council's name as this document prints it; empty where it prints none.
    pub council_as_printed: Option<String>,
    /// The parts before the first section, where the source names them.
    pub front: Option<Vec<Part>>,
    /// The parts after the last section, where the source names them.
    pub back: Option<Vec<Part>>,
    /// Whether missing numbers are given.
    pub numbering: Numbering,
    /// Notes printed at the end.
    pub notes: Vec<Text>,
    /// What was done with the document, oldest first.
    pub history: Vec<Event>,
    /// When it is reviewed next.
    pub review: Option<Review>,
    /// Document-control tables.
    pub control: Vec<ControlTable>,
    /// Places to sign.
    pub signatures: Vec<Signature>,
    /// Findings known and accepted.
    pub silences: Vec<Silence>,
    /// The text.
    pub sections: Vec<Section>,
}

/// What has become of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Put before the council, not yet adopted.
    Proposed,
    /// Adopted by the council.
    Adopted,
    /// Replaced by a later version.
    Superseded,
    /// No longer in force, and not replaced.
    Withdrawn,
}

impl Status {
    /// The word printed for it, `Proposed`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Proposed => "Proposed",
            Self::Adopted => "Adopted",
            Self::Superseded => "Superseded",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// What is to be said wherever such a version stands among others: nothing of one that was adopted.
    pub fn caution(self) -> Option<&'static str> {
        match self {
            Self::Draft => Some("draft, not adopted"),
            Self::Proposed => Some("proposed, not adopted"),
            Self::Adopted => None,
            Self::Superseded => Some("superseded, not in force"),
            Self::Withdrawn => Some("withdrawn, not in force"),
        }
    }

    /// Whether the council has yet to adopt it.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Draft | Self::Proposed)
    }
}

/// A part of a document outside its sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The council's name.
    Council,
    /// The title.
    Title,
    /// The status, as a word.
    Status,
    /// The adoption and review lines.
    Adoption,
    /// The document-control tables.
    Control,
    /// The notes.
    Notes,
    /// The places to sign.
    Signatures,
}

/// Whether missing numbers are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// Every number is printed as it is written, and none is added.
    #[default]
    AsPrinted,
    /// Sections and clauses without a number are numbered by their place; for drafts and proposals only.
    Automatic,
}

/// What was done with a document, when.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What was done.
    pub kind: EventKind,
    /// When, as precisely as the document says.
    pub date: PartialDate,
    /// The line that says so; empty where none is printed.
    pub as_printed: Option<String>,
    /// The minute that records it, `20/24-25`.
    pub minute: Option<String>,
}

/// What can be done with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Adopted for the first time.
    Adopted,
    /// Adopted again, changed or not.
    Readopted,
    /// Looked at and left in force.
    Reviewed,
    /// Changed.
    Amended,
}

impl EventKind {
    /// The word printed for it, `Readopted`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adopted => "Adopted",
            Self::Readopted => "Readopted",
            Self::Reviewed => "Reviewed",
            Self::Amended => "Amended",
        }
    }

    /// Whether it puts the document in force.
    pub fn is_adoption(self) -> bool {
        matches!(self, Self::Adopted | Self::Readopted)
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Event {
    /// The line printed: the document's own, else one worded here; none where it prints none.
    pub fn line(&self) -> Option<String> {
        let line = self.as_printed.clone().unwrap_or_else(|| self.worded());
        (!line.is_empty()).then_some(line)
    }

    /// The event as it is worded here: `Readopted 30 May 2024, minute 20/24-25`.
    pub fn worded(&self) -> String {
        let minute = self.minute.as_ref().map(|minute| format!(", minute {minute}")).unwrap_or_default();
        format!("{} {}{minute}", self.kind, self.date.in_words())
    }
}

/// When the document is reviewed next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// The date stated.
    pub due: Option<PartialDate>,
    /// The interval stated.
    pub every: Option<Interval>,
    /// When the council means to look at it, by then at the latest; says nothing about when it has to.
    pub planned: Option<PartialDate>,
    /// Whether it is reviewed at the annual meeting of the council; where it is not said, its title tells.
    pub annual_meeting: Option<bool>,
    /// The line that says so; empty where none is printed.
    pub as_printed: Option<String>,
}

impl Review {
    /// The line printed: the document's own, else one worded here; none where it prints none.
    pub fn line(&self) -> Option<String> {
        let worded = || match (self.due, self.every) {
            (Some(due), _) => format!("Review due {}", due.in_words()),
            (None, Some(every)) => format!("Reviewed every {every}"),
            (None, None) => String::new(),
        };
        let line = self.as_printed.clone().unwrap_or_else(worded);
        (!line.is_empty()).then_some(line)
    }
}

/// A document-control table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlTable {
    /// The words over it.
    pub caption: Option<String>,
    /// Its column headings, if it has any.
    pub header: Vec<String>,
    /// Its rows; the first cell of each is the row's label.
    pub rows: Vec<Vec<String>>,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// In what capacity, `Chair of the Council`.
    pub role: String,
    /// Who, where the document prints it.
    pub name: Option<String>,
}

/// A finding known and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The rule's name or code.
    pub rule: String,
    /// The provision's id; without it, the whole document.
    pub at: Option<String>,
    /// Why it is accepted.
    pub reason: String,
}

/// A section: a number and a heading over clauses. A preamble has no number and often no heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// Its own id.
    pub id: Option<String>,
    /// The number as printed; `Some(None)` in a draft that is to keep it unnumbered.
    pub number: Option<Option<Number>>,
    /// The heading as printed.
    pub heading: Option<String>,
    /// Its clauses, sub-headings and paragraphs in the order printed.
    pub clauses: Vec<Clause>,
}

/// A clause, an unnumbered paragraph, or a sub-heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clause {
    /// Its own id.
    pub id: Option<String>,
    /// The number as printed; `Some(None)` in a draft that is to keep it unnumbered.
    pub number: Option<Option<Number>>,
    /// Its heading as printed.
    pub heading: Option<String>,
    /// How deep the heading stands below its section, where it is not 1.
    pub level: Option<u8>,
    /// Its words; empty under a mere sub-heading.
    pub text: Text,
    /// The clause it is really an item of, where its number does not say so.
    pub under: Option<String>,
}

impl Section {
    /// The number printed, if any.
    pub fn number(&self) -> Option<&Number> {
        self.number.as_ref()?.as_ref()
    }
}

impl Section {
    /// The clause before the n-th that `name` names, by its id or its number with or without the closing dot; of several, the
    /// nearest.
    pub fn clause_before(&self, nth: usize, name: &str) -> Option<&Clause> {
        let named = |clause: &&Clause| {
            let numbered = clause.number().is_some_and(|number| number.as_str() == name || number.id() == name);
            clause.id.as_deref() == Some(name) || numbered
        };
        self.clauses[..nth].iter().rev().find(named)
    }
}

impl Clause {
    /// The number printed, if any.
    pub fn number(&self) -> Option<&Number> {
        self.number.as_ref()?.as_ref()
    }

    /// Whether it is only a heading over the clauses that follow.
    pub fn is_heading(&self) -> bool {
        self.heading.is_some() && self.text.is_empty()
    }
}

impl Protocol {
    /// An adopted document of these sections, numbered as they are, with nothing but a title around them.
    pub fn adopted(title: impl Into<String>, sections: Vec<Section>) -> Self {
        Self {
            title: title.into(),
            status: Status::Adopted,
            council_as_printed: None,
            front: None,
            back: None,
            numbering: Numbering::AsPrinted,
            notes: Vec::new(),
            history: Vec::new(),
            review: None,
            control: Vec::new(),
            signatures: Vec::new(),
            silences: Vec::new(),
            sections,
        }
    }

    /// The parts printed before the first section, in order.
    pub fn front_parts(&self) -> Vec<Part> {
        if let Some(front) = &self.front {
            return front.clone();
        }
        let mut parts = vec![Part::Council, Part::Title];
        if self.status.is_pending() {
            parts.push(Part::Status);
        }
        parts.extend([Part::Adoption, Part::Control]);
        parts
    }

    /// The parts printed after the last section, in order.
    pub fn back_parts(&self) -> Vec<Part> {
        self.back.clone().unwrap_or_else(|| vec![Part::Notes, Part::Signatures])
    }

    /// The adoption and review lines, in order.
    pub fn adoption_lines(&self) -> Vec<String> {
        let events = self.history.iter().filter_map(Event::line);
        events.chain(self.review.iter().filter_map(Review::line)).collect()
    }

    /// The latest event that put it in force.
    pub fn last_adoption(&self) -> Option<&Event> {
        let adoptions = self.history.iter().filter(|event| event.kind.is_adoption());
        adoptions.max_by_key(|event| event.date.last_day())
    }

    /// The latest event, by the last day its date covers; of two on one day, the one written later.
    pub fn last_event(&self) -> Option<&Event> {
        self.history.iter().max_by_key(|event| event.date.last_day())
    }
}
