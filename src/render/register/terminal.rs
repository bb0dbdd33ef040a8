//! The register and a plan for reading on a terminal.

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::diagnostics::printable;
use crate::document::{PLAN_HEADER, plan_row};
use crate::model::Event;
use crate::review::{Entry, Proposal, Register, State};

/// How it is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether states are in colour.
    pub colour: bool,
    /// The width of a line, in columns.
    pub width: usize,
}

/// The blanks at the sides of a cell, in columns.
const PADDING: u16 = 2;

/// The width of a day, `2024-05-30`, in columns.
const DAY: u16 = 10;

/// The register: a table, the most overdue first, and a sentence.
pub fn terminal(register: &Register<'_>, style: Style) -> String {
    let summary = format!("{}\n", register.summary());
    if register.entries.is_empty() {
        return summary;
    }
    let mut table = table(style);
    table.set_header(["review", "due", "document", "history"]);
    for entry in &register.entries {
        let cells = [due(entry), document(entry), history(entry)].map(|lines| Cell::new(printable_lines(&lines)));
        table.add_row(std::iter::once(state(entry)).chain(cells));
    }
    // A date stays in one piece, and so does an address: it is there to be copied.
    if let Some(column) = table.column_mut(1) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    if let Some(column) = table.column_mut(3) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(DAY + PADDING)));
    }
    let longest = register.entries.iter().map(|entry| entry.address().chars().count()).max().unwrap_or(0);
    if let (Some(column), Ok(longest)) =
        (table.column_mut(2), u16::try_from(longest.min(style.width * 3 / 5) + usize::from(PADDING)))
    {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(longest)));
    }
    format!("{}\n{summary}", lines(&table))
}

/// A plan: a table.
pub fn plan_terminal(proposals: &[Proposal<'_, '_>], style: Style) -> String {
    if proposals.is_empty() {
        return "There is nothing to plan: no document is in force.\n".to_owned();
    }
    let mut table = table(style);
    table.set_header(PLAN_HEADER);
    for proposal in proposals {
        table.add_row(plan_row(proposal).map(|cell| printable(&cell)));
    }
    lines(&table)
}

fn table(style: Style) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(style.width).unwrap_or(u16::MAX));
    if style.colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table
}

fn lines(table: &Table) -> String {
    table.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn state(entry: &Entry<'_>) -> Cell {
    let cell = Cell::new(printable(&entry.word()));
    match entry.state {
        State::Overdue => cell.fg(Color::Red).add_attribute(Attribute::Bold),
        State::DueSoon | State::Undated => cell.fg(Color::Yellow),
        State::Current => cell.fg(Color::Green),
        State::NotInForce => cell.fg(Color::DarkGrey),
    }
}

fn due(entry: &Entry<'_>) -> Vec<String> {
    let day = entry.due.map(|due| due.last_day().to_string());
    let assumed = entry.due.filter(|due| due.is_assumed()).map(|_| "assumed".to_owned());
    let planned = entry.planned().map(|planned| format!("plan {planned}"));
    day.into_iter().chain(assumed).chain(planned).collect()
}

fn document(entry: &Entry<'_>) -> Vec<String> {
    let council = entry.edition.council_name().map(str::to_owned);
    let title = entry.edition.protocol.title.clone();
    let waiting = entry.waiting.iter().map(|edition| {
        let word = edition.protocol.status.word().to_lowercase();
        format!("a {word} revision waits: {}", edition.version())
    });
    council.into_iter().chain([title, entry.address()]).chain(waiting).collect()
}

fn history(entry: &Entry<'_>) -> Vec<String> {
    let line = |event: &Event| format!("{} {}", event.kind.word().to_lowercase(), event.date);
    entry.edition.protocol.history.iter().rev().map(line).collect()
}

fn printable_lines(lines: &[String]) -> String {
    lines.iter().map(|line| printable(line)).collect::<Vec<_>>().join("\n")
}
