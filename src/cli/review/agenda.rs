//! `engross review --agenda`

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::compare::compare;
use crate::document;
use crate::model::{DocumentEntry, Edition};
use crate::render::register::{Revision, agenda_items};
use crate::review::{Entry, Register};
use crate::store::load;

use super::{Documents, Failure, Format, Found, RegisterArguments, templates};

pub(super) fn run(
    arguments: &RegisterArguments,
    register: &Register<'_>,
    found: &Documents,
    workspace: Option<&Path>,
) -> Result<String, Failure> {
    arguments.only("an agenda", &[Format::Text, Format::Md, Format::Html])?;
    let whole = whole(register, found)?;
    let items = agenda_items(register, &templates(workspace)?, |entry| revision(entry, &whole))?;
    arguments.published(&document::agenda(register, &items, arguments.letterhead(found)?), workspace)
}

/// The councils' documents of which a later version waits, with every word: the register does without.
fn whole(register: &Register<'_>, found: &Documents) -> Result<Vec<DocumentEntry>, Failure> {
    let waiting = register.entries.iter().filter(|entry| !entry.waiting.is_empty());
    let addresses: BTreeSet<_> = waiting.filter_map(|entry| entry.edition.address.as_ref()).collect();
    let of_document = |found: &Found| {
        found.document.editions.iter().any(|e| e.address.as_ref().is_some_and(|a| addresses.contains(a)))
    };
    let mut councils: BTreeMap<&Path, BTreeSet<String>> = BTreeMap::new();
    for found in found.all.iter().filter(|found| of_document(found)) {
        let first = found.document.editions.first().and_then(|edition| edition.address.as_ref());
        if let (Some(root), Some(address)) = (&found.root, first) {
            councils.entry(root).or_default().insert(address.council.clone());
        }
    }
    let mut whole = Vec::new();
    for (root, councils) in councils {
        let loaded = load::workspace(root, Some(&councils), |_| (), || ()).map_err(Failure::Sources)?;
        whole.extend(loaded.value.councils.into_iter().flat_map(|council| council.documents));
    }
    Ok(whole)
}

/// The latest version that waits for a document, compared with the one in force.
fn revision(entry: &Entry<'_>, whole: &[DocumentEntry]) -> Option<Revision> {
    let waiting = entry.waiting.last()?;
    let all = || whole.iter().flat_map(|document| &document.editions);
    let read = |wanted: &Edition| all().find(|edition| edition.address == wanted.address).cloned();
    let (old, new) = (read(entry.edition)?, read(waiting)?);
    let comparison = compare(&old, &new, &[]);
    Some(Revision::new(old, new, comparison))
}
