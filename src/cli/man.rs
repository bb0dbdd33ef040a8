//! `engross man`

use std::path::{Path, PathBuf};

use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::diagnostics::printable;
use crate::store::write::Output;

use super::{Done, Failure, Terminal};

/// Write the manual pages: one for engross and one for each command, made from what `--help` says
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder for them
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments, command: Command, terminal: &Terminal) -> Result<Done, Failure> {
    let out = Output::open(&arguments.out)?;
    for (name, page) in pages(command)? {
        let path = out.write(Path::new(&name), &page)?;
        terminal.result(&format!("wrote {}\n", printable(&path.display().to_string())))?;
    }
    Ok(Done::Clear)
}

/// The pages of a command and of those below it, by the names of their files.
fn pages(command: Command) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    let mut left = vec![command];
    while let Some(command) = left.pop() {
        left.extend(command.get_subcommands().filter(|below| !below.is_hide_set()).cloned());
        let extra = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let has_commands = command.has_subcommands();
        let man = Man::new(command);
        let file = man.get_filename();
        let mut page = title(file.trim_end_matches(".1")).into_bytes();
        let mut written = man.render_name_section(&mut page);
        written = written.and_then(|()| man.render_synopsis_section(&mut page));
        written = written.and_then(|()| man.render_description_section(&mut page));
        written = written.and_then(|()| man.render_options_section(&mut page));
        if has_commands {
            written = written.and_then(|()| man.render_subcommands_section(&mut page));
        }
        written.and_then(|()| notes(&extra).to_writer(&mut page)).map_err(Failure::Output)?;
        pages.push((file, page));
    }
    pages.sort();
    Ok(pages)
}

/// The head of a page. clap_mangen leaves out a day that is none, and what stands behind it would be taken for the day.
fn title(name: &str) -> String {
    format!(".TH \"{name}\" \"1\" \"\" \"engross {}\" \"engross\"\n", env!("CARGO_PKG_VERSION"))
}

/// What stands below the options in `--help`. clap_mangen would make one paragraph of it, examples and all.
fn notes(text: &str) -> Roff {
    let mut roff = Roff::new();
    let mut heading = "";
    for paragraph in text.split("\n\n") {
        for (nth, line) in paragraph.lines().enumerate() {
            let (under, line) = match line.split_once(':') {
                Some(("Examples", "")) => ("EXAMPLES", ""),
                Some(("Exit status", rest)) => ("EXIT STATUS", rest.trim_start()),
                _ if line.starts_with(' ') => (heading, line),
                _ => ("NOTES", line),
            };
            if under != heading {
                roff.control("SH", [under]);
                heading = under;
            } else if nth == 0 {
                roff.control("PP", []);
            }
            if line.starts_with(' ') {
                // As it stands: a command, or a part of a file.
                roff.control("nf", []).text([roman(line)]).control("fi", []);
            } else if !line.is_empty() {
                roff.text([roman(line)]);
            }
        }
    }
    roff
}
