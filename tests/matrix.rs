//! What stands in one row of a matrix, and what is said of it.

#![allow(clippy::disallowed_methods, reason = "tests set the scene on the disk")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use engross::compare::{Corpus, Place};
use engross::document::{self, MatrixTable};
use engross::matrix::{Matrix, matrix};
use engross::model::{Address, Edition};
use engross::render::matrix::{Style, csv, json, terminal};

/// A document of sections, each a heading, if it is not empty, and clauses.
fn edition(council: &str, sections: &[(&str, &[&str])]) -> Edition {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut toml = format!("title = \"Protocol\"\nstatus = \"adopted\"\ncouncil_as_printed = {}\n", quoted(council));
    for (at, (heading, clauses)) in sections.iter().enumerate() {
        toml.push_str(&format!("[[section]]\nnumber = \"{}\"\n", at + 1));
        if !heading.is_empty() {
            toml.push_str(&format!("heading = {}\n", quoted(heading)));
        }
        for (nth, clause) in clauses.iter().enumerate() {
            toml.push_str(&format!(
                "[[section.clause]]\nnumber = \"{}.{}\"\ntext = {}\n",
                at + 1,
                nth + 1,
                quoted(clause)
            ));
        }
    }
    let mut edition = support::edition(&toml);
    edition.address = Some(Address {
        council: council.to_lowercase().replace(' ', "-"),
        document: "protocol".to_owned(),
        version: "2024".to_owned(),
    });
    edition
}

fn table(editions: &[Edition], model: Option<usize>) -> MatrixTable {
    document::matrix(&matrix(&editions.iter().collect::<Vec<_>>(), model))
}

/// The numbers in each row, a column after the other, those that stand in another row in brackets.
fn rows(table: &MatrixTable) -> Vec<String> {
    let cell = |cell: &Option<document::MatrixCell>| {
        let members = cell.iter().flat_map(|cell| &cell.members);
        let numbers: Vec<String> = members
            .map(|member| if member.also { format!("({})", member.number) } else { member.number.clone() })
            .collect();
        if numbers.is_empty() { "-".to_owned() } else { numbers.join("+") }
    };
    table.rows().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ")).collect()
}

const RESPECT: &str = "Members must treat officers with respect and courtesy at all times.";
const PRESS: &str = "The Clerk speaks to the press on behalf of the Council.";
const LETTERS: &str = "Letters from residents are answered by the Clerk within ten working days.";
const KEYS: &str = "The keys of the pavilion are kept by the caretaker.";

fn three() -> Vec<Edition> {
    vec![
        edition("Aldbury Parish Council", &[("Conduct", &[RESPECT]), ("Publicity", &[PRESS, KEYS])]),
        edition("Birch Parish Council", &[("Publicity", &[PRESS]), ("Conduct", &[RESPECT, LETTERS])]),
        edition(
            "Crow Parish Council",
            &[
                ("Behaviour", &["Members should treat officers with respect and courtesy at all times."]),
                ("The press", &[PRESS, LETTERS]),
            ],
        ),
    ]
}

#[test]
fn what_says_the_same_stands_in_one_row_under_one_topic() {
    let table = table(&three(), None);
    let found: BTreeSet<String> = rows(&table).into_iter().collect();
    assert_eq!(found, ["1.1 2.1 1.1", "2.1 1.1 2.1", "2.2 - -", "- 2.2 2.2"].map(str::to_owned).into_iter().collect());
    let topics: Vec<(&str, usize)> =
        table.topics.iter().map(|topic| (topic.heading.as_deref().expect("headed"), topic.rows.len())).collect();
    assert_eq!(topics.len(), 2, "{topics:?}");
    assert!(topics.iter().any(|(heading, _)| *heading == "Publicity"), "{topics:?}");
}

#[test]
fn what_a_council_lacks_has_alone_and_binds_less_is_told() {
    let table = table(&three(), None);
    let row = |numbers: &str| {
        let all = rows(&table);
        all.iter().position(|row| row == numbers).map(|at| at + 1).unwrap_or_else(|| panic!("{numbers}: {all:?}"))
    };
    let (respect, keys, letters) = (row("1.1 2.1 1.1"), row("2.2 - -"), row("- 2.2 2.2"));
    let of = |at: usize| &table.columns[at];
    assert_eq!((of(0).lacks.clone(), of(0).only.clone()), (vec![letters], vec![keys]));
    // Nobody else has the keys: that is no gap of theirs.
    assert_eq!((of(1).lacks.clone(), of(2).lacks.clone()), (vec![], vec![]));
    assert_eq!((of(2).weaker.clone(), of(2).stronger.clone()), (vec![respect], vec![]));
    assert_eq!((of(0).weaker.len(), of(0).stronger.len(), of(1).weaker.len(), of(1).stronger.len()), (0, 0, 0, 0));
    let weaker = &table.rows().nth(respect - 1).expect("the row").cells[2].as_ref().expect("its cell").members[0];
    let shown: Vec<(Option<&str>, Option<&str>)> =
        weaker.evidence.iter().map(|evidence| (evidence.left.as_deref(), evidence.right.as_deref())).collect();
    assert!(shown.contains(&(Some("must"), Some("should"))), "{shown:?}");
    assert!(weaker.because.as_deref().is_some_and(|because| because.contains("Parish Council")), "{weaker:?}");
}

#[test]
fn against_a_model_its_words_are_the_measure() {
    let table = table(&three(), Some(2));
    let respect = table.rows().find(|row| row.cells.iter().all(Option::is_some) && row.name.contains("respect"));
    let respect = respect.expect("all have it");
    assert_eq!(respect.base, 2);
    // Two of three say "must": against the model that is more, however usual it is.
    assert_eq!(
        (table.columns[0].stronger.clone(), table.columns[1].stronger.clone()),
        (vec![respect.id], vec![respect.id])
    );
    assert_eq!(table.columns[2].weaker, Vec::<usize>::new());
    let keys = table.rows().find(|row| row.name == KEYS).expect("the keys").id;
    assert!(table.columns.iter().all(|column| !column.lacks.contains(&keys)), "the model has no keys");
}

fn five() -> Matrix {
    let editions = support::workspace().into_editions();
    matrix(&editions.iter().collect::<Vec<_>>(), None)
}

#[test]
fn every_provision_of_the_five_has_one_row_of_its_own() {
    let matrix = five();
    let mut own: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut guests = 0;
    for family in matrix.topics.iter().flat_map(|topic| &topic.families) {
        for (column, cell) in family.cells.iter().enumerate() {
            for member in cell.iter().flat_map(|cell| &cell.members) {
                guests += usize::from(member.is_guest);
                *own.entry((column, member.provision)).or_default() += usize::from(!member.is_guest);
            }
        }
    }
    let all: usize = matrix.columns.iter().map(|column| column.provisions.len()).sum();
    assert_eq!((own.len(), own.values().filter(|count| **count == 1).count()), (all, all));
    assert!(guests > 0, "long clauses say several things");
}

/// How likely the members of a row must be the same, on average, as docs/matrix.md has it.
const LEAST: f32 = 0.3;

#[test]
fn near_matches_make_no_chain() {
    let editions = support::workspace().into_editions();
    let editions: Vec<&Edition> = editions.iter().collect();
    let corpus = Corpus::new(&editions);
    let likely: BTreeMap<(Place, Place), f32> =
        corpus.correspondences().into_iter().map(|both| ((both.left, both.right), both.score)).collect();
    let mut larger = 0;
    for family in five().topics.iter().flat_map(|topic| &topic.families) {
        let members: Vec<Place> = family
            .cells
            .iter()
            .enumerate()
            .flat_map(|(document, cell)| {
                let own = cell.iter().flat_map(|cell| &cell.members).filter(|member| !member.is_guest);
                own.map(move |member| Place { document, provision: member.provision })
            })
            .collect();
        let pairs = members.iter().flat_map(|one| members.iter().map(move |other| (*one, *other)));
        let likelihoods: Vec<f32> = pairs
            .filter(|(one, other)| one.document < other.document)
            .map(|pair| likely.get(&pair).copied().unwrap_or(0.0))
            .collect();
        let mean = likelihoods.iter().sum::<f32>() / likelihoods.len().max(1) as f32;
        larger += usize::from(likelihoods.len() > 2);
        assert!(likelihoods.is_empty() || mean >= LEAST, "{mean}: {members:?}");
    }
    assert!(larger > 10, "{larger} rows of three councils or more");
}

#[test]
fn wordings_that_are_the_same_stand_in_one_row() {
    let table = document::matrix(&five());
    let texts = |at: usize| -> BTreeMap<String, Vec<usize>> {
        let mut texts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in table.rows() {
            for member in row.cells[at].iter().flat_map(|cell| &cell.members) {
                texts.entry(format!("{:?} {}", member.lead_in, member.text)).or_default().push(row.id);
            }
        }
        texts
    };
    let (battle, others) = (texts(0), [texts(1), texts(2), texts(3), texts(4)]);
    let mut same = 0;
    for (text, rows) in &battle {
        for theirs in others.iter().filter_map(|other| other.get(text)) {
            same += 1;
            assert!(theirs.iter().any(|row| rows.contains(row)), "{text}");
        }
    }
    assert!(same > 0, "some wordings are the same");
}

const BOOKINGS: [&str; 3] = [
    "A hirer of the village hall pays a deposit of fifty pounds when booking.",
    "The hall is left swept and the chairs are stacked against the wall.",
    "Music stops at eleven in the evening, for the sake of the neighbours.",
];
const GRAVES: [&str; 3] = [
    "A headstone in the cemetery stands no higher than one metre.",
    "Wreaths are taken from graves four weeks after the burial.",
    "Dogs, other than guide dogs, are not brought into the churchyard.",
];
const ALLOTMENTS: [&str; 3] = [
    "The rent of an allotment plot falls due on Lady Day.",
    "Bonfires on allotments are lit only between October and March.",
    "A tenant keeps no more than six hens and no cockerel.",
];

/// What few councils say, each beside clauses that others have.
const OF_FEW: [&str; 5] = [
    "Beehives are registered with the warden before the first of April.",
    "Fireworks on the recreation ground need the consent of the fire brigade.",
    "Fishing in the mill pond is for holders of a permit.",
    "Sandbags are issued from the depot when the river floods.",
    "The war memorial is cleaned by a mason every second summer.",
];

#[test]
fn what_three_of_a_hundred_councils_say_has_one_row() {
    // The three are alike in nothing else: it is not by the rest of their documents that they meet.
    let blocks = [BOOKINGS, GRAVES, ALLOTMENTS];
    let councils = |nth: usize| [10 + 3 * nth, 41 + 3 * nth, 72 + 3 * nth];
    assert_eq!(councils(0).map(|at| at % 3), [1, 2, 0]);
    let clauses = |at: usize| {
        let of_few = (0..OF_FEW.len()).filter(|nth| councils(*nth).contains(&at)).map(|nth| OF_FEW[nth]);
        blocks[at % 3].into_iter().chain(of_few).collect::<Vec<_>>()
    };
    let editions: Vec<Edition> =
        (0..100).map(|at| edition(&format!("Place {at} Parish Council"), &[("Rules", &clauses(at))])).collect();
    let mut found: Vec<(String, usize)> =
        table(&editions, None).rows().map(|row| (row.name.clone(), row.held_by)).collect();
    let of_block = |block: usize| blocks[block].map(|clause| (clause.to_owned(), [34, 33, 33][block]));
    let mut expected = (0..blocks.len()).flat_map(of_block).collect::<Vec<_>>();
    expected.extend(OF_FEW.map(|clause| (clause.to_owned(), 3)));
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

/// What the topics are called, and how many rows each has.
fn topics(editions: &[Edition]) -> Vec<(Option<String>, usize)> {
    table(editions, None).topics.into_iter().map(|topic| (topic.heading, topic.rows.len())).collect()
}

#[test]
fn a_document_without_headings_makes_no_topic_of_everything() {
    let parted =
        |council, of: [&str; 3]| edition(council, &[(of[0], &BOOKINGS), (of[1], &GRAVES), (of[2], &ALLOTMENTS)]);
    let all = [BOOKINGS, GRAVES, ALLOTMENTS].concat();
    let one = parted("Aldbury Parish Council", ["The hall", "The cemetery", "Allotments"]);
    let expected = ["The hall", "The cemetery", "Allotments"].map(|heading| (Some(heading.to_owned()), 3)).to_vec();
    for heading in ["", "Rules"] {
        let flat = edition("Birch Parish Council", &[(heading, &all)]);
        let two = parted("Crow Parish Council", ["Hiring", "Burials", "Plots"]);
        let found = topics(&[one.clone(), flat.clone(), two]);
        assert_eq!(found.iter().map(|(_, rows)| *rows).collect::<Vec<_>>(), [3, 3, 3], "{heading}: {found:?}");
        if heading.is_empty() {
            assert_eq!(topics(&[one.clone(), flat]), expected);
        }
    }
}

#[test]
fn what_no_heading_stands_over_goes_with_what_stands_before_it() {
    let one = edition("Aldbury Parish Council", &[("The hall", &BOOKINGS), ("The cemetery", &GRAVES)]);
    let flat = edition("Birch Parish Council", &[("", &[BOOKINGS[0], BOOKINGS[1], KEYS, GRAVES[0], GRAVES[1]])]);
    let table = table(&[one, flat.clone()], None);
    let hall = table.topics.iter().find(|topic| topic.heading.as_deref() == Some("The hall")).expect("a topic");
    assert!(hall.rows.iter().any(|row| row.name == KEYS), "{hall:?}");
    // And where there are no headings at all, there is one topic, which is called nothing.
    let parts = edition("Crow Parish Council", &[("", &BOOKINGS), ("", &GRAVES)]);
    assert_eq!(topics(&[flat, parts]).iter().map(|(heading, _)| heading.clone()).collect::<Vec<_>>(), [None]);
}

#[test]
fn it_is_the_same_each_time() {
    let show = |matrix: &Matrix| json(&document::matrix(matrix));
    assert_eq!(show(&five()), show(&five()));
}

#[test]
fn a_spreadsheet_gets_no_formula_and_every_row() {
    let clause = "=HYPERLINK(\"https://a.example\",\"Members\") must treat officers with respect, at all times.";
    let editions =
        [edition("=1+1", &[("Conduct", &[clause])]), edition("Birch Parish Council", &[("Conduct", &[RESPECT])])];
    let table = table(&editions, None);
    let text = csv(&table);
    // Excel takes it for UTF-8 by its first letter.
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records: Vec<::csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    assert_eq!(records.len(), 1 + table.rows().count());
    assert!(records.iter().flatten().all(|cell| !cell.starts_with('=')), "{text}");
    assert!(records.iter().flatten().any(|cell| cell.starts_with("'=HYPERLINK")), "{text}");
}

#[test]
fn a_terminal_gets_no_codes_of_the_documents() {
    let clause = "Members \u{1b}[31mmust\u{1b}[0m treat officers with respect at all times.";
    let editions =
        [edition("Aldbury\u{7}", &[("Con\u{1b}]0;x", &[clause])]), edition("Birch", &[("Conduct", &[RESPECT])])];
    let text = terminal(&table(&editions, None), Style { colour: false, width: 100 });
    assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    assert!(text.contains("Members"), "{text}");
}

#[test]
fn of_more_documents_than_there_is_room_for_each_row_lists_who_says_it() {
    let councils = (0..30).map(|at| edition(&format!("Council {at}"), &[("Conduct", &[RESPECT])]));
    let own = edition("Zeal", &[("Bees", &["The Clerk keeps bees behind the hall in summer."])]);
    let editions: Vec<Edition> = councils.chain([own]).collect();
    let text = terminal(&table(&editions, None), Style { colour: false, width: 80 });
    let bees = text.lines().skip_while(|line| !line.contains("keeps bees")).nth(1).expect("who says it");
    assert_eq!(bees.trim(), "AE 1.1; · 30");
    assert!(text.contains("AC =1.1; AD =1.1; · 1"), "{text}");
    let (_, rows) = text.split_once("\nConduct\n").expect("a topic");
    assert!(rows.lines().take_while(|line| !line.is_empty()).all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_model_is_not_measured_against_itself() {
    let text = terminal(&table(&three(), Some(2)), Style { colour: false, width: 100 });
    assert!(text.contains("Aldbury Parish Council lacks rows that the model has: "), "{text}");
    assert!(!text.contains("Crow Parish Council lacks"), "{text}");
    // What a long clause of the model says beside others of its own binds neither more nor less.
    let editions = support::workspace().into_editions();
    for model in 0..editions.len() {
        let column = table(&editions, Some(model)).columns.swap_remove(model);
        assert!(column.lacks.is_empty() && column.stronger.is_empty() && column.weaker.is_empty(), "{column:?}");
    }
}

#[test]
fn rows_follow_the_documents() {
    const OTHERS: [&str; 4] = [
        "The chairman opens each meeting at seven o'clock with the list of those who are absent.",
        "Minutes are signed once the next meeting has approved them as a true record.",
        "Questions from the public are taken before any business that is confidential.",
        "Votes are counted by show of hands unless two councillors ask for a ballot.",
    ];
    let [a, b, c, d] = OTHERS;
    // The third has one provision so late in a long document that its average would put it last.
    let long: Vec<&str> = [&[][..], &BOOKINGS, &GRAVES, &ALLOTMENTS, &[a, b, c, d]].concat();
    let editions = [
        edition("Aldbury Parish Council", &[("Meetings", &[a, b, c, d])]),
        edition("Birch Parish Council", &[("Meetings", &[a, KEYS, b, c, d])]),
        edition("Crow Parish Council", &[("Meetings", &long)]),
        edition("Dell Parish Council", &[("Meetings", &[b, c, d, PRESS])]),
    ];
    let names: Vec<String> = table(&editions, None).rows().map(|row| row.name.clone()).collect();
    let at = |clause: &str| names.iter().position(|name| name == clause).expect("a row");
    let expected = [a, KEYS, b, c, d, PRESS];
    assert!(expected.windows(2).all(|two| at(two[0]) < at(two[1])), "{names:#?}");
}
