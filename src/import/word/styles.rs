//! The styles of a document, and what they come to.

use std::collections::BTreeMap;

use super::xml::Element;

/// How many styles one may be based on, through each other. Word allows ten.
const LONGEST_CHAIN: usize = 32;

/// How much of a style's name is kept, in characters: Word allows 253.
const LONGEST_NAME: usize = 253;

/// What is said of words: a direct format's or a style's own, without what it is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct WordFormat {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    /// Whether they are not shown.
    pub(super) hidden: Option<bool>,
    /// Whether they stand raised.
    pub(super) raised: Option<bool>,
    /// Their size in half points.
    pub(super) size: Option<u32>,
}

impl WordFormat {
    /// From a `w:rPr`.
    pub(super) fn read(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        Self {
            bold: properties.switch("w:b"),
            italic: properties.switch("w:i"),
            hidden: properties.switch("w:vanish"),
            raised: properties.value_of("w:vertAlign").map(|place| place == "superscript"),
            size: properties.value_of("w:sz").and_then(points).map(half_points),
        }
    }

    /// This where it says something, the other where not.
    fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            hidden: self.hidden.or(other.hidden),
            raised: self.raised.or(other.raised),
            size: self.size.or(other.size),
        }
    }
}

/// A size without a unit is in half points.
fn points(value: &str) -> Option<f32> {
    if value.ends_with(|letter: char| letter.is_ascii_digit()) {
        return value.trim().parse::<f32>().ok().map(|halves| halves / 2.0);
    }
    length(value)
}

/// A cast saturates, and no size is below nought.
fn half_points(points: f32) -> u32 {
    (points * 2.0).round() as u32
}

/// A length in points: without a unit in twentieths of one.
pub(super) fn length(value: &str) -> Option<f32> {
    let value = value.trim();
    let unit = value.trim_start_matches(|letter: char| !letter.is_ascii_alphabetic());
    let number: f32 = value.strip_suffix(unit)?.trim().parse().ok()?;
    let points = match unit {
        "" => number / 20.0,
        "pt" => number,
        "in" => number * 72.0,
        "cm" => number * 72.0 / 2.54,
        "mm" => number * 72.0 / 25.4,
        "pc" | "pi" => number * 12.0,
        _ => return None,
    };
    points.is_finite().then_some(points)
}

/// What is said of a paragraph: a direct format's or a style's own, without what it is based on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct ParagraphFormat {
    /// The level of a heading, from 0; 9 for none.
    pub(super) outline: Option<u8>,
    /// The indent at the left, in points.
    pub(super) left: Option<f32>,
    /// The list it belongs to; 0 for none.
    pub(super) list: Option<u32>,
    /// The level in it, from 0.
    pub(super) level: Option<u8>,
    /// Whether a page begins with it.
    pub(super) begins_page: Option<bool>,
}

impl ParagraphFormat {
    /// From a `w:pPr`.
    pub(super) fn read(properties: Option<&Element>) -> Self {
        let Some(properties) = properties else { return Self::default() };
        let numbering = properties.child("w:numPr");
        Self {
            outline: properties.number_of("w:outlineLvl"),
            left: indent(properties),
            list: numbering.and_then(|numbering| numbering.number_of("w:numId")),
            level: numbering.and_then(|numbering| numbering.number_of("w:ilvl")),
            begins_page: properties.switch("w:pageBreakBefore"),
        }
    }
}

/// The indent at the left of a `w:pPr`, in points.
pub(super) fn indent(properties: &Element) -> Option<f32> {
    let indent = properties.child("w:ind")?;
    indent.attribute("w:left").or_else(|| indent.attribute("w:start")).and_then(length)
}

/// A style.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Style {
    /// How the document refers to it.
    pub(super) id: String,
    /// What people call it.
    pub(super) name: String,
    based_on: Option<String>,
    words: WordFormat,
    pub(super) paragraph: ParagraphFormat,
}

impl Style {
    /// The level of a heading that it is by itself: 1 for the title, 2 for what is right below it. Inner none: it is expressly
    /// no heading.
    fn heading(&self) -> Option<Option<u8>> {
        if let Some(outline) = self.paragraph.outline {
            return Some((outline < 9).then_some(outline + 2));
        }
        let name = self.name.to_lowercase();
        if name == "title" {
            return Some(Some(1));
        }
        let level: u8 = name.strip_prefix("heading")?.trim_start().parse().ok()?;
        (1..=9).contains(&level).then_some(Some(level + 1))
    }
}

/// What words look like in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) hidden: bool,
    /// Whether they stand raised.
    pub(super) raised: bool,
    /// In half points.
    pub(super) size: u32,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    words: WordFormat,
    paragraph: ParagraphFormat,
}

impl Styles {
    /// From `styles.xml`.
    pub(super) fn read(tree: &Element) -> Self {
        let mut styles = Self::default();
        if let Some(defaults) = tree.child("w:docDefaults") {
            let inner = |outer, inner| defaults.child(outer).and_then(|default: &Element| default.child(inner));
            styles.words = WordFormat::read(inner("w:rPrDefault", "w:rPr"));
            styles.paragraph = ParagraphFormat::read(inner("w:pPrDefault", "w:pPr"));
        }
        for element in tree.elements().filter(|element| element.name() == "w:style") {
            let Some(id) = element.attribute("w:styleId") else { continue };
            let named = element.value_of("w:name").unwrap_or(id);
            let style = Style {
                id: id.to_owned(),
                name: named.chars().take(LONGEST_NAME).collect(),
                based_on: element.value_of("w:basedOn").map(str::to_owned),
                words: WordFormat::read(element.child("w:rPr")),
                paragraph: ParagraphFormat::read(element.child("w:pPr")),
            };
            let is_default = element.switch_attribute("w:default");
            if is_default && element.attribute("w:type").is_none_or(|kind| kind == "paragraph") {
                styles.default = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), style);
        }
        styles
    }

    /// A style and those it is based on, in that order.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.and_then(|id| self.by_id.get(id));
        let based_on = |style: &&Style| self.by_id.get(style.based_on.as_deref()?);
        std::iter::successors(first, based_on).take(LONGEST_CHAIN)
    }

    /// The style of a paragraph that names this one, with those it is based on.
    pub(super) fn of_paragraph(&self, named: Option<&str>) -> ParagraphStyle<'_> {
        let known = named.filter(|id| self.by_id.contains_key(*id));
        let chain: Vec<&Style> = self.chain(known.or(self.default.as_deref())).collect();
        // A style that the file does not have may still tell by its id what it is.
        let unknown = named.filter(|_| known.is_none()).map(|id| Style {
            id: id.to_owned(),
            name: id.chars().take(LONGEST_NAME).collect(),
            ..Style::default()
        });
        let words = chain.iter().fold(WordFormat::default(), |all, style| all.or(style.words));
        ParagraphStyle { unknown, chain, words, defaults: self.paragraph }
    }

    /// What words look like whose own format is this, in a style for characters, in a paragraph.
    pub(super) fn look(&self, own: WordFormat, character: Option<&str>, paragraph: WordFormat) -> Look {
        let chain = self.chain(character);
        let character = chain.fold(WordFormat::default(), |all, style| all.or(style.words));
        // What two styles switch on cancels out (ISO/IEC 29500-1, 17.7.3).
        let toggled = |of: fn(&WordFormat) -> Option<bool>| {
            let on = |format: &WordFormat| of(format).unwrap_or(false);
            of(&own).unwrap_or_else(|| on(&self.words) || (on(&character) != on(&paragraph)))
        };
        let size = own.or(character).or(paragraph).or(self.words).size;
        Look {
            bold: toggled(|format| format.bold),
            italic: toggled(|format| format.italic),
            hidden: toggled(|format| format.hidden),
            raised: own.or(character).or(paragraph).or(self.words).raised.unwrap_or(false),
            // Where nothing says how large, it is ten points.
            size: size.unwrap_or(20),
        }
    }

    /// The list that a style for lists stands for.
    pub(super) fn list_of(&self, id: &str) -> Option<u32> {
        self.chain(Some(id)).find_map(|style| style.paragraph.list)
    }
}

/// The style of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct ParagraphStyle<'a> {
    unknown: Option<Style>,
    chain: Vec<&'a Style>,
    /// What it says of words.
    pub(super) words: WordFormat,
    /// What holds where no style says anything.
    pub(super) defaults: ParagraphFormat,
}

impl ParagraphStyle<'_> {
    /// Itself and those it is based on, in that order.
    pub(super) fn chain(&self) -> impl Iterator<Item = &Style> {
        self.unknown.iter().chain(self.chain.iter().copied())
    }

    /// Its name.
    pub(super) fn name(&self) -> Option<String> {
        self.chain().next().map(|style| style.name.clone())
    }

    /// The level of a heading of paragraphs in it.
    pub(super) fn heading(&self) -> Option<u8> {
        self.chain().find_map(Style::heading).flatten()
    }

    /// Whether pages begin with paragraphs in it.
    pub(super) fn begins_page(&self) -> bool {
        self.chain().find_map(|style| style.paragraph.begins_page).or(self.defaults.begins_page).unwrap_or(false)
    }
}
