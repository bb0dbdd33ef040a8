//! What sentences of the text say of the document itself: `12.1 This Protocol will be reviewed every three years.`

use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::pattern::pattern;
use super::facts::{Facts, Words};
use super::paragraphs::Block;

/// What a document calls itself, and what it says was or will be done with it.
static OF_ITSELF: LazyLock<Regex> = LazyLock::new(|| {
    let kind = r"protocol|policy|document|code|procedure|scheme|standing\s+orders|regulations|terms\s+of\s+reference|charter|statement|guidance|constitution";
    let this = r"(?-u:\b)(?:(?:this|these)\s+(?:[a-z/'-]+\s+){0,3}?|(?P<the>the)\s+)";
    pattern(&format!(
        r"(?ix)
        {this}(?P<kind>{kind})\s+
        (?:(?:was|is|has|have|been|will|shall|must|should|to|be|are|were|first|formally|next|last|also|hereby|therefore|itself)\s+)+
        (?:re-?\s?)?(?:adopted|approved|reviewed|revised|amended|updated|ratified|agreed)
        | (?-u:\b)reviews?\s+of\s+{reviewed}(?P<reviewed>{kind})(?-u:\b)",
        reviewed = this.replace("<the>", "<the_reviewed>")
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
            let of_itself = OF_ITSELF.captures(sentence).is_some_and(|found| {
                // “The policy” may be another one than the Protocol that speaks of it.
                let kind = found.name("kind").or_else(|| found.name("reviewed")).map_or("", |kind| kind.as_str());
                let other = found.name("the").or_else(|| found.name("the_reviewed")).is_some();
                !other || title.to_lowercase().contains(&kind.to_lowercase())
            });
            begun = of_itself || begun && MORE.is_match(sentence);
            if begun {
                facts.line(sentence, paragraph.place, Words::Paragraph);
            }
        }
    }
}
