//! The register: every document, and whether its review is overdue.

use jiff::civil::Date;

use crate::model::{DocumentEntry, Due, Edition, PartialDate};

/// The state of the reviews of documents on a day.
#[derive(Debug, Clone)]
pub struct Register<'a> {
    /// The day.
    pub as_of: Date,
    /// Up to this day a review counts as due soon.
    pub soon: Date,
    /// A line for each document, the most overdue first; then what is due, by date; then what has no date, and what is not in
    /// force.
    pub entries: Vec<Entry<'a>>,
}

/// What the register says of a document.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The version in force; where none is, the latest.
    pub edition: &'a Edition,
    /// Whether it is to be reviewed.
    pub state: State,
    /// When it is to be reviewed next.
    pub due: Option<Due>,
    /// How many days are left, from the day of the register to the last day of the date due: negative when it is overdue.
    pub days_left: Option<i32>,
    /// The day by which it is to be done: the end of what is planned, as long as that is to come, at the latest when it is due.
    pub target: Option<Date>,
    /// Later versions that the council has yet to adopt.
    pub waiting: Vec<&'a Edition>,
    /// The date of the last event, where that is a day to come: a slip of the pen, from which the next review is counted.
    pub ahead: Option<PartialDate>,
}

/// Whether a document is to be reviewed. In the order of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The date is past.
    Overdue,
    /// The date, or the month planned for it, is near.
    DueSoon,
    /// The date is further away.
    Current,
    /// There is no date, and no event to count from.
    Undated,
    /// The version is a draft or proposal, superseded or withdrawn.
    NotInForce,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::DueSoon, Self::Current, Self::Undated, Self::NotInForce];

    /// What `--format json` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Current => "current",
            Self::Undated => "undated",
            Self::NotInForce => "not-in-force",
        }
    }
}

impl<'a> Register<'a> {
    /// The register of these documents: of each the version given, or the one in force.
    pub fn new(
        documents: impl IntoIterator<Item = (&'a DocumentEntry, Option<&'a Edition>)>,
        as_of: Date,
        soon: Date,
    ) -> Self {
        let entry = |(document, version): (&'a DocumentEntry, Option<&'a Edition>)| {
            let edition = version.unwrap_or_else(|| document.in_force_or_latest());
            Entry::new(document, edition, as_of, soon)
        };
        let mut entries: Vec<_> = documents.into_iter().map(entry).collect();
        entries.sort_by_cached_key(Entry::order);
        Self { as_of, soon, entries }
    }

    /// The entries in one state, in order.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(move |entry| entry.state == state)
    }

    /// Whether the review of a document is overdue.
    pub fn has_overdue(&self) -> bool {
        self.in_state(State::Overdue).next().is_some()
    }
}

impl<'a> Entry<'a> {
    fn new(document: &'a DocumentEntry, edition: &'a Edition, as_of: Date, soon: Date) -> Self {
        let in_force = document.in_force().is_some_and(|in_force| std::ptr::eq(in_force, edition));
        let due = edition.due().filter(|_| in_force);
        let days_left = due.map(|due| (due.last_day() - as_of).get_days());
        let planned = edition.protocol.review.as_ref().and_then(|review| review.planned).map(PartialDate::last_day);
        let target =
            due.map(|due| planned.filter(|day| *day >= as_of).map_or(due.last_day(), |day| day.min(due.last_day())));
        let state = match (due, target) {
            _ if !in_force => State::NotInForce,
            (Some(due), _) if due.last_day() < as_of => State::Overdue,
            (_, Some(target)) if target <= soon => State::DueSoon,
            (Some(_), _) => State::Current,
            (None, _) => State::Undated,
        };
        let waiting = if in_force { document.waiting() } else { Vec::new() };
        let ahead = edition.protocol.last_event().map(|event| event.date).filter(|date| date.first_day() > as_of);
        Self { edition, state, due, days_left, target, waiting, ahead }
    }

    /// The month or day planned for the review.
    pub fn planned(&self) -> Option<PartialDate> {
        self.edition.protocol.review.as_ref().and_then(|review| review.planned)
    }

    /// How many days it is overdue; 0 when it is not.
    pub fn days_overdue(&self) -> i32 {
        self.days_left.map_or(0, |left| (-left).max(0))
    }

    /// The version's address, or the file's path where it has none.
    pub fn address(&self) -> String {
        self.edition.named()
    }

    /// Where the version is published, if the workspace says where that is.
    pub fn link(&self) -> Option<String> {
        let (site, address) = (self.edition.settings.site.as_ref()?, self.edition.address.as_ref()?);
        Some(format!("{site}/{}/{}/{}.html", address.council, address.document, address.version))
    }

    fn order(&self) -> (State, i32, String) {
        (self.state, self.days_left.unwrap_or(0), self.address())
    }
}
