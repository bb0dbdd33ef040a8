//! Which paragraphs head what follows them.

use crate::model::PartialDate;

use super::back::has_place_to_write;
use super::dates::dates;
use super::facts::is_about_dates;
use super::label::{Kind, Label};
use super::paragraphs::Paragraph;
use super::sentences::ends_a_sentence;

/// A heading has no more words than this.
const LONGEST_HEADING: usize = 16;

/// One without a number and not bold has no more.
const LONGEST_PLAIN: usize = 10;

/// A sentence without its full stop has at least so many words.
const SHORTEST_SENTENCE: usize = 6;

/// One with it behind `Stage 1` has: `Stage 1: The first letter.` says nothing.
const SHORTEST_SAYING: usize = 5;

/// The first clause of a section comes within so many paragraphs.
const FEW: usize = 12;

/// Words that say something of what stands before them, and those that may stand before them in a heading.
const SAYING: [&str; 8] = ["must", "shall", "will", "should", "may", "can", "is", "are"];
const ASKING: [&str; 7] = ["what", "how", "when", "who", "where", "why", "which"];

/// Words of which a lead-in has some, and a heading seldom one.
const LEADING_IN: [&str; 26] = [
    "are",
    "is",
    "must",
    "shall",
    "will",
    "may",
    "should",
    "following",
    "include",
    "includes",
    "including",
    "as",
    "that",
    "these",
    "which",
    "can",
    "if",
    "when",
    "either",
    "each",
    "both",
    "two",
    "three",
    "four",
    "cases",
    "circumstances",
];

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

pub(super) fn in_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// For each paragraph, whether it is a number and the heading of a section, as `4. Something`. Where most numbers of its form are
/// clauses, those that could be either are too.
pub(super) fn heads(paragraphs: &[Paragraph]) -> Vec<bool> {
    let in_lists = in_lists(paragraphs);
    let of = |(at, paragraph): (usize, &Paragraph)| match in_lists[at] {
        true => (Heads::Unnumbered, String::new()),
        false => (Heads::of(paragraph, &paragraphs[at + 1..]), form(paragraph)),
    };
    let seen: Vec<(Heads, String)> = paragraphs.iter().enumerate().map(of).collect();
    let either = |form: &String| {
        let count = |wanted: Heads| seen.iter().filter(|(heads, own)| *heads == wanted && own == form).count();
        count(Heads::Surely) + count(Heads::Perhaps) >= count(Heads::Not)
    };
    let head = |(heads, form): &(Heads, String)| *heads == Heads::Surely || *heads == Heads::Perhaps && either(form);
    seen.iter().map(head).collect()
}

/// For each paragraph, whether it counts in a list that a lead-in announces: `The stages are:`, `1. …`, `2. …`. The first numbers of a
/// document are those of its sections.
pub(super) fn in_lists(paragraphs: &[Paragraph]) -> Vec<bool> {
    let number = |paragraph: &Paragraph| match paragraph.label.as_ref().and_then(Label::parts) {
        Some([number]) => Some(*number),
        _ => None,
    };
    let mut listed = vec![false; paragraphs.len()];
    let mut counted = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let Some(own) = number(paragraph) else {
            counted |= paragraph.label.as_ref().and_then(Label::parts).is_some();
            continue;
        };
        listed[at] = match at.checked_sub(1).map(|above| (above, &paragraphs[above])) {
            Some((above, before)) if own > 1 => {
                listed[above]
                    && number(before) == Some(own - 1)
                    && !begins_anew(paragraph, before, &paragraphs[at + 1..])
            }
            // “2.1 The Council consults:”
            Some((_, before)) => counted && number(before).is_none() && before.text().ends_with([':', '-']),
            None => false,
        };
        counted = true;
    }
    listed
}

/// Whether a number that counts on from a list heads a section after it: it is set otherwise, or has clauses of that number below it and
/// the words of a heading.
fn begins_anew(paragraph: &Paragraph, before: &Paragraph, after: &[Paragraph]) -> bool {
    let text = paragraph.text();
    let own = paragraph.label.as_ref().and_then(Label::parts).and_then(|parts| parts.first());
    let parts = after.iter().take(FEW).find_map(|next| next.label.as_ref().and_then(Label::parts));
    let has_clauses = parts.is_some_and(|next| next.len() > 1 && next.first() == own);
    let entitles = text.starts_with(char::is_uppercase) && !text.ends_with(['.', ';', ',']);
    paragraph.heading.is_some() || paragraph.bold && !before.bold || in_capitals(&text) || has_clauses && entitles
}

/// How a paragraph is numbered: by numbers, by capital letters, by roman numerals, and with which signs.
fn form(paragraph: &Paragraph) -> String {
    let Some(label) = &paragraph.label else { return String::new() };
    let counts = match label.text.chars().find(char::is_ascii_alphanumeric) {
        Some(c) if c.is_ascii_digit() => '1',
        Some(c) if c.is_ascii_uppercase() => 'A',
        _ => 'a',
    };
    format!("{counts}{}", if label.parts().is_some() { String::new() } else { label.form() })
}

/// Whether a paragraph is the heading of a section by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heads {
    Surely,
    Perhaps,
    /// It has such a number, and is a clause.
    Not,
    /// It has none.
    Unnumbered,
}

impl Heads {
    fn of(paragraph: &Paragraph, after: &[Paragraph]) -> Self {
        let Some(label) = &paragraph.label else { return Self::Unnumbered };
        let upper = label.text.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
        // `2.0` heads a section as `2` does, and so may `II.` and `2)`.
        let number = match (label.parts(), &label.kind) {
            (Some([number] | [number, 0]), _) => Some(*number),
            (None, Kind::Item) if upper => None,
            _ => return Self::Unnumbered,
        };
        let text = paragraph.text();
        if paragraph.heading.is_some() {
            return Self::Surely;
        }
        if words(&text) > LONGEST_HEADING || text.is_empty() {
            return Self::Not;
        }
        let parts = |next: &Paragraph| next.label.as_ref().and_then(Label::parts).map(<[u32]>::to_vec);
        let has_children =
            after.iter().take(FEW).find_map(parts).is_some_and(|next| next.len() > 1 && Some(next[0]) == number);
        let ends = text.ends_with(['.', ';', ',', '—', '–', '-']);
        if has_children && !(ends && words(&text) > LONGEST_HEADING / 2) || in_capitals(&text) || paragraph.bold {
            return Self::Surely;
        }
        let listed = |next: &Paragraph| next.bullet || next.label.is_some() || next.table.is_some();
        let leads_in = text.ends_with(':') && after.first().is_some_and(listed);
        let bare = after.first().is_none_or(|next| next.label.as_ref().is_some_and(|next| label.counts_on(next)));
        if ends || leads_in || bare || text.starts_with(|c: char| c.is_lowercase()) { Self::Not } else { Self::Perhaps }
    }
}

/// Whether `2.2 Something` heads what follows, and says nothing itself.
pub(super) fn is_clause_heading(paragraph: &Paragraph, after: &[Paragraph]) -> bool {
    let text = paragraph.text();
    if text.is_empty() || words(&text) > LONGEST_HEADING || text.ends_with(['.', ';', ':', ',', '–', '—', '-']) {
        return false;
    }
    let Some(next) = after.first() else { return paragraph.heading.is_some() };
    if text.ends_with('?') {
        return is_answered(next);
    }
    if paragraph.heading.is_some() {
        return true;
    }
    let own = paragraph.label.as_ref().and_then(Label::parts).unwrap_or(&[]);
    match next.label.as_ref() {
        Some(label) => {
            let below = |parts: &[u32]| parts.len() > own.len() && parts.starts_with(own);
            // “7.3 Call-in” in bold above (a)
            label.parts().map_or(paragraph.bold && !next.bold, below)
        }
        None if next.bullet || words(&text) > 8 => false,
        None => {
            let said = own.len() > 1 && paragraph.apart && next.apart && ends_a_sentence(&next.text());
            words(&next.text()) > LONGEST_HEADING || said
        }
    }
}

/// Whether a paragraph answers the question above it: it is text, and asks nothing.
fn is_answered(next: &Paragraph) -> bool {
    let text = next.text();
    next.table.is_none() && next.label.is_none() && !next.bullet && ends_a_sentence(&text) && !text.ends_with('?')
}

/// Whether words without a number head what follows.
pub(super) fn is_heading(paragraph: &Paragraph, before: Option<&Paragraph>, after: &[Paragraph]) -> bool {
    if paragraph.heading.is_some() {
        return true;
    }
    let text = paragraph.text();
    let Some(next) = after.first() else { return false };
    let longest = if paragraph.bold { LONGEST_HEADING } else { LONGEST_PLAIN };
    // A line of a form heads nothing.
    if has_place_to_write(&text)
        || words(&text) > longest
        || text.is_empty()
        || text.starts_with(|c: char| c.is_lowercase())
        || is_about_dates(&text)
        || dates(&text).iter().any(|found| matches!(found.date, PartialDate::Day(_)))
    {
        return false;
    }
    // “TN33 0AE” is no word.
    let has_word = || {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| word.len() > 2 && !word.contains(|c: char| c.is_ascii_digit()))
    };
    if paragraph.bold || in_capitals(&text) && text.len() > 3 && has_word() {
        return true;
    }
    if let Some(words) = text.strip_suffix(':') {
        let counted = next.label.as_ref().is_some_and(|label| matches!(label.kind, Kind::Decimal(_)));
        let listed = next.text().starts_with(char::is_lowercase) || next.text().ends_with([';', ',']);
        return counted && !listed && !leads_in(words);
    }
    // Among lines without a full stop, a short one heads nothing: they are a list.
    let listed = before.is_some_and(|before| {
        let above = before.text();
        before.table.is_none()
            && before.label.is_none()
            && !before.bullet
            && before.heading.is_none()
            && !ends_a_sentence(&above)
            && !in_capitals(&above)
    });
    let follows = next.label.is_some() || words(&next.text()) > LONGEST_HEADING || ends_a_sentence(&next.text());
    let ended = |before: &Paragraph| ends_a_sentence(&before.text()) || before.bullet || before.content.is_empty();
    let alone = paragraph.apart && next.apart || words(&text) <= 6 && (paragraph.apart || before.is_none_or(ended));
    let ends = if text.ends_with('?') { !is_answered(next) } else { ends_a_sentence(&text) };
    !ends && alone && words(&text) <= 8 && !text.ends_with(',') && follows && !listed && !is_a_sentence(&text)
}

/// Whether a paragraph behind `Stage 1` or `Rule 1` is a clause, and not the heading of what follows. Schedules and parts have headings,
/// whatever these say: `Schedule 1 Interests which members must declare`.
pub(super) fn says_something(paragraph: &Paragraph) -> bool {
    let text = paragraph.text();
    let name = paragraph.label.as_ref().map(|label| label.text.to_lowercase()).unwrap_or_default();
    let counts_clauses = ["stage", "step", "rule"].iter().any(|of| name.starts_with(of));
    let set_as_heading = paragraph.heading.is_some() || paragraph.bold || in_capitals(&text);
    let ends = text.ends_with(['.', ';']) && words(&text) >= SHORTEST_SAYING;
    counts_clauses && !set_as_heading && (ends || is_a_sentence(&text))
}

/// Whether words say something, and name no subject: `The Clerk will acknowledge within 5 working days`.
pub(super) fn is_a_sentence(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let asks = words.first().is_some_and(|first| ASKING.contains(first));
    words.len() >= SHORTEST_SENTENCE && !asks && words.iter().any(|word| SAYING.contains(word))
}

/// Whether words announce a list in the course of a sentence.
fn leads_in(text: &str) -> bool {
    text.split_whitespace().any(|word| LEADING_IN.contains(&word.to_lowercase().as_str()))
}
