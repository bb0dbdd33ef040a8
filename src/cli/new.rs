//! `engross new`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::diagnostics::printable;
use crate::model::{Council, is_id, slug};
use crate::read::format::{council_schema, protocol_schema, settings_schema};
use crate::read::write_council;
use crate::render::Templates;
use crate::store::{COUNCIL_FILE, PROTOCOLS, find_workspace, load, write};

use super::site::warning_of_name;
use super::{Done, Failure, Terminal};

/// Start a workspace, or add a council with a first draft that builds at once
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  engross new workspace protocols-of-kent
  engross new workspace our-council --council \"Kings Hill Parish Council\"
  engross new council \"Battle Town Council\"
  engross new council \"Battle Town Council\" --document media --title \"Media Protocol\"

Nothing that is there already is changed.";

#[derive(Debug, Subcommand)]
enum What {
    /// A folder for sources, with a first council in it
    Workspace {
        /// The folder to make
        folder: PathBuf,
        /// The first council's name
        #[arg(long, default_value = "Example Parish Council", value_name = "NAME")]
        council: String,
        #[command(flatten)]
        document: DocumentArguments,
    },
    /// A council with a first draft, or another draft for a council that is there
    Council {
        /// The council's name
        name: String,
        #[command(flatten)]
        document: DocumentArguments,
    },
}

#[derive(Debug, Args)]
struct DocumentArguments {
    /// The council's folder [default: made from its name]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The document's folder
    #[arg(long, default_value = "member-officer", value_name = "ID")]
    document: String,
    /// The document's title
    #[arg(long, default_value = "Member/Officer Protocol", value_name = "TITLE")]
    title: String,
}

/// Tells the editor extension for TOML (taplo) which schema each source has.
const TAPLO: &str = include_str!("../../.taplo.toml");

/// The file name of a first draft, without its extension.
const FIRST_VERSION: &str = "draft";

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    match &arguments.what {
        What::Workspace { folder, council, document } => {
            let here = load::councils(folder).map_err(Failure::Sources)?;
            if let Some(other) = here.iter().find(|id| **id != document.folder_of(council)) {
                return Err(Failure::Arguments(format!(
                    "{} is a workspace already, with {}: to add a council to it, go there and run engross new council \"{}\"",
                    printable(&folder.display().to_string()),
                    Path::new(PROTOCOLS).join(other).display(),
                    printable(council)
                )));
            }
            let files = council_files(council, document, &Templates::new(&Default::default())?)?;
            let mut all = vec![
                (PathBuf::from("schema/council.schema.json"), council_schema()),
                (PathBuf::from("schema/protocol.schema.json"), protocol_schema()),
                (PathBuf::from("schema/engross.schema.json"), settings_schema()),
                (PathBuf::from(".taplo.toml"), TAPLO.to_owned()),
            ];
            all.extend(files);
            create_all(folder, &all, terminal)?;
            terminal.message(&warning_of_name(&document.folder_of(council)).unwrap_or_default());
            terminal.message(&format!("\nNow: cd {} and engross build\n", typed(folder)));
        }
        What::Council { name, document } => {
            let root = find_workspace(workspace)?;
            let templates = Templates::new(&load::templates(&root).map_err(Failure::Sources)?)?;
            let mut files = council_files(name, document, &templates)?;
            files.retain(|(path, _)| !(path.ends_with(COUNCIL_FILE) && root.join(path).exists()));
            create_all(&root, &files, terminal)?;
            terminal.message(&warning_of_name(&document.folder_of(name)).unwrap_or_default());
        }
    }
    Ok(Done::Clear)
}

/// A folder as one types it behind a command.
fn typed(folder: &Path) -> String {
    let shown = printable(&folder.display().to_string());
    if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown }
}

impl DocumentArguments {
    /// The folder of a council of that name.
    fn folder_of(&self, council: &str) -> String {
        self.id.clone().unwrap_or_else(|| council_id(council))
    }
}

/// The files of a council with a first draft, by their paths in the workspace.
fn council_files(
    name: &str,
    arguments: &DocumentArguments,
    templates: &Templates,
) -> Result<Vec<(PathBuf, String)>, Failure> {
    let id = arguments.folder_of(name);
    if !is_id(&id) {
        let given = arguments.id.as_deref().unwrap_or(name);
        return Err(not_an_id(given, "council", "--id kings-hill"));
    }
    if !is_id(&arguments.document) {
        return Err(not_an_id(&arguments.document, "document", "--document member-officer"));
    }
    if arguments.title.trim().is_empty() {
        return Err(Failure::Arguments("a document needs a title: --title \"Media Protocol\"".to_owned()));
    }
    let council = Council::named(name);
    let folder = Path::new(PROTOCOLS).join(&id);
    let draft = folder.join(&arguments.document).join(format!("{FIRST_VERSION}.toml"));
    Ok(vec![(folder.join(COUNCIL_FILE), write_council(&council)), (draft, templates.first_draft(&arguments.title)?)])
}

fn not_an_id(given: &str, what: &str, example: &str) -> Failure {
    Failure::Arguments(format!(
        "`{given}` cannot name the folder of a {what}: use lower-case letters, digits and single hyphens, such as {example}"
    ))
}

/// A council's name in short, without what kind of council it is: `kings-hill`.
fn council_id(name: &str) -> String {
    let mut id = slug(name);
    for suffix in ["council", "parish", "town", "community", "district", "borough", "county", "city", "village"] {
        match id.strip_suffix(suffix).and_then(|short| short.strip_suffix('-')) {
            Some(short) if !short.is_empty() => id = short.to_owned(),
            _ => {}
        }
    }
    id
}

/// Makes all files, or none if one of them is there with other words than it gets, or all are. Some that are just as they would be made
/// are what a run left that was ended: the rest is made.
fn create_all(folder: &Path, files: &[(PathBuf, String)], terminal: &Terminal) -> Result<(), Failure> {
    let as_made = |(path, text): &(PathBuf, String)| write::holds(&folder.join(path), text.as_bytes());
    let missing: Vec<&(PathBuf, String)> = files.iter().filter(|file| !as_made(file)).collect();
    let somebodys = missing.iter().find(|(path, _)| folder.join(path).exists());
    let nothing_to_do = files.first().filter(|_| missing.is_empty());
    if let Some((taken, _)) = somebodys.copied().or(nothing_to_do) {
        return Err(crate::store::StoreError::Exists(folder.join(taken).display().to_string()).into());
    }
    for (path, text) in missing {
        let path = folder.join(path);
        write::create(&path, text.as_bytes())?;
        terminal.result(&format!("made {}\n", printable(&path.display().to_string())))?;
    }
    Ok(())
}
