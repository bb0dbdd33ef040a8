//! The versions that a command's ADDRESS arguments name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostic;
use crate::model::{Edition, Query, Workspace};
use crate::store::{find_workspace, load};

use super::Failure;
use super::progress::Progress;

/// What an ADDRESS says, in every command's help.
pub(super) const ADDRESS_HELP: &str =
    "COUNCIL, COUNCIL/DOCUMENT, COUNCIL/DOCUMENT@VERSION, or a path to a .toml file [default: everything]";

/// What was selected.
pub(super) struct Selection {
    /// The versions, in order.
    pub(super) editions: Vec<Edition>,
    /// What is to be said about the files read.
    pub(super) warnings: Vec<Diagnostic>,
    /// The workspace, unless only files were named and none is around.
    pub(super) root: Option<PathBuf>,
}

/// An ADDRESS argument.
pub(super) enum Target {
    File(PathBuf),
    Query(Query),
}

pub(super) fn target(argument: &str) -> Result<Target, Failure> {
    let is_path = Path::new(argument).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    if is_path { Ok(Target::File(PathBuf::from(argument))) } else { Ok(Target::Query(Query::parse(argument)?)) }
}

/// The versions named; without any address, every version of the workspace.
pub(super) fn select(addresses: &[String], workspace: Option<&Path>) -> Result<Selection, Failure> {
    let targets = addresses.iter().map(|argument| target(argument)).collect::<Result<Vec<_>, _>>()?;
    let queries: Vec<&Query> =
        targets.iter().filter_map(|t| if let Target::Query(q) = t { Some(q) } else { None }).collect();
    let root = match find_workspace(workspace) {
        Ok(root) => Some(root),
        Err(_) if !targets.is_empty() && queries.is_empty() && workspace.is_none() => None,
        Err(error) => return Err(error.into()),
    };
    let mut warnings = Vec::new();
    let mut whole = Workspace::default();
    if let Some(root) = &root
        && (targets.is_empty() || !queries.is_empty())
    {
        let councils: BTreeSet<String> = queries.iter().map(|query| query.council.clone()).collect();
        let wanted = (!targets.is_empty()).then_some(&councils);
        let progress = Progress::new("reading");
        let loaded = load::workspace(root, wanted, |councils| progress.expect(councils), || progress.step());
        progress.finish();
        let loaded = loaded.map_err(Failure::Sources)?;
        warnings.extend(loaded.warnings);
        whole = loaded.value;
        if targets.is_empty() {
            return Ok(Selection { editions: whole.into_editions(), warnings, root: Some(root.clone()) });
        }
    }
    let mut editions: Vec<Edition> = Vec::new();
    for target in &targets {
        let edition = match target {
            Target::Query(query) => resolve(&whole, query, root.as_deref())?.clone(),
            Target::File(path) => {
                let loaded = load::file(path).map_err(Failure::Sources)?;
                warnings.extend(loaded.warnings);
                loaded.value
            }
        };
        let same = |other: &Edition| match (&other.address, &edition.address) {
            (Some(other), Some(address)) => other == address,
            _ => other.source.path == edition.source.path,
        };
        if !editions.iter().any(same) {
            editions.push(edition);
        }
    }
    Ok(Selection { editions, warnings, root })
}

/// Resolves a query; a council that is not there is looked for among all, for the sake of the hint.
fn resolve<'a>(workspace: &'a Workspace, query: &Query, root: Option<&Path>) -> Result<&'a Edition, Failure> {
    let absent = !workspace.councils.iter().any(|council| council.id == query.council);
    if absent && let Some(Ok(all)) = root.map(|root| load::workspace(root, None, |_| (), || ())) {
        all.value.resolve(query)?;
    }
    Ok(workspace.resolve(query)?)
}
