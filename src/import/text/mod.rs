//! Plain text, a line for each line printed.

mod columns;
pub(in crate::import) mod raised;
mod table;
pub(in crate::import) mod words;

use super::manuscript::{Line, Manuscript, Marker, Piece, Place, Remark, Unreadable};
use words::Words;

/// How wide a column is taken to be, in points: that of a typewriter's letters at 10 to the inch is 7.2, of most lists' steps 6.
const COLUMN: f32 = 6.0;

/// A tab leads to the next column that is a multiple of this.
const TAB: usize = 4;

/// The longest line that a row of signs below it makes a heading.
const LONGEST_HEADING: usize = 120;

/// The most lines of a file, empty ones included.
const MOST_ROWS: usize = 1_000_000;

/// Reads plain text. Rows of signs that rule a line off are left out; nothing else is.
///
/// # Errors
/// If it has more lines than any document.
pub fn read(text: &str) -> Result<Manuscript, Unreadable> {
    if text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r' | b'\x0c')).nth(MOST_ROWS).is_some() {
        let what = format!("this file has more than {MOST_ROWS} lines");
        return Err(Unreadable::new(what, "see whether it is the right file; if it is, divide it"));
    }
    let mut rows = rows(text);
    let mut manuscript = Manuscript::default();
    let mut ruled = false;
    for index in 0..rows.len() {
        let (before, from_here) = rows.split_at_mut(index);
        let row = &mut from_here[0];
        row.apart = ruled || before.last().is_some_and(|above| above.is_blank());
        ruled = row.is_rule();
        if let Some(above) = before.last_mut().filter(|above| row.underlines(above)) {
            above.underlined = true;
        }
    }
    let mut rest = rows.as_slice();
    while !rest.is_empty() {
        let found = table::at(rest).unwrap_or_default();
        let (here, after) = rest.split_at(found.taken);
        match found.table {
            Some(table) => {
                if found.guessed {
                    let what =
                        "a table was made of lines that stand in columns; see whether its rows are those of the file";
                    manuscript.remarks.push(Remark { what: what.to_owned(), place: Some(here[0].place) });
                }
                push_page_end(&here[0], &mut manuscript.pieces);
                manuscript.pieces.push(Piece::Table(table));
            }
            None => here.iter().for_each(|row| push_line(row, &mut manuscript.pieces)),
        }
        rest = after;
    }
    Ok(manuscript)
}

fn push_page_end(row: &Row<'_>, pieces: &mut Vec<Piece>) {
    if row.starts_page {
        pieces.push(Piece::PageEnd);
    }
}

fn push_line(row: &Row<'_>, pieces: &mut Vec<Piece>) {
    push_page_end(row, pieces);
    if !row.is_blank() && !row.is_rule() {
        pieces.push(Piece::Line(row.line()));
    }
}

/// A line of the file, or the part of it that is on one page.
struct Row<'a> {
    text: &'a str,
    place: Place,
    starts_page: bool,
    apart: bool,
    underlined: bool,
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let paged = text.contains('\u{c}');
    let mut page = 1;
    let mut rows = Vec::new();
    for (index, line) in lines(text).enumerate() {
        for (part, text) in line.split('\u{c}').enumerate() {
            page += usize::from(part > 0);
            let place = Place { page: paged.then_some(page), line: index + 1 };
            rows.push(Row { text, place, starts_page: part > 0, apart: false, underlined: false });
        }
    }
    rows
}

/// The lines of a text, however its system ends them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

impl Row<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is a row of one sign that rules off what is above it.
    fn is_rule(&self) -> bool {
        let mut signs = self.text.chars().filter(|c| !c.is_whitespace());
        let Some(first) = signs.next() else { return false };
        let rules = matches!(first, '-' | '_' | '=' | '*' | '~' | '+' | '#' | '–' | '—' | '―' | '─' | '━' | '═');
        rules && signs.clone().count() >= 2 && signs.all(|sign| sign == first)
    }

    /// Whether it is a row of signs right below words, which makes those a heading.
    fn underlines(&self, above: &Self) -> bool {
        let sign = self.text.trim_start().chars().next();
        !self.starts_page
            && self.is_rule()
            && matches!(sign, Some('=' | '-' | '~'))
            && !above.is_blank()
            && !above.is_rule()
            && (sign == Some('=') || above.apart || above.place.line == 1)
            && above.text.chars().count() <= LONGEST_HEADING
    }

    fn line(&self) -> Line {
        // Only the lines beside it tell whether `o` is a bullet or a letter that counts, whether a dash is one or goes on with a
        // sentence, and whether a star is one or begins a note.
        let told_by_others = self.text.trim_start().starts_with(['o', '–', '—', '*']);
        let (marker, words) = match bullet(self.text).filter(|_| !told_by_others) {
            Some(rest) => (Some(Marker::Bullet), rest),
            None => (None, self.text),
        };
        Line {
            content: Words::line(words),
            marker,
            apart: self.apart,
            indent: column(self.text) as f32 * COLUMN,
            bold: self.underlined,
            place: self.place,
            ..Line::default()
        }
    }
}

/// The column of the first word, from 0.
fn column(text: &str) -> usize {
    text.chars().take_while(|c| c.is_whitespace()).fold(0, |column, c| match c {
        '\t' => (column / TAB + 1) * TAB,
        _ => column + 1,
    })
}

/// What comes after the bullet at the start of a line, if there is one.
pub(crate) fn bullet(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let sign = text.chars().next()?;
    let rest = &text[sign.len_utf8()..];
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    match sign {
        '•'
        | '▪'
        | '◦'
        | '●'
        | '○'
        | '■'
        | '□'
        | '‣'
        | '⁃'
        | '∙'
        | '·'
        | '►'
        | '▶'
        | '➢'
        | '➤'
        | '❖'
        | '✓'
        | '✔'
        | '\u{e000}'..='\u{f8ff}' => Some(rest),
        '-' | '–' | '—' | '*' | '−' if ends => Some(rest),
        // A letter that stands for a round sign: alone in its line it may be a letter.
        'o' if ends && !rest.is_empty() => Some(rest),
        _ => None,
    }
}
