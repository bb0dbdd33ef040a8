//! A word commonly taken for another.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::diagnostics::{Code, Severity};

use super::words::place_of;
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "W03",
        name: "confused-word",
        severity: Severity::Warning,
        what: "A word stands where one that sounds like it was most likely meant.",
        why: "A misprint in a public document is the first thing that is noticed about it.",
        example: "Support services (e.g. stationary, typing, printing)",
        remedy: "An adopted document is printed as adopted: note it for the next readoption. In a draft, correct it.",
    },
    check,
    flagged: &[
        "[[section]]\n[[section.clause]]\ntext = \"Support services (e.g. stationary, typing)\"",
        "[[section]]\n[[section.clause]]\ntext = \"They are indispensable to one and other.\"",
        "[[section]]\n[[section.clause]]\ntext = \"The principle council and it's members may take legal council.\"",
    ],
    clean: &[
        "[[section]]\n[[section.clause]]\ntext = \"Stationery is not for stationary vehicles; the principal council's principles are clear, one and all.\"",
        "[[section]]\n[[section.clause]]\ntext = \"A duty on principal authorities; he was sighted on the site.\"",
        "[[section]]\n[[section.clause]]\ntext = \"Add it to loose-leaf books; the loss was due to loose paving.\"",
        "[[section]]\n[[section.clause]]\ntext = \"Officers seek Council approval; it's right, other than in practice.\"",
    ],
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    wrong: String,
    unless: Option<String>,
    right: String,
    why: String,
}

#[derive(Deserialize)]
struct Entries {
    word: Vec<Entry>,
}

struct Confused {
    wrong: Regex,
    unless: Option<Regex>,
    right: String,
    why: String,
}

#[expect(clippy::unwrap_used, reason = "the list is built in, and a test reads all of it")]
static LIST: LazyLock<Vec<Confused>> = LazyLock::new(|| {
    let entries: Entries = toml::from_str(include_str!("confused_words.toml")).unwrap();
    let pattern = |text: &str| RegexBuilder::new(text).case_insensitive(true).build().unwrap();
    let confused = |entry: Entry| Confused {
        wrong: pattern(&entry.wrong),
        unless: entry.unless.as_deref().map(pattern),
        right: entry.right,
        why: entry.why,
    };
    entries.word.into_iter().map(confused).collect()
});

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let passages = subject.passages();
    for (nth, passage) in passages.iter().enumerate() {
        let text = &passage.text;
        for confused in LIST.iter() {
            let excepted: Vec<_> = confused.unless.iter().flat_map(|unless| unless.find_iter(text)).collect();
            for found in confused.wrong.find_iter(text) {
                if excepted.iter().any(|exception| exception.start() < found.end() && found.start() < exception.end()) {
                    continue;
                }
                if findings.enough(&RULE, &passage.place) {
                    break;
                }
                let place = place_of(&passages, nth, found.start(), found.as_str());
                let message = format!("“{}”: was “{}” meant?", found.as_str(), confused.right);
                let finding = findings.add(&RULE, place, message);
                finding.provision.clone_from(&passage.provision);
                finding.help(format!("{}. {}", confused.why, RULE.code.remedy));
            }
        }
    }
}
