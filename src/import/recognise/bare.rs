//! Numbers and letters that count without any sign: `a Motions on the agenda …`, `b A motion …`; `A1`, `A2`; `Rule 1`, `Rule 2`.
//!
//! One alone is a word like any other. Only those beside it tell: where one line begins with `a` and a later one with `b`, they
//! count.

use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Marker, Piece};
use super::super::text::bullet;
use super::label::{Label, Series, places};
use super::paragraphs::ends_a_sentence;

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by every test that imports")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static ALONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<label>[a-z]|[A-Z]|[ivx]{2,5}|\d{1,2})(?: (?<words>\S.*))?$"));
static PREFIXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<label>(?<prefix>[A-Z]{1,2}|(?:Standing Order|SO|Rule|Regulation|Order|Question|Principle|Paragraph|Para|Clause|Class|Step|Stage|Article) )(?<number>\d{1,2}|[A-Z])[.:)]?)(?: (?<words>\S.*))?$",
    )
});

/// The next one of a run comes within so many lines.
const FAR: usize = 150;

/// A heading has no more words than this.
const LONGEST_HEADING: usize = 12;

/// What a line may count by, and how far.
type Place = (String, u32);

/// Lines that count by one series, so far.
struct Run {
    series: String,
    lines: Vec<(usize, usize)>,
    last: u32,
    /// Whether a heading came after the last of them.
    closed: bool,
}

impl Run {
    /// How many there must be: `A` alone is a word that many sentences begin with.
    fn enough(&self) -> bool {
        let least = if [name(Series::Lower), name(Series::LowerRoman)].contains(&self.series) { 2 } else { 3 };
        self.lines.len() >= least
    }

    /// Whether headings with numbers go between.
    fn goes_over_headings(&self) -> bool {
        ![Series::Lower, Series::Upper, Series::LowerRoman, Series::UpperRoman].map(name).contains(&self.series)
    }
}

fn name(series: Series) -> String {
    format!("{series:?}")
}

/// For each piece, how many bytes of its words are such a label.
pub(super) fn labels(pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut lengths = vec![None; pieces.len()];
    let mut runs: Vec<Run> = Vec::new();
    let mut before: Option<&Line> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else { continue };
        let text = line.text();
        let marked = matches!(line.marker, Some(Marker::Label(_)));
        let words = bullet(&text)
            .filter(|rest| !text.starts_with('o') && !rest.is_empty())
            .map_or(text.as_str(), str::trim_start);
        match counted(words).filter(|(_, _, rest)| !marked && begins(line, before, rest)) {
            Some((label, places, _)) => go_on(&mut runs, places, (at, label.len())),
            None if Label::split(&text).is_some_and(|(label, _)| label.parts().is_some()) => {
                runs.iter_mut().filter(|run| !run.goes_over_headings()).for_each(|run| run.closed = true);
            }
            None => {}
        }
        before = Some(line);
    }
    runs.iter()
        .filter(|run| run.enough())
        .flat_map(|run| &run.lines)
        .for_each(|(at, length)| lengths[*at] = Some(*length));
    lengths
}

/// What a line begins with, by what it may count, and the words after it.
fn counted(text: &str) -> Option<(&str, Vec<Place>, &str)> {
    let words = |found: &regex::Captures<'_>| found.name("words").map_or("", |words| &text[words.range()]).len();
    if let Some(found) = ALONE.captures(text) {
        let label = found.name("label")?.as_str();
        let places = places(label).into_iter().map(|(series, place)| (name(series), place)).collect();
        return Some((&text[..label.len()], places, &text[text.len() - words(&found)..]));
    }
    let found = PREFIXED.captures(text)?;
    let prefix = &found["prefix"];
    let places = places(&found["number"]).into_iter().map(|(series, place)| (format!("{prefix}{series:?}"), place));
    Some((&text[..found["label"].len()], places.collect(), &text[text.len() - words(&found)..]))
}

/// The line goes on with a run, or begins one.
fn go_on(runs: &mut Vec<Run>, places: Vec<Place>, line: (usize, usize)) {
    let next = runs.iter_mut().rev().find(|run| {
        let near = run.lines.last().is_some_and(|(last, _)| line.0 - last <= FAR);
        let follows = |(series, place): &Place| *series == run.series && *place == run.last + 1;
        near && !run.closed && places.iter().any(follows)
    });
    match next {
        Some(run) => {
            run.lines.push(line);
            run.last += 1;
        }
        None => runs.extend(places.into_iter().filter(|(_, place)| *place == 1).map(|(series, last)| Run {
            series,
            lines: vec![line],
            last,
            closed: false,
        })),
    }
}

/// Whether a line can begin with a label: nothing before it goes on in it.
fn begins(line: &Line, before: Option<&Line>, words: &str) -> bool {
    let Some(before) = before else { return true };
    let text = before.text();
    let ended = ends_a_sentence(&text) || text.ends_with([',']) || text.ends_with(" and") || text.ends_with(" or");
    let heading = before.heading.is_some() || text.split_whitespace().count() <= LONGEST_HEADING;
    let upper = words.starts_with(|c: char| c.is_uppercase());
    line.apart || line.whole || ended || heading && (upper || words.is_empty())
}
