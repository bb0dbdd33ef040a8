//! What a version says after it has been reviewed, or adopted. The model only: writing it into the source is the reader's part.

use jiff::civil::Date;
use thiserror::Error;

use crate::model::{
    Basis, DocumentEntry, Edition, Event, EventKind, Interval, Numbering, PartialDate, Protocol, Review, Status,
};

/// A review or an adoption that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What was done. Where it is not said: a review; or an adoption, and of a document that was adopted before, a readoption.
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

/// When a document is to be reviewed next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// At a date.
    On(PartialDate),
    /// So long after what was done.
    After(Interval),
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
    #[error("{address} is {status}: only the version in force is reviewed{hint}")]
    NotInForce { address: String, status: String, hint: String },
    #[error("{address} is {status}, and only a draft or a proposal is adopted{hint}")]
    NotPending { address: String, status: String, hint: String },
    #[error("--date {date} is in the future: today is {as_of}")]
    InFuture { date: PartialDate, as_of: Date },
    #[error("--date {date} is before the document was adopted: {adopted}")]
    BeforeAdoption { date: PartialDate, adopted: PartialDate },
    #[error("--date {date} is before the last event of the version in force, {address}: {event} {last}")]
    BeforeLast { date: PartialDate, address: String, event: String, last: PartialDate },
    #[error("it is recorded already that {address} was {event}: {date}")]
    Recorded { address: String, event: String, date: PartialDate },
    #[error("the next review, {next}, would not be due after the day it is counted from: {date}")]
    NextBefore { next: PartialDate, date: PartialDate },
    #[error(
        "{address} itself states, under [review], that it is due {due}, which is not after its adoption: say with --next when it \
         is to be reviewed, or change that line"
    )]
    StatedBefore { address: String, due: PartialDate },
    #[error("--next goes with the latest event, and a later one is recorded: {event} {date}")]
    NextOfOlder { event: String, date: PartialDate },
    #[error("the next review would be due after the year 9999")]
    NoSuchDate,
}

/// The version in force after a review.
///
/// The next date is the one said; else, where the document states a date, an interval after the review. Where nothing says how
/// often it is reviewed, or it states no date, none is written: the date it stated is done with, and the next one follows from
/// the review.
///
/// # Errors
/// When the version is not in force, or the dates contradict what is known.
pub fn record(document: &DocumentEntry, edition: &Edition, recording: &Recording) -> Result<Outcome, RecordError> {
    in_force(document, edition, recording.date)?;
    not_in_future(recording)?;
    let event = recording.event.unwrap_or(EventKind::Reviewed);
    not_known(edition, event, recording.date)?;
    let mut outcome = Outcome { protocol: edition.protocol.clone(), replaced_line: None };
    outcome.add(event, recording);
    // What was done long ago and is only now recorded says nothing about what comes next.
    match edition.protocol.last_event() {
        Some(last) if last.date.last_day() > recording.date.last_day() => {
            if recording.next.is_some() {
                let event = last.kind.word().to_lowercase();
                return Err(RecordError::NextOfOlder { event, date: last.date });
            }
        }
        _ => outcome.set_next(next_date(edition, recording)?),
    }
    Ok(outcome)
}

/// Only the version in force is reviewed.
fn in_force(document: &DocumentEntry, edition: &Edition, date: PartialDate) -> Result<(), RecordError> {
    let (address, status) = (edition.named(), edition.protocol.status.word().to_lowercase());
    if edition.protocol.status.is_pending() {
        let status = if edition.protocol.status == Status::Draft { "draft" } else { "proposal" }.to_owned();
        return Err(RecordError::NotAdopted { address, status, date });
    }
    match document.in_force() {
        Some(now) if std::ptr::eq(now, edition) => Ok(()),
        Some(now) => Err(RecordError::NotInForce { address, status, hint: format!(", and that is {}", now.named()) }),
        None => Err(RecordError::NotInForce { address, status, hint: String::new() }),
    }
}

/// Whether the event fits with what is recorded: nothing twice, nothing before the adoption, no second first adoption.
fn not_known(edition: &Edition, event: EventKind, date: PartialDate) -> Result<(), RecordError> {
    let history = &edition.protocol.history;
    let overlaps = |known: PartialDate| known.first_day() <= date.last_day() && date.first_day() <= known.last_day();
    let again = |known: &&Event| known.kind == event && (event == EventKind::Adopted || overlaps(known.date));
    if let Some(known) = history.iter().find(again) {
        let (address, event) = (edition.named(), event.word().to_lowercase());
        return Err(RecordError::Recorded { address, event, date: known.date });
    }
    let adoptions = history.iter().filter(|event| event.kind.is_adoption()).map(|event| event.date);
    match adoptions.min_by_key(|date| date.first_day()) {
        Some(adopted) if date.last_day() < adopted.first_day() => Err(RecordError::BeforeAdoption { date, adopted }),
        _ => Ok(()),
    }
}

/// The version after its adoption, with the numbers it was adopted with; and the versions it takes the place of, as they are
/// then.
///
/// # Errors
/// When the version is no draft or proposal, or the dates contradict what is known.
pub fn adopt<'a>(
    document: &'a DocumentEntry,
    edition: &Edition,
    adoption: &Recording,
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
    not_in_future(adoption)?;
    not_before(document, adoption.date)?;
    let before = edition.protocol.last_adoption().is_some();
    let event = adoption.event.unwrap_or(if before { EventKind::Readopted } else { EventKind::Adopted });
    not_known(edition, event, adoption.date)?;
    let mut outcome = Outcome { protocol: edition.protocol.clone(), replaced_line: None };
    outcome.protocol.status = Status::Adopted;
    outcome.protocol.numbering = Numbering::AsPrinted;
    outcome.add(event, adoption);
    outcome.set_next(match (adoption.next, edition.protocol.review.as_ref().and_then(|review| review.due)) {
        // A date that the proposal itself states is adopted with it.
        (None, Some(due)) if due.last_day() > adoption.date.last_day() => Some(due),
        (None, Some(due)) => return Err(RecordError::StatedBefore { address, due }),
        _ => next_date(edition, adoption)?,
    });
    Ok((outcome, superseded(document)))
}

/// A version is not adopted before the last that was done with the one in force.
fn not_before(document: &DocumentEntry, date: PartialDate) -> Result<(), RecordError> {
    let last = document.in_force().and_then(|in_force| Some((in_force, in_force.protocol.last_event()?)));
    match last {
        Some((in_force, last)) if date.last_day() < last.date.first_day() => {
            let (address, event) = (in_force.named(), last.kind.word().to_lowercase());
            Err(RecordError::BeforeLast { date, address, event, last: last.date })
        }
        _ => Ok(()),
    }
}

/// The versions in force or taken to be, as they are once another has taken their place.
fn superseded(document: &DocumentEntry) -> Vec<Superseded<'_>> {
    let adopted = document.editions.iter().filter(|edition| edition.protocol.status == Status::Adopted);
    adopted.map(|edition| (edition, Protocol { status: Status::Superseded, ..edition.protocol.clone() })).collect()
}

fn not_in_future(recording: &Recording) -> Result<(), RecordError> {
    let (date, as_of) = (recording.date, recording.as_of);
    if date.first_day() > as_of { Err(RecordError::InFuture { date, as_of }) } else { Ok(()) }
}

fn later_than(next: PartialDate, date: PartialDate) -> Result<PartialDate, RecordError> {
    if next.last_day() <= date.last_day() { Err(RecordError::NextBefore { next, date }) } else { Ok(next) }
}

/// The date to be written for the next review; none where it follows from an interval without being written.
fn next_date(edition: &Edition, recording: &Recording) -> Result<Option<PartialDate>, RecordError> {
    let date = recording.date;
    let after = |interval| date.after(interval).ok_or(RecordError::NoSuchDate);
    match recording.next {
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
    fn add(&mut self, kind: EventKind, recording: &Recording) {
        let (date, minute) = (recording.date, recording.minute.clone());
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
