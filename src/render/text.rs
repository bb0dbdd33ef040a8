//! Plain text: wrapped for reading, numbers hanging.

use tera::Context;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::document::{Block, Compared, Document, ListItem, Mark, Marked, Registered, Signatory};
use crate::model::{Cell, Inline, plain};

use super::{TemplateError, Templates};

/// The width of a line, in columns.
const WIDTH: usize = 80;

/// How far list items are indented below the words over them, in columns.
const STEP: usize = 2;

/// The longest label that hangs before its words, in columns: room for `Article 12.`
const LONGEST_HANGING: usize = 12;

/// The narrowest column for clause numbers: room for `10.12 `.
const NUMBER_WIDTH: usize = 6;

pub(super) fn render(document: &Document, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let mut paragraphs = Vec::new();
    for block in &document.blocks {
        push_block(block, 0, &mut paragraphs);
    }
    let mut context = Context::new();
    context.insert("title", &document.title);
    context.insert("status", document.status);
    context.insert("version", &document.version);
    context.insert("body", &paragraphs.join("\n\n"));
    templates.render("text/document.txt", &context).map(String::into_bytes)
}

/// Adds a block's paragraphs, each of one or more lines, indented.
fn push_block(block: &Block, indent: usize, paragraphs: &mut Vec<String>) {
    match block {
        Block::Title { text } => paragraphs.push(fill(text, indent, 0)),
        Block::Lines { lines, .. } => {
            let lines: Vec<_> = lines.iter().map(|line| fill(line, indent, 0)).collect();
            paragraphs.push(lines.join("\n"));
        }
        Block::Heading { number, text, .. } => {
            let words: Vec<&str> = number.iter().chain(text).map(String::as_str).collect();
            let hang = number.as_ref().filter(|_| text.is_some()).map_or(0, |number| number.chars().count() + 1);
            paragraphs.push(fill(&words.join(" "), indent, hang));
        }
        Block::Clause { number: None, blocks, .. } => push_blocks(blocks, indent, paragraphs),
        Block::Clause { number: Some(number), blocks, .. } => {
            push_labelled(number, NUMBER_WIDTH, blocks, indent, paragraphs)
        }
        Block::Paragraph { content, .. } => paragraphs.push(fill(&words(content), indent, 0)),
        Block::List { items, .. } => push_list(items, indent + STEP, paragraphs),
        Block::Table { caption, header, rows, .. } => {
            paragraphs.extend(caption.as_deref().map(|caption| fill(caption, indent, 0)));
            paragraphs.push(table(header, rows, indent));
        }
        Block::Notes { blocks } => push_blocks(blocks, indent, paragraphs),
        Block::Schedule { left, right, rows, .. } | Block::SideBySide { left, right, rows } => {
            paragraphs.extend(rows.iter().map(|row| compared(row, left, right, indent)));
        }
        Block::Register { rows, .. } => paragraphs.extend(rows.iter().map(|row| registered(row, indent))),
        // A picture has no place among words; what it shows stands in the register's rows.
        Block::Timeline(_) => {}
        Block::Signatures { signatures } => {
            paragraphs.extend(signatures.iter().map(|signatory| signature(signatory, indent)));
        }
    }
}

fn push_blocks(blocks: &[Block], indent: usize, paragraphs: &mut Vec<String>) {
    for block in blocks {
        push_block(block, indent, paragraphs);
    }
}

/// Blocks with a label hanging before the first line; a label too long to hang stands on a line of its own.
fn push_labelled(label: &str, least: usize, blocks: &[Block], indent: usize, paragraphs: &mut Vec<String>) {
    let width = label.chars().count();
    let hangs = width <= LONGEST_HANGING && !starts_without_words(blocks);
    let hang = if hangs { least.max(width + 1) } else { least.max(STEP) };
    let first = paragraphs.len();
    push_blocks(blocks, indent + hang, paragraphs);
    match paragraphs.get_mut(first).filter(|words| hangs && words.len() > indent + hang) {
        Some(paragraph) => paragraph.replace_range(..indent + hang, &format!("{:indent$}{label:hang$}", "")),
        None => paragraphs.insert(first, format!("{:indent$}{label}", "")),
    }
}

fn starts_without_words(blocks: &[Block]) -> bool {
    matches!(blocks.first(), Some(Block::List { .. } | Block::Table { .. }))
}

/// A list's items close together, unless one of them has several paragraphs.
fn push_list(items: &[ListItem], indent: usize, paragraphs: &mut Vec<String>) {
    let mut of_items = Vec::new();
    let mut apart = false;
    for item in items {
        let mut own = Vec::new();
        let label = item.label.as_deref().unwrap_or("•");
        push_labelled(label, 0, &item.blocks, indent, &mut own);
        apart |= own.len() > 1;
        of_items.extend(own);
    }
    if apart {
        paragraphs.extend(of_items);
    } else {
        paragraphs.push(of_items.join("\n"));
    }
}

/// A line for each row, in columns where there is room; a kept line break is a space.
fn table(header: &[Cell], rows: &[Vec<Cell>], indent: usize) -> String {
    let header = Some(header).filter(|header| !header.is_empty());
    let all = header.into_iter().chain(rows.iter().map(Vec::as_slice));
    let all: Vec<Vec<String>> = all.map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let columns = all.iter().map(|row| row.len()).max().unwrap_or(0);
    let width = |column: usize| {
        all.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let fits = indent + widths.iter().sum::<usize>() + 2 * columns <= WIDTH;
    let lines =
        all.iter().map(|row| if fits { aligned(row, &widths, indent) } else { fill(&row.join("  "), indent, 4) });
    lines.collect::<Vec<_>>().join("\n")
}

fn aligned(row: &[String], widths: &[usize], indent: usize) -> String {
    let mut line = " ".repeat(indent);
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(&format!("{cell:width$}  "));
    }
    line.trim_end().to_owned()
}

/// A row of a comparison: what is true of it, and what stands on each side.
fn compared(row: &Compared, left: &str, right: &str, indent: usize) -> String {
    let mut lines = vec![fill(&row.kinds.join("; "), indent, 0)];
    for (name, column) in [(left, &row.left), (right, &row.right)] {
        if let Some(column) = column {
            let words: String = column.words.iter().map(marked).collect();
            lines.push(fill(&format!("{name} {}: {words}", column.numbers.join(" + ")), indent + STEP, STEP));
        }
    }
    lines.extend(row.why.iter().map(|why| fill(why, indent + STEP, STEP)));
    lines.join("\n")
}

/// A row of the register: the state, the document, when it is due and what was done with it.
fn registered(row: &Registered, indent: usize) -> String {
    let council = row.council.as_ref().map(|council| format!("{council}, ")).unwrap_or_default();
    let due = row.due.iter().map(|due| format!("due {due}")).chain(row.notes.clone()).collect::<Vec<_>>().join("; ");
    let first = fill(&format!("{}: {council}{} ({})", row.word, row.title, row.address), indent, STEP);
    let rest = [due, row.history.join("; ")].into_iter().filter(|line| !line.is_empty());
    std::iter::once(first).chain(rest.map(|line| fill(&line, indent + STEP, STEP))).collect::<Vec<_>>().join("\n")
}

fn marked(part: &Marked) -> String {
    match part.mark {
        Mark::Kept => part.text.clone(),
        Mark::Deleted => format!("[-{}-]", part.text),
        Mark::Inserted => format!("{{+{}+}}", part.text),
    }
}

fn signature(signatory: &Signatory, indent: usize) -> String {
    let who = match &signatory.name {
        Some(name) => format!("{name}, {}", signatory.role),
        None => signatory.role.clone(),
    };
    let lines = [format!("Signed {:_<40}  Date {:_<20}", "", ""), who];
    lines.map(|line| fill(&line, indent, 0)).join("\n")
}

/// Words wrapped to the width, all lines indented, those after the first by `hang` more. No word is broken.
fn fill(text: &str, indent: usize, hang: usize) -> String {
    let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hang));
    let options = Options::new(WIDTH.max(indent + hang + 20))
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let lines = text.split('\n').flat_map(|line| textwrap::wrap(line, &options));
    lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Plain words; kept line breaks stay. Of a link, the words are printed, as on paper.
fn words(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Words { text: words } => text.push_str(words),
            Inline::Break => text.push('\n'),
            Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } => {
                text.push_str(&words(content))
            }
        }
    }
    text
}
