//! Loads a workspace: its councils, documents, versions and templates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostics::Diagnostic;
use crate::model::{Address, Council, CouncilEntry, DocumentEntry, Edition, Protocol, Settings, Workspace, is_id};
use crate::read::{self, codes};
use crate::render::OVERRIDABLE;
use crate::source::Source;

use super::{COUNCIL_FILE, PROTOCOLS, SETTINGS_FILE, StoreError, TEMPLATES, journal, read as files, shown};

/// What was loaded, and what is to be said about it although it could be.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The value.
    pub value: T,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// The ids of the councils in a workspace, in order; none where there is no workspace. Folders that are not named as a council's are
/// passed over: loading says so.
///
/// # Errors
/// When it cannot be known which there are.
pub fn councils(root: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let protocols = root.join(PROTOCOLS);
    // Where that cannot be known, reading it says why.
    let is_there = protocols.try_exists().unwrap_or(true);
    let folders = if is_there { entries(&protocols, root, &mut faults) } else { Vec::new() };
    let councils = folders.iter().filter(|folder| folder.is_dir() && !is_bare(folder));
    let councils = councils.map(|folder| file_name(folder)).filter(|name| is_id(name)).collect();
    if faults.is_empty() { Ok(councils) } else { Err(faults) }
}

/// Whether there is nothing in a folder but what is hidden: a run that was ended just then has made it, and got no further.
fn is_bare(folder: &Path) -> bool {
    let hidden = |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    fs::read_dir(folder).is_ok_and(|mut entries| entries.all(|entry| entry.is_ok_and(hidden)))
}

/// How much of each version is kept once it has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    Everything,
    Facts,
}

/// Loads the councils named, or all of them; `begun` is told how many there are, `done` each time one is loaded.
///
/// # Errors
/// Every fault of every file looked at.
pub fn workspace(
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    begun: impl Fn(usize),
    done: impl Fn() + Sync,
) -> Result<Loaded<Workspace>, Vec<Diagnostic>> {
    keeping(Keep::Everything, root, councils, begun, done)
}

/// As [`workspace`], every file read and checked in full, but of each version only the facts about it are kept: its title,
/// status, history and review. Its sections, its source's text and the logo are nearly all of the memory.
///
/// # Errors
/// Every fault of every file looked at.
pub fn facts(
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    begun: impl Fn(usize),
    done: impl Fn() + Sync,
) -> Result<Loaded<Workspace>, Vec<Diagnostic>> {
    keeping(Keep::Facts, root, councils, begun, done)
}

/// As often as sources are read again because another run changes them.
const ATTEMPTS: usize = 20;

fn keeping(
    keep: Keep,
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    begun: impl Fn(usize),
    done: impl Fn() + Sync,
) -> Result<Loaded<Workspace>, Vec<Diagnostic>> {
    let failed = |error: StoreError| vec![Diagnostic::new(&codes::UNREADABLE, error.to_string())];
    for _ in 0..ATTEMPTS {
        let before = journal::last(root);
        journal::complete(root).map_err(failed)?;
        let read = once(keep, root, councils, &begun, &done);
        // Another run may have adopted a document meanwhile: then some files are as before and some as after.
        if journal::last(root) == before {
            return read;
        }
    }
    Err(failed(StoreError::Busy(shown(&root.join(PROTOCOLS), Some(root)))))
}

fn once(
    keep: Keep,
    root: &Path,
    councils: Option<&BTreeSet<String>>,
    begun: impl Fn(usize),
    done: impl Fn() + Sync,
) -> Result<Loaded<Workspace>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let settings = settings_file(root).map_err(|more| faults.extend(more)).unwrap_or_default();
    let folders = entries(&root.join(PROTOCOLS), root, &mut faults);
    let mut wanted = Vec::new();
    for folder in folders {
        let name = file_name(&folder);
        if councils.is_some_and(|councils| !councils.contains(&name)) || !folder.is_dir() && !is_toml(&folder) {
            continue;
        }
        if leads_out(&folder, root) {
            faults.push(Diagnostic::new(
                &codes::UNREADABLE,
                format!("{} leads out of the workspace", shown(&folder, Some(root))),
            ));
        } else if folder.is_dir() && is_id(&name) {
            if !is_bare(&folder) {
                wanted.push((name, folder));
            }
        } else {
            faults.push(misplaced(&folder, root, "expected protocols/COUNCIL/council.toml"));
        }
    }
    begun(wanted.len());
    let load = |(id, folder): &(String, PathBuf)| {
        let loaded = council(id, folder, root, &settings, keep);
        done();
        loaded
    };
    let loaded: Vec<_> = wanted.par_iter().map(load).collect();
    let mut value = Workspace { councils: Vec::new(), settings };
    let mut warnings = Vec::new();
    for council in loaded {
        match council {
            Ok(council) => {
                value.councils.push(council.value);
                warnings.extend(council.warnings);
            }
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Ok(Loaded { value, warnings }) } else { Err(faults) }
}

fn council(
    id: &str,
    folder: &Path,
    root: &Path,
    settings: &Settings,
    keep: Keep,
) -> Result<Loaded<CouncilEntry>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut warnings = Vec::new();
    let details = council_file(&folder.join(COUNCIL_FILE), Some(root));
    let details = details.map_err(|more| faults.extend(more)).ok();
    let files = version_files(folder, root, &mut faults);
    let read: Vec<_> = files
        .into_par_iter()
        .map(|(document, path)| (document, version(&path, Some(root)).map(|version| keep.of(version)), path))
        .collect();
    let mut documents: Vec<DocumentEntry> = Vec::new();
    for (document, protocol, path) in read {
        let protocol = match protocol {
            Ok(protocol) => protocol,
            Err(more) => {
                faults.extend(more);
                continue;
            }
        };
        let Some((council, logo, _)) = &details else { continue };
        warnings.extend(protocol.warnings);
        let (protocol, source) = protocol.value;
        let address = Address { council: id.to_owned(), document: document.clone(), version: version_name(&path) };
        let edition = Edition {
            address: Some(address),
            council: Some(council.clone()),
            logo: logo.clone().filter(|_| keep == Keep::Everything),
            settings: settings.clone(),
            protocol,
            source,
        };
        match documents.last_mut() {
            Some(last) if last.id == document => last.editions.push(edition),
            _ => documents.push(DocumentEntry { id: document, editions: vec![edition] }),
        }
    }
    match details {
        Some((council, _, more)) if faults.is_empty() => {
            warnings.extend(more);
            Ok(Loaded { value: CouncilEntry { id: id.to_owned(), council, documents }, warnings })
        }
        _ => Err(faults),
    }
}

impl Keep {
    /// What is kept of a version.
    fn of(self, mut version: Loaded<Version>) -> Loaded<Version> {
        if self == Self::Facts {
            let (protocol, source) = &mut version.value;
            protocol.sections = Vec::new();
            *source = Source::new(source.path.as_ref(), "");
        }
        version
    }
}

/// What the workspace's `engross.toml` says; nothing where there is none.
fn settings_file(root: &Path) -> Result<Settings, Vec<Diagnostic>> {
    let path = root.join(SETTINGS_FILE);
    if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        return Ok(Settings::default());
    }
    let source = files::source(&path, Some(root)).map_err(|fault| vec![*fault])?;
    Ok(read::settings(&source)?.value)
}

type CouncilDetails = (Council, Option<Vec<u8>>, Vec<Diagnostic>);

fn council_file(path: &Path, root: Option<&Path>) -> Result<CouncilDetails, Vec<Diagnostic>> {
    if fs::symlink_metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        let name = shown(path, root);
        let message = format!("there is no {name}");
        let help = "make it with at least `name` and `kind`; `engross explain S05` tells more";
        return Err(vec![Diagnostic::new(&codes::MISPLACED, message).help(help)]);
    }
    let source = files::source(path, root).map_err(|fault| vec![*fault])?;
    let council = read::council(&source)?;
    let picture = council.value.logo.as_ref().map(|logo| path.with_file_name(&logo.file));
    let logo = picture.map(|picture| files::logo(&picture, root)).transpose().map_err(|fault| {
        let place = crate::model::Place::key("logo").then("file");
        vec![fault.at(&source, read::locate(&source, &place))]
    })?;
    Ok((council.value, logo, council.warnings))
}

/// The version files of a council, each with its document, sorted; everything else that looks like a source is a fault.
fn version_files(folder: &Path, root: &Path, faults: &mut Vec<Diagnostic>) -> Vec<(String, PathBuf)> {
    let expected = "expected protocols/COUNCIL/DOCUMENT/VERSION.toml";
    let mut files = Vec::new();
    for document in entries(folder, root, faults) {
        if !document.is_dir() {
            if is_toml(&document) && file_name(&document) != COUNCIL_FILE {
                faults.push(misplaced(&document, root, expected));
            }
            continue;
        }
        for file in entries(&document, root, faults) {
            let named = is_id(&file_name(&document)) && is_id(&version_name(&file));
            if is_toml(&file) && named {
                files.push((file_name(&document), file));
            } else if is_toml(&file) || file.is_dir() {
                faults.push(misplaced(&file, root, expected));
            }
        }
    }
    files
}

type Version = (Protocol, Source);

fn version(path: &Path, root: Option<&Path>) -> Result<Loaded<Version>, Vec<Diagnostic>> {
    version_from(files::source(path, root).map_err(|fault| vec![*fault])?)
}

/// As [`version`], but named in messages as the user named it.
fn version_as_named(path: &Path, root: Option<&Path>) -> Result<Loaded<Version>, Vec<Diagnostic>> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let read = files::source(&whole, root).map_err(|fault| vec![*fault])?;
    version_from(Source::new(shown(path, None), read.text))
}

fn version_from(source: Source) -> Result<Loaded<Version>, Vec<Diagnostic>> {
    let protocol = read::protocol(&source)?;
    Ok(Loaded { value: (protocol.value.numbered(), source), warnings: protocol.warnings })
}

/// Loads one version from a file, in a workspace or not. If it lies as a workspace has it, its council is loaded too.
///
/// # Errors
/// Every fault of the file and of its council's.
pub fn file(path: &Path) -> Result<Loaded<Edition>, Vec<Diagnostic>> {
    if file_name(path) == COUNCIL_FILE {
        let message = format!("{} says who a council is, and is no document", path.display());
        let help = "name a version of a document, or the council by its folder, such as `kings-hill`";
        return Err(vec![Diagnostic::new(&codes::MISPLACED, message).help(help)]);
    }
    // Where it lies by name: a link is followed only when it is read, and then not out of the workspace.
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let address = address_of(&whole);
    let council = address.as_ref().and_then(|_| whole.parent()?.parent());
    // The workspace that holds …/protocols/COUNCIL: its files are held to it here as anywhere.
    let root = council.and_then(|council| council.parent()?.parent());
    let version = version_as_named(path, root)?;
    let council_path = council.map(|council| council.join(COUNCIL_FILE)).filter(|path| path.exists());
    let details = council_path.map(|path| council_file(&path, root)).transpose()?;
    let (council, logo, more) = match details {
        Some((council, logo, more)) => (Some(council), logo, more),
        None => (None, None, Vec::new()),
    };
    let settings = root.map(settings_file).transpose()?.unwrap_or_default();
    let (protocol, source) = version.value;
    let warnings = version.warnings.into_iter().chain(more).collect();
    Ok(Loaded { value: Edition { address, council, logo, settings, protocol, source }, warnings })
}

/// The workspace a file lies in, and its address there, if it lies as a workspace has it.
pub fn place(path: &Path) -> Option<(PathBuf, Address)> {
    let whole = std::path::absolute(path).ok()?;
    let address = address_of(&whole)?;
    Some((whole.ancestors().nth(4)?.to_owned(), address))
}

/// The address of a file that lies at `…/protocols/COUNCIL/DOCUMENT/VERSION.toml`.
fn address_of(path: &Path) -> Option<Address> {
    let document = path.parent()?;
    let council = document.parent()?;
    let protocols = council.parent()?;
    let address = Address { council: file_name(council), document: file_name(document), version: version_name(path) };
    let named = is_id(&address.council) && is_id(&address.document) && is_id(&address.version);
    (named && file_name(protocols) == PROTOCOLS).then_some(address)
}

/// The templates of a workspace that take the place of built-in ones, by their path under `templates/`.
///
/// Files of other kinds than templates have (`.html`, `.css`, `.md`, `.txt`, `.toml`, `.xml`) are left alone.
///
/// # Errors
/// When one cannot be read, is not UTF-8, or leads out of the workspace.
pub fn templates(root: &Path) -> Result<BTreeMap<String, String>, Vec<Diagnostic>> {
    let folder = root.join(TEMPLATES);
    let mut overrides = BTreeMap::new();
    let mut faults = Vec::new();
    if !folder.is_dir() {
        return Ok(overrides);
    }
    let groups = entries(&folder, root, &mut faults).into_iter();
    let paths: Vec<PathBuf> =
        groups.flat_map(|path| if path.is_dir() { entries(&path, root, &mut faults) } else { vec![path] }).collect();
    for path in paths.into_iter().filter(|path| is_template(path)) {
        let name = shown(&path, Some(&folder));
        match files::source(&path, Some(root)) {
            Ok(source) => {
                overrides.insert(name, source.text.to_string());
            }
            Err(fault) => faults.push(*fault),
        }
    }
    // In the workspace of engross itself these are the built-in ones.
    overrides.retain(|name, text| !OVERRIDABLE.iter().any(|(known, built_in)| known == name && built_in == text));
    if faults.is_empty() { Ok(overrides) } else { Err(faults) }
}

/// Whether a file is named as some template is.
fn is_template(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
    let known = OVERRIDABLE.iter().filter_map(|(name, _)| Path::new(name).extension());
    extension.is_some_and(|extension| known.into_iter().any(|known| known == extension))
}

fn entries(folder: &Path, root: &Path, faults: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = listed.unwrap_or_else(|error| {
        faults.push(Diagnostic::new(
            &codes::UNREADABLE,
            format!("{} cannot be read: {error}", shown(folder, Some(root))),
        ));
        Vec::new()
    });
    paths.retain(|path| !file_name(path).starts_with('.'));
    paths.sort();
    paths
}

fn misplaced(path: &Path, root: &Path, expected: &str) -> Diagnostic {
    let message = format!("{} is not where, or not named as, a source should be", shown(path, Some(root)));
    let names = "names are made of lower-case letters, digits and single hyphens";
    Diagnostic::new(&codes::MISPLACED, message).help(format!("{expected}; {names}"))
}

/// Whether a folder lies, by a symbolic link, outside the workspace.
fn leads_out(folder: &Path, root: &Path) -> bool {
    let (Ok(real), Ok(root)) = (fs::canonicalize(folder), fs::canonicalize(root)) else { return false };
    !real.starts_with(root)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn version_name(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
