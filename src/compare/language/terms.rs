//! The words for the common roles.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold;
use crate::model::{Council, CouncilKind, Role};

#[derive(Deserialize)]
struct File {
    role: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

/// The role that the council itself is.
const COUNCIL: &str = "council";

/// What a role begins with where it stands among words: no folded word does.
pub(crate) const ROLE_SIGN: char = '@';

/// Phrases as folded words, the last in the singular, with the number of the role each names; by their first word.
#[derive(Debug, Clone, Default)]
struct Phrases(FxHashMap<String, Vec<(Vec<String>, u8)>>);

impl Phrases {
    fn insert(&mut self, words: Vec<String>, role: u8) {
        if let Some(first) = words.first() {
            let list = self.0.entry(first.clone()).or_default();
            list.retain(|(known, _)| *known != words);
            list.push((words, role));
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
    }

    fn has(&self, words: &[String]) -> bool {
        words
            .first()
            .and_then(|first| self.0.get(first))
            .is_some_and(|list| list.iter().any(|(known, _)| known == words))
    }

    /// The phrases that the words begin with, the longest first.
    fn at<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = (u8, usize)> + 'a {
        let bare = singular(&words[0]);
        // A phrase of one word is listed under its singular, a longer one under its first word as it is.
        let lists = [self.0.get(&words[0]), self.0.get(&*bare).filter(|_| bare != words[0])];
        lists
            .into_iter()
            .flatten()
            .flatten()
            .filter(|(phrase, _)| begins(words, phrase))
            .map(|(phrase, role)| (*role, phrase.len()))
    }
}

/// Whether words begin with a phrase, of which the first may be in the plural and the last in the plural or a possessive: "members of staff",
/// "staff members".
fn begins(words: &[String], phrase: &[String]) -> bool {
    let last = phrase.len() - 1;
    // "the Council's Clerk" are two, "members of staff" are one.
    let plural = |at: usize| at == last || at == 0 && !words[0].contains('\'');
    let same = |at: usize| words[at] == phrase[at] || plural(at) && singular(&words[at]) == phrase[at];
    words.len() > last && (0..=last).all(same)
}

struct Known {
    names: Vec<String>,
    phrases: Phrases,
    /// For each role, what follows its words where they mean somebody else.
    not: Vec<Vec<Vec<String>>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is built in, and every test reads it")]
    let file: File = toml::from_str(include_str!("terms.toml")).expect("terms.toml is TOML");
    let mut phrases = Phrases::default();
    for (role, listed) in (0..).zip(&file.role) {
        listed.words.iter().for_each(|words| phrases.insert(as_phrase(words), role));
    }
    let not = file.role.iter().map(|listed| listed.not.iter().map(|words| fold(words)).collect()).collect();
    Known { names: file.role.into_iter().map(|listed| listed.name).collect(), phrases, not }
});

/// A phrase as it is listed: folded, its last word in the singular.
fn as_phrase(words: &str) -> Vec<String> {
    let mut words = fold(words);
    if let Some(last) = words.last_mut() {
        *last = singular(last).into_owned();
    }
    words
}

/// A council's words for the roles: the common ones and its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    own: Phrases,
}

impl Terms {
    /// The words of a council's documents. Without a council, the words of councils in general.
    pub(crate) fn of(council: Option<&Council>, name: Option<&str>) -> Self {
        let mut own = Phrases::default();
        if let Some(role) = number(COUNCIL) {
            let kind = council.map_or_else(|| name.map_or(CouncilKind::Other, CouncilKind::from_name), |c| c.kind);
            kind_words(kind).iter().for_each(|kind| own.insert(as_phrase(&format!("{kind} council")), role));
            let names = council.map(|council| council.name.as_str()).into_iter().chain(name);
            names.for_each(|name| own.insert(as_phrase(name), role));
        }
        for (role, words) in council.iter().flat_map(|council| &council.terms) {
            let Some(role) = number(role_name(*role)) else { continue };
            for words in words {
                let phrase = as_phrase(words);
                // A word that is commonly another role's stays that: a council whose only officer is its clerk may
                // list "Clerk" under officer, and yet "officer" and "clerk" are two parties elsewhere.
                if !KNOWN.phrases.has(&phrase) {
                    own.insert(phrase, role);
                }
            }
        }
        Self { own }
    }

    /// Folded words in which the words for a role are that role, `@councillor`.
    pub(crate) fn name_roles(&self, words: &[String]) -> Vec<String> {
        let mut named = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            if let Some((role, length)) = self.role_at(words, at) {
                let name = &KNOWN.names[usize::from(role)];
                // A council's name stands without the article that "the Council" has.
                if name == COUNCIL && named.last().is_some_and(|last| last == "the") {
                    named.pop();
                }
                named.push(format!("{ROLE_SIGN}{name}"));
                at += length;
            } else {
                named.push(words[at].clone());
                at += 1;
            }
        }
        named
    }

    fn role_at(&self, words: &[String], at: usize) -> Option<(u8, usize)> {
        let words = &words[at..];
        let somebody_else =
            |role: u8, length: usize| KNOWN.not[usize::from(role)].iter().any(|not| words[length..].starts_with(not));
        let found = self.own.at(words).chain(KNOWN.phrases.at(words));
        // The longest wins; of the same length the council's own, which comes first.
        found
            .filter(|(role, length)| !somebody_else(*role, *length))
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// What stands before "council" where a council of that kind means itself. Where the kind is not known, only what no council
/// is likely to call another one by.
fn kind_words(kind: CouncilKind) -> &'static [&'static str] {
    match kind {
        CouncilKind::Parish => &["parish"],
        CouncilKind::Town => &["town"],
        CouncilKind::Community => &["community"],
        CouncilKind::Neighbourhood => &["neighbourhood"],
        CouncilKind::Village => &["village"],
        CouncilKind::City => &["city"],
        CouncilKind::District => &["district"],
        CouncilKind::Borough | CouncilKind::LondonBorough | CouncilKind::Metropolitan => {
            &["borough", "metropolitan borough"]
        }
        CouncilKind::County => &["county"],
        CouncilKind::Unitary => &["unitary", "county", "city", "borough"],
        CouncilKind::CombinedAuthority | CouncilKind::NationalPark | CouncilKind::Fire | CouncilKind::Police => &[],
        CouncilKind::Other => &["town", "parish"],
    }
}

/// The number of a role.
pub(super) fn number(name: &str) -> Option<u8> {
    KNOWN.names.iter().position(|known| known == name).and_then(|at| u8::try_from(at).ok())
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Councillor => "councillor",
        Role::Officer => "officer",
        Role::Clerk => "clerk",
        Role::Chair => "chair",
        Role::ViceChair => "vice-chair",
    }
}

/// A word in the singular and no possessive.
fn singular(word: &str) -> Cow<'_, str> {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    match bare.strip_suffix("ies") {
        Some(stem) if stem.len() > 3 => Cow::Owned(format!("{stem}y")),
        _ => {
            Cow::Borrowed(bare.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).unwrap_or(bare))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_role_become_the_role() {
        let named = |text: &str| Terms::default().name_roles(&fold(text)).join(" ");
        assert_eq!(named("Members' and employees' duties"), "@councillor and @officer duties");
        assert_eq!(named("the Monitoring Officer"), "the @monitoring officer");
        assert_eq!(named("Members of the public may speak"), "@public may speak");
        assert_eq!(named("Members of Parliament"), "members of parliament");
        assert_eq!(named("The Parish Council's Clerk"), "the parish @council @clerk");
        assert_eq!(named("local authorities"), "@council");
    }

    #[test]
    fn a_council_is_known_by_its_name_and_kind() {
        let terms = Terms::of(None, Some("Kings Hill Parish Council"));
        let named = terms.name_roles(&fold("Kings Hill Parish Council, the Parish Council, the Borough Council"));
        assert_eq!(named.join(" "), "@council @council the borough @council");
    }
}
