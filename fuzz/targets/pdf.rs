//! A PDF file of any bytes, or one whose pages draw what they say.

#![no_main]

use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::process::abort;

use engross_fuzz::{check, pdf, seeds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    seeds::write("pdf");
    only_our_panics();
}, |input: &[u8]| check(&pdf::file(input), "fuzz.pdf"));

/// Lets panics of the libraries that read PDF files pass, which the reader catches; those of the project are crashes, as is what
/// `check` finds.
fn only_our_panics() {
    // With the first file the reader has panics on its thread told no more; here they have to be.
    check(&pdf::file(b""), "fuzz.pdf");
    drop(take_hook());
    set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let file = panic.location().map_or("", |place| place.file());
        let of_a_library = file.contains("/registry/") || file.starts_with("/rustc/");
        if !of_a_library {
            eprintln!("{panic}");
            abort();
        }
    }));
}
