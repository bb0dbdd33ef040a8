//! `engross review --agenda`

use std::collections::BTreeSet;
use std::path::Path;

use crate::compare::compare;
use crate::document;
use crate::model::{DocumentEntry, Edition};
use crate::render::register::{Revision, agenda_items};
use crate::review::{Entry, Register};
use crate::store::load;

use super::{Documents, Failure, Format, RegisterArguments, templates};

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

/// The documents of which a later version waits, with every word: the register does without.
fn whole(register: &Register<'_>, found: &Documents) -> Result<Vec<DocumentEntry>, Failure> {
    let waits = |edition: &Edition| {
        let same = |entry: &&Entry<'_>| std::ptr::eq(entry.edition, edition);
        register.entries.iter().find(same).is_some_and(|entry| !entry.waiting.is_empty())
    };
    let mut whole = Vec::new();
    for found in &found.all {
        let (Some(root), Some(edition)) = (&found.root, found.document.editions.iter().find(|edition| waits(edition)))
        else {
            continue;
        };
        let Some(address) = &edition.address else { continue };
        let loaded = load::workspace(root, Some(&BTreeSet::from([address.council.clone()])), |_| (), || ());
        let councils = loaded.map_err(Failure::Sources)?.value.councils;
        let documents = councils.into_iter().flat_map(|council| council.documents);
        whole.extend(documents.filter(|document| document.id == address.document));
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
