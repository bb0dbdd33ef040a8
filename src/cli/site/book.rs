//! A site as a book of mdBook's, made in this process.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_driver::config::HtmlConfig;
use mdbook_driver::errors::Error;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::diagnostics::printable;
use crate::render::Templates;
use crate::site::{self, Site};
use crate::store::folder::{BOOK, Scratch};
use crate::store::made::is_ours_in_book;

use super::super::{Failure, Terminal};
use super::chapters::{WithOurs, with_ours};
use super::includes::included;
use super::settings::Settings;
use super::telling::{listening, told};
use super::theme::Theme;

/// Where in a [`Scratch`] the site is made.
pub(super) const BUILT: &str = "site";

/// Where in it the theme is, and the sources of a book that has none.
pub(super) const THEME: &str = "theme";
pub(super) const SOURCES: &str = "src";

const SUMMARY: &str = "SUMMARY.md";

/// What engross is called in `book.toml`.
pub(super) const NAME: &str = "engross";

/// Makes the site in a scratch folder, to be shown at `place` on its web server, and tells how many pages it has.
pub(super) fn build(
    made: Site,
    templates: &Arc<Templates>,
    settings: &Settings,
    place: &str,
    root: &Path,
    scratch: &Scratch,
    terminal: &Terminal,
) -> Result<usize, Failure> {
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let theme = Theme::put(templates, settings, &root, scratch)?;
    let mut config = settings.config(&made, place, scratch.path()).map_err(|error| {
        let said: Vec<String> = error.to_string().lines().map(str::to_owned).collect();
        Failure::Book(format!("in {BOOK}: {}", said.join(" ")))
    })?;
    // A book without a list of chapters has none of its own.
    let summary =
        settings.sources(&root).map(|sources| crate::store::read::is_there(&sources.join(SUMMARY))).transpose()?;
    if summary != Some(true) {
        scratch.write(&Path::new(SOURCES).join(SUMMARY), b"# Summary\n")?;
        config.book.src = scratch.path().join(SOURCES);
    }
    // mdBook would only remark upon it, and make a site without anything of ours.
    let checked = config.get::<HtmlConfig>("output.html");
    checked.map_err(|error| Failure::Book(format!("in {BOOK}, [output.html]: {error:#}")))?;
    let sources = root.join(&config.book.src);
    is_ours_in_book(&sources.join(site::FILES))?;
    let pages = Pages { site: Rc::new(made), templates: Arc::clone(templates), put: Rc::default() };
    let mut chapters: Vec<PathBuf> = Vec::new();
    let (ended, said) = listening(|| {
        let mut book = MDBook::load_with_config(&root, config)?;
        chapters =
            book.book.chapters().filter_map(|chapter| Some(sources.join(chapter.source_path.as_ref()?))).collect();
        book.with_preprocessor(pages.clone());
        book.build()
    });
    for said in told(&included(&chapters), said, &root) {
        terminal.message(&format!("{}\n", printable(&said)));
    }
    ended.map_err(failed)?;
    theme.clear(&sources, scratch)?;
    // mdBook copies what `engross mdbook` may once have left in the sources.
    scratch.remove(&Path::new(BUILT).join(site::FILES))?;
    let put = pages.put.get();
    for file in pages.site.files.iter().chain(put.map(|put| &put.list)) {
        scratch.write(&Path::new(BUILT).join(&file.path), &file.bytes)?;
    }
    Ok(put.map_or(0, |put| put.pages))
}

/// What mdBook says it failed at, or we within it.
fn failed(error: Error) -> Failure {
    error.downcast().unwrap_or_else(|error| Failure::Book(format!("{error:#}")))
}

/// Puts the chapters of a site into a book, in the place of the program that would do that for `mdbook`.
#[derive(Clone)]
struct Pages {
    site: Rc<Site>,
    templates: Arc<Templates>,
    /// What became of it: mdBook keeps the book to itself.
    put: Rc<OnceCell<Put>>,
}

/// What is told of a book in which the chapters are.
struct Put {
    pages: usize,
    list: site::File,
}

impl Preprocessor for Pages {
    fn name(&self) -> &str {
        NAME
    }

    fn run(&self, _: &PreprocessorContext, own: Book) -> Result<Book, Error> {
        let WithOurs { book, list } = with_ours(own, &self.site, &self.templates)?;
        self.put.get_or_init(|| Put { pages: book.chapters().count(), list });
        Ok(book)
    }
}
