//! A version of a protocol → [`Document`].

use crate::model::{self, BlockIds, Clause, ClauseIds, Edition, Label, Number, Part, Section, SectionIds, Text};

use super::{Block, Document, Genre, Letterhead, LinesRole, ListItem, Picture, Signatory, last_day, table};

/// The document that publishes one version.
pub fn document(edition: &Edition) -> Document {
    let protocol = &edition.protocol;
    let mut blocks = Vec::new();
    blocks.extend(protocol.front_parts().into_iter().flat_map(|p| part(p, edition)));
    let mut headings = Headings { last: 1 };
    let ids = protocol.ids();
    for (section, ids) in protocol.sections.iter().zip(&ids.sections) {
        push_section(section, ids, &mut headings, &mut blocks);
    }
    blocks.extend(protocol.back_parts().into_iter().flat_map(|p| part(p, edition)));
    Document {
        title: protocol.title.clone(),
        council: letterhead(edition),
        genre: Genre::Protocol,
        version: edition.version().to_owned(),
        status: protocol.status.word(),
        pending: protocol.status.is_pending(),
        dated: last_day(edition),
        blocks,
    }
}

/// The letterhead of a version's council, as far as it is known who that is.
pub fn letterhead(edition: &Edition) -> Option<Letterhead> {
    let Some(council) = &edition.council else {
        let name = edition.council_name()?.to_owned();
        return Some(Letterhead { name, address: vec![], email: None, website: None, logo: None, accent: None });
    };
    let logo = council.logo.as_ref().zip(edition.logo.as_ref()).map(|(logo, bytes)| Picture {
        alt: logo.alt.clone(),
        media_type: media_type(&logo.file),
        bytes: bytes.clone(),
    });
    Some(Letterhead {
        name: council.name.clone(),
        address: council.address.iter().flat_map(|address| address.lines().map(str::to_owned)).collect(),
        email: council.email.clone(),
        website: council.website.clone(),
        logo,
        accent: council.accent.map(|accent| accent.to_string()),
    })
}

fn media_type(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => "image/jpeg",
    }
}

/// A part outside the sections; nothing where it has nothing to print.
fn part(part: Part, edition: &Edition) -> Vec<Block> {
    let protocol = &edition.protocol;
    match part {
        Part::Title => vec![Block::Title { text: protocol.title.clone() }],
        Part::Council => {
            let printed = protocol.council_as_printed.clone();
            let name = printed.or_else(|| edition.council_name().map(str::to_owned));
            lines(LinesRole::Council, name.filter(|name| !name.is_empty()).into_iter().collect())
        }
        Part::Status => lines(LinesRole::Status, vec![protocol.status.word().to_owned()]),
        Part::Adoption => lines(LinesRole::Adoption, protocol.adoption_lines()),
        Part::Control => protocol.control.iter().map(control).collect(),
        Part::Notes => {
            let blocks: Vec<Block> = protocol.notes.iter().flat_map(|note| plain_blocks(&note.blocks)).collect();
            if blocks.is_empty() { vec![] } else { vec![Block::Notes { blocks }] }
        }
        Part::Signatures => signatures(&protocol.signatures),
    }
}

fn lines(role: LinesRole, lines: Vec<String>) -> Vec<Block> {
    if lines.is_empty() { vec![] } else { vec![Block::Lines { role, lines }] }
}

fn control(control: &model::ControlTable) -> Block {
    table(control.caption.clone(), &control.header, &control.rows)
}

fn signatures(signatures: &[model::Signature]) -> Vec<Block> {
    let signatory = |s: &model::Signature| Signatory { role: s.role.clone(), name: s.name.clone() };
    let signatures: Vec<_> = signatures.iter().map(signatory).collect();
    if signatures.is_empty() { vec![] } else { vec![Block::Signatures { signatures }] }
}

/// The level of a section's heading; the title's is 1.
const SECTION_LEVEL: u8 = 2;

/// The level of the last heading: none may be more than one deeper, or readers of the page lose their place.
struct Headings {
    last: u8,
}

impl Headings {
    fn heading(&mut self, level: u8, number: Option<&Number>, text: Option<&String>, id: &str) -> Block {
        self.last = level.min(self.last + 1);
        Block::Heading {
            level: self.last,
            number: number.map(Number::to_string),
            text: text.cloned(),
            anchor: format!("section-{id}"),
        }
    }
}

fn push_section(section: &Section, ids: &SectionIds, headings: &mut Headings, blocks: &mut Vec<Block>) {
    let titled = section.heading.is_some() || section.number().is_some();
    // Sub-headings of a section that prints no heading of its own stand where its heading would.
    let base = if titled { SECTION_LEVEL } else { SECTION_LEVEL - 1 };
    if titled {
        blocks.push(headings.heading(SECTION_LEVEL, section.number(), section.heading.as_ref(), &ids.own));
    }
    for (clause, ids) in section.clauses.iter().zip(&ids.clauses) {
        push_clause(clause, ids, base, headings, blocks);
    }
}

fn push_clause(clause: &Clause, ids: &ClauseIds, base: u8, headings: &mut Headings, blocks: &mut Vec<Block>) {
    if let Some(heading) = &ids.heading {
        let level = base + clause.level.unwrap_or(1);
        blocks.push(headings.heading(level, clause.number(), clause.heading.as_ref(), heading));
    }
    if clause.is_heading() {
        return;
    }
    let number = clause.number().filter(|_| clause.heading.is_none());
    blocks.push(Block::Clause {
        number: number.map(Number::to_string),
        depth: number.map_or(0, |number| u8::try_from(number.depth()).unwrap_or(u8::MAX)),
        anchor: anchor(&ids.own),
        id: ids.own.clone(),
        blocks: blocks_of(&clause.text, ids),
    });
}

fn anchor(id: &str) -> String {
    format!("clause-{id}")
}

fn blocks_of(text: &Text, ids: &ClauseIds) -> Vec<Block> {
    text.blocks
        .iter()
        .zip(&ids.blocks)
        .scan(ids.own.clone(), |last, (block, ids)| Some(addressed(block, ids, last)))
        .collect()
}

/// A block with the anchors of its provisions. A paragraph or table has one only where it begins a provision.
fn addressed(block: &model::Block, ids: &BlockIds, last: &mut String) -> Block {
    match (block, ids) {
        (model::Block::Paragraph(content), BlockIds::Paragraph(id)) => {
            let begins = begun(id, last);
            Block::Paragraph { content: content.clone(), anchor: begins.as_deref().map(anchor), id: begins }
        }
        (model::Block::Table(table), BlockIds::Paragraph(id)) => of_text(table, begun(id, last)),
        (model::Block::List(items), BlockIds::List(ids)) => list(items.iter().zip(ids).map(|(item, (id, blocks))| {
            let mut last = id.clone();
            let inner = item.blocks.iter().zip(blocks).map(|(block, ids)| addressed(block, ids, &mut last)).collect();
            list_item(item, Some(id), inner)
        })),
        _ => plain_block(block),
    }
}

/// The id of a provision, where it begins after the last.
fn begun(id: &String, last: &mut String) -> Option<String> {
    let begins = (id != last).then(|| id.clone());
    last.clone_from(id);
    begins
}

/// A table of a text. Where nothing heads its columns, the first of several labels the rows, so that no cell is read aloud
/// without any of what it belongs to.
fn of_text(table: &model::Table, id: Option<String>) -> Block {
    Block::Table {
        anchor: id.as_deref().map(anchor),
        id,
        caption: None,
        in_text: true,
        labelled: table.header.is_empty() && table.columns() > 1,
        header: table.header.clone(),
        rows: table.rows.clone(),
    }
}

fn list(items: impl Iterator<Item = ListItem>) -> Block {
    let items: Vec<ListItem> = items.collect();
    Block::List { labelled: items.iter().any(|item| item.label.is_some()), items }
}

fn list_item(item: &model::Item, id: Option<&String>, blocks: Vec<Block>) -> ListItem {
    ListItem {
        label: item.label.as_ref().map(Label::to_string),
        anchor: id.map(|id| anchor(id)),
        id: id.cloned(),
        blocks,
    }
}

/// Blocks that are not addressed: notes.
pub(super) fn plain_blocks(blocks: &[model::Block]) -> Vec<Block> {
    blocks.iter().map(plain_block).collect()
}

fn plain_block(block: &model::Block) -> Block {
    match block {
        model::Block::Paragraph(content) => Block::Paragraph { content: content.clone(), anchor: None, id: None },
        model::Block::Table(table) => of_text(table, None),
        model::Block::List(items) => list(items.iter().map(|item| list_item(item, None, plain_blocks(&item.blocks)))),
    }
}
