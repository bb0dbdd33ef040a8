//! Counts how common each stem is in the wording of governance.
//!
//!     cargo run --release --example background      src/compare/language/background.tsv
//!
//! The background is the adopted protocols in `protocols` and the further documents in `tests/cases/compare/protocols`.

#![allow(clippy::disallowed_methods, reason = "a program for whoever works on engross writes its data files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use engross::compare::fitting::stems;
use engross::store::load;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut provisions = 0;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for workspace in [root.to_owned(), root.join("tests/cases/compare")] {
        let loaded = load::workspace(&workspace, None, |_| (), || ()).expect("the sources are sound");
        for document in loaded.value.councils.iter().flat_map(|council| &council.documents) {
            // Versions of one document say the same again: one of them is enough.
            for of_provision in stems(document.in_force_or_latest()) {
                provisions += 1;
                for stem in of_provision {
                    *counts.entry(stem).or_default() += 1;
                }
            }
        }
    }
    let mut text = format!("provisions\t{provisions}\n");
    for (stem, count) in &counts {
        let _ = writeln!(text, "{stem}\t{count}");
    }
    let path = root.join("src/compare/language/background.tsv");
    std::fs::write(&path, text).expect("background.tsv can be written");
    println!("{provisions} provisions, {} stems: wrote {}", counts.len(), path.display());
}
