//! Footnotes: what stands at the foot of a page, under a line or in small letters, with a mark that the text above has too.

use super::letters::{Letter, Rule};
use super::rows::{Row, first_word, most_common};

/// Letters of no more than this share of the size of the text are small.
const SMALL: f32 = 0.92;
/// The line above footnotes is no longer than this share of the text's width.
const SHORT: f32 = 0.6;
/// What is farther below a line than this, in sizes of its letters, is no more of the note: the foot of the page.
const FAR: f32 = 2.0;

/// A printed line of a note, the first of each with its mark.
#[derive(Debug)]
pub(super) struct NoteRow {
    pub(super) mark: Option<String>,
    pub(super) row: Row,
}

/// Takes the notes from the lines of a page. What stands below them stays. `open` are the marks of the page before that had no note
/// there, and then those of this one: a note may stand on the page after its mark.
pub(super) fn take(rows: &mut Vec<Row>, rules: &[Rule], open: &mut Vec<String>) -> Vec<NoteRow> {
    let mut marks = std::mem::take(open);
    let found = start(rows, rules, &marks);
    let (text, notes) = rows.split_at(found.unwrap_or(rows.len()));
    open.extend(text.iter().flat_map(raised));
    marks.extend(open.iter().cloned());
    let below = |pair: &[Row]| pair[1].base - pair[0].base > FAR * pair[1].size && own_mark(&pair[1], &marks).is_none();
    let end = notes.windows(2).position(below).map_or(rows.len(), |at| text.len() + at + 1);
    let taken: Vec<NoteRow> = rows.drain(text.len()..end).filter_map(|row| NoteRow::new(row, &marks)).collect();
    open.retain(|mark| taken.iter().all(|note| note.mark.as_ref() != Some(mark)));
    taken
}

/// Where the notes begin.
fn start(rows: &[Row], rules: &[Rule], open: &[String]) -> Option<usize> {
    let begins = |at: &usize| {
        let (text, notes) = rows.split_at(*at);
        let Some(mark) = mark(&notes[0]) else { return false };
        let set_apart = is_under_a_rule(text, &notes[0], rules) || are_small(text, notes);
        set_apart && (open.contains(&mark) || text.iter().flat_map(raised).any(|other| other == mark))
    };
    (1..rows.len()).find(begins)
}

impl NoteRow {
    fn new(mut row: Row, marks: &[String]) -> Option<Self> {
        let mark = own_mark(&row, marks);
        let count = if mark.is_some() { mark_letters(&row) } else { 0 };
        let letters = row.letters.split_off(count);
        Row::new(letters).map(|row| Self { mark, row })
    }
}

/// How many letters a line begins with that can be the mark of a note.
fn mark_letters(row: &Row) -> usize {
    row.letters.iter().take(4).take_while(|letter| is_mark(&letter.text)).count()
}

fn is_mark(sign: &str) -> bool {
    !sign.is_empty() && sign.chars().all(|sign| sign.is_ascii_digit() || "*†‡§".contains(sign))
}

/// What a line begins with, if that can be the mark of a note and words come after it.
fn mark(row: &Row) -> Option<String> {
    let count = mark_letters(row);
    let (sign, words) = row.letters.split_at(count);
    let (last, next) = (sign.last()?, words.first()?);
    let alone = first_word(row) <= last.right - row.left + 0.1 || last.size <= SMALL * next.size;
    alone.then(|| sign.iter().map(|letter| letter.text.as_str()).collect())
}

/// Whether a line begins with what can be the mark of a note.
pub(super) fn is_a_note(row: &Row) -> bool {
    mark(row).is_some()
}

fn own_mark(row: &Row, marks: &[String]) -> Option<String> {
    mark(row).filter(|mark| marks.contains(mark))
}

/// The marks that stand smaller and higher than the words of a line.
fn raised(row: &Row) -> Vec<String> {
    let is_raised = |letter: &Letter| {
        letter.size <= SMALL * row.size && letter.base < row.base - 0.1 * row.size && is_mark(&letter.text)
    };
    let runs = row.letters.chunk_by(|a, b| is_raised(a) == is_raised(b));
    let marks = runs.filter(|run| run.first().is_some_and(is_raised));
    marks.map(|run| run.iter().map(|letter| letter.text.as_str()).collect()).collect()
}

/// Whether a short line is drawn between the text and the first note.
fn is_under_a_rule(text: &[Row], note: &Row, rules: &[Rule]) -> bool {
    let left = text.iter().map(|row| row.left).fold(f32::MAX, f32::min);
    let right = text.iter().map(|row| row.right).fold(note.right, f32::max);
    let above = text.iter().map(|row| row.base).fold(f32::MIN, f32::max);
    rules.iter().any(|rule| {
        let length = rule.to - rule.from;
        rule.across
            && rule.at > above
            && rule.at < note.base
            && length < SHORT * (right - left)
            && rule.from < left + length
    })
}

/// Whether the notes are set in smaller letters than most of the text.
fn are_small(text: &[Row], notes: &[Row]) -> bool {
    let size = most_common(text.iter().flat_map(|row| &row.letters).map(|letter| letter.size)).unwrap_or(0.0);
    notes.iter().all(|row| row.size <= SMALL * size)
}
