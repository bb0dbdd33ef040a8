//! The same explicit id on both sides.

use std::collections::BTreeMap;

use super::super::comparison::Relation;
use super::super::reading::Reading;
use super::{Alignment, Link, Pass, PassExample};

pub(super) static PASS: Pass = Pass {
    name: "explicit-id",
    what: "Clauses to which both sources give the same `id` correspond, whatever has become of their words. So do their list \
           items that have the same label, or the same place where they have none.",
    example: PassExample {
        left: "id = \"media\": The Clerk answers the press.",
        right: "id = \"media\": Only the Chair speaks to reporters.",
    },
    run,
};

fn run(reading: &Reading, alignment: &mut Alignment) {
    let explicit = |units: &[super::super::side::Unit]| -> BTreeMap<String, usize> {
        let named = units.iter().enumerate().filter(|(_, unit)| unit.explicit_id.is_some());
        named.map(|(at, unit)| (unit.provision.id.clone(), at)).collect()
    };
    let rights = explicit(&reading.right.units);
    for (id, left) in explicit(&reading.left.units) {
        if let Some(right) = rights.get(&id) {
            // An item under an id that was only reordered is found by its words, in the passes that follow.
            let item = id.contains('/');
            let same = reading.left.units[left].named == reading.right.units[*right].named;
            if !item || same {
                let relation = if same { Relation::Same } else { Relation::Partial };
                alignment.add(Link { left, right: *right, pass: PASS.name, score: 1.0, relation, signals: Vec::new() });
            }
        }
    }
}
