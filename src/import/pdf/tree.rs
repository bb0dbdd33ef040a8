//! How many pages the tree of a file comes to.

use hayro_syntax::object::{Array, Dict};
use rustc_hash::FxHashMap;

use super::guard::{is_of_type, references};
use super::{PAGES, too_many_pages};
use crate::import::Unreadable;

/// The nodes of the tree of pages, and what else may be one.
#[derive(Default)]
pub(super) struct Tree {
    /// What is in each, for each time that the file has it, and whether it says that it is one.
    nodes: FxHashMap<i32, Vec<(Below, bool)>>,
    lists: FxHashMap<i32, Vec<i32>>,
    roots: Vec<i32>,
}

/// What is in a node.
enum Below {
    Here(Vec<i32>),
    /// In a list that is an object of its own.
    Elsewhere(i32),
}

impl Tree {
    /// Notes a list.
    pub(super) fn list(&mut self, number: i32, list: &Array<'_>) {
        self.lists.entry(number).or_default().extend(references(list));
    }

    /// Notes what a dictionary says of pages.
    pub(super) fn node(&mut self, number: i32, dict: &Dict<'_>) {
        self.roots.extend(dict.get_ref("Pages").map(|root| root.obj_number));
        let below = match (dict.get_ref("Kids"), dict.get::<Array<'_>>("Kids")) {
            (Some(list), _) => Below::Elsewhere(list.obj_number),
            (None, Some(list)) => Below::Here(references(&list)),
            (None, None) => return,
        };
        self.nodes.entry(number).or_default().push((below, is_of_type(dict, b"Pages")));
    }

    /// That there are not too many.
    pub(super) fn check(&self) -> Result<(), Unreadable> {
        let mut counted = FxHashMap::default();
        let too_many = self.roots.iter().any(|root| self.pages(*root, true, &mut counted) > PAGES);
        if too_many { Err(too_many_pages()) } else { Ok(()) }
    }

    /// How many pages are in a node. A branch that leads back into itself is followed once.
    fn pages(&self, number: i32, is_root: bool, counted: &mut FxHashMap<i32, usize>) -> usize {
        if let Some(known) = counted.get(&number) {
            return *known;
        }
        counted.insert(number, 0);
        let nodes = self.nodes.get(&number).into_iter().flatten().filter(|(_, says_so)| is_root || *says_so);
        let sum = nodes.map(|(below, _)| match below {
            Below::Here(list) => self.sum(list, counted),
            Below::Elsewhere(list) => self.lists.get(list).map_or(0, |list| self.sum(list, counted)),
        });
        let pages = sum.max().unwrap_or(1);
        counted.insert(number, pages);
        pages
    }

    fn sum(&self, list: &[i32], counted: &mut FxHashMap<i32, usize>) -> usize {
        list.iter().fold(0, |sum, page| sum.saturating_add(self.pages(*page, false, counted)))
    }
}
