//! A document in another format, as every command reads it that takes one.

use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostic;
use crate::document::count;
use crate::import::{self, Form, Imported, Manuscript, Nature, Remark, Report, Unreadable};
use crate::model::{Council, Edition, Protocol, Query};
use crate::read::{self, write_protocol};
use crate::source::Source;
use crate::store::{office, read as files};

use super::super::Failure;

/// A document that was read, and the source it becomes.
pub(in crate::cli) struct Reading {
    /// The path, as the user named it.
    pub(in crate::cli) name: String,
    /// What the source says: what is compared is what would be kept.
    pub(in crate::cli) protocol: Protocol,
    /// What somebody should look at.
    pub(in crate::cli) report: Report,
    /// The source.
    pub(in crate::cli) toml: String,
    /// What the file holds.
    pub(super) manuscript: Manuscript,
}

/// The path of a document in another format, if an argument is one: no address, and no source.
pub(in crate::cli) fn foreign(argument: &str) -> Option<PathBuf> {
    let path = PathBuf::from(argument);
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let known = extension.as_deref().is_some_and(import::reads);
    let other = || extension.as_deref() != Some("toml") && Query::parse(argument).is_err() && path.is_file();
    (known || other()).then_some(path)
}

/// Reads a document.
///
/// # Errors
/// When it cannot be read, or what was made of it could not be: else the words would be lost with the next command.
pub(in crate::cli) fn read(path: &Path) -> Result<Reading, Failure> {
    let name = path.display().to_string();
    let bytes = files::foreign(path).map_err(|fault| Failure::Sources(vec![*fault]))?;
    let manuscript = manuscript(&bytes, &name)?;
    let Imported { protocol, report } = import::recognise(manuscript.clone());
    let toml = write_protocol(&protocol);
    let source = Source::new(name.as_str(), toml.as_str());
    let protocol = read::protocol(&source).map_err(|faults| unreadable(&name, &faults))?.value;
    Ok(Reading { name, protocol, report, toml, manuscript })
}

/// What a document says, converted first where that is needed.
fn manuscript(bytes: &[u8], name: &str) -> Result<Manuscript, Failure> {
    let unreadable = |why: Unreadable| Failure::Arguments(format!("{name}: {why}"));
    let Nature { form, remark } = import::nature(bytes, name).map_err(unreadable)?;
    let Form::Convert(format) = form else { return import::read(bytes, name).map_err(unreadable) };
    let what = format.what;
    let converted = office::to_docx(bytes, format.extension);
    let converted = converted.map_err(|why| Failure::Arguments(format!("{name}: this is {what}. {why}")))?;
    let mut manuscript = import::read(&converted.docx, CONVERTED_NAME).map_err(unreadable)?;
    let by = converted.by;
    let mut told = vec![format!("{what}, converted by {by} first: lay its numbers and tables beside the original")];
    if converted.worked_out > 0 {
        let fields = count(converted.worked_out, "field");
        told.push(format!("{by} worked out {fields} anew, such as the date of the day: see what the original says"));
    }
    let told = told.into_iter().map(|what| Remark { what, place: None });
    manuscript.remarks.splice(0..0, remark.into_iter().chain(told));
    Ok(manuscript)
}

/// What a converted document is called: what it is, not where it is.
const CONVERTED_NAME: &str = "document.docx";

/// That a source was made that says nothing, or something else. The places of the faults are in no file that anybody has.
fn unreadable(name: &str, faults: &[Diagnostic]) -> Failure {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    Failure::Arguments(format!(
        "{name}: engross cannot read what it made of this document itself ({}). That is a fault of engross, not of the \
         document: please report it",
        messages.join("; ")
    ))
}

impl Reading {
    /// The document as a version of no workspace, to be compared.
    pub(in crate::cli) fn edition(&self) -> Edition {
        Edition {
            address: None,
            council: self.report.council.as_deref().map(Council::named),
            logo: None,
            settings: Default::default(),
            protocol: self.protocol.clone().numbered(),
            // It has no lines that a finding could show.
            source: Source::new(self.name.as_str(), ""),
        }
    }

    /// Takes another protocol in the place of what was read: with ids, or another status.
    pub(super) fn keep(&mut self, protocol: &Protocol) {
        if self.protocol != *protocol {
            self.protocol = protocol.clone();
            self.toml = write_protocol(protocol);
        }
    }

    /// That there is something to look at, in a line; nothing where there is not.
    pub(in crate::cli) fn in_short(&self) -> Option<String> {
        let (doubts, left_out) = (self.report.doubts.len(), self.report.left_out.len());
        // What is only left out is nearly always what stands on every page.
        let weight = if doubts > 0 { "warning" } else { "note" };
        let doubts = (doubts > 0).then(|| count(doubts, "doubt"));
        let left_out = (left_out > 0).then(|| format!("{} left out", count(left_out, "passage")));
        let told: Vec<String> = doubts.into_iter().chain(left_out).collect();
        let shows = format!("`engross import {} -o -` shows them", quoted(&self.name));
        (!told.is_empty()).then(|| format!("{weight}: {} was read with {}; {shows}", self.name, told.join(" and ")))
    }
}

/// A path as it is typed.
pub(super) fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:@~+,".contains(c);
    if path.chars().all(plain) && !path.starts_with('-') { path.to_owned() } else { format!("\"{path}\"") }
}
