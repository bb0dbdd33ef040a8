//! Stems, the sets they are in, and how rare each is.

use rustc_hash::FxHashMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::background::BACKGROUND;
use super::terms::ROLE_SIGN;
use super::thesaurus::SETS;

/// A stem, a set of the thesaurus, or a run of letters.
pub(crate) type Symbol = u32;

/// How much of each symbol a text has, in the order of symbols, and the length of that as a vector.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bag {
    /// Symbol and weight.
    pub(crate) entries: Vec<(Symbol, f32)>,
    length: f32,
    total: f32,
}

impl Bag {
    /// Gathers weights; those of one symbol are added up.
    pub(crate) fn new(mut entries: Vec<(Symbol, f32)>) -> Self {
        entries.sort_unstable_by_key(|(symbol, _)| *symbol);
        entries.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let length = entries.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        let total = entries.iter().map(|(_, weight)| weight).sum();
        Self { entries, length, total }
    }

    /// Calls with each symbol that both have, and its weights.
    ///
    /// This is the innermost loop of a comparison: it steps without branches, for which list is ahead cannot be predicted.
    pub(crate) fn shared(&self, other: &Self, mut with: impl FnMut(Symbol, f32, f32)) {
        let (a, b) = (&self.entries, &other.entries);
        let (mut at, mut of_other) = (0, 0);
        while at < a.len() && of_other < b.len() {
            let ((x, mine), (y, theirs)) = (a[at], b[of_other]);
            if x == y {
                with(x, mine, theirs);
            }
            at += usize::from(x <= y);
            of_other += usize::from(y <= x);
        }
    }

    /// The cosine of the two, from 0 for nothing in common to 1 for alike.
    pub(crate) fn cosine(&self, other: &Self) -> f32 {
        let lengths = self.length * other.length;
        let mut sum = 0.0;
        self.shared(other, |_, a, b| sum += a * b);
        if lengths == 0.0 { 0.0 } else { sum / lengths }
    }

    /// The share of this one's weight that the other has too, and the share of the other's that this one has.
    pub(crate) fn covered(&self, other: &Self) -> [f32; 2] {
        let mut sum = 0.0;
        self.shared(other, |_, a, b| sum += a.min(b));
        [self.total, other.total].map(|total| if total == 0.0 { 0.0 } else { sum / total })
    }

    pub(crate) fn length(&self) -> f32 {
        self.length
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The stems and sets met so far, and in how many texts each was.
pub(crate) struct Vocabulary {
    stemmer: Stemmer,
    stems: FxHashMap<String, Symbol>,
    by_word: FxHashMap<String, Option<Symbol>>,
    names: Vec<String>,
    texts_with: Vec<u32>,
    texts: u32,
    /// The sets each phrase of stems is in, by its first stem.
    phrases: FxHashMap<Symbol, Vec<(Vec<Symbol>, Symbol)>>,
}

/// Words that say how, not what: they carry no subject to compare by. What binds is judged elsewhere.
const EMPTY_WORDS: &[&str] = &[
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being", "both", "but", "by",
    "can", "do", "does", "each", "either", "etc", "for", "from", "had", "has", "have", "he", "her", "him", "his", "if",
    "in", "into", "is", "it", "its", "may", "might", "more", "must", "no", "nor", "not", "of", "on", "or", "other",
    "our", "out", "own", "shall", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "to", "upon", "was", "we", "were", "what", "when", "where",
    "whether", "which", "while", "whilst", "who", "whom", "whose", "will", "with", "within", "would", "you", "your",
];

impl Vocabulary {
    /// The vocabulary of the thesaurus; texts add theirs.
    pub(crate) fn new() -> Self {
        let mut vocabulary = Self {
            stemmer: Stemmer::create(Algorithm::English),
            stems: FxHashMap::default(),
            by_word: FxHashMap::default(),
            names: Vec::new(),
            texts_with: Vec::new(),
            texts: 0,
            phrases: FxHashMap::default(),
        };
        for (at, set) in SETS.iter().enumerate() {
            let concept =
                vocabulary.symbol(&format!("={}", set.first().map_or(String::new(), |words| words.join(" "))), at);
            let mut without = 1.0;
            for phrase in set {
                let stems = vocabulary.stems(phrase);
                if let [stem] = stems[..] {
                    without *=
                        1.0 - f64::from(vocabulary.texts_with[stem as usize]) / f64::from(BACKGROUND.provisions.max(1));
                }
                if let Some(first) = stems.first() {
                    let entries = vocabulary.phrases.entry(*first).or_default();
                    if !entries.iter().any(|known| known.0 == stems && known.1 == concept) {
                        entries.push((stems, concept));
                    }
                }
            }
            // As if the words of a set came independently of one another.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the provisions")]
            let with = ((1.0 - without) * f64::from(BACKGROUND.provisions)) as u32;
            vocabulary.texts_with[concept as usize] = with;
        }
        vocabulary
    }

    /// A set's symbol: each set has its own, though two begin with the same word.
    fn symbol(&mut self, name: &str, set: usize) -> Symbol {
        self.intern(format!("{name}#{set}"))
    }

    fn intern(&mut self, name: String) -> Symbol {
        if let Some(known) = self.stems.get(&name) {
            return *known;
        }
        let symbol = Symbol::try_from(self.names.len()).unwrap_or(Symbol::MAX);
        self.texts_with.push(BACKGROUND.counts.get(name.as_str()).copied().unwrap_or(0));
        self.names.push(name.clone());
        self.stems.insert(name, symbol);
        symbol
    }

    /// The stems of folded words with the roles named, leaving out words that say nothing.
    pub(crate) fn stems(&mut self, words: &[String]) -> Vec<Symbol> {
        words.iter().filter_map(|word| self.stem(word)).collect()
    }

    fn stem(&mut self, word: &str) -> Option<Symbol> {
        if let Some(known) = self.by_word.get(word) {
            return *known;
        }
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
        let symbol = if EMPTY_WORDS.contains(&bare) {
            None
        } else if bare.starts_with(ROLE_SIGN) {
            Some(self.intern(bare.to_owned()))
        } else {
            let stem = self.stemmer.stem(bare).into_owned();
            Some(self.intern(stem))
        };
        self.by_word.insert(word.to_owned(), symbol);
        symbol
    }

    /// The stems of a text together with the sets of the thesaurus that its words are in.
    pub(crate) fn concepts(&self, stems: &[Symbol]) -> Vec<Symbol> {
        let mut concepts = stems.to_vec();
        for (at, stem) in stems.iter().enumerate() {
            let phrases = self.phrases.get(stem).into_iter().flatten();
            concepts.extend(phrases.filter(|(phrase, _)| stems[at..].starts_with(phrase)).map(|(_, set)| *set));
        }
        concepts
    }

    /// Counts a text, so that what is common in the documents compared weighs less.
    pub(crate) fn count(&mut self, concepts: &[Symbol]) {
        let mut once = concepts.to_vec();
        once.sort_unstable();
        once.dedup();
        for symbol in once {
            self.texts_with[symbol as usize] += 1;
        }
        self.texts += 1;
    }

    /// How much a symbol tells: the logarithm of how rare it is among the background and the texts counted.
    pub(crate) fn rarity(&self, symbol: Symbol) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "counts of provisions are small")]
        let (with, all) = (self.texts_with[symbol as usize] as f32, (BACKGROUND.provisions + self.texts) as f32);
        ((all + 1.0) / (with + 0.5)).ln().max(0.05)
    }

    /// A symbol's stem or role.
    pub(crate) fn name(&self, symbol: Symbol) -> &str {
        &self.names[symbol as usize]
    }

    /// Whether a symbol is a set of the thesaurus.
    pub(crate) fn is_set(&self, symbol: Symbol) -> bool {
        self.names[symbol as usize].starts_with('=')
    }
}
