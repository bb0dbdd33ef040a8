//! Tables, their cells with what is emphasised in them.

use super::body::{Story, end_page, inner};
use super::xml::Element;
use crate::import::manuscript::unembolden;
use crate::import::{Piece, Place, Table};
use crate::model::{Cell, Inline};

/// The most columns of a table that Word has.
const MOST_COLUMNS: usize = 63;

/// The rows of a table.
#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Vec<Cell>>,
    headings: usize,
    ends_page: bool,
}

impl Story<'_> {
    /// A table of the text.
    pub(super) fn table(&mut self, element: &Element, pieces: &mut Vec<Piece>) {
        let place = self.fixed.unwrap_or(Place { page: None, line: self.paragraphs + 1 });
        let mut rows = Rows::default();
        self.rows(element, &mut rows);
        if !rows.rows.is_empty() {
            let mut table = Table { caption: None, header_rows: rows.headings, rows: rows.rows, place };
            table.find_heading();
            drop_bold_of_headings(&mut table);
            pieces.push(Piece::Table(table));
        }
        if rows.ends_page {
            end_page(pieces);
        }
    }

    fn rows(&mut self, element: &Element, rows: &mut Rows) {
        for child in element.elements() {
            if child.name() != "w:tr" {
                if let Some(inner) = inner(child) {
                    self.rows(inner, rows);
                }
                continue;
            }
            let properties = child.child("w:trPr");
            if properties.is_some_and(|properties| properties.child("w:del").is_some()) {
                continue;
            }
            let is_heading = properties.and_then(|properties| properties.switch("w:tblHeader")).unwrap_or(false);
            if is_heading && rows.headings == rows.rows.len() {
                rows.headings += 1;
            }
            let before = properties.and_then(|properties| properties.number_of::<usize>("w:gridBefore")).unwrap_or(0);
            let mut cells = Vec::new();
            self.pad(&mut cells, before);
            self.cells(child, &mut cells, &mut rows.ends_page);
            rows.rows.push(cells);
        }
    }

    fn cells(&mut self, element: &Element, cells: &mut Vec<Cell>, ends_page: &mut bool) {
        for child in element.elements() {
            if child.name() != "w:tc" {
                if let Some(inner) = inner(child) {
                    self.cells(inner, cells, ends_page);
                }
                continue;
            }
            let properties = child.child("w:tcPr");
            if properties.is_some_and(|properties| properties.child("w:cellDel").is_some()) {
                continue;
            }
            let pieces = self.read(child);
            *ends_page |= pieces.contains(&Piece::PageEnd);
            cells.push(lines(&pieces).join(&Inline::Break));
            let span = properties.and_then(|properties| properties.number_of::<usize>("w:gridSpan")).unwrap_or(1);
            self.pad(cells, span.saturating_sub(1));
        }
    }

    /// Adds empty cells to a row, as far as a row may reach and there is room.
    fn pad(&self, cells: &mut Vec<Cell>, count: usize) {
        let room = &self.context.room;
        let count = count.min(MOST_COLUMNS.saturating_sub(cells.len())).min(room.get());
        room.set(room.get() - count);
        cells.extend((0..count).map(|_| Cell::new()));
    }
}

/// The words of a cell, a line each; what stood in a table in it too.
fn lines(pieces: &[Piece]) -> Vec<Cell> {
    let of_piece = |piece: &Piece| match piece {
        Piece::Line(line) => vec![line.in_cell()],
        Piece::Table(table) => table.rows.iter().flatten().filter(|cell| !cell.is_empty()).cloned().collect(),
        Piece::PageEnd => Vec::new(),
    };
    pieces.iter().flat_map(of_piece).collect()
}

/// Headings are bold because they are headings: those of columns, or where there are none, the first cells of several.
fn drop_bold_of_headings(table: &mut Table) {
    if table.header_rows > 0 {
        table.rows.iter_mut().take(table.header_rows).flatten().for_each(unembolden);
    } else {
        table.rows.iter_mut().filter(|row| row.len() > 1).filter_map(|row| row.first_mut()).for_each(unembolden);
    }
}
