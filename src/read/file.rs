//! TOML text → the types of the format, with every fault of the file found in one go.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

use crate::diagnostics::Diagnostic;
use crate::source::Source;

use super::codes;
use super::format::{FormatNumber, NOT_A_DATE, NOT_A_FORMAT};

/// More than this many faults in one file have one cause, such as a file that is something else altogether.
const MOST_FAULTS: usize = 100;

/// Reads a file of the format.
///
/// # Errors
/// All its faults: of syntax; else unknown keys and values of the wrong kind. What is of the right kind but not acceptable
/// is found later, so after a fault in one key the rest of the file is still read, without that key. Of a file in a newer
/// format only that is said: everything else that looks wrong in it may be right there.
pub(crate) fn decode<T: DeserializeOwned + Default>(source: &Source) -> (Option<T>, Vec<Diagnostic>) {
    if let Ok(file) = toml::from_str(&source.text) {
        return (Some(file), Vec::new());
    }
    let (mut table, syntax) = DeTable::parse_recoverable(&source.text);
    if let Some(newer) = newer_format(source, table.get_ref()) {
        return (None, vec![newer]);
    }
    let mut faults: Vec<Diagnostic> =
        syntax.iter().take(MOST_FAULTS).map(|error| syntax_fault(source, error)).collect();
    // A bad date or a key written twice leaves the rest of the file as it is; after anything else nothing can be trusted.
    if !syntax.iter().all(|error| is_date(error) || error.message() == DUPLICATE_KEY) {
        return (None, faults);
    }
    for span in syntax.iter().filter(|error| is_date(error)).filter_map(Error::span) {
        remove(table.get_mut(), &span);
    }
    while faults.len() < MOST_FAULTS {
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(file) => return (Some(file), faults),
            Err(error) => {
                faults.push(type_fault(source, &error));
                let removed = error.span().is_some_and(|span| remove(table.get_mut(), &span));
                if !removed {
                    break;
                }
            }
        }
    }
    (None, faults)
}

/// That a file says it is in a format that came after this one.
fn newer_format(source: &Source, table: &DeTable<'_>) -> Option<Diagnostic> {
    let value = table.get("format")?;
    let integer = value.get_ref().as_integer()?;
    let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok()?;
    if number <= FormatNumber::CURRENT {
        return None;
    }
    let current = FormatNumber::CURRENT;
    let message =
        format!("this file is made for a newer engross: its format is {number}, and this engross reads {current}");
    let fault = Diagnostic::new(&codes::NEWER_FORMAT, message).at(source, value.span());
    Some(fault.label(format!("newer than {current}")).help(codes::NEWER_FORMAT.remedy))
}

/// Takes the innermost key or value at `span` out of a table, so that what else is wrong can be found.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    if table.iter_mut().any(|(_, value)| remove_inside(value, span)) {
        return true;
    }
    let mut entries = table.iter();
    let here = entries.find(|(key, value)| key.span() == *span || value.span() == *span);
    let name = here.map(|(key, _)| key.get_ref().clone().into_owned());
    name.and_then(|name| table.remove(name.as_str())).is_some()
}

fn remove_inside(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => remove(table, span),
        DeValue::Array(list) => {
            if list.iter_mut().any(|element| remove_inside(element, span)) {
                return true;
            }
            let before = list.len();
            *list = list.iter().filter(|element| element.span() != *span).cloned().collect();
            list.len() < before
        }
        _ => false,
    }
}

/// What the parser says of a key written twice.
const DUPLICATE_KEY: &str = "duplicate key";

/// Whether a value looks like a date and is none.
fn is_date(error: &Error) -> bool {
    error.message().starts_with("invalid date")
}

fn syntax_fault(source: &Source, error: &Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    if is_date(error) {
        let written = source.text.get(span.clone()).unwrap_or_default();
        let expected = message.split_once(", ").map_or("expected a date", |(_, expected)| expected);
        let fault = Diagnostic::new(&codes::BAD_DATE, format!("there is no such date as {written}"));
        return fault.at(source, span).label(expected).help(codes::BAD_DATE.remedy);
    }
    let (message, help) = if message == DUPLICATE_KEY {
        ("a key is written twice in one table".to_owned(), "delete one of the two, or begin a new table before it")
    } else {
        (format!("this is not valid TOML: {message}"), codes::SYNTAX.remedy)
    };
    Diagnostic::new(&codes::SYNTAX, message).at(source, span).help(help)
}

fn type_fault(source: &Source, error: &Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().trim_end();
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let choices = names.get(1..).unwrap_or_default();
    if message.starts_with("unknown field") {
        let name = names.first().copied().unwrap_or_default();
        let fault = Diagnostic::new(&codes::UNKNOWN_KEY, format!("unknown key `{name}`")).at(source, span);
        if name == "format" {
            return fault.label("not a key of this table").help("move it to the top of the file, before the first `[`");
        }
        return fault.label("not a key of this table").help(did_you_mean(name, choices, "Keys here"));
    }
    if message.starts_with("unknown variant") {
        let name = names.first().copied().unwrap_or_default();
        let fault =
            Diagnostic::new(&codes::WRONG_VALUE, format!("`{name}` is not one of the words that may stand here"));
        return fault.at(source, span).label("not a known word").help(did_you_mean(name, choices, "It may be"));
    }
    if message == NOT_A_DATE {
        return Diagnostic::new(&codes::BAD_DATE, message)
            .at(source, span)
            .label("expected a date")
            .help(codes::BAD_DATE.remedy);
    }
    if message == NOT_A_FORMAT {
        let current = FormatNumber::CURRENT;
        return Diagnostic::new(&codes::WRONG_VALUE, message)
            .at(source, span)
            .label(format!("expected {current}"))
            .help(format!("write `format = {current}`, or leave the line out, which means the same"));
    }
    let message = message.strip_prefix("invalid type: ").unwrap_or(message);
    let (what, expected) = message.split_once(", ").unwrap_or((message, ""));
    let fault = Diagnostic::new(&codes::WRONG_VALUE, format!("this value is of the wrong kind: {what}"));
    let help = if expected.contains("string") { "write it in quotation marks" } else { codes::WRONG_VALUE.remedy };
    fault.at(source, span).label(expected).help(help)
}

/// Whether one key is most likely the other misspelt.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    strsim::jaro_winkler(one, other) > 0.75
}

/// A suggestion of the nearest of `choices`, and all of them.
pub(crate) fn did_you_mean(name: &str, choices: &[&str], introduction: &str) -> String {
    let likeness = |choice: &str| strsim::jaro_winkler(choice, name);
    let nearest = choices.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let all = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    match nearest {
        Some(nearest) if is_like(nearest, name) => format!("did you mean `{nearest}`? {introduction}: {all}"),
        _ if choices.is_empty() => format!("remove `{name}`"),
        _ => format!("{introduction}: {all}"),
    }
}
