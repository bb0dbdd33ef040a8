//! Where everything is on the site.
//!
//! A version's page is where `build` puts its web page, which is what `site` in `engross.toml` and the calendar go by. No page
//! can take the place of another, whatever councils (but for [`RESERVED`]), documents and versions are called: pages about several of them lie deeper
//! than a council's, or have a name that none of them can have. All that is no page lies in [`FILES`].

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::{Address, Edition};
use crate::render::{FORMATS, Format};

/// The folder of all that is no page.
pub const FILES: &str = "files";

/// The first page.
pub(super) const HOME: &str = "index";

/// The register of reviews.
pub(super) const REGISTER: &str = "register";

/// All that compares documents lies here, so that a book can say of all of it at once that it is not searched.
const COMPARED: &str = "compared";

/// The folders of a site that no council can have.
pub const RESERVED: [&str; 2] = [FILES, COMPARED];

/// What there is to compare. No document is called so: a dot is in no id.
pub(super) const WHAT_CHANGED: &str = "compared/what.changed";

/// What the rules found.
pub(super) const FINDINGS: &str = "findings";

/// The rules.
pub(super) const RULES: &str = "rules";

/// A council and its documents.
pub(super) fn council(council: &str) -> String {
    format!("{council}/index")
}

/// A version of a document.
pub(super) fn version(address: &Address) -> String {
    format!("{}/{}/{}", address.council, address.document, address.version)
}

/// What changed in a version.
pub(super) fn changes(address: &Address) -> String {
    format!("{COMPARED}/changes/{}", version(address))
}

/// Two councils' documents of a kind.
pub(super) fn pair(left: &Address, right: &Address) -> String {
    // No council is called so: two hyphens are in no id.
    format!("{COMPARED}/pairs/{}/{}--{}", left.document, left.council, right.council)
}

/// All councils' documents of a kind.
pub(super) fn matrix(document: &str) -> String {
    format!("{COMPARED}/{document}")
}

/// A file that is no page.
pub(super) fn file(name: &str) -> String {
    format!("{FILES}/{name}")
}

/// The way from a page to the root of the site.
pub(super) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A page as a link says where it is: a chapter of somebody's own has any name.
pub(super) fn link(path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(|part| utf8_percent_encode(part, ESCAPED).to_string()).collect();
    format!("{}.html", parts.join("/"))
}

/// What a name in a link does not have as it is; RFC 3986 calls the rest unreserved.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A version to download in every format that `build` makes: the format, and where it is.
pub fn downloads(edition: &Edition) -> Vec<(&'static Format, String)> {
    let Some(address) = &edition.address else { return Vec::new() };
    let formats = FORMATS.iter().filter(|format| format.published);
    formats.map(|format| (format, file(&format!("{}.{}", version(address), extension(format))))).collect()
}

/// mdBook takes every file that ends in `.md` for a chapter, and leads links to it to a page.
fn extension(format: &Format) -> &'static str {
    if format.name == "md" { "markdown" } else { format.name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_no_sign_that_is_not_for_links() {
        assert_eq!(link("kings-hill/what.changed"), "kings-hill/what.changed.html");
        assert_eq!(link("über uns/50% & more?#1"), "%C3%BCber%20uns/50%25%20%26%20more%3F%231.html");
    }

    #[test]
    fn the_way_to_the_root_is_as_long_as_the_way_from_it() {
        assert_eq!(root("index"), "");
        assert_eq!(root("kings-hill/index"), "../");
        assert_eq!(root("kings-hill/member-officer/2024-05-30"), "../../");
    }
}
