//! Labels that stand in a run before their words: `(a)`, `(b)`, `(c)`, and then three paragraphs.

use super::super::manuscript::Remark;
use super::label::{Kind, places};
use super::paragraphs::{Block, Paragraph};

/// Puts each label of a run before its words, and says so.
pub(super) fn put_with_their_words(blocks: &mut Vec<Block>, doubts: &mut Vec<Remark>) {
    let mut at = 0;
    while at < blocks.len() {
        let labels = stacked(&blocks[at..]);
        if labels > 1 && words(&blocks[at + labels - 1..]) >= labels {
            unstack(&mut blocks[at..at + labels * 2 - 1], labels, doubts);
            at += labels * 2 - 1;
        } else {
            at += 1;
        }
    }
    blocks.retain(|block| !matches!(block, Block::Paragraph(paragraph) if paragraph.is_nothing()));
}

/// How many labels or bullets follow each other without words, with the one after them, which took the words of the first.
fn stacked(blocks: &[Block]) -> usize {
    let counts = |one: &Paragraph, other: &Paragraph| match (&one.label, &other.label) {
        // `10.4.` and `11.`, `Rule 8` and `8.1`: the words of the first come before those of the second.
        (Some(one), Some(other)) if one.parts().is_some() && other.parts().is_some() => {
            one.parts() != other.parts() && other.can_follow(one.parts())
        }
        (Some(one), Some(other)) if one.kind == Kind::Named => {
            let number = one.text.rsplit(' ').next().and_then(|number| number.parse().ok());
            other.parts().is_some_and(|parts| parts.len() == 2 && Some(parts[0]) == number)
        }
        (Some(one), Some(other)) => {
            let before = places(&one.text);
            let follows =
                |(series, place): &(_, u32)| place.checked_sub(1).is_some_and(|last| before.contains(&(*series, last)));
            places(&other.text).iter().any(follows)
        }
        (None, None) => one.bullet && other.bullet,
        _ => false,
    };
    let mut number = 0;
    for pair in blocks.windows(2) {
        match (&pair[0], &pair[1]) {
            (Block::Paragraph(one), Block::Paragraph(other)) if one.content.is_empty() && counts(one, other) => {
                number += 1;
            }
            _ => break,
        }
    }
    number + 1
}

/// How many paragraphs of words follow, the first of them behind the last label.
fn words(blocks: &[Block]) -> usize {
    let is_words = |block: &&Block| match block {
        Block::Paragraph(paragraph) => {
            paragraph.label.is_none()
                && !paragraph.bullet
                && paragraph.heading.is_none()
                && !paragraph.content.is_empty()
        }
        Block::Table(_) => false,
    };
    match blocks.first() {
        Some(Block::Paragraph(first)) if !first.content.is_empty() => {
            1 + blocks[1..].iter().take_while(is_words).count()
        }
        _ => 0,
    }
}

/// Gives each of the first so many blocks, the labels, the words of its own.
fn unstack(blocks: &mut [Block], labels: usize, doubts: &mut Vec<Remark>) {
    let (heads, bodies) = blocks.split_at_mut(labels);
    let mut contents = Vec::new();
    let mut place = None;
    if let Some(Block::Paragraph(last)) = heads.last_mut() {
        contents.push(std::mem::take(&mut last.content));
        place = Some(last.place);
    }
    for block in bodies {
        if let Block::Paragraph(paragraph) = block {
            contents.push(std::mem::take(&mut paragraph.content));
        }
    }
    for (head, content) in heads.iter_mut().zip(contents) {
        if let Block::Paragraph(paragraph) = head {
            paragraph.content = content;
        }
    }
    let what = format!("{labels} labels stand in a run before their words; each was put before its own");
    doubts.push(Remark { what, place });
}
