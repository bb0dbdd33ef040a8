//! `engross matrix`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagnostics::printable;
use crate::document;
use crate::matrix::matrix;
use crate::model::{Edition, ResolveError};
use crate::render::Templates;
use crate::render::matrix::{self as render, Style};
use crate::store::load;

use super::documents::{Documents, Found, documents, warn, whole};
use super::select::ADDRESS_HELP;
use super::{Done, Failure, Terminal};

/// Lay all councils' documents of a kind side by side: who says what, who does not, and where one binds more or less
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[arg(help = ADDRESS_HELP)]
    address: Vec<String>,
    /// The kind of document, by its folder [default: the kind that more than one council has]
    #[arg(long, value_name = "ID", conflicts_with = "address")]
    document: Option<String>,
    /// Measure all against this document
    #[arg(long, value_name = "ADDRESS")]
    model: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// Write the result into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross matrix                                 all councils that have a document of one kind
  engross matrix kings-hill battle thanet        these three
  engross matrix --document media                the media policies, where there are several kinds
  engross matrix --model kings-hill              each measured against one
  engross matrix --format html -o matrix.html    a page with filters and all wordings
  engross matrix --format csv -o matrix.csv      for a spreadsheet

Each row is one provision, in the words of the council whose wording is nearest to all; each column a council. A council's
version in force is taken, else its latest; the heading of a column says so where that is not in force. Of a council with several
documents name the one you mean: `engross matrix kings-hill/media battle/media`.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for reading here
    Text,
    /// A web page: all wordings, filters
    Html,
    /// A table for a spreadsheet
    Csv,
    /// For other programs
    Json,
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let found = documents(&arguments.address, workspace, whole)?;
    let of_model = arguments.model.as_ref().map(|model| documents(std::slice::from_ref(model), workspace, whole));
    let of_model = of_model.transpose()?;
    warn(&found.warnings, terminal);
    let kind = kind_asked(arguments, &found);
    let named = arguments.model.as_deref().unwrap_or_default();
    let model = of_model.as_ref().map(|found| only(named, kind, found)).transpose()?;
    let mut editions = match arguments.address.as_slice() {
        [] => of_one_kind(arguments, &found, model)?,
        addresses => meant(addresses, &found)?,
    };
    let at = model.map(|model| place_of_model(model, &mut editions));
    if editions.len() < 2 {
        return Err(Failure::Arguments("a matrix needs the documents of two councils at least".to_owned()));
    }
    note_kinds(&editions, terminal);
    let mut table = document::matrix(&matrix(&editions, at));
    for (column, edition) in table.columns.iter_mut().zip(&editions) {
        let of = |found: &&Found| found.document.editions.iter().any(|other| std::ptr::eq(other, *edition));
        let mut documents = found.all.iter().chain(of_model.iter().flat_map(|found| &found.all));
        column.caution = column.caution.take().or_else(|| replaced(documents.find(of)?, edition));
    }
    let output = arguments.output.as_deref();
    let text = match arguments.format {
        Format::Text => {
            render::terminal(&table, Style { colour: terminal.colours_results(output), width: terminal.width(output) })
        }
        Format::Csv => render::csv(&table),
        Format::Json => render::json(&table),
        Format::Html => {
            let root = found.all.iter().find_map(|found| found.root.as_deref());
            let overrides = root.map(load::templates).transpose().map_err(Failure::Sources)?;
            let page = render::to_html(&table, &Templates::new(&overrides.unwrap_or_default())?)?;
            String::from_utf8_lossy(&page).into_owned()
        }
    };
    terminal.deliver(&text, output)?;
    Ok(Done::Clear)
}

/// The place of the document that all are measured against. It stands for its council, whichever version it is.
fn place_of_model<'a>(model: &'a Edition, editions: &mut Vec<&'a Edition>) -> usize {
    let same = |edition: &&Edition| document_of(edition) == document_of(model);
    let place = editions.iter().position(same).unwrap_or_else(|| {
        editions.insert(0, model);
        0
    });
    editions[place] = model;
    place
}

/// What two versions have in common: their council and their document; of a file outside a workspace, its path.
fn document_of(edition: &Edition) -> (&str, Option<&str>) {
    match &edition.address {
        Some(address) => (&address.council, Some(&address.document)),
        None => (&edition.source.path, None),
    }
}

/// What is said of a version that was adopted, and is not the one in force now.
fn replaced(found: &Found, edition: &Edition) -> Option<String> {
    let in_force = found.document.in_force()?;
    (!std::ptr::eq(in_force, edition)).then(|| format!("version {}, not the one in force", edition.version()))
}

/// The documents that were named, one of a council where it has several of them.
fn meant<'a>(addresses: &[String], found: &'a Documents) -> Result<Vec<&'a Edition>, Failure> {
    for address in addresses {
        one_document(address, found)?;
    }
    let editions: Vec<&Edition> = found.all.iter().map(|found| found.meant()).collect();
    for (at, edition) in editions.iter().enumerate() {
        let earlier = editions[..at].iter().find(|other| document_of(other) == document_of(edition));
        if let Some(earlier) = earlier {
            return Err(Failure::Arguments(format!(
                "`{}` and `{}` are versions of one document: a matrix takes one, and `engross diff` tells what changed",
                printable(&earlier.named()),
                printable(&edition.named())
            )));
        }
    }
    Ok(editions)
}

/// Says that documents of several kinds are laid side by side: somebody may have named one by mistake.
fn note_kinds(editions: &[&Edition], terminal: &Terminal) {
    let kinds: BTreeSet<&str> = editions.iter().filter_map(|edition| document_of(edition).1).collect();
    if kinds.len() > 1 {
        let kinds: Vec<&str> = kinds.into_iter().collect();
        terminal.message(&format!("note: documents of several kinds are laid side by side: {}\n", kinds.join(", ")));
    }
}

/// The kind of document that was asked for: by name, or as all documents that were named are of it; else the only one that several
/// councils have.
fn kind_asked<'a>(arguments: &'a Arguments, found: &'a Documents) -> Option<&'a str> {
    if let Some(kind) = &arguments.document {
        return Some(kind);
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    found.all.iter().for_each(|found| *kinds.entry(&found.document.id).or_default() += 1);
    if arguments.address.is_empty() {
        kinds.retain(|_, councils| *councils > 1);
    }
    kinds.pop_first().filter(|_| kinds.is_empty()).map(|(kind, _)| kind)
}

/// That a council that is named has one document, or the one meant is named as well.
fn one_document(address: &str, found: &Documents) -> Result<(), Failure> {
    let of_council = found.all.iter().filter(|found| {
        let editions = &found.document.editions;
        editions.iter().any(|edition| edition.address.as_ref().is_some_and(|it| it.council == address))
    });
    let names: Vec<String> = of_council.map(|found| format!("{address}/{}", found.document.id)).collect();
    match names.len() {
        0 | 1 => Ok(()),
        _ => Err(ResolveError::WhichDocument(address.to_owned(), names.join(", ")).into()),
    }
}

/// The document that all are measured against: of several that a council has, the one of the kind that was asked for.
fn only<'a>(name: &str, kind: Option<&str>, found: &'a Documents) -> Result<&'a Edition, Failure> {
    if let [found] = found.all.as_slice() {
        return Ok(found.meant());
    }
    let of_kind = found.all.iter().find(|found| Some(&*found.document.id) == kind);
    of_kind.map(Found::meant).ok_or_else(|| {
        let names: Vec<String> = found.all.iter().map(|found| printable(&found.meant().named())).collect();
        Failure::Arguments(format!("`{}` has several documents: name one of {}", printable(name), names.join(", ")))
    })
}

/// The documents of the kind that was asked for, else of the model's, else of the only one that several councils have.
fn of_one_kind<'a>(
    arguments: &Arguments,
    found: &'a Documents,
    model: Option<&Edition>,
) -> Result<Vec<&'a Edition>, Failure> {
    let mut kinds: BTreeMap<&str, Vec<&Edition>> = BTreeMap::new();
    found.all.iter().for_each(|found| kinds.entry(&found.document.id).or_default().push(found.meant()));
    let of_model = model.and_then(|model| model.address.as_ref()).map(|address| address.document.as_str());
    if let Some(kind) = arguments.document.as_deref().or(of_model) {
        let names: Vec<&str> = kinds.keys().copied().collect();
        let missing = || format!("no council has a document `{}`; there are {}", printable(kind), names.join(", "));
        return kinds.remove(kind).ok_or_else(|| Failure::Arguments(missing()));
    }
    kinds.retain(|_, editions| editions.len() > 1);
    let names: Vec<String> = kinds.iter().map(|(kind, editions)| format!("{kind} ({})", editions.len())).collect();
    match (kinds.len(), kinds.pop_first()) {
        (1, Some((_, editions))) => Ok(editions),
        (0, _) => Err(Failure::Arguments("no two councils here have a document of one kind".to_owned())),
        _ => Err(Failure::Arguments(format!("say which kind of document with --document: {}", names.join(", ")))),
    }
}
