//! The chapters of a book in their order: the list of its pages, and their numbers.

use mdbook_driver::book::{BookItem, Chapter, SectionNumber};

use crate::site::{Entry, Site};

/// Its pages as the list has them, from that level on.
pub(super) fn entries(items: &[BookItem], made: &Site, level: usize) -> Vec<Entry> {
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
pub(super) fn number(items: &mut [BookItem], above: &[u32]) {
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
