//! Paragraphs and tables with what becomes of them: what stays, goes, comes or moves, and who says so.

use jiff::civil::Date;

use super::flow::{Flow, Paragraph, Piece, Table};

/// A paragraph or table, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Paragraph(MarkedParagraph),
    Table(Table, Mark),
}

/// A paragraph, and what becomes of each of its pieces and of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct MarkedParagraph {
    /// Its layout; its own pieces are not looked at.
    pub(super) layout: Paragraph,
    /// The layout it had before, where that was another.
    pub(super) before: Option<Paragraph>,
    /// Its pieces, in order.
    pub(super) pieces: Vec<(Mark, Piece)>,
    /// What becomes of the paragraph as such, by its mark at the end.
    pub(super) mark: Mark,
    /// What is remarked on it.
    pub(super) comments: Vec<String>,
}

/// What becomes of something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Mark {
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

impl Author {
    /// The attributes that name the author.
    pub(super) fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("w:author", self.name.clone()), ("w:date", format!("{}T00:00:00Z", self.date))]
    }
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
