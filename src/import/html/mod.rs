//! A web page, a line for each of its paragraphs.

mod chrome;
mod css;
mod element;
mod list;
mod notes;
mod page_links;
mod parse;
mod table;
mod walk;

use scraper::ElementRef;

use super::manuscript::{Manuscript, Unreadable};
use css::StyleSheet;
use parse::Room;
use walk::{Around, Walker};

/// The largest page, in bytes: one of a thousand printed pages has a quarter of it.
const LARGEST: usize = 16 << 20;

/// Elements are not nested deeper than this in any document.
const DEEPEST: usize = 512;

/// Reads a web page. What is around its main part, navigation, banners and the like, is marked as furniture; scripts and styles are
/// left out.
///
/// # Errors
/// If it is larger, deeper or more laborious than any document.
pub fn read(text: &str) -> Result<Manuscript, Unreadable> {
    if text.len() > LARGEST {
        let what = format!("this page is larger than {} MiB", LARGEST >> 20);
        return Err(Unreadable::new(what, "take out of it what is no text, or divide it"));
    }
    let room = Room::default();
    let page = parse::document(text, &room)?;
    let root = page.root_element();
    let sheet = StyleSheet::parse(&style_sheets(&root));
    let main = Extent::of(&root);
    let mut walker = Walker::new(&sheet, main, chrome::count_of_titles(&root), &room);
    for part in root.child_elements() {
        match part.value().name() {
            "head" => walker.title(&part),
            _ => {
                let furniture = main != Extent::Body && !main.begins(&part);
                walker.walk(part, Around { furniture, ..Around::default() })?;
            }
        }
    }
    if sheet.is_exhausted() { Err(too_laborious()) } else { Ok(walker.finish()) }
}

fn too_deep() -> Unreadable {
    beyond(format!("the elements of this page are nested more than {DEEPEST} deep"))
}

fn too_laborious() -> Unreadable {
    beyond("the style sheet of this page says more of its lists than can be worked out")
}

/// A page that is made to take all memory or time.
fn beyond(what: impl Into<String>) -> Unreadable {
    Unreadable::new(what, "open it in a browser and save it as text")
}

/// Which part of a page is the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// The `main`.
    Main,
    /// Each `article`.
    Articles,
    /// Everything but navigation and the like.
    Body,
}

impl Extent {
    fn of(root: &ElementRef<'_>) -> Self {
        let holds = |main: Self| root.descendent_elements().any(|element| main.begins(&element) && has_words(&element));
        [Self::Main, Self::Articles].into_iter().find(|main| holds(*main)).unwrap_or(Self::Body)
    }

    /// Whether the document begins with this element.
    fn begins(self, element: &ElementRef<'_>) -> bool {
        match self {
            Self::Main => element.value().name() == "main" || element.attr("role") == Some("main"),
            Self::Articles => element.value().name() == "article",
            Self::Body => false,
        }
    }
}

fn has_words(element: &ElementRef<'_>) -> bool {
    element.text().any(|text| !text.trim().is_empty())
}

fn style_sheets(root: &ElementRef<'_>) -> String {
    let sheets = root.descendent_elements().filter(|element| element.value().name() == "style");
    sheets.flat_map(|sheet| sheet.text().chain(["\n"])).collect()
}
