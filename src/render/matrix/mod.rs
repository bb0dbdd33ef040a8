//! A matrix, one file a format.

mod csv;
mod html;
mod json;
mod terminal;

pub use csv::csv;
pub(super) use html::context;
pub use html::to_html;
pub use json::json;
pub use terminal::{Style, terminal};

use crate::compare::Relation;
use crate::document::{MatrixCell, MatrixMember};
use crate::matrix::Standing;

/// What is said of the provision that the others of a row are measured against.
const BASE: &str = "row’s wording";

/// Provisions of a cell of which the same is to be said.
struct Part {
    numbers: Vec<String>,
    /// How near they come to the base; none of the base itself.
    relation: Option<Relation>,
    standing: Standing,
}

/// A cell by what is to be said of its provisions: of several, each is near or far by itself.
fn parts(cell: &MatrixCell) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for member in &cell.members {
        let relation = (!member.is_base).then_some(member.relation);
        // What has its place in another row is weighed there.
        let standing = if member.also { Standing::Usual } else { member.standing };
        match parts.iter_mut().find(|part| part.relation == relation && part.standing == standing) {
            Some(part) => part.numbers.push(numbered(member)),
            None => parts.push(Part { numbers: vec![numbered(member)], relation, standing }),
        }
    }
    parts
}

/// What a cell says in words, `2.7 equivalent, stronger; 3.1 partial`: the numbers, how near they come to the base, and how much they
/// bind. It is never a number alone, of which a spreadsheet would make another: 3.10 would be 3.1.
fn in_words(cell: &MatrixCell) -> String {
    let of_part = |part: Part| {
        let nearness = part.relation.map_or(BASE, relation);
        let said: Vec<&str> = [nearness, standing(part.standing)].into_iter().filter(|word| !word.is_empty()).collect();
        format!("{} {}", part.numbers.join(" "), said.join(", "))
    };
    parts(cell).into_iter().map(of_part).collect::<Vec<_>>().join("; ")
}

/// A provision's number; in brackets, where its place is in another row.
fn numbered(member: &MatrixMember) -> String {
    if member.also { format!("({})", member.number) } else { member.number.clone() }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "same",
        Relation::Equivalent => "equivalent",
        Relation::Partial => "partial",
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Weaker => "weaker",
        Standing::Usual => "",
        Standing::Stronger => "stronger",
    }
}
