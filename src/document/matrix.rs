//! A matrix as it is shown: every cell with its words, and what each council has and lacks.

use serde::Serialize;

use crate::compare::{Evidence, Place, Relation, Words, redline};
use crate::matrix::{Cell, Column, Family, Matrix, Member, Standing};
use crate::model::{Provision, Status};

use super::number;

/// A matrix, ready to be shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixTable {
    /// What it is of: the title most of the documents have.
    pub title: String,
    /// The documents.
    pub columns: Vec<MatrixColumn>,
    /// The place of the column that all are measured against, if one was chosen.
    pub model: Option<usize>,
    /// The rows, by what they are about.
    pub topics: Vec<MatrixTopic>,
}

/// A document, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixColumn {
    /// What the column is called: by its council, and by more where that would not tell it from another.
    pub name: String,
    /// What its council is called.
    pub council: String,
    /// Its title.
    pub title: String,
    /// Its address, if it stands in a workspace.
    pub address: Option<String>,
    /// Whether its council has adopted it.
    pub status: Status,
    /// What its heading says besides, of a version that is not in force.
    pub caution: Option<String>,
    /// How many provisions it has.
    pub provisions: usize,
    /// The ids of the rows that it lacks and most have, or the model has.
    pub lacks: Vec<usize>,
    /// Those of the rows that only it has.
    pub only: Vec<usize>,
    /// Those in which it binds more than is usual, or than the model.
    pub stronger: Vec<usize>,
    /// Those in which it binds less.
    pub weaker: Vec<usize>,
}

/// Rows about one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixTopic {
    /// What it is called.
    pub heading: Option<String>,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// Provisions that say the same thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixRow {
    /// Its number, from 1.
    pub id: usize,
    /// The words of the provision that the others are measured against.
    pub name: String,
    /// The words that these complete.
    pub lead_in: Option<String>,
    /// The column of that provision.
    pub base: usize,
    /// How many documents have it.
    pub held_by: usize,
    /// What each document says, in the order of the columns; none where it says nothing of it.
    pub cells: Vec<Option<MatrixCell>>,
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixCell {
    /// How near it comes to the base.
    pub relation: Relation,
    /// Whether it binds more or less than is usual, or than the model.
    pub standing: Standing,
    /// Its provisions.
    pub members: Vec<MatrixMember>,
}

/// A provision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixMember {
    /// Its id in its document, `2.7` or `3.1/4`.
    pub id: String,
    /// How it is called: its id, in which an unnumbered paragraph has a sign in place of its section's name.
    pub number: String,
    /// The clause it is of, counted from 0 through the whole document.
    pub clause: usize,
    /// Whether it is the one that the others are measured against.
    pub is_base: bool,
    /// Whether it has its place in another row, and says this as well.
    pub also: bool,
    /// How near it comes to the base.
    pub relation: Relation,
    /// Whether it binds more or less.
    pub standing: Standing,
    /// The words it completes.
    pub lead_in: Option<String>,
    /// Its words.
    pub text: String,
    /// The words of the base turned into its own; none of the base itself.
    pub words: Vec<Words>,
    /// What shows how much it binds: the base on the left, it on the right.
    pub evidence: Vec<Evidence>,
    /// Why it is in the row, as a sentence.
    pub because: Option<String>,
}

/// The matrix as it is shown.
pub fn matrix(matrix: &Matrix) -> MatrixTable {
    let names = names(&matrix.columns);
    let mut id = 0;
    let mut topics = Vec::new();
    for topic in &matrix.topics {
        let rows = topic.families.iter().map(|family| {
            id += 1;
            row(matrix, &names, family, id)
        });
        topics.push(MatrixTopic { heading: topic.heading.clone(), rows: rows.collect() });
    }
    let columns = names.into_iter().enumerate().map(|(at, name)| column(matrix, at, name, &topics)).collect();
    let titles: Vec<&str> = matrix.columns.iter().map(|column| column.title.as_str()).collect();
    MatrixTable { title: usual_title(&titles), columns, model: matrix.model, topics }
}

/// The title that most documents have, but for case; the first of those.
pub fn usual_title(titles: &[&str]) -> String {
    let alike = |title: &str| titles.iter().filter(|other| bare(other) == bare(title)).count();
    let mut counted: Vec<(usize, &str)> = titles.iter().map(|title| (alike(title), *title)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted.first().map(|(_, title)| (*title).to_owned()).unwrap_or_default()
}

fn bare(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl MatrixTable {
    /// All rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = &MatrixRow> {
        self.topics.iter().flat_map(|topic| &topic.rows)
    }
}

fn row(matrix: &Matrix, names: &[String], family: &Family, id: usize) -> MatrixRow {
    let base = provision(matrix, family.base);
    let shown = |(at, cell): (usize, &Option<Cell>)| Some(shown(matrix, names, family, at, cell.as_ref()?));
    let cells: Vec<Option<MatrixCell>> = family.cells.iter().enumerate().map(shown).collect();
    MatrixRow {
        id,
        name: base.text.clone(),
        lead_in: base.lead_in.clone(),
        base: family.base.document,
        held_by: cells.iter().flatten().count(),
        cells,
    }
}

/// What the columns are called: each by its council; where several have that name, or none has one, all of them by what tells them
/// apart, which is their titles, or else their addresses, or else their places.
fn names(columns: &[Column]) -> Vec<String> {
    let council = |column: &Column| column.council.trim().to_owned();
    let titled = |column: &Column| (council(column), column.title.trim().to_owned());
    let alone = |column: &Column| columns.iter().filter(|other| titled(other) == titled(column)).count() == 1;
    let name = |column: &Column| {
        let mut alike = columns.iter().filter(|other| council(other) == council(column));
        let by_title = !column.title.trim().is_empty() && alike.clone().all(alone);
        let document = match &column.address {
            Some(address) if !by_title => address.to_string(),
            _ => column.title.trim().to_owned(),
        };
        match council(column) {
            council if council.is_empty() => document,
            council if alike.nth(1).is_none() => council,
            council => format!("{council} ({document})"),
        }
    };
    let names: Vec<String> = columns.iter().map(name).collect();
    let numbered = names.iter().enumerate().map(|(at, name)| {
        let alike = names.iter().filter(|other| *other == name).count();
        if alike == 1 { name.clone() } else { format!("{name} ({})", at + 1) }
    });
    numbered.collect()
}

fn provision(matrix: &Matrix, place: Place) -> &Provision {
    &matrix.columns[place.document].provisions[place.provision]
}

fn shown(matrix: &Matrix, names: &[String], family: &Family, document: usize, cell: &Cell) -> MatrixCell {
    let members = cell.members.iter().map(|member| member_shown(matrix, names, family, document, member)).collect();
    MatrixCell { relation: cell.relation, standing: cell.standing, members }
}

fn member_shown(matrix: &Matrix, names: &[String], family: &Family, document: usize, member: &Member) -> MatrixMember {
    let place = Place { document, provision: member.provision };
    let (base, own) = (provision(matrix, family.base), provision(matrix, place));
    let is_base = place == family.base;
    MatrixMember {
        id: own.id.clone(),
        number: number(own),
        clause: clause(matrix, place),
        is_base,
        also: member.is_guest,
        relation: member.relation,
        standing: member.standing,
        lead_in: own.lead_in.clone(),
        text: own.text.clone(),
        words: if is_base { Vec::new() } else { redline(&base.text, &own.text) },
        evidence: member.evidence.clone(),
        because: member.because.map(|because| {
            format!(
                "Nearest to {} of {}: {} sure that both say the same, found by {}; {} sure of all in this row, on average",
                number(provision(matrix, because.nearest)),
                names[because.nearest.document],
                percent(because.score),
                because.pass,
                percent(because.on_average),
            )
        }),
    }
}

/// The place of a provision's clause among all of its document.
fn clause(matrix: &Matrix, place: Place) -> usize {
    let provisions = &matrix.columns[place.document].provisions;
    let before = provisions[..=place.provision].windows(2);
    before.filter(|two| (two[0].section, two[0].clause) != (two[1].section, two[1].clause)).count()
}

fn percent(likelihood: f32) -> String {
    format!("{:.0} %", likelihood * 100.0)
}

/// What is to be said of a document: `lacks` what more than half of the others have, in a matrix of three or more.
fn column(matrix: &Matrix, at: usize, name: String, topics: &[MatrixTopic]) -> MatrixColumn {
    let column = &matrix.columns[at];
    let rows = || topics.iter().flat_map(|topic| &topic.rows);
    let ids = |wanted: &dyn Fn(&MatrixRow) -> bool| rows().filter(|row| wanted(row)).map(|row| row.id).collect();
    let others = matrix.columns.len() - 1;
    let expected = |row: &MatrixRow| match matrix.model {
        Some(model) => row.cells[model].is_some(),
        None => others >= 2 && row.held_by * 2 > others,
    };
    let stands =
        |row: &MatrixRow, standing: Standing| row.cells[at].as_ref().is_some_and(|cell| cell.standing == standing);
    MatrixColumn {
        name,
        council: column.council.clone(),
        title: column.title.clone(),
        address: column.address.as_ref().map(ToString::to_string),
        status: column.status,
        caution: column.status.caution().map(str::to_owned),
        provisions: column.provisions.len(),
        lacks: ids(&|row| row.cells[at].is_none() && expected(row)),
        only: ids(&|row| row.cells[at].is_some() && row.held_by == 1),
        stronger: ids(&|row| stands(row, Standing::Stronger)),
        weaker: ids(&|row| stands(row, Standing::Weaker)),
    }
}
