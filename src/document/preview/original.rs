//! A manuscript as it is shown: piece by piece in the order of reading, with what the report says of each.

use std::collections::BTreeMap;

use crate::import::recognise::NO_PLACE;
use crate::import::text;
use crate::import::{Line, Manuscript, Marker, Piece, Place, Report, Table};
use crate::model::Cell;

use super::content::Content;
use super::words::Words;

/// A piece of the original, before its words are laid against the result's.
pub(super) struct Source {
    pub(super) content: Content<Words>,
    pub(super) place: Place,
    /// Whether it looks like a heading.
    pub(super) heading: bool,
    /// Whether it is a printed line that stands close below the one before.
    pub(super) close: bool,
    /// How far it is indented, in steps.
    pub(super) depth: u8,
    /// Whether it begins with a sign, or a letter, that was typed for a bullet.
    pub(super) typed_bullet: bool,
    /// Why it was left out.
    pub(super) left_out: Option<&'static str>,
}

/// An indent of this many points is one step to the right.
const STEP: f32 = 18.0;

/// No piece is shown further to the right than this: columns are narrow.
const DEEPEST: u8 = 4;

/// The pieces of a manuscript. Empty lines are none.
pub(super) fn pieces(manuscript: &Manuscript, report: &Report) -> Vec<Source> {
    let mut left_out = LeftOut::new(report);
    let mut page = 0;
    let pieces = manuscript.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => {
            (line.marker.is_some() || !line.text().trim().is_empty()).then(|| of_line(line, &mut left_out))
        }
        Piece::Table(table) => Some(of_table(table)),
        Piece::PageEnd => {
            page += 1;
            let place = Place { page: Some(page), line: usize::MAX };
            Some(Source {
                content: Content::PageEnd { number: page },
                place,
                heading: false,
                close: false,
                typed_bullet: false,
                depth: 0,
                left_out: None,
            })
        }
    });
    pieces.collect()
}

fn of_line(line: &Line, left_out: &mut LeftOut) -> Source {
    let label = match &line.marker {
        Some(Marker::Label(label)) => Some(Words::plain(label)),
        _ => None,
    };
    let bullet = line.marker == Some(Marker::Bullet);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of steps, never below none")]
    let indent = (line.indent / STEP).round().clamp(0.0, f32::from(DEEPEST)) as u8;
    Source {
        content: Content::Line { bullet, label, words: Words::new(&line.content) },
        place: line.place,
        heading: line.heading.is_some() || line.bold,
        close: !line.whole && !line.apart && line.marker.is_none(),
        depth: line.list_level.saturating_sub(1).max(indent).min(DEEPEST),
        typed_bullet: line.marker.is_none() && text::bullet(&line.text()).is_some(),
        left_out: left_out.why(line),
    }
}

fn of_table(table: &Table) -> Source {
    let cells = |rows: &[Vec<Cell>]| -> Vec<Vec<Words>> {
        rows.iter().map(|row| row.iter().map(|cell| Words::new(cell)).collect()).collect()
    };
    let (header, rows) = table.rows.split_at(table.header_rows.min(table.rows.len()));
    let caption = table.caption.as_deref().map(Words::plain);
    Source {
        content: Content::Table { caption, header: cells(header), rows: cells(rows) },
        place: table.place,
        heading: false,
        close: false,
        typed_bullet: false,
        depth: 0,
        left_out: None,
    }
}

/// What the report says was left out, by place and words.
struct LeftOut(BTreeMap<(Option<usize>, usize, String), Vec<&'static str>>);

impl LeftOut {
    fn new(report: &Report) -> Self {
        let mut by_place: BTreeMap<_, Vec<_>> = BTreeMap::new();
        // What nobody meant to leave out is lost, and is to be seen as that.
        for left in report.left_out.iter().filter(|left| left.why != NO_PLACE) {
            by_place.entry((left.place.page, left.place.line, left.text.clone())).or_default().push(left.why);
        }
        Self(by_place)
    }

    /// Why that line was left out, if it was.
    fn why(&mut self, line: &Line) -> Option<&'static str> {
        self.0.get_mut(&(line.place.page, line.place.line, line.text()))?.pop()
    }
}

/// The piece that stands at a place, or the last one before it.
pub(super) fn at(pieces: &[Source], place: Place) -> Option<usize> {
    let key = |place: Place| (place.page, place.line);
    let exact = pieces.iter().position(|piece| key(piece.place) == key(place));
    exact.or_else(|| pieces.iter().rposition(|piece| key(piece.place) < key(place)))
}
