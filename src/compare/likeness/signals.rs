//! What is measured of two provisions.

use rustc_hash::FxHashMap;

use super::super::language::{Roles, Vocabulary};
use super::super::side::{Side, Unit};
use super::candidates::candidates;
use super::space::{Point, Space};

/// A signal: its name in `weights.toml` and under `--explain`, and what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// Its name.
    pub name: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// Whether it speaks for the two being the same or against it. Its weight may not say the opposite: signals that
    /// say nearly the same would otherwise cancel each other out by chance of the few labelled pairs.
    pub speaks: Speaks,
}

/// Whether a signal speaks for two provisions being the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaks {
    /// For it.
    For,
    /// Against it.
    Against,
}

pub(super) const fn speaks_for(name: &'static str, what: &'static str) -> Signal {
    Signal { name, what, speaks: Speaks::For }
}

pub(super) const fn speaks_against(name: &'static str, what: &'static str) -> Signal {
    Signal { name, what, speaks: Speaks::Against }
}

/// How many signals there are.
pub(super) const COUNT: usize = 42;

/// The signals, in the order of their values.
pub const SIGNALS: [Signal; COUNT] = [
    speaks_for("words", "rare words in common"),
    speaks_for("context", "rare words in common, lead-ins counted too"),
    speaks_for("meaning", "words in common or in one set of the thesaurus, lead-ins counted too"),
    speaks_for("own-meaning", "the same without lead-ins"),
    speaks_for("letters", "runs of four letters in common"),
    speaks_for("phrases", "neighbouring words in common"),
    speaks_for("covered-least", "how much of the one less covered is in the other"),
    speaks_for("covered-most", "how much of the one more covered is in the other"),
    speaks_for("best-sentence", "the likeness of the two most alike sentences"),
    speaks_for("sentences-covered", "how much of the sentences of the one with fewer is in the other"),
    speaks_for("headings", "words in common in the headings over them"),
    speaks_for("lead-ins", "words in common in the lead-ins"),
    speaks_against("one-lead-in", "only one of them has a lead-in"),
    speaks_for("owing-alike", "the same party owes it"),
    speaks_against("owing-differs", "different parties owe it"),
    speaks_for("owed-alike", "the same party is owed it or named in it"),
    speaks_against("owed-differs", "different parties are owed it or named in it"),
    speaks_against("reversed", "who owes and who is owed change places"),
    speaks_against("lengths", "how different their lengths are"),
    speaks_against("kinds-differ", "one is a list item, the other not"),
    speaks_for("both-lead-in", "both introduce a list"),
    speaks_against("one-leads-in", "only one of them introduces a list"),
    speaks_for("rarest-shared", "how rare the rarest word in common is"),
    speaks_for("second-rarest-shared", "how rare the second rarest word in common is"),
    speaks_for("run", "the longest run of words in common"),
    speaks_against("denial-differs", "one says not, never or no, the other does not"),
    speaks_for("figures-shared", "numbers and dates in common"),
    speaks_against("distance", "how far apart they stand in their documents"),
    speaks_for("expecting-alike", "the same party may expect it"),
    speaks_against("expecting-differs", "different parties may expect it"),
    speaks_for("items-covered", "how much of one list item is in another that no other party owes"),
    speaks_for("own-covered", "how much of the own words of the one more covered is in the other"),
    speaks_against("rank-left", "how many rivals the left one has on the right that are more alike"),
    speaks_against("rank-right", "how many rivals the right one has on the left that are more alike"),
    speaks_for("margin-left", "how much more alike they are than the left one and its best rival"),
    speaks_for("margin-right", "how much more alike they are than the right one and its best rival"),
    speaks_for("share-left", "their likeness as a share of the left one's best"),
    speaks_for("share-right", "their likeness as a share of the right one's best"),
    speaks_for("sentence-of-left", "how near the right one is to being the best for a sentence of the left one"),
    speaks_for("sentence-of-right", "how near the left one is to being the best for a sentence of the right one"),
    speaks_for("sentence-lead-left", "how much the right one leads its rivals in a sentence of the left one"),
    speaks_for("sentence-lead-right", "how much the left one leads its rivals in a sentence of the right one"),
];

/// Signals by place.
const CONTEXT: usize = 1;
const MEANING: usize = 2;
const LETTERS: usize = 4;
const BEST_SENTENCE: usize = 8;
/// Where the signals of rank and margin begin.
const RIVALS: usize = 32;
/// Where those of rivals sentence by sentence begin.
const SENTENCE_RIVALS: usize = 38;

/// What was measured of one pair.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) values: [f32; COUNT],
}

/// Two sides and what is compared of them.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) left: (&'a Side, &'a Space),
    pub(crate) right: (&'a Side, &'a Space),
    pub(crate) vocabulary: &'a Vocabulary,
}

/// Measures all pairs worth a look among those provisions.
pub(crate) fn measure(pair: Pair<'_>, in_left: &[usize], in_right: &[usize], nearest: usize) -> Vec<Measured> {
    let found = candidates(pair.left.1, pair.right.1, in_left, in_right, nearest);
    let mut measured: Vec<Measured> =
        found.into_iter().map(|(left, right)| Measured { left, right, values: values(pair, left, right) }).collect();
    let likeness: Vec<(usize, usize, f32)> =
        measured.iter().map(|m| (m.left, m.right, rough_likeness(&m.values))).collect();
    let by_left = Rivals::of(&likeness, |pair| pair.0, |pair| pair.2);
    let by_right = Rivals::of(&likeness, |pair| pair.1, |pair| pair.2);
    for (m, (left, right, likeness)) in measured.iter_mut().zip(likeness) {
        let (rank_left, rival_left, _) = by_left.among(left, likeness);
        let (rank_right, rival_right, _) = by_right.among(right, likeness);
        let share = |best: f32| if best > 0.0 { likeness / best } else { 0.0 };
        let rivals = [
            rank_left,
            rank_right,
            likeness - rival_left,
            likeness - rival_right,
            share(by_left.best(left)),
            share(by_right.best(right)),
        ];
        m.values[RIVALS..SENTENCE_RIVALS].copy_from_slice(&rivals);
    }
    let of_left = by_sentence_of(&measured, |m| (&pair.left.1.points[m.left], &pair.right.1.points[m.right], m.left));
    let of_right = by_sentence_of(&measured, |m| (&pair.right.1.points[m.right], &pair.left.1.points[m.left], m.right));
    for ((m, left), right) in measured.iter_mut().zip(of_left).zip(of_right) {
        m.values[SENTENCE_RIVALS..].copy_from_slice(&[left[0], right[0], left[1], right[1]]);
    }
    measured
}

/// What rivals are ranked by.
fn rough_likeness(values: &[f32; COUNT]) -> f32 {
    0.4 * values[MEANING] + 0.3 * values[CONTEXT] + 0.3 * values[LETTERS].max(values[BEST_SENTENCE])
}

/// For each pair, how the other provision stands among its rivals in that sentence of the one where it stands best: its
/// likeness as a share of the best, and by how much it leads or trails.
fn by_sentence_of<'a>(
    measured: &'a [Measured],
    sides: impl Fn(&Measured) -> (&'a Point, &'a Point, usize),
) -> Vec<[f32; 2]> {
    let likeness: Vec<Vec<f32>> = measured
        .iter()
        .map(|m| {
            let (one, other, _) = sides(m);
            one.sentences.iter().map(|sentence| sentence.cosine(&other.own_concepts)).collect()
        })
        .collect();
    let mut best: FxHashMap<(usize, usize), [f32; 2]> = FxHashMap::default();
    for (m, likeness) in measured.iter().zip(&likeness) {
        for (at, like) in likeness.iter().enumerate() {
            let two = best.entry((sides(m).2, at)).or_default();
            if *like > two[0] {
                *two = [*like, two[0]];
            } else if *like > two[1] {
                two[1] = *like;
            }
        }
    }
    let standing = |(m, likeness): (&Measured, &Vec<f32>)| {
        let of = sides(m).2;
        let each = likeness.iter().enumerate().map(|(at, like)| {
            let [first, second] = best[&(of, at)];
            let rival = if *like == first { second } else { first };
            [if first > 0.0 { like / first } else { 0.0 }, like - rival]
        });
        each.max_by(|a, b| a[1].total_cmp(&b[1])).unwrap_or([0.0, 0.0])
    };
    measured.iter().zip(&likeness).map(standing).collect()
}

/// The likenesses of each provision of a side to its candidates, greatest first.
pub(super) struct Rivals(FxHashMap<usize, Vec<f32>>);

impl Rivals {
    pub(super) fn of<T>(pairs: &[T], provision: impl Fn(&T) -> usize, likeness: impl Fn(&T) -> f32) -> Self {
        let mut rivals: FxHashMap<usize, Vec<f32>> = FxHashMap::default();
        for pair in pairs {
            rivals.entry(provision(pair)).or_default().push(likeness(pair));
        }
        for list in rivals.values_mut() {
            list.sort_unstable_by(|a, b| b.total_cmp(a));
        }
        Self(rivals)
    }

    /// How a pair of that likeness stands among its rivals: its rank (0 for the best, as a logarithm), the likeness of the
    /// best rival, and the likenesses of all rivals together.
    #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
    pub(super) fn among(&self, provision: usize, likeness: f32) -> (f32, f32, f32) {
        let list = self.0.get(&provision).map_or(&[][..], Vec::as_slice);
        let rank = list.iter().filter(|other| **other > likeness).count();
        let rival = list.get(usize::from(rank == 0)).copied().unwrap_or(0.0);
        ((rank as f32).ln_1p(), rival, list.iter().sum::<f32>() - likeness)
    }

    /// The likeness of the best pair of each provision, on average over so many.
    #[expect(clippy::cast_precision_loss, reason = "counts of provisions are small")]
    pub(super) fn mean_best(&self, provisions: usize) -> f32 {
        let mut best: Vec<f32> = self.0.values().filter_map(|list| list.first()).copied().collect();
        // In one order, for sums of floats depend on it.
        best.sort_unstable_by(f32::total_cmp);
        best.iter().sum::<f32>() / provisions.max(1) as f32
    }

    fn best(&self, provision: usize) -> f32 {
        self.0.get(&provision).and_then(|list| list.first()).copied().unwrap_or(0.0)
    }
}

fn values(pair: Pair<'_>, left: usize, right: usize) -> [f32; COUNT] {
    let (l, r) = (&pair.left.0.units[left], &pair.right.0.units[right]);
    let (p, q) = (&pair.left.1.points[left], &pair.right.1.points[right]);
    let covered = p.concepts.covered(&q.concepts);
    let own_covered = p.own_concepts.covered(&q.own_concepts);
    let (best_sentence, sentences_covered) = by_sentence(p, q);
    let [rarest, second] = rarest_shared(p, q, pair.vocabulary);
    let phrases = p.pairs.cosine(&q.pairs);
    let known = |condition: bool| f32::from(u8::from(condition));
    let (mine, theirs) = (l.parties, r.parties);
    let both = |a: Roles, b: Roles| !a.is_empty() && !b.is_empty();
    let apart = mine.reversed(theirs)
        || theirs.reversed(mine)
        || both(mine.expecting, theirs.expecting) && !mine.expecting.meets(theirs.expecting)
        || both(mine.owing, theirs.owing) && !mine.owing.meets(theirs.owing);
    [
        p.words.cosine(&q.words),
        p.context.cosine(&q.context),
        p.concepts.cosine(&q.concepts),
        p.own_concepts.cosine(&q.own_concepts),
        p.grams.cosine(&q.grams),
        phrases,
        covered[0].min(covered[1]),
        covered[0].max(covered[1]),
        best_sentence,
        sentences_covered,
        p.heading.cosine(&q.heading),
        p.lead_in.cosine(&q.lead_in),
        known(p.lead_in.is_empty() != q.lead_in.is_empty()),
        known(mine.owing.meets(theirs.owing)),
        known(both(mine.owing, theirs.owing) && !mine.owing.meets(theirs.owing)),
        known(mine.owed.meets(theirs.owed)),
        known(both(mine.owed, theirs.owed) && !mine.owed.meets(theirs.owed)),
        known(mine.reversed(theirs) || theirs.reversed(mine)),
        length_ratio(l, r),
        known(l.is_item() != r.is_item()),
        known(l.leads_in && r.leads_in),
        known(l.leads_in != r.leads_in),
        rarest,
        second,
        if phrases > 0.0 { longest_run(l, r) } else { known(rarest > 0.0) * 2.0_f32.ln() },
        known(p.denies != q.denies),
        known(p.figures.iter().any(|figure| q.figures.contains(figure))),
        distance(pair, left, right),
        known(mine.expecting.meets(theirs.expecting)),
        known(both(mine.expecting, theirs.expecting) && !mine.expecting.meets(theirs.expecting)),
        if l.completes() && r.completes() && !apart { covered[0].max(covered[1]) } else { 0.0 },
        own_covered[0].max(own_covered[1]),
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
    ]
}

/// The likeness of the most alike sentences, and the mean of the best for each sentence of the side with fewer.
fn by_sentence(left: &Point, right: &Point) -> (f32, f32) {
    let (mut few, mut many) = (left.parts(), right.parts());
    if few.len() > many.len() {
        std::mem::swap(&mut few, &mut many);
    }
    let best = few.iter().map(|a| many.iter().map(|b| a.cosine(b)).fold(0.0, f32::max));
    let (sum, most) = best.fold((0.0, 0.0_f32), |(sum, most), like| (sum + like, most.max(like)));
    #[expect(clippy::cast_precision_loss, reason = "sentences are few")]
    let mean = sum / few.len().max(1) as f32;
    (most, mean)
}

/// How rare the two rarest words in common are, 1 being a word in one of a thousand provisions.
fn rarest_shared(left: &Point, right: &Point, vocabulary: &Vocabulary) -> [f32; 2] {
    let mut rarest = [0.0_f32; 2];
    left.words.shared(&right.words, |symbol, _, _| {
        let rarity = vocabulary.rarity(symbol) / 1000.0_f32.ln();
        if rarity > rarest[0] {
            rarest = [rarity, rarest[0]];
        } else if rarity > rarest[1] {
            rarest[1] = rarity;
        }
    });
    rarest
}

/// How different the lengths are: 0 for alike, 1 for about three times as long.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn length_ratio(left: &Unit, right: &Unit) -> f32 {
    ((left.stems.len() as f32 + 2.0) / (right.stems.len() as f32 + 2.0)).ln().abs()
}

/// The longest run of stems in common, as a logarithm. Of each stem on the left all on the right are looked at together: nothing in the
/// inner loop waits for what it found one place before.
fn longest_run(left: &Unit, right: &Unit) -> f32 {
    let mut ends = vec![0_u32; right.stems.len() + 1];
    let mut before = ends.clone();
    let mut longest = 0;
    for stem in &left.stems {
        std::mem::swap(&mut ends, &mut before);
        for ((end, before), other) in ends[1..].iter_mut().zip(&before).zip(&right.stems) {
            *end = if other == stem { before + 1 } else { 0 };
            longest = longest.max(*end);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let longest = longest as f32;
    longest.ln_1p()
}

#[expect(clippy::cast_precision_loss, reason = "places are small numbers")]
fn distance(pair: Pair<'_>, left: usize, right: usize) -> f32 {
    let place = |at: usize, side: &Side| at as f32 / side.units.len().max(1) as f32;
    (place(left, pair.left.0) - place(right, pair.right.0)).abs()
}
