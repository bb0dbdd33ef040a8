//! `engross review --agenda`

use std::collections::HashMap;
use std::path::Path;

use crate::compare::compare;
use crate::document;
use crate::model::Edition;
use crate::render::register::{Revision, agenda_items};
use crate::review::{Entry, Register};
use crate::store::load;

use super::{Documents, Failure, Format, Found, RegisterArguments, templates};

/// The document of each version that the register is about.
type Places<'a> = HashMap<*const Edition, &'a Found>;

pub(super) fn run(
    arguments: &RegisterArguments,
    register: &Register<'_>,
    found: &Documents,
    workspace: Option<&Path>,
) -> Result<String, Failure> {
    arguments.only("an agenda", &[Format::Text, Format::Md, Format::Html])?;
    let places: Places<'_> = found.all.iter().map(|found| (std::ptr::from_ref(found.meant()), found)).collect();
    let items = agenda_items(register, &templates(workspace)?, |entry| revision(entry, &places))?;
    arguments.published(&document::agenda(register, &items, arguments.letterhead(found)?), workspace)
}

/// The version that waits for a document, compared with the one in force: both read again, for the register keeps no words.
fn revision(entry: &Entry<'_>, places: &Places<'_>) -> Option<Revision> {
    let root = places.get(&std::ptr::from_ref(entry.edition))?.root.as_ref()?;
    let whole = |edition: &Edition| load::file(&root.join(&*edition.source.path)).ok().map(|loaded| loaded.value);
    let (old, new) = (whole(entry.edition)?, whole(entry.waiting.first()?)?);
    let comparison = compare(&old, &new, &[]);
    Some(Revision::new(old, new, comparison))
}
