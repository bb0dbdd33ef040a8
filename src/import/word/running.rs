//! A paragraph while its runs are being read.

use std::rc::Rc;

use super::fields::Field;
use super::styles::{Look, WordFormat};
use super::words::Span;
use crate::import::Piece;
use crate::import::text::raised::raised;

/// How deep in fields a link is looked for: Word nests them twenty deep.
const DEEPEST_FIELD: usize = 20;

/// A paragraph as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Running {
    pub(super) spans: Vec<Span>,
    pub(super) fields: Vec<Field>,
    /// What stands in its text boxes.
    pub(super) boxes: Vec<Piece>,
    /// Whether a page ends before its words, and among or after them.
    pub(super) page_before: bool,
    pub(super) page_after: bool,
    /// Whether it has words yet.
    has_words: bool,
    /// Words of it that are not shown.
    pub(super) hidden: String,
}

/// What words get from what is around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    pub(super) style: WordFormat,
    pub(super) link: Option<Rc<str>>,
}

impl Running {
    /// Adds words.
    pub(super) fn push(&mut self, text: &str, look: Look, around: &Around) {
        if look.hidden {
            self.hidden.push_str(text);
            return;
        }
        self.has_words |= !text.trim().is_empty();
        let of_field = self.fields.iter().rev().take(DEEPEST_FIELD).find_map(|field| field.link.clone());
        let link = around.link.clone().or(of_field);
        let before = self.spans.last().map_or("", |span| span.text.as_str());
        let signs = if look.raised { raised(before, text) } else { None };
        let look = Look { raised: false, ..look };
        self.spans.push(Span { text: signs.unwrap_or_else(|| text.to_owned()), look, link });
    }

    /// Part of a field's code.
    pub(super) fn code(&mut self, code: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
            field.code.push_str(code);
        }
    }

    /// A page ends here.
    pub(super) fn page(&mut self) {
        *(if self.has_words { &mut self.page_after } else { &mut self.page_before }) = true;
    }
}
