//! The register as a picture: a lane for each document, from when it was last adopted or reviewed to when it is due.
//!
//! Here is only where things lie; the template draws them. All measures are in the units of the picture, about a pixel each.

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::review::{Entry, Register, State};

use super::register::{day, shortened};

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// What it shows, in a few words.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Where the years begin.
    pub years: Vec<Tick>,
    /// Where the day of the register is, and the day in words.
    pub today: Tick,
    /// The documents.
    pub lanes: Vec<Lane>,
}

/// A place on the scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// How far from the left.
    pub x: i32,
    /// What is written there.
    pub label: String,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// How far from the top its line is.
    pub y: i32,
    /// The council and the title, cut to fit.
    pub label: String,
    /// The same for a telephone.
    pub short: String,
    /// The state, `overdue`.
    pub state: &'static str,
    /// The same in words.
    pub word: String,
    /// What was done with it.
    pub events: Vec<i32>,
    /// When it was last done.
    pub from: Option<i32>,
    /// When it is due.
    pub due: Option<i32>,
}

const WIDTH: i32 = 720;
/// Room at the sides, so that no mark is cut off.
const MARGIN: i32 = 14;
/// Room at the top, for the years.
const TOP: i32 = 34;
const LANE: i32 = 46;
/// How far down in its lane the line of a document is: below its label.
const LINE: i32 = 28;

/// More documents than this are no picture any more: the first of the register are drawn.
const MOST_LANES: usize = 60;

/// The picture goes no further back or ahead than this, in years.
const MOST_BACK: i16 = 12;
const MOST_AHEAD: i16 = 6;

/// As many letters of council and title as fit beside the state.
const LONGEST_LABEL: usize = 68;

/// As many letters as fit on a telephone, where they are larger beside the picture.
const LONGEST_SHORT: usize = 46;

impl Timeline {
    /// The picture of a register, of several councils or of one; none if nothing in it has a date.
    pub(super) fn new(register: &Register<'_>, several: bool) -> Option<Self> {
        let all = || register.entries.iter().filter(|entry| entry.state != State::NotInForce && entry.due.is_some());
        let entries: Vec<&Entry<'_>> = all().take(MOST_LANES).collect();
        let scale = Scale::new(&entries, register.as_of)?;
        let lanes: Vec<Lane> = entries.iter().zip(0..).map(|(entry, nth)| lane(entry, several, &scale, nth)).collect();
        let drawn = lanes.len();
        let which = if all().count() > drawn {
            format!("the {drawn} most pressing documents")
        } else {
            "each document".to_owned()
        };
        Some(Self {
            title: "When documents were adopted and reviewed, and when they are due".to_owned(),
            description: format!(
                "A line for {which}: dots where it was adopted, amended or reviewed, a diamond where its next review is due, and a \
                 hatched bar from there to the day of the register if it is overdue. The tables below say the same in words."
            ),
            width: WIDTH,
            height: TOP + i32::try_from(drawn).unwrap_or(0) * LANE + MARGIN / 2,
            years: scale.years(),
            today: Tick { x: scale.x(register.as_of), label: day(register.as_of) },
            lanes,
        })
    }
}

/// The first and the last day drawn.
struct Scale {
    first: Date,
    last: Date,
}

impl Scale {
    fn new(entries: &[&Entry<'_>], as_of: Date) -> Option<Self> {
        let events = entries.iter().flat_map(|entry| &entry.edition.protocol.history);
        let first = events.map(|event| event.date.first_day()).min();
        let due = entries.iter().filter_map(|entry| entry.due).map(|due| due.last_day()).max()?;
        let (oldest, latest) = (as_of.year().saturating_sub(MOST_BACK), as_of.year().saturating_add(MOST_AHEAD));
        let first = first.unwrap_or(as_of).min(as_of).year().clamp(oldest, latest);
        let last = due.max(as_of).year().clamp(oldest, latest);
        Some(Self { first: Date::new(first, 1, 1).ok()?, last: Date::new(last, 12, 31).ok()? })
    }

    /// Where a day is; what is further away is at the edge.
    fn x(&self, day: Date) -> i32 {
        let days = |span: jiff::Span| i64::from(span.get_days());
        let (passed, all) = (days(day.clamp(self.first, self.last) - self.first), days(self.last - self.first).max(1));
        MARGIN + i32::try_from(passed * i64::from(WIDTH - 2 * MARGIN) / all).unwrap_or(0)
    }

    fn holds(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    fn years(&self) -> Vec<Tick> {
        let years = self.first.year()..=self.last.year();
        years.map(|year| Tick { x: self.x(date(year, 1, 1)), label: year.to_string() }).collect()
    }
}

fn lane(entry: &Entry<'_>, several: bool, scale: &Scale, nth: i32) -> Lane {
    let protocol = &entry.edition.protocol;
    let days = protocol.history.iter().map(|event| event.date.last_day());
    let council = entry.edition.council_name().filter(|_| several);
    let label = council.map_or_else(|| protocol.title.clone(), |name| format!("{name}: {}", protocol.title));
    Lane {
        y: TOP + nth * LANE + LINE,
        label: shortened(&label, LONGEST_LABEL),
        short: shortened(&label, LONGEST_SHORT),
        state: entry.state.name(),
        word: entry.word(),
        events: days.filter(|day| scale.holds(*day)).map(|day| scale.x(day)).collect(),
        from: protocol.last_event().map(|event| scale.x(event.date.last_day())),
        due: entry.due.map(|due| scale.x(due.last_day())),
    }
}
