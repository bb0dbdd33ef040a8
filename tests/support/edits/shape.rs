//! Edits of the build: clauses and list items that come, go, move, part and join.

use engross::compare::Kind;
use engross::model::{Block, Clause, Inline, Item, Number, Text};

use super::chance::Chance;
use super::{Draft, Piece, Unit, pool, wording};

impl Piece {
    /// Its words, if it is one paragraph of plain words.
    fn plain(&self) -> Option<&str> {
        match self.clause.text.blocks.as_slice() {
            [Block::Paragraph(inlines)] => match inlines.as_slice() {
                [Inline::Words { text }] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    fn added(clause: Clause, units: usize) -> Self {
        let unit = Unit { edit: Some("insert"), ..Unit::default() };
        Self { clause, units: vec![unit; units], touched: true, moved: false }
    }

    /// Where its list begins among its blocks and its provisions, if it has one of plain items.
    fn list(&self) -> Option<(usize, usize)> {
        let at = self.clause.text.blocks.iter().position(|block| matches!(block, Block::List(_)))?;
        let Block::List(items) = &self.clause.text.blocks[at] else { return None };
        let flat = items.iter().all(|item| matches!(item.blocks.as_slice(), [Block::Paragraph(_)]));
        flat.then_some((at, usize::from(at > 0)))
    }

    fn items(&mut self, block: usize) -> &mut Vec<Item> {
        match &mut self.clause.text.blocks[block] {
            Block::List(items) => items,
            Block::Paragraph(_) | Block::Table(_) => unreachable!("asked for the place of a list"),
        }
    }
}

/// The share of the words of one in the other.
fn overlap(left: &str, right: &str) -> f64 {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_lowercase).collect()
    };
    let (l, r) = (words(left), words(right));
    let shared = u32::try_from(l.intersection(&r).count()).unwrap_or(u32::MAX);
    let least = u32::try_from(l.len().min(r.len()).max(1)).unwrap_or(u32::MAX);
    f64::from(shared) / f64::from(least)
}

impl Draft {
    /// Whether there are clauses under this one, or this one is under another, so that it cannot go anywhere by itself.
    pub(super) fn is_bound(&self, at: usize, nth: usize) -> bool {
        let clause = &self.parts[at].pieces[nth].clause;
        let depth = clause.number().map_or(2, Number::depth);
        clause.under.is_some()
            || clause.heading.is_some()
            || depth > 2
            || clause.text.leads_in() && self.parts[at].pieces[nth].units.len() == 1
    }

    pub(super) fn can_move(&self, at: usize, nth: usize) -> bool {
        !self.is_bound(at, nth) && !self.parts[at].pieces[nth].moved
    }

    /// A number for a clause after `before`, where nothing else is renumbered.
    fn number_after(&self, at: usize, before: Option<usize>) -> Option<Option<Number>> {
        let number = before.and_then(|nth| self.parts[at].pieces[nth].clause.number())?;
        Some(Number::new(&format!("{}A", number.as_str().trim_end_matches('.'))))
    }

    fn put(&mut self, at: usize, nth: usize, mut piece: Piece) {
        piece.clause.number = self.number_after(at, nth.checked_sub(1));
        self.parts[at].pieces.insert(nth, piece);
    }

    pub(super) fn renumber(&mut self, chance: &mut Chance) -> bool {
        let Some((at, nth)) =
            self.untouched(chance, |piece| piece.clause.number().is_some_and(|number| number.depth() == 2))
        else {
            return false;
        };
        let piece = &mut self.parts[at].pieces[nth];
        let number = format!("{}.{}", at + 1, 40 + chance.below(50));
        piece.clause.number = Some(Number::new(&number));
        piece.touched = true;
        true
    }

    pub(super) fn insert(&mut self, strangers: &[Clause], chance: &mut Chance) -> bool {
        let stranger = if chance.percent(50) { chance.pick(strangers).cloned() } else { None };
        let own = chance.pick(pool::CLAUSES).expect("there are clauses");
        let clause = stranger.unwrap_or_else(|| Clause { text: Text::paragraph(*own), ..Clause::default() });
        if self.knows(&clause.text.plain()) {
            return false;
        }
        self.known.push(clause.text.plain());
        let at = chance.below(self.parts.len());
        let nth = chance.below(self.parts[at].pieces.len() + 1);
        self.insert_at(at, nth, clause);
        true
    }

    /// Whether the document says something so like it that it could be taken for the same.
    fn knows(&self, text: &str) -> bool {
        self.known.iter().any(|own| overlap(own, text) > 0.5)
    }

    /// Puts a clause of one paragraph there.
    pub(crate) fn insert_at(&mut self, at: usize, nth: usize, clause: Clause) {
        let clause = Clause { text: clause.text, ..Clause::default() };
        let units = super::truth::count(&clause);
        self.put(at, nth, Piece::added(clause, units));
    }

    pub(super) fn delete(&mut self, chance: &mut Chance) -> bool {
        let Some((at, nth)) = self.untouched(chance, |_| true) else { return false };
        if self.is_bound(at, nth) {
            return false;
        }
        let piece = self.parts[at].pieces.remove(nth);
        self.removed.extend(piece.units.iter().flat_map(|unit| &unit.from).map(|from| (*from, "delete")));
        true
    }

    pub(super) fn move_within(&mut self, chance: &mut Chance) -> bool {
        let place = self.untouched(chance, |_| true);
        place.is_some_and(|(at, nth)| self.can_move(at, nth) && self.move_one_within(at, nth, chance))
    }

    /// Moves a clause past at least two others: of two neighbours that swap, nobody can say which one moved.
    pub(super) fn move_one_within(&mut self, at: usize, nth: usize, chance: &mut Chance) -> bool {
        let count = self.parts[at].pieces.len();
        let targets: Vec<usize> = (0..count).filter(|to| to.abs_diff(nth) >= 2).collect();
        let Some(to) = chance.pick(&targets).copied() else { return false };
        let piece = self.parts[at].pieces.remove(nth);
        self.put_moved(at, to, piece);
        true
    }

    pub(super) fn move_across(&mut self, chance: &mut Chance) -> bool {
        let place = self.untouched(chance, |_| true);
        place.is_some_and(|(at, nth)| self.can_move(at, nth) && self.move_one_across(at, nth, chance))
    }

    pub(super) fn move_one_across(&mut self, at: usize, nth: usize, chance: &mut Chance) -> bool {
        let others: Vec<usize> = (0..self.parts.len()).filter(|other| *other != at).collect();
        let Some(other) = chance.pick(&others).copied() else { return false };
        let piece = self.parts[at].pieces.remove(nth);
        let to = chance.below(self.parts[other].pieces.len() + 1);
        self.put_moved(other, to, piece);
        true
    }

    fn put_moved(&mut self, at: usize, to: usize, mut piece: Piece) {
        (piece.touched, piece.moved) = (true, true);
        for unit in piece.units.iter_mut().filter(|unit| unit.edit.is_none()) {
            unit.edit = Some("move");
        }
        self.put(at, to, piece);
    }

    pub(super) fn split(&mut self, chance: &mut Chance) -> bool {
        let parts = |piece: &Piece| piece.plain().is_some_and(|text| !wording::sentence_ends(text).is_empty());
        let Some((at, nth)) = self.untouched(chance, parts) else { return false };
        let piece = &mut self.parts[at].pieces[nth];
        let text = piece.plain().unwrap_or_default().to_owned();
        let Some(end) = chance.pick(&wording::sentence_ends(&text)).copied() else { return false };
        piece.clause.text = Text::paragraph(&text[..end]);
        piece.touched = true;
        piece.units[0].kinds = vec![Kind::Split];
        piece.units[0].edit = Some("split");
        let units = piece.units.clone();
        let rest = Clause { text: Text::paragraph(text[end..].trim_start()), ..Clause::default() };
        self.put(at, nth + 1, Piece { clause: rest, units, touched: true, moved: false });
        true
    }

    pub(super) fn merge(&mut self, chance: &mut Chance) -> bool {
        let Some((at, nth)) = self.untouched(chance, |piece| piece.plain().is_some()) else { return false };
        let Some(next) = self.parts[at].pieces.get(nth + 1).filter(|next| !next.touched && next.units.len() == 1)
        else {
            return false;
        };
        let (Some(first), Some(second)) = (self.parts[at].pieces[nth].plain(), next.plain()) else { return false };
        let long = |text: &str| text.split_whitespace().count() >= 5;
        if !long(first) || !long(second) || self.is_bound(at, nth) || self.is_bound(at, nth + 1) {
            return false;
        }
        let text = Text::paragraph(format!("{first} {second}"));
        let gone = self.parts[at].pieces.remove(nth + 1);
        let piece = &mut self.parts[at].pieces[nth];
        piece.clause.text = text;
        piece.touched = true;
        piece.units[0].from.extend(&gone.units[0].from);
        piece.units[0].kinds = vec![Kind::Merged];
        piece.units[0].edit = Some("merge");
        true
    }

    pub(super) fn insert_item(&mut self, chance: &mut Chance) -> bool {
        let Some((at, nth)) = self.untouched(chance, |piece| piece.list().is_some()) else { return false };
        let words = *chance.pick(pool::ITEMS).expect("there are items");
        if self.knows(words) {
            return false;
        }
        self.known.push(words.to_owned());
        let piece = &mut self.parts[at].pieces[nth];
        let Some((block, first)) = piece.list() else { return false };
        let items = piece.items(block);
        let to = chance.below(items.len() + 1);
        let label = items.last().and_then(|last| last.label.clone());
        items.insert(to, Item { label, blocks: Text::paragraph(words).blocks });
        piece.units.insert(first + to, Unit { edit: Some("insert item"), ..Unit::default() });
        piece.touched = true;
        true
    }

    pub(super) fn delete_item(&mut self, chance: &mut Chance) -> bool {
        let Some((at, nth)) = self.untouched(chance, |piece| piece.list().is_some()) else { return false };
        let piece = &mut self.parts[at].pieces[nth];
        let Some((block, first)) = piece.list() else { return false };
        let items = piece.items(block);
        if items.len() < 2 {
            return false;
        }
        let gone = chance.below(items.len());
        items.remove(gone);
        let unit = piece.units.remove(first + gone);
        piece.touched = true;
        self.removed.extend(unit.from.iter().map(|from| (*from, "delete item")));
        true
    }

    pub(super) fn move_item(&mut self, chance: &mut Chance) -> bool {
        let Some((at, nth)) = self.untouched(chance, |piece| piece.list().is_some()) else { return false };
        let piece = &mut self.parts[at].pieces[nth];
        let Some((block, first)) = piece.list() else { return false };
        let items = piece.items(block);
        if items.len() < 4 {
            return false;
        }
        let from = chance.below(items.len());
        let targets: Vec<usize> = (0..items.len()).filter(|to| to.abs_diff(from) >= 2).collect();
        let Some(to) = chance.pick(&targets).copied() else { return false };
        let item = items.remove(from);
        items.insert(to, item);
        let mut unit = piece.units.remove(first + from);
        unit.moved = true;
        unit.edit = Some("move item");
        piece.units.insert(first + to, unit);
        piece.touched = true;
        true
    }
}
