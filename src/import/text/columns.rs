//! The tables of a plain text whose cells go over several lines: what stands below each other between gaps that go through.

use std::ops::Range;

use super::words::Words;
use super::{Row, bullet, table};
use crate::import::manuscript::{Table, cell_of};

/// A gap that is nowhere narrower than this keeps two columns apart.
const GAP: usize = 2;

/// Cells that begin, or that end, no further from each other than this are set below each other.
const NEAR: usize = 1;

/// A table has no more lines than this: every line of a file may begin one.
const MOST_LINES: usize = 400;

/// The number of a clause is no longer than this if it has figures, and shorter than the other if it has none.
const LONGEST_CODE: usize = 8;
const SHORTEST_WORD: usize = 4;

/// A table, and how many of the rows it takes.
pub(super) struct Laid {
    pub(super) table: Table,
    pub(super) taken: usize,
}

/// One line of a table: for each column its words, and where they stand.
struct Strip {
    cells: Vec<Option<(Range<usize>, String)>>,
    /// Whether a blank line or a rule stands above it.
    parted: bool,
    ruled: bool,
}

impl Strip {
    fn filled(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// Whether it goes on with the row above, where only its words tell.
    fn goes_on(&self) -> bool {
        match self.cells.first() {
            Some(Some((_, first))) => {
                let begins_anew = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
                self.filled() < self.cells.len() && (!begins_anew || self.filled() == 1)
            }
            _ => true,
        }
    }
}

/// The table that begins with these rows, if one of its rows goes over several lines.
pub(super) fn at(rows: &[Row<'_>]) -> Option<Laid> {
    let first = rows.first()?;
    let columns = table::columns(first.text)?;
    let (strips, taken) = strips(rows, &columns);
    let lines = strips.len();
    let (rows, header_rows) = grouped(strips);
    let beside = rows.iter().filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1).count();
    // Page numbers behind headings are a list of contents.
    let counted = |row: &Vec<String>| row.last().is_some_and(|cell| cell.chars().all(|c| c.is_ascii_digit()));
    // Words behind numbers are clauses.
    let clauses = columns.len() == 2 && rows.iter().any(|row| row.first().is_some_and(|first| counts(first)));
    if rows.len() == lines || beside < 2 || clauses || rows.iter().skip(1).all(counted) {
        return None;
    }
    let rows = rows.iter().map(|row| row.iter().map(|cell| cell_of(cell)).collect()).collect();
    Some(Laid { table: Table { caption: None, header_rows, rows, place: first.place }, taken })
}

/// Whether words may be the number of a clause: `SO1`, `aa`, `12A`, `●`.
fn counts(text: &str) -> bool {
    let letters = text.chars().count();
    let coded = letters <= LONGEST_CODE && text.contains(|c: char| c.is_ascii_digit());
    !text.contains(' ') && !text.is_empty() && (coded || letters < SHORTEST_WORD)
}

/// The lines of the table, and how many rows they are with the blank ones and rules between.
fn strips(rows: &[Row<'_>], columns: &[Range<usize>]) -> (Vec<Strip>, usize) {
    let mut strips: Vec<Strip> = Vec::new();
    let (mut parted, mut ruled, mut taken) = (false, false, 0);
    let mut edges = vec![Edges::default(); columns.len()];
    let mut gaps: Vec<Range<usize>> = columns.windows(2).map(|two| two[0].end..two[1].start).collect();
    for (nth, row) in rows.iter().enumerate() {
        if row.starts_page && nth > 0 {
            break;
        }
        if row.is_blank() || row.is_rule() {
            // Two blank lines end it.
            if row.is_blank() && parted && !ruled {
                break;
            }
            parted = true;
            ruled |= row.is_rule();
            continue;
        }
        let narrowed: Vec<_> = gaps.iter().map(|gap| narrowed(gap, row.text)).collect();
        if row.text.contains(['\t', '|']) || narrowed.iter().any(|gap| gap.len() < GAP) {
            break;
        }
        let cells = cells(row.text, &narrowed);
        let strip = Strip { cells, parted, ruled };
        // Behind a blank line, what stands in one column only is text again; a number begins a clause.
        let lone = strip.filled() == 1;
        let first = strip.cells.first().is_some_and(Option::is_some);
        if nth > 0 && lone && (parted && !ruled || first && table::is_label(row.text) || bullet(row.text).is_some()) {
            break;
        }
        for (edges, (span, _)) in
            edges.iter_mut().zip(&strip.cells).filter_map(|(edges, cell)| Some((edges, cell.as_ref()?)))
        {
            edges.add(span);
        }
        if strips.len() == MOST_LINES || !edges.iter().all(Edges::are_aligned) {
            break;
        }
        gaps = narrowed;
        strips.push(strip);
        taken = nth + 1;
        (parted, ruled) = (false, false);
    }
    (strips, taken)
}

/// What of a gap is blank in a line, and behind its end.
fn narrowed(gap: &Range<usize>, line: &str) -> Range<usize> {
    let letters: Vec<char> = line.chars().collect();
    let (mut widest, mut run) = (gap.start..gap.start, gap.start..gap.start);
    for at in gap.clone() {
        let blank = letters.get(at).is_none_or(|c| c.is_whitespace());
        run = if blank { run.start..at + 1 } else { at + 1..at + 1 };
        if run.len() > widest.len() {
            widest = run.clone();
        }
    }
    widest
}

/// The words of a line between gaps.
fn cells(line: &str, gaps: &[Range<usize>]) -> Vec<Option<(Range<usize>, String)>> {
    let letters: Vec<char> = line.chars().collect();
    let starts = std::iter::once(0).chain(gaps.iter().map(|gap| gap.end));
    let ends = gaps.iter().map(|gap| gap.start).chain([letters.len()]);
    let cell = |(start, end): (usize, usize)| {
        let (start, end) = (start.min(letters.len()), end.min(letters.len()));
        let inside = letters.get(start..end.max(start))?;
        let before = inside.iter().take_while(|c| c.is_whitespace()).count();
        let words: String = inside.iter().collect();
        let words = words.trim();
        (!words.is_empty()).then(|| (start + before..start + before + words.chars().count(), Words::tidy(words)))
    };
    starts.zip(ends).map(cell).collect()
}

/// Where the cells of a column begin, and where they end: the first and the last place of each.
#[derive(Clone, Default)]
struct Edges {
    start: Option<(usize, usize)>,
    end: Option<(usize, usize)>,
}

impl Edges {
    fn add(&mut self, span: &Range<usize>) {
        let wider = |edge: Option<(usize, usize)>, at: usize| {
            Some(edge.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        };
        self.start = wider(self.start, span.start);
        self.end = wider(self.end, span.end);
    }

    /// Whether the cells are set below each other: all begin in one place, or all end there.
    fn are_aligned(&self) -> bool {
        [self.start, self.end].into_iter().any(|edge| edge.is_none_or(|(first, last)| last - first <= NEAR))
    }
}

/// The rows that lines make, and how many of them are headings.
fn grouped(strips: Vec<Strip>) -> (Vec<Vec<String>>, usize) {
    // What is set apart tells where rows begin, if it is more than the heading.
    let header_rows = usize::from(strips.iter().any(|strip| strip.ruled));
    let apart = strips.iter().skip(1).filter(|strip| strip.parted).count() > header_rows;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut heading = header_rows > 0;
    for strip in strips {
        heading &= !strip.ruled;
        let goes_on = !strip.parted && (apart || heading || strip.goes_on());
        let Some(row) = rows.last_mut().filter(|_| goes_on) else {
            rows.push(strip.cells.into_iter().map(|cell| cell.map_or_else(String::new, |(_, words)| words)).collect());
            continue;
        };
        for (cell, (_, words)) in row.iter_mut().zip(strip.cells).filter_map(|(cell, more)| Some((cell, more?))) {
            let between = match cell.chars().next_back() {
                None | Some('-') => "",
                Some(_) if bullet(&words).is_some() => "\n",
                Some(_) => " ",
            };
            cell.push_str(between);
            cell.push_str(&words);
        }
    }
    (rows, header_rows)
}
