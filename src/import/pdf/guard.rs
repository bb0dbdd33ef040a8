//! What is asked of a file before it is opened. Opening unpacks whatever is packed and follows whatever is referred to,
//! without end if the file is made so; nothing that is opened can be stopped.
//!
//! Everything that begins like an object is looked at, with the parser that will read it, wherever it stands: what is
//! read later can only be among that.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use hayro_syntax::reader::{Readable, Reader, ReaderExt as _};
use rustc_hash::{FxHashMap, FxHashSet};

use super::tree::Tree;
use super::unpack::{self, Packing};
use super::{damaged, endless, too_much};
use crate::import::Unreadable;

/// How deep brackets may stand in brackets: those of writers stand some ten deep.
const DEEPEST: usize = 500;
/// The most objects. A tagged document of a thousand pages has some hundred thousand.
const OBJECTS: usize = 250_000;
/// How far an object is read at first, in bytes, and how many bytes may be read of all together, for each byte of the
/// file.
const WINDOW: usize = 64 << 10;
const READ: usize = 32;
/// What all streams together may unpack to, in bytes. A document of a thousand pages has some ten million.
const UNPACKED: usize = 128 << 20;
/// How often one of the objects that are packed together may be looked for among all of them: a reader goes through all
/// each time.
const LOOKED_FOR: u64 = 100_000_000;
/// How long the packed objects of an encrypted file may be, in bytes: what they unpack to, a thousand times as much at
/// worst, is not known before it is opened.
const ENCRYPTED: usize = 1 << 20;
/// How many states of drawing may be saved in each other: the standard allows 28.
const SAVED: usize = 2_000;

/// A file that may be opened.
pub(super) struct Examined {
    /// Its bytes. The pictures in it are blank, and what describes shades of colours: none is looked at, but many
    /// unpack to more than all words there are.
    pub(super) bytes: Vec<u8>,
    /// How much work its streams are, by the numbers of the objects.
    costs: FxHashMap<i32, usize>,
    /// The most that one is which is drawn where another one says so, and one that may be the drawing of a letter.
    pub(super) form: usize,
    pub(super) letter: usize,
    /// Whether its streams are encrypted, so that nobody knows how large they are.
    pub(super) is_encrypted: bool,
}

/// Looks at a file.
///
/// # Errors
/// If it is made to take all memory or time.
pub(super) fn examined(bytes: &[u8]) -> Result<Examined, Unreadable> {
    if is_too_deep(bytes) {
        return Err(damaged());
    }
    let mut guard = Guard::new(bytes);
    for at in places(bytes, b"obj") {
        if !bytes[..at].ends_with(b"end") {
            guard.object(at + b"obj".len())?;
        }
    }
    guard.tree.check()?;
    Ok(guard.examined())
}

/// Where something stands in the bytes.
fn places<'b>(bytes: &'b [u8], what: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    let first = what.first().copied().unwrap_or_default();
    bytes
        .iter()
        .enumerate()
        .filter(move |(at, byte)| **byte == first && bytes[*at..].starts_with(what))
        .map(|(at, _)| at)
}

/// Whether a file may say that it is encrypted: the name with what it names behind it, in letters or in numbers of letters.
fn is_encrypted(bytes: &[u8]) -> bool {
    places(bytes, b"/").any(|at| {
        let mut reader = Reader::new(&bytes[at..]);
        let named = matches!(bytes.get(at + 1), Some(b'E' | b'#'))
            && reader.read_without_context::<Name<'_>>().is_some_and(|name| name.as_ref() == b"Encrypt");
        reader.skip_white_spaces_and_comments();
        named && matches!(bytes.get(at + reader.offset()), Some(b'<' | b'0'..=b'9'))
    })
}

/// Whether brackets stand too deep in each other, in what may be text.
fn is_too_deep(bytes: &[u8]) -> bool {
    let mut depth = 0_usize;
    let (mut at, mut looked_at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' => at += 1,
            b'<' | b'[' | b'(' => depth += 1,
            b'>' | b']' | b')' => depth = depth.saturating_sub(1),
            // No text, but something that is packed.
            0..=8 | 0x80.. => depth = 0,
            b'm' if at >= looked_at && bytes[..at].ends_with(b"stream") => {
                let (length, is_packed) = packed_as_text(&bytes[at..]);
                looked_at = at + length;
                at = if is_packed { looked_at } else { at };
            }
            _ => {}
        }
        // Dictionaries have two brackets.
        if depth > 2 * DEEPEST {
            return true;
        }
    }
    false
}

/// How far the data that follow may be packed as text, and whether they are. Brackets mean nothing in them.
fn packed_as_text(bytes: &[u8]) -> (usize, bool) {
    let is_text = |byte: &u8| matches!(byte, b'!'..=b'u' | b'z' | b'~' | b'\r' | b'\n');
    let length = bytes.iter().take_while(|byte| is_text(byte)).count();
    (length, bytes[..length].windows(2).any(|two| two == b"~>"))
}

impl Examined {
    /// Looks at the streams of a file that is encrypted, now that it is open.
    ///
    /// # Errors
    /// The same.
    pub(super) fn decrypted(&mut self, pdf: &Pdf) -> Result<(), Unreadable> {
        let mut all = 0;
        for object in pdf.objects() {
            let Object::Stream(stream) = object else { continue };
            let packing = Packing::of(stream.dict());
            if packing.is_picture || is_shade(stream.dict()) {
                continue;
            }
            let data = stream.raw_data();
            let unpacked = packing.unpack(&data, data.len())?;
            all += unpacked.len();
            if all > UNPACKED {
                return Err(endless());
            }
            let cost = cost(&unpacked)?;
            self.costs.insert(stream.obj_id().obj_number, cost);
            self.form = self.form.max(if stream.dict().contains_key("BBox") { cost } else { 0 });
        }
        Ok(())
    }

    /// How much work it is to draw a page.
    pub(super) fn cost(&self, page: &Dict<'_>) -> usize {
        let one = page.get_ref("Contents").map(|reference| reference.obj_number);
        let several = page.get::<Array<'_>>("Contents").map(|all| references(&all)).unwrap_or_default();
        one.into_iter().chain(several).filter_map(|number| self.costs.get(&number)).sum()
    }
}

struct Guard<'a> {
    bytes: &'a [u8],
    /// Where streams end, at the earliest.
    ends: Vec<usize>,
    blank: Vec<(usize, usize)>,
    costs: FxHashMap<i32, usize>,
    /// The streams that say nothing of themselves, and those of which others say what they are.
    bare: Vec<(i32, usize)>,
    told: FxHashSet<i32>,
    form: usize,
    tree: Tree,
    objects: usize,
    read: usize,
    unpacked: usize,
    looked_for: u64,
    is_encrypted: bool,
    encrypted: usize,
}

impl<'a> Guard<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            ends: places(bytes, b"endstream").collect(),
            blank: Vec::new(),
            costs: FxHashMap::default(),
            bare: Vec::new(),
            told: FxHashSet::default(),
            form: 0,
            tree: Tree::default(),
            objects: 0,
            read: 0,
            unpacked: 0,
            looked_for: 0,
            is_encrypted: is_encrypted(bytes),
            encrypted: 0,
        }
    }

    fn examined(self) -> Examined {
        let mut bytes = self.bytes.to_vec();
        for (from, to) in self.blank {
            bytes[from..to].fill(0);
        }
        let letters = self.bare.iter().filter(|(number, _)| !self.told.contains(number)).map(|(_, cost)| *cost);
        Examined {
            bytes,
            letter: letters.max().unwrap_or(0),
            costs: self.costs,
            form: self.form,
            is_encrypted: self.is_encrypted,
        }
    }

    /// What begins behind `obj`.
    fn object(&mut self, at: usize) -> Result<(), Unreadable> {
        self.objects += 1;
        if self.objects > OBJECTS {
            return Err(endless());
        }
        let number = number_before(&self.bytes[..at]);
        let mut reader = Reader::new(&self.bytes[at..]);
        reader.skip_white_spaces_and_comments();
        let start = at + reader.offset();
        match self.bytes.get(start) {
            Some(b'[') => {
                if let Some((array, _)) = self.parsed::<Array<'a>>(self.bytes, start)? {
                    self.tree.list(number, &array);
                }
            }
            Some(b'<') => {
                if let Some((dict, end)) = self.parsed::<Dict<'a>>(self.bytes, start)? {
                    self.dict(number, &dict)?;
                    if let Some(data) = stream_at(self.bytes, end) {
                        self.stream(number, &dict, data)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What stands at a place, and where it ends.
    fn parsed<'b, T: Readable<'b>>(&mut self, bytes: &'b [u8], at: usize) -> Result<Option<(T, usize)>, Unreadable> {
        for end in [bytes.len().min(at + WINDOW), bytes.len()] {
            let mut reader = Reader::new(&bytes[at..end]);
            let parsed = reader.read_without_context::<T>();
            self.read += if parsed.is_some() { reader.offset() } else { end - at };
            if self.read > self.bytes.len().saturating_mul(READ) + UNPACKED {
                return Err(damaged());
            }
            if let Some(parsed) = parsed {
                return Ok(Some((parsed, at + reader.offset())));
            }
        }
        Ok(None)
    }

    /// What a dictionary says of others.
    fn dict(&mut self, number: i32, dict: &Dict<'_>) -> Result<(), Unreadable> {
        // A table of objects of no length may be as long as it likes.
        if let Some(widths) = dict.get::<Array<'_>>("W")
            && dict.contains_key("Size")
            && widths.iter::<i64>().all(|width| width <= 0)
        {
            return Err(damaged());
        }
        for key in ["Contents", "ToUnicode", "CIDToGIDMap", "FontFile", "FontFile2", "FontFile3"] {
            self.told.extend(dict.get_ref(key).map(|told| told.obj_number));
            self.told.extend(dict.get::<Array<'_>>(key).iter().flat_map(references));
        }
        self.tree.node(number, dict);
        Ok(())
    }

    fn stream(&mut self, number: i32, dict: &Dict<'_>, data: usize) -> Result<(), Unreadable> {
        let end = self.end(dict, data);
        let packing = Packing::of(dict);
        if packing.is_picture || is_shade(dict) {
            self.blank.push((data, end));
            return Ok(());
        }
        let is_pack = dict.contains_key("First") && dict.contains_key("N");
        if self.is_encrypted {
            self.encrypted += if is_pack { end - data } else { 0 };
            return if self.encrypted > ENCRYPTED { Err(endless()) } else { Ok(()) };
        }
        let unpacked = packing.unpack(&self.bytes[data..], end - data)?;
        self.unpacked += unpacked.len();
        if self.unpacked > UNPACKED {
            return Err(endless());
        }
        if is_pack {
            return self.pack(dict, &unpacked);
        }
        let cost = cost(&unpacked)?;
        let most = self.costs.entry(number).or_default();
        *most = cost.max(*most);
        if dict.contains_key("BBox") {
            self.form = self.form.max(cost);
        } else if dict.keys().all(|key| matches!(key.as_ref(), b"Length" | b"Filter" | b"DecodeParms")) {
            self.bare.push((number, cost));
        }
        Ok(())
    }

    /// Where the data of a stream end: where it says, or else at the first word that ends one. The data may hold that
    /// word.
    fn end(&self, dict: &Dict<'_>, data: usize) -> usize {
        let first = self.ends.get(self.ends.partition_point(|end| *end < data)).copied().unwrap_or(self.bytes.len());
        let said = dict.get::<usize>("Length").and_then(|length| data.checked_add(length)).unwrap_or(0);
        if said <= self.bytes.len() { first.max(said) } else { first }
    }

    /// Objects that are packed together: behind a list of their numbers and places.
    fn pack(&mut self, dict: &Dict<'_>, unpacked: &[u8]) -> Result<(), Unreadable> {
        let first = dict.get::<usize>("First").unwrap_or(0);
        let count = dict.get::<usize>("N").unwrap_or(0);
        let head = String::from_utf8_lossy(unpacked.get(..first).unwrap_or(unpacked)).into_owned();
        let numbers: Vec<usize> = head
            .split_ascii_whitespace()
            .map_while(|number| number.parse().ok())
            .take(count.saturating_mul(2))
            .collect();
        let objects = numbers.len() / 2;
        self.objects += objects;
        self.looked_for = self.looked_for.saturating_add((objects as u64).saturating_mul(objects as u64));
        if self.objects > OBJECTS || self.looked_for > LOOKED_FOR {
            return Err(endless());
        }
        if is_too_deep(unpacked) {
            return Err(damaged());
        }
        for pair in numbers.chunks_exact(2) {
            let number = i32::try_from(pair[0]).unwrap_or(-1);
            let Some(at) = first.checked_add(pair[1]).filter(|at| *at < unpacked.len()) else { continue };
            match self.parsed::<Object<'_>>(unpacked, at)? {
                Some((Object::Dict(dict), _)) => self.dict(number, &dict)?,
                Some((Object::Array(array), _)) => self.tree.list(number, &array),
                _ => {}
            }
        }
        Ok(())
    }
}

/// How much work a stream is, if it is instructions.
fn cost(unpacked: &[u8]) -> Result<usize, Unreadable> {
    let work = unpack::work(unpacked);
    if work.saved > SAVED { Err(too_much()) } else { Ok(work.cost) }
}

/// The number of the object that the word before a place begins: `12 0 obj`.
fn number_before(bytes: &[u8]) -> i32 {
    let near = &bytes[bytes.len().saturating_sub(32)..];
    let text = String::from_utf8_lossy(near.strip_suffix(b"obj").unwrap_or(near)).into_owned();
    let digits = |word: &str| word.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    text.split_ascii_whitespace().rev().nth(1).and_then(digits).unwrap_or(-1)
}

/// Where the data of a stream begin whose dictionary ends there.
fn stream_at(bytes: &[u8], end: usize) -> Option<usize> {
    let mut reader = Reader::new(bytes);
    reader.jump(end);
    reader.skip_white_spaces_and_comments();
    reader.forward_tag(b"stream")?;
    reader.forward_tag(b"\r\n").or_else(|| reader.forward_tag(b"\n")).or_else(|| reader.forward_tag(b"\r"))?;
    Some(reader.offset())
}

/// Whether a stream describes shades of colours.
fn is_shade(dict: &Dict<'_>) -> bool {
    dict.contains_key("ShadingType") || dict.contains_key("FunctionType")
}

/// What the references in an array lead to.
pub(super) fn references(array: &Array<'_>) -> Vec<i32> {
    let number = |item| if let MaybeRef::Ref(reference) = item { Some(reference.obj_number) } else { None };
    array.raw_iter().filter_map(number).collect()
}

/// Whether a dictionary says that it is of that type.
pub(super) fn is_of_type(dict: &Dict<'_>, wanted: &[u8]) -> bool {
    dict.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_ref() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_encrypted_if_it_says_with_what() {
        for says in ["trailer << /Encrypt 5 0 R >>", "<< /Type /XRef/Encrypt<</V 1>> >>", "<< /#45ncr#79pt  5 0 R >>"] {
            assert!(is_encrypted(says.as_bytes()), "{says}");
        }
        for says in ["(/Encrypt is a word) Tj", "/Encrypted 5 0 R", "/EncryptMetadata true"] {
            assert!(!is_encrypted(says.as_bytes()), "{says}");
        }
    }
}
