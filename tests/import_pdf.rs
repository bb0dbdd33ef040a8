//! PDF files with a text layer: the lines that are printed, in the order in which they are read.

#![allow(clippy::disallowed_methods, reason = "tests read their cases")]

use std::fmt::Write as _;
use std::io::Write as _;

use engross::import::{Imported, Line, Manuscript, Marker, Piece, Place, Table, pdf, recognise};
use engross::model::Inline;
use proptest::prelude::*;

mod support;

/// A file of pages of 595 by 842 points, of drawing instructions each. `F1` is Helvetica, `F2` bold, `F3` slanted, `F4` Courier;
/// `F5` has ﬁ, Word's two bullets, a sign without a name, a soft hyphen and a hyphen that is no minus under the codes 1 to 6.
fn file(pages: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Oblique /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 1 /LastChar 6 /Widths [500 500 500 500 333 333] \
         /Encoding << /Differences [1 /fi /uniF0B7 /uniF0A7 /g77 /uni00AD /uni2010] >> >>"
            .to_owned(),
    ];
    let mut kids = String::new();
    for page in pages {
        let at = objects.len() + 1;
        write!(kids, "{at} 0 R ").unwrap();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font \
             << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R /F5 7 0 R >> >> >>",
            at + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    assembled(&objects)
}

/// The file of those objects, the first of which is the catalog.
fn assembled(objects: &[String]) -> Vec<u8> {
    assembled_of(&objects.iter().map(|object| object.clone().into_bytes()).collect::<Vec<_>>())
}

fn assembled_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend([format!("{} 0 obj\n", at + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(format!("{table}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    file
}

/// Words in a font at a place, in points from the left and the top.
fn at(font: &str, size: f32, x: f32, y: f32, words: &str) -> String {
    format!("BT /{font} {size} Tf 1 0 0 1 {x} {} Tm ({words}) Tj ET\n", 842.0 - y)
}

/// The same in Helvetica of 11 points.
fn text(x: f32, y: f32, words: &str) -> String {
    at("F1", 11.0, x, y, words)
}

/// How many letters of Courier of 11 points, each 6.6 points wide, stand on a line of the texts below.
const MEASURE: usize = 68;

/// Lines of Courier, one below the other, words that have no room on one on the next.
fn set(y: f32, words: &str) -> String {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.last_mut().unwrap();
        match last.len() {
            0 => last.push_str(word),
            length if length + 1 + word.len() <= MEASURE => write!(last, " {word}").unwrap(),
            _ => lines.push(word.to_owned()),
        }
    }
    typed(y, &lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Those lines of Courier, one below the other.
fn typed(y: f32, lines: &[&str]) -> String {
    let line = |(nth, line): (usize, &&str)| at("F4", 11.0, 72.0, y + 13.0 * nth as f32, line);
    lines.iter().enumerate().map(line).collect()
}

/// A paragraph that shows the width of the lines: of ten of them.
const WIDE: &str = "The rent of each plot is paid by the first day of April in every year, and a tenant who has not paid it \
    by the last day of May gives up the plot to the first of those who wait for one, together with what grows upon it \
    and with the shed, unless the committee, having heard the reasons, grants a longer time; which it may do once in \
    three years for each tenant, and never where the plot has lain untilled for the greater part of the summer before, \
    nor where the tenant has let it to another person, whether for money or for a share of what is grown upon it, nor \
    where the water has been left to run by night.";

/// The paragraphs of the document that pages become, each with its number before it.
fn paragraphs(pages: &[&str]) -> Vec<String> {
    let protocol = recognise(read(pages)).protocol;
    let mut paragraphs = Vec::new();
    for section in &protocol.sections {
        let heading = [section.number().map(|number| number.as_str()), section.heading.as_deref()];
        paragraphs.push(heading.into_iter().flatten().collect::<Vec<_>>().join(" "));
        for clause in &section.clauses {
            let number = clause.number().map(|number| number.as_str());
            let text = clause.text.plain();
            let words = number.into_iter().chain(clause.heading.as_deref()).chain(text.lines());
            paragraphs.extend(words.map(str::to_owned));
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn read(pages: &[&str]) -> Manuscript {
    pdf::read(&file(pages)).unwrap_or_else(|fault| panic!("{fault}"))
}

fn lines(manuscript: &Manuscript) -> Vec<&Line> {
    let lines =
        manuscript.pieces.iter().filter_map(|piece| if let Piece::Line(line) = piece { Some(line) } else { None });
    lines.collect()
}

fn texts(manuscript: &Manuscript) -> Vec<String> {
    lines(manuscript).into_iter().map(Line::text).collect()
}

fn tables(manuscript: &Manuscript) -> Vec<&Table> {
    let tables =
        manuscript.pieces.iter().filter_map(|piece| if let Piece::Table(table) = piece { Some(table) } else { None });
    tables.collect()
}

fn remarks(manuscript: &Manuscript) -> Vec<&str> {
    manuscript.remarks.iter().map(|remark| remark.what.as_str()).collect()
}

fn unreadable(bytes: &[u8]) -> String {
    pdf::read(bytes).expect_err("a file that cannot be read").to_string()
}

fn words(words: &str) -> Inline {
    Inline::words(words)
}

#[test]
fn lines_are_read_from_top_to_bottom_whatever_the_order_in_which_they_are_drawn() {
    let page = text(72.0, 120.0, "Third.") + &text(72.0, 72.0, "First.") + &text(72.0, 90.0, "Second.");
    let manuscript = read(&[&page]);
    assert_eq!(texts(&manuscript), ["First.", "Second.", "Third."]);
    let places: Vec<Place> = lines(&manuscript).iter().map(|line| line.place).collect();
    assert_eq!(places, [1, 2, 3].map(|line| Place { page: Some(1), line }));
    assert!(lines(&manuscript).iter().all(|line| !line.whole));
}

#[test]
fn pages_end() {
    let manuscript = read(&[&text(72.0, 72.0, "One"), &text(72.0, 72.0, "Two")]);
    assert!(
        matches!(&manuscript.pieces[..], [Piece::Line(_), Piece::PageEnd, Piece::Line(two)] if two.place.page == Some(2))
    );
}

#[test]
fn a_label_that_hangs_stays_before_its_words() {
    let page =
        text(108.0, 72.0, "The Clerk reports") + &text(72.0, 72.0, "2.1") + &text(108.0, 85.0, "to the Council.");
    let manuscript = read(&[&page]);
    assert_eq!(texts(&manuscript), ["2.1 The Clerk reports", "to the Council."]);
    let indents: Vec<f32> = lines(&manuscript).iter().map(|line| line.indent.round()).collect();
    assert_eq!(indents, [0.0, 36.0]);
}

#[test]
fn gaps_are_spaces_and_kerning_is_none() {
    let page = "BT /F1 11 Tf 72 770 Td [(T) 80 (o) -300 (t) 20 (he) -280 (Clerk)] TJ ET";
    assert_eq!(texts(&read(&[page])), ["To the Clerk"]);
    let apart = "BT /F1 11 Tf 3 Tc 72 770 Td (STANDING ORDERS) Tj ET";
    assert_eq!(texts(&read(&[apart])), ["STANDING ORDERS"]);
}

#[test]
fn sizes_and_weights_are_told() {
    let page = at("F2", 16.0, 72.0, 72.0, "1. Background") + &text(72.0, 100.0, "Plain words.");
    let manuscript = read(&[&page]);
    let told: Vec<(bool, Option<f32>)> = lines(&manuscript).iter().map(|line| (line.bold, line.size)).collect();
    assert_eq!(told, [(true, Some(16.0)), (false, Some(11.0))]);
    assert_eq!(lines(&manuscript)[0].content, [words("1. Background")]);
}

#[test]
fn bold_and_slanted_words_within_a_line_are_emphasised() {
    let page = "BT /F1 11 Tf 72 770 Td (The ) Tj /F2 11 Tf (Proper Officer) Tj /F1 11 Tf ( may ) Tj /F3 11 Tf (not) Tj \
                /F1 11 Tf ( vote.) Tj ET";
    let manuscript = read(&[page]);
    let expected = [
        words("The "),
        Inline::Strong { content: vec![words("Proper Officer")] },
        words(" may "),
        Inline::Emphasis { content: vec![words("not")] },
        words(" vote."),
    ];
    assert_eq!(lines(&manuscript)[0].content, expected);
    assert!(!lines(&manuscript)[0].bold);
}

#[test]
fn space_before_a_line_is_told() {
    let ys = [72.0, 85.0, 98.0, 111.0, 124.0, 145.0, 158.0, 171.0];
    let page: String = ys.iter().map(|y| text(72.0, *y, "Words of a paragraph")).collect();
    let apart: Vec<bool> = lines(&read(&[&page])).iter().map(|line| line.apart).collect();
    assert_eq!(apart, [false, false, false, false, false, true, false, false]);
}

#[test]
fn what_is_marked_as_no_part_of_the_text_is_furniture() {
    let page = format!(
        "/Artifact BMC\n{}EMC\n/P << /MCID 0 >> BDC\n{}EMC\n/Artifact << /Type /Pagination >> BDC\n{}EMC",
        text(72.0, 40.0, "Battle Town Council"),
        text(72.0, 90.0, "The Council meets monthly, and whenever it must."),
        text(72.0, 800.0, "Page 1")
    );
    let manuscript = read(&[&page]);
    let told: Vec<(String, bool)> = lines(&manuscript).iter().map(|line| (line.text(), line.furniture)).collect();
    let expected =
        [("Battle Town Council", true), ("The Council meets monthly, and whenever it must.", false), ("Page 1", true)];
    assert_eq!(told, expected.map(|(text, furniture)| (text.to_owned(), furniture)));
}

#[test]
fn a_file_that_is_marked_so_as_a_whole_is_text() {
    let manuscript = read(&[&format!("/Artifact BMC {} EMC", text(72.0, 72.0, "All of it"))]);
    assert!(!lines(&manuscript)[0].furniture);
}

#[test]
fn columns_are_read_one_after_another() {
    let mut page = at("F2", 16.0, 72.0, 60.0, "A heading that runs over both of the columns of this page");
    for row in 0..10 {
        let y = 90.0 + row as f32 * 13.0;
        page += &text(310.0, y + 1.0, &format!("right line {row} of words that fill a column"));
        page += &text(72.0, y, &format!("left line {row} of words that fill a column"));
    }
    page += &text(72.0, 300.0, "A line below that runs over both of the columns of this page, too, from left to right");
    let texts = texts(&read(&[&page]));
    assert_eq!(texts.len(), 22);
    assert!(texts[0].starts_with("A heading"));
    assert!(texts[1..11].iter().all(|line| line.starts_with("left")), "{texts:#?}");
    assert!(texts[11..21].iter().all(|line| line.starts_with("right")), "{texts:#?}");
    assert!(texts[21].starts_with("A line below"));
}

#[test]
fn labels_before_their_texts_are_no_column() {
    let mut page = String::new();
    for row in 0..20 {
        let y = 90.0 + row as f32 * 13.0;
        page += &text(72.0, y, &format!("{row}."));
        page += &text(120.0, y, "Words that go on to the end of the line, or nearly so, as they do in clauses");
    }
    assert!(texts(&read(&[&page])).iter().enumerate().all(|(row, line)| line.starts_with(&format!("{row}. Words"))));
}

#[test]
fn footnote_marks_stay_in_their_line() {
    let page = text(72.0, 72.0, "The Clerk") + &at("F1", 6.5, 119.5, 68.0, "1") + &text(126.0, 72.0, "reports.");
    assert_eq!(texts(&read(&[&page])), ["The Clerk¹ reports."]);
}

#[test]
fn bullets_are_markers() {
    let page = at("F5", 11.0, 72.0, 72.0, "\\002")
        + &text(90.0, 72.0, "one")
        + &at("F5", 11.0, 72.0, 90.0, "\\003")
        + &text(90.0, 90.0, "two")
        + &at("F4", 11.0, 72.0, 108.0, "o")
        + &text(90.0, 108.0, "three")
        + &text(72.0, 126.0, "\\225 four")
        + &text(72.0, 144.0, "o five")
        + &at("F4", 11.0, 72.0, 162.0, "o six");
    let manuscript = read(&[&page]);
    let told: Vec<(bool, String)> =
        lines(&manuscript).iter().map(|line| (line.marker == Some(Marker::Bullet), line.text())).collect();
    let expected = [(true, "one"), (true, "two"), (true, "three"), (true, "four"), (false, "o five"), (false, "o six")];
    assert_eq!(told, expected.map(|(bullet, text)| (bullet, text.to_owned())));
}

#[test]
fn drawn_dots_are_bullets() {
    let dot = |y: f32| format!("80 {} 4 4 re f\n", 842.0 - y);
    let page = dot(70.0) + &text(90.0, 72.0, "one") + &text(90.0, 90.0, "two");
    let manuscript = read(&[&page]);
    let bullets: Vec<bool> = lines(&manuscript).iter().map(|line| line.marker == Some(Marker::Bullet)).collect();
    assert_eq!(bullets, [true, false]);
}

#[test]
fn letters_are_spelled_out() {
    let page = "BT /F1 11 Tf 72 770 Td (The ) Tj /F5 11 Tf (\\001) Tj /F1 11 Tf (nancial sub) Tj /F5 11 Tf (\\005) Tj ET\n\
                BT /F1 11 Tf 72 757 Td (committee) Tj ET";
    assert_eq!(texts(&read(&[page])), ["The financial sub-", "committee"]);
}

#[test]
fn letters_without_names_are_kept_and_remarked_upon() {
    let page = text(72.0, 72.0, "Words and") + &at("F5", 11.0, 140.0, 72.0, "\\004\\004");
    let manuscript = read(&[&page]);
    assert_eq!(texts(&manuscript), ["Words and \u{fffd}\u{fffd}"]);
    assert_eq!(
        remarks(&manuscript),
        ["letters that the file does not name; 2 on page 1, each of which stands as “\u{fffd}”"]
    );
}

#[test]
fn words_drawn_twice_are_read_once() {
    let page = text(72.0, 72.0, "Background") + &text(72.25, 72.0, "Background");
    let manuscript = read(&[&page]);
    assert_eq!(texts(&manuscript), ["Background"]);
    assert!(lines(&manuscript)[0].bold);
    let outlined = "BT /F1 11 Tf 2 Tr 72 770 Td (Background) Tj ET";
    assert_eq!(texts(&read(&[outlined])), ["Background"]);
}

#[test]
fn words_that_are_turned_or_outside_are_left_out_and_listed() {
    let page = text(72.0, 72.0, "Words")
        + "BT /F1 11 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT, adopted) Tj 0.7 0.7 -0.7 0.7 215 285 Tm (on 4 March 2024) Tj ET\n"
        + &text(700.0, 72.0, "beyond");
    let manuscript = read(&["", &page]);
    let told: Vec<(String, bool)> = lines(&manuscript).iter().map(|line| (line.text(), line.furniture)).collect();
    let expected = [("Words", false), ("DRAFT, adopted on 4 March 2024", true), ("beyond", true)];
    assert_eq!(told, expected.map(|(text, furniture)| (text.to_owned(), furniture)));
    let Imported { report, protocol } = recognise(manuscript);
    let listed: Vec<(&str, &str, Option<usize>)> =
        report.left_out.iter().map(|left| (left.text.as_str(), left.why, left.place.page)).collect();
    let expected = [
        ("DRAFT, adopted on 4 March 2024", "turned against the other words of the page", Some(2)),
        ("beyond", "outside of the page, and not to be seen", Some(2)),
    ];
    assert_eq!(listed, expected);
    assert!(protocol.history.is_empty(), "what is turned dates nothing");
}

#[test]
fn a_page_that_lies_on_its_side_is_turned() {
    let page = "BT /F1 11 Tf 0 1 -1 0 100 72 Tm (First line) Tj 0 1 -1 0 113 72 Tm (Second line) Tj ET";
    assert_eq!(texts(&read(&[page])), ["First line", "Second line"]);
}

#[test]
fn ruling_lines_make_a_table() {
    let mut page = String::new();
    for y in [100.0, 120.0, 140.0, 175.0] {
        writeln!(page, "72 {0} m 400 {0} l S", 842.0 - y).unwrap();
    }
    for x in [72.0, 200.0, 400.0] {
        writeln!(page, "{x} {} m {x} {} l S", 842.0 - 100.0, 842.0 - 175.0).unwrap();
    }
    page += &text(72.0, 90.0, "Above.");
    page += &at("F2", 11.0, 80.0, 114.0, "Task");
    page += &at("F2", 11.0, 210.0, 114.0, "Who");
    page += &text(80.0, 134.0, "Minutes");
    page += &text(210.0, 134.0, "The Clerk");
    page += &text(80.0, 154.0, "Agenda");
    page += &text(210.0, 154.0, "The Clerk, and the Chairman of the");
    page += &text(210.0, 167.0, "Council");
    page += &text(72.0, 200.0, "Below.");
    let manuscript = read(&[&page]);
    assert_eq!(texts(&manuscript), ["Above.", "Below."]);
    let rows = [["Task", "Who"], ["Minutes", "The Clerk"], ["Agenda", "The Clerk, and the Chairman of the Council"]];
    assert_eq!(tables(&manuscript)[0].texts(), rows.map(|row| row.map(str::to_owned).to_vec()));
    assert_eq!(tables(&manuscript)[0].header_rows, 1);
    assert!(matches!(manuscript.pieces[..], [Piece::Line(_), Piece::Table(_), Piece::Line(_)]));
}

#[test]
fn a_frame_around_words_is_no_table() {
    let page = "60 60 400 720 re S\n".to_owned() + &text(72.0, 90.0, "Words in a frame.");
    assert_eq!(texts(&read(&[&page])), ["Words in a frame."]);
}

#[test]
fn cells_without_ruling_lines_are_lines_and_said() {
    let mut page = String::new();
    for (row, task) in ["Taking the minutes", "Sending the agenda", "Paying the invoices"].iter().enumerate() {
        let y = 90.0 + row as f32 * 14.0;
        page += &text(72.0, y, task);
        page += &text(250.0, y, "the Clerk");
    }
    let manuscript = read(&[&page]);
    assert_eq!(texts(&manuscript)[0], "Taking the minutes the Clerk");
    assert_eq!(remarks(&manuscript), ["what looks like a table without ruling lines was read as lines"]);
}

#[test]
fn scans_are_refused() {
    assert_eq!(
        unreadable(&file(&["72 72 200 200 re f"])),
        "a scan, pictures of pages without words: run it through text recognition (OCR), or type it"
    );
    assert_eq!(unreadable(&file(&[""])), "a PDF file without words: see whether it is the right file");
    let partly = read(&[&text(72.0, 72.0, "Words"), "72 72 200 200 re f", ""]);
    assert_eq!(
        remarks(&partly),
        ["a page of pictures without words; run it through text recognition (OCR), or type it"]
    );
    let recognised = "BT 3 Tr /F1 11 Tf 72 770 Td (Words) Tj ET";
    assert_eq!(remarks(&read(&[recognised])), ["a scan; its words come from text recognition and may be wrong"]);
}

#[test]
fn what_is_no_sound_file_is_refused() {
    let sound = file(&[&text(72.0, 72.0, "Words")]);
    assert_eq!(unreadable(b""), "no PDF file, whatever its name says: give it the name of what it is");
    assert_eq!(unreadable(b"PK\x03\x04 and so on"), unreadable(b""));
    assert!(unreadable(&sound[..sound.len() / 2]).starts_with("a PDF file that is cut short: "));
    assert!(unreadable(b"%PDF-1.7\n%%EOF").starts_with("a damaged PDF file: "));
    let unnamed = file(&[&at("F5", 11.0, 72.0, 72.0, "\\004\\004\\004")]);
    assert!(unreadable(&unnamed).starts_with("a PDF file that does not say which letters it shows: "));
}

#[test]
fn fields_that_are_filled_in_are_said() {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> /Annots \
                [<< /Subtype /Widget /FT /Tx /T (Name) /V (A. Clerk) /Rect [0 0 9 9] >>] >>";
    let content = text(72.0, 72.0, "Name:");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        page.to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let manuscript = pdf::read(&assembled(&objects)).unwrap();
    assert_eq!(texts(&manuscript), ["Name:"]);
    assert_eq!(
        remarks(&manuscript),
        ["what is filled in here is not printed on the page, and left out: Name: A. Clerk"]
    );
}

#[test]
fn forms_within_forms_come_to_an_end() {
    let form = "/A Do /A Do /A Do";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>".to_owned(),
        "<< /Length 5 >>\nstream\n/A Do\nendstream".to_owned(),
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >> /Length {} >>\nstream\n{form}\nendstream",
            form.len()
        ),
    ];
    assert!(unreadable(&assembled(&objects)).starts_with("a PDF file that draws more than any document does: "));
}

/// How a stream is packed that says so, with what stands in its dictionary beside that.
fn stream(data: &[u8], keys: &str) -> Vec<u8> {
    [format!("<< /Length {} {keys} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

fn flate(data: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(data).unwrap();
    packer.finish().unwrap()
}

/// The file of one page in Helvetica whose drawing instructions are object 4, with more objects from 6 on. Object 6 may be drawn as
/// `A`, `keys` stand in the dictionary of the page.
fn page_of(drawing: Vec<u8>, more: &[Vec<u8>], keys: &str) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {keys} /Resources << /Font << /F1 5 0 R >> /XObject << /A 6 0 R >> \
         /ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >> >> >>"
    );
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
        drawing,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    objects.extend_from_slice(more);
    assembled_of(&objects)
}

const CONTENTS: &str = "/Contents 4 0 R";
const HOLDS: &str = "a PDF file that holds more than any document does: ";
const DRAWS: &str = "a PDF file that draws more than any document does: ";

#[test]
fn what_unpacks_without_end_is_refused() {
    let much = vec![b' '; 25 << 20];
    let packed = flate(&much);
    let twice = flate(&packed);
    let as_text: String = twice.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + ">";
    let streams = [
        stream(&packed, "/Filter /FlateDecode"),
        stream(&packed[2..packed.len() - 4], "/Filter /FlateDecode"),
        stream(&packed, "/Filter 6 0 R"),
        stream(&twice, "/Filter [/FlateDecode /FlateDecode]"),
        stream(as_text.as_bytes(), "/Filter [/ASCIIHexDecode /FlateDecode /Fl]"),
        stream(&[129, b' '].repeat(140_000), "/Filter /RunLengthDecode"),
        stream(&[128; 300_000], "/Filter /LZWDecode"),
        // It says where it ends, not the word in it that ends others.
        stream(&[b"\nendstream\nendobj\n".as_slice(), &[128; 300_000]].concat(), "/Filter /LZWDecode"),
        stream(&much, ""),
    ];
    for bomb in &streams {
        assert!(unreadable(&page_of(bomb.clone(), &[], CONTENTS)).starts_with(HOLDS));
    }
    // Wherever it stands, and in several.
    let drawing = stream(text(72.0, 72.0, "Words").as_bytes(), "");
    assert!(unreadable(&page_of(drawing, &streams[..1], CONTENTS)).starts_with(HOLDS));
    let several: Vec<Vec<u8>> = (0..14).map(|_| stream(&flate(&much[..10 << 20]), "/Filter /FlateDecode")).collect();
    assert!(unreadable(&page_of(stream(b"", ""), &several, CONTENTS)).starts_with(HOLDS));
}

#[test]
fn pictures_are_not_unpacked() {
    let white = flate(&vec![255; 40 << 20]);
    let keys =
        "/Subtype /Image /Width 4000 /Height 3500 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode";
    let drawing = stream((text(72.0, 72.0, "Words") + "/A Do").as_bytes(), "");
    let manuscript = pdf::read(&page_of(drawing, &[stream(&white, keys)], CONTENTS)).unwrap();
    assert_eq!(texts(&manuscript), ["Words"]);
}

/// A file with two objects in an object of objects, the catalog and the tree, before whatever else that unpacks to.
fn packed_objects(rest: &[u8]) -> Vec<u8> {
    packed_with("[3 0 R]", rest)
}

/// The same with that list of pages.
fn packed_with(pages: &str, rest: &[u8]) -> Vec<u8> {
    let objects =
        format!("1 0 2 40 << /Type /Catalog /Pages 2 0 R >>        << /Type /Pages /Kids {pages} /Count 1 >>\n");
    let packed = flate(&[objects.as_bytes(), rest].concat());
    let words = text(72.0, 72.0, "Words").into_bytes();
    let page = b"<< /Type /Page /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec();
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec();
    let all = [page, stream(&words, ""), font, stream(&packed, "/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode")];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = vec![[0, 0, 0, 0, 0], [2, 0, 0, 6, 0], [2, 0, 0, 6, 1]];
    for (at, object) in all.iter().enumerate() {
        let [_, a, b, c] = u32::try_from(file.len()).unwrap().to_be_bytes();
        table.push([1, a, b, c, 0]);
        file.extend([format!("{} 0 obj\n", at + 3).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = file.len();
    let table = stream(&table.concat(), "/Type /XRef /Size 7 /W [1 3 1] /Root 1 0 R");
    file.extend([b"7 0 obj\n", table.as_slice(), b"\nendobj\n"].concat());
    file.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
    file
}

#[test]
fn objects_packed_together_are_looked_at_before_they_are_unpacked() {
    assert_eq!(texts(&pdf::read(&packed_objects(b"")).unwrap()), ["Words"]);
    assert!(unreadable(&packed_objects(&vec![b' '; 25 << 20])).starts_with(HOLDS));
    assert!(unreadable(&packed_objects(&b"[ ".repeat(2_000))).starts_with("a damaged PDF file: "));
    // However long they are.
    let pages = format!("[{}]", "3 0 R ".repeat(20_000));
    assert!(unreadable(&packed_with(&pages, b"")).contains("pages"));
    // All are gone through for each.
    let count = 20_000;
    let head: String = (0..count).map(|at| format!("{} {} ", at + 100, 2 * at)).collect();
    let many = flate((head.clone() + &"1 ".repeat(count)).as_bytes());
    let many = stream(&many, &format!("/Type /ObjStm /N {count} /First {} /Filter /FlateDecode", head.len()));
    assert!(unreadable(&page_of(stream(b"", ""), &[many], CONTENTS)).starts_with(HOLDS));
}

#[test]
fn a_table_of_objects_is_as_long_as_it_says() {
    for index in ["", "/Index [0 4000000000]"] {
        let table = stream(b"", &format!("/Type /XRef /Size 4000000000 /W [0 0 0] {index} /Root 1 0 R"));
        let mut file = b"%PDF-1.7\n1 0 obj\n".to_vec();
        file.extend(table);
        file.extend(b"\nendobj\nstartxref\n9\n%%EOF");
        assert!(unreadable(&file).starts_with("a damaged PDF file: "));
    }
}

#[test]
fn pages_are_counted_before_they_are_read() {
    let tree = |kids: &str, more: &[String]| {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids {kids} >>"),
            "<< /Type /Page /MediaBox [0 0 595 842] >>".to_owned(),
        ];
        objects.extend_from_slice(more);
        unreadable(&assembled(&objects))
    };
    let many = "3 0 R ".repeat(100_000);
    let too_many = "a file of more than 2000 pages: divide it";
    assert_eq!(tree(&format!("[{many}]"), &[]), too_many);
    assert_eq!(tree("4 0 R", &[format!("[{many}]")]), too_many);
    // Each node holds the next one twice.
    let twice: Vec<String> = (5..45).map(|next| format!("<< /Type /Pages /Kids [{next} 0 R {next} 0 R] >>")).collect();
    let last = ["<< /Type /Pages /Kids [3 0 R 3 0 R] >>".to_owned()];
    assert_eq!(tree("[4 0 R 4 0 R]", &[twice, last.to_vec()].concat()), too_many);
    assert!(tree(&format!("[{}]", "3 0 R ".repeat(2_000)), &[]).starts_with("a PDF file without words: "));
}

#[test]
fn what_takes_long_to_draw_is_refused() {
    let form = "/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 6 0 R >> >>";
    let drawn = |drawing: String, more: &[Vec<u8>], keys: &str| {
        let drawing = stream(&flate(drawing.as_bytes()), "/Filter /FlateDecode");
        unreadable(&page_of(drawing, more, keys))
    };
    // States of drawing that are saved and never restored.
    assert!(drawn("q ".repeat(3_000), &[], CONTENTS).starts_with(DRAWS));
    assert!(drawn("/A Do".to_owned(), &[stream("q ".repeat(3_000).as_bytes(), form)], CONTENTS).starts_with(DRAWS));
    // Instructions that take long.
    assert!(drawn("/G gs ".repeat(150_000), &[stream(b"", form)], CONTENTS).starts_with(DRAWS));
    // The same instructions again and again.
    let keys = format!("/Contents [{}]", "4 0 R ".repeat(2_000));
    assert!(drawn(" ".repeat(50_000), &[], &keys).starts_with(DRAWS));
    // A large form again and again, and one that is the look of many notes.
    let large = stream(&flate(&vec![b' '; 10 << 20]), &format!("{form} /Filter /FlateDecode"));
    assert!(drawn("/A Do ".repeat(900), std::slice::from_ref(&large), CONTENTS).starts_with(DRAWS));
    let notes = "<< /AP << /N 6 0 R >> /Rect [0 0 9 9] >> ".repeat(900);
    assert!(drawn(String::new(), &[large], &format!("{CONTENTS} /Annots [{notes}]")).starts_with(DRAWS));
}

#[test]
fn many_states_that_are_restored_are_no_fault() {
    let drawing = format!("{}{}", "q 0 0 9 9 re f Q ".repeat(3_000), text(72.0, 72.0, "Words"));
    assert_eq!(texts(&read(&[&drawing])), ["Words"]);
}

#[test]
fn brackets_in_brackets_are_refused_where_they_are_no_data() {
    for opening in ["1 0 obj <<\n", "1 0 obj [\n", "1 0 obj (\n", "<< /K ", "[ "] {
        let file = format!("%PDF-1.7\n{}startxref\n0\n%%EOF", opening.repeat(100_000));
        assert!(unreadable(file.as_bytes()).starts_with("a damaged PDF file: "), "{opening}");
    }
    // Data packed as text have any of them.
    let picture =
        stream(&[b"<+oue".repeat(50_000).as_slice(), b"~>"].concat(), "/Subtype /Image /Filter /ASCII85Decode");
    let words = stream(text(72.0, 72.0, "Words").as_bytes(), "");
    assert_eq!(texts(&pdf::read(&page_of(words, &[picture], CONTENTS)).unwrap()), ["Words"]);
}

/// A file that is its own page tree, or nests arrays without end.
#[test]
fn page_trees_that_hold_themselves_are_refused() {
    let own =
        ["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_owned()];
    assert!(unreadable(&assembled(&own)).starts_with("a damaged PDF file: "));
    let deep =
        ["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), format!("<< /Type /Pages /Kids {} >>", "[".repeat(200_000))];
    assert!(unreadable(&assembled(&deep)).starts_with("a damaged PDF file: "));
}

#[test]
fn a_line_that_had_room_for_the_next_word_ends_its_paragraph() {
    let page = set(72.0, WIDE)
        + &typed(
            202.0,
            &["The gates are shut by the warden of the week when it is dusk.", "A key is kept by each tenant."],
        );
    let all = paragraphs(&[&page]);
    assert_eq!(all.len(), 3, "{all:#?}");
    assert_eq!(
        all[1..],
        ["The gates are shut by the warden of the week when it is dusk.", "A key is kept by each tenant."]
    );
}

#[test]
fn a_line_that_had_no_room_for_it_goes_on() {
    let heading = at("F2", 16.0, 72.0, 210.0, "1. COMPLAINTS BY TENANTS AND BY THEIR")
        + &at("F2", 16.0, 72.0, 229.0, "NEIGHBOURS");
    let page = set(72.0, WIDE) + &heading + &typed(255.0, &["1.1 A complaint is made in writing to the clerk."]);
    assert_eq!(paragraphs(&[&page])[1], "1. COMPLAINTS BY TENANTS AND BY THEIR NEIGHBOURS");
}

#[test]
fn what_is_said_to_follow_stands_apart() {
    let page = set(72.0, WIDE)
        + &typed(
            202.0,
            &[
                "The duties of a tenant and of the committee are as follows:",
                "Committeemen walk round the plots once a month.",
            ],
        );
    assert_eq!(paragraphs(&[&page])[1], "The duties of a tenant and of the committee are as follows:");
}

#[test]
fn a_line_that_stands_on_two_pages_by_chance_is_not_left_out() {
    let twice = "Committee, who hears both sides of it, the tenant and the others";
    let first = set(72.0, WIDE)
        + &typed(215.0, &["1.1 A complaint by one of the tenants is to be sent straight to the", twice, "before"]);
    let second = typed(
        72.0,
        &["the month is out.", "1.2 A complaint by one of the others is to be sent straight to the", twice],
    ) + &typed(111.0, &["as soon as may be.", "1.3 Nobody else is heard."]);
    let all = paragraphs(&[&first, &second]).join(" ");
    assert_eq!(all.matches(twice).count(), 2, "{all}");
}

#[test]
fn a_number_that_ends_a_sentence_is_no_page_number() {
    let first = set(72.0, WIDE)
        + &typed(215.0, &["The rules are those that the Council made on the third day of March", "2024"]);
    let all = paragraphs(&[&first, &typed(72.0, &["Nothing else is a rule."])]);
    assert_eq!(all[1], "The rules are those that the Council made on the third day of March 2024");
}

#[test]
fn figures_raised_after_a_figure_are_signs_of_their_own() {
    let page = text(72.0, 100.0, "A plot has 10")
        + &at("F1", 6.0, 136.4, 96.0, "2")
        + &text(145.0, 100.0, "yards")
        + &at("F1", 6.0, 172.0, 96.0, "3")
        + &text(179.0, 100.0, "at least.");
    let all = texts(&read(&[&page])).join(" ");
    assert!(all.contains("10² yards³ at least."), "{all}");
}

#[test]
fn words_that_are_broken_behind_a_sign_are_one() {
    let lines = [
        "1. The water is turned off in the week before the first of November/",
        "December, when frost is likely, as is said of it in section 27(1)(b)",
        "(ii) and elsewhere.",
    ];
    let page = set(72.0, WIDE) + &typed(215.0, &lines);
    let expected = "The water is turned off in the week before the first of November/December, when frost is likely, as is said \
                    of it in section 27(1)(b)(ii) and elsewhere.";
    assert_eq!(paragraphs(&[&page])[2], expected);
}

#[test]
fn a_file_that_sets_spaces_behind_its_lines_says_where_there_is_none() {
    let words: Vec<&str> = WIDE.split(' ').chain(WIDE.split(' ')).collect();
    let mut lines: Vec<String> = words.chunks(9).map(|line| line.join(" ") + " ").collect();
    let ends = [
        "Of this the secretary tells the tenants in the spring of the year and/ ",
        "or in autumn, and the warden/",
        "chairman.",
    ];
    lines.extend(ends.map(str::to_owned));
    let all = paragraphs(&[&typed(72.0, &lines.iter().map(String::as_str).collect::<Vec<_>>())]).join(" ");
    assert!(all.contains("and/ or") && all.contains("warden/chairman"), "{all}");
}

#[test]
fn hyphens_of_all_kinds_part_words_at_the_ends_of_lines() {
    let page = set(72.0, WIDE)
        + &typed(202.0, &["Letters about the plots are sent to the clerk's address, that is, ex"])
        + &at("F5", 11.0, 520.8, 202.0, "\\006")
        + &typed(215.0, &["officio, to the Vice-", "chairman of the allotments."]);
    let all = paragraphs(&[&page]).join(" ");
    assert!(all.contains("ex‐officio, to the Vice-chairman of"), "{all}");
}

#[test]
fn a_space_without_width_is_none() {
    let page = "BT /F1 11 Tf 72 770 Td (The pre) Tj 0 Tz ( ) Tj 100 Tz (election period) Tj ET";
    assert_eq!(texts(&read(&[page])), ["The preelection period"]);
}

/// The notes of the document that pages become.
fn notes(pages: &[&str]) -> Vec<String> {
    recognise(read(pages)).protocol.notes.iter().map(engross::model::Text::plain).collect()
}

#[test]
fn footnotes_stand_behind_the_text_and_cut_no_sentence() {
    let mark = at("F4", 6.5, 520.8, 211.0, "1");
    let rule = "72 620 m 144 620 l S\n";
    let note = at("F4", 6.5, 72.0, 238.0, "1") + &at("F4", 11.0, 79.0, 242.0, "Only where there is a tap.");
    let foot = at("F4", 11.0, 290.0, 790.0, "1");
    let first =
        set(72.0, WIDE) + &typed(215.0, &["1. The tenant waters the plot, which is the duty of every tenant and"]);
    let second = typed(72.0, &["of nobody else.", "2. The rest follows."]);
    let whole = "1. The tenant waters the plot, which is the duty of every tenant and¹ of nobody else.";
    let pages = [first.clone() + &mark + rule + &note + &foot, second.clone() + &at("F4", 11.0, 290.0, 790.0, "2")];
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    assert_eq!(paragraphs(&pages)[1..3].join(" "), whole);
    assert_eq!(notes(&pages), ["1 Only where there is a tap."]);
    // Small letters show it as well as a line.
    let small = first.clone() + &mark + &at("F4", 8.0, 72.0, 242.0, "1 Only where there is a tap.");
    assert_eq!(notes(&[&small, &second]), ["1 Only where there is a tap."]);
    // A note may have no room on the page of its mark.
    let late = second + "72 500 m 144 500 l S\n" + &typed(355.0, &["1 Only where there is a tap."]);
    assert_eq!(notes(&[&(first.clone() + &mark), &late]), ["1 Only where there is a tap."]);
    // A line drawn above a clause makes no note of it.
    let clause = first + rule + &typed(242.0, &["2 Only where there is a tap."]);
    assert!(notes(&[&clause]).is_empty());
}

/// What browsers and office programs write. Beside each file are its words, in the order in which they are read.
#[test]
fn no_word_is_lost_or_moved() {
    let mut cases = 0;
    for entry in std::fs::read_dir(support::case("import/pdf")).unwrap() {
        let path = entry.unwrap().path();
        let expected = path.with_extension("txt");
        if path.extension().is_none_or(|end| end != "pdf") || !expected.exists() {
            continue;
        }
        let manuscript = pdf::read(&std::fs::read(&path).unwrap()).unwrap();
        let mut text = String::new();
        for piece in &manuscript.pieces {
            match piece {
                Piece::Line(line) => writeln!(text, "{}", line.text()).unwrap(),
                Piece::Table(table) => {
                    table.texts().iter().for_each(|row| writeln!(text, "{}", row.join(" ")).unwrap())
                }
                Piece::PageEnd => {}
            }
        }
        let expected = std::fs::read_to_string(expected).unwrap();
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&text), words(&expected), "{}", path.display());
        cases += 1;
    }
    assert!(cases > 1);
}

#[test]
fn bullets_and_tables_of_browsers_are_found() {
    let manuscript = pdf::read(&std::fs::read(support::case("import/pdf/browser.pdf")).unwrap()).unwrap();
    let bullets = lines(&manuscript).into_iter().filter(|line| line.marker == Some(Marker::Bullet)).count();
    assert_eq!((bullets, tables(&manuscript).len()), (2, 1));
}

#[test]
fn a_password_is_asked_for() {
    let locked = std::fs::read(support::case("import/pdf/locked.pdf")).unwrap();
    assert_eq!(
        unreadable(&locked),
        "protected with a password: open it with the password and save it without one, or print it to a new PDF file"
    );
}

/// The lines of a page of A4: what they say, how large, and how far from the left and the top.
fn page(lines: &[(&str, f32, f32, f32)]) -> String {
    lines.iter().map(|(words, size, x, y)| at("F1", *size, *x, *y, words)).collect()
}

/// A policy of one page, as every word processor sets it.
const POLICY: [(&str, f32, f32, f32); 6] = [
    ("Example Town Council", 20.0, 200.0, 92.0),
    ("Lone Working Policy", 18.0, 215.0, 124.0),
    ("Adopted 14 May 2024", 12.0, 72.0, 150.0),
    ("1. Purpose", 12.0, 72.0, 175.0),
    ("1.1 Staff who work alone are safe.", 12.0, 72.0, 200.0),
    ("1.2 They tell the Clerk where they are.", 12.0, 72.0, 225.0),
];

#[test]
fn what_stands_in_the_margins_of_a_single_page_is_left_out() {
    let plain = recognise(read(&[&page(&POLICY)])).protocol;
    for (words, size, y) in [
        ("1", 12.0, 800.0),
        ("- 1 -", 12.0, 800.0),
        ("Page | 1", 12.0, 800.0),
        ("Lone Working Policy v2 1", 12.0, 800.0),
        ("Revised by Committee, Page 1", 12.0, 800.0),
        ("clerk@example-tc.gov.uk 01234 567890", 12.0, 800.0),
        ("Held on the server under Policies", 8.0, 800.0),
        ("Example Town Council", 12.0, 45.0),
        ("Lone Working Policy", 12.0, 45.0),
        ("Council House Lone Working Policy", 12.0, 45.0),
    ] {
        let Imported { protocol, report } = recognise(read(&[&(page(&POLICY) + &page(&[(words, size, 72.0, y)]))]));
        assert_eq!(protocol, plain, "{words}");
        assert_eq!(report.left_out.iter().map(|left| left.text.as_str()).collect::<Vec<_>>(), [words]);
    }
    // On the first of two pages, of which the second has another foot.
    let second = page(&[("1.3 They carry a telephone.", 12.0, 72.0, 92.0), ("Page 2", 12.0, 72.0, 800.0)]);
    let first = page(&POLICY) + &page(&[("www.example-tc.gov.uk", 12.0, 72.0, 800.0)]);
    assert_eq!(
        paragraphs(&[&first, &second])[1..],
        [
            "1.1",
            "Staff who work alone are safe.",
            "1.2",
            "They tell the Clerk where they are.",
            "1.3",
            "They carry a telephone."
        ]
    );
}

#[test]
fn a_date_at_the_foot_of_a_single_page_counts_and_is_left_out_where_the_text_has_one() {
    let foot = ("Adopted: May 2024 Review: May 2026", 12.0, 72.0, 800.0);
    let Imported { protocol, report } = recognise(read(&[&(page(&POLICY) + &page(&[foot]))]));
    assert_eq!(protocol.review.and_then(|review| review.due).map(|due| due.to_string()).as_deref(), Some("2026-05"));
    assert_eq!(report.left_out.len(), 1);
    let undated: Vec<_> = POLICY.into_iter().filter(|line| !line.0.starts_with("Adopted")).chain([foot]).collect();
    let Imported { protocol, report } = recognise(read(&[&page(&undated)]));
    assert_eq!(protocol.history[0].as_printed.as_deref(), Some(foot.0));
    assert!(report.left_out.is_empty(), "{report:?}");
}

#[test]
fn what_belongs_to_the_text_stays_at_the_head_and_foot_of_a_single_page() {
    for words in [
        "Signed ____________________ Chairman",
        "This policy is read with the Health and Safety Policy of the council.",
        "* Staff are those whom the Council employs",
        "Councillors have a copy",
    ] {
        let all = page(&POLICY) + &page(&[(words, 12.0, 72.0, 800.0)]);
        let Imported { protocol, report } = recognise(read(&[&all]));
        assert!(report.left_out.is_empty(), "{words}: {report:?}");
        let told = report.doubts.iter().any(|doubt| doubt.what.contains("at the foot of the page"));
        assert_eq!(told, words == "Councillors have a copy", "{report:?}");
        assert_eq!(protocol.title, "Lone Working Policy");
    }
    // The only title, at the very top and apart.
    let mut titled = POLICY;
    (titled[0].3, titled[1].3) = (40.0, 75.0);
    let Imported { protocol, report } = recognise(read(&[&page(&titled)]));
    assert_eq!(protocol, recognise(read(&[&page(&POLICY)])).protocol);
    assert!(report.left_out.is_empty(), "{report:?}");
}

#[test]
fn the_head_and_the_foot_of_a_page_stand_in_none_of_its_columns() {
    let mut words = page(&[("Example Town Council", 8.0, 72.0, 40.0), ("Lone Working Policy", 8.0, 450.0, 40.0)]);
    words += &page(&[("Lone Working Policy", 14.0, 72.0, 75.0), ("1", 8.0, 280.0, 810.0)]);
    for nth in 0..8 {
        let (at, other) = (110.0 + 80.0 * nth as f32, 75.0 + 80.0 * nth as f32);
        let clause = |number| format!("{number}. Staff who work alone tell the");
        words +=
            &page(&[(&clause(nth + 1), 11.0, 72.0, at), ("Clerk where they are to be found.", 11.0, 72.0, at + 13.0)]);
        words += &page(&[
            (&clause(nth + 9), 11.0, 320.0, other),
            ("Clerk where they are to be found.", 11.0, 320.0, other + 13.0),
        ]);
    }
    let Imported { protocol, report } = recognise(read(&[&words]));
    assert_eq!(protocol.title, "Lone Working Policy");
    let clauses = protocol.sections.iter().flat_map(|section| &section.clauses);
    assert_eq!(
        clauses.map(|clause| clause.text.plain()).collect::<Vec<_>>(),
        ["Staff who work alone tell the Clerk where they are to be found."; 16]
    );
    assert_eq!(
        report.left_out.iter().map(|left| left.text.as_str()).collect::<Vec<_>>(),
        ["Example Town Council Lone Working Policy", "1"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever becomes of a file, it is read or refused.
    #[test]
    fn changed_files_are_read_or_refused(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = file(&[&text(72.0, 72.0, "Words"), &(text(72.0, 90.0, "more") + "72 72 20 20 re S")]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = pdf::read(&bytes);
    }

    #[test]
    fn changed_files_of_browsers_are_read_or_refused(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = std::fs::read(support::case("import/pdf/browser.pdf")).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = pdf::read(&bytes);
    }

    /// Instructions of any kind draw something or nothing.
    #[test]
    fn any_instructions_are_taken(numbers in proptest::collection::vec(-1e9f32..1e9, 6), words in "[ -~]{0,12}", size in -1e6f32..1e6) {
        let words = words.replace(['\\', '(', ')'], "");
        let matrix = numbers.iter().map(f32::to_string).collect::<Vec<_>>().join(" ");
        let page = format!("BT /F1 {size} Tf {matrix} Tm ({words}) Tj ET {matrix} re S {matrix} c f");
        let _ = pdf::read(&file(&[&page, &text(72.0, 72.0, "Words")]));
    }
}
