//! A provision that says what another one has said.

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, diff_ratio};

use crate::diagnostics::{Code, Severity};
use crate::model::{Provision, ProvisionKind};

use super::words::{beginning, sentences, words};
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T02",
        name: "provision-repeated",
        severity: Severity::Warning,
        what: "A provision says again, in the same or nearly the same words, what another one has said.",
        why: "Where the two differ, nobody knows which holds; where they do not, one is too many.",
        example: "2.7 Officers are responsible for day to day managerial and operational decisions …\n2.10 Officers are responsible for day to day managerial and operational decisions …",
        remedy: "An adopted document is printed as adopted: at the next review, decide which wording is meant and take out the other.",
    },
    check,
    flagged: &[
        "[[section]]\n[[section.clause]]\nnumber = \"2.7\"\ntext = \"Officers are responsible for the day to day managerial and operational decisions within their Council and provide services to the local community.\"\n[[section.clause]]\nnumber = \"2.10\"\ntext = \"Officers are responsible for day to day managerial and operational decisions within the Council, including directing and overseeing the work of more junior Officers.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Councillors must respect the confidentiality of meetings.\"\n[[section.clause]]\nnumber = \"1.2\"\ntext = \"Councillors must respect the confidentiality of meetings.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"Every complaint will be acknowledged in writing by the Clerk within five working days of its receipt.\"\n[[section.clause]]\nnumber = \"1.2\"\ntext = \"Every complaint will be acknowledged in writing by the Clerk within ten working days of its receipt.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\nOfficers can expect:\n\n- respect, dignity and courtesy\n- leadership\n- respect, dignity and courtesy\n\"\"\"",
    ],
    clean: &[
        // The same duty, owed by others.
        "[[section]]\n[[section.clause]]\nnumber = \"4.5\"\ntext = \"Councillors should not discuss confidential matters relating to the conduct of an officer in public or in the press.\"\n[[section.clause]]\nnumber = \"4.6\"\ntext = \"Officers should not discuss confidential matters relating to the conduct of an officer in public or in the press.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"3.1\"\ntext = \"\"\"\nCouncillors can expect from officers:\n\n- respect, dignity and courtesy\n\"\"\"\n[[section.clause]]\nnumber = \"3.2\"\ntext = \"\"\"\nOfficers can expect from Councillors:\n\n- respect, dignity and courtesy\n\"\"\"",
        "[[section]]\nheading = \"The Role of Councillors\"\n[[section.clause]]\nnumber = \"2.4.1\"\ntext = \"To represent the Council on recognised external bodies each year.\"\n[[section]]\nheading = \"The Role of Officers\"\n[[section.clause]]\nnumber = \"3.7\"\ntext = \"To represent the Council on recognised external bodies each year.\"",
        // Two limbs of one list that begin alike.
        "[[section]]\n[[section.clause]]\nnumber = \"4.4\"\ntext = \"\"\"\nCouncillors must not:\n\n- attempt to exert improper influence on Council Officers involved in the legal process;\n- attempt to exert improper influence on Council Officers involved as witnesses in the case.\n\"\"\"",
        "[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"A Councillor in need of advice about the application of this Protocol should contact the Monitoring Officer.\"\n[[section.clause]]\nnumber = \"1.2\"\ntext = \"An Officer in need of advice about the application of this Protocol should contact their line manager.\"",
    ],
};

/// Fewer words than this do not make a provision that could be repeated by design or by mistake.
const LEAST_WORDS: usize = 3;

/// Two sentences that begin with this many of the same words, particles left out, …
const SAME_BEGINNING: usize = 7;

/// … and agree in this share of the shorter one, say the same.
const SAME_SHARE: f64 = 0.5;

/// … or, apart from how they begin, two sentences that share this much of their words (2 × common ÷ all), in order.
const SAME_WORDS: f32 = 0.85;

/// Sentences are compared only if they share a run of this many words.
const RUN: usize = 3;

/// A sentence is compared with no more than this many others: a document that says one thing more often is no document.
const MOST_ALIKE: usize = 16;

/// Who can owe a duty, as the first word of a sentence.
const PARTIES: [&str; 14] = [
    "councillor",
    "councillors",
    "member",
    "members",
    "officer",
    "officers",
    "employee",
    "employees",
    "staff",
    "clerk",
    "chair",
    "chairman",
    "mayor",
    "council",
];

/// Words that carry no provision.
const PARTICLES: [&str; 24] = [
    "a", "an", "the", "of", "to", "for", "in", "on", "at", "by", "and", "or", "with", "is", "are", "be", "their",
    "its", "any", "all", "that", "this", "from", "as",
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut whole: HashMap<(String, Vec<String>), &Provision> = HashMap::new();
    let mut seen = Sentences::default();
    for provision in &subject.provisions {
        let all = words(&provision.text);
        if all.len() < LEAST_WORDS {
            continue;
        }
        // What is said of councillors is another thing when it is said of officers: the lead-in and heading belong to it.
        let context = words(&format!(
            "{} {}",
            provision.lead_in.as_deref().unwrap_or_default(),
            provision.heading.as_deref().unwrap_or_default()
        ));
        let context = context.join(" ");
        let key = (context.clone(), all);
        if let Some(first) = whole.get(&key) {
            report(provision, first, "says the same as", findings);
            continue;
        }
        whole.insert(key, provision);
        if provision.kind != ProvisionKind::Item {
            check_sentences(provision, &context, &mut seen, findings);
        }
    }
}

/// Compares the sentences of a clause with those before it: with the ones that begin alike, and with the ones that share a run
/// of words.
fn check_sentences<'a>(provision: &'a Provision, context: &str, seen: &mut Sentences<'a>, findings: &mut Findings) {
    let mut repeated: Option<&Provision> = None;
    for sentence in sentences(&provision.text) {
        let content: Vec<String> =
            words(sentence).into_iter().filter(|word| !PARTICLES.contains(&word.as_str())).collect();
        if content.len() < SAME_BEGINNING {
            continue;
        }
        // A sentence that names its party means the same under any heading; “To represent …” means what its heading makes it.
        let names_party = PARTIES.contains(&content[0].as_str());
        let context = if names_party { "" } else { context };
        let said = seen
            .like(context, &content)
            .find(|other| other.provision.id != provision.id && says_the_same(&content, &other.words));
        repeated = repeated.or(said.map(|other| other.provision));
        seen.add(context, Sentence { provision, words: content });
    }
    if let Some(first) = repeated {
        report(provision, first, "says nearly the same as", findings);
    }
}

/// A sentence seen, without its particles.
struct Sentence<'a> {
    provision: &'a Provision,
    words: Vec<String>,
}

/// Sentences seen so far, found by any run of words they hold.
#[derive(Default)]
struct Sentences<'a> {
    all: Vec<Sentence<'a>>,
    /// By what goes before them, and the run: each by its number.
    by_run: FxHashMap<(usize, [usize; RUN]), Vec<usize>>,
    /// Words, and what goes before sentences, each with its number: numbers are looked for much faster than words.
    numbers: FxHashMap<String, usize>,
}

impl<'a> Sentences<'a> {
    fn add(&mut self, context: &str, sentence: Sentence<'a>) {
        let at = self.all.len();
        let context = self.number(context);
        let words: Vec<usize> = sentence.words.iter().map(|word| self.number(word)).collect();
        for run in words.array_windows() {
            let found = self.by_run.entry((context, *run)).or_default();
            if found.len() < MOST_ALIKE && found.last() != Some(&at) {
                found.push(at);
            }
        }
        self.all.push(sentence);
    }

    /// The sentences that share a run of words with these, in order.
    fn like(&self, context: &str, words: &[String]) -> impl Iterator<Item = &Sentence<'a>> {
        let known: Vec<Option<usize>> = words.iter().map(|word| self.numbers.get(word).copied()).collect();
        let keys = self.numbers.get(context).into_iter().flat_map(|context| {
            known.array_windows().filter_map(move |&[one, two, three]| Some((*context, [one?, two?, three?])))
        });
        let found: BTreeSet<usize> = keys.filter_map(|key| self.by_run.get(&key)).flatten().copied().collect();
        found.into_iter().take(MOST_ALIKE).map(|at| &self.all[at])
    }

    fn number(&mut self, text: &str) -> usize {
        let next = self.numbers.len();
        // Most words have been seen before, and only a new one is kept.
        self.numbers.get(text).copied().unwrap_or_else(|| {
            self.numbers.insert(text.to_owned(), next);
            next
        })
    }
}

fn says_the_same(one: &[String], other: &[String]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let shorter = one.len().min(other.len());
    // What comes next makes two things of them if it is a party: the conduct of an officer, the conduct of the Clerk.
    let parties = |words: &[String]| words.get(same).is_some_and(|word| PARTIES.contains(&word.as_str()));
    let same_party = !parties(one) && !parties(other);
    same_party && same >= SAME_BEGINNING && same as f64 >= SAME_SHARE * shorter as f64 || differs_in_detail(one, other)
}

/// Whether nearly all words are the same, in order, and none of those that differ is a party: what holds for councillors may be
/// said again of officers.
fn differs_in_detail(one: &[String], other: &[String]) -> bool {
    let changes = capture_diff_slices(Algorithm::Myers, one, other);
    let ratio = diff_ratio(&changes, one.len(), other.len());
    let differing = |change: &DiffOp| {
        let (_, old, new) = change.as_tag_tuple();
        change.tag() != DiffTag::Equal
            && one[old].iter().chain(&other[new]).any(|word| PARTIES.contains(&word.as_str()))
    };
    ratio >= SAME_WORDS && !changes.iter().any(differing)
}

fn report(provision: &Provision, first: &Provision, how: &str, findings: &mut Findings) {
    let message = format!("{} {how} {}", provision.id, first.id);
    let finding = findings.add(&RULE, provision.place.clone().words(beginning_words(&provision.text)), message);
    finding.provision(&provision.id);
    finding.help(format!("{} begins “{}”. {}", first.id, beginning(&first.text), RULE.code.remedy));
}

fn beginning_words(text: &str) -> String {
    text.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}
