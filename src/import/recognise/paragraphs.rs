//! What a paragraph is, and how one begins: with its number, label or bullet.

use crate::model::{self, Inline, plain};

use super::super::manuscript::{Fit, Line, Marker, Place, Table};
use super::super::text::bullet;
use super::bare;
use super::content::{drop_front, merged};
use super::facts::is_about_dates;
use super::label::{Kind, Label, places};

/// The heading of a part or an appendix has no more words than this.
pub(super) const LONGEST_NAMED: usize = 16;

/// A bold line above the text that it heads has no more words than this.
const LONGEST_BOLD: usize = 10;

/// A paragraph or a table, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

impl Block {
    /// Where it stands.
    pub(super) fn place(&self) -> Option<Place> {
        match self {
            Self::Paragraph(paragraph) => Some(paragraph.place),
            Self::Table(table) => Some(table.place),
        }
    }

    /// The lines of a paragraph in which line breaks are kept, each as a paragraph; anything else as it is.
    pub(super) fn lines(self) -> Vec<Self> {
        match self {
            Self::Paragraph(paragraph) if paragraph.content.contains(&Inline::Break) => {
                let lines = paragraph.content.split(|inline| *inline == Inline::Break).filter(|line| !line.is_empty());
                let line = |(nth, content): (usize, &[Inline])| {
                    let label = paragraph.label.clone().filter(|_| nth == 0);
                    Self::Paragraph(Paragraph { content: content.to_vec(), label, ..paragraph.clone() })
                };
                lines.enumerate().map(line).collect()
            }
            other => vec![other],
        }
    }
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Paragraph {
    pub(super) label: Option<Label>,
    pub(super) bullet: bool,
    pub(super) content: Vec<Inline>,
    pub(super) heading: Option<u8>,
    pub(super) style: Option<String>,
    pub(super) bold: bool,
    pub(super) size: Option<f32>,
    pub(super) indent: f32,
    pub(super) list_level: u8,
    pub(super) apart: bool,
    pub(super) place: Place,
    pub(super) whole: bool,
    /// Where its last printed line ends, in letters from the left margin.
    pub(super) last_line: usize,
    /// How that line fits between the margins.
    pub(super) fit: Option<Fit>,
    /// The table that it is, instead of words.
    pub(super) table: Option<model::Table>,
}

impl Paragraph {
    /// Its words without the label.
    pub(super) fn text(&self) -> String {
        plain(&self.content)
    }

    /// Its words with the label before them.
    pub(super) fn labelled(&self) -> String {
        match &self.label {
            Some(label) => format!("{} {}", label.text, self.text()).trim_end().to_owned(),
            None => self.text(),
        }
    }

    /// The same with emphasis and links.
    pub(super) fn labelled_content(&self) -> Vec<Inline> {
        let space = if self.content.is_empty() { "" } else { " " };
        let label = self.label.iter().map(|label| Inline::words(format!("{}{space}", label.text)));
        merged(label.chain(self.content.iter().cloned()).collect())
    }

    /// Adds words behind its own, with that between.
    pub(super) fn append(&mut self, content: Vec<Inline>, between: &str) {
        self.content.push(Inline::words(between));
        self.content.extend(content);
        self.content = merged(std::mem::take(&mut self.content));
    }

    /// Whether there is neither a label nor a word.
    pub(super) fn is_nothing(&self) -> bool {
        self.label.is_none() && !self.bullet && self.content.is_empty()
    }
}

/// A paragraph that begins with this line; a number typed before the words is its label.
pub(super) fn begin(line: &Line, bare: Option<usize>) -> Paragraph {
    let mut paragraph = Paragraph {
        label: None,
        bullet: line.marker == Some(Marker::Bullet),
        content: merged(line.content.clone()),
        heading: line.heading,
        style: line.style.clone(),
        bold: line.bold,
        size: line.size,
        indent: line.indent,
        list_level: line.list_level,
        apart: line.apart,
        place: line.place,
        whole: line.whole,
        last_line: 0,
        fit: line.fit,
        table: None,
    };
    match &line.marker {
        Some(Marker::Label(label)) => {
            paragraph.label = Some(Label::of_format(label));
        }
        Some(Marker::Bullet) => {
            let text = paragraph.text();
            if bare.is_some() {
                drop_front(&mut paragraph.content, text.len() - bare::unmarked(&text).len());
            }
            take_label(&mut paragraph, bare);
        }
        None => {
            let text = paragraph.text();
            let letter = bare.is_some() && text.starts_with('o');
            // A round sign, alone in its line.
            let words = if text == "o" { Some("") } else { bullet(&text) };
            let words = if bare.is_some() { words.map(|_| bare::unmarked(&text)) } else { words };
            if let Some(words) = words.filter(|_| !letter) {
                paragraph.bullet = drop_front(&mut paragraph.content, text.len() - words.trim_start().len());
            }
            take_label(&mut paragraph, bare);
        }
    }
    paragraph
}

/// Takes the bullet or the label from the first words of a paragraph; tells whether there is one.
pub(super) fn begin_words(paragraph: &mut Paragraph) -> bool {
    let text = paragraph.text();
    match bullet(&text) {
        Some(words) => paragraph.bullet = drop_front(&mut paragraph.content, text.len() - words.trim_start().len()),
        None => take_label(paragraph, None),
    }
    paragraph.bullet || paragraph.label.is_some()
}

/// What stands below the first line of a paragraph, if that line is bold and heads the rest.
pub(super) fn below_bold_line(paragraph: &mut Paragraph) -> Option<Paragraph> {
    let [Inline::Strong { content }, Inline::Break, rest @ ..] = paragraph.content.as_slice() else { return None };
    let words = plain(content);
    let heads = words.split_whitespace().count() <= LONGEST_BOLD && !words.ends_with(['.', ';', ',']);
    let text = !matches!(rest.first(), None | Some(Inline::Strong { .. } | Inline::Break));
    if paragraph.bullet || !heads || !text {
        return None;
    }
    let mut below = Paragraph { content: rest.to_vec(), label: None, apart: true, ..paragraph.clone() };
    take_label(&mut below, None);
    paragraph.content = content.clone();
    paragraph.bold = true;
    Some(below)
}

/// What `5. (a) On receipt …` has behind its number: the first item of the clause.
pub(super) fn second_label(paragraph: &mut Paragraph) -> Option<Paragraph> {
    let label = paragraph.label.as_ref()?;
    let text = paragraph.text();
    let (second, rest) = Label::split(&text)?;
    let bracketed = second.text.starts_with('(') && second.text.ends_with(')');
    let child = match (label.parts(), second.parts()) {
        (Some([own]), Some(parts)) => parts.len() > 1 && parts[0] == *own,
        _ => false,
    };
    let first = places(&second.text).iter().any(|(_, place)| *place == 1);
    if !(bracketed && first || child) || second.text == label.text || rest.is_empty() || refers(rest) {
        return None;
    }
    let mut item = Paragraph { label: Some(second), bullet: false, ..paragraph.clone() };
    if !drop_front(&mut item.content, text.len() - rest.len()) {
        return None;
    }
    paragraph.content.clear();
    paragraph.last_line = 0;
    // Where the format tells no levels, those of the items below are told by what they count.
    item.list_level += u8::from(item.list_level > 0);
    Some(item)
}

/// Whether words go on behind a label that is referred to, as no clause begins.
fn refers(rest: &str) -> bool {
    let word = rest.split(' ').next().unwrap_or_default();
    matches!(word.trim_end_matches(','), "and" | "or" | "to" | "above" | "below" | "of" | "is" | "are")
}

/// Takes the label from the first words.
fn take_label(paragraph: &mut Paragraph, bare: Option<usize>) {
    let text = paragraph.text();
    let found = match bare {
        Some(length) if text.is_char_boundary(length) => {
            Some((Label::bare(&text[..length]), text[length..].trim_start()))
        }
        _ => Label::split(&text).filter(|(label, rest)| is_surely_a_label(label, rest, paragraph)),
    };
    let Some((label, rest)) = found else { return };
    // A dash between the number and the words is none of either.
    let rest = rest.trim_start_matches(['-', '–', '—']).trim_start();
    let length = text.len() - rest.len();
    if drop_front(&mut paragraph.content, length) {
        paragraph.label = Some(label);
        paragraph.bullet = false;
    }
}

/// A bare number or a capital letter with a stop can begin a sentence: “12 members …”, “A. Smith”.
fn is_surely_a_label(label: &Label, rest: &str, paragraph: &Paragraph) -> bool {
    let bare = label.text.chars().all(|c| c.is_ascii_digit());
    let rest = rest.trim_start_matches(['-', '–', '—']).trim_start();
    let initial =
        label.text.len() == 2 && label.text.starts_with(|c: char| c.is_ascii_uppercase()) && label.text.ends_with('.');
    let upper = rest.starts_with(|c: char| c.is_uppercase());
    // Only those beside it tell whether a number without any sign counts: [`bare`] has them.
    if bare {
        return rest.is_empty() || upper && paragraph.heading.is_some();
    }
    // “Section 27 of the Act requires …”, “Part 2 applies to all.”, “Section 101 Local Government Act 1972”
    if label.kind == Kind::Named {
        let statute = rest.split(' ').any(|word| matches!(word.trim_matches(','), "Act" | "Regulations" | "Measure"));
        let heads = rest.split_whitespace().count() <= LONGEST_NAMED && !rest.ends_with(['.', ';', ',']) && !statute;
        return rest.is_empty() || upper && heads && !is_about_dates(&paragraph.text());
    }
    // “(a) and (b) of which”
    let with_another = ["and (", "or (", "to ("].iter().any(|start| rest.starts_with(start));
    if label.text.starts_with('(') && with_another {
        return false;
    }
    // “7.30 pm”
    if ["am", "pm", "a.m", "p.m", "a.m.", "p.m.", "hours"].contains(&rest.split([' ', ',']).next().unwrap_or_default())
    {
        return false;
    }
    // Two initials are a name.
    !(initial && rest.split(' ').next().is_some_and(|next| next.len() == 2 && next.ends_with('.')))
}
