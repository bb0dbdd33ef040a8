//! What the fuzz targets ask holds of what they begin with, and of all that fuzzing has found.

#![allow(clippy::disallowed_methods, reason = "tests read what they are to take")]

#[expect(unreachable_pub, reason = "it is a library of the fuzz targets")]
#[path = "../fuzz/src/lib.rs"]
mod fuzz;
mod support;

use std::fs;
use std::path::Path;

/// What is in a folder, in order of name.
fn inside(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The test of a target: one for each, so that they run beside each other and the one that fails has the name of what failed.
macro_rules! targets {
    ($($target:ident)*) => {
        $(#[test]
        fn $target() {
            holds(stringify!($target));
        })*

        const TARGETS: &[&str] = &[$(stringify!($target)),*];
    };
}

targets! { clause exports html markdown pair pdf source text word }

fn holds(target: &str) {
    for (name, seed) in fuzz::seeds::of(target) {
        println!("the seed {name}");
        fuzz::take(target, &seed);
    }
    let found = inside(&support::root().join("fuzz/corpus").join(target));
    assert!(!found.is_empty(), "nothing is kept of {target}");
    for path in found {
        println!("{}", path.display());
        fuzz::take(target, &fs::read(path).expect("read"));
    }
}

#[test]
fn each_target_is_here() {
    let targets = inside(&support::root().join("fuzz/targets"));
    let names: Vec<_> = targets.iter().map(|path| path.file_stem().expect("a name").to_str().expect("UTF-8")).collect();
    assert_eq!(names, TARGETS);
}
