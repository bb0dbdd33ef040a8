//! The bytes of a text file → its characters, whatever program wrote it.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::manuscript::{Remark, Unreadable};

/// The largest file that is read as text, in bytes: a thousand pages have a quarter of it.
const LARGEST: usize = 16 << 20;

/// How far into a page its character set is looked for, as the HTML standard has it.
const CHARSET_WITHIN: usize = 1024;

/// How files begin that are often given the ending of another kind, and what they are.
const SIGNATURES: [(&[u8], &str); 8] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip file, as those of Word and LibreOffice are"),
    (b"\xd0\xcf\x11\xe0", "a file of an old version of Word or Excel"),
    (b"{\\rtf", "a file in the Rich Text Format"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
];

/// The characters of a file: UTF-8, UTF-16 with a byte-order mark, or else Windows-1252, which is said.
///
/// # Errors
/// If it is no text, or too large.
pub fn decode(bytes: &[u8]) -> Result<(String, Option<Remark>), Unreadable> {
    decode_as(bytes, None)
}

/// The characters of a web page, which may itself say what they are encoded in.
///
/// # Errors
/// If it is no text, or too large.
pub fn decode_html(bytes: &[u8]) -> Result<(String, Option<Remark>), Unreadable> {
    decode_as(bytes, charset(bytes))
}

fn decode_as(bytes: &[u8], said: Option<&'static Encoding>) -> Result<(String, Option<Remark>), Unreadable> {
    if bytes.len() > LARGEST {
        let what = format!("this file is larger than {} MiB, which no text of a council is", LARGEST >> 20);
        return Err(Unreadable::new(what, "take out of it what is no text, or divide it"));
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Unreadable::new(
            format!("this is no text but {kind}"),
            "give the file the ending that belongs to its kind",
        ));
    }
    let (text, remark) = characters(bytes, said);
    if is_rubbish(&text) {
        return Err(Unreadable::new(
            "this is no text: it is full of characters that are never printed",
            "save it as text, in UTF-8, from the program that wrote it",
        ));
    }
    Ok((text, remark))
}

fn characters(bytes: &[u8], said: Option<&'static Encoding>) -> (String, Option<Remark>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let what = || format!("some bytes are no {}: in their place stands “\u{fffd}”", encoding.name());
        return (text.into_owned(), damaged.then(|| remark(what())));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    if let Some(encoding) = said.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding)) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        let what = || format!("the page says that it is {}, which some bytes are not", encoding.name());
        return (text.into_owned(), damaged.then(|| remark(what())));
    }
    if let Some(text) = mostly_utf8(bytes) {
        return (text, Some(remark("some bytes are no UTF-8: they were read as Windows-1252".to_owned())));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let what = "the file is no UTF-8: it was read as Windows-1252, so look at quotation marks, dashes and accents";
    (text.into_owned(), Some(remark(what.to_owned())))
}

/// UTF-8 into which a few bytes of Windows-1252 have come, as by pasting.
fn mostly_utf8(bytes: &[u8]) -> Option<String> {
    let chunks = || bytes.utf8_chunks();
    let broken = chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let sound: usize = chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    (sound > broken).then(|| {
        let mut text = String::with_capacity(bytes.len());
        for chunk in chunks() {
            text.push_str(chunk.valid());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
        text
    })
}

fn remark(what: String) -> Remark {
    Remark { what, place: None }
}

/// What a page says that it is encoded in: `<meta charset="…">`, or the same in its `content`.
fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(CHARSET_WITHIN)];
    let at = head.windows(8).position(|window| window.eq_ignore_ascii_case(b"charset="))?;
    let name = head[at + 8..].trim_ascii_start();
    let name = name.strip_prefix(b"\"").or_else(|| name.strip_prefix(b"'")).unwrap_or(name);
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte))?;
    Encoding::for_label(&name[..end])
}

/// Whether there are more characters that are never printed than strayed in: four, and two in a hundred. One NUL counts for five
/// of the others, for no program writes it into a text.
fn is_rubbish(text: &str) -> bool {
    let mut rubbish = 0_usize;
    let mut all = 0_usize;
    for c in text.chars() {
        all += 1;
        rubbish += match c {
            '\0' => 5,
            c if c.is_control() && !c.is_whitespace() => 1,
            _ => 0,
        };
    }
    rubbish > 4 + all / 50
}
