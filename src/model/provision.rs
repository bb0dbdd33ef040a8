//! The smallest units that are compared and addressed.

use std::collections::HashMap;

use serde::Serialize;

use super::ids::BlockIds;
use super::text::plain;
use super::{Block, Clause, Item, Number, Place, Protocol, Section};

/// A clause's own text up to its list, with the tables in it, one list item, or the text after a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provision {
    /// What it is addressed by, unique in the document: `2.7`, `2.7~2`, `3.1/4`, `5.6/d`.
    pub id: String,
    /// Clause, item or paragraph.
    pub kind: ProvisionKind,
    /// The number or label printed before it.
    pub number: Option<String>,
    /// Its plain words, a line for each paragraph and for each row of a table.
    pub text: String,
    /// The words it completes: the paragraph before its list, or the clause it is a part of.
    pub lead_in: Option<String>,
    /// The nearest heading over it.
    pub heading: Option<String>,
    /// The number of its section, or its heading in inverted commas, where clauses of other sections have the same number as its clause.
    #[serde(skip)]
    pub within: Option<String>,
    /// Where it stands in the source.
    #[serde(skip)]
    pub place: Place,
    /// Its section, from 0.
    #[serde(skip)]
    pub section: usize,
    /// Its clause within the section, from 0.
    #[serde(skip)]
    pub clause: usize,
}

/// What a provision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProvisionKind {
    /// A clause's own text, numbered or not.
    Clause,
    /// A list item.
    Item,
    /// Text after a list.
    Paragraph,
}

impl Protocol {
    /// All provisions in the order printed. Every word of every clause is in one of them; headings are in none.
    pub fn provisions(&self) -> Vec<Provision> {
        let ids = self.ids();
        let mut all = Vec::new();
        for (at, (section, section_ids)) in self.sections.iter().zip(&ids.sections).enumerate() {
            let lead_ins = lead_ins(section);
            let mut heading = section.heading.clone();
            for (nth, (clause, clause_ids)) in section.clauses.iter().zip(&section_ids.clauses).enumerate() {
                if clause.heading.is_some() {
                    heading.clone_from(&clause.heading);
                }
                let mut collector = Collector { all: &mut all, heading: heading.as_deref(), section: at, clause: nth };
                let number = clause.number().map(Number::to_string);
                let owner = Owner {
                    id: &clause_ids.own,
                    kind: ProvisionKind::Clause,
                    number,
                    lead_in: lead_ins[nth].as_deref(),
                };
                collector.blocks(&clause.text.blocks, &clause_ids.blocks, &owner);
            }
        }
        let numbered = self.sections_of_numbers();
        for provision in &mut all {
            let section = &self.sections[provision.section];
            let number = section.clauses[provision.clause].number().map(Number::id);
            let sections = number.and_then(|number| numbered.get(&number)).map(Vec::as_slice).unwrap_or_default();
            // With two of one number in it, the section does not tell which.
            if sections.len() > 1 && sections.iter().filter(|at| **at == provision.section).count() == 1 {
                let heading = || section.heading.as_ref().map(|heading| format!("“{heading}”"));
                provision.within = section.number().map(Number::to_string).or_else(heading);
            }
        }
        all
    }

    /// The section of each clause that has a number, by that.
    fn sections_of_numbers(&self) -> HashMap<String, Vec<usize>> {
        let mut sections: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, section) in self.sections.iter().enumerate() {
            for number in section.clauses.iter().filter_map(Clause::number) {
                sections.entry(number.id()).or_default().push(at);
            }
        }
        sections
    }
}

/// For each clause of a section, the words of the clause that leads in to it: the one it says it is `under`, or the one
/// above it by number if that one's words announce something.
fn lead_ins(section: &Section) -> Vec<Option<String>> {
    let mut by_parts: HashMap<Vec<u32>, &Clause> = HashMap::new();
    let mut lead_ins = Vec::new();
    for (nth, clause) in section.clauses.iter().enumerate() {
        let parts = clause.number().and_then(Number::parts);
        let by_number = parts.as_ref().and_then(|parts| {
            let above = (1..parts.len()).rev().find_map(|length| by_parts.get(&parts[..length]));
            above.copied().filter(|above| above.text.leads_in())
        });
        let named = clause.under.as_ref().and_then(|under| section.clause_before(nth, under));
        lead_ins.push(named.or(by_number).map(|above| above.text.own_words()));
        if let Some(parts) = parts {
            by_parts.insert(parts, clause);
        }
    }
    lead_ins
}

/// The provision whose words and lists are being gathered.
struct Owner<'a> {
    id: &'a str,
    kind: ProvisionKind,
    number: Option<String>,
    lead_in: Option<&'a str>,
}

struct Collector<'a> {
    all: &'a mut Vec<Provision>,
    heading: Option<&'a str>,
    section: usize,
    clause: usize,
}

impl Collector<'_> {
    fn push(&mut self, id: &str, kind: ProvisionKind, number: Option<String>, text: String, lead_in: Option<String>) {
        self.all.push(Provision {
            id: id.to_owned(),
            kind,
            number,
            text,
            lead_in,
            heading: self.heading.map(str::to_owned),
            within: None,
            place: Place::clause(self.section, self.clause).then("text"),
            section: self.section,
            clause: self.clause,
        });
    }

    /// Gathers an owner's paragraphs into provisions, and its items after the words that lead in to them.
    fn blocks(&mut self, blocks: &[Block], ids: &[BlockIds], owner: &Owner<'_>) {
        // An item that holds only a list still is a provision: its label is printed.
        let words_first = matches!(blocks.first(), Some(Block::Paragraph(_) | Block::Table(_)));
        if !words_first && owner.kind == ProvisionKind::Item {
            let lead_in = owner.lead_in.map(str::to_owned);
            self.push(owner.id, owner.kind, owner.number.clone(), String::new(), lead_in);
        }
        let mut last_words: Option<String> = None;
        for (block, ids) in blocks.iter().zip(ids) {
            match (block, ids) {
                (Block::Paragraph(inlines), BlockIds::Paragraph(id)) => {
                    let words = plain(inlines);
                    last_words = Some(words.clone());
                    self.words(id, words, owner);
                }
                (Block::Table(table), BlockIds::Paragraph(id)) => self.words(id, table.plain(), owner),
                (Block::List(items), BlockIds::List(ids)) => {
                    let lead_in = lead_in_of_list(owner, last_words.as_deref());
                    self.items(items, ids, lead_in.as_deref());
                }
                _ => {}
            }
        }
    }

    /// Words of a provision: they go on with it, or begin it.
    fn words(&mut self, id: &str, words: String, owner: &Owner<'_>) {
        if let Some(run) = self.all.last_mut().filter(|last| last.id == *id) {
            run.text.push('\n');
            run.text.push_str(&words);
            return;
        }
        let lead_in = owner.lead_in.map(str::to_owned);
        if id == owner.id {
            self.push(id, owner.kind, owner.number.clone(), words, lead_in);
        } else {
            self.push(id, ProvisionKind::Paragraph, None, words, lead_in);
        }
    }

    fn items(&mut self, items: &[Item], ids: &[(String, Vec<BlockIds>)], lead_in: Option<&str>) {
        for (item, (id, blocks)) in items.iter().zip(ids) {
            let number = item.label.as_ref().map(ToString::to_string);
            let owner = Owner { id, kind: ProvisionKind::Item, number, lead_in };
            self.blocks(&item.blocks, blocks, &owner);
        }
    }
}

/// The paragraph before a list; inside an item, after the words that lead in to the item itself.
fn lead_in_of_list(owner: &Owner<'_>, last_words: Option<&str>) -> Option<String> {
    match (owner.lead_in, last_words) {
        (Some(outer), Some(inner)) => Some(format!("{outer} {inner}")),
        (outer, inner) => inner.or(outer).map(str::to_owned),
    }
}
