//! What is watched while a site is shown: folders with all that is in them, and single files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What is watched.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Folders, with those in them. What editors keep there for themselves is not looked at.
    pub folders: Vec<PathBuf>,
    /// Files, wherever they lie. They need not be there yet.
    pub files: Vec<PathBuf>,
    /// Folders inside those that are made here, not saved by anybody.
    pub except: Vec<PathBuf>,
}

/// What was there at one time: every file with its length and when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new, or was written again.
    Saved(PathBuf),
    /// It is there no more.
    Removed(PathBuf),
}

impl Watch {
    /// What there is now.
    pub fn now(&self) -> Seen {
        let except: Vec<PathBuf> = self.except.iter().map(|folder| super::real(folder)).collect();
        let within = self.folders.iter().flat_map(|folder| files(folder, &except));
        let seen = within.chain(self.files.iter().cloned()).filter_map(|path| {
            let data = fs::metadata(&path).ok()?;
            Some((path, (data.len(), data.modified().ok())))
        });
        Seen(seen.collect())
    }
}

impl Seen {
    /// What changed in the meantime.
    pub fn since(&self, before: &Self) -> Vec<Change> {
        let saved = self.0.iter().filter(|(path, data)| before.0.get(*path) != Some(data));
        let removed = before.0.keys().filter(|path| !self.0.contains_key(*path));
        let saved = saved.map(|(path, _)| Change::Saved(path.clone()));
        saved.chain(removed.cloned().map(Change::Removed)).collect()
    }
}

/// Every file in a folder that somebody may have written.
fn files(folder: &Path, except: &[PathBuf]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let entries = entries.filter(|entry| !is_passing(&entry.file_name().to_string_lossy()));
    let below = entries.flat_map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() && except.contains(&super::real(&entry.path())) => Vec::new(),
        Ok(kind) if kind.is_dir() => files(&entry.path(), except),
        _ => vec![entry.path()],
    });
    below.collect()
}

/// Whether a file or folder of that name is hidden, or what an editor keeps beside a file that it saves.
fn is_passing(name: &str) -> bool {
    const BEFORE: [&str; 3] = [".", "~$", "#"];
    const AFTER: [&str; 7] = ["~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig"];
    // Vim tries with this name whether it may write in a folder.
    name == "4913" || BEFORE.iter().any(|sign| name.starts_with(sign)) || AFTER.iter().any(|end| name.ends_with(end))
}

/// The Markdown files in a folder, in the order of their paths.
pub fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut files = files(folder, &[]);
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn what_was_saved_and_removed_is_told_and_what_editors_keep_is_not() {
        let folder = TempDir::new().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("src/site")).expect("made");
        fs::write(root.join("src/a.md"), "a").expect("written");
        let watch = Watch {
            folders: vec![root.join("src")],
            files: vec![root.join("notes.txt"), root.join(".look.css")],
            except: vec![root.join("src/site")],
        };
        let before = watch.now();
        for passing in [".a.md.swp", ".a.md.un~", "a.md~", "#a.md#", ".#a.md", "~$a.docx", "a.md.tmp", "4913", "a.bak"]
        {
            fs::write(root.join("src").join(passing), "x").expect("written");
        }
        fs::write(root.join("src/site/index.html"), "made").expect("written");
        assert!(watch.now().since(&before).is_empty());
        fs::remove_file(root.join("src/a.md")).expect("removed");
        fs::write(root.join("notes.txt"), "new").expect("written");
        fs::write(root.join(".look.css"), "new").expect("written");
        let changes = watch.now().since(&before);
        let [look, notes, a] = [".look.css", "notes.txt", "src/a.md"].map(|name| root.join(name));
        assert_eq!(changes, [Change::Saved(look), Change::Saved(notes), Change::Removed(a)]);
    }
}
