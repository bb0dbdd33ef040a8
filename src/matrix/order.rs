//! An order that contradicts as few documents as possible: of every two things that a document has, it has one before the other.
//!
//! That order is Kemeny's. To find the best of all takes too long, so one that is nearly right is bettered: each thing in turn goes
//! where least speaks against it, until none wants to move. Then no thing stands before its neighbour against most documents.

use std::collections::BTreeMap;

/// Of two things further apart than this in a document, its order says nothing that nearer ones do not.
const FAR: usize = 200;

/// How often all are gone through at most.
const ROUNDS: usize = 20;

/// Puts things into the order of the documents. `places` has for each thing where it stands in which documents; `order` is a first
/// one, which decides where the documents do not.
pub(super) fn agreed(places: &[BTreeMap<usize, f32>], mut order: Vec<usize>) -> Vec<usize> {
    let votes = votes(places);
    let mut at = vec![0; places.len()];
    order.iter().enumerate().for_each(|(nth, thing)| at[*thing] = nth);
    for _ in 0..ROUNDS {
        let mut moved = false;
        for thing in order.clone() {
            let (from, to) = (at[thing], best(&votes[thing], &at, at[thing]));
            if from == to {
                continue;
            }
            moved = true;
            let between = if from < to { from..=to } else { to..=from };
            if from < to {
                order[between.clone()].rotate_left(1);
            } else {
                order[between.clone()].rotate_right(1);
            }
            between.for_each(|nth| at[order[nth]] = nth);
        }
        if !moved {
            break;
        }
    }
    order
}

/// For each thing and each other that a document has as well: how many more documents have the thing first.
fn votes(places: &[BTreeMap<usize, f32>]) -> Vec<Vec<(usize, i32)>> {
    let mut documents: BTreeMap<usize, Vec<(f32, usize)>> = BTreeMap::new();
    for (thing, places) in places.iter().enumerate() {
        places.iter().for_each(|(document, place)| documents.entry(*document).or_default().push((*place, thing)));
    }
    let mut votes: Vec<BTreeMap<usize, i32>> = vec![BTreeMap::new(); places.len()];
    for things in documents.values_mut() {
        things.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (nth, (place, first)) in things.iter().enumerate() {
            let after = things[nth + 1..].iter().take(FAR).filter(|(other, _)| other > place);
            for (_, second) in after {
                *votes[*first].entry(*second).or_default() += 1;
                *votes[*second].entry(*first).or_default() -= 1;
            }
        }
    }
    votes.into_iter().map(|of_one| of_one.into_iter().filter(|(_, more)| *more != 0).collect()).collect()
}

/// Where a thing goes that now is at `from`: where the fewest documents are contradicted, and of several such places to the one
/// that is nearest to where it is.
fn best(votes: &[(usize, i32)], at: &[usize], from: usize) -> usize {
    let mut others: Vec<(usize, i32)> = votes.iter().map(|(other, more)| (at[*other], *more)).collect();
    others.sort_unstable();
    let (before, after) = others.split_at(others.partition_point(|(place, _)| *place < from));
    let mut best = (0, from);
    let mut gain = 0;
    for (place, more) in after {
        gain -= more;
        best = if gain > best.0 { (gain, *place) } else { best };
    }
    gain = 0;
    for (place, more) in before.iter().rev() {
        gain += more;
        best = if gain > best.0 { (gain, *place) } else { best };
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(documents: &[&[usize]], things: usize) -> Vec<BTreeMap<usize, f32>> {
        let mut places = vec![BTreeMap::new(); things];
        for (document, order) in documents.iter().enumerate() {
            for (place, thing) in (0_u8..).zip(*order) {
                places[*thing].insert(document, f32::from(place));
            }
        }
        places
    }

    #[test]
    fn most_documents_decide_and_what_one_has_goes_beside_its_neighbours() {
        let two_of_three = places(&[&[0, 1, 2, 3], &[0, 1, 2, 3], &[3, 2, 1, 0]], 4);
        assert_eq!(agreed(&two_of_three, vec![3, 1, 0, 2]), [0, 1, 2, 3]);
        let alone = places(&[&[0, 1, 2], &[0, 3, 1, 2]], 4);
        assert_eq!(agreed(&alone, vec![0, 1, 2, 3]), [0, 3, 1, 2]);
    }

    #[test]
    fn where_documents_say_nothing_or_disagree_evenly_the_first_order_stays() {
        assert_eq!(agreed(&places(&[&[0], &[1], &[2]], 3), vec![2, 0, 1]), [2, 0, 1]);
        assert_eq!(agreed(&places(&[&[0, 1], &[1, 0]], 2), vec![1, 0]), [1, 0]);
    }

    #[test]
    fn a_circle_comes_to_an_end() {
        let circle = places(&[&[0, 1, 2], &[1, 2, 0], &[2, 0, 1]], 3);
        let order = agreed(&circle, vec![0, 1, 2]);
        assert_eq!(order, [0, 1, 2]);
    }
}
