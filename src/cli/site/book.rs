//! A site as a book of mdBook's, in this process or in somebody's own book.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_driver::errors::Error;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use toml::{Table, Value};

use crate::diagnostics::printable;
use crate::render::{Templates, site as pages};
use crate::site::{self, Entry, LIST, PAGES, Site, all_pages, list_of_pages};
use crate::store::folder::{Scratch, book, is_ours_in_book};

use super::super::{Failure, Terminal};
use super::telling::listening;

/// Where in a [`Scratch`] the site is made.
pub(super) const BUILT: &str = "site";

/// The files that every site has, and a folder of somebody's own hardly.
pub(super) const MARKS: [&str; 2] = ["index.html", "files/contents.js"];

/// Where in it the theme is, and the sources of a book that has none.
const THEME: &str = "theme";
const SOURCES: &str = "src";
const SUMMARY: &str = "SUMMARY.md";

/// What engross is called in `book.toml`.
pub(in super::super) const NAME: &str = "engross";

/// What a site is called whose book does not say.
const TITLE: &str = "Protocols";

/// A workspace's `book.toml`.
pub(in super::super) struct Settings {
    /// What it says; nothing where there is none.
    table: Table,
    /// Whether there is one.
    given: bool,
}

impl Settings {
    /// Reads it.
    pub(super) fn load(root: &Path) -> Result<Self, Failure> {
        let Some(text) = book(root)? else { return Ok(Self { table: Table::new(), given: false }) };
        let faulty = |error: toml::de::Error| {
            let before = error.span().map_or(0, |span| span.start);
            let line = text.get(..before).unwrap_or_default().matches('\n').count() + 1;
            Failure::BookSettings(line, error.message().to_owned())
        };
        let table = text.parse().map_err(faulty)?;
        Ok(Self { table, given: true })
    }

    /// What the site is called.
    pub(super) fn title(&self) -> String {
        let title = self.table.get("book").and_then(|book| book.get("title")).and_then(Value::as_str);
        title.unwrap_or(TITLE).to_owned()
    }

    /// The folder of the book's own chapters, if it has any.
    pub(super) fn sources(&self, root: &Path) -> Option<PathBuf> {
        let named = self.table.get("book").and_then(|book| book.get("src")).and_then(Value::as_str);
        self.given.then(|| root.join(named.unwrap_or(SOURCES)))
    }

    /// The folder of a theme of the book's own, if it has one.
    fn theme(&self, root: &Path) -> PathBuf {
        let html = self.table.get("output").and_then(|output| output.get("html"));
        root.join(html.and_then(|html| html.get("theme")).and_then(Value::as_str).unwrap_or(THEME))
    }

    /// The same with what a site of ours needs, made in that scratch folder.
    fn config(&self, made: &Site, scratch: &Path) -> Result<Config, Error> {
        let mut all = self.table.clone();
        let of_book = table(&mut all, "book");
        default(of_book, "title", TITLE);
        default(of_book, "language", "en-GB");
        let build = table(&mut all, "build");
        build.insert("build-dir".to_owned(), path(&scratch.join(BUILT)));
        // A chapter that is misspelt is told, and not made.
        build.insert("create-missing".to_owned(), Value::Boolean(false));
        after_mdbooks_own(table(table(&mut all, "preprocessor"), NAME));
        // One renderer: others of the book's would want folders of their own.
        let html = table(table(&mut all, "output"), "html").clone();
        all.insert("output".to_owned(), Value::Table(Table::from_iter([("html".to_owned(), Value::Table(html))])));
        let html = table(table(&mut all, "output"), "html");
        html.insert("theme".to_owned(), path(&scratch.join(THEME)));
        default(html, "smart-punctuation", false);
        default(html, "no-section-label", true);
        default(html, "input-404", "");
        default(table(html, "print"), "enable", false);
        let search = table(html, "search");
        default(search, "heading-split-level", 6);
        default(search, "use-boolean-and", true);
        let chapters = table(search, "chapter");
        chapters.retain(|key, _| !OURS.contains(&key));
        for chapter in made.chapters().into_iter().filter(|chapter| !chapter.searched) {
            chapters.insert(format!("{}.md", chapter.path), hidden());
        }
        chapters.insert(format!("{PAGES}.md"), hidden());
        toml::to_string(&all)?.parse()
    }
}

/// Has our chapters put into the book when mdBook's own preprocessors have been: they expand the book's chapters, and nothing that
/// councils wrote.
fn after_mdbooks_own(ours: &mut Table) {
    let names = |ours: &Table, key: &str| -> Vec<Value> {
        let all = ours.get(key).and_then(Value::as_array).into_iter().flatten();
        all.filter(|name| !name.as_str().is_some_and(|name| MDBOOKS_OWN.contains(&name))).cloned().collect()
    };
    let before = names(ours, "before");
    let after = [names(ours, "after"), MDBOOKS_OWN.map(Value::from).to_vec()].concat();
    ours.insert("before".to_owned(), Value::Array(before));
    ours.insert("after".to_owned(), Value::Array(after));
    // Whatever a program would be called for, this one is always.
    ours.remove("renderers");
}

/// The preprocessors that mdBook runs on every book.
const MDBOOKS_OWN: [&str; 2] = ["links", "index"];

/// What a `book.toml` for `mdbook` says is not searched: here every page is named.
const OURS: [&str; 3] = ["compared", "findings.md", "pages.md"];

fn hidden() -> Value {
    Value::Table(Table::from_iter([("enable".to_owned(), Value::Boolean(false))]))
}

fn table<'a>(within: &'a mut Table, key: &str) -> &'a mut Table {
    let entry = within.entry(key).or_insert_with(|| Value::Table(Table::new()));
    if !entry.is_table() {
        *entry = Value::Table(Table::new());
    }
    match entry {
        Value::Table(table) => table,
        _ => unreachable!("it was made one"),
    }
}

fn default(table: &mut Table, key: &str, value: impl Into<Value>) {
    table.entry(key).or_insert_with(|| value.into());
}

fn path(path: &Path) -> Value {
    Value::String(path.display().to_string())
}

/// Makes the site in a scratch folder, and tells how many pages it has.
pub(super) fn build(
    made: Site,
    templates: &Arc<Templates>,
    settings: &Settings,
    root: &Path,
    scratch: &Scratch,
    terminal: &Terminal,
) -> Result<usize, Failure> {
    for (name, text) in pages::theme(templates) {
        scratch.write(&Path::new(THEME).join(name), text.as_bytes())?;
    }
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    // What is in a theme of the book's own comes over ours, file by file.
    scratch.copy(&settings.theme(&root), Path::new(THEME))?;
    let mut config = settings.config(&made, scratch.path()).map_err(failed)?;
    // A book without a list of chapters has none of its own.
    if !settings.sources(&root).is_some_and(|sources| sources.join(SUMMARY).is_file()) {
        scratch.write(&Path::new(SOURCES).join(SUMMARY), b"# Summary\n")?;
        config.book.src = scratch.path().join(SOURCES);
    }
    // mdBook would only remark upon it, and make a site without anything of ours.
    let checked = config.get::<HtmlConfig>("output.html");
    checked.map_err(|error| Failure::Book(format!("in {}, [output.html]: {error:#}", crate::store::folder::BOOK)))?;
    is_ours_in_book(&root.join(&config.book.src).join(site::FILES), &[LIST])?;
    let pages = Pages { site: Rc::new(made), templates: Arc::clone(templates), put: Rc::default() };
    let (ended, told) = listening(|| {
        let mut book = MDBook::load_with_config(&root, config)?;
        book.with_preprocessor(pages.clone());
        book.build()
    });
    told.iter().for_each(|said| terminal.message(&format!("mdBook: {}\n", printable(said))));
    ended.map_err(failed)?;
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

/// A book with the site in it.
pub(in super::super) struct WithOurs {
    /// The book.
    pub(in super::super) book: Book,
    /// The list of its pages for the side of each.
    pub(in super::super) list: site::File,
}

/// Puts the site into a book. A chapter of the book's that is where one of the site's is takes its place; the others come
/// after the first page.
pub(in super::super) fn with_ours(own: Book, made: &Site, templates: &Templates) -> Result<WithOurs, Failure> {
    let mut own = own.items;
    let mut items = vec![item(&made.home, &[], &mut own)];
    let mut parts = Vec::new();
    for part in &made.parts {
        parts.push(BookItem::PartTitle(part.title.to_owned()));
        for chapter in &part.chapters {
            // What lies under a chapter of the book's has come with that.
            let path = path_of(chapter);
            if !items.iter().chain(&parts).any(|item| has(item, &path)) {
                parts.push(item(chapter, &[], &mut own));
            }
        }
    }
    items.extend(own);
    items.extend(parts);
    let mut entries = entries(&items, made, 1);
    let all = Entry::Page { name: "All pages".to_owned(), path: PAGES.to_owned(), level: 1 };
    entries.insert(1, all);
    let list = all_pages(&entries, templates)?;
    items.insert(1, item(&list, &[], &mut Vec::new()));
    number(&mut items, &[]);
    Ok(WithOurs { book: Book::new_with_items(items), list: list_of_pages(&entries) })
}

/// A chapter of the site, or the book's own in its place.
fn item(chapter: &site::Chapter, above: &[String], own: &mut Vec<BookItem>) -> BookItem {
    let path = path_of(chapter);
    let taken = take(own, &path);
    let below: Vec<String> = above.iter().chain([&chapter.title]).cloned().collect();
    let mut made =
        taken.unwrap_or_else(|| Chapter::new(&chapter.title, chapter.content.clone(), path.clone(), above.to_vec()));
    made.sub_items.extend(chapter.under.iter().map(|chapter| item(chapter, &below, own)));
    BookItem::Chapter(made)
}

fn path_of(chapter: &site::Chapter) -> PathBuf {
    PathBuf::from(format!("{}.md", chapter.path))
}

/// Whether a chapter is there, or lies under it.
fn has(item: &BookItem, path: &Path) -> bool {
    match item {
        BookItem::Chapter(chapter) => {
            chapter.path.as_deref() == Some(path) || chapter.sub_items.iter().any(|below| has(below, path))
        }
        _ => false,
    }
}

/// Takes a chapter out of a book.
fn take(items: &mut Vec<BookItem>, path: &Path) -> Option<Chapter> {
    for at in 0..items.len() {
        let BookItem::Chapter(chapter) = &mut items[at] else { continue };
        if chapter.path.as_deref() == Some(path) {
            let BookItem::Chapter(chapter) = items.remove(at) else { return None };
            return Some(chapter);
        }
        if let Some(found) = take(&mut chapter.sub_items, path) {
            return Some(found);
        }
    }
    None
}

fn entries(items: &[BookItem], made: &Site, level: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for item in items {
        match item {
            BookItem::PartTitle(part) => {
                let about_documents = made.parts.iter().any(|ours| ours.title == part && ours.about_documents);
                entries.push(Entry::Part { part: part.clone(), about_documents });
            }
            BookItem::Chapter(chapter) => {
                if let Some(path) = &chapter.path {
                    let path = path.with_extension("").display().to_string().replace('\\', "/");
                    entries.push(Entry::Page { name: listed(chapter, &path, made), path, level });
                }
                entries.extend(self::entries(&chapter.sub_items, made, level + 1));
            }
            BookItem::Separator => {}
        }
    }
    entries
}

/// What a chapter is called in the list: one of ours more shortly than where it stands alone.
fn listed(chapter: &Chapter, path: &str, made: &Site) -> String {
    let ours = made.chapters().into_iter().find(|ours| ours.path == path && ours.title == chapter.name);
    ours.map_or_else(|| chapter.name.clone(), |ours| ours.name.clone())
}

/// Numbers all chapters: mdBook tells by its number which lies under which.
fn number(items: &mut [BookItem], above: &[u32]) {
    let chapters = items.iter_mut().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    });
    for (chapter, nth) in chapters.zip(1..) {
        let place: Vec<u32> = above.iter().copied().chain([nth]).collect();
        number(&mut chapter.sub_items, &place);
        chapter.number = Some(SectionNumber::new(place));
    }
}
