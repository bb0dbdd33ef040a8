//! Fits the weights with which `engross diff` judges whether two provisions are the same, and says how well it does.
//!
//!     cargo run --release --example fit -- evaluate     the tables of docs/comparing.md
//!     cargo run --release --example fit -- families     the table of families there
//!     cargo run --release --example fit -- write        src/compare/likeness/weights.toml
//!
//! Labelled pairs stand in `tests/cases/compare/labels`; in `unrelated`, pairs of documents of different kinds, in which nothing
//! is to be found. Those of `held-out` are only ever evaluated on.

#![allow(clippy::disallowed_methods, reason = "a program for whoever works on engross writes its data files")]

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use engross::compare::Model;
use engross::compare::fitting::{CONTEXT, Example, Examples, SIGNALS, Signal, Speaks, Weights};
use engross::matrix::families_by;
use engross::model::Edition;
use engross::store::load;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Label {
    left: String,
    right: String,
    agreed: bool,
}

/// Two documents and their labels.
struct Labelled {
    names: (String, String),
    labels: Vec<Label>,
    /// The pairs, with other protocols to ask and without any: not every council has others like it in its workspace.
    pairs: Mutex<[Examples; 2]>,
}

/// The councils whose adopted documents are the project's own.
const FIVE: [&str; 5] = ["kings-hill", "battle", "kingsthorpe", "swanscombe-and-greenhithe", "thanet"];

type Documents = BTreeMap<String, Edition>;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = root.join("tests/cases/compare");
    let mut documents = documents(root);
    documents.extend(self::documents(&cases));
    let mut known = labelled(&cases.join("labels"), &documents);
    known.extend(labelled(&cases.join("unrelated"), &documents));
    match std::env::args().nth(1).as_deref() {
        Some("evaluate") => evaluate(&known, &labelled(&cases.join("held-out"), &documents)),
        Some("families") => {
            evaluate_families(&known, &labelled(&cases.join("held-out"), &documents), &documents);
        }
        Some("write") => {
            let all: Vec<&Labelled> = known.iter().collect();
            let path = root.join("src/compare/likeness/weights.toml");
            std::fs::write(&path, written(&fit(&all))).expect("weights.toml can be written");
            println!("wrote {}", path.display());
        }
        _ => println!("say what to do: evaluate, families, or write"),
    }
}

/// The versions in force, by `council` for member-officer protocols, else by `council.document`.
fn documents(root: &Path) -> Documents {
    let loaded = load::workspace(root, None, |_| (), || ()).expect("the sources are sound");
    let mut documents = Documents::new();
    for edition in loaded.value.into_editions() {
        let address = edition.address.clone().expect("it stands in a workspace");
        let name = if address.document == "member-officer" {
            address.council
        } else {
            format!("{}.{}", address.council, address.document)
        };
        // Of several versions the latest, which comes last.
        documents.insert(name, edition);
    }
    documents
}

fn labelled(folder: &Path, documents: &Documents) -> Vec<Labelled> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let (left, right) = stem.split_once("__").expect("two names");
        let text = std::fs::read_to_string(path).expect("readable");
        let labels = text.lines().map(|line| serde_json::from_str(line).expect("a label")).collect();
        let others: Vec<&Edition> = documents
            .iter()
            .filter(|(name, _)| FIVE.contains(&name.as_str()) && *name != left && *name != right && !left.contains('.'))
            .map(|(_, edition)| edition)
            .collect();
        let (l, r) = (&documents[left], &documents[right]);
        Labelled {
            names: (left.to_owned(), right.to_owned()),
            labels,
            pairs: Mutex::new([Examples::new(l, r, &others), Examples::new(l, r, &[])]),
        }
    };
    files.iter().map(read).collect()
}

impl Labelled {
    fn has(&self, name: &str) -> bool {
        self.names.0 == name || self.names.1 == name
    }

    fn is_same(&self, example: &Example) -> bool {
        self.labels.iter().any(|label| label.left == example.left && label.right == example.right)
    }

    /// Pairs of councils made up for this count less: one hand labelled them.
    fn weight(&self) -> f64 {
        let made_up = |name: &str| ["aldermere", "penfold"].contains(&name) || name.contains('.');
        if made_up(&self.names.0) || made_up(&self.names.1) { MADE_UP } else { 1.0 }
    }
}

/// What a pair with a made-up document counts beside one of adopted documents.
const MADE_UP: f64 = 0.3;

/// How strongly weights are held towards nothing, so that few labels do not lead far astray.
const RESTRAINT: f64 = 8.0;

fn fit(known: &[&Labelled]) -> Model {
    let blank = Model {
        alone: Weights { base: 0.0, weights: [0.0; SIGNALS.len()] },
        in_context: Weights { base: 0.0, weights: [0.0; CONTEXT.len()] },
    };
    let gather = |model: &Model, alone: bool| -> Vec<(Vec<f64>, bool, f64)> {
        let mirrors = if alone { mirrors(&SIGNALS) } else { mirrors(&CONTEXT) };
        let rows = |labelled: &&Labelled| {
            let mut pairs = labelled.pairs.lock().expect("no fit has failed");
            let mut seen = vec![pairs[0].judged(model)];
            if !alone {
                seen.push(pairs[1].judged(model));
            }
            let row = |example: &Example| {
                let values: &[f32] = if alone { &example.alone } else { &example.context };
                let values: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
                let mirrored = mirrors.iter().map(|at| values[*at]).collect();
                let same = labelled.is_same(example);
                [(values, same, labelled.weight() / 2.0), (mirrored, same, labelled.weight() / 2.0)]
            };
            seen.iter().flatten().flat_map(row).collect::<Vec<_>>()
        };
        known.par_iter().flat_map_iter(rows).collect()
    };
    let alone = logistic(&gather(&blank, true), &SIGNALS);
    let half = Model { alone, in_context: blank.in_context };
    let in_context = logistic(&gather(&half, false), &CONTEXT);
    Model { in_context, ..half }
}

/// For each signal, the place of the one that is it with left and right exchanged: which side is which means nothing.
fn mirrors(signals: &[Signal]) -> Vec<usize> {
    let mirrored = |signal: &Signal| {
        let other = if signal.name.contains("left") {
            signal.name.replace("left", "right")
        } else {
            signal.name.replace("right", "left")
        };
        signals.iter().position(|known| known.name == other).expect("a left signal has a right one")
    };
    signals.iter().map(mirrored).collect()
}

/// Logistic regression with a restraint on the weights, on signals brought to one scale, by accelerated descent. No weight
/// may say the opposite of what its signal speaks for.
fn logistic<const N: usize>(rows: &[(Vec<f64>, bool, f64)], signals: &[Signal; N]) -> Weights<N> {
    let total: f64 = rows.iter().map(|row| row.2).sum();
    let mean: Vec<f64> = (0..N).map(|at| rows.iter().map(|row| row.0[at] * row.2).sum::<f64>() / total).collect();
    let spread: Vec<f64> = (0..N)
        .map(|at| (rows.iter().map(|row| (row.0[at] - mean[at]).powi(2) * row.2).sum::<f64>() / total).sqrt().max(1e-6))
        .collect();
    let scaled: Vec<Vec<f64>> =
        rows.iter().map(|row| (0..N).map(|at| (row.0[at] - mean[at]) / spread[at]).collect()).collect();
    let mut weights = vec![0.0; N + 1];
    let mut ahead = weights.clone();
    let (mut momentum, step) = (1.0_f64, 4.0 / (N as f64 + 1.0));
    for _ in 0..1500 {
        let mut slope = vec![0.0; N + 1];
        for (row, values) in rows.iter().zip(&scaled) {
            let sum: f64 = ahead[N] + values.iter().zip(&ahead).map(|(value, weight)| value * weight).sum::<f64>();
            let off = (1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(row.1))) * row.2;
            for (at, value) in values.iter().enumerate() {
                slope[at] += off * value;
            }
            slope[N] += off;
        }
        for at in 0..N {
            slope[at] += RESTRAINT * ahead[at];
        }
        let mut next: Vec<f64> =
            ahead.iter().zip(&slope).map(|(weight, slope)| weight - step * slope / total).collect();
        for (weight, signal) in next.iter_mut().zip(signals) {
            *weight = if signal.speaks == Speaks::For { weight.max(0.0) } else { weight.min(0.0) };
        }
        let faster = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
        ahead = next.iter().zip(&weights).map(|(new, old)| new + (momentum - 1.0) / faster * (new - old)).collect();
        (weights, momentum) = (next, faster);
    }
    let unscaled: Vec<f64> = (0..N).map(|at| weights[at] / spread[at]).collect();
    let base = weights[N] - unscaled.iter().zip(&mean).map(|(weight, mean)| weight * mean).sum::<f64>();
    Weights { base: base as f32, weights: std::array::from_fn(|at| unscaled[at] as f32) }
}

fn written(model: &Model) -> String {
    fn table<const N: usize>(name: &str, signals: &[Signal; N], weights: &Weights<N>) -> String {
        let mut text = format!("\n[{name}]\nbase = {:.4}\n\n[{name}.weights]\n", weights.base);
        for (signal, weight) in signals.iter().zip(&weights.weights) {
            let _ = writeln!(text, "{} = {weight:.4}", signal.name);
        }
        text
    }
    format!(
        "# Made by `cargo run --release --example fit -- write`: do not edit.\n{}{}",
        table("alone", &SIGNALS, &model.alone),
        table("in_context", &CONTEXT, &model.in_context)
    )
}

/// Precision, recall, F1 and the share of rows that are right, of what a comparison would report. A pair that one of two
/// readers labelled is right; to be found are those that both did. A row is right if a provision is reported with a right
/// counterpart, or with none and has none.
fn score(labelled: &Labelled, model: &Model) -> [f64; 4] {
    let found = labelled.pairs.lock().expect("no fit has failed")[0].reported(model).into_iter().collect();
    score_of(labelled, &found)
}

fn score_of(labelled: &Labelled, found: &HashSet<(String, String)>) -> [f64; 4] {
    let pairs = labelled.pairs.lock().expect("no fit has failed");
    let pair = |label: &Label| (label.left.clone(), label.right.clone());
    let all: HashSet<_> = labelled.labels.iter().map(pair).collect();
    let agreed: HashSet<_> = labelled.labels.iter().filter(|label| label.agreed).map(pair).collect();
    let precision = found.intersection(&all).count() as f64 / found.len().max(1) as f64;
    let recall = found.intersection(&agreed).count() as f64 / agreed.len().max(1) as f64;
    let [lefts, rights] = pairs[0].ids();
    let right_row = |of: fn(&(String, String)) -> &String, id: &String| {
        let has = |pairs: &HashSet<(String, String)>| pairs.iter().any(|pair| of(pair) == id);
        found.intersection(&all).any(|pair| of(pair) == id) || !has(found) && !has(&agreed)
    };
    let rows = lefts.iter().filter(|id| right_row(|pair| &pair.0, id)).count()
        + rights.iter().filter(|id| right_row(|pair| &pair.1, id)).count();
    let rows_right = rows as f64 / (lefts.len() + rights.len()) as f64;
    [precision, recall, 2.0 * precision * recall / (precision + recall).max(1e-9), rows_right]
}

fn mean(scores: &[[f64; 4]]) -> [f64; 4] {
    std::array::from_fn(|at| scores.iter().map(|score| score[at]).sum::<f64>() / scores.len().max(1) as f64)
}

fn evaluate(known: &[Labelled], held_out: &[Labelled]) {
    println!("| fitted without | reported on | precision | recall | F1 | rows right |\n|---|---|---|---|---|---|");
    let row = |without: &str, on: &str, [p, r, f, rows]: [f64; 4]| {
        println!("| {without} | {on} | {p:.2} | {r:.2} | {f:.3} | {rows:.2} |");
    };
    let adopted = &FIVE[..4];
    let without = |council: &str| fit(&known.iter().filter(|labelled| !labelled.has(council)).collect::<Vec<_>>());
    let mut all = Vec::new();
    for council in adopted {
        let model = without(council);
        let both = |l: &&Labelled| adopted.contains(&&*l.names.0) && adopted.contains(&&*l.names.1);
        let scores: Vec<_> = known.iter().filter(both).filter(|l| l.has(council)).map(|l| score(l, &model)).collect();
        row(council, "its three pairs", mean(&scores));
        all.extend(scores);
    }
    row("each in turn", "the mean of these", mean(&all));
    for council in ["aldermere", "penfold"] {
        let model = without(council);
        let scores: Vec<_> = known.iter().filter(|l| l.has(council)).map(|l| score(l, &model)).collect();
        row(council, "its four pairs", mean(&scores));
    }
    let of_other_kinds = |labelled: &&Labelled| labelled.names.0.contains('.') && !labelled.labels.is_empty();
    for labelled in known.iter().filter(of_other_kinds) {
        let model = without(&labelled.names.0);
        let (_, kind) = labelled.names.0.split_once('.').expect("council.document");
        row(kind, "the pair", score(labelled, &model));
    }
    let model = fit(&known.iter().collect::<Vec<_>>());
    for labelled in held_out {
        row("thanet", &format!("{} and thanet", labelled.names.0), score(labelled, &model));
    }
    row("thanet", "the mean of these", mean(&held_out.iter().map(|l| score(l, &model)).collect::<Vec<_>>()));
    let (mut found, mut provisions) = (0, 0);
    for unrelated in known.iter().filter(|labelled| labelled.labels.is_empty()) {
        let apart = |l: &&Labelled| !l.has(&unrelated.names.0) && !l.has(&unrelated.names.1);
        let model = fit(&known.iter().filter(apart).collect::<Vec<_>>());
        let mut pairs = unrelated.pairs.lock().expect("no fit has failed");
        found += pairs[0].reported(&model).len();
        provisions += pairs[0].ids().iter().map(Vec::len).min().unwrap_or(0);
    }
    println!("\nOf unrelated documents: {found} pairs reported, for {provisions} provisions of the shorter sides.");
}

/// The pairs of two documents that are in one family, of the families of the five and those two.
fn in_families(labelled: &Labelled, documents: &Documents, model: &Model) -> HashSet<(String, String)> {
    let (left, right) = &labelled.names;
    let of_kind = |name: &str| FIVE.contains(&name) && !left.contains('.') || name == left || name == right;
    let (names, editions): (Vec<&String>, Vec<&Edition>) = documents.iter().filter(|(name, _)| of_kind(name)).unzip();
    let ids: Vec<Vec<String>> = editions
        .iter()
        .map(|edition| edition.protocol.provisions().into_iter().map(|provision| provision.id).collect())
        .collect();
    let at = |name: &String| names.iter().position(|known| *known == name).expect("it is among them");
    let (left, right) = (at(left), at(right));
    let mut pairs = HashSet::new();
    for family in families_by(&editions, model) {
        for l in family.iter().filter(|place| place.document == left) {
            for r in family.iter().filter(|place| place.document == right) {
                pairs.insert((ids[left][l.provision].clone(), ids[right][r.provision].clone()));
            }
        }
    }
    pairs
}

fn evaluate_families(known: &[Labelled], held_out: &[Labelled], documents: &Documents) {
    println!(
        "| fitted without | on | families: precision | recall | F1 | rows right | diff: F1 |\n|---|---|---|---|---|---|---|"
    );
    let row = |without: &str, on: &str, scores: &[([f64; 4], f64)]| {
        let [p, r, f, rows] = mean(&scores.iter().map(|score| score.0).collect::<Vec<_>>());
        let diff = scores.iter().map(|score| score.1).sum::<f64>() / scores.len() as f64;
        println!("| {without} | {on} | {p:.2} | {r:.2} | {f:.3} | {rows:.2} | {diff:.3} |");
    };
    let both = |labelled: &Labelled, model: &Model| {
        (score_of(labelled, &in_families(labelled, documents, model)), score(labelled, model)[2])
    };
    let without = |council: &str| fit(&known.iter().filter(|labelled| !labelled.has(council)).collect::<Vec<_>>());
    let mut all = Vec::new();
    for council in &FIVE[..4] {
        let model = without(council);
        let adopted = |l: &&Labelled| FIVE.contains(&&*l.names.0) && FIVE.contains(&&*l.names.1) && l.has(council);
        let scores: Vec<_> = known.iter().filter(adopted).map(|l| both(l, &model)).collect();
        row(council, "its three pairs", &scores);
        all.extend(scores);
    }
    row("each in turn", "the mean of these", &all);
    for council in ["aldermere", "penfold"] {
        let model = without(council);
        let scores: Vec<_> = known.iter().filter(|l| l.has(council)).map(|l| both(l, &model)).collect();
        row(council, "its four pairs", &scores);
    }
    let model = fit(&known.iter().collect::<Vec<_>>());
    let scores: Vec<_> = held_out.iter().map(|l| both(l, &model)).collect();
    row("thanet", "its four pairs", &scores);
}
