//! What stands before and after the text: council, title, status, dates, tables, notes and places to sign.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::{
    Block as TextBlock, ControlTable, Event, Interval, Numbering, Part, PartialDate, Protocol, Review, Signature,
    Status, Text,
};

use super::super::manuscript::{Remark, Table};
use super::DateFound;
use super::dates::{Said, said};
use super::furniture::LeftOut;
use super::label::Label;
use super::paragraphs::{Block, Paragraph};

/// A document without its text, the paragraphs of the text, and what somebody should look at.
pub(super) struct Parts {
    pub(super) protocol: Protocol,
    pub(super) body: Vec<Paragraph>,
    pub(super) doubts: Vec<Remark>,
    pub(super) dates: Vec<DateFound>,
    /// Lines of furniture that were taken after all.
    pub(super) taken: BTreeSet<String>,
}

/// A line that says when something was done has no more words than this.
const LONGEST_LINE: usize = 30;

/// What stands before the text is no longer than so many lines and tables.
const LONGEST_FRONT: usize = 30;

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by every test that imports")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static COUNCIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:the )?[\w '&,./()’ŵŷâêîôûŴŶ-]*\b(?:council|authority|assembly|corporation|cyngor|parish meeting)\b[\w '&]{0,20}$",
    )
});
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:protocol|polic(?:y|ies)|code|standing orders|procedures?|scheme|regulations|terms of reference|strategy|plan|charter|constitution|statement|guidance|rules|agreement|framework)\b",
    )
});
static SIGNED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:signed|signature)\b|[_.…]{6,}"));
static RULED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[_.…]{3,}"));

/// Takes the parts out of the blocks of a document; `furniture` is where they are looked for as well if the document has no title.
pub(super) fn parts(blocks: Vec<Block>, furniture: &[LeftOut]) -> Parts {
    let mut taker = Taker::default();
    let start = blocks.iter().take(LONGEST_FRONT).position(is_text).unwrap_or(blocks.len().min(LONGEST_FRONT));
    let mut rest = Vec::new();
    let mut blocks = blocks.into_iter();
    for block in blocks.by_ref().take(start) {
        rest.extend(taker.front(block));
    }
    if taker.title.is_none() {
        taker.furniture(furniture, &mut rest);
    }
    let mut body = rest;
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => body.push(paragraph),
            Block::Table(table) => taker.table(table, &mut body),
        }
    }
    let back = taker.back(&mut body);
    taker.finish(body, back)
}

/// Whether the text has begun: a numbered paragraph, an item, or one that is long.
fn is_text(block: &Block) -> bool {
    match block {
        Block::Table(_) => false,
        Block::Paragraph(paragraph) => {
            let long = paragraph.text().split_whitespace().count() > LONGEST_LINE;
            let counted = paragraph.label.as_ref().and_then(Label::parts).is_some();
            paragraph.bullet || counted || long && said(&paragraph.text()).is_empty()
        }
    }
}

#[derive(Default)]
struct Taker {
    title: Option<String>,
    council: Option<String>,
    status: Option<Status>,
    history: Vec<Event>,
    review: Option<Review>,
    control: Vec<ControlTable>,
    order: Vec<Part>,
    doubts: Vec<Remark>,
    dates: Vec<DateFound>,
    taken: BTreeSet<String>,
}

impl Taker {
    fn printed(&mut self, part: Part) {
        if !self.order.contains(&part) {
            self.order.push(part);
        }
    }

    /// Takes a block of the front; gives back what is none of it.
    fn front(&mut self, block: Block) -> Option<Paragraph> {
        let paragraph = match block {
            Block::Table(table) => {
                self.control(table);
                return None;
            }
            Block::Paragraph(paragraph) => paragraph,
        };
        let text = unstarred(&paragraph.text());
        let style = paragraph.style.as_deref().unwrap_or_default().to_ascii_lowercase();
        if let Some(status) = status_of(&text).filter(|_| self.status.is_none()) {
            self.status = Some(status);
            self.printed(Part::Status);
        } else if self.council.is_none() && (style == "council" || COUNCIL.is_match(&text) && !TITLE.is_match(&text)) {
            self.council = Some(text);
            self.printed(Part::Council);
        } else if self.event_line(&text, &paragraph, true) {
            self.printed(Part::Adoption);
        } else if self.title.is_none() && (paragraph.heading == Some(1) || style == "title" || TITLE.is_match(&text)) {
            self.title = Some(text);
            self.printed(Part::Title);
        } else {
            return Some(paragraph);
        }
        None
    }

    /// A line that says what was done, or is to be done, when. `prints` says whether it is printed as a line.
    fn event_line(&mut self, text: &str, paragraph: &Paragraph, prints: bool) -> bool {
        let all = said(text);
        if all.is_empty() || text.split_whitespace().count() > LONGEST_LINE {
            return false;
        }
        // One line about the review is printed; another stays a paragraph, or its words would be lost.
        let about_review = |said: &Said| !matches!(said, Said::Event { .. });
        let printed = self.review.as_ref().is_some_and(|review| review.line().is_some());
        let stays = prints && printed && all.iter().all(about_review);
        for (nth, said) in all.into_iter().enumerate() {
            // The line is printed once, with the first of what it says.
            let as_printed = if prints && nth == 0 && !stays { text.to_owned() } else { String::new() };
            let (date, taken_for) = match &said {
                Said::Event { kind, date, .. } => (Some(*date), kind.word().to_lowercase()),
                Said::Due(date) => (Some(*date), "the next review".to_owned()),
                Said::Every(every) => (None, format!("a review every {every}")),
            };
            self.dates.push(DateFound { text: text.to_owned(), date, taken_for, place: paragraph.place });
            match said {
                Said::Event { kind, date, minute } => {
                    self.history.push(Event { kind, date, as_printed: Some(as_printed), minute });
                }
                Said::Due(due) => self.reviewed(Some(due), None, as_printed, paragraph),
                Said::Every(every) => self.reviewed(None, Some(every), as_printed, paragraph),
            }
        }
        if stays {
            return false;
        }
        true
    }

    /// What a line says of the review. The first date holds; that there are two is told.
    fn reviewed(&mut self, due: Option<PartialDate>, every: Option<Interval>, as_printed: String, at: &Paragraph) {
        let new = self.review.is_none();
        let review = self.review.get_or_insert_default();
        if let (Some(first), Some(other)) = (review.due, due)
            && first != other
        {
            let what =
                format!("a second date for the next review, {}; {} was taken", other.in_words(), first.in_words());
            self.doubts.push(Remark { what, place: Some(at.place) });
        }
        review.due = review.due.or(due);
        review.every = review.every.or(every);
        if new || review.as_printed.as_deref() == Some("") {
            review.as_printed = Some(as_printed);
        }
    }

    /// A table before the text: document control.
    fn control(&mut self, table: Table) {
        for row in &table.rows {
            let text = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
            let place = Paragraph { place: table.place, ..Paragraph::default() };
            let before = (self.history.len(), self.review.is_some());
            if self.event_line(&text, &place, false) {
                // What the row says is printed by the table.
                for event in self.history.iter_mut().skip(before.0) {
                    event.as_printed = Some(text.clone());
                }
                if let Some(review) = self.review.as_mut().filter(|_| !before.1) {
                    review.as_printed = Some(text.clone());
                }
            }
        }
        let Table { caption, header_rows, mut rows, .. } = table;
        let rest = rows.split_off(header_rows.min(1).min(rows.len()));
        let header = rows.pop().unwrap_or_default();
        self.control.push(ControlTable { caption, header, rows: rest });
        self.printed(Part::Control);
    }

    /// A table in the text, which the format has no place for: its rows as paragraphs.
    fn table(&mut self, table: Table, body: &mut Vec<Paragraph>) {
        let what = "a table in the text became lines, a row each".to_owned();
        self.doubts.push(Remark { what, place: Some(table.place) });
        for row in table.caption.map(|caption| vec![caption]).into_iter().chain(table.rows) {
            let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            if !cells.is_empty() {
                let content = vec![crate::model::Inline::words(cells.join(" ").replace('\n', " "))];
                body.push(Paragraph { content, place: table.place, apart: true, ..Paragraph::default() });
            }
        }
    }

    /// Title, council and dates from what stands on every page.
    fn furniture(&mut self, furniture: &[LeftOut], rest: &mut Vec<Paragraph>) {
        let place = rest.first().map(|paragraph| paragraph.place).unwrap_or_default();
        for left in furniture.iter().filter(|left| !left.again) {
            let paragraph = Paragraph { content: left.line.content.clone(), place, ..Paragraph::default() };
            if self.front(Block::Paragraph(paragraph)).is_none() {
                self.taken.insert(left.line.text());
            }
        }
        if self.title.is_none() && !rest.is_empty() {
            let first = rest.remove(0);
            self.doubts
                .push(Remark {
                    what: format!("“{}” was taken for the title", first.text()), place: Some(first.place)
                });
            self.title = Some(first.text());
            self.printed(Part::Title);
        }
    }

    /// What stands after the text, taken off its end.
    fn back(&mut self, body: &mut Vec<Paragraph>) -> Back {
        let mut back = Back::default();
        let mut events = Vec::new();
        while let Some(last) = body.last() {
            let style = last.style.as_deref().unwrap_or_default().to_ascii_lowercase();
            let text = last.text();
            if last.label.is_some() || last.bullet || last.heading.is_some() {
                break;
            } else if SIGNED.is_match(&text) {
                // A place for the date alone belongs to the signature above it.
                let date_alone = role_of(&text).is_none() && text.to_ascii_lowercase().starts_with("date");
                let signed_above = body.iter().rev().nth(1).is_some_and(|above| SIGNED.is_match(&above.text()));
                if !(date_alone && signed_above) {
                    let role = role_of(&text).unwrap_or_else(|| {
                        let what = "a place to sign does not say who signs".to_owned();
                        self.doubts.push(Remark { what, place: Some(last.place) });
                        "Signed".to_owned()
                    });
                    back.signatures.push(Signature { role, name: None });
                }
            } else if !said(&unstarred(&text)).is_empty() && text.split_whitespace().count() <= LONGEST_LINE {
                events.push(last.clone());
            } else if text.starts_with(['*', '†', '‡']) || ["note", "footnote", "endnote"].contains(&style.as_str())
            {
                back.notes.push(Text { blocks: vec![TextBlock::Paragraph(last.content.clone())] });
            } else {
                break;
            }
            body.pop();
        }
        for paragraph in events.into_iter().rev() {
            let text = unstarred(&paragraph.text());
            if self.event_line(&text, &paragraph, true) {
                back.adoption = true;
            } else {
                body.push(paragraph);
            }
        }
        back.notes.reverse();
        back.signatures.reverse();
        back
    }

    fn finish(mut self, body: Vec<Paragraph>, back: Back) -> Parts {
        if self.title.is_none() {
            self.doubts.push(Remark { what: "no title was found; write the one it has".to_owned(), place: None });
            self.printed(Part::Title);
        }
        let status = self.status.unwrap_or(Status::Adopted);
        if self.status.is_none() && !self.history.iter().any(|event| event.kind.is_adoption()) {
            let what = "nothing says when it was adopted; it is taken to be in force";
            self.doubts.push(Remark { what: what.to_owned(), place: None });
        }
        let mut last = Vec::new();
        if back.adoption && !self.order.contains(&Part::Adoption) {
            last.push(Part::Adoption);
        }
        last.extend((!back.notes.is_empty()).then_some(Part::Notes));
        last.extend((!back.signatures.is_empty()).then_some(Part::Signatures));
        let council_as_printed = Some(self.council.unwrap_or_default());
        let mut protocol = Protocol {
            title: self.title.unwrap_or_else(|| "Untitled".to_owned()),
            status,
            council_as_printed,
            front: None,
            back: None,
            numbering: Numbering::default(),
            notes: back.notes,
            history: self.history,
            review: self.review,
            control: self.control,
            signatures: back.signatures,
            silences: Vec::new(),
            sections: Vec::new(),
        };
        protocol.front = (!same_print(&self.order, &protocol.front_parts(), &protocol)).then_some(self.order);
        protocol.back = (!same_print(&last, &protocol.back_parts(), &protocol)).then_some(last);
        Parts { protocol, body, doubts: self.doubts, dates: self.dates, taken: self.taken }
    }
}

/// What stands after the text.
#[derive(Default)]
struct Back {
    adoption: bool,
    notes: Vec<Text>,
    signatures: Vec<Signature>,
}

/// Whether two orders of parts print the same: a part that has nothing to print does not count.
fn same_print(one: &[Part], other: &[Part], protocol: &Protocol) -> bool {
    let prints = |part: &&Part| match part {
        Part::Council => protocol.council_as_printed.as_deref() != Some(""),
        Part::Title => true,
        Part::Status => protocol.status.is_pending(),
        Part::Adoption => !protocol.adoption_lines().is_empty(),
        Part::Control => !protocol.control.is_empty(),
        Part::Notes => !protocol.notes.is_empty(),
        Part::Signatures => !protocol.signatures.is_empty(),
    };
    one.iter().filter(prints).eq(other.iter().filter(prints))
}

fn status_of(text: &str) -> Option<Status> {
    match text.trim_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase().as_str() {
        "draft" => Some(Status::Draft),
        "proposed" => Some(Status::Proposed),
        _ => None,
    }
}

/// Words without the stars with which plain text sets them in italics.
fn unstarred(text: &str) -> String {
    let trimmed = text.trim();
    let plain = trimmed.trim_start_matches(['*', '_']).trim_end_matches(['*', '_']);
    if said(plain).is_empty() { trimmed.to_owned() } else { plain.trim().to_owned() }
}

/// Who signs, in a line with places to write.
fn role_of(text: &str) -> Option<String> {
    let words = RULED.replace_all(text, " ");
    let kept: Vec<&str> = words
        .split_whitespace()
        .filter(|word| {
            !matches!(
                word.trim_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase().as_str(),
                "signed" | "date" | "dated" | "signature" | ""
            )
        })
        .collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}
