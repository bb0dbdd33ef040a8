//! What each council says, beside the base: the model's wording, else the one that is nearest to all.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::compare::{Corpus, Correspondence, Place, Relation, Strength, Verdict};

use super::families::Family;
use super::{Because, Cell, Member, Standing};

/// The rows, in the order of the families.
pub(super) fn rows(
    corpus: &Corpus,
    correspondences: &[Correspondence],
    families: &[Family],
    model: Option<usize>,
) -> Vec<super::Family> {
    let links = links(correspondences);
    let bases: Vec<Place> = families.iter().map(|family| base(corpus, family, model)).collect();
    let beside = |(family, base): (&Family, &Place)| {
        let others = family.all().into_iter().filter(|place| place != base);
        others.map(|place| (*base, place)).collect::<Vec<_>>()
    };
    let pairs: Vec<(Place, Place)> = families.iter().zip(&bases).flat_map(beside).collect();
    let verdicts: FxHashMap<(Place, Place), Verdict> = pairs.iter().copied().zip(corpus.verdicts(&pairs)).collect();
    let row = |(family, base): (&Family, Place)| {
        Row { corpus, links: &links, verdicts: &verdicts, family, base, model }.made()
    };
    families.iter().zip(bases).map(row).collect()
}

type Links<'a> = FxHashMap<Place, Vec<(Place, &'a Correspondence)>>;

fn links(correspondences: &[Correspondence]) -> Links<'_> {
    let mut links = Links::default();
    for both in correspondences {
        links.entry(both.left).or_default().push((both.right, both));
        links.entry(both.right).or_default().push((both.left, both));
    }
    links
}

/// The most members among which the one that is nearest to all is looked for.
const MOST: usize = 60;

/// The model's provision, else the one whose words are nearest to those of the others.
fn base(corpus: &Corpus, family: &Family, model: Option<usize>) -> Place {
    let of_model: Vec<Place> = family.members.iter().copied().filter(|place| Some(place.document) == model).collect();
    let among = if of_model.is_empty() { &family.members } else { &of_model };
    let all = spread(&family.members);
    let near = |place: &Place| all.iter().map(|other| corpus.likeness(*place, *other)).sum::<f32>();
    let mut nearest: Vec<(f32, Place)> = spread(among).iter().map(|place| (near(place), *place)).collect();
    nearest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    nearest[0].1
}

/// As many of them, spread evenly, as are looked at.
fn spread(places: &[Place]) -> Vec<Place> {
    let count = places.len().min(MOST);
    (0..count).map(|nth| places[nth * places.len() / count]).collect()
}

/// How sure it is that a provision says the same as the base before it is said to bind more or less.
const SURE: f32 = 0.8;

/// What a row is made of.
struct Row<'a> {
    corpus: &'a Corpus,
    links: &'a Links<'a>,
    verdicts: &'a FxHashMap<(Place, Place), Verdict>,
    family: &'a Family,
    base: Place,
    model: Option<usize>,
}

impl Row<'_> {
    fn made(&self) -> super::Family {
        // A model is the measure, however usual it is.
        let usual = if Some(self.base.document) == self.model { 0 } else { self.usual() };
        let mut cells: Vec<Option<Cell>> = vec![None; self.corpus.documents()];
        let mut by_document: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for place in self.family.all() {
            by_document.entry(place.document).or_default().push(self.member(place, usual));
        }
        for (document, members) in by_document {
            cells[document] = Some(cell(members));
        }
        super::Family { base: self.base, cells }
    }

    /// How much the most of the members bind, beside the base; as much, where the most are not of one mind.
    fn usual(&self) -> i8 {
        let mut counts: BTreeMap<i8, usize> = BTreeMap::new();
        self.family.members.iter().for_each(|place| *counts.entry(self.force(*place)).or_default() += 1);
        let half = self.family.members.len() / 2;
        counts.into_iter().find(|(_, count)| *count > half).map_or(0, |(force, _)| force)
    }

    /// How much a provision binds beside the base: more, 1; as much, 0; less, -1.
    fn force(&self, place: Place) -> i8 {
        match self.verdicts.get(&(self.base, place)).map(|verdict| verdict.strength) {
            Some(Strength::Right) => 1,
            Some(Strength::Left) => -1,
            Some(Strength::Equal) | None => 0,
        }
    }

    fn member(&self, place: Place, usual: i8) -> Member {
        let verdict = self.verdicts.get(&(self.base, place));
        // Whether one binds more than another is nothing to say of two that hardly say the same.
        let like_base = |(other, both): &(Place, &Correspondence)| *other == self.base && both.score >= SURE;
        let belongs = self.links.get(&place).is_some_and(|all| all.iter().any(like_base));
        Member {
            provision: place.provision,
            is_guest: !self.family.members.contains(&place),
            relation: verdict.map_or(Relation::Same, |verdict| verdict.relation),
            standing: match self.force(place) - usual {
                // The model is the measure: what it says elsewhere as well is not measured against it.
                _ if Some(place.document) == self.model || !belongs => Standing::Usual,
                0 => Standing::Usual,
                more if more > 0 => Standing::Stronger,
                _ => Standing::Weaker,
            },
            evidence: verdict.map(|verdict| verdict.evidence.clone()).unwrap_or_default(),
            because: self.because(place),
        }
    }

    fn because(&self, place: Place) -> Option<Because> {
        let others: Vec<Place> =
            self.family.members.iter().copied().filter(|other| other.document != place.document).collect();
        let inside = self.links.get(&place)?.iter().filter(|(other, _)| others.binary_search(other).is_ok());
        let inside: Vec<&(Place, &Correspondence)> = inside.collect();
        let (nearest, best) = inside.iter().max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.cmp(&a.0)))?;
        let compared = |other: &&Place| self.corpus.compared(place.document, other.document);
        let sum: f32 = inside.iter().map(|(_, both)| both.score).sum();
        #[expect(clippy::cast_precision_loss, reason = "families are small")]
        let on_average = sum / others.iter().filter(compared).count().max(1) as f32;
        Some(Because { nearest: *nearest, score: best.score, pass: best.pass, on_average })
    }
}

/// A cell is as near as its nearest provision, and binds as the one of its own that is furthest from what is usual.
fn cell(members: Vec<Member>) -> Cell {
    let relation = members.iter().map(|member| member.relation).min().unwrap_or(Relation::Partial);
    let own = members.iter().filter(|member| !member.is_guest).map(|member| member.standing);
    let all: Vec<Standing> = own.filter(|standing| *standing != Standing::Usual).collect();
    let standing = match (all.contains(&Standing::Stronger), all.contains(&Standing::Weaker)) {
        (true, false) => Standing::Stronger,
        (false, true) => Standing::Weaker,
        _ => Standing::Usual,
    };
    Cell { members, relation, standing }
}
