//! The printed label of a list item: `a.`, `(iv)`, `2)`.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

/// A list item's label, exactly as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label(String);

/// A number of up to three digits, a single letter, or a roman numeral below forty, closed by a full stop or a bracket.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that reads a list")]
static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:\((?:[0-9]{1,3}|[A-Za-z]|x{0,3}(?:ix|iv|v?i{0,3})|X{0,3}(?:IX|IV|V?I{0,3}))\)|(?:[0-9]{1,9}|[A-Za-z]|x{0,3}(?:ix|iv|v?i{0,3})|X{0,3}(?:IX|IV|V?I{0,3}))[.)])$",
    )
    .unwrap()
});

impl Label {
    /// The label `text` prints, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let named = text.chars().any(|c| c.is_ascii_alphanumeric());
        (named && PATTERN.is_match(text)).then(|| Self(text.to_owned()))
    }

    /// The label at the start of `text`, and the words after it.
    pub fn split(text: &str) -> Option<(Self, &str)> {
        let (first, rest) = text.split_once(' ')?;
        Some((Self::parse(first)?, rest.trim_start_matches(' ')))
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without its brackets and stops: the part of a provision's id that names the item.
    pub fn id(&self) -> String {
        self.0.chars().filter(char::is_ascii_alphanumeric).collect()
    }

    /// The delimiter, if this is a label that CommonMark's own ordered lists print: `1.` or `1)`.
    pub fn ordered_delimiter(&self) -> Option<char> {
        let (digits, delimiter) = self.0.split_at(self.0.len() - 1);
        let digits_only = digits.bytes().all(|b| b.is_ascii_digit());
        digits_only.then(|| delimiter.chars().next()).flatten()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_words() {
        for text in ["a.", "a)", "(a)", "iv.", "(iv)", "A.", "(1)", "12)", "XII."] {
            assert_eq!(Label::parse(text).unwrap().as_str(), text);
        }
        for text in ["a", "(a", "and.", "e.g.", "()", ".", "(xc)", "1.1", "did.", "[a]"] {
            assert!(Label::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn only_arabic_numbers_without_a_bracket_before_them_are_commonmarks_own() {
        let delimiter = |text| Label::parse(text).unwrap().ordered_delimiter();
        assert_eq!(delimiter("1."), Some('.'));
        assert_eq!(delimiter("1)"), Some(')'));
        assert_eq!(delimiter("(1)"), None);
        assert_eq!(delimiter("a."), None);
    }
}
