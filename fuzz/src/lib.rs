//! What the fuzz targets do with an input, and where they begin: what must hold of every document that is imported, the seeds, and files
//! made of parts of them; and what must hold of sources, clauses, comparisons and what is written for other programs, a file each.

pub mod clause;
pub mod exports;
pub mod pair;
pub mod pdf;
pub mod seeds;
pub mod source;
pub mod word;

use engross::import::import;
use engross::model::{Block, Inline, Protocol};
use engross::read;
use engross::source::Source;

/// What a target does before its first input: sees to it that every fault of ours ends it.
#[cfg(not(test))]
pub fn begin(target: &str) {
    if target == "pdf" {
        pdf::only_our_panics();
    }
}

/// What a target does with an input. Panics where something does not hold.
pub fn take(target: &str, input: &[u8]) {
    match target {
        "clause" => clause::check(input),
        "exports" => exports::check(input),
        "html" => check(input, "fuzz.html"),
        "markdown" => check(input, "fuzz.md"),
        "pair" => pair::check(input),
        "pdf" => check(&pdf::file(input), "fuzz.pdf"),
        "source" => source::check(input),
        "text" => check(input, "fuzz.txt"),
        "word" => check(&word::file(input), "fuzz.docx"),
        other => panic!("no target is called {other}"),
    }
}

/// Imports a file and panics unless it was refused with a reason, or became a protocol that is written and read again unchanged.
pub fn check(bytes: &[u8], name: &str) {
    let imported = match import(bytes, name) {
        Ok(imported) => imported,
        Err(why) => {
            assert!(!why.what.is_empty() && !why.remedy.is_empty(), "{why:?}");
            return;
        }
    };
    let toml = read::write_protocol(&imported.protocol);
    let again = match read::protocol(&Source::new("imported.toml", toml.as_str())) {
        Ok(read) => read.value,
        Err(faults) => panic!("{}\n{toml}", engross::diagnostics::full::render(&faults, false)),
    };
    same(&again, &imported.protocol, &toml);
}

fn same(read: &Protocol, imported: &Protocol, toml: &str) {
    let provisions = |protocol: &Protocol| -> Vec<(String, String)> {
        protocol.provisions().into_iter().map(|provision| (provision.id, provision.text)).collect()
    };
    assert_eq!(provisions(read), provisions(imported), "other provisions\n{toml}");
    assert_eq!(joined(read), joined(imported), "another protocol\n{toml}");
}

/// The protocol with lists that follow one another in one, and words with one mark likewise: Markdown parts a list where bullets become
/// numbers, and has no sign between two that are both bold.
fn joined(protocol: &Protocol) -> Protocol {
    let mut protocol = protocol.clone();
    let clauses = protocol.sections.iter_mut().flat_map(|section| &mut section.clauses);
    clauses.for_each(|clause| join(&mut clause.text.blocks));
    protocol
}

fn join(blocks: &mut Vec<Block>) {
    blocks.dedup_by(|next, kept| match (next, kept) {
        (Block::List(next), Block::List(kept)) => {
            kept.append(next);
            true
        }
        _ => false,
    });
    for block in blocks {
        match block {
            Block::List(items) => items.iter_mut().for_each(|item| join(&mut item.blocks)),
            Block::Paragraph(inlines) => join_marked(inlines),
            Block::Table(table) => {
                let cells = table.header.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(join_marked);
            }
        }
    }
}

fn join_marked(inlines: &mut Vec<Inline>) {
    inlines.dedup_by(|next, kept| match (next, kept) {
        (Inline::Emphasis { content: next }, Inline::Emphasis { content: kept })
        | (Inline::Strong { content: next }, Inline::Strong { content: kept }) => {
            kept.append(next);
            true
        }
        (Inline::Words { text: next }, Inline::Words { text: kept }) => {
            kept.push_str(next);
            true
        }
        _ => false,
    });
    for inline in inlines {
        if let Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } = inline {
            join_marked(content);
        }
    }
}
