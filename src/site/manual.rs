//! The manual: what somebody wrote, and what the program tells of itself, so that it says what is so.

use serde::Serialize;

use crate::check::RULES;
use crate::diagnostics::Code;
use crate::read::codes;
use crate::render::{TemplateError, site as pages};

use super::kinds::{KindPage, kinds};
use super::{Chapter, Shared, paths};

/// A command, as it tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommandHelp {
    /// Its name, `engross review record`.
    pub name: String,
    /// What it does, in a line.
    pub does: String,
    /// All that `--help` tells.
    pub help: String,
}

/// The pages somebody wrote: what each is called, where it is, and its Markdown. They lie as in `docs`, so that they lead to each
/// other there and here.
const WRITTEN: &[(&str, &str, &str)] = &[
    ("A tour for clerks", "tour", include_str!("../../docs/tour.md")),
    ("The source format", "source-format", include_str!("../../docs/source-format.md")),
    ("Importing documents", "importing", include_str!("../../docs/importing.md")),
    ("PDF and Word", "pdf-and-word", include_str!("../../docs/pdf-and-word.md")),
    ("Comparing documents", "comparing", include_str!("../../docs/comparing.md")),
    ("All councils side by side", "matrix", include_str!("../../docs/matrix.md")),
    ("How the matrix is made", "matrix-measured", include_str!("../../docs/matrix-measured.md")),
    ("Reviews", "reviews", include_str!("../../docs/reviews.md")),
    ("Reminders that run by themselves", "scheduled-reviews", include_str!("../../docs/scheduled-reviews.md")),
    ("The site", "site", include_str!("../../docs/site.md")),
    ("A book of your own", "mdbook", include_str!("../../docs/mdbook.md")),
    ("Documents that mean harm", "hostile", include_str!("../../docs/hostile.md")),
    ("Beside other programs", "compared-with", include_str!("../../docs/compared-with.md")),
    ("How the work grows", "growth", include_str!("../../docs/growth.md")),
];

/// The rules' page.
#[derive(Serialize)]
struct RulesPage {
    root: String,
    rules: Vec<Rule>,
    faults: Vec<Rule>,
}

/// A rule, or a fault that keeps a source from being read.
#[derive(Serialize)]
struct Rule {
    id: &'static str,
    name: &'static str,
    severity: String,
    what: &'static str,
    why: &'static str,
    example: &'static str,
    remedy: &'static str,
}

/// The commands' page.
#[derive(Serialize)]
struct CommandsPage<'a> {
    root: String,
    commands: Vec<Command<'a>>,
}

/// A command, and what links to it say after `#`.
#[derive(Serialize)]
struct Command<'a> {
    anchor: String,
    #[serde(flatten)]
    help: &'a CommandHelp,
}

/// All of it, in the order in which one reads it.
pub(super) fn manual(shared: &Shared<'_>) -> Result<Vec<Chapter>, TemplateError> {
    let mut chapters: Vec<Chapter> = WRITTEN.iter().map(|(name, path, text)| written(name, path, text)).collect();
    let after = |path: &str, chapters: &[Chapter]| chapters.iter().position(|chapter| chapter.path == path);
    let comparing = after("comparing", &chapters).map_or(chapters.len(), |at| at + 1);
    chapters.insert(comparing, of_kinds(shared)?);
    chapters.extend([rules(shared)?, commands(shared)?]);
    Ok(chapters)
}

fn written(name: &str, path: &str, text: &str) -> Chapter {
    Chapter::written(name, path, text.to_owned())
}

fn rules(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let page = RulesPage {
        root: paths::root(paths::RULES),
        rules: RULES.iter().map(|rule| of_code(&rule.code)).collect(),
        faults: codes::ALL.iter().map(|code| of_code(code)).collect(),
    };
    let html = pages::page(shared.input.templates, "site/rules.html", &page)?;
    Ok(Chapter::page("What is checked", paths::RULES, &html))
}

fn of_code(code: &'static Code) -> Rule {
    let Code { id, name, severity, what, why, example, remedy } = code;
    Rule { id, name, severity: severity.to_string(), what, why, example, remedy }
}

fn commands(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let commands = shared.input.commands.iter().map(|help| Command { anchor: help.name.replace(' ', "-"), help });
    let page = CommandsPage { root: String::new(), commands: commands.collect() };
    let html = pages::page(shared.input.templates, "site/commands.html", &page)?;
    Ok(Chapter::page("Commands", "commands", &html))
}

fn of_kinds(shared: &Shared<'_>) -> Result<Chapter, TemplateError> {
    let page = KindPage { root: String::new(), kinds: kinds() };
    let html = pages::page(shared.input.templates, "site/kinds.html", &page)?;
    Ok(Chapter::page("Kinds of change", "kinds-of-change", &html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_stays_in_the_site_and_is_what_it_says() {
        // As mdBook looks for it: `{{#include}}` without the name of a file is words.
        let expanded = regex::Regex::new(r"\{\{\s*#\w+\s+[^}]+\}\}").expect("a pattern");
        for (_, path, text) in WRITTEN {
            assert!(text.starts_with("# "), "{path} has no title");
            assert!(!text.contains("](../"), "{path} leads out of the site");
            assert!(!expanded.is_match(text), "{path} has what mdBook would expand");
        }
    }
}
