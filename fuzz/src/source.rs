//! Any text as a file of the format: what is wrong with it has a place, what is right is written back and read again unchanged.

use std::collections::HashSet;
use std::fmt::Debug;

use engross::diagnostics::{Diagnostic, Severity, concise, full, json, sarif};
use engross::model::Protocol;
use engross::read::{self, Read};
use engross::source::Source;

/// Reads a file as each of the three kinds there are.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let source = |text: &str| Source::new("fuzz.toml", text);
    if let Some(protocol) = round(&source(&text), read::protocol, read::write_protocol) {
        addressed(&protocol);
        addressed(&protocol.numbered());
    }
    round(&source(&text), read::council, read::write_council);
    if let Err(faults) = read::settings(&source(&text)) {
        told(&faults, &source(&text), Severity::Error);
    }
}

/// What is read, if anything: it must be the same after it has been written and read, and what is written then the same.
fn round<T: PartialEq + Debug>(
    source: &Source,
    read: impl Fn(&Source) -> Result<Read<T>, Vec<Diagnostic>>,
    write: impl Fn(&T) -> String,
) -> Option<T> {
    let first = match read(source) {
        Ok(first) => first,
        Err(faults) => {
            told(&faults, source, Severity::Error);
            return None;
        }
    };
    if !first.warnings.is_empty() {
        told(&first.warnings, source, Severity::Warning);
    }
    let written = write(&first.value);
    let again = match read(&Source::new("written.toml", written.as_str())) {
        Ok(again) => again,
        Err(faults) => panic!("{}\n{written}", full::render(&faults, false)),
    };
    assert!(again.warnings.is_empty(), "what was put right is still told\n{written}");
    assert_eq!(again.value, first.value, "{written}");
    assert_eq!(write(&again.value), written);
    Some(first.value)
}

/// Every finding stands somewhere in the file, says something and can be shown.
fn told(findings: &[Diagnostic], source: &Source, severity: Severity) {
    assert!(!findings.is_empty(), "it was refused without a word");
    for finding in findings {
        assert_eq!(finding.code.severity, severity, "{finding:?}");
        assert!(!finding.message.is_empty(), "{finding:?}");
        let origin = finding.origin.as_ref().unwrap_or_else(|| panic!("no place: {finding:?}"));
        assert!(source.text.get(origin.span.clone()).is_some(), "a place outside the file: {finding:?}");
        assert!(origin.start() <= origin.end(), "{finding:?}");
        assert!(finding.help.as_deref().is_some_and(|help| !help.is_empty()), "no remedy: {finding:?}");
    }
    for shown in
        [full::render(findings, false), concise::render(findings), json::render(findings), sarif::render(findings)]
    {
        assert!(!shown.is_empty());
    }
    let control = |c: &char| c.is_control() && *c != '\n' && *c != '\t';
    assert_eq!(full::render(findings, false).chars().find(control), None, "a control character reaches the terminal");
}

/// No two provisions have the same id.
fn addressed(protocol: &Protocol) {
    let mut seen = HashSet::new();
    for provision in protocol.provisions() {
        assert!(seen.insert(provision.id.clone()), "two provisions are `{}`", provision.id);
    }
}
