//! Lists of contents and indexes: what they say stands in the document itself, and their page numbers are of another print.

use std::sync::LazyLock;

use regex::Regex;

use super::super::manuscript::{Line, Marker, Piece};
use super::super::pattern::pattern;
use super::label::Label;

/// So many lines with a page number make a list of contents.
const FEW: usize = 3;

/// Between two entries no more than so many other lines stand: those that an entry goes on with.
const GAP: usize = 2;

/// A list of contents has no more entries than this.
const MOST: usize = 300;

/// A list of contents without a title begins within so many lines.
const EARLY: usize = 60;

/// A list of contents begins with a page no higher than this.
const FIRST_PAGE: u32 = 12;

/// An entry has no more letters than this.
const LONGEST_ENTRY: usize = 160;

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:table of contents|contents(?: page)?|list of contents|index|cynnwys)(?:\s+page(?: no\.?)?)?\s*:?$",
    )
});
/// `Introduction ........ 3`
static LEADER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\.{4,}|…{2,}|(?:\. ){3,}\.?|_{4,}|·{4,})\s*(?:page\s*)?\d{1,3}$"));
/// `Audit 3, 7–9`
static PAGES: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\p{L}[^.;:]{0,60}[ ,]\d{1,3}(?:\s?[-–,]\s?\d{1,3})*$"));
/// `Rules of debate 2`
static ENDS_IN_PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"[\p{L})?”"’]\s(?<page>\d{1,3})$"#));
static PAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s*(?:[.…·_\s]*)(?:(?i:page|pp?\.?)\s*)?\d{1,3}(?:\s*[-–,]\s*\d{1,3})*$"));

/// For each piece, whether it is a line of a list of contents.
pub(super) fn lines(pieces: &[Piece]) -> Vec<bool> {
    let lines: Vec<(usize, &Line)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Line(line) if !line.furniture => Some((at, line)),
            _ => None,
        })
        .collect();
    let keys: Vec<String> = lines.iter().map(|(_, line)| key(&labelled(line))).collect();
    let mut listed = vec![false; lines.len()];
    with_leaders(&lines, &mut listed);
    let mut at = 0;
    while at < lines.len() {
        let titled = is_title(lines[at].1);
        let after = match titled {
            true => {
                let found = entries(&lines, &keys, at + 1).max(of_index(&lines[at + 1..])).max(paged(&lines[at + 1..]));
                found + pages_alone(&lines[at + 1 + found..])
            }
            false if at < EARLY => numbered(&lines, &keys, at).saturating_sub(1),
            false => 0,
        };
        if after >= 2 || after >= 1 && listed[at + 1] {
            listed[at..=at + after].fill(true);
        } else if titled && listed.get(at + 1) == Some(&true) {
            listed[at] = true;
        }
        at += after + 1;
    }
    let mut result = vec![false; pieces.len()];
    lines.iter().zip(listed).for_each(|((at, _), listed)| result[*at] = listed);
    result
}

/// Whether a line heads a list of contents; where headings are numbered, that may be, too: `1. Contents`.
fn is_title(line: &Line) -> bool {
    let text = line.text();
    TITLE.is_match(Label::split(&text).map_or(text.as_str(), |(_, words)| words))
}

/// Marks the runs of lines that lead to a page number.
fn with_leaders(lines: &[(usize, &Line)], listed: &mut [bool]) {
    let leads = |line: &Line| {
        let toc = line.style.as_deref().is_some_and(|style| style.to_ascii_lowercase().starts_with("toc"));
        toc || LEADER.is_match(&line.text())
    };
    let found: Vec<usize> = (0..lines.len()).filter(|at| leads(lines[*at].1)).collect();
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for at in found {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| at - last <= GAP + 1) => run.push(at),
            _ => runs.push(vec![at]),
        }
    }
    // Pages go up; what a plot costs need not.
    let page = |at: &usize| {
        let text = lines[*at].1.text();
        text.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|page| page.parse::<u32>().ok())
    };
    let goes_up = |run: &Vec<usize>| {
        let pages: Vec<u32> = run.iter().filter_map(page).collect();
        pages.is_sorted() && pages.first().is_none_or(|first| *first <= FIRST_PAGE)
    };
    for run in runs.iter().filter(|run| run.len() >= FEW && goes_up(run)) {
        if let (Some(first), Some(last)) = (run.first(), run.last()) {
            listed[*first..=*last].fill(true);
        }
    }
}

/// How many lines from here on are entries: short lines up to where the first of them, or one of them, comes again; or those that
/// each stand in the document once more, further down.
fn entries(lines: &[(usize, &Line)], keys: &[String], from: usize) -> usize {
    let mut seen: Vec<String> = Vec::new();
    let mut again = 0;
    let mut certain = 0;
    for at in from..lines.len() {
        let text = labelled(lines[at].1);
        let entry = key(PAGE.find(&text).map_or(text.as_str(), |page| &text[..page.start()]));
        if seen.contains(&keys[at]) {
            return if again * 2 >= seen.len() || seen.first() == Some(&keys[at]) { seen.len() } else { certain };
        }
        let is_entry = !entry.is_empty() && text.len() <= LONGEST_ENTRY && !text.ends_with(['.', ';']);
        if !is_entry || seen.len() == MOST {
            break;
        }
        if keys[at + 1..].iter().any(|other| *other == entry || *other == keys[at]) {
            again += 1;
            if again == seen.len() + 1 {
                certain = again;
            }
        }
        seen.push(entry);
    }
    certain
}

/// How many lines from here on each end in a page number, and none in one before that of the last.
fn paged(lines: &[(usize, &Line)]) -> usize {
    let mut last = 0;
    let goes_on = |line: &Line| {
        let text = line.text();
        let page = ENDS_IN_PAGE.captures(&text).and_then(|found| found["page"].parse().ok())?;
        (page >= std::mem::replace(&mut last, page) && text.len() <= LONGEST_ENTRY).then_some(())
    };
    let number = lines.iter().map(|(_, line)| *line).map_while(goes_on).count();
    if number >= FEW { number } else { 0 }
}

/// How many lines from here on are page numbers that stand below the entries, not beside them.
fn pages_alone(lines: &[(usize, &Line)]) -> usize {
    let page = |(_, line): &(usize, &Line)| line.text().parse::<u16>().ok().filter(|page| *page < 1000);
    let pages: Vec<u16> = lines.iter().map_while(page).collect();
    if pages.len() >= FEW && pages.is_sorted() { pages.len() } else { 0 }
}

/// How many lines from here on are a run of numbered headings without anything between, which come again as headings of text.
fn numbered(lines: &[(usize, &Line)], keys: &[String], from: usize) -> usize {
    let counted = |line: &Line| {
        let text = labelled(line);
        Label::split(&text).is_some_and(|(label, words)| label.parts().is_some() && !words.is_empty())
            && text.len() <= LONGEST_ENTRY / 2
            && !text.ends_with(['.', ';', ',', ':'])
    };
    let run = lines[from..].iter().take_while(|(_, line)| counted(line)).count();
    let after = &keys[from + run..];
    let again = keys[from..from + run].iter().filter(|entry| after.contains(entry)).count();
    // The run ends before its own first line comes again, so that headings without text are not taken for a list of them.
    if run >= FEW && again * 2 >= run && after.contains(&keys[from]) { run } else { 0 }
}

/// How many lines from here on are those of an index, which is the last thing in a document: a word and its pages.
fn of_index(lines: &[(usize, &Line)]) -> usize {
    let entry =
        |line: &Line| line.marker.is_none() && Label::split(&line.text()).is_none() && PAGES.is_match(&line.text());
    let number = lines.iter().take_while(|(_, line)| entry(line)).count();
    if number == lines.len() { number } else { 0 }
}

fn labelled(line: &Line) -> String {
    match &line.marker {
        Some(Marker::Label(label)) => format!("{label} {}", line.text()),
        _ => line.text(),
    }
}

/// The letters and digits of a line.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
