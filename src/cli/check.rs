//! `engross check`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::check::check;
use crate::diagnostics::{Diagnostic, Severity, concise, full, json, sarif, sort};

use crate::model::Edition;

use super::day::{day, today};
use super::progress::Progress;
use super::select::{ADDRESS_HELP, select};
use super::site::warning_of_name;
use super::{Done, Failure, Terminal, count};

/// Look for faults: wrong numbers, stale references, unfilled blanks, doubtful words, reviews past due
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[arg(help = ADDRESS_HELP)]
    address: Vec<String>,
    /// How to show what is found
    #[arg(long, value_enum, default_value_t = MessageFormat::Full, value_name = "FORMAT")]
    message_format: MessageFormat,
    /// The day to judge review dates by [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// Write the result into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross check                                   everything
  engross check thanet --message-format concise   a line for each finding
  engross check --as-of 2027-05-01                what will be overdue by then
  engross check --message-format sarif -o findings.sarif
  engross explain number-repeated                 what a finding means

Exit status: 0 no errors (there may be warnings and advice); 1 errors found; 2 it could not be done.
A finding that is accepted is silenced in the source, with the reason; see `engross explain unused-silence`.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// With the line and what to do
    Full,
    /// A line each
    Concise,
    /// A list of objects
    Json,
    /// For code hosts and editors
    Sarif,
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let as_of = arguments.as_of.unwrap_or_else(today);
    let (findings, documents) = match select(&arguments.address, workspace) {
        Ok(selection) => {
            let addresses = selection.editions.iter().filter_map(|edition| edition.address.as_ref());
            let councils: BTreeSet<&str> = addresses.map(|address| address.council.as_str()).collect();
            for warning in councils.into_iter().filter_map(warning_of_name) {
                terminal.message(&warning);
            }
            let mut findings = selection.warnings;
            let progress = Progress::new("checking");
            progress.expect(selection.editions.len());
            let one = |edition: &Edition| {
                let found = check(edition, as_of);
                progress.step();
                found
            };
            findings.extend(selection.editions.par_iter().flat_map_iter(one).collect::<Vec<_>>());
            progress.finish();
            (findings, Some(selection.editions.len()))
        }
        // Faults that keep a source from being read are findings like any other here.
        Err(Failure::Sources(faults)) => (faults, None),
        Err(other) => return Err(other),
    };
    let mut findings = findings;
    sort(&mut findings);
    let result = match arguments.message_format {
        MessageFormat::Full => full::render(&findings, terminal.colours_results(arguments.output.as_deref())),
        MessageFormat::Concise => concise::render(&findings),
        MessageFormat::Json => json::render(&findings),
        MessageFormat::Sarif => sarif::render(&findings),
    };
    terminal.deliver(&result, arguments.output.as_deref())?;
    terminal.message(&summary(&findings, documents));
    let errors = findings.iter().any(|finding| finding.code.severity == Severity::Error);
    Ok(if errors { Done::ActionNeeded } else { Done::Clear })
}

fn summary(findings: &[Diagnostic], documents: Option<usize>) -> String {
    let of = |severity| findings.iter().filter(|finding| finding.code.severity == severity).count();
    let errors = count(of(Severity::Error), "error");
    let warnings = count(of(Severity::Warning), "warning");
    let advice = format!("{} of advice", count(of(Severity::Advice), "piece"));
    let what = match documents {
        Some(documents) => format!("{} checked", count(documents, "document")),
        None => "the sources could not all be read".to_owned(),
    };
    format!("{what}: {errors}, {warnings}, {advice}\n")
}
