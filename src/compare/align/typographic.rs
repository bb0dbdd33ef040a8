//! The same words but for case, punctuation and spelling.

use super::exact::link_equal;
use super::{Pass, PassExample};

pub(super) static PASS: Pass = Pass {
    name: "typographic",
    what: "Provisions whose words are the same but for letter case, punctuation, spelling variants (`spelling.toml`) and an \
           item's closing “and” or “or”.",
    example: PassExample {
        left: "Decision-making must be organized; and",
        right: "Decision making must be organised.",
    },
    run: |reading, alignment| link_equal(reading, alignment, PASS.name, |unit| unit.folded.join(" ")),
};
