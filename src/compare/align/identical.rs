//! The same words.

use super::exact::link_equal;
use super::{Pass, PassExample};

pub(super) static PASS: Pass = Pass {
    name: "identical",
    what: "Provisions with the same words, to the letter. A list item is read with its lead-in: between councils, the same \
           words under a lead-in that lets other people expect them, or has other people owe them, are another provision. Where \
           the same words stand several times, those in like company are linked.",
    example: PassExample {
        left: "Councillors must treat officers with respect.",
        right: "Councillors must treat officers with respect.",
    },
    run: |reading, alignment| link_equal(reading, alignment, PASS.name, |unit| unit.provision.text.clone()),
};
