//! What lines and tables say was done with a document, when, and when it is to be reviewed.

use crate::model::{Event, Interval, PartialDate, Review};

use super::super::manuscript::{Piece, Place, Remark};
use super::DateFound;
use super::said::{Said, is_pending, said, says_what, unread as unread_in};

/// A line that says when something was done has no more words than this.
pub(super) const LONGEST_LINE: usize = 30;

/// The facts found so far.
#[derive(Default)]
pub(super) struct Facts {
    /// Whether a line says that it is still to be adopted.
    pub(super) pending: bool,
    pub(super) history: Vec<Event>,
    pub(super) review: Option<Review>,
    /// The dates found, and what they were taken for.
    pub(super) dates: Vec<DateFound>,
    pub(super) doubts: Vec<Remark>,
    /// Which events a table prints, and whether it prints the review.
    events_of_tables: Vec<usize>,
    review_of_table: bool,
}

/// What becomes of the words that state a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// They become a line of the history or of the review.
    Line,
    /// A table prints them.
    Table,
    /// A paragraph prints them.
    Paragraph,
    /// They stand on every page, and are not printed.
    LeftOut,
}

/// Whether a line is short enough to be about dates, and says something of one.
pub(super) fn is_about_dates(text: &str) -> bool {
    text.split_whitespace().count() <= LONGEST_LINE && !said(text).is_empty()
}

/// The lines that say when something was done with the document, and give a date that is none.
pub(super) fn unread(pieces: &[Piece]) -> Vec<Remark> {
    let mut doubts = Vec::new();
    for piece in pieces {
        let Piece::Line(line) = piece else { continue };
        let text = line.text();
        if text.split_whitespace().count() > LONGEST_LINE || !says_what(&text) {
            continue;
        }
        for date in unread_in(&text) {
            let what = format!("“{date}” in “{text}” was not taken for a date: write the one that is meant");
            doubts.push(Remark { what, place: Some(line.place) });
        }
    }
    doubts
}

impl Facts {
    /// Takes what a line says. Gives whether its words are a line of the facts now; otherwise they have to stay where they are.
    pub(super) fn line(&mut self, text: &str, place: Place, words: Words) -> bool {
        self.pending |= text.split_whitespace().count() <= LONGEST_LINE && is_pending(text);
        if !is_about_dates(text) {
            return false;
        }
        let all = said(text);
        // One line about the review is printed; another stays a paragraph, or its words would be lost.
        let about_review = |said: &Said| !matches!(said, Said::Event { .. });
        let printed = self.review.as_ref().is_some_and(|review| review.line().is_some());
        let silent = matches!(words, Words::Paragraph | Words::LeftOut);
        let stays = words != Words::Line || printed && all.iter().all(about_review);
        for (nth, said) in all.into_iter().enumerate() {
            // A line is printed once, with the first of what it says.
            let again = words == Words::Line && (nth > 0 || stays);
            let as_printed = if silent || again { String::new() } else { text.to_owned() };
            self.say(said, text, as_printed, place, words);
        }
        !stays
    }

    fn say(&mut self, said: Said, text: &str, as_printed: String, place: Place, words: Words) {
        let (date, mut taken_for) = match &said {
            Said::Event { kind, date, .. } => (Some(*date), kind.word().to_lowercase()),
            Said::Due(date) => (Some(*date), "the next review".to_owned()),
            Said::Every(every) => (None, format!("a review every {every}")),
        };
        if words == Words::LeftOut {
            if self.knows(&said) {
                return;
            }
            taken_for.push_str(", from the foot or head of the pages");
        }
        // What is said twice, and is printed where it stands, happened once.
        let again = words == Words::Paragraph && self.knows(&said);
        self.dates.push(DateFound { text: text.to_owned(), date, taken_for, place });
        if again {
            return;
        }
        match said {
            Said::Event { kind, date, minute } => {
                if words == Words::Line
                    && !as_printed.is_empty()
                    && self.review.as_ref().and_then(Review::line).is_some()
                {
                    let what = format!(
                        "“{text}” comes to stand before the line about the review, which is printed after the history"
                    );
                    self.doubts.push(Remark { what, place: Some(place) });
                }
                self.events_of_tables.extend((words == Words::Table).then_some(self.history.len()));
                self.history.push(Event { kind, date, as_printed: Some(as_printed), minute });
            }
            Said::Due(due) => self.reviewed(Some(due), None, as_printed, place, words),
            Said::Every(every) => self.reviewed(None, Some(every), as_printed, place, words),
        }
    }

    /// Takes a date for the next review that lies before the adoption for what it is, one that was left standing: its words stay, and
    /// nobody is reminded of it.
    pub(super) fn settle(&mut self) {
        let adoptions = self.history.iter().filter(|event| event.kind.is_adoption());
        let adopted = adoptions.map(|event| event.date).max_by_key(|date| date.first_day());
        let Some((review, adopted)) = self.review.as_mut().zip(adopted) else { return };
        if let Some(due) = review.due.filter(|due| due.last_day() < adopted.first_day()) {
            let what = format!(
                "the date for the next review, {}, is before that of the adoption, {}: it was not taken; see when the next is due",
                due.in_words(),
                adopted.in_words()
            );
            self.doubts.push(Remark { what, place: None });
            review.due = None;
        }
    }

    /// That lines are printed: what a table prints is no line as well.
    pub(super) fn lines_are_printed(&mut self) {
        for at in self.events_of_tables.drain(..) {
            self.history[at].as_printed = Some(String::new());
        }
        if let Some(review) = self.review.as_mut().filter(|_| self.review_of_table) {
            review.as_printed = Some(String::new());
        }
    }

    /// Whether the same has been said before, of the same day or more exactly.
    fn knows(&self, said: &Said) -> bool {
        let within = |known: PartialDate, date: PartialDate| {
            date.first_day() <= known.first_day() && known.last_day() <= date.last_day()
        };
        match said {
            Said::Event { kind, date, .. } => {
                self.history.iter().any(|event| event.kind == *kind && within(event.date, *date))
            }
            Said::Due(due) => {
                self.review.as_ref().and_then(|review| review.due).is_some_and(|known| within(known, *due))
            }
            Said::Every(every) => self.review.as_ref().is_some_and(|review| review.every == Some(*every)),
        }
    }

    /// What a line says of the review. The first date holds; that there are two is told.
    fn reviewed(
        &mut self,
        due: Option<PartialDate>,
        every: Option<Interval>,
        as_printed: String,
        place: Place,
        words: Words,
    ) {
        let new = self.review.is_none();
        let review = self.review.get_or_insert_default();
        if let (Some(first), Some(other)) = (review.due, due)
            && first != other
        {
            let what =
                format!("a second date for the next review, {}; {} was taken", other.in_words(), first.in_words());
            self.doubts.push(Remark { what, place: Some(place) });
        }
        review.due = review.due.or(due);
        review.every = review.every.or(every);
        if new || review.as_printed.as_deref() == Some("") {
            review.as_printed = Some(as_printed);
            self.review_of_table = words == Words::Table;
        }
    }
}
