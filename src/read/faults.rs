//! The faults found while a file is turned into the model, and how they become findings.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::Place;
use crate::source::Source;

use super::locate::Locator;

/// A fault, by its place in the model's terms.
#[derive(Debug, Clone)]
struct Fault {
    code: &'static Code,
    place: Place,
    message: String,
    label: String,
    help: String,
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
        self.0.push(Fault { code, place, message: message.into(), label: expected.into(), help: help.into() });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The findings, each at its place in the file.
    pub(crate) fn into_diagnostics(self, source: &Source) -> Vec<Diagnostic> {
        if self.is_empty() {
            return Vec::new();
        }
        let locator = Locator::new(source);
        let located = self.0.into_iter().map(|fault| {
            Diagnostic::new(fault.code, fault.message)
                .at(source, locator.find(&fault.place))
                .label(fault.label)
                .help(fault.help)
        });
        located.collect()
    }
}
