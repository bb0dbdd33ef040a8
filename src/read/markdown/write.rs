//! [`Text`](crate::model::Text) → Markdown.

use std::borrow::Cow;
use std::mem::discriminant;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::model::{Block, Cell, Inline, Item, Label};

/// Whom the Markdown is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A source of ours: CommonMark, with no more backslashes than it needs.
    Source,
    /// Any renderer: what the common extensions of CommonMark would take for markup is escaped too.
    Published,
}

/// Blocks with a blank line between, without a newline at the end.
pub(crate) fn write_blocks(blocks: &[Block], dialect: Dialect) -> String {
    let mut written = Vec::new();
    for block in blocks {
        written.push(match block {
            Block::Paragraph(words) => inlines(words, dialect),
            Block::List(items) => list(items, dialect),
            Block::Table(written) => table(&written.header, &written.rows, dialect),
        });
    }
    written.join("\n\n")
}

fn list(items: &[Item], dialect: Dialect) -> String {
    let is_list = |block: &&Block| matches!(block, Block::List(_));
    let is_long = |item: &Item| item.blocks.iter().filter(|block| !is_list(block)).count() > 1;
    let separator = if items.iter().any(is_long) { "\n\n" } else { "\n" };
    let written: Vec<String> = items.iter().map(|written| item(written, dialect)).collect();
    written.join(separator)
}

fn item(item: &Item, dialect: Dialect) -> String {
    let native = item.label.as_ref().filter(|label| label.ordered_delimiter().is_some());
    // Where others render it, a number that CommonMark would take over is printed as words after a bullet.
    let (marker, label) = match (native, dialect) {
        (Some(label), Dialect::Source) => (label.to_string(), String::new()),
        _ => ("-".to_owned(), item.label.as_ref().map_or(String::new(), |label| printed_label(label, dialect) + " ")),
    };
    let mut content = label;
    for (at, block) in item.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(words) => {
                let separator = if at == 0 { "" } else { "\n\n" };
                content = content + separator + &inlines(words, dialect);
            }
            Block::List(items) => {
                // A list in an item of words needs no blank line before it, unless it is numbered from other than 1.
                let after_words = at == 1 && matches!(item.blocks[0], Block::Paragraph(_));
                let tight = after_words && item.blocks.len() == 2 && !items.iter().any(Item::is_ordered);
                let separator = if at == 0 {
                    ""
                } else if tight {
                    "\n"
                } else {
                    "\n\n"
                };
                content = content + separator + &list(items, dialect);
            }
            Block::Table(written) => {
                let separator = if content.is_empty() { "" } else { "\n\n" };
                content = trim_end(&content).to_owned() + separator + &table(&written.header, &written.rows, dialect);
            }
        }
    }
    let indent = " ".repeat(marker.len() + 1);
    let mut lines = trim_end(&content).lines();
    let mut written = trim_end(&format!("{marker} {}", lines.next().unwrap_or_default())).to_owned();
    for line in lines {
        written.push('\n');
        if !line.is_empty() {
            written.push_str(&indent);
            written.push_str(line);
        }
    }
    written
}

/// What is written without the white space at its end, of which a no-break space is no part: it is printed.
fn trim_end(written: &str) -> &str {
    written.trim_end_matches([' ', '\n'])
}

/// A table, a line for each row. Markdown has none without a heading row: where none is printed, its cells are empty.
pub(crate) fn table(header: &[Cell], rows: &[Vec<Cell>], dialect: Dialect) -> String {
    let columns = rows.first().map_or(header.len(), Vec::len);
    let empty = vec![Cell::new(); columns];
    let row = |cells: &[Cell]| {
        let cells = cells.iter().map(|cell| words(cell, Manner { dialect, in_cell: true }));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let heading = row(if header.is_empty() { &empty } else { header });
    let rule = format!("|{}", " --- |".repeat(columns));
    [heading, rule].into_iter().chain(rows.iter().map(|cells| row(cells))).collect::<Vec<_>>().join("\n")
}

/// A label after a bullet; for others, with its closing sign escaped, so that no extension makes a list of its own of it.
fn printed_label(label: &Label, dialect: Dialect) -> String {
    match dialect {
        Dialect::Source => label.to_string(),
        Dialect::Published => close_escaped(label.as_str()),
    }
}

/// `a.` as `a\.`.
fn close_escaped(label: &str) -> String {
    let (open, close) = label.split_at(label.len() - 1);
    format!("{open}\\{close}")
}

/// The words of a paragraph, in one line but for the breaks kept.
pub(crate) fn inlines(inlines: &[Inline], dialect: Dialect) -> String {
    words(inlines, Manner { dialect, in_cell: false })
}

fn words(inlines: &[Inline], manner: Manner) -> String {
    let mut written = String::new();
    let emphasis = if bold_and_italic(inlines) == (true, true) { "_" } else { "*" };
    push_inlines(inlines, manner, emphasis, &mut written);
    written
}

/// Whether some of the words are bold, and whether some are italic. Where both are, italics get a sign of their own: of `*` and `**`
/// that meet, or follow each other in one another, a reader takes others together than were written together.
fn bold_and_italic(inlines: &[Inline]) -> (bool, bool) {
    inlines.iter().fold((false, false), |(bold, italic), inline| {
        let (content, is_bold, is_italic): (&[Inline], _, _) = match inline {
            Inline::Strong { content } => (content, true, false),
            Inline::Emphasis { content } => (content, false, true),
            Inline::Link { content, .. } => (content, false, false),
            Inline::Words { .. } | Inline::Break => return (bold, italic),
        };
        let (bold_inside, italic_inside) = bold_and_italic(content);
        (bold || is_bold || bold_inside, italic || is_italic || italic_inside)
    })
}

/// How words are written: for whom, and whether in a cell, where `|` would end it and the line cannot.
#[derive(Clone, Copy)]
struct Manner {
    dialect: Dialect,
    in_cell: bool,
}

/// Neighbours with the same mark in one: between two of them nobody could tell the end of the one from the beginning of the other.
fn joined(inlines: &[Inline]) -> Cow<'_, [Inline]> {
    let marked = |inline: &Inline| matches!(inline, Inline::Emphasis { .. } | Inline::Strong { .. });
    let alike = |pair: &[Inline]| marked(&pair[0]) && discriminant(&pair[0]) == discriminant(&pair[1]);
    if !inlines.windows(2).any(alike) {
        return Cow::Borrowed(inlines);
    }
    let mut joined: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (joined.last_mut(), inline) {
            (Some(Inline::Emphasis { content }), Inline::Emphasis { content: more })
            | (Some(Inline::Strong { content }), Inline::Strong { content: more }) => content.extend_from_slice(more),
            _ => joined.push(inline.clone()),
        }
    }
    Cow::Owned(joined)
}

fn push_inlines(inlines: &[Inline], manner: Manner, emphasis: &str, written: &mut String) {
    let inlines = joined(inlines);
    for (at, inline) in inlines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &inlines[before]);
        match inline {
            Inline::Words { text } => {
                let line_start = !manner.in_cell && (written.is_empty() || written.ends_with('\n'));
                let text = match before {
                    Some(Inline::Emphasis { .. } | Inline::Strong { .. }) => push_after_mark(text, written),
                    _ => text,
                };
                written.push_str(&escaped(text, line_start, manner));
            }
            Inline::Break => written.push_str(line_break(manner)),
            Inline::Emphasis { content } => push_marked(emphasis, content, manner, emphasis, written),
            Inline::Strong { content } => push_marked("**", content, manner, emphasis, written),
            Inline::Link { url, content } => push_link(url, content, manner, emphasis, written),
        }
    }
}

/// Words between marks, which count beside no white space: of the words' own, what stands there is spelled out. So is the letter before
/// the first mark where the mark would not count behind it.
fn push_marked(mark: &str, content: &[Inline], manner: Manner, emphasis: &str, written: &mut String) {
    // `_` never counts behind a letter. It is spelled out before the mark is there, which would be taken for a sign of the words.
    if mark == "_" {
        spell_last(written.len(), mark, None, written);
    }
    let start = written.len();
    written.push_str(mark);
    push_inlines(content, manner, emphasis, written);
    let inside = start + mark.len();
    let spelled = |space: char| space.is_whitespace() && space != '\n';
    if let Some(space) = written[inside..].chars().next_back().filter(|c| spelled(*c)) {
        written.truncate(written.len() - space.len_utf8());
        written.push_str(&reference(space));
    }
    if let Some(space) = written[inside..].chars().next().filter(|c| spelled(*c)) {
        written.replace_range(inside..inside + space.len_utf8(), &reference(space));
    }
    let first = written[inside..].chars().next();
    spell_last(start, mark, first, written);
    written.push_str(mark);
}

/// Spells the letter out that stands before `end`, where a mark after it would not count before what it marks.
fn spell_last(end: usize, mark: &str, marked: Option<char>, written: &mut String) {
    let Some(letter) = written[..end].chars().next_back().filter(|letter| hides_mark(*letter, mark, marked)) else {
        return;
    };
    let at = end - letter.len_utf8();
    written.replace_range(at..end, &reference(letter));
    // `_` is a mark once it is no longer between two letters.
    if written[..at].strip_suffix('_').is_some_and(|before| before.ends_with(char::is_alphanumeric)) {
        written.insert(at - 1, '\\');
    }
}

/// Spells the first letter of words out where the mark before it would not count. Gives what is left of them.
fn push_after_mark<'t>(text: &'t str, written: &mut String) -> &'t str {
    let mark = if written.ends_with('_') { "_" } else { "*" };
    let last = written.trim_end_matches(mark).chars().next_back();
    match text.chars().next().filter(|letter| hides_mark(*letter, mark, last)) {
        Some(letter) => {
            written.push_str(&reference(letter));
            &text[letter.len_utf8()..]
        }
        None => text,
    }
}

/// Whether a mark does not count that stands between a letter and what it marks: behind a letter or before one, `_` does not
/// at all, and `*` not beside a sign (CommonMark, "left-flanking" and "right-flanking").
fn hides_mark(letter: char, mark: &str, marked: Option<char>) -> bool {
    let apart = letter.is_whitespace() || letter.is_ascii_punctuation() || matches!(letter, '‐'..='‧' | '‰'..='⁞');
    !apart && (mark == "_" || !marked.is_some_and(char::is_alphanumeric))
}

/// A letter by its number, which reads the same everywhere and is a sign to Markdown.
fn reference(letter: char) -> String {
    format!("&#{};", u32::from(letter))
}

/// Many renderers print the tag for a line break as words: theirs is a space.
fn line_break(manner: Manner) -> &'static str {
    match (manner.in_cell, manner.dialect) {
        (false, _) => "\\\n",
        (true, Dialect::Source) => "<br>",
        (true, Dialect::Published) => " ",
    }
}

fn push_link(url: &str, content: &[Inline], manner: Manner, emphasis: &str, written: &mut String) {
    // Nothing is escaped between angle brackets.
    let ends_cell = manner.in_cell && url.contains('|');
    if let [Inline::Words { text }] = content
        && !ends_cell
        && match autolink(text) {
            Some(LinkType::Autolink) => text == url,
            Some(LinkType::Email) => url.strip_prefix("mailto:") == Some(text),
            _ => false,
        }
    {
        written.push_str(&format!("<{text}>"));
        return;
    }
    written.push('[');
    push_inlines(content, manner, emphasis, written);
    let target = url.replace('&', "&amp;");
    let target = if ends_cell { target.replace('|', "\\|") } else { target };
    // Brackets in an address would end it; between angle brackets they do not.
    let bracketed = url.contains(['(', ')']);
    written.push_str(&if bracketed { format!("](<{target}>)") } else { format!("]({target})") });
}

/// What words between angle brackets lead to; what leads nowhere is a tag of HTML there, or its brackets are printed.
fn autolink(words: &str) -> Option<LinkType> {
    let written = format!("<{words}>");
    let events: Vec<Event<'_>> = Parser::new(&written).collect();
    match &events[..] {
        [_, Event::Start(Tag::Link { link_type, .. }), Event::Text(text), _, _] if **text == *words => Some(*link_type),
        _ => None,
    }
}

/// Words with a backslash before every character that would mean something to Markdown.
pub(crate) fn escape(text: &str, line_start: bool, dialect: Dialect) -> String {
    escaped(text, line_start, Manner { dialect, in_cell: false })
}

fn escaped(text: &str, line_start: bool, manner: Manner) -> String {
    let start = if line_start { leading_markup(text) } else { None };
    let chars: Vec<char> = text.chars().collect();
    let mut special: Vec<bool> =
        (0..chars.len()).map(|at| start == Some(at) || is_markup(&chars, at, manner)).collect();
    // Such a renderer takes a web address as it is typed, with its backslashes: what has any is kept from being one.
    let begins = (0..chars.len()).filter(|at| manner.dialect == Dialect::Published && begins_address(&chars[..=*at]));
    for at in begins {
        let address = chars[at..].iter().take_while(|c| !c.is_whitespace()).count();
        special[at] |= special[at..at + address].contains(&true);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for (c, special) in chars.into_iter().zip(special) {
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether a character means something to Markdown where it stands.
fn is_markup(chars: &[char], at: usize, Manner { dialect, in_cell }: Manner) -> bool {
    let before = at.checked_sub(1).map(|at| chars[at]);
    let after = chars.get(at + 1).copied();
    let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match chars[at] {
        '\\' | '*' | '[' | ']' | '<' | '`' => true,
        '_' => !(inside_word(before) && inside_word(after)),
        '&' => begins_entity(&chars[at..]),
        '!' => at + 1 == chars.len(),
        '|' if in_cell => true,
        '~' | '|' | '$' | '^' | '@' | '=' | '{' | '}' => dialect == Dialect::Published,
        '-' => dialect == Dialect::Published && (before == Some('-') || after == Some('-')),
        ':' => dialect == Dialect::Published && begins_shortcode(&chars[at..]),
        _ => false,
    }
}

/// Whether a web address, which many renderers make a link of, has begun with the last of these characters.
fn begins_address(chars: &[char]) -> bool {
    let begins: &[&str] = match chars.last() {
        Some(':') => &["http:", "https:", "ftp:"],
        Some('.') => &["www."],
        _ => &[],
    };
    begins.iter().any(|begin| {
        let from = chars.len().checked_sub(begin.len());
        from.is_some_and(|from| {
            chars[from..].iter().zip(begin.chars()).all(|(c, wanted)| c.eq_ignore_ascii_case(&wanted))
        })
    })
}

/// Where a backslash must stand so that the start of a line is not taken for a heading, list, quotation or rule.
fn leading_markup(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '#' | '>' | '+' | '-' | '=' | '~' | '|' | ':' | '%') {
        return Some(0);
    }
    let word = text.split(' ').next().unwrap_or_default();
    Label::parse(word).map(|label| label.as_str().len() - 1)
}

/// Whether `&` opens a character reference such as `&amp;` or `&#65;`.
fn begins_entity(chars: &[char]) -> bool {
    let name = chars[1..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && chars.get(name + 1) == Some(&';')
}

/// Whether `:` opens the name of a picture, `:office:`, which some renderers draw.
fn begins_shortcode(chars: &[char]) -> bool {
    let named = |c: &&char| c.is_ascii_alphanumeric() || matches!(**c, '_' | '+' | '-');
    let name = chars[1..].iter().take_while(named).count();
    name > 0 && chars.get(name + 1) == Some(&':')
}
