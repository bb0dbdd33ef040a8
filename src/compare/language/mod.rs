//! The basis of meaning: how the words of governance are read. All of it is lists that can be looked into.
//!
//! A text goes through these steps, each of which takes away a difference that does not matter to the step after it:
//!
//! 1. [`fold`]: words in lower case, without punctuation, in one spelling (`spelling.toml`).
//! 2. [`Terms`]: the councils' words for a role become the role (`terms.toml`, and `[terms]` of council.toml).
//! 3. [`Vocabulary`]: words become stems, and stems the sets of the thesaurus they are in (`thesaurus.toml`), each with how
//!    rare it is in governance wording (`background.tsv`).
//! 4. [`parties`]: who owes what is said, and to whom.

mod background;
mod fold;
mod parties;
mod terms;
mod thesaurus;
mod vocabulary;

pub(crate) use fold::fold;
pub(crate) use parties::{Parties, Roles, parties};
pub(crate) use terms::{ROLE_SIGN, Terms};
pub(crate) use vocabulary::{Bag, Symbol, Vocabulary};
