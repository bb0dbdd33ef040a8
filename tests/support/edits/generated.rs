//! Documents put together from the pool and from clauses of others.

use engross::model::{Clause, Number, Protocol, Section, Text};

use super::chance::Chance;
use super::pool;

/// A document of that many sections of clauses from the pool and, for a part, from `strangers`; no clause twice.
pub(crate) fn protocol(sections: usize, strangers: &[Clause], chance: &mut Chance) -> Protocol {
    let mut clauses: Vec<Text> = pool::CLAUSES.iter().map(|text| Text::paragraph(*text)).collect();
    let mut others: Vec<Text> = strangers.iter().map(|clause| clause.text.clone()).collect();
    chance.shuffle(&mut others);
    others.truncate(sections * 4);
    clauses.extend(others);
    clauses.sort_by_key(Text::plain);
    clauses.dedup_by_key(|text| text.plain());
    chance.shuffle(&mut clauses);
    let mut headings = pool::HEADINGS.to_vec();
    chance.shuffle(&mut headings);
    let sections = headings.iter().take(sections).enumerate().map(|(at, heading)| {
        let count = chance.within(1..=9).min(clauses.len());
        section(at + 1, heading, clauses.drain(..count).collect())
    });
    of_sections(sections.collect())
}

fn section(number: usize, heading: &str, texts: Vec<Text>) -> Section {
    let numbered = texts.into_iter().enumerate();
    let clauses = numbered.map(|(at, text)| Clause {
        number: Some(Number::new(&format!("{number}.{}", at + 1))),
        text,
        ..Clause::default()
    });
    Section {
        number: Some(Number::new(&format!("{number}."))),
        heading: Some(heading.to_owned()),
        clauses: clauses.collect(),
        ..Section::default()
    }
}

/// A document of those sections and nothing else.
pub(crate) fn of_sections(sections: Vec<Section>) -> Protocol {
    Protocol::adopted("Protocol", sections)
}
