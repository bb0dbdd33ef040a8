//! Fields: what Word works out. Their codes are no words; what was worked out last is.

use super::xml::Element;
use crate::read::markdown::is_safe_target;

/// The longest address of a link, in bytes.
const LONGEST_ADDRESS: usize = 2_083;

/// A field that has begun.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// How many spans stand before it.
    pub(super) from: usize,
    /// Its code, as far as it has been read.
    pub(super) code: String,
    /// What it shows if it is a list to choose from.
    shown: Option<String>,
    /// Whether what it shows has begun.
    pub(super) shows: bool,
    /// Where it leads.
    pub(super) link: Option<std::rc::Rc<str>>,
}

impl Field {
    /// The field that a `w:fldChar` begins.
    pub(super) fn begun(mark: &Element, from: usize) -> Self {
        let choices = mark.child("w:ffData").and_then(|data| data.child("w:ddList"));
        let shown = choices.and_then(|choices| {
            let chosen = choices.number_of("w:result").or_else(|| choices.number_of("w:default")).unwrap_or(0);
            let mut entries = choices.elements().filter(|entry| entry.name() == "w:listEntry");
            entries.nth(chosen)?.attribute("w:val").map(str::to_owned)
        });
        Self { from, shown, ..Self::default() }
    }

    /// What it shows that is not among the words after it.
    pub(super) fn shown(&mut self) -> Option<String> {
        self.shown.take()
    }
}

/// The address a field with that code leads to.
pub(super) fn link(code: &str) -> Option<String> {
    let rest = code.trim_start();
    let head = rest.get(..9).filter(|head| head.eq_ignore_ascii_case("HYPERLINK"))?;
    let rest = rest[head.len()..].trim_start();
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    };
    target.and_then(address)
}

/// An address that a link of the text may lead to.
pub(super) fn address(target: &str) -> Option<String> {
    let target = target.trim();
    let scheme = target.split(':').next().unwrap_or_default().to_lowercase();
    let may = matches!(scheme.as_str(), "http" | "https" | "mailto")
        && target.len() <= LONGEST_ADDRESS
        && is_safe_target(target);
    may.then(|| target.to_owned())
}

/// The name of a field whose number Word prints but does not write down.
pub(super) fn unwritten(code: &str) -> Option<&str> {
    let name = code.split_whitespace().next()?;
    let known = ["LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"];
    known.iter().any(|known| known.eq_ignore_ascii_case(name)).then_some(name)
}
