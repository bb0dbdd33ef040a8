//! The words of a piece, how they look, and which of them the other side has.

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::diagnostics::printable;
use crate::model::Inline;

use super::super::Mark;

/// Words that look alike and of which the same has become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words; a kept line break is a line feed.
    pub text: String,
    /// How they look.
    #[serde(flatten)]
    pub look: Look,
    /// Whether the other side has them.
    pub mark: Mark,
}

/// How words look.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Look {
    /// Set bold.
    pub strong: bool,
    /// Set in italics.
    pub emphasis: bool,
    /// Where they lead.
    pub link: Option<String>,
}

/// Words before anything is known of the other side.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    plain: String,
    /// How each part of `plain` looks, without gaps.
    looks: Vec<(Range<usize>, Look)>,
}

impl Words {
    pub(super) fn new(inlines: &[Inline]) -> Self {
        let mut words = Self::default();
        words.extend(inlines, &Look::default());
        words
    }

    pub(super) fn plain(text: &str) -> Self {
        let mut words = Self::default();
        words.push(text, &Look::default());
        words
    }

    fn extend(&mut self, inlines: &[Inline], look: &Look) {
        for inline in inlines {
            match inline {
                Inline::Words { text } => self.push(text, look),
                Inline::Break => self.push("\n", look),
                Inline::Emphasis { content } => self.extend(content, &Look { emphasis: true, ..look.clone() }),
                Inline::Strong { content } => self.extend(content, &Look { strong: true, ..look.clone() }),
                Inline::Link { url, content } => {
                    self.extend(content, &Look { link: Some(url.clone()), ..look.clone() })
                }
            }
        }
    }

    /// Sources are read so too, so that both sides show a character that is not printed alike.
    fn push(&mut self, text: &str, look: &Look) {
        let start = self.plain.len();
        self.plain.push_str(&printable(text));
        self.looks.push((start..self.plain.len(), look.clone()));
    }

    /// Its words and signs, without white space.
    pub(super) fn tokens(&self) -> Vec<&str> {
        self.bounds().into_iter().map(|at| &self.plain[at]).collect()
    }

    /// As plain words.
    pub(super) fn text(&self) -> &str {
        &self.plain
    }

    fn bounds(&self) -> Vec<Range<usize>> {
        let all = self.plain.split_word_bound_indices().filter(|(_, token)| !token.trim().is_empty());
        all.flat_map(|(at, token)| parts(token).into_iter().map(move |part| at + part.start..at + part.end)).collect()
    }

    /// Its words in runs; `marks` has a mark for each of its tokens. White space between words that are marked alike goes with them.
    pub(super) fn runs(&self, marks: &mut impl Iterator<Item = Mark>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let (mut end, mut last) = (0, Mark::Kept);
        for at in self.bounds() {
            let mark = marks.next().unwrap_or(Mark::Kept);
            self.show(end..at.start, if mark == last { mark } else { Mark::Kept }, &mut runs);
            (end, last) = (at.end, mark);
            self.show(at, mark, &mut runs);
        }
        self.show(end..self.plain.len(), Mark::Kept, &mut runs);
        runs
    }

    fn show(&self, part: Range<usize>, mark: Mark, runs: &mut Vec<Run>) {
        for (at, look) in &self.looks {
            let (start, end) = (part.start.max(at.start), part.end.min(at.end));
            if start >= end {
                continue;
            }
            let text = &self.plain[start..end];
            match runs.last_mut() {
                Some(last) if last.mark == mark && last.look == *look => last.text.push_str(text),
                _ => runs.push(Run { text: text.to_owned(), look: look.clone(), mark }),
            }
        }
    }
}

/// A token in parts of letters or of digits: what is written together in a file may be taken apart, as `7Proper` is.
fn parts(token: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (at, c) in token.char_indices() {
        let kind = c.is_alphanumeric().then(|| c.is_numeric()).or(last);
        match parts.last_mut().filter(|_| kind == last || last.is_none()) {
            Some(part) => part.end = at + c.len_utf8(),
            None => parts.push(at..at + c.len_utf8()),
        }
        last = kind;
    }
    parts
}

/// Whether a token is a word or a number, and not a mere sign.
pub(super) fn is_word(token: &str) -> bool {
    token.contains(char::is_alphanumeric)
}

/// The places of what both have, in order: each in the left and in the right.
pub(super) fn common<T: std::hash::Hash + Eq + Ord>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let equal = capture_diff_slices(Algorithm::Myers, left, right).into_iter().filter_map(|op| match op {
        DiffOp::Equal { old_index, new_index, len } => Some((0..len).map(move |at| (old_index + at, new_index + at))),
        _ => None,
    });
    equal.flatten().collect()
}
