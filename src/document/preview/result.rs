//! A document as it is shown beside the original: its blocks one below the other, each paragraph and item by itself.

use serde::Serialize;

use crate::model::Cell;

use super::super::{Block, Document, LinesRole, ListItem, Signatory};
use super::content::Content;
use super::words::Words;

/// A piece of the result, before its words are laid against the original's.
pub(super) struct Printed {
    pub(super) role: Role,
    /// The level of a heading, 1 being the title's.
    pub(super) level: u8,
    /// How far it is indented, in steps.
    pub(super) depth: u8,
    pub(super) content: Content<Words>,
}

/// What a piece of the result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The title.
    Title,
    /// The council's name.
    Council,
    /// The status.
    Status,
    /// A line about adoption or review.
    Adoption,
    /// A heading.
    Heading,
    /// A clause with a number.
    Clause,
    /// A paragraph without one.
    Paragraph,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A note at the end.
    Note,
    /// A place to sign.
    Signature,
}

/// The pieces of a document.
pub(super) fn pieces(document: &Document) -> Vec<Printed> {
    let mut pieces = Pieces::default();
    document.blocks.iter().for_each(|block| pieces.block(block, 0, Role::Paragraph));
    pieces.all
}

#[derive(Default)]
struct Pieces {
    all: Vec<Printed>,
}

impl Pieces {
    fn push(&mut self, role: Role, depth: u8, content: Content<Words>) {
        self.all.push(Printed { role, level: 0, depth, content });
    }

    /// Adds a block; `role` is what a paragraph of it is.
    fn block(&mut self, block: &Block, depth: u8, role: Role) {
        match block {
            Block::Title { text } => self.heading(Role::Title, 1, None, text),
            Block::Lines { role, lines } => {
                let role = match role {
                    LinesRole::Council => Role::Council,
                    LinesRole::Status => Role::Status,
                    LinesRole::Adoption => Role::Adoption,
                };
                lines.iter().for_each(|text| self.push(role, 0, line(None, Words::plain(text))));
            }
            Block::Heading { level, number, text, .. } => {
                self.heading(Role::Heading, *level, number.as_deref(), text.as_deref().unwrap_or_default());
            }
            // Numbers of three parts and more stand further to the right, as on the published page.
            Block::Clause { number: Some(number), depth, blocks, .. } => {
                self.labelled(Role::Clause, depth.saturating_sub(2), number, blocks);
            }
            Block::Clause { blocks, .. } => self.blocks(blocks, depth, Role::Paragraph),
            Block::Paragraph { content, .. } => self.push(role, depth, line(None, Words::new(content))),
            Block::List { items, .. } => items.iter().for_each(|item| self.item(item, depth)),
            Block::Table { caption, header, rows, .. } => self.table(caption.as_deref(), header, rows, depth),
            Block::Notes { blocks } => self.blocks(blocks, depth, Role::Note),
            Block::Signatures { signatures } => signatures.iter().for_each(|signatory| self.signature(signatory)),
            // No protocol has these.
            Block::Schedule { .. } | Block::SideBySide { .. } | Block::Register { .. } | Block::Timeline(_) => {}
        }
    }

    fn blocks(&mut self, blocks: &[Block], depth: u8, role: Role) {
        blocks.iter().for_each(|block| self.block(block, depth, role));
    }

    fn heading(&mut self, role: Role, level: u8, number: Option<&str>, text: &str) {
        let content = line(number.map(Words::plain), Words::plain(text));
        self.all.push(Printed { role, level, depth: 0, content });
    }

    /// Blocks below a number or label, which stands before the words of the first if those are a paragraph.
    fn labelled(&mut self, role: Role, depth: u8, label: &str, blocks: &[Block]) {
        let label = Some(Words::plain(label));
        let rest = match blocks.split_first() {
            Some((Block::Paragraph { content, .. }, rest)) => {
                self.push(role, depth, line(label, Words::new(content)));
                rest
            }
            _ => {
                self.push(role, depth, line(label, Words::default()));
                blocks
            }
        };
        self.blocks(rest, depth + 1, Role::Paragraph);
    }

    fn item(&mut self, item: &ListItem, depth: u8) {
        if let Some(label) = &item.label {
            return self.labelled(Role::Item, depth, label, &item.blocks);
        }
        let first = self.all.len();
        self.blocks(&item.blocks, depth, Role::Item);
        for (nth, piece) in self.all[first..].iter_mut().enumerate() {
            match &mut piece.content {
                Content::Line { bullet, .. } if nth == 0 => *bullet = true,
                _ => piece.depth += 1,
            }
        }
    }

    fn table(&mut self, caption: Option<&str>, header: &[Cell], rows: &[Vec<Cell>], depth: u8) {
        let cells = |row: &[Cell]| row.iter().map(|cell| Words::new(cell)).collect::<Vec<_>>();
        let header = if header.is_empty() { vec![] } else { vec![cells(header)] };
        let rows = rows.iter().map(|row| cells(row)).collect();
        self.push(Role::Table, depth, Content::Table { caption: caption.map(Words::plain), header, rows });
    }

    fn signature(&mut self, signatory: &Signatory) {
        let who = match &signatory.name {
            Some(name) => format!("{name}, {}", signatory.role),
            None => signatory.role.clone(),
        };
        let (signed, date) = (Words::plain("Signed"), Words::plain("Date"));
        self.push(Role::Signature, 0, Content::Signature { signed, date, who: Words::plain(&who) });
    }
}

fn line(label: Option<Words>, words: Words) -> Content<Words> {
    Content::Line { bullet: false, label, words }
}
