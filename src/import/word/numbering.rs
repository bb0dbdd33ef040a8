//! The numbers of paragraphs, as Word counts and prints them.

use std::collections::{BTreeMap, BTreeSet};

use super::styles::{ParagraphFormat, ParagraphStyle, Styles, indent};
use super::xml::Element;
use crate::import::text::words::is_unseen;
use crate::import::{Marker, roman};

/// How many levels a list has.
const LEVELS: usize = 9;

/// The longest pattern of a number, and the longest number, in characters; Word allows fewer.
const LONGEST_PATTERN: usize = 255;

/// The highest number that Word counts to.
const HIGHEST: u32 = 32_767;

/// How the paragraphs of one level of a list are numbered.
#[derive(Debug, Clone, PartialEq, Default)]
struct Level {
    start: u32,
    /// `decimal`, `lowerRoman`, `bullet`.
    format: String,
    /// How many digits a number has at least, where zeros fill it up.
    digits: usize,
    /// What is printed: `%1.%2.` for the numbers of the first and the second level.
    pattern: String,
    /// It restarts after this level, counted from 1, or one above it; 0 for never.
    restart: Option<usize>,
    /// The style whose paragraphs are on it.
    style: Option<String>,
    /// Whether the numbers of all levels are printed in digits.
    legal: bool,
    /// The indent at the left, in points.
    left: Option<f32>,
}

/// What several lists have in common, counting included.
#[derive(Debug, Clone, PartialEq, Default)]
struct Scheme {
    levels: [Option<Level>; LEVELS],
    /// The style for lists in which it is defined instead.
    defined_by: Option<String>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Default)]
struct List {
    scheme: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The lists that a document may have.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    schemes: BTreeMap<u32, Scheme>,
    lists: BTreeMap<u32, List>,
}

/// Where a paragraph stands in a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Position {
    list: u32,
    /// From 0.
    pub(super) level: usize,
}

impl Level {
    fn read(element: &Element) -> Self {
        let format = element.child("w:numFmt").or_else(|| {
            // A format that older programs do not know stands beside one that they do.
            let choice = element.child("mc:AlternateContent")?;
            choice.elements().find_map(|choice| choice.child("w:numFmt"))
        });
        let value = |name: &str| format.and_then(|format| format.attribute(name));
        let digits = value("w:format").map_or(0, |example| example.chars().take_while(char::is_ascii_digit).count());
        let text = element.child("w:lvlText");
        let is_null = text.is_some_and(|text| text.switch_attribute("w:null"));
        let pattern = text.filter(|_| !is_null).and_then(|text| text.attribute("w:val")).unwrap_or_default();
        Self {
            start: element.number_of("w:start").unwrap_or(0),
            format: value("w:val").unwrap_or("decimal").to_owned(),
            digits: digits.min(LEVELS),
            pattern: pattern.chars().take(LONGEST_PATTERN).collect(),
            restart: element.number_of("w:lvlRestart"),
            style: element.value_of("w:pStyle").map(str::to_owned),
            legal: element.switch("w:isLgl").unwrap_or(false),
            left: element.child("w:pPr").and_then(indent),
        }
    }

    /// A number of it as it is printed.
    fn printed(&self, number: u32, in_digits: bool) -> String {
        match self.format.as_str() {
            "bullet" | "none" => String::new(),
            _ if in_digits => number.to_string(),
            "custom" => format!("{number:0width$}", width = self.digits),
            format => printed(format, number),
        }
    }
}

/// The levels in an element, each in its place.
fn levels(element: &Element) -> [Option<Level>; LEVELS] {
    let mut levels: [Option<Level>; LEVELS] = Default::default();
    for level in element.elements().filter(|level| level.name() == "w:lvl") {
        let at = level.attribute("w:ilvl").and_then(|at| at.parse::<usize>().ok());
        if let Some(slot) = at.and_then(|at| levels.get_mut(at)) {
            *slot = Some(Level::read(level));
        }
    }
    levels
}

impl Numbering {
    /// From `numbering.xml`.
    pub(super) fn read(tree: &Element) -> Self {
        let mut numbering = Self::default();
        for element in tree.elements() {
            let id = |name| element.attribute(name).and_then(|id: &str| id.trim().parse::<u32>().ok());
            match element.name() {
                "w:abstractNum" => {
                    let defined_by = element.value_of("w:numStyleLink").map(str::to_owned);
                    let scheme = Scheme { levels: levels(element), defined_by };
                    numbering.schemes.extend(id("w:abstractNumId").map(|id| (id, scheme)));
                }
                "w:num" => numbering.lists.extend(id("w:numId").zip(list(element))),
                _ => {}
            }
        }
        numbering
    }

    /// Where paragraphs of lists that are defined by a style are counted is where that style's list is.
    pub(super) fn linked(mut self, styles: &Styles) -> Self {
        let schemes: Vec<(u32, u32)> = self.lists.iter().map(|(id, list)| (*id, list.scheme)).collect();
        for (id, mut scheme) in schemes {
            // A style may lead to a scheme that another style defines.
            for _ in 0..LEVELS {
                let defined_by = self.schemes.get(&scheme).and_then(|scheme| scheme.defined_by.as_deref());
                let list = defined_by.and_then(|style| styles.list_of(style)).and_then(|list| self.lists.get(&list));
                let Some(list) = list else { break };
                scheme = list.scheme;
            }
            if let Some(list) = self.lists.get_mut(&id) {
                list.scheme = scheme;
            }
        }
        self
    }

    /// Where a paragraph of that format and style stands; none where it is in no list.
    pub(super) fn position(&self, own: &ParagraphFormat, style: &ParagraphStyle<'_>) -> Option<Position> {
        let list = own.list.or_else(|| style.chain().find_map(|style| style.paragraph.list))?;
        self.lists.get(&list)?;
        let of_style = || {
            let linked = style.chain().find_map(|style| self.level_of_style(list, &style.id));
            linked.or_else(|| style.chain().find_map(|style| style.paragraph.level).map(usize::from))
        };
        let level = own.level.map(usize::from).or_else(of_style).unwrap_or(0);
        Some(Position { list, level: level.min(LEVELS - 1) })
    }

    fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        (0..LEVELS).find(|at| self.level(list, *at).is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    fn level(&self, list: u32, at: usize) -> Option<&Level> {
        let list = self.lists.get(&list)?;
        let own = list.levels.get(at)?.as_ref();
        own.or_else(|| self.schemes.get(&list.scheme)?.levels.get(at)?.as_ref())
    }

    /// The indent at the left of paragraphs there, in points.
    pub(super) fn left(&self, position: Position) -> Option<f32> {
        self.level(position.list, position.level)?.left
    }

    fn start(&self, list: u32, at: usize) -> u32 {
        let own = self.lists.get(&list).and_then(|list| list.starts.get(at).copied().flatten());
        own.unwrap_or_else(|| self.level(list, at).map_or(0, |level| level.start))
    }
}

fn list(element: &Element) -> Option<List> {
    let mut list = List { scheme: element.number_of("w:abstractNumId")?, ..List::default() };
    for change in element.elements().filter(|change| change.name() == "w:lvlOverride") {
        let Some(at) = change.attribute("w:ilvl").and_then(|at| at.parse::<usize>().ok()).filter(|at| *at < LEVELS)
        else {
            continue;
        };
        list.starts[at] = change.number_of("w:startOverride");
        list.levels[at] = change.child("w:lvl").map(Level::read);
    }
    Some(list)
}

/// How far the lists of a text have been counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// The last number of each level, by scheme: the lists of one scheme count on.
    numbers: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// The levels of lists that have been used.
    used: BTreeSet<(u32, usize)>,
}

impl Counters {
    /// Counts a paragraph, and tells what is printed before it.
    pub(super) fn next(&mut self, numbering: &Numbering, position: Position) -> Option<Marker> {
        let Position { list, level: at } = position;
        let numbers = self.numbers.entry(numbering.lists.get(&list)?.scheme).or_default();
        let restarts = numbering.lists.get(&list).and_then(|list| list.starts.get(at).copied().flatten());
        let is_first = self.used.insert((list, at));
        if is_first && restarts.is_some() {
            numbers[at] = None;
        }
        numbers[at] = Some(numbers[at].map_or_else(|| numbering.start(list, at), |number| number.saturating_add(1)));
        for (above, number) in numbers.iter_mut().enumerate().take(at) {
            number.get_or_insert_with(|| numbering.start(list, above));
        }
        for (below, number) in numbers.iter_mut().enumerate().skip(at + 1) {
            let restart = numbering.level(list, below).and_then(|level| level.restart);
            // A level that may restart only after itself or one below it restarts as any.
            if restart.filter(|after| *after <= below).is_none_or(|after| at < after) {
                *number = None;
            }
        }
        marker(numbering, position, numbers)
    }
}

fn marker(numbering: &Numbering, position: Position, numbers: &[Option<u32>; LEVELS]) -> Option<Marker> {
    let level = numbering.level(position.list, position.level)?;
    if level.format == "bullet" {
        return (!level.pattern.trim().is_empty()).then_some(Marker::Bullet);
    }
    let mut label = String::new();
    let mut letters = level.pattern.chars().peekable();
    while let Some(letter) = letters.next().filter(|_| label.len() < LONGEST_PATTERN) {
        let named =
            letters.peek().filter(|_| letter == '%').and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0);
        let Some(at) = named.and_then(|digit| usize::try_from(digit - 1).ok()) else {
            label.push(letter);
            continue;
        };
        letters.next();
        if at <= position.level
            && let Some(counted) = numbering.level(position.list, at)
        {
            label.push_str(&counted.printed(numbers[at].unwrap_or(0), level.legal));
        }
    }
    label.retain(|letter| letter.is_whitespace() || !is_unseen(letter));
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    (!label.is_empty()).then_some(Marker::Label(label))
}

/// A number in one of Word's formats; in digits where it has none in that format.
pub(super) fn printed(format: &str, number: u32) -> String {
    let printed = match format {
        _ if number > HIGHEST => None,
        "none" | "bullet" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).map(|letters| letters.to_uppercase()),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).map(|roman| roman.to_uppercase()),
        "ordinal" => Some(ordinal(number)),
        "cardinalText" => spelt(number, &CARDINALS, "y"),
        "ordinalText" => spelt(number, &ORDINALS, "ieth"),
        "numberInDash" => Some(format!("- {number} -")),
        "chicago" => chicago(number),
        _ => None,
    };
    printed.unwrap_or_else(|| number.to_string())
}

/// a to z, then aa, bb, cc.
fn letters(number: u32) -> Option<String> {
    let nth = number.checked_sub(1)?;
    let letter = char::from(b'a' + u8::try_from(nth % 26).ok()?);
    // Word begins again after thirty of a letter.
    let times = usize::try_from(nth / 26 % 30).ok()? + 1;
    Some(letter.to_string().repeat(times))
}

fn roman(number: u32) -> Option<String> {
    Some(roman::written(number)).filter(|numeral| !numeral.is_empty())
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// * † ‡ §, then each twice.
fn chicago(number: u32) -> Option<String> {
    let nth = usize::try_from(number.checked_sub(1)?).ok()?;
    let sign = ["*", "†", "‡", "§"].get(nth % 4)?;
    Some(sign.repeat((nth / 4 + 1).min(8)))
}

const CARDINALS: [&str; 20] = [
    "",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
];

const ORDINALS: [&str; 20] = [
    "",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
];

/// A number below a hundred in words.
fn spelt(number: u32, units: &[&str; 20], round: &str) -> Option<String> {
    const TENS: [&str; 8] = ["Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet"];
    let number = usize::try_from(number).ok().filter(|number| (1..100).contains(number))?;
    let Some(tens) = (number / 10).checked_sub(2).and_then(|tens| TENS.get(tens)) else {
        return units.get(number).map(|word| (*word).to_owned());
    };
    match units.get(number % 10).filter(|unit| !unit.is_empty()) {
        Some(unit) => Some(format!("{tens}y-{}", unit.to_lowercase())),
        None => Some(format!("{tens}{round}")),
    }
}
