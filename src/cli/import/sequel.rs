//! Writing a version beside those that are there, and what it is to them.

use std::collections::BTreeMap;

use crate::compare::{Carried, Kind, carry_ids, compare};
use crate::document::{Wording, headline};
use crate::model::{Address, DocumentEntry, Edition, PartialDate, Protocol, Status};
use crate::read::{self, write_protocol};
use crate::source::Source;
use crate::store::journal::{self, Change};
use crate::store::write;

use super::super::Failure;
use super::super::changes::Sources;
use super::super::documents::Found;
use super::council::Holdings;
use super::place::Place;
use super::reading::Reading;

/// What a version is to another one of the document.
pub(super) struct Sequel {
    /// The other version.
    pub(super) other: Address,
    pub(super) stands: Stands,
    /// What changed from the older to the newer, in a sentence.
    pub(super) headline: String,
    /// How many changes of each kind there are.
    pub(super) counts: BTreeMap<&'static str, usize>,
    /// Whether hardly anything corresponds.
    pub(super) unrelated: bool,
    /// What became of the ids of the other version.
    pub(super) carried: Carried,
    /// The versions that it takes the place of.
    pub(super) superseded: Vec<Address>,
}

/// How a version stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// It comes after it.
    After,
    /// It came before it.
    Before,
    /// It is yet to be adopted.
    Waits,
}

/// Writes a version at its place; those that it takes the place of are marked in the same step.
pub(super) fn write(reading: &mut Reading, place: &Place, holdings: &mut Holdings) -> Result<Option<Sequel>, Failure> {
    let path = place.path();
    let mut edition = holdings.edition(Edition { address: Some(place.address.clone()), ..reading.edition() });
    let document = holdings.document(&place.address.document).cloned();
    let other = document.as_ref().and_then(|document| neighbour(document, &edition));
    let carried = other.map(|(before, stands)| carry(reading, &mut edition, before, stands)).unwrap_or_default();
    let older = document.as_ref().map(|document| in_time(document, &mut edition)).unwrap_or_default();
    reading.keep(&edition.protocol);
    let new = Change { path: path.clone(), from: None, to: Some(reading.toml.clone()) };
    let superseded = match &document {
        None => {
            write::create(&holdings.root.join(&path), reading.toml.as_bytes())?;
            Vec::new()
        }
        Some(document) => supersede(holdings, document, &older, new)?,
    };
    let shown = path.display().to_string().replace('\\', "/");
    edition.source = Source::new(shown, reading.toml.as_str());
    let sequel = other.and_then(|(other, stands)| sequel(other, &edition, stands, carried, superseded));
    holdings.add(edition);
    Ok(sequel)
}

/// The version that a new one is best laid beside.
fn neighbour<'a>(document: &'a DocumentEntry, new: &Edition) -> Option<(&'a Edition, Stands)> {
    if new.protocol.status.is_pending() {
        return Some((document.in_force_or_latest(), Stands::Waits));
    }
    let with_new = DocumentEntry {
        id: document.id.clone(),
        editions: [&document.editions[..], std::slice::from_ref(new)].concat(),
    };
    if let Some(before) = with_new.before(new) {
        let here = document.editions.iter().find(|edition| edition.address == before.address);
        return here.map(|before| (before, Stands::After));
    }
    let later = |edition: &&Edition| with_new.before(edition).is_some_and(|before| before.address == new.address);
    let after = document.editions.iter().find(later).map(|after| (after, Stands::Before));
    // Else the dates do not tell, or only drafts are there.
    after.or_else(|| Some((document.in_force_or_latest(), Stands::After)))
}

/// Gives the new version the ids that the one before it has for good.
fn carry(reading: &Reading, edition: &mut Edition, before: &Edition, stands: Stands) -> Carried {
    if stands == Stands::Before {
        return Carried::default();
    }
    let mut with_ids = edition.clone();
    let carried = carry_ids(before, &mut with_ids);
    let toml = write_protocol(&with_ids.protocol);
    // An id that something else is called by already is no help to anybody.
    if read::protocol(&Source::new(reading.name.as_str(), toml)).is_err() {
        let lost = [carried.kept, carried.lost].concat();
        return Carried { kept: Vec::new(), lost };
    }
    *edition = with_ids;
    carried
}

/// Marks a version that is older than another adopted one as superseded; gives those that it takes the place of itself.
fn in_time<'a>(document: &'a DocumentEntry, edition: &mut Edition) -> Vec<&'a Edition> {
    let day = |edition: &Edition| {
        let event = edition.protocol.last_event().map(|event| event.date);
        event.or_else(|| PartialDate::parse(edition.version()).ok()).map(PartialDate::last_day)
    };
    let (Status::Adopted, Some(new)) = (edition.protocol.status, day(edition)) else { return Vec::new() };
    let adopted = document.editions.iter().filter(|other| other.protocol.status == Status::Adopted);
    let dated: Vec<_> = adopted.filter_map(|other| Some((other, day(other)?))).collect();
    if dated.iter().any(|(_, other)| *other > new) {
        edition.protocol.status = Status::Superseded;
        return Vec::new();
    }
    dated.into_iter().filter(|(_, other)| *other < new).map(|(other, _)| other).collect()
}

/// Writes the new version and marks the older ones, all or nothing. One whose source is written so that it cannot be changed stays
/// as it is.
fn supersede(
    holdings: &Holdings,
    document: &DocumentEntry,
    older: &[&Edition],
    new: Change,
) -> Result<Vec<Address>, Failure> {
    let found = Found { document: document.clone(), version: None, root: Some(holdings.root.clone()) };
    let mut sources = Sources::default();
    let amended = older.iter().filter(|edition| {
        let superseded = |protocol: &mut Protocol| protocol.status = Status::Superseded;
        sources.amend(&found, edition, superseded).is_ok()
    });
    let addresses = amended.filter_map(|edition| edition.address.clone()).collect();
    sources.changes.push(new);
    journal::apply(&holdings.root, &sources.changes)?;
    Ok(addresses)
}

fn sequel(
    other: &Edition,
    new: &Edition,
    stands: Stands,
    carried: Carried,
    superseded: Vec<Address>,
) -> Option<Sequel> {
    let (left, right) = if stands == Stands::Before { (new, other) } else { (other, new) };
    let comparison = compare(left, right, &[]);
    let mut counts = BTreeMap::new();
    for change in comparison.changes.iter().filter(|change| change.kind != Kind::Unchanged) {
        *counts.entry(change.kind.name()).or_default() += 1;
    }
    let wording = Wording::new(&comparison, left, right);
    Some(Sequel {
        other: other.address.clone()?,
        stands,
        headline: headline(&comparison, &wording),
        counts,
        unrelated: comparison.unrelated,
        carried,
        superseded,
    })
}
