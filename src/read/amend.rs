//! Changes facts in a file that somebody wrote, and nothing else of it.
//!
//! The file is parsed for where things are ([`toml_edit`] keeps that), and what is to be changed is changed in the text itself:
//! whatever no change touches stays as it is by construction. [`mod@amendment`] goes through the facts, [`mod@edits`] holds the
//! changes, [`mod@table`] makes those of keys, [`mod@list`] those between brackets, [`mod@history`] finds what has become of the
//! events, [`mod@told`] says what somebody has to change by hand.

mod amendment;
mod edits;
mod facts;
mod history;
mod list;
mod table;
mod told;

use thiserror::Error;
use toml_edit::Document;

use crate::diagnostics::Diagnostic;
use crate::model::Protocol;
use crate::source::Source;

use self::amendment::Amendment;
use self::told::told;
use super::codes;

/// Why the file was not changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AmendError {
    /// It has faults already.
    #[error("{path} has faults; put them right first, `engross check` shows them: {fault}")]
    Faulty {
        /// The file.
        path: String,
        /// The first of them.
        fault: String,
    },
    /// It would have faults after the change.
    #[error("{path} was not changed, because it could not be read any more: {fault}")]
    Refused {
        /// The file.
        path: String,
        /// The first of them.
        fault: String,
    },
    /// It is written in a way that this cannot change.
    #[error("{path} is written in a way that engross cannot change by itself; change by hand: {}", .changes.join("; "))]
    ByHand {
        /// The file.
        path: String,
        /// What is to be changed, a fact each.
        changes: Vec<String>,
    },
}

/// The text of `source`, changed so that it reads as `to`; everything else in the file stays as it is, to the byte.
///
/// What may differ between the two is the status, the numbering, the history, the review, and the numbers of sections and
/// clauses. `to` is not numbered, as [`super::protocol()`] gives it.
///
/// # Errors
/// When the file has faults, would have faults after the change, or is written in a way that cannot be changed here.
pub fn amend(source: &Source, to: &Protocol) -> Result<String, AmendError> {
    let path = source.path.to_string();
    let from = super::protocol(source).map_err(|faults| AmendError::Faulty { path, fault: first(&faults) })?.value;
    if from == *to {
        return Ok(source.text.to_string());
    }
    let by_hand = || AmendError::ByHand { path: source.path.to_string(), changes: told(&from, to) };
    let text = amended(&source.text, &from, to).ok_or_else(by_hand)?;
    match super::protocol(&Source::new(source.path.clone(), text.as_str())) {
        Ok(read) if read.value == *to => Ok(text),
        Err(faults) if faults.iter().all(|fault| fault.code.id != codes::SYNTAX.id) => {
            Err(AmendError::Refused { path: source.path.to_string(), fault: first(&faults) })
        }
        _ => Err(by_hand()),
    }
}

fn first(faults: &[Diagnostic]) -> String {
    faults.first().map(|fault| fault.message.clone()).unwrap_or_default()
}

/// The text as changed, whatever that is; none if it cannot be.
fn amended(text: &str, from: &Protocol, to: &Protocol) -> Option<String> {
    // With an end to each line, what is new goes after any of them.
    let unended = !text.ends_with('\n');
    let text = if unended { format!("{text}{}", edits::line_break(text)) } else { text.to_owned() };
    let document = Document::parse(text.as_str()).ok()?;
    let mut amendment = Amendment::new(&text, document.as_table(), from, to);
    amendment.write();
    // A line that keeps its own end keeps it also where it becomes the last.
    let unended = unended && amendment.edits.keep_last_line();
    let changed = amendment.edits.apply()?;
    let shorter = changed.strip_suffix("\r\n").or(changed.strip_suffix('\n')).filter(|_| unended);
    Some(shorter.unwrap_or(&changed).to_owned())
}
