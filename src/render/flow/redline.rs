//! Two documents → one with tracked changes: all accepted it reads as the right one, all rejected as the left one.
//!
//! Paragraphs that correspond, in the order of both, are one paragraph in which words come and go; what corresponds but stands
//! elsewhere has moved; everything else comes or goes as a whole, its paragraph mark with it. So do the rows of a table, in whose
//! cells words come and go.

use std::collections::{BTreeMap, HashMap};

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::compare::{Change, Comparison, Kind};
use crate::document::{Wording, document};
use crate::model::Edition;

use super::marks::{Mark, MarkedParagraph, MarkedRow, MarkedTable, Part};
use super::{Flow, Paragraph, Piece, Table, flow};

/// Paragraphs with less in common than this are replaced as a whole: word by word nobody could read it.
const LEAST_IN_COMMON: f64 = 0.3;

/// The parts of the right document, with what comes and goes between the two.
pub(in super::super) fn redline(comparison: &Comparison, left: &Edition, right: &Edition) -> Vec<Part> {
    let sides = Sides { left: flow(&document(left).blocks), right: flow(&document(right).blocks) };
    let remarks = Remarks::new(comparison, &Wording::new(comparison, left, right), &sides);
    let pairs = sides.pairs(comparison);
    let staying = longest_in_order(&pairs);
    let mut moved: HashMap<usize, usize> = pairs.iter().copied().collect();
    staying.iter().for_each(|(left, _)| {
        moved.remove(left);
    });
    moved.retain(|left, right| same_but_for_the_label(&sides.left[*left], &sides.right[*right]));
    let moved_to: HashMap<usize, usize> = moved.iter().map(|(left, right)| (*right, *left)).collect();
    let name = |left: usize| format!("move{left}");
    let mut parts = Vec::new();
    let (mut l, mut r) = (0, 0);
    let end = (sides.left.len(), sides.right.len());
    for (left, right) in staying.iter().copied().chain([end]) {
        for at in l..left {
            let mark = if moved.contains_key(&at) { Mark::MovedFrom(name(at)) } else { Mark::Deleted };
            parts.push(whole(&sides.left[at], mark, remarks.left.get(&at)));
        }
        for at in r..right {
            let mark = moved_to.get(&at).map_or(Mark::Inserted, |left| Mark::MovedTo(name(*left)));
            parts.push(whole(&sides.right[at], mark, remarks.right.get(&at)));
        }
        if (left, right) != end {
            parts.extend(both(&sides.left[left], &sides.right[right], remarks.right.get(&right)));
        }
        (l, r) = (left + 1, right + 1);
    }
    parts
}

/// Where a paragraph that stays ends in words that come, and a whole paragraph comes after it, LibreOffice (7.4) takes both for
/// one insertion, with the paragraph mark between: rejected, the paragraph would run on into the next. So such a paragraph ends
/// in words that go.
pub(in super::super) fn part_insertions(parts: &mut [Part]) {
    for at in 1..parts.len() {
        let (before, after) = parts.split_at_mut(at);
        let comes =
            matches!(&after[0], Part::Paragraph(next) if matches!(next.mark, Mark::Inserted | Mark::MovedTo(_)));
        if let (true, Some(Part::Paragraph(paragraph))) = (comes, before.last_mut())
            && paragraph.mark == Mark::Kept
            && matches!(paragraph.pieces.last(), Some((Mark::Inserted, _)))
        {
            end_in_deletion(&mut paragraph.pieces);
        }
    }
}

/// Puts what goes at the end after what comes there. Where nothing goes, the last word that stays goes and comes again.
fn end_in_deletion(pieces: &mut Vec<(Mark, Piece)>) {
    let kept = pieces.iter().rposition(|(mark, _)| *mark == Mark::Kept);
    let (mut coming, mut going): (Vec<_>, Vec<_>) =
        pieces.drain(kept.map_or(0, |kept| kept + 1)..).partition(|(mark, _)| *mark == Mark::Inserted);
    if going.is_empty()
        && let Some((_, Piece::Words { text, look })) = pieces.pop()
    {
        let at = text.split_word_bound_indices().next_back().map_or(0, |(at, _)| at);
        let piece = |text: &str| Piece::Words { text: text.to_owned(), look: look.clone() };
        if at > 0 {
            pieces.push((Mark::Kept, piece(&text[..at])));
        }
        coming.insert(0, (Mark::Inserted, piece(&text[at..])));
        going.push((Mark::Deleted, piece(&text[at..])));
    }
    pieces.extend(coming);
    pieces.extend(going);
}

/// The two documents as they are laid out.
struct Sides {
    left: Vec<Flow>,
    right: Vec<Flow>,
}

impl Sides {
    /// What corresponds, by the places of the two, in the order of the right side: provisions as they were compared, everything
    /// else where it is the same.
    fn pairs(&self, comparison: &Comparison) -> Vec<(usize, usize)> {
        let (left, right) = (places(&self.left), places(&self.right));
        let mut pairs = BTreeMap::new();
        let mut taken = vec![false; self.left.len()];
        for change in &comparison.changes {
            let place = |at: Option<&usize>, side: &[crate::model::Provision], places: &HashMap<&str, usize>| {
                at.and_then(|at| places.get(side[*at].id.as_str())).copied()
            };
            let l = place(change.left.first(), &comparison.left, &left);
            let r = place(change.right.first(), &comparison.right, &right);
            if let (Some(l), Some(r)) = (l, r)
                && !taken[l]
                && !pairs.contains_key(&r)
            {
                taken[l] = true;
                pairs.insert(r, l);
            }
        }
        self.pair_the_rest(&mut pairs, &mut taken);
        pairs.into_iter().map(|(right, left)| (left, right)).collect()
    }

    /// Pairs what stands around the provisions: the same words in the same order, and the titles.
    fn pair_the_rest(&self, pairs: &mut BTreeMap<usize, usize>, taken: &mut [bool]) {
        let open = |flow: &Flow| provision(flow).is_none();
        let left: Vec<usize> = (0..self.left.len()).filter(|at| !taken[*at] && open(&self.left[*at])).collect();
        let right: Vec<usize> =
            (0..self.right.len()).filter(|at| !pairs.contains_key(at) && open(&self.right[*at])).collect();
        let key = |flow: &Flow| match flow {
            // A heading under another number is the same heading.
            Flow::Paragraph(paragraph) => (paragraph.style, words(paragraph.labelled().1)),
            Flow::Table(table) => ("Table", format!("{:?}", (&table.header, &table.rows))),
        };
        let left_keys: Vec<_> = left.iter().map(|at| key(&self.left[*at])).collect();
        let right_keys: Vec<_> = right.iter().map(|at| key(&self.right[*at])).collect();
        for operation in capture_diff_slices(Algorithm::Myers, &left_keys, &right_keys) {
            let (tag, l, r) = operation.as_tag_tuple();
            if tag == DiffTag::Equal {
                l.zip(r).for_each(|(l, r)| {
                    taken[left[l]] = true;
                    pairs.insert(right[r], left[l]);
                });
            }
        }
        for style in ["Council", "Title", "Status"] {
            let of_style = |flow: &Flow| matches!(flow, Flow::Paragraph(paragraph) if paragraph.style == style);
            let l = left.iter().find(|at| !taken[**at] && of_style(&self.left[**at]));
            let r = right.iter().find(|at| !pairs.contains_key(at) && of_style(&self.right[**at]));
            if let (Some(l), Some(r)) = (l, r) {
                pairs.insert(*r, *l);
            }
        }
        self.pair_tables(pairs, taken);
    }

    /// Pairs tables that are not the same, under provisions that correspond: in a table of as many columns, words come and go.
    fn pair_tables(&self, pairs: &mut BTreeMap<usize, usize>, taken: &mut [bool]) {
        let (above_left, above_right) = (provisions_above(&self.left), provisions_above(&self.right));
        for (r, right) in self.right.iter().enumerate() {
            let Flow::Table(right) = right else { continue };
            if pairs.contains_key(&r) {
                continue;
            }
            let above = above_right[r].map(|above| pairs.get(&above).copied());
            let corresponds = |l: &usize| match (above, above_left[*l]) {
                (None, None) => true,
                (Some(Some(above)), Some(place)) => above == place,
                _ => false,
            };
            let alike = |l: &usize| matches!(&self.left[*l], Flow::Table(left) if same_columns(left, right));
            if let Some(l) = (0..self.left.len()).filter(|l| !taken[*l] && alike(l)).find(corresponds) {
                taken[l] = true;
                pairs.insert(r, l);
            }
        }
    }
}

/// For each part, where the provision stands that begins at or above it.
fn provisions_above(flow: &[Flow]) -> Vec<Option<usize>> {
    let mut above = None;
    let places = flow.iter().enumerate().map(|(at, part)| {
        above = provision(part).map(|_| at).or(above);
        above
    });
    places.collect()
}

/// Where the provisions stand, by their ids.
fn places(flow: &[Flow]) -> HashMap<&str, usize> {
    let provisions = flow.iter().enumerate().filter_map(|(at, flow)| Some((provision(flow)?, at)));
    provisions.collect()
}

/// The id of the provision that a paragraph or table begins.
fn provision(flow: &Flow) -> Option<&str> {
    let anchor = match flow {
        Flow::Paragraph(paragraph) => &paragraph.anchor,
        Flow::Table(table) => &table.anchor,
    };
    anchor.as_deref()?.strip_prefix("clause-")
}

/// The pairs that stand in the same order on both sides, as many as there can be.
fn longest_in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best row of each length, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (left, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *left);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut row: Vec<_> = std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    row.reverse();
    row
}

fn words(pieces: &[Piece]) -> String {
    pieces.iter().map(text_of).collect()
}

fn text_of(piece: &Piece) -> &str {
    match piece {
        Piece::Words { text, .. } => text,
        Piece::Tab => "\t",
        Piece::Break => "\n",
    }
}

/// Whether two paragraphs are the same but for the number before the words.
fn same_but_for_the_label(left: &Flow, right: &Flow) -> bool {
    let (Flow::Paragraph(left), Flow::Paragraph(right)) = (left, right) else { return false };
    left.labelled().1 == right.labelled().1
}

/// Something that comes or goes as a whole.
fn whole(flow: &Flow, mark: Mark, remarks: Option<&Vec<String>>) -> Part {
    match flow {
        Flow::Table(table) => Part::Table(MarkedTable {
            comments: remarks.cloned().unwrap_or_default(),
            ..MarkedTable::whole(table, &mark)
        }),
        Flow::Paragraph(paragraph) => Part::Paragraph(MarkedParagraph {
            layout: paragraph.clone(),
            pieces: paragraph.pieces.iter().map(|piece| (mark.clone(), piece.clone())).collect(),
            mark,
            comments: remarks.cloned().unwrap_or_default(),
            ..MarkedParagraph::default()
        }),
    }
}

/// Something that is on both sides.
fn both(left: &Flow, right: &Flow, remarks: Option<&Vec<String>>) -> Vec<Part> {
    match (left, right) {
        (Flow::Paragraph(left), Flow::Paragraph(right)) => {
            let layout = |paragraph: &Paragraph| Paragraph { pieces: Vec::new(), anchor: None, ..paragraph.clone() };
            vec![Part::Paragraph(MarkedParagraph {
                layout: right.clone(),
                before: (layout(left) != layout(right)).then(|| left.clone()),
                pieces: word_by_word(left, right),
                mark: Mark::Kept,
                comments: remarks.cloned().unwrap_or_default(),
            })]
        }
        (Flow::Table(left), Flow::Table(right)) if same_columns(left, right) => {
            let comments = remarks.cloned().unwrap_or_default();
            vec![Part::Table(MarkedTable { comments, ..row_by_row(left, right) })]
        }
        _ => vec![whole(left, Mark::Deleted, None), whole(right, Mark::Inserted, remarks)],
    }
}

/// What comes and goes between two paragraphs, in the number and in the words.
fn word_by_word(left: &Paragraph, right: &Paragraph) -> Vec<(Mark, Piece)> {
    let ((left_label, left), (right_label, right)) = (left.labelled(), right.labelled());
    let mut pieces = match (left_label, right_label) {
        // The tab after a number stays, whatever becomes of the number.
        ([left, tab], [right, _]) => {
            let mut label = compared(std::slice::from_ref(left), std::slice::from_ref(right));
            label.push((Mark::Kept, tab.clone()));
            label
        }
        _ => compared(left_label, right_label),
    };
    pieces.extend(compared(&tokens(left), &tokens(right)));
    pieces
}

/// Whether two tables have as many columns, and both head them or neither does.
fn same_columns(left: &Table, right: &Table) -> bool {
    let columns = |table: &Table| table.rows.iter().map(Vec::len).chain([table.header.len()]).max();
    columns(left) == columns(right) && left.header.is_empty() == right.header.is_empty()
}

/// What comes and goes between two tables of the same columns.
fn row_by_row(left: &Table, right: &Table) -> MarkedTable {
    let row = |left: &[Vec<Piece>], right: &[Vec<Piece>]| {
        let cells = left.iter().zip(right).map(|(left, right)| compared(&tokens(left), &tokens(right)));
        MarkedRow { mark: Mark::Kept, cells: cells.collect() }
    };
    let mut rows = Vec::new();
    let (mut l, mut r) = (0, 0);
    for (to_left, to_right) in
        row_pairs(&left.rows, &right.rows).into_iter().chain([(left.rows.len(), right.rows.len())])
    {
        rows.extend(left.rows[l..to_left].iter().map(|cells| MarkedRow::whole(cells, &Mark::Deleted)));
        rows.extend(right.rows[r..to_right].iter().map(|cells| MarkedRow::whole(cells, &Mark::Inserted)));
        rows.extend(left.rows.get(to_left).zip(right.rows.get(to_right)).map(|(left, right)| row(left, right)));
        (l, r) = (to_left + 1, to_right + 1);
    }
    let header = Some(row(&left.header, &right.header)).filter(|row| !row.cells.is_empty());
    MarkedTable { layout: right.clone(), header, rows, comments: Vec::new() }
}

/// Above so many pairs of rows that could be the same, they come and go as a whole.
const MOST_ROW_PAIRS: usize = 4096;

/// The rows that correspond, in the order of both: those that are the same, and between them those most alike.
fn row_pairs(left: &[Vec<Vec<Piece>>], right: &[Vec<Vec<Piece>>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, left, right) {
        let (tag, l, r) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            pairs.extend(l.zip(r));
        } else if l.len() * r.len() <= MOST_ROW_PAIRS {
            let words = |row: &Vec<Vec<Piece>>| tokens(&row.concat());
            let (lefts, rights): (Vec<_>, Vec<_>) =
                (left[l.clone()].iter().map(words).collect(), right[r.clone()].iter().map(words).collect());
            let nearest = rights.iter().enumerate().filter_map(|(at, right)| {
                let alike = lefts.iter().enumerate().map(|(at, left)| (at, share(left, right)));
                // Of those equally alike, the first.
                let (best, share) = alike.rev().max_by(|a, b| a.1.total_cmp(&b.1))?;
                (share >= LEAST_IN_COMMON).then_some((l.start + best, r.start + at))
            });
            pairs.extend(longest_in_order(&nearest.collect::<Vec<_>>()));
        }
    }
    pairs
}

/// Pieces word by word.
fn tokens(pieces: &[Piece]) -> Vec<Piece> {
    let split = |piece: &Piece| match piece {
        Piece::Words { text, look } => {
            text.split_word_bounds().map(|word| Piece::Words { text: word.to_owned(), look: look.clone() }).collect()
        }
        other => vec![other.clone()],
    };
    pieces.iter().flat_map(split).collect()
}

/// The words of both, those of one side only marked.
fn compared(left: &[Piece], right: &[Piece]) -> Vec<(Mark, Piece)> {
    let operations = capture_diff_slices(Algorithm::Myers, left, right);
    let mut pieces = Vec::new();
    if in_common(&operations, left, right) < LEAST_IN_COMMON && left != right {
        push(&mut pieces, &Mark::Deleted, left);
        push(&mut pieces, &Mark::Inserted, right);
        return pieces;
    }
    for operation in operations {
        let (tag, l, r) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            push(&mut pieces, &Mark::Kept, &right[r]);
        } else {
            push(&mut pieces, &Mark::Deleted, &left[l]);
            push(&mut pieces, &Mark::Inserted, &right[r]);
        }
    }
    pieces
}

/// The share of letters that two rows have in common.
fn share(left: &[Piece], right: &[Piece]) -> f64 {
    in_common(&capture_diff_slices(Algorithm::Myers, left, right), left, right)
}

fn in_common(operations: &[DiffOp], left: &[Piece], right: &[Piece]) -> f64 {
    let letters = |pieces: &[Piece]| pieces.iter().map(|piece| text_of(piece).trim().chars().count()).sum::<usize>();
    let kept: usize =
        operations.iter().filter(|o| o.tag() == DiffTag::Equal).map(|o| letters(&right[o.new_range()])).sum();
    2.0 * kept as f64 / (letters(left) + letters(right)).max(1) as f64
}

/// Adds words; those that look alike and share a mark become one stretch.
fn push(pieces: &mut Vec<(Mark, Piece)>, mark: &Mark, tokens: &[Piece]) {
    for token in tokens {
        match (pieces.last_mut(), token) {
            (Some((last, Piece::Words { text, look })), Piece::Words { text: more, look: same })
                if last == mark && look == same =>
            {
                text.push_str(more);
            }
            _ => pieces.push((mark.clone(), token.clone())),
        }
    }
}

/// What is remarked, by the place of the paragraph.
struct Remarks {
    left: HashMap<usize, Vec<String>>,
    right: HashMap<usize, Vec<String>>,
}

impl Remarks {
    fn new(comparison: &Comparison, wording: &Wording, sides: &Sides) -> Self {
        let (left_places, right_places) = (places(&sides.left), places(&sides.right));
        let (mut left, mut right) = (HashMap::new(), HashMap::new());
        for change in comparison.changes.iter().filter(|change| wording.is_change(change) && says_more(change)) {
            let remark =
                std::iter::once(wording.kinds(change).join("; ")).chain(wording.why(change)).collect::<Vec<_>>();
            let remark = remark.join("\n");
            let l = change.left.first().and_then(|at| left_places.get(comparison.left[*at].id.as_str()));
            let r = change.right.first().and_then(|at| right_places.get(comparison.right[*at].id.as_str()));
            match (l, r) {
                (_, Some(r)) => right.entry(*r).or_insert_with(Vec::new).push(remark),
                (Some(l), None) => left.entry(*l).or_insert_with(Vec::new).push(remark),
                (None, None) => {}
            }
        }
        Self { left, right }
    }
}

/// Whether there is more to say of a change than what the marks show.
fn says_more(change: &Change) -> bool {
    let shown = [Kind::Added, Kind::Removed, Kind::Reworded, Kind::Typographic, Kind::Terminology];
    !change.evidence.is_empty() || change.aspects.iter().any(|aspect| !shown.contains(aspect))
}
