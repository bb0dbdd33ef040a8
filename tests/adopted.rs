//! Every word of each adopted document, in order, against the plain text built from its source. What may differ is listed
//! one by one in `tests/cases/adopted/<council>.toml`.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use serde::Deserialize;

/// What engross prints otherwise than the adopted text, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    /// The line of the adopted text, from 1; 0 before the first.
    line: usize,
    /// The words of that line as adopted.
    adopted: String,
    /// The words engross prints in their place.
    engross: String,
    why: String,
}

#[derive(Debug, Deserialize)]
struct Differences {
    difference: Vec<Difference>,
}

/// The words of a line; the mark of a bullet at its start is not one.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let line = line.trim_start();
    let unmarked = line.strip_prefix("- ").or_else(|| line.strip_prefix("• ")).unwrap_or(line);
    unmarked.split_whitespace()
}

/// The adopted text with the differences put in, a word an element.
fn expected(adopted: &str, differences: &[Difference]) -> Vec<String> {
    let mut lines: Vec<String> = std::iter::once("").chain(adopted.lines()).map(str::to_owned).collect();
    for difference in differences {
        assert!(!difference.why.is_empty(), "{difference:?} gives no reason");
        let line = &mut lines[difference.line];
        if difference.adopted.is_empty() {
            line.push_str(&format!(" {}", difference.engross));
            continue;
        }
        assert_eq!(line.matches(&difference.adopted).count(), 1, "{difference:?} does not stand once in its line");
        *line = line.replacen(&difference.adopted, &difference.engross, 1);
    }
    lines.iter().flat_map(|line| words(line)).map(str::to_owned).collect()
}

#[test]
fn every_word_is_as_adopted() {
    let workspace = support::workspace();
    let councils: Vec<&str> = workspace.councils.iter().map(|council| council.id.as_str()).collect();
    assert_eq!(councils, ["battle", "kings-hill", "kingsthorpe", "swanscombe-and-greenhithe", "thanet"]);
    for edition in workspace.editions() {
        let council = &edition.address.as_ref().expect("an address").council;
        let read = |extension: &str| {
            let path = support::case(&format!("adopted/{council}.{extension}"));
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let differences: Differences = toml::from_str(&read("toml")).expect("a list of differences");
        let expected = expected(&read("txt"), &differences.difference);
        let text = support::render(edition, "txt");
        let printed: Vec<String> = text.lines().flat_map(words).map(str::to_owned).collect();
        assert!(printed.len() > 800, "{council}: only {} words", printed.len());
        let first = printed.iter().zip(&expected).position(|(a, b)| a != b);
        if let Some(at) = first {
            let around = |words: &[String]| words[at.saturating_sub(5)..words.len().min(at + 8)].join(" ");
            panic!("{council}: word {at} differs\n adopted: {}\n printed: {}", around(&expected), around(&printed));
        }
        assert_eq!(printed.len(), expected.len(), "{council}: one is longer");
    }
}

#[test]
fn numbers_stand_verbatim_where_the_documents_are_irregular() {
    let workspace = support::workspace();
    let numbers = |council: &str| -> Vec<String> {
        let edition = workspace.editions().find(|e| e.address.as_ref().is_some_and(|a| a.council == council));
        let sections = &edition.expect("the council").protocol.sections;
        let of = |number: Option<&engross::model::Number>| number.map_or("-".to_owned(), ToString::to_string);
        let each = sections
            .iter()
            .flat_map(|s| std::iter::once(of(s.number())).chain(s.clauses.iter().map(move |c| of(c.number()))));
        each.collect()
    };
    let thanet = numbers("thanet");
    assert_eq!(thanet.iter().filter(|number| *number == "2.7").count(), 2);
    assert!(!thanet.contains(&"3.3".to_owned()));
    assert_eq!(thanet.iter().filter(|number| *number == "8.").count(), 2);
    assert!(thanet.windows(3).any(|three| three == ["6.", "-", "6.2"]));
    assert!(thanet.windows(2).any(|two| two == ["8.", "9.1"]));
    let kings_hill = numbers("kings-hill");
    assert!(kings_hill.windows(3).any(|three| three == ["2.4.", "2.4.1.", "2.4.2."]));
}
