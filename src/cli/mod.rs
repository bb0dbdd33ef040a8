//! The command line: arguments in, a call of the library, a report out. One file a command.
//!
//! Results go to standard output, messages to standard error.

mod adopt;
mod build;
mod changes;
mod check;
mod completions;
mod day;
mod diff;
mod documents;
mod explain;
mod import;
mod list;
mod man;
mod matrix;
mod mdbook;
mod new;
mod progress;
mod recording;
mod review;
mod schema;
mod select;
mod site;
mod terminal;
mod workers;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use thiserror::Error;

use crate::diagnostics::{Diagnostic, full, printable, sort};
use crate::document::count;
use crate::model::{AddressError, ResolveError};
use crate::read::AmendError;
use crate::render::TemplateError;
use crate::review::RecordError;
use crate::store::StoreError;

use terminal::Terminal;

/// Keeps the protocols that councils adopt: publishes them word for word, checks them, and tells what changed.
///
/// The documents stand in a workspace, a folder with a folder `protocols` in it. Run the commands anywhere inside it.
#[derive(Debug, Parser)]
#[command(name = "engross", version, max_term_width = 100, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The workspace to work in [default: the folder you are in, or the nearest above it with a folder `protocols`]
    #[arg(long, global = true, value_name = "FOLDER")]
    workspace: Option<PathBuf>,
    /// Whether messages are coloured
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

const EXAMPLES: &str = "\
Examples:
  engross new workspace my-council     start a workspace, with a first draft in it
  engross list                         see which documents there are
  engross build                        publish them all into the folder `out`
  engross check kings-hill             look for faults in one council's document
  engross diff kings-hill battle       lay two councils' documents side by side
  engross site --serve                 all of it as a web site, in your browser
  engross review                       see which reviews are overdue
  engross build --help                 more about a command, with examples

Exit status: 0 done; 1 done, and there is something to act on; 2 it could not be done.";

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Matrix(matrix::Arguments),
    Site(site::Arguments),
    Import(import::Arguments),
    Review(review::Arguments),
    Adopt(adopt::Arguments),
    Explain(explain::Arguments),
    List(list::Arguments),
    New(new::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Mdbook(mdbook::Arguments),
    // For whoever packages engross: nobody who works with it needs it in the list.
    #[command(hide = true)]
    Man(man::Arguments),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a command ended, beyond having been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// There is nothing more to do.
    Clear,
    /// There is something to act on.
    ActionNeeded,
}

/// The exit status when there is something to act on.
pub const ACTION_NEEDED: u8 = 1;

/// The exit status when it could not be done.
pub const FAILED: u8 = 2;

/// Why a command could not be done.
#[derive(Debug, Error)]
pub enum Failure {
    /// Sources with faults.
    #[error("{} could not be used", count(.0.len(), "source fault"))]
    Sources(Vec<Diagnostic>),
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An address of another form.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// An address of nothing.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// A template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A review or an adoption that contradicts what is known.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A source written in a way that cannot be changed.
    #[error(transparent)]
    Amend(#[from] AmendError),
    /// Documents that were not imported, while others were.
    #[error("{failed} of {} could not be imported: what is said of each above tells why", count(*.all, "document"))]
    Imported {
        /// How many were not.
        failed: usize,
        /// How many there were.
        all: usize,
    },
    /// A `book.toml` that is none: the line, and what is wrong there.
    #[error("book.toml, line {0}: {1}")]
    BookSettings(usize, String),
    /// A council whose folder has a name that the site has for something else.
    #[error("the folder `{0}` of a council has the name of one of the site's own: give it another")]
    Reserved(String),
    /// mdBook fails at a chapter, or at something that is told it in `book.toml`.
    #[error("mdBook cannot make the site: {0}")]
    Book(String),
    /// mdBook, of that release if it says so, hands over a book in another form than is known here.
    #[error(
        "the book that mdBook{} hands over cannot be read ({said}). This engross works with mdBook 0.5, and is called by it: \
         `mdbook build`",
        .release.as_ref().map(|release| format!(" {release}")).unwrap_or_default()
    )]
    BookForm {
        /// Its release.
        release: Option<String>,
        /// What is wrong.
        said: String,
    },
    /// Standard output.
    #[error("the result cannot be printed: {0}")]
    Output(std::io::Error),
    /// Arguments that do not go together or mean nothing.
    #[error("{0}")]
    Arguments(String),
}

#[cfg(feature = "site")]
impl Failure {
    /// Whether it may be well when a file that a site is made of has been saved again, so that it is worth waiting for that.
    fn may_be_mended_by_saving(&self) -> bool {
        match self {
            Self::Sources(_) | Self::Template(_) | Self::BookSettings(..) | Self::Reserved(_) | Self::Book(_) => true,
            Self::Store(_)
            | Self::Address(_)
            | Self::Resolve(_)
            | Self::Record(_)
            | Self::Amend(_)
            | Self::Imported { .. }
            | Self::BookForm { .. }
            | Self::Output(_)
            | Self::Arguments(_) => false,
        }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too; clap knows which stream and status each takes.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILED));
        }
    };
    let terminal = Terminal::new(cli.color);
    match run(cli, &terminal) {
        Ok(Done::Clear) => ExitCode::SUCCESS,
        Ok(Done::ActionNeeded) => ExitCode::from(ACTION_NEEDED),
        Err(failure) => {
            report(failure, &terminal);
            ExitCode::from(FAILED)
        }
    }
}

fn run(cli: Cli, terminal: &Terminal) -> Result<Done, Failure> {
    let workspace = cli.workspace.as_deref();
    match cli.command {
        Command::Build(arguments) => build::run(&arguments, workspace, terminal),
        Command::Check(arguments) => check::run(&arguments, workspace, terminal),
        Command::Diff(arguments) => diff::run(&arguments, workspace, terminal),
        Command::Matrix(arguments) => matrix::run(&arguments, workspace, terminal),
        Command::Site(arguments) => site::run(&arguments, workspace, terminal),
        Command::Import(arguments) => import::run(&arguments, workspace, terminal),
        Command::Review(arguments) => review::run(&arguments, workspace, terminal),
        Command::Adopt(arguments) => adopt::run(&arguments, workspace, terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::List(arguments) => list::run(&arguments, workspace, terminal),
        Command::New(arguments) => new::run(&arguments, workspace, terminal),
        Command::Schema(arguments) => schema::run(&arguments, terminal),
        Command::Mdbook(arguments) => mdbook::run(&arguments, workspace, terminal),
        Command::Man(arguments) => man::run(&arguments, Cli::command(), terminal),
        Command::Completions(arguments) => completions::run(&arguments, &mut Cli::command(), terminal),
    }
}

fn report(failure: Failure, terminal: &Terminal) {
    match failure {
        Failure::Sources(mut diagnostics) => {
            sort(&mut diagnostics);
            terminal.message(&full::render(&diagnostics, terminal.colours_messages()));
            let faults = count(diagnostics.len(), "fault");
            terminal.message(&format!("\nNothing was done: {faults} to put right first.\n"));
        }
        other => terminal.message(&format!("error: {}\n", printable(&other.to_string()))),
    }
}
