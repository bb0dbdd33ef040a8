//! Clauses and items that begin in the middle of another's line: `(a) at the office; (b) by post.`, `… at 9.30 pm. 2. The annual meeting`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::Remark;
use super::super::pattern::pattern;
use super::content::{drop_front, keep_front};
use super::label::Label;
use super::paragraphs::{Block, Paragraph};

/// A label behind the end of a sentence or of an item, with words after it.
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?<end>[.;:!?,](?: and| or)?) (?<label>\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[).]|\d{1,2}(?:\.\d{1,2})+\.?) (?<word>\S)",
    )
});

/// The first item right behind a lead-in: what makes text of a PDF takes a dash at the end of a line for a hyphen.
static BEHIND_A_COLON: LazyLock<Regex> = LazyLock::new(|| pattern(r":[-–—]?(?<label>\(?(?:a|i|1)\)) (?<word>\S)"));

/// Gives each of them a paragraph of its own, and says so.
pub(super) fn parted(blocks: Vec<Block>, doubts: &mut Vec<Remark>) -> Vec<Block> {
    let mut parted = Vec::new();
    let mut numbers = Numbers::default();
    let next: Vec<Option<String>> = following_labels(&blocks);
    for (block, next) in blocks.into_iter().zip(next) {
        let Block::Paragraph(mut paragraph) = block else {
            parted.push(block);
            continue;
        };
        numbers.see(paragraph.label.as_ref());
        while let Some(rest) = part(&mut paragraph, &numbers, next.as_deref()) {
            let what = match &rest.label {
                Some(label) => format!("`{}` stood in the middle of a line; it begins one here", label.text),
                None => break,
            };
            doubts.push(Remark { what, place: Some(rest.place) });
            parted.push(Block::Paragraph(std::mem::replace(&mut paragraph, rest)));
            numbers.see(paragraph.label.as_ref());
        }
        parted.push(Block::Paragraph(paragraph));
    }
    parted
}

/// For each block, the label of the next that has one.
fn following_labels(blocks: &[Block]) -> Vec<Option<String>> {
    let mut next = None;
    let mut all: Vec<Option<String>> = blocks
        .iter()
        .rev()
        .map(|block| {
            let own = match block {
                Block::Paragraph(paragraph) => paragraph.label.as_ref().map(|label| label.text.clone()),
                Block::Table(_) => None,
            };
            let following = next.clone();
            next = own.or_else(|| next.take());
            following
        })
        .collect();
    all.reverse();
    all
}

/// The last number of one part.
#[derive(Default)]
struct Numbers {
    last: Option<u32>,
}

impl Numbers {
    fn see(&mut self, label: Option<&Label>) {
        if let Some([number, ..]) = label.and_then(Label::parts) {
            self.last = Some(*number);
        }
    }
}

/// Takes from a labelled paragraph what begins inside it with the next label, unless that label follows anyway.
fn part(paragraph: &mut Paragraph, numbers: &Numbers, following: Option<&str>) -> Option<Paragraph> {
    let text = paragraph.text();
    if let Some(found) = BEHIND_A_COLON.captures(&text)
        && let (Some(label), Some(word)) = (found.name("label"), found.name("word"))
        && let Some(first) = Label::parse(label.as_str())
        && (following.and_then(Label::parse).is_some_and(|next| first.counts_on(&next))
            || labels_inside(&text[word.start()..]).any(|next| first.counts_on(&next)))
    {
        return cut(paragraph, first, label.start(), word.start());
    }
    let own = paragraph.label.clone()?;
    for found in INSIDE.captures_iter(&text) {
        let (Some(label), Some(word)) = (found.name("label"), found.name("word")) else { continue };
        let ends_sentence = matches!(&found["end"], "." | "!" | "?" | ";" | ":");
        let upper = word.as_str().starts_with(|c: char| c.is_uppercase());
        let new = Label::parse(label.as_str())?;
        let comes_next = own.counts_on(&new) && (new.parts().is_none() || ends_sentence && upper)
            || ends_sentence
                && upper
                && label.as_str().ends_with('.')
                && numbers.last.is_some_and(|last| new.parts() == Some(&[last + 1]));
        if !comes_next || following == Some(label.as_str()) {
            continue;
        }
        if let Some(rest) = cut(paragraph, new, label.start() - 1, word.start()) {
            return Some(rest);
        }
    }
    None
}

fn labels_inside(text: &str) -> impl Iterator<Item = Label> {
    INSIDE.captures_iter(text).filter_map(|found| Label::parse(found.name("label")?.as_str()))
}

/// Cuts a paragraph in two: what ends there stays, and what begins there gets the label.
fn cut(paragraph: &mut Paragraph, label: Label, end: usize, begin: usize) -> Option<Paragraph> {
    let mut rest = Paragraph { label: Some(label), bullet: false, ..paragraph.clone() };
    let mut front = paragraph.content.clone();
    let apart = drop_front(&mut rest.content, begin) && keep_front(&mut front, end);
    apart.then(|| paragraph.content = front)?;
    Some(rest)
}
