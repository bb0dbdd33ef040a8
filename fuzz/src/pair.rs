//! Two documents made of lines, compared: nothing is lost, nothing is made up, and of a document compared with itself nothing is said.
//!
//! `# words` begins a section, `- words` an item of the clause before, any other line a clause, with its number if it begins with one.
//! A line of one to three `%` begins the other document: of another council, another version, or of nobody knows whom. In that `=3` is
//! the third line of the first document once more, and what follows the number is added to its words.

use std::collections::HashMap;

use engross::compare::{Change, Comparison, Kind, Op, compare};
use engross::model::{Address, Clause, Edition, Number, Protocol, Provision, Section};
use engross::read::markdown;
use engross::source::Source;

/// More lines a side than this take more time than they find.
const MOST_LINES: usize = 24;

/// The longest line, in characters.
const LONGEST: usize = 300;

/// Compares the two documents of an input, and the second with itself.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let parted = lines.iter().position(|line| is_parting(line)).unwrap_or(lines.len());
    let councils = match lines.get(parted).map_or(0, |line| line.len()) {
        1 => ["here", "there"],
        3 => ["", ""],
        _ => ["here", "here"],
    };
    let first = &lines[..parted.min(MOST_LINES)];
    let others = lines.iter().skip(parted + 1).filter(|line| !is_parting(line)).take(MOST_LINES);
    let second: Vec<String> = others.map(|line| copied(line, first)).collect();
    let first: Vec<String> = first.iter().map(|line| (*line).to_owned()).collect();
    let (left, right) = (edition(councils[0], "2023", &first), edition(councils[1], "2024", &second));
    compared(&left, &right);
    let itself = compared(&right, &right);
    assert!(itself.changes.iter().all(|change| change.kind == Kind::Unchanged), "with itself: {:#?}", itself.changes);
    assert!(itself.headings.is_empty() && itself.facts.is_empty() && !itself.unrelated, "with itself: {itself:#?}");
}

fn is_parting(line: &str) -> bool {
    line.len() <= 3 && line.bytes().all(|byte| byte == b'%')
}

/// A line of the second document: `=3 words` is the third of the first one with words added.
fn copied(line: &str, lines: &[&str]) -> String {
    let Some(rest) = line.strip_prefix('=') else { return line.to_owned() };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, added) = rest.split_at(digits);
    let nth = number.parse::<usize>().ok().and_then(|number| lines.get(number.checked_sub(1)?));
    nth.map_or_else(|| line.to_owned(), |copied| format!("{copied}{added}"))
}

fn edition(council: &str, version: &str, lines: &[String]) -> Edition {
    let address = |council: &str| Address {
        council: council.to_owned(),
        document: "protocol".to_owned(),
        version: version.to_owned(),
    };
    Edition {
        address: (!council.is_empty()).then(|| address(council)),
        council: None,
        logo: None,
        settings: Default::default(),
        protocol: protocol(lines),
        source: Source::new(format!("{version}.toml"), ""),
    }
}

fn protocol(lines: &[String]) -> Protocol {
    let mut sections: Vec<Section> = Vec::new();
    // The number and the words of the clause that is being gathered.
    let mut typed: Option<(Option<Number>, String)> = None;
    for line in lines {
        let line: String = line.chars().take(LONGEST).collect();
        if let (Some(item), Some((_, words))) = (line.strip_prefix("- "), &mut typed) {
            let parting = if words.contains('\n') { "\n" } else { "\n\n" };
            words.push_str(&format!("{parting}- {item}"));
            continue;
        }
        close(typed.take(), &mut sections);
        match line.strip_prefix("# ") {
            Some(heading) => sections.push(section(heading)),
            None => typed = Some(numbered(&line)),
        }
    }
    close(typed, &mut sections);
    Protocol::adopted("Protocol", sections)
}

fn section(heading: &str) -> Section {
    let (number, heading) = numbered(heading);
    let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    Section { number: number.map(Some), heading: Some(heading).filter(|words| !words.is_empty()), ..Section::default() }
}

fn numbered(line: &str) -> (Option<Number>, String) {
    let begins = line.starts_with(|c: char| c.is_ascii_digit() || c == '(');
    match line.split_once(' ').filter(|_| begins) {
        Some((number, words)) => (Number::new(number), words.to_owned()),
        None => (None, line.to_owned()),
    }
}

/// Adds a clause to the last section. What a reader of sources would refuse is left out.
fn close(typed: Option<(Option<Number>, String)>, sections: &mut Vec<Section>) {
    let Some((number, words)) = typed else { return };
    let Some(text) = markdown::parse(&words).ok().filter(|text| !text.is_empty()) else { return };
    if sections.is_empty() {
        sections.push(Section::default());
    }
    if let Some(section) = sections.last_mut() {
        section.clauses.push(Clause { number: number.map(Some), text, ..Clause::default() });
    }
}

fn compared(left: &Edition, right: &Edition) -> Comparison {
    let found = compare(left, right, &[]);
    assert_eq!(found.left, left.protocol.provisions());
    assert_eq!(found.right, right.protocol.provisions());
    accounted(&found, |change| &change.left, found.left.len());
    accounted(&found, |change| &change.right, found.right.len());
    for change in &found.changes {
        sound(change, &found);
    }
    found
}

/// Each provision of a side is in a change; of two versions, in one only.
fn accounted(found: &Comparison, side: impl Fn(&Change) -> &Vec<usize>, provisions: usize) {
    let mut told: HashMap<usize, usize> = HashMap::new();
    found.changes.iter().flat_map(side).for_each(|at| *told.entry(*at).or_default() += 1);
    assert!(told.keys().all(|at| *at < provisions), "a provision that is not there: {found:#?}");
    assert_eq!(told.len(), provisions, "a provision is lost: {found:#?}");
    let once = !found.versions || told.values().all(|times| *times == 1);
    assert!(once, "a provision is told of twice: {found:#?}");
}

fn sound(change: &Change, found: &Comparison) {
    let joined = |op: Op| -> String {
        let kept = change.words.iter().filter(|words| words.op == Op::Equal || words.op == op);
        kept.map(|words| words.text.as_str()).collect()
    };
    let text = |places: &[usize], side: &[Provision]| {
        places.iter().map(|at| side[*at].text.as_str()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(joined(Op::Delete), text(&change.left, &found.left), "{change:#?}");
    assert_eq!(joined(Op::Insert), text(&change.right, &found.right), "{change:#?}");
    assert_eq!(Some(&change.kind), change.aspects.first(), "{change:#?}");
    assert_eq!(change.kind == Kind::Added, change.left.is_empty(), "{change:#?}");
    assert_eq!(change.kind == Kind::Removed, change.right.is_empty(), "{change:#?}");
    assert_eq!(change.relation.is_none(), change.left.is_empty() || change.right.is_empty(), "{change:#?}");
    assert!((0.0..=1.0).contains(&change.score), "{change:#?}");
    for evidence in &change.evidence {
        assert!(!evidence.says.is_empty(), "{change:#?}");
    }
    // Whatever is called unchanged is.
    if change.kind == Kind::Unchanged {
        assert!(change.words.iter().all(|words| words.op == Op::Equal), "{change:#?}");
    }
}
