//! Edits documents as councils amend them, and tells what became of each provision.
//!
//! A [`Draft`] is a protocol whose every provision remembers where it comes from and what may rightly be said of it. Edits
//! of the words are in [`wording`], those of the build in [`shape`]; [`numbers`] numbers by position; [`truth`] reads the
//! outcome off the draft.
#![allow(dead_code, reason = "each suite uses a part of it")]

pub(crate) mod chance;
pub(crate) mod generated;
mod numbers;
pub(crate) mod pool;
pub(crate) mod score;
mod shape;
pub(crate) mod truth;
mod wording;

use engross::compare::Kind;
use engross::model::{Block, Clause, Inline, Protocol, Section};

use chance::Chance;
pub(crate) use truth::{Case, Fate};

/// A protocol being edited.
pub(crate) struct Draft {
    /// The protocol it was made from, without its sections.
    frame: Protocol,
    parts: Vec<Part>,
    /// Provisions that were deleted, by their places, and by which edit.
    removed: Vec<(usize, &'static str)>,
    /// The words of all clauses that are or were in it: what is inserted says something else.
    known: Vec<String>,
}

/// A section.
struct Part {
    /// Without its clauses.
    head: Section,
    pieces: Vec<Piece>,
}

/// A clause.
#[derive(Clone)]
struct Piece {
    clause: Clause,
    /// Its provisions, in order.
    units: Vec<Unit>,
    /// Whether an edit has been made to it.
    touched: bool,
    /// Whether it was put elsewhere.
    moved: bool,
}

/// A provision.
#[derive(Clone, Default)]
struct Unit {
    /// The places of those it comes from; none for one that was added.
    from: Vec<usize>,
    /// The kinds that are right for its words; none where they were left alone.
    kinds: Vec<Kind>,
    /// The edit that made it what it is.
    edit: Option<&'static str>,
    /// Whether it was put elsewhere within its list.
    moved: bool,
}

/// How a document is edited.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// How many edits are made, as far as there is room.
    pub(crate) edits: usize,
    /// Whether everything is numbered by position afterwards.
    pub(crate) renumber: bool,
}

impl Draft {
    pub(crate) fn new(protocol: &Protocol) -> Self {
        let provisions = protocol.provisions();
        let unit = |at: usize| Unit { from: vec![at], ..Unit::default() };
        let units = |section: usize, clause: usize| -> Vec<Unit> {
            let of = |at: &usize| (provisions[*at].section, provisions[*at].clause) == (section, clause);
            (0..provisions.len()).filter(of).map(unit).collect()
        };
        let piece = |section: usize, clause: usize, source: &Clause| Piece {
            clause: source.clone(),
            units: units(section, clause),
            touched: false,
            moved: false,
        };
        let parts = protocol.sections.iter().enumerate().map(|(at, section)| Part {
            head: Section { clauses: Vec::new(), ..section.clone() },
            pieces: section.clauses.iter().enumerate().map(|(nth, clause)| piece(at, nth, clause)).collect(),
        });
        let parts = parts.collect();
        let known = provisions.iter().map(|provision| provision.text.clone()).collect();
        Self { frame: Protocol { sections: Vec::new(), ..protocol.clone() }, parts, removed: Vec::new(), known }
    }

    /// Makes edits as planned; `strangers` are clauses of other documents that may be inserted.
    pub(crate) fn edit(&mut self, plan: Plan, strangers: &[Clause], chance: &mut Chance) {
        let (mut made, mut tried) = (0, 0);
        while made < plan.edits && tried < plan.edits * 30 {
            tried += 1;
            made += usize::from(self.edit_once(strangers, chance));
        }
        if plan.renumber {
            self.number_by_position();
        }
    }

    fn edit_once(&mut self, strangers: &[Clause], chance: &mut Chance) -> bool {
        match chance.below(100) {
            0..50 => self.edit_words(chance),
            50..54 => self.rename_heading(chance),
            54..57 => self.renumber(chance),
            57..65 => self.insert(strangers, chance),
            65..71 => self.delete(chance),
            71..77 => self.move_within(chance),
            77..82 => self.move_across(chance),
            82..87 => self.split(chance),
            87..92 => self.merge(chance),
            92..94 => self.insert_item(chance),
            94..96 => self.delete_item(chance),
            96..98 => self.move_item(chance),
            _ => self.edit_and_move(chance),
        }
    }

    /// A clause that no edit has touched, by section and place.
    fn untouched(&self, chance: &mut Chance, fits: impl Fn(&Piece) -> bool) -> Option<(usize, usize)> {
        let mut places = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let open = |piece: &Piece| !piece.touched && !piece.units.is_empty() && fits(piece);
            places.extend((0..part.pieces.len()).filter(|nth| open(&part.pieces[*nth])).map(|nth| (at, nth)));
        }
        chance.pick(&places).copied()
    }

    fn edit_words(&mut self, chance: &mut Chance) -> bool {
        let (name, edit) = *chance.pick(wording::WORD_EDITS).expect("there are edits of words");
        let Some((at, nth)) = self.untouched(chance, |_| true) else { return false };
        let first = chance.below(self.parts[at].pieces.len());
        // Few clauses offer an occasion for a given edit: the next that does is taken.
        for step in 0..self.parts[at].pieces.len() {
            let nth = if step == 0 { nth } else { (first + step) % self.parts[at].pieces.len() };
            let piece = &mut self.parts[at].pieces[nth];
            if !piece.touched && !piece.units.is_empty() && edit_piece(piece, name, edit, chance) {
                return true;
            }
        }
        false
    }

    fn rename_heading(&mut self, chance: &mut Chance) -> bool {
        let titled: Vec<usize> = (0..self.parts.len()).filter(|at| self.parts[*at].head.heading.is_some()).collect();
        let Some(at) = chance.pick(&titled).copied() else { return false };
        self.parts[at].head.heading = chance.pick(pool::HEADINGS).map(|heading| (*heading).to_owned());
        true
    }

    fn edit_and_move(&mut self, chance: &mut Chance) -> bool {
        let places: Vec<(usize, usize)> =
            (0..8).filter_map(|_| self.untouched(chance, |piece| piece.units.len() == 1)).collect();
        for (at, nth) in places {
            let mut edited = self.parts[at].pieces[nth].clone();
            let (name, edit) = *chance.pick(&wording::WORD_EDITS[..7]).expect("there are edits of words");
            if self.can_move(at, nth) && edit_piece(&mut edited, name, edit, chance) {
                edited.units[0].edit = Some("moved and edited");
                let kept = std::mem::replace(&mut self.parts[at].pieces[nth], edited);
                let moved = if chance.percent(50) {
                    self.move_one_within(at, nth, chance)
                } else {
                    self.move_one_across(at, nth, chance)
                };
                if !moved {
                    self.parts[at].pieces[nth] = kept;
                }
                return moved;
            }
        }
        false
    }
}

/// Edits the words of one provision of a clause.
fn edit_piece(
    piece: &mut Piece,
    name: &'static str,
    edit: fn(&str, &mut Chance) -> wording::Edited,
    chance: &mut Chance,
) -> bool {
    let mut paragraphs = Vec::new();
    paragraphs_of(&mut piece.clause.text.blocks, false, &mut 0, &mut paragraphs);
    chance.shuffle(&mut paragraphs);
    for (unit, text) in paragraphs {
        if let Some((edited, kinds)) = edit(text, chance).filter(|(edited, _)| edited != text) {
            *text = edited;
            piece.units[unit].kinds = kinds.to_vec();
            piece.units[unit].edit = Some(name);
            piece.touched = true;
            return true;
        }
    }
    false
}

/// The paragraphs of plain words, each with the place of its provision among those of its clause.
fn paragraphs_of<'a>(blocks: &'a mut [Block], item: bool, count: &mut usize, found: &mut Vec<(usize, &'a mut String)>) {
    if item && !matches!(blocks.first(), Some(Block::Paragraph(_) | Block::Table(_))) {
        *count += 1;
    }
    let mut in_run = false;
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => {
                *count += usize::from(!in_run);
                in_run = true;
                if let [Inline::Words { text }] = inlines.as_mut_slice() {
                    found.push((*count - 1, text));
                }
            }
            // Tables are left as they are.
            Block::Table(_) => {
                *count += usize::from(!in_run);
                in_run = true;
            }
            Block::List(items) => {
                in_run = false;
                items.iter_mut().for_each(|item| paragraphs_of(&mut item.blocks, true, count, found));
            }
        }
    }
}
