//! What became of each provision that has a counterpart: one file for what is looked at, each with its evidence.

mod amounts;
mod changed;
mod detail;
mod force;
mod loose;
mod order;
mod party;
mod quantifiers;
mod quantities;
mod scale;
mod sense;

use similar::{Algorithm, capture_diff_slices, diff_ratio};

use crate::model::{Block, CELL_END, Clause, Edition, Inline, Item, Protocol, Section, Text};
use crate::source::Source;

use super::align::Link;
use super::comparison::{Evidence, Kind, Strength};
use super::language::fold;
use super::reading::Reading;
use super::side::{Side, Unit};

use force::{Detail, Verdict};
pub(super) use order::bare_number;
use scale::Passage;

/// What was found of a pair.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Classified {
    /// The weightiest first.
    pub(crate) aspects: Vec<Kind>,
    pub(crate) strength: Strength,
    pub(crate) evidence: Vec<Evidence>,
}

/// Classifies every link.
pub(crate) fn classify(reading: &Reading, links: &[Link]) -> Vec<Classified> {
    use rayon::prelude::*;
    let moved = order::moved(&reading.left, &reading.right, links);
    links.par_iter().zip(moved).map(|(link, moved)| one(reading, link, moved)).collect()
}

fn one(reading: &Reading, link: &Link, moved: bool) -> Classified {
    let (left, right) = (&reading.left.units[link.left], &reading.right.units[link.right]);
    let mut classified = words(reading, left, right);
    if moved {
        classified.aspects.push(Kind::Moved);
    }
    if order::renumbered(left, right) {
        classified.aspects.push(Kind::Renumbered);
    }
    if classified.aspects.is_empty() {
        classified.aspects.push(Kind::Unchanged);
    }
    classified.aspects.sort_unstable_by(|a, b| b.cmp(a));
    classified
}

/// What was found of the words of a pair, wherever they stand.
pub(crate) fn pair(reading: &Reading, left: usize, right: usize) -> Classified {
    words(reading, &reading.left.units[left], &reading.right.units[right])
}

/// The share of the words that stand in one order in a whole and its parts from which they are laid side by side.
const IN_ORDER: f32 = 0.7;

/// What was found of one that became several between versions, or of several that became one: what was exchanged for something else. What only came or
/// went is not weighed, as parts say again what the whole says once: "Members must …" of each.
pub(crate) fn together(reading: &Reading, left: &[usize], right: &[usize]) -> Classified {
    let joined = |side: &Side, places: &[usize]| Unit::joined(places.iter().map(|at| &side.units[*at]));
    let in_order = |(l, r): &(Unit, Unit)| {
        let ops = capture_diff_slices(Algorithm::Myers, &l.named, &r.named);
        diff_ratio(&ops, l.named.len(), r.named.len()) >= IN_ORDER
    };
    let both = || joined(&reading.left, left).zip(joined(&reading.right, right)).filter(in_order);
    let Some((left, right)) = reading.versions.then(both).flatten() else { return Classified::default() };
    let lead_in = left.provision.lead_in.as_deref().unwrap_or_default();
    let texts =
        Texts { reading, left: &left, right: &right, lead_ins: (lead_in, lead_in), detail: Some(Detail::Parts) };
    let mut classified = texts.classified();
    classified.aspects.retain(|aspect| classified.evidence.iter().any(|evidence| evidence.shows == *aspect));
    classified.aspects.sort_unstable_by(|a, b| b.cmp(a));
    classified
}

/// What was found of the last provision of each side.
pub(super) fn last(reading: &Reading) -> Option<Classified> {
    Some(words(reading, reading.left.units.last()?, reading.right.units.last()?))
}

/// A document of one clause, or of one list item with the words before its list.
pub(super) fn edition(text: &str, lead_in: Option<&str>) -> Edition {
    let paragraph = |text: &str| Block::Paragraph(vec![Inline::words(text)]);
    let blocks = match lead_in {
        Some(lead_in) => {
            vec![paragraph(lead_in), Block::List(vec![Item { label: None, blocks: vec![paragraph(text)] }])]
        }
        None => vec![paragraph(text)],
    };
    let clause = Clause { text: Text { blocks }, ..Clause::default() };
    let section = Section { clauses: vec![clause], ..Section::default() };
    Edition {
        address: None,
        council: None,
        logo: None,
        settings: Default::default(),
        protocol: Protocol::adopted("", vec![section]),
        source: Source::new("", ""),
    }
}

/// The share of words in common from which two texts are compared word by word.
const CLOSE: f32 = 0.5;

/// The share from which, between councils, every word that came or went is weighed. Below it, two councils only chose other
/// words, and what one has and the other has not is nobody's change.
const VERY_CLOSE: f32 = 0.7;

/// The share of the shorter text's words from which the longer one is the same with something put in.
const CONTAINED: f32 = 0.95;

/// How much of the shorter text is in the longer one.
#[expect(clippy::cast_precision_loss, reason = "a text has few words")]
fn contained(left: &Unit, right: &Unit, alike: f32) -> f32 {
    let (l, r) = (left.named.len(), right.named.len());
    alike * (l + r) as f32 / (2 * l.min(r)).max(1) as f32
}

fn words(reading: &Reading, left: &Unit, right: &Unit) -> Classified {
    let (l, r) = (&left.provision, &right.provision);
    if l.text == r.text && (reading.versions || left.lead_in == right.lead_in) {
        return Classified { aspects: Vec::new(), strength: Strength::Equal, evidence: Vec::new() };
    }
    // Between versions a change of the lead-in is reported where it stands, not again at every item under it.
    let theirs = if reading.versions { l.lead_in.as_deref() } else { r.lead_in.as_deref() };
    let lead_ins = (l.lead_in.as_deref().unwrap_or_default(), theirs.unwrap_or_default());
    let alike = super::align::alike(&left.named, &right.named);
    let led_in_alike = left.lead_in == right.lead_in || super::align::alike(&left.lead_in, &right.lead_in) >= CLOSE;
    let very_close = led_in_alike && (alike >= VERY_CLOSE || contained(left, right, alike) >= CONTAINED);
    let went_on = reading.versions && (left.named.starts_with(&right.named) || right.named.starts_with(&left.named));
    let detail = if very_close { Detail::All } else { Detail::Exchanges };
    Texts { reading, left, right, lead_ins, detail: (alike >= CLOSE || went_on).then_some(detail) }.classified()
}

/// Two texts whose words, or whose lead-ins' words, differ.
struct Texts<'a> {
    reading: &'a Reading,
    left: &'a Unit,
    right: &'a Unit,
    lead_ins: (&'a str, &'a str),
    /// How finely they can be compared; none where they are not much alike.
    detail: Option<Detail>,
}

impl Texts<'_> {
    fn classified(&self) -> Classified {
        let verdict = if self.same_words() { Verdict::default() } else { self.force() };
        let strength = verdict.strength();
        let mut aspects = Vec::new();
        let mut evidence = verdict.stronger;
        if !evidence.is_empty() {
            aspects.push(Kind::Strengthened);
        }
        if !verdict.weaker.is_empty() {
            aspects.push(Kind::Weakened);
        }
        evidence.extend(verdict.weaker);
        for found in self.party().into_iter().chain(self.other_detail()) {
            aspects.push(found.shows);
            evidence.push(found);
        }
        if aspects.is_empty() {
            aspects.extend(self.wording());
            if aspects == [Kind::Reworded] && self.in_other_cells() {
                evidence.push(other_cells());
            } else if aspects == [Kind::Reworded] && self.left.folded == self.right.folded {
                evidence.push(self.other_lead_in());
            }
        }
        Classified { aspects, strength, evidence }
    }

    /// Whether nothing differs but the words for the roles.
    fn same_words(&self) -> bool {
        self.left.named == self.right.named && (self.reading.versions || self.left.lead_in == self.right.lead_in)
    }

    fn force(&self) -> Verdict {
        let (l, r) = (&self.left.provision.text, &self.right.provision.text);
        let (lead_in, other) = self.lead_ins;
        let (left, right) = (Passage::new(lead_in, l), Passage::new(other, r));
        match self.detail {
            Some(detail) => force::compare_closely(&left, &right, detail),
            None => loose::compare(&left, &right),
        }
    }

    fn party(&self) -> Option<Evidence> {
        let lead_ins = (self.left.lead_in.as_slice(), self.right.lead_in.as_slice());
        match self.detail {
            None => return party::loosely(self.left, self.right),
            Some(Detail::Parts) => return party::exchanged(&self.left.named, &self.right.named),
            Some(_) => {}
        }
        let in_lead_ins = || if self.reading.versions { None } else { party::in_lead_ins(lead_ins.0, lead_ins.1) };
        party::closely(&self.left.named, &self.right.named).or_else(in_lead_ins)
    }

    fn other_detail(&self) -> Option<Evidence> {
        if party::settled(&self.left.named) == party::settled(&self.right.named) {
            return None;
        }
        let (l, r) = (&self.left.provision.text, &self.right.provision.text);
        if self.detail.is_some() { detail::closely(l, r) } else { detail::loosely(l, r) }
    }

    /// Whether the same words stand in other cells of a table: what a sum or a tick means, its column says.
    fn in_other_cells(&self) -> bool {
        let (left, right) = (cells(&self.left.provision.text), cells(&self.right.provision.text));
        let filled = |cells: &[Vec<String>]| cells.iter().map(Vec::is_empty).collect::<Vec<_>>();
        self.same_words() && (filled(&left) != filled(&right) || self.left.folded == self.right.folded && left != right)
    }

    /// The words before the list, where only they differ.
    fn other_lead_in(&self) -> Evidence {
        let words = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Evidence {
            shows: Kind::Reworded,
            left: words(self.lead_ins.0),
            right: words(self.lead_ins.1),
            says: "other words before the list".to_owned(),
        }
    }

    /// What differs in words that bind alike and name the same.
    fn wording(&self) -> Option<Kind> {
        let (left, right) = (self.left, self.right);
        let (lead_in, other) = self.lead_ins;
        let same_words = left.folded == right.folded && fold(lead_in) == fold(other);
        let same_named = party::settled(&left.named) == party::settled(&right.named)
            && (self.reading.versions || party::settled(&left.lead_in) == party::settled(&right.lead_in));
        if left.provision.text == right.provision.text && lead_in == other {
            None
        } else if self.in_other_cells() {
            Some(Kind::Reworded)
        } else if same_words {
            Some(Kind::Typographic)
        } else if same_named {
            Some(Kind::Terminology)
        } else {
            Some(Kind::Reworded)
        }
    }
}

/// The words of each cell of the tables in a text, folded; a cell that has only signs, such as a tick, keeps them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let folded = |cell: &str| {
        let words = fold(cell);
        let signs = || cell.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() { signs() } else { words }
    };
    text.lines().filter(|line| line.contains(CELL_END)).flat_map(|line| line.split(CELL_END).map(folded)).collect()
}

fn other_cells() -> Evidence {
    let says = "the cells of the table hold other words or signs".to_owned();
    Evidence { shows: Kind::Reworded, left: None, right: None, says }
}
