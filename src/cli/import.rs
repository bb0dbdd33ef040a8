//! `engross import`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::diagnostics::printable;
use crate::document::count;
use crate::import::{self, Imported, Report};
use crate::model::{PartialDate, Protocol, is_id, slug};
use crate::read::{self, write_protocol};
use crate::source::Source;
use crate::store::{PROTOCOLS, find_workspace, read as files, write};

use super::{Done, Failure, Terminal, preview};

/// Make a source from a document in another format: Word, PDF, a web page, Markdown or plain text
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The document as the council has it: .docx, .pdf, .html, .md or .txt
    file: PathBuf,
    /// The council it is of: the name of its folder
    #[arg(long, value_name = "ID")]
    council: Option<String>,
    /// The document's folder [default: made from its title]
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// The version's name [default: the day it was adopted, if that is found]
    #[arg(long, value_name = "NAME")]
    version: Option<String>,
    /// How to tell what was done
    #[arg(long, value_enum, default_value_t = Form::Text, value_name = "FORMAT")]
    report: Form,
    /// Write the source into this file, `-` for standard output, instead of the council's folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Lay the document and what was made of it side by side on a web page; alone, without --council or -o, nothing else is made
    #[arg(long, value_name = "PAGE.html")]
    preview: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross import \"Member Officer Protocol.docx\" --council kings-hill
  engross import protocol.pdf --council battle --document member-officer --version 2024-05
  engross import protocol.html --preview look.html   check it by eye first, and make nothing else
  engross import protocol.html -o -                  look at the source first

Every word of the document is in the source, or in the report under “Left out”. Read the report: it says what is doubtful.
A source that is there already is never replaced.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading here
    Text,
    /// For other programs
    Json,
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let name = arguments.file.display().to_string();
    let bytes = files::foreign(&arguments.file).map_err(|fault| Failure::Sources(vec![*fault]))?;
    let manuscript = import::read(&bytes, &name).map_err(|why| Failure::Arguments(format!("{name}: {why}")))?;
    let shown = arguments.preview.is_some().then(|| manuscript.clone());
    let imported = import::recognise(manuscript);
    let toml = write_protocol(&imported.protocol);
    readable(&toml, &name)?;
    if let Some((path, manuscript)) = arguments.preview.as_deref().zip(shown.as_ref()) {
        let page = preview::Page { path, file: &arguments.file, output: arguments.output.as_deref() };
        page.write((manuscript, &toml, &imported.report), workspace, terminal)?;
    }
    match &arguments.output {
        None if arguments.preview.is_some() && arguments.council.is_none() => {}
        Some(path) if path == Path::new("-") => terminal.result(&toml)?,
        Some(path) => {
            write::create(path, toml.as_bytes())?;
            terminal.result(&format!("made {}\n", printable(&path.display().to_string())))?;
        }
        None => {
            let path = place(arguments, workspace, &imported.protocol)?;
            write::create(&path, toml.as_bytes())?;
            terminal.result(&format!("made {}\n", printable(&path.display().to_string())))?;
        }
    }
    terminal.message(&match arguments.report {
        Form::Text => told(&imported),
        Form::Json => format!("{:#}\n", as_json(&imported.report)),
    });
    Ok(Done::Clear)
}

/// That what was made can be read again: else the words would be lost with the next command.
fn readable(toml: &str, name: &str) -> Result<(), Failure> {
    read::protocol(&Source::new(format!("the source of {name}"), toml)).map(drop).map_err(Failure::Sources)
}

/// Where the source goes in the workspace.
fn place(arguments: &Arguments, workspace: Option<&Path>, protocol: &Protocol) -> Result<PathBuf, Failure> {
    let Some(council) = &arguments.council else {
        let message = "say which council it is of, with --council kings-hill, or where the source goes, with -o";
        return Err(Failure::Arguments(message.to_owned()));
    };
    let root = find_workspace(workspace)?;
    let document = arguments.document.clone().unwrap_or_else(|| slug(&protocol.title));
    let adopted =
        || protocol.last_adoption().or_else(|| protocol.last_event()).map(|event| PartialDate::to_string(&event.date));
    let version = arguments.version.clone().or_else(adopted).unwrap_or_else(|| "imported".to_owned());
    for (what, id) in [("council", council), ("document", &document)] {
        if !is_id(id) {
            let id = printable(id);
            let message =
                format!("`{id}` cannot name the folder of a {what}: use lower-case letters, digits and single hyphens");
            return Err(Failure::Arguments(message));
        }
    }
    Ok(root.join(PROTOCOLS).join(council).join(document).join(format!("{version}.toml")))
}

/// What was done, for the clerk to check by eye.
fn told(imported: &Imported) -> String {
    let (protocol, report) = (&imported.protocol, &imported.report);
    let clauses: usize = protocol.sections.iter().map(|section| section.clauses.len()).sum();
    let mut text = format!(
        "\n{}: {}, {}, {}\n",
        printable(&protocol.title),
        count(protocol.sections.len(), "section"),
        count(clauses, "clause"),
        count(protocol.provisions().len(), "provision"),
    );
    let mut list = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(text, "\n{heading}\n");
            lines.iter().for_each(|line| {
                let _ = writeln!(text, "  {}", printable(line));
            });
        }
    };
    list(
        "Dates found",
        report.dates.iter().map(|found| format!("“{}” taken for: {}", found.text, found.taken_for)).collect(),
    );
    list("Look at these", report.doubts.iter().map(|doubt| format!("{}{}", at(doubt.place), doubt.what)).collect());
    list(
        "Left out",
        report.left_out.iter().map(|left| format!("{}“{}”: {}", at(Some(left.place)), left.text, left.why)).collect(),
    );
    text
}

fn at(place: Option<import::Place>) -> String {
    match place {
        Some(import::Place { page: Some(page), line }) => format!("page {page}, line {line}: "),
        Some(import::Place { page: None, line }) if line > 0 => format!("line {line}: "),
        _ => String::new(),
    }
}

fn as_json(report: &Report) -> serde_json::Value {
    let place = |place: import::Place| json!({ "page": place.page, "line": place.line });
    json!({
        "dates": report.dates.iter().map(|found| json!({
            "text": found.text, "date": found.date.map(|date| date.to_string()), "taken_for": found.taken_for, "place": place(found.place),
        })).collect::<Vec<_>>(),
        "doubts": report.doubts.iter().map(|doubt| json!({ "what": doubt.what, "place": doubt.place.map(place) })).collect::<Vec<_>>(),
        "left_out": report.left_out.iter().map(|left| json!({ "text": left.text, "why": left.why, "place": place(left.place) })).collect::<Vec<_>>(),
    })
}
