//! `engross review --plan`

use std::collections::BTreeMap;
use std::path::Path;

use crate::document::{self, count};
use crate::model::{Protocol, Review};
use crate::render::register::{plan_json, plan_terminal};
use crate::review::{Proposal, Register, Why};

use super::super::changes::{Sources, deliver};
use super::{Documents, Failure, Format, Found, RegisterArguments, Terminal};

pub(super) fn shown(
    arguments: &RegisterArguments,
    register: &Register<'_>,
    proposals: &[Proposal<'_, '_>],
    found: &Documents,
    workspace: Option<&Path>,
    terminal: &Terminal,
) -> Result<String, Failure> {
    arguments.only("a plan", &[Format::Text, Format::Json, Format::Md, Format::Html])?;
    Ok(match arguments.format {
        Format::Json => plan_json(proposals),
        Format::Md | Format::Html => {
            arguments.published(&document::plan(register, proposals, arguments.letterhead(found)?), workspace)?
        }
        _ => plan_terminal(proposals, arguments.style(terminal)),
    })
}

/// Writes the months into the sources, of each workspace all or none. The dates due stay: a plan does not put off what the
/// council has undertaken.
pub(super) fn apply(proposals: &[Proposal<'_, '_>], found: &Documents, terminal: &Terminal) -> Result<(), Failure> {
    let mut workspaces: BTreeMap<Option<&Path>, Sources> = BTreeMap::new();
    for proposal in proposals.iter().filter(|proposal| proposal.why != Why::Planned) {
        let edition = proposal.entry.edition;
        let holds = |found: &&Found| found.document.editions.iter().any(|other| std::ptr::eq(other, edition));
        let Some(found) = found.all.iter().find(holds) else { continue };
        workspaces.entry(found.root.as_deref()).or_default().amend(found, edition, |protocol: &mut Protocol| {
            let review = protocol.review.get_or_insert_with(Review::default);
            review.planned = Some(proposal.month);
        })?;
    }
    let mut planned = 0;
    for sources in workspaces.into_values() {
        planned += sources.changes.len();
        deliver(sources, false, terminal)?;
    }
    terminal.message(&format!("{} planned\n", count(planned, "review")));
    Ok(())
}
