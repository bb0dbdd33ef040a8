//! Numbers with what they count, and whether they are a most or a least.

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub(super) amount: f64,
    pub(super) bound: Option<Bound>,
    /// The unit of time, in days.
    pub(super) unit: Option<f64>,
    /// Where it begins among the words, with what bounds it, and how many there are.
    pub(super) at: usize,
    pub(super) length: usize,
}

/// Which way a number bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// "within", "up to", "no later than".
    Most,
    /// "at least", "not less than".
    Least,
}

impl Bound {
    /// Whether a greater number (or a smaller one) binds more.
    pub(super) fn binds_more(self, greater: bool, permits: bool) -> bool {
        match self {
            // A longer deadline asks less; so does a higher limit on what may be done.
            Self::Most => !greater,
            // A longer notice asks more of whom must give it, and of whom may do something only after it.
            Self::Least => greater || permits && greater,
        }
    }
}

impl Quantity {
    /// Whether it is a time by which something is to be done.
    pub(super) fn is_deadline(&self) -> bool {
        self.unit.is_some() && self.bound == Some(Bound::Most)
    }
}

const NUMBERS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
];

const UNITS: &[(&str, f64)] = &[
    ("minute", 1.0 / 1440.0),
    ("hour", 1.0 / 24.0),
    ("day", 1.0),
    ("week", 7.0),
    ("fortnight", 14.0),
    ("month", 30.4),
    ("year", 365.0),
];

const MOST: &[&[&str]] = &[
    &["within"],
    &["up", "to"],
    &["no", "later", "than"],
    &["not", "later", "than"],
    &["no", "more", "than"],
    &["not", "more", "than"],
    &["a", "maximum", "of"],
    &["maximum", "of"],
    &["not", "exceeding"],
    &["not", "exceed"],
    &["not", "to", "exceed"],
    &["in", "excess", "of"],
    &["exceeding"],
    &["exceeds"],
    &["at", "most"],
    &["below"],
    &["under"],
    &["for", "up", "to"],
    &["limited", "to"],
    &["limit", "of"],
    &["over"],
    &["above"],
];

const LEAST: &[&[&str]] = &[
    &["at", "least"],
    &["not", "less", "than"],
    &["no", "less", "than"],
    &["no", "fewer", "than"],
    &["not", "fewer", "than"],
    &["a", "minimum", "of"],
    &["minimum", "of"],
];

/// The number that a word is.
pub(crate) fn number(word: &str) -> Option<f64> {
    let named = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    named.or_else(|| word.replace(',', "").parse().ok())
}

/// The numbers in folded words.
pub(super) fn quantities(words: &[String]) -> Vec<Quantity> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some(mut amount) = number(&words[at]) else { continue };
        // "ten (10)" is one number.
        if found.last().is_some_and(|last: &Quantity| last.at + last.length > at) {
            continue;
        }
        let mut end = at + 1;
        while words.get(end).is_some_and(|word| {
            number(word) == Some(amount) || matches!(word.as_str(), "clear" | "working" | "calendar" | "full")
        }) {
            end += 1;
        }
        let unit = words.get(end).and_then(|word| {
            let bare = word.trim_end_matches(['\'', 's']).trim_end_matches('\'');
            UNITS.iter().find(|(name, _)| *name == bare)
        });
        let unit = unit.map(|(_, days)| *days);
        if let Some(days) = unit {
            amount *= days;
            end += 1;
        }
        let ends_with = |phrases: &[&[&str]]| {
            phrases
                .iter()
                .filter(|phrase| at >= phrase.len() && words[at - phrase.len()..at].iter().eq(phrase.iter()))
                .map(|phrase| phrase.len())
                .max()
        };
        let (bound, before) = match (ends_with(MOST), ends_with(LEAST)) {
            (_, Some(length)) => (Some(Bound::Least), length),
            (Some(length), None) => (Some(Bound::Most), length),
            (None, None) => (None, 0),
        };
        found.push(Quantity { amount, bound, unit, at: at - before, length: end - at + before });
    }
    found
}
