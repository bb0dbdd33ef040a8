//! Tables: ruling lines that enclose cells, and what stands in them.

use super::letters::{Letter, Rule};
use super::rows::{self, Row};

/// Lines nearer than this, in points, are one: the two sides of a border, or the borders of neighbouring cells.
const NEAR: f32 = 4.0;
/// How far apart two lines are that meet, at the most: borders end at the middle or at the edge of those they meet.
const MEET: f32 = 3.0;
/// More lines each way than this make a drawing.
const MOST: usize = 600;

/// A table, and where it stands.
#[derive(Debug)]
pub(super) struct Ruled {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) header_rows: usize,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// The tables of a page. What stands in them is taken from the letters.
pub(super) fn tables(letters: &mut Vec<Letter>, rules: &[Rule]) -> Vec<Ruled> {
    let across = joined(rules, true);
    let down = joined(rules, false);
    if across.is_empty() || down.is_empty() || across.len() > MOST || down.len() > MOST {
        return Vec::new();
    }
    let mut tables: Vec<Ruled> = Vec::new();
    for grid in grids(&across, &down) {
        let inside: Vec<bool> = letters.iter().map(|letter| grid.cell(letter).is_some()).collect();
        let count = inside.iter().filter(|inside| **inside).count();
        let held: Vec<Letter> =
            letters.iter().zip(&inside).filter(|(_, inside)| **inside).map(|(letter, _)| letter.clone()).collect();
        if let Some(table) = grid.table(held, count) {
            let mut inside = inside.into_iter();
            letters.retain(|_| !inside.next().unwrap_or(false));
            tables.push(table);
        }
    }
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    tables
}

/// The lines of one direction, those that go on with one another made one.
fn joined(rules: &[Rule], across: bool) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.iter().copied().filter(|rule| rule.across == across).collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut all = Vec::new();
    for level in rules.chunk_by_mut(|a, b| b.at - a.at <= 0.7) {
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Rule> = None;
        for rule in level {
            match &mut open {
                Some(last) if rule.from <= last.to + MEET => last.to = last.to.max(rule.to),
                _ => all.extend(open.replace(*rule)),
            }
        }
        all.extend(open);
    }
    // What is shorter is a part of a drawing.
    all.retain(|rule| rule.to - rule.from >= 6.0);
    all
}

/// Lines that meet one another.
struct Grid {
    across: Vec<Rule>,
    down: Vec<Rule>,
    columns: Vec<f32>,
    rows: Vec<f32>,
}

fn grids(across: &[Rule], down: &[Rule]) -> Vec<Grid> {
    let mut group: Vec<usize> = (0..across.len()).collect();
    let mut group_of_down = vec![usize::MAX; down.len()];
    for (at, wall) in down.iter().enumerate() {
        let meets = |floor: &Rule| {
            (floor.from - MEET..=floor.to + MEET).contains(&wall.at)
                && (wall.from - MEET..=wall.to + MEET).contains(&floor.at)
        };
        let met: Vec<usize> = (0..across.len()).filter(|floor| meets(&across[*floor])).collect();
        let Some(first) = met.iter().map(|floor| group[*floor]).min() else { continue };
        let old: Vec<usize> = met.iter().map(|floor| group[*floor]).collect();
        for name in group.iter_mut().chain(&mut group_of_down) {
            if old.contains(name) {
                *name = first;
            }
        }
        group_of_down[at] = first;
    }
    let mut names = group_of_down.clone();
    names.sort_unstable();
    names.dedup();
    let of = |rules: &[Rule], groups: &[usize], name: usize| -> Vec<Rule> {
        rules.iter().zip(groups).filter(|(_, group)| **group == name).map(|(rule, _)| *rule).collect()
    };
    let names = names.into_iter().filter(|name| *name != usize::MAX);
    names.filter_map(|name| Grid::new(of(across, &group, name), of(down, &group_of_down, name))).collect()
}

/// The places of lines and their ends, each once.
fn places(lines: &[Rule], crossing: &[Rule]) -> Vec<f32> {
    let ends = crossing.iter().flat_map(|rule| [rule.from, rule.to]);
    let first = ends.clone().fold(f32::MAX, f32::min);
    let last = ends.fold(f32::MIN, f32::max);
    let mut places: Vec<f32> = lines.iter().map(|rule| rule.at).chain([first, last]).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= NEAR);
    places
}

impl Grid {
    fn new(across: Vec<Rule>, down: Vec<Rule>) -> Option<Self> {
        let columns = places(&down, &across);
        let rows = places(&across, &down);
        (columns.len() >= 3 && rows.len() >= 2).then_some(Self { across, down, columns, rows })
    }

    /// The row and column of the cell in which a letter stands.
    fn cell(&self, letter: &Letter) -> Option<(usize, usize)> {
        let x = (letter.left + letter.right) / 2.0;
        let y = letter.base - letter.size * 0.3;
        let at = |places: &[f32], place: f32| {
            let next = places.partition_point(|edge| *edge <= place);
            (next > 0 && next < places.len()).then(|| next - 1)
        };
        Some((at(&self.rows, y)?, at(&self.columns, x)?))
    }

    /// The cell to which one belongs: the first of those that no line parts.
    fn home(&self, (mut row, mut column): (usize, usize)) -> (usize, usize) {
        let middle = |places: &[f32], at: usize| (places[at] + places[at + 1]) / 2.0;
        let drawn = |lines: &[Rule], at: f32, along: f32| {
            lines.iter().any(|rule| (rule.at - at).abs() <= NEAR && rule.from <= along && rule.to >= along)
        };
        while column > 0 && !drawn(&self.down, self.columns[column], middle(&self.rows, row)) {
            column -= 1;
        }
        while row > 0 && !drawn(&self.across, self.rows[row], middle(&self.columns, column)) {
            row -= 1;
        }
        (row, column)
    }

    /// What it holds; none if that is no table.
    fn table(&self, letters: Vec<Letter>, count: usize) -> Option<Ruled> {
        let (height, width) = (self.rows.len() - 1, self.columns.len() - 1);
        if height * width > 20_000 {
            return None;
        }
        let mut cells: Vec<Vec<Vec<Letter>>> = vec![vec![Vec::new(); width]; height];
        for letter in letters {
            let (row, column) = self.home(self.cell(&letter)?);
            cells[row][column].push(letter);
        }
        let largest = cells.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let filled = |column: &usize| cells.iter().any(|row| !row[*column].is_empty());
        let columns: Vec<usize> = (0..width).filter(filled).collect();
        // A frame around a page, or a box beside words, is no table.
        if columns.len() < 2 || largest == count {
            return None;
        }
        let bold = |row: &Vec<Vec<Letter>>| {
            row.iter().any(|cell| !cell.is_empty()) && row.iter().flatten().all(|letter| letter.face.bold)
        };
        cells.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let header_rows = usize::from(cells.len() > 1 && bold(&cells[0]) && !bold(&cells[1]));
        let edge = |column: usize| self.columns.get(column + 1).copied().unwrap_or(f32::MAX);
        let text = |row: Vec<Vec<Letter>>| {
            let cells = row.into_iter().enumerate().filter(|(column, _)| columns.contains(column));
            cells.map(|(column, cell)| words(cell, edge(column))).collect()
        };
        Some(Ruled {
            rows: cells.into_iter().map(text).collect(),
            header_rows,
            top: self.rows[0],
            bottom: self.rows[height],
        })
    }
}

/// The words of a cell. A line of it that had no room for the first word of the next one goes on with it.
fn words(letters: Vec<Letter>, edge: f32) -> String {
    let mut text = String::new();
    let mut last: Option<Row> = None;
    let lines = rows::rows(letters);
    let reach = lines.iter().map(|row| row.right).fold(f32::MIN, f32::max);
    for row in lines {
        if let Some(last) = &last {
            let first = row.plain().split(' ').next().map_or(0, |word| word.chars().count()) as f32;
            let letter = (row.right - row.left) / row.plain().chars().count().max(1) as f32;
            let room = reach.max(edge - row.size) - last.right;
            text.push(if room < (first + 1.0) * letter { ' ' } else { '\n' });
        }
        text.push_str(&row.plain());
        last = Some(row);
    }
    text
}
