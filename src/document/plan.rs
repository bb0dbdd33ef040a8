//! A plan of reviews → [`Document`].

use crate::review::{Proposal, Register, Why};

use super::register::day;
use super::{Block, Document, Genre, Letterhead, LinesRole, paragraph, table};

/// What the columns of a plan are called.
pub const PLAN_HEADER: [&str; 4] = ["document", "proposed", "now", "why"];

/// The document that publishes a plan.
pub fn plan(register: &Register<'_>, proposals: &[Proposal<'_, '_>], letterhead: Option<Letterhead>) -> Document {
    let title = "Plan of reviews".to_owned();
    let as_of = day(register.as_of);
    let mut blocks = vec![
        Block::Title { text: title.clone() },
        Block::Lines { role: LinesRole::Adoption, lines: vec![format!("As of {as_of}")] },
    ];
    if proposals.is_empty() {
        blocks.push(paragraph("There is nothing to plan: no document is in force.".to_owned()));
    } else {
        let header = PLAN_HEADER.map(|word| word[..1].to_uppercase() + &word[1..]);
        let rows: Vec<_> = proposals.iter().map(|proposal| plan_row(proposal).to_vec()).collect();
        blocks.push(table(Some("A month for each review".to_owned()), &header, &rows));
    }
    let version = format!("Plan of reviews as of {as_of}");
    Document {
        title,
        council: letterhead,
        genre: Genre::Review,
        version,
        status: "plan",
        pending: false,
        dated: None,
        blocks,
    }
}

/// A proposal, by the columns of [`PLAN_HEADER`].
pub fn plan_row(proposal: &Proposal<'_, '_>) -> [String; 4] {
    let entry = proposal.entry;
    let council = entry.edition.council_name().map(|name| format!("{name}: ")).unwrap_or_default();
    let now = match entry.due {
        Some(due) if entry.days_overdue() > 0 => format!("due {}, overdue", due.date.in_words()),
        Some(due) => format!("due {}", due.date.in_words()),
        None => "no date".to_owned(),
    };
    let document = format!("{council}{}", entry.edition.protocol.title);
    [document, proposal.month.in_words(), now, proposal.why.words().to_owned()]
}

impl Why {
    /// Why, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Planned => "planned already",
            Self::AnnualMeeting => "for the annual meeting of the council in May",
            Self::BeforeAnnualMeeting => "due before the annual meeting; from then on each May",
            Self::Overdue => "the first month with room",
            Self::Due => "the month it is due",
            Self::BroughtForward => "brought forward: the month it is due is full",
        }
    }
}
