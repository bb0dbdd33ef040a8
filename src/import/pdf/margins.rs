//! What stands in the margins of a page, above and below its text. The words are not asked here: whether they are a running head or
//! foot, which a page that stands alone cannot show by repetition, is for `recognise` to say.

use super::grid::Ruled;
use super::letters::Letter;
use super::notes;
use super::rows::{Row, rows};

/// How much of a page's height is its margin, at the top and at the foot: word processors begin the text an inch from the edge, so that
/// its first line stands on a tenth of the height.
const SHARE: f32 = 0.09;
/// What is no farther below other letters, in points, stands on their line.
const LEVEL: f32 = 3.0;
/// A head or foot has no more lines.
const LINES: usize = 3;
/// How many lines the text has at the least.
const FEW: usize = 3;
/// How far it is from the text at the least, in sizes of its letters.
const GAP: f32 = 2.0;
/// The same in distances of the lines of the page, which may all be far apart.
const DISTANCES: f32 = 1.5;

/// Takes the lines above and below the text of a page from its letters. Notes stay: they stand in the same place.
pub(super) fn take(letters: &mut Vec<Letter>, tables: &[Ruled], height: f32) -> [Vec<Row>; 2] {
    let usual = distance(letters);
    let is_far = |row: &Row, other: f32| (row.base - other).abs() >= (GAP * row.size).max(DISTANCES * usual);
    let (high, between): (Vec<Letter>, Vec<Letter>) =
        std::mem::take(letters).into_iter().partition(|letter| letter.base < SHARE * height);
    let (low, mut text): (Vec<Letter>, Vec<Letter>) =
        between.into_iter().partition(|letter| letter.base > (1.0 - SHARE) * height);
    // A page of nothing but a few lines has no margins.
    if lines(&text) < FEW && tables.is_empty() {
        text.extend(high.into_iter().chain(low));
        *letters = text;
        return Default::default();
    }
    let first =
        text.iter().map(|letter| letter.base).chain(tables.iter().map(|table| table.top)).fold(f32::MAX, f32::min);
    let last = text.iter().map(|letter| letter.base).chain(tables.iter().map(|table| table.bottom)).fold(0.0, f32::max);
    let (mut head, mut foot) = (rows(high), rows(low));
    foot.reverse();
    let mut part = |outer: &mut Vec<Row>, inner: f32| {
        let next = |at: usize| outer.get(at + 1).map_or(inner, |row| row.base);
        let parted = (0..outer.len().min(LINES)).find(|at| is_far(&outer[*at], next(*at))).map_or(0, |at| at + 1);
        let rest = outer.split_off(parted);
        text.extend(rest.into_iter().flat_map(|row| row.letters));
    };
    part(&mut head, first);
    part(&mut foot, last);
    foot.reverse();
    if foot.iter().any(notes::is_a_note) {
        text.extend(foot.drain(..).flat_map(|row| row.letters));
    }
    *letters = text;
    [head, foot]
}

/// The distance of the lines of a page, most of which may be farther apart.
fn distance(letters: &[Letter]) -> f32 {
    let mut gaps = gaps(letters);
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 4).copied().unwrap_or(0.0)
}

fn lines(letters: &[Letter]) -> usize {
    if letters.is_empty() { 0 } else { gaps(letters).len() + 1 }
}

/// How far each line is below the one above it.
fn gaps(letters: &[Letter]) -> Vec<f32> {
    let mut bases: Vec<f32> = letters.iter().map(|letter| letter.base).collect();
    bases.sort_by(f32::total_cmp);
    bases.windows(2).map(|two| two[1] - two[0]).filter(|gap| *gap > LEVEL).collect()
}
