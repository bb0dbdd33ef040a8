//! A matrix as JSON: a contract with other programs. Keys may be added; none is renamed or removed.

use crate::document::MatrixTable;

/// The matrix: `columns`, and `topics` with their `rows`, each with a cell a column or null.
#[expect(clippy::expect_used, reason = "it has nothing that cannot be JSON")]
pub fn json(table: &MatrixTable) -> String {
    serde_json::to_string_pretty(table).expect("it becomes JSON") + "\n"
}
