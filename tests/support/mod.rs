//! What several suites need.
#![allow(dead_code, reason = "each suite uses a part of it")]

pub(crate) mod attacks;
pub(crate) mod command;
#[cfg(feature = "pdf")]
pub(crate) mod pdf;
pub(crate) mod scene;
#[cfg(feature = "site")]
pub(crate) mod site;
pub(crate) mod word;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use engross::document::document;
use engross::model::{Edition, Workspace};
use engross::render::{Format, Templates};
use engross::source::Source;
use engross::{read, store};

/// The folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says that a test cannot do here what it is for. Whoever checks the whole project sets `ENGROSS_SKIPS_NOTHING`: then it fails.
pub(crate) fn skip(why: &str) {
    #[allow(clippy::disallowed_methods, reason = "tests are told by the environment what they may skip")]
    let asked_for = std::env::var_os("ENGROSS_SKIPS_NOTHING").is_some();
    assert!(!asked_for, "{why}");
    // Not by a macro, whose words a test that passes keeps to itself.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// A case file or folder.
pub(crate) fn case(path: &str) -> PathBuf {
    root().join("tests/cases").join(path)
}

/// The five councils' documents, as the project ships them.
pub(crate) fn workspace() -> Workspace {
    store::load::workspace(root(), None, |_| (), || ()).expect("the shipped sources are read").value
}

/// A version from TOML, of no council.
pub(crate) fn edition(toml: &str) -> Edition {
    let source = Source::new("document.toml", toml);
    let protocol = read::protocol(&source)
        .unwrap_or_else(|faults| panic!("{}\n{toml}", engross::diagnostics::full::render(&faults, false)));
    Edition {
        address: None,
        council: None,
        logo: None,
        settings: Default::default(),
        protocol: protocol.value.numbered(),
        source,
    }
}

/// The built-in templates, read once: a test asks for them hundreds of times.
pub(crate) fn templates() -> &'static Templates {
    static TEMPLATES: LazyLock<Templates> =
        LazyLock::new(|| Templates::new(&Default::default()).expect("the built-in templates fit"));
    &TEMPLATES
}

/// A version in one format, with the built-in templates.
pub(crate) fn rendered(edition: &Edition, format: &str) -> Vec<u8> {
    let format = Format::named(format).expect("a known format");
    format.render(edition, &document(edition), templates()).expect("rendered")
}

/// The same in a format that is text.
pub(crate) fn render(edition: &Edition, format: &str) -> String {
    String::from_utf8(rendered(edition, format)).expect("UTF-8")
}

/// Asserts a snapshot under the top-level `snapshots` folder.
#[allow(unused_macros, reason = "each suite uses a part of it")]
macro_rules! snapshot {
    ($name:expr, $value:expr) => {
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $value);
        });
    };
}
