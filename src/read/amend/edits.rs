//! Changes to a text, each at its place; whatever none of them touches stays as it is.

use std::collections::BTreeMap;
use std::ops::Range;

/// The text of a file and what is to be changed in it.
///
/// The text ends with a line break here, also that of a file that does not.
#[derive(Debug)]
pub(super) struct Edits<'a> {
    text: &'a str,
    /// Where the lines end that hold a key or a header, in order: what looks like a comment before that may be part of a value.
    held: Vec<usize>,
    changes: Vec<(Range<usize>, String)>,
    /// New tables, by where they go: those of one place stand in a row, a blank line between.
    tables: BTreeMap<usize, Vec<String>>,
}

impl<'a> Edits<'a> {
    /// No changes yet. `held` is where keys, values and headers end.
    pub(super) fn new(text: &'a str, held: impl IntoIterator<Item = usize>) -> Self {
        let mut edits = Self { text, held: Vec::new(), changes: Vec::new(), tables: BTreeMap::new() };
        edits.held = held.into_iter().map(|end| edits.line_end(end)).collect();
        edits.held.sort_unstable();
        edits
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn replace(&mut self, stretch: Range<usize>, with: impl Into<String>) {
        self.changes.push((stretch, with.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    pub(super) fn delete(&mut self, stretch: Range<usize>) {
        self.replace(stretch, "");
    }

    /// A table between two lines of the file, a blank line before and after it. `at` is where a line starts.
    pub(super) fn insert_table(&mut self, at: usize, table: String) {
        self.tables.entry(at).or_default().push(table);
    }

    /// Where the line starts that `at` is on.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the line after the one that `at` is on starts.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// The line that starts at `at`, without its ending; none after the last.
    pub(super) fn line(&self, at: usize) -> Option<&'a str> {
        (at < self.text.len()).then(|| self.text[at..self.line_end(at)].trim_end_matches(['\r', '\n']))
    }

    /// What the line that `at` is on is indented by.
    pub(super) fn indent(&self, at: usize) -> &'a str {
        let line = &self.text[self.line_start(at)..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// Where the line before the one starting at `at` starts.
    pub(super) fn line_before(&self, at: usize) -> Option<usize> {
        (at > 0).then(|| self.line_start(at - 1))
    }

    /// Where the comments start that stand directly above the line that `at` is on.
    pub(super) fn comments_above(&self, at: usize) -> usize {
        let mut start = self.line_start(at);
        let held = self.held[..self.held.partition_point(|end| *end <= start)].last().copied().unwrap_or_default();
        while let Some(before) = self.line_before(start).filter(|before| *before >= held) {
            if !self.line(before).is_some_and(is_comment) {
                break;
            }
            start = before;
        }
        start
    }

    /// Where the comments end that stand directly below the line before `at`, unless they belong to what follows them.
    pub(super) fn comments_below(&self, at: usize) -> usize {
        let mut end = at;
        while self.line(end).is_some_and(is_comment) {
            end = self.line_end(end);
        }
        if self.line(end).is_none_or(is_blank) { end } else { at }
    }

    /// Whether the last line stays, or is changed on its line only.
    pub(super) fn keep_last_line(&self) -> bool {
        self.changes.iter().all(|(stretch, _)| stretch.is_empty() || stretch.end < self.text.len())
    }

    /// The text as changed; none if two changes are at odds.
    pub(super) fn apply(mut self) -> Option<String> {
        self.place_tables();
        let line_break = line_break(self.text);
        // What is new comes before what was there.
        self.changes.sort_by_key(|(stretch, _)| (stretch.start, stretch.end));
        let (mut changed, mut done) = (String::with_capacity(self.text.len()), 0);
        for (stretch, with) in &self.changes {
            // Two deletions may share a blank line or a comma; of anything else, one of the two would be lost.
            if stretch.start < done && !with.is_empty() {
                return None;
            }
            changed.push_str(self.text.get(done..stretch.start).unwrap_or_default());
            changed.push_str(&with.replace('\n', line_break));
            done = done.max(stretch.end);
        }
        changed.push_str(self.text.get(done..)?);
        Some(changed)
    }

    fn place_tables(&mut self) {
        for (at, tables) in std::mem::take(&mut self.tables) {
            let before = self.line_before(at).and_then(|before| self.line(before));
            let apart = if before.is_none_or(is_blank) { "" } else { "\n" };
            let close = if self.line(at).is_none_or(is_blank) { "" } else { "\n" };
            self.insert(at, format!("{apart}{}{close}", tables.join("\n")));
        }
    }
}

/// The ending that most lines of a text have.
pub(super) fn line_break(text: &str) -> &'static str {
    let (all, long) = (text.matches('\n').count(), text.matches("\r\n").count());
    if long * 2 > all { "\r\n" } else { "\n" }
}

/// Whether a line has nothing on it.
pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line has nothing but a comment on it.
pub(super) fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}
