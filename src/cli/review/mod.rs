//! `engross review`: the register, and what follows from it.

mod agenda;
mod plan;
mod record;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use jiff::Span;
use jiff::civil::Date;

use crate::diagnostics::printable;
use crate::document::{self, Letterhead};
use crate::model::Edition;
use crate::render::Templates;
use crate::render::register::{self, Style};
use crate::review::{Register, plan};
use crate::store::{find_workspace, load};

use super::day::{after, day, days_before, stretch, today};
use super::documents::{Documents, Found, documents, facts, warn};
use super::{Done, Failure, Terminal};

/// Show which documents are to be reviewed by when, and which are overdue; record a review that was done
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    register: RegisterArguments,
}

#[derive(Debug, Subcommand)]
enum What {
    Record(record::Arguments),
}

#[derive(Debug, Args)]
struct RegisterArguments {
    /// COUNCIL, COUNCIL/DOCUMENT, COUNCIL/DOCUMENT@VERSION, or a path to a .toml file [default: everything]
    address: Vec<String>,
    /// The day to judge by [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// How near a date is due soon, such as 60d, 8w or "2 months"
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = stretch, allow_hyphen_values = true)]
    within: Span,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// How long before a date a calendar reminds, such as 90d,30d,7d
    #[arg(long, value_name = "DURATION", default_value = "90d,30d,7d", value_delimiter = ',', value_parser = stretch)]
    remind: Vec<Span>,
    /// Give the wording for the next agenda instead: an item and a draft resolution for each document that is overdue or due
    /// soon
    #[arg(long, conflicts_with = "plan")]
    agenda: bool,
    /// Propose months for the reviews instead, so that they do not all fall due at once
    #[arg(long)]
    plan: bool,
    /// Write the months proposed into the sources
    #[arg(long, requires = "plan")]
    apply: bool,
    /// Exit with status 1 when a review is overdue
    #[arg(long)]
    exit_code: bool,
    /// Write the result into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross review                                 the register of everything
  engross review kings-hill --as-of 2027-05-01   one council's, on another day
  engross review --within 60d --exit-code        for a scheduled job: status 1 when a review is overdue
  engross review --format ics -o reviews.ics     reminders for your calendar
  engross review --format html -o register.html  a page for the website
  engross review --agenda                        wording for the next meeting
  engross review --plan                          months in which to review what
  engross review record kings-hill --date 2026-11-12 --minute 26/98 --next 2027-05

Exit status: 0 done; 1 a review is overdue, under --exit-code; 2 it could not be done.
The date due is the one stated; else it follows from the interval that the document, its council or engross.toml states; else
a year from the last event is assumed. A month or a year falls due on its last day.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for reading here
    Text,
    /// A list of objects
    Json,
    /// A table for a spreadsheet
    Csv,
    /// Markdown
    Md,
    /// A web page, with a picture
    Html,
    /// A calendar with reminders
    Ics,
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    if let Some(What::Record(record)) = &arguments.what {
        return record::run(record, workspace, terminal);
    }
    let arguments = &arguments.register;
    let found = documents(&arguments.address, workspace, facts)?;
    warn(&found.warnings, terminal);
    let as_of = arguments.as_of.unwrap_or_else(today);
    let named = found.all.iter().map(|found| (&found.document, found.named()));
    let register = Register::new(named, as_of, after(as_of, arguments.within));
    for entry in register.entries.iter().filter(|entry| entry.ahead.is_some()) {
        let address = printable(&entry.address());
        terminal.message(&format!("warning: the history of {address} names a day to come; see `engross check`\n"));
    }
    let proposals = if arguments.plan { plan(&register) } else { Vec::new() };
    let text = if arguments.plan {
        plan::shown(arguments, &register, &proposals, &found, workspace, terminal)?
    } else if arguments.agenda {
        agenda::run(arguments, &register, &found, workspace)?
    } else {
        shown(arguments, &register, &found, workspace, terminal)?
    };
    terminal.deliver(&text, arguments.output.as_deref())?;
    if arguments.apply {
        plan::apply(&proposals, &found, terminal)?;
    }
    Ok(if arguments.exit_code && register.has_overdue() { Done::ActionNeeded } else { Done::Clear })
}

fn shown(
    arguments: &RegisterArguments,
    register: &Register<'_>,
    found: &Documents,
    workspace: Option<&Path>,
    terminal: &Terminal,
) -> Result<String, Failure> {
    Ok(match arguments.format {
        Format::Text => register::terminal(register, arguments.style(terminal)),
        Format::Json => register::json(register),
        Format::Csv => register::csv(register),
        Format::Ics => register::calendar(register, &arguments.reminders(register.as_of)),
        Format::Md | Format::Html => {
            arguments.published(&document::register(register, arguments.letterhead(found)?), workspace)?
        }
    })
}

impl RegisterArguments {
    fn style(&self, terminal: &Terminal) -> Style {
        let output = self.output.as_deref();
        Style { colour: terminal.colours_results(output), width: terminal.width(output) }
    }

    /// How many days before a date to remind, the longest first.
    fn reminders(&self, as_of: Date) -> Vec<i32> {
        let mut days: Vec<i32> = self.remind.iter().map(|stretch| days_before(as_of, *stretch)).collect();
        days.sort_by_key(|days| -days);
        days.dedup();
        days
    }

    /// The letterhead of the council, if all documents are one council's, for a page.
    fn letterhead(&self, found: &Documents) -> Result<Option<Letterhead>, Failure> {
        let mut editions = found.all.iter().filter_map(|found| Some((found, found.document.editions.first()?)));
        let Some((first, edition)) = editions.next().filter(|_| self.format == Format::Html) else { return Ok(None) };
        let council = |edition: &Edition| edition.address.as_ref().map(|address| address.council.clone());
        let (Some(root), true) = (&first.root, editions.all(|(_, other)| council(other) == council(edition))) else {
            return Ok(None);
        };
        // The logo is not among the facts.
        let whole = load::file(&root.join(first.path(edition))).map_err(Failure::Sources)?;
        Ok(document::letterhead(&whole.value))
    }

    /// A document in Markdown, as a web page, or as plain text.
    fn published(&self, document: &document::Document, workspace: Option<&Path>) -> Result<String, Failure> {
        let templates = templates(workspace)?;
        let bytes = match self.format {
            Format::Html => register::to_html(document, &templates),
            Format::Md => register::to_markdown(document, &templates),
            _ => register::to_text(document, &templates),
        };
        Ok(String::from_utf8_lossy(&bytes?).into_owned())
    }

    /// Refuses formats that what is asked for does not come in.
    fn only(&self, what: &str, formats: &[Format]) -> Result<(), Failure> {
        if formats.contains(&self.format) {
            return Ok(());
        }
        let names: Vec<String> =
            formats.iter().filter_map(ValueEnum::to_possible_value).map(|value| value.get_name().to_owned()).collect();
        Err(Failure::Arguments(format!("{what} comes in these formats: {}", names.join(", "))))
    }
}

/// The templates of the workspace, or those built in where there is none.
fn templates(workspace: Option<&Path>) -> Result<Templates, Failure> {
    let overrides = match find_workspace(workspace) {
        Ok(root) => load::templates(&root).map_err(Failure::Sources)?,
        Err(_) => Default::default(),
    };
    Ok(Templates::new(&overrides)?)
}
