//! What a page's style sheet says of the numbers of its lists, which is all that is read of it.

use std::cell::Cell;
use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};

use super::list::{List, Numeral, Sign};

/// More rules than this about lists are in no page.
const MOST_RULES: usize = 200;

/// How many elements may be looked at to see which rules hold, in all. A page of 5,000 items and twenty rules takes some ten million.
const MOST_LOOKS: u64 = 200_000_000;

/// What a selector counts for that looks at all the elements beside or inside one.
const MANY: u64 = 20_000;

/// A label is put together of no more parts than this, and is no longer, in letters.
const MOST_PARTS: usize = 32;
const LONGEST_LABEL: usize = 255;

/// The rules about lists.
#[derive(Debug)]
pub(super) struct StyleSheet {
    rules: Vec<Rule>,
    /// How many elements may still be looked at.
    looks: Cell<u64>,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    /// How many elements it looks at for each that is around one, at the most.
    looks: u64,
    says: Says,
}

#[derive(Debug)]
enum Says {
    /// What stands before an item.
    Sign(Sign),
    /// How its label is put together.
    Label(Vec<Part>),
}

/// A part of a label.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// As printed.
    Text(String),
    /// The number of the item.
    Counter { own: bool, numeral: Numeral },
    /// The numbers of all the items around it, too.
    Counters { own: bool, between: String, numeral: Numeral },
}

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by every test that reads a page with styles")]
static PART: LazyLock<Regex> = LazyLock::new(|| {
    let string = r#"(?:"([^"]*)"|'([^']*)')"#;
    let numeral = r"(?:\s*,\s*([\w-]+))?\s*\)";
    Regex::new(&format!(r"(?i){string}|counters\(\s*([\w-]+)\s*,\s*{string}{numeral}|counter\(\s*([\w-]+)\s*{numeral}"))
        .unwrap()
});

impl StyleSheet {
    /// The rules about lists in a style sheet.
    pub(super) fn parse(css: &str) -> Self {
        let mut sheet = Self { rules: Vec::new(), looks: Cell::new(MOST_LOOKS) };
        for (selectors, body) in blocks(&without_comments(css)) {
            for selector in selectors.split(',') {
                if sheet.rules.len() < MOST_RULES {
                    sheet.rules.extend(rule(selector.trim(), body));
                }
            }
        }
        sheet
    }

    /// What stands before an item, or before those of a list.
    pub(super) fn sign(&self, element: &ElementRef<'_>) -> Option<Sign> {
        self.rules.iter().rev().find_map(|rule| match rule.says {
            Says::Sign(sign) => self.holds(rule, element).then_some(sign),
            Says::Label(_) => None,
        })
    }

    /// How an item's label is put together.
    pub(super) fn label(&self, element: &ElementRef<'_>) -> Option<&[Part]> {
        self.rules.iter().rev().find_map(|rule| match &rule.says {
            Says::Label(parts) => self.holds(rule, element).then_some(parts.as_slice()),
            Says::Sign(_) => None,
        })
    }

    /// Whether so many elements were looked at that no more are, and nothing holds any more.
    pub(super) fn is_exhausted(&self) -> bool {
        self.looks.get() == 0
    }

    fn holds(&self, rule: &Rule, element: &ElementRef<'_>) -> bool {
        let around = u64::try_from(element.ancestors().count()).unwrap_or(u64::MAX);
        self.looks.set(self.looks.get().saturating_sub(rule.looks.saturating_mul(around)));
        !self.is_exhausted() && rule.selector.matches(element)
    }
}

/// The label of the innermost item of these lists.
pub(super) fn label(parts: &[Part], lists: &[List]) -> String {
    let number = |list: &List, own: bool| if own { list.count } else { list.number };
    let mut label = String::new();
    for part in parts.iter().take(MOST_PARTS) {
        match part {
            Part::Text(text) => label.push_str(text),
            Part::Counter { own, numeral } => {
                label.extend(lists.last().map(|list| numeral.write(number(list, *own))));
            }
            Part::Counters { own, between, numeral } => {
                let styled = lists.iter().filter(|list| list.styled);
                let numbers: Vec<String> = styled.map(|list| numeral.write(number(list, *own))).collect();
                label.push_str(&numbers.join(between));
            }
        }
    }
    label.chars().take(LONGEST_LABEL).collect()
}

/// The value of a property in an element's own `style`.
pub(super) fn property<'a>(element: &ElementRef<'a>, name: &str) -> Option<&'a str> {
    declaration(element.attr("style")?, name)
}

/// The value of a property among declarations; the last one counts.
fn declaration<'a>(declarations: &'a str, name: &str) -> Option<&'a str> {
    let pairs = declarations.split(';').filter_map(|declaration| declaration.split_once(':'));
    let mut values = pairs.filter(|(property, _)| property.trim().eq_ignore_ascii_case(name));
    values.next_back().map(|(_, value)| value.trim())
}

fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::new();
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The selectors and declarations of all rules, also of those inside `@media` and the like.
fn blocks(css: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    let mut rest = css;
    while let Some((prelude, after)) = rest.split_once('{') {
        let prelude = prelude.rsplit(['}', ';']).next().unwrap_or_default().trim();
        if prelude.starts_with('@') {
            rest = after;
            continue;
        }
        let (body, after) = after.split_once('}').unwrap_or((after, ""));
        blocks.push((prelude, body));
        rest = after;
    }
    blocks
}

fn rule(selector: &str, body: &str) -> Option<Rule> {
    let pseudo = selector.find("::").or_else(|| selector.find(":before")).or_else(|| selector.find(":after"));
    let (element, pseudo) = selector.split_at(pseudo.unwrap_or(selector.len()));
    let says = if pseudo.is_empty() {
        let style = declaration(body, "list-style-type").or_else(|| declaration(body, "list-style"))?;
        Says::Sign(Sign::of_style(style)?)
    } else if pseudo.ends_with(":before") || pseudo.ends_with(":marker") {
        let content = declaration(body, "content").filter(|content| content.contains("counter"))?;
        Says::Label(PART.captures_iter(content).map(|found| part(&found)).collect())
    } else {
        return None;
    };
    Some(Rule { selector: Selector::parse(element).ok()?, looks: looks(element), says })
}

/// How many elements a selector looks at for each that is around one.
fn looks(selector: &str) -> u64 {
    let parts = selector.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '+' | '~' | ':' | '('));
    let parts = u64::try_from(parts.count()).unwrap_or(u64::MAX);
    let many = [":nth", ":has", ":last", ":only", "~"].iter().any(|sign| selector.contains(sign));
    if many { parts.saturating_mul(MANY) } else { parts }
}

fn part(found: &regex::Captures<'_>) -> Part {
    let text = |group: usize| found.get(group).map(|found| found.as_str());
    let numeral = |group: usize| match text(group).and_then(Sign::of_style) {
        Some(Sign::Number(numeral)) => numeral,
        _ => Numeral::Decimal,
    };
    let own = |name: &str| !name.eq_ignore_ascii_case("list-item");
    if let Some(name) = text(3) {
        let between = text(4).or(text(5)).unwrap_or_default().to_owned();
        Part::Counters { own: own(name), between, numeral: numeral(6) }
    } else if let Some(name) = text(7) {
        Part::Counter { own: own(name), numeral: numeral(8) }
    } else {
        Part::Text(text(1).or(text(2)).unwrap_or_default().to_owned())
    }
}
