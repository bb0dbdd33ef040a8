//! What a version says after it has been reviewed, or adopted. The model only: writing it into the source is the reader's part.

use jiff::civil::Date;
use thiserror::Error;

use crate::model::{
    Basis, DocumentEntry, Edition, Event, EventKind, Interval, Numbering, PartialDate, Protocol, Review, Status,
};

/// A review that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What was done.
    pub event: EventKind,
    /// When.
    pub date: PartialDate,
    /// The minute that records it.
    pub minute: Option<String>,
    /// When it is to be reviewed next, where that is said.
    pub next: Option<Next>,
    /// Today: nothing later has been done yet.
    pub as_of: Date,
}

/// When a document is to be reviewed next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// At a date.
    On(PartialDate),
    /// So long after what was done.
    After(Interval),
}

/// An adoption of a draft or proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Adoption {
    /// `Adopted` or `Readopted`; where it is not said, `Readopted` if the document was adopted before.
    pub event: Option<EventKind>,
    /// When.
    pub date: PartialDate,
    /// The minute that records it.
    pub minute: Option<String>,
    /// When it is to be reviewed next, where that is said.
    pub next: Option<Next>,
    /// Today: nothing later has been done yet.
    pub as_of: Date,
}

/// What a version says afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The version as it is now.
    pub protocol: Protocol,
    /// The review line that was printed and no longer holds, so that engross words it anew.
    pub replaced_line: Option<String>,
}

/// A version that another takes the place of, and what it says then.
pub type Superseded<'a> = (&'a Edition, Protocol);

/// Why a review or an adoption cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each message says what its variant means")]
pub enum RecordError {
    #[error("{address} is a {status}, which is not reviewed but adopted: `engross adopt {address} --date {date}`")]
    NotAdopted { address: String, status: String, date: PartialDate },
    #[error("{address} is {status}: only the version in force is reviewed")]
    NotInForce { address: String, status: String },
    #[error("{address} is {status}, and only a draft or a proposal is adopted{hint}")]
    NotPending { address: String, status: String, hint: String },
    #[error("--date {date} is in the future: today is {as_of}")]
    InFuture { date: PartialDate, as_of: Date },
    #[error("--date {date} is before the document was adopted: {adopted}")]
    BeforeAdoption { date: PartialDate, adopted: PartialDate },
    #[error("--date {date} is before the last event of the version in force, {address}: {event} {last}")]
    BeforeLast { date: PartialDate, address: String, event: String, last: PartialDate },
    #[error("it is recorded already that {address} was {event} {date}")]
    Recorded { address: String, event: String, date: PartialDate },
    #[error("the next review, {next}, would be due before the day it is counted from: {date}")]
    NextBefore { next: PartialDate, date: PartialDate },
    #[error("the next review would be due after the year 9999")]
    NoSuchDate,
}

/// The version after a review.
///
/// The next date is the one said; else, where the document states a date, an interval after the review. Where nothing says how
/// often it is reviewed, or it states no date, none is written: the date it stated is done with, and the next one follows from
/// the review.
///
/// # Errors
/// When the version is not in force, or the dates contradict what is known.
pub fn record(edition: &Edition, recording: &Recording) -> Result<Outcome, RecordError> {
    let (address, status) = (edition.named(), edition.protocol.status.word().to_lowercase());
    match edition.protocol.status {
        Status::Adopted => {}
        Status::Draft | Status::Proposed => {
            let status = if edition.protocol.status == Status::Draft { "draft" } else { "proposal" }.to_owned();
            return Err(RecordError::NotAdopted { address, status, date: recording.date });
        }
        Status::Superseded | Status::Withdrawn => return Err(RecordError::NotInForce { address, status }),
    }
    not_in_future(recording.date, recording.as_of)?;
    let history = &edition.protocol.history;
    if history.iter().any(|event| event.kind == recording.event && event.date == recording.date) {
        let event = recording.event.word().to_lowercase();
        return Err(RecordError::Recorded { address, event, date: recording.date });
    }
    let adoptions = history.iter().filter(|event| event.kind.is_adoption()).map(|event| event.date);
    if let Some(adopted) = adoptions.min_by_key(|date| date.first_day())
        && recording.date.last_day() < adopted.first_day()
    {
        return Err(RecordError::BeforeAdoption { date: recording.date, adopted });
    }
    let mut outcome = Outcome { protocol: edition.protocol.clone(), replaced_line: None };
    outcome.add(recording.event, recording.date, recording.minute.clone());
    // What was done long ago and is only now recorded says nothing about what comes next.
    let is_latest = outcome.protocol.last_event().is_some_and(|event| event.date == recording.date);
    if is_latest || recording.next.is_some() {
        let next = next_date(edition, recording.date, recording.next)?;
        outcome.set_next(next);
    }
    Ok(outcome)
}

/// The version after its adoption, with the numbers it was adopted with; and the versions it takes the place of, as they are
/// then.
///
/// # Errors
/// When the version is no draft or proposal, or the dates contradict what is known.
pub fn adopt<'a>(
    document: &'a DocumentEntry,
    edition: &Edition,
    adoption: &Adoption,
) -> Result<(Outcome, Vec<Superseded<'a>>), RecordError> {
    let address = edition.named();
    let status = edition.protocol.status;
    if !status.is_pending() {
        let hint = match status {
            Status::Adopted => {
                format!("; `engross review record {address} --event readopted` records that it was readopted")
            }
            _ => "; copy it to a new file with the status `proposed`".to_owned(),
        };
        return Err(RecordError::NotPending { address, status: status.word().to_lowercase(), hint });
    }
    not_in_future(adoption.date, adoption.as_of)?;
    if let Some(in_force) = document.in_force()
        && let Some(last) = in_force.protocol.last_event()
        && adoption.date.last_day() < last.date.first_day()
    {
        let (address, event) = (in_force.named(), last.kind.word().to_lowercase());
        return Err(RecordError::BeforeLast { date: adoption.date, address, event, last: last.date });
    }
    let before = edition.protocol.last_adoption().is_some();
    let event = adoption.event.unwrap_or(if before { EventKind::Readopted } else { EventKind::Adopted });
    let mut outcome = Outcome { protocol: edition.protocol.clone(), replaced_line: None };
    outcome.protocol.status = Status::Adopted;
    outcome.protocol.numbering = Numbering::AsPrinted;
    outcome.add(event, adoption.date, adoption.minute.clone());
    let stated = outcome.protocol.review.as_ref().and_then(|review| review.due);
    // A date that the proposal itself states was adopted with it.
    let next = match (adoption.next, stated) {
        (None, Some(stated)) => Some(later_than(stated, adoption.date)?),
        (next, _) => next_date(edition, adoption.date, next)?,
    };
    outcome.set_next(next);
    Ok((outcome, superseded(document)))
}

/// The versions in force or taken to be, as they are once another has taken their place.
fn superseded(document: &DocumentEntry) -> Vec<Superseded<'_>> {
    let adopted = document.editions.iter().filter(|edition| edition.protocol.status == Status::Adopted);
    adopted.map(|edition| (edition, Protocol { status: Status::Superseded, ..edition.protocol.clone() })).collect()
}

fn not_in_future(date: PartialDate, as_of: Date) -> Result<(), RecordError> {
    if date.first_day() > as_of { Err(RecordError::InFuture { date, as_of }) } else { Ok(()) }
}

fn later_than(next: PartialDate, date: PartialDate) -> Result<PartialDate, RecordError> {
    if next.last_day() <= date.last_day() { Err(RecordError::NextBefore { next, date }) } else { Ok(next) }
}

/// The date to be written for the next review; none where it follows from an interval without being written.
fn next_date(edition: &Edition, date: PartialDate, next: Option<Next>) -> Result<Option<PartialDate>, RecordError> {
    let after = |interval| date.after(interval).ok_or(RecordError::NoSuchDate);
    match next {
        Some(Next::On(next)) => later_than(next, date).map(Some),
        Some(Next::After(interval)) => after(interval).map(Some),
        None => match (edition.protocol.review.as_ref().and_then(|review| review.due), edition.interval()) {
            (None, _) | (Some(_), Basis::Assumed(_)) => Ok(None),
            (Some(_), basis) => basis.interval().map(after).transpose(),
        },
    }
}

impl Outcome {
    /// Adds an event where its date puts it. Of a document that prints none of its history, the new event is not printed
    /// either.
    fn add(&mut self, kind: EventKind, date: PartialDate, minute: Option<String>) {
        let history = &mut self.protocol.history;
        let unprinted = |event: &Event| event.as_printed.as_deref() == Some("");
        let as_printed = (!history.is_empty() && history.iter().all(unprinted)).then(String::new);
        let at = history.partition_point(|event| event.date.last_day() <= date.last_day());
        history.insert(at, Event { kind, date, as_printed, minute });
    }

    /// Sets the next date. What was planned is done with, and a printed line that named the old date no longer holds.
    fn set_next(&mut self, next: Option<PartialDate>) {
        let review = self.protocol.review.take();
        let mut review = review.unwrap_or_default();
        review.planned = None;
        if next != review.due {
            review.due = next;
            self.replaced_line = review.as_printed.take_if(|line| !line.is_empty());
        }
        self.protocol.review = (review != Review::default()).then_some(review);
    }
}
