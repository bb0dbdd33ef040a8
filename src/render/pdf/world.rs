//! What Typst may read: the templates, the data of one document, its logo and our fonts. Nothing else is there, neither files
//! nor packages nor the day.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

/// The bold style of the typeface.
pub(super) const BOLD: &[u8] = include_bytes!("../../../templates/pdf/fonts/AtkinsonHyperlegibleNext-Bold.ttf");

/// The name of the typeface of documents.
pub(crate) const FAMILY: &str = "Atkinson Hyperlegible Next";

/// The typeface of documents, in its four styles, and one with the arrows, boxes and letters that it lacks.
pub(crate) static FONT_FILES: [&[u8]; 5] = [
    include_bytes!("../../../templates/pdf/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../../templates/pdf/fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    BOLD,
    include_bytes!("../../../templates/pdf/fonts/AtkinsonHyperlegibleNext-BoldItalic.ttf"),
    include_bytes!("../../../templates/pdf/fonts/SourceSans3-Regular.ttf"),
];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FONT_FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Typst's standard library; header cells of rows are among its extras.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// Whether a font has a glyph for the character.
pub(super) fn has_glyph(c: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(c)))
}

/// The files of one document, by their paths.
pub(super) struct Files {
    main: FileId,
    sources: FxHashMap<FileId, Source>,
    files: FxHashMap<FileId, Bytes>,
}

impl Files {
    /// The templates of these names, the first of which is the one to begin with.
    pub(super) fn new<'a>(templates: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let sources: Vec<Source> =
            templates.into_iter().map(|(name, text)| Source::new(id(name), text.to_owned())).collect();
        let main = sources.first().map_or_else(|| id("main.typ"), Source::id);
        Self {
            main,
            sources: sources.into_iter().map(|source| (source.id(), source)).collect(),
            files: FxHashMap::default(),
        }
    }

    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(id(name), Bytes::new(bytes));
    }
}

/// The name that a path goes by. They are never given back, so only names are used that do not change from document to document.
fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).unwrap_or_else(|_| unreachable!("the names are ours: {name}"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Files {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let source = || self.sources.get(&id).map(|source| Bytes::from_string(source.clone()));
        self.files.get(&id).cloned().or_else(source).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
