//! The register of reviews → [`Document`].

use jiff::civil::Date;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Basis, Due, Event, PartialDate};
use crate::review::{Entry, Register, State};

use super::{Block, Document, Genre, Letterhead, LinesRole, Registered, Timeline, heading, paragraph};

/// The document that publishes a register, under the letterhead of the council if all of it is one council's.
pub fn register(register: &Register<'_>, letterhead: Option<Letterhead>) -> Document {
    let mut blocks = vec![
        Block::Title { text: "Register of reviews".to_owned() },
        Block::Lines { role: LinesRole::Adoption, lines: vec![format!("As of {}", day(register.as_of))] },
        paragraph(register.summary()),
    ];
    let several = letterhead.is_none();
    blocks.extend(Timeline::new(register, several).map(Block::Timeline));
    for state in State::ALL {
        let rows: Vec<Registered> = register.in_state(state).map(|entry| row(entry, several)).collect();
        if !rows.is_empty() {
            blocks.push(heading(heading_of(state), state.name()));
            blocks.push(Block::Register { caption: caption_of(state, rows.len()), rows });
        }
    }
    Document {
        title: "Register of reviews".to_owned(),
        council: letterhead,
        genre: Genre::Review,
        version: format!("Register of reviews as of {}", day(register.as_of)),
        status: "register",
        pending: false,
        dated: Some(register.as_of),
        blocks,
    }
}

fn heading_of(state: State) -> &'static str {
    match state {
        State::Overdue => "Overdue",
        State::DueSoon => "Due soon",
        State::Current => "Current",
        State::Undated => "Without a date",
        State::NotInForce => "Not in force",
    }
}

fn caption_of(state: State, documents: usize) -> String {
    let what = match state {
        State::Overdue => "whose review is overdue",
        State::DueSoon => "whose review is due soon",
        State::Current => "whose review is not due soon",
        State::Undated => "without a date of review",
        State::NotInForce => "not in force",
    };
    format!("{} {what}", count(documents, "document"))
}

/// A document, with its council where there are several.
fn row(entry: &Entry<'_>, several: bool) -> Registered {
    let protocol = &entry.edition.protocol;
    Registered {
        state: entry.state.name(),
        word: entry.word(),
        title: protocol.title.clone(),
        council: entry.edition.council_name().filter(|_| several).map(str::to_owned),
        address: entry.address(),
        link: entry.link(),
        due: entry.due.map(|due| day(due.last_day())),
        notes: entry.notes(),
        history: protocol.history.iter().rev().map(Event::worded).collect(),
    }
}

pub(super) fn day(day: Date) -> String {
    PartialDate::Day(day).in_words()
}

/// A text of no more than so many letters, each with its accents; an ellipsis says that there was more.
pub fn shortened(text: &str, most: usize) -> String {
    let letters: Vec<&str> = text.graphemes(true).collect();
    if letters.len() <= most { text.to_owned() } else { format!("{}…", letters[..most - 1].concat().trim_end()) }
}

/// `1 document`, `2 documents`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

impl Register<'_> {
    /// How many documents are in which state, in a sentence.
    pub fn summary(&self) -> String {
        let number = |state| self.in_state(state).count();
        let of = |number: usize, one: &str, several: &str| {
            (number > 0).then(|| format!("{number} {}", if number == 1 { one } else { several }))
        };
        let by_plan = self.in_state(State::DueSoon).any(|entry| entry.due.map(Due::last_day) != entry.target);
        let planned = if by_plan { " or planned" } else { "" };
        if self.entries.is_empty() {
            return "There are no documents yet.".to_owned();
        }
        let parts: Vec<String> = [
            of(number(State::Overdue), "is overdue", "are overdue"),
            of(number(State::DueSoon), "is due", "are due").map(|due| format!("{due}{planned} by {}", day(self.soon))),
            of(number(State::Current), "is current", "are current"),
            of(number(State::Undated), "has no date", "have no date"),
            of(number(State::NotInForce), "is not in force", "are not in force"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let parts = match parts.as_slice() {
            [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            parts => parts.concat(),
        };
        format!("Of {}, {parts}.", count(self.entries.len(), "document"))
    }
}

impl Entry<'_> {
    /// The state in words: `Overdue by 540 days`.
    pub fn word(&self) -> String {
        let days = |days: i32| count(days.unsigned_abs() as usize, "day");
        match (self.state, self.days_left) {
            (State::Overdue, Some(left)) => format!("Overdue by {}", days(left)),
            (State::DueSoon, Some(_)) if self.due.map(Due::last_day) != self.target => {
                format!("Planned for {}", self.planned().map(PartialDate::in_words).unwrap_or_default())
            }
            (State::DueSoon, Some(0)) => "Due today".to_owned(),
            (State::DueSoon, Some(left)) => format!("Due in {}", days(left)),
            (State::NotInForce, _) => format!("Not in force: {}", self.edition.protocol.status.word().to_lowercase()),
            (State::Undated, _) => "No date".to_owned(),
            _ => "Current".to_owned(),
        }
    }

    /// The same for a page that is read on other days than the one it is of: with the day, not the days until then. None of a version
    /// that is not in force, which says so itself.
    pub fn lasting(&self) -> Option<String> {
        let due = self.due.map(|due| day(due.last_day())).unwrap_or_default();
        match self.state {
            State::Overdue => Some(format!("Review overdue since {due}")),
            State::DueSoon => Some(match self.planned() {
                Some(planned) if self.due.map(Due::last_day) != self.target => {
                    format!("Review planned for {}", planned.in_words())
                }
                _ => format!("Review due by {due}"),
            }),
            State::Current => Some(format!("Next review by {due}")),
            State::Undated => Some("No date of review".to_owned()),
            State::NotInForce => None,
        }
    }

    /// What the date follows from, what is planned, and which versions wait.
    pub fn notes(&self) -> Vec<String> {
        let review = self.edition.protocol.review.as_ref();
        let printed = review.and_then(|review| review.as_printed.as_ref()).filter(|line| !line.is_empty());
        let basis = self.due.and_then(|due| match due.basis {
            Basis::Stated => printed.map(|line| format!("printed as “{line}”")),
            Basis::Document(every) => Some(format!("reviewed {}, as the document says", every.often())),
            Basis::Council(every) => Some(format!("reviewed {}, as the council has set", every.often())),
            Basis::Workspace(every) => Some(format!("reviewed {}, as set in engross.toml", every.often())),
            Basis::Assumed(_) => Some("assumed: a year after the last event".to_owned()),
        });
        let planned = self.planned().map(|planned| format!("planned for {}", planned.in_words()));
        let waiting = self.waiting.iter().map(|version| {
            let word = version.protocol.status.word().to_lowercase();
            format!("a {word} revision waits: {}", version.named())
        });
        let ahead = self.ahead.map(|date| format!("its history names a day to come: {}; look it up", date.in_words()));
        basis.into_iter().chain(planned).chain(waiting).chain(ahead).collect()
    }
}
