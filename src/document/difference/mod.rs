//! A comparison → [`Document`]: a summary, a schedule of changes, and the whole document marked up.

mod summary;
mod wording;

use crate::compare::{Change, Comparison, Kind, Op, Words};
use crate::model::{Edition, Provision};

use super::{Block, Column, Compared, Document, Genre, LinesRole, Mark, Marked, heading, last_day, list, paragraph};

pub use summary::{filtered, headline, summary, told};
pub use wording::Wording;

/// The document that publishes a comparison: its [`changes`], and all of both side by side. `shown` says which changes are in it.
pub fn difference(
    comparison: &Comparison,
    left: &Edition,
    right: &Edition,
    shown: impl Fn(&Change) -> bool,
) -> Document {
    let wording = Wording::new(comparison, left, right);
    let mut document = changes(comparison, left, right, &shown);
    let changes: Vec<&Change> = comparison.changes.iter().filter(|change| shown(change)).collect();
    if !changes.is_empty() {
        document.blocks.push(heading("The documents side by side", "side-by-side"));
        document.blocks.extend(side_by_side(&changes, comparison, &wording));
    }
    document
}

/// What changed: a summary and a schedule of changes.
pub fn changes(comparison: &Comparison, left: &Edition, right: &Edition, shown: impl Fn(&Change) -> bool) -> Document {
    let wording = Wording::new(comparison, left, right);
    let changes: Vec<&Change> = comparison.changes.iter().filter(|change| shown(change)).collect();
    let title = wording.title();
    let mut blocks = vec![
        Block::Title { text: title.clone() },
        Block::Lines { role: LinesRole::Adoption, lines: vec![wording.side(left), wording.side(right)] },
        heading("Summary", "summary"),
        paragraph(headline(comparison, &wording)),
        list(summary(comparison, &wording)),
    ];
    blocks.extend(filtered(comparison, &changes, &wording).map(paragraph));
    let schedule: Vec<Compared> = changes
        .iter()
        .filter(|change| wording.is_change(change))
        .map(|change| row(change, comparison, &wording, "change"))
        .collect();
    if !schedule.is_empty() {
        blocks.push(heading("Schedule of changes", "schedule"));
        blocks.push(Block::Schedule {
            left: wording.left.clone(),
            right: wording.right.clone(),
            reason: wording.reason(),
            rows: schedule,
        });
    }
    Document {
        title,
        council: None,
        genre: Genre::Comparison,
        version: format!("{} and {}", wording.left, wording.right),
        status: "comparison",
        pending: false,
        dated: last_day(right).or_else(|| last_day(left)),
        blocks,
    }
}

/// All changes in order, under the headings of the sections of the right side, or of the left where only it has anything.
fn side_by_side(changes: &[&Change], comparison: &Comparison, wording: &Wording) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut last = None;
    for change in changes {
        let heading = heading_of(change, comparison);
        if last.as_ref() != Some(&heading) {
            if let Some(text) = &heading {
                let anchor = format!("part-{}", blocks.len());
                blocks.push(Block::Heading { level: 3, number: None, text: Some(text.clone()), anchor });
            }
            blocks.push(Block::SideBySide {
                left: wording.left.clone(),
                right: wording.right.clone(),
                rows: Vec::new(),
            });
            last = Some(heading);
        }
        if let Some(Block::SideBySide { rows, .. }) = blocks.last_mut() {
            rows.push(row(change, comparison, wording, "row"));
        }
    }
    blocks
}

fn heading_of(change: &Change, comparison: &Comparison) -> Option<String> {
    let right = change.right.first().map(|at| &comparison.right[*at]);
    let left = change.left.first().map(|at| &comparison.left[*at]);
    right.or(left).and_then(|provision| provision.heading.clone())
}

/// A change as a row; the anchor begins with `prefix`.
fn row(change: &Change, comparison: &Comparison, wording: &Wording, prefix: &str) -> Compared {
    let (left, right) = columns(change, comparison);
    let id = |at: Option<&usize>, side: &[Provision]| at.map_or_else(|| "none".to_owned(), |at| side[*at].id.clone());
    let anchor = format!(
        "{prefix}-{}--{}",
        id(change.left.first(), &comparison.left),
        id(change.right.first(), &comparison.right)
    );
    Compared {
        anchor,
        kinds: wording.kinds(change),
        changed: wording.is_change(change),
        left,
        right,
        why: wording.why(change),
    }
}

/// The left words with those that go marked, and the right words with those that come.
pub fn columns(change: &Change, comparison: &Comparison) -> (Option<Column>, Option<Column>) {
    // What is only on one side says so by its kind; and of two councils' texts with nothing in common every word differs.
    let replaced = !comparison.versions && change.words.iter().all(|words| words.op != Op::Equal);
    let plain = change.left.is_empty() || change.right.is_empty() || replaced;
    let column = |places: &[usize], side: &[Provision], op: Op, mark: Mark| {
        (!places.is_empty()).then(|| Column {
            numbers: places.iter().map(|at| number(&side[*at])).collect(),
            words: marked(&change.words, op, mark, plain),
        })
    };
    (
        column(&change.left, &comparison.left, Op::Delete, Mark::Deleted),
        column(&change.right, &comparison.right, Op::Insert, Mark::Inserted),
    )
}

/// How a provision is called: by its id, in which an unnumbered paragraph has a sign, and its section only where that has a number. Where
/// clauses of several sections have one number, the section goes before it: `II. 2`.
pub fn number(provision: &Provision) -> String {
    if let Some(within) = &provision.within {
        let (clause, rest) = provision.id.split_at(provision.id.find('/').unwrap_or(provision.id.len()));
        let clause = clause.split_once('~').map_or(clause, |(clause, _)| clause);
        return format!("{within} {clause}{rest}");
    }
    let is_digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match provision.id.split_once("/p") {
        Some((section, paragraph)) if is_digit(paragraph) && is_digit(section) => format!("{section} ¶{paragraph}"),
        Some((_, paragraph)) if is_digit(paragraph) => format!("¶{paragraph}"),
        _ => provision.id.clone(),
    }
}

/// The words of one side, those that are only there marked, unless they are to be plain.
fn marked(words: &[Words], op: Op, mark: Mark, plain: bool) -> Vec<Marked> {
    let of_side = words.iter().filter(|words| words.op == Op::Equal || words.op == op);
    of_side
        .map(|words| Marked {
            mark: if words.op == Op::Equal || plain { Mark::Kept } else { mark },
            text: words.text.clone(),
        })
        .collect()
}

/// Whether a change is of a kind that merely says where the same words stand.
pub(crate) fn only_elsewhere(change: &Change) -> bool {
    change.aspects.iter().all(|aspect| matches!(aspect, Kind::Unchanged | Kind::Renumbered | Kind::Moved))
}
