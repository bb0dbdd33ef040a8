//! `engross list`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use serde_json::{Value, json};

use crate::diagnostics::printable;
use crate::model::Edition;

use super::select::{ADDRESS_HELP, select};
use super::{Done, Failure, Terminal};

/// List the documents of the workspace: their addresses, titles, and what has become of them
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[arg(help = ADDRESS_HELP)]
    address: Vec<String>,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
    /// Write the result into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross list                  a table of everything
  engross list thanet           one council's document
  engross list --format json    for other programs";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    /// A table
    Text,
    /// A list of objects
    Json,
}

/// The width of the table where it is not shown on a terminal, in columns.
const WIDTH: u16 = 120;

pub(super) fn run(arguments: &Arguments, workspace: Option<&Path>, terminal: &Terminal) -> Result<Done, Failure> {
    let selection = select(&arguments.address, workspace)?;
    let result = match arguments.format {
        ListFormat::Text if selection.editions.is_empty() => "There are no documents yet.\n".to_owned(),
        ListFormat::Text => table(&selection.editions),
        ListFormat::Json => {
            let all: Vec<Value> = selection.editions.iter().map(object).collect();
            format!("{:#}\n", Value::Array(all))
        }
    };
    terminal.deliver(&result, arguments.output.as_deref())?;
    Ok(Done::Clear)
}

fn table(editions: &[Edition]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table.set_header(["address", "title", "status", "last event", "review due"]);
    for edition in editions {
        let protocol = &edition.protocol;
        let event = protocol.last_event().map(|event| format!("{} {}", event.kind.word().to_lowercase(), event.date));
        let due = protocol.review.as_ref().and_then(|review| review.due).map(|due| due.to_string());
        let row = [
            edition.named(),
            protocol.title.clone(),
            protocol.status.word().to_lowercase(),
            event.unwrap_or_default(),
            due.unwrap_or_default(),
        ];
        table.add_row(row.map(|cell| printable(&cell)));
    }
    // An address is there to be copied: it stays in one piece.
    if let Some(addresses) = table.column_mut(0) {
        addresses.set_constraint(ColumnConstraint::ContentWidth);
    }
    let lines = table.to_string();
    lines.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn object(edition: &Edition) -> Value {
    let protocol = &edition.protocol;
    let event = protocol.last_event();
    json!({
        "address": edition.named(),
        "council": edition.council_name(),
        "title": protocol.title,
        "status": protocol.status,
        "last_event": event.map(|event| json!({ "event": event.kind, "date": event.date.to_string() })),
        "due": protocol.review.as_ref().and_then(|review| review.due).map(|due| due.to_string()),
        "path": &*edition.source.path,
    })
}
