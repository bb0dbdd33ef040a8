//! Comparing versions of one document: edits made by a generator, and a pair amended by hand.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

#[path = "support/edits/mod.rs"]
mod edits;
mod support;

use engross::compare::{Change, Comparison, Kind, Op, compare};
use engross::model::{Address, Clause, Edition, Number, Protocol, Text, Workspace};
use engross::{source::Source, store};

use edits::chance::Chance;
use edits::score::Score;
use edits::{Case, Draft, Plan, generated, pool};

fn edition(protocol: Protocol, version: &str) -> Edition {
    let address =
        Address { council: "council".to_owned(), document: "protocol".to_owned(), version: version.to_owned() };
    Edition {
        address: Some(address),
        council: None,
        logo: None,
        settings: Default::default(),
        protocol,
        source: Source::new("document.toml", ""),
    }
}

fn compared(left: &Protocol, right: &Protocol) -> Comparison {
    compare(&edition(left.clone(), "2023"), &edition(right.clone(), "2025"), &[])
}

/// The documents shipped, and those of the cases.
fn documents() -> Vec<(String, Protocol)> {
    let cases =
        store::load::workspace(&support::case("compare"), None, |_| (), || ()).expect("the cases are read").value;
    let named = |workspace: Workspace| {
        let documents = workspace.councils.into_iter().flat_map(|council| council.documents);
        documents
            .flat_map(|document| document.editions)
            .map(|edition| (edition.address.as_ref().map(ToString::to_string).unwrap_or_default(), edition.protocol))
    };
    let documents: Vec<_> = named(support::workspace()).chain(named(cases)).collect();
    assert!(documents.len() >= 12, "{} documents", documents.len());
    documents
}

/// The clauses of documents that are one plain paragraph.
fn strangers<'a>(documents: impl Iterator<Item = &'a Protocol>) -> Vec<Clause> {
    let clauses = documents.flat_map(|protocol| protocol.sections.iter().flat_map(|section| section.clauses.iter()));
    let fit = |clause: &&Clause| {
        clause.text.blocks.len() == 1 && edits::truth::count(clause) == 1 && clause.text.plain().split(' ').count() >= 8
    };
    clauses.filter(fit).filter(|clause| !clause.text.leads_in()).cloned().collect()
}

/// Never fewer than one edit, seldom many.
fn plan(chance: &mut Chance) -> Plan {
    let most = *chance.pick(&[1, 3, 8, 15, 25, 40]).expect("one");
    Plan { edits: chance.within(1..=most), renumber: chance.percent(60) }
}

fn case(documents: &[(String, Protocol)], at: usize, seed: u64) -> (String, Case) {
    let chance = &mut Chance::new(seed);
    let other = |(nth, _): &(usize, &(String, Protocol))| *nth != at;
    let strangers = strangers(documents.iter().enumerate().filter(other).map(|(_, (_, protocol))| protocol));
    let (name, left) = match documents.get(at) {
        Some((name, protocol)) => (name.clone(), protocol.clone()),
        None => ("generated".to_owned(), generated::protocol(chance.within(2..=11), &strangers, chance)),
    };
    let plan = plan(chance);
    let mut draft = Draft::new(&left);
    draft.edit(plan, &strangers, chance);
    (format!("{name} seed {seed} {plan:?}"), draft.finish(&left))
}

/// What holds of every comparison, whatever was edited.
fn assert_complete(name: &str, comparison: &Comparison) {
    for (at, provision) in comparison.left.iter().enumerate() {
        assert!(
            comparison.changes.iter().any(|change| change.left.contains(&at)),
            "{name}: {} is in no change",
            provision.id
        );
    }
    for (at, provision) in comparison.right.iter().enumerate() {
        assert!(
            comparison.changes.iter().any(|change| change.right.contains(&at)),
            "{name}: {} is in no change",
            provision.id
        );
    }
    for change in &comparison.changes {
        let joined = |provisions: &[engross::model::Provision], places: &[usize]| {
            places.iter().map(|at| provisions[*at].text.as_str()).collect::<Vec<_>>().join("\n")
        };
        let kept = |without: Op| {
            change.words.iter().filter(|words| words.op != without).map(|words| words.text.as_str()).collect::<String>()
        };
        assert_eq!(kept(Op::Insert), joined(&comparison.left, &change.left), "{name}: rejecting gives the left side");
        assert_eq!(
            kept(Op::Delete),
            joined(&comparison.right, &change.right),
            "{name}: accepting gives the right side"
        );
        assert_eq!(change.aspects.first(), Some(&change.kind), "{name}: the kind is the weightiest aspect");
        assert!(change.aspects.is_sorted_by(|a, b| a > b), "{name}: {:?}", change.aspects);
    }
}

fn score(seeds: std::ops::Range<u64>) -> Score {
    let documents = documents();
    let mut score = Score::default();
    for seed in seeds {
        // Half of them are generated.
        let count = u64::try_from(documents.len()).expect("few");
        let at = if seed % 2 == 0 { usize::try_from(seed / 2 % count).expect("few") } else { documents.len() };
        let (name, case) = case(&documents, at, seed);
        let comparison = compared(&case.left, &case.right);
        assert_complete(&name, &comparison);
        assert!(comparison.versions, "{name}");
        score.add(&name, &comparison, &case.fates);
    }
    println!("{}", score.table());
    score
}

fn assert_bars(score: &Score) {
    for line in score.disturbed.iter().chain(&score.wrong) {
        println!("{line}");
    }
    assert!(score.f1() >= 0.99, "correspondence: F1 {:.4}", score.f1());
    assert!(score.kinds_right() >= 0.95, "kinds of edited provisions: {:.4} right", score.kinds_right());
    assert!(
        score.disturbed.is_empty(),
        "{} provisions that nobody edited are said to have changed",
        score.disturbed.len()
    );
}

#[test]
fn edits_are_told_for_what_they_are() {
    assert_bars(&score(0..40));
}

#[test]
#[ignore = "takes minutes without optimisation: run it with `cargo test --release -- --ignored`"]
fn thousands_of_edits_are_told_for_what_they_are() {
    assert_bars(&score(1000..4000));
}

/// A correspondence as labelled by hand: `tests/cases/compare/versions.jsonl`.
#[derive(serde::Deserialize)]
struct Labelled {
    left: String,
    right: String,
    kind: Kind,
    /// Which side binds more; several where people say both.
    strength: Vec<String>,
}

/// Whether a change is of those two provisions, by their ids.
fn is_of(comparison: &Comparison, change: &Change, left: &str, right: &str) -> bool {
    change.left.iter().any(|at| comparison.left[*at].id == left)
        && change.right.iter().any(|at| comparison.right[*at].id == right)
}

#[test]
fn standing_orders_amended_by_hand_are_told_as_people_tell_them() {
    let documents = documents();
    let version = |version: &str| {
        let address = format!("cranbrook-st-mary/standing-orders@{version}");
        &documents.iter().find(|(name, _)| *name == address).expect("the standing orders").1
    };
    let comparison = compared(version("2023-05-15"), version("2025-05-12"));
    assert_complete("standing orders", &comparison);
    let labels = std::fs::read_to_string(support::case("compare/versions.jsonl")).expect("the labels");
    let labels: Vec<Labelled> = labels.lines().map(|line| serde_json::from_str(line).expect("a label")).collect();
    let pairs = comparison.changes.iter().map(|change| change.left.len() * change.right.len()).sum::<usize>();
    let (mut found, mut kinds) = (0, 0);
    for label in &labels {
        let change = comparison.changes.iter().find(|change| is_of(&comparison, change, &label.left, &label.right));
        found += usize::from(change.is_some());
        let right = change.is_some_and(|change| change.kind == label.kind);
        kinds += usize::from(right);
        let strength = change.map(|change| serde_json::to_value(change.strength).expect("a word"));
        let is_of_other_side = |of: &str, other: &str| {
            strength.as_ref().is_some_and(|strength| strength == of) && label.strength.iter().any(|side| side == other)
        };
        let turned = is_of_other_side("left", "right") || is_of_other_side("right", "left");
        assert!(!turned, "{} and {}: the wrong way round, {change:#?}", label.left, label.right);
        if !right {
            let said = change.map(|change| (&change.aspects, &change.evidence));
            println!("{} and {}: labelled {}, found {said:?}", label.left, label.right, label.kind.name());
        }
    }
    let share = |part: usize, of: usize| {
        f64::from(u32::try_from(part).expect("few")) / f64::from(u32::try_from(of).expect("few"))
    };
    let f1 = share(2 * found, pairs + labels.len());
    println!(
        "standing orders: F1 {f1:.3} ({found} of {} found, {pairs} reported); {kinds} kinds as labelled",
        labels.len()
    );
    assert!(f1 >= 0.97, "correspondence: {f1:.3}");
    assert!(share(kinds, labels.len()) >= 0.8, "{kinds} kinds of {}", labels.len());
}

/// A document of that many sections of ten clauses, no two clauses alike.
fn long(sections: usize) -> Protocol {
    let subjects = [
        "allotment",
        "cemetery",
        "pavilion",
        "footpath",
        "library",
        "market",
        "playground",
        "common",
        "hall",
        "garden",
        "pond",
    ];
    let clause = |section: usize, nth: usize| {
        let pool = pool::CLAUSES[(section * 7 + nth * 13) % pool::CLAUSES.len()];
        let (subject, other) = (subjects[section % subjects.len()], subjects[(section / 11 + nth) % subjects.len()]);
        let text = format!("At {subject} {section} beside the {other}, case {nth}: {pool}");
        Clause {
            number: Some(Number::new(&format!("{section}.{nth}"))),
            text: Text::paragraph(text),
            ..Clause::default()
        }
    };
    let section = |at: usize| engross::model::Section {
        number: Some(Number::new(&format!("{at}."))),
        heading: Some(format!("Part {at}")),
        clauses: (1..=10).map(|nth| clause(at, nth)).collect(),
        ..Default::default()
    };
    generated::of_sections((1..=sections).map(section).collect())
}

/// Every clause with a word more.
fn with_a_word_more(protocol: &Protocol) -> Protocol {
    let mut edited = protocol.clone();
    for clause in edited.sections.iter_mut().flat_map(|section| &mut section.clauses) {
        clause.text = Text::paragraph(clause.text.plain().replacen(':', " today:", 1));
    }
    edited
}

#[test]
fn a_clause_at_the_top_is_one_addition_and_quiet_renumberings() {
    for (name, left) in documents() {
        let mut draft = Draft::new(&left);
        let clause = Clause { text: Text::paragraph(pool::CLAUSES[5]), ..Clause::default() };
        let first = left
            .sections
            .iter()
            .position(|section| section.clauses.iter().any(|clause| clause.number().is_some()))
            .expect("a numbered section");
        draft.insert_at(first, 0, clause);
        draft.edit(Plan { edits: 0, renumber: true }, &[], &mut Chance::new(1));
        let case = draft.finish(&left);
        let comparison = compared(&case.left, &case.right);
        let count = |kinds: &[Kind]| comparison.changes.iter().filter(|change| kinds.contains(&change.kind)).count();
        assert_eq!(count(&[Kind::Added]), 1, "{name}");
        assert_eq!(count(&[Kind::Unchanged, Kind::Renumbered]), comparison.left.len(), "{name}");
        assert_eq!(comparison.changes.len(), comparison.left.len() + 1, "{name}");
    }
}

#[test]
fn a_document_beside_itself_is_unchanged() {
    for (name, protocol) in documents() {
        let comparison = compared(&protocol, &protocol);
        let changed: Vec<_> = comparison.changes.iter().filter(|change| change.aspects != [Kind::Unchanged]).collect();
        assert!(changed.is_empty(), "{name}: {changed:?}");
        assert!(comparison.headings.is_empty() && comparison.facts.is_empty(), "{name}");
        assert_eq!(comparison.changes.len(), comparison.left.len(), "{name}");
    }
}

#[test]
fn documents_of_one_clause_or_none_are_compared() {
    let empty = generated::of_sections(Vec::new());
    let mut one = long(1);
    one.sections[0].clauses.truncate(1);
    let kinds = |left: &Protocol, right: &Protocol| -> Vec<Kind> {
        let comparison = compared(left, right);
        assert_complete("one clause or none", &comparison);
        comparison.changes.iter().map(|change| change.kind).collect()
    };
    assert_eq!(kinds(&empty, &empty), []);
    assert_eq!(kinds(&empty, &one), [Kind::Added]);
    assert_eq!(kinds(&one, &empty), [Kind::Removed]);
    assert_eq!(kinds(&one, &one), [Kind::Unchanged]);
    assert_eq!(kinds(&one, &with_a_word_more(&one)), [Kind::Reworded]);
}

#[test]
fn a_complaints_procedure_beside_standing_orders_has_little_in_common() {
    let documents = documents();
    let named = |address: &str| &documents.iter().find(|(name, _)| name == address).expect("a document").1;
    let complaints = named("harrowmere/complaints@2022-05-16");
    let orders = named("cranbrook-st-mary/standing-orders@2025-05-12");
    let links = |comparison: &Comparison| {
        assert_complete("complaints and standing orders", comparison);
        comparison.changes.iter().filter(|change| !change.left.is_empty() && !change.right.is_empty()).count()
    };
    let elsewhere = |protocol: &Protocol| Edition { address: None, ..edition(protocol.clone(), "2023") };
    let as_versions = links(&compared(complaints, orders));
    let as_others = compare(&elsewhere(complaints), &elsewhere(orders), &[]);
    println!(
        "a complaints procedure of {} and standing orders of {} provisions: {as_versions} links as versions, {} as two documents",
        as_others.left.len(),
        as_others.right.len(),
        links(&as_others),
    );
    assert!(!as_others.versions);
    assert!(as_versions * 5 < as_others.left.len(), "{as_versions} links");
}

#[test]
fn renamed_headings_are_reported_and_disturb_nothing() {
    for (name, left) in documents() {
        let mut right = left.clone();
        let titled: Vec<usize> = (0..left.sections.len()).filter(|at| left.sections[*at].heading.is_some()).collect();
        for at in titled.iter().step_by(2) {
            right.sections[*at].heading = Some(format!("Concerning {}", pool::HEADINGS[at % pool::HEADINGS.len()]));
        }
        let comparison = compared(&left, &right);
        assert!(comparison.changes.iter().all(|change| change.kind == Kind::Unchanged), "{name}");
        assert!(
            comparison.headings.iter().all(|change| change.kind == Kind::Reworded),
            "{name}: {:?}",
            comparison.headings
        );
        assert_eq!(comparison.headings.len(), titled.len().div_ceil(2), "{name}");
    }
}

#[test]
#[ignore = "seconds with optimisation, minutes without"]
fn five_thousand_clauses_are_compared_in_seconds() {
    let left = long(500);
    let count =
        |comparison: &Comparison, kind: Kind| comparison.changes.iter().filter(|change| change.kind == kind).count();
    assert_eq!(count(&compared(&left, &left), Kind::Unchanged), 5000);
    let all = compared(&left, &with_a_word_more(&left));
    assert_eq!(count(&all, Kind::Reworded), 5000);
    let mut draft = Draft::new(&left);
    draft.edit(Plan { edits: 1000, renumber: true }, &[], &mut Chance::new(7));
    let case = draft.finish(&left);
    let mut score = Score::default();
    score.add("5000 clauses", &compared(&case.left, &case.right), &case.fates);
    println!("{}", score.table());
    assert!(score.f1() >= 0.99, "correspondence: F1 {:.4}", score.f1());
}

/// The Word file of the changes says the new version when all are accepted, the old one when all are rejected.
#[test]
fn tracked_changes_lead_to_both_versions() {
    use engross::render::difference::{Author, to_docx};
    use support::word::Words;

    let documents = documents();
    let author = Author { name: "Clerk".to_owned(), date: jiff::civil::date(2026, 11, 22) };
    for seed in 0..60 {
        let (name, case) = case(&documents, seed as usize % (documents.len() + 1), seed);
        let (left, right) = (edition(case.left, "2023"), edition(case.right, "2025"));
        let file = |left: &Edition, right: &Edition| {
            to_docx(&compare(left, right, &[]), (left, right), &author, support::templates()).expect("rendered")
        };
        let tracked = file(&left, &right);
        // A version compared with itself has nothing to accept.
        assert_eq!(Words::of(&tracked, true), Words::of(&file(&right, &right), true), "accepted: {name}");
        assert_eq!(Words::of(&tracked, false), Words::of(&file(&left, &left), true), "rejected: {name}");
    }
}
