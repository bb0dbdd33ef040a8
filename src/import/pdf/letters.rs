//! A page → its letters, each where it stands, and the ruling lines between them.

use hayro_cmap::BfString;
use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};

use super::budget::Budget;
use super::faces::{Face, Faces};
use super::signs;

/// More ruling lines than this no page of words has; what is beyond is a drawing.
const RULES: usize = 20_000;
/// How thick a filled box may be to be a ruling line, in points.
const THICK: f64 = 3.0;
/// How wide and high a drawn shape is that may be a bullet, in points.
const DOT: std::ops::RangeInclusive<f64> = 1.5..=9.0;

/// A letter this far from the one drawn before it, in shares of its size, begins a word.
const JUMP: f64 = 0.2;

/// A letter, or a few that one sign stands for. Lengths are in points, from the left and the top edge of the page as it is read.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The line it stands upon.
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) face: Face,
    /// Whether the file says that it is no part of the text.
    pub(super) furniture: bool,
    /// Whether a space was set right before it, and right after it.
    pub(super) spaced: [bool; 2],
    /// How many were drawn before it.
    pub(super) turn: usize,
}

/// A line drawn straight across or straight down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) across: bool,
    /// How far down it is if it goes across; otherwise how far to the right.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) letters: Vec<Letter>,
    pub(super) rules: Vec<Rule>,
    /// The middles of small shapes that are as wide as they are high. Browsers draw their bullets so.
    pub(super) dots: Vec<Point>,
    /// The words that are turned against the others, and those that stand outside of the page.
    pub(super) turned: String,
    pub(super) outside: String,
    /// Whether there are pictures or drawings.
    pub(super) pictured: bool,
    /// How many of its letters are not to be seen: what text recognition puts under a picture.
    pub(super) unseen: usize,
    /// How high the page is as it is read, in points.
    pub(super) height: f32,
}

/// A letter before anybody knows which way the page is read.
struct Drawn {
    letter: Letter,
    start: Point,
    end: Point,
    /// How often it is turned by a right angle to the right; none if by anything else.
    quarter: Option<u8>,
}

/// What stands on that page.
pub(super) fn sheet<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
    faces: &Faces,
    budget: &mut Budget,
) -> Sheet {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let area = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(upright, area, cache, pdf.xref(), InterpreterSettings::default());
    let mut reader =
        Reader { faces, budget, drawn: Vec::new(), space: false, open: Vec::new(), sheet: Sheet::default() };
    interpret_page(page, &mut context, &mut reader);
    let Reader { drawn, sheet, .. } = reader;
    laid_out(drawn, sheet, width, height)
}

/// Turns the page so that most of its letters stand upright.
fn laid_out(drawn: Vec<Drawn>, mut sheet: Sheet, width: f64, height: f64) -> Sheet {
    let mut counts = [0usize; 4];
    for quarter in drawn.iter().filter_map(|drawn| drawn.quarter) {
        counts[usize::from(quarter % 4)] += 1;
    }
    let most = (0..4u8).max_by_key(|quarter| (counts[usize::from(*quarter)], 4 - quarter)).unwrap_or(0);
    let (turn, width, height) = match most {
        1 => (Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]), height, width),
        2 => (Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]), width, height),
        3 => (Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]), height, width),
        _ => (Affine::IDENTITY, width, height),
    };
    sheet.height = height as f32;
    let mut last = Point::ORIGIN;
    for Drawn { mut letter, start, end, quarter } in drawn {
        let jumps = last.distance(start) > f64::from(letter.size) * JUMP;
        last = end;
        let (start, end) = (turn * start, turn * end);
        (letter.left, letter.right) = (start.x.min(end.x) as f32, start.x.max(end.x) as f32);
        letter.base = start.y as f32;
        let inside = |at: f64, end: f64| (-1.0..=end + 1.0).contains(&at);
        if quarter != Some(most) {
            left_out(&mut sheet.turned, &letter, jumps);
        } else if !inside(start.x, width) || !inside(start.y, height + f64::from(letter.size) * 0.3) {
            left_out(&mut sheet.outside, &letter, jumps);
        } else {
            sheet.letters.push(letter);
        }
    }
    if most != 0 {
        sheet.dots.iter_mut().for_each(|dot| *dot = turn * *dot);
        sheet.rules = sheet.rules.iter().map(|rule| turned(*rule, turn)).collect();
    }
    sheet
}

/// Adds a letter to the words that are not read with the others. `jumps` tells whether it stands apart from the one drawn before it.
fn left_out(words: &mut String, letter: &Letter, jumps: bool) {
    if (letter.spaced[0] || jumps) && !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
    words.push_str(&letter.text);
    if letter.spaced[1] {
        words.push(' ');
    }
}

fn turned(rule: Rule, turn: Affine) -> Rule {
    let point = |along: f32| {
        let (along, at) = (f64::from(along), f64::from(rule.at));
        turn * if rule.across { Point::new(along, at) } else { Point::new(at, along) }
    };
    straight(point(rule.from), point(rule.to)).unwrap_or(rule)
}

/// The ruling line between two points, if it goes straight across or down.
fn straight(a: Point, b: Point) -> Option<Rule> {
    let (x, y) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    let rule = |across, at: f64, from: f64, to: f64| Rule {
        across,
        at: at as f32,
        from: from.min(to) as f32,
        to: from.max(to) as f32,
    };
    match () {
        () if y <= 0.5 && x > 2.0 => Some(rule(true, (a.y + b.y) / 2.0, a.x, b.x)),
        () if x <= 0.5 && y > 2.0 => Some(rule(false, (a.x + b.x) / 2.0, a.y, b.y)),
        () => None,
    }
}

struct Reader<'r> {
    faces: &'r Faces,
    budget: &'r mut Budget,
    drawn: Vec<Drawn>,
    /// Whether the last sign was a space.
    space: bool,
    /// For each marked stretch that is open, whether it is furniture.
    open: Vec<bool>,
    sheet: Sheet,
}

impl Reader<'_> {
    fn draw(&mut self, text: String, place: Placed, face: Face, mode: &GlyphDrawMode) {
        if text == " " {
            self.space = true;
            if let Some(last) = self.drawn.last_mut() {
                last.letter.spaced[1] = true;
            }
            return;
        }
        if matches!(mode, GlyphDrawMode::Invisible) {
            self.sheet.unseen += 1;
        }
        // Filled and then drawn around: a way to make letters bolder.
        if matches!(mode, GlyphDrawMode::Stroke(_))
            && let Some(last) = self.drawn.last_mut()
            && last.letter.text == text
            && (last.start - place.start).hypot() < 0.01
        {
            last.letter.face.bold = true;
            return;
        }
        let letter = Letter {
            text,
            left: 0.0,
            right: 0.0,
            base: 0.0,
            size: place.size as f32,
            face,
            furniture: self.open.contains(&true),
            spaced: [std::mem::take(&mut self.space), false],
            turn: self.drawn.len(),
        };
        self.drawn.push(Drawn { letter, start: place.start, end: place.end, quarter: place.quarter });
    }

    fn rule(&mut self, a: Point, b: Point) {
        if self.sheet.rules.len() < RULES {
            self.sheet.rules.extend(straight(a, b));
        }
    }

    fn dot(&mut self, area: Rect) {
        let square = (area.width() - area.height()).abs() <= 0.2 * area.width();
        if square && DOT.contains(&area.width()) && self.sheet.dots.len() < RULES {
            self.sheet.dots.push(area.center());
        }
    }

    fn stroke(&mut self, path: &BezPath, at: Affine) {
        let (mut first, mut last) = (Point::ORIGIN, Point::ORIGIN);
        for element in path.elements() {
            let next = match element {
                PathEl::MoveTo(point) => {
                    first = at * *point;
                    last = first;
                    continue;
                }
                PathEl::LineTo(point) => at * *point,
                PathEl::ClosePath => first,
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    last = at * *point;
                    continue;
                }
            };
            self.rule(last, next);
            last = next;
        }
    }

    /// A thin box is a line; a wider one colours a cell.
    fn fill(&mut self, path: &BezPath, at: Affine) {
        for part in path.elements().split_inclusive(|element| matches!(element, PathEl::ClosePath)) {
            let part: BezPath = part.iter().copied().collect();
            let area = (at * part).bounding_box();
            self.dot(area);
            let middle = area.center();
            if area.height() <= THICK && area.width() > area.height() {
                self.rule(Point::new(area.x0, middle.y), Point::new(area.x1, middle.y));
            } else if area.width() <= THICK {
                self.rule(Point::new(middle.x, area.y0), Point::new(middle.x, area.y1));
            }
        }
    }
}

/// Where a letter stands.
struct Placed {
    start: Point,
    end: Point,
    size: f64,
    quarter: Option<u8>,
    slanted: bool,
}

/// Where a letter stands that is as wide as that, in thousandths of its size.
fn placed(matrix: Affine, advance: f64) -> Option<Placed> {
    let start = matrix * Point::ORIGIN;
    let along = matrix * Point::new(1000.0, 0.0) - start;
    let up = matrix * Point::new(0.0, 1000.0) - start;
    let length = along.hypot();
    let direction = if length > 0.0 { along / length } else { Vec2::new(1.0, 0.0) };
    let rise = up.cross(direction).abs();
    let quarter = match (direction.x, direction.y) {
        (x, y) if x > 0.99 && y.abs() < 0.1 => Some(0),
        (x, y) if y > 0.99 && x.abs() < 0.1 => Some(1),
        (x, y) if x < -0.99 && y.abs() < 0.1 => Some(2),
        (x, y) if y < -0.99 && x.abs() < 0.1 => Some(3),
        _ => None,
    };
    let end = start + along * (advance / 1000.0);
    let slanted = up.dot(direction) > 0.1 * rise;
    let sound = [start.x, start.y, end.x, end.y, rise].iter().all(|number| number.is_finite() && number.abs() < 1e6);
    sound.then_some(Placed { start, end, size: rise, quarter, slanted })
}

impl<'a> Device<'a> for Reader<'_> {
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, at: Affine, own: Affine, paint: &Paint<'a>, mode: &GlyphDrawMode) {
        self.budget.draw();
        let (mut face, advance, extent) = match glyph {
            Glyph::Outline(glyph) => (self.faces.get(glyph.font_cache_key()), glyph.advance_width(), None),
            Glyph::Type3(glyph) => {
                self.budget.draw_letter();
                let mut extent = Extent { budget: self.budget, area: None };
                glyph.interpret(&mut extent, at, own, paint);
                (Face::default(), None, extent.area)
            }
        };
        let Some(mut place) = placed(at * own, f64::from(advance.filter(|width| *width > 0.0).unwrap_or(0.0))) else {
            return;
        };
        if let Some(extent) = extent.filter(|_| place.quarter == Some(0)) {
            place.end.x = extent.x1.max(place.start.x);
            // The size in which such a font is set says little if its letters are drawn in other units.
            if !(4.0..144.0).contains(&place.size) {
                place.size = extent.height() * 1.4;
            }
        }
        face.italic |= place.slanted;
        let wide = (place.end - place.start).hypot() > place.size * 0.1;
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => signs::read(letter.encode_utf8(&mut [0; 4]), face, wide),
            Some(BfString::String(letters)) => signs::read(&letters, face, wide),
            None => signs::UNKNOWN.to_string(),
        };
        if !text.is_empty() {
            self.draw(text, place, face, mode);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<i32>) {
        self.budget.turn();
        self.open.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn draw_path(&mut self, path: &BezPath, at: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        self.budget.draw();
        self.sheet.pictured = true;
        if path.elements().len() > RULES {
            return;
        }
        match mode {
            PathDrawMode::Stroke(_) => {
                self.dot(at.transform_rect_bbox(path.bounding_box()));
                self.stroke(path, at);
            }
            PathDrawMode::Fill(_) => self.fill(path, at),
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.budget.draw();
        self.sheet.pictured = true;
    }

    // Called at the end of every form, even of an empty one: what makes endless nesting end.
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {
        self.budget.turn();
    }

    fn set_blend_mode(&mut self, _: BlendMode) {
        self.budget.blend();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.budget.clip();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// How far a letter reaches that is drawn like a picture.
struct Extent<'r> {
    budget: &'r mut Budget,
    area: Option<Rect>,
}

impl Extent<'_> {
    fn add(&mut self, area: Rect) {
        self.area = Some(self.area.map_or(area, |all| all.union(area)));
    }
}

impl<'a> Device<'a> for Extent<'_> {
    fn draw_path(&mut self, path: &BezPath, at: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.budget.draw();
        self.add(at.transform_rect_bbox(path.bounding_box()));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, at: Affine) {
        self.budget.draw();
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        self.add(at.transform_rect_bbox(Rect::new(0.0, 0.0, width, height)));
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {
        self.budget.turn();
    }

    fn draw_glyph(&mut self, _: &Glyph<'a>, _: Affine, _: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {}
    fn set_blend_mode(&mut self, _: BlendMode) {
        self.budget.blend();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.budget.clip();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
