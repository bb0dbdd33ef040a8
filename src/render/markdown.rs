//! CommonMark in which every renderer shows the printed numbers: they are words, not list markers.

use tera::Context;

use crate::document::{Block, ListItem, Signatory};
use crate::read::markdown::{Dialect, escape, inlines};

use super::{Rendering, TemplateError};

pub(super) fn render(rendering: &Rendering<'_>) -> Result<Vec<u8>, TemplateError> {
    let body: Vec<String> = rendering.document.blocks.iter().map(block).collect();
    let mut context = Context::new();
    context.insert("title", &rendering.document.title);
    context.insert("status", rendering.document.status);
    context.insert("version", &rendering.document.version);
    context.insert("body", &body.join("\n\n"));
    rendering.templates.render("markdown/document.md", &context).map(String::into_bytes)
}

fn block(block: &Block) -> String {
    match block {
        Block::Title { text } => format!("# {}", inside_heading(text)),
        Block::Lines { lines, .. } => lines.iter().map(|line| words(line)).collect::<Vec<_>>().join("\\\n"),
        Block::Heading { level, number, text, .. } => {
            let words: Vec<String> = number.iter().chain(text).map(|part| inside_heading(part)).collect();
            format!("{} {}", "#".repeat(usize::from(*level)), words.join(" "))
        }
        Block::Clause { number, blocks, .. } => labelled(number.as_deref(), blocks),
        Block::Paragraph { content, .. } => inlines(content, Dialect::Published),
        Block::List { items, .. } => list(items),
        Block::Table { caption, header, rows } => table(caption.as_deref(), header, rows),
        Block::Notes { blocks } => joined(blocks),
        Block::Signatures { signatures } => signatures.iter().map(signature).collect::<Vec<_>>().join("\n\n"),
    }
}

fn joined(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// Blocks whose first paragraph begins with a printed number, in bold.
fn labelled(number: Option<&str>, blocks: &[Block]) -> String {
    let Some(number) = number else { return joined(blocks) };
    let number = format!("**{}**", escape(number, false, Dialect::Published));
    match blocks.split_first() {
        Some((Block::Paragraph { content, .. }, rest)) => {
            let first = format!("{number} {}", inlines(content, Dialect::Published));
            std::iter::once(first).chain(rest.iter().map(block)).collect::<Vec<_>>().join("\n\n")
        }
        _ => format!("{number}\n\n{}", joined(blocks)),
    }
}

fn list(items: &[ListItem]) -> String {
    let written: Vec<String> = items.iter().map(item).collect();
    let apart = written.iter().any(|item| item.contains("\n\n"));
    written.join(if apart { "\n\n" } else { "\n" })
}

/// An item with its printed label, if any, as words after the bullet, its closing sign escaped so that no renderer makes a
/// list of its own of it.
fn item(item: &ListItem) -> String {
    let label = item.label.as_ref().map(|label| {
        let (open, close) = label.split_at(label.len() - 1);
        format!("{open}\\{close} ")
    });
    let mut content = label.unwrap_or_default();
    for (at, inner) in item.blocks.iter().enumerate() {
        let separator = match inner {
            _ if at == 0 => "",
            Block::List { .. } if at == 1 && item.blocks.len() == 2 => "\n",
            _ => "\n\n",
        };
        content = content + separator + &block(inner);
    }
    let lines: Vec<String> = content
        .trim_end()
        .lines()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                format!("- {line}")
            } else if line.is_empty() {
                String::new()
            } else {
                format!("  {line}")
            }
        })
        .collect();
    lines.join("\n")
}

/// CommonMark has no tables: a bullet for each row, its label in bold.
fn table(caption: Option<&str>, header: &[String], rows: &[Vec<String>]) -> String {
    let row = |cells: &[String]| {
        let cells = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(at, cell)| if at == 0 { strong(cell) } else { words(cell) });
        format!("- {}", cells.collect::<Vec<_>>().join(" "))
    };
    let heading = Some(header).filter(|header| !header.is_empty()).map(|cells| {
        let cells = cells.iter().map(|cell| strong(cell));
        format!("- {}", cells.collect::<Vec<_>>().join(" "))
    });
    let rows: Vec<String> = heading.into_iter().chain(rows.iter().map(|cells| row(cells))).collect();
    let caption = caption.map(strong);
    caption.into_iter().chain([rows.join("\n")]).collect::<Vec<_>>().join("\n\n")
}

fn strong(text: &str) -> String {
    format!("**{}**", escape(text, false, Dialect::Published))
}

fn signature(signatory: &Signatory) -> String {
    let blank = |count: usize| "\\_".repeat(count);
    let who = match &signatory.name {
        Some(name) => format!("{}, {}", words(name), words(&signatory.role)),
        None => words(&signatory.role),
    };
    format!("Signed {} Date {}\\\n{who}", blank(40), blank(20))
}

fn words(text: &str) -> String {
    escape(text, true, Dialect::Published)
}

/// Words in a heading: a closing run of `#` would be dropped.
fn inside_heading(text: &str) -> String {
    let escaped = words(text);
    match escaped.strip_suffix('#') {
        Some(before) if !before.ends_with('\\') => format!("{before}\\#"),
        _ => escaped,
    }
}
