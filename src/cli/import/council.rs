//! What a workspace holds of the council that a document is of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::model::{Council, CouncilEntry, DocumentEntry, Edition, Settings, is_id, slug};
use crate::read::write_council;
use crate::store::{COUNCIL_FILE, PROTOCOLS, find_workspace, load, write};

use super::super::Failure;

/// A council's documents, as they are on the disk; a council that is new here has none and no file.
pub(super) struct Holdings {
    pub(super) root: PathBuf,
    pub(super) id: String,
    /// What it is called if it is new here, where somebody said so.
    name: Option<String>,
    entry: Option<CouncilEntry>,
    settings: Settings,
}

/// From how alike two ids are, the one is taken for a slip of the pen.
const NEAR: f64 = 0.9;

impl Holdings {
    /// Loads what there is of a council. `name` is what it is called, if it is new here.
    pub(super) fn open(id: &str, name: Option<&str>, workspace: Option<&Path>) -> Result<Self, Failure> {
        named("council", id)?;
        let root = find_workspace(workspace)?;
        let here = load::councils(&root).map_err(Failure::Sources)?;
        let mut holdings =
            Self { id: id.to_owned(), name: name.map(str::to_owned), entry: None, settings: Settings::default(), root };
        if !here.iter().any(|council| council == id) {
            return holdings.begun(&here);
        }
        let loaded = load::workspace(&holdings.root, Some(&BTreeSet::from([id.to_owned()])), |_| (), || ());
        let loaded = loaded.map_err(Failure::Sources)?.value;
        holdings.settings = loaded.settings;
        holdings.entry = loaded.councils.into_iter().next();
        holdings.called_otherwise()?;
        Ok(holdings)
    }

    /// A council that is new here, unless its id is nearly that of one that is there.
    fn begun(self, here: &[String]) -> Result<Self, Failure> {
        let near = here.iter().find(|other| strsim::jaro_winkler(other, &self.id) > NEAR);
        match near.filter(|_| self.name.is_none()) {
            Some(near) => Err(Failure::Arguments(format!(
                "there is no council `{}` here; did you mean `{near}`? If it is a new one, say what it is called: \
                 --council-name \"Kings Hill Parish Council\"",
                self.id
            ))),
            None => Ok(self),
        }
    }

    /// That nobody gives a council that is there another name.
    fn called_otherwise(&self) -> Result<(), Failure> {
        let (Some(name), Some(entry)) = (&self.name, &self.entry) else { return Ok(()) };
        if entry.council.name == *name {
            return Ok(());
        }
        Err(Failure::Arguments(format!(
            "`{}` is {} here: change the name in its {COUNCIL_FILE}, or leave --council-name out",
            self.id, entry.council.name
        )))
    }

    /// The council, if it is known here.
    pub(super) fn council(&self) -> Option<&Council> {
        self.entry.as_ref().map(|entry| &entry.council)
    }

    /// Its documents.
    pub(super) fn documents(&self) -> &[DocumentEntry] {
        self.entry.as_ref().map_or(&[], |entry| &entry.documents)
    }

    /// One of its documents.
    pub(super) fn document(&self, id: &str) -> Option<&DocumentEntry> {
        self.documents().iter().find(|document| document.id == id)
    }

    /// A version of the council as commands read it.
    pub(super) fn edition(&self, edition: Edition) -> Edition {
        Edition { council: self.council().cloned(), settings: self.settings.clone(), ..edition }
    }

    /// Says what a council is called that is new here, by what some document prints, unless somebody said so.
    pub(super) fn call(&mut self, printed: &str) {
        if self.entry.is_none() {
            self.name.get_or_insert_with(|| in_small_letters(printed));
        }
    }

    /// What the file of a council is to say that is new here, by what it is called and what a document prints.
    pub(super) fn new_council(&self, printed: &str) -> Result<Option<Council>, Failure> {
        if self.entry.is_some() {
            return Ok(None);
        }
        let name = self.name.clone().or_else(|| (!printed.is_empty()).then(|| in_small_letters(printed)));
        let name = name.ok_or_else(|| {
            Failure::Arguments(format!(
                "`{}` is new here, and the document does not print what the council is called: say so, with \
                 --council-name \"Kings Hill Parish Council\"",
                self.id
            ))
        })?;
        Ok(Some(Council::named(&name)))
    }

    /// Makes the file of a council that is new here, and gives its path.
    pub(super) fn make(&mut self, council: Council) -> Result<PathBuf, Failure> {
        let path = self.root.join(PROTOCOLS).join(&self.id).join(COUNCIL_FILE);
        write::create(&path, write_council(&council).as_bytes())?;
        self.entry = Some(CouncilEntry { id: self.id.clone(), council, documents: Vec::new() });
        Ok(path)
    }

    /// Notes a version that was written.
    pub(super) fn add(&mut self, edition: Edition) {
        let (Some(entry), Some(address)) = (&mut self.entry, &edition.address) else { return };
        let at = entry.documents.partition_point(|document| document.id < address.document);
        match entry.documents.get_mut(at).filter(|document| document.id == address.document) {
            Some(document) => {
                let before = |other: &Edition| other.version() < edition.version();
                document.editions.insert(document.editions.partition_point(before), edition);
            }
            None => {
                let document = DocumentEntry { id: address.document.clone(), editions: vec![edition] };
                entry.documents.insert(at, document);
            }
        }
    }
}

/// That an id can name a folder or a file.
pub(super) fn named(what: &str, id: &str) -> Result<(), Failure> {
    let example = if what == "version" { ", such as 2024-05" } else { "" };
    if is_id(id) {
        return Ok(());
    }
    Err(Failure::Arguments(format!(
        "`{id}` cannot name a {what}: use lower-case letters, digits and single hyphens{example}"
    )))
}

/// Words that stand in small letters inside a name.
const SMALL: [&str; 12] = ["and", "by", "cum", "in", "le", "of", "on", "super", "the", "under", "upon", "with"];

/// A name that is printed in capitals as it is written: `Kings Hill Parish Council`.
fn in_small_letters(printed: &str) -> String {
    let name = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(char::is_lowercase) {
        return name;
    }
    let words = name.split_inclusive([' ', '-']).enumerate().map(|(nth, word)| {
        let lower = word.to_lowercase();
        let mut letters = lower.chars();
        match letters.next() {
            Some(first) if nth == 0 || !SMALL.contains(&lower.trim_end_matches([' ', '-'])) => {
                first.to_uppercase().chain(letters).collect()
            }
            _ => lower,
        }
    });
    words.collect()
}

/// Words that tell no council from another.
const GENERAL: [&str; 17] = [
    "and",
    "authority",
    "borough",
    "by",
    "city",
    "community",
    "council",
    "county",
    "district",
    "for",
    "full",
    "local",
    "meeting",
    "of",
    "parish",
    "the",
    "town",
];

/// Whether a name that a document prints is that of the council: with an address behind it, or in short, or as another kind of
/// council, which it may have been.
pub(super) fn is_printed(printed: &str, council: &Council) -> bool {
    let (printed, name) = (slug(printed), slug(&council.name));
    let own = |slug: &str| -> Vec<String> {
        slug.split('-').filter(|word| !word.is_empty() && !GENERAL.contains(word)).map(str::to_owned).collect()
    };
    let with_address = format!("-{printed}-").trim_start_matches("-the").starts_with(&format!("-{name}-"));
    with_address || own(&printed).is_empty() || own(&printed) == own(&name)
}

#[cfg(test)]
mod tests {
    use crate::model::Council;

    use super::{in_small_letters, is_printed};

    #[test]
    fn a_council_is_known_by_what_documents_print() {
        let council = Council::named("Kings Hill Parish Council");
        for printed in [
            "",
            "KING'S HILL PARISH COUNCIL",
            "The Kings Hill Parish Council, The Green",
            "The Council of the Parish of Kings Hill",
            "Full Council",
            "Kings Hill Town Council",
        ] {
            assert!(is_printed(printed, &council), "{printed}");
        }
        for printed in ["Battle Town Council", "East Kings Hill Parish Council", "Kings Parish Council"] {
            assert!(!is_printed(printed, &council), "{printed}");
        }
    }

    #[test]
    fn names_in_capitals_are_written_as_names_are() {
        for (printed, written) in [
            ("KINGS HILL PARISH COUNCIL", "Kings Hill Parish Council"),
            ("THE SWANSCOMBE AND GREENHITHE TOWN COUNCIL", "The Swanscombe and Greenhithe Town Council"),
            ("STOW-ON-THE-WOLD TOWN COUNCIL", "Stow-on-the-Wold Town Council"),
            ("KING’S LYNN BOROUGH COUNCIL", "King’s Lynn Borough Council"),
            ("Battle  Town Council", "Battle Town Council"),
        ] {
            assert_eq!(in_small_letters(printed), written);
        }
    }
}
