//! The comparison for reading on a terminal: quiet about what did not change.

use textwrap::core::display_width;

use crate::compare::{Change, Comparison, Kind, Op, Words};
use crate::document::{Wording, filtered, headline, number, summary};
use crate::model::{Edition, Provision};

/// How it is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether marks are in colour; else they are signs.
    pub colour: bool,
    /// The width of a line, in columns.
    pub width: usize,
    /// Whether to say why provisions are taken to correspond.
    pub explain: bool,
}

/// How far words are indented below the line that says what became of them, in columns.
const INDENT: usize = 4;

/// How many signals `--explain` shows for a pair.
const SIGNALS: usize = 8;

/// The comparison as text. `shown` says which changes are in it.
pub fn terminal(
    comparison: &Comparison,
    sides: (&Edition, &Edition),
    shown: impl Fn(&Change) -> bool,
    style: Style,
) -> String {
    let wording = Wording::new(comparison, sides.0, sides.1);
    let changes: Vec<&Change> = comparison.changes.iter().filter(|change| shown(change)).collect();
    let mut page = Page { style, text: String::new() };
    page.line(&page.bold(&wording.title()), 0);
    page.line(&wording.side(sides.0), 2);
    page.line(&wording.side(sides.1), 2);
    page.blank();
    page.line(&headline(comparison, &wording), 0);
    page.blank();
    for line in summary(comparison, &wording) {
        page.line(&line, 2);
    }
    if let Some(line) = filtered(comparison, &changes, &wording) {
        page.blank();
        page.line(&line, 0);
    }
    let told = |change: &&&Change| style.explain || wording.is_change(change);
    // Between councils what has no counterpart is no change of anything: it is listed after what has.
    let listed = |change: &&&Change| !comparison.versions && (change.left.is_empty() || change.right.is_empty());
    for change in changes.iter().filter(told).filter(|change| !listed(change)) {
        page.blank();
        page.change(change, comparison, &wording);
    }
    for kind in [Kind::Removed, Kind::Added] {
        let of_kind: Vec<&Change> =
            changes.iter().filter(listed).filter(|change| change.kind == kind).copied().collect();
        if !of_kind.is_empty() {
            page.blank();
            page.line(&page.bold(&wording.kind(kind)), 0);
            of_kind.iter().for_each(|change| page.without_counterpart(change, comparison));
        }
    }
    page.text
}

struct Page {
    style: Style,
    text: String,
}

/// A word and what becomes of it.
struct Token<'a> {
    op: Op,
    text: &'a str,
}

impl Page {
    fn bold(&self, text: &str) -> String {
        if self.style.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A line, wrapped and indented, the lines after the first by two more.
    fn line(&mut self, line: &str, indent: usize) {
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + 2));
        let options = textwrap::Options::new(self.style.width.max(indent + 24))
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .break_words(false);
        for line in textwrap::wrap(line, &options) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn change(&mut self, change: &Change, comparison: &Comparison, wording: &Wording) {
        let numbers = |places: &[usize], side: &[Provision]| {
            places.iter().map(|at| number(&side[*at])).collect::<Vec<_>>().join(" + ")
        };
        let (left, right) = (numbers(&change.left, &comparison.left), numbers(&change.right, &comparison.right));
        let places = match (left.is_empty(), right.is_empty()) {
            (false, false) if left == right => left,
            (false, false) => format!("{left} → {right}"),
            _ => left + &right,
        };
        let head = format!("{}  {}", self.bold(&places), wording.kinds(change).join("; "));
        self.line(&head, 0);
        if change.kind == Kind::Unchanged || change.kind == Kind::Renumbered || change.kind == Kind::Moved {
            let words: String = change.words.iter().map(|words| words.text.as_str()).collect();
            self.line(&shortened(&words), INDENT);
        } else {
            self.words(&change.words);
        }
        for line in wording.why(change) {
            self.line(&line, INDENT);
        }
        if self.style.explain {
            self.explanation(change);
        }
    }

    fn without_counterpart(&mut self, change: &Change, comparison: &Comparison) {
        let left = change.left.iter().map(|at| &comparison.left[*at]);
        for provision in left.chain(change.right.iter().map(|at| &comparison.right[*at])) {
            self.line(&format!("{}  {}", self.bold(&number(provision)), shortened(&provision.text)), 2);
        }
    }

    /// The redline, wrapped. Each word carries its own mark, so that none runs over the end of a line.
    fn words(&mut self, words: &[Words]) {
        let mut column = INDENT;
        let mut line = " ".repeat(INDENT);
        for (at, run) in words.iter().enumerate() {
            let tokens: Vec<Token<'_>> =
                run.text.split_inclusive([' ', '\n']).map(|text| Token { op: run.op, text }).collect();
            let last = tokens.len().saturating_sub(1);
            for (nth, token) in tokens.iter().enumerate() {
                let whole = self.marked(token, nth == 0, nth == last);
                let width = display_width(whole.trim_end());
                let breaks = column > INDENT && column + width > self.style.width.max(INDENT + 20);
                // A change may begin inside a word: there is no place to break a line then.
                let apart = at > 0 && (words[at - 1].text.ends_with([' ', '\n']) || words[at - 1].op == Op::Delete);
                let glued = nth == 0 && at > 0 && !apart;
                if breaks && !glued {
                    self.finish(&mut line, &mut column);
                }
                // In colour nothing but the colour parts what goes from what comes in its place.
                if self.style.colour && nth == 0 && apart && token.op == Op::Insert && !line.ends_with(' ') {
                    line.push(' ');
                    column += 1;
                }
                line.push_str(&whole.replace('\n', " "));
                column += display_width(&whole);
                if token.text.ends_with('\n') {
                    self.finish(&mut line, &mut column);
                }
            }
        }
        self.finish(&mut line, &mut column);
    }

    fn finish(&mut self, line: &mut String, column: &mut usize) {
        if !line.trim().is_empty() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
        *line = " ".repeat(INDENT);
        *column = INDENT;
    }

    fn marked(&self, token: &Token<'_>, first: bool, last: bool) -> String {
        let bare = token.text.trim_end_matches([' ', '\n']);
        let space = &token.text[bare.len()..];
        let signs = |open: &str, close: &str| {
            format!("{}{bare}{}{space}", if first { open } else { "" }, if last { close } else { "" })
        };
        match (token.op, self.style.colour) {
            (Op::Equal, _) => token.text.to_owned(),
            _ if bare.is_empty() && self.style.colour => token.text.to_owned(),
            (Op::Delete, true) => format!("\x1b[31;9m{bare}\x1b[0m{space}"),
            (Op::Insert, true) => format!("\x1b[32;4m{bare}\x1b[0m{space}"),
            (Op::Delete, false) => signs("[-", "-]"),
            (Op::Insert, false) => signs("{+", "+}"),
        }
    }

    fn explanation(&mut self, change: &Change) {
        let Some(pass) = change.why.pass else { return };
        self.line(&format!("found by: {pass}, {:.0} % sure", change.score * 100.0), INDENT);
        for signal in change.why.signals.iter().take(SIGNALS) {
            self.line(
                &format!("{:+.2}  {} = {:.2}: {}", signal.weight, signal.name, signal.value, signal.what),
                INDENT + 2,
            );
        }
    }
}

/// The longest piece of unchanged words shown, in characters.
const LONGEST: usize = 160;

fn shortened(words: &str) -> String {
    let flat = words.replace('\n', " ");
    match flat.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", flat[..at].trim_end()),
        None => flat,
    }
}
