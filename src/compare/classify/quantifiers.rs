//! How many things a provision holds for: all of them, or some.

use super::changed::{Changed, Run};
use super::force::Verdict;
use super::scale::{Force, Mark};

/// Words that may give place to "all" without its saying more.
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "their", "his", "her", "its", "our", "your", "this", "that", "such", "other", "and", "or", "of",
    "to",
];

/// Compares run by run what the words that are on one side only say of how many.
pub(super) fn compare(left: &Changed<'_>, right: &Changed<'_>, verdict: &mut Verdict) {
    let places = |side: &Changed<'_>| side.runs.iter().map(|run| run.place).collect::<Vec<_>>();
    let mut all = places(left);
    all.extend(places(right));
    all.sort_unstable();
    all.dedup();
    for place in all {
        let find = |side: &Changed<'_>| side.runs.iter().find(|run| run.place == place).cloned();
        let (gone, come) = (find(left), find(right));
        let (was, is) = (said(left, gone.as_ref()), said(right, come.as_ref()));
        let Some(fewer) = fewer(&was, &is) else { continue };
        let permits = come
            .as_ref()
            .map_or_else(|| gone.as_ref().is_some_and(|run| left.permits(run.at)), |run| right.permits(run.at));
        let shown = |side: &Changed<'_>, run: Option<&Run>| run.map(|run| side.passage.said(run.at, run.length));
        let says = if fewer { "holds for fewer cases" } else { "holds for more cases" };
        verdict.push(fewer == permits, shown(left, gone.as_ref()), shown(right, come.as_ref()), says);
    }
}

/// What a run says of how many.
#[derive(Default)]
struct Said {
    some: bool,
    /// It is nothing but a word for all.
    only_all: bool,
    /// It is a few words that may tell some from others: "commercially sensitive".
    tells_apart: bool,
}

fn said(side: &Changed<'_>, run: Option<&Run>) -> Said {
    let Some(run) = run else { return Said::default() };
    let inside = |mark: &&Mark| (run.at..run.at + run.length).contains(&mark.at);
    let has = |force: Force| side.marks.iter().filter(inside).any(|mark| mark.force == force);
    let words = &side.passage.words[run.at..run.at + run.length];
    let plain = |word: &String| {
        word.len() > 2 && !DETERMINERS.contains(&word.as_str()) && !word.starts_with(|c: char| c.is_ascii_digit())
    };
    Said {
        some: has(Force::Some),
        only_all: has(Force::All) && words.iter().all(|word| matches!(word.as_str(), "all" | "any" | "every" | "the")),
        tells_apart: words.len() <= 3 && words.iter().all(plain) && !side.marks.iter().any(|mark| inside(&mark)),
    }
}

/// Whether it holds for fewer on the right; none where that cannot be told.
fn fewer(was: &Said, is: &Said) -> Option<bool> {
    match (was, is) {
        _ if is.some && !was.some => Some(true),
        _ if was.some && !is.some => Some(false),
        (Said { only_all: true, .. }, Said { tells_apart: true, .. }) => Some(true),
        (Said { tells_apart: true, .. }, Said { only_all: true, .. }) => Some(false),
        _ => None,
    }
}
