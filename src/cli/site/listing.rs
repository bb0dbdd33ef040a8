//! The chapters of a book in their order: the list of its pages, and their numbers.

use std::collections::HashMap;

use mdbook_driver::book::{BookItem, SectionNumber};

use crate::site::{self, Entry, Site};

/// Its pages as the list has them.
pub(super) fn entries(items: &[BookItem], made: &Site) -> Vec<Entry> {
    let ours = made.chapters().into_iter().map(|chapter| (chapter.path.as_str(), chapter)).collect();
    from_level(items, made, &ours, 1)
}

type Ours<'a> = HashMap<&'a str, &'a site::Chapter>;

fn from_level(items: &[BookItem], made: &Site, ours: &Ours<'_>, level: usize) -> Vec<Entry> {
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
                    // One of ours is called more shortly in the list than where it stands alone.
                    let of_ours = ours.get(path.as_str()).filter(|ours| ours.title == chapter.name);
                    let name = of_ours.map_or(&chapter.name, |ours| &ours.name).clone();
                    entries.push(Entry::Page { name, path, level, beside: of_ours.is_some_and(|ours| ours.beside) });
                }
                entries.extend(from_level(&chapter.sub_items, made, ours, level + 1));
            }
            BookItem::Separator => {}
        }
    }
    entries
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
