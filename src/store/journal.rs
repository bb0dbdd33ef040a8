//! Changes several sources in one step: either all of them are changed or none, whatever happens in between.
//!
//! What is to be changed is first written into a journal, whole; from then on the change is certain. If the program is killed
//! after that, whoever reads the workspace next completes it. The journal is locked while it is worked off, so nobody sees
//! half of a change.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use same_file::Handle;
use serde::{Deserialize, Serialize};

use super::write::{beside, replace_surely, sweep};
use super::{PROTOCOLS, StoreError};

/// A change of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The file, from the root of the workspace.
    pub path: PathBuf,
    /// The text it has, without a byte-order mark; none where there is no such file.
    pub from: Option<String>,
    /// The text it gets; none where it is removed.
    pub to: Option<String>,
}

/// Beside the councils, and hidden: nothing takes it for one.
const JOURNAL: &str = ".engross-journal";

/// As often as another run may get in between before it is given up.
const ATTEMPTS: usize = 100;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Makes all changes, or none.
///
/// # Errors
/// When a file is not as it was read any more, or cannot be written; nothing is changed then.
pub fn apply(root: &Path, changes: &[Change]) -> Result<(), StoreError> {
    let journal = root.join(PROTOCOLS).join(JOURNAL);
    let text = serde_json::to_vec_pretty(changes).map_err(|error| failed(&journal, error.into()))?;
    for _ in 0..ATTEMPTS {
        complete(root)?;
        clear(root, changes);
        let beside = beside(&journal, &text).map_err(|error| failed(&journal, error))?;
        beside.as_file().sync_all().map_err(|error| failed(&journal, error))?;
        match beside.persist_noclobber(&journal) {
            // It stays locked until `held` is dropped.
            Ok(held) => {
                sync_folder(&journal);
                // Only now nobody else can change anything.
                let done = verify(root, changes).and_then(|()| work_off(root, changes));
                let kept = matches!(done, Err(StoreError::Unfinished { .. }));
                if !kept {
                    fs::remove_file(&journal).map_err(|error| failed(&journal, error))?;
                }
                drop(held);
                return done;
            }
            // Another run was quicker, or took this journal, just made and not yet locked, for one that was abandoned.
            Err(error) if matches!(error.error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => {}
            Err(error) => return Err(failed(&journal, error.error)),
        }
    }
    Err(StoreError::Busy(journal.display().to_string()))
}

/// Makes the change of one file that stands in no workspace.
///
/// # Errors
/// When the file is not as it was read any more, or cannot be written.
pub fn alone(change: &Change) -> Result<(), StoreError> {
    let here = Path::new("");
    verify(here, std::slice::from_ref(change))?;
    change.make(here)
}

/// Completes what a run that was killed had begun, if there is anything; waits for a run that is still at it.
///
/// # Errors
/// When it cannot be completed, because a file cannot be written or has been changed by hand since.
pub fn complete(root: &Path) -> Result<(), StoreError> {
    let journal = root.join(PROTOCOLS).join(JOURNAL);
    let interrupted = || StoreError::Interrupted(journal.display().to_string());
    let Some(mut file) = locked(&journal).map_err(|error| failed(&journal, error))? else { return Ok(()) };
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|_| interrupted())?;
    let changes: Vec<Change> = serde_json::from_str(&text).map_err(|_| interrupted())?;
    if !changes.iter().all(|change| is_source(root, &change.path)) {
        return Err(interrupted());
    }
    let states = changes.iter().map(|change| change.state(root)).collect::<Result<Vec<State>, _>>()?;
    let begun = states.contains(&State::Made);
    let other = states.contains(&State::Other);
    if begun && other {
        return Err(interrupted());
    }
    // Where nothing was done yet and a file has been changed since, there is nothing to complete.
    if !other {
        let open = changes.iter().zip(&states).filter(|(_, state)| **state == State::Open).map(|(change, _)| change);
        in_order(open).into_iter().try_for_each(|change| change.make(root))?;
    }
    clear(root, &changes);
    fs::remove_file(&journal).map_err(|error| failed(&journal, error))
}

/// Removes what a run that was killed has left unfinished beside the files of these changes.
fn clear(root: &Path, changes: &[Change]) {
    let folders = changes.iter().filter_map(|change| change.path.parent()).chain([Path::new(PROTOCOLS)]);
    folders.for_each(|folder| sweep(&root.join(folder)));
}

/// When a journal came or went last: what is read between two that are alike is of no change half made.
pub(super) fn last(root: &Path) -> Option<SystemTime> {
    fs::metadata(root.join(PROTOCOLS)).and_then(|data| data.modified()).ok()
}

/// The journal, once nobody else works it off; none if there is none.
fn locked(journal: &Path) -> std::io::Result<Option<File>> {
    let absent = |error: &std::io::Error| error.kind() == ErrorKind::NotFound;
    loop {
        // Nothing but a plain file is opened: a pipe would never end.
        match fs::symlink_metadata(journal) {
            Err(error) if absent(&error) => return Ok(None),
            Ok(data) if !data.is_file() => return Err(std::io::Error::other("it is not a file")),
            _ => {}
        }
        let file = match File::open(journal) {
            Err(error) if absent(&error) => return Ok(None),
            opened => opened?,
        };
        file.lock()?;
        // While this waited, the journal may have been done with, and another have come in its place.
        match Handle::from_path(journal) {
            Ok(now) if now == Handle::from_file(file.try_clone()?)? => return Ok(Some(file)),
            Err(error) if !absent(&error) => return Err(error),
            _ => {}
        }
    }
}

fn failed(path: &Path, error: std::io::Error) -> StoreError {
    StoreError::Write { path: path.display().to_string(), error }
}

/// Whether a path, from a journal that anybody may have put there, is that of a version in the workspace.
fn is_source(root: &Path, path: &Path) -> bool {
    let parts: Vec<_> = path.components().collect();
    let plain = parts.iter().all(|part| matches!(part, Component::Normal(_)));
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inside = |path: &Path| real(path).zip(real(root)).is_some_and(|(path, root)| path.starts_with(root));
    let whole = root.join(path);
    // Neither the folder nor the file may be a link that leads out.
    let inside = || whole.parent().is_some_and(inside) && (fs::symlink_metadata(&whole).is_err() || inside(&whole));
    let source = path.extension().is_some_and(|extension| extension == "toml");
    plain && source && parts.len() == 4 && path.starts_with(PROTOCOLS) && inside()
}

fn verify(root: &Path, changes: &[Change]) -> Result<(), StoreError> {
    for change in changes {
        let shown = || change.path.display().to_string();
        match change.state(root)? {
            State::Open => {}
            _ if change.from.is_none() => return Err(StoreError::Exists(shown())),
            _ => return Err(StoreError::Changed(shown())),
        }
    }
    Ok(())
}

/// Files are removed last: what is written before can be taken back on a disk that is full, but a file not be written again.
fn in_order<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<&'a Change> {
    let (mut written, removed): (Vec<_>, Vec<_>) = changes.partition(|change| change.to.is_some());
    written.extend(removed);
    written
}

/// Makes the changes in turn; if one cannot be made, takes back those made before it.
fn work_off(root: &Path, changes: &[Change]) -> Result<(), StoreError> {
    let changes = in_order(changes.iter());
    for (nth, change) in changes.iter().enumerate() {
        let Err(error) = change.make(root) else { continue };
        for made in changes[..nth].iter().rev() {
            let back = Change { path: made.path.clone(), from: made.to.clone(), to: made.from.clone() };
            if back.make(root).is_err() {
                return Err(StoreError::Unfinished(error.to_string()));
            }
        }
        return Err(error);
    }
    Ok(())
}

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The file is as it was.
    Open,
    /// The file is as it is to be.
    Made,
    /// The file is neither.
    Other,
}

impl Change {
    /// The text of the file as it is; none if there is none.
    fn now(&self, root: &Path) -> Result<Option<String>, StoreError> {
        let path = root.join(&self.path);
        match fs::read(&path) {
            // What is no text is none that was read or is to be written.
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(&path).is_err() => Ok(None),
            Err(error) => Err(StoreError::Read { path: path.display().to_string(), error }),
        }
    }

    fn state(&self, root: &Path) -> Result<State, StoreError> {
        let now = self.now(root)?;
        Ok(match () {
            () if same(now.as_deref(), self.to.as_deref()) => State::Made,
            () if same(now.as_deref(), self.from.as_deref()) => State::Open,
            () => State::Other,
        })
    }

    fn make(&self, root: &Path) -> Result<(), StoreError> {
        let named = root.join(&self.path);
        // A link stays a link: the file it leads to is changed.
        let path = fs::canonicalize(&named).unwrap_or_else(|_| named.clone());
        let done = match &self.to {
            None => fs::remove_file(&named).map(|()| sync_folder(&named)),
            Some(text) => {
                let mark = self.now(root)?.is_some_and(|now| now.starts_with(BYTE_ORDER_MARK));
                let text = if mark { format!("{BYTE_ORDER_MARK}{text}") } else { text.clone() };
                replace_surely(&path, text.as_bytes()).map(|()| sync_folder(&path))
            }
        };
        done.map_err(|error| failed(&named, error))
    }
}

/// Sees the name of a file onto the disk, as far as the system can: not all open a folder.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

/// Whether two texts are the same but for a byte-order mark.
fn same(now: Option<&str>, wanted: Option<&str>) -> bool {
    now.map(|now| now.strip_prefix(BYTE_ORDER_MARK).unwrap_or(now)) == wanted
}
