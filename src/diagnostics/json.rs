//! Findings as JSON: a list of objects, in the order of the other formats.

use serde_json::{Value, json};

use super::{Diagnostic, printable};

/// All findings as a JSON list.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    let all: Vec<Value> = diagnostics.iter().map(one).collect();
    format!("{:#}\n", Value::Array(all))
}

fn one(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.origin.as_ref().map(|origin| {
        let ((line, column), (end_line, end_column)) = (origin.start(), origin.end());
        json!({
            "path": printable(&origin.source.path),
            "line": line, "column": column,
            "end_line": end_line, "end_column": end_column,
        })
    });
    json!({
        "code": diagnostic.code.id,
        "name": diagnostic.code.name,
        "severity": diagnostic.code.severity,
        "message": printable(&diagnostic.message),
        "help": diagnostic.help.as_deref().map(printable),
        "provision": diagnostic.provision,
        "place": place,
    })
}
