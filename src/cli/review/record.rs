//! `engross review record`

use std::path::Path;

use clap::Args;

use crate::review::record;

use super::super::changes::{Sources, deliver};
use super::super::documents::document;
use super::super::recording::{Kind, RecordingArguments, told};
use super::super::{Done, Failure, Terminal};

/// Record in the source that a document was reviewed, and when it is to be reviewed next
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// COUNCIL, COUNCIL/DOCUMENT, or a path to a .toml file
    address: String,
    /// The minute that records it
    #[arg(long, value_name = "REF")]
    minute: String,
    /// What was done
    #[arg(long, value_enum, default_value_t = Kind::Reviewed, value_name = "EVENT")]
    event: Kind,
    #[command(flatten)]
    recording: RecordingArguments,
}

const EXAMPLES: &str = "\
Examples:
  engross review record battle --date 2026-11-17 --minute 26/112 --next \"1 year\"
  engross review record kings-hill --date 2026-11-12 --minute 26/98 --event readopted --next 2027-05
  engross review record swanscombe-and-greenhithe --date 2026-05-14 --minute 11/26-27 --dry-run

Comments, order and layout of the file stay as they are.";

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let found = document(&arguments.address, workspace)?;
    let edition = found.meant();
    let recording = arguments.recording.recording(Some(arguments.event), Some(&arguments.minute))?;
    let outcome = record(&found.document, edition, &recording)?;
    let mut sources = Sources::default();
    sources.amend(&found, edition, |protocol| *protocol = outcome.protocol.clone())?;
    deliver(sources, arguments.recording.dry_run, terminal)?;
    terminal.message(&told(edition, &outcome));
    Ok(Done::Clear)
}
