//! Pages of the site: what stands in their middle, and the theme around it.
//!
//! Here templates are filled. What is on which page, and where, is for [`crate::document`] and the site to say.

use serde::Serialize;
use tera::Context;

use crate::document::{Block, Document, Genre, MatrixTable};

use super::{TemplateError, Templates, html, matrix};

/// A block of a document, as the site shows it.
#[derive(Serialize)]
struct Item<'a> {
    block: &'a Block,
    /// The heading it stands under: what is found in it is told by that, too.
    under: Option<String>,
    /// The level below that heading, which is the number's of a clause where that is a heading to the index of words.
    below: u8,
}

/// What the style sheet of all pages asks for.
#[derive(Serialize)]
struct Plain {
    title: &'static str,
    council: Option<()>,
    genre: Genre,
    version: &'static str,
    status: &'static str,
    pending: bool,
}

/// The middle of a page, by its template; `page` is what the template shows, under that name.
///
/// # Errors
/// When the template does not fit.
pub fn page(templates: &Templates, template: &str, page: &impl Serialize) -> Result<String, TemplateError> {
    let mut context = Context::new();
    context.insert("page", page);
    templates.render(template, &context)
}

/// The middle of a page that publishes a document.
///
/// # Errors
/// When the template does not fit.
pub fn document(
    templates: &Templates,
    template: &str,
    document: &Document,
    page: &impl Serialize,
) -> Result<String, TemplateError> {
    let mut context = html::context(document);
    context.insert("page", page);
    context.insert("items", &items(document));
    context.insert("titled", &document.blocks.iter().any(|block| matches!(block, Block::Title { .. })));
    templates.render(template, &context)
}

/// The middle of the page of a matrix.
///
/// # Errors
/// When the template does not fit.
pub fn matrix_page(
    templates: &Templates,
    template: &str,
    table: &MatrixTable,
    page: &impl Serialize,
) -> Result<String, TemplateError> {
    let mut context = matrix::context(table);
    context.insert("page", page);
    templates.render(template, &context)
}

/// A file beside the pages that is made of a template: a style sheet or a script.
///
/// # Errors
/// When the template does not fit.
pub fn file(templates: &Templates, template: &str) -> Result<String, TemplateError> {
    let plain = Plain { title: "", council: None, genre: Genre::Protocol, version: "", status: "", pending: false };
    let mut context = Context::new();
    context.insert("document", &plain);
    templates.render(template, &context)
}

/// mdBook's theme: the files of it that are ours, by their names there.
pub fn theme(templates: &Templates) -> Vec<(&'static str, String)> {
    let ours = |name: &'static str| (name, templates.text(&format!("site/{name}")).to_owned());
    // mdBook brings typefaces unless a theme has its own; the pages ask for none.
    vec![ours("index.hbs"), ours("toc.html.hbs"), ("fonts/fonts.css", String::new())]
}

fn items(document: &Document) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut last: Option<String> = None;
    let mut below = 2;
    for block in &document.blocks {
        items.push(Item { block, under: last.clone(), below });
        if let Block::Heading { number, text, level, .. } = block {
            below = (level + 1).min(6);
            let words: Vec<&str> = number.iter().chain(text.iter()).map(String::as_str).collect();
            last = Some(words.join(" "));
        }
    }
    items
}
