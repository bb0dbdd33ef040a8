//! `engross build`

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostics::{Diagnostic, full, printable};
use crate::document::document;
use crate::model::{Edition, slug};
use crate::render::{FORMATS, Format, TemplateError, Templates};
use crate::store::load;
use crate::store::write::Output;

use super::progress::Progress;
use super::select::{ADDRESS_HELP, select};
use super::workers::each;
use super::{Done, Failure, Terminal, count};

/// Publish documents: Markdown, a web page, PDF, Word, plain text and JSON from one source, with the words and numbers as adopted
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[arg(help = ADDRESS_HELP)]
    address: Vec<String>,
    /// The formats wanted, separated by commas: md, html, pdf, docx, txt, json [default: all]
    #[arg(long, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<String>,
    /// The folder to write into
    #[arg(long, default_value = "out", value_name = "FOLDER")]
    out: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  engross build                                everything, into the folder `out`
  engross build kings-hill                     the version in force of Kings Hill's document
  engross build battle@2020-01 --format html   one version, as a web page only
  engross build draft.toml --out ~/Desktop     a file outside the workspace

Writes OUT/COUNCIL/DOCUMENT/VERSION.md, .html, .pdf, .docx, .txt and .json. Print the PDF for a copy to sign.";

/// Above this many files, the report counts them instead of naming each.
const MOST_LINES: usize = 100;

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let formats = formats(&arguments.format)?;
    let selection = select(&arguments.address, workspace)?;
    terminal.message(&full::render(&selection.warnings, terminal.colours_messages()));
    if selection.editions.is_empty() {
        let message = "there are no documents yet: `engross new council \"NAME\"` makes one";
        return Err(Failure::Arguments(message.to_owned()));
    }
    let overrides = selection.root.as_deref().map(load::templates).transpose().map_err(Failure::Sources)?;
    let templates = Templates::new(&overrides.unwrap_or_default())?;
    let stems = output_stems(&selection.editions)?;
    // Before anything is written, so that a fault leaves all as it was.
    let faults = faults(&selection.editions.iter().collect::<Vec<_>>(), &formats);
    if !faults.is_empty() {
        return Err(Failure::Sources(faults));
    }
    let output = Output::open(&arguments.out)?;
    let progress = Progress::new("building");
    progress.expect(selection.editions.len());
    let one = |(edition, stem): &(&Edition, &String)| {
        let written = build_one(edition, stem, &formats, &templates, &output);
        progress.step();
        written
    };
    let versions: Vec<(&Edition, &String)> = selection.editions.iter().zip(&stems).collect();
    let written: Vec<Vec<PathBuf>> = each(&versions, one).into_iter().collect::<Result<_, _>>()?;
    progress.finish();
    let paths: Vec<PathBuf> = written.into_iter().flatten().collect();
    terminal.result(&summary(&paths, selection.editions.len(), &arguments.out))?;
    Ok(Done::Clear)
}

/// What cannot be shown in one of the formats; what several documents of a council share, once.
pub(super) fn faults(editions: &[&Edition], formats: &[&Format]) -> Vec<Diagnostic> {
    let of_one = |edition: &&Edition| {
        let document = document(edition);
        formats.iter().flat_map(|format| format.faults(edition, &document)).collect::<Vec<_>>()
    };
    let mut faults: Vec<Diagnostic> = each(editions, of_one).into_iter().flatten().collect();
    let mut shared = HashSet::new();
    faults.retain(|fault| fault.origin.is_some() || shared.insert(fault.message.clone()));
    faults
}

fn build_one(
    edition: &Edition,
    stem: &str,
    formats: &[&Format],
    templates: &Templates,
    output: &Output,
) -> Result<Vec<PathBuf>, Failure> {
    let document = document(edition);
    // All of a version's formats before any is written: a template that does not fit leaves none of them behind.
    let render = |format: &&Format| Ok((format.name, format.render(edition, &document, templates)?));
    let files = formats.iter().map(render).collect::<Result<Vec<_>, TemplateError>>()?;
    let write = |(name, bytes): (&str, Vec<u8>)| Ok(output.write(Path::new(&format!("{stem}.{name}")), &bytes)?);
    files.into_iter().map(write).collect()
}

/// Where the files of each version go; two in one place would overwrite each other.
fn output_stems(editions: &[Edition]) -> Result<Vec<String>, Failure> {
    let stems: Vec<String> = editions.iter().map(output_stem).collect();
    let mut taken = HashMap::new();
    for (edition, stem) in editions.iter().zip(&stems) {
        if let Some(other) = taken.insert(stem, &edition.source.path) {
            return Err(Failure::Arguments(format!(
                "{other} and {} would both be written as {stem}: build them one at a time, with different --out",
                edition.source.path
            )));
        }
    }
    Ok(stems)
}

/// Where a version's files go inside the output folder, without their extension.
fn output_stem(edition: &Edition) -> String {
    match &edition.address {
        Some(address) => format!("{}/{}/{}", address.council, address.document, address.version),
        None => Some(slug(edition.version())).filter(|name| !name.is_empty()).unwrap_or_else(|| "document".to_owned()),
    }
}

pub(super) fn formats(names: &[String]) -> Result<Vec<&'static Format>, Failure> {
    if names.is_empty() {
        return Ok(FORMATS.iter().filter(|format| format.published).collect());
    }
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in names {
        let Some(format) = Format::named(name) else {
            let known: Vec<_> = FORMATS.iter().map(|format| format!("{} ({})", format.name, format.what)).collect();
            return Err(Failure::Arguments(format!("there is no format `{name}`; there are: {}", known.join(", "))));
        };
        if !formats.iter().any(|other| other.name == format.name) {
            formats.push(format);
        }
    }
    Ok(formats)
}

fn summary(paths: &[PathBuf], documents: usize, out: &Path) -> String {
    let mut lines = String::new();
    if paths.len() <= MOST_LINES {
        for path in paths {
            lines.push_str(&format!("wrote {}\n", printable(&path.display().to_string())));
        }
    } else {
        lines = format!(
            "wrote {} of {} into {}\n",
            count(paths.len(), "file"),
            count(documents, "document"),
            printable(&out.display().to_string())
        );
    }
    lines
}
