//! Proves that nothing was lost, moved or invented: each word of the file is printed by the protocol, or told as left out, and the
//! clauses have no words but those of the file, in its order.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::{Block, Part, Protocol, plain};

use super::super::manuscript::{Marker, Piece, Place, Remark};
use super::super::text::bullet;
use super::{LeftOut, Report};

/// Signs without which a text says something else.
const MEANING: &str = "£€%§&@";

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
            if c.is_alphanumeric() || MEANING.contains(c) {
                word.extend(c.to_lowercase());
            }
            if MEANING.contains(c) {
                flush(&mut word);
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

/// Adds to the report what of the pieces neither the protocol prints nor the report has told so far, and what the clauses say at
/// another place than the pieces.
pub(super) fn complete(report: &mut Report, pieces: &[Piece], protocol: &Protocol) {
    let mut original = Words::default();
    pieces.iter().for_each(|piece| read(piece, &mut original));
    report.doubts.extend(out_of_place(&original.words, &of_clauses(protocol).words));
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

/// The words of clauses that the file does not have, or has at another place.
fn out_of_place(original: &[String], clauses: &[String]) -> Vec<Remark> {
    if is_in_order(original, clauses) {
        return Vec::new();
    }
    // Only what is moved makes it worth to ask where.
    let mut doubts = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, original, clauses) {
        let (old, new) = (&original[op.old_range()], &clauses[op.new_range()]);
        // A word of two lines, and no more: what `old` has besides stands elsewhere.
        if matches!(op, DiffOp::Equal { .. }) || is_in_order(old, new) {
            continue;
        }
        let shown = new[..new.len().min(MOST_SHOWN)].join(" ");
        let more = if new.len() > MOST_SHOWN { " …" } else { "" };
        let what = format!("“{shown}{more}” does not stand where the file has it; see whether it is in its place");
        doubts.push(Remark { what, place: None });
    }
    doubts
}

/// Whether words are all there in this order, perhaps with others between them; one may be cut in two by the end of a line.
fn is_in_order(original: &[String], words: &[String]) -> bool {
    let mut at = 0;
    words.iter().all(|word| {
        let is_here = |at: &usize| {
            let cut = original.get(at + 1).is_some_and(|next| word.strip_prefix(&original[*at]) == Some(next));
            original[*at] == *word || cut
        };
        let found = (at..original.len()).find(is_here);
        at = found.map_or(original.len(), |found| found + if original[found] == *word { 1 } else { 2 });
        found.is_some()
    })
}

/// Of words out of place so many are shown.
const MOST_SHOWN: usize = 12;

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

/// The words of the clauses and headings, in order; a number before them may stand elsewhere in the file, in a column of its own.
fn of_clauses(protocol: &Protocol) -> Words {
    let mut words = Words::default();
    let mut add = |text: &str| words.add(text, Place::default());
    for section in &protocol.sections {
        section.heading.iter().for_each(|heading| add(heading));
        for clause in &section.clauses {
            clause.heading.iter().for_each(|heading| add(heading));
            of_blocks(&clause.text.blocks, false, &mut add);
        }
    }
    words
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
            of_blocks(&clause.text.blocks, true, &mut add);
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
        Part::Notes => protocol.notes.iter().for_each(|note| of_blocks(&note.blocks, true, add)),
        Part::Signatures => {
            for signature in &protocol.signatures {
                // As every format prints a place to sign.
                add("Signed Date");
                signature.name.iter().chain([&signature.role]).for_each(|who| add(who));
            }
        }
    }
}

fn of_blocks(blocks: &[Block], labels: bool, add: &mut impl FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => add(&plain(content)),
            Block::Table(table) => add(&table.plain()),
            Block::List(items) => {
                for item in items {
                    item.label.iter().filter(|_| labels).for_each(|label| add(label.as_str()));
                    of_blocks(&item.blocks, labels, add);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Words::default();
        words.add(text, Place::default());
        words.words
    }

    #[test]
    fn words_in_another_order_and_words_of_nowhere_are_told() {
        let told = |original: &str, clauses: &str| -> Vec<String> {
            out_of_place(&words(original), &words(clauses)).into_iter().map(|remark| remark.what).collect()
        };
        let file = "Title 1 The Clerk keeps the min utes. 2 Members read the minutes. Page 1";
        assert!(told(file, "The Clerk keeps the minutes. Members read the minutes.").is_empty());
        let moved = told(file, "Members read the minutes. The Clerk keeps the minutes.");
        assert_eq!(moved.len(), 1, "{moved:?}");
        let invented = told(file, "The Clerk never keeps the minutes. Members read the minutes.");
        assert_eq!(invented, ["“never” does not stand where the file has it; see whether it is in its place"]);
    }
}
