//! Numbers with what they count, and whether they are a most or a least.

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub(super) amount: f64,
    pub(super) bound: Option<Bound>,
    /// The unit of time, in days.
    pub(super) unit: Option<f64>,
    /// Whether only working days are counted.
    working: bool,
    /// Whether months are counted, or years: nobody knows how many days they have.
    in_months: bool,
    /// Where it begins among the words, with what bounds it, and how many there are.
    pub(super) at: usize,
    pub(super) length: usize,
}

/// Which way a number bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// "within", "up to", "no later than".
    Most,
    /// "no later than five days before": the more days, the earlier.
    Ahead,
    /// "at least", "not less than".
    Least,
    /// "more than": where something begins to be asked, or ceases to be allowed.
    Over,
    /// "every", "weekly": how long it may be until it is done again.
    Interval,
}

impl Bound {
    /// Whether a greater number (or a smaller one) binds more, as far as its own words say: a longer deadline or a higher limit asks
    /// less, a longer notice or a larger quorum more.
    fn binds_more(self, greater: bool) -> bool {
        match self {
            Self::Most | Self::Over | Self::Interval => !greater,
            Self::Least | Self::Ahead => greater,
        }
    }
}

impl Quantity {
    /// Whether both bound alike and count what can be compared.
    pub(super) fn is_comparable(&self, other: &Self) -> bool {
        // "At least five days before" and "no later than five days before" ask the same.
        let bound =
            |quantity: &Self| quantity.bound.map(|bound| if bound == Bound::Ahead { Bound::Least } else { bound });
        self.unit.is_some() == other.unit.is_some() && bound(self) == bound(other)
    }

    /// Whether another amount in its place asks more; none where they cannot be compared.
    pub(super) fn asks_more(&self, other: &Self) -> Option<bool> {
        let bound = self.bound.filter(|_| self.is_comparable(other))?;
        self.is_less(other).map(|greater| bound.binds_more(greater))
    }

    /// Whether another amount is greater; none where they are the same, or it cannot be told.
    pub(super) fn is_less(&self, other: &Self) -> Option<bool> {
        match (self.working, other.working) {
            (true, false) => is_longer_than_working_days(other.amount, self.amount),
            (false, true) => is_longer_than_working_days(self.amount, other.amount).map(|longer| !longer),
            _ if self.in_months != other.in_months && is_about(self.amount, other.amount) => None,
            _ => (self.amount != other.amount).then_some(other.amount > self.amount),
        }
    }

    /// Whether both say the same, in figures or in words.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.is_comparable(other) && (self.amount, self.working) == (other.amount, other.working)
    }

    /// Whether both are as many days, but one of them working days alone.
    pub(super) fn is_of_other_days(&self, other: &Self) -> bool {
        self.is_comparable(other) && self.amount == other.amount && self.working != other.working
    }

    /// Whether it is a time by which something is to be done.
    pub(super) fn is_deadline(&self) -> bool {
        self.unit.is_some() && matches!(self.bound, Some(Bound::Most | Bound::Ahead))
    }
}

/// Whether so many months are so many days, according to which months they are: "one month" and "30 days" or "four weeks".
fn is_about(days: f64, others: f64) -> bool {
    (days - others).abs() < days.max(others) * 0.1
}

/// Whether a time, in days, is longer than so many working days, with whatever weekends fall into them; none where it depends on these.
fn is_longer_than_working_days(days: f64, working: f64) -> Option<bool> {
    let longest = working + 2.0 * (working / 5.0).ceil();
    if days <= working { Some(false) } else { (days > longest).then_some(true) }
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

/// The days in a month, of which twelve are a year.
const MONTH: f64 = 365.0 / 12.0;

const UNITS: &[(&str, f64)] = &[
    ("minute", 1.0 / 1440.0),
    ("hour", 1.0 / 24.0),
    ("day", 1.0),
    ("week", 7.0),
    ("fortnight", 14.0),
    ("month", MONTH),
    ("quarter", 3.0 * MONTH),
    ("year", 365.0),
];

/// How often, in days from one time to the next.
const INTERVALS: &[(&str, f64)] = &[
    ("daily", 1.0),
    ("weekly", 7.0),
    ("fortnightly", 14.0),
    ("monthly", MONTH),
    ("quarterly", 3.0 * MONTH),
    ("annually", 365.0),
    ("yearly", 365.0),
    ("biennially", 730.0),
    ("triennially", 1095.0),
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
    &["at", "most"],
    &["below"],
    &["under"],
    &["for", "up", "to"],
    &["limited", "to"],
    &["limit", "of"],
];

const OVER: &[&[&str]] = &[
    &["in", "excess", "of"],
    &["exceeding"],
    &["exceeds"],
    &["over"],
    &["above"],
    &["more", "than"],
    &["longer", "than"],
    &["greater", "than"],
    &["beyond"],
];

const LEAST: &[&[&str]] = &[
    &["at", "least"],
    &["not", "less", "than"],
    &["no", "less", "than"],
    &["no", "fewer", "than"],
    &["not", "fewer", "than"],
    &["a", "minimum", "of"],
    &["minimum", "of"],
    // "Unless three members are present".
    &["unless"],
];

/// What bounds a number that stands before it: "three clear days at least".
const BEHIND: &[(&[&str], Bound)] = &[
    (&["at", "least"], Bound::Least),
    (&["at", "most"], Bound::Most),
    (&["at", "the", "most"], Bound::Most),
    (&["at", "the", "latest"], Bound::Most),
];

/// What follows a time that is to pass before something else.
const AHEAD: &[&[&str]] = &[&["before"], &["prior", "to"], &["in", "advance"], &["ahead", "of"], &["notice"]];

/// Whether words begin with a phrase.
fn begin_with(words: &[String], phrase: &[&str]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, said)| word == said)
}

/// Whether something else is to follow that a time is to pass before.
pub(super) fn is_ahead(words: &[String]) -> bool {
    AHEAD.iter().any(|phrase| begin_with(words, phrase))
}

/// Where what bounds a number ends: before the time of day, if one stands between, "no later than noon two days before".
fn end_of_bound(words: &[String], at: usize) -> usize {
    let of_day = |word: &String| matches!(word.as_str(), "noon" | "midday" | "midnight" | "am" | "pm");
    match &words[..at] {
        [.., hour, named] if of_day(named) => at - if number(hour).is_some() { 2 } else { 1 },
        [.., hour]
            if hour.starts_with(|c: char| c.is_ascii_digit()) && (hour.ends_with("am") || hour.ends_with("pm")) =>
        {
            at - 1
        }
        [named] if of_day(named) => 0,
        _ => at,
    }
}

/// How far before its number a "quorum" may be named.
const QUORUM: usize = 9;

/// The number that a word is.
pub(crate) fn number(word: &str) -> Option<f64> {
    let named = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    // "Infinity" and "nan" are numbers to a computer alone.
    let figures = word.starts_with(|c: char| c.is_ascii_digit());
    named.or_else(|| {
        figures.then(|| word.replace(',', "").parse().ok()).flatten().filter(|number: &f64| number.is_finite())
    })
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

/// The numbers in folded words, and how often.
pub(super) fn quantities(words: &[String]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    for at in 0..words.len() {
        // "ten (10)" is one number, and "every ten days" no number beside.
        if found.last().is_some_and(|last| last.at + last.length > at) {
            continue;
        }
        found.extend(interval(words, at).or_else(|| counted(words, at)));
    }
    found
}

/// "Weekly", "every two years", "twice a year".
fn interval(words: &[String], at: usize) -> Option<Quantity> {
    let quantity = |days: f64, length| Quantity {
        amount: days,
        bound: Some(Bound::Interval),
        unit: Some(1.0),
        working: false,
        in_months: false,
        at,
        length,
    };
    let word = |by: usize| words.get(at + by).map_or("", String::as_str);
    if let Some((_, days)) = INTERVALS.iter().find(|(name, _)| *name == word(0)) {
        return Some(quantity(*days, 1));
    }
    let times = match word(0) {
        "once" => Some(1.0),
        "twice" => Some(2.0),
        _ => number(word(0)).filter(|_| word(1) == "times"),
    };
    if let Some(times) = times {
        let from = if word(1) == "times" { 2 } else { 1 };
        let each = matches!(word(from), "a" | "per" | "each" | "every");
        return days(word(from + 1)).filter(|_| each).map(|days| quantity(days / times, from + 2));
    }
    if !matches!(word(0), "every" | "each") {
        return None;
    }
    match number_at(words, at + 1) {
        Some((amount, length)) => days(word(1 + length)).map(|days| quantity(amount * days, 2 + length)),
        None => days(word(1)).map(|days| quantity(days, 2)),
    }
}

/// A number, with what it counts and how it is bounded.
fn counted(words: &[String], at: usize) -> Option<Quantity> {
    // "Within a month" is within one.
    let article = matches!(words[at].as_str(), "a" | "an") && words.get(at + 1).is_some_and(|word| unit_of_time(word));
    let (mut amount, length) = if article { (1.0, 1) } else { number_at(words, at)? };
    let mut end = at + length;
    let mut working = false;
    while let Some(word) = words.get(end).map(String::as_str) {
        let of_work = matches!(word, "working" | "business");
        if !of_work && number(word) != Some(amount) && !matches!(word, "clear" | "calendar" | "full") {
            break;
        }
        working |= of_work;
        end += 1;
    }
    let unit = words.get(end).and_then(|word| days(word));
    if let Some(days) = unit {
        amount *= days;
        end += 1;
    }
    let bounds = [(MOST, Bound::Most), (OVER, Bound::Over), (LEAST, Bound::Least)];
    let from = end_of_bound(words, at);
    let stated = bounds.into_iter().flat_map(|(phrases, bound)| {
        let before = |phrase: &&&[&str]| from >= phrase.len() && begin_with(&words[from - phrase.len()..], phrase);
        phrases.iter().filter(before).map(move |phrase| (at - from + phrase.len(), bound))
    });
    let quorum = || {
        let named = words[at.saturating_sub(QUORUM)..at].iter().any(|word| word == "quorum");
        (named && unit.is_none()).then_some((0, Bound::Least))
    };
    let mut bound = stated.max_by_key(|(length, _)| *length).or_else(quorum);
    if let (None, Some((phrase, behind))) = (bound, BEHIND.iter().find(|(phrase, _)| begin_with(&words[end..], phrase)))
    {
        bound = Some((0, *behind));
        end += phrase.len();
    }
    if article && bound.is_none() {
        return None;
    }
    let before = bound.map_or(0, |(length, _)| length);
    let bound = bound.map(|(_, bound)| bound);
    let later = words[at - before..at].iter().any(|word| word == "later");
    let ahead = bound == Some(Bound::Most) && later && unit.is_some() && is_ahead(&words[end..]);
    Some(Quantity {
        amount,
        bound: if ahead { Some(Bound::Ahead) } else { bound },
        unit,
        working,
        in_months: unit.is_some_and(|days| days >= MONTH),
        at: at - before,
        length: end - at + before,
    })
}
