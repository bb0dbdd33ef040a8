//! What changed beside the provisions: headings, and the facts about the document.

use crate::model::{Edition, Number, Protocol, plain};

use super::align::Link;
use super::classify::bare_number;
use super::comparison::{FactChange, HeadingChange, Kind};
use super::language::fold;
use super::side::Side;

/// A heading and the first provision under it.
struct Heading {
    number: Option<String>,
    text: String,
    /// The place of the first provision at or after it.
    from: usize,
    /// The place of the first provision that is no longer under it or under one like it.
    to: usize,
}

impl Heading {
    fn shown(&self) -> String {
        self.number
            .iter()
            .map(String::as_str)
            .chain([self.text.as_str()])
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned()
    }
}

/// The headings that are not the same on both sides.
pub(super) fn headings(left: &Edition, right: &Edition, sides: (&Side, &Side), links: &[Link]) -> Vec<HeadingChange> {
    let (l, r) = (list(&left.protocol, sides.0), list(&right.protocol, sides.1));
    let mut partner: Vec<Option<usize>> = vec![None; l.len()];
    let mut taken = vec![false; r.len()];
    let mut pair = |at: usize, other: usize, partner: &mut Vec<Option<usize>>| {
        if partner[at].is_none() && !taken[other] {
            partner[at] = Some(other);
            taken[other] = true;
        }
    };
    // Of a long document, to look through all links for every two headings would take longer than all else.
    let folded = |headings: &[Heading]| headings.iter().map(|heading| fold(&heading.text)).collect::<Vec<_>>();
    let (l_folded, r_folded) = (folded(&l), folded(&r));
    let mut votes: Vec<(usize, bool, usize, usize)> = Vec::new();
    for (at, a) in l.iter().enumerate() {
        let linked: Vec<usize> =
            links.iter().filter(|link| (a.from..a.to).contains(&link.left)).map(|link| link.right).collect();
        for (other, b) in r.iter().enumerate() {
            let same = l_folded[at] == r_folded[other];
            let count = linked.iter().filter(|right| (b.from..b.to).contains(right)).count();
            if same || count > 0 {
                votes.push((count + usize::from(same) * 2, same, at, other));
            }
        }
    }
    votes.sort_by_key(|(count, same, at, other)| (std::cmp::Reverse((*count, *same)), *at, *other));
    for (_, _, at, other) in votes {
        pair(at, other, &mut partner);
    }
    let mut changes = Vec::new();
    for (at, a) in l.iter().enumerate() {
        let Some(b) = partner[at].map(|other| &r[other]) else {
            changes.push(HeadingChange { left: Some(a.shown()), right: None, kind: Kind::Removed });
            continue;
        };
        let kind = if fold(&a.text) != fold(&b.text) {
            Kind::Reworded
        } else if bare_number(a.number.as_deref()) != bare_number(b.number.as_deref()) {
            Kind::Renumbered
        } else if a.text != b.text || a.number != b.number {
            Kind::Typographic
        } else {
            continue;
        };
        changes.push(HeadingChange { left: Some(a.shown()), right: Some(b.shown()), kind });
    }
    let come = r.iter().zip(taken).filter(|(_, taken)| !taken);
    changes.extend(come.map(|(b, _)| HeadingChange { left: None, right: Some(b.shown()), kind: Kind::Added }));
    changes
}

fn list(protocol: &Protocol, side: &Side) -> Vec<Heading> {
    let place = |section: usize, clause: usize| {
        side.units.partition_point(|unit| (unit.provision.section, unit.provision.clause) < (section, clause))
    };
    let mut headings = Vec::new();
    for (at, section) in protocol.sections.iter().enumerate() {
        if section.heading.is_some() || section.number().is_some() {
            headings.push(Heading {
                number: section.number().map(Number::to_string),
                text: section.heading.clone().unwrap_or_default(),
                from: place(at, 0),
                to: place(at + 1, 0),
            });
        }
        let titled: Vec<usize> =
            (0..section.clauses.len()).filter(|nth| section.clauses[*nth].heading.is_some()).collect();
        for (nth, clause) in titled.iter().enumerate() {
            let heading = &section.clauses[*clause];
            headings.push(Heading {
                number: heading.number().map(Number::to_string),
                text: heading.heading.clone().unwrap_or_default(),
                from: place(at, *clause),
                to: titled.get(nth + 1).map_or_else(|| place(at + 1, 0), |next| place(at, *next)),
            });
        }
    }
    headings
}

/// A fact by name, and how it is told of an edition.
type Fact = (&'static str, fn(&Edition) -> Option<String>);

/// What is printed about the document outside its sections, where it is not the same on both sides.
pub(super) fn facts(left: &Edition, right: &Edition) -> Vec<FactChange> {
    let facts: [Fact; 6] = [
        ("title", |edition| Some(edition.protocol.title.clone())),
        ("status", |edition| Some(edition.protocol.status.word().to_owned())),
        ("adoption and review", |edition| joined(edition.protocol.adoption_lines())),
        ("document control", |edition| {
            let rows = edition
                .protocol
                .control
                .iter()
                .flat_map(|table| table.header.iter().chain(table.rows.iter().flatten()));
            joined(rows.cloned().collect())
        }),
        ("notes", |edition| joined(edition.protocol.notes.iter().map(note).collect())),
        ("signatures", |edition| {
            let signature = |signature: &crate::model::Signature| match &signature.name {
                Some(name) => format!("{name}, {}", signature.role),
                None => signature.role.clone(),
            };
            joined(edition.protocol.signatures.iter().map(signature).collect())
        }),
    ];
    let changed = facts.iter().map(|(fact, of)| FactChange { fact, left: of(left), right: of(right) });
    changed.filter(|change| change.left != change.right).collect()
}

fn joined(parts: Vec<String>) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A note, whose number some print in brackets.
fn note(text: &crate::model::Text) -> String {
    let words = words(text);
    let numbered = words.strip_prefix('[').and_then(|words| words.split_once("] "));
    match numbered {
        Some((number, rest)) if number.chars().all(|c| c.is_ascii_digit()) => format!("{number} {rest}"),
        _ => words,
    }
}

fn words(text: &crate::model::Text) -> String {
    fn gather(blocks: &[crate::model::Block], into: &mut Vec<String>) {
        for block in blocks {
            match block {
                crate::model::Block::Paragraph(inlines) => into.push(plain(inlines)),
                crate::model::Block::Table(table) => into.push(table.plain()),
                crate::model::Block::List(items) => items.iter().for_each(|item| gather(&item.blocks, into)),
            }
        }
    }
    let mut parts = Vec::new();
    gather(&text.blocks, &mut parts);
    parts.join(" ")
}
