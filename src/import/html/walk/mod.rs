//! The elements of a page, one after the other → the pieces of a manuscript.

mod apart;
mod blocks;

use scraper::{ElementRef, Node};

use super::css::StyleSheet;
use super::element::{heading_level, is_block};
use super::list::List;
use super::parse::Room;
use super::{DEEPEST, Extent, too_deep, too_laborious};
use crate::import::manuscript::{Line, Manuscript, Marker, Piece, Place, Remark, Unreadable};
use crate::import::text::words::Words;
use crate::model::Inline;

/// Reads elements into pieces.
pub(super) struct Walker<'a> {
    sheet: &'a StyleSheet,
    main: Extent,
    /// How many headings of the highest level the page has.
    titles: usize,
    /// How many more elements there may be.
    room: &'a Room,
    pieces: Vec<Piece>,
    remarks: Vec<Remark>,
    words: Words,
    /// What is to stand before the next line.
    marker: Option<Marker>,
    lists: Vec<List>,
    /// What came inside the words of a line and is none of them.
    later: Vec<Piece>,
    /// How deep the element is that is being read.
    depth: usize,
    /// How many links lead to places of the site, which a document cannot.
    dropped_links: usize,
    /// Whether the style sheet writes numbers.
    styled: bool,
    /// Whether there was a heading below the title.
    headed: bool,
}

/// What is true of words because of the elements around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Around<'a> {
    /// Whether they are no part of the document.
    pub(super) furniture: bool,
    /// Why, where they are neither head nor foot of the page.
    pub(super) left_out: Option<&'static str>,
    pub(super) heading: Option<u8>,
    pub(super) style: Option<&'a str>,
    /// The level of a list that Word wrote as paragraphs.
    pub(super) level: Option<u8>,
    pub(super) apart: bool,
    pub(super) preformatted: bool,
    pub(super) indent: f32,
}

enum Task<'a> {
    Text(&'a str),
    Enter(ElementRef<'a>),
    Leave(Box<Left<'a>>),
}

/// What to do at the end of an element.
struct Left<'a> {
    around: Around<'a>,
    block: bool,
    faces: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    /// It pushed a list.
    List,
    /// A line with its marker is owed.
    Marked,
    /// Words are kept apart from what follows without a line's end.
    Box,
    Quote,
}

/// The style of what is a note.
const NOTE: &str = "note";

impl<'a> Walker<'a> {
    /// Nothing read yet.
    pub(super) fn new(sheet: &'a StyleSheet, main: Extent, titles: usize, room: &'a Room) -> Self {
        Self {
            sheet,
            main,
            titles,
            room,
            pieces: Vec::new(),
            remarks: Vec::new(),
            words: Words::default(),
            marker: None,
            lists: Vec::new(),
            later: Vec::new(),
            depth: 0,
            dropped_links: 0,
            styled: false,
            headed: false,
        }
    }

    /// One that reads what is inside an element by itself.
    fn inner(&self) -> Self {
        Self { depth: self.depth + 1, ..Self::new(self.sheet, Extent::Body, self.titles, self.room) }
    }

    /// The manuscript, with what there is to say of it as a whole.
    pub(super) fn finish(mut self) -> Manuscript {
        if self.styled {
            self.remark("the numbers of some lists are in the page's style sheet only: they were counted as it says");
        }
        match self.dropped_links {
            0 => {}
            1 => self.remark("a link leads to another place of the site: its words are kept"),
            links => self.remark(&format!("{links} links lead to other places of the site: their words are kept")),
        }
        for (index, piece) in self.pieces.iter_mut().enumerate() {
            let place = match piece {
                Piece::Line(line) => &mut line.place,
                Piece::Table(table) => &mut table.place,
                Piece::PageEnd => continue,
            };
            *place = Place { page: None, line: index + 1 };
        }
        Manuscript { pieces: self.pieces, remarks: self.remarks }
    }

    fn remark(&mut self, what: &str) {
        self.remarks.push(Remark { what: what.to_owned(), place: None });
    }

    /// The title of the window, which is not in the page.
    pub(super) fn title(&mut self, head: &ElementRef<'_>) {
        let Some(title) = head.child_elements().find(|element| element.value().name() == "title") else { return };
        let content = Words::line(&title.text().collect::<String>());
        if !content.is_empty() {
            let style = Some("title".to_owned());
            self.pieces.push(Piece::Line(Line { content, style, furniture: true, whole: true, ..Line::default() }));
        }
    }

    /// Reads an element and all that is in it.
    pub(super) fn walk<'p>(&mut self, element: ElementRef<'p>, mut around: Around<'p>) -> Result<(), Unreadable> {
        let mut tasks = Vec::new();
        push_children(element, &mut tasks);
        while let Some(task) = tasks.pop() {
            match task {
                Task::Text(text) if around.preformatted => self.preformatted(text),
                Task::Text(text) => self.words.push(text),
                Task::Enter(element) => self.enter(element, &mut around, &mut tasks)?,
                Task::Leave(left) => self.leave(*left, &mut around),
            }
        }
        self.flush(&around);
        self.settle(&around);
        Ok(())
    }

    fn preformatted(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.words.line_break();
            }
            self.words.push(line);
        }
    }

    fn enter<'p>(
        &mut self,
        element: ElementRef<'p>,
        around: &mut Around<'p>,
        tasks: &mut Vec<Task<'p>>,
    ) -> Result<(), Unreadable> {
        if self.depth >= DEEPEST {
            return Err(too_deep());
        }
        if self.sheet.is_exhausted() {
            return Err(too_laborious());
        }
        let name = element.value().name();
        if self.is_taken(&element, around) || self.is_read_apart(&element, around)? {
            return Ok(());
        }
        self.headed |= !around.furniture && heading_level(name).is_some_and(|level| level > 1);
        let block = is_block(name);
        if block {
            self.flush(around);
        }
        let mut left = Left { around: around.clone(), block, faces: 0, kind: Kind::Other };
        if self.main.begins(&element) {
            around.furniture = false;
        }
        if block {
            self.begin_block(&element, around);
        }
        left.kind = self.begin_kind(&element, around);
        left.faces = self.open_faces(&element);
        self.depth += 1;
        tasks.push(Task::Leave(Box::new(left)));
        push_children(element, tasks);
        Ok(())
    }

    fn leave<'p>(&mut self, left: Left<'p>, around: &mut Around<'p>) {
        if left.kind == Kind::Quote {
            self.words.push("”");
        }
        if left.block {
            self.flush(around);
        }
        for _ in 0..left.faces {
            self.words.close();
        }
        match left.kind {
            Kind::List => {
                self.settle(around);
                self.lists.pop();
            }
            Kind::Marked => self.settle(around),
            Kind::Box => self.words.space(),
            Kind::Other | Kind::Quote => {}
        }
        *around = left.around;
        self.depth -= 1;
    }

    /// Ends the line.
    fn flush(&mut self, around: &Around<'_>) {
        let (content, bold) = self.words.take();
        if !content.is_empty() {
            let marker = self.marker.take();
            self.push_line(content, marker, bold, around);
        }
        self.pieces.append(&mut self.later);
    }

    /// Prints a label that has no words after it. A bullet without words is none.
    fn settle(&mut self, around: &Around<'_>) {
        if let Some(marker @ Marker::Label(_)) = self.marker.take() {
            self.push_line(Vec::new(), Some(marker), false, around);
        }
    }

    fn push_line(&mut self, content: Vec<Inline>, marker: Option<Marker>, bold: bool, around: &Around<'_>) {
        let level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.pieces.push(Piece::Line(Line {
            content,
            marker,
            list_level: level.max(around.level.unwrap_or(0)),
            heading: around.heading,
            style: around.style.map(str::to_owned),
            whole: true,
            apart: around.apart,
            indent: around.indent.max(0.0),
            size: None,
            fit: None,
            margin: None,
            left_out: around.left_out,
            bold,
            furniture: around.furniture,
            place: Place::default(),
        }));
    }
}

fn push_children<'p>(element: ElementRef<'p>, tasks: &mut Vec<Task<'p>>) {
    let first = tasks.len();
    for child in element.children() {
        match child.value() {
            Node::Text(text) => tasks.push(Task::Text(text)),
            Node::Element(_) => tasks.extend(ElementRef::wrap(child).map(Task::Enter)),
            // The content of a template.
            Node::Fragment => {
                for child in child.children() {
                    match child.value() {
                        Node::Text(text) => tasks.push(Task::Text(text)),
                        _ => tasks.extend(ElementRef::wrap(child).map(Task::Enter)),
                    }
                }
            }
            _ => {}
        }
    }
    tasks[first..].reverse();
}
