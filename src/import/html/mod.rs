//! A web page, a line for each of its paragraphs.

mod css;
mod list;
mod table;
mod walk;

use std::collections::HashMap;

use scraper::{ElementRef, Html};

use super::manuscript::{Manuscript, Unreadable};
use css::StyleSheet;
use walk::{Around, Walker};

/// The largest page, in bytes.
const LARGEST: usize = 32 << 20;

/// Elements are not nested deeper than this in any document.
const DEEPEST: usize = 512;

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

/// Reads a web page. What is around its main part, navigation, banners and the like, is marked as furniture; scripts and styles are
/// left out.
///
/// # Errors
/// If it is too large, or nested too deeply.
pub fn read(text: &str) -> Result<Manuscript, Unreadable> {
    if text.len() > LARGEST {
        let what = format!("this page is larger than {} MB", LARGEST >> 20);
        return Err(Unreadable::new(what, "take out of it what is no text, or divide it"));
    }
    if is_too_deep(text) {
        return Err(too_deep());
    }
    let page = Html::parse_document(text);
    let root = page.root_element();
    let sheet = StyleSheet::parse(&style_sheets(&root));
    let main = Extent::of(&root);
    let mut walker = Walker::new(&sheet, main);
    for part in root.child_elements() {
        match part.value().name() {
            "head" => walker.title(&part),
            _ => {
                let furniture = main != Extent::Body && !main.begins(&part);
                walker.walk(part, Around { furniture, ..Around::default() })?;
            }
        }
    }
    Ok(walker.finish())
}

fn too_deep() -> Unreadable {
    Unreadable::new(
        format!("the elements of this page are nested more than {DEEPEST} deep"),
        "open it in a browser and save it as text",
    )
}

/// Which part of a page is the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The `main`.
    Main,
    /// Each `article`.
    Articles,
    /// Everything but navigation and the like.
    Body,
}

impl Extent {
    fn of(root: &ElementRef<'_>) -> Self {
        let holds = |main: Self| root.descendent_elements().any(|element| main.begins(&element) && has_words(&element));
        [Self::Main, Self::Articles].into_iter().find(|main| holds(*main)).unwrap_or(Self::Body)
    }

    /// Whether the document begins with this element.
    fn begins(self, element: &ElementRef<'_>) -> bool {
        match self {
            Self::Main => element.value().name() == "main" || element.attr("role") == Some("main"),
            Self::Articles => element.value().name() == "article",
            Self::Body => false,
        }
    }
}

fn has_words(element: &ElementRef<'_>) -> bool {
    element.text().any(|text| !text.trim().is_empty())
}

fn style_sheets(root: &ElementRef<'_>) -> String {
    let sheets = root.descendent_elements().filter(|element| element.value().name() == "style");
    sheets.flat_map(|sheet| sheet.text().chain(["\n"])).collect()
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
