//! One provision that became several, and several that became one.

use std::collections::HashMap;

use super::super::comparison::Relation;
use super::super::language::Symbol;
use super::super::reading::Reading;
use super::super::side::Unit;
use super::{Alignment, Link, Pass, PassExample};

pub(super) const NAME: &str = "split-and-merged";

pub(super) static PASS: Pass = Pass {
    name: NAME,
    what: "A provision without a counterpart whose words are for the most part in one on the other side, and in words that its \
           counterpart there does not have: the one was split, or the several were merged.",
    example: PassExample {
        left: "Requests go to the Clerk. The Clerk replies within five working days.",
        right: "Requests go to the Clerk. ‖ The Clerk replies within five working days.",
    },
    run,
};

/// How much of the part's weight of words must be in the whole.
const MOSTLY: f32 = 0.7;
/// How much of it must be in words of the whole that its other counterpart does not have.
const NEWLY: f32 = 0.55;
/// How much of what the other parts leave of the whole must be in it, where more than those words are in it,
const REST: f32 = 0.85;
/// how many words that say something those are at least,
const FEWEST_OF_REST: usize = 4;
/// and how much of it they are.
const ADDED_TO: f32 = 0.35;
/// A part with fewer words that say something is known again only if the whole has all its words together.
const FEWEST: usize = 3;
/// A part with fewer words, small ones counted, says too little to be known again.
const FEWEST_WORDS: usize = 4;
/// How far apart the parts may stand.
const NEAR: usize = 4;

fn run(reading: &Reading, alignment: &mut Alignment) {
    if reading.versions {
        for right in alignment.right_alone() {
            find(reading, alignment, right, true);
        }
        for left in alignment.left_alone() {
            find(reading, alignment, left, false);
        }
    }
}

/// Looks for the provision that this one, which stands alone, is a part of. `part_on_right`: the whole is on the left.
fn find(reading: &Reading, alignment: &mut Alignment, part: usize, part_on_right: bool) {
    let (parts, wholes) = if part_on_right { (&reading.right, &reading.left) } else { (&reading.left, &reading.right) };
    let stems = &parts.units[part].stems;
    let known = if part_on_right { alignment.links_of_right(part) } else { alignment.links_of_left(part) };
    if parts.units[part].folded.len() < FEWEST_WORDS || !known.is_empty() {
        return;
    }
    let weight = |stems: &[Symbol]| stems.iter().map(|stem| reading.vocabulary.rarity(*stem)).sum::<f32>();
    let total = weight(stems);
    let mut best: Option<(f32, usize)> = None;
    for (at, whole) in wholes.units.iter().enumerate() {
        if whole.stems.len() <= stems.len() {
            continue;
        }
        let links = if part_on_right { alignment.links_of_left(at) } else { alignment.links_of_right(at) };
        // What stands on both sides in the same words has none to spare.
        if links.iter().any(|link| alignment.links[*link].relation == Relation::Same) {
            continue;
        }
        let sibling =
            |link: &usize| if part_on_right { alignment.links[*link].right } else { alignment.links[*link].left };
        let siblings: Vec<usize> = links.iter().map(sibling).collect();
        if !siblings.is_empty() && !siblings.iter().any(|sibling| sibling.abs_diff(part) <= NEAR) {
            continue;
        }
        if stems.len() < FEWEST && !says(whole, &parts.units[part]) {
            continue;
        }
        let mut left_over = counted(&whole.stems);
        let inside = weight(&taken(stems, &mut left_over.clone()));
        for sibling in &siblings {
            taken(&parts.units[*sibling].stems, &mut left_over);
        }
        let rest: Vec<Symbol> = taken(&whole.stems, &mut left_over.clone());
        let newly = weight(&taken(stems, &mut left_over));
        let enough = if siblings.is_empty() {
            // With no other part known yet, the rest of the whole must be enough for one.
            inside >= MOSTLY * total && whole.stems.len() >= stems.len() + FEWEST
        } else {
            let is_part = inside >= MOSTLY * total && newly >= NEWLY * total;
            // A part to which words were added as well: "…, within ten working days".
            let is_rest = rest.len() >= FEWEST_OF_REST && newly >= REST * weight(&rest) && newly >= ADDED_TO * total;
            // Word for word in the whole, and no longer in what it became: "must not disclose it or use it", parted in two.
            let went = stems.len() >= FEWEST_OF_REST
                && says(whole, &parts.units[part])
                && !siblings.iter().any(|sibling| says(&parts.units[*sibling], &parts.units[part]));
            is_part || is_rest || went
        };
        if enough && best.is_none_or(|(most, _)| newly > most) {
            best = Some((newly, at));
        }
    }
    let Some((newly, whole)) = best else { return };
    let (left, right) = if part_on_right { (whole, part) } else { (part, whole) };
    let score = (newly / total).min(0.99);
    alignment.add(Link { left, right, pass: NAME, score, relation: Relation::Partial, signals: Vec::new() });
}

/// Whether all words of a part stand together in the whole.
fn says(whole: &Unit, part: &Unit) -> bool {
    whole.folded.windows(part.folded.len()).any(|words| words == part.folded)
}

fn counted(stems: &[Symbol]) -> HashMap<Symbol, usize> {
    let mut counts = HashMap::new();
    for stem in stems {
        *counts.entry(*stem).or_default() += 1;
    }
    counts
}

/// The stems that are still there, which are then taken out.
fn taken(stems: &[Symbol], from: &mut HashMap<Symbol, usize>) -> Vec<Symbol> {
    let take = |stem: &&Symbol| match from.get_mut(stem) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    stems.iter().filter(take).copied().collect()
}

/// Between councils, how much more of the whole the parts must cover together than the best of them alone.
const TOGETHER: f32 = 0.15;

/// Gathers the links of one provision with several that have no other counterpart.
pub(super) fn groups(reading: &Reading, alignment: &Alignment) -> Vec<Vec<usize>> {
    let lefts = (0..reading.left.units.len()).map(|left| alignment.links_of_left(left).to_vec());
    let rights = (0..reading.right.units.len()).map(|right| alignment.links_of_right(right).to_vec());
    let only = |links: &Vec<usize>| {
        links.len() > 1
            && links.iter().all(|link| {
                let link = &alignment.links[*link];
                alignment.links_of_left(link.left).len() == 1 || alignment.links_of_right(link.right).len() == 1
            })
    };
    lefts.chain(rights).filter(only).filter(|links| together(reading, alignment, links)).collect()
}

/// Whether several say together what none of them says alone. Between versions they would not be linked if they did not.
fn together(reading: &Reading, alignment: &Alignment, links: &[usize]) -> bool {
    if reading.versions {
        return true;
    }
    let links: Vec<&Link> = links.iter().map(|link| &alignment.links[*link]).collect();
    let split = links.iter().all(|link| link.left == links[0].left);
    let (whole, parts): (&[Symbol], Vec<&[Symbol]>) = if split {
        (
            &reading.left.units[links[0].left].stems,
            links.iter().map(|link| &*reading.right.units[link.right].stems).collect(),
        )
    } else {
        (
            &reading.right.units[links[0].right].stems,
            links.iter().map(|link| &*reading.left.units[link.left].stems).collect(),
        )
    };
    if whole.is_empty() {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let share = |stems: usize| stems as f32 / whole.len() as f32;
    let best = parts.iter().map(|part| share(taken(part, &mut counted(whole)).len())).fold(0.0, f32::max);
    let mut left_over = counted(whole);
    let all = share(parts.iter().map(|part| taken(part, &mut left_over).len()).sum());
    all >= best + TOGETHER
}
