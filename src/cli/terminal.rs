//! Standard output and standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use crate::store::write;

use super::{Colour, Failure};

/// The width where there is no terminal, and the least and most that is used of one, in columns.
const WIDTH: usize = 100;
const NARROWEST: usize = 40;
const WIDEST: usize = 120;

/// Where a command prints.
#[derive(Debug)]
pub(super) struct Terminal {
    colour: Colour,
}

impl Terminal {
    pub(super) fn new(colour: Colour) -> Self {
        Self { colour }
    }

    /// Whether messages, on standard error, are coloured.
    pub(super) fn colours_messages(&self) -> bool {
        self.colours(io::stderr().is_terminal())
    }

    /// Whether results, on standard output or in the file named, are coloured.
    pub(super) fn colours_results(&self, output: Option<&Path>) -> bool {
        self.colours(io::stdout().is_terminal() && output.is_none())
    }

    fn colours(&self, on_terminal: bool) -> bool {
        match self.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => on_terminal && !no_colour_wanted(),
        }
    }

    /// How wide results may be, in columns: as wide as the terminal, within what can be read.
    pub(super) fn width(&self, output: Option<&Path>) -> usize {
        let wide = io::stdout().is_terminal() && output.is_none();
        let columns = if wide { textwrap::termwidth() } else { WIDTH };
        columns.clamp(NARROWEST, WIDEST)
    }

    /// Prints a result. Whoever reads it may stop reading: that is no fault of ours.
    ///
    /// # Errors
    /// When it cannot be printed for any other reason: a full disk behind `> FILE`.
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        self.written(text.as_bytes())
    }

    fn written(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
            _ => Ok(()),
        }
    }

    /// Writes a result into the file the user named, or prints it.
    ///
    /// # Errors
    /// When it cannot be written or printed.
    pub(super) fn deliver(&self, text: &str, output: Option<&Path>) -> Result<(), Failure> {
        match output {
            Some(path) => Ok(write::file(path, text.as_bytes())?),
            None => self.result(text),
        }
    }

    /// Writes a file that is no text into the file the user named, or to standard output unless somebody would have to read it.
    ///
    /// # Errors
    /// When it cannot be written, or nobody said where to.
    pub(super) fn deliver_file(&self, bytes: &[u8], output: Option<&Path>) -> Result<(), Failure> {
        match output {
            Some(path) => Ok(write::file(path, bytes)?),
            None if io::stdout().is_terminal() => {
                Err(Failure::Arguments("this is no text to be read here: name a file for it with -o FILE".to_owned()))
            }
            None => self.written(bytes),
        }
    }

    /// Prints a message.
    pub(super) fn message(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// The convention of <https://no-color.org>: any value but the empty one.
#[expect(clippy::disallowed_methods, reason = "the environment is read at the edge, here and nowhere else")]
fn no_colour_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
