//! A version's TOML ⇄ [`Protocol`].

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, visible};
use crate::model::{
    Clause, ControlTable, Event, Interval, Number, Numbering, Part, PartialDate, Place, Protocol, Review, Section,
    Signature, Silence, Text,
};
use crate::source::Source;

use super::faults::Faults;
use super::format::{
    ClauseTable, ControlTableTable, DateValue, EventTable, ProtocolFile, ReviewTable, SectionTable, SignatureTable,
    SilenceTable,
};
use super::{Read, codes, file, markdown};

/// The deepest heading below a section, so that no heading is deeper than HTML's sixth level.
const DEEPEST_HEADING: u8 = 4;

/// Reads one version of a document.
///
/// # Errors
/// All its faults, each with its place.
pub fn protocol(source: &Source) -> Result<Read<Protocol>, Vec<Diagnostic>> {
    let (file, mut diagnostics) = file::decode::<ProtocolFile>(source);
    let mut reader = Reader::default();
    let protocol = file.and_then(|file| reader.protocol(file));
    let faults = reader.faults.into_diagnostics(source, &diagnostics);
    diagnostics.extend(faults);
    match protocol {
        Some(value) if diagnostics.is_empty() => {
            Ok(Read { value, warnings: reader.warnings.into_diagnostics(source, &[]) })
        }
        _ => Err(diagnostics),
    }
}

/// A line of plain words: white space made single, characters that are not printed made visible and reported.
pub(super) fn line(text: &str, place: &Place, warnings: &mut Faults) -> String {
    warn_of_controls(text, place, warnings);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    words.join(" ").chars().map(visible).collect()
}

fn warn_of_controls(text: &str, place: &Place, warnings: &mut Faults) {
    if text.chars().any(|c| !c.is_ascii_whitespace() && visible(c) != c) {
        let message = "a text holds characters that are not printed";
        let help = "delete them; they are replaced by harmless signs in everything engross writes";
        warnings.add_once(&codes::CONTROL_CHARACTER, place.clone(), message, "in here", help);
    }
}

/// An interval, if one is written.
pub(super) fn interval(text: Option<String>, place: Place, faults: &mut Faults) -> Option<Interval> {
    let interval = Interval::parse(&text?);
    interval
        .map_err(|error| {
            let help = "write \"1 year\", \"2 years\" or \"18 months\"";
            faults.add(&codes::BAD_INTERVAL, place, error.to_string(), "expected months or years", help);
        })
        .ok()
}

#[derive(Default)]
struct Reader {
    faults: Faults,
    warnings: Faults,
}

impl Reader {
    fn protocol(&mut self, file: ProtocolFile) -> Option<Protocol> {
        let title = self.required_line(
            file.title,
            Place::key("title"),
            "the document has no `title`",
            "title = \"Member/Officer Protocol\"",
        );
        if file.status.is_none() {
            self.faults.missing(Place::key("status"), "the document has no `status`", "status = \"adopted\"");
        }
        let council_as_printed = self.optional_line(file.council_as_printed, Place::key("council_as_printed"));
        self.check_parts(file.front.as_deref(), file.back.as_deref());
        if file.numbering == Numbering::Automatic && file.status.is_some_and(|status| !status.is_pending()) {
            let message = "only a draft or proposal can be numbered automatically";
            self.faults.add(&codes::NOT_A_DRAFT, Place::key("numbering"), message, "", codes::NOT_A_DRAFT.remedy);
        }
        let notes = file.notes.into_iter().enumerate();
        let notes = notes.map(|(at, note)| self.text(&note, &Place::key("notes").nth(at))).collect();
        let history = file.history.into_iter().enumerate();
        let history: Vec<_> = history.map(|(at, event)| self.event(event, &Place::key("history").nth(at))).collect();
        let review = file.review.map(|review| self.review(review));
        self.check_due(review.as_ref(), &history);
        let control = file.control.into_iter().enumerate();
        let control = control.map(|(at, table)| self.control(table, &Place::key("control").nth(at))).collect();
        let signatures = file.signature.into_iter().enumerate();
        let signatures: Vec<_> =
            signatures.map(|(at, table)| self.signature(table, &Place::key("signature").nth(at))).collect();
        let silences = file.silence.into_iter().enumerate();
        let silences: Vec<_> =
            silences.map(|(at, table)| self.silence(table, &Place::key("silence").nth(at))).collect();
        let sections = file.section.into_iter().enumerate();
        let sections: Vec<_> = sections.map(|(at, table)| self.section(table, at)).collect();
        self.check_ids(&sections);
        Some(Protocol {
            title: title?,
            status: file.status?,
            council_as_printed,
            front: file.front,
            back: file.back,
            numbering: file.numbering,
            notes,
            history: history.into_iter().collect::<Option<_>>()?,
            review,
            control,
            signatures: signatures.into_iter().collect::<Option<_>>()?,
            silences: silences.into_iter().collect::<Option<_>>()?,
            sections,
        })
    }

    fn optional_line(&mut self, text: Option<String>, place: Place) -> Option<String> {
        text.map(|text| line(&text, &place, &mut self.warnings))
    }

    fn required_line(&mut self, text: Option<String>, place: Place, missing: &str, example: &str) -> Option<String> {
        let text = self.optional_line(text, place.clone());
        match text {
            None => self.faults.missing(place, missing, example),
            Some(empty) if empty.is_empty() => {
                let help = format!("write something such as {example}");
                self.faults.add(&codes::WRONG_VALUE, place, "this is empty", "expected words", help);
            }
            words => return words,
        }
        None
    }

    fn text(&mut self, text: &str, place: &Place) -> Text {
        warn_of_controls(text, place, &mut self.warnings);
        markdown::parse(text).unwrap_or_else(|faults| {
            for fault in faults {
                let place = place.clone().words(first_words(&fault.words));
                self.faults.add(fault.code, place, fault.message, "", fault.code.remedy);
            }
            Text::default()
        })
    }

    fn check_parts(&mut self, front: Option<&[Part]>, back: Option<&[Part]>) {
        if let Some(front) = front
            && !front.contains(&Part::Title)
        {
            let help = "add \"title\" to `front`";
            self.faults.add(
                &codes::BAD_PARTS,
                Place::key("front"),
                "`front` leaves out the title",
                "no \"title\" here",
                help,
            );
        }
        let named = [("front", front), ("back", back)];
        let mut seen = HashSet::new();
        for (key, parts) in named {
            for (at, part) in parts.unwrap_or_default().iter().enumerate() {
                if !seen.insert(*part) || (key == "back" && *part == Part::Title) {
                    let place = Place::key(key).nth(at);
                    let help = "each part is printed once, and the title before the first section";
                    self.faults.add(&codes::BAD_PARTS, place, "this part is printed elsewhere", "", help);
                }
            }
        }
    }

    fn date(&mut self, date: &DateValue, place: &Place) -> Option<PartialDate> {
        let parsed = PartialDate::parse(&date.0);
        parsed
            .map_err(|error| {
                let help = "write a day as 2024-05-30, a month as \"2024-05\", a year as \"2024\"";
                self.faults.add(&codes::BAD_DATE, place.clone(), error.to_string(), "expected a date", help);
            })
            .ok()
    }

    fn event(&mut self, table: EventTable, place: &Place) -> Option<Event> {
        if table.event.is_none() {
            self.faults.missing(
                place.clone().then("event"),
                "this part of the history has no `event`",
                "event = \"adopted\"",
            );
        }
        if table.date.is_none() {
            self.faults.missing(
                place.clone().then("date"),
                "this part of the history has no `date`",
                "date = 2024-05-30, or date = \"2024\" if no more is known",
            );
        }
        let date = table.date.and_then(|date| self.date(&date, &place.clone().then("date")));
        let as_printed = self.optional_line(table.as_printed, place.clone().then("as_printed"));
        let minute = self.optional_line(table.minute, place.clone().then("minute"));
        Some(Event { kind: table.event?, date: date?, as_printed, minute })
    }

    fn review(&mut self, table: ReviewTable) -> Review {
        let place = Place::key("review");
        Review {
            due: table.due.and_then(|date| self.date(&date, &place.clone().then("due"))),
            every: interval(table.every, place.clone().then("every"), &mut self.faults),
            planned: table.planned.and_then(|date| self.date(&date, &place.clone().then("planned"))),
            annual_meeting: table.annual_meeting,
            as_printed: self.optional_line(table.as_printed, place.then("as_printed")),
        }
    }

    /// A review is due after the document was adopted: a date before that is a slip, and would remind of nothing.
    fn check_due(&mut self, review: Option<&Review>, history: &[Option<Event>]) {
        let adoptions = history.iter().flatten().filter(|event| event.kind.is_adoption());
        let adopted = adoptions.map(|event| event.date).max_by_key(|date| date.first_day());
        if let (Some(due), Some(adopted)) = (review.and_then(|review| review.due), adopted)
            && due.last_day() < adopted.first_day()
        {
            let message = format!(
                "the review is due {}, before the document was adopted: {}",
                due.in_words(),
                adopted.in_words()
            );
            let place = Place::key("review").then("due");
            self.faults.add(&codes::DUE_BEFORE_ADOPTION, place, message, "", codes::DUE_BEFORE_ADOPTION.remedy);
        }
    }

    fn control(&mut self, table: ControlTableTable, place: &Place) -> ControlTable {
        let cells = |cells: Vec<String>, place: &Place, warnings: &mut Faults| -> Vec<String> {
            cells.iter().map(|cell| line(cell, place, warnings)).collect()
        };
        if table.rows.as_ref().is_none_or(Vec::is_empty) {
            self.faults.missing(
                place.clone().then("rows"),
                "this document-control table has no `rows`",
                "rows = [[\"Version Number\", \"2\"]]",
            );
        }
        let rows = table.rows.unwrap_or_default();
        let widths: HashSet<usize> =
            rows.iter().map(Vec::len).chain(Some(table.header.len()).filter(|w| *w > 0)).collect();
        if widths.len() > 1 || widths.contains(&0) {
            let help = "write \"\" for an empty cell";
            let message = "the rows of this table have different numbers of cells";
            self.faults.add(&codes::WRONG_VALUE, place.clone().then("rows"), message, "", help);
        }
        let rows_at = place.clone().then("rows");
        ControlTable {
            caption: self.optional_line(table.caption, place.clone().then("caption")).filter(|c| !c.is_empty()),
            header: cells(table.header, &place.clone().then("header"), &mut self.warnings),
            rows: rows.into_iter().map(|row| cells(row, &rows_at, &mut self.warnings)).collect(),
        }
    }

    fn signature(&mut self, table: SignatureTable, place: &Place) -> Option<Signature> {
        let missing = "this place to sign has no `role`";
        let role =
            self.required_line(table.role, place.clone().then("role"), missing, "role = \"Chair of the Council\"");
        let name = self.optional_line(table.name, place.clone().then("name")).filter(|name| !name.is_empty());
        Some(Signature { role: role?, name })
    }

    fn silence(&mut self, table: SilenceTable, place: &Place) -> Option<Silence> {
        let rule = self.required_line(
            table.rule,
            place.clone().then("rule"),
            "this silence names no `rule`",
            "rule = \"number-repeated\"",
        );
        let missing = "this silence gives no `reason`";
        let reason = self.required_line(table.reason, place.clone().then("reason"), missing, "reason = \"as adopted\"");
        let at = self.optional_line(table.at, place.clone().then("at"));
        Some(Silence { rule: rule?, at, reason: reason? })
    }

    fn number(&mut self, text: Option<String>, place: Place) -> Option<Option<Number>> {
        let text = self.optional_line(text, place)?;
        Some(Number::new(&text))
    }

    fn section(&mut self, table: SectionTable, at: usize) -> Section {
        let place = Place::section(at);
        let number = self.number(table.number, place.clone().then("number"));
        let heading = self.optional_line(table.heading, place.clone().then("heading"));
        let clauses = table.clause.into_iter().enumerate();
        Section {
            id: table.id,
            number,
            heading: heading.filter(|heading| !heading.is_empty()),
            clauses: clauses.map(|(nth, clause)| self.clause(clause, Place::clause(at, nth))).collect(),
        }
    }

    fn clause(&mut self, table: ClauseTable, place: Place) -> Clause {
        let number = self.number(table.number, place.clone().then("number"));
        let heading = self.optional_line(table.heading, place.clone().then("heading")).filter(|h| !h.is_empty());
        let had_text = table.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let text = table.text.map_or_else(Text::default, |text| self.text(&text, &place.clone().then("text")));
        if heading.is_none() && !had_text {
            let message = "this clause has neither `text` nor `heading`";
            self.faults.missing(place.clone().then("text"), message, "text = \"Officers advise the Council.\"");
        }
        let level = table.level.and_then(|level| {
            let known = u8::try_from(level).ok().filter(|level| (1..=DEEPEST_HEADING).contains(level));
            if known.is_none() || heading.is_none() {
                let message = if known.is_none() {
                    "there is no such level"
                } else {
                    "a clause without a `heading` has no level"
                };
                let help = "a heading right below its section is of level 1, one below that of level 2, up to 4";
                self.faults.add(&codes::WRONG_VALUE, place.clone().then("level"), message, "expected 1 to 4", help);
            }
            known
        });
        let under = self.optional_line(table.under, place.clone().then("under"));
        Clause { id: table.id, number, heading, level, text, under }
    }

    fn check_ids(&mut self, sections: &[Section]) {
        let mut section_ids = HashSet::new();
        let mut clause_ids = HashSet::new();
        for (at, section) in sections.iter().enumerate() {
            if let Some(id) = &section.id {
                self.check_id(id, Place::section(at).then("id"), &mut section_ids);
            }
            for (nth, clause) in section.clauses.iter().enumerate() {
                let place = Place::clause(at, nth);
                if let Some(id) = &clause.id {
                    self.check_id(id, place.clone().then("id"), &mut clause_ids);
                }
                if let Some(under) = &clause.under {
                    self.check_under(under, section, nth, place.then("under"));
                }
            }
        }
    }

    fn check_id(&mut self, id: &str, place: Place, seen: &mut HashSet<String>) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if id.is_empty() || !id.chars().all(plain) {
            let help = "use letters, digits, `.`, `_` and `-`, such as id = \"media\"";
            self.faults.add(&codes::BAD_ID, place, format!("`{id}` cannot be an id"), "", help);
        } else if !seen.insert(id.to_owned()) {
            let help = "give each its own id";
            self.faults.add(&codes::BAD_ID, place, format!("the id `{id}` is used twice"), "", help);
        }
    }

    fn check_under(&mut self, under: &str, section: &Section, nth: usize, place: Place) {
        if section.clause_before(nth, under).is_none() {
            let help = "name a clause before this one in the same section, by its number or id";
            self.faults.add(&codes::BAD_ID, place, format!("no clause before this one is `{under}`"), "", help);
        }
    }
}

/// The first line of the words at fault, short enough to point at.
fn first_words(words: &str) -> String {
    words.lines().next().unwrap_or_default().chars().take(60).collect()
}
