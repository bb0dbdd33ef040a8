//! A matrix for a spreadsheet: a line a row, two columns a document.

use crate::document::{MatrixRow, MatrixTable};

use super::super::spreadsheet;
use super::in_words;

/// The matrix: names, then a line for each row, with what each council's cell says in words, and the council's own wording.
pub fn csv(table: &MatrixTable) -> String {
    let fixed = ["row", "topic", "after the words", "provision", "how many have it"].map(str::to_owned);
    let councils = table.columns.iter().flat_map(|column| {
        let name = column
            .caution
            .as_ref()
            .map_or_else(|| column.name.clone(), |caution| format!("{} ({caution})", column.name));
        [name.clone(), format!("{name}: words")]
    });
    let header: Vec<String> = fixed.into_iter().chain(councils).collect();
    let rows = table
        .topics
        .iter()
        .flat_map(|topic| topic.rows.iter().map(|row| record(topic.heading.as_deref().unwrap_or_default(), row)));
    spreadsheet::table(std::iter::once(header).chain(rows))
}

fn record(topic: &str, row: &MatrixRow) -> Vec<String> {
    let fixed = [
        row.id.to_string(),
        topic.to_owned(),
        row.lead_in.clone().unwrap_or_default(),
        row.name.clone(),
        row.held_by.to_string(),
    ];
    let cells = row.cells.iter().flat_map(|cell| match cell {
        Some(cell) => {
            let texts: Vec<&str> = cell.members.iter().map(|member| member.text.as_str()).collect();
            [in_words(cell), texts.join("\n")]
        }
        None => [String::new(), String::new()],
    });
    fixed.into_iter().chain(cells).collect()
}
