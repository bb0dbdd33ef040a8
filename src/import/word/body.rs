//! The paragraphs and tables of a text: the body, a note, a header.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::fields::{self, Field};
use super::notes::{Kind, NoteNumbers, NoteReference};
use super::numbering::{Counters, Numbering, Position};
use super::package::Relationships;
use super::running::{Around, Running};
use super::signs::sign;
use super::styles::{Look, ParagraphFormat, ParagraphStyle, Style, Styles, WordFormat};
use super::words::{Span, Words};
use super::xml::Element;
use crate::import::{Line, Marker, Piece, Place, Remark};
use crate::model::Inline;

/// What holds for a whole document.
pub(super) struct Context {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The words of diagrams, by the id of the relationship.
    pub(super) diagrams: BTreeMap<String, Vec<String>>,
    /// How many empty cells there is room for in the tables.
    pub(super) room: Cell<usize>,
}

/// A text that is being read.
pub(super) struct Story<'a> {
    pub(super) context: &'a Context,
    references: &'a Relationships,
    counters: Counters,
    /// How many paragraphs have begun, as Word counts them: those of tables and empty ones too, those of text boxes not.
    pub(super) paragraphs: usize,
    /// How many text boxes it is inside of.
    boxes: usize,
    /// Where everything in it stands, if that is not counted.
    pub(super) fixed: Option<Place>,
    /// For each section that ends in it, whether the next begins a page.
    pub(super) sections: std::vec::IntoIter<bool>,
    pub(super) note_numbers: NoteNumbers,
    /// The notes it refers to, in order.
    pub(super) notes: Vec<NoteReference>,
    /// What is printed for each.
    note_labels: BTreeMap<(Kind, String), Option<String>>,
    /// Where comments stand, by their id.
    pub(super) comments: BTreeMap<String, Place>,
    pub(super) remarks: Vec<Remark>,
    pub(super) pictures: usize,
}

/// What of an element is read where it stands around other things.
pub(super) fn inner(element: &Element) -> Option<&Element> {
    match element.name() {
        // What came or went is taken as accepted; properties have no words.
        "w:del" | "w:moveFrom" | "w:pPr" | "w:rPr" | "w:tblPr" | "w:tblGrid" | "w:trPr" | "w:tcPr" | "w:sectPr" => None,
        "w:sdt" => element.child("w:sdtContent"),
        "mc:AlternateContent" => element.child("mc:Choice").or_else(|| element.child("mc:Fallback")),
        _ => Some(element),
    }
}

/// The sections of a text, in order.
pub(super) fn sections<'t>(element: &'t Element, found: &mut Vec<&'t Element>) {
    for child in element.elements() {
        match child.name() {
            "w:p" => found.extend(child.child("w:pPr").and_then(|properties| properties.child("w:sectPr"))),
            "w:sectPr" => found.push(child),
            _ => {
                if let Some(inner) = inner(child) {
                    sections(inner, found);
                }
            }
        }
    }
}

impl<'a> Story<'a> {
    /// A text that begins.
    pub(super) fn new(context: &'a Context, references: &'a Relationships) -> Self {
        Self {
            context,
            references,
            counters: Counters::default(),
            paragraphs: 0,
            boxes: 0,
            fixed: None,
            sections: Vec::new().into_iter(),
            note_numbers: NoteNumbers::default(),
            notes: Vec::new(),
            note_labels: BTreeMap::new(),
            comments: BTreeMap::new(),
            remarks: Vec::new(),
            pictures: 0,
        }
    }

    fn place(&self) -> Place {
        self.fixed.unwrap_or(Place { page: None, line: self.paragraphs.max(1) })
    }

    fn remark(&mut self, what: impl Into<String>) {
        self.remarks.push(Remark { what: what.into(), place: Some(self.place()) });
    }

    /// Everything in an element that holds paragraphs and tables.
    pub(super) fn read(&mut self, element: &Element) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut open = None;
        self.blocks(element, &mut open, &mut pieces);
        // The last paragraph's mark cannot go: there is nothing it could join.
        if let Some(running) = open {
            self.finish(running, None, &mut pieces);
        }
        pieces
    }

    fn blocks(&mut self, element: &Element, open: &mut Option<Running>, pieces: &mut Vec<Piece>) {
        for child in element.elements() {
            match child.name() {
                "w:p" => self.paragraph(child, open, pieces),
                "w:tbl" => {
                    if let Some(running) = open.take() {
                        self.finish(running, None, pieces);
                    }
                    self.table(child, pieces);
                }
                "w:altChunk" | "w:subDoc" => self.remark("another file stands here that was not read"),
                _ => {
                    if let Some(inner) = inner(child) {
                        self.blocks(inner, open, pieces);
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, open: &mut Option<Running>, pieces: &mut Vec<Piece>) {
        if self.boxes == 0 {
            self.paragraphs += 1;
        }
        let properties = paragraph.child("w:pPr");
        let named = properties.and_then(|properties| properties.value_of("w:pStyle"));
        let context = self.context;
        let style = context.styles.of_paragraph(named);
        let mut running = open.take().unwrap_or_default();
        self.runs(paragraph, &Around { style: style.words, link: None }, &mut running);
        let mark = properties.and_then(|properties| properties.child("w:rPr"));
        let goes = |mark: &Element| mark.child("w:del").or_else(|| mark.child("w:moveFrom")).is_some();
        if mark.is_some_and(goes) {
            *open = Some(running);
            return;
        }
        // A heading that runs into the next paragraph has a hidden mark too.
        let runs_on = mark.and_then(|mark| mark.switch("w:specVanish")) == Some(true);
        let is_hidden = !runs_on && self.look(mark, style.words).hidden;
        self.finish(running, Some(Shape { properties, style: &style, is_hidden }), pieces);
        if properties.and_then(|properties| properties.child("w:sectPr")).is_some() {
            self.note_numbers.next_section();
            if self.sections.next() == Some(true) {
                end_page(pieces);
            }
        }
    }

    fn look(&self, properties: Option<&Element>, style: WordFormat) -> Look {
        let character = properties.and_then(|properties| properties.value_of("w:rStyle"));
        self.context.styles.look(WordFormat::read(properties), character, style)
    }

    /// Ends a paragraph; without its shape it is one that lost its own.
    fn finish(&mut self, mut running: Running, shape: Option<Shape<'_>>, pieces: &mut Vec<Piece>) {
        // A field that shows nothing by the end of its paragraph is none: what stands after its beginning stays.
        running.fields.clear();
        let hidden = running.hidden.split_whitespace().collect::<Vec<_>>().join(" ");
        if !hidden.is_empty() {
            self.remark(format!("hidden words were left out: “{hidden}”"));
        }
        let words = Words::of(&running.spans);
        let mut line = Line { whole: true, apart: true, place: self.place(), bold: words.bold, ..Line::default() };
        line.size = words.size.map(in_points);
        let is_hidden = shape.as_ref().is_some_and(|shape| shape.is_hidden) && words.content.is_empty();
        let mut begins_page = false;
        if let Some(shape) = shape.filter(|_| !is_hidden) {
            let own = ParagraphFormat::read(shape.properties);
            begins_page = own.begins_page.unwrap_or_else(|| shape.style.begins_page());
            self.shape(&mut line, &own, shape.style);
        }
        if running.page_before || begins_page {
            end_page(pieces);
        }
        line.content = words.content;
        if !line.content.is_empty() || line.marker.is_some() {
            pieces.push(Piece::Line(line));
        }
        pieces.append(&mut running.boxes);
        if running.page_after {
            end_page(pieces);
        }
    }

    /// What a paragraph gets from its format and style.
    fn shape(&mut self, line: &mut Line, own: &ParagraphFormat, style: &ParagraphStyle<'_>) {
        let numbering = &self.context.numbering;
        let position = numbering.position(own, style);
        line.style = style.name();
        line.heading = match own.outline {
            Some(outline) => (outline < 9).then_some(outline + 2),
            None => style.heading(),
        };
        line.indent = self.indent(own, style, position);
        if let Some(position) = position {
            line.marker = self.counters.next(numbering, position);
            line.list_level = u8::try_from(position.level + 1).unwrap_or(u8::MAX);
        }
    }

    /// The paragraph's own indent goes before that of its list, that before its style's; a list that a style names goes before what
    /// that style is based on.
    fn indent(&self, own: &ParagraphFormat, style: &ParagraphStyle<'_>, position: Option<Position>) -> f32 {
        let of_list = || position.and_then(|position| self.context.numbering.left(position));
        let direct = own.left.or_else(|| own.list.and_then(|_| of_list()));
        let by_style = |style: &Style| style.paragraph.left.or_else(|| style.paragraph.list.and_then(|_| of_list()));
        let of_style = || style.chain().find_map(by_style);
        direct.or_else(of_style).or(style.defaults.left).unwrap_or(0.0)
    }

    /// The runs in an element, and whatever else stands in a line.
    fn runs(&mut self, element: &Element, around: &Around, running: &mut Running) {
        for child in element.elements() {
            match child.name() {
                "w:r" => {
                    let look = self.look(child.child("w:rPr"), around.style);
                    self.run(child, look, around, running);
                }
                "w:hyperlink" => {
                    let target = child.attribute("r:id").and_then(|id| self.references.get(id));
                    let link = target.and_then(|target| fields::address(&target.target)).map(Rc::from);
                    self.runs(child, &Around { link: link.or_else(|| around.link.clone()), ..around.clone() }, running);
                }
                "w:fldSimple" => {
                    let code = child.attribute("w:instr").unwrap_or_default();
                    self.remark_unwritten(code);
                    let link = fields::link(code).map(Rc::from).or_else(|| around.link.clone());
                    self.runs(child, &Around { link, ..around.clone() }, running);
                }
                "w:commentRangeStart" => self.comment(child),
                "w:subDoc" => self.remark("another file stands here that was not read"),
                "m:oMath" => {
                    let look = self.look(None, around.style);
                    self.run(child, look, around, running);
                }
                _ => {
                    if let Some(inner) = inner(child) {
                        self.runs(inner, around, running);
                    }
                }
            }
        }
    }

    fn comment(&mut self, reference: &Element) {
        if let Some(id) = reference.attribute("w:id") {
            let place = self.place();
            self.comments.entry(id.to_owned()).or_insert(place);
        }
    }

    /// What stands in a run.
    fn run(&mut self, element: &Element, look: Look, around: &Around, running: &mut Running) {
        for child in element.elements() {
            let mut push = |text: &str| running.push(text, look, around);
            match child.name() {
                "w:t" | "m:t" => push(&child.text.replace('\n', " ")),
                "w:br" if child.attribute("w:type") == Some("page") => running.page(),
                "w:lastRenderedPageBreak" => running.page(),
                "w:br" | "w:cr" => push("\n"),
                "w:tab" | "w:ptab" => push(" "),
                "w:noBreakHyphen" => push("\u{2011}"),
                "w:sym" => self.sign(child, look, around, running),
                "w:instrText" => running.code(&child.text),
                "w:fldChar" => self.field(child, look, around, running),
                "w:footnoteReference" => self.note(Kind::Footnote, child, look, around, running),
                "w:endnoteReference" => self.note(Kind::Endnote, child, look, around, running),
                "w:commentReference" => self.comment(child),
                "w:txbxContent" => self.text_box(child, running),
                "v:textpath" => self.lettering(child, running),
                "dgm:relIds" => self.diagram(child, running),
                "c:chart" => self.remark("a chart was left out"),
                "a:blip" | "v:imagedata" => self.pictures += 1,
                // A fraction in a line.
                "m:den" => {
                    push("/");
                    self.run(child, look, around, running);
                }
                _ => {
                    if let Some(inner) = inner(child) {
                        self.run(inner, look, around, running);
                    }
                }
            }
        }
    }

    fn sign(&mut self, element: &Element, look: Look, around: &Around, running: &mut Running) {
        let font = element.attribute("w:font").unwrap_or_default();
        let code = element.attribute("w:char").unwrap_or_default();
        match u32::from_str_radix(code, 16).ok().and_then(|code| sign(font, code)) {
            Some(letter) => running.push(letter.encode_utf8(&mut [0; 4]), look, around),
            None => self.remark(format!("a sign of the font {font} ({code}) was left out")),
        }
    }

    fn field(&mut self, mark: &Element, look: Look, around: &Around, running: &mut Running) {
        match mark.attribute("w:fldCharType") {
            Some("begin") => running.fields.push(Field::begun(mark, running.spans.len())),
            Some("separate") => {
                if let Some(field) = running.fields.last_mut().filter(|field| !field.shows) {
                    field.shows = true;
                    field.link = fields::link(&field.code).map(Rc::from);
                    running.spans.truncate(field.from);
                }
            }
            Some("end") => {
                let Some(mut field) = running.fields.pop() else { return };
                if !field.shows {
                    running.spans.truncate(field.from);
                    self.remark_unwritten(&field.code);
                    if let Some(shown) = field.shown() {
                        running.push(&shown, look, around);
                    }
                }
            }
            _ => {}
        }
    }

    fn remark_unwritten(&mut self, code: &str) {
        if let Some(name) = fields::unwritten(code) {
            self.remark(format!("Word prints a number here that is not in the file (field {name})"));
        }
    }

    fn note(&mut self, kind: Kind, element: &Element, look: Look, around: &Around, running: &mut Running) {
        let Some(id) = element.attribute("w:id") else { return };
        if look.hidden {
            return;
        }
        let key = (kind, id.to_owned());
        let label = match self.note_labels.get(&key) {
            Some(known) => known.clone(),
            None => {
                let has_mark = element.switch_attribute("w:customMarkFollows");
                let label = (!has_mark).then(|| format!("[{}]", self.note_numbers.next(kind)));
                self.notes.push(NoteReference { kind, id: id.to_owned(), label: label.clone(), place: self.place() });
                self.note_labels.insert(key, label.clone());
                label
            }
        };
        if let Some(label) = label {
            running.push(&label, look, around);
        }
    }

    fn text_box(&mut self, content: &Element, running: &mut Running) {
        self.boxes += 1;
        let mut pieces = self.read(content);
        self.boxes -= 1;
        running.boxes.append(&mut pieces);
    }

    /// Letters that are drawn.
    fn lettering(&mut self, path: &Element, running: &mut Running) {
        self.drawn(path.attribute("string").unwrap_or_default(), running);
    }

    fn diagram(&mut self, reference: &Element, running: &mut Running) {
        let lines = reference.attribute("r:dm").and_then(|id| self.context.diagrams.get(id));
        for line in lines.into_iter().flatten() {
            self.drawn(line, running);
        }
    }

    fn drawn(&mut self, text: &str, running: &mut Running) {
        let span = Span { text: text.to_owned(), look: Look::default(), link: None };
        let Words { content, .. } = Words::of(&[span]);
        if !content.is_empty() {
            let place = self.place();
            running.boxes.push(Piece::Line(Line { content, whole: true, apart: true, place, ..Line::default() }));
        }
    }
}

/// What a paragraph looks like by its own and its style's format.
struct Shape<'a> {
    properties: Option<&'a Element>,
    style: &'a ParagraphStyle<'a>,
    /// Whether its mark is hidden, so that without words it is not there.
    is_hidden: bool,
}

/// Ends a page that has something on it.
pub(super) fn end_page(pieces: &mut Vec<Piece>) {
    if pieces.last().is_some_and(|last| *last != Piece::PageEnd) {
        pieces.push(Piece::PageEnd);
    }
}

fn in_points(half_points: u32) -> f32 {
    half_points as f32 / 2.0
}

/// The text of pieces, a line each; what stood in a table in it too.
pub(super) fn lines(pieces: &[Piece]) -> Vec<String> {
    let mut lines = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => lines.push(printed(line)),
            Piece::Table(table) => lines.extend(table.texts().concat().into_iter().filter(|cell| !cell.is_empty())),
            Piece::PageEnd => {}
        }
    }
    lines
}

/// A line as it is printed, with its marker.
fn printed(line: &Line) -> String {
    let marker = match &line.marker {
        Some(Marker::Label(label)) => label,
        Some(Marker::Bullet) => "•",
        None => "",
    };
    let mut text = marker.to_owned();
    if !marker.is_empty() && !line.content.is_empty() {
        text.push(' ');
    }
    push_text(&line.content, &mut text);
    text
}

fn push_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Words { text: words } => text.push_str(words),
            Inline::Break => text.push('\n'),
            Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } => {
                push_text(content, text);
            }
        }
    }
}
