//! What the name and the attributes of an element say.

use scraper::ElementRef;

pub(super) fn has_class(element: &ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|own| own == class)
}

pub(super) fn is_list(element: &ElementRef<'_>) -> bool {
    matches!(element.value().name(), "ul" | "ol" | "menu" | "dir")
}

pub(super) fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

pub(super) fn number(element: &ElementRef<'_>, attribute: &str) -> Option<i64> {
    let number: i32 = element.attr(attribute)?.trim().parse().ok()?;
    Some(number.into())
}

/// The level that Word notes beside a list's name: `l0 level2 lfo1`.
pub(super) fn word_level(list: &str) -> Option<u8> {
    list.split_ascii_whitespace().find_map(|word| word.strip_prefix("level")?.parse().ok())
}

/// A length of a style sheet in points; 0 if it is in another unit, such as a share of the page.
pub(super) fn points(length: &str) -> f32 {
    const UNITS: [(&str, f32); 7] =
        [("pt", 1.0), ("px", 0.75), ("rem", 12.0), ("em", 12.0), ("cm", 28.35), ("mm", 2.835), ("in", 72.0)];
    let points = UNITS.iter().find_map(|(unit, points)| {
        let number: f32 = length.trim().strip_suffix(unit)?.trim().parse().ok()?;
        Some(number * points)
    });
    points.filter(|points| points.is_finite()).unwrap_or(0.0)
}

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}
