//! The words of one text turned into those of another.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use super::comparison::{Op, Words};

/// Below this share of words in common, a redline would be confetti: the whole text is shown as replaced.
const LEAST_ALIKE: f64 = 0.4;

/// A word or two in common between two longer changes are no place to rest the eye.
const LONGEST_ISLAND: usize = 2;

/// The left text turned into the right one, in runs of words that stay, go and come, grouped for reading.
///
/// The runs that stay or go are, put together, exactly the left text; those that stay or come exactly the right one.
pub fn redline(left: &str, right: &str) -> Vec<Words> {
    if left == right {
        return words(vec![(Op::Equal, left)]);
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (left.split_word_bounds().collect(), right.split_word_bounds().collect());
    if alike(&a, &b) < LEAST_ALIKE {
        return words(vec![(Op::Delete, left), (Op::Insert, right)]);
    }
    let mut runs: Vec<Run> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &a, &b) {
        let equal = matches!(op, DiffOp::Equal { .. });
        let (old, new) = (a[op.old_range()].concat(), b[op.new_range()].concat());
        match runs.last_mut() {
            Some(last) if last.equal == equal => last.extend(&old, &new),
            _ => runs.push(Run { equal, old, new }),
        }
    }
    let grouped = group(runs);
    if share_kept(&grouped, left, right) < LEAST_ALIKE {
        return words(vec![(Op::Delete, left), (Op::Insert, right)]);
    }
    let parts = grouped.iter().flat_map(|run| {
        if run.equal { vec![(Op::Equal, &*run.old)] } else { vec![(Op::Delete, &*run.old), (Op::Insert, &*run.new)] }
    });
    words(parts.collect())
}

fn words(parts: Vec<(Op, &str)>) -> Vec<Words> {
    let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
    parts.map(|(op, text)| Words { op, text: text.to_owned() }).collect()
}

/// Words that stay, or words that go and those that come in their place.
struct Run {
    equal: bool,
    old: String,
    new: String,
}

impl Run {
    fn extend(&mut self, old: &str, new: &str) {
        self.old.push_str(old);
        self.new.push_str(new);
    }
}

fn is_word(token: &str) -> bool {
    token.contains(char::is_alphanumeric)
}

/// The share of words that both have, in their number: no order, so it is quick to tell that there is nothing to compare.
fn alike(a: &[&str], b: &[&str]) -> f64 {
    let words = |tokens: &[&str]| -> Vec<String> {
        tokens.iter().filter(|token| is_word(token)).map(|token| token.to_lowercase()).collect()
    };
    f64::from(super::align::alike(&words(a), &words(b)))
}

#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn count(text: &str) -> usize {
    text.split_word_bounds().filter(|token| is_word(token)).count()
}

/// Joins changes that only signs part, and then those that only a few words part.
fn group(runs: Vec<Run>) -> Vec<Run> {
    let only_signs = |_: &Run, equal: &Run, _: &Run| count(&equal.old) == 0 && !equal.old.contains('\n');
    let few_words = |before: &Run, equal: &Run, after: &Run| {
        let size = count(&equal.old);
        let around = |run: &Run| count(&run.old).max(count(&run.new));
        size <= LONGEST_ISLAND && size > 0 && around(before) > size && around(after) > size
    };
    join(join(runs, only_signs), few_words)
}

/// Joins changes with what stays between them, where that is an island.
fn join(runs: Vec<Run>, island: impl Fn(&Run, &Run, &Run) -> bool) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let before = joined.last().filter(|last| !last.equal);
        let between = before.zip(runs.peek()).is_some_and(|(before, after)| run.equal && island(before, &run, after));
        match joined.last_mut() {
            Some(last) if between || (!run.equal && !last.equal) => last.extend(&run.old, &run.new),
            _ => joined.push(run),
        }
    }
    joined
}

fn share_kept(runs: &[Run], left: &str, right: &str) -> f64 {
    let kept: usize = runs.iter().filter(|run| run.equal).map(|run| count(&run.old)).sum();
    if kept == 0 && count(left) + count(right) > 0 {
        return 0.0;
    }
    ratio(2 * kept, count(left) + count(right)).max(ratio(kept, count(left).min(count(right))) / 1.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(left: &str, right: &str) -> String {
        let part = |words: &Words| match words.op {
            Op::Equal => words.text.clone(),
            Op::Delete => format!("[-{}-]", words.text),
            Op::Insert => format!("{{+{}+}}", words.text),
        };
        redline(left, right).iter().map(part).collect()
    }

    #[test]
    fn what_changed_is_shown_in_whole_phrases() {
        assert_eq!(shown("Officers must report.", "Officers should report."), "Officers [-must-]{+should+} report.");
        assert_eq!(
            shown("Tell the Clerk.", "Nobody is to know anything about it"),
            "[-Tell the Clerk.-]{+Nobody is to know anything about it+}"
        );
        assert_eq!(
            shown(
                "Requests are made by email to the Clerk at the office in good time before every meeting.",
                "Requests are made in writing and to the Chair beforehand in good time before every meeting."
            ),
            "Requests are made [-by email to the Clerk at the office-]{+in writing and to the Chair beforehand+} in good time before every meeting."
        );
    }
}
