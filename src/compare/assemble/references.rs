//! Cross-references that only follow the clauses they name to their new numbers.

use std::collections::BTreeSet;

use super::super::align::Alignment;
use super::super::comparison::{Evidence, Kind};
use super::super::reading::Reading;

/// The numbers of clauses that correspond: on the left and on the right.
pub(super) struct References(BTreeSet<(String, String)>);

/// Words after which a whole number names a clause; elsewhere "5" may be days or pounds.
const NAMING: &[&str] = &[
    "clause",
    "clauses",
    "paragraph",
    "paragraphs",
    "para",
    "section",
    "sections",
    "order",
    "orders",
    "rule",
    "rules",
    "article",
    "articles",
    "regulation",
    "number",
    "no",
];

impl References {
    pub(super) fn new(reading: &Reading, alignment: &Alignment) -> Self {
        let number =
            |number: Option<&String>| number.map(|number| bare(number).to_owned()).filter(|number| is_number(number));
        let pairs = alignment.links.iter().filter_map(|link| {
            let (l, r) = (&reading.left.units[link.left], &reading.right.units[link.right]);
            let clauses = !l.is_item() && !r.is_item();
            number(l.provision.number.as_ref()).zip(number(r.provision.number.as_ref())).filter(|_| clauses)
        });
        Self(pairs.filter(|(l, r)| l != r).collect())
    }

    /// What shows that two texts differ in nothing but references to clauses that have new numbers; none if they differ in
    /// more.
    pub(super) fn followed(&self, left: &str, right: &str) -> Option<Vec<Evidence>> {
        let (l, r): (Vec<&str>, Vec<&str>) = (left.split_whitespace().collect(), right.split_whitespace().collect());
        if self.0.is_empty() || l.len() != r.len() {
            return None;
        }
        let mut evidence = Vec::new();
        for (at, (old, new)) in l.iter().zip(&r).enumerate().filter(|(_, (old, new))| old != new) {
            let (from, to) = (bare(old), bare(new));
            let around = |word: &str, number: &str| word.replacen(number, "", 1);
            let named = from.contains('.')
                || at.checked_sub(1).is_some_and(|before| NAMING.contains(&&*bare(l[before]).to_lowercase()));
            let follows =
                named && self.0.contains(&(from.to_owned(), to.to_owned())) && around(old, from) == around(new, to);
            if !follows {
                return None;
            }
            evidence.push(Evidence {
                shows: Kind::Renumbered,
                left: Some(from.to_owned()),
                right: Some(to.to_owned()),
                says: "the reference follows the clause to its new number".to_owned(),
            });
        }
        (!evidence.is_empty()).then_some(evidence)
    }
}

/// A number or word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_follows_its_clause_and_nothing_else_does() {
        let pairs = [("5.3", "7.3"), ("5", "6")].map(|(l, r)| (l.to_owned(), r.to_owned()));
        let references = References(pairs.into());
        let followed = |left, right| references.followed(left, right).is_some();
        assert!(followed("As paragraph 5.3, says.", "As paragraph 7.3, says."));
        assert!(followed("See order 5.", "See order 6."));
        assert!(!followed("Within 5 days.", "Within 6 days."));
        assert!(!followed("As 5.3 says.", "As 7.4 says."));
        assert!(!followed("As 5.3 says.", "As 7.3 said."));
    }
}
