//! Numbers and letters that count without any sign: `a Motions on the agenda …`, `b A motion …`.
//!
//! One alone is a word like any other. Only those beside it tell: where one line begins with `a` and a later one with `b`, they
//! count.

use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Piece};
use super::label::{Label, Series, places};
use super::paragraphs::ends_a_sentence;

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that imports")]
static BARE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?<label>[a-z]|[A-Z]|[ivx]{2,5}|\d{1,2}) (?<words>\S.*)$").unwrap());

/// The next one of a run comes within so many lines.
const FAR: usize = 150;

/// A heading has no more words than this.
const LONGEST_HEADING: usize = 12;

/// Lines that count by one series, so far.
struct Run {
    series: Series,
    lines: Vec<usize>,
    last: u32,
    /// Whether a heading came after the last of them.
    closed: bool,
}

impl Run {
    /// How many there must be: `A` alone is a word that many sentences begin with.
    fn enough(&self) -> bool {
        let least = match self.series {
            Series::Upper | Series::UpperRoman | Series::Number => 3,
            Series::Lower | Series::LowerRoman => 2,
        };
        self.lines.len() >= least
    }
}

/// For each piece, whether it is a line whose first word is such a label.
pub(super) fn labels(pieces: &[Piece]) -> Vec<bool> {
    let mut is_label = vec![false; pieces.len()];
    let mut runs: Vec<Run> = Vec::new();
    let mut before: Option<&Line> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else { continue };
        let text = line.text();
        match BARE.captures(&text).filter(|found| line.marker.is_none() && begins(line, before, &found["words"])) {
            Some(found) => go_on(&mut runs, &found["label"], at),
            None if Label::split(&text).is_some_and(|(label, _)| label.parts().is_some()) => {
                runs.iter_mut().for_each(|run| run.closed = true);
            }
            None => {}
        }
        before = Some(line);
    }
    runs.iter().filter(|run| run.enough()).flat_map(|run| &run.lines).for_each(|at| is_label[*at] = true);
    is_label
}

/// The line goes on with a run, or begins one.
fn go_on(runs: &mut Vec<Run>, label: &str, at: usize) {
    let places = places(label);
    let next = runs.iter_mut().rev().find(|run| {
        let near = run.lines.last().is_some_and(|last| at - last <= FAR);
        let follows = |(series, place): &(Series, u32)| *series == run.series && *place == run.last + 1;
        near && !run.closed && places.iter().any(follows)
    });
    match next {
        Some(run) => {
            run.lines.push(at);
            run.last += 1;
        }
        None => runs.extend(places.into_iter().filter(|(_, place)| *place == 1).map(|(series, last)| Run {
            series,
            lines: vec![at],
            last,
            closed: false,
        })),
    }
    // Numbers count on over other numbers; they are closed by none.
    runs.iter_mut().filter(|run| run.series == Series::Number).for_each(|run| run.closed = false);
}

/// Whether a line can begin with a label: nothing before it goes on in it.
fn begins(line: &Line, before: Option<&Line>, words: &str) -> bool {
    let Some(before) = before else { return true };
    let text = before.text();
    let ended = ends_a_sentence(&text) || text.ends_with([',']) || text.ends_with(" and") || text.ends_with(" or");
    let heading = before.heading.is_some() || text.split_whitespace().count() <= LONGEST_HEADING;
    let upper = words.starts_with(|c: char| c.is_uppercase());
    line.apart || line.whole || ended || heading && upper
}
