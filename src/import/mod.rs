//! A document in another format → a [`Protocol`](crate::model::Protocol), and what somebody should look at.
//!
//! One file or folder a format turns bytes into a [`Manuscript`]; what the lines and paragraphs of it mean is worked out once for all
//! of them, by [`mod@recognise`].

pub mod decode;
pub mod html;
pub mod manuscript;
pub mod markdown;
pub mod pdf;
pub mod recognise;
mod roman;
pub mod text;
pub mod word;

pub use manuscript::{Line, Manuscript, Marker, Piece, Place, Remark, Table, Unreadable};
pub use recognise::{Imported, Report, recognise};

/// A format that documents are read from.
#[derive(Debug)]
pub struct Format {
    /// What it is called.
    pub what: &'static str,
    /// The extensions of its files.
    pub extensions: &'static [&'static str],
    read: fn(&[u8]) -> Result<Manuscript, Unreadable>,
}

/// Every format. To add one, add its reader and a line here.
pub static FORMATS: &[Format] = &[
    Format { what: "Word", extensions: &["docx"], read: word::read },
    Format { what: "PDF", extensions: &["pdf"], read: pdf::read },
    Format {
        what: "a web page",
        extensions: &["html", "htm"],
        read: |bytes| of_text(decode::decode_html(bytes)?, html::read),
    },
    Format { what: "Markdown", extensions: &["md"], read: |bytes| of_text(decode::decode(bytes)?, markdown::read) },
    Format { what: "plain text", extensions: &["txt"], read: |bytes| of_text(decode::decode(bytes)?, text::read) },
];

/// Whether documents in files of that extension, in lower case, can be read.
pub fn reads(extension: &str) -> bool {
    FORMATS.iter().any(|format| format.extensions.contains(&extension))
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

/// Makes a protocol of a file; its name tells the format.
///
/// # Errors
/// When the file cannot be read, or is of no format that can be.
pub fn import(bytes: &[u8], name: &str) -> Result<Imported, Unreadable> {
    read(bytes, name).map(recognise)
}

/// What a file holds; its name tells the format. [`fn@recognise`] makes a protocol of it.
///
/// # Errors
/// When the file cannot be read, or is of no format that can be.
pub fn read(bytes: &[u8], name: &str) -> Result<Manuscript, Unreadable> {
    let extension = name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase());
    let Some(format) = FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str())) else {
        let known: Vec<&str> = FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        let remedy = format!("save it as one of these: .{}", known.join(", ."));
        return Err(Unreadable::new("this is of no format that can be read", remedy));
    };
    (format.read)(bytes)
}
