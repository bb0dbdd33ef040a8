//! Clauses and items that begin on lines of one paragraph: many end a line with Shift and Enter, or `<br>`, where an item ends.

use crate::model::{Inline, plain};

use super::super::text::bullet;
use super::label::{Kind, Label, places};
use super::paragraphs::{Block, Paragraph, begin_words};

/// Gives each of them a paragraph of its own.
pub(super) fn parted(blocks: Vec<Block>) -> Vec<Block> {
    let part = |block| match block {
        Block::Paragraph(paragraph) if paragraph.content.contains(&Inline::Break) => {
            lines(paragraph).into_iter().map(Block::Paragraph).collect()
        }
        other => vec![other],
    };
    blocks.into_iter().flat_map(part).collect()
}

/// The paragraphs that the lines of one are: itself, if none of them counts.
fn lines(paragraph: Paragraph) -> Vec<Paragraph> {
    let mut lines = paragraph.content.split(|inline| *inline == Inline::Break);
    let first = lines.next().unwrap_or_default().to_vec();
    let lines: Vec<&[Inline]> = lines.collect();
    let heads: Vec<Head> = lines.iter().map(|line| Head::of(&plain(line))).collect();
    let own = Head::of_paragraph(&paragraph);
    if paragraph.heading.is_some() || !counts(&own, &heads) {
        return vec![paragraph];
    }
    let goes_on = heads.iter().find(|head| **head != Head::None).is_some_and(|head| own.counts_on(head));
    let below = u8::from(!goes_on);
    let led_in = !goes_on && plain(&first).trim_end().ends_with(':');
    let mut all = vec![Paragraph { content: first, ..paragraph.clone() }];
    for (line, head) in lines.into_iter().zip(heads) {
        let mut new =
            Paragraph { content: line.to_vec(), label: None, bullet: false, apart: false, ..paragraph.clone() };
        if head == Head::None || !begin_words(&mut new) {
            if let Some(last) = all.last_mut() {
                last.content.push(Inline::Break);
                last.content.extend(line.iter().cloned());
            }
            continue;
        }
        new.list_level = paragraph.list_level.saturating_add(below);
        // Below a lead-in, numbers count a list, and not the clauses.
        if led_in
            && let Some(label) = new.label.as_mut().filter(|label| label.parts().is_some_and(|parts| parts.len() == 1))
        {
            label.kind = Kind::Item;
        }
        all.push(new);
    }
    all.retain(|paragraph| !paragraph.is_nothing());
    all
}

/// What a line begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Head {
    Label(Label),
    Bullet(char),
    None,
}

impl Head {
    fn of(text: &str) -> Self {
        match (bullet(text), Label::split(text), text.chars().next()) {
            (Some(_), _, Some(sign)) => Self::Bullet(sign),
            (_, Some((label, words)), _) if !words.is_empty() => Self::Label(label),
            _ => Self::None,
        }
    }

    fn of_paragraph(paragraph: &Paragraph) -> Self {
        paragraph.label.clone().map_or(Self::None, Self::Label)
    }

    fn counts_on(&self, next: &Self) -> bool {
        matches!((self, next), (Self::Label(one), Self::Label(next)) if one.counts_on(next))
    }

    fn is_first(&self) -> bool {
        match self {
            Self::Label(label) => match label.parts() {
                Some(parts) => parts.last() == Some(&1),
                None => places(&label.text).iter().any(|(_, place)| *place == 1),
            },
            _ => false,
        }
    }
}

/// Whether all labels that lines begin with count, from the first, or from that of the paragraph; or the lines are bulleted alike.
fn counts(own: &Head, heads: &[Head]) -> bool {
    let found: Vec<&Head> = heads.iter().filter(|head| **head != Head::None).collect();
    match found.as_slice() {
        [Head::Bullet(sign), rest @ ..] => !rest.is_empty() && rest.iter().all(|head| **head == Head::Bullet(*sign)),
        [first, rest @ ..] => {
            let begins = own.counts_on(first) || first.is_first() && !rest.is_empty();
            begins && found.windows(2).all(|two| two[0].counts_on(two[1]))
        }
        [] => false,
    }
}
