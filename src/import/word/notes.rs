//! Footnotes and endnotes.

use super::numbering;
use super::xml::Element;
use crate::import::Place;

/// Where a note is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// At the foot of the page.
    Footnote,
    /// At the end of the text.
    Endnote,
}

impl Kind {
    /// The name of its element, and of the part that has all of the kind.
    pub(super) fn element(self) -> (&'static str, &'static str) {
        match self {
            Self::Footnote => ("w:footnote", "footnotes"),
            Self::Endnote => ("w:endnote", "endnotes"),
        }
    }
}

/// A note that a text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteReference {
    pub(super) kind: Kind,
    pub(super) id: String,
    /// What is printed for it; none where the text has its mark.
    pub(super) label: Option<String>,
    /// Where the text refers to it.
    pub(super) place: Place,
}

/// How notes are numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct NoteNumbers {
    footnotes: NoteNumber,
    endnotes: NoteNumber,
}

#[derive(Debug, Clone, Default)]
struct NoteNumber {
    format: Option<String>,
    start: Option<u32>,
    each_section: bool,
    counted: u32,
}

impl NoteNumbers {
    /// As the settings and the first section say, the later of them going before.
    pub(super) fn read<'a>(says: impl Iterator<Item = &'a Element>) -> Self {
        let mut numbers = Self::default();
        for element in says {
            numbers.footnotes.set(element.child("w:footnotePr"));
            numbers.endnotes.set(element.child("w:endnotePr"));
        }
        numbers
    }

    /// What the next note is called.
    pub(super) fn next(&mut self, kind: Kind) -> String {
        let (number, usual) = match kind {
            Kind::Footnote => (&mut self.footnotes, "decimal"),
            Kind::Endnote => (&mut self.endnotes, "lowerRoman"),
        };
        let next = number.start.unwrap_or(1).saturating_add(number.counted);
        number.counted += 1;
        numbering::printed(number.format.as_deref().unwrap_or(usual), next)
    }

    /// A section has ended.
    pub(super) fn next_section(&mut self) {
        for number in [&mut self.footnotes, &mut self.endnotes] {
            if number.each_section {
                number.counted = 0;
            }
        }
    }
}

impl NoteNumber {
    fn set(&mut self, says: Option<&Element>) {
        let Some(says) = says else { return };
        if let Some(format) = says.value_of("w:numFmt") {
            self.format = Some(format.to_owned());
        }
        self.start = says.number_of("w:numStart").or(self.start);
        if let Some(restart) = says.value_of("w:numRestart") {
            self.each_section = restart == "eachSect";
        }
    }
}
