//! What the fuzzer starts from, beside what is in `corpus/`: the cases of the tests and the documents of the project.

use std::path::{Path, PathBuf};
use std::{fs, io};

use engross::document::document;
use engross::model::Edition;
use engross::render::{Format, Templates};
use engross::store::load;

/// The longest seed, in bytes: what is longer takes more time than it finds.
const LONGEST: usize = 24_000;

/// Writes the seeds of a target beside its corpus. Their names have no ending, so that git leaves them out.
#[cfg(not(test))]
pub fn write(target: &str) {
    let folder = root().join("fuzz/corpus").join(target);
    let written = fs::create_dir_all(&folder).and_then(|()| {
        of(target).into_iter().try_for_each(|(name, bytes)| fs::write(folder.join(format!("seed-{name}")), bytes))
    });
    written.unwrap_or_else(|error| panic!("the seeds of {target} cannot be written: {error}"));
}

/// The folder of the project: of this crate the one above, of the tests that take the same inputs their own.
fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    if own.join("fuzz").is_dir() { own } else { own.parent().expect("the folder of the project") }
}

/// The seeds of a target, by name.
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    let mut seeds = match target {
        "text" => files("tests/cases/adopted", "txt").expect("the adopted texts"),
        "pdf" => files("tests/cases/import/pdf", "pdf").expect("the PDF cases"),
        "word" => rendered("docx").into_iter().map(|(name, file)| (name, super::word::parts(&file))).collect(),
        "html" | "markdown" => rendered(if target == "html" { "html" } else { "md" }),
        "source" => sources(),
        "clause" => clauses(),
        // What these take is kept in `corpus/` alone.
        "exports" | "pair" => Vec::new(),
        other => panic!("no target is called {other}"),
    };
    seeds.iter_mut().for_each(|(_, bytes)| bytes.truncate(LONGEST));
    seeds
}

fn files(folder: &str, ending: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join(folder))?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == ending));
    paths.sort();
    assert!(!paths.is_empty(), "no seeds in {folder}");
    let named = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().map(|path| Ok((named(path), fs::read(path)?))).collect()
}

/// Sources that are right, and those with each fault there is.
fn sources() -> Vec<(String, Vec<u8>)> {
    let folders = ["render", "faults", "council-faults"];
    let of = |folder: &str| {
        let found = files(&format!("tests/cases/{folder}"), "toml").expect("the cases of sources");
        found.into_iter().map(|(name, bytes)| (format!("{folder}-{name}"), bytes)).collect::<Vec<_>>()
    };
    folders.into_iter().flat_map(of).collect()
}

/// What stands in the clauses of a document with everything in it.
fn clauses() -> Vec<(String, Vec<u8>)> {
    let everything = load::file(&root().join("tests/cases/render/everything.toml")).expect("the case is read").value;
    let texts = super::clause::written(&everything.protocol).into_iter().enumerate();
    texts.map(|(nth, text)| (nth.to_string(), text.into_bytes())).collect()
}

/// The documents as the program writes them.
fn rendered(format: &str) -> Vec<(String, Vec<u8>)> {
    let everything = load::file(&root().join("tests/cases/render/everything.toml")).expect("the case is read").value;
    let workspace = load::workspace(root(), None, |_| (), || ()).expect("the shipped sources are read").value;
    let templates = Templates::new(&Default::default()).expect("the built-in templates fit");
    let format = Format::named(format).expect("a known format");
    let render = |edition: &Edition| format.render(edition, &document(edition), &templates).expect("rendered");
    let shipped = workspace.editions().enumerate().map(|(nth, edition)| (format!("shipped-{nth}"), render(edition)));
    shipped.chain([("everything".to_owned(), render(&everything))]).collect()
}
