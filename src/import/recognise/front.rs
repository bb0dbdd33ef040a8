//! What stands before the text: council, title, status, dates and document control.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::{ControlTable, Part, PartialDate, Protocol, Status};

use super::super::manuscript::{Remark, Table};
use super::super::pattern::pattern;
use super::back::{Back, back};
use super::dates::{Found, dates};
use super::facts::{Facts, LONGEST_LINE, Words, is_about_dates};
use super::furniture::LeftOut;
use super::headings::in_capitals;
use super::itself::said_of_itself;
use super::label::Kind;
use super::paragraphs::{Block, Paragraph};
use super::said::said;
use super::{DateFound, control};

/// A document without its text, the blocks of the text, and what somebody should look at.
pub(super) struct Parts {
    pub(super) protocol: Protocol,
    pub(super) body: Vec<Block>,
    pub(super) doubts: Vec<Remark>,
    pub(super) dates: Vec<DateFound>,
    /// The council that only a line of furniture names, with other words.
    pub(super) council: Option<String>,
    /// Lines of furniture that were taken after all.
    pub(super) taken: BTreeSet<String>,
}

/// What stands before the text is no longer than so many lines and tables.
const LONGEST_FRONT: usize = 30;

/// A title has no more words than this.
const LONGEST_TITLE: usize = 20;

/// A name or a title that goes over several lines has no more words on one.
const LONGEST_PART: usize = 6;

static COUNCIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:the )?(?:(?i:cyngor)\b[\w '&,./()’ŵŷâêîôûŴŶ-]*|(?i:(?:royal|london|metropolitan) borough of) [\w '&,./()’-]+|[\w '&,./()’ŵŷâêîôûŴŶ-]*\b(?i:council|authority|assembly|corporation|cyngor|parish meeting)(?: \([\w '&]+\))?)$",
    )
});
/// The kind of a council, without its name.
static VERSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bversion\s+\S+"));
/// `DRAFT v2`, `Status: Draft`, `Draft – for consultation`
static DRAFT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\W*(?:status\s*:?\s*)?draft\b"));
/// What many documents are called, so that the line above it says which one it is.
static COMMON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:terms of reference|protocol|policy|policy statement|policy and procedure|procedure|scheme|statement|guidance|rules|code|charter)$",
    )
});
static NAMELESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:the )?(?:(?:parish|town|village|community|city|district|borough|county|metropolitan|joint|local|and|&) )*council$|^(?i:(?:the )?(?:combined|fire|national park|police) authority)$",
    )
});
static BEGINS_WITH_A_COUNCIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<name>[\p{L}][\p{L}’'& -]{2,60}?(?i:parish|town|city|borough|district|county|community|village) (?i:council))(?:\W|$)",
    )
});
static ENDS_IN_A_COUNCIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[|–—:-] (?<name>[\p{L}][\p{L}’'& -]{2,60}?(?i:parish|town|city|borough|district|county|community|village) (?i:council))$",
    )
});
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:protocol|polic(?:y|ies)|code|standing orders|procedures?|scheme|regulations|terms of reference|strategy|plan|charter|constitution|statement|guidance|rules|agreement|framework)\b",
    )
});

/// Words that a name writes small.
const SMALL: [&str; 16] =
    ["of", "and", "the", "in", "on", "by", "with", "cum", "upon", "le", "under", "next", "y", "a", "yr", "for"];

/// Whether a line is the name of a council: each of its words begins with a capital letter.
pub(super) fn names_a_council(text: &str) -> bool {
    let name = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || SMALL.contains(&bare) || bare.starts_with(|c: char| c.is_uppercase())
    };
    let bare = text.to_lowercase();
    let of_the = [" the council", " a council"].iter().any(|end| bare.ends_with(end));
    COUNCIL.is_match(text) && !of_the && !TITLE.is_match(text) && text.split_whitespace().all(name)
}

/// The name of a council that a line is, begins with or ends in: `Example Parish Council Standing Orders Page 2`.
pub(super) fn council_in(text: &str) -> Option<String> {
    let found = BEGINS_WITH_A_COUNCIL.captures(text).or_else(|| ENDS_IN_A_COUNCIL.captures(text))?;
    let name = &found["name"];
    (names_a_council(name) && !NAMELESS.is_match(name)).then(|| name.to_owned())
}

/// Whether a line can be a title: no sentence.
pub(super) fn entitles(text: &str) -> bool {
    TITLE.is_match(text) && can_be_a_title(text)
}

fn can_be_a_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= LONGEST_TITLE && !text.ends_with([';', ',', ':']) && !(text.ends_with('.') && words > LONGEST_PART)
}

/// Takes the parts out of the blocks of a document; `furniture` is what stands on every page.
pub(super) fn parts(blocks: Vec<Block>, furniture: &[LeftOut]) -> Parts {
    let mut taker = Taker::default();
    let blocks = control::captioned(blocks);
    let start = blocks.iter().take(LONGEST_FRONT).position(is_text).unwrap_or(blocks.len().min(LONGEST_FRONT));
    let mut text = blocks;
    let front: Vec<Block> = text.drain(..start).flat_map(Block::lines).collect();
    let mut body = Vec::new();
    let front = joined(front);
    let first_line = first_line_as_title(&front, furniture);
    for (at, block) in front.into_iter().enumerate() {
        if let Block::Paragraph(paragraph) = &block
            && first_line == Some(at)
        {
            taker.take_for_the_title(paragraph);
            continue;
        }
        let (behind, place) = (taker.left, block.place());
        let shown = if let Block::Paragraph(paragraph) = &block {
            format!("“{}”", paragraph.text())
        } else {
            "a table".to_owned()
        };
        let kept = taker.front(block);
        if behind && kept.is_none() {
            let what = format!("{shown} comes to stand before the lines above it");
            taker.doubts.push(Remark { what, place });
        }
        body.extend(kept);
    }
    if taker.title.is_none() {
        taker.untitled(furniture, &mut body);
    }
    if taker.council.is_none() {
        taker.named_on_every_page(furniture);
    }
    body.extend(text);
    // The lines of the history are printed in one place: if that is the front, those after the text stay paragraphs.
    let words = if taker.order.contains(&Part::Adoption) { Words::Paragraph } else { Words::Line };
    let back = back(&mut body, &mut taker.facts, words, taker.control.is_empty());
    said_of_itself(&body, taker.title.as_deref().unwrap_or_default(), &mut taker.facts);
    taker.on_every_page(furniture);
    taker.finish(body, back)
}

/// Where the title stands in a front of which no line is one by its words or its style: the first line that is neither the council nor
/// about dates, unless one stands on every page.
fn first_line_as_title(front: &[Block], furniture: &[LeftOut]) -> Option<usize> {
    let entitled = |paragraph: &Paragraph| {
        let style = paragraph.style.as_deref().unwrap_or_default().eq_ignore_ascii_case("title");
        paragraph.heading == Some(1) || style || entitles(&paragraph.labelled())
    };
    let is_titled = |block: &Block| matches!(block, Block::Paragraph(paragraph) if entitled(paragraph));
    let on_every_page = furniture.iter().any(|left| !left.again && entitles(&left.line.text()));
    if front.iter().any(is_titled) || on_every_page {
        return None;
    }
    let passes = |block: &Block| match block {
        Block::Table(_) => true,
        Block::Paragraph(paragraph) => {
            let text = paragraph.text();
            names_a_council(&text)
                || status_of(&text).is_some()
                || is_about_dates(&unstarred(&text))
                || DRAFT.is_match(&text)
        }
    };
    let first = front.iter().position(|block| !passes(block))?;
    let Block::Paragraph(paragraph) = &front[first] else { return None };
    let plain = paragraph.label.is_none() && !paragraph.bullet && paragraph.heading.is_none();
    (plain && can_be_a_title(&paragraph.text())).then_some(first)
}

/// Whether the text has begun: a numbered paragraph, an item, or one that is long.
fn is_text(block: &Block) -> bool {
    match block {
        Block::Table(table) => !control::is_control(table) && table.rows.len() > 1,
        Block::Paragraph(paragraph) => {
            let long = paragraph.text().split_whitespace().count() > LONGEST_LINE;
            let counted = paragraph.label.as_ref().is_some_and(|label| label.kind != Kind::Named);
            paragraph.bullet || counted || long && said(&paragraph.text()).is_empty()
        }
    }
}

/// The blocks, with a name or a title that goes over several lines in one: `Example`, `Parish Council`; `Standing`, `Orders`.
fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks {
        match (joined.last_mut(), block) {
            (Some(Block::Paragraph(above)), Block::Paragraph(below)) if is_one_name(above, &below) => {
                above.append(below.content, " ");
                above.heading = above.heading.or(below.heading);
            }
            (_, block) => joined.push(block),
        }
    }
    joined
}

fn is_one_name(above: &Paragraph, below: &Paragraph) -> bool {
    let (one, other) = (above.text(), below.text());
    let part = |paragraph: &Paragraph, text: &str| {
        (1..=LONGEST_PART).contains(&text.split_whitespace().count())
            && paragraph.label.is_none()
            && paragraph.style.is_none()
            && !text.ends_with(['.', ':', ';'])
            && status_of(text).is_none()
            && said(text).is_empty()
    };
    if !(part(above, &one) && part(below, &other)) {
        return false;
    }
    // One name in two languages
    let welsh = |text: &str| text.to_lowercase().contains("cyngor");
    if names_a_council(&one) && names_a_council(&other) && welsh(&one) != welsh(&other) {
        return true;
    }
    let is_name = |text: &str| names_a_council(text) || entitles(text);
    // “FINANCE COMMITTEE / TERMS OF REFERENCE”, set alike
    let alike = in_capitals(&one) == in_capitals(&other) && above.heading == below.heading && above.bold == below.bold;
    if COMMON.is_match(&other) && alike && !names_a_council(&one) && !entitles(&one) {
        return true;
    }
    let both = format!("{one} {other}");
    NAMELESS.is_match(&other) && !is_name(&one) || !is_name(&one) && !is_name(&other) && entitles(&both)
}

#[derive(Default)]
struct Taker {
    title: Option<String>,
    council: Option<String>,
    status: Option<Status>,
    facts: Facts,
    control: Vec<ControlTable>,
    order: Vec<Part>,
    doubts: Vec<Remark>,
    taken: BTreeSet<String>,
    left_out_council: Option<String>,
    /// Whether something was left that is none of the front: what comes now stands behind it.
    left: bool,
}

impl Taker {
    fn printed(&mut self, part: Part) {
        if !self.order.contains(&part) {
            self.order.push(part);
        }
    }

    /// Takes a block of the front; gives back what is none of it.
    fn front(&mut self, block: Block) -> Option<Block> {
        let paragraph = match block {
            Block::Table(table) => return self.table(table),
            Block::Paragraph(paragraph) => paragraph,
        };
        let text = unstarred(&paragraph.labelled());
        let style = paragraph.style.as_deref().unwrap_or_default().to_ascii_lowercase();
        // Behind words that stay, a line of dates stays too: the order of the lines is the document's.
        // A heading below the title heads a section, whatever it says.
        let below = self.title.is_some() && paragraph.heading.is_some_and(|level| level > 1);
        let words = if self.left && self.title.is_some() { Words::Paragraph } else { Words::Line };
        if DRAFT.is_match(&text) && text.split_whitespace().count() <= LONGEST_TITLE {
            self.status = self.status.or(Some(Status::Draft));
        }
        if let Some(status) = status_of(&text)
            .filter(|status| self.status.is_none_or(|known| known == *status) && !self.order.contains(&Part::Status))
        {
            self.status = Some(status);
            self.printed(Part::Status);
        } else if self.facts.line(&text, paragraph.place, words) {
            self.printed(Part::Adoption);
        } else if self.council.is_none() && (style == "council" || names_a_council(&text)) && paragraph.label.is_none()
        {
            self.council = Some(text);
            self.printed(Part::Council);
        } else if self.title.is_none()
            && (paragraph.heading == Some(1) || style == "title" || entitles(&text) && !below)
        {
            // What stood apart by a break or the mark of a note is one line.
            self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
            self.printed(Part::Title);
        } else {
            self.left = true;
            self.tell_of_dates(&text, &paragraph);
            return Some(Block::Paragraph(paragraph));
        }
        None
    }

    /// Takes a table of document control; gives back any other.
    fn table(&mut self, table: Table) -> Option<Block> {
        if table.rows.iter().flatten().all(Vec::is_empty) {
            return Some(Block::Table(table));
        }
        if !control::is_control(&table) && (self.left || table.rows.len() > 1) {
            self.left = true;
            return Some(Block::Table(table));
        }
        self.control.push(control::take(table, &mut self.facts));
        self.printed(Part::Control);
        None
    }

    /// A document whose title was not found: it may stand on every page, or be what comes first.
    fn untitled(&mut self, furniture: &[LeftOut], body: &mut Vec<Block>) {
        let place = body.iter().find_map(Block::place).unwrap_or_default();
        for left in furniture.iter().filter(|left| !left.again) {
            let paragraph = Paragraph { content: left.line.content.clone(), place, ..Paragraph::default() };
            let text = paragraph.text();
            let wanted = self.title.is_none() && entitles(&text) || self.council.is_none() && names_a_council(&text);
            if wanted && !is_about_dates(&text) && self.front(Block::Paragraph(paragraph)).is_none() {
                self.taken.insert(left.line.text());
            }
        }
        if self.title.is_none()
            && let Some(Block::Paragraph(first)) = body.first()
            && first.label.is_none()
            && can_be_a_title(&first.text())
        {
            self.take_for_the_title(&first.clone());
            body.remove(0);
        }
    }

    /// Tells that a short line has a date and does not say what was done then: `Effective from May 2018`.
    fn tell_of_dates(&mut self, text: &str, paragraph: &Paragraph) {
        let whole = |found: &Found| !matches!(found.date, PartialDate::Year(_));
        let short = text.split_whitespace().count() <= LONGEST_TITLE && paragraph.label.is_none();
        if short && !is_about_dates(text) && dates(text).iter().any(whole) {
            let what = format!(
                "“{text}” has a date, but does not say that the document was adopted, amended or reviewed then"
            );
            self.doubts.push(Remark { what, place: Some(paragraph.place) });
        }
    }

    fn take_for_the_title(&mut self, paragraph: &Paragraph) {
        let title = paragraph.text();
        self.doubts
            .push(Remark { what: format!("“{title}” was taken for the title"), place: Some(paragraph.place) });
        self.title = Some(title);
        self.printed(Part::Title);
    }

    /// A council that is named only in what stands on every page: a line of its name alone is printed once; where other words stand
    /// beside it, the line stays left out, and the name is told.
    fn named_on_every_page(&mut self, furniture: &[LeftOut]) {
        // What is around a web page names the site, and is no print of the document's.
        if furniture.iter().any(|left| left.line.furniture && left.line.style.as_deref() == Some("title")) {
            return;
        }
        let named = |left: &LeftOut| council_in(&left.line.text()).map(|name| (left.line.clone(), name));
        let Some((line, name)) = furniture.iter().filter(|left| !left.again).find_map(named) else { return };
        if line.text() == name {
            self.order.insert(0, Part::Council);
            self.taken.insert(line.text());
            self.council = Some(name);
        } else {
            let what = format!("the council is named only in what stands on every page and is left out: “{name}”");
            self.doubts.push(Remark { what, place: Some(line.place) });
            self.left_out_council = Some(name);
        }
    }

    /// The dates in what stands on every page: they count, although the words are left out.
    fn on_every_page(&mut self, furniture: &[LeftOut]) {
        for left in furniture.iter().filter(|left| !left.again && !self.taken.contains(&left.line.text())) {
            let text = left.line.text();
            // “Version 2020-01 (adopted)” says which it is, and not when that was.
            self.facts.line(&VERSION.replace_all(&text, ""), left.line.place, Words::LeftOut);
        }
    }

    fn finish(mut self, body: Vec<Block>, back: Back) -> Parts {
        if self.title.is_none() {
            self.doubts.push(Remark { what: "no title was found; write the one it has".to_owned(), place: None });
            self.printed(Part::Title);
        }
        let adopted = self.facts.history.iter().any(|event| event.kind.is_adoption());
        let pending = self.facts.pending && !adopted && self.status.is_none();
        let status = self.status.unwrap_or(if pending { Status::Proposed } else { Status::Adopted });
        if pending {
            let what = "a line says that it is still to be adopted: it is taken for a proposal";
            self.doubts.push(Remark { what: what.to_owned(), place: None });
        } else if self.status.is_none() && !adopted {
            let what = "nothing says when it was adopted; it is taken to be in force";
            self.doubts.push(Remark { what: what.to_owned(), place: None });
        }
        if self.order.contains(&Part::Adoption) || back.parts.contains(&Part::Adoption) {
            self.facts.lines_are_printed();
        }
        self.facts.settle();
        self.control.extend(back.control);
        let mut protocol = Protocol {
            status,
            council_as_printed: Some(self.council.unwrap_or_default()),
            notes: back.notes,
            history: self.facts.history,
            review: self.facts.review,
            control: self.control,
            signatures: back.signatures,
            ..Protocol::adopted(self.title.unwrap_or_else(|| "Untitled".to_owned()), Vec::new())
        };
        protocol.front = (!same_print(&self.order, &protocol.front_parts(), &protocol)).then_some(self.order);
        protocol.back = (!same_print(&back.parts, &protocol.back_parts(), &protocol)).then_some(back.parts);
        let doubts = [self.doubts, self.facts.doubts, back.doubts].concat();
        Parts { protocol, body, doubts, dates: self.facts.dates, council: self.left_out_council, taken: self.taken }
    }
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
pub(super) fn unstarred(text: &str) -> String {
    let trimmed = text.trim();
    let plain = trimmed.trim_start_matches(['*', '_']).trim_end_matches(['*', '_']);
    if said(plain).is_empty() { trimmed.to_owned() } else { plain.trim().to_owned() }
}
