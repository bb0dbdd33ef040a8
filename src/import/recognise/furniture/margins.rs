//! Running heads and feet of documents of one page or two, which nothing repeats: what stands in the margin and is no more than what
//! the text says itself, small print, or where the council is to be found.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::manuscript::{Line, Margin, Piece, Remark};
use super::super::super::pattern::pattern;
use super::super::back::RULED;
use super::super::facts::is_about_dates;
use super::super::front::{entitles, names_a_council};
use super::super::label::Label;
use super::pages::own_number;
use super::repeated::{is_a_whole_sentence, is_of_a_form};
use super::{LeftOut, Printed, Reason, stands_alone};

/// On more pages repetition tells.
const FEW_PAGES: usize = 2;
/// What a document is called stands among so many of its first lines.
const FIRST: usize = 8;
/// Letters of no more than this share of the size of the text are small.
const SMALL: f32 = 0.92;

const WHY: &str = "a running head or foot";

/// Where a council is to be found: `www.example.gov.uk`, `clerk@example.gov.uk`, `01234 567890`, `AB1 2CD`
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bwww\.|https?://|\S@\S+\.\S|\btel(?:ephone)?\b|\b0\d{2,4} ?\d{3} ?\d{3,4}\b|\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b",
    )
});

/// Gives the lines in the margins of the few pages of a document their reason, where their words have one.
pub(super) fn mark(printed: &Printed<'_>, reasons: &mut [Reason]) {
    let pages = printed.pieces.iter().filter(|piece| **piece == Piece::PageEnd).count() + 1;
    if pages > FEW_PAGES {
        return;
    }
    let text = Text::of(printed, reasons);
    let mut page = 1;
    for (at, piece) in printed.pieces.iter().enumerate() {
        match piece {
            Piece::PageEnd => page += 1,
            Piece::Line(line) if reasons[at].is_none() && text.has_around_it(line, page) => reasons[at] = Some(WHY),
            _ => {}
        }
    }
}

/// What is kept at the foot of a single page and may be a running foot.
pub(in super::super) fn doubts(kept: &[Piece], out: &[LeftOut]) -> Vec<Remark> {
    if kept.contains(&Piece::PageEnd) || out.iter().any(|left| left.line.margin == Some(Margin::Foot)) {
        return Vec::new();
    }
    let lines = kept.iter().filter_map(|piece| if let Piece::Line(line) = piece { Some(line) } else { None });
    let may_be = |line: &&Line| {
        let text = line.text();
        line.margin == Some(Margin::Foot) && can_be_around(line, &text) && !is_about_dates(&text)
    };
    let doubt = |line: &Line| Remark {
        what: format!("“{}” stands apart at the foot of the page, and may be no part of the text", line.text()),
        place: Some(line.place),
    };
    lines.filter(may_be).map(doubt).collect()
}

/// What the text between the margins says and how it is set.
struct Text {
    /// What the document and its council are called, as letters.
    names: Vec<String>,
    /// Whether a line says when something was done.
    dated: bool,
    size: Option<f32>,
}

impl Text {
    fn of(printed: &Printed<'_>, reasons: &[Reason]) -> Self {
        let inside = || {
            let lines = (0..reasons.len()).filter(|at| reasons[*at].is_none()).filter_map(|at| printed.line(at));
            lines.filter(|line| line.margin.is_none())
        };
        let first = inside().take(FIRST).map(Line::text);
        let names = first.filter(|text| entitles(text) || names_a_council(text)).map(|text| letters(&text)).collect();
        let mut sizes: Vec<f32> = inside().filter_map(|line| line.size).collect();
        sizes.sort_by(f32::total_cmp);
        let dated = inside().any(|line| is_about_dates(&line.text()));
        Self { names, dated, size: sizes.get(sizes.len() / 2).copied() }
    }

    /// Whether a line in the margin is none of the text.
    fn has_around_it(&self, line: &Line, page: usize) -> bool {
        let text = line.text();
        let Some(margin) = line.margin.filter(|_| can_be_around(line, &text)) else { return false };
        // The only line that says when it was adopted is the document's, wherever it stands.
        if is_about_dates(&text) {
            return self.dated;
        }
        let small = || line.size.zip(self.size).is_some_and(|(own, text)| own <= SMALL * text);
        let address = || margin == Margin::Foot && ADDRESS.is_match(&text);
        let numbered = || margin == Margin::Foot && own_number(&text) == Some(page);
        self.says(&text) || small() || address() || numbered()
    }

    /// Whether a name of the document is all that words say, or is in them.
    fn says(&self, text: &str) -> bool {
        let words = letters(text);
        !words.is_empty() && self.names.iter().any(|name| words.contains(name.as_str()) || name.contains(&words))
    }
}

/// Whether a line can be a running head or foot at all: no clause, no sentence, and no place to sign.
fn can_be_around(line: &Line, text: &str) -> bool {
    let written = is_of_a_form(text) && !is_about_dates(text) || RULED.is_match(text);
    line.marker.is_none()
        && line.heading.is_none()
        && Label::split(text).is_none()
        && !written
        && !text.starts_with(['*', '†', '‡'])
        && !is_a_whole_sentence(text)
        && (stands_alone(text) || ADDRESS.is_match(text))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
