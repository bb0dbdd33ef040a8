//! What is read by itself: markers, tables, and what is no part of the document.

use scraper::ElementRef;

use super::super::css::property;
use super::super::element::{has_class, heading_level, is_block};
use super::super::{DEEPEST, Extent, chrome, notes, page_links, parse, table};
use super::{Around, NOTE, Walker};
use crate::import::manuscript::{Line, Marker, Piece, Place, Table, Unreadable};
use crate::import::text::bullet;
use crate::import::text::raised::{lowered, raised};
use crate::import::text::words::Words;
use crate::model::{Cell, Inline, plain};

/// Why words are no part of the document, where they are neither head nor foot of the page.
type Why = Option<&'static str>;

/// Whether a field of a form shows words that stand in it.
fn is_filled_in(element: &ElementRef<'_>) -> bool {
    const SHOWN: [&str; 10] =
        ["text", "search", "email", "tel", "url", "number", "date", "month", "time", "datetime-local"];
    let kind = element.attr("type").unwrap_or("text").to_ascii_lowercase();
    SHOWN.contains(&kind.as_str()) && element.attr("value").is_some_and(|value| !value.trim().is_empty())
}

impl Walker<'_> {
    /// Whether an element is dealt with as soon as it is met: it has no words, or they are a marker.
    pub(super) fn is_taken(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> bool {
        if self.is_of_a_note(element, around) {
            return true;
        }
        match element.value().name() {
            "script" | "style" | "head" | "link" | "meta" | "base" => {}
            "br" => {
                if self.words.is_broken() && !around.preformatted {
                    self.flush(around);
                } else {
                    self.words.line_break();
                }
            }
            "hr" => self.flush(around),
            "sup" | "sub" => return self.is_shifted(element),
            "wbr" | "col" | "colgroup" => {}
            "input" if is_filled_in(element) => {
                self.words.space();
                self.words.push(element.attr("value").unwrap_or_default());
                self.words.space();
            }
            "img" | "input" | "area" => {
                self.words.space();
                if let Some(alt) =
                    element.attr("alt").map(Words::tidy).filter(|alt| !alt.is_empty() && !around.furniture)
                {
                    self.remark(&format!("a picture is left out: “{alt}”"));
                }
            }
            "del" | "s" | "strike" if !around.furniture => {
                let words = Words::tidy(&element.text().collect::<String>());
                self.words.space();
                if !words.is_empty() {
                    self.remark(&format!("what is struck out is left out: “{words}”"));
                }
            }
            _ => return self.is_marker(element),
        }
        true
    }

    /// Whether an element is the number of a note: where the text refers to it, as `[1]`, or before its words.
    fn is_of_a_note(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> bool {
        if around.style != Some(NOTE) {
            let number = notes::reference(element);
            number.iter().for_each(|number| self.words.push(&format!("[{number}]")));
            return number.is_some();
        }
        match notes::back(element) {
            Some(notes::Back::Number(number)) if self.words.is_empty() => {
                self.marker = Some(Marker::Label(format!("[{number}]")));
                true
            }
            Some(notes::Back::Sign) => true,
            _ => false,
        }
    }

    /// Whether an element's words are figures that are raised after a figure, or lowered below the stroke of a fraction.
    fn is_shifted(&mut self, element: &ElementRef<'_>) -> bool {
        let text: String = element.text().collect();
        let shift = if element.value().name() == "sup" { raised } else { lowered };
        let signs = shift(self.words.last(), text.trim());
        signs.is_some_and(|signs| {
            self.words.push(&signs);
            true
        })
    }

    /// Whether an element's words are the marker of what follows: those of this program's own pages, and of pages that Word wrote.
    pub(super) fn is_marker(&mut self, element: &ElementRef<'_>) -> bool {
        let parent = element.parent().and_then(ElementRef::wrap);
        let inside = |class: &str| parent.is_some_and(|parent| has_class(&parent, class));
        let parent_is = |wanted: fn(&str) -> bool| parent.is_some_and(|parent| wanted(parent.value().name()));
        let text = || Words::tidy(&element.text().collect::<String>());
        if has_class(element, "permalink") && !text().contains(char::is_alphanumeric) {
            return true;
        }
        let is_words = element.value().name() == "a" || element.value().name() == "span";
        let numbers =
            has_class(element, "number") && (inside("clause") || parent_is(|name| heading_level(name).is_some()));
        let labels = has_class(element, "label") && parent_is(|name| name == "li");
        let of_word = property(element, "mso-list").is_some_and(|value| value.eq_ignore_ascii_case("ignore"));
        if !(is_words && (numbers || labels) || of_word) || !self.words.is_empty() {
            return false;
        }
        let text = text();
        self.marker = match bullet(&format!("{text} ")) {
            Some(rest) if rest.trim().is_empty() => Some(Marker::Bullet),
            // The letter of the fonts of signs that looks like a small square.
            _ if of_word && text == "§" => Some(Marker::Bullet),
            _ if text.is_empty() => return true,
            _ => Some(Marker::Label(text)),
        };
        true
    }

    /// Whether an element was read by itself: what is no part of the document, and tables.
    pub(super) fn is_read_apart(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> Result<bool, Unreadable> {
        let name = element.value().name();
        if matches!(name, "noscript" | "iframe" | "noembed" | "noframes") {
            let source: String = element.text().collect();
            let page = parse::fragment(&source, self.room)?;
            // It may hold another of its kind, which is read by itself again: so not many of them.
            self.depth += DEEPEST / 16;
            self.furniture(page.root_element(), Some("shown only where scripts or frames are not"))?;
            self.depth -= DEEPEST / 16;
            self.place_furniture();
            return Ok(true);
        }
        if let Some(why) =
            self.furniture_by(element).filter(|why| !around.furniture || why.is_some() && around.left_out.is_none())
        {
            if is_block(name) {
                self.flush(around);
            }
            self.furniture(*element, why)?;
            self.place_furniture();
            return Ok(true);
        }
        if name == "table" && !table::is_layout(element) {
            self.flush(around);
            self.settle(around);
            self.table(element, around)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Puts what is no part of the document after the line in which it came.
    pub(super) fn place_furniture(&mut self) {
        if self.words.is_empty() {
            self.pieces.append(&mut self.later);
        }
    }

    /// Reads what is no part of the document; `why` says why it is none, where it is neither head nor foot.
    pub(super) fn furniture(&mut self, element: ElementRef<'_>, why: Why) -> Result<(), Unreadable> {
        let mut inner = self.inner();
        let around = Around { furniture: true, left_out: why, style: element.attr("class"), ..Around::default() };
        if element.value().name() == "table" && !table::is_layout(&element) {
            inner.table(&element, &around)?;
        } else if matches!(element.value().name(), "ul" | "ol") {
            inner.begin_kind(&element, &around);
            inner.walk(element, around)?;
        } else {
            inner.walk(element, around)?;
        }
        self.later.append(&mut inner.pieces);
        Ok(())
    }

    pub(super) fn is_furniture(&self, element: &ElementRef<'_>) -> bool {
        self.furniture_by(element).is_some()
    }

    /// Why an element is no part of the document, if it is none.
    fn furniture_by(&self, element: &ElementRef<'_>) -> Option<Why> {
        let says =
            |attribute: &str, value: &str| element.attr(attribute).is_some_and(|said| said.eq_ignore_ascii_case(value));
        let has = |name: &str, value: &str| {
            property(element, name).is_some_and(|said| said.to_ascii_lowercase().starts_with(value))
        };
        let role = element.attr("role").unwrap_or_default();
        let around_documents = self.main == Extent::Body;
        let hidden = element.attr("hidden").is_some()
            || says("aria-hidden", "true")
            || has("display", "none")
            || has("visibility", "hidden");
        match (element.value().name(), role) {
            ("nav", _) | (_, "navigation") => Some(Some("the navigation of the page")),
            ("aside", _) | (_, "complementary") => Some(Some("beside the text of the page")),
            ("template" | "svg", _) => Some(Some("for drawings or scripts of the page")),
            ("header" | "footer", _) | (_, "banner" | "contentinfo")
                if around_documents && !chrome::holds_the_title(element, self.titles) =>
            {
                Some(None)
            }
            _ if hidden => Some(Some("hidden on the page")),
            _ if element.attr("data-furniture").is_some() => Some(None),
            _ => chrome::why(element, around_documents, self.titles)
                .or_else(|| page_links::why(element, self.headed).map(Some)),
        }
    }

    pub(super) fn table(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> Result<(), Unreadable> {
        let found = table::read(element, &self.room.cells, |part| self.is_furniture(part));
        let caption = found.caption.map(|caption| self.cell(caption, around)).transpose()?;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut header_rows = 0;
        for row in found.rows {
            let cells = row.cells.into_iter().map(|cell| cell.map_or(Ok(Cell::new()), |cell| self.cell(cell, around)));
            let cells = cells.collect::<Result<Vec<_>, _>>()?;
            if cells.iter().any(|cell| !cell.is_empty()) {
                header_rows += usize::from(row.heads && header_rows == rows.len());
                rows.push(cells);
            }
        }
        if header_rows == rows.len() && !found.has_head {
            header_rows = 0;
        }
        let caption = caption.map(|caption| plain(&caption)).filter(|caption| !caption.is_empty());
        let mut table = Table { caption, header_rows, rows, place: Place::default() };
        if around.furniture {
            let rows = table.texts().into_iter().map(|row| row.join(" "));
            let lines = table.caption.into_iter().chain(rows);
            for words in lines {
                let content = Words::line(&words);
                let left_out = around.left_out;
                self.pieces.push(Piece::Line(Line {
                    content,
                    furniture: true,
                    left_out,
                    whole: true,
                    ..Line::default()
                }));
            }
        } else if table.caption.is_some() || !table.rows.is_empty() {
            if !found.has_head {
                table.find_heading();
            }
            self.pieces.push(Piece::Table(table));
        }
        for hidden in found.hidden {
            let why = self.furniture_by(&hidden).flatten();
            self.furniture(hidden, why)?;
        }
        self.pieces.append(&mut self.later);
        Ok(())
    }

    /// The words of a cell, a line for each of its lines.
    pub(super) fn cell(&mut self, cell: ElementRef<'_>, around: &Around<'_>) -> Result<Cell, Unreadable> {
        let mut inner = self.inner();
        inner.walk(cell, Around { furniture: around.furniture, left_out: around.left_out, ..Around::default() })?;
        self.remarks.append(&mut inner.remarks);
        self.dropped_links += inner.dropped_links;
        self.styled |= inner.styled;
        let mut lines: Vec<Cell> = Vec::new();
        for piece in inner.pieces {
            match piece {
                Piece::Line(line) if line.furniture && !around.furniture => self.later.push(Piece::Line(line)),
                Piece::Line(line) => lines.push(line.in_cell()),
                Piece::Table(table) => lines.extend(table.rows.iter().map(|row| row.join(&Inline::words(" ")))),
                Piece::PageEnd => {}
            }
        }
        Ok(lines.join(&Inline::Break))
    }
}
