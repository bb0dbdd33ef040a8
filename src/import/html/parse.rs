//! The text of a page → its elements, unless there are more of them than in any document.

use std::cell::Cell;
use std::collections::HashMap;

use html5ever::driver::{ParseOpts, Parser, parse_document, parse_fragment};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use super::{DEEPEST, beyond, too_deep};
use crate::import::Unreadable;

/// The most elements, texts and comments of a page. A thousand printed pages have some 50,000.
const MOST_NODES: usize = 400_000;

/// How many empty cells are made for the columns and rows that cells reach over: one may ask for thousands.
const MOST_EMPTY_CELLS: usize = 200_000;

/// How often the parser may hold one attribute against another: it does so with all of a tag.
const MOST_PAIRS: u64 = 100_000_000;

/// How much is parsed before anybody looks what has become of it, in bytes.
const STRETCH: usize = 4096;

/// Elements without an end.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next one of their kind ends.
const SELF_ENDING: [&str; 28] = [
    "a", "body", "button", "colgroup", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "head", "html", "li", "nobr",
    "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr", "rb",
];

/// What there is still room for in a page, what is read of it by itself included.
pub(super) struct Room {
    nodes: Cell<usize>,
    /// Empty cells, in the places that others reach over.
    pub(super) cells: Cell<usize>,
}

impl Default for Room {
    fn default() -> Self {
        Self { nodes: Cell::new(MOST_NODES), cells: Cell::new(MOST_EMPTY_CELLS) }
    }
}

/// The elements of a page.
///
/// # Errors
/// If there are too many of them, or they are nested too deeply, or have too many attributes.
pub(super) fn document(text: &str, room: &Room) -> Result<Html, Unreadable> {
    parsed(text, parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default()), room)
}

/// The elements of a part of a page that the parser took for text.
///
/// # Errors
/// The same.
pub(super) fn fragment(text: &str, room: &Room) -> Result<Html, Unreadable> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let sink = HtmlTreeSink::new(Html::new_fragment());
    parsed(text, parse_fragment(sink, ParseOpts::default(), body, Vec::new(), false), room)
}

fn parsed(text: &str, mut parser: Parser<HtmlTreeSink>, room: &Room) -> Result<Html, Unreadable> {
    if is_too_deep(text) {
        return Err(too_deep());
    }
    if pairs(text) > MOST_PAIRS {
        return Err(beyond("the tags of this page have more attributes than any page needs"));
    }
    let mut rest = text;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.floor_char_boundary(STRETCH));
        parser.process(StrTendril::from(now));
        rest = later;
        look(&parser, room)?;
    }
    let page = parser.finish();
    room.nodes.set(room.nodes.get().saturating_sub(page.tree.nodes().len()));
    Ok(page)
}

/// Looks whether what there is already is too much. The parser makes elements by itself, too: whatever is left open in one
/// paragraph it opens again in all that follow.
fn look(parser: &Parser<HtmlTreeSink>, room: &Room) -> Result<(), Unreadable> {
    let page = parser.tokenizer.sink.sink.0.borrow();
    let mut nodes = page.tree.nodes();
    if nodes.len() > room.nodes.get() {
        return Err(beyond(format!("this page has more than {MOST_NODES} elements")));
    }
    let depth = nodes.next_back().map_or(0, |newest| newest.ancestors().count());
    // All that is new may be nested.
    if depth > DEEPEST + STRETCH { Err(too_deep()) } else { Ok(()) }
}

/// How many pairs of attributes the tags of a page have.
fn pairs(text: &str) -> u64 {
    let mut pairs = 0;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (count, end) = attributes(rest);
            pairs += count * count / 2;
            rest = &rest[end..];
        }
    }
    pairs
}

/// How many attributes the tag that begins there has, at the most, and where it ends. Only behind an equals sign is a quotation
/// mark one.
fn attributes(tag: &str) -> (u64, usize) {
    let mut count = 0;
    let mut quote = None;
    let mut last = ' ';
    for (at, letter) in tag.char_indices() {
        match quote {
            Some(open) if letter == open => {
                quote = None;
                count += 1;
            }
            Some(_) => continue,
            None if letter == '>' => return (count, at),
            None if matches!(letter, '"' | '\'') && last == '=' => quote = Some(letter),
            None if letter.is_ascii_whitespace() || letter == '/' => count += 1,
            None => {}
        }
        if !letter.is_ascii_whitespace() {
            last = letter;
        }
    }
    (count, tag.len())
}

/// Whether the tags of a page open more elements than they close, by more than there may be inside each other. This is asked before
/// the page is parsed, because that takes as long as the square of the depth.
fn is_too_deep(text: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (closes, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<')).unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || VOID.contains(&name.as_str())
            || SELF_ENDING.contains(&name.as_str())
        {
            continue;
        }
        let is_drawn = ["svg", "math"].iter().any(|drawing| open.get(*drawing).is_some_and(|count| *count > 0));
        if is_drawn && tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            continue;
        }
        if matches!(name.as_str(), "script" | "style") {
            continue;
        }
        let count = open.entry(name).or_default();
        if !closes {
            *count += 1;
            depth += 1;
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}
