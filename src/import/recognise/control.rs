//! Document control and amendment histories: tables that say when what was done.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{ControlTable, Inline};

use super::super::manuscript::{Remark, Table};
use super::super::pattern::pattern;
use super::super::text::words::Words as Tidy;
use super::dates::dates;
use super::facts::{Facts, Words, is_about_dates};
use super::paragraphs::{Block, Paragraph};

/// What stands in the heads of such tables.
const HEADINGS: [&str; 14] = [
    "version",
    "date",
    "adopted",
    "approved",
    "reviewed",
    "review",
    "amendment",
    "amendments",
    "minute",
    "author",
    "owner",
    "status",
    "revision",
    "changes",
];

/// What stands above such a table: `Document Control`, `Version history`.
static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:document|policy|version|amendments?|revisions?|reviews?|changes?) (?:and \w+ )?(?:control|history|record|log|information|details)(?: (?:table|sheet|record|information))?:?$",
    )
});

/// The blocks, with the caption of each such table in it, and a list below such a caption as the table that it is.
pub(super) fn captioned(blocks: Vec<Block>) -> Vec<Block> {
    let mut captioned: Vec<Block> = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let caption = match &block {
            Block::Paragraph(paragraph) if is_caption(paragraph) => paragraph.text(),
            _ => {
                captioned.push(block);
                continue;
            }
        };
        let mut rows = Vec::new();
        while let Some(Block::Paragraph(item)) = blocks.next_if(is_entry) {
            let value = item.content.get(1..).unwrap_or_default();
            let key = item.content.first().map(|key| vec![key.clone()]).unwrap_or_default();
            rows.push((vec![crate::model::plain(&key), crate::model::plain(value).trim().to_owned()], item));
        }
        let table = Table {
            rows: rows
                .iter()
                .map(|(row, _)| row.iter().map(|cell| vec![Inline::words(cell.as_str())]).collect())
                .collect(),
            place: block.place().unwrap_or_default(),
            ..Table::default()
        };
        if is_control(&table) {
            captioned.push(Block::Table(Table { caption: Some(caption), ..table }));
            continue;
        }
        match blocks.peek_mut().filter(|_| rows.is_empty()) {
            Some(Block::Table(next)) if next.caption.is_none() && is_control(next) => next.caption = Some(caption),
            _ => captioned.push(block),
        }
        captioned.extend(rows.into_iter().map(|(_, item)| Block::Paragraph(item)));
    }
    captioned
}

fn is_caption(paragraph: &Paragraph) -> bool {
    paragraph.label.is_none() && !paragraph.bullet && CAPTION.is_match(&paragraph.text())
}

/// Whether a block is an item of a list that says what stands beside its bold word: `- **Adopted on** 21-06-23`.
fn is_entry(block: &Block) -> bool {
    matches!(block, Block::Paragraph(item) if item.bullet && item.label.is_none()
        && matches!(item.content.as_slice(), [Inline::Strong { .. }, Inline::Words { .. }]))
}

/// Whether a table is one of them: its rows say something of dates, or its heads are of the usual ones.
pub(super) fn is_control(table: &Table) -> bool {
    let words = |cell: &String| cell.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect::<Vec<_>>();
    let rows = table.texts();
    let heads = rows.first().into_iter().flatten().flat_map(words);
    let usual = heads.filter(|word| HEADINGS.contains(&word.as_str())).count();
    let dated = rows.iter().flatten().any(|cell| !dates(cell).is_empty());
    dated && (usual >= 2 || facts(table).iter().any(|line| is_about_dates(line)))
}

/// Takes the facts from a table, which goes on printing them.
pub(super) fn take(table: Table, facts_so_far: &mut Facts) -> ControlTable {
    for line in facts(&table) {
        facts_so_far.line(&line, table.place, Words::Table);
        if !is_about_dates(&line) && !dates(&line).is_empty() {
            let what = format!("nothing says what was done then: “{line}”");
            facts_so_far.doubts.push(Remark { what, place: Some(table.place) });
        }
    }
    // A source has as many cells in each row, of one line each.
    let mut rows = table.texts();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    rows.iter_mut().flatten().for_each(|cell| *cell = Tidy::tidy(cell));
    let Table { caption, header_rows, .. } = table;
    // What heads nothing is a row.
    let rest = rows.split_off(header_rows.min(1).min(rows.len().saturating_sub(1)));
    let header = rows.pop().unwrap_or_default();
    ControlTable { caption, header, rows: rest }
}

/// What the rows say: each as a line, or where that says nothing, each date behind the head of its column.
fn facts(table: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    let rows = table.texts();
    for row in &rows {
        let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        let line = cells.join(" ").replace('\n', " ");
        let dated = |cell: &&String| !dates(cell).is_empty();
        let headed = || {
            let heads = rows.first()?;
            let under = heads.iter().zip(row).filter(|(_, cell)| dated(cell));
            let said: Vec<String> = under.map(|(head, cell)| format!("{} {}", head.trim(), cell.trim())).collect();
            said.iter().any(|said| is_about_dates(said)).then_some(said)
        };
        match headed().filter(|_| !is_about_dates(&line) && heads_are_words(&rows)) {
            Some(said) => lines.extend(said),
            None => lines.push(line),
        }
    }
    lines
}

/// Whether the first row is one of heads: it has no date.
fn heads_are_words(rows: &[Vec<String>]) -> bool {
    rows.first().is_some_and(|row| row.iter().all(|cell| dates(cell).is_empty()))
}
