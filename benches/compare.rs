//! Where the time goes in comparing: two of the five protocols with the others to ask, and documents of many clauses.
//!
//! Run with `cargo bench --bench compare`.

#![allow(missing_docs, reason = "criterion's macros make functions without documentation")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use engross::compare::{compare, redline};
use engross::model::{Address, Edition};
use engross::{read, store};

fn five() -> Vec<Edition> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = store::load::workspace(root, None, |_| (), || ()).expect("the shipped sources are read");
    loaded.value.into_editions()
}

/// A document of so many clauses, made of those of the five, each with a word of its own.
fn many(clauses: usize, version: &str) -> Edition {
    let provisions: Vec<String> =
        five().iter().flat_map(|edition| edition.protocol.provisions()).map(|provision| provision.text).collect();
    let mut toml = String::from("title = \"Long\"\nstatus = \"adopted\"\n[[section]]\nnumber = \"1\"\n");
    for nth in 0..clauses {
        let text = format!("{} Case {nth}{version}.", provisions[nth % provisions.len()].replace('\n', " "));
        toml.push_str(&format!("[[section.clause]]\nnumber = \"1.{nth}\"\ntext = {}\n", toml::Value::from(text)));
    }
    let source = engross::source::Source::new("long.toml", toml);
    let protocol = read::protocol(&source).expect("it is read").value;
    let address = Address { council: "here".into(), document: "long".into(), version: version.into() };
    Edition { address: Some(address), council: None, logo: None, settings: Default::default(), protocol, source }
}

fn comparing(criterion: &mut Criterion) {
    let five = five();
    let others: Vec<&Edition> = five[2..].iter().collect();
    criterion.bench_function("two of the five", |b| b.iter(|| compare(black_box(&five[0]), &five[1], &others)));
    criterion
        .bench_function("two of the five, nobody to ask", |b| b.iter(|| compare(black_box(&five[0]), &five[1], &[])));
    for clauses in [300, 5000] {
        let (old, new) = (many(clauses, "a"), many(clauses, "b"));
        criterion.bench_function(&format!("versions, {clauses} clauses"), |b| {
            b.iter(|| compare(black_box(&old), &new, &[]))
        });
        let mut elsewhere = new.clone();
        if let Some(address) = &mut elsewhere.address {
            address.council = "there".into();
        }
        if clauses == 300 {
            criterion.bench_function("councils, 300 clauses", |b| b.iter(|| compare(black_box(&old), &elsewhere, &[])));
        }
    }
    let (old, new) = (&five[0].protocol.provisions()[0].text, &five[1].protocol.provisions()[0].text);
    criterion.bench_function("redline", |b| b.iter(|| redline(black_box(old), new)));
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = comparing }
criterion_main!(benches);
