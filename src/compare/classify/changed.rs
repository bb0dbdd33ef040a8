//! What of the words of force of a text is not in another one that is much like it.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::scale::{Force, Mark, Passage, is_act};

/// A text, and what of it is not in the other one.
pub(super) struct Changed<'a> {
    pub(super) passage: &'a Passage,
    /// Its words of force that are not in the other text.
    pub(super) marks: Vec<Mark>,
    /// The runs of words that are not in the other text.
    pub(super) runs: Vec<Run>,
    /// All its words of force.
    all: Vec<Mark>,
    changed: Vec<bool>,
}

/// A run of words that is not in the other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) at: usize,
    pub(super) length: usize,
    /// Where it stands in the course of both texts: runs with the same place replace each other.
    pub(super) place: usize,
}

impl<'a> Changed<'a> {
    /// Both sides. Words of force that bind alike are taken for the same words.
    pub(super) fn between(left: &'a Passage, right: &'a Passage) -> (Self, Self) {
        let (left_tokens, left_marks) = tokens(left);
        let (right_tokens, right_marks) = tokens(right);
        let keys = |tokens: &[Token]| tokens.iter().map(|token| token.key.clone()).collect::<Vec<_>>();
        let ops = capture_diff_slices(Algorithm::Myers, &keys(&left_tokens), &keys(&right_tokens));
        let side =
            |passage: &'a Passage, tokens: &[Token], marks: Vec<Mark>, range: fn(&DiffOp) -> std::ops::Range<usize>| {
                let mut runs = Vec::new();
                for (place, op) in ops.iter().enumerate().filter(|(_, op)| !matches!(op, DiffOp::Equal { .. })) {
                    if let Some((first, last)) = tokens[range(op)].first().zip(tokens[range(op)].last()) {
                        runs.push(Run { at: first.at, length: last.at + last.length - first.at, place });
                    }
                }
                Self::new(passage, marks, runs)
            };
        (
            side(left, &left_tokens, left_marks, DiffOp::old_range),
            side(right, &right_tokens, right_marks, DiffOp::new_range),
        )
    }

    fn new(passage: &'a Passage, all: Vec<Mark>, runs: Vec<Run>) -> Self {
        let mut changed = vec![false; passage.words.len()];
        for run in &runs {
            changed[run.at..run.at + run.length].fill(true);
        }
        let marks = all.iter().filter(|mark| changed[mark.at]).cloned().collect();
        Self { passage, marks, runs, all, changed }
    }

    /// Whether any of those words is not in the other text.
    pub(super) fn touches(&self, at: usize, length: usize) -> bool {
        self.changed[at..at + length].contains(&true)
    }

    /// How many words the run of changed words around a mark has.
    pub(super) fn run_around(&self, mark: &Mark) -> usize {
        self.runs.iter().find(|run| (run.at..run.at + run.length).contains(&mark.at)).map_or(0, |run| run.length)
    }

    /// Whether a mark only words a condition that came or went before it in the same run: "unless he is told beforehand".
    pub(super) fn is_part_of_condition(&self, mark: &Mark) -> bool {
        let run = self.runs.iter().find(|run| (run.at..run.at + run.length).contains(&mark.at));
        let condition = |other: &&Mark| other.force == Force::Exception && other.sentence == mark.sentence;
        let within = |run: &Run| self.marks.iter().filter(condition).any(|other| (run.at..mark.at).contains(&other.at));
        run.is_some_and(within)
    }

    /// The words of the run that a mark is in.
    pub(super) fn run_of(&self, mark: &Mark) -> String {
        let run = self.runs.iter().find(|run| (run.at..run.at + run.length).contains(&mark.at));
        run.map_or_else(|| self.passage.shown(mark), |run| self.passage.said(run.at, run.length))
    }

    /// "This policy aims to": an effort that nobody is bound to make.
    pub(super) fn is_untaken_effort(&self, mark: &Mark) -> bool {
        let effort = mark.force == Force::Softening && self.passage.words[mark.at + mark.length - 1] == "to";
        effort
            && !self
                .all
                .iter()
                .any(|other| other.force.binds() && other.sentence == mark.sentence && other.at < mark.at)
    }

    /// "Shall be" in the place of "is": a rule that was stated and is now laid down, or the other way round.
    pub(super) fn only_states(&self, mark: &Mark, other: &Self) -> bool {
        let run = self.runs.iter().find(|run| (run.at..run.at + run.length).contains(&mark.at));
        let theirs = run.and_then(|run| other.runs.iter().find(|theirs| theirs.place == run.place));
        let is = |run: &Run| {
            other.passage.words[run.at..run.at + run.length].iter().any(|word| word == "is" || word == "are")
        };
        self.passage.said(mark.at, mark.length) == "shall" && theirs.is_some_and(is)
    }

    /// A prohibition of this side only that makes exceptions.
    pub(super) fn prohibition_with_exceptions(&self) -> Option<Mark> {
        let excepts = |mark: &Mark| {
            self.all.iter().any(|other| other.sentence == mark.sentence && other.force == Force::Exception)
        };
        self.marks.iter().find(|mark| mark.force == Force::Prohibition && excepts(mark)).cloned()
    }

    /// A permission or duty of this side only that holds only so far, which the other side does not say so.
    pub(super) fn restricted_permission(&self) -> Option<Mark> {
        let restricts = |other: &Mark| matches!(other.force, Force::Limit | Force::Exception);
        let beside = |mark: &Mark| self.marks.iter().any(|other| other.sentence == mark.sentence && restricts(other));
        self.marks.iter().find(|mark| matches!(mark.force, Force::Permission | Force::Duty) && beside(mark)).cloned()
    }

    /// Takes out a mark and what restricts it.
    pub(super) fn drop_restricted(&mut self, binding: &Mark) {
        let restricts =
            |mark: &Mark| matches!(mark.force, Force::Exception | Force::Limit) && mark.sentence == binding.sentence;
        self.marks.retain(|mark| mark != binding && !restricts(mark));
    }

    /// Whether little of the sentence that a mark stands in is in the other text.
    pub(super) fn is_new_sentence(&self, mark: &Mark) -> bool {
        let sentences = self.passage.sentences.iter().zip(&self.changed);
        let (kept, all) = sentences
            .filter(|(sentence, _)| **sentence == mark.sentence)
            .fold((0, 0), |(kept, all), (_, changed)| (kept + usize::from(!changed), all + 1));
        kept * 5 < all * 2
    }

    /// Takes out the first mark of a kind.
    pub(super) fn take(&mut self, force: Force) -> Option<Mark> {
        let at = self.marks.iter().position(|mark| mark.force == force)?;
        Some(self.marks.remove(at))
    }

    /// Takes out the marks that bind.
    pub(super) fn take_binding(&mut self) -> Vec<Mark> {
        let (binding, rest) = self.marks.drain(..).partition(|mark| mark.force.binds());
        self.marks = rest;
        binding
    }

    /// What governs the words there: the nearest word that binds before them in the sentence, else the nearest after them.
    pub(super) fn governing(&self, at: usize) -> Option<&Mark> {
        let sentence = self.passage.sentences[at];
        let governing = self.all.iter().filter(|mark| mark.force.binds() && mark.sentence == sentence);
        governing.min_by_key(|mark| (mark.at > at, mark.at.abs_diff(at)))
    }

    /// Whether what governs the words there is a permission.
    pub(super) fn permits(&self, at: usize) -> bool {
        self.governing(at).is_some_and(|mark| mark.force.allows())
    }

    /// Things to be done that stand on this side only, under a word of duty that stands on both: "and sign it".
    pub(super) fn further_acts(&self, other: &Self) -> Vec<(usize, usize)> {
        let words = &self.passage.words;
        let further = |run: &&Run| {
            let within = &words[run.at..run.at + run.length];
            let joined = within.iter().any(|word| word == "and");
            let act = within.iter().any(|word| is_act(word));
            let owed = self.governing(run.at).is_some_and(|mark| mark.force == Force::Duty && !self.changed[mark.at]);
            let binds =
                self.all.iter().any(|mark| mark.force.binds() && (run.at..run.at + run.length).contains(&mark.at));
            let in_place_of_others = other.runs.iter().any(|theirs| theirs.place == run.place);
            joined && act && owed && !binds && !in_place_of_others
        };
        self.runs.iter().filter(further).map(|run| (run.at, run.length)).collect()
    }
}

/// A word, or the words of a mark together.
struct Token {
    key: String,
    at: usize,
    length: usize,
}

fn tokens(passage: &Passage) -> (Vec<Token>, Vec<Mark>) {
    let marks = passage.marks();
    let mut tokens = Vec::with_capacity(passage.words.len());
    let (mut at, mut rest) = (0, marks.as_slice());
    while at < passage.words.len() {
        match rest.split_first() {
            Some((mark, after)) if mark.at == at => {
                tokens.push(Token { key: format!("{:?} {}", mark.force, mark.level), at, length: mark.length });
                at += mark.length;
                rest = after;
            }
            _ => {
                tokens.push(Token { key: passage.words[at].clone(), at, length: 1 });
                at += 1;
            }
        }
    }
    (tokens, marks)
}
