//! Folders that are made as a whole, and take the place of those before them: the site.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use super::StoreError;
use super::made::{MADE, list, may_replace};
use super::read::all_files;
use super::write::{Output, holds};

/// The settings of a book.
pub const BOOK: &str = "book.toml";

/// What a scratch folder is called by, beside the place where its contents are to be.
const PREFIX: &str = ".engross-";

/// The file in it that is locked as long as its run lasts, and says what place it is for.
const LOCK: &str = "engross.lock";

/// What its name begins with until it is locked.
const UNLOCKED: &str = ".tmp";

/// Where in it the folder goes whose place is taken.
const OLD: &str = "old";

/// A folder beside the place where its contents are to be, which goes when it is dropped. What is left of one whose run was ended
/// before goes when the next is made.
#[derive(Debug)]
pub struct Scratch {
    // Dropped first: Windows removes no file that is open.
    _lock: File,
    folder: TempDir,
    output: Output,
    place: PathBuf,
}

impl Scratch {
    /// Makes one beside `place`, where a folder made here may be.
    ///
    /// # Errors
    /// When it cannot be made, or something stands at `place` that engross has not made.
    pub fn beside(place: &Path) -> Result<Self, StoreError> {
        let place = real_place(place);
        let failed = |error| StoreError::Write { path: place.display().to_string(), error };
        // mdBook is told where things are from its own folder, not from here: the place is a whole path.
        let parent = place.parent().ok_or_else(|| StoreError::NotAFolder(place.display().to_string()))?;
        fs::create_dir_all(parent).map_err(failed)?;
        clear(parent)?;
        may_replace(&place)?;
        // Before it is locked, another run may take it for left and clear it: then it is made again.
        let (folder, lock) = locked_in(parent, &place).or_else(|_| locked_in(parent, &place)).map_err(failed)?;
        let output = Output::open(folder.path())?;
        Ok(Self { _lock: lock, folder, output, place })
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

    /// Copies all files of a folder, if it is there, to a path inside it.
    ///
    /// # Errors
    /// When one cannot be read or written.
    pub fn copy(&self, from: &Path, inside: &Path) -> Result<(), StoreError> {
        for path in all_files(from)? {
            let bytes =
                fs::read(&path).map_err(|error| StoreError::Read { path: path.display().to_string(), error })?;
            self.write(&inside.join(path.strip_prefix(from).unwrap_or(&path)), &bytes)?;
        }
        Ok(())
    }

    /// The text of a file inside it, if there is one.
    pub fn text(&self, inside: &Path) -> Option<String> {
        fs::read_to_string(self.path().join(inside)).ok()
    }

    /// Every file in a folder inside it, by its path in that folder.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn files(&self, inside: &Path) -> Result<Vec<PathBuf>, StoreError> {
        let folder = self.path().join(inside);
        let files = all_files(&folder)?;
        Ok(files.iter().filter_map(|path| path.strip_prefix(&folder).ok()).map(Path::to_owned).collect())
    }

    /// Whether a file is inside it with these bytes.
    pub fn holds(&self, inside: &Path, bytes: &[u8]) -> bool {
        holds(&self.path().join(inside), bytes)
    }

    /// Removes what is inside it there, if anything is: a folder, or a file and its folder if that is empty then.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(&self, inside: &Path) -> Result<(), StoreError> {
        let path = self.path().join(inside);
        let failed = |error| StoreError::Write { path: path.display().to_string(), error };
        if path.is_dir() {
            return fs::remove_dir_all(&path).map_err(failed);
        }
        if path.is_file() {
            fs::remove_file(&path).map_err(failed)?;
            // This removes none with anything in it.
            let _ = path.parent().map(fs::remove_dir);
        }
        Ok(())
    }

    /// Puts a folder inside it at the place it is for, whole: until then what was there stays, and then it goes.
    ///
    /// # Errors
    /// When it cannot be put there; then what was there is there again.
    pub fn put(&self, inside: &str) -> Result<(), StoreError> {
        let place = &self.place;
        let failed = |error| StoreError::Write { path: place.display().to_string(), error };
        self.write(&Path::new(inside).join(MADE), list(&self.files(Path::new(inside))?).as_bytes())?;
        may_replace(place)?;
        let (made, old) = (self.path().join(inside), self.path().join(OLD));
        if !place.exists() {
            return fs::rename(made, place).map_err(failed);
        }
        if exchanged(&made, place) {
            return Ok(());
        }
        fs::rename(place, &old).map_err(failed)?;
        fs::rename(made, place).map_err(|error| {
            let _ = fs::rename(&old, place);
            failed(error)
        })
    }
}

/// Where a folder is or is to be, without symbolic links as far as there is anything.
pub fn real_place(given: &Path) -> PathBuf {
    let whole = std::path::absolute(given).unwrap_or_else(|_| given.to_owned());
    let real = |above: &Path| {
        let rest = whole.strip_prefix(above).ok()?;
        let real = fs::canonicalize(above).ok()?;
        Some(real.components().chain(rest.components()).collect())
    };
    whole.ancestors().find_map(real).unwrap_or_else(|| whole.clone())
}

fn locked_in(parent: &Path, place: &Path) -> std::io::Result<(TempDir, File)> {
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
    let lock = locked(folder.path(), place)?;
    Ok((folder, lock))
}

/// Locks a scratch folder for this run. It gets its file when that is locked already, so that no other run takes it for left.
fn locked(scratch: &Path, place: &Path) -> std::io::Result<File> {
    let mut file = tempfile::Builder::new().prefix(UNLOCKED).tempfile_in(scratch)?;
    // Where nothing can be locked, nothing is taken for left.
    let _ = file.as_file().lock();
    let name = place.file_name().unwrap_or_default();
    file.write_all(name.as_encoded_bytes())?;
    file.persist(scratch.join(LOCK)).map_err(|error| error.error)
}

/// Clears what runs have left that were ended: their scratch folders. If one was ended while it put its folder in the place of
/// another, that is put back.
fn clear(parent: &Path) -> Result<(), StoreError> {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let scratch = entry.path();
        let Ok(mut lock) = File::options().read(true).write(true).open(scratch.join(LOCK)) else {
            clear_unlocked(&scratch);
            continue;
        };
        if lock.try_lock().is_err() {
            continue;
        }
        let mut name = String::new();
        let old = scratch.join(OLD);
        let named = lock.read_to_string(&mut name).is_ok() && is_a_name(&name);
        if old.is_dir() && !(named && parent.join(&name).exists()) {
            if !named {
                continue;
            }
            let place = parent.join(&name);
            let failed = |error| StoreError::Write { path: place.display().to_string(), error };
            fs::rename(&old, &place).map_err(failed)?;
        }
        empty(&scratch);
        // Windows removes no file that is open.
        drop(lock);
        let _ = fs::remove_dir_all(&scratch);
    }
    Ok(())
}

/// Removes a scratch folder whose run was ended before it had locked it: there is nothing in it but, at most, what was to become
/// the lock.
fn clear_unlocked(scratch: &Path) {
    let within: Vec<_> = fs::read_dir(scratch).into_iter().flatten().flatten().collect();
    let left = |entry: &fs::DirEntry| {
        let named = entry.file_name().to_string_lossy().starts_with(UNLOCKED);
        let plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        named && plain && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
    };
    if within.iter().all(left) {
        within.iter().for_each(|entry| drop(fs::remove_file(entry.path())));
        let _ = fs::remove_dir(scratch);
    }
}

/// Removes what is in a scratch folder but for the file that says it is one: a run that is ended meanwhile leaves what the next clears.
fn empty(scratch: &Path) {
    for entry in fs::read_dir(scratch).into_iter().flatten().flatten().filter(|entry| entry.file_name() != LOCK) {
        let path = entry.path();
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let _ = if folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        empty(self.folder.path());
    }
}

fn is_a_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None))
}

/// Puts each of two folders in the other's place in one step, where the system has that.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchanged(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
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
            let scratch = Scratch::beside(&place)?;
            scratch.write(Path::new("made/index.html"), words.as_bytes())?;
            scratch.write(&Path::new("made/of").join(words), b"")?;
            scratch.put("made")
        };
        put("one").expect("nothing is there");
        fs::write(place.join(".DS_Store"), "").expect("written");
        put("two").expect("what is there is ours");
        assert_eq!(fs::read_to_string(place.join("index.html")).expect("there"), "two");
        assert!(!place.join("of/one").exists(), "all of it is made anew");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1, "nothing is left beside it");

        fs::write(place.join("of/mine.html"), "mine").expect("written");
        let refused = put("three").expect_err("somebody's own would be lost");
        assert!(matches!(&refused, StoreError::WouldBeLost { files, .. } if files == "of/mine.html"), "{refused}");
        for name in ["a", "b", "c", "d"] {
            fs::write(place.join(name), "mine").expect("written");
        }
        let refused = put("three").expect_err("somebody's own would be lost");
        assert!(
            matches!(&refused, StoreError::WouldBeLost { files, .. } if files == "a, b, c and 2 more"),
            "{refused}"
        );
        fs::remove_file(place.join(MADE)).expect("removed");
        assert!(matches!(put("three"), Err(StoreError::NotOurs(_))));
        assert_eq!(fs::read_to_string(place.join("index.html")).expect("there"), "two");
    }

    /// What a run leaves that is ended at once, with a site in its `old`.
    fn left(folder: &Path, name: &str) -> PathBuf {
        let left = folder.join(format!("{PREFIX}{name}"));
        fs::create_dir_all(left.join(OLD)).expect("made");
        fs::write(left.join(OLD).join("index.html"), name).expect("written");
        left
    }

    #[test]
    fn what_an_ended_run_left_is_cleared_and_what_it_had_taken_away_is_put_back() {
        let folder = TempDir::new().expect("a folder");
        let (place, other) = (folder.path().join("site"), folder.path().join("other"));
        let gone = left(folder.path(), "gone");
        drop(locked(&gone, &place).expect("locked"));
        let at_work = left(folder.path(), "at-work");
        let lock = locked(&at_work, &other).expect("locked");
        let somebodys = left(folder.path(), "somebodys");
        // Ended before they had their lock, and one that is about to have it.
        let unbegun = ["empty", "unlocked", "locking"].map(|name| folder.path().join(format!("{PREFIX}{name}")));
        unbegun.iter().for_each(|scratch| fs::create_dir(scratch).expect("made"));
        fs::write(unbegun[1].join(".tmpAbC"), "").expect("written");
        let locking = File::create(unbegun[2].join(".tmpAbC")).expect("made");
        locking.lock().expect("locked");
        clear(folder.path()).expect("cleared");
        assert_eq!(fs::read_to_string(place.join("index.html")).expect("put back"), "gone");
        assert!(!gone.exists() && at_work.exists() && somebodys.exists() && !other.exists());
        assert_eq!(unbegun.map(|scratch| scratch.exists()), [false, false, true]);

        // The site is there: what was to be thrown away is.
        drop(lock);
        fs::create_dir_all(&other).expect("made");
        clear(folder.path()).expect("cleared");
        assert!(!at_work.exists() && !other.join("index.html").exists());
        for name in ["", "..", "a/b", "/etc"] {
            assert!(!is_a_name(name), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_place_is_the_one_that_a_link_leads_to() {
        let folder = TempDir::new().expect("a folder");
        let real = fs::canonicalize(folder.path()).expect("there");
        fs::create_dir_all(real.join("web/site")).expect("made");
        std::os::unix::fs::symlink(real.join("web"), real.join("link")).expect("linked");
        for (given, meant) in [("link/site", "web/site"), ("link/site/", "web/site"), ("link/new/site", "web/new/site")]
        {
            assert_eq!(real_place(&real.join(given)), real.join(meant));
        }
        assert_eq!(real_place(&real.join("link/")), real.join("web"));
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
