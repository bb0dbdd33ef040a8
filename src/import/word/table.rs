//! Tables, a text for each cell.

use super::body::{Story, end_page, inner, lines};
use super::xml::Element;
use crate::import::{Piece, Place, Table};

/// The most columns of a table that Word has.
const MOST_COLUMNS: usize = 63;

/// The rows of a table.
#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Vec<String>>,
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
            pieces.push(Piece::Table(Table { caption: None, header_rows: rows.headings, rows: rows.rows, place }));
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
            let mut cells = vec![String::new(); before.min(MOST_COLUMNS)];
            self.cells(child, &mut cells, &mut rows.ends_page);
            rows.rows.push(cells);
        }
    }

    fn cells(&mut self, element: &Element, cells: &mut Vec<String>, ends_page: &mut bool) {
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
            cells.push(lines(&pieces).join("\n"));
            let span = properties.and_then(|properties| properties.number_of::<usize>("w:gridSpan")).unwrap_or(1);
            cells.extend((1..span.min(MOST_COLUMNS)).map(|_| String::new()));
        }
    }
}
