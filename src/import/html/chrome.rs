//! What is around the pages of a web site, by the names that those who make sites give to it.

use scraper::ElementRef;

use super::element::heading_level;

/// What leads to other pages.
const NAVIGATION: [&str; 13] = [
    "breadcrumb",
    "breadcrumbs",
    "main-menu",
    "main-nav",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "pagination",
    "primary-nav",
    "site-nav",
    "skip-link",
    "skiplink",
];

/// What asks for consent, besides all that has `cookie` in its name.
const CONSENT: [&str; 4] = ["cc-banner", "cc-window", "consent-banner", "gdpr"];

/// What stands above and below every page.
const HEAD_OR_FOOT: [&str; 8] =
    ["footer", "header", "masthead", "page-footer", "site-footer", "site-header", "topbar", "top-bar"];

/// What stands beside the text, or asks what one thinks of it.
const BESIDE: [&str; 11] = [
    "feedback",
    "newsletter",
    "page-feedback",
    "related",
    "related-links",
    "related-pages",
    "share",
    "sidebar",
    "social",
    "social-links",
    "social-media",
];

/// What a part of the name of a class says: that one is to share the page, or to say what one thinks of it.
const OPINIONS: [&str; 5] = ["feedback", "newsletter", "rating", "share", "sharing"];

/// What says when the page was written, and not the document on it.
const OF_THE_PAGE: [&str; 6] = ["entry-meta", "last-updated", "page-updated", "post-date", "post-meta", "posted-on"];

/// Why an element is no part of the document, as far as its name tells; within, none for what is head or foot of the page.
/// `whole` says whether the page does not tell by its elements where the document is, `titles` how many
/// headings of the highest level it has.
pub(super) fn why(element: &ElementRef<'_>, whole: bool, titles: usize) -> Option<Option<&'static str>> {
    let name = element.value().name();
    if name == "button" {
        let apart = !is_of_a_heading(element) && !unfolds(element) && !is_among_words(element);
        return apart.then_some(Some("a button of the page"));
    }
    let searches = name == "search"
        || name == "form"
            && (element.attr("role") == Some("search")
                || element.attr("action").is_some_and(|to| to.to_ascii_lowercase().contains("search")));
    if searches {
        return Some(Some("the search of the site"));
    }
    if heading_level(name).is_some() || matches!(name, "body" | "html" | "main" | "article" | "td" | "th" | "tr") {
        return None;
    }
    let id = element.attr("id").filter(|_| matches!(name, "div" | "ul" | "ol" | "section" | "form"));
    let named: Vec<String> = element.value().classes().chain(id).map(str::to_ascii_lowercase).collect();
    let is = |names: &[&str]| named.iter().any(|name| names.contains(&name.as_str()));
    let of_class = |names: &[&str]| element.value().classes().any(|class| names.contains(&class));
    if is(&NAVIGATION) {
        Some(Some("the navigation of the page"))
    } else if is(&CONSENT) || named.iter().any(|name| name.contains("cookie")) {
        Some(Some("asks for consent to cookies"))
    } else if whole && is(&HEAD_OR_FOOT) && !holds_the_title(element, titles) {
        Some(None)
    } else if of_class(&["wp-block-file"]) {
        Some(Some("a file to download"))
    } else if of_class(&OF_THE_PAGE) {
        Some(Some("says when the page was changed"))
    } else {
        // `lgd-sharing`, `page-rating`
        let classes = element.value().classes().flat_map(|class| class.split(['-', '_']));
        let of_a_part = classes.map(str::to_ascii_lowercase).any(|part| OPINIONS.contains(&part.as_str()));
        (of_a_part || of_class(&BESIDE)).then_some(Some("beside the text of the page"))
    }
}

/// Whether a button shows what it heads: those words head it.
fn unfolds(button: &ElementRef<'_>) -> bool {
    button.attr("aria-expanded").is_some() || button.attr("aria-controls").is_some()
}

/// Whether words stand right beside an element, in the same sentence.
fn is_among_words(element: &ElementRef<'_>) -> bool {
    let beside = [element.prev_sibling(), element.next_sibling()];
    beside.into_iter().flatten().filter_map(|node| node.value().as_text()).any(|text| !text.trim().is_empty())
}

fn is_of_a_heading(element: &ElementRef<'_>) -> bool {
    let above = element.ancestors().filter_map(ElementRef::wrap);
    above.take(3).any(|above| heading_level(above.value().name()).is_some())
}

/// Whether an element has all the headings of the highest level in it, of which the page has so many: one is the title.
pub(super) fn holds_the_title(element: &ElementRef<'_>, titles: usize) -> bool {
    titles > 0 && count_of_titles(element) == titles
}

/// How many headings of the highest level an element has in it.
pub(super) fn count_of_titles(element: &ElementRef<'_>) -> usize {
    element.descendent_elements().filter(|inner| inner.value().name() == "h1").count()
}
