//! The register as a calendar, by RFC 5545: an entry for each document, with reminders.
//!
//! A review to come is an all-day event on the day it is due; one that is overdue, or of which nobody knows the date, a task for
//! the day of the register. The entry of a document keeps its identifier from one register to the next, and its sequence number
//! rises with the day and with what is recorded, so that a calendar that has the one takes the next in its place.

use chrono::Duration;
use icalendar::{Alarm, Calendar, Component, Event, EventLike as _, Property, Todo, TodoStatus};
use jiff::civil::{Date, date};

use crate::document::shortened;
use crate::review::{Entry, Register, State};

const PRODUCT: &str = "-//engross//review register//EN";
const NAME: &str = "Reviews of council documents";

/// In octets, without the line break.
const LONGEST_LINE: usize = 75;

/// A calendar shows no more of a summary.
const LONGEST_SUMMARY: usize = 200;

/// The register as a calendar file, with reminders so many days before each review is due.
pub fn calendar(register: &Register<'_>, remind: &[i32]) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property((key, value));
    }
    calendar.name(NAME);
    for entry in &register.entries {
        match (entry.state, entry.target) {
            (State::NotInForce, _) => {}
            (State::DueSoon | State::Current, Some(target)) => {
                calendar.push(event(entry, register.as_of, target, remind));
            }
            _ => {
                calendar.push(task(entry, register.as_of));
            }
        }
    }
    calendar.to_string().split_inclusive("\r\n").map(folded).collect()
}

/// A line of at most 75 octets, as RFC 5545 (3.1) wants them: the library folds, but counts the blank that a continued line
/// begins with only where that line is continued again.
fn folded(line: &str) -> String {
    let words = line.trim_end_matches("\r\n");
    if words.len() <= LONGEST_LINE {
        return line.to_owned();
    }
    let (here, rest) = words.split_at(words.floor_char_boundary(LONGEST_LINE));
    format!("{here}\r\n {rest}\r\n")
}

fn event(entry: &Entry<'_>, as_of: Date, target: Date, remind: &[i32]) -> Event {
    let mut event = Event::new();
    let summary = format!("Review due: {}", title(entry));
    common(&mut event, entry, as_of, &summary);
    event.append_property(day("DTSTART", target)).add_property("TRANSP", "TRANSPARENT");
    for days in remind {
        event.alarm(alarm(entry, as_of, &summary, &format!("-P{days}D")));
    }
    event.done()
}

fn task(entry: &Entry<'_>, as_of: Date) -> Todo {
    let mut task = Todo::new();
    let summary = match entry.state {
        State::Undated => format!("Set a review date: {}", title(entry)),
        _ => format!("Review overdue: {}", title(entry)),
    };
    common(&mut task, entry, as_of, &summary);
    // Without DTSTART: the standard wants DUE to be later than that.
    task.append_property(day("DUE", as_of)).status(TodoStatus::NeedsAction).priority(1);
    let mut due = alarm(entry, as_of, &summary, "PT0S");
    due.append_property(Property::new("TRIGGER", "PT0S").add_parameter("RELATED", "END").done());
    task.alarm(due);
    task.done()
}

/// What events and tasks have in common.
fn common(component: &mut impl Component, entry: &Entry<'_>, as_of: Date, summary: &str) {
    component.uid(&uid(entry)).summary(summary).description(&description(entry)).sequence(sequence(entry, as_of));
    component.add_property("DTSTAMP", stamp(as_of)).add_property("LAST-MODIFIED", stamp(as_of));
    component.add_property("CATEGORIES", "REVIEW").add_property("CLASS", "PUBLIC");
    let website = entry.edition.council.as_ref().and_then(|council| council.website.clone());
    if let Some(link) = entry.link().or(website) {
        component.add_property("URL", link);
    }
}

fn alarm(entry: &Entry<'_>, as_of: Date, summary: &str, trigger: &str) -> Alarm {
    let mut alarm = Alarm::display(summary, Duration::zero());
    alarm.append_property(("TRIGGER", trigger));
    // Else the library would make up both, differently each time.
    alarm
        .add_property("UID", format!("{}{}", trigger.to_lowercase(), uid(entry)))
        .add_property("DTSTAMP", stamp(as_of));
    alarm
}

/// The same for every version of a document: by its address, or its file's path where it has none.
fn uid(entry: &Entry<'_>) -> String {
    let document = match &entry.edition.address {
        Some(address) => format!("{}.{}", address.council, address.document),
        None => crate::model::slug(&entry.edition.source.path),
    };
    format!("{document}.review@engross.invalid")
}

fn title(entry: &Entry<'_>) -> String {
    let council = entry.edition.council_name().map(|name| format!("{name}, ")).unwrap_or_default();
    shortened(&format!("{council}{}", entry.edition.protocol.title), LONGEST_SUMMARY)
}

fn description(entry: &Entry<'_>) -> String {
    let due = entry.due.map(|due| format!("Due {} ({})", due.date.in_words(), entry.word().to_lowercase()));
    let last = entry.edition.protocol.last_event().map(|event| format!("{} {}", event.kind, event.date.in_words()));
    let address = format!("Version: {}", entry.address());
    due.into_iter().chain(last).chain(entry.notes()).chain([address]).collect::<Vec<_>>().join("\n")
}

/// More events than this are counted as this many.
const MOST_EVENTS: u32 = 99;

/// Higher with each day since the year 2000, and on one day with each event that is recorded.
fn sequence(entry: &Entry<'_>, as_of: Date) -> u32 {
    let days = u32::try_from((as_of - date(2000, 1, 1)).get_days()).unwrap_or(0);
    let events = u32::try_from(entry.edition.protocol.history.len()).unwrap_or(MOST_EVENTS);
    days * (MOST_EVENTS + 1) + events.min(MOST_EVENTS)
}

fn day(name: &str, day: Date) -> Property {
    Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// The beginning of the day, as if in Greenwich: when the file is made is not asked.
fn stamp(day: Date) -> String {
    day.strftime("%Y%m%dT000000Z").to_string()
}
