//! The parts of a Word file, unpacked within limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Element};
use crate::import::Unreadable;

/// How much may be unpacked of one file, in bytes. A document of a thousand pages is some 20 MiB of XML.
const MOST_BYTES: u64 = 40 * 1024 * 1024;

/// How much larger than packed a part may be. XML of Word's packs to a twentieth, seldom less than a hundredth.
const MOST_EXPANSION: u64 = 250;

/// Parts up to this size may be packed as tightly as they like.
const FREE_OF_RATIO: u64 = 1024 * 1024;

/// How many parts a file may have: a document of a thousand pictures has some 1,050.
const MOST_ENTRIES: usize = 10_000;

/// A Word file: a zip archive of XML parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The entries by their names in lower case, which is how the standard compares them.
    entries: BTreeMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: u64,
}

/// What a part refers to, by the id of the relationship.
pub(super) type Relationships = BTreeMap<String, Relationship>;

/// Something a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    /// The last step of its type: `hyperlink`, `header`.
    pub(super) kind: String,
    /// The name of the part it is, or an address outside of the file.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    /// Opens a file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        if !bytes.starts_with(b"PK") {
            return Err(no_archive(bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("the file is cut short or damaged"))?;
        if archive.len() > MOST_ENTRIES {
            return Err(oversized(format!("the file has {} parts, more than any document", archive.len())));
        }
        let names = (0..archive.len()).filter_map(|entry| {
            let name = archive.name_for_index(entry)?.ok()?;
            Some((name.replace('\\', "/").trim_start_matches('/').to_lowercase(), entry))
        });
        let entries = names.collect();
        Ok(Self { archive, entries, left: MOST_BYTES })
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&name.to_lowercase())
    }

    /// The tree of a part; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Element>, Unreadable> {
        match self.bytes(name)? {
            Some(bytes) => xml::parse(name, &bytes).map(Some),
            None => Ok(None),
        }
    }

    /// What a part refers to.
    pub(super) fn relationships(&mut self, of: &str) -> Result<Relationships, Unreadable> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(tree) = self.part(&name)? else { return Ok(Relationships::new()) };
        let all = tree.elements().filter(|element| element.name() == "Relationship").filter_map(|element| {
            let (id, kind, target) =
                (element.attribute("Id")?, element.attribute("Type")?, element.attribute("Target")?);
            let outside = element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
            let target = if outside { target.to_owned() } else { resolved(folder, target) };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            Some((id.to_owned(), Relationship { kind, target }))
        });
        Ok(all.collect())
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(entry) = self.entries.get(&name.to_lowercase()).copied() else { return Ok(None) };
        let part = self.archive.by_index(entry).map_err(|error| unopened(name, &error))?;
        if part.encrypted() {
            return Err(protected());
        }
        let packed = part.compressed_size();
        let most = self.left.min(FREE_OF_RATIO.max(packed.saturating_mul(MOST_EXPANSION)));
        let mut bytes = Vec::new();
        // One more than the most tells a part that is too large from one that just fits.
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged(&format!("its part {name} is damaged")))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > self.left {
            return Err(oversized(format!("the file unpacks to more than {} MiB of text", MOST_BYTES / (1024 * 1024))));
        }
        if size > most {
            return Err(oversized(format!("its part {name} unpacks to more than {MOST_EXPANSION} times its size")));
        }
        self.left -= size;
        Ok(Some(bytes))
    }
}

/// The name of a part that a part in `folder` refers to.
fn resolved(folder: &str, target: &str) -> String {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let from = if path.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn unopened(name: &str, error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(why) if why.to_lowercase().contains("password") => protected(),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            damaged(&format!("its part {name} is packed in a way that Word does not use"))
        }
        _ => damaged(&format!("its part {name} is damaged")),
    }
}

/// What a file is that is no archive.
fn no_archive(bytes: &[u8]) -> Unreadable {
    if bytes.is_empty() {
        return damaged("the file is empty");
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let has = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memmem(bytes, &wide)
        };
        return if has("EncryptedPackage") || has("EncryptionInfo") {
            protected()
        } else if has("WordDocument") {
            Unreadable::new("this is an old Word file (.doc)", SAVE_AS)
        } else {
            Unreadable::new("this is a file of an old Office program, such as a Word file (.doc)", SAVE_AS)
        };
    }
    let head = bytes.trim_ascii_start();
    let what = if head.starts_with(b"{\\rtf") {
        "this is an RTF file"
    } else if head.starts_with(b"%PDF") {
        return Unreadable::new("this is a PDF file, not a Word file", "give it a name that ends in .pdf");
    } else {
        "this is no Word file (.docx)"
    };
    Unreadable::new(what, SAVE_AS)
}

/// Whether `needle` is anywhere in `hay`.
fn memmem(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

const SAVE_AS: &str = "open it in Word or LibreOffice and save it as .docx";

/// A file that is damaged like that.
pub(super) fn damaged(what: &str) -> Unreadable {
    Unreadable::new(what, "get it again from where it came, or open it in Word and save it anew as .docx")
}

/// A file that only looks like a document.
pub(super) fn oversized(what: String) -> Unreadable {
    Unreadable::new(what, "if it is a document, open it in Word and save it anew as .docx, in parts if need be")
}

/// An archive that is no Word file.
pub(super) fn another(what: &str) -> Unreadable {
    Unreadable::new(what, SAVE_AS)
}

fn protected() -> Unreadable {
    Unreadable::new("the file is protected with a password", "open it in Word, take the password off and save it")
}
