//! `engross mdbook`

use std::path::Path;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::day::day;
use super::{Done, Failure, Terminal};

/// Put the documents into a book of your own: mdBook calls this by itself, told to by your `book.toml`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// The day to judge review dates by [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Whether a renderer of mdBook's can be given the pages: mdBook asks that first
    Supports {
        /// The renderer
        renderer: String,
    },
}

const EXAMPLES: &str = "\
In book.toml, in the folder of your workspace:
  [book]
  title = \"Our protocols\"
  language = \"en-GB\"

  [preprocessor.engross]
  command = \"engross mdbook\"
  after = [\"links\", \"index\"]

and what makes it look as `engross site` does is on the page about a book of your own in the manual. Then `mdbook build`, or `engross site`
without mdBook. A chapter of yours that lies where one of engross's does takes its place.

The documents to download go into the folder `files` of the book's sources: nothing of your own belongs there.";

/// What is said to somebody who calls it by hand.
#[cfg(feature = "site")]
const BY_MDBOOK: &str = "`engross mdbook` is for mdBook, which calls it and hands it a book: `engross mdbook --help` says how to have that \
                         done. To make the site without mdBook, use `engross site`";

#[cfg(not(feature = "site"))]
pub(super) fn run(_: &Arguments, _: Option<&Path>, _: &Terminal) -> Result<Done, Failure> {
    Err(Failure::Arguments(super::site::WITHOUT.to_owned()))
}

#[cfg(feature = "site")]
pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    if let Some(What::Supports { renderer }) = &arguments.what {
        // Other renderers make other things of a chapter than a page.
        return Ok(if renderer == "html" { Done::Clear } else { Done::ActionNeeded });
    }
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() {
        return Err(Failure::Arguments(BY_MDBOOK.to_owned()));
    }
    let given = std::io::read_to_string(std::io::stdin().lock()).map_err(|error| unreadable("", &error))?;
    let (context, own) =
        mdbook_preprocessor::parse_input(given.as_bytes()).map_err(|error| unreadable(&given, error.root_cause()))?;
    let root = match workspace {
        Some(_) => crate::store::find_workspace(workspace)?,
        None => crate::store::find_workspace(Some(&context.root))?,
    };
    let material = super::site::making::Material::load(&root, terminal)?;
    let title = context.config.book.title.clone().unwrap_or_default();
    let made = material.make(&title, arguments.as_of.unwrap_or_else(super::day::today))?;
    let with_ours = super::site::chapters::with_ours(own, &made, &material.templates)?;
    let inside = |file: &crate::site::File| file.path.split_once('/').map(|(_, path)| path.into());
    let files = made.files.iter().chain([&with_ours.list]);
    let files: Vec<_> = files.filter_map(|file| Some((inside(file)?, file.bytes.as_slice()))).collect();
    let sources = context.root.join(&context.config.book.src);
    crate::store::made::hold(&sources.join(crate::site::FILES), &files)?;
    let book = serde_json::to_string(&with_ours.book).map_err(|error| Failure::Book(error.to_string()))?;
    terminal.result(&book)?;
    Ok(Done::Clear)
}

/// What is said of a book that cannot be read; mdBook tells its release before it.
#[cfg(feature = "site")]
fn unreadable(given: &str, error: &dyn std::fmt::Display) -> Failure {
    let value: Option<serde_json::Value> = serde_json::from_str(given).ok();
    let release = value.and_then(|value| Some(value.get(0)?.get("mdbook_version")?.as_str()?.to_owned()));
    Failure::BookForm { release, said: error.to_string() }
}
