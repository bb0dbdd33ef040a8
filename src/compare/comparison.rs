//! What comes out of a comparison.

use serde::Serialize;

use crate::model::Provision;

/// What changed between two documents, in the order of the right one, what is only in the left one where it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Whether they are two versions of one document.
    pub versions: bool,
    /// Whether so little corresponds that they look like documents of different kinds.
    pub unrelated: bool,
    /// The provisions of the left side, in order.
    pub left: Vec<Provision>,
    /// The provisions of the right side, in order.
    pub right: Vec<Provision>,
    /// Every provision of both sides is in at least one.
    pub changes: Vec<Change>,
    /// What changed in the headings of the sections.
    pub headings: Vec<HeadingChange>,
    /// What changed in the facts about the document.
    pub facts: Vec<FactChange>,
}

/// Provisions that correspond, or one that has no counterpart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The weightiest of what is true of it.
    pub kind: Kind,
    /// Everything that is true of it, the weightiest first.
    pub aspects: Vec<Kind>,
    /// The places of the provisions on the left, from 0.
    #[serde(skip)]
    pub left: Vec<usize>,
    /// The places of the provisions on the right, from 0.
    #[serde(skip)]
    pub right: Vec<usize>,
    /// How much of one is in the other. None where there is no counterpart.
    pub relation: Option<Relation>,
    /// How sure it is that they correspond, from 0 to 1.
    pub score: f32,
    /// Which binds more.
    pub strength: Strength,
    /// The words that show what the aspects say.
    pub evidence: Vec<Evidence>,
    /// The left text turned into the right one.
    pub words: Vec<Words>,
    /// Why they are taken to correspond.
    pub why: Why,
}

/// What a change is. The order is that of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The same words, number and place.
    Unchanged,
    /// The same words under another number.
    Renumbered,
    /// The same words in another order or section, and not merely pushed along by what came in or went.
    Moved,
    /// Only case, punctuation, spelling or white space differ.
    Typographic,
    /// Only the councils' own words for the same role differ.
    Terminology,
    /// Other words, and no change of force found.
    Reworded,
    /// Another number, date, deadline, place or named document.
    Detail,
    /// Another party owes it, is owed it or is to be turned to.
    Party,
    /// It binds more.
    Strengthened,
    /// It binds less.
    Weakened,
    /// One became several.
    Split,
    /// Several became one.
    Merged,
    /// It is only on the right.
    Added,
    /// It is only on the left.
    Removed,
}

/// How much of one text is in the other. The nearest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same wording but for case, punctuation, spelling and the names of the parties.
    Same,
    /// The same in other words.
    Equivalent,
    /// One states more, less or something different.
    Partial,
}

/// Which side binds more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Neither, as far as can be told.
    #[default]
    Equal,
}

/// Words that show what is said of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What they show.
    pub shows: Kind,
    /// The words on the left; none where nothing stands there.
    pub left: Option<String>,
    /// The words on the right.
    pub right: Option<String>,
    /// What follows from them, in plain English.
    pub says: String,
}

/// A run of words in a redline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// What becomes of them.
    pub op: Op,
    /// The words, with the white space between.
    pub text: String,
}

/// What becomes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// They stay.
    Equal,
    /// They go.
    Delete,
    /// They come.
    Insert,
}

/// Why provisions are taken to correspond.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// The pass that found it.
    pub pass: Option<&'static str>,
    /// The signals behind it, the weightiest first.
    pub signals: Vec<Weighed>,
}

/// A signal and what it weighed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    #[serde(skip)]
    pub what: &'static str,
    /// What was measured.
    pub value: f32,
    /// What it added to the log odds.
    pub weight: f32,
}

/// A heading that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadingChange {
    /// On the left, with its number.
    pub left: Option<String>,
    /// On the right, with its number.
    pub right: Option<String>,
    /// What changed.
    pub kind: Kind,
}

/// A fact about the document that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// Which: `title`, `review due`.
    pub fact: &'static str,
    /// On the left.
    pub left: Option<String>,
    /// On the right.
    pub right: Option<String>,
}

impl Kind {
    /// All kinds, the least weighty first.
    pub const ALL: [Self; 14] = [
        Self::Unchanged,
        Self::Renumbered,
        Self::Moved,
        Self::Typographic,
        Self::Terminology,
        Self::Reworded,
        Self::Detail,
        Self::Party,
        Self::Strengthened,
        Self::Weakened,
        Self::Split,
        Self::Merged,
        Self::Added,
        Self::Removed,
    ];

    /// Its name, as on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Renumbered => "renumbered",
            Self::Moved => "moved",
            Self::Typographic => "typographic",
            Self::Terminology => "terminology",
            Self::Reworded => "reworded",
            Self::Detail => "detail",
            Self::Party => "party",
            Self::Strengthened => "strengthened",
            Self::Weakened => "weakened",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}
