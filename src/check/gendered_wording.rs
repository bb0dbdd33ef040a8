//! Words that speak of men where anyone is meant.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostics::{Code, Severity};

use super::words::{enumerated, place_of};
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "W02",
        name: "gendered-wording",
        severity: Severity::Advice,
        what: "A word speaks of men, or of men and women, where anyone may be meant: he/she, his/her, Chairman.",
        why: "Many councils have undertaken to write so that everyone is included; readers trip over “he/she”.",
        example: "An officer must express his/her own views.",
        remedy: "At the next review, consider they, their or Chair. The law speaks of a “chairman” (Local Government Act 1972, section 15), and a council may keep the word.",
    },
    check,
    flagged: &[
        "[[section]]\n[[section.clause]]\ntext = \"He/she tells the Chairman.\"",
        "[[section]]\n[[section.clause]]\ntext = \"The officer gives his or her views.\"",
        "[[section]]\nheading = \"The Vice-Chairmen\"",
        "[[section]]\n[[section.clause]]\ntext = \"The Clerk must inform the Mayor when she is absent.\"",
    ],
    clean: &[
        "[[section]]\n[[section.clause]]\ntext = \"The Chair tells the officer; they consider it with others, here and there.\"",
    ],
};

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static GENDERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:s/he|he\s?(?:/|or)\s?she|she\s?(?:/|or)\s?he|his\s?(?:/|or)\s?hers?|hers?\s?(?:/|or)\s?his|him\s?(?:/|or)\s?her|himself\s?(?:/|or)\s?herself|he|she|his|hers?|him|himself|herself|(?:vice[- ]?)?chairm[ae]n(?:ship)?|chairwom[ae]n|spokesm[ae]n|layman|manpower|man-hours?|ombudsman)\b",
    )
    .unwrap()
});

/// An office set up by statute under that name is called by it.
const STATUTORY: &str = "ombudsman";

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let passages = subject.passages();
    let own: Vec<String> = subject
        .edition
        .council
        .iter()
        .flat_map(|c| c.terms.values().flatten())
        .map(|word| word.to_lowercase())
        .collect();
    for (nth, passage) in passages.iter().enumerate() {
        let all = GENDERED.find_iter(&passage.text);
        let royal =
            |at: usize| passage.text[at..].starts_with(" Majesty") || passage.text[at..].starts_with(" Royal Highness");
        let found: Vec<_> = all.filter(|word| !is_chosen(word.as_str(), &own) && !royal(word.end())).collect();
        let Some(first) = found.first() else { continue };
        let mut words: Vec<String> = Vec::new();
        for word in &found {
            let word = format!("“{}”", word.as_str());
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if findings.enough(&RULE, &passage.place) {
            continue;
        }
        let place = place_of(&passages, nth, first.start(), first.as_str());
        let finding = findings.add(&RULE, place, format!("gendered wording: {}", enumerated(&words)));
        finding.provision.clone_from(&passage.provision);
    }
}

/// Whether it is called so by statute, or by the council of its own choice under [terms].
fn is_chosen(word: &str, own: &[String]) -> bool {
    let singular = word.to_lowercase().replace("chairmen", "chairman").replace(' ', "-");
    let singular = singular.strip_suffix("ship").unwrap_or(&singular).to_owned();
    singular == STATUTORY || own.contains(&singular)
}
