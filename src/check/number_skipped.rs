//! A number left out of a sequence.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::diagnostics::{Code, Severity};
use crate::model::{Block, Number, Place, Text};

use super::{Findings, Rule, Subject};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N02",
        name: "number-skipped",
        severity: Severity::Warning,
        what: "A number is missing from a sequence of sections, clauses or items.",
        why: "A reader asks what was struck out, and whether the copy is complete.",
        example: "3.1 …\n3.2 …\n3.4 …",
        remedy: "Compare with the adopted copy: if the clause is missing there too, note it for the next readoption; else put it back.",
    },
    check,
    flagged: &[
        "[[section]]\nnumber = \"3.\"\n[[section.clause]]\nnumber = \"3.2\"\ntext = \"Two.\"\n[[section.clause]]\nnumber = \"3.4\"\ntext = \"Four.\"",
        "[[section]]\nnumber = \"1.\"\nheading = \"A\"\n[[section]]\nnumber = \"3.\"\nheading = \"B\"",
        "[[section]]\n[[section.clause]]\nnumber = \"1.1\"\ntext = \"\"\"\nList:\n\n- a. one\n- b. two\n- d. four\n\"\"\"",
        "[[section]]\n[[section.clause]]\nnumber = \"(a)\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"(c)\"\ntext = \"Three.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"(i)\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"(ii)\"\ntext = \"Two.\"\n[[section.clause]]\nnumber = \"(iv)\"\ntext = \"Four.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"2.1\"\ntext = \"One:\"\n[[section.clause]]\nnumber = \"(a)\"\ntext = \"A.\"\n[[section.clause]]\nnumber = \"(b)\"\ntext = \"B.\"\n[[section.clause]]\nnumber = \"2.2\"\ntext = \"Two:\"\n[[section.clause]]\nnumber = \"(a)\"\ntext = \"A.\"\n[[section.clause]]\nnumber = \"(c)\"\ntext = \"C.\"",
        "[[section]]\nnumber = \"Article 1\"\nheading = \"A\"\n[[section]]\nnumber = \"Article 3\"\nheading = \"B\"",
        "[[section]]\nheading = \"A\"\n[[section.clause]]\nnumber = \"A.2\"\ntext = \"Two.\"\n[[section.clause]]\nnumber = \"A.4\"\ntext = \"Four.\"",
    ],
    clean: &[
        // A repeated number stands where the missing one should.
        "[[section]]\nnumber = \"8.\"\nheading = \"A\"\n[[section]]\nnumber = \"8.\"\nheading = \"B\"\n[[section]]\nnumber = \"10.\"\nheading = \"C\"",
        // So does a clause without a number.
        "[[section]]\nnumber = \"6.\"\n[[section.clause]]\ntext = \"One.\"\n[[section.clause]]\nnumber = \"6.2\"\ntext = \"Two.\"",
        "[[section]]\n[[section.clause]]\nnumber = \"(g)\"\ntext = \"G.\"\n[[section.clause]]\nnumber = \"(h)\"\ntext = \"H.\"\n[[section.clause]]\nnumber = \"(i)\"\ntext = \"I.\"\n[[section.clause]]\nnumber = \"(j)\"\ntext = \"J.\"",
        // An extract begins where it begins.
        "[[section]]\nnumber = \"5.\"\nheading = \"A\"\n[[section.clause]]\nnumber = \"5.1\"\ntext = \"\"\"\nList:\n\n- (i) one\n- (ii) two\n- (iii) three\n\"\"\"",
        "[[section]]\nnumber = \"2.\"\n[[section.clause]]\nnumber = \"2.1\"\ntext = \"One.\"\n[[section.clause]]\nnumber = \"2.2\"\nheading = \"Two\"\n[[section.clause]]\nnumber = \"2.2.1\"\ntext = \"Three.\"\n[[section.clause]]\nnumber = \"2.3\"\ntext = \"Four.\"",
    ],
};

/// How far a sequence has come.
#[derive(Default, Clone, Copy)]
struct Sequence {
    last: Option<u32>,
    /// Repeated or missing numbers since: each stands where one number should.
    standing_in: u32,
}

impl Sequence {
    /// One that has yet to begin, with 1.
    const FROM_ONE: Self = Self { last: Some(0), standing_in: 0 };

    /// Goes on to `number`; gives the numbers left out before it.
    fn next(&mut self, number: u32) -> Range<u32> {
        let first_missing = self.last.map(|last| last + 1 + self.standing_in);
        match self.last {
            Some(last) if number == last => self.standing_in += 1,
            Some(last) if number < last => {}
            _ => *self = Self { last: Some(number), standing_in: 0 },
        }
        first_missing.unwrap_or(number)..number
    }
}

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let sections: Vec<(usize, &Number)> = subject.sections().filter_map(|(at, s)| Some((at, s.number()?))).collect();
    let counted = counted(sections.iter().map(|(_, number)| number.id()).collect());
    let mut sequences: HashMap<(&str, Kind), Sequence> = HashMap::new();
    for ((at, _), (stem, position, kind)) in sections.iter().zip(&counted) {
        let missing = sequences.entry((stem, *kind)).or_default().next(*position);
        if !missing.is_empty() {
            let place = Place::section(*at).then("number");
            findings.add(&RULE, place, skipped("section", stem, *kind, missing)).provision(subject.section_id(*at));
        }
    }
    for (at, _) in subject.sections() {
        check_clauses(subject, at, findings);
    }
    for (at, nth, clause) in subject.clauses() {
        check_lists(subject, &clause.text.blocks, (at, nth), findings);
    }
}

fn check_clauses(subject: &Subject<'_>, at: usize, findings: &mut Findings) {
    let section = &subject.protocol.sections[at];
    let numbers = section.clauses.iter().map(|clause| clause.number().map(Number::id).unwrap_or_default());
    let counted = counted(numbers.collect());
    let elsewhere: HashSet<String> =
        subject.clauses().filter_map(|(_, _, clause)| Some(clause.number()?.id())).collect();
    let mut sequences: HashMap<(String, Kind), Sequence> = HashMap::new();
    if let Some(own) = section.number() {
        sequences.insert((format!("{}.", own.id()), Kind::Number), Sequence::FROM_ONE);
    }
    for (nth, (clause, (stem, position, kind))) in section.clauses.iter().zip(&counted).enumerate() {
        let Some(number) = clause.number() else {
            if !clause.is_heading() {
                sequences.values_mut().for_each(|sequence| sequence.standing_in += 1);
            }
            continue;
        };
        if *kind == Kind::Other {
            continue;
        }
        if number.depth() > 1 {
            // (a), (b) begin again under each clause.
            sequences.retain(|(_, kind), _| *kind == Kind::Number);
        }
        let mut missing = sequences.entry((stem.clone(), *kind)).or_default().next(*position);
        // A section numbered twice may carry on in the second what it began in the first.
        missing.start = missing.find(|own| !elsewhere.contains(&format!("{stem}{own}"))).unwrap_or(missing.end);
        sequences.insert((format!("{}.", number.id()), Kind::Number), Sequence::FROM_ONE);
        if !missing.is_empty() {
            let place = Place::clause(at, nth).then("number");
            let finding = findings.add(&RULE, place, skipped("clause", stem, *kind, missing));
            finding.provision(subject.clause_id(at, nth));
        }
    }
}

/// What a sequence counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Number,
    Letter,
    Roman,
    Other,
}

/// For each number the part that stays (`2.` of `2.4`, `Article-` of `Article-3`), the position that its last part counts,
/// and in what.
fn counted(ids: Vec<String>) -> Vec<(String, u32, Kind)> {
    let split = |id: &String| {
        let cut = id.rfind(['.', '-']).map_or(0, |at| at + 1);
        (id[..cut].to_owned(), id[cut..].to_owned())
    };
    let parts: Vec<(String, String)> = ids.iter().map(split).collect();
    // (i) is a roman numeral where one of several letters stands beside it, else the letter after (h).
    let is_roman = |stem: &str| {
        let beside = parts.iter().filter(|(other, _)| other == stem);
        beside.into_iter().any(|(_, last)| last.len() > 1 && roman(last).is_some())
    };
    let position = |stem: &str, last: &str| {
        if let Ok(number) = last.parse() {
            return (number, Kind::Number);
        }
        let mut letters = last.chars();
        match (roman(last), letters.next(), letters.next()) {
            (Some(number), ..) if is_roman(stem) => (number, Kind::Roman),
            (_, Some(letter), None) if letter.is_ascii_alphabetic() => {
                (u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1, Kind::Letter)
            }
            _ => (0, Kind::Other),
        }
    };
    let count = |(stem, last): &(String, String)| {
        let (position, kind) = position(stem, last);
        (stem.clone(), position, kind)
    };
    parts.iter().map(count).collect()
}

const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];

/// The value of a roman numeral up to twenty: longer lists of clauses are not numbered so.
fn roman(text: &str) -> Option<u32> {
    let at = ROMAN.iter().position(|numeral| numeral.eq_ignore_ascii_case(text))?;
    u32::try_from(at + 1).ok()
}

fn skipped(what: &str, stem: &str, kind: Kind, missing: Range<u32>) -> String {
    let number = |position: u32| match kind {
        Kind::Letter => {
            char::from_u32(u32::from('a') + position - 1).map_or_else(String::new, |c| format!("{stem}{c}"))
        }
        Kind::Roman => ROMAN.get(position as usize - 1).map_or_else(String::new, |numeral| format!("{stem}{numeral}")),
        _ => format!("{stem}{position}"),
    };
    let number = |position| number(position).replace('-', " ");
    if missing.len() == 1 {
        return format!("there is no {what} {}", number(missing.start));
    }
    format!("there are no {what}s {} to {}", number(missing.start), number(missing.end - 1))
}

fn check_lists(subject: &Subject<'_>, blocks: &[Block], at: (usize, usize), findings: &mut Findings) {
    for block in blocks {
        let Block::List(items) = block else { continue };
        let labels: Option<Vec<String>> = items.iter().map(|item| Some(item.label.as_ref()?.id())).collect();
        let mut sequence = Sequence::default();
        for (item, (_, position, kind)) in items.iter().zip(labels.map(counted).unwrap_or_default()) {
            let missing = if kind == Kind::Other { 0..0 } else { sequence.next(position) };
            if let (false, Some(label)) = (missing.is_empty(), &item.label) {
                let clause = subject.clause_id(at.0, at.1);
                let words = Text { blocks: item.blocks.clone() }.own_words();
                let first = words.split_whitespace().next().unwrap_or_default();
                let place = Place::clause(at.0, at.1).then("text").words(format!("{label} {first}"));
                let message = format!("a label is missing before {label} in the list of {clause}");
                findings.add(&RULE, place, message).provision(clause);
            }
        }
        for item in items {
            check_lists(subject, &item.blocks, at, findings);
        }
    }
}
