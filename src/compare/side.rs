//! One side of a comparison: its provisions, read as [`language`](super::language) says.

use crate::model::{Edition, Protocol, Provision, ProvisionKind};

use super::language::{Parties, Symbol, Terms, Vocabulary, fold, parties};

/// A document whose provisions have been read for comparison.
pub(crate) struct Side {
    pub(crate) units: Vec<Unit>,
}

/// A provision and what is compared of it.
#[derive(Clone)]
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
    /// The words of each of its sentences with the roles named, where there are several.
    sentence_words: Vec<Vec<String>>,
    /// The stems of each of those sentences.
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

    /// Several as one: their text and words one after the other, and all else of the first; none of none.
    pub(crate) fn joined<'a>(mut units: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let mut whole = units.next()?.clone();
        for unit in units {
            whole.provision.text.push('\n');
            whole.provision.text.push_str(&unit.provision.text);
            whole.folded.extend_from_slice(&unit.folded);
            whole.named.extend_from_slice(&unit.named);
        }
        Some(whole)
    }

    /// Whether it completes other words: a list item, or a numbered clause under one that leads in.
    pub(crate) fn completes(&self) -> bool {
        self.provision.lead_in.is_some()
    }
}

impl Side {
    /// Reads the words of an edition's provisions. Their stems are there once [`Side::learn`] has been called.
    pub(crate) fn read(edition: &Edition) -> Self {
        use rayon::prelude::*;
        let terms = Terms::of(edition.council.as_ref(), edition.council_name());
        let provisions = edition.protocol.provisions();
        let mut units: Vec<Unit> =
            provisions.into_par_iter().map(|provision| unit(provision, &edition.protocol, &terms)).collect();
        for at in 0..units.len() {
            units[at].parent = parent(&units, at);
        }
        Self { units }
    }

    /// Gives each word its stem, and counts in `vocabulary` how common each is.
    pub(crate) fn learn(&mut self, vocabulary: &mut Vocabulary) {
        for unit in &mut self.units {
            unit.stems = vocabulary.stems(&unit.named);
            unit.lead_in_stems = vocabulary.stems(&unit.lead_in);
            unit.heading_stems = vocabulary.stems(&unit.heading);
            unit.sentences = unit.sentence_words.iter().map(|words| vocabulary.stems(words)).collect();
            unit.sentences.retain(|stems| !stems.is_empty());
            let concepts = vocabulary.concepts(&unit.stems);
            vocabulary.count(&concepts);
        }
    }
}

fn unit(provision: Provision, protocol: &Protocol, terms: &Terms) -> Unit {
    let section = &protocol.sections[provision.section];
    let mut heading = fold(section.heading.as_deref().unwrap_or_default());
    if provision.heading != section.heading {
        heading.extend(fold(provision.heading.as_deref().unwrap_or_default()));
    }
    let heading = terms.name_roles(&heading);
    let sentences: Vec<Vec<String>> = sentences(&provision.text).map(fold).collect();
    let sentence_words =
        if sentences.len() < 2 { Vec::new() } else { sentences.iter().map(|words| terms.name_roles(words)).collect() };
    let mut folded = sentences.concat();
    drop_connective(&mut folded, &provision);
    let named = terms.name_roles(&folded);
    let lead_in = terms.name_roles(&fold(provision.lead_in.as_deref().unwrap_or_default()));
    let mut owed = parties(&[lead_in.as_slice(), named.as_slice()].concat());
    if owed.owing.is_empty() {
        owed.owing = parties(&[heading.as_slice(), &["must".to_owned()]].concat()).owing;
    }
    Unit {
        explicit_id: section.clauses[provision.clause].id.clone(),
        stems: Vec::new(),
        lead_in_stems: Vec::new(),
        heading_stems: Vec::new(),
        sentences: Vec::new(),
        sentence_words,
        parties: owed,
        leads_in: provision.text.trim_end().ends_with([':', '-', '–', '—']),
        parent: None,
        provision,
        folded,
        named,
        lead_in,
        heading,
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
