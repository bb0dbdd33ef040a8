//! When a version is to be reviewed next.

use jiff::civil::Date;

use super::{Edition, Interval, PartialDate};

/// When a version is to be reviewed next, and what says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// As precise as what it follows from.
    pub date: PartialDate,
    /// What says so.
    pub basis: Basis,
}

/// What a due date follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The document states the date.
    Stated,
    /// The document states how often it is reviewed.
    Document(Interval),
    /// Its council has set how often documents are reviewed.
    Council(Interval),
    /// The workspace has set how often documents are reviewed.
    Workspace(Interval),
    /// Nobody has said: a year, for such documents are reviewed annually.
    Assumed(Interval),
}

/// How often a document is reviewed of which nobody has said how often.
const ASSUMED: Interval = Interval::Years(1);

impl Due {
    /// The day by whose end it is due: a month's or a year's last.
    pub fn last_day(self) -> Date {
        self.date.last_day()
    }

    /// Whether nobody has said how often it is reviewed.
    pub fn is_assumed(self) -> bool {
        matches!(self.basis, Basis::Assumed(_))
    }
}

impl Basis {
    /// What `--format json` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Document(_) => "document",
            Self::Council(_) => "council",
            Self::Workspace(_) => "workspace",
            Self::Assumed(_) => "assumed",
        }
    }

    /// How often it is reviewed, where that is what the date follows from.
    pub fn interval(self) -> Option<Interval> {
        match self {
            Self::Stated => None,
            Self::Document(every) | Self::Council(every) | Self::Workspace(every) | Self::Assumed(every) => Some(every),
        }
    }
}

impl Edition {
    /// When the version is to be reviewed next: at the date it states; else an interval after the last event of its history.
    /// Without a date and without an event, nobody can say.
    pub fn due(&self) -> Option<Due> {
        if let Some(date) = self.protocol.review.as_ref().and_then(|review| review.due) {
            return Some(Due { date, basis: Basis::Stated });
        }
        let basis = self.interval();
        let date = self.protocol.last_event()?.date.after(basis.interval()?)?;
        Some(Due { date, basis })
    }

    /// How often it is reviewed: as often as it says, else its council, else the workspace, else yearly.
    pub fn interval(&self) -> Basis {
        let document = self.protocol.review.as_ref().and_then(|review| review.every);
        let council = self.council.as_ref().and_then(|council| council.review_every);
        document
            .map(Basis::Document)
            .or(council.map(Basis::Council))
            .or(self.settings.review_every.map(Basis::Workspace))
            .unwrap_or(Basis::Assumed(ASSUMED))
    }
}
