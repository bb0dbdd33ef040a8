//! `engross schema`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::read::format::{council_schema, protocol_schema, settings_schema};

use super::{Done, Failure, Terminal};

/// Print the JSON Schema of a source file, with which an editor completes and checks it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Which file
    #[arg(value_enum)]
    file: Which,
    /// Write the result into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  engross schema protocol -o protocol.schema.json    the schema of a version of a document
  engross schema council                             the schema of a council.toml
  engross schema engross                             the schema of an engross.toml";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// council.toml
    Council,
    /// A version of a document
    Protocol,
    /// engross.toml
    Engross,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Done, Failure> {
    let result = match arguments.file {
        Which::Council => council_schema(),
        Which::Protocol => protocol_schema(),
        Which::Engross => settings_schema(),
    };
    terminal.deliver(&result, arguments.output.as_deref())?;
    Ok(Done::Clear)
}
