//! Where the time goes in importing: reading and recognising the longest of the five documents, from each format.
//!
//! Run with `cargo bench --bench import`; `benches/documents` has the whole command on thirty pages.

#![allow(missing_docs, reason = "criterion's macros make functions without documentation")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use engross::document::document;
use engross::import;
use engross::render::{Format, Templates};
use engross::store::load;

const FORMATS: [&str; 5] = ["docx", "pdf", "html", "md", "txt"];

fn importing(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("protocols/thanet/member-officer/proposed.toml");
    let edition = load::file(&path).expect("the shipped sources are read").value;
    let templates = Templates::new(&Default::default()).expect("the built-in templates fit");
    let tree = document(&edition);
    for format in FORMATS.iter().filter_map(|name| Format::named(name)) {
        let file = format.render(&edition, &tree, &templates).expect("it is written");
        let name = format!("document.{}", format.name);
        let manuscript = import::read(&file, &name).expect("it is read");
        criterion.bench_function(&format!("read {}", format.name), |bencher| {
            bencher.iter(|| import::read(black_box(&file), &name))
        });
        criterion.bench_function(&format!("recognise {}", format.name), |bencher| {
            bencher.iter(|| import::recognise(black_box(manuscript.clone())))
        });
    }
}

criterion_group!(benches, importing);
criterion_main!(benches);
