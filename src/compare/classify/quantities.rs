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
    /// Whether a greater number (or a smaller one) binds more: a longer deadline or a higher limit asks less, whether of
    /// what must be done or of what may be; a longer notice or a larger quorum asks more.
    fn binds_more(self, greater: bool) -> bool {
        match self {
            Self::Most => !greater,
            Self::Least => greater,
        }
    }
}

impl Quantity {
    /// Whether another amount in its place asks more; none where they cannot be compared.
    pub(super) fn asks_more(&self, other: &Self) -> Option<bool> {
        let comparable =
            self.unit.is_some() == other.unit.is_some() && self.bound == other.bound && self.amount != other.amount;
        let bound = self.bound.filter(|_| comparable)?;
        Some(bound.binds_more(other.amount > self.amount))
    }

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

/// The number that begins there, and how many words it has: "twenty eight" is one.
pub(super) fn number_at(words: &[String], at: usize) -> Option<(f64, usize)> {
    let first = number(words.get(at)?)?;
    let second = words
        .get(at + 1)
        .and_then(|word| number(word))
        .filter(|_| !words[at + 1].starts_with(|c: char| c.is_ascii_digit()));
    let named = !words[at].starts_with(|c: char| c.is_ascii_digit());
    match second {
        Some(unit) if named && (20.0..100.0).contains(&first) && unit < 10.0 => Some((first + unit, 2)),
        Some(hundred) if named && first < 10.0 && hundred >= 100.0 => Some((first * hundred, 2)),
        _ => Some((first, 1)),
    }
}

/// The days in a unit of time.
fn days(word: &str) -> Option<f64> {
    let bare = word.trim_end_matches(['\'', 's']);
    UNITS.iter().find(|(name, _)| *name == bare).map(|(_, days)| *days)
}

/// Whether the word is a unit of time.
pub(super) fn unit_of_time(word: &str) -> bool {
    days(word).is_some()
}

/// The numbers in folded words.
pub(super) fn quantities(words: &[String]) -> Vec<Quantity> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some((mut amount, length)) = number_at(words, at) else { continue };
        // "ten (10)" is one number.
        if found.last().is_some_and(|last: &Quantity| last.at + last.length > at) {
            continue;
        }
        let mut end = at + length;
        while words.get(end).is_some_and(|word| {
            number(word) == Some(amount) || matches!(word.as_str(), "clear" | "working" | "calendar" | "full")
        }) {
            end += 1;
        }
        let unit = words.get(end).and_then(|word| days(word));
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
