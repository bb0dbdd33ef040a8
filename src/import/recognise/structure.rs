//! Paragraphs → sections, clauses and lists.

use crate::model::{Block, Clause, Inline, Item, Label as ItemLabel, Number, Section, Table, Text};

use super::super::manuscript::Remark;
use super::super::text::words::Words;
use super::headings::{heads, in_lists, is_clause_heading, is_heading, says_something};
use super::label::{Kind, Label, Series, places};
use super::paragraphs::{Block as Paragraphs, Paragraph};
use super::table;

/// What is indented by less than this, in points, stands in the same list.
const STEP: f32 = 9.0;

/// What the body of a document became, and what somebody should look at.
#[derive(Default)]
pub(super) struct Body {
    pub(super) sections: Vec<Section>,
    pub(super) doubts: Vec<Remark>,
}

/// The sections of the blocks of a body.
pub(super) fn body(blocks: Vec<Paragraphs>) -> Body {
    let mut builder = Builder::default();
    let paragraphs: Vec<Paragraph> = blocks
        .into_iter()
        .flat_map(|block| match block {
            Paragraphs::Paragraph(paragraph) => vec![paragraph],
            Paragraphs::Table(table) => table::paragraphs(table, &mut builder.body.doubts),
        })
        .collect();
    let paragraphs = paragraphs.as_slice();
    builder.heads = heads(paragraphs);
    builder.listed = in_lists(paragraphs);
    (0..paragraphs.len()).for_each(|at| builder.paragraph(at, paragraphs));
    builder.finish()
}

/// What is open.
#[derive(Default)]
struct Builder {
    body: Body,
    /// The open list's items, from the outermost: each level's series, or none for bullets, and its indent.
    lists: Vec<Open>,
    last: Option<Vec<u32>>,
    /// For each paragraph, whether it is a number and the heading of a section.
    heads: Vec<bool>,
    /// For each paragraph, whether it counts in a list that a lead-in announces.
    listed: Vec<bool>,
    /// The level of the last section's heading, as the format gives it.
    section_level: Option<u8>,
}

/// An open list.
#[derive(Debug, Clone, PartialEq)]
struct Open {
    series: Option<(Series, u32)>,
    bullet: bool,
    indent: f32,
    level: u8,
}

impl Builder {
    fn finish(self) -> Body {
        let mut body = self.body;
        for clause in body.sections.iter_mut().flat_map(|section| &mut section.clauses) {
            if clause.heading.is_none()
                && clause.text.is_empty()
                && let Some(Some(number)) = clause.number.take()
            {
                let what = format!("nothing stands behind the number `{number}`; it became a text of its own");
                body.doubts.push(Remark { what, place: None });
                clause.text = Text::paragraph(number.as_str());
            }
            spell_bare_labels(&mut clause.text.blocks, &mut body.doubts);
        }
        body.sections
            .retain(|section| section.number.is_some() || section.heading.is_some() || !section.clauses.is_empty());
        body
    }

    fn paragraph(&mut self, at: usize, all: &[Paragraph]) {
        let (before, paragraph, after) = (at.checked_sub(1).map(|at| &all[at]), &all[at], &all[at + 1..]);
        if let Some(table) = &paragraph.table {
            return self.table(table);
        }
        match &paragraph.label {
            Some(label) => match &label.kind {
                Kind::Decimal(parts) => self.decimal(label, parts, at, all),
                // “Stage 1” below the headings of the sections heads a part of one.
                Kind::Named if self.is_below_sections(paragraph) || says_something(paragraph) => {
                    self.clause(&label.text, paragraph, after);
                }
                Kind::Named => self.section(Some(&label.text), paragraph),
                Kind::Mixed => self.clause(&label.text, paragraph, after),
                Kind::Item if self.heads[at] => self.section(Some(&label.text), paragraph),
                Kind::Item => self.item(paragraph),
            },
            None if paragraph.bullet => self.item(paragraph),
            None => self.unnumbered(paragraph, before, after),
        }
    }

    fn decimal(&mut self, label: &Label, parts: &[u32], at: usize, all: &[Paragraph]) {
        let (paragraph, after, heads) = (&all[at], &all[at + 1..], self.heads[at]);
        // `1.` in a list of a clause counts the list, unless it goes on with the sections.
        let counts_sections = match &self.last {
            Some(last) => parts[0] >= last[0] && parts[0] <= last[0] + 3,
            None => true,
        };
        // So does what goes on with that list.
        let goes_on_with_list =
            |open: &Open| open.series.is_some_and(|(series, last)| series == Series::Number && parts == [last + 1]);
        let in_list = self.lists.last().is_some_and(goes_on_with_list)
            && self.last.as_deref() != Some(&[parts[0].saturating_sub(1)]);
        // The format says that it goes on with the list, or that it begins one below a lead-in.
        let of_format = paragraph.list_level > 0
            && paragraph.heading.is_none()
            && match self.lists.last() {
                Some(open) => goes_on_with_list(open) && open.level == paragraph.list_level,
                None => parts == [1] && self.leads_in(),
            };
        let expected = self.last.as_ref().map_or(1, |last| last[0] + 1);
        let before_section = self.lists.last().is_some_and(goes_on_with_list) && is_before_section(expected, at, all);
        // Below an unnumbered lead-in they may be the clauses.
        let below_a_number = self.clauses().last().is_some_and(|clause| clause.number.is_some());
        let begun = self.lists.last().is_some_and(goes_on_with_list);
        let announced = self.listed[at] && if parts == [1] { below_a_number } else { begun };
        let listed = of_format || before_section || announced || (!counts_sections || in_list) && !heads;
        if parts.len() == 1 && listed && self.clause_is_open() {
            return self.item(paragraph);
        }
        if let Some(last) = &self.last
            && last == parts
        {
            self.doubt(paragraph, format!("`{}` follows `{}` again; kept as printed", label.text, label.text));
        }
        self.last = Some(parts.to_vec());
        if heads {
            return self.section(Some(&label.text), paragraph);
        }
        self.clause(&label.text, paragraph, after);
    }

    /// Whether the format says that a heading is of a lower level than those of the sections.
    fn is_below_sections(&self, paragraph: &Paragraph) -> bool {
        paragraph.heading.zip(self.section_level).is_some_and(|(own, sections)| own > sections)
    }

    /// Whether the last words lead in a list.
    fn leads_in(&mut self) -> bool {
        let words = self.clauses().last().map(|clause| clause.text.plain());
        words.is_some_and(|words| words.trim_end_matches('-').ends_with(':'))
    }

    fn section(&mut self, number: Option<&str>, paragraph: &Paragraph) {
        let text = heading_text(paragraph);
        self.lists.clear();
        self.section_level = paragraph.heading.or(self.section_level);
        // Below a heading that is not counted by numbers, these may begin anew.
        if paragraph.label.as_ref().is_none_or(|label| label.parts().is_none()) {
            self.last = None;
        }
        self.body.sections.push(Section {
            number: number.and_then(Number::new).map(Some),
            heading: (!text.is_empty()).then_some(text),
            ..Section::default()
        });
    }

    fn clause(&mut self, number: &str, paragraph: &Paragraph, after: &[Paragraph]) {
        self.lists.clear();
        let number = Number::new(number).map(Some);
        let clause = if is_clause_heading(paragraph, after) {
            let heading = heading_text(paragraph);
            Clause { number, heading: Some(heading), ..Clause::default() }
        } else {
            Clause { number, text: text_of(paragraph), ..Clause::default() }
        };
        self.clauses().push(clause);
    }

    fn unnumbered(&mut self, paragraph: &Paragraph, before: Option<&Paragraph>, after: &[Paragraph]) {
        let numbered = self.heads.contains(&true);
        if is_heading(paragraph, before, after) {
            let as_section = match (paragraph.heading, self.section_level) {
                (Some(level), Some(sections)) => level <= sections,
                (Some(_), None) => !numbered || self.body.sections.iter().all(|section| section.number.is_none()),
                (None, _) => !numbered || self.body.sections.is_empty(),
            };
            if as_section {
                return self.section(None, paragraph);
            }
            self.lists.clear();
            let heading = heading_text(paragraph);
            self.clauses().push(Clause { heading: Some(heading), ..Clause::default() });
            return;
        }
        if self.goes_on_with_an_item(paragraph) {
            return;
        }
        self.lists.clear();
        let content = paragraph.content.clone();
        let goes_on = self.clauses().last().is_some_and(|clause| clause.number.is_some());
        let clauses = self.clauses();
        match clauses.last_mut().filter(|_| goes_on) {
            Some(clause) => clause.text.blocks.push(Block::Paragraph(content)),
            None => clauses.push(Clause { text: text_of(paragraph), ..Clause::default() }),
        }
    }

    /// Adds words that end the sentence of an item behind the list inside it, and stand as far in as its own: “(b) …: (i) … (ii) … unless”.
    fn goes_on_with_an_item(&mut self, paragraph: &Paragraph) -> bool {
        let Some(depth) = self.lists.iter().rposition(|open| paragraph.indent > open.indent + STEP) else {
            return false;
        };
        if depth + 1 == self.lists.len() || !paragraph.text().starts_with(char::is_lowercase) {
            return false;
        }
        self.lists.truncate(depth + 1);
        let item = self.clauses().last_mut().and_then(|clause| last_item(&mut clause.text.blocks, depth));
        item.is_some_and(|item| {
            item.blocks.push(Block::Paragraph(paragraph.content.clone()));
            true
        })
    }

    /// A table belongs to the clause before it; below a heading it is a clause of its own.
    fn table(&mut self, table: &Table) {
        self.lists.clear();
        let clauses = self.clauses();
        if clauses.last().is_none_or(|clause| clause.number.is_none() && clause.text.is_empty()) {
            clauses.push(Clause::default());
        }
        if let Some(clause) = clauses.last_mut() {
            clause.text.blocks.push(Block::Table(table.clone()));
        }
    }

    fn clause_is_open(&mut self) -> bool {
        self.clauses().last().is_some_and(|clause| !clause.text.is_empty())
    }

    /// Whether the last clause is a number so far, without words.
    fn number_waits(&mut self) -> bool {
        self.clauses()
            .last()
            .is_some_and(|clause| clause.number.is_some() && clause.heading.is_none() && clause.text.is_empty())
    }

    /// The clauses of the open section; without one, of one that prints nothing of its own.
    fn clauses(&mut self) -> &mut Vec<Clause> {
        if self.body.sections.is_empty() {
            self.body.sections.push(Section::default());
        }
        let last = self.body.sections.len() - 1;
        &mut self.body.sections[last].clauses
    }

    /// An item of a list: of the open one, of one inside it, or of a new one.
    fn item(&mut self, paragraph: &Paragraph) {
        let label = paragraph.label.as_ref().map(|label| label.text.clone());
        if label.is_none() && paragraph.content.is_empty() {
            return;
        }
        // Letters right below a heading are clauses; below a number without words they are its list.
        if label.is_some() && self.lists.is_empty() && !self.clause_is_open() && !self.number_waits() {
            let number = label.as_deref().and_then(Number::new).map(Some);
            self.clauses().push(Clause { number, text: text_of(paragraph), ..Clause::default() });
            return;
        }
        let lettered = self.goes_on_with_the_clauses(paragraph);
        if lettered {
            self.lists.clear();
            let number = label.as_deref().and_then(Number::new).map(Some);
            self.clauses().push(Clause { number, text: text_of(paragraph), ..Clause::default() });
            return;
        }
        if !self.clause_is_open() && self.clauses().is_empty() {
            self.clauses().push(Clause::default());
        }
        let depth = self.depth(paragraph, label.as_deref());
        let item_label = label.as_deref().and_then(ItemLabel::parse);
        let content = if item_label.is_some() { paragraph.content.clone() } else { paragraph.labelled_content() };
        let blocks = if content.is_empty() { Vec::new() } else { vec![Block::Paragraph(content)] };
        let item = Item { label: item_label, blocks };
        if let Some(clause) = self.clauses().last_mut() {
            push_item(&mut clause.text.blocks, depth, item);
        }
    }

    /// Whether a letter counts on from the number of the last clause, and no open list waits for it.
    fn goes_on_with_the_clauses(&mut self, paragraph: &Paragraph) -> bool {
        let Some(label) = &paragraph.label else { return false };
        let waits =
            |open: &Open| open.series.is_some_and(|(series, last)| places(&label.text).contains(&(series, last + 1)));
        if self.lists.iter().any(waits) {
            return false;
        }
        let last = self.clauses().last().and_then(Clause::number).and_then(|number| Label::parse(number.as_str()));
        last.is_some_and(|last| last.parts().is_none() && last.counts_on(label))
    }

    /// How many lists deep an item stands, the outermost being 0; opens and closes lists as needed.
    fn depth(&mut self, paragraph: &Paragraph, label: Option<&str>) -> usize {
        let new =
            |series| Open { series, bullet: paragraph.bullet, indent: paragraph.indent, level: paragraph.list_level };
        let found = match label {
            Some(label) => self.lists.iter().rposition(|open| {
                open.series.is_some_and(|(series, last)| {
                    places(label).iter().any(|(own, place)| *own == series && (last + 1..=last + 2).contains(place))
                })
            }),
            None => self.lists.iter().rposition(|open| {
                open.bullet && (open.indent - paragraph.indent).abs() < STEP && open.level == paragraph.list_level
            }),
        };
        if let Some(depth) = found {
            self.lists.truncate(depth + 1);
            let place =
                |series: Series| label.and_then(|label| places(label).into_iter().find(|(own, _)| *own == series));
            if let Some(open) = self.lists.last_mut() {
                open.series = open.series.and_then(|(series, _)| place(series));
            }
            return depth;
        }
        let series = label.and_then(|label| {
            let all = places(label);
            all.iter().copied().find(|(_, place)| *place == 1).or_else(|| all.first().copied())
        });
        // Deeper than what is open, or beside it.
        while let Some(open) = self.lists.last() {
            let deeper = paragraph.list_level > open.level
                || paragraph.indent > open.indent + STEP
                || label.is_some()
                    && series.is_some_and(|(_, place)| place == 1)
                    && (open.series.is_some() || open.bullet)
                    && paragraph.list_level >= open.level
                    && paragraph.indent >= open.indent - STEP
                || label.is_none()
                    && open.series.is_some()
                    && paragraph.indent >= open.indent - STEP
                    && paragraph.list_level >= open.level;
            if deeper {
                break;
            }
            self.lists.pop();
        }
        self.lists.push(new(series));
        self.lists.len() - 1
    }

    fn doubt(&mut self, paragraph: &Paragraph, what: String) {
        self.body.doubts.push(Remark { what, place: Some(paragraph.place) });
    }
}

/// Whether the list in which a number stands right below the one before it is followed by the section that is expected next: then the
/// number counts the list, and not the sections.
fn is_before_section(expected: u32, at: usize, all: &[Paragraph]) -> bool {
    let number = |paragraph: &Paragraph| paragraph.label.as_ref().and_then(Label::parts).map(<[u32]>::to_vec);
    let goes_on = |at: usize| match (
        at.checked_sub(1).and_then(|above| number(&all[above])).as_deref(),
        number(&all[at]).as_deref(),
    ) {
        (Some([before]), Some([own])) => *own == before + 1,
        _ => false,
    };
    // What goes on right below another number is of its list, and so is what begins one.
    let next =
        (at + 1..all.len()).filter(|at| !goes_on(*at)).filter_map(|at| number(&all[at])).find(|next| next != &[1]);
    goes_on(at) && next.as_deref() == Some(&[expected])
}

/// Adds an item so many lists deep.
fn push_item(blocks: &mut Vec<Block>, depth: usize, item: Item) {
    if !matches!(blocks.last(), Some(Block::List(_))) {
        blocks.push(Block::List(Vec::new()));
    }
    let Some(Block::List(items)) = blocks.last_mut() else { return };
    match items.last_mut().filter(|_| depth > 0) {
        Some(last) => push_item(&mut last.blocks, depth - 1, item),
        None => items.push(item),
    }
}

/// The last item so many lists deep, if the text ends in one.
fn last_item(blocks: &mut [Block], depth: usize) -> Option<&mut Item> {
    let Some(Block::List(items)) = blocks.last_mut() else { return None };
    let last = items.last_mut()?;
    if depth == 0 { Some(last) } else { last_item(&mut last.blocks, depth - 1) }
}

/// Makes words of labels without words behind them: a source has no such items.
fn spell_bare_labels(blocks: &mut [Block], doubts: &mut Vec<Remark>) {
    let lists = blocks.iter_mut().filter_map(|block| if let Block::List(items) = block { Some(items) } else { None });
    for item in lists.flatten() {
        let ordered = item.label.as_ref().is_some_and(|label| label.ordered_delimiter().is_some());
        let bare = match item.blocks.first() {
            Some(Block::Paragraph(_)) => false,
            Some(_) => !ordered,
            None => true,
        };
        if let Some(label) = item.label.take_if(|_| bare) {
            let what = format!("nothing stands behind `{label}`; it became words");
            doubts.push(Remark { what, place: None });
            item.blocks.insert(0, Block::Paragraph(vec![Inline::words(label.as_str())]));
        }
        spell_bare_labels(&mut item.blocks, doubts);
    }
}

fn text_of(paragraph: &Paragraph) -> Text {
    if paragraph.content.is_empty() {
        Text::default()
    } else {
        Text { blocks: vec![Block::Paragraph(paragraph.content.clone())] }
    }
}

/// The words of a heading: what is emphasised in it is so because it is one.
fn heading_text(paragraph: &Paragraph) -> String {
    Words::tidy(&paragraph.text())
}
