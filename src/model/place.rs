//! Where in a source something stands, without knowing the file.

use std::fmt;

/// One step from the top of a source file towards a value: a key, or an element of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key.
    Key(&'static str),
    /// The n-th element of a list, from 0.
    Index(usize),
}

/// The path to a value in a source file, such as `section[1].clause[3].text`, and the words meant in it.
///
/// A place is what a check knows of a fault; the reader of the file turns it into line and column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// From the top of the file.
    pub steps: Vec<Step>,
    /// The words meant, and which of their occurrences in the value (from 0); without it, the whole value.
    pub words: Option<(String, usize)>,
}

impl Place {
    /// The file as a whole.
    pub fn file() -> Self {
        Self::default()
    }

    /// The value of `key` at the top of the file.
    pub fn key(key: &'static str) -> Self {
        Self::default().then(key)
    }

    /// The n-th section, from 0.
    pub fn section(section: usize) -> Self {
        Self::key("section").nth(section)
    }

    /// A clause by its section and its place in it, both from 0.
    pub fn clause(section: usize, clause: usize) -> Self {
        Self::section(section).then("clause").nth(clause)
    }

    /// The value of `key` in the table at this place.
    #[must_use]
    pub fn then(mut self, key: &'static str) -> Self {
        self.steps.push(Step::Key(key));
        self
    }

    /// The n-th element of the list at this place, from 0.
    #[must_use]
    pub fn nth(mut self, index: usize) -> Self {
        self.steps.push(Step::Index(index));
        self
    }

    /// The first occurrence of these words in the value at this place.
    #[must_use]
    pub fn words(self, words: impl Into<String>) -> Self {
        self.nth_words(words, 0)
    }

    /// The n-th occurrence of these words, from 0.
    #[must_use]
    pub fn nth_words(mut self, words: impl Into<String>, nth: usize) -> Self {
        self.words = Some((words.into(), nth));
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
