//! PDF files of drawing instructions.

use std::fmt::Write as _;

/// Parts one page from the next.
const PAGE: &str = "%%";

/// The file of an input: itself if it is one, otherwise one whose pages draw what it says.
pub fn file(input: &[u8]) -> Vec<u8> {
    if input.starts_with(b"%PDF") { input.to_vec() } else { of_pages(&String::from_utf8_lossy(input)) }
}

/// A file with a font for each kind: plain, bold, slanted, of one width, and one with names of its own for five letters.
fn of_pages(input: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        font("/BaseFont /Helvetica /Encoding /WinAnsiEncoding"),
        font("/BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding"),
        font("/BaseFont /Helvetica-Oblique /Encoding /WinAnsiEncoding"),
        font("/BaseFont /Courier /Encoding /WinAnsiEncoding"),
        font(
            "/BaseFont /Helvetica /FirstChar 1 /LastChar 5 /Widths [500 500 500 500 333] \
             /Encoding << /Differences [1 /fi /uniF0B7 /uniF0A7 /g77 /uni00AD] >>",
        ),
    ];
    let mut kids = String::new();
    for page in input.split(PAGE) {
        let at = objects.len() + 1;
        let _ = write!(kids, "{at} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font \
             << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R /F5 7 0 R >> /XObject << /X1 {0} 0 R >> >> >>",
            at + 1
        ));
        // A form that may draw itself.
        objects.push(format!(
            "<< /Subtype /Form /BBox [0 0 595 842] /Length {} >>\nstream\n{page}\nendstream",
            page.len()
        ));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", input.split(PAGE).count());
    assembled(&objects)
}

fn font(keys: &str) -> String {
    format!("<< /Type /Font /Subtype /Type1 {keys} >>")
}

fn assembled(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", at + 1);
    }
    let start = file.len();
    let _ = write!(file, "{table}trailer\n<< /Root 1 0 R /Size {} >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// Lets panics of the libraries that read PDF files pass, which the reader catches; those of the project are crashes, as is what
/// `check` finds.
#[cfg(not(test))]
pub(crate) fn only_our_panics() {
    use std::panic::{PanicHookInfo, set_hook, take_hook};

    // With the first file the reader has panics on its thread told no more; here they have to be.
    super::check(&file(b""), "fuzz.pdf");
    drop(take_hook());
    set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let file = panic.location().map_or("", |place| place.file());
        let of_a_library = file.contains("/registry/") || file.starts_with("/rustc/");
        if !of_a_library {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}
