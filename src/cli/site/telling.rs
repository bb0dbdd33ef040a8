//! What mdBook says while it makes a book, which it says to a log: a file to include that is not there, two chapters for one page.

use std::fmt::{Debug, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::store::shown;

use super::includes::Include;

/// Does something, and keeps what is told meanwhile in this thread, of weight.
pub(super) fn listening<T>(does: impl FnOnce() -> T) -> (T, Vec<String>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let done = tracing::subscriber::with_default(Listener(Arc::clone(&told)), does);
    let told = std::mem::take(&mut *told.lock().unwrap_or_else(PoisonError::into_inner));
    (done, told)
}

/// What is to be told of a book in which chapters ask for those files, and of which mdBook `said` that: each thing once.
pub(super) fn told(included: &[Include], said: Vec<String>, root: &Path) -> Vec<String> {
    let missing: Vec<&Include> = included.iter().filter(|include| !include.found).collect();
    let mut told: Vec<String> = missing.iter().map(|include| of_missing(include, root)).collect();
    let mut known = false;
    for said in said {
        if let Some(cause) = said.strip_prefix("Caused By: ") {
            // It belongs to what was said before.
            if let Some(last) = told.last_mut().filter(|_| !known) {
                let _ = write!(last, " ({cause})");
            }
            continue;
        }
        known = missing.iter().any(|include| said.starts_with(&format!("Error updating \"{}\"", include.words)));
        if !known {
            told.push(format!("mdBook: {said}"));
        }
    }
    told
}

fn of_missing(include: &Include, root: &Path) -> String {
    let Include { within, line, words, file, .. } = include;
    let why = if file.exists() { "which cannot be read as text" } else { "which is not there" };
    format!(
        "{}, line {line}: `{words}` asks for {}, {why}. The page shows these words instead",
        shown(within, Some(root)),
        shown(file, Some(root))
    )
}

struct Listener(Arc<Mutex<Vec<String>>>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(words.0);
    }

    // How long it is about what is not asked.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The words of what is told.
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            // Writing to a string never fails.
            let _ = write!(self.0, "{value:?}");
        }
    }
}
