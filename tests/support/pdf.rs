//! PDF files read back: the words of each page, without what is no part of the document (running heads, page numbers).

use hayro_cmap::BfString;
use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, Point, Rect};

/// A page as it reads: a line for each line of the page, in the order in which the document has them.
#[derive(Debug)]
pub(crate) struct Page {
    /// The words of the document.
    pub(crate) words: String,
    /// The words that stand around it.
    pub(crate) furniture: String,
    /// How far to the right the last of its letters begins, and how far from the bottom the lowest one of the document stands, in
    /// points.
    pub(crate) right_edge: f64,
    pub(crate) lowest: f64,
}

/// The pages of a file.
pub(crate) fn pages(file: &[u8]) -> Vec<Page> {
    let pdf = Pdf::new(file.to_vec()).unwrap_or_else(|_| panic!("no PDF"));
    let cache = InterpreterCache::new();
    let read = |page| {
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), InterpreterSettings::default());
        let page_read = Page { words: String::new(), furniture: String::new(), right_edge: 0.0, lowest: f64::MAX };
        let mut reader = Reader { page: page_read, open: Vec::new(), line: 0.0 };
        interpret_page(page, &mut context, &mut reader);
        reader.page
    };
    pdf.pages().iter().map(read).collect()
}

/// All letters of the document, without the spaces between them, which a page may leave out at the end of a line, and without the
/// places at which a word may be broken.
pub(crate) fn letters(file: &[u8]) -> String {
    let letter = |c: &char| !c.is_whitespace() && *c != '\u{200b}';
    pages(file).iter().flat_map(|page| page.words.chars()).filter(letter).collect()
}

struct Reader {
    page: Page,
    /// For each marked stretch that is open, whether it is furniture.
    open: Vec<bool>,
    line: f64,
}

impl Device<'_> for Reader {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, at: Affine, own: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let Some(letters) = glyph.as_unicode() else { panic!("a glyph that nobody can read") };
        let furniture = self.open.contains(&true);
        let Point { x, y: line } = at * own * Point::ORIGIN;
        self.page.right_edge = self.page.right_edge.max(x);
        if !furniture {
            self.page.lowest = self.page.lowest.min(line);
        }
        let text = if furniture { &mut self.page.furniture } else { &mut self.page.words };
        if (line - self.line).abs() > 4.0 && !text.is_empty() {
            text.push('\n');
        }
        self.line = line;
        match letters {
            BfString::Char(letter) => text.push(letter),
            BfString::String(letters) => text.push_str(&letters),
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<i32>) {
        self.open.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
