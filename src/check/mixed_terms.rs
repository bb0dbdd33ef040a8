//! Two words for one role.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostics::{Code, Severity};
use crate::model::Role;

use super::words::{Passage, place_of};
use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "W01",
        name: "mixed-terms",
        severity: Severity::Warning,
        what: "The document uses two words for one role, or a word that is not the council's own for it.",
        why: "A lawyer reads two words as two things: a “Member” may be somebody else than a “Councillor”.",
        example: "Councillors follow the Code of Conduct for Members.",
        remedy: "At the next review, keep to one word. If both are the council's own, list both under [terms] in council.toml.",
    },
    check,
    flagged: &[
        "[[section]]\n[[section.clause]]\ntext = \"Councillors follow the Code. Every Councillor does. The Code for Members is public.\"",
        "[[section]]\n[[section.clause]]\ntext = \"Tell the Chair of the Council.\"\n[[section.clause]]\ntext = \"Involve the Chairman of the Council.\"",
    ],
    clean: &[
        "[[section]]\n[[section.clause]]\ntext = \"Councillors include co-opted members. Members of the public and Cabinet Members are not meant, nor a Member of the Council or of Parliament.\"",
        "[[section]]\n[[section.clause]]\ntext = \"The Chair and Vice-Chair chair the meeting.\"",
    ],
};

/// The words in use for a role, as patterns; the first column is the word as it is listed under [terms].
static WORDS: &[(Role, &[(&str, &str)])] = &[
    (Role::Councillor, &[("Councillor", r"\b[Cc]ouncillors?\b"), ("Member", r"\bMembers?\b")]),
    (
        // Every officer is an employee: only where one stands in the other's place, owing or owed, is it a second word.
        Role::Officer,
        &[
            (
                "Officer",
                r"\b(?:[Aa]n|[Ee]ach|[Ee]very|[Aa]ny) (?i:officer)\b|\b(?i:officers) (?:must|should|may|shall|will|can|cannot)\b",
            ),
            (
                "employee",
                r"\b(?:[Aa]n|[Ee]ach|[Ee]very|[Aa]ny) (?i:employee)\b|\b(?i:employees) (?:must|should|may|shall|will|can|cannot)\b",
            ),
        ],
    ),
    (
        Role::Chair,
        &[("Chair", r"\bChairs?\b"), ("Chairman", r"\b[Cc]hairm[ae]n\b"), ("Chairperson", r"\b[Cc]hairpersons?\b")],
    ),
    (
        Role::ViceChair,
        &[
            ("Vice-Chair", r"\b[Vv]ice[- ][Cc]hairs?\b"),
            ("Vice-Chairman", r"\b[Vv]ice[- ][Cc]hairm[ae]n\b"),
            ("Deputy Chair", r"\bDeputy Chair(?:man)?\b"),
        ],
    ),
];

/// The words of a role, each with its pattern.
type Patterns = (Role, Vec<(&'static str, Regex)>);

/// The same, made once: to make a pattern takes longer than to look for it in a document.
#[expect(clippy::unwrap_used, reason = "constant patterns")]
static PATTERNS: LazyLock<Vec<Patterns>> = LazyLock::new(|| {
    let made = |(word, pattern): &(&'static str, &str)| (*word, Regex::new(pattern).unwrap());
    WORDS.iter().map(|(role, words)| (*role, words.iter().map(made).collect())).collect()
});

/// What goes before a word that is then no longer the role's: the name of an office, or another role.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static OTHER_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:cabinet|executive|portfolio|co-?opted|committee|panel|staff|team|family|board|lay|independent|vice|deputy|vice-|lead)[ -]$").unwrap()
});

/// What follows a word that is then a member of something, or part of another name.
#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static OTHER_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?: of (?:the|staff|parliament|a|an|another|any|other|its)\b| states?\b|/|ship)").unwrap()
});

struct Use {
    passage: usize,
    start: usize,
    words: String,
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let passages = subject.passages();
    let terms = subject.edition.council.as_ref().map(|council| &council.terms);
    for (role, words) in PATTERNS.iter() {
        let used: Vec<(&str, Vec<Use>)> = words
            .iter()
            .map(|(word, pattern)| (*word, uses(&passages, pattern, *role)))
            .filter(|(_, uses)| !uses.is_empty())
            .collect();
        let own = terms.and_then(|terms| terms.get(role));
        if own.is_none() && *role == Role::Officer {
            continue;
        }
        let listed = |word: &str| own.is_some_and(|own| own.iter().any(|own| own.eq_ignore_ascii_case(word)));
        // Without a list, the word used most is the council's own; of two used alike, the one used first.
        let main =
            used.iter().map(|(word, uses)| (*word, uses.len())).fold(("", 0), |a, b| if b.1 > a.1 { b } else { a }).0;
        for (word, uses) in &used {
            let fits = if own.is_some() { listed(word) } else { *word == main };
            // A passage that has both words says how they go together: “Officer” includes employees.
            let explained = |used: &&Use| {
                let text = passages[used.passage].text.to_lowercase();
                *role == Role::Officer
                    && own.is_some_and(|own| own.iter().any(|own| text.contains(&own.to_lowercase())))
            };
            let uses: Vec<&Use> = uses.iter().filter(|used| !explained(used)).collect();
            if !fits && !uses.is_empty() {
                let instead = own.map_or_else(|| main.to_owned(), |own| own.join(" or "));
                report(&passages, *role, word, &uses, &instead, findings);
            }
        }
    }
}

fn uses(passages: &[Passage], pattern: &Regex, role: Role) -> Vec<Use> {
    let mut uses = Vec::new();
    for (nth, passage) in passages.iter().enumerate() {
        for found in pattern.find_iter(&passage.text) {
            let (before, after) = (&passage.text[..found.start()], &passage.text[found.end()..]);
            let of_something = role == Role::Councillor && OTHER_AFTER.is_match(after);
            if !OTHER_BEFORE.is_match(before) && !of_something {
                uses.push(Use { passage: nth, start: found.start(), words: found.as_str().to_owned() });
            }
        }
    }
    uses
}

fn report(passages: &[Passage], role: Role, word: &str, uses: &[&Use], instead: &str, findings: &mut Findings) {
    let mut at: Vec<String> = uses.iter().filter_map(|used| passages[used.passage].provision.clone()).collect();
    at.dedup();
    let places = if at.is_empty() { String::new() } else { format!(" ({})", at.join(", ")) };
    let first = uses[0];
    let place = place_of(passages, first.passage, first.start, &first.words);
    let message = format!("“{word}” is used for the role of {role}{places} beside “{instead}”");
    let finding = findings.add(&RULE, place, message);
    finding.provision.clone_from(&passages[first.passage].provision);
}
