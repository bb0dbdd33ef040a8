//! TOML ⇄ model. Reading collects every fault of a file; writing gives the canonical form, which reads back the same.
//!
//! [`mod@file`] parses TOML into the types of [`mod@format`], which define the format and its JSON Schema; [`council()`],
//! [`protocol()`] and [`settings()`] turn these into the model, [`write_council`] and [`write_protocol`] the model into TOML;
//! [`amend()`] changes facts in a file that somebody wrote; [`markdown`] reads and writes the texts inside; [`locate()`] finds
//! the place of a fault.

mod amend;
mod canonical;
pub mod codes;
mod council;
mod faults;
pub mod file;
pub mod format;
mod locate;
pub mod markdown;
mod protocol;
mod settings;

pub use amend::{AmendError, amend};
pub use canonical::{write_council, write_protocol};
pub use council::council;
pub(crate) use locate::Locator;
pub use locate::locate;
pub use protocol::protocol;
pub use settings::settings;

use crate::diagnostics::Diagnostic;

/// Whether a text is the whole address of a page of the web.
fn is_web_address(text: &str) -> bool {
    text.starts_with("http") && markdown::is_safe_target(text)
}

/// What was read, and what is to be said about it although it could be used.
#[derive(Debug, Clone)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Warnings, in the order of the file.
    pub warnings: Vec<Diagnostic>,
}
