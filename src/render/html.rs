//! One self-contained web page, fit to print.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use tera::Context;

use crate::document::{Block, Document};

use super::{TemplateError, Templates};

/// The deepest heading in the list of contents.
const DEEPEST_IN_CONTENTS: u8 = 3;

/// A heading in the list of contents, with those under it.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    number: Option<&'a str>,
    text: Option<&'a str>,
    anchor: &'a str,
    level: u8,
    entries: Vec<Entry<'a>>,
}

pub(super) fn render(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    templates.render("html/page.html", &context(document)).map(String::into_bytes)
}

/// What the templates of a document ask for.
pub(super) fn context(document: &Document) -> Context {
    let mut context = Context::new();
    context.insert("document", document);
    context.insert("contents", &contents(document));
    context.insert("logo", &logo(document));
    context
}

/// The logo as a `data:` URL, so that the page asks for nothing from anywhere.
fn logo(document: &Document) -> Option<String> {
    let logo = document.council.as_ref()?.logo.as_ref()?;
    Some(format!("data:{};base64,{}", logo.media_type, STANDARD.encode(&logo.bytes)))
}

fn contents(document: &Document) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for block in &document.blocks {
        let Block::Heading { level, number, text, anchor } = block else { continue };
        if *level > DEEPEST_IN_CONTENTS {
            continue;
        }
        let entry =
            Entry { number: number.as_deref(), text: text.as_deref(), anchor, level: *level, entries: Vec::new() };
        match entries.last_mut() {
            Some(above) if above.level < *level => above.entries.push(entry),
            _ => entries.push(entry),
        }
    }
    entries
}
