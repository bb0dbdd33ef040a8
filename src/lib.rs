//! engross
#![allow(missing_docs)]
pub mod check;
pub mod cli;
pub mod diagnostics;
pub mod document;
pub mod model;
pub mod read;
pub mod render;
pub mod source;
pub mod store;
