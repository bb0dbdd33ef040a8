//! The rows and cells of an HTML table.

use std::cell::Cell;

use scraper::ElementRef;

/// A cell over more columns or rows than this says so by mistake, and so do cells that reach over more columns together.
const WIDEST: usize = 64;

/// A table's elements.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) caption: Option<ElementRef<'a>>,
    pub(super) rows: Vec<Row<'a>>,
    /// Whether it says itself which rows are headings.
    pub(super) has_head: bool,
    /// Parts that are not shown.
    pub(super) hidden: Vec<ElementRef<'a>>,
}

/// A row. A place that a cell of another column or row covers has none.
#[derive(Default)]
pub(super) struct Row<'a> {
    pub(super) cells: Vec<Option<ElementRef<'a>>>,
    /// Whether all its cells are headings of columns.
    pub(super) heads: bool,
}

/// Whether a table only puts things beside each other: it says so, has one cell, or holds what no cell of a table holds.
pub(super) fn is_layout(table: &ElementRef<'_>) -> bool {
    if matches!(table.attr("role"), Some("presentation" | "none")) {
        return true;
    }
    let mut cells = 0;
    for part in table.descendent_elements().skip(1) {
        match part.value().name() {
            "table" | "h1" | "h2" | "main" | "article" => return true,
            "td" | "th" => cells += 1,
            _ => {}
        }
    }
    cells < 2
}

/// The rows of a table that is one.
pub(super) fn read<'a>(
    table: &ElementRef<'a>,
    room: &Cell<usize>,
    is_hidden: impl Fn(&ElementRef<'a>) -> bool,
) -> Found<'a> {
    let mut found = Found::default();
    let mut covered = Vec::new();
    for part in table.child_elements() {
        match part.value().name() {
            _ if is_hidden(&part) => found.hidden.push(part),
            "caption" if found.caption.is_none() => found.caption = Some(part),
            "thead" | "tbody" | "tfoot" => {
                covered.clear();
                let head = part.value().name() == "thead";
                for row in part.child_elements().filter(|row| row.value().name() == "tr") {
                    if is_hidden(&row) {
                        found.hidden.push(row);
                        continue;
                    }
                    let mut row = read_row(&row, &mut covered, room, &is_hidden, &mut found.hidden);
                    found.has_head |= head;
                    row.heads |= head;
                    found.rows.push(row);
                }
            }
            _ => found.hidden.push(part),
        }
    }
    found
}

fn read_row<'a>(
    row: &ElementRef<'a>,
    covered: &mut Vec<usize>,
    room: &Cell<usize>,
    is_hidden: &impl Fn(&ElementRef<'a>) -> bool,
    hidden: &mut Vec<ElementRef<'a>>,
) -> Row<'a> {
    let mut read = Row { cells: Vec::new(), heads: true };
    for cell in row.child_elements() {
        let name = cell.value().name();
        if !matches!(name, "td" | "th") || is_hidden(&cell) {
            hidden.push(cell);
            continue;
        }
        skip_covered(covered, room, &mut read.cells);
        read.heads &= name == "th" && cell.attr("scope").is_none_or(|scope| scope != "row");
        let span = |attribute| {
            cell.attr(attribute).and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize).clamp(1, WIDEST)
        };
        for column in 0..span("colspan") {
            let at = read.cells.len();
            if column > 0 && !take(room, at) {
                break;
            }
            read.cells.push((column == 0).then_some(cell));
            covered.resize(covered.len().max(at + 1), 0);
            covered[at] = span("rowspan") - 1;
        }
    }
    skip_covered(covered, room, &mut read.cells);
    read
}

/// Takes room for an empty cell in a column, if there is any.
fn take(room: &Cell<usize>, column: usize) -> bool {
    let has_room = column < WIDEST && room.get() > 0;
    room.set(room.get() - usize::from(has_room));
    has_room
}

/// Leaves out the places that cells of the rows above reach down to.
fn skip_covered(covered: &mut [usize], room: &Cell<usize>, cells: &mut Vec<Option<ElementRef<'_>>>) {
    while let Some(rows) = covered.get_mut(cells.len()).filter(|rows| **rows > 0) {
        if !take(room, cells.len()) {
            break;
        }
        *rows -= 1;
        cells.push(None);
    }
}
