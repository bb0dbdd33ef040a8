//! What each format looks like: a document with everything in it, and the five councils' documents as Markdown.

#[macro_use]
mod support;

use engross::render::FORMATS;

#[test]
fn a_document_with_everything_in_every_format() {
    insta::glob!("cases/render/*.toml", |path| {
        let edition = engross::store::load::file(path).expect("the case is read").value;
        // Word and PDF have suites of their own.
        for format in FORMATS.iter().filter(|format| !["docx", "pdf"].contains(&format.name)) {
            let rendered = support::render(&edition, format.name);
            // The style sheet is looked at in a browser, not here.
            let rendered = match (rendered.find("<style>"), rendered.find("</style>")) {
                (Some(start), Some(end)) => format!("{}…{}", &rendered[..start + 7], &rendered[end..]),
                _ => rendered,
            };
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            snapshot!(format!("{name}-{}", format.name), rendered);
        }
    });
}

#[test]
fn the_five_documents_as_markdown() {
    for edition in support::workspace().editions() {
        let address = edition.address.as_ref().expect("an address");
        snapshot!(format!("markdown-{}", address.council), support::render(edition, "md"));
    }
}
