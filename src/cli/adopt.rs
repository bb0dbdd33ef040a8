//! `engross adopt`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostics::printable;
use crate::model::{DocumentEntry, Edition, Part, Protocol, is_id};
use crate::review::adopt;

use super::changes::{Sources, deliver};
use super::documents::{Found, document};
use super::recording::{Kind, RecordingArguments, told};
use super::{Done, Failure, Terminal};

/// Put a draft or proposal in force: record its adoption, and mark the version it takes the place of as superseded
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// COUNCIL, COUNCIL/DOCUMENT, COUNCIL/DOCUMENT@VERSION, or a path to a .toml file [default version: the only draft or
    /// proposal that waits]
    address: String,
    /// The minute that records it
    #[arg(long, value_name = "REF")]
    minute: Option<String>,
    /// What was done [default: readopted if the document was adopted before, else adopted]
    #[arg(long, value_enum, value_name = "EVENT")]
    event: Option<Kind>,
    #[command(flatten)]
    recording: RecordingArguments,
    /// What the version is called from now on [default: the date]
    #[arg(long, value_name = "NAME")]
    version: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  engross adopt thanet --date 2026-12-03 --minute 26/140
  engross adopt kings-hill@proposed --date 2026-11-12 --minute 26/98 --next \"1 year\"
  engross adopt kings-hill@proposed --date 2026-11-12 --dry-run

The numbers that a draft was given are written into it, and its file is named by the date. All of it is done, or nothing.";

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    if matches!(arguments.event, Some(Kind::Reviewed | Kind::Amended)) {
        let message = "a version is put in force by being adopted or readopted: --event adopted, --event readopted";
        return Err(Failure::Arguments(message.to_owned()));
    }
    let found = document(&arguments.address, workspace)?;
    let edition = chosen(&found, &arguments.address)?;
    let adoption = arguments.recording.recording(arguments.event, arguments.minute.as_deref())?;
    let (outcome, superseded) = adopt(&found.document, edition, &adoption)?;
    let mut sources = Sources::default();
    sources.amend(&found, edition, |protocol| *protocol = outcome.protocol.clone())?;
    if let Some(path) = new_path(arguments, &found, edition)? {
        sources.rename(&found, edition, path);
    }
    for (old, protocol) in &superseded {
        sources.amend(&found, old, |now| *now = protocol.clone())?;
    }
    deliver(sources, arguments.recording.dry_run, terminal)?;
    terminal.message(&told(edition, &outcome));
    for (old, _) in &superseded {
        terminal.message(&format!("{} is superseded.\n", printable(&old.named())));
    }
    terminal.message(&unprinted(&outcome.protocol));
    Ok(Done::Clear)
}

/// The version named; else the only one that waits.
fn chosen<'a>(found: &'a Found, address: &str) -> Result<&'a Edition, Failure> {
    if let Some(named) = found.named() {
        return Ok(named);
    }
    match found.document.waiting().as_slice() {
        [only] => Ok(only),
        [] => Ok(found.document.in_force_or_latest()),
        several => {
            let names: Vec<String> = several.iter().map(|edition| edition.named()).collect();
            Err(Failure::Arguments(format!("several versions of `{address}` wait: say which ({})", names.join(", "))))
        }
    }
}

/// The path of the version under its new name; none if it keeps the name it has, or stands outside a workspace.
fn new_path(arguments: &Arguments, found: &Found, edition: &Edition) -> Result<Option<PathBuf>, Failure> {
    let name = arguments.version.clone().unwrap_or_else(|| arguments.recording.date.to_string());
    if !is_id(&name) {
        let rule = "use lower-case letters, digits and single hyphens, such as 2026-11-12";
        return Err(Failure::Arguments(format!("`{name}` cannot name a version: {rule}")));
    }
    if edition.address.is_none() || edition.version() == name {
        return Ok(None);
    }
    let taken = |document: &DocumentEntry| document.editions.iter().any(|other| other.version() == name);
    if taken(&found.document) {
        return Err(Failure::Arguments(format!(
            "there is a version `{name}` already: give this one another name with --version"
        )));
    }
    Ok(Some(found.path(edition).with_file_name(format!("{name}.toml"))))
}

/// What a document that names its parts itself does not print of its adoption.
fn unprinted(protocol: &Protocol) -> String {
    let parts: Vec<Part> = protocol.front_parts().into_iter().chain(protocol.back_parts()).collect();
    let mut notes = String::new();
    if !parts.contains(&Part::Adoption) {
        notes += "It prints no adoption lines: add \"adoption\" to `front` or `back` if it should.\n";
    }
    if parts.contains(&Part::Status) {
        notes += "It prints its status: take \"status\" out of `front` if it should not.\n";
    }
    notes
}
