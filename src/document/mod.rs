//! What is published, as a tree of blocks: headings, clauses, lists, tables.
//!
//! Everything that is published first becomes a [`Document`], so that it comes out alike in every format.

mod agenda;
mod difference;
mod matrix;
mod plan;
mod preview;
mod protocol;
mod register;
mod timeline;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Cell, Edition, Inline};

pub use agenda::{AgendaItem, agenda};
pub use difference::{Wording, changes, columns, difference, filtered, headline, number, summary, told};
pub use matrix::{MatrixCell, MatrixColumn, MatrixMember, MatrixRow, MatrixTable, MatrixTopic, matrix, usual_title};
pub use plan::{PLAN_HEADER, plan, plan_row};
pub use preview::{
    Check, Content, Fact, LeftOut, Look, Original, Preview, Printed, Role, Row, Run, Tag, Verdict, preview,
};
pub use protocol::{document, letterhead};
pub use register::{count, register, shortened};
pub use timeline::{Lane, Tick, Timeline};

/// A document ready to be rendered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// The title.
    pub title: String,
    /// Who publishes it, as far as that is known.
    pub council: Option<Letterhead>,
    /// What it is.
    pub genre: Genre,
    /// The version's name; of what is no version of a protocol, what it is in a few words.
    pub version: String,
    /// The status as a word, `Adopted`; of what is no version of a protocol, its genre.
    pub status: &'static str,
    /// Whether the council has yet to adopt it.
    pub pending: bool,
    /// When something was last done with it, which is as new as what it says can be; the register's own day.
    #[serde(skip)]
    pub dated: Option<Date>,
    /// Its blocks, in the order printed.
    pub blocks: Vec<Block>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Genre {
    /// One version of a protocol.
    Protocol,
    /// Two documents compared.
    Comparison,
    /// What is due for review, what is planned, or wording for an agenda.
    Review,
}

/// The council as a page's head and foot show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// Its name.
    pub name: String,
    /// Its postal address, a line each.
    pub address: Vec<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its web address.
    pub website: Option<String>,
    /// Its logo.
    pub logo: Option<Picture>,
    /// Its colour, `#1d4f91`.
    pub accent: Option<String>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// What it shows, in words.
    pub alt: String,
    /// Its media type, `image/png`.
    pub media_type: &'static str,
    /// Its file's bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// The title.
    Title {
        /// Its words.
        text: String,
    },
    /// Short lines that stand together, such as the adoption and review lines.
    Lines {
        /// What they are.
        role: LinesRole,
        /// One or more.
        lines: Vec<String>,
    },
    /// A heading.
    Heading {
        /// From 2, the title being 1; never more than one deeper than the heading before it.
        level: u8,
        /// The number printed before it.
        number: Option<String>,
        /// Its words; none where only a number is printed.
        text: Option<String>,
        /// What links to it say after `#`.
        anchor: String,
    },
    /// A clause or an unnumbered paragraph.
    Clause {
        /// The number printed before it.
        number: Option<String>,
        /// How deep its number is: 0 for none, 2 for `2.4`.
        depth: u8,
        /// What links to it say after `#`; none where its heading already has the number's anchor.
        anchor: String,
        /// Its id, for the words of a link to it.
        id: String,
        /// Its paragraphs, lists and tables.
        blocks: Vec<Block>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        content: Vec<Inline>,
        /// What links to it say after `#`, where it is a provision of its own.
        anchor: Option<String>,
        /// Its id, where it has an anchor.
        id: Option<String>,
    },
    /// A list.
    List {
        /// Whether its items print labels instead of bullets.
        labelled: bool,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// A table.
    Table {
        /// What links to it say after `#`, where it is a provision of its own.
        anchor: Option<String>,
        /// Its id, where it has an anchor.
        id: Option<String>,
        /// The words over it.
        caption: Option<String>,
        /// Whether it is of a text, so that the text's Markdown has it as a table.
        in_text: bool,
        /// Whether its first column labels its rows.
        labelled: bool,
        /// Its column headings; empty where it prints none.
        header: Vec<Cell>,
        /// Its rows.
        rows: Vec<Vec<Cell>>,
    },
    /// Notes at the end.
    Notes {
        /// Paragraphs, lists and tables.
        blocks: Vec<Block>,
    },
    /// What changed, a row for each change, with a place for the reason.
    Schedule {
        /// What the left side is called.
        left: String,
        /// What the right side is called.
        right: String,
        /// What the empty column at the end is called.
        reason: &'static str,
        /// Its rows.
        rows: Vec<Compared>,
    },
    /// Provisions of two documents side by side, with what changed in their words.
    SideBySide {
        /// What the left side is called.
        left: String,
        /// What the right side is called.
        right: String,
        /// Its rows.
        rows: Vec<Compared>,
    },
    /// What the register says of documents.
    Register {
        /// The words over it.
        caption: String,
        /// A row for each document.
        rows: Vec<Registered>,
    },
    /// When documents were adopted and are due, as a picture; everything in it stands in a [`Block::Register`] too.
    Timeline(Timeline),
    /// Places to sign.
    Signatures {
        /// One for each who signs.
        signatures: Vec<Signatory>,
    },
}

/// What lines that stand together are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinesRole {
    /// The council's name.
    Council,
    /// The status.
    Status,
    /// When it was adopted and is to be reviewed.
    Adoption,
}

/// A list item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListItem {
    /// The label printed instead of a bullet.
    pub label: Option<String>,
    /// What links to it say after `#`.
    pub anchor: Option<String>,
    /// Its id, where it has an anchor.
    pub id: Option<String>,
    /// Its paragraphs, lists and tables.
    pub blocks: Vec<Block>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signatory {
    /// In what capacity.
    pub role: String,
    /// Who, where the document prints it.
    pub name: Option<String>,
}

/// What the register says of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Registered {
    /// The state, `overdue`.
    pub state: &'static str,
    /// The same in words, `Overdue by 540 days`.
    pub word: String,
    /// The document's title.
    pub title: String,
    /// Its council.
    pub council: Option<String>,
    /// The version's address.
    pub address: String,
    /// Where it is published.
    pub link: Option<String>,
    /// When it is due; none where it has no date, or is not in force.
    pub due: Option<String>,
    /// What that follows from, and what is planned, a line each.
    pub notes: Vec<String>,
    /// What was done with it, the last first, a line each.
    pub history: Vec<String>,
}

/// Provisions that correspond, or one without a counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What links to it say after `#`.
    pub anchor: String,
    /// What is true of it, in words, the weightiest first.
    pub kinds: Vec<String>,
    /// Whether that is a change.
    pub changed: bool,
    /// What stands on the left.
    pub left: Option<Column>,
    /// What stands on the right.
    pub right: Option<Column>,
    /// Why it is so classed, a line each.
    pub why: Vec<String>,
}

/// What stands on one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What the provisions are called.
    pub numbers: Vec<String>,
    /// Their words.
    pub words: Vec<Marked>,
}

/// Words and whether they stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// Whether they stay, go or come.
    pub mark: Mark,
    /// The words.
    pub text: String,
}

/// What becomes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// They stay.
    Kept,
    /// They are only on the left.
    Deleted,
    /// They are only on the right.
    Inserted,
}

/// The last day of the last event in a version's history.
fn last_day(edition: &Edition) -> Option<Date> {
    edition.protocol.last_event().map(|event| event.date.last_day())
}

/// A heading without a number, below the title.
fn heading(text: &str, anchor: &str) -> Block {
    Block::Heading { level: 2, number: None, text: Some(text.to_owned()), anchor: anchor.to_owned() }
}

/// A table of facts, whose first column labels its rows.
fn table(caption: Option<String>, header: &[String], rows: &[Vec<String>]) -> Block {
    let cell = |text: &String| if text.is_empty() { Cell::new() } else { vec![Inline::words(text)] };
    let row = |cells: &Vec<String>| cells.iter().map(cell).collect();
    Block::Table {
        anchor: None,
        id: None,
        caption,
        in_text: false,
        labelled: true,
        header: header.iter().map(cell).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

fn paragraph(text: String) -> Block {
    Block::Paragraph { content: vec![Inline::Words { text }], anchor: None, id: None }
}

/// A list of lines, with bullets.
fn list(lines: Vec<String>) -> Block {
    let item = |text| ListItem { label: None, anchor: None, id: None, blocks: vec![paragraph(text)] };
    Block::List { labelled: false, items: lines.into_iter().map(item).collect() }
}
