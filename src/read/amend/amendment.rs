//! Goes through the facts that differ, and notes for each what is to be changed where.

use std::ops::Range;

use toml_edit::{ArrayOfTables, Item, Table, Value};

use crate::model::{Number, Protocol, Review};

use super::super::canonical::{event_table, review_table};
use super::edits::{Edits, is_blank, is_comment};
use super::facts::{block, braces, event_facts, number_facts, review_facts, root_facts};
use super::history::{Change, changes};
use super::list::{List, Step};
use super::table::{self, Facts, Written};

/// The keys before the first table, in the order of the format, as far as `numbering`.
const ROOT: [&str; 6] = ["title", "status", "council_as_printed", "front", "back", "numbering"];
/// The keys of an event.
const EVENT: [&str; 4] = ["event", "date", "as_printed", "minute"];
/// The keys of the review.
const REVIEW: [&str; 5] = ["due", "every", "planned", "annual_meeting", "as_printed"];

/// Where something goes that the file has not had.
#[derive(Clone, Copy)]
enum Home {
    /// A table goes before the line that starts here.
    Table(usize),
    /// There is no table it could go before: it is a key, and goes before the line that starts here.
    Key(usize),
}

/// A file being changed.
pub(super) struct Amendment<'a> {
    root: &'a Table,
    from: &'a Protocol,
    to: &'a Protocol,
    pub(super) edits: Edits<'a>,
    /// Where the headers of tables start and end, in the order of the file.
    headers: Vec<Range<usize>>,
}

impl<'a> Amendment<'a> {
    pub(super) fn new(text: &'a str, root: &'a Table, from: &'a Protocol, to: &'a Protocol) -> Self {
        let (mut headers, mut values) = (Vec::new(), Vec::new());
        note_places(root, &mut headers, &mut values);
        headers.sort_by_key(|header| header.start);
        let edits = Edits::new(text, headers.iter().map(|header| header.end).chain(values));
        Self { root, from, to, edits, headers }
    }

    /// Notes all changes.
    pub(super) fn write(&mut self) {
        let (from, to) = (self.from, self.to);
        Written::Lines(self.root).set(&ROOT, &root_facts(from), &root_facts(to), &mut self.edits);
        if from.history != to.history {
            self.write_history();
        }
        if from.review != to.review {
            self.write_review();
        }
        self.write_numbers();
    }

    fn write_history(&mut self) {
        let old: Vec<Facts> = self.from.history.iter().map(event_facts).collect();
        let new: Vec<Facts> = self.to.history.iter().map(event_facts).collect();
        let changes = changes(&old, &new);
        for change in &changes {
            if let Change::Keep(was, is) = change
                && let Some(event) = elements(self.root.get("history")).get(*was)
            {
                event.set(&EVENT, &old[*was], &new[*is], &mut self.edits);
            }
        }
        match self.root.get("history") {
            Some(Item::ArrayOfTables(tables)) => self.write_event_tables(tables, &changes),
            Some(Item::Value(Value::Array(_))) => self.write_event_list(&changes, &new),
            _ => self.begin_history(&new),
        }
    }

    fn write_event_tables(&mut self, tables: &ArrayOfTables, changes: &[Change]) {
        let header = |at: usize| tables.get(at).and_then(Table::span).unwrap_or_default();
        let mut at = self.edits.comments_above(header(0).start);
        for change in changes {
            match change {
                Change::Add(event) => {
                    let event = block("[[history]]", &event_table(&self.to.history[*event]));
                    self.edits.insert_table(at, event);
                }
                Change::Keep(was, _) => at = tables.get(*was).map_or(at, |table| self.end(table)),
                Change::Remove(was) => {
                    if let Some(table) = tables.get(*was) {
                        at = self.end(table);
                        self.remove(table);
                    }
                }
            }
        }
    }

    fn write_event_list(&mut self, changes: &[Change], new: &[Facts]) {
        let Some(array) = self.root.get("history").and_then(Item::as_array) else { return };
        let text = self.edits.text();
        let entry = |value: &Value| (value.span().unwrap_or_default(), table::comma(value, text));
        let open = array.span().unwrap_or_default().start + 1;
        let steps = changes.iter().map(|change| match change {
            Change::Keep(was, _) => Step::Keep(*was),
            Change::Remove(was) => Step::Remove(*was),
            Change::Add(event) => Step::Insert(braces(&new[*event])),
        });
        List { open, entries: array.iter().map(entry).collect() }.edit(steps.collect(), &mut self.edits);
    }

    fn begin_history(&mut self, new: &[Facts]) {
        match self.home() {
            Home::Table(at) => {
                for event in &self.to.history {
                    self.edits.insert_table(at, block("[[history]]", &event_table(event)));
                }
            }
            Home::Key(at) => {
                let events: Vec<String> = new.iter().map(braces).collect();
                self.edits.insert(at, format!("history = [{}]\n", events.join(", ")));
            }
        }
    }

    fn write_review(&mut self) {
        let (old, new) = (review_facts(self.from.review.as_ref()), review_facts(self.to.review.as_ref()));
        let table = self.root.get("review").and_then(written);
        match (table, &self.to.review) {
            (None, Some(review)) => self.begin_review(review, &new),
            (Some(table), None) => self.remove_review(table),
            // Keys like `review.due` cannot say that there is a review without any.
            (Some(Written::Lines(table)), Some(review)) if table.is_dotted() && new.is_empty() => {
                self.remove_review(Written::Lines(table));
                self.begin_review(review, &new);
            }
            (Some(table), Some(_)) => table.set(&REVIEW, &old, &new, &mut self.edits),
            (None, None) => {}
        }
    }

    fn begin_review(&mut self, review: &Review, new: &Facts) {
        let last_event =
            self.root.get("history").and_then(Item::as_array_of_tables).and_then(|events| events.iter().last());
        match last_event.map_or_else(|| self.home(), |event| Home::Table(self.end(event))) {
            Home::Table(at) => self.edits.insert_table(at, block("[review]", &review_table(review))),
            Home::Key(at) => self.edits.insert(at, format!("review = {}\n", braces(new))),
        }
    }

    fn remove_review(&mut self, review: Written<'_>) {
        match review {
            Written::Lines(table) if !table.is_dotted() => self.remove(table),
            Written::Lines(table) => {
                for entry in Written::Lines(table).entries(self.edits.text()) {
                    self.edits.delete(entry.lines(&self.edits));
                }
            }
            Written::Braces(_) => {
                if let Some(lines) = self.root_lines("review") {
                    self.edits.delete(lines);
                }
            }
        }
    }

    fn write_numbers(&mut self) {
        let sections = elements(self.root.get("section"));
        for (section, (was, is)) in sections.iter().zip(self.from.sections.iter().zip(&self.to.sections)) {
            self.write_number(*section, &was.number, &is.number);
            let clauses = elements(section.like().get("clause"));
            for (clause, (was, is)) in clauses.iter().zip(was.clauses.iter().zip(&is.clauses)) {
                self.write_number(*clause, &was.number, &is.number);
            }
        }
    }

    fn write_number(&mut self, table: Written<'_>, was: &Option<Option<Number>>, is: &Option<Option<Number>>) {
        if was != is {
            table.set(&["number"], &number_facts(was), &number_facts(is), &mut self.edits);
        }
    }

    /// Where the history or the review goes in a file without: before the other tables, as far as there are any.
    fn home(&self) -> Home {
        let section = self.root_lines("section");
        let before = |header: Option<&Range<usize>>| header.map(|header| self.edits.comments_above(header.start));
        let sections = elements(self.root.get("section"));
        let first_section = sections.first().and_then(|section| self.header(*section));
        let review = self.root.get("review").and_then(written).and_then(|review| self.header(review));
        let review = review.filter(|review| first_section.is_none_or(|section| review.start < section.start));
        match (section, before(review.or(self.headers.first()))) {
            (Some(section), _) => Home::Key(self.edits.comments_above(section.start)),
            (None, Some(at)) => Home::Table(at),
            (None, None) => Home::Table(self.edits.text().len()),
        }
    }

    /// The header of a table that has one.
    fn header(&self, table: Written<'_>) -> Option<&Range<usize>> {
        let Written::Lines(table) = table else { return None };
        self.headers.iter().find(|header| table.span().is_some_and(|span| span == **header))
    }

    /// The lines of a key before the first table.
    fn root_lines(&self, name: &str) -> Option<Range<usize>> {
        let entries = Written::Lines(self.root).entries(self.edits.text());
        entries.iter().find(|entry| entry.name == name).map(|entry| entry.lines(&self.edits))
    }

    /// The lines of a table that hold its header and its keys.
    fn held_lines(&self, table: &Table) -> Vec<Range<usize>> {
        let header = table.span().unwrap_or_default();
        let header = self.edits.line_start(header.start)..self.edits.line_end(header.end);
        let mut lines = Vec::from([header]);
        lines.extend(Written::Lines(table).entries(self.edits.text()).iter().map(|entry| entry.lines(&self.edits)));
        lines
    }

    /// Where a table ends: after its last key, and what is remarked right below that.
    fn end(&self, table: &Table) -> usize {
        let last = self.held_lines(table).last().map_or(0, |lines| lines.end);
        self.edits.comments_below(last)
    }

    /// Takes a table out; comments with a line of their own stay.
    fn remove(&mut self, table: &Table) {
        let lines = self.held_lines(table);
        let Some(start) = lines.first().map(|header| header.start) else { return };
        let mut at = start;
        let mut remarked = self.edits.comments_above(start) < start;
        for held in lines {
            while at < held.start {
                let next = self.edits.line_end(at);
                if self.edits.line(at).is_some_and(is_comment) {
                    remarked = true;
                } else {
                    self.edits.delete(at..next);
                }
                at = next;
            }
            at = held.end;
            self.edits.delete(held);
        }
        if !remarked {
            self.close_up(start, at);
        }
    }

    /// Takes out the blank line that stood before what stood from `start` to `end`, or after it at the start of the file.
    fn close_up(&mut self, start: usize, end: usize) {
        let blank = self.edits.line_before(start).unwrap_or(end);
        if self.edits.line(blank).is_some_and(is_blank) {
            self.edits.delete(blank..self.edits.line_end(blank));
        }
    }
}

/// A table of the file, if that is what a key holds.
fn written(item: &Item) -> Option<Written<'_>> {
    match item {
        Item::Table(table) => Some(Written::Lines(table)),
        Item::Value(Value::InlineTable(table)) => Some(Written::Braces(table)),
        _ => None,
    }
}

/// The tables of a list, however it is written.
fn elements(list: Option<&Item>) -> Vec<Written<'_>> {
    match list {
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(Written::Lines).collect(),
        Some(Item::Value(Value::Array(array))) => {
            array.iter().filter_map(Value::as_inline_table).map(Written::Braces).collect()
        }
        _ => Vec::new(),
    }
}

/// Notes where headers stand, and where the values of keys end that have a line of their own.
fn note_places(table: &Table, headers: &mut Vec<Range<usize>>, values: &mut Vec<usize>) {
    headers.extend(table.span().filter(|span| !table.is_dotted() && !span.is_empty()));
    for (_, item) in table.iter() {
        match item {
            Item::Value(value) => values.extend(value.span().map(|span| span.end)),
            Item::Table(table) => note_places(table, headers, values),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| note_places(table, headers, values)),
            Item::None => {}
        }
    }
}
