//! XML → a tree whose names have the usual prefixes, whatever the file's own are.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::package::{damaged, oversized};
use crate::import::Unreadable;

/// How deep elements may stand in each other: Word's own stand some thirty deep, tables in tables some more.
const DEEPEST: usize = 256;

/// How many elements a part may have: a page has some 2,000.
const MOST_ELEMENTS: usize = 2_000_000;

/// The namespaces that are read, each with its prefix here. The standard has two for most: as Word writes them and strict.
const NAMESPACES: [(&str, &str); 16] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("http://purl.oclc.org/ooxml/drawingml/diagram", "dgm"),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("http://purl.oclc.org/ooxml/drawingml/chart", "c"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", ""),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
];

/// The elements whose text counts; between all others it only lays the file out.
const WORDY: [&str; 4] = ["w:t", "w:instrText", "m:t", "a:t"];

/// An element, with its words if it is one that has words.
#[derive(Debug)]
pub(super) struct Element {
    name: Rc<str>,
    attributes: Vec<(Rc<str>, Box<str>)>,
    children: Vec<Element>,
    /// The words in it.
    pub(super) text: String,
}

impl Element {
    /// Its name with the usual prefix: `w:p`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The elements right in it; of those that say the same to newer and older programs, what is for newer ones.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter()
    }

    /// The first of that name right in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.name() == name)
    }

    /// An attribute: `w:val`.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| &**value)
    }

    /// The value of the first element of that name right in it.
    pub(super) fn value_of(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("w:val")
    }

    /// The same as a number.
    pub(super) fn number_of<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.value_of(name)?.trim().parse().ok()
    }

    /// Whether the element of that name right in it switches something on or off; none where there is none.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(child.attribute("w:val").is_none_or(is_on))
    }

    /// Whether an attribute switches something on.
    pub(super) fn switch_attribute(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(is_on)
    }
}

fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

/// Reads a part.
///
/// # Errors
/// It is no XML, has a document type definition, or is larger or deeper than any document.
pub(super) fn parse(part: &str, bytes: &[u8]) -> Result<Element, Unreadable> {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong {
        return Err(malformed(part));
    }
    let mut reader = Reader::from_str(&text);
    let mut tree = Tree::new(part);
    loop {
        match reader.read_event().map_err(|_| malformed(part))? {
            Event::Start(start) => tree.start(&start)?,
            Event::Empty(start) => {
                tree.start(&start)?;
                tree.end()?;
            }
            Event::End(_) => tree.end()?,
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(text) => tree.text(&text.xml10_content()),
            Event::GeneralRef(reference) => tree.reference(&reference)?,
            Event::DocType(_) => {
                return Err(damaged(&format!(
                    "its part {part} has a document type definition, which Word never writes"
                )));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if tree.open.is_empty() { tree.root.ok_or_else(|| malformed(part)) } else { Err(malformed(part)) }
}

fn malformed(part: &str) -> Unreadable {
    damaged(&format!("its part {part} is not well-formed XML"))
}

/// An element that is still open.
struct Open {
    element: Element,
    /// The prefixes it declares.
    declared: Vec<String>,
    /// Whether white space at the ends of its words counts.
    preserves: bool,
}

struct Tree<'a> {
    part: &'a str,
    open: Vec<Open>,
    root: Option<Element>,
    /// For each prefix of the file the prefixes here it stands for, the innermost last.
    prefixes: BTreeMap<String, Vec<Option<&'static str>>>,
    /// The names met so far, each kept once: there are few, and each is met often.
    names: BTreeSet<Rc<str>>,
    elements: usize,
}

impl<'a> Tree<'a> {
    fn new(part: &'a str) -> Self {
        let (prefixes, names) = (BTreeMap::new(), BTreeSet::new());
        Self { part, open: Vec::new(), root: None, prefixes, names, elements: 0 }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        self.elements += 1;
        if self.open.len() >= DEEPEST {
            return Err(oversized(format!("its part {} is nested more than {DEEPEST} deep", self.part)));
        }
        if self.elements > MOST_ELEMENTS {
            return Err(oversized(format!("its part {} has more than {MOST_ELEMENTS} elements", self.part)));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(malformed(self.part));
        }
        let mut attributes = Vec::new();
        let mut declared = Vec::new();
        let mut attributes_of = start.attributes();
        // Looking for doubles takes the square of their number.
        for attribute in attributes_of.with_checks(false) {
            let attribute = attribute.map_err(|_| malformed(self.part))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| malformed(self.part))?;
            let key: &str = attribute.key.as_ref();
            match key.strip_prefix("xmlns") {
                Some(prefix) if prefix.is_empty() || prefix.starts_with(':') => {
                    let prefix = prefix.trim_start_matches(':').to_owned();
                    let known = NAMESPACES.iter().find(|(address, _)| *address == value).map(|(_, prefix)| *prefix);
                    self.prefixes.entry(prefix.clone()).or_default().push(known);
                    declared.push(prefix);
                }
                _ => attributes.push((key.to_owned(), value.into_owned().into_boxed_str())),
            }
        }
        // Only now are all prefixes known.
        let named = |(name, value): (String, Box<str>)| {
            (if name.contains(':') { self.named(&name) } else { self.once(&name) }, value)
        };
        let attributes = attributes.into_iter().map(named).collect();
        let name = self.named(start.name().as_ref());
        let element = Element { name, attributes, children: Vec::new(), text: String::new() };
        let preserves = match element.attribute("xml:space") {
            Some(space) => space == "preserve",
            None => self.open.last().is_some_and(|open| open.preserves),
        };
        self.open.push(Open { element, declared, preserves });
        Ok(())
    }

    /// A name with the prefix that it has here. Of a namespace that is not known it has none that anything looks for.
    fn named(&mut self, qualified: &str) -> Rc<str> {
        let (prefix, local) = qualified.split_once(':').unwrap_or(("", qualified));
        match self.prefixes.get(prefix).and_then(|known| known.last()) {
            Some(Some("")) => self.once(local),
            Some(Some(known)) if *known == prefix => self.once(qualified),
            Some(Some(known)) => self.once(&format!("{known}:{local}")),
            Some(None) => self.once(&format!("?:{local}")),
            None => self.once(qualified),
        }
    }

    fn once(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let name: Rc<str> = name.into();
        self.names.insert(name.clone());
        name
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        let Some(Open { mut element, declared, preserves }) = self.open.pop() else {
            return Err(malformed(self.part));
        };
        for prefix in declared {
            if let Some(known) = self.prefixes.get_mut(&prefix) {
                known.pop();
            }
        }
        // Most have one or none, for which a vector makes room for four.
        element.children.shrink_to_fit();
        if !preserves && element.name() == "w:t" {
            element.text = element.text.trim_matches([' ', '\t', '\n', '\r']).to_owned();
        }
        match self.open.last_mut() {
            Some(parent) => parent.element.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut()
            && WORDY.contains(&open.element.name())
        {
            open.element.text.push_str(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Unreadable> {
        let letter = match reference.resolve_char_ref().map_err(|_| malformed(self.part))? {
            Some(letter) => letter,
            None => match &**reference {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => return Err(malformed(self.part)),
            },
        };
        self.text(letter.encode_utf8(&mut [0; 4]));
        Ok(())
    }
}
