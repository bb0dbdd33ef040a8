//! Gives every section, clause, paragraph and list item its id, the same wherever it is shown.

use std::collections::HashMap;

use super::{Block, Clause, Item, Label, Number, Protocol, Section, slug};

/// The ids of a protocol, laid out as its sections are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// One for each section, in order.
    pub sections: Vec<SectionIds>,
}

/// The ids of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionIds {
    /// The section's own: its number without the closing dot, else its heading in short.
    pub own: String,
    /// One for each clause, in order.
    pub clauses: Vec<ClauseIds>,
}

/// The ids of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseIds {
    /// The clause's own; for a mere sub-heading, a section id.
    pub own: String,
    /// The id of the clause's heading among the section ids, if it has a heading.
    pub heading: Option<String>,
    /// One for each block of its text, in order.
    pub blocks: Vec<BlockIds>,
}

/// The ids of a paragraph, a table or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockIds {
    /// The id of the provision that the paragraph or table belongs to.
    Paragraph(String),
    /// For each item, its id and those of its blocks.
    List(Vec<(String, Vec<BlockIds>)>),
}

/// Ids already given, within which each is unique, and how often each has been wanted.
#[derive(Default)]
struct Given(HashMap<String, usize>);

impl Given {
    /// Takes ids that are given for good, before any other.
    fn reserve<'a>(&mut self, ids: impl Iterator<Item = &'a String>) {
        self.0.extend(ids.map(|id| (id.clone(), 1)));
    }

    /// The id wanted, or with `~2`, `~3`, … the first that is free.
    fn unique(&mut self, wanted: String) -> String {
        let times = self.0.entry(wanted.clone()).or_default();
        *times += 1;
        if *times == 1 {
            return wanted;
        }
        let mut nth = *times;
        loop {
            let id = format!("{wanted}~{nth}");
            if !self.0.contains_key(&id) {
                self.0.insert(id.clone(), 1);
                self.0.insert(wanted, nth);
                return id;
            }
            nth += 1;
        }
    }
}

impl Protocol {
    /// The ids of all sections, clauses, paragraphs and items.
    pub fn ids(&self) -> Ids {
        // Explicit ids come first, so that no number takes the id that a clause was given for good.
        let mut given = Given::default();
        let mut given_sections = Given::default();
        for section in &self.sections {
            given_sections.reserve(section.id.iter());
            let (headings, clauses): (Vec<&Clause>, Vec<&Clause>) =
                section.clauses.iter().partition(|c| c.is_heading());
            given_sections.reserve(headings.into_iter().filter_map(|heading| heading.id.as_ref()));
            given.reserve(clauses.into_iter().filter_map(|clause| clause.id.as_ref()));
        }
        let mut sections = Vec::new();
        for (at, section) in self.sections.iter().enumerate() {
            let own = section.id.clone().unwrap_or_else(|| given_sections.unique(section_id(section, at)));
            let mut unnumbered = 0;
            let clauses = section.clauses.iter();
            let clauses = clauses
                .map(|clause| clause_ids(clause, &own, &mut unnumbered, &mut given, &mut given_sections))
                .collect();
            sections.push(SectionIds { own, clauses });
        }
        Ids { sections }
    }
}

fn section_id(section: &Section, at: usize) -> String {
    let heading = || section.heading.as_deref().map(slug).filter(|slug| !slug.is_empty());
    let placed = || if at == 0 { "preamble".to_owned() } else { format!("part-{}", at + 1) };
    section.number().map(Number::id).or_else(heading).unwrap_or_else(placed)
}

fn clause_ids(
    clause: &Clause,
    section: &str,
    unnumbered: &mut usize,
    given: &mut Given,
    given_sections: &mut Given,
) -> ClauseIds {
    let heading = clause.heading.as_deref().map(|heading| {
        if let (true, Some(id)) = (clause.is_heading(), &clause.id) {
            return id.clone();
        }
        let wanted = clause.number().map_or_else(|| format!("{section}/{}", slug(heading)), Number::id);
        given_sections.unique(wanted)
    });
    if clause.is_heading() {
        let own = heading.clone().unwrap_or_default();
        return ClauseIds { own, heading, blocks: Vec::new() };
    }
    let own = match (&clause.id, clause.number()) {
        (Some(id), _) => id.clone(),
        (None, Some(number)) => given.unique(number.id()),
        (None, None) => {
            *unnumbered += 1;
            given.unique(format!("{section}/p{unnumbered}"))
        }
    };
    let blocks = block_ids(&clause.text.blocks, &own, given);
    ClauseIds { own, heading, blocks }
}

/// The paragraphs and tables up to the first list share their owner's id; those after the n-th list are its `/p2`, `/p3`, …
fn block_ids(blocks: &[Block], owner: &str, given: &mut Given) -> Vec<BlockIds> {
    let (mut items_before, mut runs, mut in_run) = (0, 0, false);
    let mut run_id = owner.to_owned();
    let mut ids = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(_) | Block::Table(_) => {
                if !in_run {
                    runs += 1;
                    if runs > 1 || items_before > 0 {
                        runs = runs.max(2);
                        run_id = given.unique(format!("{owner}/p{runs}"));
                    }
                }
                in_run = true;
                ids.push(BlockIds::Paragraph(run_id.clone()));
            }
            Block::List(items) => {
                in_run = false;
                ids.push(BlockIds::List(item_ids(items, owner, items_before, given)));
                items_before += items.len();
            }
        }
    }
    ids
}

fn item_ids(items: &[Item], owner: &str, items_before: usize, given: &mut Given) -> Vec<(String, Vec<BlockIds>)> {
    let numbered = items.iter().enumerate();
    numbered
        .map(|(at, item)| {
            let name = item.label.as_ref().map_or_else(|| (items_before + at + 1).to_string(), Label::id);
            let id = given.unique(format!("{owner}/{name}"));
            let blocks = block_ids(&item.blocks, &id, given);
            (id, blocks)
        })
        .collect()
}
