//! The numbers of pages.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::super::super::manuscript::{Line, Marker, Piece};
use super::super::super::pattern::pattern;
use super::super::sentences::ends_a_sentence;
use super::{NUMBER, Printed, Reason, stands_alone};

/// A running head or foot with the number of its page is no longer than this, and one that says of how many, than that.
const LONGEST_FOOT: usize = 120;
const LONGEST_COUNT: usize = 90;

static PAGE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?i)(?:[-–—|\s]*)(?:page\s*[|:]?\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:[-–—|\s]*)$"));

/// `Page 3 of 16`, with words behind it or before it; `see page 3 of 16 of the guide` is a part of the text.
static PAGE_COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:page)\s*\d{1,4}\s*(?i:of|/)\s*\d{1,4}(?:$|\W*$|\W+[^\p{Ll}\s])|\b(?:Page|PAGE)\s*\d{1,4}\s*(?i:of|/)\s*\d{1,4}\W*$",
    )
});

/// `Section 4 – Conduct   Page 3`, `Page 3 | Standing Orders`
static PAGED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Page|PAGE) (?<first>\d{1,4})\b|\b(?:Page|PAGE) ?(?<last>\d{1,4})$"));

/// `3/11/2026, 14:05   Standing Orders`, `https://www.example.gov.uk/policies 3/16`: what a browser prints above and below a page.
static OF_A_BROWSER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}\b|^(?:https?|file)://\S+ \d{1,3}(?:/| of )\d{1,3}$")
});

/// Whether a line at the edge of a page is what a browser prints there.
pub(super) fn is_of_a_browser(text: &str) -> bool {
    OF_A_BROWSER.is_match(text)
}

/// A number that stands alone.
struct Alone {
    at: usize,
    /// The page it stands on, from 1.
    page: usize,
    number: u32,
}

impl Alone {
    /// How far it is ahead of its page.
    fn offset(&self) -> i64 {
        i64::from(self.number) - self.page as i64
    }
}

/// `3/16` alone on its line.
struct Counted {
    at: usize,
    /// Whether the first number is that of the page.
    own: bool,
    of: usize,
}

/// What may be the numbers of pages, of which there is to be more than one.
#[derive(Default)]
struct Candidates {
    alone: Vec<Alone>,
    counted: Vec<Counted>,
    /// The feet that end in a number: where, and which.
    feet: Vec<(usize, u32)>,
}

/// The pieces that say which page they stand on, of those that are not known to be something else.
pub(super) fn numbers(printed: &Printed<'_>, known: &[Reason]) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut candidates = Candidates::default();
    let mut page = 1;
    for (at, piece) in printed.pieces.iter().enumerate() {
        let Piece::Line(line) = piece else {
            page += usize::from(*piece == Piece::PageEnd);
            continue;
        };
        if known[at].is_none() && printed.is_near_an_edge(at) && candidates.take(at, page, line, printed) {
            found.insert(at);
        }
    }
    found.extend(candidates.feet_that_count_up(printed.paged));
    found.extend(candidates.of_all_pages(page));
    found.extend(candidates.alone_on_pages(printed));
    found
}

impl Candidates {
    /// Whether a line can be nothing but the number of its page; keeps it if others are to be asked.
    fn take(&mut self, at: usize, page: usize, line: &Line, printed: &Printed<'_>) -> bool {
        let text = line.text();
        if let Some(number) = number_alone(&printed.pieces[at]) {
            self.alone.extend(printed.paged.then_some(Alone { at, page, number }));
            return false;
        }
        if line.marker.is_some() {
            return false;
        }
        if text.len() < LONGEST_COUNT && PAGE_COUNT.is_match(&text) && !printed.goes_on(at) {
            return true;
        }
        if printed.paged && PAGE_NUMBER.is_match(&text) {
            if text.contains(char::is_alphabetic) {
                return true;
            }
            if let [number, of] = numbers_in(&text)[..] {
                self.counted.push(Counted { at, own: number == page, of });
            }
        } else if text.len() <= LONGEST_FOOT
            && stands_alone(&text)
            && let Some(foot) = PAGED.captures(&text)
        {
            let number = foot.name("first").or(foot.name("last")).and_then(|number| number.as_str().parse().ok());
            self.feet.extend(number.map(|number| (at, number)));
        }
        false
    }

    fn feet_that_count_up(&self, paged: bool) -> impl Iterator<Item = usize> {
        // Without pages, three that count up say that they count them.
        let least = if paged { 2 } else { 3 };
        let up = self.feet.len() >= least && self.feet.windows(2).all(|pair| pair[0].1 < pair[1].1);
        self.feet.iter().filter(move |_| up).map(|(at, _)| *at)
    }

    /// One alone may be a year of accounts, or a ratio.
    fn of_all_pages(&self, pages: usize) -> impl Iterator<Item = usize> {
        let again = |one: &Counted| self.counted.iter().filter(|other| other.of == one.of).count() > 1;
        self.counted.iter().filter(move |one| one.own && one.of == pages || again(one)).map(|one| one.at)
    }

    /// Of the numbers that stand alone near a page's edge, those that count the pages. Others are the numbers of clauses, whose words
    /// come below them.
    fn alone_on_pages(&self, printed: &Printed<'_>) -> Vec<usize> {
        let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
        self.alone.iter().for_each(|one| *offsets.entry(one.offset()).or_default() += 1);
        let usual = offsets.into_iter().max_by_key(|(offset, times)| (*times, -offset.abs(), *offset));
        // One alone counts the pages only if it is the page's own number.
        let Some((usual, _)) = usual.filter(|(offset, times)| *times > 1 || *offset == 0) else { return Vec::new() };
        let fits = |one: &&Alone| one.offset() == usual;
        let outermost = |one: &&Alone| printed.is_outermost(one.at);
        let ends = |one: &&Alone| outermost(one) && !printed.may_end_a_sentence(one.at);
        let of_a_page = |page: &[Alone]| {
            let best = page.iter().rev().filter(fits).find(outermost);
            best.or_else(|| page.iter().rfind(fits)).or_else(|| page.iter().rfind(ends)).map(|one| one.at)
        };
        self.alone.chunk_by(|one, other| one.page == other.page).filter_map(of_a_page).collect()
    }
}

impl Printed<'_> {
    /// Whether a line follows right below one that ends at the right margin and ends no sentence.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        let (Some(before), Some(line)) = (self.line_above(at), self.line(at)) else { return false };
        let left = before.fit.zip(line.fit).and_then(|(before, fit)| before.left_with(&fit));
        left.is_some_and(|left| left < 0.0) && !line.apart && !before.furniture && !ends_a_sentence(&before.text())
    }

    /// Whether a piece is the first or last of its page.
    fn is_outermost(&self, at: usize) -> bool {
        let is_end = |piece: Option<&Piece>| piece.is_none_or(|piece| *piece == Piece::PageEnd);
        is_end(self.pieces.get(at + 1)) || is_end(at.checked_sub(1).map(|before| &self.pieces[before]))
    }

    /// Whether a line follows right below one that ends no sentence, and is no running foot itself.
    fn may_end_a_sentence(&self, at: usize) -> bool {
        let apart = self.line(at).is_none_or(|line| line.apart);
        let Some(before) = self.line_above(at).map(Line::text).filter(|_| !apart) else { return false };
        let again =
            || (0..self.pieces.len()).filter_map(|at| self.line(at)).filter(|line| line.text() == before).count();
        before.contains(' ') && !ends_a_sentence(&before) && again() < 2
    }
}

/// The page that a running head or foot says it is of, with other words: `Example Policy | Page 1`.
pub(super) fn own_number(text: &str) -> Option<usize> {
    let found = PAGED.captures(text).filter(|_| text.len() <= LONGEST_FOOT)?;
    found.name("first").or(found.name("last"))?.as_str().parse().ok()
}

fn numbers_in(text: &str) -> Vec<usize> {
    NUMBER.find_iter(text).filter_map(|number| number.as_str().parse().ok()).collect()
}

/// The number that a line is, and nothing else.
pub(super) fn number_alone(piece: &Piece) -> Option<u32> {
    match piece {
        Piece::Line(line) if !matches!(line.marker, Some(Marker::Label(_))) && !line.furniture => {
            // The first dash of `- 2 -` is read as a bullet.
            let text = if line.marker.is_some() { format!("- {}", line.text()) } else { line.text() };
            let dash = |c: char| "-–—".contains(c);
            // `1 –` is the number of a heading whose words come below it.
            let half = text.ends_with(dash) && !text.starts_with(dash);
            let bare = text.trim_matches(|c: char| dash(c) || c == '|' || c == ' ');
            // What has four figures is a year.
            let bulleted = line.marker.is_some() && !line.text().ends_with(dash);
            let counts = !bulleted && PAGE_NUMBER.is_match(&text) && !half && bare.len() < 4;
            counts.then(|| bare.parse().ok()).flatten()
        }
        _ => None,
    }
}
