//! The word across the pages of what is not adopted, as a drawing: nothing that is read aloud, searched for or copied.

use std::fmt::Write as _;

use ttf_parser::{Face, OutlineBuilder};

use super::world::BOLD;

/// The word as an SVG picture, as wide as its letters.
pub(super) fn svg(word: &str) -> String {
    let mut drawing = Drawing::default();
    // The typeface is ours: were it broken, there would be a picture without letters.
    if let Ok(face) = Face::parse(BOLD, 0) {
        for glyph in word.chars().filter_map(|c| face.glyph_index(c)) {
            face.outline_glyph(glyph, &mut drawing);
            drawing.pen += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0));
        }
        drawing.height = f32::from(face.capital_height().unwrap_or_else(|| face.ascender()));
    }
    let Drawing { path, pen, height } = drawing;
    // Letters stand on their base line and grow upwards; in a picture down is where the numbers grow.
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {pen} {height}"><path fill="#ececec" transform="matrix(1 0 0 -1 0 {height})" d="{path}"/></svg>"##
    )
}

/// Outlines of letters, one after the other.
#[derive(Default)]
struct Drawing {
    path: String,
    /// Where the next letter begins, in units of the typeface.
    pen: f32,
    height: f32,
}

impl Drawing {
    fn draw(&mut self, command: char, points: &[f32]) {
        self.path.push(command);
        for (at, point) in points.iter().enumerate() {
            let shifted = if at % 2 == 0 { point + self.pen } else { *point };
            let _ = write!(self.path, " {shifted}");
        }
    }
}

impl OutlineBuilder for Drawing {
    fn move_to(&mut self, x: f32, y: f32) {
        self.draw('M', &[x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.draw('L', &[x, y]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.draw('Q', &[x1, y1, x, y]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.draw('C', &[x1, y1, x2, y2, x, y]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}
