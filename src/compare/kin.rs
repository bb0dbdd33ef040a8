//! Which of a council's documents another one is a version of.
//!
//! The title says it, without what is not of it: the council's name, the year, the word "draft". A document that is called the
//! same and says something else altogether is doubtful, and so is one that says the same and is called otherwise.

use rust_stemmers::{Algorithm, Stemmer};

use crate::model::{Address, DocumentEntry, Edition, MONTHS};

use super::{VERSIONS_SHARE, compare, equal_share, language};

/// What a document is to those that a council has.
#[derive(Debug, Clone)]
pub enum Kin<'a> {
    /// A version of this one.
    Version(&'a DocumentEntry),
    /// A version of one of these, perhaps.
    Doubtful(Vec<&'a DocumentEntry>, Doubt),
    /// None of them.
    New,
}

/// Why it is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Several documents are called so.
    SeveralTitles,
    /// It is called so, but hardly anything in it corresponds.
    OtherText,
    /// Much of the text is the same, but it is called otherwise.
    OtherTitle,
    /// It is called nearly so.
    NearTitle,
}

/// How alike two titles are, from 0 to 1, that differ by a slip of the pen: one letter in nine.
const NEAR: f64 = 0.88;

/// What a document is to those that its council has.
pub fn kin<'a>(documents: &'a [DocumentEntry], new: &Edition) -> Kin<'a> {
    let council = new.council.as_ref().map(|council| council.name.as_str()).unwrap_or_default();
    let title = Title::of(&new.protocol.title, council);
    let of = |document: &&DocumentEntry, same: &dyn Fn(&Title) -> bool| {
        document.editions.iter().any(|edition| same(&Title::of(&edition.protocol.title, council)))
    };
    let called = |same: &dyn Fn(&Title) -> bool| documents.iter().filter(|one| of(one, same)).collect::<Vec<_>>();
    let mut named = called(&|other| other.words == title.words);
    if named.is_empty() {
        named = called(&|other| other.stems == title.stems);
    }
    match named.as_slice() {
        [one] if is_related(one, new) => Kin::Version(one),
        [_] => Kin::Doubtful(named, Doubt::OtherText),
        [] => {
            let same_text = |one: &&DocumentEntry| equal_share(one.in_force_or_latest(), new) >= VERSIONS_SHARE;
            let by_text: Vec<_> = documents.iter().filter(same_text).collect();
            let near = called(&|other| other.is_near(&title));
            match (by_text.is_empty(), near.is_empty()) {
                (false, _) => Kin::Doubtful(by_text, Doubt::OtherTitle),
                (true, false) => Kin::Doubtful(near, Doubt::NearTitle),
                (true, true) => Kin::New,
            }
        }
        _ => Kin::Doubtful(named, Doubt::SeveralTitles),
    }
}

/// Whether enough corresponds for two texts to be versions of one.
fn is_related(document: &DocumentEntry, new: &Edition) -> bool {
    let latest = document.in_force_or_latest();
    let address = latest.address.as_ref().map(|address| Address { version: "new".to_owned(), ..address.clone() });
    !compare(latest, &Edition { address, ..new.clone() }, &[]).unrelated
}

/// The words by which a title is known.
struct Title {
    words: Vec<String>,
    stems: Vec<String>,
}

/// Words that tell no document from another.
const SMALL: [&str; 13] = ["a", "an", "and", "at", "between", "by", "for", "in", "of", "on", "the", "to", "with"];

/// What stands before or after a title and is not of it.
const STATES: [&str; 6] = ["amended", "draft", "final", "proposed", "revised", "updated"];

/// What a version is counted with.
const COUNTED: [&str; 5] = ["issue", "rev", "revision", "v", "version"];

impl Title {
    fn of(title: &str, council: &str) -> Self {
        let mut words = bare(title, council);
        if words.iter().any(|word| !SMALL.contains(&word.as_str())) {
            words.retain(|word| !SMALL.contains(&word.as_str()));
        }
        let stemmer = Stemmer::create(Algorithm::English);
        let mut stems: Vec<String> = words.iter().map(|word| stemmer.stem(word).into_owned()).collect();
        stems.sort_unstable();
        stems.dedup();
        Self { words, stems }
    }

    /// Whether the one is the other with a slip of the pen. Part 1 is not Part 2.
    fn is_near(&self, other: &Self) -> bool {
        let numbers = |title: &Self| title.words.iter().filter(|word| is_number(word)).cloned().collect::<Vec<_>>();
        let near = strsim::normalized_damerau_levenshtein(&self.words.join(" "), &other.words.join(" ")) >= NEAR;
        near && numbers(self) == numbers(other)
    }
}

/// A title in lower case, without what is not of it: the council's name, its state, its year.
pub fn bare_title(title: &str, council: &str) -> String {
    bare(title, council).join(" ")
}

fn bare(title: &str, council: &str) -> Vec<String> {
    let all = language::fold(title);
    let mut words = all.clone();
    let council = language::fold(council);
    if !council.is_empty()
        && let Some(at) = words.windows(council.len()).position(|run| run == council)
    {
        words.drain(at..at + council.len());
    }
    trim(&mut words);
    if words.is_empty() { all } else { words }
}

/// Takes off what stands around a title: its state, its year, the count of its version.
fn trim(words: &mut Vec<String>) {
    while words.first().is_some_and(|word| STATES.contains(&word.as_str())) {
        words.remove(0);
    }
    loop {
        let (last, before) = match words.as_slice() {
            [.., before, last] => (last.as_str(), before.as_str()),
            _ => return,
        };
        let counted = is_number(last) && COUNTED.contains(&before);
        let known = STATES.contains(&last) || MONTHS.contains(&last) || is_year(last) || is_version(last);
        match (counted, known) {
            (true, _) => words.truncate(words.len() - 2),
            (false, true) => words.truncate(words.len() - 1),
            (false, false) => return,
        }
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|b| b.is_ascii_digit())
}

/// `v2`
fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(left: &str, right: &str) -> bool {
        let title = |text| Title::of(text, "Battle Town Council");
        title(left).stems == title(right).stems
    }

    #[test]
    fn titles_are_the_same_but_for_what_is_not_of_them() {
        for other in [
            "MEMBER / OFFICER PROTOCOL",
            "Battle Town Council Member & Officer Protocol",
            "DRAFT Member-Officer Protocol",
            "Member/Officer Protocol (Draft)",
            "Member/Officer Protocol 2024",
            "Member/Officer Protocol – revised May 2024",
            "Member/Officer Protocol Version 2.1",
            "Member/Officer Protocol v3",
            "Protocol for Members and Officers",
        ] {
            assert!(same("Member/Officer Protocol", other), "{other}");
        }
        for other in ["Member/Member Protocol", "Member/Officer Policy", "Officer Protocol", "Protocol"] {
            assert!(!same("Member/Officer Protocol", other), "{other}");
        }
        assert!(!same("Standing Orders Part 1", "Standing Orders Part 2"));
        assert!(!same("Code of Conduct for Members", "Code of Conduct for Officers"));
        assert!(!same("Policy", "Protocol"));
        assert!(same("Draft 2024", "Draft 2024"), "nothing would be left of it");
    }

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_number_is_not() {
        let near = |left, right| Title::of(left, "").is_near(&Title::of(right, ""));
        assert!(near("Member/Officer Protocol", "Memebr/Officer Protocol"));
        assert!(!near("Standing Orders Part 1", "Standing Orders Part 2"));
        assert!(!near("Code of Conduct for Members", "Code of Conduct for Officers"));
    }
}
