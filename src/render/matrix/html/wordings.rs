//! All wordings of a row: each once, with all that have it.

use serde::Serialize;

use crate::compare::{Evidence, Words};
use crate::document::{MatrixMember, MatrixRow};

use super::{numbered, relation, standing};

/// A wording, and all who have it.
#[derive(Serialize)]
pub(super) struct Wording<'a> {
    relation: &'static str,
    standing: &'static str,
    holders: Vec<Holder>,
    lead_in: Option<&'a str>,
    text: &'a str,
    /// The words of the base turned into its own; none where they are the base's.
    words: &'a [Words],
    evidence: Vec<String>,
}

/// A provision in these words.
#[derive(Serialize)]
struct Holder {
    column: usize,
    number: String,
    is_base: bool,
}

/// Why a provision is in the row.
#[derive(Serialize)]
pub(super) struct Reason<'a> {
    column: usize,
    number: String,
    because: &'a str,
}

/// The base first, then as the columns come.
pub(super) fn wordings(row: &MatrixRow) -> Vec<Wording<'_>> {
    let mut groups: Vec<(&MatrixMember, Vec<Holder>)> = Vec::new();
    for (column, member) in members(row) {
        let holder = Holder { column, number: numbered(member), is_base: member.is_base };
        match groups.iter_mut().find(|(first, _)| alike(first, member)) {
            Some((_, holders)) => holders.push(holder),
            None => groups.push((member, vec![holder])),
        }
    }
    let has_base = |holders: &[Holder]| holders.iter().any(|holder| holder.is_base);
    // Sorting is stable: only the base changes its place.
    groups.sort_by_key(|(_, holders)| !has_base(holders));
    groups.into_iter().map(|(first, holders)| wording(first, has_base(&holders), holders)).collect()
}

fn members(row: &MatrixRow) -> impl Iterator<Item = (usize, &MatrixMember)> {
    let cells = row.cells.iter().enumerate();
    cells.flat_map(|(column, cell)| cell.iter().flat_map(move |cell| cell.members.iter().map(move |own| (column, own))))
}

/// Whether two provisions have the same words, and the same is said of both.
fn alike(one: &MatrixMember, other: &MatrixMember) -> bool {
    let relations_fit = one.relation == other.relation || one.is_base || other.is_base;
    one.text == other.text
        && one.lead_in == other.lead_in
        && one.standing == other.standing
        && one.evidence == other.evidence
        && relations_fit
}

fn wording(member: &MatrixMember, is_base: bool, holders: Vec<Holder>) -> Wording<'_> {
    Wording {
        relation: if is_base { "base" } else { relation(member.relation) },
        standing: standing(member.standing),
        holders,
        lead_in: member.lead_in.as_deref(),
        text: &member.text,
        words: if is_base { &[] } else { &member.words },
        evidence: member.evidence.iter().map(in_words).collect(),
    }
}

/// `another detail: “five” instead of “four”`
fn in_words(evidence: &Evidence) -> String {
    let words = match (&evidence.left, &evidence.right) {
        (Some(left), Some(right)) => format!(": “{right}” instead of “{left}”"),
        (Some(left), None) => format!(": without “{left}”"),
        (None, Some(right)) => format!(": with “{right}”"),
        (None, None) => String::new(),
    };
    format!("{}{words}", evidence.says)
}

/// Why each provision is in the row.
pub(super) fn reasons(row: &MatrixRow) -> Vec<Reason<'_>> {
    let reasons = members(row).filter_map(|(column, member)| {
        let because = member.because.as_deref()?;
        Some(Reason { column, number: member.number.clone(), because })
    });
    reasons.collect()
}
