//! Which words and signs of pieces that belong together both sides have.

use super::words::{common, is_word};

/// The tokens of both sides, and for each whether the other side has it.
pub(super) struct Pairing<'a> {
    left: Vec<&'a str>,
    right: Vec<&'a str>,
    /// In order, the places of those that are the same.
    pairs: Vec<(usize, usize)>,
    pub(super) found: (Vec<bool>, Vec<bool>),
}

impl<'a> Pairing<'a> {
    /// Pairs what both have in order, letter by letter.
    pub(super) fn new(left: Vec<&'a str>, right: Vec<&'a str>) -> Self {
        let pairs = common(&left, &right);
        let mut found = (vec![false; left.len()], vec![false; right.len()]);
        for (l, r) in &pairs {
            (found.0[*l], found.1[*r]) = (true, true);
        }
        Self { left, right, pairs, found }
    }

    /// The places of what is left over on the right.
    fn free(&self) -> Vec<usize> {
        (0..self.right.len()).filter(|at| !self.found.1[*at]).collect()
    }

    /// Pairs what is left over without regard to order: in a form for a signature that says nothing, and signs draw the lines to
    /// write on.
    pub(super) fn unordered(&mut self) {
        let mut free = self.free();
        for (at, word) in self.left.iter().enumerate() {
            let other = if self.found.0[at] { None } else { free.iter().position(|other| self.right[*other] == *word) };
            if let Some(nth) = other {
                self.found.1[free.remove(nth)] = true;
            }
            self.found.0[at] |= other.is_some() || !is_word(word);
        }
    }

    /// Pairs the parts of words that a hyphen divides on the left with the whole words; the hyphen stays left over.
    pub(super) fn parted(&mut self) {
        let free = self.free();
        for at in 1..self.left.len().saturating_sub(1) {
            let parts = self.left[at] == "-" && !self.found.0[at - 1] && !self.found.0[at + 1];
            let whole = || [self.left[at - 1], self.left[at + 1]].concat();
            let same = |other: &&usize| !self.found.1[**other] && self.right[**other] == whole();
            if let Some(other) = free.iter().find(same).filter(|_| parts) {
                (self.found.0[at - 1], self.found.0[at + 1], self.found.1[*other]) = (true, true, true);
            }
        }
    }

    /// Passes over dashes on the left between a number and the words that it stands before: the result sets them apart. `begins` says
    /// of a place on the right whether words begin there behind a number.
    pub(super) fn dashes(&mut self, begins: impl Fn(usize) -> bool) {
        for (at, _) in self.pairs.iter().filter(|(at, there)| *at > 0 && begins(*there)) {
            self.found.0[at - 1] |= matches!(self.left[at - 1], "-" | "–" | "—");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left over on each side.
    fn left_over(left: &str, right: &str, pair: impl FnOnce(&mut Pairing<'_>)) -> (String, String) {
        let mut pairing = Pairing::new(left.split(' ').collect(), right.split(' ').collect());
        pair(&mut pairing);
        let rest = |tokens: &[&str], found: &[bool]| {
            let rest = tokens.iter().zip(found).filter(|(_, found)| !**found).map(|(token, _)| *token);
            rest.collect::<Vec<_>>().join(" ")
        };
        (rest(&pairing.left, &pairing.found.0), rest(&pairing.right, &pairing.found.1))
    }

    #[test]
    fn what_is_left_over_is_what_the_other_side_has_not() {
        let owned = |(left, right): (&str, &str)| (left.to_owned(), right.to_owned());
        assert_eq!(left_over("a must b", "a shall b", |_| ()), owned(("must", "shall")));
        assert_eq!(left_over("b a", "a b", |_| ()).0.len(), 1);
        assert_eq!(
            left_over("Signed __ Chair Date __", "Signed Date Chair", |pairing| pairing.unordered()),
            owned(("", ""))
        );
        assert_eq!(
            left_over("Signed __ Chair", "Signed Date Chair", |pairing| pairing.unordered()),
            owned(("", "Date"))
        );
        assert_eq!(left_over("the deci - sion is", "the decision is", |pairing| pairing.parted()), owned(("-", "")));
        assert_eq!(
            left_over("the deci - sion is", "the decisions is", |pairing| pairing.parted()),
            owned(("deci - sion", "decisions"))
        );
        assert_eq!(left_over("4 – Aim – End", "4 Aim End", |pairing| pairing.dashes(|at| at == 1)), owned(("–", "")));
    }
}
