//! Words of governance that stand for one another.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Terms, fold};

#[derive(Deserialize)]
struct File {
    sets: Vec<Vec<String>>,
}

/// Each set's words and phrases, in folded words with the roles named.
pub(super) static SETS: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is built in, and every test reads it")]
    let file: File = toml::from_str(include_str!("thesaurus.toml")).expect("thesaurus.toml is TOML");
    let terms = Terms::default();
    let read = |phrase: &String| terms.name_roles(&fold(phrase));
    file.sets.iter().map(|set| set.iter().map(read).collect()).collect()
});
