//! engross compiles the protocols that councils adopt, kept as TOML, into documents, word for word, checks and compares them.
//!
//! What flows through it, in order:
//!
//! 1. [`store`] finds a workspace and reads its files into [`source`]s, nothing else touching the disk.
//! 2. [`mod@read`] turns the TOML of a source into the [`model`]: a [`Council`](model::Council), a
//!    [`Protocol`](model::Protocol) and its [`Provision`](model::Provision)s. Every fault of a file becomes a finding of
//!    [`diagnostics`], with its place. [`mod@import`] makes the model of documents in other formats.
//! 3. [`mod@check`] looks at the model, one rule a file, and adds findings of its own.
//! 4. [`mod@compare`] tells what changed between two documents.
//! 5. [`mod@review`] tells which documents are to be reviewed by when.
//! 6. [`mod@document`] lays a protocol, a comparison or a register out as a tree of blocks.
//! 7. [`render`] writes the tree as Markdown, HTML or plain text, and the model as JSON; [`store`] puts the files in place.
//! 8. [`mod@site`] makes a book of all this, which mdBook makes a site of.
//! 9. [`cli`] is the command line over all this.

// Not in Cargo.toml: tests may do all this.
#![warn(clippy::unwrap_used, clippy::panic)]

pub mod check;
pub mod cli;
pub mod compare;
pub mod diagnostics;
pub mod document;
pub mod import;
pub mod matrix;
pub mod model;
pub mod read;
pub mod render;
pub mod review;
pub mod site;
pub mod source;
pub mod store;
