//! Word files of parts that an input makes up.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use arbitrary::{Arbitrary, Unstructured};
use quick_xml::escape::escape;
use quick_xml::events::{BytesEnd, Event};
use quick_xml::{Reader, Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Parts the XML of one part of the file from that of the next.
const PART: &str = "%%";

/// The parts after the body, in the order of an input: the name, which is the kind of the relationship too, and the root.
const PARTS: [(&str, &str); 6] = [
    ("numbering", "numbering"),
    ("styles", "styles"),
    ("footnotes", "footnotes"),
    ("header", "hdr"),
    ("comments", "comments"),
    ("settings", "settings"),
];

/// The file of an input: itself if it is an archive; if it is XML, one of these parts; otherwise whatever paragraphs, lists and
/// tables its bytes stand for.
pub fn file(input: &[u8]) -> Vec<u8> {
    match input {
        [b'P', b'K', ..] => input.to_vec(),
        [b'<', ..] => of_parts(&String::from_utf8_lossy(input)),
        _ => {
            Document::arbitrary_take_rest(Unstructured::new(input)).map(|document| document.file()).unwrap_or_default()
        }
    }
}

/// The input that stands for the parts of a file.
pub fn parts(file: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut part = |name: &str, root: &str| {
        let mut text = String::new();
        if let Ok(mut part) = archive.by_name(&format!("word/{name}.xml")) {
            part.read_to_string(&mut text).expect("text");
        }
        let start = text.find(&format!("<w:{root}")).and_then(|at| Some(at + text[at..].find('>')? + 1));
        let end = text.rfind(&format!("</w:{root}>"));
        start.zip(end).map(|(start, end)| text[start..end].to_owned()).unwrap_or_default()
    };
    let body = part("document", "body");
    let rest = PARTS.map(|(name, root)| part(name, root));
    [&[body], &rest[..]].concat().join(PART).into_bytes()
}

fn of_parts(input: &str) -> Vec<u8> {
    let mut parts = input.split(PART).map(mended);
    let body = parts.next().unwrap_or_default();
    packed(&body, &parts.collect::<Vec<_>>())
}

/// The XML with an end for each element that has none: what little is broken shall not keep the rest from being read.
fn mended(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut writer = Writer::new(Vec::new());
    let mut open = Vec::new();
    while let Ok(event) = reader.read_event() {
        let event = match event {
            Event::Eof => break,
            Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                Event::Start(start)
            }
            Event::End(_) => match open.pop() {
                Some(name) => Event::End(BytesEnd::new(name)),
                None => continue,
            },
            other => other,
        };
        writer.write_event(event).expect("written to memory");
    }
    for name in open.into_iter().rev() {
        writer.write_event(Event::End(BytesEnd::new(name))).expect("written to memory");
    }
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}

/// A file of a body and the other parts.
fn packed(body: &str, parts: &[String]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        // Packing takes time and finds nothing.
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("written to memory");
    };
    let namespaces = format!(r#"xmlns:w="{W}" xmlns:r="{R}""#);
    add("word/document.xml", &format!("<w:document {namespaces}><w:body>{body}</w:body></w:document>"));
    let mut references =
        format!(r#"<Relationship Id="link" Type="{R}/hyperlink" Target="https://a.example/" TargetMode="External"/>"#);
    for ((name, root), content) in PARTS.iter().zip(parts) {
        add(&format!("word/{name}.xml"), &format!("<w:{root} {namespaces}>{content}</w:{root}>"));
        let _ = write!(references, r#"<Relationship Id="{name}" Type="{R}/{name}" Target="{name}.xml"/>"#);
    }
    let all = |references: &str| format!(r#"<Relationships xmlns="{PACKAGE}">{references}</Relationships>"#);
    add("word/_rels/document.xml.rels", &all(&references));
    let main = format!(r#"<Relationship Id="main" Type="{R}/officeDocument" Target="word/document.xml"/>"#);
    add("_rels/.rels", &all(&main));
    archive.finish().expect("written to memory").into_inner()
}

/// A document as its structure has it.
#[derive(Debug, Arbitrary)]
struct Document {
    blocks: Vec<Block>,
    schemes: [Vec<Level>; 2],
    lists: [List; 3],
    styles: [Style; 3],
    notes: [Vec<Paragraph>; 2],
    header: Vec<Paragraph>,
    evens: bool,
}

/// Whether it is a row of headings, and its cells: how many columns each takes, and what is in it.
type Row = (bool, Vec<(u8, Vec<Block>)>);

#[derive(Debug, Arbitrary)]
enum Block {
    Paragraph(Paragraph),
    Table(Vec<Row>),
    SectionEnd { continuous: bool },
}

#[derive(Debug, Arbitrary)]
struct Paragraph {
    style: Option<u8>,
    list: Option<(u8, u8)>,
    outline: Option<u8>,
    indent: Option<i16>,
    mark: Mark,
    runs: Vec<Run>,
}

#[derive(Debug, Arbitrary)]
enum Mark {
    Stays,
    Gone,
    Hidden,
    NewPage,
}

#[derive(Debug, Arbitrary)]
struct Run {
    bold: bool,
    italic: bool,
    hidden: bool,
    kind: Kind,
}

#[derive(Debug, Arbitrary)]
enum Kind {
    Phrase(u8),
    Text(String),
    Break,
    Page,
    Tab,
    Note(bool),
    Sign(u16),
    Field { link: bool, phrase: u8 },
    Inserted(u8),
    Deleted(u8),
    Linked(u8),
    TextBox(Vec<Paragraph>),
}

#[derive(Debug, Arbitrary)]
struct Level {
    start: u8,
    format: u8,
    pattern: u8,
    restart: Option<u8>,
    legal: bool,
    style: Option<u8>,
}

#[derive(Debug, Arbitrary)]
struct List {
    scheme: bool,
    start: Option<(u8, u16)>,
}

#[derive(Debug, Arbitrary)]
struct Style {
    name: u8,
    based_on: Option<u8>,
    list: Option<(u8, u8)>,
    bold: Option<bool>,
    outline: Option<u8>,
}

/// Words that mean something to whoever reads a protocol.
const PHRASES: [&str; 40] = [
    "Media Protocol",
    "Battle Town Council",
    "Adopted 9 May 2022, minute 22/45",
    "Review date: May 2025",
    "1.",
    "1.1",
    "2.1.3",
    "(a)",
    "(ii)",
    "a)",
    "Appendix A – Forms",
    "General",
    "The Clerk speaks for the Council:",
    "Members ask first.",
    "and",
    "1 ",
    "Version",
    "Approved by",
    "Date",
    "Next review",
    "31/02/2024",
    "2024-05",
    "Signed ______ Chairman",
    "Page 1 of 3",
    "Draft",
    "•",
    "- ",
    "* ",
    "=====",
    "Contents",
    "1. Aim ........ 3",
    "[[",
    "`",
    "<b>",
    "&amp;",
    "https://a.example/b_c",
    "Schedule 2",
    "Part I",
    "\u{a0}",
    "PROTOCOL",
];

const FORMATS: [&str; 10] = [
    "decimal",
    "lowerLetter",
    "upperLetter",
    "lowerRoman",
    "upperRoman",
    "bullet",
    "none",
    "decimalZero",
    "ordinal",
    "cardinalText",
];

const PATTERNS: [&str; 8] = ["%1.", "%1.%2", "%1.%2.%3.", "(%2)", "(%3)", "•", "", "Article %1"];

const STYLES: [&str; 6] = ["Normal", "Title", "heading 1", "heading 2", "List Paragraph", "Quote"];

fn pick<'a>(all: &[&'a str], nth: u8) -> &'a str {
    all.get(usize::from(nth) % all.len()).copied().unwrap_or_default()
}

fn phrase(nth: u8) -> String {
    escape(pick(&PHRASES, nth)).into_owned()
}

fn each<T>(all: &[T], write: impl Fn(&T) -> String) -> String {
    all.iter().map(write).collect()
}

fn some<T>(value: Option<&T>, write: impl Fn(&T) -> String) -> String {
    value.map(write).unwrap_or_default()
}

fn in_list((list, level): &(u8, u8)) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>"#, level % 10, list % 4)
}

impl Document {
    fn file(&self) -> Vec<u8> {
        let scheme = |(nth, levels): (usize, &Vec<Level>)| {
            let levels: String = levels.iter().enumerate().map(|(at, level)| level.xml(at)).collect();
            format!(r#"<w:abstractNum w:abstractNumId="{nth}">{levels}</w:abstractNum>"#)
        };
        let schemes: String = self.schemes.iter().enumerate().map(scheme).collect();
        let lists: String = self.lists.iter().enumerate().map(|(nth, list)| list.xml(nth + 1)).collect();
        let styles: String = self.styles.iter().enumerate().map(|(nth, style)| style.xml(nth)).collect();
        let note = |(nth, note): (usize, &Vec<Paragraph>)| {
            format!(r#"<w:footnote w:id="{nth}">{}</w:footnote>"#, each(note, Paragraph::xml))
        };
        let notes = self.notes.iter().enumerate().map(note).collect();
        let last = r#"<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>"#;
        let body = each(&self.blocks, Block::xml) + last;
        let settings = if self.evens { "<w:evenAndOddHeaders/>" } else { "" };
        let header = each(&self.header, Paragraph::xml);
        packed(&body, &[schemes + &lists, styles, notes, header, String::new(), settings.to_owned()])
    }
}

impl Block {
    fn xml(&self) -> String {
        match self {
            Self::Paragraph(paragraph) => paragraph.xml(),
            Self::SectionEnd { continuous } => {
                let kind = if *continuous { "continuous" } else { "nextPage" };
                format!(r#"<w:p><w:pPr><w:sectPr><w:type w:val="{kind}"/></w:sectPr></w:pPr></w:p>"#)
            }
            Self::Table(rows) => {
                let cell = |(span, blocks): &(u8, Vec<Block>)| {
                    let content = each(blocks, Self::xml);
                    format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>{content}</w:tc>"#, span % 4)
                };
                let row = |(heads, cells): &(bool, Vec<(u8, Vec<Block>)>)| {
                    let heads = if *heads { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
                    format!("<w:tr>{heads}{}</w:tr>", each(cells, cell))
                };
                format!("<w:tbl>{}</w:tbl>", each(rows, row))
            }
        }
    }
}

impl Paragraph {
    fn xml(&self) -> String {
        let style = some(self.style.as_ref(), |style| format!(r#"<w:pStyle w:val="s{}"/>"#, style % 4));
        let list = some(self.list.as_ref(), in_list);
        let outline = some(self.outline.as_ref(), |level| format!(r#"<w:outlineLvl w:val="{}"/>"#, level % 11));
        let indent = some(self.indent.as_ref(), |left| format!(r#"<w:ind w:left="{left}"/>"#));
        let mark = match self.mark {
            Mark::Stays => "",
            Mark::Gone => "<w:rPr><w:del/></w:rPr>",
            Mark::Hidden => "<w:rPr><w:vanish/></w:rPr>",
            Mark::NewPage => "<w:pageBreakBefore/>",
        };
        let runs = each(&self.runs, Run::xml);
        format!("<w:p><w:pPr>{style}{list}{outline}{indent}{mark}</w:pPr>{runs}</w:p>")
    }
}

impl Run {
    fn xml(&self) -> String {
        let on = |on: bool, name: &str| if on { format!("<w:{name}/>") } else { String::new() };
        let properties = [on(self.bold, "b"), on(self.italic, "i"), on(self.hidden, "vanish")].concat();
        let run = |inner: &str| format!("<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>");
        let text = |words: &str| run(&format!(r#"<w:t xml:space="preserve">{words}</w:t>"#));
        let mark = |kind: &str| run(&format!(r#"<w:fldChar w:fldCharType="{kind}"/>"#));
        match &self.kind {
            Kind::Phrase(nth) => text(&phrase(*nth)),
            Kind::Text(words) => text(&escape(words.as_str())),
            Kind::Break => run("<w:br/>"),
            Kind::Page => run(r#"<w:br w:type="page"/>"#),
            Kind::Tab => run("<w:tab/>"),
            Kind::Note(second) => run(&format!(r#"<w:footnoteReference w:id="{}"/>"#, u8::from(*second))),
            Kind::Sign(code) => run(&format!(r#"<w:sym w:font="Wingdings" w:char="{code:04X}"/>"#)),
            Kind::Field { link, phrase: nth } => {
                let code = if *link { "HYPERLINK &quot;https://a.example/&quot;" } else { "PAGE" };
                let code = run(&format!("<w:instrText>{code}</w:instrText>"));
                [mark("begin"), code, mark("separate"), text(&phrase(*nth)), mark("end")].concat()
            }
            Kind::Inserted(nth) => format!("<w:ins>{}</w:ins>", text(&phrase(*nth))),
            Kind::Deleted(nth) => format!("<w:del>{}</w:del>", text(&phrase(*nth))),
            Kind::Linked(nth) => format!(r#"<w:hyperlink r:id="link">{}</w:hyperlink>"#, text(&phrase(*nth))),
            Kind::TextBox(paragraphs) => {
                run(&format!("<w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", each(paragraphs, Paragraph::xml)))
            }
        }
    }
}

impl Level {
    fn xml(&self, at: usize) -> String {
        let restart = some(self.restart.as_ref(), |after| format!(r#"<w:lvlRestart w:val="{after}"/>"#));
        let style = some(self.style.as_ref(), |style| format!(r#"<w:pStyle w:val="s{}"/>"#, style % 4));
        let legal = if self.legal { "<w:isLgl/>" } else { "" };
        let (format, pattern) = (pick(&FORMATS, self.format), pick(&PATTERNS, self.pattern));
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="{}"/><w:numFmt w:val="{format}"/>{restart}{style}{legal}<w:lvlText w:val="{pattern}"/></w:lvl>"#,
            self.start
        )
    }
}

impl List {
    fn xml(&self, id: usize) -> String {
        let start = some(self.start.as_ref(), |(level, start)| {
            format!(r#"<w:lvlOverride w:ilvl="{}"><w:startOverride w:val="{start}"/></w:lvlOverride>"#, level % 9)
        });
        let scheme = u8::from(self.scheme);
        format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{scheme}"/>{start}</w:num>"#)
    }
}

impl Style {
    fn xml(&self, nth: usize) -> String {
        let based_on = some(self.based_on.as_ref(), |style| format!(r#"<w:basedOn w:val="s{}"/>"#, style % 4));
        let list = some(self.list.as_ref(), in_list);
        let bold = some(self.bold.as_ref(), |bold| format!(r#"<w:b w:val="{bold}"/>"#));
        let outline = some(self.outline.as_ref(), |level| format!(r#"<w:outlineLvl w:val="{}"/>"#, level % 11));
        let name = pick(&STYLES, self.name);
        format!(
            r#"<w:style w:type="paragraph" w:styleId="s{nth}"><w:name w:val="{name}"/>{based_on}<w:pPr>{list}{outline}</w:pPr><w:rPr>{bold}</w:rPr></w:style>"#
        )
    }
}
