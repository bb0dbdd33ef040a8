//! Tables in the text: those that are tables, and those that only lay words out.

use crate::model::{self, Cell, Inline};

use super::super::manuscript::{Line, Marker, Remark, Table, text_of};
use super::super::text::bullet;
use super::content::merged;
use super::label::Label;
use super::paragraphs::{Paragraph, begin};

/// The paragraphs that a table stands for: itself as one of them, or its words. A caption is a paragraph before it.
pub(super) fn paragraphs(table: Table, doubts: &mut Vec<Remark>) -> Vec<Paragraph> {
    let (apart, whole, place) = (true, true, table.place);
    let paragraph = || Paragraph { apart, whole, place, ..Paragraph::default() };
    let caption = table.caption.as_ref().map(|caption| vec![Inline::words(caption)]);
    let mut paragraphs = Vec::from_iter(caption.map(|content| Paragraph { content, ..paragraph() }));
    if table.rows.iter().flatten().all(Vec::is_empty) {
        return paragraphs;
    }
    if lays_out(&table) {
        let what = "a table that only lays words out became paragraphs".to_owned();
        doubts.push(Remark { what, place: Some(table.place) });
        let lines = table.rows.iter().flat_map(|row| lines(row, &table));
        paragraphs.extend(lines.map(|line| begin(&line, None)));
        return paragraphs;
    }
    if table.header_rows > 1 {
        let what = format!("a table has {} rows of headings; the first was taken for them", table.header_rows);
        doubts.push(Remark { what, place: Some(table.place) });
    }
    paragraphs.push(Paragraph { table: Some(squared(table)), ..paragraph() });
    paragraphs
}

/// A table with as many cells in each row, and neighbouring words as one.
fn squared(table: Table) -> model::Table {
    let Table { header_rows, mut rows, .. } = table;
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().flatten().for_each(|cell| *cell = merged(std::mem::take(cell)));
    rows.iter_mut().for_each(|row| row.resize(columns, Cell::new()));
    let rest = rows.split_off(header_rows.min(1));
    let header = rows.pop().filter(|header| header.iter().any(|cell| !cell.is_empty()));
    model::Table { header: header.unwrap_or_default(), rows: rest }
}

/// Whether a table is none: it has one column, or puts numbers and bullets beside words.
fn lays_out(table: &Table) -> bool {
    let filled = |row: &Vec<Cell>| -> Vec<Cell> { row.iter().filter(|cell| !cell.is_empty()).cloned().collect() };
    let labels = |row: &Vec<Cell>| matches!(&filled(row)[..], [label, _] if marker(label).is_some());
    let one_column = table.rows.iter().all(|row| row.len() <= 1);
    let beside = || table.rows.iter().all(|row| filled(row).len() <= 1 || labels(row)) && table.rows.iter().any(labels);
    table.header_rows == 0 && (one_column || beside())
}

/// The number, label or bullet that a cell holds and nothing else.
fn marker(cell: &Cell) -> Option<Marker> {
    let text = text_of(cell);
    if bullet(&format!("{text} ")).is_some_and(|rest| rest.trim().is_empty()) {
        return Some(Marker::Bullet);
    }
    Label::parse(&text).map(|_| Marker::Label(text))
}

/// The lines of a row of a table that lays words out.
fn lines(row: &[Cell], table: &Table) -> Vec<Line> {
    let mut cells: Vec<&Cell> = row.iter().filter(|cell| !cell.is_empty()).collect();
    let mut label = cells.first().filter(|_| cells.len() > 1).and_then(|cell| marker(cell));
    if label.is_some() {
        cells.remove(0);
    }
    let parts = cells.into_iter().flat_map(|cell| cell.split(|part| *part == Inline::Break));
    let of_part = |part: &[Inline]| match part {
        [Inline::Strong { content }] => Line { content: content.clone(), bold: true, ..line(table) },
        content => Line { content: content.to_vec(), ..line(table) },
    };
    parts.filter(|part| !part.is_empty()).map(|part| Line { marker: label.take(), ..of_part(part) }).collect()
}

fn line(table: &Table) -> Line {
    Line { whole: true, apart: true, place: table.place, ..Line::default() }
}
