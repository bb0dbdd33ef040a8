//! The documents, with all their versions, that a command's ADDRESS arguments name.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, printable};
use crate::model::{Address, DocumentEntry, Edition, Query, ResolveError, Workspace};
use crate::store::load::{self, Loaded};
use crate::store::{find_workspace, real};

use super::progress::Progress;
use super::select::{Target, target};
use super::{Failure, Terminal};

/// What was found.
pub(super) struct Documents {
    /// One for each that was named, each once.
    pub(super) all: Vec<Found>,
    /// What is to be said about the files read.
    pub(super) warnings: Vec<Diagnostic>,
    seen: HashSet<Named>,
}

/// A workspace, and the version meant in it.
type Named = (Option<PathBuf>, String);

/// A document, and the version of it that was named.
pub(super) struct Found {
    /// With all its versions.
    pub(super) document: DocumentEntry,
    /// The name of the version, where one was named.
    pub(super) version: Option<String>,
    /// The workspace it stands in; none for a file outside one.
    pub(super) root: Option<PathBuf>,
}

/// How a workspace is loaded: whole, or only the facts.
pub(super) type Load = fn(&Path, Option<&BTreeSet<String>>, &Progress) -> Result<Loaded<Workspace>, Vec<Diagnostic>>;

/// With every word of every version.
pub(super) fn whole(
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    progress: &Progress,
) -> Result<Loaded<Workspace>, Vec<Diagnostic>> {
    load::workspace(root, councils, |councils| progress.expect(councils), || progress.step())
}

/// With what is known about every version, but not its words.
pub(super) fn facts(
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    progress: &Progress,
) -> Result<Loaded<Workspace>, Vec<Diagnostic>> {
    load::facts(root, councils, |councils| progress.expect(councils), || progress.step())
}

impl Found {
    /// The version named, if one was.
    pub(super) fn named(&self) -> Option<&Edition> {
        let name = self.version.as_ref()?;
        self.document.editions.iter().find(|edition| edition.version() == name)
    }

    /// The version named, else the one in force, else the latest.
    pub(super) fn meant(&self) -> &Edition {
        self.named().unwrap_or_else(|| self.document.in_force_or_latest())
    }

    /// Where a version's file is, from the root of its workspace.
    pub(super) fn path(&self, edition: &Edition) -> PathBuf {
        PathBuf::from(&*edition.source.path)
    }
}

/// The documents named; a council without a document means all of its; no address at all, all of the workspace.
pub(super) fn documents(addresses: &[String], workspace: Option<&Path>, load: Load) -> Result<Documents, Failure> {
    let targets = addresses.iter().map(|argument| target(argument)).collect::<Result<Vec<_>, _>>()?;
    let mut found = Documents { all: Vec::new(), warnings: Vec::new(), seen: HashSet::new() };
    if targets.is_empty() {
        let root = find_workspace(workspace)?;
        let loaded = load_from(&root, None, load, &mut found)?;
        found.extend(loaded.councils.into_iter().flat_map(|council| council.documents), None, Some(&root));
        return Ok(found);
    }
    for target in targets {
        match target {
            Target::Query(query) => of_query(&query, &find_workspace(workspace)?, load, &mut found)?,
            Target::File(path) => of_file(&path, load, &mut found)?,
        }
    }
    Ok(found)
}

impl Documents {
    /// Adds documents, each once: the same may be named in several ways.
    fn extend(
        &mut self,
        documents: impl IntoIterator<Item = DocumentEntry>,
        version: Option<&str>,
        root: Option<&Path>,
    ) {
        let root = root.map(real);
        for document in documents {
            let found = Found { document, version: version.map(str::to_owned), root: root.clone() };
            if self.seen.insert((root.clone(), found.meant().named())) {
                self.all.push(found);
            }
        }
    }
}

fn load_from(
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    load: Load,
    found: &mut Documents,
) -> Result<Workspace, Failure> {
    let progress = Progress::new("reading");
    let loaded = load(root, councils, &progress);
    progress.finish();
    let loaded = loaded.map_err(Failure::Sources)?;
    found.warnings.extend(loaded.warnings);
    Ok(loaded.value)
}

fn of_query(query: &Query, root: &Path, load: Load, found: &mut Documents) -> Result<(), Failure> {
    let workspace = load_from(root, Some(&BTreeSet::from([query.council.clone()])), load, found)?;
    let council = workspace.councils.iter().find(|council| council.id == query.council);
    // What is not there is said as everywhere, with the names there are.
    let checked = match (&query.document, council) {
        (None, Some(council)) if query.version.is_none() && !council.documents.is_empty() => Ok(()),
        (_, Some(_)) => workspace.resolve(query).map(drop),
        (_, None) => load_from(root, None, load, found)?.resolve(query).map(drop),
    };
    checked?;
    let documents = workspace.councils.into_iter().flat_map(|council| council.documents);
    let wanted = documents.filter(|document| query.document.as_ref().is_none_or(|name| *name == document.id));
    found.extend(wanted, query.version.as_deref(), Some(root));
    Ok(())
}

fn of_file(path: &Path, load: Load, found: &mut Documents) -> Result<(), Failure> {
    if let Some((root, address)) = load::place(path) {
        let Address { council, document, version } = address;
        let query = Query { council, document: Some(document), version: Some(version) };
        return of_query(&query, &root, load, found);
    }
    let loaded = load::file(path).map_err(Failure::Sources)?;
    found.warnings.extend(loaded.warnings);
    let (id, version) = (loaded.value.version().to_owned(), loaded.value.version().to_owned());
    found.extend([DocumentEntry { id, editions: vec![loaded.value] }], Some(&version), None);
    Ok(())
}

/// The one document that an argument names.
pub(super) fn document(argument: &str, workspace: Option<&Path>) -> Result<Found, Failure> {
    let mut found = documents(&[argument.to_owned()], workspace, whole)?;
    if found.all.len() > 1 {
        let names: Vec<String> = found.all.iter().map(|found| format!("{argument}/{}", found.document.id)).collect();
        return Err(ResolveError::WhichDocument(argument.to_owned(), names.join(", ")).into());
    }
    found.all.pop().ok_or_else(|| ResolveError::NoDocument(argument.to_owned()).into())
}

/// Says on standard error what is to be said about the files read.
pub(super) fn warn(warnings: &[Diagnostic], terminal: &Terminal) {
    for warning in warnings {
        terminal.message(&format!("warning: {}\n", printable(&warning.message)));
    }
}
