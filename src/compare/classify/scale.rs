//! The scale of force (`force.toml`) and where its words stand in a text.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::language::fold;

#[derive(Deserialize)]
struct File {
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
    Prompt,
    All,
    Some,
}

impl Force {
    /// Whether it says what is to be, may be or may not be done.
    pub(super) fn binds(self) -> bool {
        matches!(self, Self::Duty | Self::Permission | Self::Prohibition | Self::Freedom)
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
}

static SCALE: LazyLock<Scale> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is built in, and every test reads it")]
    let file: File = toml::from_str(include_str!("force.toml")).expect("force.toml is TOML");
    let mut phrases = HashMap::new();
    for listed in file.words {
        phrases.extend(listed.words.iter().map(|words| (fold(words), (listed.kind, listed.level))));
    }
    let longest = phrases.keys().map(Vec::len).max().unwrap_or(1);
    Scale { phrases, longest }
});

/// A text as folded words, and which sentence each is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) words: Vec<String>,
    pub(super) sentences: Vec<usize>,
}

impl Passage {
    /// The words of a lead-in and of a text; a lead-in is one sentence with what it leads in to.
    pub(super) fn new(lead_in: Option<&str>, text: &str) -> Self {
        use unicode_segmentation::UnicodeSegmentation as _;
        let mut passage = Self::default();
        passage.push(lead_in.unwrap_or_default(), 0);
        for (at, sentence) in text.unicode_sentences().flat_map(|sentence| sentence.split(['\n', ';'])).enumerate() {
            passage.push(sentence, at);
        }
        passage
    }

    fn push(&mut self, text: &str, sentence: usize) {
        let words = fold(text);
        self.sentences.extend(std::iter::repeat_n(sentence, words.len()));
        self.words.extend(words);
    }

    fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.words.get(at)).map_or("", String::as_str)
    }

    /// The words of force in it, the longest match counting.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let longest = SCALE.longest.min(self.words.len() - at);
            let found = (1..=longest).rev().find_map(|length| {
                let within = self.sentences[at] == self.sentences[at + length - 1];
                SCALE
                    .phrases
                    .get(&self.words[at..at + length])
                    .filter(|_| within)
                    .map(|(force, level)| (*force, *level, length))
            });
            match found {
                Some((force, level, length)) if self.means_it(force, at, length) => {
                    let (force, level) = self.with_denial(force, level, at + length);
                    let conditional = self.word(Some(at)) == "should" && length == 1 && self.begins_sentence(at);
                    let (force, level) = if conditional { (Force::Exception, 0) } else { (force, level) };
                    marks.push(Mark { force, level, at, length, sentence: self.sentences[at] });
                    at += length;
                }
                _ => at += 1,
            }
        }
        marks
    }

    fn begins_sentence(&self, at: usize) -> bool {
        at == 0 || self.sentences[at - 1] != self.sentences[at]
    }

    /// "should normally not": a denial a word or two after a word of duty or permission is read with it.
    fn with_denial(&self, force: Force, level: u8, after: usize) -> (Force, u8) {
        let adverb = |word: &str| {
            word.ends_with("ly") || matches!(word, "also" | "therefore" | "however" | "always" | "in" | "general")
        };
        let denied = matches!(self.word(Some(after)), "not" | "never")
            || adverb(self.word(Some(after))) && matches!(self.word(Some(after + 1)), "not" | "never");
        match force {
            Force::Duty if denied => (Force::Prohibition, level),
            Force::Permission if denied && level == 1 => (Force::Prohibition, 3),
            _ => (force, level),
        }
    }

    /// Whether the words have the sense that the scale means.
    fn means_it(&self, force: Force, at: usize, length: usize) -> bool {
        let before = self.word(at.checked_sub(1));
        let after = self.word(Some(at + length));
        let figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        match (self.words[at].as_str(), length) {
            ("may", 1) => {
                let month = figure(before)
                    || figure(after)
                    || matches!(
                        before,
                        "in" | "of"
                            | "by"
                            | "each"
                            | "every"
                            | "during"
                            | "until"
                            | "before"
                            | "since"
                            | "early"
                            | "late"
                            | "mid"
                            | "annual"
                    )
                    || after == "meeting";
                let or_not = after == "or" && self.word(Some(at + 2)) == "may" || before == "or" && after == "not";
                let aside = matches!(
                    before,
                    "who" | "which" | "that" | "as" | "what" | "whatever" | "whoever" | "there" | "it"
                ) && after != "not";
                !month && !or_not && !aside
            }
            ("can" | "could" | "might", 1) => {
                !matches!(before, "who" | "which" | "that" | "as" | "what" | "whatever" | "there" | "it" | "this")
            }
            ("may", 2) => !(before == "or" && self.word(at.checked_sub(2)) == "may"),
            ("will", 1) => !matches!(
                before,
                "the" | "good" | "own" | "free" | "his" | "their" | "a" | "of" | "who" | "which" | "that"
            ),
            ("must", 1) => before != "a",
            ("if", 1) => !matches!(
                before,
                "as" | "even" | "ask" | "asks" | "consider" | "decide" | "see" | "know" | "what" | "check"
            ),
            ("no", 1) => !matches!(after, "later" | "more" | "longer" | "less" | "fewer" | "doubt"),
            ("each", 1) => after != "other",
            ("full", 1) => after != "council",
            ("generally" | "consider", 1) => force == Force::Softening,
            _ => true,
        }
    }

    /// The words of a mark, to show to people.
    pub(super) fn shown(&self, mark: &Mark) -> String {
        let denied = mark.force == Force::Prohibition
            && !self.words[mark.at..mark.at + mark.length].iter().any(|w| w == "not" || w == "never");
        let more = if denied {
            (1..=2).find(|by| matches!(self.word(Some(mark.at + mark.length - 1 + by)), "not" | "never")).unwrap_or(0)
        } else {
            0
        };
        self.words[mark.at..(mark.at + mark.length + more).min(self.words.len())].join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(Force, u8)> {
        Passage::new(None, text).marks().into_iter().map(|mark| (mark.force, mark.level)).collect()
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
    }
}
