//! The same words but for the councils' own words for the roles.

use super::exact::link_equal;
use super::{Pass, PassExample};

pub(super) static PASS: Pass = Pass {
    name: "terminology",
    what: "Provisions that are the same once each council's words for a role are taken as the role: those common to all \
           (`terms.toml`), those under [terms] in council.toml, and the council's own name.",
    example: PassExample {
        left: "Members of Kings Hill Parish Council must respect employees.",
        right: "Councillors of the Council must respect officers.",
    },
    run: |reading, alignment| link_equal(reading, alignment, PASS.name, |unit| unit.named.join(" ")),
};
