//! What a file is: by how it begins, for names lie, else by its name.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::manuscript::{Remark, Unreadable};
use super::{CONVERTED, Convertible, FORMATS, Format, word};

/// What a file is.
#[derive(Debug, Clone)]
pub struct Nature {
    /// How it is read.
    pub form: Form,
    /// That its name says something else.
    pub remark: Option<Remark>,
}

/// How a file is read.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// As it is.
    Read(&'static Format),
    /// Once LibreOffice has made a file of Word's of it.
    Convert(&'static Convertible),
}

/// What a file of that name is.
///
/// # Errors
/// When it is of no format that can be read, or not of the one that its name says, or protected with a password.
pub fn nature(bytes: &[u8], name: &str) -> Result<Nature, Unreadable> {
    let extension = name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase());
    let named = Form::of(&extension);
    let Some(form) = kind(bytes).and_then(Form::of) else { return by_name(bytes, named) };
    let same = named.is_some_and(|named| named.what() == form.what());
    let what = || match named {
        Some(_) => format!("its name ends in .{extension}, but this is {}: it was read as that", form.what()),
        None => format!("this is {}, whatever its name says: it was read as that", form.what()),
    };
    Ok(Nature { form, remark: (!same).then(|| Remark { what: what(), place: None }) })
}

impl Form {
    /// How files with that extension are read.
    fn of(extension: &str) -> Option<Self> {
        let read = FORMATS.iter().find(|format| format.extensions.contains(&extension)).map(Self::Read);
        read.or_else(|| CONVERTED.iter().find(|format| format.extension == extension).map(Self::Convert))
    }

    /// What a file is called that is read so.
    fn what(self) -> &'static str {
        match self {
            Self::Read(format) => format.what,
            Self::Convert(format) => format.what,
        }
    }
}

/// A file that does not say what it is.
fn by_name(bytes: &[u8], named: Option<Form>) -> Result<Nature, Unreadable> {
    if is_locked(bytes) {
        let remedy = "open it in Word, take the password off and save it";
        return Err(Unreadable::new("the file is protected with a password", remedy));
    }
    let named = if is_archive(bytes) || is_compound(bytes) {
        // Who reads Word's files tells these apart: a workbook, a presentation, a document behind a password.
        word::read(bytes)?;
        Form::of("docx")
    } else {
        named
    };
    if let Some(what) = web_archive(bytes) {
        return Err(Unreadable::new(what, "open it in Word and save it as .docx"));
    }
    match named {
        Some(Form::Convert(_)) if bytes.is_empty() => {
            Err(Unreadable::new("the file is empty", "get it again from where it came"))
        }
        Some(Form::Convert(format)) => Err(Unreadable::new(
            format!("this is not {}, whatever its name says", format.what),
            "open it in the program that it comes from, and save it as .docx",
        )),
        Some(form) => Ok(Nature { form, remark: None }),
        None => {
            let known = FORMATS.iter().flat_map(|format| format.extensions).copied();
            let known: Vec<&str> = known.chain(CONVERTED.iter().map(|format| format.extension)).collect();
            let remedy = format!("save it as one of these: .{}", known.join(", ."));
            Err(Unreadable::new("this is of no format that can be read", remedy))
        }
    }
}

/// The extension that a file should have, by how it begins.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match () {
        () if bytes.starts_with(b"%PDF-") => Some("pdf"),
        () if text.starts_with(b"{\\rtf") => Some("rtf"),
        () if is_archive(bytes) => in_archive(bytes),
        () if is_compound(bytes) => in_compound(bytes),
        () if is_page(text) => Some("html"),
        () => None,
    }
}

/// Whether it begins as web pages do, behind what may stand before.
fn is_page(text: &[u8]) -> bool {
    let mut rest = text;
    for (open, close) in [(&b"<?xml"[..], &b"?>"[..]), (b"<!--", b"-->")] {
        if rest.starts_with(open) {
            let end = rest.windows(close.len()).position(|window| window == close);
            rest = end.map_or(&[][..], |end| rest[end + close.len()..].trim_ascii_start());
        }
    }
    let begins = |with: &[u8]| rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    begins(b"<!doctype html") || begins(b"<html")
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// How long the name of a format is at most that an archive gives.
const LONGEST_MIMETYPE: u64 = 100;

/// Word's archives have a folder of that name; those of OpenDocument say what they are.
fn in_archive(bytes: &[u8]) -> Option<&'static str> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let word = (0..archive.len()).any(|entry| {
        let name = archive.name_for_index(entry).and_then(Result::ok);
        name.is_some_and(|name| {
            name.to_ascii_lowercase().replace('\\', "/").trim_start_matches('/').starts_with("word/")
        })
    });
    if word {
        return Some("docx");
    }
    let mut mimetype = Vec::new();
    archive.by_name("mimetype").ok()?.take(LONGEST_MIMETYPE).read_to_end(&mut mimetype).ok()?;
    mimetype.starts_with(b"application/vnd.oasis.opendocument.text").then_some("odt")
}

/// Whether it is a compound file, as the programs of Office wrote them until 2007, and write them behind a password.
fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn in_compound(bytes: &[u8]) -> Option<&'static str> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    let plain = !has("EncryptedPackage") && !has("EncryptionInfo") && !is_locked(bytes);
    (has("WordDocument") && plain).then_some("doc")
}

/// The sectors that a compound file is made of, in bytes.
const SECTOR: usize = 512;

/// The versions of Word's format that text begins with from Word 97 on ([MS-DOC], FibBase: nFib, and what nFibNew may be).
const VERSIONS: [u16; 5] = [0x00c1, 0x00d9, 0x0101, 0x010c, 0x0112];

/// Whether it is an old Word file behind a password: its text begins with a sign, its version and, ten bytes on, flags, of which one
/// says so ([MS-DOC], FibBase: wIdent, nFib, fEncrypted).
fn is_locked(bytes: &[u8]) -> bool {
    let locked = |sector: &[u8]| match sector {
        [0xec, 0xa5, low, high, _, _, _, _, _, _, _, flags, ..] => {
            VERSIONS.contains(&u16::from_le_bytes([*low, *high])).then_some(flags & 1 != 0)
        }
        _ => None,
    };
    is_compound(bytes) && bytes.chunks(SECTOR).find_map(locked).unwrap_or(false)
}

/// How far into a file it is looked what it says of itself, in bytes.
const HEAD: usize = 2048;

/// What it is that Word saves for the web or for other programs, all in one file.
fn web_archive(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let head = head.trim_start();
    if head.starts_with("mime-version:") && head.contains("multipart/related") {
        return Some("this is a web page saved as a single file (.mht)");
    }
    (head.starts_with("<?xml") && head.contains("word.document")).then_some("this is a document in Word's XML")
}
