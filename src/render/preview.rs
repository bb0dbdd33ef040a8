//! An import beside its file, as a web page.

use serde::Serialize;
use tera::Context;

use crate::document::{Genre, Preview};

use super::{TemplateError, Templates};

/// What the style sheet of all pages asks for: two sides want a page on its side.
#[derive(Serialize)]
struct Head<'a> {
    title: String,
    council: Option<()>,
    genre: Genre,
    version: &'a str,
    status: &'static str,
    pending: bool,
}

/// The preview as one self-contained web page.
///
/// # Errors
/// When a template does not fit.
pub fn to_html(preview: &Preview, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let head = Head {
        title: format!("Import of {}", preview.file),
        council: None,
        genre: Genre::Comparison,
        version: &preview.title,
        status: "import",
        pending: false,
    };
    let mut context = Context::new();
    context.insert("document", &head);
    context.insert("preview", preview);
    templates.render("html/preview.html", &context).map(String::into_bytes)
}
