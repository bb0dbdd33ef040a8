//! Folders that are made as a whole: what engross put into one, and what somebody else did.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::read::all_files;
use super::write::{Output, is_unfinished};

/// The file in a folder made here that lists all others: whatever else is found there is somebody's own, and would be lost.
pub const MADE: &str = ".made-by-engross";

/// What systems put into any folder that somebody looks at.
const PASSING: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// How many files are named that would be lost.
const NAMED: usize = 3;

/// That nothing stands at a place, or only what was made here.
pub(super) fn may_replace(place: &Path) -> Result<(), StoreError> {
    let shown = || place.display().to_string();
    match fs::symlink_metadata(place) {
        Err(_) => return Ok(()),
        Ok(data) if !data.is_dir() => return Err(StoreError::NotAFolder(shown())),
        Ok(_) => {}
    }
    // What cannot be looked at may be somebody's own.
    let there = all_files(place)?;
    let inside: Vec<&Path> = there.iter().filter_map(|path| path.strip_prefix(place).ok()).collect();
    let passes = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        PASSING.contains(&&*name) || is_unfinished(&name)
    };
    let mut kept = inside.into_iter().filter(|path| !passes(path)).peekable();
    if kept.peek().is_none() {
        return Ok(());
    }
    let made = fs::read_to_string(place.join(MADE)).map_err(|_| StoreError::NotOurs(shown()))?;
    let made: HashSet<&str> = made.lines().collect();
    let own: Vec<String> = kept.map(listed).filter(|path| path != MADE && !made.contains(path.as_str())).collect();
    match own.len().saturating_sub(NAMED) {
        _ if own.is_empty() => Ok(()),
        0 => Err(StoreError::WouldBeLost { folder: shown(), files: own.join(", ") }),
        more => Err(StoreError::WouldBeLost {
            folder: shown(),
            files: format!("{} and {more} more", own[..NAMED].join(", ")),
        }),
    }
}

/// What [`MADE`] says of a folder with these files.
pub(super) fn list<'a>(files: impl IntoIterator<Item = &'a PathBuf>) -> String {
    files.into_iter().map(|path| listed(path) + "\n").collect()
}

/// A file as [`MADE`] lists it.
fn listed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// That a folder in the sources of a book is free for what engross makes, or holds that already.
///
/// # Errors
/// When it holds something else.
pub fn is_ours_in_book(folder: &Path) -> Result<(), StoreError> {
    may_replace(folder).map_err(|error| match error {
        StoreError::NotOurs(shown) | StoreError::NotAFolder(shown) | StoreError::WouldBeLost { folder: shown, .. } => {
            StoreError::NotOursInBook(shown)
        }
        other => other,
    })
}

/// Makes a folder in the sources of a book hold these files and no others; what is the same is left alone, so that nobody who
/// watches it sees a change.
///
/// # Errors
/// When it cannot be written, or holds what engross has not made.
pub fn hold(folder: &Path, files: &[(PathBuf, &[u8])]) -> Result<(), StoreError> {
    is_ours_in_book(folder)?;
    let output = Output::open(folder)?;
    let kept: BTreeSet<PathBuf> = files.iter().map(|(path, _)| path.clone()).collect();
    let there = all_files(folder)?;
    let inside = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).to_owned();
    let old: Vec<PathBuf> =
        there.iter().map(inside).filter(|path| !kept.contains(path) && *path != Path::new(MADE)).collect();
    // A run that is ended before it is done has listed all the same what is from here.
    output.write(Path::new(MADE), list(kept.iter().chain(&old)).as_bytes())?;
    for (path, bytes) in files {
        output.write(path, bytes)?;
    }
    for path in old.iter().map(|path| folder.join(path)) {
        let failed = |error| StoreError::Write { path: path.display().to_string(), error };
        fs::remove_file(&path).map_err(failed)?;
    }
    output.write(Path::new(MADE), list(&kept).as_bytes()).map(drop)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_folder_holds_what_it_is_to_hold_and_no_more() {
        let folder = TempDir::new().expect("a folder");
        let place = folder.path().join("files");
        hold(&place, &[("a/x.txt".into(), b"x"), ("y.txt".into(), b"y")]).expect("written");
        hold(&place, &[("a/x.txt".into(), b"x2")]).expect("written");
        let names: Vec<_> = all_files(&place)
            .expect("readable")
            .iter()
            .map(|path| path.strip_prefix(&place).unwrap().to_owned())
            .collect();
        assert_eq!(names, [Path::new(MADE), Path::new("a/x.txt")]);
        fs::write(place.join("mine.png"), "mine").expect("written");
        assert!(matches!(hold(&place, &[]), Err(StoreError::NotOursInBook(_))));
        assert!(place.join("mine.png").exists());
    }
}
