//! The numbers and labels that stand at the beginning of paragraphs.

use std::sync::LazyLock;

use regex::Regex;

use crate::model;

use super::super::pattern::pattern;
use super::super::roman;

/// A number or label, and what counts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// As printed.
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// How a label counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `1.`, `2.4.1`: its parts.
    Decimal(Vec<u32>),
    /// `4.a`, `2.1(a)`, `14A`, `A1.`, a bare `a`: what counts clauses and is no decimal number.
    Mixed,
    /// `(a)`, `iv.`, `2)`: the item of a list.
    Item,
    /// `Article 4`, `Appendix A`.
    Named,
}

static DECIMAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,3}(?:\.\d{1,3})*\.?$"));
static MIXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\d{1,3}(?:\.\d{1,3})*\.?(?:\((?:[a-z]{1,3}|\d{1,2})\)|[a-z]{1,3}\)?|[A-Z])\.?|\d{1,3}(?:\.\d{1,3})+\)|\(?(?:aa|bb|cc|dd|ee|ff|gg|hh)[).]|\((?:[a-z]{1,3}|\d{1,2})\)[.:]|\[(?:[a-wyz]|[ivx]{2,4}|\d{1,2})\]|\(\d{1,2}[A-Z]\)|\d{1,2}\([a-z]\)\([ivx]{1,4}\)|[A-Z]\d{1,2}[.)]|[A-Z]\d{0,2}(?:\.\d{1,2})+\.?)$",
    )
});
/// What looks like a number with a letter and is none: `1st`, `7pm`.
static UNIT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d+(?:\.\d+)*(?:st|nd|rd|th|am|pm|km|m|kg|cm|mm|pc|hrs?|p|k|s)\.?$"));
/// A day, written with stops.
static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}\.(?:0\d|1[0-2])\.\d\d\.?$"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:article|section|part|appendix|annex|schedule|rule|chapter|stage|step) (?:\d{1,3}|[A-Z]|[IVX]{1,5}|(?i:one|two|three|four|five|six|seven|eight|nine|ten))[.:]?(?:$|\s*[–—-](?:$|\s|[A-Z][A-Za-z])|\s)",
    )
});
/// A label right before the first letter of the words, with nothing between.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?x)^(?: (?<bracketed>\((?:\d{1,3}|[A-Za-z]|[ivx]{2,5})\)) [\p{L}“"‘'£]
        | (?<closed>(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{2,5})\)) [\p{L}“"‘'£]
        | (?<stopped>\d{1,3}(?:\.\d{1,3})*\.) (?:\p{Lu}|[“"‘']\p{L})
        | (?<open>\d{1,2}(?:\.\d{1,3})+) \p{Lu}\p{Ll}
        | (?<letter>(?:[a-z]|[ivx]{2,5})\.) \p{Lu}\p{Ll}
        | (?<statute>\d{1,3}[A-Z]?\.)[—–] )"#,
    )
});

impl Label {
    /// The label at the start of a text, and the words after it; none where it begins with words.
    pub(super) fn split(text: &str) -> Option<(Self, &str)> {
        if let Some(found) = NAMED.find(text) {
            // A dash before the heading is printed with the name.
            let dash = found.as_str().char_indices().rfind(|(_, c)| "–—-".contains(*c));
            let end = dash.map_or(found.end(), |(at, dash)| at + dash.len_utf8());
            let label = text[..end].trim_end();
            let rest = text[label.len()..].trim_start_matches([':', ' ']);
            return Some((Self { text: label.to_owned(), kind: Kind::Named }, rest));
        }
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        if let Some(label) = Self::parse(first) {
            return Some((label, rest.trim_start()));
        }
        let glued = GLUED.captures(text)?;
        let label = glued.iter().skip(1).flatten().next()?.as_str();
        let rest = text[label.len()..].trim_start();
        let either = label == "(s)" && rest.starts_with("he");
        if either { None } else { Some((Self::parse(label)?, rest)) }
    }

    /// A label that stands alone.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let year = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 3);
        if UNIT.is_match(text) || DAY.is_match(text) || year {
            return None;
        }
        let kind = if DECIMAL.is_match(text) {
            Kind::Decimal(text.trim_end_matches('.').split('.').filter_map(|part| part.parse().ok()).collect())
        } else if model::Label::parse(text).is_some() {
            Kind::Item
        } else if MIXED.is_match(text) {
            Kind::Mixed
        } else {
            return None;
        };
        Some(Self { text: text.to_owned(), kind })
    }

    /// A number or letter without any sign, which only those beside it tell from a word; `Rule 1`.
    pub(super) fn bare(text: &str) -> Self {
        let named = if text.contains(' ') { Kind::Named } else { Kind::Mixed };
        let kind = text.parse().map_or(named, |number| Kind::Decimal(vec![number]));
        Self { text: text.to_owned(), kind }
    }

    /// A label that a format keeps apart from the words: whatever it is, it is one.
    pub(super) fn of_format(text: &str) -> Self {
        let kind = Self::parse(text).map_or(Kind::Mixed, |label| label.kind);
        let named = NAMED.is_match(text);
        Self { text: text.to_owned(), kind: if named { Kind::Named } else { kind } }
    }

    /// Its signs without what counts: two labels of one list have the same.
    pub(super) fn form(&self) -> String {
        self.text.chars().filter(|c| !c.is_ascii_alphanumeric()).collect()
    }

    /// Whether another label of the same form is the next one.
    pub(super) fn counts_on(&self, next: &Self) -> bool {
        if self.form() != next.form() {
            return false;
        }
        match (self.parts(), next.parts()) {
            (Some([front @ .., last]), Some([others @ .., next])) => front == others && *next == last + 1,
            (None, None) => {
                let before = places(&self.text);
                places(&next.text).iter().any(|(series, place)| *place > 1 && before.contains(&(*series, place - 1)))
            }
            _ => false,
        }
    }

    /// Its parts, if it is decimal.
    pub(super) fn parts(&self) -> Option<&[u32]> {
        match &self.kind {
            Kind::Decimal(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether it can come after another decimal number: the next at some depth, or the first below it, or the same again. Adopted
    /// documents leave numbers out and repeat them, so a few may be missing.
    pub(super) fn can_follow(&self, last: Option<&[u32]>) -> bool {
        let (Some(own), last) = (self.parts(), last.unwrap_or(&[])) else { return true };
        let same = own.iter().zip(last).take_while(|(own, last)| own == last).count();
        match (own.get(same), last.get(same)) {
            (None, None) => true,
            (Some(own_next), Some(last_next)) => {
                own.len() == same + 1 && (*last_next..=*last_next + 3).contains(own_next)
            }
            (Some(own_next), None) => own.len() == same + 1 && *own_next <= 2,
            (None, Some(_)) => true,
        }
    }
}

/// The letters, roman numerals or numbers that a list counts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Series {
    Lower,
    Upper,
    LowerRoman,
    UpperRoman,
    Number,
}

/// A label of a list taken apart: which series it may be of, and its place in each.
pub(super) fn places(label: &str) -> Vec<(Series, u32)> {
    let bare = label.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let mut places = Vec::new();
    if let Ok(number) = bare.parse() {
        places.push((Series::Number, number));
    }
    let lower = bare.to_ascii_lowercase();
    let upper = bare.chars().all(|c| c.is_ascii_uppercase());
    if let Some(letter) = lower.bytes().next().filter(u8::is_ascii_lowercase) {
        let series = if upper { Series::Upper } else { Series::Lower };
        // After `z` comes `aa`; `ii` and others of romans are those.
        match (lower.len(), letter) {
            (1, _) => places.push((series, u32::from(letter - b'a') + 1)),
            (2, b'a'..=b'h') if lower.as_bytes()[1] == letter => places.push((series, u32::from(letter - b'a') + 27)),
            _ => {}
        }
    }
    if let Some(number) = roman::value(&lower) {
        places.push((if upper { Series::UpperRoman } else { Series::LowerRoman }, number));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_split_from_words() {
        for (text, label, rest) in [
            ("1. Introduction", "1.", "Introduction"),
            ("2.4.1. To represent", "2.4.1.", "To represent"),
            ("(a) one", "(a)", "one"),
            ("4.a one", "4.a", "one"),
            ("iv) four", "iv)", "four"),
            ("Article 4 – Rules", "Article 4 –", "Rules"),
            ("Article 4 Rules – and more", "Article 4", "Rules – and more"),
            ("2.1", "2.1", ""),
            ("a)Meetings", "a)", "Meetings"),
            ("(a)conducts", "(a)", "conducts"),
            ("7.Proper Officer", "7.", "Proper Officer"),
            ("2.1The Clerk", "2.1", "The Clerk"),
            ("1.—(1) A member", "1.", "—(1) A member"),
            ("14A. Voting", "14A.", "Voting"),
            ("[a] Kept", "[a]", "Kept"),
            ("(a). Voting", "(a).", "Voting"),
            ("PART ONE - General", "PART ONE -", "General"),
            ("Annex B—Forms", "Annex B—", "Forms"),
        ] {
            let (found, words) = Label::split(text).unwrap();
            assert_eq!((found.text.as_str(), words), (label, rest));
        }
        for text in [
            "Members",
            "and. so",
            "1986 was a year",
            "e.g. this",
            "£12 each",
            "1st May",
            "7pm at",
            "12.05.22",
            "(s)he",
            "[x] done",
            "i.e. so",
            "Section 1-4 apply",
            "Part A-D of the form",
            "Section C-level officers",
        ] {
            assert!(Label::split(text).is_none(), "{text}");
        }
    }

    #[test]
    fn numbers_follow_each_other() {
        let follows = |last: &[u32], next: &str| Label::parse(next).unwrap().can_follow(Some(last));
        for (last, next) in [
            (&[2, 4][..], "2.5"),
            (&[2, 4], "2.4.1"),
            (&[2, 4, 2], "2.5"),
            (&[2, 9], "3."),
            (&[3, 2], "3.4"),
            (&[2, 7], "2.7"),
        ] {
            assert!(follows(last, next), "{last:?} {next}");
        }
        for (last, next) in [(&[4, 3][..], "12.4"), (&[4, 11], "4.1.9"), (&[1], "30")] {
            assert!(!follows(last, next), "{last:?} {next}");
        }
    }

    #[test]
    fn a_letter_can_be_a_roman_numeral() {
        assert_eq!(places("(i)"), [(Series::Lower, 9), (Series::LowerRoman, 1)]);
        assert_eq!(places("xiv."), [(Series::LowerRoman, 14)]);
        assert_eq!(places("B."), [(Series::Upper, 2)]);
        assert_eq!(places("3)"), [(Series::Number, 3)]);
        assert_eq!(places("bb"), [(Series::Lower, 28)]);
    }
}
