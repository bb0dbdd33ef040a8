//! Who owes what a provision says, and to whom.

use super::terms::{ROLE_SIGN, number};

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) struct Roles(u64);

impl Roles {
    fn add(&mut self, role: &str) {
        if let Some(number) = number(role) {
            self.0 |= 1 << number;
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Who owes, and who is owed or otherwise named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) struct Parties {
    /// Who does, or is not to do, what is said.
    pub(crate) owing: Roles,
    /// To whom, or who else is named.
    pub(crate) owed: Roles,
    /// Who may expect it, where it says that somebody may.
    pub(crate) expecting: Roles,
}

impl Parties {
    /// Whether one has the roles of the other the other way round.
    pub(crate) fn reversed(self, other: Self) -> bool {
        let known = !self.owing.is_empty() && !other.owing.is_empty();
        known
            && !self.owing.meets(other.owing)
            && self.owing.meets(other.owed)
            && (self.owed.is_empty() || self.owed.meets(other.owing))
    }
}

/// Words after the subject and before what it is to do.
const VERBS: &[&str] =
    &["must", "shall", "should", "will", "may", "can", "cannot", "is", "are", "has", "have", "ought", "do", "does"];

/// The parties of what is said in folded words with the roles named: "A can expect from B" and "A can expect B to" are owed
/// by B; otherwise whoever stands before the first verb owes.
pub(crate) fn parties(words: &[String]) -> Parties {
    let mut parties = Parties::default();
    let expecting = words.iter().position(|word| word == "expect");
    let role = |word: &String| word.strip_prefix(ROLE_SIGN).map(str::to_owned);
    let both = || {
        let others = words.windows(2).any(|pair| pair[1] == "other" && pair[0] == "each" || pair == ["one", "another"]);
        others.then(|| words.iter().filter_map(role))
    };
    if let Some(at) = expecting {
        words[..at].iter().filter_map(role).for_each(|role| parties.owed.add(&role));
        parties.expecting = parties.owed;
        // What follows "from" owes; only the first roles named, for the rest is what they owe.
        let after = &words[at + 1..];
        let first = after.iter().position(|word| word.starts_with(ROLE_SIGN));
        let together = first.map_or(&[][..], |first| {
            let end = after[first..].iter().position(|word| {
                !word.starts_with(ROLE_SIGN) && !["and", "or", "the", "other"].contains(&word.as_str())
            });
            &after[first..end.map_or(after.len(), |end| first + end)]
        });
        together.iter().filter_map(role).for_each(|role| parties.owing.add(&role));
        if let Some(roles) = both() {
            roles.for_each(|role| {
                parties.owing.add(&role);
                parties.owed.add(&role);
            });
        }
        return parties;
    }
    let first_verb = words.iter().enumerate().position(|(at, word)| {
        VERBS.contains(&word.as_str()) && words[..at].iter().any(|before| before.starts_with(ROLE_SIGN))
    });
    let (subject, rest) = words.split_at(first_verb.unwrap_or(0));
    subject.iter().filter_map(role).for_each(|role| parties.owing.add(&role));
    rest.iter().filter_map(role).for_each(|role| parties.owed.add(&role));
    if let Some(roles) = both() {
        roles.for_each(|role| parties.owing.add(&role));
    }
    parties
}
