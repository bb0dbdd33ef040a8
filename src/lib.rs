//! engross
#![allow(missing_docs)]
pub mod diagnostics;
pub mod model;
pub mod read;
pub mod source;
