//! Where a document goes in a workspace: which document it is a version of, and what the version is called.

use std::path::PathBuf;

use crate::compare::{Doubt, Kin, Kind, bare_title, compare, kin};
use crate::model::{Address, Council, DocumentEntry, Edition, EventKind, PartialDate, Protocol, slug};
use crate::store::PROTOCOLS;

use super::super::Failure;
use super::council::{Holdings, is_printed, named};
use super::reading::{Reading, quoted};

/// What the user says about the place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish<'a> {
    pub(super) document: Option<&'a str>,
    pub(super) version: Option<&'a str>,
}

/// The place of a version.
pub(super) struct Place {
    pub(super) address: Address,
    /// The other documents of the council, if it has not had this one here.
    pub(super) new_beside: Option<Vec<String>>,
}

impl Place {
    /// The file, from the root of the workspace.
    pub(super) fn path(&self) -> PathBuf {
        let Address { council, document, version } = &self.address;
        PathBuf::from(PROTOCOLS).join(council).join(document).join(format!("{version}.toml"))
    }
}

/// Why a document is not written.
pub(super) enum Refusal {
    /// There is such a version.
    There {
        address: Address,
        /// Whether it says the same.
        same: bool,
        why: String,
    },
    /// For any other reason.
    Failed(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::There { why, .. } => Self::Arguments(why),
            Refusal::Failed(failure) => failure,
        }
    }
}

/// The place of a document among what its council has; the council may be new, and not among the holdings yet.
pub(super) fn place(
    reading: &Reading,
    holdings: &Holdings,
    council: Option<&Council>,
    wish: Wish<'_>,
) -> Result<Place, Refusal> {
    if let Some(version) = wish.version {
        named("version", version)?;
    }
    let document = match wish.document {
        Some(document) => document.to_owned(),
        None if printed_by_another(reading, council).is_some() => {
            return Err(of_another(reading, holdings, council).into());
        }
        None => document_of(reading, holdings, council)?,
    };
    named("document", &document)?;
    let version = match wish.version {
        Some(version) => version.to_owned(),
        None => version_of(&reading.protocol).ok_or_else(|| undated(reading))?,
    };
    let known = holdings.document(&document);
    if let Some(there) = known.and_then(|known| known.editions.iter().find(|other| other.version() == version)) {
        let address = Address { council: holdings.id.clone(), document, version };
        let same = is_same(there, reading);
        return Err(Refusal::There { address, same, why: taken(reading, there, same) });
    }
    let address = Address { council: holdings.id.clone(), document, version };
    let others = || holdings.documents().iter().map(|other| other.id.clone()).collect();
    Ok(Place { new_beside: known.is_none().then(others), address })
}

/// The name that a document prints, if it is not that of the council.
pub(super) fn printed_by_another<'a>(reading: &'a Reading, council: Option<&Council>) -> Option<&'a str> {
    let printed = reading.protocol.council_as_printed.as_deref().unwrap_or_default();
    council.is_some_and(|council| !is_printed(printed, council)).then_some(printed)
}

fn of_another(reading: &Reading, holdings: &Holdings, council: Option<&Council>) -> Failure {
    let printed = printed_by_another(reading, council).unwrap_or_default();
    let name = council.map(|council| council.name.as_str()).unwrap_or_default();
    let document = match kin(holdings.documents(), &reading.edition()) {
        Kin::Version(document) => Some(document.id.clone()),
        _ => new_id(&reading.protocol.title, council),
    };
    let document = document.unwrap_or_else(|| "member-officer".to_owned());
    Failure::Arguments(format!(
        "{}: it prints “{printed}”, and `{}` is {name}. If --council is right all the same, say which document it is, such as \
         --document {document}",
        reading.name, holdings.id
    ))
}

/// What the reading calls a document whose title it has not found.
const UNTITLED: &str = "Untitled";

/// The document that the title names; a new one, if there is none.
fn document_of(reading: &Reading, holdings: &Holdings, council: Option<&Council>) -> Result<String, Failure> {
    let title = &reading.protocol.title;
    if title == UNTITLED {
        let why = "it has no title that could be found, so say which document it is: --document member-officer";
        return Err(Failure::Arguments(format!("{}: {why}", reading.name)));
    }
    let free = |title: &str| new_id(title, council).filter(|id| holdings.document(id).is_none());
    let edition = Edition { council: council.cloned(), ..reading.edition() };
    match kin(holdings.documents(), &edition) {
        Kin::Version(document) => Ok(document.id.clone()),
        Kin::Doubtful(documents, doubt) => Err(doubtful(reading, &documents, doubt, free(title))),
        Kin::New => {
            let id = new_id(title, council).ok_or_else(|| {
                let why = "no name for its folder can be made of its title: give it one with --document member-officer";
                Failure::Arguments(format!("{}: {why}", reading.name))
            })?;
            match holdings.document(&id) {
                Some(document) => Err(doubtful(reading, &[document], Doubt::NearTitle, None)),
                None => Ok(id),
            }
        }
    }
}

/// The longest id that is made of a title.
const LONGEST: usize = 60;

/// The id of a new document: its title, as far as it is the document's own, in whole words.
fn new_id(title: &str, council: Option<&Council>) -> Option<String> {
    let id = slug(&bare_title(title, council.map(|council| council.name.as_str()).unwrap_or_default()));
    let mut id = id.as_str();
    while id.len() > LONGEST {
        id = id.rsplit_once('-').map_or(&id[..LONGEST], |(before, _)| before);
    }
    (!id.is_empty()).then(|| id.to_owned())
}

/// That it is not certain which document it is a version of.
fn doubtful(reading: &Reading, documents: &[&DocumentEntry], doubt: Doubt, free: Option<String>) -> Failure {
    let title = &reading.protocol.title;
    let told =
        |document: &&DocumentEntry| format!("{} (“{}”)", document.id, document.in_force_or_latest().protocol.title);
    let those = documents.iter().map(told).collect::<Vec<_>>().join(", ");
    let which = if documents.len() == 1 { "it" } else { "one of them" };
    let why = match doubt {
        Doubt::SeveralTitles => format!("several documents are called so: {those}"),
        Doubt::OtherText => format!("{those} is called so, but hardly anything in it corresponds"),
        Doubt::OtherTitle => format!("much of the text stands in {those} as well, under another title"),
        Doubt::NearTitle => format!("the title is nearly that of {those}"),
    };
    let id = documents.first().map(|document| document.id.as_str()).unwrap_or_default();
    let new = free.unwrap_or_else(|| "another-name".to_owned());
    Failure::Arguments(format!(
        "{}: it is not certain which document “{title}” is: {why}. If it is a version of {which}, say --document {id}; if it is \
         another document, --document {new}",
        reading.name
    ))
}

/// What a version is called: what is not adopted yet by its state, the others by the day from which their text is in force.
fn version_of(protocol: &Protocol) -> Option<String> {
    if protocol.status.is_pending() {
        return Some(protocol.status.word().to_lowercase());
    }
    // A review leaves the text as it was.
    let changed = protocol.history.iter().filter(|event| event.kind != EventKind::Reviewed);
    let last = changed.max_by_key(|event| event.date.last_day()).or_else(|| protocol.last_event());
    last.map(|event| PartialDate::to_string(&event.date))
}

fn undated(reading: &Reading) -> Failure {
    Failure::Arguments(format!(
        "{}: nothing in it says when it was adopted, so give the version a name: by the day or the month, as \
         --version 2024-05, or by a word, as --version current",
        reading.name
    ))
}

/// That there is such a version.
fn taken(reading: &Reading, there: &Edition, same: bool) -> String {
    let (name, file, address, path) = (&reading.name, quoted(&reading.name), there.named(), &there.source.path);
    if same {
        return format!("{name}: it is {address} already ({path}), which says the same");
    }
    let last = reading.protocol.last_event().map(|event| event.date.to_string());
    let other = last.filter(|date| date != there.version());
    let other = other.unwrap_or_else(|| format!("{}-corrected", there.version()));
    format!(
        "{name}: there is {address} already, and it is left as it is ({path}). `engross diff {address} {file}` shows what is \
         different; if this is another version, name it yourself, as --version {other}"
    )
}

/// Whether a version says the same, whatever has become of it since.
fn is_same(there: &Edition, reading: &Reading) -> bool {
    let edition = Edition { address: there.address.clone(), council: there.council.clone(), ..reading.edition() };
    let comparison = compare(there, &edition, &[]);
    let unchanged = comparison.changes.iter().all(|change| change.kind == Kind::Unchanged);
    unchanged && comparison.headings.is_empty() && comparison.facts.iter().all(|fact| fact.fact == "status")
}
