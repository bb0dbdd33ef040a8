//! The scale of force (`force.toml`) and where its words stand in a text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::language::fold;

#[derive(Deserialize)]
struct File {
    acts: Vec<String>,
    agreement: Vec<String>,
    words: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    kind: Force,
    #[serde(default)]
    level: u8,
    words: Vec<String>,
}

/// What words of force do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Force {
    Duty,
    Permission,
    Prohibition,
    Freedom,
    Exception,
    Softening,
    Insistence,
    Limit,
    Form,
    Prompt,
    All,
    Some,
    /// Makes a prohibition of the duty or permission beside it.
    Denial,
}

impl Force {
    /// Whether it says what is to be, may be or may not be done.
    pub(super) fn binds(self) -> bool {
        matches!(self, Self::Duty | Self::Permission | Self::Prohibition | Self::Freedom)
    }

    /// Whether it says what may be done, or need not be.
    pub(super) fn allows(self) -> bool {
        matches!(self, Self::Permission | Self::Freedom)
    }
}

/// Words of force in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) force: Force,
    /// How much it binds, from 0 to 3; 0 for what does not bind of itself.
    pub(super) level: u8,
    /// Where it begins among the words, and how many there are.
    pub(super) at: usize,
    pub(super) length: usize,
    /// The sentence it stands in.
    pub(super) sentence: usize,
}

struct Scale {
    phrases: HashMap<Vec<String>, (Force, u8)>,
    longest: usize,
    acts: HashSet<String>,
    agreement: HashSet<String>,
}

static SCALE: LazyLock<Scale> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is built in, and every test reads it")]
    let file: File = toml::from_str(include_str!("force.toml")).expect("force.toml is TOML");
    let mut phrases = HashMap::new();
    for listed in file.words {
        phrases.extend(listed.words.iter().map(|words| (fold(words), (listed.kind, listed.level))));
    }
    let longest = phrases.keys().map(Vec::len).max().unwrap_or(1);
    Scale { phrases, longest, acts: file.acts.into_iter().collect(), agreement: file.agreement.into_iter().collect() }
});

/// Whether the word is something to be done.
pub(super) fn is_act(word: &str) -> bool {
    SCALE.acts.contains(word)
}

/// Whether the word says that such a thing is done: "published", "notified".
pub(super) fn is_done(word: &str) -> bool {
    let stem = |ending: &str, instead: &str| word.strip_suffix(ending).map(|stem| format!("{stem}{instead}"));
    let stems = [stem("ed", ""), stem("d", ""), stem("ied", "y")];
    stems.into_iter().flatten().any(|stem| is_act(&stem)) || IRREGULAR.contains(&word)
}

/// Participles of the acts that do not end in "ed".
const IRREGULAR: &[&str] =
    &["given", "held", "kept", "made", "paid", "sent", "shown", "sought", "submitted", "taken", "told", "written"];

/// How far before a word of force what denies it may stand, to be shown with it: "no member of the committee may".
const SUBJECT: usize = 6;

/// How far after "with" its "approval" or "agreement" may stand.
const AGREEMENT: usize = 6;

/// A text as folded words, and which sentence each is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) words: Vec<String>,
    pub(super) sentences: Vec<usize>,
    /// The part between commas that each word is in.
    pub(super) parts: Vec<usize>,
    /// How many of the words are the lead-in's.
    pub(super) lead_in: usize,
}

impl Passage {
    /// The words of a lead-in and of a text; a lead-in is one sentence with what it leads in to.
    pub(super) fn new(lead_in: &str, text: &str) -> Self {
        use unicode_segmentation::UnicodeSegmentation as _;
        let mut passage = Self::default();
        passage.push(lead_in, 0);
        passage.lead_in = passage.words.len();
        for (at, sentence) in text.unicode_sentences().flat_map(|sentence| sentence.split(['\n', ';'])).enumerate() {
            passage.push(sentence, at);
        }
        passage
    }

    fn push(&mut self, text: &str, sentence: usize) {
        for part in text.split(", ").flat_map(|part| part.split(['(', ')', '–', ':'])) {
            let words = fold(part);
            let nth = self.parts.last().map_or(0, |last| last + 1);
            self.parts.extend(std::iter::repeat_n(nth, words.len()));
            self.sentences.extend(std::iter::repeat_n(sentence, words.len()));
            self.words.extend(words);
        }
    }

    pub(super) fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.words.get(at)).map_or("", String::as_str)
    }

    /// The words of force in it, the longest match counting, in the sense they have there.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            match self.agreement(at).or_else(|| self.listed(at)) {
                Some(mark) if self.means_it(&mark) => {
                    at += mark.length;
                    marks.push(self.in_sense(mark));
                }
                _ => at += 1,
            }
        }
        self.settled(marks)
    }

    /// The longest listed words that begin there.
    fn listed(&self, at: usize) -> Option<Mark> {
        let longest = SCALE.longest.min(self.words.len() - at);
        (1..=longest).rev().find_map(|length| {
            let (force, level) = *SCALE.phrases.get(&self.words[at..at + length])?;
            let sentence = self.sentences[at];
            (sentence == self.sentences[at + length - 1]).then_some(Mark { force, level, at, length, sentence })
        })
    }

    /// "With the prior written approval of": a condition, whoever approves.
    fn agreement(&self, at: usize) -> Option<Mark> {
        let opens = matches!(self.words[at].as_str(), "with" | "without" | "by" | "after" | "on");
        let sentence = self.sentences[at];
        let near = (at + 1..self.words.len().min(at + AGREEMENT)).take_while(|near| self.sentences[*near] == sentence);
        let absent = |near: usize| self.words[at] == "in" && self.words[near] == "absence";
        let noun =
            near.into_iter().find(|near| opens && SCALE.agreement.contains(&self.words[*near]) || absent(*near))?;
        Some(Mark { force: Force::Exception, level: 0, at, length: noun + 1 - at, sentence })
    }

    /// Words as they stand, to show to people.
    pub(super) fn said(&self, at: usize, length: usize) -> String {
        self.words[at..at + length].join(" ")
    }

    /// The words of a mark, with what makes a prohibition of them, to show to people.
    pub(super) fn shown(&self, mark: &Mark) -> String {
        let (from, to) = (mark.at, mark.at + mark.length);
        let says = |within: std::ops::Range<usize>| {
            within
                .into_iter()
                .find(|at| matches!(self.word(Some(*at)), "not" | "never" | "no" | "nobody" | "none" | "neither"))
        };
        if mark.force != Force::Prohibition || says(from..to).is_some() {
            return self.said(from, mark.length);
        }
        let behind = says(to..(to + 2).min(self.words.len())).map_or(to, |at| at + 1);
        let nearest = (from.saturating_sub(SUBJECT)..from).filter(|at| self.sentences[*at] == mark.sentence);
        let ahead =
            if behind > to { from } else { nearest.rev().find(|at| says(*at..at + 1).is_some()).unwrap_or(from) };
        self.said(ahead, behind - ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(Force, u8)> {
        Passage::new("", text).marks().into_iter().map(|mark| (mark.force, mark.level)).collect()
    }

    #[test]
    fn words_of_force_are_found_in_their_sense() {
        assert_eq!(marks("Officers must report."), [(Force::Duty, 3)]);
        assert_eq!(marks("Officers should not normally attend."), [(Force::Prohibition, 2), (Force::Softening, 0)]);
        assert_eq!(marks("Officers should normally not attend."), [(Force::Prohibition, 2), (Force::Softening, 0)]);
        assert_eq!(marks("Officers are not required to attend."), [(Force::Freedom, 0)]);
        assert_eq!(marks("The meeting in May may be moved."), [(Force::Permission, 1)]);
        assert_eq!(marks("Should a Member wish to speak, a form is sent."), [(Force::Exception, 0)]);
        assert_eq!(marks("Whether or not it may or may not rain."), []);
        assert_eq!(marks("No officer should accept it."), [(Force::Prohibition, 2)]);
        assert_eq!(marks("Under no circumstances may an officer accept it."), [(Force::Prohibition, 3)]);
        assert_eq!(marks("It is hoped that members will attend."), [(Force::Duty, 1)]);
        assert_eq!(
            marks("They may do so with the written consent of the Clerk."),
            [(Force::Permission, 1), (Force::Exception, 0)]
        );
    }
}
