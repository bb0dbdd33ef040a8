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
        if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
            return Err(StoreError::NotAFolder(folder.display().to_string()));
        }
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
        if holds(&target, bytes) {
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
        sweep(folder);
        if let Ok(mut made) = self.made.lock() {
            made.insert(folder.to_owned());
        }
        Ok(())
    }
}

/// Whether a file is there with these bytes. Nothing but a plain file is opened: a pipe would never end.
pub(crate) fn holds(target: &Path, bytes: &[u8]) -> bool {
    let plain = |data: &fs::Metadata| data.is_file() && data.len() == bytes.len() as u64;
    fs::symlink_metadata(target).is_ok_and(|data| plain(&data)) && fs::read(target).is_ok_and(|old| old == bytes)
}

/// How the names of files begin and end that are being written.
const UNFINISHED: (&str, &str) = (".engross-", ".tmp");

pub(super) fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)
}

/// Removes what a run that was killed has left behind in a folder: unfinished files that nobody holds locked.
pub(super) fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let unfinished = entries.filter(|entry| {
        let name = entry.file_name();
        let plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        plain && is_unfinished(&name.to_string_lossy())
    });
    for entry in unfinished {
        let abandoned = fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if abandoned {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// How often a file is made again that another run has swept away between being made and being locked.
const ATTEMPTS: usize = 20;

/// Puts a file in the place of another, or where none was: written beside it under another name, then renamed.
pub(crate) fn replace(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    again(|| beside(target, bytes)?.persist(target).map(drop).map_err(|error| error.error))
}

/// As [`replace`], for what nobody could make anew: its bytes are on the disk, and who may read them is as it was, before it has
/// its name.
pub(super) fn replace_surely(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let permissions = fs::metadata(target).map(|data| data.permissions()).ok();
    again(|| {
        let made = beside(target, bytes)?;
        if let Some(permissions) = &permissions {
            made.as_file().set_permissions(permissions.clone())?;
        }
        made.as_file().sync_all()?;
        made.persist(target).map(drop).map_err(|error| error.error)
    })
}

fn again(write: impl Fn() -> std::io::Result<()>) -> std::io::Result<()> {
    let swept =
        |done: &std::io::Result<()>| done.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    let mut done = write();
    for _ in 1..ATTEMPTS {
        if !swept(&done) {
            break;
        }
        done = write();
    }
    done
}

/// The folder in which a file is or is to be.
fn in_which(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A finished file beside its place, locked.
pub(super) fn beside(target: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file: readable by all, less what the user's mask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(in_which(target)).map_err(unnamed)?;
    // Where files cannot be locked, nothing is swept either.
    let _ = file.as_file().lock();
    file.as_file_mut().write_all(bytes)?;
    Ok(file)
}

/// The error without the name of the unfinished file, which says nothing to anybody.
fn unnamed(error: std::io::Error) -> std::io::Error {
    let inner = error.get_ref().and_then(|inner| inner.source()?.downcast_ref::<std::io::Error>());
    inner.and_then(std::io::Error::raw_os_error).map_or(error, std::io::Error::from_raw_os_error)
}

/// Makes a new file, and the folders it needs; never replaces one. If it cannot be made, the folders are not there either.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let shown = path.display().to_string();
    let folder = path.parent().unwrap_or(Path::new(""));
    let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).count();
    let done = create_in(folder, path, bytes);
    if done.is_err() {
        // Only what is empty goes: another run may have put something there.
        let _ = folder.ancestors().take(missing).try_for_each(fs::remove_dir);
    }
    done.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => StoreError::Exists(shown),
        _ => StoreError::Write { path: shown, error },
    })
}

fn create_in(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder)?;
    }
    sweep(in_which(path));
    again(|| {
        let made = beside(path, bytes)?;
        made.as_file().sync_all()?;
        made.persist_noclobber(path).map(drop).map_err(|error| error.error)
    })
}

/// Writes one file that the user named. A link is followed, and what is no file, such as `/dev/null`, is written into.
///
/// # Errors
/// When it cannot be written.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |error| StoreError::Write { path: path.display().to_string(), error };
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.exists() && !target.is_file() {
        return fs::write(&target, bytes).map_err(failed);
    }
    sweep(in_which(&target));
    replace(&target, bytes).map_err(failed)
}
