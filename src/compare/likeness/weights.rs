//! From signals to a likelihood.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::context::{CONTEXT, COUNT as CONTEXT_COUNT};
use super::signals::{COUNT, SIGNALS};

/// `weights.toml`, which `cargo run --release --example fit` makes from labelled pairs.
#[derive(Deserialize)]
struct File {
    alone: Table,
    in_context: Table,
}

#[derive(Deserialize)]
struct Table {
    base: f32,
    weights: BTreeMap<String, f32>,
}

/// A weighted sum, as a likelihood: a logistic regression.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights<const N: usize> {
    /// What the sum begins with.
    pub base: f32,
    /// The weight of each signal.
    pub weights: [f32; N],
}

impl<const N: usize> Weights<N> {
    /// The likelihood, from 0 to 1.
    pub(crate) fn likelihood(&self, values: &[f32; N]) -> f32 {
        let sum: f32 = self.weights.iter().zip(values).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(self.base + sum)).exp())
    }
}

/// Both stages: a pair by itself, and in context.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The pair by itself.
    pub alone: Weights<COUNT>,
    /// The pair among its rivals and neighbours.
    pub in_context: Weights<CONTEXT_COUNT>,
}

/// The weights in use.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is built in, and every test reads it")]
    let file: File = toml::from_str(include_str!("weights.toml")).expect("weights.toml holds weights");
    let weights = |table: &Table, name: &str| table.weights.get(name).copied().unwrap_or(0.0);
    Model {
        alone: Weights { base: file.alone.base, weights: SIGNALS.map(|signal| weights(&file.alone, signal.name)) },
        in_context: Weights {
            base: file.in_context.base,
            weights: CONTEXT.map(|signal| weights(&file.in_context, signal.name)),
        },
    }
});
