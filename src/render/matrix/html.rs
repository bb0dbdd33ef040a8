//! A matrix as a web page.

mod wordings;

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Context;

use crate::document::{Genre, MatrixCell, MatrixColumn, MatrixRow, MatrixTable, MatrixTopic, count, shortened};

use super::super::{TemplateError, Templates};
use super::{numbered, parts, relation, standing};
use wordings::{Reason, Wording, reasons, wordings};

/// With more columns than these, a sheet of paper or a telephone does not show the table as one, but row by row.
const MOST_ON_PAPER: usize = 10;

/// How many letters of a row's words stand in a list of rows.
const IN_LISTS: usize = 110;

/// What the style sheet of all pages asks for: many columns want a page on its side.
#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    council: Option<()>,
    genre: Genre,
    version: String,
    status: &'static str,
    pending: bool,
}

/// What the page shows, in words.
#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    /// What the council is called that all are measured against.
    model: Option<&'a str>,
    columns: Vec<Column<'a>>,
    topics: Vec<Topic<'a>>,
    rows: usize,
    most_on_paper: usize,
    unit: &'static str,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    title: &'a str,
    address: Option<&'a str>,
    caution: Option<&'a str>,
    provisions: String,
    is_model: bool,
    lists: Vec<List>,
}

/// Rows of which something is to be said for a council.
#[derive(Serialize)]
struct List {
    /// The name that the script knows it by.
    of: &'static str,
    heading: String,
    rows: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    id: usize,
    words: String,
}

#[derive(Serialize)]
struct Topic<'a> {
    heading: &'a str,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: usize,
    name: &'a str,
    lead_in: Option<&'a str>,
    held_by: usize,
    cells: Vec<Option<Cell>>,
    base: Base<'a>,
    wordings: Vec<Wording<'a>>,
    /// The columns that say nothing of it.
    absent: Vec<usize>,
    reasons: Vec<Reason<'a>>,
}

/// The provision that the others of a row are measured against.
#[derive(Serialize)]
struct Base<'a> {
    column: usize,
    number: &'a str,
}

#[derive(Serialize)]
struct Cell {
    parts: Vec<Part>,
    /// All that is said in the parts, each word once, for the filters.
    relations: String,
    standings: String,
}

/// Provisions of a cell of which the same is to be said.
#[derive(Serialize)]
struct Part {
    numbers: String,
    relation: &'static str,
    standing: &'static str,
}

/// The matrix as one self-contained web page.
///
/// # Errors
/// When a template does not fit.
pub fn to_html(table: &MatrixTable, templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    templates.render("html/matrix.html", &context(table)).map(String::into_bytes)
}

/// What the templates of a matrix ask for.
pub(in crate::render) fn context(table: &MatrixTable) -> Context {
    let head = Head {
        title: &table.title,
        council: None,
        genre: Genre::Comparison,
        version: format!("{} side by side", count(table.columns.len(), unit(table))),
        status: "matrix",
        pending: false,
    };
    let mut context = Context::new();
    context.insert("document", &head);
    context.insert("matrix", &page(table));
    context
}

/// What a column is: a council; a document, where a council has several of them, or it is not known whose they are.
fn unit(table: &MatrixTable) -> &'static str {
    let councils: BTreeSet<&str> = table.columns.iter().map(|column| column.council.trim()).collect();
    let each_its_own = councils.len() == table.columns.len() && !councils.contains("");
    if each_its_own { "council" } else { "document" }
}

fn page(table: &MatrixTable) -> Page<'_> {
    let columns = table.columns.iter().enumerate();
    Page {
        title: &table.title,
        model: table.model.map(|at| table.columns[at].name.as_str()),
        columns: columns.map(|(at, column)| column_shown(table, column, table.model == Some(at))).collect(),
        topics: table.topics.iter().map(topic).collect(),
        rows: table.rows().count(),
        most_on_paper: MOST_ON_PAPER,
        unit: unit(table),
    }
}

fn column_shown<'a>(table: &MatrixTable, column: &'a MatrixColumn, is_model: bool) -> Column<'a> {
    let (expected, usual) =
        if table.model.is_some() { ("the model has", "the model") } else { ("most others have", "is usual") };
    let list = |of, heading: String, ids: &[usize]| List { of, heading, rows: links(table, ids) };
    let only = list("only", "No other council has".to_owned(), &column.only);
    // The model is not measured against itself.
    let lists = if is_model {
        vec![only]
    } else {
        vec![
            list("lacks", format!("Lacks what {expected}"), &column.lacks),
            only,
            list("stronger", format!("Binds more than {usual}"), &column.stronger),
            list("weaker", format!("Binds less than {usual}"), &column.weaker),
        ]
    };
    Column {
        name: &column.name,
        title: &column.title,
        address: column.address.as_deref(),
        caution: column.caution.as_deref(),
        provisions: count(column.provisions, "provision"),
        is_model,
        lists,
    }
}

fn links(table: &MatrixTable, ids: &[usize]) -> Vec<Link> {
    let rows = table.rows().filter(|row| ids.contains(&row.id));
    rows.map(|row| Link { id: row.id, words: shortened(&row.name, IN_LISTS) }).collect()
}

fn topic(topic: &MatrixTopic) -> Topic<'_> {
    Topic {
        heading: topic.heading.as_deref().unwrap_or("Without a heading"),
        rows: topic.rows.iter().map(row).collect(),
    }
}

fn row(row: &MatrixRow) -> Row<'_> {
    let base = row.cells[row.base].iter().flat_map(|cell| &cell.members).find(|member| member.is_base);
    Row {
        id: row.id,
        name: &row.name,
        lead_in: row.lead_in.as_deref(),
        held_by: row.held_by,
        cells: row.cells.iter().map(|cell| cell.as_ref().map(cell_shown)).collect(),
        base: Base { column: row.base, number: base.map(|member| member.number.as_str()).unwrap_or_default() },
        wordings: wordings(row),
        absent: (0..row.cells.len()).filter(|at| row.cells[*at].is_none()).collect(),
        reasons: reasons(row),
    }
}

fn cell_shown(cell: &MatrixCell) -> Cell {
    let shown = |part: super::Part| Part {
        numbers: part.numbers.join(", "),
        relation: part.relation.map_or("base", relation),
        standing: standing(part.standing),
    };
    let parts: Vec<Part> = parts(cell).into_iter().map(shown).collect();
    let all = |of: fn(&Part) -> &'static str| {
        let words: BTreeSet<&str> = parts.iter().map(of).filter(|word| !word.is_empty()).collect();
        words.into_iter().collect::<Vec<_>>().join(" ")
    };
    Cell { relations: all(|part| part.relation), standings: all(|part| part.standing), parts }
}
