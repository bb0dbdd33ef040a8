//! A document in another format → a [`Protocol`](crate::model::Protocol), and what somebody should look at.
//!
//! One file or folder a format turns bytes into a [`Manuscript`]; what the lines and paragraphs of it mean is worked out once for all
//! of them, by [`mod@recognise`].

pub mod decode;
pub mod html;
pub mod manuscript;
pub mod markdown;
pub mod nature;
mod pattern;
pub mod pdf;
pub mod recognise;
mod roman;
pub mod text;
pub mod word;

pub use manuscript::{Fit, Line, Manuscript, Margin, Marker, Piece, Place, Remark, Table, Unreadable};
pub use nature::{Form, Nature, nature};
pub use recognise::{Imported, LeftOut, Report, but_for_numbers, recognise};

/// A format that documents are read from.
#[derive(Debug)]
pub struct Format {
    /// What a file of it is called.
    pub what: &'static str,
    /// The extensions of its files.
    pub extensions: &'static [&'static str],
    read: fn(&[u8]) -> Result<Manuscript, Unreadable>,
}

/// Every format. To add one, add its reader and a line here.
pub static FORMATS: &[Format] = &[
    Format { what: "a Word file", extensions: &["docx"], read: word::read },
    Format { what: "a PDF file", extensions: &["pdf"], read: pdf::read },
    Format {
        what: "a web page",
        extensions: &["html", "htm"],
        read: |bytes| of_text(decode::decode_html(bytes)?, html::read),
    },
    Format { what: "Markdown", extensions: &["md"], read: |bytes| of_text(decode::decode(bytes)?, markdown::read) },
    Format { what: "plain text", extensions: &["txt"], read: |bytes| of_text(decode::decode(bytes)?, text::read) },
];

/// A format that LibreOffice makes Word's of first, where the user has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Convertible {
    /// What a file of it is called.
    pub what: &'static str,
    /// The extension of its files.
    pub extension: &'static str,
}

/// Every format that is converted first. To add one, add a line here, and how its files begin to `nature.rs`.
pub static CONVERTED: &[Convertible] = &[
    Convertible { what: "an old Word file", extension: "doc" },
    Convertible { what: "an OpenDocument text", extension: "odt" },
    Convertible { what: "a file in the Rich Text Format", extension: "rtf" },
];

/// Whether documents in files of that extension, in lower case, can be read.
pub fn reads(extension: &str) -> bool {
    FORMATS.iter().any(|format| format.extensions.contains(&extension))
        || CONVERTED.iter().any(|format| format.extension == extension)
}

/// Reads text, and says what there is to say of how it was decoded.
fn of_text(
    (text, remark): (String, Option<Remark>),
    read: fn(&str) -> Result<Manuscript, Unreadable>,
) -> Result<Manuscript, Unreadable> {
    let mut manuscript = read(&text)?;
    manuscript.remarks.splice(0..0, remark);
    Ok(manuscript)
}

/// Makes a protocol of a file that [`nature`] says can be read as it is.
///
/// # Errors
/// When the file cannot be read, or is of no format that can be.
pub fn import(bytes: &[u8], name: &str) -> Result<Imported, Unreadable> {
    read(bytes, name).map(recognise)
}

/// What a file that [`nature`] says can be read as it is holds. [`fn@recognise`] makes a protocol of it.
///
/// # Errors
/// When the file cannot be read, or is of no format that can be.
pub fn read(bytes: &[u8], name: &str) -> Result<Manuscript, Unreadable> {
    let Nature { form, remark } = nature(bytes, name)?;
    let format = match form {
        Form::Read(format) => format,
        Form::Convert(format) => {
            let what = format!("this is {} (.{})", format.what, format.extension);
            return Err(Unreadable::new(what, "open it in Word or LibreOffice and save it as .docx"));
        }
    };
    let mut manuscript = (format.read)(bytes)?.if_readable()?;
    manuscript.remarks.splice(0..0, remark);
    Ok(manuscript)
}
