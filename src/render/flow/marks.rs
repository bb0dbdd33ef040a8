//! Paragraphs and tables with what becomes of them: what stays, goes, comes or moves, and who says so.

use jiff::civil::Date;

use super::{Flow, Paragraph, Piece, Table};

/// A paragraph or table, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Part {
    Paragraph(MarkedParagraph),
    Table(Table, Mark),
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

impl From<&Flow> for Part {
    fn from(flow: &Flow) -> Self {
        match flow {
            Flow::Table(table) => Self::Table(table.clone(), Mark::Kept),
            Flow::Paragraph(paragraph) => Self::Paragraph(MarkedParagraph {
                layout: paragraph.clone(),
                pieces: paragraph.pieces.iter().map(|piece| (Mark::Kept, piece.clone())).collect(),
                ..MarkedParagraph::default()
            }),
        }
    }
}
