//! Proves that nothing was lost: each word of the file is printed by the protocol, or told as left out.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::{Block, Part, Protocol, plain};

use super::super::manuscript::{Marker, Piece, Place, Remark};
use super::super::text::bullet;
use super::{LeftOut, Report};

/// Words, each in lower case and without signs, and where they stand.
#[derive(Default)]
struct Words {
    words: Vec<String>,
    places: Vec<Place>,
}

impl Words {
    /// Adds the words of a text. What a file writes together may be taken apart (`7.Proper`), and so it is here.
    fn add(&mut self, text: &str, place: Place) {
        let mut word = String::new();
        let mut flush = |word: &mut String| {
            if !word.is_empty() {
                self.words.push(std::mem::take(word));
                self.places.push(place);
            }
        };
        for c in text.chars() {
            let joins = word.chars().next_back().is_none_or(|last| last.is_numeric() == c.is_numeric());
            if !c.is_alphanumeric() || !joins {
                flush(&mut word);
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
        }
        flush(&mut word);
    }

    fn counts(&self) -> HashMap<&str, usize> {
        let mut counts = HashMap::new();
        self.words.iter().for_each(|word| *counts.entry(word.as_str()).or_default() += 1);
        counts
    }
}

/// Adds to the report what of the pieces neither the protocol prints nor the report has told so far.
pub(super) fn complete(report: &mut Report, pieces: &[Piece], protocol: &Protocol) {
    let mut original = Words::default();
    pieces.iter().for_each(|piece| read(piece, &mut original));
    let mut result = printed(protocol);
    report.left_out.iter().for_each(|left| result.add(&left.text, left.place));
    let there = result.counts();
    let mut lacking: HashMap<&str, usize> = HashMap::new();
    for (word, times) in original.counts() {
        let found = there.get(word).copied().unwrap_or(0);
        if found < times {
            lacking.insert(word, times - found);
        }
    }
    if lacking.is_empty() {
        return;
    }
    // Which of several equal words it is that is lacking, their order tells.
    let kept = capture_diff_slices(Algorithm::Patience, &original.words, &result.words);
    // A word of which the hyphen at the end of a line was left out is there in one.
    for pair in original.words.windows(2) {
        let both = lacking.get(pair[0].as_str()).is_some_and(|n| *n > 0)
            && lacking.get(pair[1].as_str()).is_some_and(|n| *n > 0);
        if both && there.contains_key(pair.concat().as_str()) {
            for word in pair {
                // Both may be the same word, and lacking once.
                if let Some(times) = lacking.get_mut(word.as_str()) {
                    *times = times.saturating_sub(1);
                }
            }
        }
    }
    let mut out: Vec<LeftOut> = Vec::new();
    let mut last = None;
    for at in kept.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).flat_map(DiffOp::old_range) {
        let Some(times) = lacking.get_mut(original.words[at].as_str()).filter(|times| **times > 0) else { continue };
        *times -= 1;
        match out.last_mut().filter(|_| at > 0 && last == Some(at - 1)) {
            Some(left) => left.text = format!("{} {}", left.text, original.words[at]),
            None => {
                out.push(LeftOut { text: original.words[at].clone(), why: super::NO_PLACE, place: original.places[at] })
            }
        }
        last = Some(at);
    }
    for left in &out {
        let what = format!("“{}” found no place in the source", left.text);
        report.doubts.push(Remark { what, place: Some(left.place) });
    }
    report.left_out.append(&mut out);
    report.left_out.sort_by_key(|left| (left.place.page, left.place.line));
}

fn read(piece: &Piece, words: &mut Words) {
    match piece {
        Piece::Line(line) => {
            if let Some(Marker::Label(label)) = &line.marker {
                words.add(label, line.place);
            }
            let text = line.text();
            // A letter that stands for a bullet is no word.
            let after = if text == "o" { Some("") } else { bullet(&text) };
            words.add(after.filter(|_| line.marker.is_none()).unwrap_or(&text), line.place);
        }
        Piece::Table(table) => {
            let cells = table.rows.iter().flatten();
            table.caption.iter().for_each(|caption| words.add(caption, table.place));
            cells.for_each(|cell| words.add(&plain(cell), table.place));
        }
        Piece::PageEnd => {}
    }
}

/// The words that a protocol prints, in order.
fn printed(protocol: &Protocol) -> Words {
    let mut words = Words::default();
    let mut add = |text: &str| words.add(text, Place::default());
    protocol.front_parts().into_iter().for_each(|part| of_part(part, protocol, &mut add));
    for section in &protocol.sections {
        section.number().into_iter().for_each(|number| add(number.as_str()));
        section.heading.iter().for_each(|heading| add(heading));
        for clause in &section.clauses {
            clause.number().into_iter().for_each(|number| add(number.as_str()));
            clause.heading.iter().for_each(|heading| add(heading));
            of_blocks(&clause.text.blocks, &mut add);
        }
    }
    protocol.back_parts().into_iter().for_each(|part| of_part(part, protocol, &mut add));
    words
}

fn of_part(part: Part, protocol: &Protocol, add: &mut impl FnMut(&str)) {
    match part {
        Part::Title => add(&protocol.title),
        Part::Council => protocol.council_as_printed.iter().for_each(|council| add(council)),
        Part::Status => add(protocol.status.word()),
        Part::Adoption => protocol.adoption_lines().iter().for_each(|line| add(line)),
        Part::Control => {
            for table in &protocol.control {
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                table.caption.iter().chain(cells).for_each(|cell| add(cell));
            }
        }
        Part::Notes => protocol.notes.iter().for_each(|note| of_blocks(&note.blocks, add)),
        Part::Signatures => {
            for signature in &protocol.signatures {
                // As every format prints a place to sign.
                add("Signed Date");
                signature.name.iter().chain([&signature.role]).for_each(|who| add(who));
            }
        }
    }
}

fn of_blocks(blocks: &[Block], add: &mut impl FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => add(&plain(content)),
            Block::Table(table) => add(&table.plain()),
            Block::List(items) => {
                for item in items {
                    item.label.iter().for_each(|label| add(label.as_str()));
                    of_blocks(&item.blocks, add);
                }
            }
        }
    }
}
