//! Paragraphs and tables → WordprocessingML, with tracked changes where there are any.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::super::flow::marks::{Author, Mark, MarkedParagraph, MarkedRow, MarkedTable, Part};
use super::super::flow::{Look, Paragraph, Piece};

/// The namespaces of the parts of a document.
pub(super) const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// How far a step of indentation is, in twentieths of a point: a quarter of an inch.
const STEP: u32 = 360;

/// The width between the margins of A4, in twentieths of a point.
const TEXT_WIDTH: u32 = 9354;

/// What a body refers to in other parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct References {
    /// Web addresses, each once; the n-th is the relationship `link{n}`.
    pub(super) links: Vec<String>,
    /// What is remarked, by the number of the comment.
    pub(super) comments: Vec<String>,
}

/// The main part of a document.
pub(super) fn body(
    parts: &[Part],
    author: Option<&Author>,
    letterhead: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<(Vec<u8>, References)> {
    let mut body = Body { author, bookmarks: bookmarks(parts), ..Body::default() };
    let mut writer = writer()?;
    writer.create_element("w:document").with_attributes(NAMESPACES).write_inner_content(|w| {
        w.create_element("w:body").write_inner_content(|w| {
            letterhead(w)?;
            for part in parts {
                match part {
                    Part::Paragraph(paragraph) => body.paragraph(w, paragraph)?,
                    Part::Table(table) => body.table(w, table)?,
                }
            }
            section(w)
        })?;
        Ok(())
    })?;
    Ok((writer.into_inner(), body.references))
}

/// A writer that has begun an XML file.
pub(super) fn writer() -> io::Result<Writer<Vec<u8>>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    Ok(writer)
}

/// Text as XML may hold it: two characters of Unicode that are none may not stand in it even as references.
pub(super) fn text(text: &str) -> BytesText<'static> {
    BytesText::new(&text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")).into_owned()
}

/// The anchors that links of the document lead to, each with the name of its bookmark: Word allows letters, digits and `_`.
fn bookmarks(parts: &[Part]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for part in parts {
        for (_, piece) in part.pieces() {
            if let Piece::Words { look: Look { link: Some(link), .. }, .. } = piece
                && let Some(anchor) = link.strip_prefix('#')
            {
                let name = format!("clause_{}", names.len() + 1);
                names.entry(anchor.to_owned()).or_insert(name);
            }
        }
    }
    names
}

#[derive(Default)]
struct Body<'a> {
    author: Option<&'a Author>,
    references: References,
    /// The names of the bookmarks that links of the document lead to, by anchor.
    bookmarks: BTreeMap<String, String>,
    /// How many things have been given a number: bookmarks and tracked changes.
    numbered: usize,
}

pub(super) type Xml = Writer<Vec<u8>>;

/// The attributes that name an author.
pub(super) fn attributes_of(author: &Author) -> [(&'static str, String); 2] {
    [("w:author", author.name.clone()), ("w:date", format!("{}T00:00:00Z", author.date))]
}

impl Body<'_> {
    fn number(&mut self) -> String {
        self.numbered += 1;
        self.numbered.to_string()
    }

    /// The attributes of a tracked change.
    fn tracked(&mut self) -> Vec<(&'static str, String)> {
        let mut attributes = vec![("w:id", self.number())];
        if let Some(author) = self.author {
            attributes.extend(attributes_of(author));
        }
        attributes
    }

    fn paragraph(&mut self, w: &mut Xml, paragraph: &MarkedParagraph) -> io::Result<()> {
        let bookmark = paragraph.layout.anchor.as_ref().and_then(|anchor| self.bookmarks.get(anchor)).cloned();
        w.create_element("w:p").write_inner_content(|w| {
            self.properties(w, paragraph)?;
            if let Some(name) = bookmark {
                let number = self.number();
                element(w, "w:bookmarkStart", &[("w:id", &number), ("w:name", &name)])?;
                element(w, "w:bookmarkEnd", &[("w:id", &number)])?;
            }
            let comments: Vec<String> = paragraph.comments.iter().map(|comment| self.comment(comment)).collect();
            for comment in &comments {
                element(w, "w:commentRangeStart", &[("w:id", comment)])?;
            }
            self.pieces(w, &paragraph.pieces)?;
            for comment in &comments {
                element(w, "w:commentRangeEnd", &[("w:id", comment)])?;
                w.create_element("w:r").write_inner_content(|w| {
                    style(w, "w:rPr", "w:rStyle", "CommentReference")?;
                    element(w, "w:commentReference", &[("w:id", comment)])
                })?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn comment(&mut self, comment: &str) -> String {
        self.references.comments.push(comment.to_owned());
        (self.references.comments.len() - 1).to_string()
    }

    /// What a paragraph looks like, in the order the standard wants: style, list, indent, mark at the end, and what it was.
    fn properties(&mut self, w: &mut Xml, paragraph: &MarkedParagraph) -> io::Result<()> {
        let (mark, before) = (&paragraph.mark, &paragraph.before);
        w.create_element("w:pPr").write_inner_content(|w| {
            layout(w, &paragraph.layout)?;
            if *mark != Mark::Kept {
                w.create_element("w:rPr").write_inner_content(|w| {
                    let attributes = self.tracked();
                    w.create_element(element_of(mark)).with_attributes(borrowed(&attributes)).write_empty()?;
                    Ok(())
                })?;
            }
            if let Some(before) = before {
                let attributes = self.tracked();
                w.create_element("w:pPrChange").with_attributes(borrowed(&attributes)).write_inner_content(|w| {
                    w.create_element("w:pPr").write_inner_content(|w| layout(w, before))?;
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Pieces in order; neighbours with the same mark and link share one element.
    fn pieces(&mut self, w: &mut Xml, pieces: &[(Mark, Piece)]) -> io::Result<()> {
        for same in pieces.chunk_by(|a, b| a.0 == b.0 && link_of(&a.1) == link_of(&b.1)) {
            let Some((mark, first)) = same.first() else { continue };
            let runs: Vec<&Piece> = same.iter().map(|(_, piece)| piece).collect();
            match link_of(first) {
                Some(link) => self.hyperlink(w, link, mark, &runs)?,
                None => self.runs(w, mark, &runs)?,
            }
        }
        Ok(())
    }

    fn hyperlink(&mut self, w: &mut Xml, link: &str, mark: &Mark, runs: &[&Piece]) -> io::Result<()> {
        let (attribute, target) = match link.strip_prefix('#') {
            Some(anchor) => ("w:anchor", self.bookmarks.get(anchor).cloned().unwrap_or_default()),
            None => ("r:id", self.relationship(link)),
        };
        let attributes = [(attribute, target.as_str()), ("w:history", "1")];
        w.create_element("w:hyperlink")
            .with_attributes(attributes)
            .write_inner_content(|w| self.runs(w, mark, runs))?;
        Ok(())
    }

    /// The relationship to a web address.
    fn relationship(&mut self, link: &str) -> String {
        let links = &mut self.references.links;
        let at = links.iter().position(|known| known == link).unwrap_or_else(|| {
            links.push(link.to_owned());
            links.len() - 1
        });
        format!("link{at}")
    }

    fn runs(&mut self, w: &mut Xml, mark: &Mark, runs: &[&Piece]) -> io::Result<()> {
        let deleted = matches!(mark, Mark::Deleted);
        if *mark == Mark::Kept {
            return runs.iter().try_for_each(|piece| run(w, piece, false));
        }
        let name = match mark {
            Mark::MovedFrom(name) | Mark::MovedTo(name) => Some(name),
            _ => None,
        };
        let ranged = name.map(|name| {
            let range = if matches!(mark, Mark::MovedFrom(_)) { "w:moveFromRange" } else { "w:moveToRange" };
            (range, self.number(), name)
        });
        if let Some((range, number, name)) = &ranged {
            let mut attributes = self.tracked();
            attributes[0].1.clone_from(number);
            attributes.push(("w:name", (*name).clone()));
            w.create_element(format!("{range}Start")).with_attributes(borrowed(&attributes)).write_empty()?;
        }
        let attributes = self.tracked();
        w.create_element(element_of(mark))
            .with_attributes(borrowed(&attributes))
            .write_inner_content(|w| runs.iter().try_for_each(|piece| run(w, piece, deleted)))?;
        if let Some((range, number, _)) = &ranged {
            element(w, &format!("{range}End"), &[("w:id", number)])?;
        }
        Ok(())
    }

    fn table(&mut self, w: &mut Xml, table: &MarkedTable) -> io::Result<()> {
        let rows = || table.header.iter().chain(&table.rows);
        let columns = rows().map(|row| row.cells.len()).max().unwrap_or(0).max(1);
        let indent = u32::from(table.layout.indent) * STEP;
        let room = TEXT_WIDTH - indent.min(TEXT_WIDTH / 2);
        let width = (room / u32::try_from(columns).unwrap_or(1)).to_string();
        w.create_element("w:tbl").write_inner_content(|w| {
            w.create_element("w:tblPr").write_inner_content(|w| {
                element(w, "w:tblStyle", &[("w:val", "ControlTable")])?;
                if indent == 0 {
                    element(w, "w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
                } else {
                    element(w, "w:tblW", &[("w:w", &room.to_string()), ("w:type", "dxa")])?;
                    element(w, "w:tblInd", &[("w:w", &indent.to_string()), ("w:type", "dxa")])?;
                }
                let header = if table.header.is_some() { "1" } else { "0" };
                let label = if table.layout.labelled { "1" } else { "0" };
                let look = [("w:val", "04A0"), ("w:firstRow", header), ("w:lastRow", "0"), ("w:firstColumn", label)];
                let rest = [("w:lastColumn", "0"), ("w:noHBand", "0"), ("w:noVBand", "1")];
                element(w, "w:tblLook", &[&look[..], &rest[..]].concat())
            })?;
            w.create_element("w:tblGrid")
                .write_inner_content(|w| (0..columns).try_for_each(|_| element(w, "w:gridCol", &[("w:w", &width)])))?;
            // What leads to the table, and what is remarked on it, stands in its first cell.
            let mut first = Some((table.layout.anchor.clone(), table.comments.clone()));
            for (at, row) in rows().enumerate() {
                let is_header = at == 0 && table.header.is_some();
                self.row(w, row, columns, is_header, first.take().unwrap_or_default())?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn row(
        &mut self,
        w: &mut Xml,
        row: &MarkedRow,
        columns: usize,
        is_header: bool,
        first: (Option<String>, Vec<String>),
    ) -> io::Result<()> {
        w.create_element("w:tr").write_inner_content(|w| {
            w.create_element("w:trPr").write_inner_content(|w| {
                element(w, "w:cantSplit", &[])?;
                if is_header {
                    element(w, "w:tblHeader", &[])?;
                }
                if row.mark != Mark::Kept {
                    let attributes = self.tracked();
                    w.create_element(element_of(&row.mark)).with_attributes(borrowed(&attributes)).write_empty()?;
                }
                Ok(())
            })?;
            let mut first = Some(first);
            (0..columns).try_for_each(|column| {
                let (anchor, comments) = first.take().unwrap_or_default();
                let layout = Paragraph { style: "TableText", anchor, ..Paragraph::default() };
                let pieces = row.cells.get(column).cloned().unwrap_or_default();
                let mark = row.mark.clone();
                self.cell(w, &MarkedParagraph { layout, pieces, mark, comments, ..MarkedParagraph::default() })
            })
        })?;
        Ok(())
    }

    fn cell(&mut self, w: &mut Xml, paragraph: &MarkedParagraph) -> io::Result<()> {
        w.create_element("w:tc").write_inner_content(|w| {
            w.create_element("w:tcPr")
                .write_inner_content(|w| element(w, "w:tcW", &[("w:w", "0"), ("w:type", "auto")]))?;
            self.paragraph(w, paragraph)
        })?;
        Ok(())
    }
}

/// The element that marks a tracked change.
fn element_of(mark: &Mark) -> &'static str {
    match mark {
        Mark::Kept | Mark::Inserted => "w:ins",
        Mark::Deleted => "w:del",
        Mark::MovedFrom(_) => "w:moveFrom",
        Mark::MovedTo(_) => "w:moveTo",
    }
}

fn link_of(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Words { look, .. } => look.link.as_deref(),
        Piece::Tab | Piece::Break => None,
    }
}

fn layout(w: &mut Xml, paragraph: &Paragraph) -> io::Result<()> {
    element(w, "w:pStyle", &[("w:val", paragraph.style)])?;
    if paragraph.keeps_next {
        element(w, "w:keepNext", &[])?;
    }
    if paragraph.bullet {
        w.create_element("w:numPr").write_inner_content(|w| {
            element(w, "w:ilvl", &[("w:val", "0")])?;
            element(w, "w:numId", &[("w:val", "1")])
        })?;
    }
    if matches!(paragraph.style, "Item" | "ListBullet" | "ItemContinued") {
        let left = (u32::from(paragraph.indent) * STEP + STEP).to_string();
        let hanging = if paragraph.style == "ItemContinued" { "0" } else { "360" };
        let stop = left.clone();
        element(w, "w:ind", &[("w:left", &stop), ("w:hanging", hanging)])?;
    }
    Ok(())
}

fn run(w: &mut Xml, piece: &Piece, deleted: bool) -> io::Result<()> {
    w.create_element("w:r").write_inner_content(|w| match piece {
        Piece::Tab => element(w, "w:tab", &[]),
        Piece::Break => element(w, "w:br", &[]),
        Piece::Words { text: words, look } => {
            if *look != Look::default() {
                w.create_element("w:rPr").write_inner_content(|w| {
                    if look.link.is_some() {
                        element(w, "w:rStyle", &[("w:val", "Hyperlink")])?;
                    }
                    if look.strong {
                        element(w, "w:b", &[])?;
                    }
                    if look.emphasis {
                        element(w, "w:i", &[])?;
                    }
                    Ok(())
                })?;
            }
            let name = if deleted { "w:delText" } else { "w:t" };
            w.create_element(name).with_attribute(("xml:space", "preserve")).write_text_content(text(words))?;
            Ok(())
        }
    })?;
    Ok(())
}

/// The page: A4, with a header and a footer.
fn section(w: &mut Xml) -> io::Result<()> {
    w.create_element("w:sectPr").write_inner_content(|w| {
        element(w, "w:headerReference", &[("w:type", "default"), ("r:id", "header")])?;
        element(w, "w:footerReference", &[("w:type", "default"), ("r:id", "footer")])?;
        element(w, "w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        let margins = [("w:top", "1361"), ("w:right", "1276"), ("w:bottom", "1247"), ("w:left", "1276")];
        let rest = [("w:header", "680"), ("w:footer", "624"), ("w:gutter", "0")];
        element(w, "w:pgMar", &[&margins[..], &rest[..]].concat())
    })?;
    Ok(())
}

/// An element without content.
pub(super) fn element(w: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    w.create_element(name.to_owned()).with_attributes(attributes.iter().copied()).write_empty()?;
    Ok(())
}

/// A style, in its element.
pub(super) fn style(w: &mut Xml, outer: &str, inner: &str, style: &str) -> io::Result<()> {
    w.create_element(outer.to_owned()).write_inner_content(|w| element(w, inner, &[("w:val", style)]))?;
    Ok(())
}

pub(super) fn borrowed<'a>(attributes: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    attributes.iter().map(|(name, value)| (*name, value.as_str()))
}
