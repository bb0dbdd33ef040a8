//! The command `engross`; everything it does is in the library.

use std::process::ExitCode;

/// Ten thousand documents are a great many small strings: with the system's allocator they take twice as long.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    engross::cli::main()
}
