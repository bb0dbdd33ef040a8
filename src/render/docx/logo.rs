//! The council's logo as Word wants it: a picture of points, with its size on paper.

use std::io;

use quick_xml::Writer;

use super::body::{Xml, element, style};
use crate::document::Picture;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const IN_WORD: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// The relationship by which the body names it.
pub(super) const RELATIONSHIP: &str = "logo";

/// How high it is printed and how wide at most, in English Metric Units (ECMA-376 part 1, 20.1.10.16): 36 000 a millimetre.
const HEIGHT: u32 = 20 * 36_000;
const WIDEST: u32 = 100 * 36_000;

/// A picture of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logo {
    pub(super) alt: String,
    /// The extension of its file, `png`.
    pub(super) extension: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Width and height on paper, in English Metric Units.
    pub(super) size: (u32, u32),
}

impl Logo {
    /// The picture, if it is one.
    pub(super) fn new(picture: &Picture) -> Option<Self> {
        let (extension, bytes, (width, height)) = points::of(picture)?;
        Some(Self { alt: picture.alt.clone(), extension, bytes, size: on_paper(width, height) })
    }

    /// Where its file is, under `word/`.
    pub(super) fn path(&self) -> String {
        format!("media/logo.{}", self.extension)
    }

    /// A paragraph of its own, with what it shows in words.
    pub(super) fn paragraph(&self, w: &mut Xml) -> io::Result<()> {
        let (width, height) = (self.size.0.to_string(), self.size.1.to_string());
        let size = [("cx", width.as_str()), ("cy", height.as_str())];
        let none = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
        within(w, "w:p", &[], |w| {
            style(w, "w:pPr", "w:pStyle", "Logo")?;
            within(w, "w:r", &[], |w| {
                within(w, "w:drawing", &[], |w| {
                    within(w, "wp:inline", &[&[("xmlns:wp", IN_WORD)], &none[..]].concat(), |w| {
                        element(w, "wp:extent", &size)?;
                        element(w, "wp:docPr", &[("id", "1"), ("name", "Logo"), ("descr", &self.alt)])?;
                        let graphic = [("xmlns:a", DRAWING)];
                        within(w, "a:graphic", &graphic, |w| {
                            within(w, "a:graphicData", &[("uri", PICTURE)], |w| self.picture(w, &size))
                        })
                    })
                })
            })
        })
    }

    fn picture(&self, w: &mut Xml, size: &[(&str, &str)]) -> io::Result<()> {
        within(w, "pic:pic", &[("xmlns:pic", PICTURE)], |w| {
            within(w, "pic:nvPicPr", &[], |w| {
                element(w, "pic:cNvPr", &[("id", "1"), ("name", "Logo"), ("descr", &self.alt)])?;
                element(w, "pic:cNvPicPr", &[])
            })?;
            within(w, "pic:blipFill", &[], |w| {
                element(w, "a:blip", &[("r:embed", RELATIONSHIP)])?;
                within(w, "a:stretch", &[], |w| element(w, "a:fillRect", &[]))
            })?;
            within(w, "pic:spPr", &[], |w| {
                within(w, "a:xfrm", &[], |w| {
                    element(w, "a:off", &[("x", "0"), ("y", "0")])?;
                    element(w, "a:ext", size)
                })?;
                within(w, "a:prstGeom", &[("prst", "rect")], |w| element(w, "a:avLst", &[]))
            })
        })
    }
}

/// An element with others inside.
fn within(
    w: &mut Writer<Vec<u8>>,
    name: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    w.create_element(name.to_owned()).with_attributes(attributes.iter().copied()).write_inner_content(inner)?;
    Ok(())
}

/// The size on paper of a picture with these proportions.
fn on_paper(width: u32, height: u32) -> (u32, u32) {
    let scaled = |length: u32, by: u32, of: u32| u64::from(length) * u64::from(by) / u64::from(of.max(1));
    let wide = scaled(HEIGHT, width, height);
    if wide <= u64::from(WIDEST) {
        return (u32::try_from(wide).unwrap_or(WIDEST).max(1), HEIGHT);
    }
    (WIDEST, u32::try_from(scaled(WIDEST, height, width)).unwrap_or(HEIGHT).max(1))
}

/// Pictures of points. Word reads SVG not everywhere and WebP nowhere, so these become PNG.
#[cfg(feature = "pdf")]
mod points {
    use std::io::Cursor;

    use image::{ImageFormat, ImageReader};
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{ImageHrefResolver, Options, Tree};

    use crate::document::Picture;

    /// How many points high a drawing is made: enough for print at this size.
    const HIGH: f32 = 480.0;
    const WIDEST: f32 = 4800.0;

    /// The extension, the bytes, and how many points wide and high.
    type Points = (&'static str, Vec<u8>, (u32, u32));

    pub(super) fn of(picture: &Picture) -> Option<Points> {
        match picture.media_type {
            "image/svg+xml" => drawn(&picture.bytes),
            "image/webp" => {
                let points = image::load_from_memory_with_format(&picture.bytes, ImageFormat::WebP).ok()?;
                let mut bytes = Cursor::new(Vec::new());
                points.write_to(&mut bytes, ImageFormat::Png).ok()?;
                Some(("png", bytes.into_inner(), (points.width(), points.height())))
            }
            _ => {
                let reader = ImageReader::new(Cursor::new(&picture.bytes)).with_guessed_format().ok()?;
                let extension = match reader.format()? {
                    ImageFormat::Png => "png",
                    ImageFormat::Gif => "gif",
                    ImageFormat::Jpeg => "jpeg",
                    _ => return None,
                };
                Some((extension, picture.bytes.clone(), reader.into_dimensions().ok()?))
            }
        }
    }

    fn drawn(svg: &[u8]) -> Option<Points> {
        // Pictures inside the drawing may stand in it, but are read from nowhere else.
        let resolver = ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
        let mut options = Options { image_href_resolver: resolver, ..Options::default() };
        // Words in it are set in the typeface of the PDF, as there.
        crate::render::pdf::FONT_FILES.iter().for_each(|file| options.fontdb_mut().load_font_data(file.to_vec()));
        options.font_family = crate::render::pdf::FAMILY.to_owned();
        let tree = Tree::from_data(svg, &options).ok()?;
        let size = tree.size();
        let scale = (HIGH / size.height()).min(WIDEST / size.width());
        let points = |length: f32| (length * scale).ceil().max(1.0) as u32;
        let mut pixmap = Pixmap::new(points(size.width()), points(size.height()))?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
        Some(("png", pixmap.encode_png().ok()?, (pixmap.width(), pixmap.height())))
    }
}

/// Without the libraries for pictures there is no logo in Word files.
#[cfg(not(feature = "pdf"))]
mod points {
    pub(super) fn of(_: &crate::document::Picture) -> Option<(&'static str, Vec<u8>, (u32, u32))> {
        None
    }
}
