//! The templates: those built in, or the user's in their place.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tera::{Context, ErrorKind, Tera};
use thiserror::Error;

use crate::diagnostics::printable;

/// The templates built in, by the path under `templates/` at which a file of the user's takes their place.
pub static OVERRIDABLE: &[(&str, &str)] = &[
    ("html/page.html", include_str!("../../templates/html/page.html")),
    ("html/blocks.html", include_str!("../../templates/html/blocks.html")),
    ("html/matrix.html", include_str!("../../templates/html/matrix.html")),
    ("html/matrix-body.html", include_str!("../../templates/html/matrix-body.html")),
    ("html/matrix.css", include_str!("../../templates/html/matrix.css")),
    ("html/matrix.js", include_str!("../../templates/html/matrix.js")),
    ("html/preview.html", include_str!("../../templates/html/preview.html")),
    ("html/preview.css", include_str!("../../templates/html/preview.css")),
    ("html/style.css", include_str!("../../templates/html/style.css")),
    ("site/changes.html", include_str!("../../templates/site/changes.html")),
    ("site/commands.html", include_str!("../../templates/site/commands.html")),
    ("site/compared.html", include_str!("../../templates/site/compared.html")),
    ("site/council.html", include_str!("../../templates/site/council.html")),
    ("site/document.html", include_str!("../../templates/site/document.html")),
    ("site/findings.html", include_str!("../../templates/site/findings.html")),
    ("site/home.html", include_str!("../../templates/site/home.html")),
    ("site/index.hbs", include_str!("../../templates/site/index.hbs")),
    ("site/kinds.html", include_str!("../../templates/site/kinds.html")),
    ("site/matrix.html", include_str!("../../templates/site/matrix.html")),
    ("site/pages.html", include_str!("../../templates/site/pages.html")),
    ("site/register.html", include_str!("../../templates/site/register.html")),
    ("site/rules.html", include_str!("../../templates/site/rules.html")),
    ("site/site.js", include_str!("../../templates/site/site.js")),
    ("site/style.css", include_str!("../../templates/site/style.css")),
    ("site/toc.html.hbs", include_str!("../../templates/site/toc.html.hbs")),
    ("markdown/document.md", include_str!("../../templates/markdown/document.md")),
    ("text/document.txt", include_str!("../../templates/text/document.txt")),
    ("agenda/item.md", include_str!("../../templates/agenda/item.md")),
    ("docx/styles.xml", include_str!("../../templates/docx/styles.xml")),
    ("pdf/document.typ", include_str!("../../templates/pdf/document.typ")),
    ("pdf/blocks.typ", include_str!("../../templates/pdf/blocks.typ")),
    ("pdf/redline.typ", include_str!("../../templates/pdf/redline.typ")),
    ("new/document.toml", include_str!("../../templates/new/document.toml")),
];

/// A template that does not fit: what is wrong, with its file, line and column.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct TemplateError(String);

impl TemplateError {
    pub(super) fn new(message: String) -> Self {
        Self(message)
    }
}

/// All templates, parsed.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// Those that are not Tera's, as they are: Typst and mdBook read them.
    texts: BTreeMap<&'static str, String>,
}

impl Templates {
    /// The built-in templates, with `overrides` (by path under `templates/`) in place of those of the same name.
    ///
    /// # Errors
    /// When one of the overrides is not a template, or has a name that no template has.
    pub fn new(overrides: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        if let Some(name) = overrides.keys().find(|name| !OVERRIDABLE.iter().any(|(known, _)| known == name)) {
            let known: Vec<_> = OVERRIDABLE.iter().map(|(name, _)| *name).collect();
            let known = known.join(", ");
            let name = printable(name);
            return Err(TemplateError(format!(
                "templates/{name} takes the place of no template: remove it, or give it one of these names: {known}"
            )));
        }
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.register_filter("css_string", |text: &str, _: tera::Kwargs, _: &tera::State| css_string(text));
        let chosen = OVERRIDABLE.iter().map(|(name, built_in)| {
            let text = overrides.get(*name).map_or(*built_in, String::as_str);
            (*name, text)
        });
        let (texts, templates): (Vec<_>, Vec<_>) = chosen.partition(|(name, _)| is_foreign(name));
        tera.add_raw_templates(templates).map_err(|error| explain(&error))?;
        Ok(Self { tera, texts: texts.into_iter().map(|(name, text)| (name, text.to_owned())).collect() })
    }

    /// The TOML of a first draft with that title.
    ///
    /// # Errors
    /// When the template does not fit.
    pub fn first_draft(&self, title: &str) -> Result<String, TemplateError> {
        let mut context = Context::new();
        context.insert("title", &toml::Value::from(title).to_string());
        self.render("new/document.toml", &context)
    }

    /// The text of a template that is not Tera's.
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    pub(super) fn render(&self, name: &str, context: &Context) -> Result<String, TemplateError> {
        self.tera.render(name, context).map_err(|error| explain(&error))
    }
}

/// Whether a template is read by another program than Tera: Typst, or Handlebars in mdBook.
fn is_foreign(name: &str) -> bool {
    name.ends_with(".typ") || name.ends_with(".hbs")
}

/// A string for use between quotes in CSS: everything but letters and digits as an escape, so that nothing can end it.
fn css_string(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            escaped.push(c);
        } else {
            let _ = write!(escaped, "\\{:06x}", u32::from(c));
        }
    }
    escaped
}

fn explain(error: &tera::Error) -> TemplateError {
    TemplateError(match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let (line, column) = (span.start_line, span.start_col + 1);
            format!("templates/{}:{line}:{column}: {}", report.filename(), report.message())
        }
        _ => {
            // Faults across several templates come as a report of their own, which names files and lines.
            let mut text = format!("in the templates, {}", error.to_string().replace("--> ", "--> templates/"));
            let mut cause = std::error::Error::source(error);
            while let Some(inner) = cause {
                let _ = write!(text, ": {inner}");
                cause = inner.source();
            }
            text
        }
    })
}
