//! Reading Word files: what Word would print, in order, and what is to be said of it.

mod support;

use std::io::{Cursor, Write as _};

use engross::import::{Line, Manuscript, Marker, Piece, Table, Unreadable, word};
use engross::model::{Edition, Inline};
use engross::render::difference::{Author, to_docx};
use proptest::prelude::*;

use support::word::Words;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A Word file that is being made.
#[derive(Default)]
struct File {
    parts: Vec<(String, Vec<u8>)>,
    /// Relationships of the main part: id, kind, target.
    references: Vec<(String, String, String)>,
}

impl File {
    fn of(body: &str) -> Self {
        let mut file = Self::default();
        file.part("word/document.xml", &format!("<w:document {}><w:body>{body}</w:body></w:document>", namespaces()));
        let main = format!(r#"<Relationship Id="main" Type="{R}/officeDocument" Target="word/document.xml"/>"#);
        file.part("_rels/.rels", &format!(r#"<Relationships xmlns="{PACKAGE}">{main}</Relationships>"#));
        file
    }

    fn part(&mut self, name: &str, text: &str) {
        self.parts.push((name.to_owned(), text.as_bytes().to_vec()));
    }

    fn refer(mut self, id: &str, kind: &str, target: &str) -> Self {
        self.references.push((id.to_owned(), kind.to_owned(), target.to_owned()));
        self
    }

    /// With a part that the main part refers to.
    fn with(mut self, kind: &str, root: &str, content: &str) -> Self {
        let id = format!("{kind}{}", self.references.len());
        let name = format!("{id}.xml");
        self.part(&format!("word/{name}"), &format!("<w:{root} {}>{content}</w:{root}>", namespaces()));
        self.refer(&id, kind, &name)
    }

    fn styles(self, content: &str) -> Self {
        self.with("styles", "styles", content)
    }

    fn numbering(self, content: &str) -> Self {
        self.with("numbering", "numbering", content)
    }

    fn bytes(mut self) -> Vec<u8> {
        let references: String = self
            .references
            .iter()
            .map(|(id, kind, target)| {
                let outside = if target.contains(':') { r#" TargetMode="External""# } else { "" };
                format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"{outside}/>"#)
            })
            .collect();
        self.part(
            "word/_rels/document.xml.rels",
            &format!(r#"<Relationships xmlns="{PACKAGE}">{references}</Relationships>"#),
        );
        zipped(&self.parts)
    }

    fn read(self) -> Manuscript {
        word::read(&self.bytes()).expect("readable")
    }
}

fn namespaces() -> String {
    let more = [
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ];
    let more: String = more.iter().map(|(prefix, address)| format!(r#" xmlns:{prefix}="{address}""#)).collect();
    format!(r#"xmlns:w="{W}" xmlns:r="{R}"{more}"#)
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// A paragraph of plain words with properties.
fn p(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r("", words))
}

/// A run with properties.
fn r(properties: &str, words: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

fn read(body: &str) -> Manuscript {
    File::of(body).read()
}

fn lines(manuscript: &Manuscript) -> Vec<&Line> {
    let pieces = manuscript.pieces.iter();
    pieces.filter_map(|piece| if let Piece::Line(line) = piece { Some(line) } else { None }).collect()
}

fn tables(manuscript: &Manuscript) -> Vec<&Table> {
    let pieces = manuscript.pieces.iter();
    pieces.filter_map(|piece| if let Piece::Table(table) = piece { Some(table) } else { None }).collect()
}

/// The lines as they are printed, markers and all.
fn printed(manuscript: &Manuscript) -> Vec<String> {
    let print = |line: &&Line| match &line.marker {
        Some(Marker::Label(label)) => format!("{label} {}", line.text()).trim_end().to_owned(),
        Some(Marker::Bullet) => format!("• {}", line.text()),
        None => line.text(),
    };
    lines(manuscript).iter().map(print).collect()
}

fn said(manuscript: &Manuscript) -> Vec<&str> {
    manuscript.remarks.iter().map(|remark| remark.what.as_str()).collect()
}

fn only(manuscript: &Manuscript) -> &Line {
    let lines = lines(manuscript);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines[0]
}

fn words(text: &str) -> Inline {
    Inline::words(text)
}

fn strong(text: &str) -> Inline {
    Inline::Strong { content: vec![words(text)] }
}

// What stands in a paragraph.

#[test]
fn runs_are_words_with_single_spaces() {
    let body = format!("<w:p>{}{}{}</w:p>", r("", "  The  Clerk\n"), r("<w:u/>", "send"), r("", "s it. "));
    let read = read(&body);
    let line = only(&read);
    assert_eq!(line.content, [words("The Clerk sends it.")]);
    assert!(line.whole && line.apart && !line.furniture && !line.bold);
    assert_eq!((line.place.page, line.place.line), (None, 1));
}

#[test]
fn white_space_at_the_ends_of_a_run_counts_only_if_it_says_so() {
    let run = |attribute: &str, words: &str| format!("<w:r><w:t{attribute}>{words}</w:t></w:r>");
    let kept = run(r#" xml:space="preserve""#, "one ");
    assert_eq!(only(&read(&format!("<w:p>{kept}{}</w:p>", run("", "two")))).text(), "one two");
    assert_eq!(only(&read(&format!("<w:p>{}{}</w:p>", run("", "one "), run("", "two")))).text(), "onetwo");
}

#[test]
fn signs_in_a_run() {
    let body = "<w:p><w:r><w:t>2.1</w:t><w:tab/><w:t>non</w:t><w:noBreakHyphen/><w:t>stop co</w:t><w:softHyphen/><w:t>op</w:t>\
                <w:br/><w:t>next</w:t><w:cr/><w:t>last</w:t><w:br w:type=\"column\"/></w:r></w:p>";
    let read = read(body);
    let broken = [words("2.1 non\u{2011}stop coop"), Inline::Break, words("next"), Inline::Break, words("last")];
    assert_eq!(only(&read).content, broken);
}

#[test]
fn signs_of_other_fonts() {
    let sym = |font: &str, code: &str| format!(r#"<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>"#);
    let signs = [sym("Symbol", "F0B7"), sym("Wingdings", "F0A7"), sym("Wingdings", "F0FC"), sym("Wingdings", "F04A")];
    let read = read(&format!("<w:p>{}{}</w:p>", signs.concat(), r("", "a")));
    assert_eq!(only(&read).text(), "••✓a");
    assert_eq!(said(&read), ["a sign of the font Wingdings (F04A) was left out"]);
}

#[test]
fn everything_around_runs_is_looked_into() {
    let inner = r("", "word ");
    let around = [
        format!("<w:ins w:id=\"1\">{inner}</w:ins>"),
        format!("<w:moveTo w:id=\"1\">{inner}</w:moveTo>"),
        format!("<w:smartTag w:element=\"place\">{inner}</w:smartTag>"),
        format!("<w:customXml><w:smartTag>{inner}</w:smartTag></w:customXml>"),
        format!("<w:sdt><w:sdtPr><w:alias w:val=\"no\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"),
        format!("<w:fldSimple w:instr=\" DATE \">{inner}</w:fldSimple>"),
        format!("<w:hyperlink w:anchor=\"a\">{inner}</w:hyperlink>"),
        format!(
            "<mc:AlternateContent><mc:Choice Requires=\"x\">{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent>"
        ),
        "<m:oMath><m:r><m:t>word</m:t></m:r></m:oMath>".to_owned(),
    ];
    let read = read(&format!("<w:p>{}</w:p>", around.concat()));
    assert_eq!(only(&read).text(), ["word"; 9].join(" "));
}

#[test]
fn any_prefix_will_do() {
    let part = format!(
        r#"<x:document xmlns:x="{W}" xmlns:w="urn:else"><x:body><x:p><w:r><w:t>no</w:t></w:r><x:r><x:rPr><x:b/></x:rPr><x:t>Yes</x:t></x:r></x:p></x:body></x:document>"#
    );
    let mut file = File::of("");
    file.parts[0].1 = part.into_bytes();
    let read = file.read();
    assert_eq!(only(&read).text(), "Yes");
    assert!(only(&read).bold);
    // So do the strict standard's namespaces and UTF-16.
    let strict = r#"<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>£5 – ok</w:t></w:r></w:p></w:body></w:document>"#;
    let mut file = File::of("");
    file.parts[0].1 = [0xFF, 0xFE].into_iter().chain(strict.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(only(&file.read()).text(), "£5 – ok");
}

#[test]
fn entities_and_cdata() {
    let body = "<w:p><w:r><w:t>a &amp; b &lt;c&gt; &#163;5 <![CDATA[<d> & e]]></w:t></w:r></w:p>";
    assert_eq!(only(&read(body)).text(), "a & b <c> £5 <d> & e");
}

#[test]
fn links_lead_to_the_web_or_nowhere() {
    let link = |id: &str, words: &str| format!(r#"<w:hyperlink r:id="{id}">{}</w:hyperlink>"#, r("", words));
    let body = format!("<w:p>{}{}{}</w:p>", link("web", "site "), link("file", "file "), link("mail", "mail"));
    let read = File::of(&body)
        .refer("web", "hyperlink", "https://www.example.gov.uk/?a=1&amp;b=2")
        .refer("file", "hyperlink", "file:///C:/secret.docx")
        .refer("mail", "hyperlink", "mailto:clerk@example.gov.uk")
        .read();
    let to = |url: &str, text: &str| Inline::Link { url: url.to_owned(), content: vec![words(text)] };
    let site = to("https://www.example.gov.uk/?a=1&b=2", "site");
    assert_eq!(only(&read).content, [site, words(" file "), to("mailto:clerk@example.gov.uk", "mail")]);
}

// Fields.

fn mark(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

fn code(code: &str) -> String {
    format!(r#"<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>"#)
}

#[test]
fn fields_are_what_they_show() {
    let inner = [mark("begin"), code("PAGE"), mark("separate"), r("", "no"), mark("end")].concat();
    let outer = [mark("begin"), code(" IF "), inner, r("", "nor this"), mark("separate"), r("", "shown"), mark("end")];
    assert_eq!(only(&read(&format!("<w:p>{}</w:p>", outer.concat()))).text(), "shown");
    // Over several paragraphs, as contents are.
    let first = format!("<w:p>{}{}{}{}</w:p>", mark("begin"), code("TOC"), mark("separate"), r("", "One"));
    let last = format!("<w:p>{}{}{}</w:p>", r("", "Two"), mark("end"), r("", " after"));
    assert_eq!(printed(&read(&(first + &last))), ["One", "Two after"]);
}

#[test]
fn a_field_that_never_ends_takes_no_words_with_it() {
    let body = format!("<w:p>{}{}{}</w:p>{}", mark("begin"), code("PAGE"), r("", "kept"), p("", "and this"));
    assert_eq!(printed(&read(&body)), ["kept", "and this"]);
}

#[test]
fn fields_that_link() {
    let link = [mark("begin"), code(r#" HYPERLINK "https://a.example/" "#), mark("separate"), r("", "a"), mark("end")];
    let body = format!("<w:p>{}{}</w:p>", link.concat(), r("", " b"));
    let to = Inline::Link { url: "https://a.example/".to_owned(), content: vec![words("a")] };
    assert_eq!(only(&read(&body)).content, [to, words(" b")]);
}

#[test]
fn fields_whose_words_are_elsewhere() {
    let choices = r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList></w:ffData></w:fldChar></w:r>"#;
    let number = [mark("begin"), code("LISTNUM"), mark("end")].concat();
    let read = read(&format!("<w:p>{choices}{}{}{number}</w:p>", code("FORMDROPDOWN"), mark("end")));
    assert_eq!(only(&read).text(), "No");
    assert_eq!(said(&read), ["Word prints a number here that is not in the file (field LISTNUM)"]);
}

// How words look.

const STYLES: &str = r#"
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Strongly"><w:name w:val="Strongly Put"/><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Below"><w:name w:val="Below"/><w:basedOn w:val="Strongly"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Off"><w:name w:val="Off"/><w:basedOn w:val="Below"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Subject"><w:name w:val="Subject"/><w:basedOn w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Ttulo2"/></w:style>
<w:style w:type="paragraph" w:styleId="Contents"><w:name w:val="TOC Heading"/><w:basedOn w:val="Ttulo2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="3"/><w:ind w:left="720"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Trip"/></w:style>
<w:style w:type="paragraph" w:styleId="Trip"><w:name w:val="Trip"/><w:basedOn w:val="Round"/></w:style>
"#;

fn styled(body: &str) -> Manuscript {
    File::of(body).styles(STYLES).read()
}

fn in_style(style: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>"#)
}

#[test]
fn what_differs_from_the_rest_is_emphasised() {
    let mixed = format!("<w:p>{}{}{}</w:p>", r("", "The "), r("<w:b/>", "Clerk "), r("", "must"));
    assert_eq!(only(&read(&mixed)).content, [words("The "), strong("Clerk"), words(" must")]);
    assert!(!only(&read(&mixed)).bold);
    // Runs of one look are one, however many Word has made of them.
    let same = format!("<w:p>{}{}{}{}</w:p>", r("<w:b/>", "a"), r("", " "), r("<w:b/>", "b"), r("", " c"));
    assert_eq!(only(&read(&same)).content, [strong("a b"), words(" c")]);
    let nested = format!("<w:p>{}{}{}</w:p>", r("<w:i/>", "in "), r("<w:i/><w:b/>", "both"), r("", " out"));
    let both = Inline::Emphasis { content: vec![words("in "), strong("both")] };
    assert_eq!(only(&read(&nested)).content, [both, words(" out")]);
}

#[test]
fn a_paragraph_all_bold_is_bold() {
    let all = format!("<w:p>{}{}{}</w:p>", r("<w:b/>", "All"), r("", " "), r("<w:b/><w:i/>", "bold"));
    let all = read(&all);
    assert!(only(&all).bold);
    assert_eq!(only(&all).content, [words("All "), Inline::Emphasis { content: vec![words("bold")] }]);
    let stop = read(&format!("<w:p>{}{}</w:p>", r("<w:b/>", "All"), r("", ".")));
    assert!(only(&stop).bold);
    let italic = read(&format!("<w:p>{}</w:p>", r("<w:i/>", "All")));
    assert_eq!(only(&italic).content, [words("All")]);
}

#[test]
fn looks_come_from_styles() {
    let bold = |body: &str| {
        let read = styled(body);
        (only(&read).bold, only(&read).content.clone())
    };
    assert!(bold(&in_style("Strongly", &r("", "a"))).0);
    assert!(bold(&in_style("Below", &r("", "a"))).0);
    assert!(!bold(&in_style("Off", &r("", "a"))).0);
    assert!(!bold(&in_style("Strongly", &r("<w:b w:val=\"false\"/>", "a"))).0);
    // Bold in a bold style is not.
    let toggled = in_style("Strongly", &(r("", "a ") + &r("<w:rStyle w:val=\"Strong\"/>", "b")));
    assert_eq!(bold(&toggled), (false, vec![strong("a"), words(" b")]));
    let toggled = in_style("Normal", &(r("", "a ") + &r("<w:rStyle w:val=\"Strong\"/>", "b")));
    assert_eq!(bold(&toggled), (false, vec![words("a "), strong("b")]));
}

#[test]
fn sizes_are_what_most_letters_have() {
    let size = |body: &str| only(&styled(body)).size;
    assert_eq!(size(&in_style("Strongly", &r("", "a"))), Some(14.0));
    assert_eq!(size(&p("", "a")), Some(11.0));
    assert_eq!(size(&p("", "a").replace("<w:rPr>", "<w:rPr><w:sz w:val=\"9.5pt\"/>")), Some(9.5));
    let mixed = r("<w:sz w:val=\"40\"/>", "abc") + &r("", "abcd");
    assert_eq!(size(&in_style("Normal", &mixed)), Some(11.0));
    assert_eq!(only(&read(&p("", "a"))).size, Some(10.0));
}

#[test]
fn headings_by_style_and_level() {
    let heading = |body: &str| only(&styled(body)).heading;
    let of = |style: &str| heading(&in_style(style, &r("", "a")));
    assert_eq!(of("Title"), Some(1));
    assert_eq!(of("Subject"), Some(1));
    assert_eq!(of("Ttulo2"), Some(3));
    assert_eq!(of("Own"), Some(3));
    assert_eq!(of("Contents"), None);
    assert_eq!(of("Deep"), Some(5));
    assert_eq!(of("Round"), None);
    assert_eq!(heading(&p("<w:outlineLvl w:val=\"0\"/>", "a")), Some(2));
    assert_eq!(heading(&p("<w:pStyle w:val=\"Own\"/><w:outlineLvl w:val=\"9\"/>", "a")), None);
    // Without the styles the id tells.
    assert_eq!(only(&read(&in_style("Heading1", &r("", "a")))).heading, Some(2));
}

#[test]
fn styles_have_the_names_people_know() {
    let name = |read: Manuscript| only(&read).style.clone();
    assert_eq!(name(styled(&in_style("Strongly", &r("", "a")))).as_deref(), Some("Strongly Put"));
    assert_eq!(name(styled(&p("", "a"))).as_deref(), Some("Normal"));
    assert_eq!(name(styled(&in_style("Missing", &r("", "a")))).as_deref(), Some("Missing"));
    assert_eq!(name(read(&in_style("Heading1", &r("", "a")))).as_deref(), Some("Heading1"));
    assert_eq!(name(read(&p("", "a"))), None);
}

#[test]
fn indents_in_points() {
    let indent = |body: &str| only(&styled(body)).indent;
    assert!((indent(&in_style("Deep", &r("", "a"))) - 36.0).abs() < 0.01);
    assert!((indent(&p("<w:ind w:left=\"567\"/>", "a")) - 28.35).abs() < 0.01);
    assert!((indent(&p("<w:pStyle w:val=\"Deep\"/><w:ind w:start=\"1in\"/>", "a")) - 72.0).abs() < 0.01);
    assert!(indent(&p("<w:pStyle w:val=\"Deep\"/><w:ind w:left=\"0\"/>", "a")).abs() < 0.01);
}

// Numbers.

fn level(at: usize, format: &str, pattern: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>"#
    )
}

fn scheme(id: u32, levels: &str) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#)
}

fn list(id: u32, scheme: u32, overrides: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{scheme}"/>{overrides}</w:num>"#)
}

fn item(list: u32, level: usize) -> String {
    p(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), "x")
}

/// The labels of items, each its list and level.
fn labels(numbering: &str, items: &[(u32, usize)]) -> Vec<String> {
    let body: String = items.iter().map(|(list, level)| item(*list, *level)).collect();
    let read = File::of(&body).numbering(numbering).read();
    let of = |line: &&Line| match &line.marker {
        Some(Marker::Label(label)) => label.clone(),
        Some(Marker::Bullet) => "•".to_owned(),
        None => String::new(),
    };
    lines(&read).iter().map(of).collect()
}

fn outline() -> String {
    [(0, "%1."), (1, "%1.%2."), (2, "%1.%2.%3")].map(|(at, pattern)| level(at, "decimal", pattern, "")).concat()
}

#[test]
fn deeper_levels_count_within_those_above() {
    let numbering = scheme(0, &outline()) + &list(1, 0, "");
    let items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2)];
    assert_eq!(labels(&numbering, &items), ["1.", "1.1.", "1.2.", "1.2.1", "1.2.2", "2.", "2.1.", "2.1.1"]);
    // A level that is skipped counts as begun.
    assert_eq!(labels(&numbering, &[(1, 0), (1, 2), (1, 1)]), ["1.", "1.1.1", "1.2."]);
}

#[test]
fn each_format_as_word_prints_it() {
    let printed = |format: &str, start: u32| {
        let level = level(0, format, "%1", "").replace("w:start w:val=\"1\"", &format!("w:start w:val=\"{start}\""));
        labels(&(scheme(0, &level) + &list(1, 0, "")), &[(1, 0)]).remove(0)
    };
    let cases = [
        ("decimal", 7, "7"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("lowerLetter", 1, "a"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 3, "C"),
        ("lowerRoman", 4, "iv"),
        ("lowerRoman", 1999, "mcmxcix"),
        ("upperRoman", 14, "XIV"),
        ("ordinal", 1, "1st"),
        ("ordinal", 11, "11th"),
        ("ordinal", 22, "22nd"),
        ("ordinal", 113, "113th"),
        ("cardinalText", 21, "Twenty-one"),
        ("cardinalText", 40, "Forty"),
        ("ordinalText", 3, "Third"),
        ("ordinalText", 32, "Thirty-second"),
        ("numberInDash", 2, "- 2 -"),
        ("none", 1, ""),
        ("bullet", 1, "•"),
        ("lowerLetter", 0, "0"),
        ("lowerRoman", 4_000_000_000, "4000000000"),
    ];
    for (format, start, label) in cases {
        assert_eq!(printed(format, start), label, "{format} {start}");
    }
}

#[test]
fn patterns_may_have_anything_around_the_numbers() {
    let levels = [
        level(0, "upperRoman", "Part %1:", ""),
        level(1, "lowerLetter", "(%2)", ""),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
        level(3, "none", "Note", ""),
        level(4, "bullet", "o", ""),
        level(5, "decimal", "100% of %6", ""),
        level(6, "decimal", "%4.%5.%7", ""),
    ];
    let numbering = scheme(0, &levels.concat()) + &list(1, 0, "");
    let items = [0, 1, 2, 3, 4, 5, 6].map(|level| (1, level));
    assert_eq!(labels(&numbering, &items), ["Part I:", "(a)", "1.1", "Note", "•", "100% of 1", "..1"]);
}

#[test]
fn lists_of_one_scheme_count_on_unless_they_start_again() {
    let start = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>"#;
    let numbering = scheme(0, &outline()) + &scheme(9, &outline()) + &list(1, 0, "") + &list(2, 0, "");
    let numbering = numbering + &list(3, 0, start) + &list(4, 9, "");
    let items = [(1, 0), (2, 0), (4, 0), (3, 0), (3, 1), (3, 0), (1, 0), (3, 0)];
    assert_eq!(labels(&numbering, &items), ["1.", "2.", "1.", "5.", "5.1.", "6.", "7.", "8."]);
}

#[test]
fn a_list_may_have_levels_of_its_own() {
    let own = format!("<w:lvlOverride w:ilvl=\"1\">{}</w:lvlOverride>", level(1, "lowerLetter", "%2)", ""));
    let numbering = scheme(0, &outline()) + &list(1, 0, "") + &list(2, 0, &own);
    assert_eq!(labels(&numbering, &[(1, 0), (1, 1), (2, 1), (2, 0), (2, 1)]), ["1.", "1.1.", "b)", "2.", "a)"]);
}

#[test]
fn levels_restart_as_they_say() {
    let numbering = |restart: &str| {
        let levels = [
            level(0, "decimal", "%1", ""),
            level(1, "decimal", "%2", ""),
            level(2, "lowerLetter", "%3", &format!(r#"<w:lvlRestart w:val="{restart}"/>"#)),
        ];
        scheme(0, &levels.concat()) + &list(1, 0, "")
    };
    let items = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)];
    assert_eq!(labels(&numbering("0"), &items)[2..], ["a", "2", "b", "2", "1", "c"]);
    assert_eq!(labels(&numbering("1"), &items)[2..], ["a", "2", "b", "2", "1", "a"]);
    assert_eq!(labels(&numbering("2"), &items)[2..], ["a", "2", "a", "2", "1", "a"]);
}

const NUMBERED_STYLES: &str = r#"
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:ind w:left="100"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Clause"/></w:style>
<w:style w:type="paragraph" w:styleId="Bare"><w:name w:val="Bare"/><w:basedOn w:val="Clause"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="Legal"><w:name w:val="Legal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"#;

#[test]
fn numbers_come_from_styles_too() {
    let of_style = |style: &str| format!(r#"<w:pStyle w:val="{style}"/>"#);
    let levels = [
        level(0, "decimal", "%1", &of_style("H1")),
        level(1, "decimal", "%1.%2", &of_style("H2")),
        level(2, "lowerLetter", "(%3)", &(of_style("Clause") + r#"<w:pPr><w:ind w:left="1440"/></w:pPr>"#)),
    ];
    let linked = r#"<w:numStyleLink w:val="Legal"/>"#;
    let numbering = scheme(0, &levels.concat()) + &scheme(5, linked) + &list(1, 0, "") + &list(7, 5, "");
    let off = p(&(of_style("H1") + r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#), "off");
    let body = [
        in_style("H1", &r("", "a")),
        in_style("H2", &r("", "b")),
        in_style("Clause", &r("", "c")),
        in_style("Sub", &r("", "d")),
        in_style("Bare", &r("", "e")),
        off,
        p(&(of_style("H2") + r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>"#), "f"),
        in_style("H2", &r("", "g")),
    ];
    let read = File::of(&body.concat()).styles(NUMBERED_STYLES).numbering(&numbering).read();
    assert_eq!(printed(&read), ["1 a", "1.1 b", "(a) c", "(b) d", "e", "off", "2 f", "2.1 g"]);
    let lines = lines(&read);
    assert_eq!(lines.iter().map(|line| line.list_level).collect::<Vec<_>>(), [1, 2, 3, 3, 0, 0, 1, 2]);
    assert_eq!(lines[0].heading, Some(2));
    let indents: Vec<f32> = lines.iter().map(|line| line.indent).collect();
    assert_eq!(indents, [0.0, 5.0, 72.0, 72.0, 0.0, 0.0, 5.0, 5.0]);
}

#[test]
fn empty_paragraphs_count_if_they_are_numbered() {
    let numbered = r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#;
    let empty = format!("<w:p><w:pPr>{numbered}</w:pPr></w:p>");
    let body = item(1, 0) + &empty + "<w:p/>" + &item(1, 0);
    let read = File::of(&body).numbering(&(scheme(0, &outline()) + &list(1, 0, ""))).read();
    assert_eq!(printed(&read), ["1. x", "2.", "3. x"]);
    assert_eq!(lines(&read).iter().map(|line| line.place.line).collect::<Vec<_>>(), [1, 2, 4]);
}

#[test]
fn a_list_that_is_not_there_numbers_nothing() {
    assert_eq!(labels(&scheme(0, &outline()), &[(1, 0)]), [""]);
    assert_eq!(labels(&list(1, 3, ""), &[(1, 0)]), [""]);
    assert_eq!(labels(&(scheme(0, &outline()) + &list(1, 0, "")), &[(1, 8), (1, 200)]), ["", ""]);
}

// Tables, boxes, pages.

fn cell(content: &str) -> String {
    format!("<w:tc>{content}</w:tc>")
}

fn row(properties: &str, cells: &[String]) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
}

#[test]
fn tables_keep_rows_and_cells() {
    let inner = format!("<w:tbl>{}</w:tbl><w:p/>", row("", &[cell(&p("", "e")), cell(&p("", "f"))]));
    let wide = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc>"#, p("", "wide"));
    let rows = [
        row("<w:tblHeader/>", &[cell(&p("", "A")), cell(&p("", "B"))]),
        row("", &[cell(&(p("", "one") + &p("", "two"))), cell("<w:p/>")]),
        row("", &[wide]),
        row("", &[cell(&(p("", "d") + &inner)), cell(&p("", "g").replace("<w:t ", "<w:t>h</w:t><w:br/><w:t "))]),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", row("", &[cell(&p("", "i"))])),
        row("<w:del w:id=\"1\"/>", &[cell(&p("", "gone"))]),
        row("<w:ins w:id=\"1\"/>", &[cell(&p("", "come"))]),
    ];
    let read = read(&format!("{}<w:tbl>{}</w:tbl>{}", p("", "before"), rows.concat(), p("", "after")));
    let tables = tables(&read);
    let expected: [&[&str]; 6] =
        [&["A", "B"], &["one\ntwo", ""], &["wide", ""], &["d\ne\nf", "h\ng"], &["i"], &["come"]];
    assert_eq!(tables[0].texts(), expected);
    assert_eq!((tables[0].header_rows, tables[0].place.line), (1, 2));
    assert!(matches!(read.pieces[1], Piece::Table(_)));
    assert_eq!(printed(&read), ["before", "after"]);
}

#[test]
fn cells_have_their_numbers() {
    let table = format!("<w:tbl>{}</w:tbl>", row("", &[cell(&(item(1, 0) + &item(2, 0))), cell(&item(1, 0))]));
    let numbering = scheme(0, &outline()) + &scheme(1, &level(0, "bullet", "\u{f0b7}", "")) + &list(1, 0, "");
    let read = File::of(&(table + &item(1, 0))).numbering(&(numbering + &list(2, 1, ""))).read();
    assert_eq!(tables(&read)[0].texts(), [["1. x\n• x", "2. x"]]);
    assert_eq!(printed(&read), ["3. x"]);
}

#[test]
fn text_boxes_stand_after_their_paragraph_and_once() {
    let content = format!("<w:txbxContent>{}{}</w:txbxContent>", p("", "boxed"), p("", "twice"));
    let choice = format!("<w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing>");
    let fallback = format!("<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>");
    let both = format!(
        r#"<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"#
    );
    let drawn = r#"<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>"#;
    let body = format!("<w:p>{}<w:r>{both}</w:r>{}{drawn}</w:p>{}", r("", "be"), r("", "fore"), p("", "after"));
    let read = read(&body);
    assert_eq!(printed(&read), ["before", "boxed", "twice", "DRAFT", "after"]);
    assert_eq!(lines(&read).iter().map(|line| line.place.line).collect::<Vec<_>>(), [1, 1, 1, 1, 2]);
}

fn kinds(manuscript: &Manuscript) -> Vec<String> {
    let kind = |piece: &Piece| match piece {
        Piece::Line(line) => line.text(),
        Piece::Table(_) => "table".to_owned(),
        Piece::PageEnd => "—".to_owned(),
    };
    manuscript.pieces.iter().map(kind).collect()
}

#[test]
fn pages_end_after_the_line_they_end_in() {
    let page = r#"<w:r><w:br w:type="page"/></w:r>"#;
    let last = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let body = [
        format!("<w:p>{}{last}{}</w:p>", r("", "split "), r("", "in two")),
        format!("<w:p>{page}</w:p>"),
        format!("<w:p>{last}{}</w:p>", r("", "next")),
        format!("<w:p>{}{page}</w:p>", r("", "end")),
        p("<w:pageBreakBefore/>", "new"),
    ];
    assert_eq!(kinds(&read(&body.concat())), ["split in two", "—", "next", "end", "—", "new"]);
}

#[test]
fn sections_end_pages_if_the_next_begins_one() {
    let body = p("<w:sectPr/>", "one")
        + &p(r#"<w:sectPr><w:type w:val="nextPage"/></w:sectPr>"#, "two")
        + &p("", "three")
        + r#"<w:sectPr><w:type w:val="continuous"/></w:sectPr>"#;
    assert_eq!(kinds(&read(&body)), ["one", "—", "two", "three"]);
}

// What is beside the text.

#[test]
fn headers_and_footers_are_furniture_each_once() {
    let reference = |kind: &str, of: &str, id: &str| format!(r#"<w:{kind}Reference w:type="{of}" r:id="{id}"/>"#);
    let section = |references: &[String], more: &str| format!("<w:sectPr>{}{more}</w:sectPr>", references.concat());
    let first = [reference("header", "default", "header0"), reference("footer", "default", "footer2")];
    let last = [reference("header", "default", "header1"), reference("header", "first", "header3")];
    let body = p(&section(&first, ""), "text") + &p("", "more") + &section(&last, "");
    let file = |body: &str| {
        let paged = r#"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Page 1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
        File::of(body)
            .with("header", "hdr", &p("", "Council"))
            .with("header", "hdr", &(p("", "Council") + &p("", "Part 2")))
            .with("footer", "ftr", paged)
            .with("header", "hdr", &p("", "First page"))
    };
    let manuscript = file(&body).read();
    assert_eq!(printed(&manuscript), ["Council", "Part 2", "text", "more", "Page 1"]);
    let furniture: Vec<bool> = lines(&manuscript).iter().map(|line| line.furniture).collect();
    assert_eq!(furniture, [true, true, false, false, true]);
    assert_eq!(lines(&manuscript)[2].place.line, 1);
    let titled = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>");
    assert_eq!(printed(&file(&titled).read())[..3], ["Council", "Part 2", "First page"]);
}

#[test]
fn notes_stand_at_the_end() {
    let note = |kind: &str, id: u32, words: &str| {
        format!(r#"<w:{kind} w:id="{id}"><w:p><w:r><w:{kind}Ref/></w:r>{}</w:p></w:{kind}>"#, r("", words))
    };
    let refer = |kind: &str, id: u32| format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#);
    let deleted = format!("<w:del>{}</w:del>", refer("footnote", 3));
    let own = r#"<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>"#;
    let body = [
        format!("<w:p>{}{}{}{deleted}</w:p>", r("", "One"), refer("footnote", 2), r("", " two")),
        format!("<w:p>{}{}{}{own}</w:p>", r("", "Three"), refer("footnote", 1), refer("endnote", 1)),
    ];
    let all = [note("footnote", 1, " first "), note("footnote", 2, "second"), note("footnote", 3, "gone")].concat();
    let read = File::of(&body.concat())
        .with("footnotes", "footnotes", &(all + &note("footnote", 4, "* own")))
        .with("endnotes", "endnotes", &note("endnote", 1, "end"))
        .read();
    assert_eq!(printed(&read), ["One[1] two", "Three[2][i]*", "[1] second", "[2] first", "* own", "[i] end"]);
    let notes = &lines(&read)[2..];
    assert!(notes.iter().all(|line| line.style.as_deref() == Some("Footnote")));
    assert_eq!(notes.iter().map(|line| line.place.line).collect::<Vec<_>>(), [1, 2, 2, 2]);
    assert_eq!(said(&read), ["1 tracked change was taken as accepted", "4 notes were put at the end of the text"]);
}

#[test]
fn a_number_is_all_that_a_note_may_say() {
    let note = format!(r#"<w:footnote w:id="1">{}</w:footnote>"#, item(1, 0).replace(&r("", "x"), ""));
    let read = File::of(r#"<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>"#)
        .with("footnotes", "footnotes", &note)
        .numbering(&(scheme(0, &outline()) + &list(1, 0, "")))
        .read();
    let [_, note] = lines(&read)[..] else { panic!("{read:?}") };
    assert_eq!((note.marker.as_ref(), &note.content[..]), (Some(&Marker::Label("[1]".to_owned())), &[words("1.")][..]));
}

#[test]
fn comments_are_remarked_where_they_stand() {
    let comment =
        format!(r#"<w:comment w:id="0" w:author="A. Clerk">{}{}</w:comment>"#, p("", "Is this"), p("", "right?"));
    let body = format!(
        r#"{}<w:p><w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#,
        p("", "one"),
        r("", "two"),
    );
    let read = File::of(&body).with("comments", "comments", &comment).read();
    assert_eq!(printed(&read), ["one", "two"]);
    assert_eq!(said(&read), ["a comment of A. Clerk was left out: “Is this right?”"]);
    assert_eq!(read.remarks[0].place.map(|place| place.line), Some(2));
}

#[test]
fn tracked_changes_are_accepted() {
    let gone = |words: &str| format!(r#"<w:del w:id="1"><w:r><w:delText>{words}</w:delText></w:r></w:del>"#);
    let come = |words: &str| format!(r#"<w:ins w:id="1">{}</w:ins>"#, r("", words));
    let moved =
        format!(r#"<w:moveFrom w:id="1">{}</w:moveFrom><w:moveTo w:id="2">{}</w:moveTo>"#, r("", "x"), r("", " y"));
    let unmarked = |words: &str| {
        format!("<w:p><w:pPr><w:jc w:val=\"left\"/><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>{}</w:p>", r("", words))
    };
    let body = [
        format!("<w:p>{}{}{}{moved}</w:p>", r("", "must "), gone("not"), come("send")),
        unmarked("joins "),
        unmarked("and "),
        p("<w:outlineLvl w:val=\"1\"/>", "this"),
        unmarked("ends"),
        format!("<w:tbl>{}</w:tbl>", row("", &[cell(&unmarked("cell"))])),
    ];
    let read = read(&body.concat());
    assert_eq!(printed(&read), ["must send y", "joins and this", "ends"]);
    assert_eq!(lines(&read)[1].heading, Some(3));
    assert_eq!(tables(&read)[0].texts(), [["cell"]]);
    assert_eq!(said(&read), ["8 tracked changes were taken as accepted"]);
    assert_eq!(read.remarks[0].place, None);
}

#[test]
fn hidden_words_are_left_out_and_remarked() {
    let styles =
        r#"<w:style w:type="character" w:styleId="Hide"><w:name w:val="Hide"/><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let mark = r#"<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>"#;
    let body = item(1, 0)
        + &format!("<w:p><w:pPr>{mark}</w:pPr>{}</w:p>", r("<w:vanish/>", "all of it"))
        + &format!("<w:p>{}{}</w:p>", r("", "seen "), r(r#"<w:rStyle w:val="Hide"/>"#, "unseen"))
        + &item(1, 0);
    let numbering = scheme(0, &outline()) + &list(1, 0, "");
    let read = File::of(&body).styles(styles).numbering(&numbering).read();
    assert_eq!(printed(&read), ["1. x", "seen", "2. x"]);
    assert_eq!(said(&read), ["hidden words were left out: “all of it”", "hidden words were left out: “unseen”"]);
    assert_eq!(read.remarks[1].place.map(|place| place.line), Some(3));
}

#[test]
fn figures_raised_after_a_figure_are_signs_of_their_own() {
    let up = |words: &str| r(r#"<w:vertAlign w:val="superscript"/>"#, words);
    let body = format!("<w:p>{}{}{}{}{}</w:p>", r("", "10"), up("2"), r("", " m by the 2"), up("nd"), r("", " day"));
    assert_eq!(printed(&read(&body)), ["10² m by the 2nd day"]);
}

#[test]
fn pictures_are_counted() {
    let picture = r#"<w:r><w:drawing><a:graphic><a:blip r:embed="x"/></a:graphic></w:drawing></w:r>"#;
    let read = read(&format!("<w:p>{picture}{}</w:p>", r("", "a")));
    assert_eq!(said(&read), ["1 picture was left out"]);
}

// Files that are none, or worse.

fn refused(bytes: &[u8]) -> String {
    let unreadable: Unreadable = word::read(bytes).expect_err("unreadable");
    assert!(!unreadable.remedy.is_empty());
    unreadable.to_string()
}

#[test]
fn other_files_are_named() {
    let ole = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend([0; 500]);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let zip = |names: &[&str]| zipped(&names.iter().map(|name| ((*name).to_owned(), vec![])).collect::<Vec<_>>());
    let cases = [
        (vec![], "the file is empty"),
        (b"Just words".to_vec(), "no Word file"),
        (b"{\\rtf1".to_vec(), "an RTF file"),
        (b"%PDF-1.7".to_vec(), "a PDF file"),
        (ole("WordDocument"), "an old Word file (.doc): open it in Word or LibreOffice and save it as .docx"),
        (ole("EncryptedPackage"), "protected with a password"),
        (ole("Workbook"), "old Office program"),
        (b"PK\x03\x04 and nothing more".to_vec(), "cut short or damaged"),
        (zip(&["a.txt"]), "an archive of files"),
        (zip(&["mimetype", "content.xml"]), "OpenDocument"),
    ];
    for (bytes, what) in cases {
        let refused = refused(&bytes);
        assert!(refused.contains(what), "{refused}");
    }
    let mut sheet = File::of("");
    sheet.parts[1].1 =
        String::from_utf8(sheet.parts[1].1.clone()).expect("text").replace("word/document", "xl/workbook").into();
    assert!(refused(&sheet.bytes()).contains("a workbook of Excel's"));
}

#[test]
fn a_file_cut_short_is_damaged() {
    let whole = File::of(&p("", "text")).bytes();
    for end in [30, whole.len() / 2, whole.len() - 30] {
        assert!(refused(&whole[..end]).contains("cut short or damaged"));
    }
}

#[test]
fn parts_that_are_no_xml_are_named() {
    let part = |xml: &str| {
        let mut file = File::of("");
        file.parts[0].1 = xml.as_bytes().to_vec();
        refused(&file.bytes())
    };
    let malformed = "its part word/document.xml is not well-formed XML: get it again";
    let cases =
        ["", "<w:document", "<a><b></a>", "<a>&unknown;</a>", "<a/><b/>", "<a b='1'", "<a>&#0;</a>", "<a></a></b>"];
    for xml in cases {
        assert!(part(xml).contains(malformed), "{xml}: {}", part(xml));
    }
    for definition in [
        "[<!ENTITY b \"c\">]",
        "[<!ENTITY b \"]>\"> ]",
        "SYSTEM \"file:///etc/passwd\"",
        "[<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]",
    ] {
        assert!(part(&format!("<!DOCTYPE a {definition}><a>&b;</a>")).contains("document type definition"));
    }
    assert!(part("<a/>").contains("no Word file"));
    let mut file = File::of("");
    file.parts[0].1 = vec![b'<', b'a', b'>', 0xFF, 0xFE, b'<', b'/', b'a', b'>'];
    assert!(refused(&file.bytes()).contains(malformed));
    // The fault may be in any part.
    assert!(refused(&File::of("").styles("<w:style>").bytes()).contains("word/styles0.xml is not well-formed"));
}

#[test]
fn bombs_do_not_go_off() {
    let mut tight = File::of("");
    tight.parts[0].1 = vec![b' '; 8 << 20];
    assert!(refused(&tight.bytes()).contains("its part word/document.xml unpacks to more than 250 times its size"));

    let deep = |depth: usize| "<w:sdt><w:sdtContent>".repeat(depth / 2) + &"</w:sdtContent></w:sdt>".repeat(depth / 2);
    assert!(refused(&File::of(&deep(100_000)).bytes()).contains("nested more than 256 deep"));
    assert!(word::read(&File::of(&deep(250)).bytes()).is_ok());
    let tables = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    assert!(refused(&File::of(&tables).bytes()).contains("nested more than 256 deep"));

    let many: Vec<(String, Vec<u8>)> = (0..10_001).map(|nth| (nth.to_string(), vec![])).collect();
    assert!(refused(&zipped(&many)).contains("the file has 10001 parts"));

    // Many parts that are each small enough.
    let mut file = File::of("<w:sectPr>HEADERS</w:sectPr>");
    let mut references = String::new();
    for nth in 0..70 {
        references += &format!(r#"<w:headerReference w:type="default" r:id="header{nth}"/>"#);
        file = file.with("header", "hdr", &" ".repeat(1_000_000));
    }
    let body = String::from_utf8(file.parts[0].1.clone()).expect("text").replace("HEADERS", &references);
    file.parts[0].1 = body.into_bytes();
    assert!(refused(&file.bytes()).contains("the file unpacks to more than 40 MiB"));
}

/// Entries that all stand for the same bytes of the file, as those of the tightest bombs do.
#[test]
fn entries_that_overlap_are_counted_each() {
    let part = format!("<w:hdr {}>{}</w:hdr>", namespaces(), " ".repeat(900_000));
    let count = 60;
    let mut references = String::new();
    let mut file = File::of("<w:sectPr>HEADERS</w:sectPr>");
    for nth in 0..count {
        let text = if nth == 0 { part.as_str() } else { "<a/>" };
        file.part(&format!("word/h{nth:02}.xml"), text);
        file = file.refer(&format!("h{nth}"), "header", &format!("h{nth:02}.xml"));
        references += &format!(r#"<w:headerReference w:type="default" r:id="h{nth}"/>"#);
    }
    let body = String::from_utf8(file.parts[0].1.clone()).expect("text").replace("HEADERS", &references);
    file.parts[0].1 = body.into_bytes();
    let mut bytes = file.bytes();
    // In the directory at the end all of them get the place, the sizes and the checksum of the first.
    let entries: Vec<usize> = bytes
        .windows(46)
        .enumerate()
        .filter(|(_, record)| record.starts_with(b"PK\x01\x02"))
        .map(|(at, _)| at)
        .filter(|at| bytes[at + 46..].starts_with(b"word/h"))
        .collect();
    assert_eq!(entries.len(), count);
    for at in &entries[1..] {
        for field in [16..28, 42..46] {
            let first = bytes[entries[0] + field.start..entries[0] + field.end].to_vec();
            bytes[at + field.start..at + field.end].copy_from_slice(&first);
        }
    }
    assert!(refused(&bytes).contains("the file unpacks to more than 40 MiB"));
}

#[test]
fn cells_reach_over_no_more_columns_than_a_table_has() {
    let wide = r#"<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr></w:tc>"#;
    let read_row = |cells: usize| read(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", wide.repeat(cells)));
    assert_eq!(tables(&read_row(1_000))[0].rows[0].len(), 1_062);
    let empty = r#"<w:tr><w:trPr><w:gridBefore w:val="63"/></w:trPr></w:tr>"#;
    let read = read(&format!("<w:tbl>{}</w:tbl>", empty.repeat(5_000)));
    assert_eq!(tables(&read)[0].rows.iter().flatten().count(), 200_000);
}

#[test]
fn numbers_are_no_longer_than_word_prints_them() {
    let pattern = "%1".repeat(127);
    let numbering =
        scheme(0, &level(0, "lowerRoman", &pattern, "").replace(r#"w:start w:val="1""#, r#"w:start w:val="32767""#))
            + &list(1, 0, "");
    let read = File::of(&item(1, 0)).numbering(&numbering).read();
    let Some(Marker::Label(label)) = &only(&read).marker else { panic!("a label") };
    assert!((200..300).contains(&label.len()), "{}", label.len());
}

#[test]
fn characters_that_print_nothing_are_no_words() {
    let body = p("", "a\u{1}b\u{202e}c\u{ad}d\u{200b}") + &item(1, 0);
    let numbering = scheme(0, &level(0, "decimal", "\u{202e}%1\u{2}.", "")) + &list(1, 0, "");
    let read = File::of(&body).numbering(&numbering).read();
    assert_eq!(printed(&read)[0], "abcd");
    assert_eq!(lines(&read)[1].marker, Some(Marker::Label("1.".to_owned())));
}

#[test]
fn tables_in_tables_as_deep_as_may_be() {
    let deep = (0..50).fold(p("", "core"), |inner, _| format!("<w:tbl>{}</w:tbl>", row("", &[cell(&inner)])));
    assert_eq!(tables(&read(&deep))[0].texts(), [["core"]]);
}

// What engross writes.

/// All words that were read, in order, without furniture.
fn all_words(manuscript: &Manuscript) -> Vec<String> {
    let mut text = String::new();
    for piece in &manuscript.pieces {
        match piece {
            Piece::Line(line) if !line.furniture => {
                if let Some(Marker::Label(label)) = &line.marker {
                    text += label;
                }
                text = text + "\n" + &line.text() + "\n";
            }
            Piece::Table(table) => text += &(table.texts().concat().join("\n") + "\n"),
            _ => {}
        }
    }
    text.split_whitespace().map(str::to_owned).collect()
}

fn same_words(file: &[u8]) {
    let expected = Words::of(file, true).join("\n");
    let expected: Vec<String> = expected.split_whitespace().map(str::to_owned).collect();
    let read = word::read(file).expect("readable");
    assert_eq!(all_words(&read), expected);
    assert!(lines(&read).iter().any(|line| line.heading == Some(1)));
}

fn everything() -> Edition {
    engross::store::load::file(&support::case("render/everything.toml")).expect("the case is read").value
}

#[test]
fn what_engross_writes_is_read_back() {
    let workspace = support::workspace();
    let everything = everything();
    for edition in workspace.editions().chain([&everything]) {
        same_words(&support::rendered(edition, "docx"));
    }
}

#[test]
fn what_engross_tracks_is_read_as_accepted() {
    let workspace = support::workspace();
    let editions: Vec<&Edition> = workspace.editions().collect();
    let author = Author { name: "A. Clerk".to_owned(), date: jiff::civil::date(2026, 11, 22) };
    for pair in editions.windows(2) {
        let [left, right] = pair else { continue };
        let comparison = engross::compare::compare(left, right, &[]);
        let file = to_docx(&comparison, (left, right), &author, support::templates()).expect("rendered");
        same_words(&file);
        let read = word::read(&file).expect("readable");
        assert!(read.remarks[0].what.ends_with("tracked changes were taken as accepted"), "{:?}", read.remarks);
    }
}

// Files nobody wrote.

fn sample() -> Vec<u8> {
    static SAMPLE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    SAMPLE.get_or_init(|| support::rendered(&everything(), "docx")).clone()
}

/// The parts of the sample that are read.
fn sample_parts() -> Vec<(String, Vec<u8>)> {
    let file = sample();
    let names = support::word::parts(&file);
    names.into_iter().map(|name| (name.clone(), support::word::bytes(&file, &name))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_change_of_bytes_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), end in any::<Option<prop::sample::Index>>()) {
        let mut file = sample();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Some(end) = end {
            file.truncate(end.index(file.len()));
        }
        let _ = word::read(&file);
    }

    #[test]
    fn no_change_of_the_xml_makes_it_panic(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..8),
    ) {
        let mut parts = sample_parts();
        let at = part.index(parts.len());
        let mut text = String::from_utf8(parts[at].1.clone()).unwrap_or_default();
        for (from, to, kind) in changes {
            // Tags and values are taken away, doubled, moved or replaced, so that much of it stays XML.
            let pieces: Vec<String> = text.split_inclusive(['>', '"']).map(str::to_owned).collect();
            if pieces.is_empty() {
                break;
            }
            let mut pieces = pieces;
            let (from, to) = (from.index(pieces.len()), to.index(pieces.len()));
            match kind {
                0 => drop(pieces.remove(from)),
                1 => pieces.insert(to, pieces[from].clone()),
                2 => pieces.swap(from, to),
                _ => pieces[from] = "99999999999\"".to_owned(),
            }
            text = pieces.concat();
        }
        parts[at].1 = text.into_bytes();
        let _ = word::read(&zipped(&parts));
    }
}

#[test]
fn every_number_may_be_anything() {
    let numbers = ["", "-1", "0", "4294967295", "4294967296", "99999999999999999999", "NaN", "1e30", "x", "%"];
    let levels = [level(0, "decimal", "%1", ""), level(8, "lowerRoman", "%9%0%", "<w:lvlRestart w:val=\"NUMBER\"/>")];
    let numbering = scheme(0, &levels.concat().replace("w:start w:val=\"1\"", "w:start w:val=\"NUMBER\""))
        + &list(1, 0, r#"<w:lvlOverride w:ilvl="NUMBER"><w:startOverride w:val="NUMBER"/></w:lvlOverride>"#);
    let styles = STYLES.replace("w:val=\"22\"", "w:val=\"NUMBER\"").replace("w:val=\"3\"", "w:val=\"NUMBER\"");
    let body = [
        item(1, 0),
        item(1, 8),
        in_style("Deep", &r("", "a")),
        p(
            r#"<w:outlineLvl w:val="NUMBER"/><w:ind w:left="NUMBER"/><w:numPr><w:ilvl w:val="NUMBER"/><w:numId w:val="1"/></w:numPr>"#,
            "b",
        ),
        p("", "c")
            .replace("<w:t ", r#"<w:sym w:font="Symbol" w:char="NUMBER"/><w:footnoteReference w:id="NUMBER"/><w:t "#),
        format!(
            "<w:tbl>{}</w:tbl>",
            row(
                r#"<w:gridBefore w:val="NUMBER"/>"#,
                &[cell(&p("", "d")).replace("<w:tc>", r#"<w:tc><w:tcPr><w:gridSpan w:val="NUMBER"/></w:tcPr>"#)]
            )
        ),
        r#"<w:sectPr><w:footnotePr><w:numStart w:val="NUMBER"/></w:footnotePr></w:sectPr>"#.to_owned(),
    ];
    for number in numbers {
        let with = |text: &str| text.replace("NUMBER", number);
        let read = File::of(&with(&body.concat())).styles(&with(&styles)).numbering(&with(&numbering)).read();
        assert_eq!(lines(&read).len(), 5, "{number}");
    }
}
