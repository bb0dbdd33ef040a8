//! In which order the lines of a page are read: from top to bottom, and column after column where there are columns.

use super::letters::Letter;
use super::rows::{Row, rows};

/// The gap between two columns, at the least, in points.
const GUTTER: f32 = 8.0;
/// How many lines each column has, at the least, for it to be one.
const LINES: usize = 6;
/// How deep columns stand within columns, at the most.
const DEPTH: usize = 4;

/// Lines that are read one after another.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) rows: Vec<Row>,
    /// Whether it is a column of several.
    pub(super) column: bool,
}

/// The lines of some letters in the order in which they are read.
pub(super) fn flows(letters: Vec<Letter>) -> Vec<Flow> {
    let stretches: Vec<Row> = rows(letters).into_iter().flat_map(Row::stretches).collect();
    let mut flows = Vec::new();
    split(stretches, DEPTH, false, &mut flows);
    flows
}

fn split(stretches: Vec<Row>, depth: usize, column: bool, flows: &mut Vec<Flow>) {
    let gutter = if depth == 0 { None } else { gutter(&stretches) };
    let Some(Gutter { at, top, bottom }) = gutter else {
        let rows = rows(stretches.into_iter().flat_map(|stretch| stretch.letters).collect());
        if !rows.is_empty() {
            flows.push(Flow { rows, column });
        }
        return;
    };
    let [mut above, mut left, mut right, mut below] = [const { Vec::new() }; 4];
    for stretch in stretches {
        match stretch.base {
            base if base < top => above.push(stretch),
            base if base > bottom => below.push(stretch),
            _ if stretch.right <= at => left.push(stretch),
            _ => right.push(stretch),
        }
    }
    split(above, depth - 1, column, flows);
    split(left, depth - 1, true, flows);
    split(right, depth - 1, true, flows);
    split(below, depth - 1, column, flows);
}

/// Where two columns part.
struct Gutter {
    at: f32,
    /// The first and the last line that it parts.
    top: f32,
    bottom: f32,
}

/// The gap that parts most lines, if what stands on both sides of it are columns.
fn gutter(stretches: &[Row]) -> Option<Gutter> {
    let left = stretches.iter().map(|stretch| stretch.left).fold(f32::MAX, f32::min);
    let right = stretches.iter().map(|stretch| stretch.right).fold(f32::MIN, f32::max);
    let width = right - left;
    if stretches.len() < 2 * LINES || width < 100.0 {
        return None;
    }
    let steps = (width / 4.0) as usize;
    let places = (0..steps.min(1000)).map(|step| left + width * 0.25 + step as f32 * 2.0);
    let found = places.take_while(|at| *at < left + width * 0.75).filter_map(|at| parted(stretches, at, width));
    found.max_by(|a, b| a.1.cmp(&b.1)).map(|(gutter, _)| gutter)
}

/// The longest run of lines that a place parts into two columns, and how many stretches it holds.
fn parted(stretches: &[Row], at: f32, width: f32) -> Option<(Gutter, usize)> {
    let crosses = |stretch: &Row| stretch.left < at && stretch.right > at;
    let mut bars: Vec<f32> = stretches.iter().filter(|stretch| crosses(stretch)).map(|stretch| stretch.base).collect();
    bars.push(f32::MAX);
    let mut from = f32::MIN;
    let mut best: Option<(Gutter, usize)> = None;
    for bar in bars {
        let run: Vec<&Row> = stretches.iter().filter(|stretch| stretch.base > from && stretch.base < bar).collect();
        from = bar;
        if run.len() < 2 * LINES || best.as_ref().is_some_and(|(_, most)| *most >= run.len()) {
            continue;
        }
        let (left, right): (Vec<&Row>, Vec<&Row>) = run.iter().copied().partition(|stretch| stretch.right <= at);
        let last = |side: &[&Row]| side.iter().map(|stretch| stretch.right).fold(f32::MIN, f32::max);
        let first = |side: &[&Row]| side.iter().map(|stretch| stretch.left).fold(f32::MAX, f32::min);
        let clear = first(&right) - last(&left) >= GUTTER;
        // The left column is filled first, so it has about as many lines as the right one, or more.
        if clear && is_column(&left, width) && is_column(&right, width) && lines(&left) * 5 >= lines(&right) * 4 {
            let ends = run.iter().map(|stretch| stretch.base);
            let (top, bottom) = ends.fold((f32::MAX, f32::MIN), |(top, end), base| (top.min(base), end.max(base)));
            best = Some((Gutter { at, top, bottom }, run.len()));
        }
    }
    best
}

/// How many lines there are among stretches that are ordered from top to bottom.
fn lines(side: &[&Row]) -> usize {
    side.chunk_by(|a, b| (a.base - b.base).abs() < 0.3 * a.size).count()
}

/// Whether stretches are the lines of a column: many, and most of them nearly as wide as it, which neither labels before their texts
/// nor the cells of a table are.
fn is_column(side: &[&Row], page: f32) -> bool {
    let left = side.iter().map(|stretch| stretch.left).fold(f32::MAX, f32::min);
    let right = side.iter().map(|stretch| stretch.right).fold(f32::MIN, f32::max);
    let width = right - left;
    let filled: f32 = side.iter().map(|stretch| stretch.right - stretch.left).sum();
    let count = lines(side);
    count >= LINES && width > page * 0.28 && filled >= width * count as f32 * 0.6
}
