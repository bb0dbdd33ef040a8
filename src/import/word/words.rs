//! The runs of a paragraph → words, with what is emphasised against the rest of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::styles::Look;
use crate::import::text::words::is_unseen;
use crate::model::Inline;

/// Words of one look. A line break that is kept is `\n`; all other white space is spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) look: Look,
    /// Where they lead.
    pub(super) link: Option<Rc<str>>,
}

/// The words of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Words {
    pub(super) content: Vec<Inline>,
    /// Whether all are bold.
    pub(super) bold: bool,
    /// The size most letters have, in half points.
    pub(super) size: Option<u32>,
}

impl Words {
    /// The words of spans in order.
    pub(super) fn of(spans: &[Span]) -> Self {
        let mut spans = tidy(spans);
        let bold = take_off(&mut spans, |look| &mut look.bold);
        take_off(&mut spans, |look| &mut look.italic);
        Self { content: inlines(&spans), bold, size: size(&spans) }
    }
}

/// The spans with single spaces, none at the ends of lines, and neighbours that look the same in one.
fn tidy(spans: &[Span]) -> Vec<Span> {
    let mut tidy: Vec<Span> = Vec::new();
    let mut gap = String::new();
    for span in spans {
        for letter in span.text.chars() {
            match letter {
                '\n' => {
                    gap.retain(|letter| letter == '\n');
                    gap.push('\n');
                }
                _ if letter.is_whitespace() => {
                    if gap.is_empty() {
                        gap.push(' ');
                    }
                }
                _ if is_unseen(letter) => {}
                _ => {
                    push_gap(&mut tidy, &gap, span);
                    gap.clear();
                    push(&mut tidy, letter.encode_utf8(&mut [0; 4]), span.look, span.link.as_ref());
                }
            }
        }
    }
    tidy
}

/// What stands between words looks like what both of them have in common.
fn push_gap(tidy: &mut Vec<Span>, gap: &str, next: &Span) {
    let Some(last) = tidy.last().filter(|_| !gap.is_empty()) else { return };
    let look =
        Look { bold: last.look.bold && next.look.bold, italic: last.look.italic && next.look.italic, ..last.look };
    let link = last.link.clone().filter(|link| next.link.as_ref() == Some(link));
    push(tidy, gap, look, link.as_ref());
}

fn push(tidy: &mut Vec<Span>, text: &str, look: Look, link: Option<&Rc<str>>) {
    match tidy.last_mut().filter(|last| last.look == look && last.link.as_ref() == link) {
        Some(last) => last.text.push_str(text),
        None => tidy.push(Span { text: text.to_owned(), look, link: link.cloned() }),
    }
}

/// If all words have a look, it is the paragraph's and takes it off the words. A full stop without it does not count.
fn take_off(spans: &mut [Span], of: fn(&mut Look) -> &mut bool) -> bool {
    let counts = |span: &Span, letters: bool| {
        span.text.contains(|letter: char| if letters { letter.is_alphanumeric() } else { !letter.is_whitespace() })
    };
    let letters = spans.iter().any(|span| counts(span, true));
    let mut counted = spans.iter().filter(|span| counts(span, letters)).peekable();
    let all = counted.peek().is_some() && counted.all(|span| *of(&mut span.look.clone()));
    if all {
        for span in spans {
            *of(&mut span.look) = false;
        }
    }
    all
}

fn size(spans: &[Span]) -> Option<u32> {
    let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
    for span in spans {
        *letters.entry(span.look.size).or_default() +=
            span.text.chars().filter(|letter| !letter.is_whitespace()).count();
    }
    letters
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .max_by_key(|(size, count)| (*count, *size))
        .map(|(size, _)| size)
}

/// What becomes an element around words.
#[derive(Debug, Clone, Copy)]
enum Wrap {
    Link,
    Emphasis,
    Strong,
}

impl Wrap {
    /// The outermost first where several reach equally far.
    const ALL: [Self; 3] = [Self::Link, Self::Emphasis, Self::Strong];

    /// How many spans from the first on it can stand around.
    fn reach(self, spans: &[Span]) -> usize {
        let link = spans.first().and_then(|span| span.link.as_ref());
        let holds = |span: &&Span| match self {
            Self::Link => link.is_some() && span.link.as_ref() == link,
            Self::Emphasis => span.look.italic,
            Self::Strong => span.look.bold,
        };
        spans.iter().take_while(holds).count()
    }

    fn take_off(self, span: &mut Span) {
        match self {
            Self::Link => span.link = None,
            Self::Emphasis => span.look.italic = false,
            Self::Strong => span.look.bold = false,
        }
    }

    fn around(self, first: &Span, content: Vec<Inline>) -> Inline {
        match self {
            Self::Link => Inline::Link { url: first.link.as_deref().unwrap_or_default().to_owned(), content },
            Self::Emphasis => Inline::Emphasis { content },
            Self::Strong => Inline::Strong { content },
        }
    }
}

fn inlines(spans: &[Span]) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let mut rest = spans;
    while let Some((first, others)) = rest.split_first() {
        let mut widest = (0, Wrap::Link);
        for wrap in Wrap::ALL {
            let reach = wrap.reach(rest);
            if reach > widest.0 {
                widest = (reach, wrap);
            }
        }
        let (reach, wrap) = widest;
        if reach == 0 {
            push_words(&mut inlines, &first.text);
            rest = others;
            continue;
        }
        let (wrapped, after) = rest.split_at(reach);
        let mut inner = wrapped.to_vec();
        inner.iter_mut().for_each(|span| wrap.take_off(span));
        inlines.push(wrap.around(first, self::inlines(&inner)));
        rest = after;
    }
    inlines
}

fn push_words(inlines: &mut Vec<Inline>, text: &str) {
    for (nth, words) in text.split('\n').enumerate() {
        if nth > 0 {
            inlines.push(Inline::Break);
        }
        if words.is_empty() {
            continue;
        }
        match inlines.last_mut() {
            Some(Inline::Words { text }) => text.push_str(words),
            _ => inlines.push(Inline::words(words)),
        }
    }
}
