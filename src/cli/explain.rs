//! `engross explain`

use clap::Args;

use crate::check::RULES;
use crate::diagnostics::Code;
use crate::read::codes;

use super::{Done, Failure, Terminal};

/// Explain a finding: what it means, why it matters, and how to put it right
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The code or name of a finding [default: list them all]
    code: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  engross explain                    a list of all codes
  engross explain N01
  engross explain number-repeated";

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Done, Failure> {
    let Some(name) = &arguments.code else {
        let lines = all().map(|code| format!("{}  {:<22} {}\n", code.id, code.name, code.what));
        terminal.result(&lines.collect::<String>())?;
        return Ok(Done::Clear);
    };
    let found = all().find(|code| code.id.eq_ignore_ascii_case(name) || code.name == name);
    let Some(code) = found else {
        let message = format!("there is no finding `{name}`; `engross explain` lists them all");
        return Err(Failure::Arguments(message));
    };
    terminal.result(&explanation(code))?;
    Ok(Done::Clear)
}

/// Every code: of the rules, then of faults that keep a source from being read.
fn all() -> impl Iterator<Item = &'static Code> {
    RULES.iter().map(|rule| &rule.code).chain(codes::ALL.iter().copied())
}

fn explanation(code: &Code) -> String {
    let example: String = code.example.lines().map(|line| format!("    {line}\n")).collect();
    let paragraph = |text: &str| textwrap::fill(text, 100);
    format!(
        "{} {} ({})\n\n{}\n\nWhy it matters\n{}\n\nExample\n{example}\nHow to put it right\n{}\n",
        code.id,
        code.name,
        code.severity,
        paragraph(code.what),
        paragraph(code.why),
        paragraph(code.remedy),
    )
}
