//! Patterns that are written in the source.

use regex::Regex;

/// A constant pattern.
#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by every test that imports")]
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}
