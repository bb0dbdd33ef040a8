//! The tables of a plain text: lines of cells that a tab or several spaces keep apart.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::pattern::pattern;
use super::columns::{self, Laid};
use super::words::Words;
use super::{Row, bullet};
use crate::import::manuscript::{Table, cell_of};

/// So many spaces keep two cells apart; justified lines have two.
const SPACES: usize = 3;

/// The words of a clause are usually longer than this, those of a cell shorter.
const SHORT: usize = 40;

/// A number or letter before the words of a clause, or a page number.
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\(?(?:[A-Z]?[0-9]+(?:\.[0-9A-Za-z]+)*|[A-Za-z]|[ivxlIVXL]+)[.):]*)$"));

/// What begins with some rows.
pub(super) struct Found {
    /// The table, with the line above it that ends in a tab; none if it is a list of contents, which is lines.
    pub(super) table: Option<Table>,
    /// How many of the rows it takes.
    pub(super) taken: usize,
    /// Whether only gaps and words told which lines are one row.
    pub(super) guessed: bool,
}

impl Default for Found {
    /// A line.
    fn default() -> Self {
        Self { table: None, taken: 1, guessed: false }
    }
}

/// The table that begins with these rows.
pub(super) fn at(rows: &[Row<'_>]) -> Option<Found> {
    if let Some(found) = piped(rows) {
        return Some(found);
    }
    let plain = in_lines(rows);
    match columns::at(rows).filter(|laid| plain.as_ref().is_none_or(|found| found.taken < laid.taken)) {
        Some(Laid { table, taken }) => Some(Found { table: Some(table), taken, guessed: true }),
        None => plain,
    }
}

/// The table of rows of one line each.
fn in_lines(rows: &[Row<'_>]) -> Option<Found> {
    let first = rows.first()?;
    let captioned = first.text.trim_end_matches(' ').ends_with('\t') && cells(first.text, false).len() == 1;
    let body = rows.get(usize::from(captioned)..)?;
    let [every_tab, runs] = [true, false].map(|every_tab| body_at(body, every_tab, captioned));
    let cells = if every_tab.len() >= runs.len() { every_tab } else { runs };
    if cells.len() < 2 {
        return None;
    }
    let taken = cells.len() + usize::from(captioned);
    let caption = captioned.then(|| Words::tidy(first.text)).filter(|caption| !caption.is_empty());
    let is_contents = is_contents(&cells);
    let rows = cells.iter().map(|row| row.iter().map(|cell| cell_of(cell)).collect()).collect();
    let table = Table { caption, header_rows: 0, rows, place: first.place };
    Some(Found { table: (!is_contents).then_some(table), taken, guessed: false })
}

/// The rows of one width at the start of these.
fn body_at(rows: &[Row<'_>], every_tab: bool, captioned: bool) -> Vec<Vec<String>> {
    let mut columns = Vec::new();
    let mut table = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let found = cells(row.text, every_tab);
        // A cell that is nearly as wide as its column leaves two spaces.
        let beside =
            if index == 0 { rows.get(1).map(|next| columns_of(next, every_tab)) } else { Some(columns.clone()) };
        let narrow = beside.filter(|beside| beside.len() > found.len()).and_then(|beside| cells_at(row.text, &beside));
        let found = narrow.unwrap_or(found);
        let here: Vec<usize> = found.iter().map(|cell| cell.column).collect();
        let aligned = row.text.contains('\t') && here.len() == columns.len() || here == columns;
        let new_page = row.starts_page && (index > 0 || captioned);
        if new_page
            || !(index == 0 || aligned)
            || !(is_row(&found, row.text) || index > 0 && is_short(&found, row.text))
        {
            break;
        }
        columns = here;
        table.push(found.iter().map(|cell| Words::tidy(cell.text)).collect());
    }
    table
}

/// The table of rows whose cells a `|` keeps apart, of which there are two or more below each other.
fn piped(rows: &[Row<'_>]) -> Option<Found> {
    let cells = |row: &Row<'_>| -> Option<Vec<String>> {
        let text = row.text.trim();
        let inner = text.strip_prefix('|').unwrap_or(text);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        let cells: Vec<String> = inner.split('|').map(Words::tidy).collect();
        (cells.len() >= 2 && cells.iter().any(|cell| !cell.is_empty())).then_some(cells)
    };
    let columns = cells(rows.first()?)?.len();
    let goes_on = |(index, row): &(usize, &Row<'_>)| {
        (*index == 0 || !row.starts_page) && cells(row).is_some_and(|cells| cells.len() == columns)
    };
    let taken = rows.iter().enumerate().take_while(goes_on).count();
    let is_rule = |row: &&Row<'_>| row.text.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | ' ' | '\t'));
    let header_rows = usize::from(rows.get(1).filter(|_| taken > 1).as_ref().is_some_and(is_rule));
    let kept = rows[..taken].iter().filter(|row| !is_rule(row));
    let table: Vec<_> = kept.filter_map(cells).map(|row| row.iter().map(|cell| cell_of(cell)).collect()).collect();
    let place = rows.first()?.place;
    let of_them = Table { caption: None, header_rows, rows: table, place };
    (of_them.rows.len() >= 2).then_some(Found { table: Some(of_them), taken, guessed: false })
}

fn columns_of(row: &Row<'_>, every_tab: bool) -> Vec<usize> {
    cells(row.text, every_tab).iter().map(|cell| cell.column).collect()
}

/// The cells of a line that begin in these columns, if two spaces stand before each but the first, and nowhere else.
fn cells_at<'a>(line: &'a str, columns: &[usize]) -> Option<Vec<Cell<'a>>> {
    let starts: Vec<usize> =
        columns.iter().map(|column| line.char_indices().nth(*column).map(|(at, _)| at)).collect::<Option<_>>()?;
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let mut cells = Vec::new();
    for ((nth, (start, end)), column) in starts.iter().zip(ends).enumerate().zip(columns) {
        let text = &line[*start..end];
        let apart = nth + 1 == columns.len() || text.ends_with("  ");
        if !apart || text.starts_with(' ') || text.trim().is_empty() || text.trim().contains("  ") {
            return None;
        }
        cells.push(Cell { text: text.trim_end(), column: *column });
    }
    (line[..*starts.first()?].trim().is_empty()).then_some(cells)
}

/// Where the cells of a line stand that may be the first of a table; none if it is a clause with its number.
pub(super) fn columns(line: &str) -> Option<Vec<Range<usize>>> {
    let cells = cells(line, false);
    let row = is_row(&cells, line) && !line.contains(['\t', '…']) && !line.contains("___");
    let span = |cell: &Cell<'_>| cell.column..cell.column + cell.text.trim_end().chars().count();
    row.then(|| cells.iter().map(span).collect())
}

/// Whether a line begins with a number or a letter that counts it.
pub(super) fn is_label(line: &str) -> bool {
    line.split_whitespace().next().is_some_and(|word| LABEL.is_match(word) && word != "A" && word != "a")
}

struct Cell<'a> {
    text: &'a str,
    /// Where it begins, in characters.
    column: usize,
}

/// The cells of a line. If not every tab begins one, several in a row do, and one at the end does not.
fn cells(line: &str, every_tab: bool) -> Vec<Cell<'_>> {
    let end = if every_tab { line.trim_end_matches(' ').len() } else { line.trim_end().len() };
    let line = &line[..end];
    let mut start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut cells = Vec::new();
    let (mut counted, mut column) = (0, 0);
    let mut push = |from: usize, to: usize| {
        column += line[counted..from].chars().count();
        counted = from;
        cells.push(Cell { text: &line[from..to], column });
    };
    let mut at = start;
    while let Some(c) = line[at..].chars().next() {
        let gap = &line[at..line.len() - line[at..].trim_start_matches([' ', '\t']).len()];
        let tabs = gap.matches('\t').count();
        if tabs == 0 && gap.len() < SPACES {
            at += gap.len().max(c.len_utf8());
            continue;
        }
        push(start, at);
        at += gap.len();
        start = at;
        for _ in 1..if every_tab { tabs } else { 0 } {
            push(at, at);
        }
    }
    push(start, line.len());
    cells
}

/// Whether the cells are more than a clause with its number, bullet or page.
fn is_row(cells: &[Cell<'_>], line: &str) -> bool {
    let after_labels = cells.iter().skip_while(|cell| {
        let text = cell.text.trim();
        text.is_empty()
            || LABEL.is_match(text)
            || bullet(text).is_some_and(|rest| rest.trim().is_empty())
            || text == "o"
    });
    let words = cells.iter().any(|cell| !cell.text.trim().is_empty());
    let dotted = cells.iter().any(|cell| cell.text.trim_end().ends_with("...."));
    cells.len() >= 2 && after_labels.count() >= 2 && words && !dotted && bullet(line).is_none()
}

/// Whether the cells may go on with a table although the first is a number: those of versions do.
fn is_short(cells: &[Cell<'_>], line: &str) -> bool {
    let short = |cell: &Cell<'_>| (1..=SHORT).contains(&cell.text.trim().chars().count());
    cells.len() >= 2 && cells.iter().all(short) && bullet(line).is_none()
}

/// Whether it is a list of contents: three lines or more that end in page numbers, which never go back.
fn is_contents(rows: &[Vec<String>]) -> bool {
    let pages: Option<Vec<u32>> = rows.iter().map(|row| row.last().and_then(|cell| cell.parse().ok())).collect();
    rows.len() >= 3 && pages.is_some_and(|pages| pages.is_sorted())
}
