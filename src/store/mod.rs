//! The only part that touches the disk: finds and loads a workspace, reads templates and logos, writes what was made.
//!
//! [`read`] reads files defensively, [`load`] turns them into a [`Workspace`](crate::model::Workspace), [`write`](mod@write)
//! puts results into an output folder, each file whole or not at all, [`folder`] replaces folders as a whole, [`made`] keeps
//! what others put there, [`watch`] tells what was saved, and [`journal`] changes sources, all or none. [`office`] runs
//! LibreOffice where a document has to be converted first.

#![expect(clippy::disallowed_methods, reason = "this is where the disk is touched")]

pub mod folder;
pub mod journal;
pub mod load;
pub mod made;
pub mod office;
pub mod read;
pub mod watch;
pub mod write;

use std::path::{Path, PathBuf};

use thiserror::Error;

/// The folder of a workspace that holds its sources.
pub const PROTOCOLS: &str = "protocols";

/// The file of a workspace that holds what goes for all its councils.
pub const SETTINGS_FILE: &str = "engross.toml";

/// A file that says who a council is.
pub const COUNCIL_FILE: &str = "council.toml";

/// The folder of a workspace that holds its own templates.
pub const TEMPLATES: &str = "templates";

/// Something the disk would not do.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No folder with a `protocols` folder in it, here or above.
    #[error(
        "there is no workspace here: neither {0} nor a folder above it has a folder `protocols`. \
         Go to your workspace, name it with --workspace, or make one with `engross new workspace`"
    )]
    NoWorkspace(String),
    /// The folder named is no workspace.
    #[error("{0} is no workspace: there is no folder `protocols` in it")]
    NotAWorkspace(String),
    /// The place for results is something else than a folder.
    #[error("{0} is not a folder: name another with --out")]
    NotAFolder(String),
    /// A folder that is to be made anew holds what somebody else has put there.
    #[error("{0} holds what engross has not made, and is left as it is: name another folder with --out, or empty it")]
    NotOurs(String),
    /// A folder that is to be made anew holds, besides what engross made, what somebody else has put there.
    #[error(
        "{folder} holds files that engross did not put there and that would be lost: {files}. Nothing was changed. Move them \
         elsewhere: what lies among the chapters of a book of your own comes into the site each time it is made. Or name \
         another folder with --out"
    )]
    WouldBeLost {
        /// The folder.
        folder: String,
        /// The first of the files, and how many more there are.
        files: String,
    },
    /// The folder of a book's sources that is for what engross makes holds something else.
    #[error(
        "{0} holds files of your own, where engross puts the documents to download: give that folder another name, in your \
         chapters, too"
    )]
    NotOursInBook(String),
    /// The current folder cannot be determined.
    #[error("the current folder cannot be read: {0}")]
    NoCurrentFolder(std::io::Error),
    /// A file could not be read.
    #[error("{path} cannot be read: {error}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// A file could not be written.
    #[error("{path} cannot be written: {error}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The place would be outside the output folder.
    #[error(
        "{0} is not written: a symbolic link leads out of the output folder there. Remove the link, or choose another --out"
    )]
    OutsideOutput(String),
    /// A source is not as it was read.
    #[error("{0} has been changed in the meantime, and is left as it is: do it again")]
    Changed(String),
    /// Another run goes on changing the workspace.
    #[error("another engross is changing the workspace: try again ({0})")]
    Busy(String),
    /// A change of several sources was interrupted and cannot be completed.
    #[error(
        "a change of several sources was interrupted, and the files have been changed by hand since: it can neither be \
         completed nor taken back. Look at what {0} says was to be done, put the files right, and delete it"
    )]
    Interrupted(String),
    /// A change of several sources could neither be made nor taken back.
    #[error(
        "{0}. Part of the change is made: put that right, and the next command that reads the sources makes the rest"
    )]
    Unfinished(String),
    /// A new file or folder would take the place of one that is there.
    #[error("{0} is there already, and is left as it is")]
    Exists(String),
}

/// The workspace to work in: `given`, else the nearest folder from the current one upwards that holds `protocols`.
///
/// # Errors
/// When there is none.
pub fn find_workspace(given: Option<&Path>) -> Result<PathBuf, StoreError> {
    if let Some(given) = given {
        let found = given.join(PROTOCOLS).is_dir().then(|| given.to_owned());
        return found.ok_or_else(|| StoreError::NotAWorkspace(given.display().to_string()));
    }
    let here = std::env::current_dir().map_err(StoreError::NoCurrentFolder)?;
    let found = here.ancestors().find(|folder| folder.join(PROTOCOLS).is_dir());
    found.map(Path::to_owned).ok_or_else(|| StoreError::NoWorkspace(here.display().to_string()))
}

/// A path without symbolic links, as far as it leads somewhere.
pub fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A path as messages show it: relative to the workspace where it lies in it, with `/`.
pub(crate) fn shown(path: &Path, workspace: Option<&Path>) -> String {
    let inside = workspace.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
    inside.display().to_string().replace('\\', "/")
}
