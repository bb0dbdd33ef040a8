//! The rows of a preview: which pieces stand beside each other, and which of their words only one side has.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::super::Mark;
use super::align::{Group, groups, moved};
use super::checks::Check;
use super::content::Content;
use super::in_words;
use super::original::Source;
use super::pairing::Pairing;
use super::result::{self, Role};
use super::words::{Run, Words, is_word};

/// A piece of the result with the pieces of the original that its words are from; or of one side alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What links to it say after `#`.
    pub anchor: String,
    /// Where the original stands in its file.
    pub place: String,
    /// What is to be said of it, if anything.
    pub tag: Option<Tag>,
    /// What somebody should look at in it.
    pub checks: Vec<Check>,
    /// The anchor of the row in which the counterpart stands, where it does not stand in this one.
    pub elsewhere: Option<String>,
    /// What stands in the file.
    pub original: Vec<Original>,
    /// What is printed.
    pub result: Vec<Printed>,
}

/// What is to be said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    /// The original's words are nowhere in the result, and the report does not say why.
    NotInResult,
    /// The result's words are nowhere in the original.
    NotInOriginal,
    /// Some words are only on one side.
    WordsDiffer,
    /// Some signs are only on one side.
    SignsDiffer,
    /// The words stand in another place on the other side.
    Elsewhere,
    /// The original is no part of the text.
    LeftOut,
    /// Nothing but the end of a page.
    PageEnd,
}

/// A piece of the original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Original {
    /// Its words.
    pub content: Content<Vec<Run>>,
    /// The words of the printed lines that stand close below it.
    pub lines: Vec<Vec<Run>>,
    /// Whether it looks like a heading.
    pub heading: bool,
    /// How far it is indented, in steps.
    pub depth: u8,
    /// Why it was left out.
    pub left_out: Option<&'static str>,
    /// What is doubtful about it.
    pub doubts: Vec<Check>,
    /// The pieces of the file that it is.
    #[serde(skip)]
    pub(super) sources: Range<usize>,
}

impl Original {
    /// All its words.
    pub(super) fn runs(&self) -> impl Iterator<Item = &Run> {
        self.content.texts().into_iter().chain(&self.lines).flatten()
    }
}

/// A piece of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Printed {
    /// What it is.
    pub role: Role,
    /// The level of a heading on this page.
    pub level: u8,
    /// How far it is indented, in steps.
    pub depth: u8,
    /// Its words.
    pub content: Content<Vec<Run>>,
}

/// Both sides in pieces, and how they belong together.
pub(super) struct Sides {
    pub(super) sources: Vec<Source>,
    pub(super) printed: Vec<result::Printed>,
    /// Rows as places in both, in order.
    groups: Vec<Group>,
    /// Pieces of the result that stand elsewhere in the original, and where.
    moved: BTreeMap<usize, Vec<usize>>,
    /// The same from the original.
    moved_to: BTreeMap<usize, usize>,
    /// For each token of each piece, whether the other side has it.
    found: (Found, Found),
}

type Found = Vec<Vec<bool>>;

impl Sides {
    pub(super) fn new(sources: Vec<Source>, printed: Vec<result::Printed>) -> Self {
        let left: Vec<_> =
            sources.iter().map(|piece| if piece.is_text() { keys(&piece.content) } else { vec![] }).collect();
        let right: Vec<_> = printed.iter().map(|piece| keys(&piece.content)).collect();
        let groups = groups(&left, &right);
        let moved = moved(&groups, &left, &right);
        let moved_to = moved.iter().flat_map(|(right, left)| left.iter().map(|at| (*at, *right))).collect();
        let nothing = |content: &Content<Words>| vec![false; tokens(content).len()];
        let found = (
            sources.iter().map(|piece| nothing(&piece.content)).collect(),
            printed.iter().map(|piece| nothing(&piece.content)).collect(),
        );
        let mut sides = Self { sources, printed, groups, moved, moved_to, found };
        for group in sides.groups.clone() {
            sides.compare(&group.left.collect::<Vec<_>>(), &group.right.collect::<Vec<_>>());
        }
        for (right, left) in sides.moved.clone() {
            sides.compare(&left, &[right]);
        }
        for (piece, found) in sides.sources.iter().zip(&mut sides.found.0).filter(|(piece, _)| piece.typed_bullet) {
            // The result has a bullet of its own, which is no word.
            found.first_mut().filter(|_| piece.is_text()).into_iter().for_each(|found| *found = true);
        }
        sides.groups = joined(std::mem::take(&mut sides.groups), &sides.sources);
        sides
    }

    /// Notes which tokens of these pieces are on both sides.
    fn compare(&mut self, left: &[usize], right: &[usize]) {
        let text = left.iter().filter(|at| self.sources[**at].is_text());
        let l: Vec<_> = text.flat_map(|at| addressed(*at, &self.sources[*at].content)).collect();
        let r: Vec<_> = right.iter().flat_map(|at| addressed(*at, &self.printed[*at].content)).collect();
        let mut pairing = Pairing::new(words_of(&l), words_of(&r));
        if right.iter().any(|at| matches!(self.printed[*at].content, Content::Signature { .. })) {
            pairing.unordered();
        }
        pairing.parted();
        let begins = |((piece, nth), _): &((usize, usize), &str)| {
            *nth > 0 && *nth == label_length(&self.printed[*piece].content)
        };
        pairing.dashes(|at| begins(&r[at]));
        let found = |tokens: &[((usize, usize), &str)], found: &[bool]| -> Vec<(usize, usize)> {
            tokens.iter().zip(found).filter(|(_, found)| **found).map(|((address, _), _)| *address).collect()
        };
        let (of_left, of_right) = (found(&l, &pairing.found.0), found(&r, &pairing.found.1));
        of_left.into_iter().for_each(|(piece, nth)| self.found.0[piece][nth] = true);
        of_right.into_iter().for_each(|(piece, nth)| self.found.1[piece][nth] = true);
    }

    /// The rows, yet without what somebody should look at.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut last_level = PAGE_LEVEL;
        (0..self.groups.len()).map(|at| self.shown_row(at, &mut last_level)).collect()
    }

    fn shown_row(&self, at: usize, last_level: &mut u8) -> Row {
        let group = &self.groups[at];
        let original = self.originals(group.left.clone());
        let result = group.right.clone().map(|at| self.result(at, last_level)).collect();
        let elsewhere = self.counterpart(group).map(anchor);
        let place = group.left.clone().map(|at| in_words(self.sources[at].place)).next().unwrap_or_default();
        Row { anchor: anchor(at), place, tag: self.tag(group), checks: vec![], elsewhere, original, result }
    }

    /// Pieces of the original, printed lines that stand close together as one.
    fn originals(&self, pieces: Range<usize>) -> Vec<Original> {
        let mut originals: Vec<Original> = Vec::new();
        for at in pieces {
            let piece = self.original(at);
            let before = originals.last_mut().filter(|before| self.goes_on(before, at));
            match (before, piece.content) {
                (Some(before), Content::Line { words, .. }) => {
                    before.lines.push(words);
                    before.sources.end = at + 1;
                }
                (_, content) => originals.push(Original { content, ..piece }),
            }
        }
        originals
    }

    fn goes_on(&self, before: &Original, at: usize) -> bool {
        let line = matches!(before.content, Content::Line { .. }) && before.left_out.is_none();
        let piece = &self.sources[at];
        line && piece.close && piece.left_out.is_none() && piece.heading == before.heading
    }

    fn original(&self, at: usize) -> Original {
        let piece = &self.sources[at];
        let only = if piece.is_text() { Mark::Deleted } else { Mark::Kept };
        Original {
            content: shown(&piece.content, &self.found.0[at], only),
            lines: vec![],
            heading: piece.heading,
            depth: piece.depth,
            left_out: piece.left_out,
            doubts: vec![],
            sources: at..at + 1,
        }
    }

    fn result(&self, at: usize, last_level: &mut u8) -> Printed {
        let piece = &self.printed[at];
        let mut level = 0;
        if piece.level > 0 {
            // Below the headings of the page itself, and never more than one deeper than the last.
            level = (piece.level + PAGE_LEVEL).min(*last_level + 1).min(DEEPEST_LEVEL);
            *last_level = level;
        }
        let content = shown(&piece.content, &self.found.1[at], Mark::Inserted);
        Printed { role: piece.role, level, depth: piece.depth, content }
    }

    /// The row in which the counterpart of a group stands.
    fn counterpart(&self, group: &Group) -> Option<usize> {
        if group.left.is_empty() {
            let at = self.moved.get(&group.right.start)?.first()?;
            return self.row_of(*at);
        }
        let to = self.moved_to.get(&group.left.start).filter(|_| group.right.is_empty())?;
        self.row(|group| group.right.end, *to)
    }

    /// The row of a piece of the original.
    pub(super) fn row_of(&self, at: usize) -> Option<usize> {
        self.row(|group| group.left.end, at)
    }

    /// The first row that ends behind a piece; rows are in order on both sides.
    fn row(&self, end: impl Fn(&Group) -> usize, at: usize) -> Option<usize> {
        let row = self.groups.partition_point(|group| end(group) <= at);
        (row < self.groups.len()).then_some(row)
    }

    /// The first piece of the original that a piece of the result is made of.
    pub(super) fn origin(&self, right: usize) -> Option<usize> {
        let mut beside = self.row(|group| group.right.end, right).map_or(0..0, |row| self.groups[row].left.clone());
        let beside = beside.find(|at| self.sources[*at].is_text());
        beside.or_else(|| self.moved.get(&right)?.first().copied())
    }

    fn tag(&self, group: &Group) -> Option<Tag> {
        let only_right = group.left.is_empty();
        if !only_right && group.left.clone().all(|at| !self.sources[at].is_text()) {
            let out = group.left.clone().any(|at| self.sources[at].left_out.is_some());
            return Some(if out { Tag::LeftOut } else { Tag::PageEnd });
        }
        let (words, signs) = self.only_on_one_side(group);
        match (words, signs) {
            _ if self.counterpart(group).is_some() => Some(Tag::Elsewhere),
            (0, 0) => None,
            (0, _) => Some(Tag::SignsDiffer),
            _ if only_right => Some(Tag::NotInOriginal),
            _ if group.right.is_empty() => Some(Tag::NotInResult),
            _ => Some(Tag::WordsDiffer),
        }
    }

    /// How many words, and how many signs, of a group are only on one side.
    fn only_on_one_side(&self, group: &Group) -> (usize, usize) {
        let text = group.left.clone().filter(|at| self.sources[*at].is_text());
        let left = text.flat_map(|at| alone(&self.sources[at].content, &self.found.0[at]));
        let right = group.right.clone().flat_map(|at| alone(&self.printed[at].content, &self.found.1[at]));
        let all: Vec<&str> = left.chain(right).collect();
        let words = all.iter().filter(|token| is_word(token)).count();
        (words, all.len() - words)
    }

    /// How many words there are on each side, and how many of them only there.
    pub(super) fn words(&self) -> [(usize, usize); 2] {
        let left = self.sources.iter().zip(&self.found.0).filter(|(piece, _)| piece.is_text());
        let right = self.printed.iter().zip(&self.found.1);
        [
            totals(left.map(|(piece, found)| (&piece.content, &**found))),
            totals(right.map(|(piece, found)| (&piece.content, &**found))),
        ]
    }
}

/// The level of the heading under which the two sides stand.
const PAGE_LEVEL: u8 = 2;

/// The deepest heading there is in HTML.
const DEEPEST_LEVEL: u8 = 6;

pub(super) fn anchor(row: usize) -> String {
    format!("row-{}", row + 1)
}

impl Source {
    /// Whether it is to be in the result.
    pub(super) fn is_text(&self) -> bool {
        self.left_out.is_none() && !matches!(self.content, Content::PageEnd { .. })
    }
}

/// Neighbours that are no text, such as the foot of a page, its end and the head of the next, as one row.
fn joined(groups: Vec<Group>, sources: &[Source]) -> Vec<Group> {
    // Without a right side a group is one piece, or several that are no text.
    let silent = |group: &Group| group.right.is_empty() && !sources[group.left.start].is_text();
    let mut joined: Vec<Group> = Vec::new();
    for group in groups {
        match joined.last_mut().filter(|last| silent(last) && silent(&group)) {
            Some(last) => last.left.end = group.left.end,
            None => joined.push(group),
        }
    }
    joined
}

fn tokens(content: &Content<Words>) -> Vec<&str> {
    content.texts().into_iter().flat_map(Words::tokens).collect()
}

fn words_of<'a>(tokens: &[((usize, usize), &'a str)]) -> Vec<&'a str> {
    tokens.iter().map(|(_, word)| *word).collect()
}

/// How many tokens the number or label of a piece has.
fn label_length(content: &Content<Words>) -> usize {
    match content {
        Content::Line { label: Some(label), .. } => label.tokens().len(),
        _ => 0,
    }
}

/// The words as they are looked for on the other side: capital letters make no difference to where a piece belongs.
fn keys(content: &Content<Words>) -> Vec<String> {
    tokens(content).into_iter().filter(|token| is_word(token)).map(str::to_lowercase).collect()
}

/// The tokens of a piece, each with the piece and its place in it.
fn addressed(piece: usize, content: &Content<Words>) -> impl Iterator<Item = ((usize, usize), &str)> {
    tokens(content).into_iter().enumerate().map(move |(nth, token)| ((piece, nth), token))
}

/// The tokens that the other side has not.
fn alone<'a>(content: &'a Content<Words>, found: &'a [bool]) -> impl Iterator<Item = &'a str> {
    tokens(content).into_iter().zip(found).filter(|(_, found)| !**found).map(|(token, _)| token)
}

/// How many words pieces have, and how many of them the other side has not.
fn totals<'a>(pieces: impl Iterator<Item = (&'a Content<Words>, &'a [bool])>) -> (usize, usize) {
    pieces.fold((0, 0), |(all, only), (content, found)| {
        let words = tokens(content).into_iter().filter(|token| is_word(token)).count();
        (all + words, only + alone(content, found).filter(|token| is_word(token)).count())
    })
}

/// A piece as it is shown, with `only` as the mark of what the other side has not.
fn shown(content: &Content<Words>, found: &[bool], only: Mark) -> Content<Vec<Run>> {
    let mut marks = found.iter().map(|found| if *found { Mark::Kept } else { only });
    content.map(|words| words.runs(&mut marks))
}
