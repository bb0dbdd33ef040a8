//! The parts of a Word file, and the archive that holds them. Two files of the same document are the same to the byte.

use std::io::{self, Cursor, Write as _};

use quick_xml::Writer;
use tera::Context;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::document::{Document, Genre};

use super::super::flow::Flow;
use super::super::flow::marks::{Author, Part};
use super::super::{TemplateError, Templates};
use super::body::{NAMESPACES, References, attributes_of, body, borrowed, element, style, text, writer};
use super::logo::{self, Logo};

/// How everything looks; a workspace may replace it.
const STYLES: &str = "docx/styles.xml";

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORDML: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts that are the same in every file, by their paths.
const FIXED: [(&str, &str); 4] = [
    ("word/settings.xml", include_str!("settings.xml")),
    ("word/numbering.xml", include_str!("numbering.xml")),
    ("word/fontTable.xml", include_str!("fontTable.xml")),
    ("word/theme/theme1.xml", include_str!("theme1.xml")),
];

/// The file of a document as it stands.
pub(super) fn package(document: &Document, flow: &[Flow], templates: &Templates) -> Result<Vec<u8>, TemplateError> {
    let parts: Vec<Part> = flow.iter().map(Part::from).collect();
    assembled(document, &parts, None, templates)
}

/// The file of a document with tracked changes.
pub(super) fn assembled(
    document: &Document,
    parts: &[Part],
    author: Option<&Author>,
    templates: &Templates,
) -> Result<Vec<u8>, TemplateError> {
    let mut context = Context::new();
    context.insert("document", document);
    let styles = templates.render(STYLES, &context)?;
    let written = |result: io::Result<Vec<u8>>| {
        result.map_err(|error| TemplateError::new(format!("the Word file cannot be put together: {error}")))
    };
    let letterhead = document.council.as_ref().and_then(|council| council.logo.as_ref());
    // A comparison is no letter of the council's.
    let logo = letterhead.filter(|_| author.is_none()).and_then(Logo::new);
    let (main, references) = body(parts, author, |w| logo.as_ref().map_or(Ok(()), |logo| logo.paragraph(w)))
        .map_err(|error| TemplateError::new(error.to_string()))?;
    let mut files = vec![
        ("[Content_Types].xml", written(content_types(&references, logo.as_ref()))?),
        ("_rels/.rels", written(package_relationships())?),
        ("docProps/core.xml", written(core(document))?),
        ("docProps/app.xml", written(app())?),
        ("word/document.xml", main),
        ("word/_rels/document.xml.rels", written(document_relationships(&references, logo.as_ref()))?),
        ("word/styles.xml", styles.into_bytes()),
        ("word/header1.xml", written(header(document))?),
        ("word/footer1.xml", written(footer(document))?),
    ];
    if let Some(author) = author.filter(|_| !references.comments.is_empty()) {
        files.push(("word/comments.xml", written(comments(&references, author))?));
    }
    files.extend(FIXED.map(|(path, part)| (path, part.as_bytes().to_vec())));
    let picture = logo.map(|logo| (format!("word/{}", logo.path()), logo.bytes));
    files.extend(picture.as_ref().map(|(path, bytes)| (path.as_str(), bytes.clone())));
    written(archive(&files))
}

fn archive(files: &[(&str, Vec<u8>)]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Dated to the beginning of the calendar of the format: when the file is made is not asked.
    let options = SimpleFileOptions::default();
    for (path, bytes) in files {
        archive.start_file(*path, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn content_types(references: &References, logo: Option<&Logo>) -> io::Result<Vec<u8>> {
    let mut writer = writer()?;
    let namespace = ("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    let mut parts = vec![
        ("/word/document.xml", format!("{WORDML}.document.main+xml")),
        ("/word/styles.xml", format!("{WORDML}.styles+xml")),
        ("/word/settings.xml", format!("{WORDML}.settings+xml")),
        ("/word/numbering.xml", format!("{WORDML}.numbering+xml")),
        ("/word/fontTable.xml", format!("{WORDML}.fontTable+xml")),
        ("/word/header1.xml", format!("{WORDML}.header+xml")),
        ("/word/footer1.xml", format!("{WORDML}.footer+xml")),
        ("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml".to_owned()),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
    ];
    if !references.comments.is_empty() {
        parts.push(("/word/comments.xml", format!("{WORDML}.comments+xml")));
    }
    writer.create_element("Types").with_attribute(namespace).write_inner_content(|w| {
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        element(w, "Default", &[("Extension", "rels"), ("ContentType", relationships)])?;
        element(w, "Default", &[("Extension", "xml"), ("ContentType", "application/xml")])?;
        if let Some(Logo { extension, .. }) = logo {
            let kind = format!("image/{extension}");
            element(w, "Default", &[("Extension", extension), ("ContentType", &kind)])?;
        }
        parts.iter().try_for_each(|(path, kind)| element(w, "Override", &[("PartName", path), ("ContentType", kind)]))
    })?;
    Ok(writer.into_inner())
}

fn package_relationships() -> io::Result<Vec<u8>> {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relationships(&[
        ("document".to_owned(), format!("{OFFICE}/officeDocument"), "word/document.xml".to_owned()),
        ("core".to_owned(), core.to_owned(), "docProps/core.xml".to_owned()),
        ("app".to_owned(), format!("{OFFICE}/extended-properties"), "docProps/app.xml".to_owned()),
    ])
}

fn document_relationships(references: &References, logo: Option<&Logo>) -> io::Result<Vec<u8>> {
    let parts = [
        ("styles", "styles", "styles.xml"),
        ("settings", "settings", "settings.xml"),
        ("numbering", "numbering", "numbering.xml"),
        ("fonts", "fontTable", "fontTable.xml"),
        ("theme", "theme", "theme/theme1.xml"),
        ("header", "header", "header1.xml"),
        ("footer", "footer", "footer1.xml"),
    ];
    let comments = (!references.comments.is_empty()).then_some(("comments", "comments", "comments.xml"));
    let parts = parts.into_iter().chain(comments);
    let mut all: Vec<_> =
        parts.map(|(id, kind, target)| (id.to_owned(), format!("{OFFICE}/{kind}"), target.to_owned())).collect();
    let links = references.links.iter().enumerate();
    all.extend(links.map(|(nth, link)| (format!("link{nth}"), format!("{OFFICE}/hyperlink"), link.clone())));
    all.extend(logo.map(|logo| (logo::RELATIONSHIP.to_owned(), format!("{OFFICE}/image"), logo.path())));
    relationships(&all)
}

/// Relationships by id, kind and target; those that link to the web lead out of the file.
fn relationships(all: &[(String, String, String)]) -> io::Result<Vec<u8>> {
    let mut writer = writer()?;
    writer.create_element("Relationships").with_attribute(("xmlns", RELATIONSHIPS)).write_inner_content(|w| {
        all.iter().try_for_each(|(id, kind, target)| {
            let attributes = [("Id", id.as_str()), ("Type", kind), ("Target", target)];
            let outside = [("TargetMode", "External")];
            let outside = if kind.ends_with("/hyperlink") { &outside[..] } else { &[] };
            element(w, "Relationship", &[&attributes[..], outside].concat())
        })
    })?;
    Ok(writer.into_inner())
}

fn core(document: &Document) -> io::Result<Vec<u8>> {
    let mut writer = writer()?;
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    writer.create_element("cp:coreProperties").with_attributes(namespaces).write_inner_content(|w| {
        w.create_element("dc:title").write_text_content(text(&document.title))?;
        if let Some(council) = &document.council {
            w.create_element("dc:creator").write_text_content(text(&council.name))?;
        }
        w.create_element("dc:language").write_text_content(text("en-GB"))?;
        w.create_element("cp:version").write_text_content(text(&document.version))?;
        Ok(())
    })?;
    Ok(writer.into_inner())
}

fn app() -> io::Result<Vec<u8>> {
    let mut writer = writer()?;
    let namespace = ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties");
    writer.create_element("Properties").with_attribute(namespace).write_inner_content(|w| {
        w.create_element("Application").write_text_content(text("engross"))?;
        Ok(())
    })?;
    Ok(writer.into_inner())
}

/// The council at the left of every page, the title at the right; whether it is adopted stands before the title.
fn header(document: &Document) -> io::Result<Vec<u8>> {
    let council = document.council.as_ref().map(|council| council.name.as_str()).unwrap_or_default();
    let pending = if document.pending { format!("{}: ", document.status.to_uppercase()) } else { String::new() };
    furniture("w:hdr", "Header", |w| {
        words(w, council)?;
        tab(w)?;
        words(w, &format!("{pending}{}", document.title))
    })
}

/// The version at the left of every page, its number at the right.
fn footer(document: &Document) -> io::Result<Vec<u8>> {
    let version = match document.genre {
        Genre::Protocol => format!("Version {} ({})", document.version, document.status.to_lowercase()),
        Genre::Comparison | Genre::Review => document.version.clone(),
    };
    furniture("w:ftr", "Footer", |w| {
        words(w, &version)?;
        tab(w)?;
        words(w, "Page ")?;
        field(w, "PAGE")?;
        words(w, " of ")?;
        field(w, "NUMPAGES")
    })
}

fn furniture(
    outer: &str,
    named: &str,
    content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut writer = writer()?;
    writer.create_element(outer.to_owned()).with_attributes(NAMESPACES).write_inner_content(|w| {
        w.create_element("w:p").write_inner_content(|w| {
            style(w, "w:pPr", "w:pStyle", named)?;
            content(w)
        })?;
        Ok(())
    })?;
    Ok(writer.into_inner())
}

fn words(w: &mut Writer<Vec<u8>>, words: &str) -> io::Result<()> {
    w.create_element("w:r").write_inner_content(|w| {
        w.create_element("w:t").with_attribute(("xml:space", "preserve")).write_text_content(text(words))?;
        Ok(())
    })?;
    Ok(())
}

fn tab(w: &mut Writer<Vec<u8>>) -> io::Result<()> {
    w.create_element("w:r").write_inner_content(|w| element(w, "w:tab", &[]))?;
    Ok(())
}

/// A number that Word counts.
fn field(w: &mut Writer<Vec<u8>>, name: &str) -> io::Result<()> {
    w.create_element("w:fldSimple").with_attribute(("w:instr", name)).write_inner_content(|w| words(w, "1"))?;
    Ok(())
}

fn comments(references: &References, author: &Author) -> io::Result<Vec<u8>> {
    let mut writer = writer()?;
    let initials: String = author.name.split_whitespace().filter_map(|word| word.chars().next()).take(3).collect();
    writer.create_element("w:comments").with_attributes(NAMESPACES).write_inner_content(|w| {
        references.comments.iter().enumerate().try_for_each(|(nth, comment)| {
            let mut by = vec![("w:id", nth.to_string())];
            by.extend(attributes_of(author));
            by.push(("w:initials", initials.clone()));
            w.create_element("w:comment").with_attributes(borrowed(&by)).write_inner_content(|w| {
                comment.lines().try_for_each(|line| {
                    w.create_element("w:p").write_inner_content(|w| {
                        style(w, "w:pPr", "w:pStyle", "CommentText")?;
                        words(w, line)
                    })?;
                    Ok(())
                })
            })?;
            Ok(())
        })
    })?;
    Ok(writer.into_inner())
}
