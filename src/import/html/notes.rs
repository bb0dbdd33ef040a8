//! Footnotes of web pages: what refers to one, and where they stand, as Word, LibreOffice, pandoc and the makers of sites write them.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::element::has_class;
use crate::import::pattern::pattern;

/// What the names of notes begin with.
const NAMES: [&str; 7] = ["ftn", "edn", "fn", "footnote", "endnote", "sdfootnote", "sdendnote"];

/// What the names of places have in them that refer to one.
const REFERRING_NAMES: [&str; 3] = ["ref", "anc", "back"];

/// Classes of what refers to a note, and of what holds notes.
const REFERRING: [&str; 5] = ["footnote-ref", "footnote-reference", "footnote_ref", "footnoteref", "noteref"];
const HOLDING: [&str; 5] = ["footnotes", "endnotes", "footnote", "endnote", "footnote-text"];

/// The number of a note, in figures, in roman numerals, or a letter.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[0-9]{1,3}|[ivx]{1,5}|[a-z])$"));

/// Whether a place in a page is called as a note is, and not as the place that refers to it.
fn names_a_note(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let bare = name.trim_start_matches("user-content-").trim_start_matches('_');
    NAMES.iter().any(|begin| bare.starts_with(begin))
        && bare.contains(|c: char| c.is_ascii_digit())
        && !REFERRING_NAMES.iter().any(|refers| bare.contains(refers))
}

fn has_role(element: &ElementRef<'_>, roles: &[&str]) -> bool {
    element.attr("role").is_some_and(|role| roles.contains(&role))
}

/// The place in the page that a link leads to.
fn leads_to<'a>(element: &ElementRef<'a>) -> Option<&'a str> {
    element.attr("href")?.trim().strip_prefix('#').filter(|name| !name.is_empty())
}

/// The number of a note, without its brackets.
fn number(element: &ElementRef<'_>) -> Option<String> {
    let text: String = element.text().collect();
    let number = text.trim().trim_matches(['[', ']', '(', ')']).trim();
    NUMBER.is_match(number).then(|| number.to_owned())
}

/// The number of the note that an element refers to, if it does nothing else.
pub(super) fn reference(element: &ElementRef<'_>) -> Option<String> {
    let link = match element.value().name() {
        "a" => *element,
        "sup" | "span" => {
            let mut inside = element.child_elements();
            inside.next().filter(|inner| inner.value().name() == "a" && inside.next().is_none())?
        }
        _ => return None,
    };
    let refers = has_role(&link, &["doc-noteref"])
        || REFERRING.iter().any(|class| has_class(&link, class))
        || leads_to(&link).is_some_and(names_a_note);
    number(element).filter(|_| refers)
}

/// Whether a block is a note, or holds notes.
pub(super) fn is_note(element: &ElementRef<'_>) -> bool {
    has_role(element, &["doc-endnotes", "doc-endnote", "doc-footnote", "doc-footnotes"])
        || HOLDING.iter().any(|class| has_class(element, class))
        || matches!(element.value().name(), "div" | "li" | "p" | "aside" | "dd")
            && element.attr("id").is_some_and(names_a_note)
}

/// What a link in a note is that leads back to the text.
pub(super) enum Back {
    /// The number of the note.
    Number(String),
    /// A sign to follow, and no word.
    Sign,
}

/// What an element in a note is, if it leads back.
pub(super) fn back(element: &ElementRef<'_>) -> Option<Back> {
    let place = leads_to(element).filter(|_| element.value().name() == "a")?;
    if let Some(number) = number(element) {
        // Others lead elsewhere: “<a href="#1972">1972</a> is the Act.”
        let own = ["id", "name"].iter().any(|name| element.attr(name).is_some_and(names_a_note));
        let refers = REFERRING_NAMES.iter().any(|refers| place.contains(refers));
        return (own || refers).then_some(Back::Number(number));
    }
    (!element.text().any(|text| text.contains(char::is_alphanumeric))).then_some(Back::Sign)
}
