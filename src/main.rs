//! The command `engross`; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    engross::cli::main()
}
