//! Where the time goes in compiling one document: reading, laying out, each format, checking.
//!
//! Run with `cargo bench --bench compile`.

#![allow(missing_docs, reason = "criterion's macros make functions without documentation")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use engross::document::document;
use engross::model::Edition;
use engross::render::{FORMATS, Templates};
use engross::{check, read, store};

/// The longest of the five documents.
fn thanet() -> Edition {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = store::load::file(&root.join("protocols/thanet/member-officer/proposed.toml"));
    loaded.expect("the shipped sources are read").value
}

fn compile(criterion: &mut Criterion) {
    let edition = thanet();
    let templates = Templates::new(&Default::default()).expect("the built-in templates fit");
    let tree = document(&edition);
    criterion.bench_function("read", |bencher| bencher.iter(|| read::protocol(black_box(&edition.source))));
    criterion.bench_function("provisions", |bencher| bencher.iter(|| black_box(&edition.protocol).provisions()));
    criterion.bench_function("document", |bencher| bencher.iter(|| document(black_box(&edition))));
    for format in FORMATS {
        let name = format!("render {}", format.name);
        criterion.bench_function(&name, |bencher| bencher.iter(|| format.render(&edition, &tree, &templates)));
    }
    let day = jiff::civil::date(2026, 11, 22);
    criterion.bench_function("check", |bencher| bencher.iter(|| check::check(black_box(&edition), day)));
    criterion.bench_function("templates", |bencher| bencher.iter(|| Templates::new(&Default::default())));
}

criterion_group!(benches, compile);
criterion_main!(benches);
