//! Word files (.docx).
//!
//! `package` unpacks the parts within limits, `xml` makes trees of them, `styles` and `numbering` work out what Word prints,
//! `body` goes through the text with `table` for tables and `fields` for fields, `running` gathers a paragraph, `words`
//! makes its runs words, and this file puts it together.
//!
//! Paragraphs are numbered as Word counts them, those in tables and empty ones included. The paragraphs of text boxes have the
//! number of the one they are anchored in, those of notes that of the one that refers to them; those of headers and footers are
//! counted from 1 in each.

mod body;
mod fields;
mod notes;
mod numbering;
mod package;
mod running;
mod signs;
mod styles;
mod table;
mod words;
mod xml;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use self::body::{Context, Story, lines, sections};
use self::notes::{Kind, NoteNumbers, NoteReference};
use self::numbering::Numbering;
use self::package::{Package, Relationships, another, damaged};
use self::styles::Styles;
use self::xml::Element;
use super::{Line, Manuscript, Marker, Piece, Place, Remark, Unreadable};
use crate::model::Inline;

/// How many empty cells are made for the columns that cells reach over: a line of XML asks for dozens.
const MOST_EMPTY_CELLS: usize = 200_000;

/// The style that lines of notes have.
const NOTE: &str = "Footnote";

/// Reads a Word file.
///
/// Tracked changes are taken as accepted. Headers stand before everything and footers after it, as furniture, and notes at the end
/// of the text, in the style `Footnote`, their numbers in brackets there and where the text refers to them.
///
/// # Errors
/// It is no Word file, is protected or damaged, or is larger than any document.
pub fn read(bytes: &[u8]) -> Result<Manuscript, Unreadable> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let references = package.relationships(&main)?;
    let document = package.part(&main)?.ok_or_else(|| damaged("the file has no text in it"))?;
    let body = document.child("w:body").filter(|_| document.name() == "w:document");
    let body = body.ok_or_else(|| another("this is no Word file (.docx)"))?;
    let mut parts = Parts { package: &mut package, references: &references };
    let context = parts.context()?;
    let settings = parts.named("settings")?;

    let mut found = Vec::new();
    sections(body, &mut found);
    let mut story = Story::new(&context, &references);
    let begins_page = |section: &&Element| section.value_of("w:type") != Some("continuous");
    story.sections = found.iter().skip(1).map(begins_page).collect::<Vec<_>>().into_iter();
    story.note_numbers = NoteNumbers::read(settings.iter().chain(found.first().copied()));
    let text = story.read(body);

    let mut manuscript = Manuscript::default();
    let furniture = Furniture::of(&found, settings.as_ref());
    let headers = parts.furniture(&context, &furniture.headers)?;
    let footers = parts.furniture(&context, &furniture.footers)?;
    let notes = parts.notes(&context, &story.notes)?;
    let comments = parts.named("comments")?;

    let changes = changes(&document) + headers.changes + footers.changes + notes.changes;
    let pictures = story.pictures + notes.pictures;
    let all = [counted(changes, "tracked change was", "tracked changes were", "taken as accepted")];
    manuscript.remarks.extend(all.into_iter().flatten());
    manuscript.remarks.append(&mut story.remarks);
    manuscript.remarks.extend(notes.remarks);
    manuscript.remarks.extend(headers.remarks.into_iter().chain(footers.remarks));
    let count = story.notes.len();
    manuscript.remarks.extend(counted(count, "note was", "notes were", "put at the end of the text"));
    manuscript.remarks.extend(counted(pictures, "picture was", "pictures were", "left out"));
    if let Some(comments) = &comments {
        manuscript.remarks.extend(remarks(comments, &context, &references, &story.comments));
    }
    manuscript.pieces = [headers.pieces, text, notes.pieces, footers.pieces].concat();
    Ok(manuscript)
}

/// The name of the part that holds the text.
fn main_part(package: &mut Package<'_>) -> Result<String, Unreadable> {
    let references = package.relationships("")?;
    let main = references.into_values().find(|reference| reference.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |reference| reference.target);
    if package.has(&main) && !main.starts_with("xl/") && !main.starts_with("ppt/") {
        return Ok(main);
    }
    Err(another(if main.starts_with("xl/") {
        "this is a workbook of Excel's, not a Word file (.docx)"
    } else if main.starts_with("ppt/") {
        "this is a presentation, not a Word file (.docx)"
    } else if package.has("mimetype") && package.has("content.xml") {
        "this is a file of OpenDocument (.odt), not a Word file (.docx)"
    } else if package.has("word/document.xml") {
        return Ok("word/document.xml".to_owned());
    } else {
        "this is an archive of files, not a Word file (.docx)"
    }))
}

/// A remark on how many of something there were.
fn counted(count: usize, one: &str, several: &str, what: &str) -> Option<Remark> {
    let of = if count == 1 { one } else { several };
    (count > 0).then(|| Remark { what: format!("{count} {of} {what}"), place: None })
}

/// How many tracked changes there are in a part.
fn changes(element: &Element) -> usize {
    const TRACKED: [&str; 14] = [
        "w:ins",
        "w:del",
        "w:moveFrom",
        "w:moveTo",
        "w:rPrChange",
        "w:pPrChange",
        "w:sectPrChange",
        "w:tblPrChange",
        "w:trPrChange",
        "w:tcPrChange",
        "w:numberingChange",
        "w:cellIns",
        "w:cellDel",
        "w:cellMerge",
    ];
    let of = |child: &Element| {
        let inner = if child.name() == "mc:Fallback" { 0 } else { changes(child) };
        inner + usize::from(TRACKED.contains(&child.name()))
    };
    element.elements().map(of).sum()
}

/// What was read from parts beside the text.
#[derive(Debug, Default)]
struct Beside {
    pieces: Vec<Piece>,
    remarks: Vec<Remark>,
    changes: usize,
    pictures: usize,
}

/// The parts that the text refers to.
struct Parts<'p, 'a> {
    package: &'p mut Package<'a>,
    references: &'p Relationships,
}

impl Parts<'_, '_> {
    /// The name of the part of a kind.
    fn name(&self, kind: &str) -> Option<String> {
        let reference = self.references.values().find(|reference| reference.kind == kind);
        reference.map(|reference| reference.target.clone())
    }

    /// The part of a kind.
    fn named(&mut self, kind: &str) -> Result<Option<Element>, Unreadable> {
        self.name(kind).map_or(Ok(None), |name| self.package.part(&name))
    }

    fn context(&mut self) -> Result<Context, Unreadable> {
        let styles = self.named("styles")?.map(|tree| Styles::read(&tree)).unwrap_or_default();
        let numbering = self.named("numbering")?.map(|tree| Numbering::read(&tree)).unwrap_or_default();
        let numbering = numbering.linked(&styles);
        let mut diagrams = BTreeMap::new();
        for (id, reference) in self.references {
            if reference.kind == "diagramData"
                && let Some(tree) = self.package.part(&reference.target)?
            {
                let mut lines = Vec::new();
                drawn(&tree, &mut lines);
                diagrams.insert(id.clone(), lines);
            }
        }
        Ok(Context { styles, numbering, diagrams, room: Cell::new(MOST_EMPTY_CELLS) })
    }

    /// The headers or footers of those relationships, each text once.
    fn furniture(&mut self, context: &Context, ids: &[String]) -> Result<Beside, Unreadable> {
        let mut beside = Beside::default();
        let (mut parts, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for id in ids {
            let Some(name) = self.references.get(id).map(|reference| &reference.target) else { continue };
            if !parts.insert(name) {
                continue;
            }
            let Some(tree) = self.package.part(name)? else { continue };
            let references = self.package.relationships(name)?;
            let mut story = Story::new(context, &references);
            for mut line in story.read(&tree).into_iter().flat_map(flat) {
                line.furniture = true;
                if texts.insert((line.marker == Some(Marker::Bullet), line.text())) {
                    beside.pieces.push(Piece::Line(line));
                }
            }
            // Where in a header something stands says nothing to anybody.
            beside.remarks.extend(story.remarks.into_iter().map(|remark| Remark { place: None, ..remark }));
            beside.changes += changes(&tree);
        }
        Ok(beside)
    }

    /// The notes that the text refers to, in order; those that notes refer to after them.
    fn notes(&mut self, context: &Context, noted: &[NoteReference]) -> Result<Beside, Unreadable> {
        let mut beside = Beside::default();
        for kind in [Kind::Footnote, Kind::Endnote] {
            let (element, part) = kind.element();
            let Some(name) = self.name(part).filter(|_| noted.iter().any(|note| note.kind == kind)) else { continue };
            let Some(tree) = self.package.part(&name)? else { continue };
            let references = self.package.relationships(&name)?;
            let all = tree.elements().filter(|note| note.name() == element);
            let by_id: BTreeMap<&str, &Element> =
                all.filter_map(|note| Some((note.attribute("w:id")?, note))).collect();
            for reference in noted.iter().filter(|note| note.kind == kind) {
                let Some(note) = by_id.get(reference.id.as_str()) else { continue };
                let mut story = Story::new(context, &references);
                story.fixed = Some(reference.place);
                let mut label = reference.label.clone().map(Marker::Label);
                for mut piece in story.read(note) {
                    if let Piece::Line(line) = &mut piece {
                        line.style = Some(NOTE.to_owned());
                        take_marker(line, label.take());
                    }
                    beside.pieces.push(piece);
                }
                beside.remarks.append(&mut story.remarks);
                beside.changes += changes(note);
                beside.pictures += story.pictures;
            }
        }
        Ok(beside)
    }
}

/// Gives the first line of a note its number. A marker of its own becomes words.
fn take_marker(line: &mut Line, label: Option<Marker>) {
    let Some(label) = label else { return };
    if let Some(Marker::Label(own)) = line.marker.replace(label) {
        let space = if line.content.is_empty() { "" } else { " " };
        line.content.insert(0, Inline::words(format!("{own}{space}")));
    }
}

/// The lines of a piece; a table is a line for each cell.
fn flat(piece: Piece) -> Vec<Line> {
    match piece {
        Piece::Line(line) => vec![line],
        Piece::PageEnd => vec![],
        Piece::Table(table) => {
            let cells = table.texts().into_iter().flatten();
            let texts = cells.flat_map(|cell| cell.lines().map(str::to_owned).collect::<Vec<_>>());
            let line = |text| Line {
                content: vec![Inline::words(text)],
                whole: true,
                apart: true,
                place: table.place,
                ..Line::default()
            };
            texts.filter(|text| !text.is_empty()).map(line).collect()
        }
    }
}

/// The paragraphs of a drawing.
fn drawn(element: &Element, lines: &mut Vec<String>) {
    for child in element.elements() {
        if child.name() == "a:p" {
            let mut line = String::new();
            runs(child, &mut line);
            lines.push(line);
        } else {
            drawn(child, lines);
        }
    }
}

fn runs(element: &Element, line: &mut String) {
    for child in element.elements() {
        match child.name() {
            "a:t" => line.push_str(&child.text),
            "a:br" => line.push(' '),
            _ => runs(child, line),
        }
    }
}

/// The comments of a file.
fn remarks(
    comments: &Element,
    context: &Context,
    references: &Relationships,
    places: &BTreeMap<String, Place>,
) -> Vec<Remark> {
    let all = comments.elements().filter(|comment| comment.name() == "w:comment");
    let remark = |comment: &Element| {
        let by = comment.attribute("w:author").map(str::trim).filter(|author| !author.is_empty());
        let by = by.map(|author| format!(" of {author}")).unwrap_or_default();
        let text = lines(&Story::new(context, references).read(comment)).join(" ").replace('\n', " ");
        let place = comment.attribute("w:id").and_then(|id| places.get(id)).copied();
        Remark { what: format!("a comment{by} was left out: “{text}”"), place }
    };
    all.map(remark).collect()
}

/// The headers and footers that are printed, by the ids of their relationships.
#[derive(Debug, Default)]
struct Furniture {
    headers: Vec<String>,
    footers: Vec<String>,
}

impl Furniture {
    fn of(sections: &[&Element], settings: Option<&Element>) -> Self {
        let mut furniture = Self::default();
        let evens = settings.and_then(|settings| settings.switch("w:evenAndOddHeaders")).unwrap_or(false);
        // A section prints the first page's header of one before it too.
        let firsts = sections.iter().any(|section| section.switch("w:titlePg").unwrap_or(false));
        for element in sections.iter().flat_map(|section| section.elements()) {
            let ids = match element.name() {
                "w:headerReference" => &mut furniture.headers,
                "w:footerReference" => &mut furniture.footers,
                _ => continue,
            };
            let is_printed = match element.attribute("w:type") {
                Some("first") => firsts,
                Some("even") => evens,
                _ => true,
            };
            ids.extend(element.attribute("r:id").filter(|_| is_printed).map(str::to_owned));
        }
        furniture
    }
}
