//! `engross review record`

use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::model::{EventKind, PartialDate};
use crate::review::{Next, Recording, record};

use super::super::changes::{Sources, deliver, minute, told};
use super::super::day::{date, day, next, today};
use super::super::documents::document;
use super::super::{Done, Failure, Terminal};

/// Record in the source that a document was reviewed, and when it is to be reviewed next
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// COUNCIL, COUNCIL/DOCUMENT, or a path to a .toml file
    address: String,
    /// When it was reviewed
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: PartialDate,
    /// The minute that records it
    #[arg(long, value_name = "REF")]
    minute: String,
    /// What was done
    #[arg(long, value_enum, default_value_t = Kind::Reviewed, value_name = "EVENT")]
    event: Kind,
    /// When it is to be reviewed next, such as 2027-05 or "1 year" [default: by the interval that the document, its council or
    /// engross.toml states]
    #[arg(long, value_name = "DATE|INTERVAL", value_parser = next)]
    next: Option<Next>,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take this day for today
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
}

const EXAMPLES: &str = "\
Examples:
  engross review record battle --date 2026-11-17 --minute 26/112 --next \"1 year\"
  engross review record kings-hill --date 2026-11-12 --minute 26/98 --event readopted --next 2027-05
  engross review record swanscombe-and-greenhithe --date 2026-05-14 --minute 11/26-27 --dry-run

Comments, order and layout of the file stay as they are.";

/// What may be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Looked at and left in force
    Reviewed,
    /// Adopted again, changed or not
    Readopted,
    /// Changed
    Amended,
    /// Adopted for the first time
    Adopted,
}

impl From<Kind> for EventKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Reviewed => Self::Reviewed,
            Kind::Readopted => Self::Readopted,
            Kind::Amended => Self::Amended,
            Kind::Adopted => Self::Adopted,
        }
    }
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let found = document(&arguments.address, workspace)?;
    let edition = found.named().unwrap_or_else(|| found.document.in_force_or_latest());
    let recording = Recording {
        event: arguments.event.into(),
        date: arguments.date,
        minute: minute(&arguments.minute)?,
        next: arguments.next,
        as_of: arguments.as_of.unwrap_or_else(today),
    };
    let outcome = record(edition, &recording)?;
    let mut sources = Sources::default();
    sources.amend(&found, edition, |protocol| *protocol = outcome.protocol.clone())?;
    deliver(sources, arguments.dry_run, terminal)?;
    terminal.message(&told(edition, &outcome));
    Ok(Done::Clear)
}
