//! How common a stem is in the wording of governance.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// In how many provisions of the background each stem occurs, and of how many.
pub(super) struct Background {
    pub(super) provisions: u32,
    pub(super) counts: FxHashMap<&'static str, u32>,
}

/// The counts that `cargo run --release --example background` makes: first the number of provisions, then a line for each
/// stem.
pub(super) static BACKGROUND: LazyLock<Background> = LazyLock::new(|| {
    let mut lines = include_str!("background.tsv").lines();
    let provisions = lines.next().and_then(|line| line.split('\t').nth(1)).and_then(|n| n.parse().ok()).unwrap_or(0);
    let counts =
        lines.filter_map(|line| line.split_once('\t').and_then(|(stem, n)| Some((stem, n.parse().ok()?)))).collect();
    Background { provisions, counts }
});
