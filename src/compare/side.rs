//! One side of a comparison: its provisions, read as [`language`](super::language) says.

use crate::model::{Edition, Provision, ProvisionKind};

use super::language::{Parties, Symbol, Terms, Vocabulary, fold, parties};

/// A document whose provisions have been read for comparison.
pub(crate) struct Side {
    pub(crate) units: Vec<Unit>,
}

/// A provision and what is compared of it.
pub(crate) struct Unit {
    pub(crate) provision: Provision,
    /// Its explicit id, if the source gives one.
    pub(crate) explicit_id: Option<String>,
    /// Its words in lower case and one spelling: alike for texts that differ in case, punctuation and spelling only.
    pub(crate) folded: Vec<String>,
    /// The same with the roles named: alike for texts that differ in the words for a role as well.
    pub(crate) named: Vec<String>,
    /// The lead-in's words, folded, with the roles named.
    pub(crate) lead_in: Vec<String>,
    /// Its section's heading and the one nearest, folded.
    pub(crate) heading: Vec<String>,
    pub(crate) stems: Vec<Symbol>,
    pub(crate) lead_in_stems: Vec<Symbol>,
    pub(crate) heading_stems: Vec<Symbol>,
    /// The stems of each of its sentences.
    pub(crate) sentences: Vec<Vec<Symbol>>,
    pub(crate) parties: Parties,
    /// Whether it introduces a list.
    pub(crate) leads_in: bool,
    /// The provision it completes, by its place among the units.
    pub(crate) parent: Option<usize>,
}

impl Unit {
    pub(crate) fn is_item(&self) -> bool {
        self.provision.kind == ProvisionKind::Item
    }

    /// Whether it completes other words: a list item, or a numbered clause under one that leads in.
    pub(crate) fn completes(&self) -> bool {
        self.provision.lead_in.is_some()
    }
}

impl Side {
    /// Reads an edition's provisions; `vocabulary` learns its words.
    pub(crate) fn read(edition: &Edition, vocabulary: &mut Vocabulary) -> Self {
        let terms = Terms::of(edition.council.as_ref(), edition.council_name());
        let sections = &edition.protocol.sections;
        let provisions = edition.protocol.provisions();
        let mut units: Vec<Unit> = Vec::with_capacity(provisions.len());
        for provision in provisions {
            let section = &sections[provision.section];
            let explicit = section.clauses[provision.clause].id.clone();
            let mut heading = fold(section.heading.as_deref().unwrap_or_default());
            if provision.heading != section.heading {
                heading.extend(fold(provision.heading.as_deref().unwrap_or_default()));
            }
            let read = Reader { terms: &terms, vocabulary };
            let unit = read.unit(provision, heading, explicit);
            units.push(unit);
        }
        for at in 0..units.len() {
            units[at].parent = parent(&units, at);
        }
        for unit in &units {
            let concepts = vocabulary.concepts(&unit.stems);
            vocabulary.count(&concepts);
        }
        Self { units }
    }
}

struct Reader<'a> {
    terms: &'a Terms,
    vocabulary: &'a mut Vocabulary,
}

impl Reader<'_> {
    fn unit(self, provision: Provision, heading: Vec<String>, explicit_id: Option<String>) -> Unit {
        let mut folded = fold(&provision.text);
        drop_connective(&mut folded, &provision);
        let named = self.terms.name_roles(&folded);
        let lead_in = self.terms.name_roles(&fold(provision.lead_in.as_deref().unwrap_or_default()));
        let heading = self.terms.name_roles(&heading);
        let mut owed = parties(&[lead_in.as_slice(), named.as_slice()].concat());
        if owed.owing.is_empty() {
            owed.owing = parties(&[heading.as_slice(), &["must".to_owned()]].concat()).owing;
        }
        let sentences = sentences(&provision.text)
            .map(|sentence| self.vocabulary.stems(&self.terms.name_roles(&fold(sentence))))
            .filter(|stems| !stems.is_empty())
            .collect();
        Unit {
            stems: self.vocabulary.stems(&named),
            lead_in_stems: self.vocabulary.stems(&lead_in),
            heading_stems: self.vocabulary.stems(&heading),
            sentences,
            parties: owed,
            leads_in: provision.text.trim_end().ends_with([':', '-', '–', '—']),
            parent: None,
            provision,
            explicit_id,
            folded,
            named,
            lead_in,
            heading,
        }
    }
}

/// "and" or "or" at the end joins a provision to the next one and says nothing of its own: after a list item, and after
/// a sign that parts it from the clause.
fn drop_connective(folded: &mut Vec<String>, provision: &Provision) {
    let text = provision.text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = text.strip_suffix("and").or_else(|| text.strip_suffix("or")).map(str::trim_end);
    let joins = before.is_some_and(|before| provision.kind == ProvisionKind::Item || before.ends_with([';', ',']));
    if joins && folded.len() > 1 && folded.last().is_some_and(|word| word == "and" || word == "or") {
        folded.pop();
    }
}

/// The sentences of a text; the parts of a long one between semicolons count as sentences.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    use unicode_segmentation::UnicodeSegmentation as _;
    text.unicode_sentences().flat_map(|sentence| sentence.split([';', '\n']))
}

/// The provision whose words lead in to this one: the nearest before it that ends them.
fn parent(units: &[Unit], at: usize) -> Option<usize> {
    let lead_in = units[at].provision.lead_in.as_deref()?;
    let last = |text: &str| text.lines().last().unwrap_or_default().to_owned();
    (0..at).rev().take(80).find(|before| {
        let words = last(&units[*before].provision.text);
        !words.is_empty() && lead_in.ends_with(&words)
    })
}
