//! What was done, for the clerk to check by eye, and for other programs.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::diagnostics::printable;
use crate::document::count;
use crate::import::recognise::{DateFound, NO_PLACE};
use crate::import::{LeftOut, Place, Report, but_for_numbers};
use crate::model::Address;

use super::Kept;
use super::council::Holdings;
use super::reading::Reading;
use super::sequel::{Sequel, Stands};

/// What was found in a document, what is doubtful, and what it is to those that were there.
pub(super) fn text(reading: &Reading, kept: Option<(&Kept, &Holdings)>) -> String {
    let mut text = format!("\n{}", found(reading));
    let kept = kept.map(|(kept, holdings)| told(kept, holdings)).unwrap_or_default();
    if !kept.is_empty() {
        text.push('\n');
        kept.iter().for_each(|line| text.push_str(&format!("{}\n", printable(line))));
    }
    text
}

fn found(reading: &Reading) -> String {
    let (protocol, report) = (&reading.protocol, &reading.report);
    let clauses: usize = protocol.sections.iter().map(|section| section.clauses.len()).sum();
    let mut text = format!(
        "{}: {}, {}, {}\n",
        printable(&protocol.title),
        count(protocol.sections.len(), "section"),
        count(clauses, "clause"),
        count(protocol.provisions().len(), "provision"),
    );
    let mut list = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(text, "\n{heading}\n");
            lines.iter().for_each(|line| {
                let _ = writeln!(text, "  {}", printable(line));
            });
        }
    };
    list("Dates found", report.dates.iter().map(dated).collect());
    list("Look at these", report.doubts.iter().map(|doubt| format!("{}{}", at(doubt.place), doubt.what)).collect());
    list("Left out", left_out(&report.left_out));
    text
}

/// What was left out, each kind of line once: what belongs to the text and is gone leaps to the eye among running heads.
fn left_out(all: &[LeftOut]) -> Vec<String> {
    let mut kinds: Vec<(String, Vec<&LeftOut>)> = Vec::new();
    for left in all {
        // What is gone though nobody meant it is told each time.
        let kind = if left.why == NO_PLACE { left.text.clone() } else { but_for_numbers(&left.text) };
        match kinds.iter_mut().find(|(other, alike)| *other == kind && alike[0].why == left.why) {
            Some((_, alike)) => alike.push(left),
            None => kinds.push((kind, vec![left])),
        }
    }
    let told = |alike: &[&LeftOut]| {
        let first = alike[0];
        let more = match alike {
            [_, others @ .., last] => {
                format!(", and {} like it, the last on {}", others.len() + 1, in_words(last.place))
            }
            _ => String::new(),
        };
        format!("{}“{}”{more}: {}", at(Some(first.place)), first.text, first.why)
    };
    kinds.iter().map(|(_, alike)| told(alike)).collect()
}

fn dated(found: &DateFound) -> String {
    let date = found.date.map(|date| format!(", {}", date.in_words())).unwrap_or_default();
    format!("“{}” taken for: {}{date}", found.text, found.taken_for)
}

fn at(place: Option<Place>) -> String {
    match place {
        Some(at) if at.page.is_some() || at.line > 0 => format!("{}: ", in_words(at)),
        _ => String::new(),
    }
}

fn in_words(place: Place) -> String {
    match place.page {
        Some(page) => format!("page {page}, line {}", place.line),
        None => format!("line {}", place.line),
    }
}

/// What became of it in the workspace, a line each.
fn told(kept: &Kept, holdings: &Holdings) -> Vec<String> {
    let address = &kept.place.address;
    let mut lines = Vec::new();
    if let (true, Some(council)) = (kept.made.len() > 1, holdings.council()) {
        lines.push(format!(
            "The council is new here, as “{}”: see whether its council.toml has that right, and what else it can say.",
            council.name
        ));
    }
    if let Some(others) = &kept.place.new_beside {
        let (council, document) = (&address.council, &address.document);
        lines.push(match others.as_slice() {
            [] => format!("{council}/{document} is the council's first document here."),
            others => format!(
                "{council}/{document} is a new document: no other of the council is called so (there are {}).",
                others.join(", ")
            ),
        });
    }
    if let Some(sequel) = &kept.sequel {
        lines.extend(sequel_told(sequel, address, holdings));
        if sequel.stands == Stands::Before && kept.superseded {
            lines.push(format!("{address} is marked as superseded."));
        }
    }
    lines
}

fn sequel_told(sequel: &Sequel, address: &Address, holdings: &Holdings) -> Vec<String> {
    let other = &sequel.other;
    let (old, new) = if sequel.stands == Stands::Before { (address, other) } else { (other, address) };
    let shows = format!("`engross diff {} {}` shows what changed", short(old, holdings), short(new, holdings));
    let mut lines = vec![
        match sequel.stands {
            Stands::After => format!("This is the next version after {other}: {shows}."),
            Stands::Before => format!("This is an earlier version than {other}: {shows}."),
            Stands::Waits => format!("This waits to take the place of {other}: {shows}."),
        },
        sequel.headline.clone(),
    ];
    if sequel.unrelated {
        lines.push("Hardly anything in it corresponds: is it the same document?".to_owned());
    }
    lines.extend(sequel.superseded.iter().map(|address| format!("{address} is superseded.")));
    let listed = |ids: &[String]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    if !sequel.carried.kept.is_empty() {
        lines.push(format!("Ids that its clauses had are kept: {}.", listed(&sequel.carried.kept)));
    }
    if !sequel.carried.lost.is_empty() {
        let lost = listed(&sequel.carried.lost);
        lines.push(format!("Ids of {other} whose clauses are not surely found: {lost}. Give them by hand."));
    }
    lines
}

/// An address as short as it can be typed.
fn short(address: &Address, holdings: &Holdings) -> String {
    match holdings.documents() {
        [_] => format!("{}@{}", address.council, address.version),
        _ => address.to_string(),
    }
}

/// The same for other programs: a contract that only grows.
pub(super) fn json(reading: &Reading, made: &[PathBuf], kept: Option<&Kept>) -> Value {
    let mut object = found_json(&reading.report);
    object["file"] = json!(reading.name);
    object["title"] = json!(reading.protocol.title);
    object["provisions"] = json!(reading.protocol.provisions().len());
    object["made"] = made.iter().map(|path| path.display().to_string()).collect();
    if let Some(kept) = kept {
        object["address"] = json!(kept.place.address);
        object["new_document"] = json!(kept.place.new_beside.is_some());
        object["sequel"] = kept.sequel.as_ref().map_or(Value::Null, sequel_json);
    }
    object
}

fn sequel_json(sequel: &Sequel) -> Value {
    let stands = match sequel.stands {
        Stands::After => "after",
        Stands::Before => "before",
        Stands::Waits => "waits",
    };
    json!({
        "stands": stands,
        "other": sequel.other,
        "changes": sequel.counts,
        "unrelated": sequel.unrelated,
        "superseded": sequel.superseded,
        "ids_kept": sequel.carried.kept,
        "ids_lost": sequel.carried.lost,
    })
}

fn found_json(report: &Report) -> Value {
    let place = |place: Place| json!({ "page": place.page, "line": place.line });
    json!({
        "dates": report.dates.iter().map(|found| json!({
            "text": found.text, "date": found.date.map(|date| date.to_string()), "taken_for": found.taken_for, "place": place(found.place),
        })).collect::<Vec<_>>(),
        "doubts": report.doubts.iter().map(|doubt| json!({ "what": doubt.what, "place": doubt.place.map(place) })).collect::<Vec<_>>(),
        "left_out": report.left_out.iter().map(|left| json!({ "text": left.text, "why": left.why, "place": place(left.place) })).collect::<Vec<_>>(),
    })
}
