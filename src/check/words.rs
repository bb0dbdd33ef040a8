//! Words and sentences, as several rules look at them.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::Place;

use super::Subject;

/// A stretch of printed words and where it stands.
pub(super) struct Passage {
    pub(super) place: Place,
    /// The provision's id, where it is one.
    pub(super) provision: Option<String>,
    pub(super) text: String,
}

impl Passage {
    fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, provision: None, text: text.into() }
    }
}

impl Subject<'_> {
    /// Everything the document prints, in passages: titles, tables, headings, provisions, notes.
    pub(super) fn passages(&self) -> Vec<Passage> {
        let protocol = self.protocol;
        let mut passages = vec![Passage::new(Place::key("title"), &protocol.title)];
        let name = protocol.council_as_printed.iter();
        passages.extend(name.map(|name| Passage::new(Place::key("council_as_printed"), name)));
        for (at, event) in protocol.history.iter().enumerate() {
            let place = || Place::key("history").nth(at);
            passages.extend(event.as_printed.iter().map(|line| Passage::new(place().then("as_printed"), line)));
            passages.extend(event.minute.iter().map(|minute| Passage::new(place().then("minute"), minute)));
        }
        let review = protocol.review.iter().filter_map(|review| review.as_printed.as_ref());
        passages.extend(review.map(|line| Passage::new(Place::key("review").then("as_printed"), line)));
        for (at, table) in protocol.control.iter().enumerate() {
            let place = || Place::key("control").nth(at);
            passages.extend(table.caption.iter().map(|caption| Passage::new(place().then("caption"), caption)));
            passages.extend(table.header.iter().map(|cell| Passage::new(place().then("header"), cell)));
            let rows = place().then("rows");
            let cells = table.rows.iter().flatten();
            passages.extend(cells.map(|cell| Passage::new(rows.clone(), cell)));
        }
        for (at, section) in self.sections() {
            let heading = section.heading.iter();
            passages.extend(heading.map(|text| Passage::new(Place::section(at).then("heading"), text)));
        }
        for (at, nth, clause) in self.clauses() {
            let heading = clause.heading.iter();
            passages.extend(heading.map(|text| Passage::new(Place::clause(at, nth).then("heading"), text)));
        }
        passages.extend(self.provisions.iter().map(|provision| Passage {
            place: provision.place.clone(),
            provision: Some(provision.id.clone()),
            text: provision.text.clone(),
        }));
        for (at, signature) in protocol.signatures.iter().enumerate() {
            let place = || Place::key("signature").nth(at);
            passages.push(Passage::new(place().then("role"), &signature.role));
            passages.extend(signature.name.iter().map(|name| Passage::new(place().then("name"), name)));
        }
        for (at, note) in protocol.notes.iter().enumerate() {
            passages.push(Passage::new(Place::key("notes").nth(at), note.plain()));
        }
        passages
    }
}

/// The place of the words at `start` of the n-th passage: in a file the items of a clause's list are one text, so the same
/// words in passages before it are counted.
pub(super) fn place_of(passages: &[Passage], nth: usize, start: usize, words: &str) -> Place {
    let own = &passages[nth];
    // The passages of one text stand together.
    let before = passages[..nth].iter().rev().take_while(|other| other.place == own.place);
    let count: usize = before.map(|other| other.text.matches(words).count()).sum();
    own.place.clone().nth_words(words, count + own.text[..start].matches(words).count())
}

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}]+(?:['’][\p{L}]+)*").unwrap());

/// The words of a text in lower case, without punctuation.
pub(super) fn words(text: &str) -> Vec<String> {
    WORD.find_iter(text).map(|word| word.as_str().to_lowercase()).collect()
}

/// The sentences of a text, roughly: what ends in a full stop, semicolon, question or exclamation mark before a space.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |pair: &[(usize, char)]| matches!(pair[0].1, '.' | ';' | '?' | '!') && pair[1].1.is_whitespace();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut cuts: Vec<usize> = chars.windows(2).filter(|pair| ends(pair)).map(|pair| pair[1].0).collect();
    cuts.push(text.len());
    let mut start = 0;
    cuts.into_iter().map(move |cut| {
        let sentence = text[start..cut].trim();
        start = cut;
        sentence
    })
}

/// The first words of a text, for a message that points to it.
pub(super) fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.iter().take(8).copied().collect::<Vec<_>>().join(" ");
    if words.len() > 8 { format!("{first}…") } else { first }
}

/// A list in words: `a`, `a and b`, `a, b and c`.
pub(super) fn enumerated(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
