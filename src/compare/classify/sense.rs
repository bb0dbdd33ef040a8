//! What words of force mean where they stand: "may" is also a month, "must" a guess, and "no councillor shall" a prohibition.

use super::scale::{Force, Mark, Passage};

/// Words after which a word of permission describes, and permits nothing: "whatever may happen", "who can read".
const RELATIVE: &[&str] = &["who", "which", "that", "as", "what", "whatever", "whoever", "there", "it", "this"];

/// Words before the month of May.
const BEFORE_A_MONTH: &[&str] =
    &["in", "of", "by", "each", "every", "during", "until", "before", "since", "early", "late", "mid", "annual"];

/// "The purpose of this protocol is to help" says what for, not what must be done.
fn is_aim(word: &str) -> bool {
    matches!(
        word,
        "purpose" | "purposes" | "aim" | "aims" | "objective" | "intention" | "role" | "roles" | "job" | "function"
    )
}

/// How far before a word "so that" makes it part of a purpose.
const PURPOSE: usize = 10;

/// How far before a word of force "that" may begin what is believed or said.
const REPORTED: usize = 6;

/// How far from a denial ("under no circumstances") the word it denies may stand.
const DENIAL: usize = 4;

/// How far before a denial the "but" may stand that begins it.
const DENIED_SUBJECT: usize = 6;

/// How far before "who" the word may stand that says that there are several.
const DETERMINED: usize = 3;

/// How far after "it is hoped that" the word of force may stand that says no more than that.
const SUBORDINATE: usize = 14;

impl Passage {
    /// Whether listed words have the sense that the scale means.
    pub(super) fn means_it(&self, mark: &Mark) -> bool {
        let Mark { force, at, length, .. } = *mark;
        let before = self.word(at.checked_sub(1));
        let after = self.word(Some(at + length));
        if force.binds() && (self.is_doubled(at, length) || self.guesses(at, length) || self.describes(at)) {
            return false;
        }
        match (self.words[at].as_str(), length) {
            ("may", 1) => !self.is_month(at) && (!RELATIVE.contains(&before) || after == "not"),
            ("can" | "could" | "might", 1) => !RELATIVE.contains(&before),
            ("will", 1) => !matches!(
                before,
                "the" | "good" | "own" | "free" | "his" | "their" | "a" | "of" | "who" | "which" | "that"
            ),
            ("must", 1) => before != "a",
            ("need", _) => !matches!(before, "the" | "a" | "any" | "no" | "in"),
            ("if", 1) => !matches!(
                before,
                "as" | "even" | "ask" | "asks" | "consider" | "decide" | "see" | "know" | "what" | "check"
            ),
            ("is" | "are", 2) if self.words[at + 1] == "to" => !self.before(at, PURPOSE).iter().any(|w| is_aim(w)),
            ("is" | "are", 2) if self.words[at + 1] == "bound" => !matches!(after, "be" | "exist" | "happen" | "arise"),
            ("each", 1) => !matches!(after, "other" | "party"),
            ("without" | "with" | "by" | "after" | "on", _) => force != Force::Exception || self.conditions(at),
            ("but", 2) => !matches!(after, "only" | "limited"),
            ("limited" | "restricted" | "confined", 2) => before != "not",
            ("certain", 1) => !matches!(before, "make" | "be" | "is"),
            ("other", 1) => false,
            _ => true,
        }
    }

    fn is_month(&self, at: usize) -> bool {
        let figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let (before, after) = (self.word(at.checked_sub(1)), self.word(Some(at + 1)));
        figure(before) || figure(after) || BEFORE_A_MONTH.contains(&before) || after == "meeting"
    }

    /// "May or may not" decides nothing.
    fn is_doubled(&self, at: usize, length: usize) -> bool {
        let word = self.word(Some(at));
        let first = length == 1 && self.word(Some(at + 1)) == "or" && self.word(Some(at + 2)) == word;
        let second = self.word(at.checked_sub(1)) == "or" && self.word(at.checked_sub(2)) == word;
        first || second
    }

    /// "That the letter must have gone astray" says what is likely.
    fn guesses(&self, at: usize, length: usize) -> bool {
        let past = self.word(Some(at + length + 1));
        let participle = past.ends_with("ed")
            || matches!(
                past,
                "been"
                    | "gone"
                    | "had"
                    | "made"
                    | "taken"
                    | "given"
                    | "sent"
                    | "lost"
                    | "left"
                    | "known"
                    | "done"
                    | "seen"
            );
        let reported = self.before(at, REPORTED).iter().any(|word| word == "that");
        let likely = matches!(self.word(Some(at)), "may" | "might" | "could") && length == 1;
        self.word(Some(at + length)) == "have" && participle && (reported || likely)
    }

    /// "So that it can be heard", "what they may do", "however small it may be".
    fn describes(&self, at: usize) -> bool {
        let before = self.before(at, PURPOSE);
        // "A standing order that" has no purpose.
        let purpose = before.windows(2).any(|words| words == ["so", "that"])
            || before.windows(3).any(|words| words == ["in", "order", "that"]);
        let pronoun = matches!(self.word(at.checked_sub(1)), "they" | "he" | "she" | "it" | "this" | "we" | "you");
        let indirect = matches!(self.word(at.checked_sub(2)), "what" | "whatever" | "how" | "wherever");
        let concession =
            before.iter().rev().take(REPORTED).any(|word| word == "however") && self.word(Some(at + 1)) == "be";
        let soft = !matches!(self.word(Some(at)), "must" | "shall" | "never" | "cannot");
        let which = matches!(self.word(at.checked_sub(2)), "which" | "whose") && soft;
        purpose && soft || pronoun && indirect || concession || which
    }

    /// Whether "without …" or "with the consent of …" is a condition: of a prohibition the one, of anything the other.
    fn conditions(&self, at: usize) -> bool {
        let bare = self.words[at] == "without";
        let forbids =
            self.words[..at].iter().zip(&self.sentences).rev().take_while(|(_, nth)| **nth == self.sentences[at]);
        !bare
            || forbids
                .into_iter()
                .any(|(word, _)| matches!(word.as_str(), "not" | "no" | "never" | "cannot" | "neither" | "nor"))
    }

    /// "They do not vote": what is not done is stated, without a word of force. "Decide not to" states nothing.
    pub(super) fn states_denial(&self, at: usize) -> bool {
        let auxiliary = || matches!(self.word(at.checked_sub(1)), "do" | "does" | "is" | "are" | "has" | "have");
        matches!(self.words[at].as_str(), "nobody" | "neither" | "nor") || self.words[at] == "not" && auxiliary()
    }

    /// Whether a denial has a subject of its own, "…, but they do not vote", and is not only said of somebody: "who is not a member".
    pub(super) fn goes_on_to_deny(&self, at: usize) -> bool {
        let before = || self.before(at, DENIED_SUBJECT).iter().rev();
        let within = |word: &&String| !matches!(word.as_str(), "who" | "which" | "that" | "where" | "if");
        self.states_denial(at) && before().take_while(within).any(|word| matches!(word.as_str(), "but" | "and"))
    }

    /// Whether "who", "which" or "that" begins there what tells some from others, and not, after a comma or of somebody of whom there is
    /// but one, what is only said besides.
    pub(super) fn tells_some_apart(&self, at: usize) -> bool {
        let relative = matches!(self.words[at].as_str(), "who" | "which" | "that" | "whose");
        let several = |word: &String| matches!(word.as_str(), "every" | "any" | "each" | "all" | "no" | "a" | "an");
        let plural = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        let joined = at > 0 && self.parts[at - 1] == self.parts[at] && self.sentences[at - 1] == self.sentences[at];
        let among = || plural(self.word(at.checked_sub(1))) || self.before(at, DETERMINED).iter().any(several);
        relative && joined && among()
    }

    /// "Where the Clerk is away, …": at the head of its part it begins a condition, as "if" does.
    pub(super) fn begins_condition(&self, at: usize) -> bool {
        let heads = at == 0 || self.parts[at - 1] != self.parts[at];
        heads && matches!(self.words[at].as_str(), "where" | "when" | "whenever" | "wherever" | "once")
    }

    /// Whether a condition is one that could as well begin with "where".
    pub(super) fn is_plain_if(&self, mark: &Mark) -> bool {
        matches!(self.words[mark.at].as_str(), "if" | "should") && mark.length == 1
            || self.words[mark.at..mark.at + mark.length].iter().any(|word| word == "event")
    }

    /// Whether words of insistence say how soon.
    pub(super) fn is_soon(&self, mark: &Mark) -> bool {
        matches!(self.words[mark.at + mark.length - 1].as_str(), "immediately" | "forthwith" | "once" | "delay")
    }

    /// The words of the sentence before a place, at most so many.
    fn before(&self, at: usize, most: usize) -> &[String] {
        let from = (at.saturating_sub(most)..at).find(|before| self.sentences[*before] == self.sentences[at]);
        &self.words[from.unwrap_or(at)..at]
    }

    fn begins_sentence(&self, at: usize) -> bool {
        at == 0 || self.sentences[at - 1] != self.sentences[at]
    }

    /// A mark with what stands right beside it taken into account.
    pub(super) fn in_sense(&self, mut mark: Mark) -> Mark {
        let word = self.words[mark.at].as_str();
        if word == "should" && mark.length == 1 && self.begins_sentence(mark.at) {
            // "Should a vacancy arise" is "if".
            return Mark { force: Force::Exception, level: 0, ..mark };
        }
        let role = |word: &String| {
            matches!(
                word.as_str(),
                "role" | "roles" | "job" | "purpose" | "aim" | "aims" | "function" | "task" | "responsibility"
            )
        };
        if matches!(word, "is" | "are")
            && mark.length == 2
            && self.words[mark.at + 1] == "to"
            && self.before(mark.at, REPORTED).iter().any(role)
        {
            mark.level = mark.level.min(2);
        }
        if self.is_denied(mark.at + mark.length) {
            match mark.force {
                Force::Duty => mark.force = Force::Prohibition,
                Force::Permission if mark.level == 1 => (mark.force, mark.level) = (Force::Prohibition, 3),
                _ => {}
            }
        }
        mark
    }

    /// "Should normally not", "should try not to": a denial a word or two after a word of duty or permission is read with it.
    fn is_denied(&self, after: usize) -> bool {
        let denial = |at: usize| matches!(self.word(Some(at)), "not" | "never");
        let word = self.word(Some(after));
        let passed = word.ends_with("ly")
            || matches!(
                word,
                "also" | "therefore" | "however" | "always" | "try" | "seek" | "aim" | "endeavour" | "be"
            );
        let general = word == "in" && self.word(Some(after + 1)) == "general";
        denial(after) || passed && denial(after + 1) && word != "be" || general && denial(after + 2)
    }

    /// Marks in the sense that the sentence around them gives them.
    pub(super) fn settled(&self, marks: Vec<Mark>) -> Vec<Mark> {
        let marks = with_denials(marks);
        let mut settled: Vec<Mark> = Vec::with_capacity(marks.len());
        for mut mark in marks {
            if mark.force.binds() {
                let last = settled.iter().rev().find(|last| last.sentence == mark.sentence && last.force.binds());
                let governed = last.is_some_and(|last| self.governs(last, &mark));
                let preserved = last.is_none() && self.opening(&mark) == Some("nothing");
                if governed || preserved {
                    continue;
                }
                if last.is_none_or(|last| self.is_new_subject(last, &mark)) && self.has_denied_subject(last, &mark) {
                    mark.level = if mark.force == Force::Permission { 3 } else { mark.level };
                    mark.force = if mark.force == Force::Freedom { mark.force } else { Force::Prohibition };
                }
            }
            settled.push(mark);
        }
        settled
    }

    /// "It is hoped that members will": the second says no more than the first.
    fn governs(&self, last: &Mark, mark: &Mark) -> bool {
        let end = last.at + last.length;
        let that = self.words[end - 1] == "that" || self.word(Some(end)) == "that";
        that && mark.at < end + SUBORDINATE
    }

    /// The first word of a mark's sentence.
    fn opening(&self, mark: &Mark) -> Option<&str> {
        self.sentences.iter().position(|sentence| *sentence == mark.sentence).map(|at| self.words[at].as_str())
    }

    /// Whether a further word of force has a subject of its own: "…, and no councillor shall".
    fn is_new_subject(&self, last: &Mark, mark: &Mark) -> bool {
        self.words[last.at + last.length..mark.at].iter().any(|word| matches!(word.as_str(), "and" | "nor" | "but"))
    }

    /// "No councillor shall", "neither party may".
    fn has_denied_subject(&self, last: Option<&Mark>, mark: &Mark) -> bool {
        let from = last.map_or(0, |last| last.at + last.length);
        (from..mark.at).filter(|at| self.sentences[*at] == mark.sentence).any(|at| {
            let begins =
                self.begins_sentence(at) || matches!(self.word(at.checked_sub(1)), "and" | "but" | "that" | "case");
            let word = self.words[at].as_str();
            let nobody = matches!(word, "neither" | "nobody" | "none" | "nor");
            let only = matches!(self.word(Some(at + 1)), "other" | "but") || self.word(Some(at + 2)) == "other";
            let no = word == "no" && !matches!(self.word(Some(at + 1)), "later" | "longer" | "more" | "less" | "doubt");
            (nobody || no && begins) && !only
        })
    }
}

/// "Under no circumstances", "at no time" and the like read with the word they deny; alone they forbid by themselves.
fn with_denials(mut marks: Vec<Mark>) -> Vec<Mark> {
    while let Some(at) = marks.iter().position(|mark| mark.force == Force::Denial) {
        let denial = marks.remove(at);
        let end = denial.at + denial.length;
        let denied = marks.iter_mut().find(|mark| {
            let gap = if mark.at >= end { mark.at - end } else { denial.at.saturating_sub(mark.at + mark.length) };
            mark.force.binds() && mark.sentence == denial.sentence && gap <= DENIAL
        });
        match denied {
            Some(mark) => (mark.force, mark.level) = (Force::Prohibition, 3),
            None => marks.insert(at, Mark { force: Force::Prohibition, level: 3, ..denial }),
        }
    }
    marks
}
