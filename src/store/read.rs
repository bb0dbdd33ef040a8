//! Reads files that anybody may have put there: none too large, none from outside the workspace, text as UTF-8.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::diagnostics::Diagnostic;
use crate::read::codes;
use crate::source::Source;

use super::{StoreError, shown};

/// The largest source, in bytes: ten times the longest constitution of a county.
const LARGEST_SOURCE: u64 = 4 << 20;

/// The largest logo, in bytes: it becomes a part of every page.
const LARGEST_LOGO: u64 = 1 << 20;

/// Reads a source file; `workspace` is the folder it must not lead out of.
///
/// # Errors
/// When it cannot be read, leads out of the workspace, is empty, too large or not UTF-8.
pub fn source(path: &Path, workspace: Option<&Path>) -> Result<Source, Box<Diagnostic>> {
    let name = shown(path, workspace);
    let bytes = bytes(path, workspace, LARGEST_SOURCE)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let shown = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
            let message = "this is not UTF-8 text: a byte here means no character";
            let help = "open the file in your editor and save it with the encoding UTF-8";
            let fault = Diagnostic::new(&codes::UNREADABLE, message).at(&shown, at..at + '\u{fffd}'.len_utf8());
            return Err(Box::new(fault.help(help)));
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        let message = format!("{name} is empty");
        let help = "write the document into it, or delete it; `engross new` makes a file to start from";
        return Err(Box::new(Diagnostic::new(&codes::UNREADABLE, message).help(help)));
    }
    Ok(Source::new(name, text))
}

/// The largest document in another format, in bytes.
const LARGEST_FOREIGN: u64 = 64 << 20;

/// Reads a document in another format, wherever it lies.
///
/// # Errors
/// When it cannot be read, or is larger than 64 MiB.
pub fn foreign(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    bytes(path, None, LARGEST_FOREIGN)
}

/// What lies in a folder, in order of name.
///
/// # Errors
/// When it cannot be read.
pub fn folder(path: &Path) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let entries = fs::read_dir(path).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = entries.map_err(|error| {
        Box::new(Diagnostic::new(&codes::UNREADABLE, format!("{} cannot be read: {error}", shown(path, None))))
    })?;
    paths.sort();
    Ok(paths)
}

/// Every file in a folder, if it is there, and those in it, in order; links are not followed. A folder that cannot be read is an error:
/// what is published may not lack what is in it.
///
/// # Errors
/// When one cannot be read.
pub(super) fn all_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |error| StoreError::Read { path: folder.display().to_string(), error };
    let mut files = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(all_files(&entry.path())?),
            _ => files.push(entry.path()),
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a file is there.
///
/// # Errors
/// When that cannot be known, for the folder that it would be in cannot be read.
pub fn is_there(path: &Path) -> Result<bool, StoreError> {
    match fs::metadata(path) {
        Ok(data) => Ok(data.is_file()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(StoreError::Read { path: path.display().to_string(), error }),
    }
}

/// The text of a file, if there is one and it is text.
pub fn text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// Reads a logo.
///
/// # Errors
/// When it cannot be read, leads out of the workspace, or is larger than 1 MiB.
pub(super) fn logo(path: &Path, workspace: Option<&Path>) -> Result<Vec<u8>, Box<Diagnostic>> {
    bytes(path, workspace, LARGEST_LOGO)
}

fn bytes(path: &Path, workspace: Option<&Path>, largest: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let name = shown(path, workspace);
    let refuse = |message: String| Box::new(Diagnostic::new(&codes::UNREADABLE, message));
    let unreadable = |error: std::io::Error| refuse(format!("{name} cannot be read: {error}"));
    let real = fs::canonicalize(path).map_err(unreadable)?;
    if let Some(root) = workspace {
        let root = fs::canonicalize(root).map_err(unreadable)?;
        if !real.starts_with(&root) {
            let help = "put the file itself into the workspace in place of the symbolic link";
            let message = format!("{name} leads out of the workspace");
            return Err(Box::new(Diagnostic::new(&codes::UNREADABLE, message).help(help)));
        }
    }
    let metadata = fs::metadata(&real).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(refuse(format!("{name} is not a file")));
    }
    // Measured while reading: a file may grow, and some report no length.
    let read = |file: &fs::File| {
        let mut bytes = Vec::new();
        file.take(largest + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = settled(&real, read).map_err(unreadable)?;
    if bytes.len() as u64 > largest {
        let message = format!("{name} is larger than {} MiB", largest >> 20);
        let help = "no such file is that large: is it the right one?";
        return Err(Box::new(Diagnostic::new(&codes::UNREADABLE, message).help(help)));
    }
    Ok(bytes)
}

/// As often as a file is read again because somebody writes it, and how long to wait in between.
const ATTEMPTS: usize = 10;
const WAIT: Duration = Duration::from_millis(50);

/// What is read of a file that nobody writes into meanwhile: else the beginning of what is being saved would pass for all of it.
fn settled(path: &Path, read: impl Fn(&fs::File) -> io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
    for _ in 0..ATTEMPTS {
        let file = fs::File::open(path)?;
        let state = || file.metadata().map(|data| (data.len(), data.modified().ok()));
        let before = state()?;
        let bytes = read(&file)?;
        if state()? == before {
            return Ok(bytes);
        }
        sleep(WAIT);
    }
    Err(io::Error::other("somebody is writing it: try again when it is saved"))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_that_is_being_saved_is_read_again_and_never_in_part() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), "title = \"Protocol\"\n").expect("written");
        let saves = Cell::new(0);
        let read = |times: usize| {
            settled(file.path(), |opened| {
                let mut bytes = Vec::new();
                (&*opened).read_to_end(&mut bytes)?;
                if saves.get() < times {
                    saves.set(saves.get() + 1);
                    let mut more = fs::File::options().append(true).open(file.path())?;
                    more.write_all(b"status = \"draft\"\n")?;
                }
                Ok(bytes)
            })
        };
        let whole = read(1).expect("it is saved");
        assert_eq!(whole, b"title = \"Protocol\"\nstatus = \"draft\"\n");
        saves.set(0);
        assert!(read(usize::MAX).expect_err("it is never saved").to_string().contains("somebody is writing it"));
    }
}
