//! Markdown, a line for each of its paragraphs.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::html;
use super::manuscript::{Line, Manuscript, Marker, Piece, Place, Remark, Table, Unreadable};
use super::text::words::{Face, Words};
use crate::model::{Cell, Inline};
use crate::read::markdown::is_safe_target;

/// The most columns that a row has beyond its heading.
const WIDEST: usize = 64;

/// Reads Markdown as CommonMark has it, with tables, footnotes and struck-out words. Numbers of lists stay as typed, where
/// CommonMark would count them itself.
///
/// # Errors
/// If it holds HTML that cannot be read.
pub fn read(text: &str) -> Result<Manuscript, Unreadable> {
    let (front, body) = front_matter(text);
    let parser =
        Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES);
    let mut definitions: Vec<(String, Range<usize>)> =
        parser.reference_definitions().iter().map(|(name, found)| (name.to_lowercase(), found.span.clone())).collect();
    definitions.sort_by_key(|(_, span)| span.start);
    let mut reader = Reader::new(body, front.lines().count());
    let title = title_of(front).filter(|_| !body_has_title(body));
    reader.before(front, title);
    for (event, span) in parser.into_offset_iter() {
        reader.event(event, span)?;
    }
    reader.flush_html()?;
    reader.flush();
    for (name, span) in definitions {
        if !reader.used.contains(&name) {
            let what = format!("the address of a link that is nowhere is left out: {}", body[span.clone()].trim());
            reader.remark(what, span.start);
        }
    }
    Ok(Manuscript { pieces: reader.pieces, remarks: reader.remarks })
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

/// What programs note before the text, between two rules, and the text.
fn front_matter(text: &str) -> (&str, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return ("", text) };
    let mut end = first.len();
    let mut has_key = false;
    for line in lines {
        end += line.len();
        if is_fence(line) {
            return if has_key { text.split_at(end) } else { ("", text) };
        }
        let key = line.split_once(':').is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(' '));
        // Lists, further lines of a value and comments are indented, or begin with their sign.
        if !key && !line.trim().is_empty() && !line.starts_with([' ', '\t', '-', '#']) {
            return ("", text);
        }
        has_key |= key;
    }
    ("", text)
}

/// The title that is noted before the text, where it is plain words on one line.
fn title_of(front: &str) -> Option<(usize, &str)> {
    let (at, value) =
        front.lines().enumerate().find_map(|(at, line)| Some((at, line.strip_prefix("title:")?.trim())))?;
    let bare = ['"', '\''].into_iter().find_map(|quote| {
        value.strip_prefix(quote)?.strip_suffix(quote).filter(|inside| !inside.contains([quote, '\\']))
    });
    // What begins or goes on otherwise is no plain words, or has another value than is written.
    let plain = !value.contains(": ") && !value.contains(" #") && value.starts_with(char::is_alphanumeric);
    bare.or(Some(value).filter(|_| plain)).filter(|title| !title.trim().is_empty()).map(|title| (at, title.trim()))
}

/// Whether a text has a heading of the highest level.
fn body_has_title(body: &str) -> bool {
    let heads = |event| match event {
        Event::Start(Tag::Heading { level, .. }) => level == HeadingLevel::H1,
        Event::Html(html) => html.to_ascii_lowercase().contains("<h1"),
        _ => false,
    };
    Parser::new_ext(body, Options::empty()).any(heads)
}

/// The words of a line of Markdown by itself.
fn words_of(markdown: &str) -> Result<String, Unreadable> {
    let lines = read(markdown)?.pieces.into_iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(match &line.marker {
            Some(Marker::Label(label)) => format!("{label} {}", line.text()),
            _ => line.text(),
        }),
        Piece::Table(_) | Piece::PageEnd => None,
    });
    Ok(lines.collect::<Vec<_>>().join(" "))
}

struct Reader<'a> {
    body: &'a str,
    /// Where the lines of the body begin.
    starts: Vec<usize>,
    /// How many lines of the file come before the body.
    lines_before: usize,
    pieces: Vec<Piece>,
    remarks: Vec<Remark>,
    words: Words,
    /// Where the line begins.
    start: Option<usize>,
    marker: Option<Marker>,
    /// For each list around, whether its items are numbered.
    lists: Vec<bool>,
    heading: Option<u8>,
    style: Option<&'static str>,
    /// What a footnote's first words have before them.
    lead: Option<String>,
    in_code: bool,
    /// For each link that is open, whether it is kept.
    links: Vec<bool>,
    /// The names of the addresses that links have used.
    used: HashSet<String>,
    /// Words that are said in a remark only.
    asides: Vec<String>,
    html: Option<(String, usize)>,
    table: Option<Table>,
    row: Vec<Cell>,
    /// Where the last cell ended.
    cell_end: usize,
}

impl<'a> Reader<'a> {
    fn new(body: &'a str, lines_before: usize) -> Self {
        let starts = std::iter::once(0).chain(body.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self {
            body,
            starts,
            lines_before,
            pieces: Vec::new(),
            remarks: Vec::new(),
            words: Words::default(),
            start: None,
            marker: None,
            lists: Vec::new(),
            heading: None,
            style: None,
            lead: None,
            in_code: false,
            links: Vec::new(),
            used: HashSet::new(),
            asides: Vec::new(),
            html: None,
            table: None,
            row: Vec::new(),
            cell_end: 0,
        }
    }

    /// Tells what is noted before the text; gives the document the title that is noted there, and where it is.
    fn before(&mut self, front: &str, title: Option<(usize, &str)>) {
        let noted = |(at, line): &(usize, &str)| !is_fence(line) && title.is_none_or(|(titled, _)| titled != *at);
        let keys: Vec<&str> = front.lines().enumerate().filter(noted).map(|(_, line)| line.trim()).collect();
        let mut remark = |line: usize, what: String| {
            self.remarks.push(Remark { what, place: Some(Place { page: None, line }) });
        };
        if !keys.is_empty() {
            remark(1, format!("what stands before the text is left out: {}", keys.join("; ")));
        }
        let Some((at, title)) = title else { return };
        remark(at + 1, format!("the title is the one that is noted before the text: “{title}”"));
        self.pieces.push(Piece::Line(Line {
            content: vec![Inline::words(title)],
            heading: Some(1),
            whole: true,
            place: Place { page: None, line: at + 1 },
            ..Line::default()
        }));
    }

    /// The line of the body in which something stands, from 0.
    fn row_at(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn place(&self, at: usize) -> Place {
        Place { page: None, line: self.lines_before + self.row_at(at) + 1 }
    }

    /// Whether the line above is blank.
    fn is_apart(&self, at: usize) -> bool {
        let row = self.row_at(at);
        row > 0
            && self.body[self.starts[row - 1]..self.starts[row]].trim_matches([' ', '>', '\t', '\r', '\n']).is_empty()
    }

    fn remark(&mut self, what: String, at: usize) {
        let place = Some(self.place(at));
        self.remarks.push(Remark { what, place });
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Unreadable> {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Html(text) => {
                self.flush();
                self.html.get_or_insert_with(|| (String::new(), span.start)).0.push_str(&text);
            }
            other => {
                self.flush_html()?;
                match other {
                    Event::Start(tag) => self.begin(tag, span),
                    Event::End(tag) => self.end(tag, span)?,
                    other => self.inline(other, span)?,
                }
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Emphasis => self.words.open(Face::Emphasis),
            Tag::Strong => self.words.open(Face::Strong),
            Tag::Link { link_type, dest_url, title, id } => {
                let url =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let kept = is_safe_target(&url);
                self.links.push(kept);
                self.used.insert(id.to_lowercase());
                if kept {
                    self.words.open_link(&url);
                } else {
                    self.remark(
                        format!("a link leads to “{url}”, where no document can: its words are kept"),
                        span.start,
                    );
                }
                self.untitle(&title, span.start);
            }
            Tag::Image { title, id, .. } => {
                self.used.insert(id.to_lowercase());
                self.untitle(&title, span.start);
                self.asides.push(String::new());
            }
            Tag::Strikethrough => self.asides.push(String::new()),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => {
                self.flush();
                self.begin_block(block, span);
            }
        }
    }

    /// A link's title is seen on a screen only.
    fn untitle(&mut self, title: &str, at: usize) {
        if !title.trim().is_empty() {
            self.remark(format!("the title of a link, which is printed nowhere, is left out: “{title}”"), at);
        }
    }

    fn begin_block(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(level as u8);
                self.start = Some(span.start);
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::List(start) => {
                self.settle(span.start);
                self.lists.push(start.is_some());
            }
            Tag::Item => {
                self.marker = Some(self.typed_marker(span.clone()));
                self.start = Some(span.start);
            }
            Tag::FootnoteDefinition(name) => {
                self.style = Some("footnote");
                self.lead = Some(format!("[{name}] "));
            }
            Tag::Table(_) => {
                self.settle(span.start);
                self.table = Some(Table { place: self.place(span.start), header_rows: 1, ..Table::default() });
            }
            _ => {}
        }
    }

    /// The number of an item as it is typed, or a bullet.
    fn typed_marker(&self, span: Range<usize>) -> Marker {
        let typed = self.body[span].trim_start();
        let digits = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match typed.get(..digits + 1) {
            Some(label) if digits > 0 && self.lists.last() == Some(&true) => Marker::Label(label.to_owned()),
            _ => Marker::Bullet,
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) -> Result<(), Unreadable> {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.words.close(),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.words.close();
                }
            }
            TagEnd::Image | TagEnd::Strikethrough => self.end_aside(tag, span.start),
            TagEnd::TableCell => {
                let cell = self.take_cell();
                self.row.push(cell);
                self.cell_end = span.end;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(tag == TagEnd::TableHead, span)?,
            TagEnd::Table => {
                let table = self.table.take().filter(|table| !table.rows.is_empty());
                self.pieces.extend(table.map(Piece::Table));
            }
            block => {
                self.flush();
                self.end_block(block, span);
            }
        }
        Ok(())
    }

    fn end_block(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.heading = None;
                self.start = None;
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Item => self.settle(span.start),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                if let Some(lead) = self.lead.take() {
                    self.words.push(&lead);
                    self.start = Some(span.start);
                    self.flush();
                }
                self.style = None;
            }
            _ => {}
        }
    }

    fn end_aside(&mut self, tag: TagEnd, at: usize) {
        let words = self.asides.pop().map(|words| Words::tidy(&words)).unwrap_or_default();
        if let Some(around) = self.asides.last_mut() {
            around.push_str(&words);
            return;
        }
        self.words.space();
        if tag == TagEnd::Image {
            let words = if words.is_empty() { String::new() } else { format!(": “{words}”") };
            self.remark(format!("a picture is left out{words}"), at);
        } else if !words.is_empty() {
            self.remark(format!("what is struck out is left out: “{words}”"), at);
        }
    }

    fn take_cell(&mut self) -> Cell {
        let (content, bold) = self.words.take();
        self.start = None;
        Line { content, bold, ..Line::default() }.in_cell()
    }

    fn end_row(&mut self, heads: bool, span: Range<usize>) -> Result<(), Unreadable> {
        let mut row = std::mem::take(&mut self.row);
        row.extend(self.cells_too_many(span)?);
        let Some(table) = &mut self.table else { return Ok(()) };
        if row.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(row);
        } else if heads {
            table.header_rows = 0;
        }
        Ok(())
    }

    /// The cells that a row has more than the heading, which Markdown drops.
    fn cells_too_many(&mut self, span: Range<usize>) -> Result<Vec<Cell>, Unreadable> {
        let Some(rest) = self.body.get(self.cell_end.max(span.start)..span.end) else { return Ok(Vec::new()) };
        // What is in more columns than a table has stays together in the last of them.
        let cells: Vec<&str> = rest.splitn(WIDEST, '|').filter(|cell| !cell.trim().is_empty()).collect();
        if !cells.is_empty() {
            self.remark("a row of this table has more cells than its heading: they are kept".to_owned(), span.start);
        }
        cells.into_iter().map(|cell| Ok(Words::line(&words_of(cell)?))).collect()
    }

    fn inline(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Unreadable> {
        if self.asides.is_empty() {
            self.start.get_or_insert(span.start);
        }
        match event {
            Event::Text(text) if self.in_code => {
                for (index, line) in text.split('\n').enumerate() {
                    if index > 0 {
                        self.words.line_break();
                    }
                    self.push(line);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text)
            }
            Event::FootnoteReference(name) => self.push(&format!("[{name}]")),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak if self.asides.is_empty() => self.words.line_break(),
            Event::HardBreak => self.push(" "),
            Event::InlineHtml(tag) => self.inline_html(&tag, span.start)?,
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        match self.asides.last_mut() {
            Some(aside) => aside.push_str(text),
            None => {
                if let Some(lead) = self.lead.take() {
                    self.words.push(&lead);
                }
                self.words.push(text);
            }
        }
    }

    /// A tag among words: those are read for themselves.
    fn inline_html(&mut self, tag: &str, at: usize) -> Result<(), Unreadable> {
        let name =
            tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "br" if self.asides.is_empty() => self.words.line_break(),
            "img" => {
                let remarks = html::read(tag)?.remarks;
                remarks.into_iter().for_each(|remark| self.remark(remark.what, at));
                self.push(" ");
            }
            "br" | "p" | "div" | "li" | "td" | "th" | "tr" | "ul" | "ol" | "table" => self.push(" "),
            _ => {}
        }
        Ok(())
    }

    /// Reads the HTML that has come, of which a blank line is no end.
    fn flush_html(&mut self) -> Result<(), Unreadable> {
        let Some((source, start)) = self.html.take() else { return Ok(()) };
        let begins =
            |tag: &str| source.trim_start().get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
        let in_table = ["<tr", "<td", "<th", "<tbody"].into_iter().any(begins);
        let found = html::read(&if in_table { format!("<table>{source}") } else { source })?;
        for remark in found.remarks {
            self.remark(remark.what, start);
        }
        let level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        for mut piece in found.pieces {
            match &mut piece {
                Piece::Line(line) => {
                    line.place = self.place(start);
                    line.list_level = line.list_level.saturating_add(level);
                    if line.marker.is_none() && !line.furniture {
                        line.marker = self.marker.take();
                    }
                }
                Piece::Table(table) => table.place = self.place(start),
                Piece::PageEnd => {}
            }
            self.pieces.push(piece);
        }
        Ok(())
    }

    /// Ends the line.
    fn flush(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let at = self.start.take().unwrap_or_default();
        let (content, bold) = self.words.take();
        let marker = self.marker.take();
        self.push_line(content, marker, bold, at);
    }

    /// Prints a number that has no words after it. A bullet without words is none.
    fn settle(&mut self, at: usize) {
        if let Some(marker @ Marker::Label(_)) = self.marker.take() {
            self.push_line(Vec::new(), Some(marker), false, at);
        }
        self.start = None;
    }

    fn push_line(&mut self, content: Vec<Inline>, marker: Option<Marker>, bold: bool, at: usize) {
        self.pieces.push(Piece::Line(Line {
            content,
            marker,
            list_level: u8::try_from(self.lists.len()).unwrap_or(u8::MAX),
            heading: self.heading,
            style: self.style.map(str::to_owned),
            whole: true,
            apart: self.is_apart(at),
            bold,
            place: self.place(at),
            ..Line::default()
        }));
    }
}
