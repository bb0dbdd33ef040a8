//! Words in lower case, without punctuation, in one spelling.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation as _;

#[derive(Deserialize)]
struct Spellings {
    spellings: Vec<Vec<String>>,
}

/// Spellings in words, with the one that stands for each, by their first word.
type Listed = FxHashMap<String, Vec<(Vec<String>, Vec<String>)>>;

static SPELLINGS: LazyLock<Listed> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is built in, and every test reads it")]
    let file: Spellings = toml::from_str(include_str!("spelling.toml")).expect("spelling.toml is TOML");
    let words = |text: &String| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut listed = Listed::default();
    for set in file.spellings {
        let spellings: Vec<Vec<String>> = set.iter().map(words).collect();
        for other in &spellings[1..] {
            listed.entry(other[0].clone()).or_default().push((other.clone(), spellings[0].clone()));
        }
    }
    listed
});

/// The words of a text in lower case and one spelling, without punctuation.
///
/// Apostrophes inside words are kept, in one form; hyphens part words.
pub(crate) fn fold(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    with_raised_marks(text).unicode_words().for_each(|word| push_plain(word, &mut words));
    if !words.iter().any(|word| SPELLINGS.contains_key(word)) {
        return words;
    }
    let mut folded = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let known = SPELLINGS.get(&words[at]).into_iter().flatten();
        match known.filter(|(other, _)| words[at..].starts_with(other)).max_by_key(|(other, _)| other.len()) {
            Some((other, spelling)) => {
                folded.extend(spelling.iter().cloned());
                at += other.len();
            }
            None => {
                folded.push(std::mem::take(&mut words[at]));
                at += 1;
            }
        }
    }
    folded
}

/// One word of the text, in lower case; two where a sign inside it parts them.
fn push_plain(word: &str, words: &mut Vec<String>) {
    let mut lower = word.to_lowercase();
    if !lower.is_ascii() {
        lower = lower.replace(['’', 'ʼ', '＇'], "'");
    }
    // A number keeps its point: 2.5 is no 25.
    if lower.starts_with(|c: char| c.is_ascii_digit()) || !lower.contains(['.', '_']) {
        words.push(british(lower));
    } else {
        words.extend(lower.split(['.', '_']).filter(|part| !part.is_empty()).map(|part| british(part.to_owned())));
    }
}

/// A number in brackets right behind a word, or a stop that ends a sentence: the mark of a note.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(^|\S)\[([0-9]{1,3})\]").unwrap());

/// A text with the marks of its notes raised: `[1]` is `¹`. So they are no numbers of what the text says.
fn with_raised_marks(text: &str) -> Cow<'_, str> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    MARK.replace_all(text, |mark: &Captures<'_>| {
        let figures = mark[2].chars().filter_map(|figure| RAISED.get(figure.to_digit(10)? as usize));
        mark[1].chars().chain(figures.copied()).collect::<String>()
    })
}

/// `organize` as `organise`.
fn british(word: String) -> String {
    const ENDINGS: [(&str, &str); 6] = [
        ("ize", "ise"),
        ("ized", "ised"),
        ("izes", "ises"),
        ("izing", "ising"),
        ("ization", "isation"),
        ("izations", "isations"),
    ];
    if !word.contains("iz") {
        return word;
    }
    let american = ENDINGS.iter().find_map(|(american, british)| Some((word.strip_suffix(american)?, british)));
    match american {
        Some((stem, british)) if stem.len() > 2 => format!("{stem}{british}"),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_spelling_go() {
        let folded = fold("Decision-Makers “organize” e-mails; the Council’s judgment (2.5 %).");
        assert_eq!(folded.join(" "), "decision makers organise e mails the council's judgement 2.5");
        assert_eq!(fold("co-opted"), fold("coopted"));
        assert_ne!(fold("must"), fold("must not"));
        assert_eq!(fold("the Council.¹ Its officers¹²"), fold("the Council.[1] Its officers[12]"));
    }
}
