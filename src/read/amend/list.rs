//! Changes to what stands between brackets: the entries of a list, the keys of an inline table.

use std::collections::BTreeMap;
use std::ops::Range;

use super::edits::{Edits, is_blank, is_comment};

/// What stands between two brackets, with commas between.
#[derive(Debug)]
pub(super) struct List {
    /// Right after the opening bracket.
    pub(super) open: usize,
    /// The entries in order, each with the comma after it, if there is one.
    pub(super) entries: Vec<(Range<usize>, Option<usize>)>,
}

/// What becomes of a list, entry by entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// The entry stays, whatever is changed inside it.
    Keep(usize),
    /// The entry goes.
    Remove(usize),
    /// A new one comes.
    Insert(String),
    /// The entry goes, and a new one takes its place.
    Replace(usize, String),
}

impl List {
    /// Changes the list.
    pub(super) fn edit(&self, steps: Vec<Step>, edits: &mut Edits<'_>) {
        let steps = joined(steps);
        let last = steps.iter().rposition(|step| matches!(step, Step::Keep(_) | Step::Replace(..)));
        let mut anchor = None;
        let mut new: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
        for (nth, step) in steps.into_iter().enumerate() {
            match step {
                Step::Keep(entry) => anchor = Some(entry),
                Step::Remove(entry) => self.remove(entry, last.is_some_and(|last| last < nth), edits),
                Step::Insert(text) => new.entry(anchor).or_default().push(text),
                Step::Replace(entry, text) => {
                    edits.replace(self.entries[entry].0.clone(), text);
                    anchor = Some(entry);
                }
            }
        }
        for (anchor, texts) in new {
            match anchor {
                Some(anchor) => self.insert_after(anchor, &texts, edits),
                None => self.insert_first(&texts, edits),
            }
        }
    }

    /// Whether an entry begins its line, and the end of its line if nothing but a comment follows it and its comma.
    fn own_lines(&self, entry: usize, edits: &Edits<'_>) -> Option<Range<usize>> {
        let (stretch, comma) = &self.entries[entry];
        let start = edits.line_start(stretch.start);
        let end = comma.map_or(stretch.end, |comma| comma + 1);
        let own_start = is_blank(&edits.text()[start..stretch.start]);
        let same_line = !edits.text()[stretch.end..end].contains('\n');
        let rest = edits.line(end).unwrap_or_default();
        (own_start && same_line && (is_blank(rest) || is_comment(rest))).then(|| start..edits.line_end(end))
    }

    fn insert_after(&self, entry: usize, texts: &[String], edits: &mut Edits<'_>) {
        let (stretch, comma) = &self.entries[entry];
        let Some(lines) = self.own_lines(entry, edits) else {
            return edits.insert(stretch.end, texts.iter().map(|text| format!(", {text}")).collect::<String>());
        };
        let between = format!(",\n{}", edits.indent(stretch.start));
        // A list whose last entry has no comma goes on without.
        let last = if comma.is_some() { "," } else { "" };
        if comma.is_none() {
            edits.insert(stretch.end, ",");
        }
        edits.insert(lines.end, format!("{}{}{last}\n", edits.indent(stretch.start), texts.join(&between)));
    }

    fn insert_first(&self, texts: &[String], edits: &mut Edits<'_>) {
        let Some((first, _)) = self.entries.first() else {
            let inside = &edits.text()[self.open..];
            let space = inside.len() - inside.trim_start_matches([' ', '\t']).len();
            let closed = inside[space..].starts_with([']', '}']);
            let end = if closed { self.open + space } else { self.open };
            return edits.replace(self.open..end, texts.join(", "));
        };
        if self.own_lines(0, edits).is_some() {
            let indent = edits.indent(first.start);
            let lines: String = texts.iter().map(|text| format!("{indent}{text},\n")).collect();
            return edits.insert(edits.comments_above(first.start).max(self.open), lines);
        }
        edits.insert(first.start, texts.iter().map(|text| format!("{text}, ")).collect::<String>());
    }

    /// Takes an entry out with a comma: the one before it if it is among the last, `after_last`, else its own.
    fn remove(&self, entry: usize, after_last: bool, edits: &mut Edits<'_>) {
        if let Some(lines) = self.own_lines(entry, edits) {
            return edits.delete(lines);
        }
        let (stretch, comma) = &self.entries[entry];
        let before = entry.checked_sub(1).and_then(|before| self.entries[before].1).filter(|_| after_last);
        let between = |range: Range<usize>, edits: &Edits<'_>| is_line_space(&edits.text()[range]);
        match (before, comma) {
            (Some(comma), _) if between(comma + 1..stretch.start, edits) => edits.delete(comma..stretch.end),
            (Some(comma), _) => {
                edits.delete(comma..comma + 1);
                edits.delete(stretch.clone());
            }
            (None, Some(comma)) if between(stretch.end..*comma, edits) => {
                let rest = &edits.text()[comma + 1..];
                let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                edits.delete(stretch.start..comma + 1 + space);
            }
            (None, Some(comma)) => {
                edits.delete(stretch.clone());
                edits.delete(*comma..comma + 1);
            }
            (None, None) => edits.delete(stretch.clone()),
        }
    }
}

fn is_line_space(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c == '\t')
}

/// An entry that goes and one that comes beside it are one that is replaced: the comma stays where it is.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    let mut joined: Vec<Step> = Vec::new();
    for step in steps {
        let replaced = match (joined.last(), &step) {
            (Some(Step::Remove(entry)), Step::Insert(text)) => Some(Step::Replace(*entry, text.clone())),
            (Some(Step::Insert(text)), Step::Remove(entry)) => Some(Step::Replace(*entry, text.clone())),
            _ => None,
        };
        if replaced.is_some() {
            joined.pop();
        }
        joined.push(replaced.unwrap_or(step));
    }
    joined
}
