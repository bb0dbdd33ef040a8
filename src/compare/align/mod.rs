//! Which provisions correspond: passes over one record of links, from the surest to the most daring.
//!
//! Each pass sees what those before it found. A link that is made stays.

mod edited;
mod exact;
mod explicit_id;
mod identical;
mod meaning;
mod split_and_merged;
mod terminology;
mod typographic;

use super::comparison::{Relation, Weighed};
use super::reading::Reading;

pub(crate) use meaning::relation;

/// A pass.
pub struct Pass {
    /// Its name, as `--explain` shows it.
    pub name: &'static str,
    /// What it does, for the manual.
    pub what: &'static str,
    /// What it finds.
    pub example: PassExample,
    run: fn(&Reading, &mut Alignment),
}

/// Two texts that a pass links.
pub struct PassExample {
    /// On the left.
    pub left: &'static str,
    /// On the right.
    pub right: &'static str,
}

/// The passes, in order.
pub static PASSES: [&Pass; 7] = [
    &explicit_id::PASS,
    &identical::PASS,
    &typographic::PASS,
    &terminology::PASS,
    &edited::PASS,
    &split_and_merged::PASS,
    &meaning::PASS,
];

/// Two provisions that correspond.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) pass: &'static str,
    /// How sure it is, from 0 to 1.
    pub(crate) score: f32,
    pub(crate) relation: Relation,
    pub(crate) signals: Vec<Weighed>,
}

/// The links found so far.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    pub(crate) links: Vec<Link>,
    by_left: Vec<Vec<usize>>,
    by_right: Vec<Vec<usize>>,
    /// Groups of links that are one provision become several, or several become one: the places of the links.
    pub(crate) groups: Vec<Vec<usize>>,
}

/// The name of the pass that groups.
pub(crate) const SPLIT_AND_MERGED: &str = split_and_merged::NAME;

/// Links the provisions of both sides.
pub(crate) fn align(reading: &Reading) -> Alignment {
    let mut alignment = run(reading, &PASSES);
    alignment.groups = split_and_merged::groups(reading, &alignment);
    alignment
}

/// The links of two councils' provisions that are the same in their words, and those that may be the same in their meaning,
/// down to that likelihood.
pub(crate) fn likely(reading: &Reading, least: f32) -> Vec<Link> {
    let (last, sure) = PASSES.split_last().expect("there are passes");
    debug_assert_eq!(last.name, meaning::PASS.name);
    let mut alignment = run(reading, sure);
    meaning::down_to(least, reading, &mut alignment);
    alignment.links
}

fn run(reading: &Reading, passes: &[&Pass]) -> Alignment {
    let mut alignment = Alignment {
        by_left: vec![Vec::new(); reading.left.units.len()],
        by_right: vec![Vec::new(); reading.right.units.len()],
        ..Alignment::default()
    };
    for pass in passes {
        (pass.run)(reading, &mut alignment);
    }
    alignment
}

impl Alignment {
    pub(crate) fn add(&mut self, link: Link) {
        if self.linked(link.left, link.right) {
            return;
        }
        self.by_left[link.left].push(self.links.len());
        self.by_right[link.right].push(self.links.len());
        self.links.push(link);
    }

    pub(crate) fn linked(&self, left: usize, right: usize) -> bool {
        self.by_left[left].iter().any(|link| self.links[*link].right == right)
    }

    /// The places of the links of a provision on the left.
    pub(crate) fn links_of_left(&self, left: usize) -> &[usize] {
        &self.by_left[left]
    }

    /// The places of the links of a provision on the right.
    pub(crate) fn links_of_right(&self, right: usize) -> &[usize] {
        &self.by_right[right]
    }

    /// The provisions on the left without a link.
    pub(crate) fn left_alone(&self) -> Vec<usize> {
        (0..self.by_left.len()).filter(|left| self.by_left[*left].is_empty()).collect()
    }

    /// The provisions on the right without a link.
    pub(crate) fn right_alone(&self) -> Vec<usize> {
        (0..self.by_right.len()).filter(|right| self.by_right[*right].is_empty()).collect()
    }
}

/// Whether the provisions before or after both are linked, or those they complete.
fn company(reading: &Reading, alignment: &Alignment, left: usize, right: usize) -> f32 {
    let beside = |dl: usize, dr: usize, back: bool| {
        let step = |at: usize, by: usize| if back { at.checked_sub(by) } else { Some(at + by) };
        match (step(left, dl), step(right, dr)) {
            (Some(l), Some(r)) if l < alignment.by_left.len() && r < alignment.by_right.len() => alignment.linked(l, r),
            _ => false,
        }
    };
    let ends = |back: bool| match back {
        true => left == 0 && right == 0,
        false => left + 1 == alignment.by_left.len() && right + 1 == alignment.by_right.len(),
    };
    let near = |back: bool| {
        if beside(1, 1, back) || ends(back) {
            1.0
        } else if beside(2, 2, back) {
            0.6
        } else {
            0.0
        }
    };
    let parents = reading.left.units[left].parent.zip(reading.right.units[right].parent);
    let parents = f32::from(u8::from(parents.is_some_and(|(l, r)| alignment.linked(l, r))));
    near(true) + near(false) + parents
}

/// How many of the words of both are in the other, in their number: 1 for the same words in any order.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
pub(crate) fn alike(left: &[String], right: &[String]) -> f32 {
    let sorted = |words: &[String]| {
        let mut words: Vec<String> = words.to_vec();
        words.sort_unstable();
        words
    };
    let (a, b) = (sorted(left), sorted(right));
    let (mut at, mut other, mut shared) = (0, 0, 0.0_f32);
    while at < a.len() && other < b.len() {
        match a[at].cmp(&b[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                shared += 1.0;
                (at, other) = (at + 1, other + 1);
            }
        }
    }
    if a.is_empty() && b.is_empty() { 1.0 } else { 2.0 * shared / (a.len() + b.len()) as f32 }
}
