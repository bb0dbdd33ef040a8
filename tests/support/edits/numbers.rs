//! Numbers by position.

use engross::model::{Block, Clause, Item, Label, Number};

use super::Draft;

impl Draft {
    /// Numbers sections, clauses and labelled items by their places, each in the manner it was numbered in.
    pub(super) fn number_by_position(&mut self) {
        let mut sections = 0;
        for part in &mut self.parts {
            let Some([_]) = part.head.number().and_then(Number::parts).as_deref() else {
                part.pieces.iter_mut().for_each(|piece| label_lists(&mut piece.clause));
                continue;
            };
            sections += 1;
            part.head.number = Some(like(part.head.number(), &sections.to_string()));
            let numbered = part.pieces.iter().find_map(|piece| piece.clause.number().cloned());
            let (mut clauses, mut under) = (0, 0);
            for piece in &mut part.pieces {
                label_lists(&mut piece.clause);
                let added = piece.clause.number.is_none() && numbered.is_some() && piece.touched;
                let model = if added { numbered.clone() } else { piece.clause.number().cloned() };
                let Some(model) = model else { continue };
                let deep = model.parts().is_some_and(|parts| parts.len() > 2);
                let lettered = model.parts().is_none() && !model.as_str().ends_with('A');
                if lettered && !added {
                    continue;
                }
                if deep && !added {
                    under += 1;
                } else {
                    (clauses, under) = (clauses + 1, 0);
                }
                let number =
                    if under > 0 { format!("{sections}.{clauses}.{under}") } else { format!("{sections}.{clauses}") };
                piece.clause.number = Some(like(numbered.as_ref(), &number));
            }
        }
    }
}

/// A number with the closing dot that its model has.
fn like(model: Option<&Number>, number: &str) -> Option<Number> {
    let dot = if model.is_some_and(|model| model.as_str().ends_with('.')) { "." } else { "" };
    Number::new(&format!("{number}{dot}"))
}

/// Labels the items of the clause's lists in order, where all of them have single letters or figures.
fn label_lists(clause: &mut Clause) {
    for block in &mut clause.text.blocks {
        if let Block::List(items) = block {
            let lettered = items.iter().all(|item| {
                core(item).is_some_and(|core| core.len() == 1 && core.chars().all(|c| c.is_ascii_lowercase()))
            });
            let figured =
                items.iter().all(|item| core(item).is_some_and(|core| core.chars().all(|c| c.is_ascii_digit())));
            for (letter, (at, item)) in ('a'..='z').zip(items.iter_mut().enumerate()) {
                let new = if lettered { letter.to_string() } else { (at + 1).to_string() };
                if let (true, Some(old)) = (lettered || figured, core(item)) {
                    item.label =
                        item.label.as_ref().and_then(|label| Label::parse(&label.as_str().replacen(&old, &new, 1)));
                }
            }
        }
    }
}

fn core(item: &Item) -> Option<String> {
    item.label.as_ref().map(Label::id)
}
