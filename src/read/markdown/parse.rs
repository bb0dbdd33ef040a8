//! CommonMark → [`Text`].

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag};

use crate::diagnostics::{Code, visible};
use crate::model::{Block, Cell, Inline, Item, Label, Table, Text, plain};
use crate::read::codes;

/// Something in a text that a clause is not made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownFault {
    /// Its code.
    pub code: &'static Code,
    /// What is wrong.
    pub message: String,
    /// The Markdown at fault, as typed.
    pub words: String,
}

/// Deeper lists and emphasis than this are in no document.
const DEEPEST: usize = 8;

/// Reads a text.
///
/// # Errors
/// Everything in it that a clause is not made of, in order.
pub fn parse(markdown: &str) -> Result<Text, Vec<MarkdownFault>> {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    let events = parser.into_offset_iter().peekable();
    let mut reader = Reader { markdown, events, faults: Vec::new(), in_cell: false };
    for span in definitions {
        reader.fault(
            &codes::BAD_MARKDOWN,
            "a link definition is not printed: write the link where its words are",
            span,
        );
    }
    let blocks = reader.blocks(0);
    if reader.faults.is_empty() { Ok(Text { blocks }) } else { Err(reader.faults) }
}

struct Reader<'a> {
    markdown: &'a str,
    events: Peekable<OffsetIter<'a>>,
    faults: Vec<MarkdownFault>,
    /// Whether what is read is a cell of a table.
    in_cell: bool,
}

impl Reader<'_> {
    fn fault(&mut self, code: &'static Code, message: impl Into<String>, span: Range<usize>) {
        self.faults.push(MarkdownFault { code, message: message.into(), words: self.markdown[span].trim().to_owned() });
    }

    /// Blocks up to the end of what holds them. Words that stand in an item without a paragraph make one.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, span)) = self.events.peek().cloned() {
            match event {
                Event::End(_) => {
                    self.events.next();
                    break;
                }
                Event::Start(Tag::Paragraph) => {
                    self.events.next();
                    let inlines = self.inlines(0);
                    self.events.next();
                    blocks.push(Block::Paragraph(tidy(inlines)));
                }
                Event::Start(Tag::List(start)) if depth < DEEPEST => {
                    self.events.next();
                    let items = self.items(start.is_some(), depth);
                    push_list(&mut blocks, items);
                }
                Event::Start(Tag::List(_)) => {
                    self.fault(&codes::TOO_DEEP, format!("lists are nested more than {DEEPEST} deep"), span);
                    self.skip();
                }
                Event::Start(Tag::Table(_)) => {
                    self.events.next();
                    blocks.push(Block::Table(self.table(span)));
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. })
                | Event::Text(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::InlineHtml(_)
                | Event::Code(_) => {
                    let inlines = self.inlines(0);
                    blocks.push(Block::Paragraph(tidy(inlines)));
                }
                Event::Html(_) | Event::Start(Tag::HtmlBlock) => {
                    self.fault(&codes::RAW_HTML, "a text holds HTML", span);
                    self.skip();
                }
                other => {
                    let what = name_of(&other);
                    self.fault(&codes::BAD_MARKDOWN, format!("a clause holds no {what}"), span);
                    self.skip();
                }
            }
        }
        blocks.retain(|block| !matches!(block, Block::Paragraph(inlines) if inlines.is_empty()));
        blocks
    }

    /// Passes over the next event and, if it opens something, over all that is inside.
    fn skip(&mut self) {
        let mut open = 0_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }

    fn items(&mut self, ordered: bool, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            let mut item = Item { label: None, blocks: self.blocks(depth + 1) };
            if item.blocks.is_empty() && self.faults.is_empty() {
                let start = span.start;
                self.fault(&codes::BAD_MARKDOWN, "an item of a list has no words", start..span.end);
                continue;
            }
            let typed = &self.markdown[span];
            if ordered {
                item.label = typed.split_whitespace().next().and_then(Label::parse);
            } else {
                take_label(&mut item, typed.get(1..).unwrap_or_default().trim_start());
            }
            items.push(item);
        }
        items
    }

    /// A table, which has begun. One whose heading row is blank prints none.
    fn table(&mut self, span: Range<usize>) -> Table {
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableHead | Tag::TableRow), row)) = self.events.next() {
            rows.push(self.row(&row));
        }
        if rows.iter().flatten().all(Vec::is_empty) {
            self.fault(&codes::BAD_MARKDOWN, "a table has no words", span);
        }
        let rest = rows.split_off(rows.len().min(1));
        let header = rows.pop().filter(|header| header.iter().any(|cell| !cell.is_empty()));
        Table { header: header.unwrap_or_default(), rows: rest }
    }

    /// The cells of a row, which has begun. The parser makes every row as long as the heading row: what it puts in or leaves out
    /// is a fault.
    fn row(&mut self, row: &Range<usize>) -> Vec<Cell> {
        let mut cells = Vec::new();
        let (mut end, mut missing) = (row.start, 0);
        while let Some((Event::Start(Tag::TableCell), span)) = self.events.next() {
            missing += usize::from(span.is_empty() && span.start == row.end);
            end = end.max(span.end);
            self.in_cell = true;
            cells.push(tidy(self.inlines(0)));
            self.in_cell = false;
            self.events.next();
        }
        let columns = cells.len();
        if missing > 0 {
            let message = format!(
                "a row of a table has {}, and its heading row {columns}: type `||` for an empty one, and a blank line after the table",
                counted(columns - missing)
            );
            self.fault(&codes::BAD_MARKDOWN, message, row.clone());
        } else if !matches!(self.markdown[end..row.end].trim(), "" | "|") {
            let message = format!(
                "a row of a table has more than the {} of its heading row; `|` among words is typed `\\|`",
                counted(columns)
            );
            self.fault(&codes::BAD_MARKDOWN, message, row.clone());
        }
        cells
    }

    /// Says so where words are the line under the heading row of a table, and it is none: its signs would be printed.
    fn expect_no_table(&mut self, text: &str, span: &Range<usize>) {
        let rules = text.contains('|') && text.contains('-') && text.chars().all(|c| "|-: \t".contains(c));
        let start = self.markdown[..span.start].rfind('\n').map_or(0, |end| end + 1);
        let end = self.markdown[span.end..].find('\n').map_or(self.markdown.len(), |end| span.end + end);
        if !rules || self.markdown[start..end].trim() != text.trim() {
            return;
        }
        let above = self.markdown[..start].trim_end_matches('\n').rfind('\n').map_or(0, |end| end + 1);
        let message = "this looks like a table and is none: type as many cells in its heading row as in the line under it, and a blank line before both";
        self.fault(&codes::BAD_MARKDOWN, message, above..end);
    }

    /// Words up to the end of what holds them, which is left to the caller, or up to a block inside an item.
    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, span)) = self.events.peek().cloned() {
            match event {
                Event::Text(text) => {
                    self.expect_no_table(&text, &span);
                    inlines.push(Inline::words(text.into_string()));
                }
                Event::SoftBreak => inlines.push(Inline::words(" ")),
                Event::HardBreak => inlines.push(Inline::Break),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. }) if depth >= DEEPEST => {
                    self.fault(&codes::TOO_DEEP, format!("emphasis is nested more than {DEEPEST} deep"), span);
                    self.skip();
                    continue;
                }
                Event::Start(Tag::Emphasis) => {
                    let content = self.inside(depth);
                    inlines.push(Inline::Emphasis { content });
                }
                Event::Start(Tag::Strong) => {
                    let content = self.inside(depth);
                    inlines.push(Inline::Strong { content });
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    let content = self.inside(depth);
                    inlines.extend(self.link(link_type, &dest_url, &title, content, span));
                }
                // Markdown has no other sign for it in a cell.
                Event::InlineHtml(html) if self.in_cell && is_break(&html) => inlines.push(Inline::Break),
                Event::InlineHtml(_) => self.fault(&codes::RAW_HTML, "a text holds HTML", span),
                Event::Code(_) => self.fault(&codes::BAD_MARKDOWN, "a clause holds no code", span),
                Event::Start(Tag::Image { .. }) => {
                    self.fault(&codes::BAD_MARKDOWN, "a clause holds no picture", span);
                    self.skip();
                    continue;
                }
                _ => break,
            }
            self.events.next();
        }
        inlines
    }

    /// What is inside the emphasis or link that comes next; its end is left to be passed over.
    fn inside(&mut self, depth: usize) -> Vec<Inline> {
        self.events.next();
        self.inlines(depth + 1)
    }

    fn link(
        &mut self,
        kind: LinkType,
        target: &str,
        title: &str,
        content: Vec<Inline>,
        span: Range<usize>,
    ) -> Option<Inline> {
        let url = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        if !title.is_empty() {
            self.fault(&codes::BAD_LINK, "a link carries a title, which is printed nowhere", span);
            return None;
        }
        if plain(&content).trim().is_empty() {
            self.fault(&codes::BAD_LINK, "a link has no words to show it", span);
            return None;
        }
        if !is_safe_target(&url) {
            self.fault(&codes::BAD_LINK, format!("`{url}` is not a link"), span);
            return None;
        }
        Some(Inline::Link { url, content })
    }
}

/// Whether a link may lead to `url`: a web address, an e-mail address, a telephone number, a place in the document.
pub(crate) fn is_safe_target(url: &str) -> bool {
    let rest = ["https://", "http://", "mailto:", "tel:", "#"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    });
    let forbidden =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '{' | '}');
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(forbidden))
}

fn is_break(html: &str) -> bool {
    ["<br>", "<br/>", "<br />"].iter().any(|typed| html.eq_ignore_ascii_case(typed))
}

/// `1 cell`, `2 cells`.
fn counted(cells: usize) -> String {
    format!("{cells} cell{}", if cells == 1 { "" } else { "s" })
}

fn name_of(event: &Event<'_>) -> &'static str {
    match event {
        Event::Start(Tag::Heading { .. }) => "heading: headings have a key of their own, `heading`",
        Event::Start(Tag::CodeBlock(_)) => "code: lines indented by four spaces are taken for it",
        Event::Start(Tag::BlockQuote(_)) => "quotation",
        Event::Start(Tag::Image { .. }) => "picture",
        Event::Rule => "rule",
        _ => "such Markdown",
    }
}

/// Moves the label that a bullet's words begin with, unless it is escaped, to where labels stand.
fn take_label(item: &mut Item, typed: &str) {
    let Some((label, _)) = Label::split(typed.lines().next().unwrap_or_default()) else {
        return;
    };
    let Some(Block::Paragraph(inlines)) = item.blocks.first_mut() else {
        return;
    };
    if let Some(Inline::Words { text }) = inlines.first_mut()
        && let Some(rest) = text.strip_prefix(label.as_str()).and_then(|rest| rest.strip_prefix(' '))
    {
        // A no-break space is printed.
        *text = rest.trim_start_matches(' ').to_owned();
        item.label = Some(label);
    }
    if matches!(inlines.first(), Some(Inline::Words { text }) if text.is_empty()) {
        inlines.remove(0);
    }
}

/// Adds a list. Bullets that change their sign would start a second list, which no one could tell from the first.
fn push_list(blocks: &mut Vec<Block>, items: Vec<Item>) {
    let bulleted = |items: &[Item]| !items.iter().any(Item::is_ordered);
    match blocks.last_mut() {
        Some(Block::List(before)) if bulleted(before) && bulleted(&items) => before.extend(items),
        _ => blocks.push(Block::List(items)),
    }
}

/// Joins neighbours of a kind, makes every run of white space one space, and drops it at the ends of lines.
fn tidy(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut tidied = merge(inlines, Within::default());
    let mut after_space = true;
    collapse(&mut tidied, &mut after_space);
    trim_end(&mut tidied);
    tidied.retain(|inline| !is_empty(inline));
    tidied
}

fn is_empty(inline: &Inline) -> bool {
    match inline {
        Inline::Words { text } => text.is_empty(),
        Inline::Emphasis { content } | Inline::Strong { content } => content.iter().all(is_empty),
        Inline::Link { .. } | Inline::Break => false,
    }
}

/// The marks that words already stand in.
#[derive(Clone, Copy, Default)]
struct Within {
    emphasis: bool,
    strong: bool,
}

/// Joins neighbours of a kind. A mark inside another of its own kind, however deep, adds nothing: what is in it stands there by itself.
fn merge(inlines: Vec<Inline>, within: Within) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::with_capacity(inlines.len());
    push_joined(inlines, within, &mut merged);
    for inline in &mut merged {
        let (content, within) = match inline {
            Inline::Emphasis { content } => (content, Within { emphasis: true, ..within }),
            Inline::Strong { content } => (content, Within { strong: true, ..within }),
            Inline::Link { content, .. } => (content, within),
            Inline::Words { .. } | Inline::Break => continue,
        };
        *content = merge(std::mem::take(content), within);
    }
    merged
}

fn push_joined(inlines: Vec<Inline>, within: Within, merged: &mut Vec<Inline>) {
    for inline in inlines {
        match (merged.last_mut(), inline) {
            (_, Inline::Emphasis { content }) if within.emphasis => push_joined(content, within, merged),
            (_, Inline::Strong { content }) if within.strong => push_joined(content, within, merged),
            (Some(Inline::Words { text }), Inline::Words { text: more }) => text.push_str(&more),
            (Some(Inline::Emphasis { content }), Inline::Emphasis { content: more })
            | (Some(Inline::Strong { content }), Inline::Strong { content: more }) => content.extend(more),
            (_, inline) => merged.push(inline),
        }
    }
}

fn collapse(inlines: &mut [Inline], after_space: &mut bool) {
    for inline in inlines {
        match inline {
            Inline::Words { text } => {
                let mut collapsed = String::with_capacity(text.len());
                for c in text.chars().map(visible) {
                    // A no-break space is printed as one: it is not among these.
                    let space = c.is_ascii_whitespace();
                    if !(space && *after_space) {
                        collapsed.push(if space { ' ' } else { c });
                    }
                    *after_space = space;
                }
                *text = collapsed;
            }
            Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } => {
                collapse(content, after_space);
            }
            Inline::Break => *after_space = true,
        }
    }
}

fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Words { text } => {
                text.truncate(text.trim_end_matches(' ').len());
                if text.is_empty() {
                    inlines.pop();
                    continue;
                }
            }
            Inline::Break => {
                inlines.pop();
                continue;
            }
            _ => {}
        }
        break;
    }
    let before_break: Vec<usize> = (1..inlines.len()).filter(|&at| inlines[at] == Inline::Break).collect();
    for at in before_break {
        if let Inline::Words { text } = &mut inlines[at - 1] {
            text.truncate(text.trim_end_matches(' ').len());
        }
    }
}
