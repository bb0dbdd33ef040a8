//! Many documents at once: those of a folder, or those named.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use serde_json::{Value, json};

use crate::diagnostics::printable;
use crate::import;
use crate::model::Address;
use crate::store::read as files;

use super::super::progress::Progress;
use super::super::site::warning_of_name;
use super::super::workers::each;
use super::super::{Done, Failure, Terminal};
use super::council::Holdings;
use super::place::{Refusal, Wish};
use super::reading::{Reading, quoted, read};
use super::{Arguments, Form, Kept, keep, report};

/// The documents to be read, in order, and what is passed over.
#[derive(Default)]
struct Gathered {
    files: Vec<PathBuf>,
    passed_over: Vec<(PathBuf, String)>,
}

/// What became of a document.
struct Row {
    file: PathBuf,
    /// What was read of it.
    reading: Option<Reading>,
    fate: Fate,
}

enum Fate {
    /// It was written.
    Kept(Box<Kept>),
    /// It is there already, to the word.
    There(Address),
    /// It was not written, for that reason.
    Refused(String),
}

/// Imports all documents that the arguments name; what is wrong with one stops no other.
pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    arguments.for_one_alone()?;
    let gathered = gather(&arguments.file)?;
    let mut holdings = arguments.holdings(workspace)?;
    terminal.message(&warning_of_name(&holdings.id).unwrap_or_default());
    let progress = Progress::new("reading");
    progress.expect(gathered.files.len());
    let readings = each(&gathered.files, |path| {
        let reading = guarded(path, || read(path));
        progress.step();
        reading
    });
    progress.finish();
    let printed = readings.iter().flatten().find_map(|reading| reading.protocol.council_as_printed.as_deref());
    if let Some(printed) = printed.filter(|printed| !printed.is_empty()) {
        holdings.call(printed);
    }
    let mut made = BTreeMap::new();
    let rows: Vec<Row> = gathered
        .files
        .iter()
        .zip(readings)
        .map(|(file, reading)| written(file, reading, &mut holdings, &mut made))
        .collect();
    match arguments.report {
        Form::Text => tell(&rows, &gathered, &holdings, terminal)?,
        Form::Json => terminal.result(&format!("{:#}\n", as_json(&rows, &gathered)))?,
    }
    let failed = rows.iter().filter(|row| matches!(row.fate, Fate::Refused(_))).count();
    if failed > 0 { Err(Failure::Imported { failed, all: rows.len() }) } else { Ok(Done::Clear) }
}

impl Arguments {
    /// That nothing is said that can only be true of one document.
    fn for_one_alone(&self) -> Result<(), Failure> {
        let given = [
            ("--document", self.document.is_some(), "each is a document of its own"),
            ("--version", self.version.is_some(), "each has a version of its own"),
            ("-o", self.output.is_some(), "each becomes a file of its own"),
            ("--preview", self.preview.is_some(), "a page shows one document"),
        ];
        match given.into_iter().find(|(_, given, _)| *given) {
            None if self.council.is_none() => {
                Err(Failure::Arguments("say which council they are of, with --council kings-hill".to_owned()))
            }
            None => Ok(()),
            Some((option, _, why)) => Err(Failure::Arguments(format!(
                "{option} goes with one document only, and here are several: {why}. Leave it out, or import that one by itself"
            ))),
        }
    }
}

/// The documents named, and those of the folders named.
fn gather(named: &[PathBuf]) -> Result<Gathered, Failure> {
    let mut gathered = Gathered::default();
    for path in named {
        if !path.is_dir() {
            gathered.files.push(path.clone());
            continue;
        }
        for entry in files::folder(path).map_err(|fault| Failure::Sources(vec![*fault]))? {
            match passed_over(&entry) {
                None => gathered.files.push(entry),
                Some(why) => gathered.passed_over.push((entry, why)),
            }
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    gathered.files.retain(|path| seen.insert(path.clone()));
    if gathered.files.is_empty() {
        let passed: Vec<String> =
            gathered.passed_over.iter().map(|(path, why)| format!("\n  {}: {why}", path.display())).collect();
        return Err(Failure::Arguments(format!("there is no document to be read{}", passed.concat())));
    }
    Ok(gathered)
}

/// Why something in a folder is no document to be read, if it is none.
fn passed_over(path: &Path) -> Option<String> {
    let name = file_name(path);
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let extension = extension.unwrap_or_default();
    let why = match () {
        () if name.starts_with("~$") => "kept by Word while somebody has the document open",
        () if name.starts_with('.') => "hidden",
        () if path.is_dir() => "a folder: name it as well, to read what is in it",
        () if extension == "toml" => "a source, or settings",
        () if !import::reads(&extension) => "of no format that can be read",
        () => return None,
    };
    Some(why.to_owned())
}

/// What is read, even where the reading itself stumbles: that is a fault of ours, and no reason not to read the others.
fn guarded(path: &Path, read: impl FnOnce() -> Result<Reading, Failure>) -> Result<Reading, Failure> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(Failure::Arguments(format!(
            "{}: engross stumbled over this document. That is a fault of engross: please report it",
            path.display()
        )))
    })
}

/// Writes one document, if that can be done. `made` are the versions made so far, with the files they come from.
fn written(
    file: &Path,
    reading: Result<Reading, Failure>,
    holdings: &mut Holdings,
    made: &mut BTreeMap<String, PathBuf>,
) -> Row {
    let file = file.to_owned();
    let mut reading = match reading {
        Ok(reading) => reading,
        Err(failure) => return Row { file, reading: None, fate: Fate::Refused(told(&failure)) },
    };
    let fate = match keep(&mut reading, holdings, Wish::default()) {
        Ok(kept) => {
            made.insert(kept.place.address.to_string(), file.clone());
            Fate::Kept(Box::new(kept))
        }
        Err(Refusal::There { address, same: true, .. }) => Fate::There(address),
        Err(Refusal::There { address, why, .. }) => Fate::Refused(match made.get(&address.to_string()) {
            Some(other) => both(&file, other, &address),
            None => by_itself(&why),
        }),
        Err(Refusal::Failed(failure)) => Fate::Refused(by_itself(&told(&failure))),
    };
    Row { file, reading: Some(reading), fate }
}

/// What is asked of one document can only be answered for that one.
fn by_itself(why: &str) -> String {
    format!("{why}. Import it by itself to say so")
}

/// That two documents are the same version, and say different things.
fn both(file: &Path, other: &Path, address: &Address) -> String {
    let (file, other) = (file.display().to_string(), other.display().to_string());
    format!(
        "{file} would be {address}, which {other} has become already. `engross diff {} {}` shows how they differ; if both are \
         wanted, import this one by itself, with --version or --document",
        quoted(&other),
        quoted(&file)
    )
}

/// A failure in a sentence.
fn told(failure: &Failure) -> String {
    match failure {
        Failure::Sources(faults) => faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Says of each document what is to be looked at; then, as the result, what became of all.
fn tell(rows: &[Row], gathered: &Gathered, holdings: &Holdings, terminal: &Terminal) -> Result<(), Failure> {
    for row in rows {
        let name = printable(&row.file.display().to_string());
        match (&row.fate, &row.reading) {
            (Fate::Kept(kept), Some(reading)) => {
                terminal.message(&format!("\n── {name}\n{}", report::text(reading, Some((kept, holdings)))));
            }
            (Fate::Refused(why), _) => terminal.message(&format!("\n── {name}\n\nerror: {}\n", printable(why))),
            _ => {}
        }
    }
    if !gathered.passed_over.is_empty() {
        terminal.message("\nPassed over\n");
        for (path, why) in &gathered.passed_over {
            terminal.message(&format!("  {}: {why}\n", printable(&path.display().to_string())));
        }
    }
    terminal.message("\n");
    terminal.result(&table(rows, terminal.width(None)))
}

/// The names of files are not broken below this width, in columns.
const LONGEST_NAME: usize = 40;

/// The blanks at the sides of a cell, in columns.
const PADDING: usize = 2;

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn table(rows: &[Row], width: usize) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(["file", "document@version", "provisions", "doubts", "left out"]);
    for row in rows {
        let became = match &row.fate {
            Fate::Kept(kept) => named(&kept.place.address),
            Fate::There(address) => format!("{}, there already", named(address)),
            Fate::Refused(_) if row.reading.is_some() => "not written".to_owned(),
            Fate::Refused(_) => "not read".to_owned(),
        };
        let counts = row.reading.as_ref().map(|reading| {
            let report = &reading.report;
            [reading.protocol.provisions().len(), report.doubts.len(), report.left_out.len()].map(|n| n.to_string())
        });
        table.add_row(
            [file_name(&row.file), became].into_iter().chain(counts.unwrap_or_default()).map(|cell| printable(&cell)),
        );
    }
    // An address is there to be copied: it stays in one piece. So do numbers, and names that are not overlong.
    for column in table.column_iter_mut().skip(1) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    let longest = rows.iter().map(|row| file_name(&row.file).chars().count()).max().unwrap_or(0);
    if let (Some(column), Ok(longest)) = (table.column_mut(0), u16::try_from(longest.min(LONGEST_NAME) + PADDING)) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(longest)));
    }
    table.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// A version, of a council that everybody knows here.
fn named(address: &Address) -> String {
    format!("{}@{}", address.document, address.version)
}

/// All of it for other programs: an object for each file, in order.
fn as_json(rows: &[Row], gathered: &Gathered) -> Value {
    let row = |row: &Row| {
        let kept = if let Fate::Kept(kept) = &row.fate { Some(&**kept) } else { None };
        let made = kept.map(|kept| kept.made.as_slice()).unwrap_or_default();
        let unread = || json!({ "file": row.file.display().to_string() });
        let mut object = row.reading.as_ref().map_or_else(unread, |reading| report::json(reading, made, kept));
        match &row.fate {
            Fate::There(address) => object["there_already"] = json!(address),
            Fate::Refused(why) => object["failed"] = json!(why),
            Fate::Kept(_) => {}
        }
        object
    };
    let passed = gathered
        .passed_over
        .iter()
        .map(|(path, why)| json!({ "file": path.display().to_string(), "passed_over": why }));
    rows.iter().map(row).chain(passed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_stumbled_over_stops_no_other() {
        let stumbled = guarded(Path::new("odd.docx"), || panic!("on purpose"));
        assert!(stumbled.is_err_and(|failure| failure.to_string().starts_with("odd.docx: engross stumbled")));
    }
}
