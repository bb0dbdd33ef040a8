//! The heads and feet of pages, which repeat themselves.

use std::collections::{BTreeMap, HashSet};

use super::super::super::manuscript::{Line, Piece};
use super::super::super::text::bullet;
use super::super::bare;
use super::super::dates::dates;
use super::super::front::{council_in, entitles, names_a_council};
use super::super::label::{Kind, Label};
use super::pages::number_alone;
use super::{NEAR_THE_EDGE, NUMBER, Printed, Reason, stands_alone};

/// Why the heads and feet of pages are left out where only their repetition tells them.
const REPEATED: &str = "repeated on every page";

/// In printed lines, empty ones not counted: what a page has at least, unless it is the last, and what two have at most.
const LEAST_OF_A_PAGE: usize = 15;
const TWO_PAGES: usize = 120;
const BYTES_OF_A_ROW: usize = 80;

/// Words beside a place to write something in.
const FIELDS: [&str; 12] = [
    "name",
    "signature",
    "signed",
    "sign",
    "date",
    "dated",
    "address",
    "value",
    "position",
    "telephone",
    "none",
    "overleaf",
];

/// Where the lines stand that say the same: by their words, the pieces in order.
type Times = BTreeMap<String, Vec<usize>>;

/// Gives the lines that repeat themselves as the heads and feet of pages do their reason.
pub(super) fn mark(printed: &Printed<'_>, reasons: &mut [Reason]) {
    let times = times(printed, reasons);
    if printed.paged {
        on_pages(printed, &times, reasons).into_iter().for_each(|at| reasons[at] = Some(REPEATED));
    } else {
        times.values().for_each(|places| beside_numbers(printed.pieces, places, reasons));
        without_pages(printed, &times).into_iter().for_each(|at| reasons[at] = Some(REPEATED));
    }
}

fn times(printed: &Printed<'_>, reasons: &[Reason]) -> Times {
    let bare = bare::labels(printed.pieces);
    let mut times = Times::new();
    for (at, reason) in reasons.iter().enumerate() {
        let Some(line) = printed.line(at).filter(|_| reason.is_none()) else { continue };
        let text = line.text();
        let label = label_of(&text, bare[at]);
        // Formats that have whole paragraphs tell themselves what stands on every page.
        let stands =
            if printed.paged { printed.edges[at] } else { !line.whole && stands_alone(&text) && !is_of_a_form(&text) };
        if stands && label < text.len() && can_be_furniture(line, &text) {
            times.entry(key(line, label)).or_default().push(at);
        }
    }
    times
}

/// What a line has in common with those that differ from it in numbers only, as the feet of pages do.
pub(super) fn key(line: &Line, label: usize) -> String {
    // Files differ in the spaces of their running heads.
    alike(&line.text(), label).split_whitespace().collect()
}

/// What words that were left out have in common with those that differ from them in numbers only, as the feet of pages do.
pub fn but_for_numbers(text: &str) -> String {
    alike(text, 0)
}

/// Words with their numbers made alike: they count pages. Those of a date do not, nor do sums and years, nor those of a label of so many
/// bytes: `Stage 1` and `Stage 2` are two headings.
fn alike(text: &str, label: usize) -> String {
    let dates = dates(text);
    let mut alike = String::new();
    let mut after = 0;
    for number in NUMBER.find_iter(text) {
        alike.push_str(&text[after..number.start()]);
        let dated = dates.iter().any(|date| date.at.contains(&number.start()));
        let sum = text[..number.start()].ends_with(['£', '€', '$']) || text[number.end()..].starts_with('%');
        let whole = number.len() < 4 && number.as_str().bytes().all(|c| c.is_ascii_digit());
        let counts = number.start() >= label && !dated && !sum && whole;
        alike.push_str(if counts { "#" } else { number.as_str() });
        after = number.end();
    }
    alike.push_str(&text[after..]);
    alike
}

/// How many bytes of a line are a label that names its kind, `Section 4`, or one that counts on from another, `Q4.`.
fn label_of(text: &str, bare: Option<usize>) -> usize {
    let named = || Label::split(text).filter(|(label, _)| label.kind == Kind::Named).map(|(label, _)| label.text.len());
    bare.or_else(named).unwrap_or(0)
}

/// Clauses and items are not, however often they are repeated.
fn can_be_furniture(line: &Line, text: &str) -> bool {
    line.marker.is_none()
        && line.heading.is_none()
        && text.chars().nth(1).is_some()
        && text.len() < 160
        && (bullet(text).is_none() || text.ends_with(['-', '–', '—']))
        && Label::split(text).is_none_or(|(label, _)| label.kind == Kind::Named)
}

/// Whether a line asks for something to be written, or is what was written.
pub(super) fn is_of_a_form(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| FIELDS.contains(&word)) && dates(text).is_empty()
}

/// The lines that repeat themselves near the edges of pages.
fn on_pages(printed: &Printed<'_>, times: &Times, reasons: &[Reason]) -> Vec<usize> {
    let pages = printed.pieces.iter().filter(|piece| **piece == Piece::PageEnd).count() + 1;
    let repeated = |places: &&Vec<usize>| {
        let lines: Vec<&Line> = places.iter().filter_map(|at| printed.line(*at)).collect();
        let texts: Vec<String> = lines.iter().map(|line| line.text()).collect();
        let placed = lines.iter().all(|line| line.fit.is_some());
        // Twice may be chance, for what can be a part of a sentence, and for what stands elsewhere on the other page.
        let part = || texts.iter().any(|text| !stands_alone(text)) || places.iter().any(|at| printed.goes_on(*at));
        let elsewhere = || placed && !places.windows(2).all(|two| level(two, printed.pieces));
        // However often: a line in the middle of a sentence that is said again in other clauses is no running head.
        let amid = || {
            let amid = |at: &usize| printed.line(*at).is_some_and(|line| begins_amid(printed, *at, line));
            elsewhere() && places.iter().any(amid)
        };
        let chance = places.len() < 3 && (part() || elsewhere()) || amid();
        // Where each line is a printed one, what is said again on the same page is no running head.
        let apart = |two: &&[usize]| printed.pieces[two[0]..two[1]].contains(&Piece::PageEnd);
        let on = if placed { places.windows(2).filter(apart).count() + 1 } else { places.len() };
        // A form has pages, too, but few.
        let form = texts.iter().any(|text| is_of_a_form(text)) && (on < 3 || on * 2 < pages);
        on >= 2 && on * 2 >= pages.min(6) && !chance && !form
    };
    let repeated: Vec<&Vec<usize>> = times.values().filter(repeated).collect();
    let mut outer: HashSet<usize> = repeated.iter().copied().flatten().copied().collect();
    outer.extend((0..reasons.len()).filter(|at| reasons[*at].is_some()));
    // Each page may begin alike, with the same heading below another: a head or foot reaches to the edge, or says what it belongs to.
    let reaches = |at: usize, outer: &HashSet<usize>| {
        let end = |other: usize| printed.pieces.get(other).is_none_or(|piece| *piece == Piece::PageEnd);
        let above = (0..at).rev().find(|other| end(*other) || !outer.contains(other)).is_none_or(end);
        let below =
            (at + 1..=printed.pieces.len()).find(|other| end(*other) || !outer.contains(other)).is_some_and(end);
        above || below
    };
    let sentence = |at: &usize| printed.line(*at).is_some_and(|line| is_a_whole_sentence(&line.text()));
    let is_running = |places: &&&Vec<usize>| {
        let most = places.iter().filter(|at| reaches(**at, &outer)).count() * 2 > places.len();
        most && !places.iter().any(sentence) || tells(printed, places)
    };
    repeated.iter().filter(is_running).copied().flatten().copied().collect()
}

/// Whether a line goes on with the sentence of the one above, or goes on in the next.
fn begins_amid(printed: &Printed<'_>, at: usize, line: &Line) -> bool {
    line.text().starts_with(char::is_lowercase) || printed.goes_on(at)
}

/// Whether words are a sentence, and no title, number or date.
pub(super) fn is_a_whole_sentence(text: &str) -> bool {
    let lower = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    text.ends_with('.') && lower >= 3
}

/// Whether lines that say the same say of which document they are, when it was adopted, or which page comes next.
fn tells(printed: &Printed<'_>, places: &[usize]) -> bool {
    let texts: Vec<String> = places.iter().filter_map(|at| printed.line(*at)).map(Line::text).collect();
    let numbers = |text: &String| {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u64>().ok()).collect::<Vec<_>>()
    };
    let counted = texts.windows(2).all(|two| numbers(&two[0]) != numbers(&two[1]));
    let says = |text: &String| !dates(text).is_empty() || council_in(text).is_some() || names_a_council(text);
    let first = places.first().is_some_and(|at| printed.is_in_head(*at));
    texts.first().is_some_and(|text| says(text) || first && entitles(text)) || counted || places.first() == Some(&0)
}

/// Whether two pieces are as far from the top of their pages, or from the foot.
fn level(two: &[usize], pieces: &[Piece]) -> bool {
    let line = |piece: &&Piece| **piece != Piece::PageEnd;
    let above = |at: usize| pieces[..at].iter().rev().take_while(line).count();
    let below = |at: usize| pieces[at..].iter().take_while(line).count();
    above(two[0]) == above(two[1]) || below(two[0]) == below(two[1])
}

/// Marks the lines of the same words that have a number alone above or below them, one that counts up, and those numbers.
fn beside_numbers(pieces: &[Piece], places: &[usize], reasons: &mut [Reason]) {
    for beside in [|at: usize| at.wrapping_sub(1), |at: usize| at + 1] {
        let number = |at: &usize| Some((*at, beside(*at), number_alone(pieces.get(beside(*at))?)?));
        let found: Vec<(usize, usize, u32)> = places.iter().filter_map(number).collect();
        if found.len() >= 2 && found.windows(2).all(|pair| pair[0].2 < pair[1].2) {
            for (line, number, _) in found {
                reasons[line] = Some(REPEATED);
                reasons[number] = Some("a page number");
            }
        }
    }
}

/// The lines that repeat themselves as the heads and feet of pages do, where nothing shows the pages.
///
/// Forms and tables repeat their words too: what is furniture comes again a page or two later, and is a few lines.
fn without_pages(printed: &Printed<'_>, times: &Times) -> Vec<usize> {
    let apart = |places: &[usize]| {
        let rows: Vec<usize> = places.windows(2).map(|two| rows(&printed.pieces[two[0]..two[1]])).collect();
        rows.iter().all(|rows| *rows >= LEAST_OF_A_PAGE) && rows.iter().any(|rows| *rows <= TWO_PAGES)
    };
    let spaced: HashSet<usize> =
        times.values().filter(|places| places.len() >= 2 && apart(places)).flatten().copied().collect();
    // The lines that repeat themselves together with one of them, which is among them.
    let together = |at: usize| {
        let first = (0..at).rev().take_while(|other| spaced.contains(other)).last().unwrap_or(at);
        first..(at + 1..).find(|other| !spaced.contains(other)).unwrap_or(at + 1)
    };
    let mut furniture = Vec::new();
    for places in times.values().filter(|places| spaced.contains(&places[0])) {
        let groups: Vec<_> = places.iter().map(|at| together(*at)).collect();
        if groups.iter().any(|group| group.len() > NEAR_THE_EDGE) {
            continue;
        }
        // The same line alone says little, unless it comes often: it must come with another one that is repeated beside it.
        let with_others = groups.iter().all(|group| group.len() >= 2)
            || groups.iter().any(|group| group.len() >= 2) && count_up(printed, places);
        // A sub-heading comes again, too, with what stands below it: one of the lines must say of which document they are, or which page.
        let told = || {
            let group = groups[0].clone();
            times.values().filter(|others| group.contains(&others[0])).any(|others| tells(printed, others))
        };
        if (places.len() >= 4 || with_others) && told() {
            furniture.extend(places);
        } else if places.len() == 3 && printed.is_in_head(places[0]) && tells(printed, places) {
            // What the document begins with, its council or title, and repeats.
            furniture.extend(&places[1..]);
        }
    }
    furniture
}

/// Whether the last numbers of lines, of which there are three or more, go up by one: `4C-1`, `4C-2`, `4C-3`.
fn count_up(printed: &Printed<'_>, places: &[usize]) -> bool {
    let last = |at: &usize| {
        let text = printed.line(*at)?.text();
        text.rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?.parse().ok()
    };
    let numbers: Option<Vec<u32>> = places.iter().map(last).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    })
}

/// How many printed lines those pieces come to, about.
fn rows(pieces: &[Piece]) -> usize {
    let rows = pieces.iter().map(|piece| match piece {
        // Files may have a paragraph on one line.
        Piece::Line(line) => 1 + line.text().len() / BYTES_OF_A_ROW,
        Piece::Table(table) => table.rows.len(),
        Piece::PageEnd => 0,
    });
    rows.sum()
}
