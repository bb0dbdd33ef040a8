//! All protocols of a kind side by side: each row what one or more councils say of one thing, each column a council.
//!
//! 1. A [`Corpus`] tells which provisions of which documents may be the same.
//! 2. `families`: the rows. `joining` has how they grow.
//! 3. `topics`: what the rows are grouped under. `order` has their order.
//! 4. `cells`: what each council says, beside the wording that is nearest to all.

mod cells;
mod families;
mod joining;
mod order;
mod topics;

use crate::compare::{Corpus, Evidence, Model, Place, Relation};
use crate::model::{Address, Edition, Provision, Status};

/// Protocols side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The documents.
    pub columns: Vec<Column>,
    /// The rows, by what they are about.
    pub topics: Vec<Topic>,
    /// The column that all are measured against, if one was chosen.
    pub model: Option<usize>,
}

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Where it stands.
    pub address: Option<Address>,
    /// What its council is called.
    pub council: String,
    /// Its title.
    pub title: String,
    /// Whether its council has adopted it.
    pub status: Status,
    /// Its provisions, in order.
    pub provisions: Vec<Provision>,
}

/// Rows that are about one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// What it is called; none where the documents have no headings.
    pub heading: Option<String>,
    /// The rows.
    pub families: Vec<Family>,
}

/// A row: provisions that say the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The provision that the others are measured against: the model's, else the one whose wording is nearest to all.
    pub base: Place,
    /// What each document says; none where it says nothing of it. In the order of the columns.
    pub cells: Vec<Option<Cell>>,
}

/// What a document says of something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its provisions, in order; never empty.
    pub members: Vec<Member>,
    /// How near the nearest of them comes to the base.
    pub relation: Relation,
    /// Whether it binds more or less than is usual.
    pub standing: Standing,
}

/// A provision in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its place in its document.
    pub provision: usize,
    /// Whether it belongs to another row and says this as well.
    pub is_guest: bool,
    /// How near its words come to those of the base.
    pub relation: Relation,
    /// Whether it binds more or less than is usual.
    pub standing: Standing,
    /// The words of the base, and its own, that show it.
    pub evidence: Vec<Evidence>,
    /// Why it is in the row; none where it is the only one there.
    pub because: Option<Because>,
}

/// Why a provision is in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Because {
    /// The provision of another document that it is likeliest the same as.
    pub nearest: Place,
    /// How likely that is, from 0 to 1.
    pub score: f32,
    /// The pass of the comparison that found it.
    pub pass: &'static str,
    /// How likely it is the same as the others of the row, on average.
    pub on_average: f32,
}

/// How much something binds, beside what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Less.
    Weaker,
    /// As much, or nothing shows otherwise.
    Usual,
    /// More.
    Stronger,
}

/// Lays documents side by side. `model` is the place of the one that all are measured against, if there is one.
pub fn matrix(editions: &[&Edition], model: Option<usize>) -> Matrix {
    let corpus = Corpus::new(editions);
    let correspondences = corpus.correspondences();
    let families = families::families(&corpus, &correspondences);
    let topics = topics::topics(editions, &corpus, &families);
    let mut rows: Vec<Option<Family>> =
        cells::rows(&corpus, &correspondences, &families, model).into_iter().map(Some).collect();
    let topic = |topic: topics::Topic| Topic {
        heading: topic.heading,
        families: topic.families.into_iter().filter_map(|at| rows[at].take()).collect(),
    };
    Matrix { topics: topics.into_iter().map(topic).collect(), columns: columns(editions, &corpus), model }
}

fn columns(editions: &[&Edition], corpus: &Corpus) -> Vec<Column> {
    let column = |(at, edition): (usize, &&Edition)| Column {
        address: edition.address.clone(),
        council: edition.council_name().unwrap_or_default().to_owned(),
        title: edition.protocol.title.clone(),
        status: edition.protocol.status,
        provisions: corpus.provisions(at).cloned().collect(),
    };
    editions.iter().enumerate().map(column).collect()
}

/// For the programs that fit the weights: the provisions that stand in one row by that model.
pub fn families_by(editions: &[&Edition], model: &Model) -> Vec<Vec<Place>> {
    let corpus = Corpus::new(editions).with_model(model);
    let families = families::families(&corpus, &corpus.correspondences());
    families.iter().map(families::Family::all).collect()
}
