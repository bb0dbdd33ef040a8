//! The page on which an import is checked by eye.

use std::path::{Path, PathBuf};

use crate::diagnostics::printable;
use crate::document::preview;
use crate::render::{Templates, preview as page};
use crate::store::{find_workspace, load, real, write};

use super::super::Failure;
use super::Arguments;
use super::reading::Reading;

impl Arguments {
    /// Writes the page, if one is asked for, and gives the file it was written into: none or one.
    pub(super) fn page(
        &self,
        file: &Path,
        reading: &Reading,
        workspace: Option<&Path>,
    ) -> Result<Vec<PathBuf>, Failure> {
        let Some(path) = &self.preview else { return Ok(Vec::new()) };
        if [Some(file), self.output.as_deref()].into_iter().flatten().any(|other| real(other) == real(path)) {
            let path = printable(&path.display().to_string());
            let message = format!("{path} is the document or its source, not the preview: name another file for it");
            return Err(Failure::Arguments(message));
        }
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
        let preview = preview(&reading.manuscript, &reading.report, &reading.edition(), &printable(&name));
        write::file(path, &page::to_html(&preview, &templates(workspace)?)?)?;
        Ok(vec![path.clone()])
    }
}

/// The templates of the workspace, if there is one, or those built in.
fn templates(workspace: Option<&Path>) -> Result<Templates, Failure> {
    let root = find_workspace(workspace).ok();
    let overrides = root.as_deref().map(load::templates).transpose().map_err(Failure::Sources)?;
    Ok(Templates::new(&overrides.unwrap_or_default())?)
}
