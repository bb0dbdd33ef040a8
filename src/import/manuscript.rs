//! What a file of another format holds, in the order in which it is read, before anybody asks what it means.
//!
//! Each reader of a format gives one of these. It loses no word: what it knows to be no part of the text (running heads, what is
//! hidden) it marks, and what it cannot read it remarks upon.

use crate::model::{Cell, Inline};

/// The most lines and cells that are made sense of: a thousand pages have some 50,000.
const MOST_LINES: usize = 200_000;

/// The most letters, in bytes: a thousand pages have some three million.
const MOST_LETTERS: usize = 8 << 20;

/// The contents of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manuscript {
    /// Everything in it, in order.
    pub pieces: Vec<Piece>,
    /// What somebody should know of how it was read: tracked changes taken as accepted, comments left out.
    pub remarks: Vec<Remark>,
}

/// A part of a manuscript.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A paragraph, or one printed line of it.
    Line(Line),
    /// A table.
    Table(Table),
    /// A page ends here.
    PageEnd,
}

/// A paragraph, or one printed line of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its words, without the marker that stands in `marker`. White space is single spaces, none at the ends.
    pub content: Vec<Inline>,
    /// The number, label or bullet before the words, where the format keeps it apart from them.
    pub marker: Option<Marker>,
    /// How many lists it stands in, as the format says; 0 outside of all.
    pub list_level: u8,
    /// The level of a heading, as the format says: 1 for the title, 2 for what is right below it.
    pub heading: Option<u8>,
    /// What the format calls its kind: a style of Word, the class of an element.
    pub style: Option<String>,
    /// Whether it is a whole paragraph. Otherwise it is a printed line, and the next one may go on with the sentence.
    pub whole: bool,
    /// Whether there is more space before it than between the lines of a paragraph.
    pub apart: bool,
    /// How far it is indented, in points from the left margin; 0 where that is not known.
    pub indent: f32,
    /// The size of its letters, in points, where that is known.
    pub size: Option<f32>,
    /// Whether all its words are bold.
    pub bold: bool,
    /// Whether the format says that it is no part of the text: a running head, a page number.
    pub furniture: bool,
    /// Why it is no part of the text, where it is neither a running head nor a foot.
    pub left_out: Option<&'static str>,
    /// How it fits between the margins, where the format says where letters stand.
    pub fit: Option<Fit>,
    /// In which margin of its page it stands, apart from the text, where the format says where letters stand.
    pub margin: Option<Margin>,
    /// Where it stands.
    pub place: Place,
}

/// A margin of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Margin {
    /// Above the text.
    Head,
    /// Below it.
    Foot,
}

/// How a printed line fits between the margins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// How much room is left behind it, in points; none where the right margin is not known.
    pub room: Option<f32>,
    /// How much room its first word needs behind another line, in points.
    pub first: f32,
    /// Whether a space is set behind it; none where the file does not say.
    pub spaced: Option<bool>,
}

impl Fit {
    /// How much room would be left behind it with the first word of the next line; less than none if that word had to go there.
    pub(super) fn left_with(&self, next: &Self) -> Option<f32> {
        self.room.map(|room| room - next.first)
    }
}

/// What stands before an item's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// A sign that counts nothing.
    Bullet,
    /// A number or label as it is printed, `2.1.`, `(a)`.
    Label(String),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its caption, where the format says so.
    pub caption: Option<String>,
    /// How many of its rows are headings.
    pub header_rows: usize,
    /// Its rows, the words of each cell; line breaks inside a cell stay.
    pub rows: Vec<Vec<Cell>>,
    /// Where it stands.
    pub place: Place,
}

impl Table {
    /// Its rows, each cell as a text with its lines.
    pub fn texts(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(|cell| text_of(cell)).collect()).collect()
    }

    /// Takes a first row of bold words over one that is not for the headings, where the format says nothing of headings: many
    /// write them so.
    pub(super) fn find_heading(&mut self) {
        let is_bold = |row: &Vec<Cell>| {
            let mut words = row.iter().filter(|cell| !cell.is_empty()).peekable();
            words.peek().is_some()
                && words.all(|cell| cell.iter().all(|part| matches!(part, Inline::Strong { .. } | Inline::Break)))
        };
        if let [first, second, ..] = self.rows.as_mut_slice()
            && self.header_rows == 0
            && is_bold(first)
            && !is_bold(second)
        {
            self.header_rows = 1;
            first.iter_mut().for_each(unembolden);
        }
    }
}

/// Words whose lines are those of a text.
pub(super) fn cell_of(text: &str) -> Cell {
    let lines: Vec<Cell> = text.lines().filter(|line| !line.is_empty()).map(|line| vec![Inline::words(line)]).collect();
    lines.join(&Inline::Break)
}

/// The words of a cell with a line for each that it has.
pub(super) fn text_of(cell: &[Inline]) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Break => "\n".to_owned(),
        Inline::Words { text } => text.clone(),
        Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } => text_of(content),
    };
    cell.iter().map(text).collect()
}

/// Takes off the bold that whole lines of a cell have.
pub(super) fn unembolden(cell: &mut Cell) {
    let plain = |part: Inline| match part {
        Inline::Strong { content } => content,
        other => vec![other],
    };
    *cell = std::mem::take(cell).into_iter().flat_map(plain).collect();
}

/// Where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The page, from 1, in formats that have pages.
    pub page: Option<usize>,
    /// The line of the page or of the file, or the number of the paragraph, from 1.
    pub line: usize,
}

/// Something to be said about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What, in a sentence without a full stop.
    pub what: String,
    /// Where; none for the whole file.
    pub place: Option<Place>,
}

/// Why a file cannot be read: what it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {remedy}")]
pub struct Unreadable {
    /// What is wrong with it, without a full stop.
    pub what: String,
    /// What helps.
    pub remedy: String,
}

impl Unreadable {
    /// A file of which that is wrong and for which that helps.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

impl Manuscript {
    /// Itself, unless it is longer than any document.
    ///
    /// # Errors
    /// If it is.
    pub(super) fn if_readable(self) -> Result<Self, Unreadable> {
        let (mut lines, mut letters) = (0, 0);
        for piece in &self.pieces {
            match piece {
                Piece::Line(line) => {
                    lines += 1;
                    letters += line.letters();
                }
                Piece::Table(table) => {
                    lines += table.rows.iter().map(Vec::len).sum::<usize>();
                    letters += table.rows.iter().flatten().flatten().map(letters_of).sum::<usize>();
                }
                Piece::PageEnd => {}
            }
        }
        let refuse = |what: String| Err(Unreadable::new(what, "see whether it is the right file; if it is, divide it"));
        match () {
            () if letters == 0 => Err(Unreadable::new(
                "there are no words in this file",
                "see whether it is the right one, and whether it is empty where it comes from",
            )),
            () if lines > MOST_LINES => refuse(format!("the document has more than {MOST_LINES} lines")),
            () if letters > MOST_LETTERS => {
                refuse(format!("the document has more than {} MiB of words", MOST_LETTERS >> 20))
            }
            () => Ok(self),
        }
    }
}

impl Line {
    /// How many letters it has, in bytes.
    fn letters(&self) -> usize {
        let marker = if let Some(Marker::Label(label)) = &self.marker { label.len() } else { 0 };
        marker + self.content.iter().map(letters_of).sum::<usize>()
    }

    /// Its words with its marker before them, as a line of a cell.
    pub(super) fn in_cell(&self) -> Cell {
        let content = match self.bold && !self.content.is_empty() {
            true => vec![Inline::Strong { content: self.content.clone() }],
            false => self.content.clone(),
        };
        let marker = match &self.marker {
            Some(Marker::Label(label)) => label,
            Some(Marker::Bullet) => "•",
            None => return content,
        };
        let space = if content.is_empty() { "" } else { " " };
        match content.as_slice() {
            [Inline::Words { text }, rest @ ..] => [&[Inline::words(format!("{marker} {text}"))], rest].concat(),
            _ => [vec![Inline::words(format!("{marker}{space}"))], content].concat(),
        }
    }

    /// Its words with its label before them.
    pub(super) fn labelled(&self) -> String {
        match &self.marker {
            Some(Marker::Label(label)) => format!("{label} {}", self.text()).trim_end().to_owned(),
            _ => self.text(),
        }
    }

    /// Its words without emphasis and links; a kept line break becomes a space.
    pub fn text(&self) -> String {
        crate::model::plain(&self.content)
    }
}

fn letters_of(inline: &Inline) -> usize {
    match inline {
        Inline::Words { text } => text.len(),
        Inline::Break => 1,
        Inline::Emphasis { content } | Inline::Strong { content } => content.iter().map(letters_of).sum(),
        Inline::Link { url, content } => url.len() + content.iter().map(letters_of).sum::<usize>(),
    }
}
