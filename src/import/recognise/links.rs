//! Links to places of the file that are none of the document's.

use std::collections::HashSet;

use crate::model::{Block, BlockIds, Ids, Inline, Protocol};

use super::super::manuscript::Remark;
use super::content::merged;

/// Takes away the links that lead to a place which the document does not have, such as its notes; their words stay.
pub(super) fn cut(protocol: &mut Protocol) -> Option<Remark> {
    let targets = targets(&protocol.ids());
    let mut cut = 0;
    let texts = protocol.sections.iter_mut().flat_map(|section| &mut section.clauses).map(|clause| &mut clause.text);
    for text in texts.chain(&mut protocol.notes) {
        text.blocks.iter_mut().for_each(|block| in_block(block, &targets, &mut cut));
    }
    let (lead, words) = if cut == 1 { ("link leads to a place", "its") } else { ("links lead to places", "their") };
    let what = format!("{cut} {lead} of the file that the document does not have: {words} words are kept");
    (cut > 0).then_some(Remark { what, place: None })
}

fn targets(ids: &Ids) -> HashSet<String> {
    let mut targets = HashSet::new();
    for section in &ids.sections {
        targets.insert(section.own.clone());
        for clause in &section.clauses {
            targets.extend(clause.heading.iter().chain([&clause.own]).cloned());
            targets_in(&clause.blocks, &mut targets);
        }
    }
    targets
}

fn targets_in(blocks: &[BlockIds], targets: &mut HashSet<String>) {
    for block in blocks {
        match block {
            BlockIds::Paragraph(id) => targets.extend([id.clone()]),
            BlockIds::List(items) => {
                for (id, blocks) in items {
                    targets.insert(id.clone());
                    targets_in(blocks, targets);
                }
            }
        }
    }
}

fn in_block(block: &mut Block, targets: &HashSet<String>, cut: &mut usize) {
    match block {
        Block::Paragraph(content) => in_words(content, targets, cut),
        Block::List(items) => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|block| in_block(block, targets, cut));
        }
        Block::Table(table) => {
            let cells = table.header.iter_mut().chain(table.rows.iter_mut().flatten());
            cells.for_each(|cell| in_words(cell, targets, cut));
        }
    }
}

fn in_words(words: &mut Vec<Inline>, targets: &HashSet<String>, cut: &mut usize) {
    let before = *cut;
    for mut inline in std::mem::take(words) {
        match &mut inline {
            Inline::Link { url, content } if url.strip_prefix('#').is_some_and(|id| !targets.contains(id)) => {
                *cut += 1;
                in_words(content, targets, cut);
                words.append(content);
                continue;
            }
            Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } => {
                in_words(content, targets, cut);
            }
            _ => {}
        }
        words.push(inline);
    }
    // What a link parted is one run again.
    if *cut > before {
        *words = merged(std::mem::take(words));
    }
}
