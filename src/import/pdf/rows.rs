//! Letters → printed lines, and what a line says.

use super::faces::Face;
use super::letters::Letter;
use super::signs;
use crate::import::Marker;
use crate::import::text::raised::raised;
use crate::model::Inline;

/// Letters whose feet are nearer than this share of their size stand on one line.
const LEVEL: f32 = 0.3;
/// A gap wider than this share of the size is a space. Kerning stays far below, the tightest justified lines above.
const SPACE: f32 = 0.15;
/// A gap no wider than this is none, even where a space was set.
const NO_SPACE: f32 = 0.02;
/// A gap wider than this share of the size parts two stretches of a line, which may belong to two columns.
const STRETCH: f32 = 0.8;
/// Two equal letters nearer than this, in points, are one that was drawn twice to look bold.
const TWICE: f32 = 0.3;
/// Letters smaller than this share of those beside them may be footnote marks: browsers make them 0.83, word processors 0.58.
const SMALL: f32 = 0.88;

/// Letters that stand on one line, from left to right.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) letters: Vec<Letter>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
}

impl Row {
    /// Of those letters; none of none.
    pub(super) fn new(mut letters: Vec<Letter>) -> Option<Self> {
        letters.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.turn.cmp(&b.turn)));
        let letters = drawn_once(letters);
        let size = most_common(letters.iter().map(|letter| letter.size))?;
        let base = most_common(letters.iter().filter(|letter| letter.size >= size * SMALL).map(|letter| letter.base))?;
        let left = letters.iter().map(|letter| letter.left).fold(f32::MAX, f32::min);
        let right = letters.iter().map(|letter| letter.right).fold(f32::MIN, f32::max);
        Some(Self { letters, left, right, base, size })
    }

    /// Its words.
    pub(super) fn plain(&self) -> String {
        plain(&self.letters)
    }

    /// Its stretches: those that wide gaps part.
    pub(super) fn stretches(self) -> Vec<Row> {
        let mut parts: Vec<Vec<Letter>> = Vec::new();
        let mut end = f32::MIN;
        for letter in self.letters {
            if letter.left - end > STRETCH * letter.size.max(self.size) || parts.is_empty() {
                parts.push(Vec::new());
                end = f32::MIN;
            }
            end = end.max(letter.right);
            if let Some(part) = parts.last_mut() {
                part.push(letter);
            }
        }
        parts.into_iter().filter_map(Row::new).collect()
    }
}

/// The most common of some lengths, to a tenth of a point; the greatest of equally common ones.
pub(super) fn most_common(lengths: impl Iterator<Item = f32>) -> Option<f32> {
    let mut tenths: Vec<i32> = lengths.map(|length| (length * 10.0).round() as i32).collect();
    tenths.sort_unstable();
    let runs = tenths.chunk_by(|a, b| a == b);
    runs.max_by_key(|run| run.len()).and_then(|run| run.first()).map(|tenths| *tenths as f32 / 10.0)
}

/// The letters without those that are drawn again in nearly the same place.
fn drawn_once(letters: Vec<Letter>) -> Vec<Letter> {
    let mut kept: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        let same = |other: &&mut Letter| {
            other.text == letter.text
                && (other.left - letter.left).abs() <= TWICE
                && (other.base - letter.base).abs() <= TWICE
        };
        match kept.iter_mut().rev().take(4).find(same) {
            Some(other) => other.face.bold = true,
            None => kept.push(letter),
        }
    }
    kept
}

/// The lines on which letters stand, from top to bottom, footnote marks in the lines to which they belong.
pub(super) fn rows(mut letters: Vec<Letter>) -> Vec<Row> {
    letters.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.turn.cmp(&b.turn)));
    let mut levels: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        let level = levels.iter_mut().rev().take(3).find(|level| {
            level.first().is_some_and(|first| letter.base - first.base <= LEVEL * first.size.min(letter.size))
        });
        match level {
            Some(level) => level.push(letter),
            None => levels.push(vec![letter]),
        }
    }
    let rows: Vec<Row> = levels.into_iter().filter_map(Row::new).collect();
    let mut rows = with_marks(rows);
    rows.sort_by(|a, b| a.base.total_cmp(&b.base));
    rows
}

/// Puts small letters that stand higher or lower than those beside them into their line.
fn with_marks(rows: Vec<Row>) -> Vec<Row> {
    let mut homes: Vec<(usize, Vec<Letter>)> = Vec::new();
    let mut left: Vec<Option<Row>> = rows.iter().cloned().map(Some).collect();
    for (at, row) in rows.iter().enumerate() {
        let near = rows.iter().enumerate().skip(at.saturating_sub(4)).take(9);
        let larger: Vec<(usize, &Row)> = near.filter(|(other, line)| *other != at && is_beside(row, line)).collect();
        if larger.is_empty() {
            continue;
        }
        let mut rest = Vec::new();
        for stretch in row.clone().stretches() {
            match larger.iter().find(|(_, line)| fits(&stretch, line)) {
                Some((home, _)) => homes.push((*home, stretch.letters)),
                None => rest.extend(stretch.letters),
            }
        }
        if let Some(place) = left.get_mut(at) {
            *place = Row::new(rest);
        }
    }
    for (home, letters) in homes {
        if let Some(Some(row)) = left.get_mut(home) {
            let all = std::mem::take(&mut row.letters).into_iter().chain(letters).collect();
            left[home] = Row::new(all);
        }
    }
    left.into_iter().flatten().collect()
}

/// Whether the letters of a row are small enough beside those of a line, and within its height.
fn is_beside(row: &Row, line: &Row) -> bool {
    row.size <= line.size * SMALL && row.base > line.base - line.size * 0.8 && row.base < line.base + line.size * 0.35
}

/// Whether there is room for a stretch between the letters of a line, right beside one of them.
fn fits(stretch: &Row, line: &Row) -> bool {
    let width = (stretch.right - stretch.left).max(1.0);
    let covered: f32 = line
        .letters
        .iter()
        .map(|letter| (letter.right.min(stretch.right) - letter.left.max(stretch.left)).max(0.0))
        .sum();
    let gap = |letter: &Letter| (letter.left - stretch.right).max(stretch.left - letter.right);
    let nearest = line.letters.iter().map(gap).fold(f32::MAX, f32::min);
    covered <= width * 0.3 && nearest <= line.size * 0.6
}

/// For each letter of a line, whether a space stands before it.
fn spaces(letters: &[Letter]) -> Vec<bool> {
    let mut gaps: Vec<f32> = letters.windows(2).map(|pair| (pair[1].left - pair[0].right) / em(pair)).collect();
    let mut spaces = vec![false];
    let parted: Vec<f32> = gaps.clone();
    gaps.sort_by(f32::total_cmp);
    // Letters that are set apart (in a heading, say) have a wide gap between each two of them.
    let usual = if gaps.len() < 5 { 0.0 } else { gaps[gaps.len() / 2].max(0.0) };
    let usual = if usual > SPACE && letters.windows(2).filter(|pair| spaced(pair)).count() * 3 > gaps.len() {
        0.0
    } else {
        usual
    };
    let wide = usual + SPACE;
    for (pair, gap) in letters.windows(2).zip(parted) {
        let marked = pair[0].spaced[1] || pair[1].spaced[0];
        spaces.push(gap > wide || spaced(pair) || marked && gap > usual + 0.05);
    }
    spaces.truncate(letters.len());
    spaces
}

fn em(pair: &[Letter]) -> f32 {
    pair[0].size.max(pair[1].size).max(0.1)
}

/// Whether a space was set between two letters, the one drawn right after the other. Browsers set one without any width for a place
/// where a word may be broken.
fn spaced(pair: &[Letter]) -> bool {
    let wide = pair[1].left - pair[0].right > NO_SPACE * em(pair);
    wide && pair[0].spaced[1] && pair[1].spaced[0] && pair[1].turn == pair[0].turn + 1
}

/// How wide the first word of a line is.
pub(super) fn first_word(row: &Row) -> f32 {
    let space = spaces(&row.letters).iter().position(|space| *space);
    let word = &row.letters[..space.unwrap_or(row.letters.len())];
    word.iter().map(|letter| letter.right).fold(row.left, f32::max) - row.left
}

/// The words of some letters of a line.
pub(super) fn plain(letters: &[Letter]) -> String {
    let mut words = String::new();
    for (letter, space) in letters.iter().zip(spaces(letters)) {
        if space && !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&letter.text);
    }
    words
}

/// What a line says.
pub(super) struct Said {
    pub(super) marker: Option<Marker>,
    pub(super) content: Vec<Inline>,
    /// Whether all its words are bold.
    pub(super) bold: bool,
}

/// What those letters of a line say.
pub(super) fn said(letters: &[Letter]) -> Said {
    let (marker, letters) = match letters {
        [sign, rest @ ..] if is_bullet(sign, rest) => (Some(Marker::Bullet), rest),
        all => (None, all),
    };
    let bold = all(letters, |face| face.bold);
    let italic = all(letters, |face| face.italic);
    let style = |face: Face| (face.bold && !bold, face.italic && !italic);
    let mut runs: Vec<((bool, bool), String)> = Vec::new();
    // The last letter that stands on the line.
    let mut level: Option<&Letter> = None;
    for (at, (letter, space)) in letters.iter().zip(spaces(letters)).enumerate() {
        let style = style(letter.face);
        let above = level.is_some_and(|level| is_above(letter, level));
        level = level.filter(|_| above).or(Some(letter));
        let going_on = runs.last().is_some_and(|(last, _)| *last == style);
        if space && at > 0 {
            match runs.last_mut() {
                Some((last, words)) if going_on || *last == (false, false) => words.push(' '),
                _ if style == (false, false) => runs.push((style, " ".to_owned())),
                _ => runs.push(((false, false), " ".to_owned())),
            }
        }
        let before = runs.last().filter(|_| above).map_or("", |(_, words)| words.as_str());
        let text = raised(before, &letter.text).unwrap_or_else(|| letter.text.clone());
        match runs.last_mut() {
            Some((last, words)) if *last == style => words.push_str(&text),
            _ => runs.push((style, text)),
        }
    }
    Said { marker, content: runs.into_iter().map(inline).collect(), bold }
}

/// Whether a letter is smaller than another one and stands higher.
fn is_above(letter: &Letter, level: &Letter) -> bool {
    letter.size <= SMALL * level.size && letter.base < level.base - 0.1 * level.size
}

fn inline(((bold, italic), words): ((bool, bool), String)) -> Inline {
    let words = Inline::words(words);
    let words = if italic { Inline::Emphasis { content: vec![words] } } else { words };
    if bold { Inline::Strong { content: vec![words] } } else { words }
}

/// Whether the fonts of all letters are like that; of all signs, where there are no letters.
fn all(letters: &[Letter], like: impl Fn(Face) -> bool) -> bool {
    let worded = |letter: &&Letter| letter.text.chars().any(char::is_alphanumeric);
    let mut words = letters.iter().filter(worded).peekable();
    match words.peek() {
        Some(_) => words.all(|letter| like(letter.face)),
        None => !letters.is_empty() && letters.iter().all(|letter| like(letter.face)),
    }
}

fn is_bullet(sign: &Letter, rest: &[Letter]) -> bool {
    let Some(next) = rest.first() else { return signs::is_bullet(&sign.text, sign.face) && sign.text != "o" };
    let apart = spaces(&[sign.clone(), next.clone()]).last() == Some(&true);
    let another_font = sign.text != "o" || !next.face.typewriter;
    apart && another_font && signs::is_bullet(&sign.text, sign.face)
}
