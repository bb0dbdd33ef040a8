//! LibreOffice, where the user has it: it makes files of Word's of documents in formats that are not read here.
//!
//! It gets a copy under a name of its own, in a folder of its own, with settings of its own: no macro runs, nothing that the
//! document refers to is fetched, and a LibreOffice that is open is not disturbed. If it does not end, it is ended.

use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use regex::Regex;
use thiserror::Error;
use zip::ZipArchive;

/// The longest that a conversion may take. The first one on a slow computer takes some twenty seconds.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The variable of the environment that says where LibreOffice is, if it is not where it usually is.
pub const VARIABLE: &str = "ENGROSS_SOFFICE";

/// How often it is looked whether it has ended.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A document that was converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The file of Word's.
    pub docx: Vec<u8>,
    /// What converted it: `LibreOffice 7.4`.
    pub by: String,
    /// How many fields in it show what is so now, as the date of today, whatever the document showed.
    pub worked_out: usize,
}

/// Why a document was not converted.
#[derive(Debug, Error)]
pub enum OfficeError {
    /// There is no LibreOffice.
    #[error(
        "LibreOffice has to convert it first, and is not installed here: save it as .docx in Word, or install LibreOffice"
    )]
    Missing,
    /// There is none where it was said to be.
    #[error(
        "LibreOffice has to convert it first, and is not at {0}, as {VARIABLE} says: put that right, or save it as .docx"
    )]
    NotThere(String),
    /// It cannot be run.
    #[error("LibreOffice has to convert it first, and {program} cannot be run ({error}): save it as .docx in Word")]
    Run {
        /// The program.
        program: String,
        /// Why.
        error: std::io::Error,
    },
    /// It has not made anything of it.
    #[error(
        "LibreOffice cannot convert it{said}: it may be damaged, or protected with a password. Open it yourself, and save it as \
         .docx"
    )]
    Refused {
        /// What it said about it.
        said: String,
    },
    /// It has not come to an end.
    #[error(
        "LibreOffice had not converted it after {} seconds, and was ended: open it yourself, and save it as .docx",
        .0.as_secs()
    )]
    TooLong(Duration),
}

/// Makes a file of Word's of a document with that extension.
///
/// # Errors
/// When there is no LibreOffice, or it cannot do it.
pub fn to_docx(document: &[u8], extension: &str) -> Result<Converted, OfficeError> {
    to_docx_by(&program()?, document, extension, PATIENCE)
}

/// The same by that program, within that time.
///
/// # Errors
/// When it cannot do it.
pub fn to_docx_by(
    program: &Path,
    document: &[u8],
    extension: &str,
    patience: Duration,
) -> Result<Converted, OfficeError> {
    let failed = |error| OfficeError::Run { program: program.display().to_string(), error };
    let folder = tempfile::Builder::new().prefix("engross-").tempdir().map_err(failed)?;
    let [settings, given, said] =
        ["settings", &format!("document.{extension}"), "said"].map(|name| folder.path().join(name));
    prepare(&settings).and_then(|()| fs::write(&given, document)).map_err(failed)?;
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation={}", address(&settings)))
        .args([
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--convert-to",
            "docx:Office Open XML Text",
            "--outdir",
        ])
        .arg(folder.path())
        .arg(&given)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(&said).map_err(failed)?);
    let mut running = Group::spawn(&mut command).map_err(failed)?;
    if !running.ends_within(patience).map_err(failed)? {
        return Err(OfficeError::TooLong(patience));
    }
    match fs::read(folder.path().join("document.docx")) {
        Ok(docx) => Ok(Converted { by: converter(&docx), worked_out: worked_out(&docx), docx }),
        Err(_) => Err(OfficeError::Refused { said: last_words(&said) }),
    }
}

/// What is set before it runs for the first time: no macros, nothing fetched, no links followed.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"#;

fn prepare(settings: &Path) -> std::io::Result<()> {
    let folder = settings.join("user");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("registrymodifications.xcu"), SETTINGS)
}

/// The address of a folder, as LibreOffice takes it.
fn address(path: &Path) -> String {
    let mut address = String::from("file://");
    let path = path.to_string_lossy().replace('\\', "/");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b':' | b'-' | b'_' | b'.' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// What it said last, without what it says of itself; nothing if it said nothing.
fn last_words(said: &Path) -> String {
    let text = fs::read(said).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let last = text.lines().rev().find(|line| line.starts_with("Error:"));
    last.map(|line| format!(" (it says “{}”)", line.trim_start_matches("Error:").trim())).unwrap_or_default()
}

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by every test that converts")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

/// What the file says that wrote it.
static APPLICATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"<Application>([A-Za-z ]+)/(\d+(?:\.\d+)?)"));

/// Fields that LibreOffice works out when it opens a document.
static FIELDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"<w:instrText[^>]*>\s*(?:DATE|TIME|FILENAME)\b"));

fn converter(docx: &[u8]) -> String {
    let told = part(docx, "docProps/app.xml");
    let found = APPLICATION.captures(&told).map(|found| format!("{} {}", &found[1], &found[2]));
    found.unwrap_or_else(|| "LibreOffice".to_owned())
}

fn worked_out(docx: &[u8]) -> usize {
    FIELDS.find_iter(&part(docx, "word/document.xml")).count()
}

/// The largest part that is looked into, in bytes.
const LARGEST_PART: u64 = 64 << 20;

/// A part of a file of Word's as text; nothing if there is none.
fn part(docx: &[u8], name: &str) -> String {
    let mut bytes = Vec::new();
    let mut archive = ZipArchive::new(Cursor::new(docx)).ok();
    let part = archive.as_mut().and_then(|archive| archive.by_name(name).ok());
    let _ = part.map(|part| part.take(LARGEST_PART).read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A program with all that it begins itself: `soffice` is a script that begins a program that begins another.
struct Group {
    child: Child,
    ended: bool,
}

impl Group {
    fn spawn(command: &mut Command) -> std::io::Result<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            command.process_group(0);
        }
        Ok(Self { child: command.spawn()?, ended: false })
    }

    /// Waits for the end; whether it came in time.
    fn ends_within(&mut self, patience: Duration) -> std::io::Result<bool> {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if self.child.try_wait()?.is_some() {
                self.ended = true;
                return Ok(true);
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(false)
    }

    #[cfg(unix)]
    fn end(&mut self) {
        let group = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }

    #[cfg(not(unix))]
    fn end(&mut self) {
        let root = std::env::var_os("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
        let taskkill = Path::new(&root).join("System32").join("taskkill.exe");
        let number = self.child.id().to_string();
        let mut command = Command::new(taskkill);
        command.args(["/T", "/F", "/PID", &number]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let _ = command.status();
        let _ = self.child.kill();
    }
}

impl Drop for Group {
    /// Whatever happens, nothing goes on running.
    fn drop(&mut self) {
        if !self.ended {
            self.end();
            let _ = self.child.wait();
        }
    }
}

/// Where LibreOffice is.
fn program() -> Result<PathBuf, OfficeError> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return if named.is_file() { Ok(named) } else { Err(OfficeError::NotThere(named.display().to_string())) };
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    find(&paths).ok_or(OfficeError::Missing)
}

/// The names of its program. On Windows, the first waits for the end in every version.
const NAMES: &[&str] = if cfg!(windows) { &["soffice.com", "soffice.exe"] } else { &["soffice", "libreoffice"] };

/// The first program in the folders of `PATH`, then in those in which it is installed. A folder that is not named in full is passed
/// over: it could lie beside the document.
fn find(paths: &OsStr) -> Option<PathBuf> {
    let folders = std::env::split_paths(paths).filter(|folder| folder.is_absolute()).chain(installed());
    let programs = folders.flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)));
    programs.into_iter().find(|program| program.is_file())
}

/// Where it is installed.
fn installed() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        return vec![PathBuf::from("/Applications/LibreOffice.app/Contents/MacOS")];
    }
    let of_windows = ["ProgramFiles", "ProgramFiles(x86)"].into_iter().filter_map(std::env::var_os);
    of_windows.map(|folder| Path::new(&folder).join("LibreOffice").join("program")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_folders_are_such_that_libreoffice_takes_them() {
        assert_eq!(address(Path::new("/tmp/é x%/a")), "file:///tmp/%C3%A9%20x%25/a");
        assert_eq!(address(Path::new(r"C:\Users\Jo Ann\t")), "file:///C:/Users/Jo%20Ann/t");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_never_taken_from_where_the_document_may_lie() {
        let folder = tempfile::TempDir::new().unwrap();
        fs::write(folder.path().join("soffice"), "").unwrap();
        assert_eq!(find(folder.path().as_os_str()), Some(folder.path().join("soffice")));
        let beside = format!(".:{}", "relative");
        assert_eq!(find(OsStr::new(&beside)), None);
    }
}
