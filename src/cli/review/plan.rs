//! `engross review --plan`

use std::path::Path;

use crate::diagnostics::printable;
use crate::document::{self, count};
use crate::model::{Protocol, Review};
use crate::render::register::{plan_json, plan_terminal};
use crate::review::{Proposal, Register, Why, plan};

use super::super::changes::{Sources, write};
use super::{Documents, Failure, Format, RegisterArguments, Terminal};

pub(super) fn run(
    arguments: &RegisterArguments,
    register: &Register<'_>,
    found: &Documents,
    workspace: Option<&Path>,
    terminal: &Terminal,
) -> Result<String, Failure> {
    arguments.only("a plan", &[Format::Text, Format::Json, Format::Md, Format::Html])?;
    let proposals = plan(register);
    if arguments.apply {
        apply(&proposals, found, terminal)?;
    }
    Ok(match arguments.format {
        Format::Json => plan_json(&proposals),
        Format::Md | Format::Html => {
            arguments.published(&document::plan(register, &proposals, arguments.letterhead(found)?), workspace)?
        }
        _ => plan_terminal(&proposals, arguments.style(terminal)),
    })
}

/// Writes the months into the sources, all or none. The dates due stay: a plan does not put off what the council has undertaken.
fn apply(proposals: &[Proposal<'_, '_>], found: &Documents, terminal: &Terminal) -> Result<(), Failure> {
    let mut sources = Sources::default();
    for proposal in proposals.iter().filter(|proposal| proposal.why != Why::Planned) {
        let edition = proposal.entry.edition;
        let holds = |found: &&super::Found| found.document.editions.iter().any(|other| std::ptr::eq(other, edition));
        let Some(found) = found.all.iter().find(holds) else { continue };
        sources.amend(found, edition, |protocol: &mut Protocol| {
            let review = protocol.review.get_or_insert_with(Review::default);
            review.planned = Some(proposal.month);
        })?;
    }
    let written = sources.changes.len();
    for change in &sources.changes {
        terminal.message(&format!("planned in {}\n", printable(&change.path.display().to_string())));
    }
    write(sources)?;
    terminal.message(&format!("{} planned\n", count(written, "review")));
    Ok(())
}
