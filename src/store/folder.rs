//! Folders that are made as a whole: the site, and what is put into the sources of a book.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use super::write::Output;
use super::{PROTOCOLS, SETTINGS_FILE, StoreError, TEMPLATES};

/// The files by which a folder is known to have been made here, so that all of it may be replaced: it has all of them.
pub type Marks<'a> = &'a [&'a str];

/// The settings of a book.
pub const BOOK: &str = "book.toml";

/// A folder beside the place where its contents are to be, which goes when it is dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    output: Output,
}

impl Scratch {
    /// Makes one beside `place`, where a folder with these marks may be.
    ///
    /// # Errors
    /// When it cannot be made, or something stands at `place` that engross has not made.
    pub fn beside(place: &Path, marks: Marks<'_>) -> Result<Self, StoreError> {
        may_replace(place, marks)?;
        let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |error| StoreError::Write { path: place.display().to_string(), error };
        fs::create_dir_all(parent).map_err(failed)?;
        // mdBook is told where things are from its own folder, not from here.
        let parent = fs::canonicalize(parent).map_err(failed)?;
        let folder = tempfile::Builder::new().prefix(".engross-").tempdir_in(parent).map_err(failed)?;
        let output = Output::open(folder.path())?;
        Ok(Self { folder, output })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file at a path inside it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        self.output.write(path, bytes).map(drop)
    }

    /// Removes a folder inside it, if it is there.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(&self, inside: &Path) -> Result<(), StoreError> {
        let path = self.path().join(inside);
        let failed = |error| StoreError::Write { path: path.display().to_string(), error };
        if path.is_dir() { fs::remove_dir_all(&path).map_err(failed) } else { Ok(()) }
    }

    /// Puts a folder inside it at `place`, whole: until then what was there stays, and then it goes.
    ///
    /// # Errors
    /// When it cannot be put there; then what was there is there again.
    pub fn put(&self, inside: &str, place: &Path, marks: Marks<'_>) -> Result<(), StoreError> {
        let failed = |error| StoreError::Write { path: place.display().to_string(), error };
        may_replace(place, marks)?;
        let (made, old) = (self.path().join(inside), self.path().join("old"));
        if !place.exists() {
            return fs::rename(made, place).map_err(failed);
        }
        fs::rename(place, &old).map_err(failed)?;
        fs::rename(made, place).map_err(|error| {
            let _ = fs::rename(&old, place);
            failed(error)
        })
    }
}

/// That nothing stands at a place, or only what was made here.
fn may_replace(place: &Path, marks: Marks<'_>) -> Result<(), StoreError> {
    let shown = || place.display().to_string();
    match fs::symlink_metadata(place) {
        Err(_) => Ok(()),
        Ok(data) if !data.is_dir() => Err(StoreError::NotAFolder(shown())),
        Ok(_) if marks.iter().all(|mark| place.join(mark).is_file()) => Ok(()),
        Ok(_) => {
            let failed = |error| StoreError::Read { path: shown(), error };
            let empty = fs::read_dir(place).map_err(failed)?.next().is_none();
            if empty { Ok(()) } else { Err(StoreError::NotOurs(shown())) }
        }
    }
}

/// That a folder in the sources of a book is free for what engross makes, or holds that already.
///
/// # Errors
/// When it holds something else.
pub fn is_ours_in_book(folder: &Path, marks: Marks<'_>) -> Result<(), StoreError> {
    may_replace(folder, marks).map_err(|error| match error {
        StoreError::NotOurs(shown) | StoreError::NotAFolder(shown) => StoreError::NotOursInBook(shown),
        other => other,
    })
}

/// Makes a folder in the sources of a book hold these files and no others; what is the same is left alone, so that nobody who
/// watches it sees a change.
///
/// # Errors
/// When it cannot be written, or holds what engross has not made.
pub fn hold(folder: &Path, files: &[(PathBuf, &[u8])], marks: Marks<'_>) -> Result<(), StoreError> {
    is_ours_in_book(folder, marks)?;
    let output = Output::open(folder)?;
    for (path, bytes) in files {
        output.write(path, bytes)?;
    }
    let kept: BTreeSet<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    for path in all_files(folder) {
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        if !kept.contains(inside) {
            let failed = |error| StoreError::Write { path: path.display().to_string(), error };
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// Every file in a folder and those in it; links are not followed.
fn all_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let below = entries.flat_map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => all_files(&entry.path()),
        _ => vec![entry.path()],
    });
    let mut files: Vec<PathBuf> = below.collect();
    files.sort();
    files
}

/// The settings of a workspace's book, if it has one.
///
/// # Errors
/// When they are there and cannot be read.
pub fn book(root: &Path) -> Result<Option<String>, StoreError> {
    let path = root.join(BOOK);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::Read { path: path.display().to_string(), error }),
    }
}

/// What a site is made of, as it is now: every file with its length and when it was written. Two that are alike say that
/// nothing was saved in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Sources {
    /// Those of a workspace, and of its book if that has chapters in the folder `pages`.
    pub fn now(root: &Path, pages: Option<&Path>) -> Self {
        let folders = [root.join(PROTOCOLS), root.join(TEMPLATES)].into_iter().chain(pages.map(Path::to_owned));
        let files = folders.flat_map(|folder| all_files(&folder)).chain([root.join(BOOK), root.join(SETTINGS_FILE)]);
        let seen = files.filter_map(|path| {
            let data = fs::metadata(&path).ok()?;
            Some((path, data.len(), data.modified().ok()))
        });
        Self(seen.collect())
    }
}

/// A file of a site, by the path that a browser asks for; nothing where there is none, and nothing that lies elsewhere.
pub fn served(site: &Path, path: &Path) -> Option<Vec<u8>> {
    if path.components().any(|part| !matches!(part, Component::Normal(_))) {
        return None;
    }
    let asked = site.join(path);
    let asked = if asked.is_dir() { asked.join("index.html") } else { asked };
    let real = fs::canonicalize(asked).ok()?;
    let inside = real.starts_with(fs::canonicalize(site).ok()?) && real.is_file();
    inside.then(|| fs::read(real).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_somebody_elses_is_not_replaced() {
        let folder = TempDir::new().expect("a folder");
        let place = folder.path().join("site");
        let put = |words: &str| {
            let scratch = Scratch::beside(&place, &["index.html", "a.js"])?;
            scratch.write(Path::new("made/index.html"), words.as_bytes())?;
            scratch.write(Path::new("made/a.js"), b"")?;
            scratch.put("made", &place, &["index.html", "a.js"])
        };
        put("one").expect("nothing is there");
        fs::write(place.join("left.html"), "left").expect("written");
        put("two").expect("what is there is ours");
        assert_eq!(fs::read_to_string(place.join("index.html")).expect("there"), "two");
        assert!(!place.join("left.html").exists(), "all of it is made anew");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1, "nothing is left beside it");

        fs::remove_file(place.join("a.js")).expect("removed");
        assert!(matches!(put("three"), Err(StoreError::NotOurs(_))));
        assert_eq!(fs::read_to_string(place.join("index.html")).expect("there"), "two");
    }

    #[test]
    fn a_folder_holds_what_it_is_to_hold_and_no_more() {
        let folder = TempDir::new().expect("a folder");
        let place = folder.path().join("files");
        hold(&place, &[("a/x.txt".into(), b"x"), ("y.txt".into(), b"y")], &["a/x.txt"]).expect("written");
        hold(&place, &[("a/x.txt".into(), b"x2")], &["a/x.txt"]).expect("written");
        let names: Vec<_> =
            all_files(&place).iter().map(|path| path.strip_prefix(&place).unwrap().to_owned()).collect();
        assert_eq!(names, [Path::new("a/x.txt")]);
        assert!(matches!(hold(&place, &[], &["z.txt"]), Err(StoreError::NotOursInBook(_))));
    }

    #[test]
    fn nothing_outside_a_site_is_served() {
        let folder = TempDir::new().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("a")).expect("made");
        fs::write(site.join("a/index.html"), "page").expect("written");
        fs::write(folder.path().join("secret"), "secret").expect("written");
        assert_eq!(served(&site, Path::new("a")).as_deref(), Some(&b"page"[..]));
        for path in ["../secret", "a/../../secret", "/etc/passwd", "none"] {
            assert_eq!(served(&site, Path::new(path)), None, "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), site.join("link")).expect("linked");
            assert_eq!(served(&site, Path::new("link")), None);
        }
    }
}
