//! The elements of a page, one after the other → the pieces of a manuscript.

use scraper::{ElementRef, Node};

use super::css::{self, StyleSheet, property};
use super::list::{List, Sign};
use super::parse::{self, Room};
use super::{DEEPEST, Extent, table, too_deep, too_laborious};
use crate::import::manuscript::{Line, Manuscript, Marker, Piece, Place, Remark, Table, Unreadable};
use crate::import::text::bullet;
use crate::import::text::words::{Face, Words};
use crate::model::{Cell, Inline, plain};
use crate::read::markdown::is_safe_target;

/// Reads elements into pieces.
pub(super) struct Walker<'a> {
    sheet: &'a StyleSheet,
    main: Extent,
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
}

/// What is true of words because of the elements around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Around<'a> {
    /// Whether they are no part of the document.
    pub(super) furniture: bool,
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

impl<'a> Walker<'a> {
    /// Nothing read yet.
    pub(super) fn new(sheet: &'a StyleSheet, main: Extent, room: &'a Room) -> Self {
        Self {
            sheet,
            main,
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
        }
    }

    /// One that reads what is inside an element by itself.
    fn inner(&self) -> Self {
        Self { depth: self.depth + 1, ..Self::new(self.sheet, Extent::Body, self.room) }
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

    /// Whether an element is dealt with as soon as it is met: it has no words, or they are a marker.
    fn is_taken(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> bool {
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
            "wbr" | "col" | "colgroup" => {}
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

    /// Whether an element's words are the marker of what follows: those of this program's own pages, and of pages that Word wrote.
    fn is_marker(&mut self, element: &ElementRef<'_>) -> bool {
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
    fn is_read_apart(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> Result<bool, Unreadable> {
        let name = element.value().name();
        if matches!(name, "noscript" | "iframe" | "noembed" | "noframes") {
            let source: String = element.text().collect();
            let page = parse::fragment(&source, self.room)?;
            // It may hold another of its kind, which is read by itself again: so not many of them.
            self.depth += DEEPEST / 16;
            self.furniture(page.root_element())?;
            self.depth -= DEEPEST / 16;
            self.place_furniture();
            return Ok(true);
        }
        if !around.furniture && self.is_furniture(element) {
            if is_block(name) {
                self.flush(around);
            }
            self.furniture(*element)?;
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
    fn place_furniture(&mut self) {
        if self.words.is_empty() {
            self.pieces.append(&mut self.later);
        }
    }

    /// Reads what is no part of the document.
    fn furniture(&mut self, element: ElementRef<'_>) -> Result<(), Unreadable> {
        let mut inner = self.inner();
        let around = Around { furniture: true, style: element.attr("class"), ..Around::default() };
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

    fn is_furniture(&self, element: &ElementRef<'_>) -> bool {
        let says =
            |attribute: &str, value: &str| element.attr(attribute).is_some_and(|said| said.eq_ignore_ascii_case(value));
        let hidden = |name: &str, value: &str| {
            property(element, name).is_some_and(|said| said.to_ascii_lowercase().starts_with(value))
        };
        let role = element.attr("role").unwrap_or_default();
        let around_documents = self.main == Extent::Body;
        match element.value().name() {
            "nav" | "aside" | "template" | "svg" => true,
            "header" | "footer" if around_documents => true,
            _ => {
                matches!(role, "navigation" | "complementary")
                    || around_documents && matches!(role, "banner" | "contentinfo")
                    || element.attr("data-furniture").is_some()
                    || element.attr("hidden").is_some()
                    || says("aria-hidden", "true")
                    || hidden("display", "none")
                    || hidden("visibility", "hidden")
            }
        }
    }

    fn table(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> Result<(), Unreadable> {
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
                self.pieces.push(Piece::Line(Line { content, furniture: true, whole: true, ..Line::default() }));
            }
        } else if table.caption.is_some() || !table.rows.is_empty() {
            if !found.has_head {
                table.find_heading();
            }
            self.pieces.push(Piece::Table(table));
        }
        for hidden in found.hidden {
            self.furniture(hidden)?;
        }
        self.pieces.append(&mut self.later);
        Ok(())
    }

    /// The words of a cell, a line for each of its lines.
    fn cell(&mut self, cell: ElementRef<'_>, around: &Around<'_>) -> Result<Cell, Unreadable> {
        let mut inner = self.inner();
        inner.walk(cell, Around { furniture: around.furniture, ..Around::default() })?;
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

    fn begin_block<'p>(&mut self, element: &ElementRef<'p>, around: &mut Around<'p>) {
        let name = element.value().name();
        let to_fill = has_class(element, "to-fill");
        around.heading = heading_level(name).or(around.heading.filter(|_| name != "li"));
        around.apart = heading_level(name).is_some() || matches!(name, "p" | "blockquote" | "pre");
        around.preformatted |= matches!(name, "pre" | "listing" | "xmp" | "plaintext");
        around.indent += property(element, "margin-left").map_or(0.0, points);
        around.level = property(element, "mso-list").and_then(word_level).or(around.level);
        around.style = match around.style {
            _ if has_class(element, "notes") => Some("note"),
            _ if has_class(element, "signature") => Some("signatory"),
            Some("signatory") if to_fill => Some("signature"),
            Some(kept @ ("note" | "signatory")) => Some(kept),
            _ => element.attr("class").filter(|class| !class.trim().is_empty()),
        };
    }

    fn begin_kind(&mut self, element: &ElementRef<'_>, around: &Around<'_>) -> Kind {
        match element.value().name() {
            "ul" | "ol" | "menu" | "dir" => {
                self.settle(around);
                let list = self.list(element);
                self.lists.push(list);
                Kind::List
            }
            "li" if element.parent().and_then(ElementRef::wrap).is_none_or(|parent| !is_list(&parent)) => {
                self.lists.push(List::new(Sign::Bullet));
                self.marker = Some(Marker::Bullet);
                Kind::List
            }
            "li" => {
                self.marker = self.item(element);
                Kind::Marked
            }
            name if heading_level(name).is_some() => Kind::Marked,
            _ if has_class(element, "clause")
                || property(element, "mso-list").is_some_and(|list| word_level(list).is_some()) =>
            {
                Kind::Marked
            }
            "button" | "select" | "option" | "optgroup" | "textarea" | "object" | "video" | "audio" => {
                self.words.space();
                Kind::Box
            }
            "q" => {
                self.words.push("“");
                Kind::Quote
            }
            _ => Kind::Other,
        }
    }

    fn list(&self, element: &ElementRef<'_>) -> List {
        let ordered = element.value().name() == "ol";
        let asked = self.asked_sign(element);
        let sign = match asked {
            Some(Sign::None) if !ordered => Sign::Bullet,
            Some(sign) => sign,
            None if has_class(element, "labelled") && ordered => Sign::None,
            None if ordered => Sign::Number(super::list::Numeral::Decimal),
            None => Sign::Bullet,
        };
        let mut list = List::new(sign);
        if element.attr("reversed").is_some() {
            list.step = -1;
            let items = element.child_elements().filter(|item| item.value().name() == "li").count();
            list.next = i64::try_from(items).unwrap_or(i64::MAX);
        }
        list.next = number(element, "start").unwrap_or(list.next);
        let reset =
            property(element, "counter-reset").and_then(|reset| reset.split_ascii_whitespace().nth(1)?.parse().ok());
        list.count = reset.unwrap_or(0);
        list
    }

    /// What an element or the style sheet asks to have before its items.
    fn asked_sign(&self, element: &ElementRef<'_>) -> Option<Sign> {
        let own = property(element, "list-style-type").or_else(|| property(element, "list-style"));
        let typed = || element.attr("type").and_then(Sign::of_type);
        own.and_then(Sign::of_style).or_else(|| self.sheet.sign(element)).or_else(typed)
    }

    fn item(&mut self, element: &ElementRef<'_>) -> Option<Marker> {
        let asked = self.asked_sign(element);
        let list = self.lists.last_mut()?;
        list.advance(number(element, "value"));
        if let Some(parts) = self.sheet.label(element) {
            list.styled = true;
            self.styled = true;
            let label = Words::tidy(&css::label(parts, &self.lists));
            return (!label.is_empty()).then_some(Marker::Label(label));
        }
        let ordered = list.sign != Sign::Bullet;
        match asked.unwrap_or(list.sign) {
            Sign::None if ordered => None,
            Sign::None | Sign::Bullet => Some(Marker::Bullet),
            Sign::Number(numeral) => Some(Marker::Label(format!("{}.", numeral.write(list.number)))),
        }
    }

    fn open_faces(&mut self, element: &ElementRef<'_>) -> usize {
        let name = element.value().name();
        let mut faces = 0;
        let weight = property(element, "font-weight").unwrap_or_default();
        let bold = matches!(weight, "bold" | "bolder") || weight.parse().is_ok_and(|weight: u32| weight >= 600);
        if bold || matches!(name, "strong" | "b") {
            self.words.open(Face::Strong);
            faces += 1;
        }
        if matches!(name, "em" | "i") || property(element, "font-style") == Some("italic") {
            self.words.open(Face::Emphasis);
            faces += 1;
        }
        if name == "a"
            && let Some(url) = element.attr("href").map(str::trim)
        {
            if is_safe_target(url) {
                self.words.open_link(url);
                faces += 1;
            } else if !url.is_empty() && url != "#" {
                self.dropped_links += 1;
            }
        }
        faces
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
            bold,
            furniture: around.furniture,
            left_out: None,
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

fn has_class(element: &ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|own| own == class)
}

fn is_list(element: &ElementRef<'_>) -> bool {
    matches!(element.value().name(), "ul" | "ol" | "menu" | "dir")
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn number(element: &ElementRef<'_>, attribute: &str) -> Option<i64> {
    let number: i32 = element.attr(attribute)?.trim().parse().ok()?;
    Some(number.into())
}

/// The level that Word notes beside a list's name: `l0 level2 lfo1`.
fn word_level(list: &str) -> Option<u8> {
    list.split_ascii_whitespace().find_map(|word| word.strip_prefix("level")?.parse().ok())
}

/// A length of a style sheet in points; 0 if it is in another unit, such as a share of the page.
fn points(length: &str) -> f32 {
    const UNITS: [(&str, f32); 7] =
        [("pt", 1.0), ("px", 0.75), ("rem", 12.0), ("em", 12.0), ("cm", 28.35), ("mm", 2.835), ("in", 72.0)];
    let points = UNITS.iter().find_map(|(unit, points)| {
        let number: f32 = length.trim().strip_suffix(unit)?.trim().parse().ok()?;
        Some(number * points)
    });
    points.filter(|points| points.is_finite()).unwrap_or(0.0)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}
