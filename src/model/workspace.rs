//! The councils, their documents and the versions of each.

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::civil::Date;
use thiserror::Error;

use crate::source::Source;

use super::{Address, Council, Interval, PartialDate, Protocol, Query, Status};

/// What was read of a workspace, sorted by name.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// Its councils.
    pub councils: Vec<CouncilEntry>,
    /// What its `engross.toml` says.
    pub settings: Settings,
}

/// What holds for all councils of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// How often documents are reviewed whose council has set no interval.
    pub review_every: Option<Interval>,
    /// The web address at which the documents are published, without a closing `/`.
    pub site: Option<String>,
}

/// A council and its documents.
#[derive(Debug, Clone)]
pub struct CouncilEntry {
    /// Its folder.
    pub id: String,
    /// What its `council.toml` says.
    pub council: Council,
    /// Its documents.
    pub documents: Vec<DocumentEntry>,
}

/// A document and its versions.
#[derive(Debug, Clone)]
pub struct DocumentEntry {
    /// Its folder.
    pub id: String,
    /// Its versions, at least one.
    pub editions: Vec<Edition>,
}

/// One version of a document, with what is known about it: what every command works on.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its address; none for a file outside a workspace.
    pub address: Option<Address>,
    /// The council, where its `council.toml` is there.
    pub council: Option<Council>,
    /// The logo, as the bytes of its file.
    pub logo: Option<Vec<u8>>,
    /// What holds for its workspace.
    pub settings: Settings,
    /// The document, numbered.
    pub protocol: Protocol,
    /// The file.
    pub source: Source,
}

/// Why an address leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ResolveError {
    /// No such council, document or version.
    #[error("there is no {what} `{name}`{place}{hint}")]
    Missing {
        /// `council`, `document` or `version`.
        what: &'static str,
        /// The name looked for.
        name: String,
        /// Where it was looked for.
        place: String,
        /// The nearest names there are.
        hint: String,
    },
    /// The council has several documents.
    #[error("`{0}` has several documents: say which ({1})")]
    WhichDocument(String, String),
    /// The council has no document at all.
    #[error("`{0}` has no documents yet")]
    NoDocument(String),
}

impl Workspace {
    /// Every version of every document, in order.
    pub fn editions(&self) -> impl Iterator<Item = &Edition> {
        let documents = self.councils.iter().flat_map(|council| &council.documents);
        documents.flat_map(|document| &document.editions)
    }

    /// The same, taken out of the workspace.
    pub fn into_editions(self) -> Vec<Edition> {
        let documents = self.councils.into_iter().flat_map(|council| council.documents);
        documents.flat_map(|document| document.editions).collect()
    }

    /// The version an address names: without a document the council's only one, without a version the one in force.
    ///
    /// # Errors
    /// When there is no such version, or the council has several documents and none is named.
    pub fn resolve(&self, query: &Query) -> Result<&Edition, ResolveError> {
        let council = find(&self.councils, |c| &c.id, "council", &query.council, "")?;
        let document = match &query.document {
            Some(name) => {
                let place = format!(" of {}", council.id);
                find(&council.documents, |d| &d.id, "document", name, &place)?
            }
            None => match council.documents.as_slice() {
                [only] => only,
                [] => return Err(ResolveError::NoDocument(council.id.clone())),
                several => {
                    let names: Vec<_> = several.iter().map(|d| format!("{}/{}", council.id, d.id)).collect();
                    return Err(ResolveError::WhichDocument(council.id.clone(), names.join(", ")));
                }
            },
        };
        match &query.version {
            None => Ok(document.in_force_or_latest()),
            Some(version) => {
                let place = format!(" of {}/{}", council.id, document.id);
                find(&document.editions, Edition::version, "version", version, &place)
            }
        }
    }
}

impl DocumentEntry {
    /// The version in force: of those adopted, the one with the latest event in its history.
    pub fn in_force(&self) -> Option<&Edition> {
        let adopted = self.editions.iter().filter(|e| e.protocol.status == Status::Adopted);
        adopted.max_by_key(|edition| edition.dated())
    }

    /// The version before another one: of those that were not mere drafts, the latest with an earlier last event. Before a draft or a
    /// proposal it is the one in force, whatever events that has copied: adopted, it would take its place.
    pub fn before(&self, edition: &Edition) -> Option<&Edition> {
        let pending = edition.protocol.status.is_pending();
        if pending && let Some(in_force) = self.in_force() {
            return Some(in_force);
        }
        let adopted = self.editions.iter().filter(|other| !other.protocol.status.is_pending());
        // A draft or proposal without a date is being written now: all others are before it.
        let being_written = pending && edition.dated().0.is_none();
        adopted.filter(|other| being_written || other.dated() < edition.dated()).max_by_key(|other| other.dated())
    }

    /// The versions that the council has yet to adopt and that are not older than the text in force: proposals before drafts,
    /// the latest first.
    pub fn waiting(&self) -> Vec<&Edition> {
        let in_force = self.in_force().and_then(Edition::text_since);
        let newer =
            |edition: &&Edition| edition.dated().0.is_none_or(|dated| in_force.is_none_or(|since| dated >= since));
        let pending = self.editions.iter().filter(|edition| edition.protocol.status.is_pending());
        let mut waiting: Vec<&Edition> = pending.filter(newer).collect();
        // A version without a date is being written now.
        waiting.sort_by_key(|edition| {
            let (date, name) = edition.dated();
            (edition.protocol.status != Status::Proposed, Reverse(date.unwrap_or(Date::MAX)), name)
        });
        waiting
    }

    /// The version in force, else the latest that is neither superseded nor withdrawn, else the latest.
    pub fn in_force_or_latest(&self) -> &Edition {
        let pending = self.editions.iter().filter(|e| e.protocol.status.is_pending());
        self.in_force()
            .or_else(|| pending.max_by_key(|edition| edition.dated()))
            .unwrap_or_else(|| &self.editions[self.editions.len() - 1])
    }
}

impl Edition {
    /// The version's name; the file's name outside a workspace.
    pub fn version(&self) -> &str {
        match &self.address {
            Some(address) => &address.version,
            None => {
                let file = self.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
                file.strip_suffix(".toml").unwrap_or(file)
            }
        }
    }

    /// The version's address; the file's path outside a workspace.
    pub fn named(&self) -> String {
        self.address.as_ref().map_or_else(|| self.source.path.to_string(), ToString::to_string)
    }

    /// The council's name, as far as it is known.
    pub fn council_name(&self) -> Option<&str> {
        let printed = self.protocol.council_as_printed.as_deref().filter(|name| !name.is_empty());
        self.council.as_ref().map(|council| council.name.as_str()).or(printed)
    }

    /// Since when the text has been in force, as far as that is known: a review or a readoption leaves it as it was, so the date
    /// in the version's name says it, else the first event.
    fn text_since(&self) -> Option<Date> {
        let named = PartialDate::parse(self.version()).ok().map(PartialDate::last_day);
        named.or_else(|| self.protocol.history.iter().map(|event| event.date.last_day()).min())
    }

    /// What two versions of one document are ordered by: the last event, else the date in the version's name.
    fn dated(&self) -> (Option<Date>, &str) {
        let event = self.protocol.last_event().map(|event| event.date);
        let named = || PartialDate::parse(self.version()).ok();
        (event.or_else(named).map(PartialDate::last_day), self.version())
    }
}

fn find<'a, T>(
    all: &'a [T],
    id: impl Fn(&'a T) -> &'a str,
    what: &'static str,
    name: &str,
    place: &str,
) -> Result<&'a T, ResolveError> {
    if let Some(found) = all.iter().find(|entry| id(entry) == name) {
        return Ok(found);
    }
    let names: Vec<&str> = all.iter().map(id).collect();
    let nearest = names.iter().max_by(|a, b| {
        let likeness = |other: &str| strsim::jaro_winkler(other, name);
        likeness(a).total_cmp(&likeness(b))
    });
    let mut hint = String::new();
    if let Some(nearest) = nearest.filter(|nearest| strsim::jaro_winkler(nearest, name) > 0.8) {
        let _ = write!(hint, "; did you mean `{nearest}`?");
    } else if (1..=12).contains(&names.len()) {
        let _ = write!(hint, "; there are: {}", names.join(", "));
    }
    Err(ResolveError::Missing { what, name: name.to_owned(), place: place.to_owned(), hint })
}
