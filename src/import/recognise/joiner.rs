//! Printed lines → paragraphs.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::model::plain;

use super::super::manuscript::{Line, Marker, Piece, Remark};
use super::super::pattern::pattern;
use super::bare;
use super::content::drop_hyphen;
use super::facts::is_about_dates;
use super::front::{council_in, entitles, names_a_council};
use super::glued;
use super::headings::{in_capitals, is_a_sentence};
use super::joints::{self, Joint};
use super::label::{Kind, Label, places};
use super::paragraphs::{Block, LONGEST_NAMED, Paragraph, begin, below_bold_line, second_label};
use super::sentences::{breaks_off, ends_a_sentence, is_open, refers};
use super::{soft_lines, stacked};

/// Lines longer than this are no printed lines: the file has a paragraph on each.
const LONGEST_PRINTED: usize = 125;

/// How wide a letter is, in points, near enough to tell where a line ends.
const LETTER: f32 = 6.0;

/// What begins so many points to the left of a bullet stands outside its list.
const OUTSIDE: f32 = 1.0;

/// So many full lines tell whether lines are printed to a width.
const FEW: usize = 6;

/// A line is full when the next word would have had no room in this share of the usual width.
const FULL: f32 = 0.88;

/// So many points more than a word needs make sure that there was room for it: the right margin is known by the lines before it.
const SURELY: f32 = 4.0;

/// A line in capitals that goes on in the next one has at least so many words.
const LONG_IN_CAPITALS: usize = 5;

/// `Policy number: 14`
static FIELD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\p{Lu}[\p{L}’'/-]*(?: [\p{L}’'/-]+){0,3}\s?: ?\S"));

/// What stands behind a word, and before the note to it.
const STAR: char = '*';

/// What lines that say when something was done with the document begin with.
const DATED: [&str; 13] = [
    "adopted",
    "adoption",
    "approved",
    "agreed",
    "amended",
    "revised",
    "updated",
    "reviewed",
    "review",
    "next",
    "last",
    "date",
    "re-adopted",
];

/// The paragraphs of the pieces left when furniture is gone, and doubts about how lines were joined.
pub(super) fn paragraphs(pieces: &[Piece]) -> (Vec<Block>, Vec<Remark>) {
    let mut joiner = Joiner {
        width: width(pieces),
        words: words(pieces),
        labels: labels(pieces),
        starred: starred(pieces),
        ..Joiner::default()
    };
    for (piece, bare) in pieces.iter().zip(bare::labels(pieces)) {
        match piece {
            Piece::Line(line) => joiner.line(line, bare),
            Piece::Table(table) => {
                joiner.blocks.push(Block::Table(table.clone()));
                joiner.after_page = false;
            }
            Piece::PageEnd => joiner.after_page = true,
        }
    }
    let Joiner { mut blocks, mut doubts, .. } = joiner;
    stacked::put_with_their_words(&mut blocks, &mut doubts);
    let blocks = glued::parted(soft_lines::parted(blocks), &mut doubts);
    (blocks, doubts)
}

/// The usual length of a printed line, in letters; none where every line is a paragraph.
fn width(pieces: &[Piece]) -> Option<usize> {
    let printed = pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) if !line.whole => Some(line),
        _ => None,
    });
    let lines: Vec<(usize, bool)> = printed.map(|line| (reach(line), ends_a_sentence(&line.text()))).collect();
    let mut lengths: Vec<usize> = lines.iter().map(|(length, _)| *length).collect();
    lengths.sort_unstable();
    let long = lengths.get((lengths.len().saturating_sub(1) * 19).div_ceil(20)).copied()?;
    // Where lines are printed to a width, few of the long ones end where a sentence does.
    let full: Vec<bool> =
        lines.iter().filter(|(length, _)| *length as f32 > long as f32 * FULL).map(|(_, ended)| *ended).collect();
    let ended = full.iter().filter(|ended| **ended).count();
    let paragraphs = full.len() >= FEW && ended * 3 > full.len() * 2 && !pieces.windows(2).any(hangs);
    (long <= LONGEST_PRINTED && !paragraphs).then_some(long)
}

/// Whether the second of two lines goes on with a numbered one, below its words.
fn hangs(two: &[Piece]) -> bool {
    let [Piece::Line(one), Piece::Line(other)] = two else { return false };
    let counted = one.marker.is_some() || Label::split(&one.text()).is_some();
    let goes_on = !other.apart && !other.whole && other.marker.is_none() && Label::split(&other.text()).is_none();
    counted && goes_on && other.indent > one.indent + LETTER
}

/// The words of the lines, in lower case.
fn words(pieces: &[Piece]) -> HashSet<String> {
    let lines = pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line.text()),
        _ => None,
    });
    let split = |text: String| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase).collect()
    };
    lines.flat_map(split).collect()
}

/// How many lines begin with each label, and with each dash.
fn labels(pieces: &[Piece]) -> HashMap<String, usize> {
    let mut labels = HashMap::new();
    for piece in pieces {
        let Piece::Line(line) = piece else { continue };
        let text = line.text();
        let dash =
            || text.split_once(' ').filter(|(dash, _)| ["-", "–", "—"].contains(dash)).map(|(dash, _)| dash.to_owned());
        if let Some(label) = Label::split(&text).map(|(label, _)| label.text).or_else(dash) {
            *labels.entry(label).or_default() += 1;
        }
    }
    labels
}

/// Whether there is a word with a star behind it for each line that begins with one.
fn starred(pieces: &[Piece]) -> bool {
    // “members* may”, “(see note*)”, and alone behind words: “Actual cost *”
    let marked = |(at, word): &(usize, &str)| {
        let word = word.trim_end_matches(|c: char| c != STAR && !c.is_alphanumeric());
        word.strip_suffix(STAR)
            .is_some_and(|word| if word.is_empty() { *at > 0 } else { word.starts_with(char::is_alphabetic) })
    };
    let marks_of = |text: &str| text.split(' ').enumerate().filter(marked).count();
    let (mut notes, mut marks) = (0, 0);
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let text = line.text();
                notes += usize::from(text.starts_with(STAR));
                marks += marks_of(&text);
            }
            Piece::Table(table) => {
                marks += table.rows.iter().flatten().map(|cell| marks_of(&plain(cell))).sum::<usize>()
            }
            Piece::PageEnd => {}
        }
    }
    notes > 0 && notes <= marks
}

/// Where a line ends, in letters from the left margin.
fn reach(line: &Line) -> usize {
    let marker = match &line.marker {
        Some(Marker::Bullet) => 2,
        Some(Marker::Label(label)) => label.chars().count() + 1,
        None => 0,
    };
    (line.indent / LETTER).round() as usize + marker + line.text().chars().count()
}

#[derive(Default)]
struct Joiner {
    width: Option<usize>,
    blocks: Vec<Block>,
    doubts: Vec<Remark>,
    after_page: bool,
    /// The last decimal number.
    last: Option<Vec<u32>>,
    /// The words of the document, but for those in which a line ends.
    words: HashSet<String>,
    /// How many lines begin with each label, and with each dash.
    labels: HashMap<String, usize>,
    /// The last label of any kind.
    last_label: Option<Label>,
    /// Whether a star before a line begins a note to a word that has one behind it.
    starred: bool,
}

impl Joiner {
    /// Goes on with a line; `bare` says how many bytes of its words are a number or letter without a sign that counts it.
    fn line(&mut self, line: &Line, bare: Option<usize>) {
        let text = line.text();
        if text.is_empty() && line.marker.is_none() {
            return;
        }
        let after_page = std::mem::take(&mut self.after_page);
        let mut new = begin(line, bare);
        if self.starred && new.bullet && text.starts_with(STAR) {
            return self.push(Paragraph { bullet: false, content: line.content.clone(), ..new }, line);
        }
        // A bullet on a line of its own stands before what the next one says.
        if let Some(Block::Paragraph(before)) = self.blocks.last()
            && before.bullet
            && before.content.is_empty()
            && !(new.bullet && new.content.is_empty())
            && new.heading.is_none()
        {
            new.bullet = new.label.is_none();
            new.indent = before.indent;
            new.list_level = before.list_level;
            self.blocks.pop();
            return self.push(new, line);
        }
        if self.goes_on(&new, line, &text, after_page) {
            return self.join(line);
        }
        self.push(new, line);
    }

    fn push(&mut self, mut new: Paragraph, line: &Line) {
        if let Some(parts) = new.label.as_ref().and_then(Label::parts) {
            self.last = Some(parts.to_vec());
        }
        self.last_label = new.label.clone().or(self.last_label.take());
        new.last_line = reach(line);
        let text = below_bold_line(&mut new);
        let second = second_label(&mut new);
        self.blocks.push(Block::Paragraph(new));
        self.blocks.extend(second.map(Block::Paragraph));
        if let Some(text) = text {
            self.push(text, line);
        }
    }

    /// Whether a line goes on with the paragraph before it.
    fn goes_on(&self, new: &Paragraph, line: &Line, text: &str, after_page: bool) -> bool {
        let Some(Block::Paragraph(before)) = self.blocks.last() else { return false };
        let before_text = before.text();
        let ended = ends_a_sentence(&before_text);
        let typed = new.bullet && (ended || !self.is_dash_of_a_sentence(before, line, text));
        if line.marker.is_some() || line.heading.is_some() || typed {
            return is_stray(new, line, before) && text.starts_with(char::is_lowercase);
        }
        // A number on a line of its own stands before the words of the next.
        if let Some(label) = before.label.as_ref().filter(|_| before_text.is_empty()) {
            // “Stage 1” may be the whole of a heading.
            let heads_text = label.kind == Kind::Named && self.is_text(line, text);
            return new.label.is_none() && !new.bullet && !heads_text;
        }
        if ended && new.label.is_some() && new.content.is_empty()
            || dates_itself(text) && (ended || begins_dated(&before_text))
        {
            return false;
        }
        if line.whole && before.whole && !after_page {
            return false;
        }
        if new.label.as_ref().is_some_and(|label| line.apart || self.counts(label, before, line, text)) {
            return false;
        }
        if line.apart || after_page || line.whole || self.width.is_none() {
            return new.label.is_none() && is_cut_in_two(before, text, after_page);
        }
        self.is_below(before, line, text)
    }

    /// Whether the dash that a line begins with goes on with the line above, and is not the bullet of an item.
    fn is_dash_of_a_sentence(&self, before: &Paragraph, line: &Line, text: &str) -> bool {
        let Some((dash, rest)) = text.split_once(' ').filter(|(dash, _)| ["-", "–", "—"].contains(dash)) else {
            return false;
        };
        let bullets = self.labels.get(dash).is_some_and(|times| *times > 2);
        !before.bullet
            && !line.apart
            && !line.whole
            && rest.starts_with(char::is_lowercase)
            && self.is_full(before, line, text)
            && (before.text().contains(&format!(" {dash} ")) || !bullets)
    }

    /// Whether a label at the beginning of a line counts what follows, and is no part of a sentence that goes on.
    fn counts(&self, label: &Label, before: &Paragraph, line: &Line, text: &str) -> bool {
        let before_text = before.text();
        let begins_list = before_text.ends_with(':') && label.parts() == Some(&[1]);
        if !label.can_follow(self.last.as_deref()) && !begins_list {
            return false;
        }
        let open = is_open(&before_text) && !line.whole && self.is_full(before, line, text);
        let is_first = |label: &Label| places(&label.text).iter().any(|(_, place)| *place == 1);
        let next = || self.last_label.as_ref().is_some_and(|last| last.counts_on(label));
        // “… under standing order / (a) above”, “… under Financial Regulation / 4.2”
        match label.parts() {
            // “Schedule 2 Fees and Charges is to be read …”
            None if label.kind == Kind::Named => !(open || self.is_full(before, line, text) && self.is_long(line)),
            None => !open || before_text.ends_with(',') && is_first(label) || next(),
            // What is the next number counts, unless the same stands before other words.
            Some(_) => !open || !refers(&before_text) || next() && self.labels.get(&label.text) == Some(&1),
        }
    }

    /// Whether a line right below another one goes on with it.
    fn is_below(&self, before: &Paragraph, line: &Line, text: &str) -> bool {
        let before_text = before.text();
        let (open, lower) = (is_open(&before_text), text.starts_with(char::is_lowercase));
        let announced = before_text.ends_with("follows:") || before_text.ends_with("following:");
        // Words left of an item that has ended come after the list.
        let listed = before.bullet || before.label.is_some();
        let outside = listed && !open && line.indent + OUTSIDE < before.indent;
        let another = announced || outside || says_what_it_is(&before_text, text);
        if before.bold != line.bold || differs(before.size, line.size) || another && !lower {
            return false;
        }
        let broken_off = breaks_off(&before_text) || heads_together(before, line);
        self.is_full(before, line, text) || open && (lower || broken_off || joints::are_one_date(&before_text, text))
    }

    /// Whether a line reaches the right margin, or nearly.
    fn is_long(&self, line: &Line) -> bool {
        self.width.is_some_and(|width| reach(line) as f32 > width as f32 * FULL)
    }

    /// Whether a line is text, and not the words of a heading.
    fn is_text(&self, line: &Line, text: &str) -> bool {
        let words = text.split_whitespace().count();
        let full = self.is_long(line);
        let long = words > LONGEST_NAMED || full && words > LONGEST_NAMED / 2;
        long || words > 4 && text.ends_with(['.', ';', ':']) || is_a_sentence(text)
    }

    /// Whether the next line's first word had no room at the end of the last line.
    fn is_full(&self, before: &Paragraph, line: &Line, text: &str) -> bool {
        let Some(width) = self.width else { return false };
        if let Some(left) = before.fit.zip(line.fit).and_then(|(before, fit)| before.left_with(&fit)) {
            let ended = before.text().ends_with(['.', ';', ':', '!', '?']) && !text.starts_with(char::is_lowercase);
            if left < 0.0 || ended && left > SURELY {
                return left < 0.0;
            }
        }
        let first_word = text.split(' ').next().unwrap_or_default().chars().count();
        (before.last_line + first_word + 1) as f32 > width as f32 * FULL
    }

    fn join(&mut self, line: &Line) {
        let Some(Block::Paragraph(before)) = self.blocks.last_mut() else { return };
        let text = line.text();
        if line.marker.is_some() {
            let what = format!("a bullet before the rest of a sentence is left out: “{text}”");
            self.doubts.push(Remark { what, place: Some(line.place) });
        }
        let before_text = before.text();
        let mut joint = joints::between(&before_text, &text, before.fit, &self.words);
        if matches!(joint, Joint::WithoutHyphen(_)) && !drop_hyphen(&mut before.content) {
            joint = Joint::Hyphen;
        }
        let word = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
        let what = match &joint {
            Joint::WithoutHyphen(whole) => Some(format!(
                "a hyphen at the end of a line is left out, as the word stands elsewhere without it: “{whole}”"
            )),
            Joint::Hyphen => Some(format!(
                "a hyphen at the end of a line is kept: “{}{}”",
                word(&before_text),
                text.split(' ').next().unwrap_or_default()
            )),
            Joint::Space | Joint::Nothing => None,
        };
        self.doubts.extend(what.map(|what| Remark { what, place: Some(line.place) }));
        let apart = joint == Joint::Space && !before.content.is_empty();
        before.append(line.content.clone(), if apart { " " } else { "" });
        before.bold &= line.bold;
        before.last_line = reach(line);
        before.fit = line.fit;
    }
}

/// Whether two lines in bold capitals are one heading: the first is long, and no name.
fn heads_together(before: &Paragraph, line: &Line) -> bool {
    let (one, other) = (before.text(), line.text());
    let capitals = before.bold && line.bold && in_capitals(&one) && in_capitals(&other);
    capitals && one.split_whitespace().count() >= LONG_IN_CAPITALS && !names_a_council(&one) && !names_a_council(&other)
}

/// Whether two sizes of letters are not the same.
fn differs(one: Option<f32>, other: Option<f32>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if (one - other).abs() > 0.6)
}

/// Whether a line below the name of a council or a title begins anew: a council and a document are named on lines of their own, and
/// `Policy number: 14` goes on with neither.
fn says_what_it_is(before: &str, text: &str) -> bool {
    council_in(before).is_some_and(|name| name == before) || entitles(before) && FIELD.is_match(text)
}

/// Whether a printed line says when something was done with the document, in words of its own.
fn dates_itself(text: &str) -> bool {
    begins_dated(text) && is_about_dates(text)
}

fn begins_dated(text: &str) -> bool {
    let first = text.split([' ', ':']).next().unwrap_or_default().to_lowercase();
    text.starts_with(char::is_uppercase) && DATED.contains(&first.as_str())
}

/// Whether a bullet was put before the rest of a sentence.
fn is_stray(new: &Paragraph, line: &Line, before: &Paragraph) -> bool {
    let text = before.text();
    // After “and” the next item comes.
    let next_item = text.ends_with(" and") || text.ends_with(" or");
    line.marker == Some(Marker::Bullet) && new.label.is_none() && is_broken_off(before) && !next_item
}

/// Whether a page's end, or a gap for a picture, has cut a paragraph in two before these words.
fn is_cut_in_two(before: &Paragraph, text: &str, after_page: bool) -> bool {
    let before_text = before.text();
    let lower = text.starts_with(char::is_lowercase);
    let cut = is_open(&before_text) && lower && before.heading.is_none() && before_text.len() > 20;
    // After “and” a new paragraph may come, unless the page ends there.
    let next = !lower && !after_page && (before_text.ends_with(" and") || before_text.ends_with(" or"));
    cut || is_broken_off(before) && !next
}

fn is_broken_off(paragraph: &Paragraph) -> bool {
    paragraph.heading.is_none() && breaks_off(&paragraph.text())
}
