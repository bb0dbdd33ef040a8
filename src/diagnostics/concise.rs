//! Findings a line each: `path:line:column: warning[N01] message`.

use std::fmt::Write as _;

use super::{Diagnostic, printable};

/// All findings, a line each.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        if let Some(origin) = &diagnostic.origin {
            let (line, column) = origin.start();
            let _ = write!(lines, "{}:{line}:{column}: ", printable(&origin.source.path));
        }
        let message = printable(&diagnostic.message).replace('\n', " ");
        let _ = writeln!(lines, "{}[{}] {message}", diagnostic.code.severity, diagnostic.code.id);
    }
    lines
}
