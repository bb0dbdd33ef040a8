//! Gives a draft's sections and clauses the numbers they leave out.

use super::{Clause, Number, Numbering, Protocol, Section};

impl Protocol {
    /// Gives every section with a heading and every clause with text the number it leaves out, by its place, if the draft
    /// asks for that. Numbers that are written stay, and later ones count on from them.
    #[must_use]
    pub fn numbered(mut self) -> Self {
        if self.numbering == Numbering::Automatic {
            let mut last = 0;
            for section in &mut self.sections {
                number_section(section, &mut last);
            }
        }
        self
    }
}

fn number_section(section: &mut Section, last: &mut u32) {
    if section.number.is_none() && section.heading.is_some() {
        section.number = Some(Number::new(&format!("{}.", *last + 1)));
    }
    let parts = section.number().and_then(Number::parts);
    match parts.as_deref() {
        Some([own]) => *last = *own,
        _ => return,
    }
    let mut last_clause = 0;
    for clause in &mut section.clauses {
        number_clause(clause, *last, &mut last_clause);
    }
}

fn number_clause(clause: &mut Clause, section: u32, last: &mut u32) {
    if clause.number.is_none() && !clause.text.is_empty() {
        clause.number = Some(Number::new(&format!("{section}.{}", *last + 1)));
    }
    if let Some([above, own]) = clause.number().and_then(Number::parts).as_deref()
        && *above == section
    {
        *last = *own;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, Text};
    use super::*;

    fn clause(number: Option<&str>) -> Clause {
        Clause { number: number.map(Number::new), text: Text::paragraph("Words."), ..Clause::default() }
    }

    fn draft(numbering: Numbering) -> Protocol {
        let section = |heading: Option<&str>, clauses| Section {
            heading: heading.map(str::to_owned),
            clauses,
            ..Section::default()
        };
        let sections = vec![
            section(None, vec![clause(None)]),
            section(Some("One"), vec![clause(None), clause(Some("")), clause(Some("1.5")), clause(None)]),
            section(Some("Two"), vec![clause(None)]),
        ];
        Protocol { status: Status::Draft, numbering, ..Protocol::adopted("Protocol", sections) }
    }

    fn numbers(protocol: &Protocol) -> Vec<String> {
        let of = |number: Option<&Number>| number.map_or("-".to_owned(), Number::to_string);
        let mut all = Vec::new();
        for section in &protocol.sections {
            all.push(of(section.number()));
            all.extend(section.clauses.iter().map(|clause| of(clause.number())));
        }
        all
    }

    #[test]
    fn a_draft_is_numbered_by_place() {
        let numbered = draft(Numbering::Automatic).numbered();
        assert_eq!(numbers(&numbered), ["-", "-", "1.", "1.1", "-", "1.5", "1.6", "2.", "2.1"]);
    }

    #[test]
    fn an_adopted_document_is_left_as_printed() {
        let printed = draft(Numbering::AsPrinted);
        assert_eq!(printed.clone().numbered(), printed);
    }
}
