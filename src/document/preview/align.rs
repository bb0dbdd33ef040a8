//! Which pieces of the original and of the result are one row.
//!
//! The words of both sides are laid against each other in order. Pieces that share most of their words are one row, and what stands
//! between them is in it. What has no place in order is then looked for among what is left over on the other side.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::words::common;

/// Pieces that belong together: some of each side, or some of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) left: Range<usize>,
    pub(super) right: Range<usize>,
}

/// Two pieces share enough when the one with fewer words has more than this share of them in common, as a fraction.
const ENOUGH: (usize, usize) = (1, 2);

fn enough(shared: usize, words: usize) -> bool {
    words > 0 && shared * ENOUGH.1 >= words * ENOUGH.0
}

/// The pieces of both sides in groups, all of them, in order. `left` and `right` have the words of each piece.
pub(super) fn groups(left: &[Vec<String>], right: &[Vec<String>]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut l, mut r) = (0, 0);
    for (of_left, of_right) in links(left, right) {
        match groups.last_mut().filter(|last| of_left < last.left.end || of_right < last.right.end) {
            Some(last) => (last.left.end, last.right.end) = (of_left + 1, of_right + 1),
            None => {
                alone(l..of_left, r..of_right, &mut groups);
                groups.push(Group { left: of_left..of_left + 1, right: of_right..of_right + 1 });
            }
        }
        (l, r) = (of_left + 1, of_right + 1);
    }
    alone(l..left.len(), r..right.len(), &mut groups);
    with_strays(groups, left, right)
}

/// Groups with those of their neighbours taken in that stand on the left alone and have no word but such as are left over on the
/// right: the date below a signature.
fn with_strays(groups: Vec<Group>, left: &[Vec<String>], right: &[Vec<String>]) -> Vec<Group> {
    let stray = |stray: &Group, of: &Group| {
        let mut left_over = counted_in(right[of.right.clone()].iter().flatten());
        let mut takes = |word: &String| match left_over.get_mut(word.as_str()) {
            Some(times) if *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        };
        left[of.left.clone()].iter().flatten().for_each(|word| {
            takes(word);
        });
        let words: Vec<&String> = left[stray.left.clone()].iter().flatten().collect();
        stray.right.is_empty() && !of.left.is_empty() && !words.is_empty() && words.into_iter().all(takes)
    };
    let mut taken: Vec<Group> = Vec::new();
    for group in groups {
        match taken.last_mut() {
            Some(last) if !last.right.is_empty() && stray(&group, last) => last.left.end = group.left.end,
            Some(last) if !group.right.is_empty() && stray(last, &group) => {
                *last = Group { left: last.left.start..group.left.end, right: group.right };
            }
            _ => taken.push(group),
        }
    }
    taken
}

/// Pieces without a counterpart, each by itself.
fn alone(left: Range<usize>, right: Range<usize>, groups: &mut Vec<Group>) {
    let (l, r) = (left.end, right.start);
    groups.extend(left.map(|at| Group { left: at..at + 1, right: r..r }));
    groups.extend(right.map(|at| Group { left: l..l, right: at..at + 1 }));
}

/// The pairs of pieces that share enough words in order; both sides ascend.
fn links(left: &[Vec<String>], right: &[Vec<String>]) -> Vec<(usize, usize)> {
    let (of_left, of_right) = (flat(left), flat(right));
    let (l, r): (Vec<&str>, Vec<&str>) =
        (of_left.iter().map(|(_, word)| *word).collect(), of_right.iter().map(|(_, word)| *word).collect());
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at_left, at_right) in common(&l, &r) {
        *shared.entry((of_left[at_left].0, of_right[at_right].0)).or_default() += 1;
    }
    let kept = shared.into_iter().filter(|((l, r), shared)| enough(*shared, left[*l].len().min(right[*r].len())));
    kept.map(|(pair, _)| pair).collect()
}

/// All words, each with its piece.
fn flat(side: &[Vec<String>]) -> Vec<(usize, &str)> {
    side.iter().enumerate().flat_map(|(at, words)| words.iter().map(move |word| (at, word.as_str()))).collect()
}

/// Of the groups with pieces of one side only, those whose words stand in another place on the other side: the right one, and the
/// left ones it was made of.
pub(super) fn moved(groups: &[Group], left: &[Vec<String>], right: &[Vec<String>]) -> BTreeMap<usize, Vec<usize>> {
    let only = |of_left: bool| {
        let lone = move |group: &&Group| if of_left { group.right.is_empty() } else { group.left.is_empty() };
        groups.iter().filter(lone)
    };
    let mut with_word: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for at in only(false).flat_map(|group| group.right.clone()) {
        counted(&right[at]).into_iter().for_each(|(word, times)| with_word.entry(word).or_default().push((at, times)));
    }
    let mut taken: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for at in only(true).flat_map(|group| group.left.clone()) {
        let Some((to, words)) = best(&left[at], &with_word) else { continue };
        taken.entry(to).or_default().push(at);
        *shared.entry(to).or_default() += words;
    }
    taken.retain(|to, _| enough(shared[to], right[*to].len()));
    taken
}

/// Where most of the words stand, and how many of them, if those are enough.
fn best(words: &[String], with_word: &HashMap<&str, Vec<(usize, usize)>>) -> Option<(usize, usize)> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for (word, times) in counted(words) {
        for (at, there) in with_word.get(word).into_iter().flatten() {
            *shared.entry(*at).or_default() += times.min(*there);
        }
    }
    let (at, count) = shared.into_iter().rev().max_by_key(|(_, count)| *count)?;
    enough(count, words.len()).then_some((at, count))
}

fn counted(words: &[String]) -> BTreeMap<&str, usize> {
    counted_in(words.iter())
}

fn counted_in<'a>(words: impl Iterator<Item = &'a String>) -> BTreeMap<&'a str, usize> {
    let mut counted = BTreeMap::new();
    words.for_each(|word| *counted.entry(word.as_str()).or_insert(0) += 1);
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(pieces: &[&str]) -> Vec<Vec<String>> {
        pieces.iter().map(|piece| piece.split_whitespace().map(str::to_owned).collect()).collect()
    }

    fn shown(left: &[&str], right: &[&str]) -> Vec<String> {
        let groups = groups(&side(left), &side(right));
        groups
            .iter()
            .map(|group| format!("{} | {}", left[group.left.clone()].join("/"), right[group.right.clone()].join("/")))
            .collect()
    }

    #[test]
    fn pieces_that_share_words_are_one_row() {
        assert_eq!(
            shown(&["1 aims of", "the policy", "foot", "2 scope"], &["1 aims of the policy", "2 scope", "new"]),
            ["1 aims of/the policy | 1 aims of the policy", "foot | ", "2 scope | 2 scope", " | new"]
        );
        // What stands between two pieces of one row is in it.
        assert_eq!(shown(&["a b c", "page", "d e f"], &["a b c d e f"]), ["a b c/page/d e f | a b c d e f"]);
        // One piece that became several.
        assert_eq!(shown(&["a b c d", "e"], &["a b", "c d", "e"]), ["a b c d | a b/c d", "e | e"]);
        // Beside what it belongs to, whatever the order.
        assert_eq!(
            shown(&["signed chairman", "date", "z"], &["signed date chairman", "z"]),
            ["signed chairman/date | signed date chairman", "z | z"]
        );
        // A word in common is no row.
        assert_eq!(
            shown(&["the clerk speaks for all of us"], &["nobody may record at the meeting"]),
            ["the clerk speaks for all of us | ", " | nobody may record at the meeting"]
        );
    }

    #[test]
    fn what_stands_elsewhere_is_found() {
        let (left, right) = (
            side(&["title", "one two three", "adopted in", "may 2024"]),
            side(&["adopted in may 2024", "title", "one two three"]),
        );
        let groups = groups(&left, &right);
        assert_eq!(moved(&groups, &left, &right), BTreeMap::from([(0, vec![2, 3])]));
    }
}
