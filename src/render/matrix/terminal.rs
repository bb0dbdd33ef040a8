//! A matrix for reading on a terminal.

use std::fmt::Write as _;

use comfy_table::{Cell, Color, ContentArrangement, Table, presets};

use crate::compare::Relation;
use crate::diagnostics::printable;
use crate::document::{MatrixCell, MatrixColumn, MatrixRow, MatrixTable, count, shortened};
use crate::matrix::Standing;

use super::{Part, parts};

/// How it is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether cells are in colour.
    pub colour: bool,
    /// The width of a line, in columns.
    pub width: usize,
}

/// How many letters of a row's words are shown, and of those that they complete.
const NAME: usize = 120;
const LEAD_IN: usize = 40;

const KEY: &str = "2.1 alone: the wording that the row shows   = the same words   ≈ the same in other words   ~ the same in part   \
                   ↑ binds more   ↓ binds less   · nothing found   (2.1) stands in another row, and says this as well\n";

/// The matrix: a table for each topic, and what each council has and lacks.
pub fn terminal(table: &MatrixTable, style: Style) -> String {
    let mut text = format!("{}\n", printable(&table.title));
    for (at, column) in table.columns.iter().enumerate() {
        let model = if table.model == Some(at) { ", the model" } else { "" };
        let caution = column.caution.as_ref().map(|caution| format!(": {caution}")).unwrap_or_default();
        let (name, provisions) = (printable(&column.name), count(column.provisions, "provision"));
        let _ = writeln!(text, "  {}: {name}, {provisions}{model}{}", letter(at), printable(&caution));
    }
    let _ = write!(text, "\n{KEY}");
    for topic in &table.topics {
        let heading = topic.heading.as_deref().unwrap_or("Without a heading");
        let _ = write!(text, "\n{}\n{}", printable(heading), rows(&topic.rows, table, style));
    }
    text.push('\n');
    // The model is not measured against itself.
    for (_, column) in table.columns.iter().enumerate().filter(|(at, _)| table.model != Some(*at)) {
        let _ = writeln!(text, "{}", told(column, table.model.is_some()));
    }
    text
}

/// The letters by which columns are called, as in a spreadsheet.
fn letter(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    if at < 26 { last.to_string() } else { letter(at / 26 - 1) + &last.to_string() }
}

/// What a column of the table needs to be read, and what the words of a row need.
const COLUMN: usize = 8;
const WORDS: usize = 40;

fn rows(rows: &[MatrixRow], matrix: &MatrixTable, style: Style) -> String {
    if matrix.columns.len() * COLUMN + WORDS > style.width {
        return rows.iter().map(|row| listed(row, style)).collect();
    }
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
    let councils = matrix.columns.iter().enumerate().map(|(at, column)| match &column.caution {
        Some(caution) => format!("{} ({})", letter(at), printable(caution)),
        None => letter(at),
    });
    table.set_header(["row".to_owned(), "provision".to_owned()].into_iter().chain(councils));
    for row in rows {
        let fixed = [Cell::new(row.id), Cell::new(words(row))];
        table.add_row(fixed.into_iter().chain(row.cells.iter().map(|cell| shown(cell.as_ref(), style))));
    }
    table.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn words(row: &MatrixRow) -> String {
    let lead_in = row.lead_in.as_ref().map(|lead_in| shortened(lead_in, LEAD_IN) + " ").unwrap_or_default();
    printable(&(lead_in + &shortened(&row.name, NAME)))
}

/// A row of more columns than there is room for: its words, and below them who says it.
fn listed(row: &MatrixRow, style: Style) -> String {
    let holders = row.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.as_ref()?)));
    let holders: Vec<String> = holders.map(|(at, cell)| format!("{} {}", letter(at), says(cell))).collect();
    let none = row.cells.len() - holders.len();
    let none = if none > 0 { format!("; · {none}") } else { String::new() };
    let indented = |text: &str, first: &str| {
        let options = textwrap::Options::new(style.width)
            .initial_indent(first)
            .subsequent_indent("      ")
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    };
    let number = format!("{:>4}  ", row.id);
    format!("{}\n{}\n", indented(&words(row), &number), indented(&(holders.join("; ") + &none), "      "))
}

/// What a cell says in signs.
fn says(cell: &MatrixCell) -> String {
    let of_part = |part: Part| {
        let nearness = match part.relation {
            None => "",
            Some(Relation::Same) => "=",
            Some(Relation::Equivalent) => "≈",
            Some(Relation::Partial) => "~",
        };
        let standing = match part.standing {
            Standing::Stronger => "↑",
            Standing::Usual => "",
            Standing::Weaker => "↓",
        };
        let numbers = part.numbers.iter().map(|number| format!("{nearness}{}{standing}", printable(number)));
        numbers.collect::<Vec<_>>().join(" ")
    };
    parts(cell).into_iter().map(of_part).collect::<Vec<_>>().join(" ")
}

fn shown(cell: Option<&MatrixCell>, style: Style) -> Cell {
    let Some(cell) = cell else { return Cell::new("·") };
    let colour = match cell.standing {
        Standing::Stronger => Some(Color::Green),
        Standing::Usual => None,
        Standing::Weaker => Some(Color::Red),
    };
    let shown = Cell::new(says(cell));
    match colour {
        Some(colour) if style.colour => shown.fg(colour),
        _ => shown,
    }
}

/// What a document lacks and has, in a sentence.
fn told(column: &MatrixColumn, against_model: bool) -> String {
    let listed = |rows: &[usize]| match rows {
        [] => "none".to_owned(),
        rows => rows.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    };
    let (expected, usual) = if against_model { ("the model has", "the model") } else { ("most have", "is usual") };
    format!(
        "{} lacks rows that {expected}: {}; is the only one with rows: {}; binds more than {usual} in rows: {}; binds less in rows: {}.",
        printable(&column.name),
        listed(&column.lacks),
        listed(&column.only),
        listed(&column.stronger),
        listed(&column.weaker),
    )
}
