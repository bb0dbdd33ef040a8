//! `engross import`

mod council;
mod place;
mod preview;
mod reading;
mod report;
mod sequel;
mod several;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::diagnostics::printable;
use crate::import::Remark;
use crate::model::Status;
use crate::store::write;

use super::site::warning_of_name;
use super::{Done, Failure, Terminal};

use council::Holdings;
use place::{Place, Refusal, Wish, place, printed_by_another};
use reading::Reading;
pub(super) use reading::{foreign, read};
use sequel::Sequel;

/// Make a source from a document in another format: Word, PDF, a web page, Markdown or plain text
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The document as the council has it: .docx, .pdf, .html, .md, .txt, and with LibreOffice .doc, .odt, .rtf; several of them, or a
    /// folder with them
    #[arg(required = true)]
    file: Vec<PathBuf>,
    /// The council it is of: the name of its folder
    #[arg(long, value_name = "ID")]
    council: Option<String>,
    /// What the council is called, if it is new in this workspace [default: as the document prints it]
    #[arg(long, value_name = "NAME")]
    council_name: Option<String>,
    /// The document's folder [default: the council's document of that title; a new one, if there is none]
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// The version's name [default: the day from which its words are in force, as far as that is found; draft or proposed]
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
  engross import ~/Documents/Policies --council battle    all documents of a folder

Every word of the document is in the source, or in the report under “Left out”. Read the report: it
says what is doubtful. A document that the council has under that title gets a new version; if that
is not certain, you are asked which it is. A source that is there already is never replaced: the
version before is only marked as superseded, when a newer one was adopted.

Older documents (.doc, .odt, .rtf) are converted by LibreOffice first, where it is installed; the
variable ENGROSS_SOFFICE names its program if it is not where it usually is.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading here
    Text,
    /// For other programs
    Json,
}

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let file = match arguments.file.as_slice() {
        [file] if !file.is_dir() => file,
        _ => return several::run(arguments, workspace, terminal),
    };
    if let Some(path) = &arguments.output {
        let reading = read(file)?;
        let mut made = arguments.page(file, &reading, workspace)?;
        if path == Path::new("-") {
            // Standard output is the source's.
            made.drain(..).for_each(|page| terminal.message(&told(&page)));
            terminal.result(&reading.toml)?;
        } else {
            write::create(path, reading.toml.as_bytes())?;
            made.push(path.clone());
        }
        arguments.tell(&reading, &made, None, terminal)?;
        return Ok(Done::Clear);
    }
    if arguments.preview.is_some() && arguments.council.is_none() {
        let reading = read(file)?;
        let made = arguments.page(file, &reading, workspace)?;
        arguments.tell(&reading, &made, None, terminal)?;
        return Ok(Done::Clear);
    }
    let mut holdings = arguments.holdings(workspace)?;
    terminal.message(&warning_of_name(&holdings.id).unwrap_or_default());
    let mut reading = read(file)?;
    let mut made = arguments.page(file, &reading, workspace)?;
    let wish = Wish { document: arguments.document.as_deref(), version: arguments.version.as_deref() };
    let kept = keep(&mut reading, &mut holdings, wish)?;
    made.extend_from_slice(&kept.made);
    arguments.tell(&reading, &made, Some((&kept, &holdings)), terminal)?;
    Ok(Done::Clear)
}

/// That a file was made.
fn told(path: &Path) -> String {
    format!("made {}\n", printable(&path.display().to_string()))
}

impl Arguments {
    /// What the workspace holds of the council.
    fn holdings(&self, workspace: Option<&Path>) -> Result<Holdings, Failure> {
        let Some(council) = &self.council else {
            let message = "say which council it is of, with --council kings-hill, or where the source goes, with -o";
            return Err(Failure::Arguments(message.to_owned()));
        };
        Holdings::open(council, self.council_name.as_deref(), workspace)
    }

    /// Tells what was done: the files made as the result, the rest beside it; other programs get all of it as the result, unless that
    /// is the source itself.
    fn tell(
        &self,
        reading: &Reading,
        made: &[PathBuf],
        kept: Option<(&Kept, &Holdings)>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        if self.report == Form::Json {
            let text = format!("{:#}\n", report::json(reading, made, kept.map(|(kept, _)| kept)));
            if made.is_empty() {
                terminal.message(&text);
                return Ok(());
            }
            return terminal.result(&text);
        }
        for path in made {
            terminal.result(&told(path))?;
        }
        terminal.message(&report::text(reading, kept));
        Ok(())
    }
}

/// What was written into a workspace.
struct Kept {
    place: Place,
    /// What it is to another version, if there is one.
    sequel: Option<Sequel>,
    /// Whether it is no longer in force, for a later one is there.
    superseded: bool,
    /// The files that were made.
    made: Vec<PathBuf>,
}

/// Writes a document that was read into the council's folder.
fn keep(reading: &mut Reading, holdings: &mut Holdings, wish: Wish<'_>) -> Result<Kept, Refusal> {
    let printed = reading.protocol.council_as_printed.clone().filter(|printed| !printed.is_empty());
    let printed = printed.or_else(|| reading.report.council.clone()).unwrap_or_default();
    let new = holdings.new_council(&printed)?;
    let council = new.as_ref().or(holdings.council());
    let place = place(reading, holdings, council, wish)?;
    let mut made = Vec::from_iter(new.map(|council| holdings.make(council)).transpose()?);
    if let (Some(printed), Some(council)) = (printed_by_another(reading, holdings.council()), holdings.council()) {
        let what = format!("it prints “{printed}”, and `{}` is {}: is --council right?", holdings.id, council.name);
        reading.report.doubts.insert(0, Remark { what, place: None });
    }
    let sequel = sequel::write(reading, &place, holdings)?;
    made.push(holdings.root.join(place.path()));
    let superseded = reading.protocol.status == Status::Superseded;
    Ok(Kept { place, sequel, superseded, made })
}
