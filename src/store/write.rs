//! Writes results, each file whole or not at all.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use super::StoreError;

/// A folder that results are written into, and nothing outside it.
#[derive(Debug)]
pub struct Output {
    /// As the user named it, for messages.
    named: PathBuf,
    /// The same without symbolic links.
    real: PathBuf,
    /// Folders inside it that have been made, or found to be inside it.
    made: Mutex<HashSet<PathBuf>>,
}

impl Output {
    /// Opens the folder, making it if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::Write { path: folder.display().to_string(), error };
        fs::create_dir_all(folder).map_err(failed)?;
        let real = fs::canonicalize(folder).map_err(failed)?;
        Ok(Self { named: folder.to_owned(), real, made: Mutex::default() })
    }

    /// Writes a file at a path inside the folder. A reader sees the old file or the new one, never a part; if nothing changed
    /// the file is left alone. Gives the path as messages show it.
    ///
    /// # Errors
    /// When it cannot be written, or would come to lie outside the folder.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let shown = self.named.join(path);
        let failed = |error| StoreError::Write { path: shown.display().to_string(), error };
        let outside = || StoreError::OutsideOutput(shown.display().to_string());
        if path.components().any(|part| !matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        let target = self.real.join(path);
        let folder = target.parent().unwrap_or(&self.real);
        self.make_folder(folder).map_err(|error| error.map_or_else(outside, failed))?;
        if fs::read(&target).is_ok_and(|old| old == bytes) {
            return Ok(shown);
        }
        replace(&target, bytes).map_err(failed)?;
        Ok(shown)
    }

    /// Makes a folder inside this one, step by step, so that no symbolic link on the way is followed out of it.
    fn make_folder(&self, folder: &Path) -> Result<(), Option<std::io::Error>> {
        if self.made.lock().is_ok_and(|made| made.contains(folder)) {
            return Ok(());
        }
        let mut at = self.real.clone();
        for part in folder.strip_prefix(&self.real).map_err(|_| None)? {
            at.push(part);
            match fs::create_dir(&at) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    let real = fs::canonicalize(&at).map_err(Some)?;
                    if !real.starts_with(&self.real) {
                        return Err(None);
                    }
                }
                Err(error) => return Err(Some(error)),
            }
        }
        if let Ok(mut made) = self.made.lock() {
            made.insert(folder.to_owned());
        }
        Ok(())
    }
}

/// Puts a file in the place of another, or where none was: written beside it under another name, then renamed.
pub(crate) fn replace(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".engross-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: readable by all, less what the user's mask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.flush()?;
    file.persist(target).map(drop).map_err(|error| error.error)
}

/// Makes a new file, and the folders it needs; never replaces one.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let shown = path.display().to_string();
    if path.exists() {
        return Err(StoreError::Exists(shown));
    }
    let failed = |error| StoreError::Write { path: shown.clone(), error };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    replace(path, bytes).map_err(failed)
}

/// Writes one file that the user named.
///
/// # Errors
/// When it cannot be written.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(path, bytes).map_err(|error| StoreError::Write { path: path.display().to_string(), error })
}
