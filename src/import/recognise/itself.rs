//! What sentences of the text say of the document itself: `12.1 This Protocol will be reviewed every three years.`

use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::pattern::pattern;
use super::facts::{Facts, Words};
use super::paragraphs::Block;
use super::said::{Said, is_pending, said};

/// What a document calls itself: the subject of a sentence.
const ITSELF: &str = r"^(?:(?:this|these)\s+(?:[a-z/-]+\s+){0,3}?|(?P<the>the)\s+)(?P<kind>protocol|policy|document|code|procedure|scheme|standing\s+orders|regulations|terms\s+of\s+reference|charter|statement|guidance|constitution)\s+";

/// That something was done with it.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){ITSELF}(?:(?:was|were|has|have|been|first|formally|last|also|hereby)\s+)+(?:re-?\s?)?(?:adopted|approved|reviewed|revised|amended|updated|ratified|agreed)(?-u:\b)"
    ))
});

/// That it is to be reviewed.
static REVIEWED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){ITSELF}(?:(?:is|are|will|shall|must|should|to|be|next|also|therefore|itself)\s+)+(?:formally\s+)?reviewed|^(?:a\s+|the\s+)?reviews?\s+of\s+this\s+(?:[a-z/-]+\s+){{0,3}}?(?:protocol|policy|document|code|procedure|scheme|charter|statement|guidance|constitution)\s"
    ))
});

/// What the words have in them that say what was done: where none is, no sentence is looked for.
const STEMS: [&str; 8] = ["eview", "dopted", "pproved", "evised", "mended", "pdated", "atified", "greed"];

/// How a sentence goes on that says more of that.
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:it\s+(?:was|is|will|shall|must|should|has)|(?:the|its)\s+(?:next\s+|first\s+)?review)\b")
});

/// Takes what sentences of the text say of the adoption and the review of the document, which is called so. Their words stay where they are.
pub(super) fn said_of_itself(body: &[Block], title: &str, facts: &mut Facts) {
    for block in body {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = paragraph.text();
        if !STEMS.iter().any(|stem| text.contains(stem)) {
            continue;
        }
        let mut begun = false;
        for sentence in text.unicode_sentences().map(str::trim) {
            let reviewed = about(&REVIEWED, sentence, title) || begun && MORE.is_match(sentence);
            let all = said(sentence);
            let told = if reviewed {
                all.iter().all(|said| !matches!(said, Said::Event { .. }))
            } else {
                about(&DONE, sentence, title)
                    && !sentence.contains(", wh")
                    && all.iter().all(|said| matches!(said, Said::Event { .. }))
            };
            begun = reviewed;
            if told && !is_pending(sentence) {
                facts.line(sentence, paragraph.place, Words::Paragraph);
            }
        }
    }
}

/// Whether a sentence says that of the document. “The policy” may be another one than the Protocol that speaks of it.
fn about(what: &Regex, sentence: &str, title: &str) -> bool {
    what.captures(subject(sentence)).is_some_and(|found| {
        let kind = found.name("kind").map_or("", |kind| kind.as_str());
        found.name("the").is_none() || title.to_lowercase().contains(&kind.to_lowercase())
    })
}

/// A sentence from its subject on: behind “As the law asks, ” where that is “this …”.
fn subject(sentence: &str) -> &str {
    let behind = sentence.split_once(", ").map(|(_, rest)| rest);
    behind.filter(|rest| rest.starts_with("this ") || rest.starts_with("these ")).unwrap_or(sentence)
}
