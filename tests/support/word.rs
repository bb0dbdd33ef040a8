//! What a Word file says, as its XML has it.
#![allow(dead_code, reason = "each suite uses a part of it")]

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A part of a Word file.
pub(crate) fn part(file: &[u8], path: &str) -> String {
    String::from_utf8(bytes(file, path)).expect("UTF-8")
}

/// The same as bytes.
pub(crate) fn bytes(file: &[u8], path: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut bytes = Vec::new();
    archive.by_name(path).unwrap_or_else(|error| panic!("{path}: {error}")).read_to_end(&mut bytes).expect("readable");
    bytes
}

/// The parts of a Word file.
pub(crate) fn parts(file: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    archive.file_names().map(|name| name.expect("a name").into_owned()).collect()
}

/// The main part, a line for each paragraph, row and table.
pub(crate) fn readable(file: &[u8]) -> String {
    let mut text = part(file, "word/document.xml");
    for end in ["</w:p>", "</w:tr>", "</w:tbl>", "<w:body>", "</w:tblGrid>", "</w:trPr>", "</w:sectPr>"] {
        text = text.replace(end, &format!("{end}\n"));
    }
    text
}

/// Reads the words of the main part with all tracked changes accepted, or all rejected: a line for each paragraph.
pub(crate) struct Words {
    accepted: bool,
    lines: Vec<String>,
    line: String,
    /// How many elements deep inside something that is not there.
    hidden: usize,
    /// Whether the mark of this paragraph, or this row, is not there.
    unmarked: bool,
    in_properties: bool,
    in_words: bool,
    /// The paragraphs of this row, and whether the row is not there.
    row: Option<(usize, bool)>,
}

impl Words {
    pub(crate) fn of(file: &[u8], accepted: bool) -> Vec<String> {
        let main = part(file, "word/document.xml");
        let mut words = Self {
            accepted,
            lines: Vec::new(),
            line: String::new(),
            hidden: 0,
            unmarked: false,
            in_properties: false,
            in_words: false,
            row: None,
        };
        let mut reader = Reader::from_str(&main);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(element) => words.start(&element),
                Event::Empty(element) => words.empty(&element),
                Event::End(element) => words.end(element.name().as_ref()),
                Event::Text(text) => words.text(&text),
                Event::GeneralRef(reference) => words.reference(&reference),
                Event::Eof => break,
                _ => {}
            }
        }
        words.lines
    }

    fn is_gone(&self, name: &str) -> bool {
        let gone: [&str; 2] = if self.accepted { ["w:del", "w:moveFrom"] } else { ["w:ins", "w:moveTo"] };
        gone.contains(&name)
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        if self.hidden > 0 || self.is_gone(name.as_ref()) {
            self.hidden += 1;
            return;
        }
        match name.as_ref() {
            "w:pPr" | "w:trPr" => self.in_properties = true,
            "w:t" | "w:delText" => self.in_words = true,
            "w:tr" => self.row = Some((self.lines.len(), false)),
            _ => {}
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        match name.as_ref() {
            mark if self.in_properties && self.is_gone(mark) => match &mut self.row {
                Some((_, gone)) => *gone = true,
                None => self.unmarked = true,
            },
            "w:tab" if self.hidden == 0 => self.line.push('\t'),
            "w:br" if self.hidden == 0 => self.line.push('\n'),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_words && self.hidden == 0 {
            self.line.push_str(text);
        }
    }

    fn reference(&mut self, name: &str) {
        let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
        let (_, letter) = known.into_iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("&{name};"));
        self.text(letter);
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "w:pPr" | "w:trPr" => self.in_properties = false,
            "w:t" | "w:delText" => self.in_words = false,
            // Without its mark a paragraph runs on into the next.
            "w:p" if !std::mem::take(&mut self.unmarked) => self.lines.push(std::mem::take(&mut self.line)),
            "w:tr" => {
                if let Some((first, true)) = self.row.take() {
                    self.lines.truncate(first);
                    self.line.clear();
                }
            }
            _ => {}
        }
    }
}
