//! The theme that mdBook fills: ours, with what a book has of its own over it.

use std::path::Path;
use std::sync::Arc;

use crate::render::{Templates, site as pages};
use crate::store::folder::Scratch;
use crate::store::read::text;

use super::super::Failure;
use super::book::{BUILT, THEME};
use super::settings::Settings;

/// What stands in a file of the theme that nothing asks for. mdBook copies it as it is, under a name of its own.
const UNASKED: &str = "Nothing asks for this file.\n";

/// The files of mdBook's theme, by their names in it and on the site.
const FILES: [(&str, &str); 14] = [
    ("ayu-highlight.css", "ayu-highlight.css"),
    ("book.js", "book.js"),
    ("clipboard.min.js", "clipboard.min.js"),
    ("css/chrome.css", "css/chrome.css"),
    ("css/general.css", "css/general.css"),
    ("css/print.css", "css/print.css"),
    ("css/variables.css", "css/variables.css"),
    ("favicon.png", "favicon.png"),
    ("favicon.svg", "favicon.svg"),
    ("highlight.css", "highlight.css"),
    ("highlight.js", "highlight.js"),
    ("toc.html.hbs", "toc.html"),
    ("toc.js.hbs", "toc.js"),
    ("tomorrow-night.css", "tomorrow-night.css"),
];

/// The scripts of mdBook's own search, which are in no theme: what a name begins and ends with, between which mdBook puts a sum.
const SCRIPTS: [(&str, &str); 2] = [("mark", ".min.js"), ("searcher", ".js")];

/// A theme in a scratch folder.
pub(super) struct Theme {
    /// All that may ask for a file.
    asks: String,
}

impl Theme {
    /// Puts it there.
    pub(super) fn put(
        templates: &Arc<Templates>,
        settings: &Settings,
        root: &Path,
        scratch: &Scratch,
    ) -> Result<Self, Failure> {
        let ours = pages::theme(templates);
        for (name, text) in &ours {
            scratch.write(&Path::new(THEME).join(name), text.as_bytes())?;
        }
        // What is in a theme of the book's own comes over ours, file by file.
        scratch.copy(&settings.theme(root), Path::new(THEME))?;
        let own = ["index.hbs", "head.hbs", "header.hbs"].map(|name| scratch.text(&Path::new(THEME).join(name)));
        let added = settings.additional(root).into_iter().map(|path| text(&path));
        let theme = Self { asks: own.into_iter().chain(added).flatten().collect() };
        for (name, _) in FILES.iter().filter(|(_, shown)| !theme.asks.contains(shown)) {
            let path = Path::new(THEME).join(name);
            let of_book = scratch.text(&path);
            let ours = ours.iter().find(|(ours, _)| ours == name).map(|(_, text)| text);
            // A picture is no text, and the book's.
            if ours == of_book.as_ref() || (of_book.is_none() && !scratch.path().join(&path).exists()) {
                scratch.write(&path, UNASKED.as_bytes())?;
            }
        }
        Ok(theme)
    }

    /// Removes from the site what mdBook put there and nothing asks for.
    pub(super) fn clear(&self, sources: &Path, scratch: &Scratch) -> Result<(), Failure> {
        for path in scratch.files(Path::new(BUILT))? {
            let inside = Path::new(BUILT).join(&path);
            let script = path.to_str().is_some_and(|name| self.is_unasked(name)) && !sources.join(&path).exists();
            if script || scratch.holds(&inside, UNASKED.as_bytes()) {
                scratch.remove(&inside)?;
            }
        }
        Ok(())
    }

    /// Whether a file is a script of mdBook's own search that nothing asks for.
    fn is_unasked(&self, name: &str) -> bool {
        SCRIPTS.iter().any(|(stem, end)| {
            let sum = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(end));
            let is_sum = |sum: &str| sum.is_empty() || sum.strip_prefix('-').is_some_and(is_hexadecimal);
            sum.is_some_and(is_sum) && !self.asks.contains(&format!("{stem}{end}"))
        })
    }
}

fn is_hexadecimal(sum: &str) -> bool {
    sum.bytes().all(|sign| sign.is_ascii_hexdigit())
}
