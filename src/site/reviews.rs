//! The register of reviews with its calendar, and what the rules found.

use rayon::prelude::*;
use serde::Serialize;

use crate::check::check;
use crate::diagnostics::{Diagnostic, Severity};
use crate::document::{count, number};
use crate::model::{DocumentEntry, Edition, Ids, PartialDate, Provision};
use crate::render::register as written;
use crate::render::{TemplateError, site as pages};

use super::councils::linked_register;
use super::{Chapter, File, Shared, paths};

/// The register's page.
#[derive(Serialize)]
struct RegisterPage {
    root: String,
    calendar: String,
    csv: String,
    json: String,
}

/// The page of the findings.
#[derive(Serialize)]
struct FindingsPage<'a> {
    root: String,
    as_of: String,
    summary: String,
    rules: &'static str,
    documents: Vec<OfDocument<'a>>,
}

/// What was found in a document.
#[derive(Serialize)]
struct OfDocument<'a> {
    id: String,
    council: &'a str,
    title: &'a str,
    version: &'a str,
    /// What is to be said of one that is not in force.
    pending: Option<&'static str>,
    path: String,
    findings: Vec<Finding>,
}

/// Something found.
#[derive(Serialize)]
struct Finding {
    code: &'static str,
    name: &'static str,
    severity: String,
    message: Vec<Said>,
    help: Vec<Said>,
    /// The provision it is about.
    provision: Option<About>,
}

/// A stretch of what is said.
#[derive(Serialize)]
struct Said {
    text: String,
    /// Whether it is to be typed as it stands: a message has it between ticks.
    is_code: bool,
}

/// What a finding is about.
#[derive(Serialize)]
struct About {
    /// What it is called.
    name: String,
    /// What a link to it says after `#`.
    anchor: String,
}

/// Where the files of the register are.
fn register_file(extension: &str) -> String {
    paths::file(&format!("reviews.{extension}"))
}

/// The register.
pub(super) fn register(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let page = RegisterPage {
        root: paths::root(paths::REGISTER),
        calendar: register_file("ics"),
        csv: register_file("csv"),
        json: register_file("json"),
    };
    let html = pages::document(shared.input.templates, "site/register.html", &linked_register(shared), &page)?;
    Ok(Chapter::page("Register of reviews", paths::REGISTER, &html))
}

/// The register as files: to subscribe to, and for other programs.
pub(super) fn files(shared: &Shared<'_>) -> Vec<File> {
    vec![
        File::text(register_file("ics"), written::calendar(shared.register, shared.input.remind)),
        File::text(register_file("csv"), written::csv(shared.register)),
        File::text(register_file("json"), written::json(shared.register)),
    ]
}

/// Whether the findings have a version: the one in force, or the latest, and what is proposed, where they can still be put right.
pub(super) fn is_checked(edition: &Edition, entry: &DocumentEntry) -> bool {
    std::ptr::eq(edition, entry.in_force_or_latest()) || edition.protocol.status.is_pending()
}

/// What a link to the findings of a version says after `#`.
pub(super) fn anchor(edition: &Edition) -> String {
    let address = edition.address.as_ref();
    address
        .map(|address| format!("{}--{}--{}", address.council, address.document, edition.version()))
        .unwrap_or_default()
}

/// What the rules find in each document: in the version in force, or the latest, and in what is proposed.
pub(super) fn findings(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let documents = shared.input.workspace.councils.iter().flat_map(|council| &council.documents);
    let editions = documents.flat_map(|entry| entry.editions.iter().filter(|edition| is_checked(edition, entry)));
    let editions: Vec<&Edition> = editions.collect();
    let found: Vec<Vec<Diagnostic>> = editions.par_iter().map(|edition| check(edition, shared.input.as_of)).collect();
    let of = |severity| found.iter().flatten().filter(|finding| finding.code.severity == severity).count();
    let page = FindingsPage {
        root: paths::root(paths::FINDINGS),
        as_of: PartialDate::Day(shared.input.as_of).in_words(),
        summary: format!(
            "{} checked: {}, {} and {} of advice.",
            count(editions.len(), "document"),
            count(of(Severity::Error), "error"),
            count(of(Severity::Warning), "warning"),
            count(of(Severity::Advice), "piece")
        ),
        rules: paths::RULES,
        documents: editions.iter().zip(&found).map(|(edition, found)| of_document(edition, found)).collect(),
    };
    let html = pages::page(shared.input.templates, "site/findings.html", &page)?;
    Ok(Chapter::page("Findings", paths::FINDINGS, &html).unsearched())
}

fn of_document<'a>(edition: &'a Edition, found: &[Diagnostic]) -> OfDocument<'a> {
    let address = edition.address.as_ref();
    let named = Named { provisions: edition.protocol.provisions(), ids: edition.protocol.ids(), edition };
    OfDocument {
        id: anchor(edition),
        council: edition.council_name().unwrap_or_default(),
        title: &edition.protocol.title,
        version: edition.version(),
        pending: edition.protocol.status.caution(),
        path: address.map(paths::version).unwrap_or_default(),
        findings: found.iter().map(|found| finding(found, &named)).collect(),
    }
}

fn finding(found: &Diagnostic, named: &Named<'_>) -> Finding {
    Finding {
        code: found.code.id,
        name: found.code.name,
        severity: found.code.severity.to_string(),
        message: said(&found.message),
        help: found.help.as_deref().map(said).unwrap_or_default(),
        provision: found.provision.as_deref().map(|id| named.about(id)),
    }
}

fn said(message: &str) -> Vec<Said> {
    if message.matches('`').count() % 2 == 1 {
        // A document's own tick is among them: which is whose cannot be told.
        return vec![Said { text: message.to_owned(), is_code: false }];
    }
    let parts = message.split('`').enumerate();
    parts.map(|(nth, text)| Said { text: text.to_owned(), is_code: nth % 2 == 1 }).collect()
}

/// What is in a document, to be called by its name.
struct Named<'a> {
    edition: &'a Edition,
    provisions: Vec<Provision>,
    ids: Ids,
}

impl Named<'_> {
    fn about(&self, id: &str) -> About {
        // A section's id in a finding is its anchor already.
        if let Some(section) = id.strip_prefix("section-") {
            let nth = self.ids.sections.iter().position(|ids| ids.own == section);
            let found = nth.and_then(|nth| self.edition.protocol.sections.get(nth));
            let number = found.and_then(|section| Some(format!("section {}", section.number()?)));
            let heading = || found.and_then(|section| Some(format!("“{}”", section.heading.as_deref()?)));
            return About {
                name: number.or_else(heading).unwrap_or_else(|| "there".to_owned()),
                anchor: id.to_owned(),
            };
        }
        let provision = self.provisions.iter().find(|provision| provision.id == id);
        About { name: provision.map_or_else(|| id.to_owned(), number), anchor: format!("clause-{id}") }
    }
}
