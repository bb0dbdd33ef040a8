//! Findings for reading: the line itself, a caret under the place, what was expected and how to put it right.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, printable};

/// The width of the text, in columns.
const WIDTH: usize = 100;

/// All findings, one after the other, with a blank line between.
pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH);
    let each = diagnostics.iter().map(|diagnostic| one(diagnostic, &renderer));
    each.collect::<Vec<_>>().join("\n\n") + if diagnostics.is_empty() { "" } else { "\n" }
}

fn one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let message = printable(&diagnostic.message);
    let label = printable(&diagnostic.label);
    let title = level.primary_title(message.as_str()).id(diagnostic.code.id);
    let excerpt = diagnostic.origin.as_ref().map(Excerpt::of);
    let mut group = match (&excerpt, &diagnostic.origin) {
        (Some(excerpt), Some(origin)) => {
            let annotation = AnnotationKind::Primary.span(excerpt.span.clone());
            let annotation = if label.is_empty() { annotation } else { annotation.label(label.as_str()) };
            let snippet = Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.line)
                .path(printable(&origin.source.path))
                .annotation(annotation);
            title.element(snippet)
        }
        _ => Group::with_title(title),
    };
    let help = diagnostic.help.as_deref().map(printable);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The line of the place, its characters made harmless one by one, so that columns stay what they are.
struct Excerpt {
    text: String,
    span: std::ops::Range<usize>,
    line: usize,
}

impl Excerpt {
    fn of(origin: &super::Origin) -> Self {
        let all = &*origin.source.text;
        let line_start = all[..origin.span.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = all[origin.span.start..].find('\n').map_or(all.len(), |at| origin.span.start + at);
        let end = origin.span.end.clamp(origin.span.start, line_end);
        let mut text = printable(&all[line_start..origin.span.start]);
        let start = text.len();
        text.push_str(&printable(&all[origin.span.start..end]));
        let span = start..text.len();
        text.push_str(&printable(all[end..line_end].trim_end_matches('\r')));
        Self { text, span, line: origin.start().0 }
    }
}
