//! A plan that spreads the reviews of a council's documents over the months, so that they do not all fall due at once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::model::{PartialDate, slug};

use super::{Entry, Register, State};

/// A month proposed for the review of a document.
#[derive(Debug, Clone)]
pub struct Proposal<'a, 'r> {
    /// What the register says of the document.
    pub entry: &'r Entry<'a>,
    /// The month.
    pub month: PartialDate,
    /// Why this month.
    pub why: Why,
}

/// Why a month is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is planned for that month already.
    Planned,
    /// The annual meeting of the council is in May.
    AnnualMeeting,
    /// It would be late by the annual meeting, and is due in this month.
    BeforeAnnualMeeting,
    /// It is overdue, or has no date: this is the first month with room.
    Overdue,
    /// It is due in this month.
    Due,
    /// It is due later, in a month that is full.
    BroughtForward,
}

/// The annual meeting of a parish, town or community council is in May: Local Government Act 1972, Schedule 12, paragraphs 7
/// and 23. That of a principal council may be earlier (paragraph 1).
const ANNUAL_MEETING: i8 = 5;

/// Most councils do not meet in August.
const RECESS: i8 = 8;

/// How far a review is brought forward at most, and how long what is overdue is left at most, in months.
const WINDOW: i32 = 6;

/// A month with this many reviews more is still better than the recess.
const RECESS_COUNTS: usize = 2;

/// A month, counted from the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Month(i32);

impl Month {
    fn of(day: Date) -> Self {
        Self(i32::from(day.year()) * 12 + i32::from(day.month()) - 1)
    }

    fn number(self) -> i8 {
        // From 1 to 12.
        i8::try_from(self.0.rem_euclid(12)).unwrap_or(0) + 1
    }

    fn date(self) -> PartialDate {
        // The calendar ends with the year 9999.
        let last = Self::of(Date::MAX);
        let month = self.min(last);
        PartialDate::Month(i16::try_from(month.0.div_euclid(12)).unwrap_or(9999), month.number())
    }
}

/// A month for each document of the register that is in force, council by council, by month.
///
/// What is to be reviewed at the annual meeting of the council goes to May. What is overdue or undated goes to the coming
/// months; everything else stays in the month it is due, or comes forward by up to half a year if that month is full. Nothing
/// is put off beyond the month it is due.
pub fn plan<'a, 'r>(register: &'r Register<'a>) -> Vec<Proposal<'a, 'r>> {
    let mut councils: BTreeMap<String, Vec<&'r Entry<'a>>> = BTreeMap::new();
    for entry in register.entries.iter().filter(|entry| entry.state != State::NotInForce) {
        let council = entry.edition.address.as_ref().map(|address| address.council.clone());
        councils.entry(council.unwrap_or_default()).or_default().push(entry);
    }
    let first = Month(Month::of(register.as_of).0 + 1);
    councils.into_values().flat_map(|entries| of_council(&entries, register.as_of, first)).collect()
}

fn of_council<'a, 'r>(entries: &[&'r Entry<'a>], as_of: Date, first: Month) -> Vec<Proposal<'a, 'r>> {
    let mut load: BTreeMap<Month, usize> = BTreeMap::new();
    let mut months: Vec<Option<(Month, Why)>> = entries.iter().map(|entry| fixed(entry, as_of, first)).collect();
    for (month, _) in months.iter().flatten() {
        *load.entry(*month).or_default() += 1;
    }
    // Those with the least choice choose first.
    let mut open: Vec<usize> = (0..entries.len()).filter(|at| months[*at].is_none()).collect();
    open.sort_by_key(|at| window(entries[*at], first).1);
    for at in open {
        let chosen = choose(entries[at], first, &load);
        *load.entry(chosen.0).or_default() += 1;
        months[at] = Some(chosen);
    }
    let mut chosen: Vec<(Month, Why, &'r Entry<'a>)> = entries
        .iter()
        .zip(months)
        .filter_map(|(entry, month)| month.map(|(month, why)| (month, why, *entry)))
        .collect();
    chosen.sort_by_key(|(month, ..)| *month);
    chosen.into_iter().map(|(month, why, entry)| Proposal { entry, month: month.date(), why }).collect()
}

/// The month of a review that has no choice.
fn fixed(entry: &Entry<'_>, as_of: Date, first: Month) -> Option<(Month, Why)> {
    let (_, last) = window(entry, first);
    if let Some(planned) = entry.planned().map(PartialDate::last_day)
        && planned >= as_of
        && (Month::of(planned) <= last || entry.state == State::Overdue || entry.state == State::Undated)
    {
        return Some((Month::of(planned), Why::Planned));
    }
    if last < first {
        return Some((last, Why::Due));
    }
    if !is_for_annual_meeting(entry) {
        return None;
    }
    let is_may = |month: &Month| month.number() == ANNUAL_MEETING;
    let may = (first.0..=last.0).rev().map(Month).find(is_may);
    may.map(|may| (may, Why::AnnualMeeting)).or_else(|| {
        let due = matches!(entry.state, State::DueSoon | State::Current);
        due.then_some((last, Why::BeforeAnnualMeeting))
    })
}

/// The month in the window with the fewest reviews: of several the first for what is overdue, else the last, near the day due.
fn choose(entry: &Entry<'_>, first: Month, load: &BTreeMap<Month, usize>) -> (Month, Why) {
    let (earliest, last) = window(entry, first);
    let burden = |month: Month| {
        let recess = if month.number() == RECESS { RECESS_COUNTS } else { 0 };
        load.get(&month).copied().unwrap_or(0) + recess
    };
    let months = (earliest.0..=last.0).map(Month);
    if matches!(entry.state, State::Overdue | State::Undated) {
        let month = months.min_by_key(|month| burden(*month)).unwrap_or(first);
        return (month, Why::Overdue);
    }
    let month = months.rev().min_by_key(|month| burden(*month)).unwrap_or(last);
    (month, if month == last { Why::Due } else { Why::BroughtForward })
}

/// The first and the last month in which a document may be reviewed.
fn window(entry: &Entry<'_>, first: Month) -> (Month, Month) {
    match (entry.state, entry.due) {
        (State::DueSoon | State::Current, Some(due)) => {
            let last = Month::of(due.last_day());
            (Month((last.0 - WINDOW + 1).max(first.0)), last)
        }
        _ => (first, Month(first.0 + WINDOW - 1)),
    }
}

#[derive(Deserialize)]
struct AnnualMeeting {
    titles: Vec<String>,
}

static ANNUAL: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let list: AnnualMeeting = built_in(include_str!("annual_meeting.toml"));
    list.titles.iter().map(|title| title.split(' ').map(str::to_owned).collect()).collect()
});

#[expect(clippy::expect_used, reason = "a file built in, read by every test of the plan")]
fn built_in(toml: &str) -> AnnualMeeting {
    toml::from_str(toml).expect("annual_meeting.toml is as its head says")
}

/// Whether law or habit has a document reviewed at the annual meeting of the council: as it says, or by its title.
fn is_for_annual_meeting(entry: &Entry<'_>) -> bool {
    let protocol = &entry.edition.protocol;
    let said = protocol.review.as_ref().and_then(|review| review.annual_meeting);
    said.unwrap_or_else(|| {
        let title = slug(&protocol.title);
        let words: Vec<&str> = title.split('-').collect();
        ANNUAL.iter().any(|wanted| wanted.iter().all(|word| words.contains(&word.as_str())))
    })
}
