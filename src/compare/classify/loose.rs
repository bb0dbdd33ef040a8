//! Which of two provisions binds more, where they are worded differently throughout.
//!
//! Only words of duty and permission are looked at, and a verdict is given only where those that govern what both say and the
//! strongest of each say the same. Plain statements are weighed against nothing: councils that write "the Clerk reports" and
//! "the Clerk shall report" mean the same.

use super::force::Verdict;
use super::scale::{Mark, Passage};

/// Compares two provisions.
pub(super) fn compare(left: &Passage, right: &Passage) -> Verdict {
    let (left_marks, right_marks) = (operative(left), operative(right));
    let mut verdict = Verdict::default();
    let found = governing(left, &left_marks, right).zip(governing(right, &right_marks, left));
    let Some((l, r)) = found.filter(|(l, r)| l.level != r.level && l.level > 0 && r.level > 0) else { return verdict };
    let stronger = r.level > l.level;
    let strongest = |marks: &[Mark]| marks.iter().map(|mark| mark.level).max();
    let (top, other) = (strongest(&left_marks), strongest(&right_marks));
    if top != other && stronger == (other > top) {
        let says = if stronger { "binds more" } else { "binds less" };
        verdict.push(stronger, Some(left.shown(l)), Some(right.shown(r)), says);
    }
    verdict
}

/// Words that begin a part of a sentence that only says when or why the rest holds.
const SUBORDINATING: &[&str] = &[
    "if", "where", "when", "whenever", "unless", "while", "whilst", "although", "though", "because", "since", "once",
    "until",
];

/// Words that say what is held dear rather than what is to be done.
const VALUES: &[&str] =
    &["essential", "important", "vital", "crucial", "necessary", "desirable", "preferable", "acceptable"];

/// The words that bind, but for those that only say when the others do; the lead-in's only where the text has none.
fn operative(passage: &Passage) -> Vec<Mark> {
    let marks: Vec<Mark> = passage.marks().into_iter().filter(|mark| mark.force.binds()).collect();
    let own = marks.iter().any(|mark| mark.at >= passage.lead_in);
    let begins = |mark: &Mark| passage.parts.iter().position(|part| *part == passage.parts[mark.at]).unwrap_or(0);
    let first = |mark: &Mark| passage.words[begins(mark)].as_str();
    let values =
        |mark: &Mark| passage.words[mark.at..mark.at + mark.length].iter().any(|word| VALUES.contains(&word.as_str()));
    // "Can" says as often what is possible as what is allowed.
    let able = |mark: &Mark| mark.length == 1 && matches!(passage.words[mark.at].as_str(), "can" | "could" | "might");
    let operative = marks.iter().filter(|mark| {
        (!own || mark.at >= passage.lead_in) && !SUBORDINATING.contains(&first(mark)) && !values(mark) && !able(mark)
    });
    operative.cloned().collect()
}

/// Words with fewer letters say too little to show that two sentences meet.
const TELLING: usize = 4;

/// The word of duty or permission that governs most of what the other sentence says too.
fn governing<'a>(passage: &Passage, marks: &'a [Mark], other: &Passage) -> Option<&'a Mark> {
    let shared = |word: &String| word.len() >= TELLING && other.words.iter().any(|theirs| begins_alike(word, theirs));
    let mut votes = vec![0; marks.len()];
    for at in (0..passage.words.len()).filter(|at| shared(&passage.words[*at])) {
        let nearest = (0..marks.len()).min_by_key(|nth| (marks[*nth].at > at, marks[*nth].at.abs_diff(at)));
        if let Some(nth) = nearest {
            votes[nth] += 1;
        }
    }
    let best = (0..marks.len()).max_by_key(|nth| (votes[*nth], marks[*nth].level, std::cmp::Reverse(*nth)))?;
    marks.get(best)
}

/// Whether two words are forms of one, as far as their beginnings show.
fn begins_alike(word: &str, other: &str) -> bool {
    let begin = |word: &str| word.chars().take(6).collect::<String>();
    begin(word) == begin(other)
}
