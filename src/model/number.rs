//! The printed number of a section or clause.

use std::fmt;

/// A section's or clause's number, exactly as printed: `2.4.1.`, `7.1`, `(a)`, `Article 4`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// The number printed as `text`; none where there is nothing to print.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Self(text))
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as it stands in an id: without closing stops and brackets (`2.4.1`, `a`, `Article-4`).
    pub fn id(&self) -> String {
        let bare = self.0.trim_matches(|c: char| !c.is_alphanumeric());
        let dashed: String = bare.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect();
        if dashed.is_empty() { "unnamed".to_owned() } else { dashed }
    }

    /// The number in parts, `[2, 4, 1]` for `2.4.1.`; none for one that is not decimal (`(a)`, `4.a`).
    pub fn parts(&self) -> Option<Vec<u32>> {
        let bare = self.0.strip_suffix('.').unwrap_or(&self.0);
        bare.split('.')
            .map(|part| {
                // Longer numbers number no clause, and could not be counted on from.
                let short = (1..=6).contains(&part.len());
                (short && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
            })
            .collect()
    }

    /// How many levels deep it is: 1 for `2.`, 3 for `2.4.1.`; 1 for a number that is not decimal.
    pub fn depth(&self) -> usize {
        self.parts().map_or(1, |parts| parts.len())
    }

    /// Whether this number lies under `other`, as `2.4.1` lies under `2.4`.
    pub fn is_under(&self, other: &Self) -> bool {
        match (self.parts(), other.parts()) {
            (Some(own), Some(above)) => own.len() > above.len() && own.starts_with(&above),
            _ => false,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::new(text).unwrap()
    }

    #[test]
    fn numbers_are_kept_as_printed_and_named_without_closing_stops() {
        for (printed, id) in [("2.4.1.", "2.4.1"), ("7.1", "7.1"), ("(a)", "a"), ("Article 4.", "Article-4")] {
            assert_eq!(number(printed).as_str(), printed);
            assert_eq!(number(printed).id(), id);
        }
    }

    #[test]
    fn decimal_numbers_have_parts() {
        assert_eq!(number("2.4.1.").parts(), Some(vec![2, 4, 1]));
        assert_eq!(number("8.").depth(), 1);
        assert_eq!(number("4.a").parts(), None);
        assert!(number("2.4.1").is_under(&number("2.4.")));
        assert!(!number("2.41").is_under(&number("2.4")));
    }
}
