//! The text of a source file and the name it goes by.

use std::sync::{Arc, OnceLock};

/// One file as it was read: its text, and the path by which messages name it.
///
/// Cheap to clone: the text is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the reader of a message should see it: inside the workspace where there is one, with `/`.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
    /// Where its lines start, once somebody asks.
    line_starts: Arc<OnceLock<Vec<usize>>>,
}

impl Source {
    /// A source of the given name and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), line_starts: Arc::default() }
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts().partition_point(|start| *start <= offset);
        let start = self.line_starts()[line - 1];
        (line, self.text[start..offset].chars().count() + 1)
    }

    fn line_starts(&self) -> &[usize] {
        let starts = || std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.line_starts.get_or_init(starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let source = Source::new("a", "one\nŵ two\n");
        let places: Vec<_> = [0, 3, 4, 6, 11, 99].map(|offset| source.line_column(offset)).into();
        assert_eq!(places, [(1, 1), (1, 4), (2, 1), (2, 2), (3, 1), (3, 1)]);
    }
}
