//! Where one printed line goes on with another: `Vice-` before `Chairman`, `101(1)` before `(a)`.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::Fit;
use super::super::pattern::pattern;
use super::dates::dates;

/// The hyphens, of which typewriters have one; the others are U+2010 and U+2011, which is not to be broken at.
const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// A reference that ends in a letter or number in brackets, and one that begins with it.
static REFERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\w)])\(\w{1,4}\)$"));
static REFERS_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(\w{1,4}\)"));

/// A sum that is broken behind the comma of its thousands, and the rest of it.
static SUM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[(“]?[£€$]\d{1,3}(?:,\d{3})*,$"));
static SUM_ON: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{3}\b"));

/// What stands between the words of two lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Space,
    /// The line is broken behind a sign inside a word.
    Nothing,
    /// It is broken behind a hyphen.
    Hyphen,
    /// The hyphen is there because the line is broken: the whole word, in lower case, stands elsewhere without it.
    WithoutHyphen(String),
}

/// Whether the last word of a line goes on behind a hyphen.
pub(super) fn ends_in_a_hyphen(text: &str) -> bool {
    text.strip_suffix(HYPHENS).is_some_and(|word| word.ends_with(char::is_alphanumeric))
}

/// What stands between a line and the next; `words` are those of the document, in lower case.
pub(super) fn between(before: &str, next: &str, fit: Option<Fit>, words: &HashSet<String>) -> Joint {
    let end = before.rsplit(' ').next().unwrap_or_default();
    if end.ends_with(HYPHENS) && end.chars().count() > 1 && next.starts_with(char::is_alphanumeric) {
        let rest = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        // “pre- / and post-match”, and not “day- / to-day”
        let first = next.split(' ').next().unwrap_or_default();
        if ["and", "or", "to"].contains(&rest) && !first.contains(HYPHENS) {
            return Joint::Space;
        }
        let whole = format!("{}{rest}", end.trim_end_matches(HYPHENS)).to_lowercase();
        return if words.contains(&whole) { Joint::WithoutHyphen(whole) } else { Joint::Hyphen };
    }
    if is_one_word(end, next, fit) { Joint::Nothing } else { Joint::Space }
}

/// Whether a date begins in one line and ends in the other.
pub(super) fn are_one_date(before: &str, next: &str) -> bool {
    let joined = format!("{before} {next}");
    next.starts_with(|c: char| c.is_ascii_digit()) && dates(&joined).iter().any(|date| date.at.contains(&before.len()))
}

/// Whether the last word of a line, behind a sign at which lines are broken, goes on with the next line. Where the file sets spaces
/// behind its lines, it tells: what has none has none.
fn is_one_word(end: &str, next: &str, fit: Option<Fit>) -> bool {
    if end.chars().count() < 2 {
        return false;
    }
    if SUM.is_match(end) && SUM_ON.is_match(next) {
        return true;
    }
    match fit.and_then(|fit| fit.spaced) {
        Some(spaced) => !spaced && (end.ends_with('/') || end.ends_with(')') && next.starts_with('(')),
        None if end.ends_with('/') => next.starts_with(char::is_alphanumeric),
        None => REFERS.is_match(end) && REFERS_ON.is_match(next),
    }
}
