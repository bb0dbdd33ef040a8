//! Finds the stretch of a TOML file that a place means.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use regex::Regex;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{Place, Step};
use crate::source::Source;

/// A parsed file, ready to find places in. Parse once for all the findings of a file.
#[derive(Debug)]
pub(crate) struct Locator<'a> {
    text: &'a str,
    table: Spanned<DeTable<'a>>,
    /// The patterns of words looked for so far: the same few are, over and over.
    patterns: RefCell<HashMap<String, Option<Regex>>>,
}

impl<'a> Locator<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        let (table, _) = DeTable::parse_recoverable(&source.text);
        Self { text: &source.text, table, patterns: RefCell::default() }
    }

    /// The bytes that `place` means: the words if they are there, else the value, else what holds it.
    pub(crate) fn find(&self, place: &Place) -> Range<usize> {
        let value = self.value(&place.steps);
        let Some((words, nth)) = &place.words else {
            return value;
        };
        let raw = self.text.get(value.clone()).unwrap_or_default();
        let mut patterns = self.patterns.borrow_mut();
        let pattern = patterns.entry(words.clone()).or_insert_with(|| as_typed(words));
        let found = pattern.as_ref().and_then(|pattern| pattern.find_iter(raw).nth(*nth).map(|m| m.range()));
        found.map_or(value.clone(), |at| value.start + at.start..value.start + at.end)
    }

    /// The keys of the table that should hold the last step of `place`, each with its stretch and its value's.
    pub(crate) fn keys_beside(&self, place: &Place) -> Vec<(&str, Range<usize>, Range<usize>)> {
        let above = place.steps.split_last().map_or(&[][..], |(_, above)| above);
        let table = match self.walk(above) {
            (0, _) if above.is_empty() => Some(self.table.get_ref()),
            (walked, Some(value)) if walked == above.len() => value.get_ref().as_table(),
            _ => None,
        };
        let entries = table.into_iter().flat_map(|table| table.iter());
        entries.map(|(key, value)| (key.get_ref().as_ref(), key.span(), value.span())).collect()
    }

    fn value(&self, steps: &[Step]) -> Range<usize> {
        self.walk(steps).1.map_or(0..0, Spanned::span)
    }

    /// Walks down as far as the file goes: how many steps, and the value there.
    fn walk(&self, steps: &[Step]) -> (usize, Option<&Spanned<DeValue<'a>>>) {
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for (at, step) in steps.iter().enumerate() {
            let next = match (step, value.map(Spanned::get_ref)) {
                (Step::Key(key), None) if at == 0 => self.table.get_ref().get(*key),
                (Step::Key(key), Some(DeValue::Table(table))) => table.get(*key),
                (Step::Index(index), Some(DeValue::Array(list))) => list.get(*index),
                _ => None,
            };
            let Some(next) = next else { return (at, value) };
            value = Some(next);
        }
        (steps.len(), value)
    }
}

/// The stretch of the source that `place` means; the start of the file if it is not there.
pub fn locate(source: &Source, place: &Place) -> Range<usize> {
    Locator::new(source).find(place)
}

/// A pattern for words as they may be typed: with backslashes before punctuation, broken over lines.
fn as_typed(words: &str) -> Option<Regex> {
    let mut pattern = String::new();
    let mut in_space = false;
    for c in words.chars() {
        if c.is_whitespace() {
            if !in_space {
                pattern.push_str(r"\s+");
            }
            in_space = true;
            continue;
        }
        in_space = false;
        if c.is_ascii_punctuation() {
            pattern.push_str(r"\\{0,2}");
        }
        pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
    }
    Regex::new(&pattern).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(toml: &str, place: Place) -> String {
        let source = Source::new("a.toml", toml);
        source.text[locate(&source, &place)].to_owned()
    }

    #[test]
    fn values_and_words_are_found() {
        let toml = "title = \"T\"\n[[section]]\n[[section.clause]]\ntext = \"one \\\"two\\\"\\nthree two\"\n";
        assert_eq!(found(toml, Place::key("title")), "\"T\"");
        let text = || Place::clause(0, 0).then("text");
        assert_eq!(found(toml, text().words("\"two\"")), "\\\"two\\\"");
        assert_eq!(found(toml, text().nth_words("two", 1)), "two");
        assert!(found(toml, text().words("absent")).starts_with("\"one"));
    }

    #[test]
    fn what_is_missing_is_found_at_what_should_hold_it() {
        let toml = "[[section]]\nheading = \"H\"\n";
        assert_eq!(found(toml, Place::section(0).then("number")), "[[section]]");
        assert_eq!(found(toml, Place::key("title")), "");
    }
}
