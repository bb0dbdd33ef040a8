//! What stands after the text: lines about dates, notes, document control, places to sign.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Block as TextBlock, ControlTable, Part, Signature, Text};

use super::super::manuscript::Remark;
use super::super::pattern::pattern;
use super::control;
use super::facts::{Facts, Words, is_about_dates};
use super::front::unstarred;
use super::paragraphs::{Block, Paragraph};

/// Who signs is told in no more words than this.
const LONGEST_ROLE: usize = 8;

static PLACE_TO_SIGN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[_.…]{5,}"));
static SIGNED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Signed|SIGNED|Signature|SIGNATURE)\b|^(?i:dated?)\s*:?$"));
/// Where something is to be written, or is left out.
pub(super) static RULED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[_.…]{3,}"));

/// Who signs for a council.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:chair(?:man|woman|person)?|mayor|clerk|leader|president|secretary|councillors?|cllrs?|members?|officers?|chief executive|rfo|on behalf of|cadeirydd|clerc|maer)\b",
    )
});

/// What a line asks for: the words before each colon, and what is left of the line.
static ASKED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^:]*[^:\s][^:]*:"));
static SIGNS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:signed|signature|dated?)\W*$"));

/// Whether a line has a place to write.
pub(super) fn has_place_to_write(text: &str) -> bool {
    PLACE_TO_SIGN.is_match(text)
}

/// Whether a line is there to be signed, and for nothing else: `Signed ………`, `______ Chairman`.
fn is_to_be_signed(text: &str) -> bool {
    let bare = RULED.replace_all(text, " ");
    let words = bare.split_whitespace().count();
    let short = words <= LONGEST_ROLE && !(text.ends_with('.') && words > 2 && !RULED.is_match(text));
    // What has been filled in is text, and so is what asks for a sum or a number.
    let filled_in = bare.contains(|c: char| c.is_ascii_digit() || "£€%".contains(c));
    let signs = SIGNED.is_match(text) || SIGNS.is_match(bare.trim()) || OFFICE.is_match(&bare);
    let asks_only_that = ASKED.find_iter(&bare).all(|asked| {
        let asked = asked.as_str().trim_end_matches(':');
        SIGNS.is_match(asked) || OFFICE.is_match(asked)
    });
    short && !filled_in && signs && asks_only_that && (PLACE_TO_SIGN.is_match(text) || SIGNED.is_match(text))
}

/// A place for more than a signature and a date.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:print(?:ed)?\s+name|names?|position|witness(?:ed)?(?:\s+by)?)\W*(?:[:_…]|\.{3}|$)")
});

/// So many lines at the end may be places to write in.
const MOST_FIELDS: usize = 12;

/// Whether the places to sign at the end ask for names and the like as well: those stay as they are printed.
fn asks_for_more(body: &[Block]) -> bool {
    let short = |text: &String| RULED.replace_all(text, " ").split_whitespace().count() <= LONGEST_ROLE + LONGEST_ROLE;
    let text = |block: &Block| if let Block::Paragraph(paragraph) = block { Some(paragraph.text()) } else { None };
    let is_field = |text: String| FIELD.is_match(&text) || has_place_to_write(&text) && !is_to_be_signed(&text);
    body.iter().rev().take(MOST_FIELDS).map_while(text).take_while(short).any(is_field)
}

/// What was taken off the end of a document.
#[derive(Default)]
pub(super) struct Back {
    /// Whether the places to sign ask for more than a source has.
    asks_for_more: bool,
    /// The parts, in the order in which they are printed.
    pub(super) parts: Vec<Part>,
    pub(super) notes: Vec<Text>,
    pub(super) signatures: Vec<Signature>,
    pub(super) control: Vec<ControlTable>,
    pub(super) doubts: Vec<Remark>,
}

/// Takes what stands after the text off its end; `control` says whether a table of document control can be among it.
pub(super) fn back(body: &mut Vec<Block>, facts: &mut Facts, words: Words, control: bool) -> Back {
    let mut back = Back { asks_for_more: asks_for_more(body), ..Back::default() };
    let mut events = Vec::new();
    let mut tables = Vec::new();
    while let Some(last) = body.pop() {
        // Lines that are kept apart in one paragraph each say something of their own, if they are about dates.
        let lines = last.clone().lines();
        let apart = lines.len() > 1 && lines.iter().all(Block::is_about_dates);
        body.extend(if apart { lines } else { vec![last] });
        let Some(last) = body.last() else { break };
        let part = match last {
            Block::Table(table) if control && control::is_control(table) => Part::Control,
            Block::Table(_) => break,
            Block::Paragraph(last) => match back.part(last, body.iter().rev().nth(1)) {
                Some(part) => part,
                None => break,
            },
        };
        // Each part is printed in one place: one that comes again, further up, belongs to the text.
        if back.parts.contains(&part) && back.parts.last() != Some(&part)
            || part == Part::Adoption && words != Words::Line
        {
            break;
        }
        if back.parts.last() != Some(&part) {
            back.parts.push(part);
        }
        match (part, body.pop()) {
            (Part::Control, Some(Block::Table(table))) => tables.push(table),
            (Part::Adoption, Some(Block::Paragraph(paragraph))) => events.push(paragraph),
            (Part::Notes, Some(Block::Paragraph(paragraph))) => {
                let content = paragraph.labelled_content();
                if !content.is_empty() {
                    back.notes.push(Text { blocks: vec![TextBlock::Paragraph(content)] });
                }
            }
            (_, Some(Block::Paragraph(paragraph))) => back.sign(&paragraph, body),
            _ => {}
        }
    }
    if words != Words::Line {
        said_below(body, facts);
    }
    body.extend(lines_of_facts(events, facts));
    back.control = tables.into_iter().rev().map(|table| control::take(table, facts)).collect();
    back.notes.reverse();
    back.signatures.reverse();
    back.parts.reverse();
    back
}

/// Takes what the last lines of the text say of when it was adopted: it holds, wherever it is printed.
fn said_below(body: &[Block], facts: &mut Facts) {
    let dated = body.iter().rev().take_while(|block| block.is_about_dates()).count();
    for block in &body[body.len() - dated..] {
        if let Block::Paragraph(paragraph) = block {
            facts.line(&unstarred(&paragraph.text()), paragraph.place, Words::Paragraph);
        }
    }
}

/// Takes lines about dates, the last first; gives back those that no line of the facts prints.
fn lines_of_facts(events: Vec<Paragraph>, facts: &mut Facts) -> Vec<Block> {
    let mut line = |paragraph: &Paragraph| facts.line(&unstarred(&paragraph.text()), paragraph.place, Words::Line);
    events.into_iter().rev().filter(|paragraph| !line(paragraph)).map(Block::Paragraph).collect()
}

impl Block {
    fn is_about_dates(&self) -> bool {
        matches!(self, Self::Paragraph(paragraph)
            if paragraph.label.is_none() && !paragraph.bullet && is_about_dates(&unstarred(&paragraph.text())))
    }
}

impl Back {
    /// What part a paragraph at the end belongs to; none if to the text.
    fn part(&self, last: &Paragraph, above: Option<&Block>) -> Option<Part> {
        let style = last.style.as_deref().unwrap_or_default().to_ascii_lowercase();
        if ["note", "footnote", "endnote"].contains(&style.as_str()) {
            return Some(Part::Notes);
        }
        if last.label.is_some() || last.bullet || last.heading.is_some() {
            return None;
        }
        let text = last.text();
        let signed_above = matches!(above, Some(Block::Paragraph(above)) if is_to_be_signed(&above.text()) && role_of(&above.text()).is_none());
        let is_role = signed_above && text.split_whitespace().count() <= LONGEST_ROLE && !text.ends_with('.');
        if is_to_be_signed(&text) {
            (!self.asks_for_more).then_some(Part::Signatures)
        } else if is_about_dates(&unstarred(&text)) {
            Some(Part::Adoption)
        } else if is_role {
            Some(Part::Signatures)
        } else if text.starts_with(['*', '†', '‡']) {
            Some(Part::Notes)
        } else {
            None
        }
    }

    /// Takes a place to sign; the line above it may be where the name is written.
    fn sign(&mut self, paragraph: &Paragraph, body: &mut Vec<Block>) {
        let text = paragraph.text();
        let above = match body.last() {
            Some(Block::Paragraph(above)) if is_to_be_signed(&above.text()) => Some(above.text()),
            _ => None,
        };
        if !is_to_be_signed(&text) {
            // Who signs, below the line for it.
            self.signatures.push(Signature { role: text, name: None });
            body.pop();
            return;
        }
        // A place for the date alone belongs to the signature above it.
        let date_alone = role_of(&text).is_none() && text.to_ascii_lowercase().starts_with("date");
        if date_alone && above.is_some() {
            return;
        }
        let role = role_of(&text).unwrap_or_else(|| {
            let what = "a place to sign does not say who signs".to_owned();
            self.doubts.push(Remark { what, place: Some(paragraph.place) });
            "Signed".to_owned()
        });
        self.signatures.push(Signature { role, name: None });
    }
}

/// Who signs, in a line with places to write.
fn role_of(text: &str) -> Option<String> {
    let words = RULED.replace_all(text, " ");
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    let asks = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase();
        matches!(bare.as_str(), "signed" | "date" | "dated" | "signature")
    };
    // “Mayor / Maer” keeps its stroke, and “Clerk: … / Date: …” has none to keep.
    let kept: Vec<&str> =
        words.split_whitespace().filter(|word| !asks(word) && (is_word(word) || *word == "/")).collect();
    let (first, last) = (kept.iter().position(is_word)?, kept.iter().rposition(is_word)?);
    Some(kept[first..=last].join(" "))
}
