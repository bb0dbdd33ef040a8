//! CommonMark in which every renderer shows the printed numbers: they are words, not list markers.

use tera::Context;

use crate::document::{Block, Column, Compared, Document, ListItem, Mark, Marked, Registered, Signatory};
use crate::model::{Cell, Inline};
use crate::read::markdown::{self, Dialect, escape, inlines};

use super::{TemplateError, Templates};

pub(super) fn render(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let mut context = Context::new();
    context.insert("title", &document.title);
    context.insert("status", document.status);
    context.insert("version", &document.version);
    context.insert("body", &joined(&document.blocks, Bullet::Hyphen));
    templates.render("markdown/document.md", &context).map(String::into_bytes)
}

/// The sign of a list's items. Another sign begins another list, so neighbours take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bullet {
    Hyphen,
    Asterisk,
}

impl Bullet {
    fn other(self) -> Self {
        if self == Self::Hyphen { Self::Asterisk } else { Self::Hyphen }
    }

    fn sign(self) -> char {
        if self == Self::Hyphen { '-' } else { '*' }
    }
}

/// Blocks with a blank line between; `bullet` is the sign of a list that comes first.
fn joined(blocks: &[Block], bullet: Bullet) -> String {
    let mut written = Vec::new();
    let mut bullet = bullet;
    let mut after_list = false;
    // A picture has no place among words; what it shows stands in the register's rows.
    for inner in blocks.iter().filter(|block| !matches!(block, Block::Timeline(_))) {
        if !begins_with_list(inner) {
            bullet = Bullet::Hyphen;
        } else if after_list {
            bullet = bullet.other();
        }
        written.push(block(inner, bullet));
        after_list = ends_with_list(inner);
    }
    written.join("\n\n")
}

fn begins_with_list(block: &Block) -> bool {
    match block {
        Block::List { .. } | Block::Schedule { .. } | Block::SideBySide { .. } => true,
        Block::Table { caption: None, in_text: false, .. } => true,
        Block::Register { .. } => true,
        Block::Clause { number: None, blocks, .. } | Block::Notes { blocks } => {
            blocks.first().is_some_and(begins_with_list)
        }
        _ => false,
    }
}

fn ends_with_list(block: &Block) -> bool {
    match block {
        Block::List { .. } | Block::Schedule { .. } | Block::SideBySide { .. } => true,
        Block::Table { in_text: false, .. } => true,
        Block::Register { .. } => true,
        Block::Clause { blocks, .. } | Block::Notes { blocks } => blocks.last().is_some_and(ends_with_list),
        _ => false,
    }
}

fn block(block: &Block, bullet: Bullet) -> String {
    match block {
        Block::Title { text } => format!("# {}", inside_heading(text)),
        Block::Lines { lines, .. } => lines.iter().map(|line| words(line)).collect::<Vec<_>>().join("\\\n"),
        Block::Heading { level, number, text, .. } => {
            let words: Vec<String> = number.iter().chain(text).map(|part| inside_heading(part)).collect();
            format!("{} {}", "#".repeat(usize::from(*level)), words.join(" "))
        }
        Block::Clause { number, blocks, .. } => labelled(number.as_deref(), blocks, bullet),
        Block::Paragraph { content, .. } => inlines(content, Dialect::Published),
        Block::List { items, .. } => list(items, bullet),
        Block::Table { in_text: true, header, rows, .. } => markdown::table(header, rows, Dialect::Published),
        Block::Table { caption, header, rows, .. } => table(caption.as_deref(), header, rows, bullet),
        Block::Schedule { left, right, reason, rows } => {
            rows.iter().map(|row| compared(row, left, right, Some(reason), bullet)).collect::<Vec<_>>().join("\n")
        }
        Block::SideBySide { left, right, rows } => {
            rows.iter().map(|row| compared(row, left, right, None, bullet)).collect::<Vec<_>>().join("\n")
        }
        Block::Notes { blocks } => joined(blocks, bullet),
        Block::Register { rows, .. } => rows.iter().map(|row| registered(row, bullet)).collect::<Vec<_>>().join("\n"),
        Block::Timeline(_) => String::new(),
        Block::Signatures { signatures } => signatures.iter().map(signature).collect::<Vec<_>>().join("\n\n"),
    }
}

/// Blocks whose first paragraph begins with a printed number, in bold.
fn labelled(number: Option<&str>, blocks: &[Block], bullet: Bullet) -> String {
    let Some(number) = number else {
        return joined(blocks, bullet);
    };
    let number = format!("**{}**", escape(number, false, Dialect::Published));
    match blocks.split_first() {
        Some((Block::Paragraph { content, .. }, [])) => format!("{number} {}", inlines(content, Dialect::Published)),
        Some((Block::Paragraph { content, .. }, rest)) => {
            let first = inlines(content, Dialect::Published);
            format!("{number} {first}\n\n{}", joined(rest, Bullet::Hyphen))
        }
        _ => format!("{number}\n\n{}", joined(blocks, Bullet::Hyphen)),
    }
}

fn list(items: &[ListItem], bullet: Bullet) -> String {
    let written: Vec<String> = items.iter().map(|written| item(written, bullet)).collect();
    let apart = written.iter().any(|item| item.contains("\n\n"));
    written.join(if apart { "\n\n" } else { "\n" })
}

/// An item with its printed label, if any, as words after the bullet, its closing sign escaped so that no renderer makes a
/// list of its own of it.
fn item(item: &ListItem, bullet: Bullet) -> String {
    let label = item.label.as_ref().map(|label| {
        let (open, close) = label.split_at(label.len() - 1);
        format!("{open}\\{close}")
    });
    let mut content = label.unwrap_or_default();
    for (at, inner) in item.blocks.iter().enumerate() {
        let separator = match inner {
            _ if content.is_empty() => "",
            // A table cannot stand on one line with a label.
            Block::Table { .. } => "\n\n",
            _ if at == 0 => " ",
            Block::List { .. } if at == 1 && item.blocks.len() == 2 => "\n",
            _ => "\n\n",
        };
        content = content + separator + &block(inner, Bullet::Hyphen);
    }
    let lines: Vec<String> = content
        .trim_end()
        .lines()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                format!("{} {line}", bullet.sign())
            } else if line.is_empty() {
                String::new()
            } else {
                format!("  {line}")
            }
        })
        .collect();
    lines.join("\n")
}

/// CommonMark has no tables, and facts are short: a bullet for each row, its label in bold.
fn table(caption: Option<&str>, header: &[Cell], rows: &[Vec<Cell>], bullet: Bullet) -> String {
    let bullet = bullet.sign();
    let strong_cell = |cell: &Cell| inlines(&[Inline::Strong { content: cell.clone() }], Dialect::Published);
    let row = |cells: &[Cell]| {
        let cells = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(at, cell)| if at == 0 { strong_cell(cell) } else { inlines(cell, Dialect::Published) });
        format!("{bullet} {}", cells.collect::<Vec<_>>().join(" "))
    };
    let heading = Some(header).filter(|header| !header.is_empty()).map(|cells| {
        let cells = cells.iter().map(strong_cell);
        format!("{bullet} {}", cells.collect::<Vec<_>>().join(" "))
    });
    let rows: Vec<String> = heading.into_iter().chain(rows.iter().map(|cells| row(cells))).collect();
    let caption = caption.map(strong);
    caption.into_iter().chain([rows.join("\n")]).collect::<Vec<_>>().join("\n\n")
}

/// A row of a comparison: a bullet with what is true of it, and under it what stands on each side. Words that go are struck
/// through, as most renderers show it; those that come are bold.
fn compared(row: &Compared, left: &str, right: &str, reason: Option<&str>, bullet: Bullet) -> String {
    let sign = bullet.sign();
    let numbers = |column: &Option<Column>| column.as_ref().map(|column| column.numbers.join(" + "));
    let places = match (numbers(&row.left), numbers(&row.right)) {
        (Some(left), Some(right)) if left != right => format!("{left} → {right}"),
        (left, right) => right.or(left).unwrap_or_default(),
    };
    let mut lines = vec![format!("{sign} {}", strong(&format!("{places}: {}", row.kinds.join("; "))))];
    for (name, column) in [(left, &row.left), (right, &row.right)] {
        if let Some(column) = column {
            lines.push(format!(
                "  {sign} {} {}: {}",
                words(name),
                words(&column.numbers.join(" + ")),
                marked(&column.words)
            ));
        }
    }
    if let Some(reason) = reason {
        lines.extend(row.why.iter().map(|why| format!("  {sign} Why: {}", words(why))));
        lines.push(format!("  {sign} {reason}:"));
    }
    lines.join("\n")
}

/// A row of the register: a bullet with the document and its state, and under it when it is due and what was done with it.
fn registered(row: &Registered, bullet: Bullet) -> String {
    let sign = bullet.sign();
    let council = row.council.as_ref().map(|council| format!("{}, ", words(council))).unwrap_or_default();
    let title = match &row.link {
        Some(link) => {
            let content = vec![Inline::Words { text: row.title.clone() }];
            inlines(&[Inline::Link { url: link.clone(), content }], Dialect::Published)
        }
        None => words(&row.title),
    };
    let due = row.due.iter().map(|due| format!("due {due}")).chain(row.notes.clone()).map(|note| words(&note));
    let mut lines = vec![format!("{sign} {}: {council}{title} ({})", strong(&row.word), words(&row.address))];
    let due: Vec<String> = due.collect();
    lines.extend((!due.is_empty()).then(|| format!("  {sign} {}", due.join("; "))));
    let history: Vec<String> = row.history.iter().map(|line| words(line)).collect();
    lines.extend((!history.is_empty()).then(|| format!("  {sign} {}", history.join("; "))));
    lines.join("\n")
}

fn marked(parts: &[Marked]) -> String {
    let part = |part: &Marked| {
        let sign = match part.mark {
            Mark::Kept => "",
            Mark::Deleted => "~~",
            Mark::Inserted => "**",
        };
        // White space inside the signs would make them plain signs.
        let bare = part.text.trim();
        let escaped = escape(&bare.replace('\n', " / "), false, Dialect::Published);
        let (before, after) = match part.text.find(bare) {
            Some(at) if !bare.is_empty() => (&part.text[..at], &part.text[at + bare.len()..]),
            _ => (part.text.as_str(), ""),
        };
        let blank = |space: &str| {
            if space.contains('\n') {
                " / "
            } else if space.is_empty() {
                ""
            } else {
                " "
            }
        };
        if bare.is_empty() {
            blank(before).to_owned()
        } else {
            format!("{}{sign}{escaped}{sign}{}", blank(before), blank(after))
        }
    };
    parts.iter().map(part).collect()
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
