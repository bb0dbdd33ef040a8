//! What was left out, each kind of line once: what belongs to the text and is gone leaps to the eye among running heads.

use std::collections::BTreeSet;

use serde::Serialize;

use super::content::Content;
use super::in_words;
use super::original::Source;
use super::rows::{Sides, anchor};
use crate::import::but_for_numbers;

/// Lines that were left out and differ in nothing but numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The words of the first.
    pub text: String,
    /// Why.
    pub why: &'static str,
    /// How many there are.
    pub times: usize,
    /// Where the first stands.
    pub place: String,
    /// The anchor of its row.
    pub anchor: Option<String>,
}

/// All that was left out, in the order of the first of each.
pub(super) fn left_out(sides: &Sides) -> Vec<LeftOut> {
    let mut all: Vec<(String, LeftOut)> = Vec::new();
    for (at, piece) in sides.sources.iter().enumerate() {
        let Some(why) = piece.left_out else { continue };
        let text = text(piece);
        let key = but_for_numbers(&text);
        match all.iter_mut().find(|(other, left)| *other == key && left.why == why) {
            Some((_, left)) => left.times += 1,
            None => {
                let anchor = sides.row_of(at).map(anchor);
                all.push((key, LeftOut { text, why, times: 1, place: in_words(piece.place), anchor }));
            }
        }
    }
    all.into_iter().map(|(_, left)| left).collect()
}

/// The lines that were left out between lines of the text of one page: what stands on every page stands at its edge.
pub(super) fn inside_a_page(sources: &[Source]) -> BTreeSet<usize> {
    let page_end = |piece: &Source| matches!(piece.content, Content::PageEnd { .. });
    let mut inside = BTreeSet::new();
    if !sources.iter().any(page_end) {
        return inside;
    }
    let mut start = 0;
    for run in sources.chunk_by(|one, other| one.is_text() == other.is_text()) {
        let end = start + run.len();
        if !run[0].is_text() && start > 0 && end < sources.len() && !run.iter().any(page_end) {
            inside.extend(start..end);
        }
        start = end;
    }
    inside
}

fn text(piece: &Source) -> String {
    let texts: Vec<&str> = piece.content.texts().into_iter().map(super::words::Words::text).collect();
    texts.join(" ")
}
