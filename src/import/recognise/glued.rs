//! Clauses and items that begin in the middle of another's line: `(a) at the office; (b) by post.`, `… at 9.30 pm. 2. The annual meeting`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::Remark;
use super::label::Label;
use super::paragraphs::{Block, Paragraph, drop_front, keep_front};

/// A label behind the end of a sentence or of an item, with words after it.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?<end>[.;:!?,](?: and| or)?) (?<label>\(?(?:\d{1,2}|[a-z]|[ivx]{2,5})[).]|\d{1,2}(?:\.\d{1,2})+\.?) (?<word>\S)").unwrap()
});

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
    let own = paragraph.label.clone()?;
    let text = paragraph.text();
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
        let mut rest = Paragraph { label: Some(new), bullet: false, ..paragraph.clone() };
        let mut front = paragraph.content.clone();
        if drop_front(&mut rest.content, word.start()) && keep_front(&mut front, label.start() - 1) {
            paragraph.content = front;
            return Some(rest);
        }
    }
    None
}
