//! What changed: between a version and the one before it, between two councils, among all of a kind.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::compare::compare;
use crate::document::{self, Document, MatrixTable, count, difference, headline, usual_title};
use crate::matrix::matrix;
use crate::model::{DocumentEntry, Edition, Event};
use crate::render::matrix::{csv, json};
use crate::render::{TemplateError, site as pages};

use super::councils::Link;
use super::{Chapter, File, Shared, paths};

/// Of so many councils with a document of a kind, all are laid side by side two by two: 28 pages. Of more, each with those that
/// have most in common with it; the matrix has them all.
const MOST_IN_PAIRS: usize = 8;

/// How many others each is laid beside where not all are.
const NEAREST: usize = 3;

/// As many other councils as `diff` asks what corresponds to both.
const MOST_ASKED: usize = 40;

/// A comparison's page.
#[derive(Serialize)]
struct ComparisonPage {
    root: String,
    left: Side,
    right: Side,
    /// Whether both are versions of one document.
    versions: bool,
    /// Whether the council has yet to adopt the right side, of two versions.
    pending: bool,
    /// What is to be said of a side that is not in force, of two councils.
    cautions: Vec<Caution>,
    matrix: Option<String>,
    path: String,
}

/// A document that is not in force.
#[derive(Serialize)]
struct Caution {
    council: String,
    /// What it is instead.
    caution: &'static str,
}

/// The page that says what there is to compare.
#[derive(Serialize)]
struct WhatChanged<'a> {
    root: String,
    changes: Vec<Changed<'a>>,
    matrices: Vec<Link>,
}

/// A version that has one before it.
#[derive(Serialize)]
struct Changed<'a> {
    path: String,
    council: &'a str,
    title: &'a str,
    version: &'a str,
    before: &'a str,
    status: &'static str,
    pending: bool,
    last_event: Option<String>,
}

/// One side of a comparison.
#[derive(Serialize)]
struct Side {
    name: String,
    path: String,
}

/// The page of a matrix.
#[derive(Serialize)]
struct MatrixPage<'a> {
    root: String,
    title: &'a str,
    csv: String,
    json: String,
    pairs: Vec<Pair>,
    all_pairs: bool,
    councils: usize,
}

/// Two councils' documents, laid side by side elsewhere.
#[derive(Serialize)]
struct Pair {
    path: String,
    name: String,
    says: String,
}

/// What changed in a version since the one before, if there is one.
pub(super) fn changes(
    edition: &Edition,
    entry: &DocumentEntry,
    shared: &Shared<'_>,
) -> Result<Option<Chapter>, TemplateError> {
    let (Some(before), Some(address)) = (entry.before(edition), &edition.address) else { return Ok(None) };
    let comparison = compare(before, edition, &[]);
    let name = match edition.protocol.status.is_pending() {
        true => format!("What would change with {}", edition.version()),
        false => format!("What changed with {}", edition.version()),
    };
    let document = difference(&comparison, before, edition, |_| true);
    comparison_page(name, paths::changes(address), &document, (before, edition), shared).map(Some)
}

/// Every version that has one before it, the newest of a document first, and the matrices.
pub(super) fn what_changed(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let documents = shared.input.workspace.councils.iter().flat_map(|council| &council.documents);
    let versions = documents.flat_map(|entry| entry.editions.iter().rev().map(move |edition| (edition, entry)));
    let changes = versions.filter_map(|(edition, entry)| changed(edition, entry)).collect();
    let page = WhatChanged { root: paths::root(paths::WHAT_CHANGED), changes, matrices: matrices(shared) };
    let html = pages::page(shared.input.templates, "site/compared.html", &page)?;
    Ok(Chapter::page("What changed", paths::WHAT_CHANGED, &html).unsearched())
}

fn changed<'a>(edition: &'a Edition, entry: &'a DocumentEntry) -> Option<Changed<'a>> {
    Some(Changed {
        path: paths::changes(edition.address.as_ref()?),
        council: edition.council_name().unwrap_or_default(),
        title: &edition.protocol.title,
        version: edition.version(),
        before: entry.before(edition)?.version(),
        status: edition.protocol.status.word(),
        pending: edition.protocol.status.is_pending(),
        last_event: edition.protocol.last_event().map(Event::worded),
    })
}

fn comparison_page(
    name: String,
    path: String,
    document: &Document,
    (left, right): (&Edition, &Edition),
    shared: &Shared<'_>,
) -> Result<Chapter, TemplateError> {
    let council = |edition: &Edition| edition.address.as_ref().map(|address| address.council.clone());
    let versions = council(left) == council(right);
    let kind = right.address.as_ref().map(|address| address.document.as_str()).unwrap_or_default();
    let side = |edition: &Edition| Side {
        name: match versions {
            true => format!("Version {}", edition.version()),
            false => edition.council_name().unwrap_or_default().to_owned(),
        },
        path: edition.address.as_ref().map(paths::version).unwrap_or_default(),
    };
    let page = ComparisonPage {
        root: paths::root(&path),
        left: side(left),
        right: side(right),
        versions,
        pending: versions && right.protocol.status.is_pending(),
        cautions: [left, right].into_iter().filter(|_| !versions).filter_map(caution).collect(),
        matrix: shared.kinds.get(kind).filter(|_| !versions).map(|_| paths::matrix(kind)),
        path: path.clone(),
    };
    let html = pages::document(shared.input.templates, "site/changes.html", document, &page)?;
    let title = match versions {
        true => {
            format!("{}: {}, {}", right.council_name().unwrap_or_default(), right.protocol.title, lower_first(&name))
        }
        false => format!("{name}: {}", right.protocol.title),
    };
    Ok(Chapter::page(name, path, &html).titled(title).unsearched())
}

fn caution(edition: &Edition) -> Option<Caution> {
    let council = edition.council_name().unwrap_or_default().to_owned();
    Some(Caution { council, caution: edition.protocol.status.caution()? })
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

/// For each kind of document of which several councils have one: all at once, and two by two under it; and the matrices as files.
pub(super) fn side_by_side(shared: &Shared<'_>) -> Result<(Vec<Chapter>, Vec<File>), TemplateError> {
    let mut files = Vec::new();
    let mut chapters = Vec::new();
    for (kind, editions) in shared.kinds {
        let table = document::matrix(&matrix(editions, None));
        files.push(File::text(paths::file(&format!("matrix/{kind}.csv")), csv(&table)));
        files.push(File::text(paths::file(&format!("matrix/{kind}.json")), json(&table)));
        chapters.push(of_kind(kind, editions, &table, shared)?);
    }
    Ok((chapters, files))
}

fn of_kind(
    kind: &str,
    editions: &[&Edition],
    table: &MatrixTable,
    shared: &Shared<'_>,
) -> Result<Chapter, TemplateError> {
    let chosen = pairs(table);
    let one = |(left, right): &(usize, usize)| pair(editions, (*left, *right), shared);
    let made: Vec<(Chapter, String)> = chosen.par_iter().map(one).collect::<Result<_, _>>()?;
    let pairs = made.iter().map(|(chapter, says)| Pair {
        path: chapter.path.clone(),
        name: chapter.name.clone(),
        says: says.clone(),
    });
    let path = paths::matrix(kind);
    let page = MatrixPage {
        root: paths::root(&path),
        title: &table.title,
        csv: paths::file(&format!("matrix/{kind}.csv")),
        json: paths::file(&format!("matrix/{kind}.json")),
        pairs: pairs.collect(),
        all_pairs: editions.len() <= MOST_IN_PAIRS,
        councils: editions.len(),
    };
    let html = pages::matrix_page(shared.input.templates, "site/matrix.html", table, &page)?;
    let under = made.into_iter().map(|(chapter, _)| chapter).collect();
    Ok(Chapter::page(name_of(&table.title, table.columns.len()), path, &html).unsearched().with(under))
}

fn name_of(title: &str, councils: usize) -> String {
    format!("{title}: {}", count(councils, "council"))
}

/// Two councils' documents side by side, and what is to be said of them in a sentence.
fn pair(
    editions: &[&Edition],
    (at, other): (usize, usize),
    shared: &Shared<'_>,
) -> Result<(Chapter, String), TemplateError> {
    let (left, right) = (editions[at], editions[other]);
    let asked = editions.iter().enumerate().filter(|(nth, _)| *nth != at && *nth != other);
    let asked: Vec<&Edition> = asked.map(|(_, edition)| *edition).take(MOST_ASKED).collect();
    let comparison = compare(left, right, &asked);
    let document = difference(&comparison, left, right, |_| true);
    let says = headline(&comparison, &document::Wording::new(&comparison, left, right));
    let council = |edition: &Edition| edition.council_name().unwrap_or_default().to_owned();
    let name = format!("{} and {}", council(left), council(right));
    let path = match (&left.address, &right.address) {
        (Some(left), Some(right)) => paths::pair(left, right),
        _ => String::new(),
    };
    Ok((comparison_page(name, path, &document, (left, right), shared)?, says))
}

/// Which columns of a matrix are laid side by side, in order.
fn pairs(table: &MatrixTable) -> Vec<(usize, usize)> {
    let columns = table.columns.len();
    let all = (0..columns).flat_map(|at| (at + 1..columns).map(move |other| (at, other)));
    if columns <= MOST_IN_PAIRS {
        return all.collect();
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for row in table.rows() {
        let holders: Vec<usize> = (0..columns).filter(|at| row.cells[*at].is_some()).collect();
        for (nth, at) in holders.iter().enumerate() {
            holders[nth + 1..].iter().for_each(|other| *shared.entry((*at, *other)).or_default() += 1);
        }
    }
    let mut chosen = BTreeSet::new();
    for at in 0..columns {
        let of = |other: usize| shared.get(&(at.min(other), at.max(other))).copied().unwrap_or(0);
        let mut others: Vec<usize> = (0..columns).filter(|other| *other != at).collect();
        others.sort_by_key(|other| (std::cmp::Reverse(of(*other)), *other));
        chosen.extend(others.iter().take(NEAREST).map(|other| (at.min(*other), at.max(*other))));
    }
    chosen.into_iter().collect()
}

/// The matrices there are.
pub(super) fn matrices(shared: &Shared<'_>) -> Vec<Link> {
    let link = |(kind, editions): (&&str, &Vec<&Edition>)| Link {
        name: {
            let titles: Vec<&str> = editions.iter().map(|edition| edition.protocol.title.as_str()).collect();
            name_of(&usual_title(&titles), editions.len())
        },
        path: paths::matrix(kind),
    };
    shared.kinds.iter().map(link).collect()
}

/// The matrix that has a version, if one has.
pub(super) fn matrix_with(edition: &Edition, shared: &Shared<'_>) -> Option<String> {
    let kind = edition.address.as_ref()?.document.as_str();
    let editions = shared.kinds.get(kind)?;
    editions.iter().any(|other| std::ptr::eq(*other, edition)).then(|| paths::matrix(kind))
}

/// Where a version is laid beside each other council's; none where the matrix says which of them it is laid beside.
pub(super) fn beside(edition: &Edition, shared: &Shared<'_>) -> Vec<Link> {
    let Some(address) = &edition.address else { return Vec::new() };
    let kind = shared.kinds.get(address.document.as_str());
    let Some(editions) = kind.filter(|all| all.len() <= MOST_IN_PAIRS) else { return Vec::new() };
    let Some(own) = editions.iter().position(|other| std::ptr::eq(*other, edition)) else { return Vec::new() };
    let link = |(at, other): (usize, &&Edition)| {
        let theirs = other.address.as_ref().filter(|_| at != own)?;
        let path = if own < at { paths::pair(address, theirs) } else { paths::pair(theirs, address) };
        Some(Link { name: other.council_name().unwrap_or_default().to_owned(), path })
    };
    editions.iter().enumerate().filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::MatrixColumn;

    fn table(columns: usize) -> MatrixTable {
        let column = |at: usize| MatrixColumn {
            name: format!("Council {at}"),
            council: format!("Council {at}"),
            title: "Protocol".to_owned(),
            address: None,
            status: crate::model::Status::Adopted,
            caution: None,
            provisions: 0,
            lacks: vec![],
            only: vec![],
            stronger: vec![],
            weaker: vec![],
        };
        MatrixTable {
            title: "Protocol".to_owned(),
            columns: (0..columns).map(column).collect(),
            model: None,
            topics: vec![],
        }
    }

    #[test]
    fn few_are_laid_side_by_side_all_and_many_each_with_some() {
        assert_eq!(pairs(&table(5)).len(), 10);
        assert_eq!(pairs(&table(8)).len(), 28);
        let many = pairs(&table(20));
        assert!(many.len() <= 20 * NEAREST);
        assert!((0..20).all(|at| many.iter().any(|(left, right)| *left == at || *right == at)));
    }
}
