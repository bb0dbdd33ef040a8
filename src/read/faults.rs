//! The faults found while a file is turned into the model, and how they become findings.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Place, Step};
use crate::source::Source;

use super::codes;
use super::file::is_like;
use super::locate::Locator;

/// A fault, by its place in the model's terms.
#[derive(Debug, Clone)]
struct Fault {
    code: &'static Code,
    place: Place,
    message: String,
    label: String,
    help: String,
    /// Whether it is only that the last key of the place is not there.
    missing: bool,
}

/// All faults of a file so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault: what is wrong, what was expected at the place, and how to put it right.
    pub(crate) fn add(
        &mut self,
        code: &'static Code,
        place: Place,
        message: impl Into<String>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (message, label, help) = (message.into(), expected.into(), help.into());
        self.0.push(Fault { code, place, message, label, help, missing: false });
    }

    /// The same, unless such a fault is known at the place.
    pub(crate) fn add_once(&mut self, code: &'static Code, place: Place, message: &str, expected: &str, help: &str) {
        if !self.0.last().is_some_and(|last| last.code.id == code.id && last.place == place) {
            self.add(code, place, message, expected, help);
        }
    }

    /// Notes that the key at `place` is not there, with an example of it.
    pub(crate) fn missing(&mut self, place: Place, message: impl Into<String>, example: &str) {
        let (message, help) = (message.into(), format!("add a line such as {example}"));
        let code = &codes::MISSING_KEY;
        self.0.push(Fault { code, place, message, label: String::new(), help, missing: true });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The findings, each at its place in the file. `reported` is what has been found in the file before: a key that was found
    /// misspelt or of the wrong kind is not reported missing as well.
    pub(crate) fn into_diagnostics(self, source: &Source, reported: &[Diagnostic]) -> Vec<Diagnostic> {
        if self.is_empty() {
            return Vec::new();
        }
        let locator = Locator::new(source);
        let told = |fault: &Fault| fault.missing && is_told(&fault.place, &locator, reported);
        let located = self.0.into_iter().filter(|fault| !told(fault)).map(|fault| {
            Diagnostic::new(fault.code, fault.message)
                .at(source, locator.find(&fault.place))
                .label(fault.label)
                .help(fault.help)
        });
        located.collect()
    }
}

/// Whether the key at `place` is in the file after all, with a value that was refused, or under a misspelt name.
fn is_told(place: &Place, locator: &Locator<'_>, reported: &[Diagnostic]) -> bool {
    let Some(Step::Key(wanted)) = place.steps.last() else { return false };
    let reported_in = |outer: &std::ops::Range<usize>| {
        let spans = reported.iter().filter_map(|told| told.origin.as_ref()).map(|origin| &origin.span);
        spans.into_iter().any(|span| outer.start <= span.start && span.end <= outer.end)
    };
    let mut keys = locator.keys_beside(place).into_iter();
    keys.any(|(name, key, value)| {
        let refused = name == *wanted && reported_in(&value);
        refused || is_like(name, wanted) && reported_in(&key)
    })
}
