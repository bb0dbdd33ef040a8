//! What of the words of force of a text is not in another one that is much like it.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::scale::{Force, Mark, Passage, is_act, is_done};

/// From how many words on a passage that was put in may tell some things from others: "who has asked".
const NARROWING: usize = 3;

/// Fewer words than this show nothing of what a word of duty binds to.
const KEPT: usize = 2;

/// How far after a word of duty the "be" of a passive may stand.
const PASSIVE: usize = 3;

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

    /// The run of changed words that a word is in.
    fn run_at(&self, at: usize) -> Option<&Run> {
        self.runs.iter().find(|run| (run.at..run.at + run.length).contains(&at))
    }

    /// The run that stands here where that one stands on the other side.
    fn run_in_place_of(&self, theirs: &Run) -> Option<&Run> {
        self.runs.iter().find(|run| run.place == theirs.place)
    }

    /// The place of the run that a mark is in, if it is all of it.
    pub(super) fn alone_in_run(&self, mark: &Mark) -> Option<usize> {
        self.run_at(mark.at).filter(|run| (run.at, run.length) == (mark.at, mark.length)).map(|run| run.place)
    }

    /// Whether any of those words is not in the other text.
    pub(super) fn touches(&self, at: usize, length: usize) -> bool {
        self.changed[at..at + length].contains(&true)
    }

    /// How many words the run of changed words around a mark has.
    pub(super) fn run_around(&self, mark: &Mark) -> usize {
        self.run_at(mark.at).map_or(0, |run| run.length)
    }

    /// Whether a mark only words a condition that came or went before it in the same run: "unless he is told beforehand".
    pub(super) fn is_part_of_condition(&self, mark: &Mark) -> bool {
        let condition = |other: &&Mark| other.force == Force::Exception && other.sentence == mark.sentence;
        let within = |run: &Run| self.marks.iter().filter(condition).any(|other| (run.at..mark.at).contains(&other.at));
        self.run_at(mark.at).is_some_and(within)
    }

    /// The words of the run that a mark is in.
    pub(super) fn run_of(&self, mark: &Mark) -> String {
        self.run_at(mark.at).map_or_else(|| self.passage.shown(mark), |run| self.passage.said(run.at, run.length))
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
        let theirs = self.run_at(mark.at).and_then(|run| other.run_in_place_of(run));
        let is = |run: &Run| {
            other.passage.words[run.at..run.at + run.length].iter().any(|word| word == "is" || word == "are")
        };
        self.passage.said(mark.at, mark.length) == "shall" && theirs.is_some_and(is)
    }

    /// A duty or prohibition of a sentence that says it twice, or that says it once for two things: what it binds to is still bound.
    pub(super) fn is_said_with_another(&self, mark: &Mark) -> bool {
        let alike = |of: &Mark| (of.force, of.level) == (mark.force, mark.level) && !self.changed[of.at];
        let ends = |at: &usize| {
            self.passage.sentences[*at] != mark.sentence || self.all.iter().any(|of| of.force.binds() && of.at == *at)
        };
        let from = mark.at + mark.length;
        let bound: Vec<usize> = (from..self.passage.words.len()).take_while(|at| !ends(at)).collect();
        let kept = bound.iter().filter(|at| !self.changed[**at]).count();
        let done =
            bound.iter().find(|at| !matches!(self.passage.words[**at].as_str(), "also" | "be" | "then" | "always"));
        let same = done.is_some_and(|at| !self.changed[*at]);
        same && mark.force.binds() && self.all.iter().any(alike) && kept >= KEPT && kept * 10 >= bound.len() * 7
    }

    /// Words that tell some from others, put in on this side: "councillors who have asked for it". Where they begin, how many they are,
    /// and whether they narrow what is allowed.
    pub(super) fn narrowings(&self, other: &Self) -> Vec<(usize, usize, bool)> {
        let narrows = |run: &&Run| {
            let unchanged = self.governing(run.at).is_some_and(|mark| !self.changed[mark.at]);
            let binds = self
                .all
                .iter()
                .any(|mark| mark.force != Force::All && (run.at..run.at + run.length).contains(&mark.at));
            run.length >= NARROWING
                && unchanged
                && !binds
                && other.run_in_place_of(run).is_none()
                && self.passage.tells_some_apart(run.at)
        };
        self.runs.iter().filter(narrows).map(|run| (run.at, run.length, self.permits(run.at))).collect()
    }

    /// A prohibition of this side only that makes exceptions, or lasts until something has been done.
    pub(super) fn prohibition_with_exceptions(&self) -> Option<Mark> {
        let lasts = |mark: &Mark| {
            let mut words = self.passage.words.iter().zip(&self.passage.sentences);
            words.any(|(word, sentence)| *sentence == mark.sentence && word == "before")
        };
        let excepts = |mark: &Mark| {
            self.all.iter().any(|other| other.sentence == mark.sentence && other.force == Force::Exception)
                || lasts(mark)
        };
        self.marks.iter().find(|mark| mark.force == Force::Prohibition && excepts(mark)).cloned()
    }

    /// A permission or duty of this side only that holds only so far, which the other side does not say so.
    pub(super) fn restricted_permission(&self) -> Option<Mark> {
        let only =
            |other: &Mark| self.passage.words[other.at..other.at + other.length].iter().any(|word| word == "only");
        let restricts = |other: &Mark| {
            matches!(other.force, Force::Limit | Force::Exception) && (self.changed[other.at] || only(other))
        };
        let beside = |mark: &Mark| self.all.iter().any(|other| other.sentence == mark.sentence && restricts(other));
        self.marks.iter().find(|mark| matches!(mark.force, Force::Permission | Force::Duty) && beside(mark)).cloned()
    }

    /// Takes out a mark and what restricts it.
    pub(super) fn drop_restricted(&mut self, binding: &Mark) {
        let restricts =
            |mark: &Mark| matches!(mark.force, Force::Exception | Force::Limit) && mark.sentence == binding.sentence;
        self.marks.retain(|mark| mark != binding && !restricts(mark));
    }

    /// Whether little of the sentence that a mark stands in is in the other text, and the mark was not just put into it: a long exception
    /// to a short prohibition is most of the sentence, and no new one.
    pub(super) fn is_new_sentence(&self, mark: &Mark, other: &Self) -> bool {
        let binding = |of: &Mark| of.force.binds() && of.sentence == mark.sentence && !self.changed[of.at];
        let denies = || {
            let mut words = 0..self.passage.words.len();
            words.any(|at| {
                self.passage.sentences[at] == mark.sentence && !self.changed[at] && self.passage.states_denial(at)
            })
        };
        let put_in = self.run_at(mark.at).is_some_and(|run| other.run_in_place_of(run).is_none());
        if put_in && (self.all.iter().any(binding) || denies()) {
            return false;
        }
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

    /// Whether what governs the words there is a permission. "… may attend, but they do not vote" goes on to deny one.
    pub(super) fn permits(&self, at: usize) -> bool {
        self.governing(at).is_some_and(|mark| {
            let since = mark.at + mark.length..at.max(mark.at + mark.length);
            mark.force.allows() && !since.into_iter().any(|at| self.passage.goes_on_to_deny(at))
        })
    }

    /// Whether a limit that came or went by itself limits what is forbidden, and not what is said besides: "must not enter alone".
    pub(super) fn limits_what_is_forbidden(&self, limit: &Mark) -> bool {
        let parts = &self.passage.parts;
        let forbids =
            |mark: &Mark| mark.force == Force::Prohibition && mark.at < limit.at && parts[mark.at] == parts[limit.at];
        self.alone_in_run(limit).is_some() && self.governing(limit.at).is_some_and(forbids)
    }

    /// Whether a place is in a condition that came or went with it: "unless it agrees to go on for up to an hour".
    pub(super) fn is_in_condition(&self, at: usize) -> bool {
        self.run_at(at).is_some_and(|run| {
            let before = |mark: &&Mark| (run.at..at).contains(&mark.at) && mark.sentence == self.passage.sentences[at];
            self.all.iter().filter(before).any(|mark| mark.force == Force::Exception)
        })
    }

    /// Takes out the "if" of a condition that the other side begins with "where" or "when".
    pub(super) fn drop_conditions_that_begin_otherwise(&mut self, other: &Changed<'_>) {
        let others =
            (0..other.passage.words.len()).filter(|at| other.changed[*at] && other.passage.begins_condition(*at));
        for _ in others {
            let same = |mark: &Mark| mark.force == Force::Exception && self.passage.is_plain_if(mark);
            let Some(at) = self.marks.iter().position(same) else { return };
            self.marks.remove(at);
        }
    }

    /// Things to be done that stand on this side only, under a word of duty that stands on both: "and sign it".
    pub(super) fn further_acts(&self, other: &Self) -> Vec<(usize, usize)> {
        let words = &self.passage.words;
        let further = |run: &&Run| {
            let within = &words[run.at..run.at + run.length];
            let joined = within.iter().any(|word| word == "and");
            let governing = self.governing(run.at);
            // "Must be displayed, and published": in the passive voice the act is no longer called by its bare name.
            let passive = governing.is_some_and(|mark| {
                self.passage.words[mark.at + mark.length..].iter().take(PASSIVE).any(|word| word == "be")
            });
            let act = within.iter().any(|word| is_act(word) || passive && is_done(word));
            let owed = governing.is_some_and(|mark| mark.force == Force::Duty && !self.changed[mark.at]);
            let binds =
                self.all.iter().any(|mark| mark.force.binds() && (run.at..run.at + run.length).contains(&mark.at));
            joined && act && owed && !binds && other.run_in_place_of(run).is_none()
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
