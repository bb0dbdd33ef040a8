//! What may be drawn of a file: nothing else stops the interpreter.

use super::guard::Examined;

/// What a file may draw, and what one page of it: a page of words has some thousands of letters, a large map a million
/// lines.
const DRAWN: u64 = 12_000_000;
const DRAWN_ON_A_PAGE: u64 = 2_000_000;
/// How much work the instructions of all forms may be, each as often as it is drawn.
const WORK_ON_FORMS: u64 = 500_000_000;
/// So much work on the drawing of a letter takes as long as a letter.
const WORK_ON_A_LETTER: usize = 256;
/// After how many beginnings and ends with nothing between them each costs as much as that many letters: forms that
/// only hold forms, which are slow to set up.
const IDLE: u64 = 200;
const NOTHING: u64 = 2000;

/// What is left to be drawn.
pub(super) struct Budget {
    file: u64,
    page: u64,
    forms: u64,
    /// What a form costs, and a letter that is drawn like one.
    form: u64,
    letter: u64,
    /// Whether a way of blending was set last: a form is what is clipped then.
    blended: bool,
    /// How often something began or ended since the last letter or line.
    idle: u64,
}

/// Thrown where it is used up: nothing else stops the interpreter.
pub(super) struct TooMuch;

impl Budget {
    /// For a file that was looked at.
    pub(super) fn new(examined: &Examined) -> Self {
        Self {
            file: DRAWN,
            page: 0,
            forms: WORK_ON_FORMS,
            form: examined.form as u64,
            letter: 1 + (examined.letter / WORK_ON_A_LETTER) as u64,
            blended: false,
            idle: 0,
        }
    }

    pub(super) fn next_page(&mut self) {
        self.page = DRAWN_ON_A_PAGE;
    }

    /// Something is drawn.
    pub(super) fn draw(&mut self) {
        self.idle = 0;
        self.blended = false;
        self.spend(1);
    }

    /// A letter is drawn by instructions of its own.
    pub(super) fn draw_letter(&mut self) {
        self.spend(self.letter);
    }

    /// A way of blending is set.
    pub(super) fn blend(&mut self) {
        self.blended = true;
    }

    /// What is drawn from now on is clipped.
    pub(super) fn clip(&mut self) {
        if std::mem::take(&mut self.blended) {
            match self.forms.checked_sub(self.form) {
                Some(forms) => self.forms = forms,
                None => throw(),
            }
        }
    }

    /// Something begins or ends.
    pub(super) fn turn(&mut self) {
        self.idle += 1;
        self.spend(if self.idle > IDLE { NOTHING } else { 1 });
    }

    fn spend(&mut self, cost: u64) {
        match (self.file.checked_sub(cost), self.page.checked_sub(cost)) {
            (Some(file), Some(page)) => (self.file, self.page) = (file, page),
            _ => throw(),
        }
    }
}

/// Not a panic: it says nothing, and `on_a_thread` takes it.
fn throw() {
    std::panic::resume_unwind(Box::new(TooMuch));
}
