//! Who adopted what: the first page, a page for each council, and one for each version of each document.

use serde::Serialize;

use crate::check::check;
use crate::document::{Block, Document, Registered, count, document, register as registered};
use crate::model::{CouncilEntry, DocumentEntry, Edition, Event, PartialDate, Status};
use crate::render::{Format, TemplateError, site as pages};

use super::reviews::{anchor, is_checked};
use super::{Chapter, Shared, comparing, paths};

/// The first page.
#[derive(Serialize)]
struct Home<'a> {
    root: String,
    title: &'a str,
    as_of: String,
    councils: Vec<OfCouncil<'a>>,
    matrices: Vec<Link>,
    register: Link,
    findings: Link,
    register_says: String,
}

/// A council and its documents, in short.
#[derive(Serialize)]
struct OfCouncil<'a> {
    name: &'a str,
    path: String,
    documents: Vec<OfDocument<'a>>,
}

/// A document, in short: its version in force.
#[derive(Serialize)]
struct OfDocument<'a> {
    title: &'a str,
    path: String,
    status: &'static str,
    /// Whether it is in force.
    in_force: bool,
    last_event: Option<String>,
    review: Option<Review>,
    /// The versions that wait to be adopted.
    waiting: Vec<OfVersion<'a>>,
    versions: Vec<OfVersion<'a>>,
    downloads: Vec<Download>,
}

/// A version, in short.
#[derive(Serialize)]
struct OfVersion<'a> {
    name: &'a str,
    path: String,
    status: &'static str,
    is_current: bool,
    history: Vec<String>,
    changes: Option<Link>,
}

/// What the register says.
#[derive(Serialize)]
struct Review {
    state: &'static str,
    /// The state with its day: it is read on other days than the one on which the site was made.
    says: String,
    notes: Vec<String>,
}

/// A page elsewhere on the site.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) path: String,
}

/// A file to download.
#[derive(Serialize)]
struct Download {
    what: &'static str,
    path: String,
}

/// A council's page.
#[derive(Serialize)]
struct CouncilPage<'a> {
    root: String,
    id: &'a str,
    name: &'a str,
    principal_authority: Option<&'a str>,
    address: Vec<&'a str>,
    email: Option<&'a str>,
    website: Option<&'a str>,
    as_of: String,
    documents: Vec<OfDocument<'a>>,
}

/// A version's page.
#[derive(Serialize)]
struct VersionPage<'a> {
    root: String,
    title: &'a str,
    council: &'a str,
    council_path: String,
    version: &'a str,
    status: &'static str,
    pending: bool,
    /// Whether it was adopted, and is not in force any more.
    lapsed: bool,
    /// The version in force, where this is another one; or the one that waits to be adopted, where none is.
    instead: Option<Link>,
    /// Whether that one is in force.
    instead_in_force: bool,
    history: Vec<String>,
    review: Option<Review>,
    as_of: String,
    downloads: Vec<Download>,
    /// What changed in it, called after the version before it.
    changes: Option<Link>,
    versions: Vec<OfVersion<'a>>,
    beside: Vec<Link>,
    matrix: Option<String>,
    /// How much was found in it; none for one that is over.
    findings: Option<String>,
    findings_at: String,
}

/// The first page.
pub(super) fn home(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let input = shared.input;
    let councils = input.workspace.councils.iter().map(|council| OfCouncil {
        name: &council.council.name,
        path: paths::council(&council.id),
        documents: council.documents.iter().map(|document| of_document(document, shared)).collect(),
    });
    let page = Home {
        root: paths::root(paths::HOME),
        title: input.title,
        as_of: as_of(shared),
        councils: councils.collect(),
        matrices: comparing::matrices(shared),
        register: Link { name: "Register of reviews".to_owned(), path: paths::REGISTER.to_owned() },
        findings: Link { name: "Findings".to_owned(), path: paths::FINDINGS.to_owned() },
        register_says: shared.register.summary(),
    };
    Ok(Chapter::page("Start", paths::HOME, &pages::page(input.templates, "site/home.html", &page)?))
}

/// A chapter for each council, with its documents under it.
pub(super) fn councils(shared: &Shared<'_>) -> Result<Vec<Chapter>, TemplateError> {
    shared.input.workspace.councils.iter().map(|entry| council(entry, shared)).collect()
}

fn council(entry: &CouncilEntry, shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let (path, council) = (paths::council(&entry.id), &entry.council);
    let page = CouncilPage {
        root: paths::root(&path),
        id: &entry.id,
        name: &council.name,
        principal_authority: council.principal_authority.as_deref(),
        address: council.address.iter().flat_map(|address| address.lines()).collect(),
        email: council.email.as_deref(),
        website: council.website.as_deref(),
        as_of: as_of(shared),
        documents: entry.documents.iter().map(|document| of_document(document, shared)).collect(),
    };
    let html = pages::page(shared.input.templates, "site/council.html", &page)?;
    let under = entry.documents.iter().map(|document| versions(document, shared)).collect::<Result<_, _>>()?;
    Ok(Chapter::page(entry.council.name.clone(), path, &html).with(under))
}

/// The version in force, with the others and what changed under it.
fn versions(document: &DocumentEntry, shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let current = document.in_force_or_latest();
    let mut under = Vec::new();
    for edition in document.editions.iter().rev() {
        if !std::ptr::eq(edition, current) {
            let mut chapter = version(edition, document, shared)?.beside();
            chapter.name = format!("{} ({})", edition.version(), standing(edition, document).to_lowercase());
            under.push(chapter);
        }
        under.extend(comparing::changes(edition, document, shared)?);
    }
    Ok(version(current, document, shared)?.with(under))
}

fn version(edition: &Edition, entry: &DocumentEntry, shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let path = edition.address.as_ref().map(paths::version).unwrap_or_default();
    let protocol = &edition.protocol;
    let current = entry.in_force_or_latest();
    let elsewhere = (!std::ptr::eq(edition, current)).then(|| of_version(current, entry));
    let findings = is_checked(edition, entry).then(|| check(edition, shared.input.as_of).len());
    let page = VersionPage {
        root: paths::root(&path),
        title: &protocol.title,
        council: edition.council_name().unwrap_or_default(),
        council_path: edition.address.as_ref().map(|address| paths::council(&address.council)).unwrap_or_default(),
        version: edition.version(),
        status: protocol.status.word(),
        pending: protocol.status.is_pending(),
        lapsed: !protocol.status.is_pending()
            && entry.in_force().is_none_or(|in_force| !std::ptr::eq(in_force, edition)),
        instead_in_force: current.protocol.status == Status::Adopted,
        instead: elsewhere.map(|version| Link { name: version.name.to_owned(), path: version.path }),
        history: history(edition),
        review: review(edition, shared),
        as_of: as_of(shared),
        downloads: downloads(edition),
        changes: changes(edition, entry),
        versions: of_versions(entry),
        beside: comparing::beside(edition, shared),
        matrix: comparing::matrix_with(edition, shared),
        findings: findings.map(|found| if found == 0 { "Nothing".to_owned() } else { count(found, "finding") }),
        findings_at: anchor(edition),
    };
    let html = pages::document(shared.input.templates, "site/document.html", &document(edition), &page)?;
    Ok(Chapter::page(protocol.title.clone(), path, &html).titled(title(edition, entry)))
}

/// What a version is called where it stands alone: what is not in force says so.
fn title(edition: &Edition, entry: &DocumentEntry) -> String {
    let mut title = format!("{}: {}", edition.council_name().unwrap_or_default(), edition.protocol.title);
    if !std::ptr::eq(edition, entry.in_force_or_latest()) {
        title = format!("{title}, {}", edition.version());
    }
    let replaced = entry.in_force().is_some_and(|in_force| !std::ptr::eq(in_force, edition));
    match edition.protocol.status.caution().or(replaced.then_some("not in force")) {
        Some(caution) => format!("{title} ({caution})"),
        None => title,
    }
}

fn of_document<'a>(entry: &'a DocumentEntry, shared: &Shared<'_>) -> OfDocument<'a> {
    let current = entry.in_force_or_latest();
    OfDocument {
        title: &current.protocol.title,
        path: current.address.as_ref().map(paths::version).unwrap_or_default(),
        status: current.protocol.status.word(),
        in_force: current.protocol.status == Status::Adopted,
        last_event: current.protocol.last_event().map(Event::worded),
        review: review(current, shared),
        waiting: waiting(entry).map(|edition| of_version(edition, entry)).collect(),
        versions: of_versions(entry),
        downloads: downloads(current),
    }
}

/// The versions that wait to be adopted beside the one that is shown for the document.
fn waiting(entry: &DocumentEntry) -> impl Iterator<Item = &Edition> {
    let current = entry.in_force_or_latest();
    entry
        .editions
        .iter()
        .filter(move |edition| edition.protocol.status.is_pending() && !std::ptr::eq(*edition, current))
}

/// The versions of a document, the newest first.
fn of_versions(entry: &DocumentEntry) -> Vec<OfVersion<'_>> {
    entry.editions.iter().rev().map(|edition| of_version(edition, entry)).collect()
}

fn of_version<'a>(edition: &'a Edition, entry: &'a DocumentEntry) -> OfVersion<'a> {
    OfVersion {
        name: edition.version(),
        path: edition.address.as_ref().map(paths::version).unwrap_or_default(),
        status: standing(edition, entry),
        is_current: std::ptr::eq(edition, entry.in_force_or_latest()),
        history: history(edition),
        changes: changes(edition, entry),
    }
}

/// What a version is today: one that was adopted may have been replaced since, though its file does not say so.
fn standing(edition: &Edition, entry: &DocumentEntry) -> &'static str {
    match edition.protocol.status {
        Status::Adopted if std::ptr::eq(edition, entry.in_force_or_latest()) => "In force",
        Status::Adopted => "No longer in force",
        other => other.word(),
    }
}

/// Where it says what changed in a version, under the name of the one before it, if there is one.
fn changes(edition: &Edition, entry: &DocumentEntry) -> Option<Link> {
    let before = entry.before(edition)?;
    Some(Link { name: before.version().to_owned(), path: paths::changes(edition.address.as_ref()?) })
}

fn history(edition: &Edition) -> Vec<String> {
    edition.protocol.history.iter().rev().map(Event::worded).collect()
}

/// The formats that most people open, first; then the others.
const WANTED: [&str; 3] = ["pdf", "docx", "html"];

fn downloads(edition: &Edition) -> Vec<Download> {
    let mut all = paths::downloads(edition);
    let nth = |format: &Format| WANTED.iter().position(|name| *name == format.name).unwrap_or(WANTED.len());
    all.sort_by_key(|(format, _)| nth(format));
    all.into_iter().map(|(format, path)| Download { what: format.what, path }).collect()
}

/// What the register says of a version; nothing of one that it does not look at.
fn review(edition: &Edition, shared: &Shared<'_>) -> Option<Review> {
    let entry = shared.register.entries.iter().find(|entry| std::ptr::eq(entry.edition, edition))?;
    Some(Review { state: entry.state.name(), says: entry.lasting()?, notes: entry.notes() })
}

/// The day that what is said of reviews is of.
fn as_of(shared: &Shared<'_>) -> String {
    PartialDate::Day(shared.input.as_of).in_words()
}

/// The register, each document of which leads to its page here, wherever the site will be.
pub(super) fn linked_register(shared: &Shared<'_>) -> Document {
    let mut register = registered(shared.register, None);
    let editions = || shared.register.entries.iter().map(|entry| entry.edition);
    let lead = |row: &mut Registered| {
        let edition = editions().find(|edition| edition.named() == row.address);
        let address = edition.and_then(|edition| edition.address.as_ref());
        row.link = address.map(|address| format!("{}.html", paths::version(address)));
    };
    for block in &mut register.blocks {
        if let Block::Register { rows, .. } = block {
            rows.iter_mut().for_each(lead);
        }
    }
    register
}
