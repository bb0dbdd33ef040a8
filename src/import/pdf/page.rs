//! Pages of letters → a manuscript.

use kurbo::Point;
use rustc_hash::FxHashMap;

use super::grid::{self, Ruled};
use super::letters::{Letter, Sheet};
use super::margins;
use super::notes::{self, NoteRow};
use super::order::{Flow, flows};
use super::rows::{Row, first_word, rows, said};
use super::signs::UNKNOWN;
use crate::import::manuscript::cell_of;
use crate::import::{Fit, Line, Manuscript, Margin, Marker, Piece, Place, Remark, Table};
use crate::model::Inline;

/// How much farther than usual two lines are apart for a space to be between them. Spacing between paragraphs is seldom below half
/// a line, and superscripts and rounding move a line by less than a tenth.
const APART: f32 = 1.25;
/// The distance of lines, in shares of the size of their letters, where none is common.
const LEADING: f32 = 1.25;
/// Fewer distances than this do not show that a distance of more than so many sizes is that of the lines of a paragraph.
const FEW: usize = 12;
const WIDE: f32 = 1.6;
/// What share of the lines of a page makes a left edge one of those that it is set by.
const SHARE: usize = 12;

/// How many lines end near the right margin, at the least, for it to be one, and how far before it, in sizes of their letters.
const REACHING: usize = 4;
const RAGGED: f32 = 3.0;
/// The space between two words, in sizes of their letters: about what fonts have.
const SPACE: f32 = 0.25;

/// What stands on a page, in order.
enum Part {
    Furniture(Vec<Row>),
    Margin(Margin, Vec<Row>),
    Flow(Flow),
    Table(Ruled),
    Notes(Vec<NoteRow>),
}

/// The manuscript that those pages are.
pub(super) fn manuscript(mut sheets: Vec<Sheet>, mut remarks: Vec<Remark>) -> Manuscript {
    // A file all of which is marked so was marked by somebody who did not care.
    let letters = || sheets.iter().flat_map(|sheet| &sheet.letters);
    let marked = letters().filter(|letter| letter.furniture).count() * 5 <= letters().count() * 4;
    let lost: Vec<[(String, &str); 2]> = sheets.iter_mut().map(not_read).collect();
    let mut open = Vec::new();
    let (dots, pages): (Vec<Vec<Point>>, Vec<Vec<Part>>) =
        sheets.into_iter().map(|mut sheet| (std::mem::take(&mut sheet.dots), parts(sheet, marked, &mut open))).unzip();
    let usual = Usual::of(&pages);
    let (mut pieces, mut notes) = (Vec::new(), Vec::new());
    for (at, ((page, dots), lost)) in pages.into_iter().zip(dots).zip(lost).enumerate() {
        if at > 0 {
            pieces.push(Piece::PageEnd);
        }
        let mut setter = Setter {
            page: at + 1,
            line: 0,
            usual: &usual,
            dots,
            above: None,
            pieces: Vec::new(),
            notes: Vec::new(),
            unruled: None,
        };
        page.into_iter().for_each(|part| setter.part(part));
        lost.into_iter().for_each(|(words, why)| setter.left_out(&words, why));
        remarks.extend(unnamed(at + 1, &setter.pieces).or_else(|| unnamed(at + 1, &setter.notes)));
        remarks.extend(setter.unruled);
        pieces.append(&mut setter.pieces);
        notes.append(&mut setter.notes);
    }
    // As other formats have them: notes cut no sentence of the text in two.
    if !notes.is_empty() {
        pieces.push(Piece::PageEnd);
        pieces.append(&mut notes);
    }
    remarks.sort_by_key(|remark| remark.place.map(|place| (place.page, place.line)));
    Manuscript { pieces, remarks }
}

/// The words of a page that are not read with the others, and why.
fn not_read(sheet: &mut Sheet) -> [(String, &'static str); 2] {
    let turned = "turned against the other words of the page";
    [
        (std::mem::take(&mut sheet.turned), turned),
        (std::mem::take(&mut sheet.outside), "outside of the page, and not to be seen"),
    ]
}

/// What stands on a page: what is around the text first, if it is above it, otherwise last. `open` are the marks that wait for notes.
fn parts(sheet: Sheet, marked: bool, open: &mut Vec<String>) -> Vec<Part> {
    let Sheet { mut letters, rules, height, .. } = sheet;
    let tables = grid::tables(&mut letters, &rules);
    let (around, mut rest): (Vec<Letter>, Vec<Letter>) =
        letters.into_iter().partition(|letter| marked && letter.furniture);
    // Where the file itself says what is around the text, nothing else is.
    let [head, foot] = if around.is_empty() { margins::take(&mut rest, &tables, height) } else { Default::default() };
    let first =
        rest.iter().map(|letter| letter.base).chain(tables.iter().map(|table| table.top)).fold(f32::MAX, f32::min);
    let (above, below): (Vec<Row>, Vec<Row>) = rows(around).into_iter().partition(|row| row.base <= first);
    let mut parts = vec![Part::Furniture(above), Part::Margin(Margin::Head, head)];
    for table in tables {
        let (before, after): (Vec<Letter>, Vec<Letter>) =
            rest.into_iter().partition(|letter| letter.base < table.bottom);
        parts.extend(flows(before).into_iter().map(Part::Flow));
        parts.push(Part::Table(table));
        rest = after;
    }
    let mut last = flows(rest);
    let notes = last.last_mut().map(|flow| notes::take(&mut flow.rows, &rules, open)).unwrap_or_default();
    parts.extend(last.into_iter().map(Part::Flow));
    parts.push(Part::Margin(Margin::Foot, foot));
    parts.push(Part::Notes(notes));
    parts.push(Part::Furniture(below));
    parts
}

/// What is usual in a document.
struct Usual {
    /// The left edge of odd and of even pages, which may be mirrored.
    edges: [f32; 2],
    /// The right margin of odd and of even pages, where enough lines show it.
    margins: [Option<f32>; 2],
    /// Whether spaces are set at the ends of lines that go on, as word processors do.
    spaced: bool,
    /// The distance of the lines of a paragraph, by the size of their letters in halves of a point.
    distances: FxHashMap<i32, f32>,
}

fn halves(length: f32) -> i32 {
    (length * 2.0).round() as i32
}

impl Usual {
    fn of(pages: &[Vec<Part>]) -> Self {
        let flows =
            || pages.iter().flatten().filter_map(|part| if let Part::Flow(flow) = part { Some(flow) } else { None });
        let rows = |of: usize| {
            let pages = pages.iter().enumerate().filter(move |(at, _)| at % 2 == of).flat_map(|(_, page)| page);
            let flows = pages.filter_map(|part| match part {
                Part::Flow(flow) if !flow.column => Some(flow),
                _ => None,
            });
            flows.flat_map(|flow| &flow.rows)
        };
        let edges = [edge(rows(0)), edge(rows(1))];
        let first = edges[0].or(edges[1]).unwrap_or(0.0);
        Self {
            edges: edges.map(|edge| edge.unwrap_or(first)),
            margins: [margin(rows(0)), margin(rows(1))],
            spaced: sets_spaces(flows()),
            distances: distances(flows()),
        }
    }

    fn distance(&self, size: f32) -> f32 {
        self.distances.get(&halves(size)).copied().unwrap_or(size * LEADING)
    }
}

/// The leftmost of the edges at which lines begin often.
fn edge<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<f32> {
    let mut lefts: Vec<f32> = rows.map(|row| row.left).collect();
    lefts.sort_by(f32::total_cmp);
    let runs: Vec<&[f32]> = lefts.chunk_by(|a, b| b - a <= 1.0).collect();
    let often = runs.iter().find(|run| run.len() * SHARE >= lefts.len());
    often.or(runs.first()).and_then(|run| run.get(run.len() / 2)).copied()
}

/// The right margin: the place up to which lines go, if enough of them end near it.
fn margin<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<f32> {
    let mut ends: Vec<(f32, f32)> = rows.map(|row| (row.right, row.size)).collect();
    ends.sort_by(|a, b| b.0.total_cmp(&a.0));
    let enough = (ends.len() / SHARE).max(REACHING);
    let reached = |at: usize| ends.get(at + enough - 1).is_some_and(|end| ends[at].0 - end.0 <= RAGGED * end.1);
    (0..ends.len()).find(|at| reached(*at)).map(|at| ends[at].0)
}

/// Whether a space is set behind most lines that do not end a sentence.
fn sets_spaces<'a>(flows: impl Iterator<Item = &'a Flow>) -> bool {
    let ends = flows.flat_map(|flow| &flow.rows).filter_map(|row| row.letters.last());
    let (mut lines, mut spaced) = (0, 0);
    for last in ends.filter(|last| last.text.ends_with(char::is_alphanumeric)) {
        lines += 1;
        spaced += usize::from(last.spaced[1]);
    }
    lines >= FEW && spaced * 5 >= lines * 4
}

/// How lines that follow one another fit between the margins. Where one shows that lines end before the margin there, the room behind
/// them says nothing.
fn fits(rows: &[Row], margin: Option<f32>, spaces: bool) -> Vec<Fit> {
    let fit = |row: &Row| Fit {
        room: margin.map(|margin| margin - row.right),
        first: first_word(row) + SPACE * row.size,
        spaced: row.letters.last().map(|last| last.spaced[1]).filter(|_| spaces),
    };
    let mut fits: Vec<Fit> = rows.iter().map(fit).collect();
    let cut_short = |(rows, fits): (&[Row], &[Fit])| {
        let open = rows[0].letters.last().is_some_and(|last| last.text.ends_with(char::is_alphanumeric));
        let goes_on = rows[1].letters.first().is_some_and(|first| first.text.starts_with(char::is_lowercase));
        let near = rows[1].base - rows[0].base < 2.0 * rows[1].size;
        open && goes_on && near && fits[0].left_with(&fits[1]).is_some_and(|left| left > rows[1].size)
    };
    let cut: Vec<bool> = rows.windows(2).zip(fits.windows(2)).map(cut_short).collect();
    for (at, fit) in fits.iter_mut().enumerate() {
        if cut[at.saturating_sub(2).min(cut.len())..(at + 2).min(cut.len())].contains(&true) {
            fit.room = None;
        }
    }
    fits
}

/// The distance between lines of each size: the smallest that is often met, since paragraphs of one line make larger ones common.
fn distances<'a>(flows: impl Iterator<Item = &'a Flow>) -> FxHashMap<i32, f32> {
    let mut met: FxHashMap<i32, Vec<f32>> = FxHashMap::default();
    for pair in flows.flat_map(|flow| flow.rows.windows(2)) {
        let distance = pair[1].base - pair[0].base;
        if halves(pair[0].size) == halves(pair[1].size) && (0.8..2.6).contains(&(distance / pair[1].size)) {
            met.entry(halves(pair[1].size)).or_default().push(distance);
        }
    }
    let usual = met.into_iter().filter_map(|(size, mut distances)| {
        distances.sort_by(f32::total_cmp);
        let enough = (distances.len() / 7).max(3);
        let mut runs = distances.chunk_by(|a, b| b - a <= 0.3);
        let usual = runs.find(|run| run.len() >= enough).and_then(|run| run.get(run.len() / 2)).copied()?;
        // In a short text every paragraph may be of one line.
        let of_paragraphs = distances.len() < FEW && usual > size as f32 / 2.0 * WIDE;
        (!of_paragraphs).then_some((size, usual))
    });
    usual.collect()
}

/// Sets the lines of a page one after another.
struct Setter<'a> {
    page: usize,
    line: usize,
    usual: &'a Usual,
    dots: Vec<Point>,
    /// Where the lowest line so far stands, and the size of its letters.
    above: Option<(f32, f32)>,
    pieces: Vec<Piece>,
    notes: Vec<Piece>,
    /// The first table on the page that no ruling lines show to be one.
    unruled: Option<Remark>,
}

impl Setter<'_> {
    fn place(&mut self) -> Place {
        self.line += 1;
        Place { page: Some(self.page), line: self.line }
    }

    fn part(&mut self, part: Part) {
        match part {
            Part::Furniture(rows) => self.rows(rows, None, true),
            Part::Margin(margin, rows) => {
                let from = self.pieces.len();
                self.rows(rows, None, false);
                for piece in &mut self.pieces[from..] {
                    if let Piece::Line(line) = piece {
                        line.margin = Some(margin);
                    }
                }
            }
            Part::Flow(Flow { rows, column }) => {
                let edge = if column { edge(rows.iter()) } else { None };
                self.rows(rows, edge, false);
            }
            Part::Notes(rows) => rows.into_iter().for_each(|row| self.note(row)),
            Part::Table(Ruled { rows, header_rows, bottom, .. }) => {
                self.above = Some((bottom, 0.0));
                let place = self.place();
                let rows = rows.iter().map(|row| row.iter().map(|cell| cell_of(cell)).collect()).collect();
                self.pieces.push(Piece::Table(Table { caption: None, header_rows, rows, place }));
            }
        }
    }

    fn note(&mut self, NoteRow { mark, row }: NoteRow) {
        let (said, place) = (said(&row.letters), self.place());
        let line = Line {
            content: said.content,
            marker: mark.map(Marker::Label),
            style: Some("Footnote".to_owned()),
            size: Some(row.size),
            bold: said.bold,
            fit: fits(&[row], self.usual.margins[(self.page - 1) % 2], self.usual.spaced).first().copied(),
            place,
            ..Line::default()
        };
        self.notes.push(Piece::Line(line));
    }

    fn left_out(&mut self, words: &str, why: &'static str) {
        let words = words.trim();
        if !words.is_empty() {
            let (content, place) = (vec![Inline::words(words)], self.place());
            self.pieces.push(Piece::Line(Line {
                content,
                place,
                furniture: true,
                left_out: Some(why),
                ..Line::default()
            }));
        }
    }

    fn rows(&mut self, rows: Vec<Row>, edge: Option<f32>, furniture: bool) {
        let margin = match edge {
            _ if furniture => None,
            Some(_) => margin(rows.iter()),
            None => self.usual.margins[(self.page - 1) % 2],
        };
        let fits = fits(&rows, margin, self.usual.spaced);
        let edge = edge.unwrap_or(self.usual.edges[(self.page - 1) % 2]);
        let mut last = if furniture { None } else { self.above };
        let unruled = if furniture { None } else { cells(&rows) };
        for (at, row) in rows.into_iter().enumerate() {
            let mut said = said(&row.letters);
            if said.marker.is_none() && self.dots.iter().any(|dot| is_before(*dot, &row)) {
                said.marker = Some(Marker::Bullet);
            }
            let usual = |size: f32| self.usual.distance(size);
            let apart = last.is_some_and(|(base, size)| row.base - base > usual(row.size).max(usual(size)) * APART);
            last = Some((row.base, row.size));
            if !furniture && self.above.is_none_or(|(base, _)| base < row.base) {
                self.above = last;
            }
            let place = self.place();
            if unruled == Some(at) && self.unruled.is_none() {
                let what = "what looks like a table without ruling lines was read as lines".to_owned();
                self.unruled = Some(Remark { what, place: Some(place) });
            }
            let line = Line {
                content: said.content,
                marker: said.marker,
                apart,
                indent: row.left - edge,
                size: Some(row.size),
                bold: said.bold,
                furniture,
                fit: Some(fits[at]),
                place,
                ..Line::default()
            };
            self.pieces.push(Piece::Line(line));
        }
    }
}

/// Whether a drawn dot is the bullet of a line: right before its first letter, at half its height.
fn is_before(dot: Point, row: &Row) -> bool {
    let (x, y) = (dot.x as f32, dot.y as f32);
    (0.2..2.5).contains(&((row.left - x) / row.size)) && (0.1..0.7).contains(&((row.base - y) / row.size))
}

/// The letters of a page of which the file does not say which they are.
fn unnamed(page: usize, pieces: &[Piece]) -> Option<Remark> {
    let count = |text: &str| text.chars().filter(|letter| *letter == UNKNOWN).count();
    let mut found = pieces.iter().filter_map(|piece| {
        let (unnamed, place) = match piece {
            Piece::Line(line) => (count(&line.text()), line.place),
            Piece::Table(table) => (table.texts().iter().flatten().map(|cell| count(cell)).sum(), table.place),
            Piece::PageEnd => return None,
        };
        (unnamed > 0).then_some((unnamed, place))
    });
    let (first, place) = found.next()?;
    let all = first + found.map(|(count, _)| count).sum::<usize>();
    let what = match all {
        1 => "a letter that the file does not name; it stands as “\u{fffd}”".to_owned(),
        all => format!("letters that the file does not name; {all} on page {page}, each of which stands as “\u{fffd}”"),
    };
    Some(Remark { what, place: Some(place) })
}

/// Where cells begin that no ruling lines part: the first of three lines in which something follows a wide gap, in the same place,
/// after more than a label and before more than the number of a page.
fn cells(rows: &[Row]) -> Option<usize> {
    let second = |row: &Row| {
        let parts = row.clone().stretches();
        let [first, .., last] = &parts[..] else { return None };
        let wide = parts.windows(2).any(|pair| pair[1].left - pair[0].right > 1.5 * row.size);
        let words = first.plain();
        let label = !words.contains(' ') && (words.chars().count() <= 2 || !words.chars().all(char::is_alphabetic));
        let page = last.letters.iter().all(|letter| letter.text.chars().all(|sign| sign.is_ascii_digit()));
        (wide && !label && !page).then(|| parts.get(1).map(|part| part.left)).flatten()
    };
    let seconds: Vec<Option<f32>> = rows.iter().map(second).collect();
    seconds.windows(3).position(|three| match three {
        [Some(a), Some(b), Some(c)] => (a - b).abs() < 3.0 && (b - c).abs() < 3.0,
        _ => false,
    })
}
