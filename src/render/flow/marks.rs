//! Paragraphs and tables with what becomes of them: what stays, goes, comes or moves, and who says so.

use jiff::civil::Date;

use super::{Flow, Paragraph, Piece, Table};

/// A paragraph or table, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Part {
    Paragraph(MarkedParagraph),
    Table(MarkedTable),
}

/// A paragraph, and what becomes of each of its pieces and of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct MarkedParagraph {
    /// Its layout; its own pieces are not looked at.
    pub(in super::super) layout: Paragraph,
    /// The layout it had before, where that was another.
    pub(in super::super) before: Option<Paragraph>,
    /// Its pieces, in order.
    pub(in super::super) pieces: Vec<(Mark, Piece)>,
    /// What becomes of the paragraph as such, by its mark at the end.
    pub(in super::super) mark: Mark,
    /// What is remarked on it.
    pub(in super::super) comments: Vec<String>,
}

/// A table, and what becomes of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct MarkedTable {
    /// What it is; its own rows are not looked at.
    pub(in super::super) layout: Table,
    /// Its column headings, where it prints any.
    pub(in super::super) header: Option<MarkedRow>,
    pub(in super::super) rows: Vec<MarkedRow>,
    /// What is remarked on it.
    pub(in super::super) comments: Vec<String>,
}

/// A row, and what becomes of it and of the pieces of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct MarkedRow {
    pub(in super::super) mark: Mark,
    pub(in super::super) cells: Vec<Vec<(Mark, Piece)>>,
}

impl MarkedTable {
    /// A table of which the same becomes as a whole.
    pub(in super::super) fn whole(table: &Table, mark: &Mark) -> Self {
        let header = Some(&table.header).filter(|header| !header.is_empty());
        Self {
            layout: table.clone(),
            header: header.map(|cells| MarkedRow::whole(cells, mark)),
            rows: table.rows.iter().map(|cells| MarkedRow::whole(cells, mark)).collect(),
            comments: Vec::new(),
        }
    }
}

impl MarkedRow {
    /// A row of which the same becomes as a whole.
    pub(in super::super) fn whole(cells: &[Vec<Piece>], mark: &Mark) -> Self {
        let cell = |pieces: &Vec<Piece>| pieces.iter().map(|piece| (mark.clone(), piece.clone())).collect();
        Self { mark: mark.clone(), cells: cells.iter().map(cell).collect() }
    }
}

/// What becomes of something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) enum Mark {
    #[default]
    Kept,
    Inserted,
    Deleted,
    /// It goes from here to where the other half of that name is.
    MovedFrom(String),
    /// It comes here.
    MovedTo(String),
}

/// Who makes tracked changes and comments, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name that Word shows.
    pub name: String,
    /// The day.
    pub date: Date,
}

impl Part {
    /// Its pieces, in order.
    pub(in super::super) fn pieces(&self) -> Vec<&(Mark, Piece)> {
        match self {
            Self::Paragraph(paragraph) => paragraph.pieces.iter().collect(),
            Self::Table(table) => {
                table.header.iter().chain(&table.rows).flat_map(|row| row.cells.iter().flatten()).collect()
            }
        }
    }
}

impl From<&Flow> for Part {
    fn from(flow: &Flow) -> Self {
        match flow {
            Flow::Table(table) => Self::Table(MarkedTable::whole(table, &Mark::Kept)),
            Flow::Paragraph(paragraph) => Self::Paragraph(MarkedParagraph {
                layout: paragraph.clone(),
                pieces: paragraph.pieces.iter().map(|piece| (Mark::Kept, piece.clone())).collect(),
                ..MarkedParagraph::default()
            }),
        }
    }
}
