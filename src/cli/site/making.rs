//! A workspace as a site: its pages, and the documents to download.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostics::full;
use crate::document::document;
use crate::model::{Edition, Workspace};
use crate::render::{Format, TemplateError, Templates};
use crate::site::{File, Input, RESERVED, Site, downloads};
use crate::store::load;

use super::super::build::{faults, formats};
use super::super::day::after;
use super::super::progress::Progress;
use super::super::workers::each;
use super::super::{Failure, Terminal};
use super::help::commands;

/// What `review` takes as soon, and when it reminds, unless it is told otherwise.
const SOON: i64 = 90;
const REMIND: [i32; 3] = [90, 30, 7];

/// What a site is made of.
pub(in super::super) struct Material {
    workspace: Workspace,
    pub(in super::super) templates: Arc<Templates>,
}

impl Material {
    /// Reads a workspace; what is to be said about its files goes to the terminal.
    pub(in super::super) fn load(root: &Path, terminal: &Terminal) -> Result<Self, Failure> {
        let progress = Progress::new("reading");
        let loaded = load::workspace(root, None, |councils| progress.expect(councils), || progress.step());
        progress.finish();
        let loaded = loaded.map_err(Failure::Sources)?;
        terminal.message(&full::render(&loaded.warnings, terminal.colours_messages()));
        let templates = Templates::new(&load::templates(root).map_err(Failure::Sources)?)?;
        Ok(Self { workspace: loaded.value, templates: Arc::new(templates) })
    }

    /// The web address at which the documents are published.
    pub(super) fn address(&self) -> Option<&str> {
        self.workspace.settings.site.as_deref()
    }

    /// All pages and files.
    pub(in super::super) fn make(&self, title: &str, as_of: Date) -> Result<Site, Failure> {
        if let Some(council) = self.workspace.councils.iter().find(|council| RESERVED.contains(&council.id.as_str())) {
            return Err(Failure::Reserved(council.id.to_string()));
        }
        let editions: Vec<&Edition> = self.workspace.editions().collect();
        let faults = faults(&editions, &formats(&[])?);
        if !faults.is_empty() {
            return Err(Failure::Sources(faults));
        }
        let commands = commands();
        let mut site = Site::new(&Input {
            workspace: &self.workspace,
            templates: &self.templates,
            title,
            as_of,
            soon: after(as_of, jiff::Span::new().days(SOON)),
            remind: &REMIND,
            commands: &commands,
        })?;
        site.files.extend(self.downloads(&editions)?);
        Ok(site)
    }

    fn downloads(&self, editions: &[&Edition]) -> Result<Vec<File>, TemplateError> {
        let progress = Progress::new("setting the documents");
        progress.expect(editions.len());
        let of_one = |edition: &&Edition| {
            let document = document(edition);
            let one = |(format, path): (&'static Format, String)| {
                Ok(File { path, bytes: format.render(edition, &document, &self.templates)? })
            };
            let files = downloads(edition).into_iter().map(one).collect::<Result<Vec<_>, TemplateError>>();
            progress.step();
            files
        };
        let files = each(editions, of_one).into_iter().collect::<Result<Vec<_>, _>>()?;
        progress.finish();
        Ok(files.concat())
    }
}
