//! All rules at once: their names and codes, their explanations, and the cases each carries.

#[macro_use]
mod support;

use std::collections::HashSet;

use engross::check::{RULES, check};
use engross::diagnostics::{Code, concise};
use engross::read::codes;
use jiff::civil::{Date, date};

/// The day the findings are judged by.
const AS_OF: Date = date(2026, 11, 22);

fn codes() -> impl Iterator<Item = &'static Code> {
    RULES.iter().map(|rule| &rule.code).chain(codes::ALL.iter().copied())
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for code in codes() {
        assert!(ids.insert(code.id), "{} twice", code.id);
        assert!(names.insert(code.name), "{} twice", code.name);
        let (letter, digits) = code.id.split_at(1);
        assert!(letter.chars().all(|c| c.is_ascii_uppercase()) && digits.len() == 2, "{}", code.id);
        assert!(code.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", code.name);
        for text in [code.what, code.why, code.remedy] {
            assert!(text.ends_with('.') && text.len() > 10, "{}: {text:?}", code.id);
        }
        assert!(!code.example.is_empty(), "{}", code.id);
    }
    assert!(RULES.is_sorted_by_key(|rule| rule.code.id), "the registry is in the order of the codes");
}

#[test]
fn every_rule_is_explained() {
    let lines: Vec<String> =
        codes().map(|code| format!("{} {} ({}): {}", code.id, code.name, code.severity, code.what)).collect();
    snapshot!("codes", lines.join("\n"));
}

#[test]
fn every_rule_flags_what_it_should_and_nothing_else() {
    for rule in RULES {
        assert!(!rule.flagged.is_empty() && !rule.clean.is_empty(), "{} has no cases", rule.code.name);
        let found = |case: &str| {
            let start = if case.starts_with("title") { "" } else { "title = \"T\"\nstatus = \"adopted\"\n" };
            let edition = support::edition(&format!("{start}{case}"));
            check(&edition, AS_OF).into_iter().filter(|finding| finding.code.id == rule.code.id).collect::<Vec<_>>()
        };
        for case in rule.flagged {
            assert!(!found(case).is_empty(), "{} does not flag:\n{case}", rule.code.name);
        }
        for case in rule.clean {
            let found = found(case);
            assert!(found.is_empty(), "{} flags:\n{case}\n{}", rule.code.name, concise::render(&found));
        }
    }
}

#[test]
fn the_five_documents_have_the_faults_that_are_known_and_no_others() {
    let workspace = support::workspace();
    let found: Vec<_> = workspace.editions().flat_map(|edition| check(edition, AS_OF)).collect();
    snapshot!("findings", concise::render(&found));
}

#[test]
fn a_finding_is_silenced_with_a_reason_where_the_source_says_so() {
    let case = "title = \"T\"\nstatus = \"draft\"\n[[silence]]\nrule = \"N01\"\nat = \"2.7~2\"\nreason = \"as adopted\"\n\
                [[section]]\n[[section.clause]]\nnumber = \"2.7\"\ntext = \"One.\"\n\
                [[section.clause]]\nnumber = \"2.7\"\ntext = \"Two.\"\n[[section.clause]]\nnumber = \"2.7\"\ntext = \"Three.\"\n";
    let found = check(&support::edition(case), AS_OF);
    let provisions: Vec<_> = found.iter().map(|finding| finding.provision.as_deref()).collect();
    assert_eq!(provisions, [Some("2.7~3")], "{}", concise::render(&found));
}
