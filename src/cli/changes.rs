//! Changes of sources: gathered, shown, and written all or none.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::diagnostics::printable;
use crate::model::{Edition, Protocol};
use crate::read::{self, amend};
use crate::source::Source;
use crate::store::journal::{self, Change};
use crate::store::read as files;

use super::documents::Found;
use super::{Failure, Terminal};

/// Sources with what is to become of them, all of one workspace.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The workspace; none for a file outside one.
    pub(super) root: Option<PathBuf>,
    /// What is to be changed.
    pub(super) changes: Vec<Change>,
}

impl Sources {
    /// Notes that a version's source is to say something else about it: what `change` makes of what it says now.
    pub(super) fn amend(
        &mut self,
        found: &Found,
        edition: &Edition,
        change: impl FnOnce(&mut Protocol),
    ) -> Result<(), Failure> {
        let path = found.path(edition);
        let before = self.changes.iter().position(|change| change.path == path);
        let source = match before.and_then(|at| self.changes[at].to.clone()) {
            Some(text) => Source::new(edition.source.path.as_ref(), text),
            None => self.source(found, edition)?,
        };
        let mut protocol = read::protocol(&source).map_err(Failure::Sources)?.value;
        change(&mut protocol);
        let to = amend(&source, &protocol)?;
        let from = source.text.to_string();
        match before {
            Some(at) => self.changes[at].to = Some(to),
            None if to != from => self.changes.push(Change { path, from: Some(from), to: Some(to) }),
            None => {}
        }
        Ok(())
    }

    /// Notes that a version's source, as it is after [`Sources::amend`], is to have another name.
    pub(super) fn rename(&mut self, found: &Found, edition: &Edition, to: PathBuf) {
        let path = found.path(edition);
        let Some(change) = self.changes.iter_mut().find(|change| change.path == path) else { return };
        let text = change.to.take();
        self.changes.push(Change { path: to, from: None, to: text });
    }

    /// The source as it was read; of a version of which only the facts are kept, as it is now.
    fn source(&mut self, found: &Found, edition: &Edition) -> Result<Source, Failure> {
        self.root.clone_from(&found.root);
        if !edition.source.text.is_empty() {
            return Ok(edition.source.clone());
        }
        let path = found.path(edition);
        let whole = found.root.as_ref().map_or_else(|| path.clone(), |root| root.join(&path));
        let source = files::source(&whole, found.root.as_deref()).map_err(|fault| Failure::Sources(vec![*fault]))?;
        Ok(Source::new(edition.source.path.as_ref(), source.text))
    }

    /// What is to be changed, as a difference of lines.
    pub(super) fn difference(&self) -> String {
        // A file under a new name is shown as one file.
        let renamed = |change: &&Change| change.from.is_none();
        let new = self.changes.iter().find(renamed);
        let shown = self.changes.iter().filter(|change| change.from.is_some());
        let one = |change: &Change| match (&change.to, new) {
            (None, Some(new)) => unified(&change.path, &new.path, change.from.as_deref(), new.to.as_deref()),
            _ => unified(&change.path, &change.path, change.from.as_deref(), change.to.as_deref()),
        };
        shown.map(one).collect()
    }
}

fn unified(old: &Path, new: &Path, from: Option<&str>, to: Option<&str>) -> String {
    let (old, new) = (old.display().to_string(), new.display().to_string());
    let diff = TextDiff::from_lines(from.unwrap_or_default(), to.unwrap_or_default());
    diff.unified_diff().header(&old, &new).to_string()
}

/// Writes all changes, or none.
fn write(sources: Sources) -> Result<(), Failure> {
    match (&sources.root, sources.changes.as_slice()) {
        (_, []) => Ok(()),
        (Some(root), changes) => Ok(journal::apply(root, changes)?),
        // Outside a workspace there is one file, and no other version.
        (None, changes) => Ok(changes.iter().try_for_each(journal::alone)?),
    }
}

/// Writes all changes, or only shows them.
pub(super) fn deliver(sources: Sources, dry_run: bool, terminal: &Terminal) -> Result<(), Failure> {
    if dry_run {
        let shown: Vec<String> = sources.difference().lines().map(|line| printable(line) + "\n").collect();
        terminal.result(&shown.concat())?;
        terminal.message("This is what would be changed; nothing was.\n");
        return Ok(());
    }
    let paths: Vec<String> =
        sources.changes.iter().filter(|change| change.to.is_some()).map(|c| c.path.display().to_string()).collect();
    write(sources)?;
    paths.iter().for_each(|path| terminal.message(&format!("changed {}\n", printable(path))));
    Ok(())
}
