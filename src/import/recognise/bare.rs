//! Numbers and letters that count without any sign: `a Motions on the agenda …`, `b A motion …`; `A1`, `A2`; `Rule 1`, `Rule 2`.
//!
//! One alone is a word like any other. Only those beside it tell: where one line begins with `a` and a later one with `b`, they
//! count.

use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Marker, Piece};
use super::super::pattern::pattern;
use super::super::text::bullet;
use super::label::{Label, Series, places};
use super::sentences::ends_a_sentence;
use crate::model::MONTHS;

static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?<label>[a-z]|[A-Z]|aa|bb|cc|dd|ee|ff|gg|hh|[ivx]{2,5}|\d{1,2})(?: ?[–—-])?(?: (?<words>\S.*))?$")
});
static PREFIXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<label>(?<prefix>(?:Standing Order|SO|Rule|Regulation|Order|Question|Principle|Paragraph|Para|Clause|Class|Step|Stage|Article) |[A-Z]{1,2})(?<number>\d{1,2}[A-Z]?|[A-Z])[.:)]?)(?: (?<words>\S.*))?$",
    )
});

/// The next one of a run comes within so many lines.
const FAR: usize = 150;

/// The first clause of a section comes within so many lines.
const BELOW: usize = 12;

/// A heading has no more words than this.
const LONGEST_HEADING: usize = 12;

/// What a line may count by, and how far.
type Place = (String, u32);

/// A label, by what it may count, and the words after it.
struct Counted<'a> {
    label: &'a str,
    places: Vec<Place>,
    words: &'a str,
    /// Whether it was put in after another of that number: `SO 5A`.
    put_in: bool,
}

impl Counted<'_> {
    /// Whether a number is none of things: `5 members`, `30 September`, `12 High Street` behind a bullet.
    fn may_count(&self, line: &Line) -> bool {
        let number = self.label.bytes().all(|c| c.is_ascii_digit());
        let first = self.words.split(' ').next().unwrap_or_default().to_ascii_lowercase();
        let upper = self.words.is_empty() || self.words.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
        let bulleted = line.marker == Some(Marker::Bullet) || bullet(&line.text()).is_some();
        !number
            || upper
                && !bulleted
                && !MONTHS.iter().any(|month| {
                    first.trim_matches('.') == *month
                        || first.get(..3).is_some_and(|three| first.len() == 3 && month.starts_with(three))
                })
    }
}

/// How many bytes of the first line are a number alone that heads what follows: `5 Meetings` above `5.1 …`.
fn heads_its_own(pieces: &[Piece], words: &str) -> Option<usize> {
    let (number, rest) = words.split_once(' ').filter(|(_, rest)| rest.starts_with(char::is_uppercase))?;
    let own: u32 = number.parse().ok().filter(|_| number.len() <= 2)?;
    let below = pieces.iter().skip(1).take(BELOW).find_map(|piece| match piece {
        Piece::Line(line) => Label::split(&line.text()).and_then(|(label, _)| label.parts().map(<[u32]>::to_vec)),
        _ => None,
    })?;
    let first = matches!(below[..], [section, 0 | 1, ..] if section == own);
    (first && rest.split_whitespace().count() <= LONGEST_HEADING).then_some(number.len())
}

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
        let few = [name(Series::Lower), name(Series::LowerRoman), name(Series::Number)];
        // `A1`, `A2`: two are none by chance if they begin at one.
        let lettered = self.series.strip_suffix(&name(Series::Number)).is_some_and(|prefix| prefix.len() == 1);
        let begins = lettered && self.last as usize == self.lines.len();
        let least = if few.contains(&self.series) || begins { 2 } else { 3 };
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
        let words = unmarked(&text);
        // “… between / 9.30 a.m. and …” begins nothing.
        let heads = |(label, rest): (Label, &str)| label.parts().is_some() && begins(line, before, rest);
        if let Some(length) = heads_its_own(&pieces[at..], words).filter(|_| line.marker.is_none()) {
            lengths[at] = Some(length + text.len() - words.len());
        }
        match counted(words).filter(|counted| !marked && counted.may_count(line) && begins(line, before, counted.words))
        {
            Some(counted) => go_on(&mut runs, counted, at),
            None if Label::split(&text).is_some_and(heads) => {
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
    signs_lost(pieces, &mut lengths);
    lengths
}

/// Finds the numbers that count on from one with its sign, and have lost theirs: `8. …`, `9 …`.
fn signs_lost(pieces: &[Piece], lengths: &mut [Option<usize>]) {
    let mut last: Option<u32> = None;
    let mut before: Option<&Line> = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Line(line) = piece else { continue };
        let text = line.text();
        let next = last.map(|last| (last + 1).to_string());
        let lost = counted(&text).filter(|counted| {
            let may = counted.may_count(line) && !counted.words.is_empty() && begins(line, before, counted.words);
            next.as_deref() == Some(counted.label) && may && line.marker.is_none()
        });
        if let Some(lost) = lost {
            lengths[at] = Some(lost.label.len());
            last = lost.label.parse().ok();
        } else if let Some((label, _)) = Label::split(&text)
            && let Some([number]) = label.parts()
            && label.text.ends_with('.')
        {
            last = Some(*number);
        }
        before = Some(line);
    }
}

/// What comes after the bullets at the start of a line; model standing orders mark with several whom an order binds.
pub(super) fn unmarked(text: &str) -> &str {
    let mut words = text;
    while let Some(rest) = bullet(words).map(str::trim_start).filter(|rest| !words.starts_with('o') && !rest.is_empty())
    {
        words = rest;
    }
    words
}

/// What a line begins with, if it may count.
fn counted(text: &str) -> Option<Counted<'_>> {
    let words = |found: &regex::Captures<'_>| found.name("words").map_or("", |words| &text[words.range()]).len();
    if let Some(found) = ALONE.captures(text) {
        let label = &text[..found.name("label")?.len()];
        let places = places(label).into_iter().map(|(series, place)| (name(series), place)).collect();
        return Some(Counted { label, places, words: &text[text.len() - words(&found)..], put_in: false });
    }
    let found = PREFIXED.captures(text)?;
    let (prefix, number) = (&found["prefix"], &found["number"]);
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let put_in = !digits.is_empty() && digits.len() < number.len();
    let counts = places(if put_in { digits } else { number });
    Some(Counted {
        label: &text[..found["label"].len()],
        places: counts.into_iter().map(|(series, place)| (format!("{prefix}{series:?}"), place)).collect(),
        words: &text[text.len() - words(&found)..],
        put_in,
    })
}

/// The line goes on with a run, or begins one.
fn go_on(runs: &mut Vec<Run>, counted: Counted<'_>, at: usize) {
    let Counted { label, places, put_in, .. } = counted;
    let line = (at, label.len());
    let next = runs.iter_mut().rev().find(|run| {
        let near = run.lines.last().is_some_and(|(last, _)| at - last <= FAR);
        let wanted = if put_in { run.last } else { run.last + 1 };
        near && !run.closed && places.contains(&(run.series.clone(), wanted))
    });
    match next {
        Some(run) => {
            run.lines.push(line);
            run.last += u32::from(!put_in);
        }
        None => runs.extend(places.into_iter().filter(|(_, place)| *place == 1 && !put_in).map(|(series, last)| Run {
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
