//! A site put into a book, whose own chapters stay.

use std::path::{Path, PathBuf};

use mdbook_driver::book::{Book, BookItem, Chapter};

use crate::render::Templates;
use crate::site::{self, Entry, PAGES, Site, all_pages, list_of_pages};

use super::super::Failure;
use super::listing::{entries, number};

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
    let mut entries = entries(&items, made);
    let all = Entry::Page { name: "All pages".to_owned(), path: PAGES.to_owned(), level: 1, beside: false };
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
