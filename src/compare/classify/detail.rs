//! Another number, date, deadline, place or named document.

use crate::model::MONTHS;

use super::super::comparison::{Evidence, Kind};
use super::super::language::{ROLE_SIGN, Terms, fold};
use super::party;
use super::quantities::{Quantity, number_at, quantities, unit_of_time};

/// Words that date something, beside the months.
const CALENDAR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "annually",
    "biennially",
    "triennially",
    "yearly",
    "annual",
    "biennial",
    "twice",
    "midday",
    "noon",
    "midnight",
];

/// Whether a word dates something. “May” is more often a verb.
fn dates_something(word: &str) -> bool {
    CALENDAR.contains(&word) || word != "may" && MONTHS.contains(&word)
}

/// Texts that are much alike.
pub(super) fn closely(left: &str, right: &str) -> Option<Evidence> {
    let (l, r) = (fold(left), fold(right));
    let (mut figures, mut others) = (figures(&l), figures(&r));
    without_shared(&mut figures, &mut others, |a, b| a.value == b.value);
    // "Two weeks" are 14 days.
    without_shared(&mut figures, &mut others, |a, b| {
        a.amount.as_ref().zip(b.amount.as_ref()).is_some_and(|(a, b)| a.says_the_same(b))
    });
    // "One" is a number where another number has come or gone for it.
    let numbers = |figures: &[Figure]| figures.iter().filter(|figure| !figure.anybody).count();
    let (ours, theirs) = (numbers(&figures), numbers(&others));
    figures.retain(|figure| !figure.anybody || theirs > ours);
    others.retain(|figure| !figure.anybody || ours > theirs);
    let written = |figures: Vec<Figure>| figures.into_iter().map(|figure| figure.written).collect::<Vec<_>>();
    let (figures, others) = (written(figures), written(others));
    let (mut names, mut other_names) = (names(left), names(right));
    without_shared(&mut names, &mut other_names, |a, b| a == b);
    // A name that is spelt otherwise, or only in small letters, on the other side is still named there.
    names.retain(|name| !contains(&r, name));
    other_names.retain(|name| !contains(&l, name));
    let (gone, come) = if figures.is_empty() || others.is_empty() { (names, other_names) } else { (figures, others) };
    (!gone.is_empty() && !come.is_empty()).then(|| Evidence {
        shows: Kind::Detail,
        left: Some(gone.join(", ")),
        right: Some(come.join(", ")),
        says: "another detail".to_owned(),
    })
}

/// Texts that are worded differently: only a time or amount of the same kind can be laid beside another.
pub(super) fn loosely(left: &str, right: &str) -> Option<Evidence> {
    let (l, r) = (fold(left), fold(right));
    let (ours, theirs) = (quantities(&l), quantities(&r));
    let [a] = ours.as_slice() else { return None };
    let [b] = theirs.as_slice() else { return None };
    let comparable =
        a.bound.is_some() && a.bound == b.bound && a.unit.is_some() == b.unit.is_some() && a.amount != b.amount;
    comparable.then(|| Evidence {
        shows: Kind::Detail,
        left: Some(l[a.at..a.at + a.length].join(" ")),
        right: Some(r[b.at..b.at + b.length].join(" ")),
        says: "another detail".to_owned(),
    })
}

/// A number or a word that dates something: how it is compared, and how it is written.
struct Figure {
    /// "ten" as "10".
    value: String,
    written: String,
    /// The time that it counts.
    amount: Option<Quantity>,
    /// Whether it is a "one" that may be anybody.
    anybody: bool,
}

/// Which of several days, before a day or week: "the fifth working day".
const ORDINALS: &[&str] =
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"];

/// Whether the word is one of several days, or weeks, and so on.
fn is_ordinal(words: &[String], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", String::as_str);
    let of_time = matches!(next, "working" | "business" | "clear") || unit_of_time(next) || dates_something(next);
    of_time && ORDINALS.contains(&words[at].as_str())
}

/// Numbers, and words that date something.
fn figures(words: &[String]) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut amounts = quantities(words);
    amounts.retain(|amount| amount.unit.is_some());
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let (number, length) = number_at(words, at).map_or((None, 1), |(number, length)| (Some(number), length));
        let dates = || word.contains(|c: char| c.is_ascii_digit()) || dates_something(word) || is_ordinal(words, at);
        if number.is_some() || dates() {
            // Else it is "no one", "one another", "one or more".
            let counts_time = length > 1 || words.get(at + 1).is_some_and(|next| unit_of_time(next));
            figures.push(Figure {
                value: number.map_or_else(|| word.clone(), |number| number.to_string()),
                written: words[at..at + length].join(" "),
                amount: amounts.iter().find(|amount| (amount.at..amount.at + amount.length).contains(&at)).cloned(),
                anybody: word == "one" && !counts_time,
            });
        }
        at += length;
    }
    figures
}

fn without_shared<T>(left: &mut Vec<T>, right: &mut Vec<T>, same: fn(&T, &T) -> bool) {
    left.retain(|item| match right.iter().position(|other| same(item, other)) {
        Some(at) => {
            right.remove(at);
            false
        }
        None => true,
    });
}

fn contains(words: &[String], name: &str) -> bool {
    let name = fold(name);
    !name.is_empty() && words.windows(name.len()).any(|window| window == name)
}

/// Words that begin a sentence and no name: "Any Member".
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "any", "all", "both", "each", "either", "every", "neither", "no", "some", "such", "that",
    "these", "this", "those",
];

/// Small words inside a name.
const LINKS: &[&str] = &["of", "and", "the", "for", "on", "in"];

/// Names of documents, laws, places and bodies: runs of capitalised words, but for those that begin a sentence and those
/// that only name a role.
fn names(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let capital = |word: &str| bare(word).starts_with(char::is_uppercase);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let begins = at == 0 || words[at - 1].ends_with(['.', ':', ';', '?', '!']);
        let article = begins && DETERMINERS.contains(&bare(words[at]).to_lowercase().as_str());
        if !capital(words[at]) || article || begins && !words.get(at + 1).is_some_and(|next| capital(next)) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        loop {
            let closed = words[end - 1].ends_with(['.', ',', ';', ':', ')']);
            match words.get(end) {
                Some(word) if !closed && capital(word) => end += 1,
                Some(word)
                    if !closed && LINKS.contains(word) && words.get(end + 1).is_some_and(|next| capital(next)) =>
                {
                    end += 2;
                }
                _ => break,
            }
        }
        let folded = party::with_others(&Terms::default().name_roles(&fold(&words[at..end].join(" "))));
        let says = |word: &String| !word.starts_with(ROLE_SIGN) && !LINKS.contains(&word.as_str());
        if folded.iter().any(says) {
            found.push(words[at..end].iter().map(|word| bare(word)).collect::<Vec<_>>().join(" "));
        }
        at = end;
    }
    found
}
