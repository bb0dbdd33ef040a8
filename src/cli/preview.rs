//! The page on which an import is checked by eye.

use std::path::Path;

use crate::diagnostics::printable;
use crate::document::preview;
use crate::import::{Manuscript, Report};
use crate::model::{Edition, Settings};
use crate::read;
use crate::render::{Templates, preview as page};
use crate::source::Source;
use crate::store::{find_workspace, load, real, write};

use super::{Failure, Terminal};

/// A page that was asked for.
pub(super) struct Page<'a> {
    /// The file it is written into.
    pub(super) path: &'a Path,
    /// The file that is imported.
    pub(super) file: &'a Path,
    /// The file that the source is written into, if one is named.
    pub(super) output: Option<&'a Path>,
}

impl Page<'_> {
    /// Writes the page, before anything else is made: what the file holds, the source as TOML, and how that was made of it.
    pub(super) fn write(
        &self,
        (manuscript, toml, report): (&Manuscript, &str, &Report),
        workspace: Option<&Path>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let path = printable(&self.path.display().to_string());
        if std::iter::once(self.file).chain(self.output).any(|other| real(other) == real(self.path)) {
            let message = format!("{path} is the document or its source, not the preview: name another file for it");
            return Err(Failure::Arguments(message));
        }
        let name = self.file.file_name().unwrap_or(self.file.as_os_str()).to_string_lossy();
        let preview = preview(manuscript, report, &edition(toml)?, &printable(&name));
        write::file(self.path, &page::to_html(&preview, &templates(workspace)?)?)?;
        let made = format!("made {path}\n");
        if self.output == Some(Path::new("-")) {
            // Standard output is the source's.
            terminal.message(&made);
            return Ok(());
        }
        terminal.result(&made)
    }
}

/// The version as it is read from its source: what `build` would print.
fn edition(toml: &str) -> Result<Edition, Failure> {
    let source = Source::new("imported.toml", toml);
    let protocol = read::protocol(&source).map_err(Failure::Sources)?.value.numbered();
    Ok(Edition { address: None, council: None, logo: None, settings: Settings::default(), protocol, source })
}

/// The templates of the workspace, if there is one, or those built in.
fn templates(workspace: Option<&Path>) -> Result<Templates, Failure> {
    let root = find_workspace(workspace).ok();
    let overrides = root.as_deref().map(load::templates).transpose().map_err(Failure::Sources)?;
    Ok(Templates::new(&overrides.unwrap_or_default())?)
}
