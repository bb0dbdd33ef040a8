//! `engross diff`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::compare::{Change, Comparison, Kind, compare};
#[cfg(feature = "pdf")]
use crate::diagnostics::Diagnostic;
use crate::diagnostics::printable;
use crate::document;
use crate::model::Edition;
use crate::render::Templates;
use crate::render::difference::{self, Author, Style};
use crate::store::{find_workspace, load};

use super::day::day;
use super::select::select;
use super::{Done, Failure, Terminal, import};

/// Show what really changed: between two versions of a document, or between two councils' documents
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The one side: COUNCIL, COUNCIL/DOCUMENT, COUNCIL/DOCUMENT@VERSION, or a path to a .toml file or to a document as the council
    /// has it: .docx, .pdf, .html, .md, .txt, and with LibreOffice .doc, .odt, .rtf
    left: String,
    /// The other side, named in the same ways [default: LEFT is compared with the version before it]
    right: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// Only changes of these kinds, such as weakened,removed
    #[arg(long, value_delimiter = ',', value_name = "KIND", value_parser = kinds())]
    kind: Vec<Kind>,
    /// Take changes of these kinds, and of no other, as no change, such as typographic,terminology
    #[arg(long, value_delimiter = ',', value_name = "KIND", value_parser = kinds())]
    ignore: Vec<Kind>,
    /// Say why provisions are taken to correspond
    #[arg(long)]
    explain: bool,
    /// Who makes the tracked changes of a Word file
    #[arg(long, value_name = "NAME", default_value = "engross")]
    author: String,
    /// The day of the tracked changes of a Word file [default: the day of the right side's last event, or of the left side's]
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<Date>,
    /// Exit with status 1 when there are differences
    #[arg(long)]
    exit_code: bool,
    /// Write the result into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross diff kings-hill battle                   two councils' documents
  engross diff battle                              the version in force with the one before it
  engross diff battle@2020-01 battle@2024-05       two versions
  engross diff old.toml new.toml                   two files, in no workspace
  engross diff old.docx new.docx                   two documents as they are: Word, PDF, web pages, Markdown, text
  engross diff battle \"From our website.pdf\"      whether what is published is what was adopted
  engross diff kings-hill battle --kind strengthened,weakened
  engross diff old.toml new.toml --ignore typographic,terminology --exit-code
  engross diff old.toml new.toml --format html -o changes.html
  engross diff old.toml new.toml --format pdf -o changes.pdf
  engross diff battle@2020-01 battle --format docx --author Clerk --date 2026-11-12 -o changes.docx

Exit status: 0 done; 1 there are differences, under --exit-code; 2 it could not be done.
Renumbered and moved provisions are differences; --ignore renumbered,moved passes over them.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading here
    Text,
    /// Markdown: a summary, a schedule of changes and the marked-up document
    Md,
    /// A web page of the same
    Html,
    /// A PDF: a summary, a schedule of changes, and the right side with its changes marked
    #[cfg(feature = "pdf")]
    Pdf,
    /// A Word file of the right side, with tracked changes
    Docx,
    /// For other programs
    Json,
}

/// The kinds of change, by name.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .try_map(|name| Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or("no such kind"))
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let sides = sides(arguments, workspace)?;
    let others: Vec<&Edition> = sides.others.iter().collect();
    let comparison = compare(&sides.left, &sides.right, &others);
    for warning in &sides.warnings {
        terminal.message(&format!("{}\n", printable(warning)));
    }
    if comparison.unrelated {
        terminal.message(
            "warning: the two documents look unrelated: hardly anything in the one corresponds to the other\n",
        );
    }
    let shown = |change: &Change| arguments.shows(change);
    let document = || document::difference(&comparison, &sides.left, &sides.right, shown);
    let text = match arguments.format {
        Format::Json => difference::json(&comparison, &sides.left, &sides.right, shown),
        Format::Md => published(&difference::to_markdown(&document(), &sides.templates()?)?),
        Format::Html => published(&difference::to_html(&document(), &sides.templates()?)?),
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            sides.can_be_set()?;
            let changes = document::changes(&comparison, &sides.left, &sides.right, shown);
            let file = difference::to_pdf(&changes, &comparison, (&sides.left, &sides.right), &sides.templates()?)?;
            return terminal.deliver_file(&file, arguments.output.as_deref()).map(|()| arguments.done(&comparison));
        }
        Format::Docx => {
            let author =
                Author { name: arguments.author.clone(), date: arguments.date.unwrap_or_else(|| sides.dated()) };
            let file = difference::to_docx(&comparison, (&sides.left, &sides.right), &author, &sides.templates()?)?;
            return terminal.deliver_file(&file, arguments.output.as_deref()).map(|()| arguments.done(&comparison));
        }
        Format::Text => {
            let output = arguments.output.as_deref();
            let style = Style {
                colour: terminal.colours_results(output),
                width: terminal.width(output),
                explain: arguments.explain,
            };
            difference::terminal(&comparison, (&sides.left, &sides.right), shown, style)
        }
    };
    terminal.deliver(&text, arguments.output.as_deref())?;
    Ok(arguments.done(&comparison))
}

/// The bytes of a text format as text.
fn published(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Arguments {
    /// Whether there is something to act on.
    fn done(&self, comparison: &Comparison) -> Done {
        let elsewhere = self.kind.is_empty() && (!comparison.headings.is_empty() || !comparison.facts.is_empty());
        let changed = |change: &Change| self.shows(change) && !self.passes_over(change);
        let differs = elsewhere && comparison.versions || comparison.changes.iter().any(changed);
        if self.exit_code && differs { Done::ActionNeeded } else { Done::Clear }
    }

    /// Whether a change is among those asked for.
    fn shows(&self, change: &Change) -> bool {
        let asked = self.kind.is_empty() || change.aspects.iter().any(|aspect| self.kind.contains(aspect));
        let ignored = !self.ignore.is_empty() && change.kind != Kind::Unchanged && self.passes_over(change);
        asked && !ignored
    }

    /// Whether a change counts as none.
    fn passes_over(&self, change: &Change) -> bool {
        change.aspects.iter().all(|aspect| *aspect == Kind::Unchanged || self.ignore.contains(aspect))
    }
}

/// The day of changes between two documents of which neither says when anything was done with it.
const UNDATED: Date = jiff::civil::date(2000, 1, 1);

/// What is compared.
struct Sides {
    left: Edition,
    right: Edition,
    /// Other councils' documents of the kind.
    others: Vec<Edition>,
    warnings: Vec<String>,
    root: Option<PathBuf>,
}

impl Sides {
    /// The day of the last event of the right side, else of the left one. The clock is not asked: two files are the same whenever
    /// they are made.
    fn dated(&self) -> Date {
        let last = |edition: &Edition| edition.protocol.last_event().map(|event| event.date.last_day());
        last(&self.right).or_else(|| last(&self.left)).unwrap_or(UNDATED)
    }

    /// That there is nothing on either side that a PDF cannot show.
    #[cfg(feature = "pdf")]
    fn can_be_set(&self) -> Result<(), Failure> {
        let of_side = |edition: &Edition| difference::pdf_faults(edition);
        let faults: Vec<Diagnostic> = [&self.left, &self.right].into_iter().flat_map(of_side).collect();
        if faults.is_empty() { Ok(()) } else { Err(Failure::Sources(faults)) }
    }

    /// The templates of the workspace, or those built in.
    fn templates(&self) -> Result<Templates, Failure> {
        let overrides = self.root.as_deref().map(load::templates).transpose().map_err(Failure::Sources)?;
        Ok(Templates::new(&overrides.unwrap_or_default())?)
    }
}

/// How many other councils are looked at: reading hundreds would take longer than they help.
const MOST_COUNCILS: usize = 40;

fn sides(arguments: &Arguments, workspace: Option<&Path>) -> Result<Sides, Failure> {
    let (given, mut warnings, mut root) = side(&arguments.left, workspace)?;
    let (left, right) = match &arguments.right {
        Some(right) => {
            let (right, more, around) = side(right, workspace)?;
            warnings.extend(more);
            root = root.or(around);
            (given, right)
        }
        None => (version_before(&given, root.as_deref())?, given),
    };
    let others = others(&left, &right, root.as_deref(), &mut warnings);
    Ok(Sides { left, right, others, warnings, root })
}

/// One side, what is to be said about its file, and the workspace it stands in.
fn side(argument: &str, workspace: Option<&Path>) -> Result<(Edition, Vec<String>, Option<PathBuf>), Failure> {
    if let Some(path) = import::foreign(argument) {
        let reading = import::read(&path)?;
        // It needs no workspace, but where there is one, its templates are used.
        let root = match find_workspace(workspace) {
            Err(error) if workspace.is_some() => return Err(error.into()),
            found => found.ok(),
        };
        return Ok((reading.edition(), Vec::from_iter(reading.in_short()), root));
    }
    let mut selection = select(&[argument.to_owned()], workspace)?;
    let warnings =
        selection.warnings.iter().map(|warning| format!("warning: {argument}: {}", warning.message)).collect();
    Ok((selection.editions.remove(0), warnings, selection.root))
}

fn version_before(edition: &Edition, root: Option<&Path>) -> Result<Edition, Failure> {
    let (Some(address), Some(root)) = (&edition.address, root) else {
        let path = &edition.source.path;
        return Err(Failure::Arguments(format!(
            "{path} is no version in a workspace, so name what to compare it with as well"
        )));
    };
    let loaded = load::workspace(root, Some(&BTreeSet::from([address.council.clone()])), |_| (), || ());
    let loaded = loaded.map_err(Failure::Sources)?.value;
    let council = loaded.councils.iter().find(|council| council.id == address.council);
    let document =
        council.and_then(|council| council.documents.iter().find(|document| document.id == address.document));
    document.and_then(|document| document.before(edition)).cloned().ok_or_else(|| {
        let name = format!("{}/{}", address.council, address.document);
        Failure::Arguments(format!(
            "{name} has no version before {}: name two sides, such as `engross diff {name}@OLD {name}@NEW`",
            address.version
        ))
    })
}

/// Other councils' documents of the kind, to ask what corresponds to both sides. That some cannot be read is no reason not to
/// compare these two.
fn others(left: &Edition, right: &Edition, root: Option<&Path>, warnings: &mut Vec<String>) -> Vec<Edition> {
    let (Some(l), Some(r), Some(root)) = (&left.address, &right.address, root) else { return Vec::new() };
    if l.council == r.council || l.document != r.document {
        return Vec::new();
    }
    let loaded = load::councils(root).and_then(|councils| {
        let councils = councils.into_iter().filter(|council| *council != l.council && *council != r.council);
        load::workspace(root, Some(&councils.take(MOST_COUNCILS).collect()), |_| (), || ())
    });
    match loaded {
        Ok(loaded) => {
            let documents = loaded.value.councils.into_iter().flat_map(|council| council.documents);
            documents.filter(|document| document.id == l.document).map(|d| d.in_force_or_latest().clone()).collect()
        }
        Err(_) => {
            warnings.push(
                "warning: other councils' documents have faults (see `engross check`), so they were not asked"
                    .to_owned(),
            );
            Vec::new()
        }
    }
}
