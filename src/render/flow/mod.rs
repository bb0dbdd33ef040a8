//! Blocks as a page has them: paragraphs with a style and an indent, and tables, one after the other.
//!
//! [`mod@redline`] brings two such layouts together, with [`mod@marks`] for what comes and goes.

pub(super) mod marks;
pub(super) mod redline;

use crate::document::{Block, LinesRole, ListItem, Signatory};
use crate::model::{Cell, Inline};

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flow {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    /// The id of its style.
    pub(super) style: &'static str,
    /// How far it is indented beyond its style, in steps.
    pub(super) indent: u8,
    /// Whether it begins with a bullet.
    pub(super) bullet: bool,
    /// Whether it stays on one page with what follows.
    pub(super) keeps_next: bool,
    /// What links lead here by, where any may.
    pub(super) anchor: Option<String>,
    /// Its words.
    pub(super) pieces: Vec<Piece>,
}

impl Paragraph {
    /// The number or label with the tab after it, and the words.
    pub(super) fn labelled(&self) -> (&[Piece], &[Piece]) {
        let tab = self.pieces.iter().position(|piece| *piece == Piece::Tab);
        self.pieces.split_at(tab.filter(|at| *at == 1).map_or(0, |at| at + 1))
    }
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Piece {
    Words {
        text: String,
        look: Look,
    },
    /// To the next stop: after a number.
    Tab,
    /// To the next line.
    Break,
}

/// How words look, and where they lead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct Look {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    /// A web address, or `#` and an anchor.
    pub(super) link: Option<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// What links lead here by, where any may.
    pub(super) anchor: Option<String>,
    /// How far it is indented, in steps.
    pub(super) indent: u8,
    /// Whether its first column labels its rows.
    pub(super) labelled: bool,
    /// Its column headings; empty where it prints none.
    pub(super) header: Vec<Vec<Piece>>,
    pub(super) rows: Vec<Vec<Vec<Piece>>>,
}

/// The deepest clause number with a style of its own.
const DEEPEST: u8 = 4;

/// What is laid out so far, and where.
#[derive(Default)]
struct Layout {
    flow: Vec<Flow>,
    /// The style of running text here, and how far list items are indented.
    style: &'static str,
    indent: u8,
}

/// The blocks of a document, in order.
pub(super) fn flow(blocks: &[Block]) -> Vec<Flow> {
    let mut layout = Layout { style: "BodyText", ..Layout::default() };
    layout.blocks(blocks);
    layout.flow
}

impl Layout {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Title { text } => self.line("Title", text),
            Block::Lines { role, lines } => lines.iter().for_each(|line| self.line(style_of(*role), line)),
            Block::Heading { level, number, text, anchor } => {
                self.heading(*level, number.as_deref(), text.as_deref(), anchor);
            }
            Block::Clause { number, depth, anchor, blocks, .. } => {
                self.clause(number.as_deref(), *depth, anchor, blocks)
            }
            Block::Paragraph { content, anchor, .. } => self.paragraph(pieces(content), anchor.clone()),
            Block::List { items, .. } => items.iter().for_each(|item| self.item(item)),
            Block::Table { anchor, caption, labelled, header, rows, .. } => {
                if let Some(caption) = caption {
                    self.caption(caption);
                }
                self.table(anchor.clone(), *labelled, header, rows);
            }
            Block::Notes { blocks } => self.within("Note", 0, |layout| layout.blocks(blocks)),
            Block::Signatures { signatures } => signatures.iter().for_each(|signatory| self.signature(signatory)),
            // Comparisons and registers are not made into this format by way of blocks.
            Block::Schedule { .. } | Block::SideBySide { .. } | Block::Register { .. } | Block::Timeline(_) => {}
        }
    }

    fn push(&mut self, paragraph: Paragraph) {
        self.flow.push(Flow::Paragraph(paragraph));
    }

    fn line(&mut self, style: &'static str, text: &str) {
        self.push(Paragraph { style, pieces: vec![plain(text)], ..Paragraph::default() });
    }

    fn heading(&mut self, level: u8, number: Option<&str>, text: Option<&str>, anchor: &str) {
        let style = match level {
            0..=2 => "Heading1",
            3 => "Heading2",
            4 => "Heading3",
            5 => "Heading4",
            _ => "Heading5",
        };
        let pieces = labelled(number, text.map(plain).into_iter().collect());
        let anchor = Some(anchor.to_owned());
        self.push(Paragraph { style, keeps_next: true, anchor, pieces, ..Paragraph::default() });
    }

    /// A clause: its number hangs before its first paragraph, and everything after that is indented as far.
    fn clause(&mut self, number: Option<&str>, depth: u8, anchor: &str, blocks: &[Block]) {
        let Some(number) = number else {
            let first = self.flow.len();
            self.blocks(blocks);
            return self.name(first, anchor);
        };
        let (style, continued) = match depth.min(DEEPEST) {
            0..=2 => ("Clause", "ClauseContinued"),
            3 => ("Clause3", "Clause3Continued"),
            _ => ("Clause4", "Clause4Continued"),
        };
        let first = self.flow.len();
        self.within(continued, 0, |layout| layout.blocks(blocks));
        self.hang(first, style, number);
        self.name(first, anchor);
    }

    /// Hangs a label before the first paragraph from `first` on; where a list comes first, it stands alone.
    fn hang(&mut self, first: usize, style: &'static str, label: &str) {
        let within = self.flow.get(first).and_then(|flow| match flow {
            Flow::Paragraph(paragraph) => {
                Some(paragraph.style.starts_with("Clause") || paragraph.style == "ItemContinued")
            }
            Flow::Table(_) => None,
        });
        match self.flow.get_mut(first) {
            Some(Flow::Paragraph(paragraph)) if within == Some(true) => {
                paragraph.style = style;
                paragraph.pieces = labelled(Some(label), std::mem::take(&mut paragraph.pieces));
            }
            _ => {
                let label =
                    Paragraph { style, indent: self.indent, pieces: vec![strong(label)], ..Paragraph::default() };
                self.flow.insert(first, Flow::Paragraph(label));
            }
        }
    }

    /// Lets links lead to the first paragraph or table from `first` on.
    fn name(&mut self, first: usize, anchor: &str) {
        let named = self.flow.get_mut(first).map(|flow| match flow {
            Flow::Paragraph(paragraph) => &mut paragraph.anchor,
            Flow::Table(table) => &mut table.anchor,
        });
        if let Some(named) = named {
            named.get_or_insert_with(|| anchor.to_owned());
        }
    }

    fn paragraph(&mut self, pieces: Vec<Piece>, anchor: Option<String>) {
        let (style, indent) = (self.style, self.indent);
        self.push(Paragraph { style, indent, anchor, pieces, ..Paragraph::default() });
    }

    /// A list item: its label, or a bullet, hangs before its first paragraph.
    fn item(&mut self, item: &ListItem) {
        let step = self.step();
        let first = self.flow.len();
        self.within("ItemContinued", step, |layout| layout.blocks(&item.blocks));
        match &item.label {
            Some(label) => self.hang(first, "Item", label),
            None => {
                if let Some(Flow::Paragraph(paragraph)) = self.flow.get_mut(first) {
                    paragraph.style = "ListBullet";
                    paragraph.bullet = true;
                }
            }
        }
        if let Some(anchor) = &item.anchor {
            self.name(first, anchor);
        }
    }

    /// Lays out in another style, indented by so many steps more.
    fn within(&mut self, style: &'static str, steps: u8, lay_out: impl FnOnce(&mut Self)) {
        let outer = (self.style, self.indent);
        (self.style, self.indent) = (style, self.indent + steps);
        lay_out(self);
        (self.style, self.indent) = outer;
    }

    /// How many steps what stands under the words here is indented beyond them.
    fn step(&self) -> u8 {
        if self.style == "BodyText" || self.style == "Note" { 0 } else { clause_steps(self.style) }
    }

    fn caption(&mut self, caption: &str) {
        let pieces = vec![plain(caption)];
        self.push(Paragraph { style: "Caption", keeps_next: true, pieces, ..Paragraph::default() });
    }

    /// A table, on the page of the words above it; the cells that head columns, or label rows, are bold.
    fn table(&mut self, anchor: Option<String>, labelled: bool, header: &[Cell], rows: &[Vec<Cell>]) {
        let (plain, strong) = (Look::default(), Look { strong: true, ..Look::default() });
        let cell = |(at, cell): (usize, &Cell)| looking(cell, if labelled && at == 0 { &strong } else { &plain });
        if let Some(Flow::Paragraph(above)) = self.flow.last_mut() {
            above.keeps_next |= above.style != "TableEnd";
        }
        let indent = self.indent + self.step();
        let header = header.iter().map(|cell| looking(cell, &strong)).collect();
        let rows = rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect();
        self.flow.push(Flow::Table(Table { anchor, indent, labelled, header, rows }));
        // Word joins tables that touch.
        self.push(Paragraph { style: "TableEnd", ..Paragraph::default() });
    }

    fn signature(&mut self, signatory: &Signatory) {
        let pieces = vec![plain("Signed "), Piece::Tab, plain(" Date "), Piece::Tab];
        self.push(Paragraph { style: "Signature", keeps_next: true, pieces, ..Paragraph::default() });
        let who = match &signatory.name {
            Some(name) => format!("{name}, {}", signatory.role),
            None => signatory.role.clone(),
        };
        self.line("Signatory", &who);
    }
}

fn style_of(role: LinesRole) -> &'static str {
    match role {
        LinesRole::Council => "Council",
        LinesRole::Status => "Status",
        LinesRole::Adoption => "Adoption",
    }
}

/// How many steps an item is indented for standing under a clause or another item.
fn clause_steps(style: &str) -> u8 {
    match style {
        "ClauseContinued" => 2,
        "Clause3Continued" => 4,
        "Clause4Continued" => 6,
        _ => 1,
    }
}

fn plain(text: &str) -> Piece {
    Piece::Words { text: text.to_owned(), look: Look::default() }
}

fn strong(text: &str) -> Piece {
    Piece::Words { text: text.to_owned(), look: Look { strong: true, ..Look::default() } }
}

/// A number before words, with a tab between.
fn labelled(label: Option<&str>, words: Vec<Piece>) -> Vec<Piece> {
    let Some(label) = label else { return words };
    if words.is_empty() {
        return vec![plain(label)];
    }
    [vec![plain(label), Piece::Tab], words].concat()
}

fn pieces(inlines: &[Inline]) -> Vec<Piece> {
    looking(inlines, &Look::default())
}

fn looking(inlines: &[Inline], look: &Look) -> Vec<Piece> {
    let mut pieces = Vec::new();
    push(inlines, look, &mut pieces);
    pieces
}

fn push(inlines: &[Inline], look: &Look, pieces: &mut Vec<Piece>) {
    for inline in inlines {
        match inline {
            Inline::Words { text } => pieces.push(Piece::Words { text: text.clone(), look: look.clone() }),
            Inline::Break => pieces.push(Piece::Break),
            Inline::Strong { content } => push(content, &Look { strong: true, ..look.clone() }, pieces),
            Inline::Emphasis { content } => push(content, &Look { emphasis: true, ..look.clone() }, pieces),
            Inline::Link { content, url } => push(content, &Look { link: Some(url.clone()), ..look.clone() }, pieces),
        }
    }
}
