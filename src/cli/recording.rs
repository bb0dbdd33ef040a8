//! What `engross review record` and `engross adopt` are both told, and what both say afterwards.

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::diagnostics::printable;
use crate::model::{Edition, EventKind, PartialDate, Protocol, Review};
use crate::review::{Next, Outcome, Recording};

use super::Failure;
use super::day::{date, day, next, today};

#[derive(Debug, Args)]
pub(super) struct RecordingArguments {
    /// When it was done
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) date: PartialDate,
    /// When it is to be reviewed next, such as 2027-05 or "1 year" [default: as the document, its council or engross.toml
    /// states]
    #[arg(long, value_name = "DATE|INTERVAL", value_parser = next)]
    next: Option<Next>,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take this day for today
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
}

/// What may be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
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

impl RecordingArguments {
    /// What is to be recorded.
    pub(super) fn recording(&self, event: Option<Kind>, minute: Option<&str>) -> Result<Recording, Failure> {
        Ok(Recording {
            event: event.map(EventKind::from),
            date: self.date,
            minute: minute.map(reference).transpose()?,
            next: self.next,
            as_of: self.as_of.unwrap_or_else(today),
        })
    }
}

/// The reference of a minute, as it is written into the source.
fn reference(given: &str) -> Result<String, Failure> {
    let words = given.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.chars().any(char::is_control) {
        return Err(Failure::Arguments("--minute takes the reference of a minute, such as 26/98".to_owned()));
    }
    Ok(words)
}

/// What was recorded, and what the clerk should look at.
pub(super) fn told(edition: &Edition, outcome: &Outcome) -> String {
    let (before, after) = (&edition.protocol, &outcome.protocol);
    let mut lines: Vec<String> =
        after.history.iter().filter(|event| !before.history.contains(event)).map(|event| event.worded()).collect();
    lines.extend(told_of_due(before, after));
    if let Some(line) = &outcome.replaced_line {
        let now = after.review.as_ref().and_then(Review::line).filter(|now| !now.is_empty());
        let now = now.map_or_else(|| "nothing".to_owned(), |now| format!("“{now}”"));
        lines.push(format!(
            "Where “{line}” was printed, {now} is now; write another `as_printed` if it should read otherwise."
        ));
    }
    if !after.control.is_empty() {
        lines.push(
            "The document-control table is printed as it stands: change its rows by hand if they name dates."
                .to_owned(),
        );
    }
    lines.into_iter().map(|line| printable(&line) + "\n").collect()
}

/// What has become of the date due.
fn told_of_due(before: &Protocol, after: &Protocol) -> Option<String> {
    let due = |protocol: &Protocol| protocol.review.as_ref().and_then(|review| review.due).map(PartialDate::in_words);
    match (due(before), due(after)) {
        (Some(was), Some(due)) if was != due => Some(format!("The next review is due {due}; it was {was}.")),
        (None, Some(due)) => Some(format!("The next review is due {due}.")),
        (Some(was), None) => {
            Some(format!("It was due {was}. Nothing says when next, so a year is assumed; --next would say it."))
        }
        _ => None,
    }
}
