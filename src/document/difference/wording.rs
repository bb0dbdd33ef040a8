//! How the two sides and the kinds of change are called: between versions there is an old and a new, between councils only
//! the one and the other.

use crate::compare::{Change, Comparison, Evidence, Kind};
use crate::model::Edition;

use super::only_elsewhere;

/// The names of the sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    versions: bool,
    /// What the left side is called.
    pub left: String,
    /// What the right side is called.
    pub right: String,
    subject: String,
}

impl Wording {
    /// The names for a comparison of those two.
    pub fn new(comparison: &Comparison, left: &Edition, right: &Edition) -> Self {
        let subject = right.protocol.title.clone();
        if comparison.versions {
            let (old, new) = (left.version(), right.version());
            let same = old == new;
            let name =
                |which: &str, version: &str| if same { which.to_owned() } else { format!("{which} ({version})") };
            return Self { versions: true, left: name("Old", old), right: name("New", new), subject };
        }
        let name = |edition: &Edition| edition.council_name().unwrap_or(&edition.protocol.title).to_owned();
        let (mut l, mut r) = (name(left), name(right));
        if l == r {
            l = format!("{l}: {}", left.version());
            r = format!("{r}: {}", right.version());
        }
        if l == r {
            (l, r) = ("Left".to_owned(), "Right".to_owned());
        }
        Self { versions: false, left: l, right: r, subject }
    }

    /// Whether the sides are versions of one document.
    pub fn versions(&self) -> bool {
        self.versions
    }

    /// The title of the comparison.
    pub fn title(&self) -> String {
        if self.versions {
            format!("What changed: {}", self.subject)
        } else {
            format!("{} and {} compared", self.left, self.right)
        }
    }

    /// A side's document in one line.
    pub fn side(&self, edition: &Edition) -> String {
        let council = edition.council_name().map(|name| format!("{name}, ")).unwrap_or_default();
        let (title, version, status) = (&edition.protocol.title, edition.version(), edition.protocol.status.word());
        format!("{council}{title}, version {version} ({})", status.to_lowercase())
    }

    /// What the column is called in which somebody is to write why.
    pub fn reason(&self) -> &'static str {
        if self.versions { "Reason for the change" } else { "Notes" }
    }

    /// Whether a change is one to report: between councils, where the same words stand in each is none.
    pub fn is_change(&self, change: &Change) -> bool {
        match self.versions {
            true => change.kind != Kind::Unchanged && change.kind != Kind::Renumbered,
            false => !only_elsewhere(change),
        }
    }

    /// What is true of a change, in words, the weightiest first.
    pub fn kinds(&self, change: &Change) -> Vec<String> {
        if !self.versions && only_elsewhere(change) {
            return vec!["Same words".to_owned()];
        }
        let told =
            change.aspects.iter().filter(|aspect| self.versions || !matches!(aspect, Kind::Moved | Kind::Renumbered));
        told.map(|aspect| self.kind(*aspect)).collect()
    }

    /// A kind in words.
    pub fn kind(&self, kind: Kind) -> String {
        let (left, right) = (&self.left, &self.right);
        match kind {
            Kind::Unchanged => "Unchanged".to_owned(),
            Kind::Renumbered => "Renumbered".to_owned(),
            Kind::Moved => "Moved".to_owned(),
            Kind::Typographic => "Only case, punctuation or spelling".to_owned(),
            Kind::Terminology => "Only the words for a role".to_owned(),
            Kind::Reworded if self.versions => "Reworded".to_owned(),
            Kind::Reworded => "Other words".to_owned(),
            Kind::Detail => "Another detail".to_owned(),
            Kind::Party => "Another party".to_owned(),
            Kind::Strengthened if self.versions => "Strengthened".to_owned(),
            Kind::Weakened if self.versions => "Weakened".to_owned(),
            Kind::Strengthened => format!("Binds more at {right}"),
            Kind::Weakened => format!("Binds more at {left}"),
            Kind::Split if self.versions => "Split".to_owned(),
            Kind::Merged if self.versions => "Merged".to_owned(),
            Kind::Split => format!("Several provisions at {right}"),
            Kind::Merged => format!("Several provisions at {left}"),
            Kind::Added if self.versions => "New".to_owned(),
            Kind::Removed if self.versions => "Removed".to_owned(),
            Kind::Added => format!("Only at {right}"),
            Kind::Removed => format!("Only at {left}"),
        }
    }

    /// Why a change is classed as it is, a line for each piece of evidence.
    pub fn why(&self, change: &Change) -> Vec<String> {
        change.evidence.iter().map(|evidence| self.evidence(evidence)).collect()
    }

    fn evidence(&self, evidence: &Evidence) -> String {
        let quoted = |words: &Option<String>| words.as_ref().map(|words| format!("“{words}”"));
        let words = match (quoted(&evidence.left), quoted(&evidence.right)) {
            (Some(left), Some(right)) => format!("{left} → {right}"),
            (Some(left), None) if self.versions => format!("{left} is not there any more"),
            (None, Some(right)) if self.versions => format!("{right} is new"),
            (Some(left), None) => format!("{left} only at {}", self.left),
            (None, Some(right)) => format!("{right} only at {}", self.right),
            (None, None) => return evidence.says.clone(),
        };
        format!("{words}: {}", evidence.says)
    }
}
