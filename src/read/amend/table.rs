//! Changes to the keys of a table, however it is written.

use std::ops::Range;

use toml_edit::{InlineTable, Item, Table, TableLike, Value};

use super::edits::Edits;
use super::list::{List, Step};

/// What a table says as far as it may be changed: keys, each with its value as it is written.
pub(super) type Facts = Vec<(String, String)>;

/// A table of the file: between braces, or with a line a key.
#[derive(Clone, Copy)]
pub(super) enum Written<'a> {
    /// With a line a key.
    Lines(&'a Table),
    /// Between braces.
    Braces(&'a InlineTable),
}

/// A key with its value, and where they are.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    /// From the key to the end of the value.
    pub(super) stretch: Range<usize>,
    value: Range<usize>,
    comma: Option<usize>,
}

impl<'a> Written<'a> {
    pub(super) fn like(self) -> &'a dyn TableLike {
        match self {
            Self::Lines(table) => table,
            Self::Braces(table) => table,
        }
    }

    /// Its keys with values of their own, in the order of the file.
    pub(super) fn entries(self, text: &str) -> Vec<Entry> {
        let table = self.like();
        let entry = |(name, item): (&str, &Item)| entry(name, table.key(name)?.span()?, item.as_value()?, text);
        let mut entries: Vec<Entry> = table.iter().filter_map(entry).collect();
        entries.sort_by_key(|entry| entry.stretch.start);
        entries
    }

    /// Changes the keys by which `new` differs from `old`; a new key goes where `order` has it.
    pub(super) fn set(self, order: &[&str], old: &Facts, new: &Facts, edits: &mut Edits<'_>) {
        let entries = self.entries(edits.text());
        for (name, value) in new.iter().filter(|fact| !old.contains(fact)) {
            if let Some(entry) = entries.iter().find(|entry| entry.name == *name) {
                edits.replace(entry.value.clone(), value);
            }
        }
        let steps = steps(&entries, order, old, new);
        match self {
            Self::Lines(table) => edit_lines(table, &entries, steps, edits),
            Self::Braces(table) => {
                let open = table.span().map_or(0, |span| span.start + 1);
                let entries = entries.into_iter().map(|entry| (entry.stretch, entry.comma)).collect();
                List { open, entries }.edit(steps, edits);
            }
        }
    }
}

impl Entry {
    /// The lines it stands on, if it stands between no braces.
    pub(super) fn lines(&self, edits: &Edits<'_>) -> Range<usize> {
        edits.line_start(self.stretch.start)..edits.line_end(self.stretch.end)
    }
}

fn entry(name: &str, key: Range<usize>, value: &Value, text: &str) -> Option<Entry> {
    let stretch = key.start..value.span()?.end;
    Some(Entry { name: name.to_owned(), stretch, value: value.span()?, comma: comma(value, text) })
}

/// The comma after a value between brackets.
pub(super) fn comma(value: &Value, text: &str) -> Option<usize> {
    let suffix = value.decor().suffix().and_then(|suffix| suffix.span());
    let end = suffix.map_or(value.span()?.end, |suffix| suffix.end);
    text[end..].starts_with(',').then_some(end)
}

/// What becomes of each key: a new one goes after those that come before it in the format.
fn steps(entries: &[Entry], order: &[&str], old: &Facts, new: &Facts) -> Vec<Step> {
    let rank = |name: &str| order.iter().position(|known| *known == name);
    let is_in = |facts: &Facts, name: &str| facts.iter().any(|(known, _)| known == name);
    let existing = entries.iter().enumerate().map(|(at, entry)| {
        let goes = is_in(old, &entry.name) && !is_in(new, &entry.name);
        (rank(&entry.name), if goes { Step::Remove(at) } else { Step::Keep(at) })
    });
    let mut steps: Vec<(Option<usize>, Step)> = existing.collect();
    for (name, value) in new.iter().filter(|(name, _)| !entries.iter().any(|entry| entry.name == *name)) {
        let after = steps.iter().rposition(|(other, _)| other.is_some() && *other < rank(name));
        steps.insert(after.map_or(0, |after| after + 1), (rank(name), Step::Insert(format!("{name} = {value}"))));
    }
    steps.into_iter().map(|(_, step)| step).collect()
}

fn edit_lines(table: &Table, entries: &[Entry], steps: Vec<Step>, edits: &mut Edits<'_>) {
    let (mut at, prefix) = first_line(table, entries, edits);
    let header = table.span().unwrap_or_default().start;
    let indent = edits.indent(entries.first().map_or(header, |entry| entry.stretch.start));
    for step in steps {
        match step {
            Step::Keep(entry) => at = entries[entry].lines(edits).end,
            Step::Remove(entry) => {
                at = entries[entry].lines(edits).end;
                edits.delete(entries[entry].lines(edits));
            }
            Step::Insert(line) | Step::Replace(_, line) => edits.insert(at, format!("{indent}{prefix}{line}\n")),
        }
    }
}

/// Where the first line of a table would go, and what its keys begin with: keys like `review.due` stand in no table of their own.
fn first_line<'a>(table: &Table, entries: &[Entry], edits: &Edits<'a>) -> (usize, &'a str) {
    let Some(first) = entries.first().filter(|_| table.is_dotted()) else {
        let header = table.span().filter(|span| !span.is_empty());
        return (header.map_or(0, |header| edits.line_end(header.end)), "");
    };
    let lines = first.lines(edits);
    let before = edits.text()[lines.start..first.stretch.start].trim_start();
    (edits.comments_above(lines.start), before)
}
