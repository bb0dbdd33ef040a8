//! Links that serve whoever reads a page on a screen: its contents, the way back to its top, and what shares or prints it.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::element::heading_level;
use crate::import::pattern::pattern;
use crate::import::text::words::Words;

/// What heads the contents of a page, and what leads to its top, has no more letters.
const LONGEST: usize = 60;

static CONTENTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:on this page|in this (?:document|page|policy|section)|(?:page |table of |list of )?contents|(?:jump|skip) to(?: section)?|cynnwys)\W*$",
    )
});
static TOP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:(?:(?:back|go|return|up|scroll) )+(?:to )?(?:the )?)?top(?: of (?:the |this )?page)?\W*$")
});
static SHARES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:share(?: this(?: page)?)?(?: (?:on|via|by|with) [\w-]+)?|tweet(?: this)?|(?:print|e-?mail) this (?:page|document|policy))\W*$",
    )
});
/// Where pages are shared.
const SHARERS: [&str; 7] = [
    "facebook.com/share",
    "twitter.com/share",
    "twitter.com/intent",
    "x.com/intent",
    "linkedin.com/share",
    "api.whatsapp.com/send",
    "window.print",
];

/// Why an element is no part of the document, if such links are all that it is. `headed` says whether a heading below the title has
/// come: contents stand before what they list.
pub(super) fn why(element: &ElementRef<'_>, headed: bool) -> Option<&'static str> {
    const LISTED: &str = "a list of contents";
    match element.value().name() {
        "a" => of_link(element),
        "ul" | "ol" => {
            let titled = || sibling(element, false).is_some_and(|before| is_title(&before));
            ((titled() || !headed && stands_first(element)) && is_of_links(element)).then_some(LISTED)
        }
        name if name == "p" || name == "strong" || heading_level(name).is_some_and(|level| level > 1) => {
            let lists = || sibling(element, true).is_some_and(|after| is_of_links(&after));
            (is_title(element) && lists()).then_some(LISTED)
        }
        _ => None,
    }
}

fn of_link(link: &ElementRef<'_>) -> Option<&'static str> {
    let to = link.attr("href").unwrap_or_default().trim().to_ascii_lowercase();
    let text = short_text(link)?;
    if to.starts_with('#') && TOP.is_match(&text) {
        return Some("leads to the top of the page");
    }
    let shares = SHARERS.iter().any(|sharer| to.contains(sharer)) || to.starts_with("mailto:?");
    (shares || SHARES.is_match(&text) && !to.is_empty()).then_some("shares or prints the page")
}

/// Whether an element is a list all of whose words, of two links or more, lead to places of the page.
fn is_of_links(list: &ElementRef<'_>) -> bool {
    if !matches!(list.value().name(), "ul" | "ol") {
        return false;
    }
    let mut links = 0;
    for node in list.descendants() {
        // A number before a link is that of what it leads to.
        if !node.value().as_text().is_some_and(|text| text.chars().any(char::is_alphabetic)) {
            continue;
        }
        let mut around = node.ancestors().filter_map(ElementRef::wrap).take_while(|above| above.id() != list.id());
        let inside = |above: ElementRef<'_>| {
            above.value().name() == "a" && above.attr("href").is_some_and(|to| to.trim().starts_with('#'))
        };
        if !around.any(inside) {
            return false;
        }
        links += 1;
    }
    links >= 2
}

/// Whether a list comes right below the title, or behind words that do not lead in to it.
fn stands_first(list: &ElementRef<'_>) -> bool {
    let is_of_an_item =
        list.ancestors().filter_map(ElementRef::wrap).any(|above| matches!(above.value().name(), "li" | "td" | "dd"));
    let leads_in = |before: ElementRef<'_>| {
        let text = Words::tidy(&before.text().collect::<String>());
        text.ends_with(':') || text.starts_with(|c: char| c.is_ascii_digit() || c == '(')
    };
    !is_of_an_item && !sibling(list, false).is_some_and(leads_in)
}

fn is_title(element: &ElementRef<'_>) -> bool {
    short_text(element).is_some_and(|text| CONTENTS.is_match(&text))
}

/// The words of an element that has few.
fn short_text(element: &ElementRef<'_>) -> Option<String> {
    let mut text = String::new();
    for part in element.text() {
        text.push_str(part);
        if text.len() > 4 * LONGEST {
            return None;
        }
    }
    Some(Words::tidy(&text)).filter(|text| text.len() <= LONGEST)
}

/// The element right before or behind one.
fn sibling<'a>(element: &ElementRef<'a>, next: bool) -> Option<ElementRef<'a>> {
    match next {
        true => element.next_siblings().find_map(ElementRef::wrap),
        false => element.prev_siblings().find_map(ElementRef::wrap),
    }
}
