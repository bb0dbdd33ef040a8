//! PDF files with a text layer: the lines that are printed on their pages.
//!
//! `guard` looks at a file before it is opened, with `unpack` at its streams and with `tree` at its pages: what opens
//! it has no limits of its own. `budget` is what may be drawn of it then.
//!
//! A page of a PDF file is letters at places, in any order. `letters` takes them from it, `grid` sets the tables apart,
//! `margins` what stands above and below the text, `order` finds the columns, `rows` makes lines of letters, `notes` takes the footnotes from them, and `page` tells what is said of
//! each line: its indent, whether it stands apart, whether the next word had room behind it.

mod budget;
mod faces;
mod grid;
mod guard;
mod letters;
mod margins;
mod notes;
mod order;
mod page;
mod rows;
mod signs;
mod tree;
mod unpack;

use std::panic::{set_hook, take_hook};
use std::sync::Once;
use std::thread;

use hayro_interpret::InterpreterCache;
use hayro_syntax::object::{Array, Dict, String as Text};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{Manuscript, Place, Remark, Unreadable};
use budget::{Budget, TooMuch};
use faces::Faces;
use letters::Sheet;

/// The largest file that is read, in bytes.
const BYTES: usize = 64 << 20;
/// The most pages that are read.
const PAGES: usize = 2000;
/// How much work the instructions of a page may be, and those of all pages: one for each byte, and more for some. Those
/// of a page of words are some ten thousand bytes.
const WORK_ON_A_PAGE: usize = 50_000_000;
const WORK: usize = 200_000_000;
/// The name of the thread that reads.
const THREAD: &str = "engross: a PDF file";
/// The stack of the thread that reads, in bytes: forms may stand in forms fifty deep.
const STACK: usize = 256 << 20;

/// Reads a PDF file.
///
/// # Errors
///
/// If it is no PDF file, is damaged, is protected with a password, is too large, or holds no words that can be read: a
/// scan.
pub fn read(bytes: &[u8]) -> Result<Manuscript, Unreadable> {
    if bytes.len() > BYTES {
        return Err(Unreadable::new(
            format!("a file of more than {} MiB", BYTES >> 20),
            "leave the pictures out, or divide it",
        ));
    }
    let start = &bytes[..bytes.len().min(1024)];
    if !start.windows(5).any(|five| five == b"%PDF-") {
        return Err(Unreadable::new("no PDF file, whatever its name says", "give it the name of what it is"));
    }
    // What a file ends in. Writers may leave something behind it, but not pages of it.
    let end = &bytes[bytes.len().saturating_sub(8192)..];
    if !end.windows(5).any(|five| five == b"%%EOF") && !end.windows(9).any(|nine| nine == b"startxref") {
        return Err(Unreadable::new("a PDF file that is cut short", "get it once more from where it came from"));
    }
    let (sheets, remarks) = on_a_thread(|| whole(bytes))?;
    Ok(page::manuscript(sheets, remarks))
}

/// Does it on a thread of its own: the interpreter calls itself for forms within forms and may run into what cannot be
/// in a sound file, and neither a small stack nor such a file may end the program.
fn on_a_thread<T: Send>(work: impl FnOnce() -> Result<T, Unreadable> + Send) -> Result<T, Unreadable> {
    silence();
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread
            .map_err(|_| Unreadable::new("there is no memory to read it", "close other programs, and try again"))?;
        thread.join().unwrap_or_else(|thrown| Err(if thrown.is::<TooMuch>() { too_much() } else { damaged() }))
    })
}

/// Has nothing printed of what is thrown on such a thread: it is caught, and becomes an error. What is thrown elsewhere
/// is told as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |thrown| {
            if thread::current().name() != Some(THREAD) {
                told(thrown);
            }
        }));
    });
}

fn damaged() -> Unreadable {
    Unreadable::new("a damaged PDF file", "open it in a PDF viewer and print it to a new PDF file, or get it once more")
}

fn too_much() -> Unreadable {
    Unreadable::new("a PDF file that draws more than any document does", "print it to a new PDF file, or divide it")
}

fn endless() -> Unreadable {
    Unreadable::new("a PDF file that holds more than any document does", "print it to a new PDF file, or divide it")
}

fn too_many_pages() -> Unreadable {
    Unreadable::new(format!("a file of more than {PAGES} pages"), "divide it")
}

fn whole(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<Remark>), Unreadable> {
    let mut examined = guard::examined(bytes)?;
    let pdf = Pdf::new(std::mem::take(&mut examined.bytes)).map_err(|fault| match fault {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::new(
            "protected with a password",
            "open it with the password and save it without one, or print it to a new PDF file",
        ),
        LoadPdfError::Decryption(_) => {
            Unreadable::new("encrypted in a way that is not known here", "open it and print it to a new PDF file")
        }
        LoadPdfError::Invalid => damaged(),
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(damaged());
    }
    if pages.len() > PAGES {
        return Err(too_many_pages());
    }
    if examined.is_encrypted {
        examined.decrypted(&pdf)?;
    }
    let costs = || pages.iter().map(|page| examined.cost(page.raw()));
    if costs().any(|cost| cost > WORK_ON_A_PAGE) || costs().sum::<usize>() > WORK {
        return Err(too_much());
    }
    let faces = Faces::of(&pdf).ok_or_else(damaged)?;
    let cache = InterpreterCache::new();
    let mut budget = Budget::new(&examined);
    let sheet = |page| {
        budget.next_page();
        letters::sheet(page, &pdf, &cache, &faces, &mut budget)
    };
    let sheets: Vec<Sheet> = pages.iter().map(sheet).collect();
    let mut remarks = about(&pdf);
    remarks.extend(sheets.iter().enumerate().flat_map(|(at, sheet)| about_page(at + 1, sheet)));
    check(&sheets)?;
    Ok((sheets, remarks))
}

/// Whether there are words to be read.
fn check(sheets: &[Sheet]) -> Result<(), Unreadable> {
    let texts = || sheets.iter().flat_map(|sheet| &sheet.letters).map(|letter| letter.text.as_str());
    let all = texts().count();
    let unknown = texts().filter(|text| text.contains(signs::UNKNOWN)).count();
    match () {
        () if all == 0 && sheets.iter().any(|sheet| sheet.pictured) => Err(Unreadable::new(
            "a scan, pictures of pages without words",
            "run it through text recognition (OCR), or type it",
        )),
        () if all == 0 => Err(Unreadable::new("a PDF file without words", "see whether it is the right file")),
        () if unknown * 2 > all => Err(Unreadable::new(
            "a PDF file that does not say which letters it shows",
            "make a new PDF file from the original, or run it through text recognition (OCR)",
        )),
        () => Ok(()),
    }
}

/// What is to be said of the whole file.
fn about(pdf: &Pdf) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let count = catalog.get::<Dict<'_>>("Pages").and_then(|pages| pages.get::<i64>("Count")).unwrap_or(0);
    let found = pdf.pages().len();
    if usize::try_from(count).is_ok_and(|count| count > found) {
        let what = format!("the file says that it has {count} pages, but only {found} of them can be read");
        remarks.push(Remark { what, place: None });
    }
    for (at, page) in pdf.pages().iter().enumerate() {
        let fields = page.raw().get::<Array<'_>>("Annots").map(|all| unseen_fields(&all)).unwrap_or_default();
        let place = Some(Place { page: Some(at + 1), line: 1 });
        if !fields.is_empty() {
            let what =
                format!("what is filled in here is not printed on the page, and left out: {}", fields.join("; "));
            remarks.push(Remark { what, place });
        }
        if page.raw().contains_key("Contents") && page.page_stream().is_none() {
            remarks.push(Remark { what: "a page that is damaged and cannot be read".to_owned(), place });
        }
    }
    remarks
}

/// The fields of a form that are filled in, but of which the file does not say how they look.
fn unseen_fields(annotations: &Array<'_>) -> Vec<String> {
    let unseen = annotations.iter::<Dict<'_>>().filter(|field| field.contains_key("FT") && !field.contains_key("AP"));
    let said = unseen.filter_map(|field| {
        let value = words(&field.get::<Text<'_>>("V")?);
        let name = field.get::<Text<'_>>("T").map(|name| words(&name)).unwrap_or_default();
        (!value.is_empty()).then(|| format!("{name}: {value}"))
    });
    said.collect()
}

/// The words of a string that is no part of a page: UTF-16 behind a mark, or else near enough to Latin-1.
fn words(text: &Text<'_>) -> String {
    match text.as_bytes() {
        [0xfe, 0xff, units @ ..] => {
            let units: Vec<u16> = units.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, letters @ ..] => String::from_utf8_lossy(letters).into_owned(),
        letters => letters.iter().map(|letter| char::from(*letter)).collect(),
    }
}

/// What is to be said of a page before its lines are known.
fn about_page(page: usize, sheet: &Sheet) -> Vec<Remark> {
    let mut what = Vec::new();
    if sheet.letters.is_empty() && sheet.pictured {
        what.push("a page of pictures without words; run it through text recognition (OCR), or type it".to_owned());
    }
    if sheet.unseen * 2 > sheet.letters.len() {
        what.push("a scan; its words come from text recognition and may be wrong".to_owned());
    }
    let place = Some(Place { page: Some(page), line: 1 });
    what.into_iter().map(|what| Remark { what, place }).collect()
}
