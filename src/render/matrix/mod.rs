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

/// What a cell says in words, `2.7 equivalent, stronger`: the numbers, how near it comes to the base, and how much it binds. It is never
/// a number alone, of which a spreadsheet would make another: 3.10 would be 3.1.
fn in_words(cell: &MatrixCell) -> String {
    let numbers: Vec<String> = cell.members.iter().map(numbered).collect();
    let nearness = if cell.members.iter().any(|member| member.is_base) { BASE } else { relation(cell.relation) };
    let standing = standing(cell.standing);
    let said: Vec<&str> = [nearness, standing].into_iter().filter(|word| !word.is_empty()).collect();
    [numbers.join(" "), said.join(", ")].join(" ").trim().to_owned()
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
