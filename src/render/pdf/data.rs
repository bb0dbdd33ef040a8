//! What the templates are given: the document as a tree of blocks, and what stands around it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::document::{Block, Document, Genre, shortened};
use crate::model::Inline;

use super::super::flow::marks::{Mark, MarkedParagraph, MarkedRow, MarkedTable, Part};
use super::super::flow::{Look, Paragraph, Piece};

/// As much of a title, or a name, as fits on the line above the text.
const LONGEST_RUNNING: usize = 60;

/// The date of files whose document has none. The clock is not asked: two files are the same whenever they are made.
const UNDATED: Date = jiff::civil::date(2000, 1, 1);

/// The data of one file.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) running: Running,
    /// Year, month and day; PDF/A wants a date, whether the document has one or not.
    pub(super) dated: (i16, i8, i8),
    /// The word across every page of what is not adopted.
    pub(super) watermark: Option<String>,
    /// The anchors that links of the document lead to, of those there are.
    pub(super) targets: BTreeSet<&'a str>,
    /// The right document of a comparison, with what changed.
    pub(super) redline: Option<Redlined>,
}

/// What stands above and below the text of every page, beside the number of the page.
#[derive(Debug, Serialize)]
pub(super) struct Running {
    left: String,
    right: String,
    foot: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let (mut anchors, mut links) = (BTreeSet::new(), BTreeSet::new());
        let dated = document.dated.unwrap_or(UNDATED);
        blocks(&document.blocks, &mut anchors, &mut links);
        Self {
            document,
            running: Running::new(document),
            dated: (dated.year(), dated.month(), dated.day()),
            watermark: watermark(document),
            targets: links.intersection(&anchors).copied().collect(),
            redline: None,
        }
    }

    /// Says on every page that the document inside it is not adopted, if it is not.
    pub(super) fn with_status_of(self, inside: &Document) -> Self {
        let running = Running { right: with_status(inside, &self.running.right), ..self.running };
        Self { running, watermark: watermark(inside), ..self }
    }
}

/// A title under the word for what is not adopted.
fn with_status(document: &Document, title: &str) -> String {
    if document.pending { format!("{}: {title}", document.status.to_uppercase()) } else { title.to_owned() }
}

fn watermark(document: &Document) -> Option<String> {
    document.pending.then(|| document.status.to_uppercase())
}

impl Running {
    fn new(document: &Document) -> Self {
        let title = shortened(&document.title, LONGEST_RUNNING);
        let council = document.council.as_ref().map(|council| shortened(&council.name, LONGEST_RUNNING));
        let version = shortened(&document.version, 2 * LONGEST_RUNNING);
        Self {
            left: council.unwrap_or_default(),
            right: with_status(document, &title),
            foot: if document.genre == Genre::Protocol { format!("Version {version}") } else { version },
        }
    }
}

/// Collects where links may lead and where they do lead.
fn blocks<'a>(all: &'a [Block], anchors: &mut BTreeSet<&'a str>, links: &mut BTreeSet<&'a str>) {
    for block in all {
        match block {
            Block::Heading { anchor, .. } => {
                anchors.insert(anchor);
            }
            Block::Clause { anchor, blocks: inner, .. } => {
                anchors.insert(anchor);
                blocks(inner, anchors, links);
            }
            Block::Paragraph { content, anchor, .. } => {
                anchors.extend(anchor.as_deref());
                inlines(content, links);
            }
            Block::List { items, .. } => {
                for item in items {
                    anchors.extend(item.anchor.as_deref());
                    blocks(&item.blocks, anchors, links);
                }
            }
            Block::Table { anchor, header, rows, .. } => {
                anchors.extend(anchor.as_deref());
                header.iter().chain(rows.iter().flatten()).for_each(|cell| inlines(cell, links));
            }
            Block::Notes { blocks: inner } => blocks(inner, anchors, links),
            _ => {}
        }
    }
}

fn inlines<'a>(content: &'a [Inline], links: &mut BTreeSet<&'a str>) {
    for inline in content {
        match inline {
            Inline::Words { .. } | Inline::Break => {}
            Inline::Emphasis { content } | Inline::Strong { content } => inlines(content, links),
            Inline::Link { url, content } => {
                links.extend(url.strip_prefix('#'));
                inlines(content, links);
            }
        }
    }
}

/// The right document of a comparison with what comes and goes.
#[derive(Debug, Serialize)]
pub(super) struct Redlined {
    parts: Vec<RedlinedPart>,
}

/// A heading, a paragraph, a run of list items, or a table.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum RedlinedPart {
    Heading { level: u8, pieces: Vec<RedlinedPiece>, note: Option<String> },
    Paragraph { style: &'static str, indent: u8, pieces: Vec<RedlinedPiece>, note: Option<String> },
    Items { style: &'static str, indent: u8, items: Vec<RedlinedItem> },
    Table { labelled: bool, header: Option<RedlinedRow>, rows: Vec<RedlinedRow>, note: Option<String> },
}

/// A row of a table, a list of pieces for each cell.
type RedlinedRow = Vec<Vec<RedlinedPiece>>;

/// A clause or list item: its number or bullet, and its paragraphs.
#[derive(Debug, Serialize)]
struct RedlinedItem {
    label: Vec<RedlinedPiece>,
    paragraphs: Vec<RedlinedItemParagraph>,
}

#[derive(Debug, Serialize)]
struct RedlinedItemParagraph {
    pieces: Vec<RedlinedPiece>,
    note: Option<String>,
}

/// Words, what becomes of them, and how they look.
#[derive(Debug, Serialize)]
struct RedlinedPiece {
    mark: &'static str,
    /// None for a line break.
    text: Option<String>,
    strong: bool,
    emphasis: bool,
    link: Option<String>,
}

/// The level of the heading above the redline; its own are below that.
const HEADING_LEVEL: u8 = 2;

/// The style of the line to sign on, in which tabs are places to write.
const SIGNATURE: &str = "Signature";

/// The deepest heading that PDF has a tag for.
const DEEPEST: u8 = 6;

impl Redlined {
    pub(super) fn new(parts: &[Part]) -> Self {
        let mut redlined = Self { parts: Vec::new() };
        let mut last = HEADING_LEVEL;
        for part in parts {
            match part {
                Part::Table(table) => redlined.parts.push(redlined_table(table)),
                Part::Paragraph(paragraph) => match level_of(paragraph.layout.style) {
                    Some(level) => {
                        last = (HEADING_LEVEL + level).min(last + 1).min(DEEPEST);
                        let (pieces, note) = (pieces(&paragraph.pieces, " "), note(&paragraph.comments));
                        redlined.parts.push(RedlinedPart::Heading { level: last, pieces, note });
                    }
                    None => redlined.paragraph(paragraph),
                },
            }
        }
        redlined
    }

    /// Adds a paragraph: as an item with its label, to the item before it, or by itself.
    fn paragraph(&mut self, paragraph: &MarkedParagraph) {
        let Paragraph { style, indent, .. } = paragraph.layout;
        let (label, words) = labelled(paragraph);
        if label.is_empty() && words.is_empty() && paragraph.mark == Mark::Kept {
            return;
        }
        let tab = if style == SIGNATURE { "\t" } else { " " };
        let (words, note) = (pieces(words, tab), note(&paragraph.comments));
        if !label.is_empty() {
            let item = RedlinedItem { label, paragraphs: vec![RedlinedItemParagraph { pieces: words, note }] };
            match self.parts.last_mut() {
                Some(RedlinedPart::Items { style: same, indent: alike, items })
                    if *same == style && *alike == indent =>
                {
                    items.push(item);
                }
                _ => self.parts.push(RedlinedPart::Items { style, indent, items: vec![item] }),
            }
            return;
        }
        match self.parts.last_mut() {
            Some(RedlinedPart::Items { style: before, indent: alike, items })
                if continues(before, style) && *alike == indent =>
            {
                if let Some(item) = items.last_mut() {
                    item.paragraphs.push(RedlinedItemParagraph { pieces: words, note });
                }
            }
            _ => self.parts.push(RedlinedPart::Paragraph { style, indent, pieces: words, note }),
        }
    }
}

/// Whether a paragraph of the one style continues an item of the other.
fn continues(item: &str, style: &str) -> bool {
    style.strip_suffix("Continued") == Some(if item == "ListBullet" { "Item" } else { item })
}

/// Title and headings.
fn level_of(style: &str) -> Option<u8> {
    match style {
        "Title" => Some(1),
        _ => style.strip_prefix("Heading")?.parse::<u8>().ok().map(|level| level + 1),
    }
}

/// The number, label or bullet of a paragraph, and its words.
fn labelled(paragraph: &MarkedParagraph) -> (Vec<RedlinedPiece>, &[(Mark, Piece)]) {
    let all = paragraph.pieces.as_slice();
    if paragraph.layout.bullet {
        let look = Look::default();
        return (vec![words_of(&paragraph.mark, "•", &look)], all);
    }
    let tab = all.iter().position(|(_, piece)| *piece == Piece::Tab);
    match tab.filter(|_| paragraph.layout.style != SIGNATURE) {
        Some(tab) => (pieces(&all[..tab], " "), &all[tab + 1..]),
        None => (Vec::new(), all),
    }
}

/// Pieces with what stands for a tab between words.
fn pieces(all: &[(Mark, Piece)], tab: &str) -> Vec<RedlinedPiece> {
    let piece = |(mark, piece): &(Mark, Piece)| match piece {
        Piece::Words { text, look } => words_of(mark, text, look),
        Piece::Tab => words_of(mark, tab, &Look::default()),
        Piece::Break => RedlinedPiece { text: None, ..words_of(mark, "", &Look::default()) },
    };
    all.iter().map(piece).collect()
}

fn words_of(mark: &Mark, text: &str, look: &Look) -> RedlinedPiece {
    RedlinedPiece {
        mark: name_of(mark),
        text: Some(text.to_owned()),
        strong: look.strong,
        emphasis: look.emphasis,
        link: look.link.clone().filter(|link| !link.starts_with('#')),
    }
}

fn name_of(mark: &Mark) -> &'static str {
    match mark {
        Mark::Kept => "kept",
        Mark::Inserted => "inserted",
        Mark::Deleted => "deleted",
        Mark::MovedFrom(_) => "moved-from",
        Mark::MovedTo(_) => "moved-to",
    }
}

fn redlined_table(table: &MarkedTable) -> RedlinedPart {
    let row = |row: &MarkedRow| row.cells.iter().map(|cell| pieces(cell, " ")).collect::<RedlinedRow>();
    RedlinedPart::Table {
        labelled: table.layout.labelled,
        header: table.header.as_ref().map(row),
        rows: table.rows.iter().map(row).collect(),
        note: note(&table.comments),
    }
}

fn note(comments: &[String]) -> Option<String> {
    // A comment's first line says what is true of the change, the others why.
    let mut comments: Vec<String> =
        comments.iter().map(|comment| comment.replacen('\n', ": ", 1).replace('\n', "; ")).collect();
    comments.dedup();
    (!comments.is_empty()).then(|| comments.join("; "))
}
