//! How a version of a document is named: `kings-hill/member-officer@2024-05-30`.

use std::fmt;

use serde::Serialize;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// One version of one document of one council.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// The council's folder.
    pub council: String,
    /// The document's folder.
    pub document: String,
    /// The version's file without `.toml`.
    pub version: String,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}@{}", self.council, self.document, self.version)
    }
}

impl Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a user wrote to name a version; what is left out is the council's only document, and the version in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// The council.
    pub council: String,
    /// The document, if named.
    pub document: Option<String>,
    /// The version, if named.
    pub version: Option<String>,
}

/// Why a text is not an address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is not an address: write COUNCIL, COUNCIL/DOCUMENT or COUNCIL/DOCUMENT@VERSION, such as `kings-hill/member-officer@2024-05-30`"
)]
pub struct AddressError(pub String);

/// Longer names do not fit into file systems once an extension is added.
const LONGEST_ID: usize = 100;

/// Whether `text` may name a council, a document or a version: lower-case letters and digits, with single hyphens between.
pub fn is_id(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= LONGEST_ID && text.split('-').all(plain)
}

/// `text` as an id: its letters and digits in lower case, hyphens for what is between. Empty if there are none.
pub fn slug(text: &str) -> String {
    // Decomposed, a letter stands before its accent, which is dropped: ŵ is w.
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    let bare: String = letters.filter(|c| !matches!(c, '\'' | '’')).collect();
    let words = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

impl Query {
    /// Reads `council`, `council/document`, `council@version` or `council/document@version`.
    ///
    /// # Errors
    /// When the text has another form.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let (path, version) = match text.split_once('@') {
            Some((path, version)) => (path, Some(version)),
            None => (text, None),
        };
        let (council, document) = match path.split_once('/') {
            Some((council, document)) => (council, Some(document)),
            None => (path, None),
        };
        let all_ids = [Some(council), document, version].into_iter().flatten().all(is_id);
        if !all_ids {
            return Err(AddressError(text.to_owned()));
        }
        Ok(Self {
            council: council.to_owned(),
            document: document.map(str::to_owned),
            version: version.map(str::to_owned),
        })
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.council)?;
        if let Some(document) = &self.document {
            write!(f, "/{document}")?;
        }
        if let Some(version) = &self.version {
            write!(f, "@{version}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_council_document_and_version() {
        for text in ["kings-hill", "kings-hill/member-officer", "battle@2020-01", "battle/member-officer@2020-01"] {
            assert_eq!(Query::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "Kings Hill", "../etc", "a/b/c", "a@", "a/", "a@b@c", "-a", "a--b", "battle@../x"] {
            assert!(Query::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("Swanscombe & Greenhithe"), "swanscombe-greenhithe");
        assert_eq!(slug("King’s Lynn"), "kings-lynn");
        assert_eq!(slug("Cyngor Tref Ŵŷ"), "cyngor-tref-wy");
        assert_eq!(slug("—"), "");
    }
}
