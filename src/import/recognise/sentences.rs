//! Where sentences end, and where they go on.

use super::joints;

/// Words after which no sentence ends.
const NEVER_LAST: [&str; 24] = [
    "a", "an", "and", "any", "at", "be", "by", "for", "from", "in", "into", "its", "may", "must", "of", "on", "or",
    "shall", "should", "that", "the", "their", "to", "with",
];

/// Words that are shortened before the number of what they name.
const SHORTENED: [&str; 14] =
    ["s.", "ss.", "sec.", "para.", "paras.", "cl.", "reg.", "regs.", "art.", "arts.", "sch.", "p.", "pp.", "S.I."];

/// Words before the number of what they name.
const REFERRING: [&str; 29] = [
    "act",
    "appendices",
    "appendix",
    "article",
    "articles",
    "chapter",
    "clause",
    "clauses",
    "item",
    "items",
    "least",
    "most",
    "no",
    "order",
    "orders",
    "paragraph",
    "paragraphs",
    "part",
    "parts",
    "regulation",
    "regulations",
    "rule",
    "rules",
    "schedule",
    "section",
    "sections",
    "see",
    "than",
    "under",
];

/// Whether a sentence goes on behind these words.
pub(super) fn is_open(text: &str) -> bool {
    !ends_a_sentence(text) || joints::ends_in_a_hyphen(text)
}

/// Whether words end in one that a number follows, or in one that ends nothing.
pub(super) fn refers(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default().trim_start_matches(['(', '[', '“']).to_lowercase();
    REFERRING.contains(&last.as_str()) || NEVER_LAST.contains(&last.as_str())
}

/// Whether words break off in the middle of a sentence.
pub(super) fn breaks_off(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    text.split_whitespace().count() > 5 && NEVER_LAST.contains(&last)
}

/// Whether words end where a sentence, an item or a lead-in ends.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    if text.rsplit_once(' ').is_some_and(|(_, last)| SHORTENED.contains(&last)) {
        return false;
    }
    let text = text.trim_end_matches(['"', '”', '’', '\'', ')', '*', ']']);
    text.ends_with(['.', ';', ':', '!', '?', '–', '-'])
}
