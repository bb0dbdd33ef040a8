//! What a piece of either side is made of.

use serde::Serialize;

/// A line, a table or a place to sign, of texts of some kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content<T> {
    /// A paragraph, or one printed line of it.
    Line {
        /// Whether it has a bullet.
        bullet: bool,
        /// The number or label before the words, where that is known apart from them.
        label: Option<T>,
        /// The words.
        words: T,
    },
    /// A table.
    Table {
        /// The words over it.
        caption: Option<T>,
        /// Its heading rows.
        header: Vec<Vec<T>>,
        /// Its other rows.
        rows: Vec<Vec<T>>,
    },
    /// A place to sign.
    Signature {
        /// What stands before the place for the name.
        signed: T,
        /// What stands before the place for the date.
        date: T,
        /// Who signs.
        who: T,
    },
    /// A page ends.
    PageEnd {
        /// Its number, from 1.
        number: usize,
    },
}

impl<T> Content<T> {
    /// Its texts in the order in which they are read.
    pub(super) fn texts(&self) -> Vec<&T> {
        match self {
            Self::Line { label, words, .. } => label.iter().chain([words]).collect(),
            Self::Table { caption, header, rows } => {
                caption.iter().chain(header.iter().flatten()).chain(rows.iter().flatten()).collect()
            }
            Self::Signature { signed, date, who } => vec![signed, date, who],
            Self::PageEnd { .. } => vec![],
        }
    }

    /// The same with other texts, which are made in the order in which they are read.
    pub(super) fn map<U>(&self, mut make: impl FnMut(&T) -> U) -> Content<U> {
        match self {
            Self::Line { bullet, label, words } => {
                let label = label.as_ref().map(&mut make);
                Content::Line { bullet: *bullet, label, words: make(words) }
            }
            Self::Table { caption, header, rows } => {
                let caption = caption.as_ref().map(&mut make);
                let mut cells = |rows: &Vec<Vec<T>>| -> Vec<Vec<U>> {
                    rows.iter().map(|row| row.iter().map(&mut make).collect()).collect()
                };
                let header = cells(header);
                Content::Table { caption, header, rows: cells(rows) }
            }
            Self::Signature { signed, date, who } => {
                Content::Signature { signed: make(signed), date: make(date), who: make(who) }
            }
            Self::PageEnd { number } => Content::PageEnd { number: *number },
        }
    }
}
