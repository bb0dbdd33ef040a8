//! Edits of the words of one provision, each with the kinds of change that are right for it.

use std::sync::LazyLock;

use engross::compare::Kind;
use regex::{Captures, Regex};

use super::chance::Chance;
use super::pool;

/// An edited text and the kinds that are right for it.
pub(crate) type Edited = Option<(String, &'static [Kind])>;

/// An edit of words: its name and what it does; nothing where the text offers no occasion.
pub(crate) type WordEdit = (&'static str, fn(&str, &mut Chance) -> Edited);

/// All of them.
pub(crate) const WORD_EDITS: &[WordEdit] = &[
    ("modal", modal),
    ("party", party),
    ("number", number),
    ("date", date),
    ("name", name),
    ("typography", typography),
    ("terms", terms),
    ("synonym", synonym),
    ("extended", extended),
    ("cut", cut),
];

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// The text with the bytes from `start` to `end` replaced.
fn replaced(text: &str, start: usize, end: usize, by: &str) -> String {
    format!("{}{by}{}", &text[..start], &text[end..])
}

fn word_before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end();
    before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default()
}

fn word_after(text: &str, at: usize) -> &str {
    let after = text[at..].trim_start();
    after.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default()
}

/// Who can be said to be allowed something: elsewhere "may" often only says what is possible.
static ALLOWED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(members?|councillors?|officers?|clerk|chair|chairman|council|committee|they|staff|residents?|tenants?|authority)$",
    )
});

/// "must" to "should" and the like.
fn modal(text: &str, chance: &mut Chance) -> Edited {
    static MODAL: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(must|shall|should|may)\b"));
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(if|where|when|whenever|unless|event)\b"));
    let fits = |found: &regex::Match| {
        let (before, after) = (word_before(text, found.start()), word_after(text, found.end()));
        let sentence = text[..found.start()].rsplit(['.', ';', '\n']).next().unwrap_or_default();
        match found.as_str() {
            "may" => ALLOWED.is_match(before) && after != "not" && !CONDITION.is_match(sentence),
            _ => {
                !["who", "which", "that", "as", "what", "it", "or", "and", ""].contains(&before)
                    && !CONDITION.is_match(sentence)
            }
        }
    };
    let occasions: Vec<regex::Match> = MODAL.find_iter(text).filter(fits).collect();
    let found = chance.pick(&occasions)?;
    let denied = word_after(text, found.end()) == "not";
    let choices: &[(&str, Kind)] = match (found.as_str(), denied) {
        ("should", true) => &[("must", Kind::Strengthened)],
        ("should", false) => &[("must", Kind::Strengthened), ("may", Kind::Weakened)],
        ("may", _) => &[("must", Kind::Strengthened), ("should", Kind::Strengthened)],
        (_, true) => &[("should", Kind::Weakened)],
        _ => &[("should", Kind::Weakened), ("may", Kind::Weakened)],
    };
    let (word, kind) = chance.pick(choices)?;
    let kinds: &[Kind] = if *kind == Kind::Weakened { &[Kind::Weakened] } else { &[Kind::Strengthened] };
    Some((replaced(text, found.start(), found.end(), word), kinds))
}

/// "the Clerk" to "the Chair".
fn party(text: &str, chance: &mut Chance) -> Edited {
    const PARTIES: &[&str] =
        &["Clerk", "Chair", "Mayor", "Monitoring Officer", "Deputy Clerk", "Chief Executive", "Personnel Committee"];
    static PARTY: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"\b([Tt]he) (Clerk|Chair|Chairman|Mayor|Monitoring Officer|Deputy Clerk|Chief Executive|Town Clerk)\b")
    });
    let occasions: Vec<Captures> = PARTY
        .captures_iter(text)
        .filter(|found| {
            !["of", "to", "and", "or", "s"]
                .contains(&word_after(text, found[0].len() + found.get(0).map_or(0, |all| all.start())))
        })
        .collect();
    let old = chance.pick(&occasions)?[2].to_owned();
    let core = |party: &str| party.trim_start_matches("Town ").trim_end_matches("man").to_lowercase();
    let lower = text.to_lowercase();
    let others: Vec<&&str> =
        PARTIES.iter().filter(|party| !lower.contains(&party.to_lowercase()) && core(&old) != core(party)).collect();
    let new = chance.pick(&others)?;
    Some((text.replace(&format!("he {old}"), &format!("he {new}")), &[Kind::Party]))
}

/// "within 10 days" to "within 20 days": whether that binds more or is only another detail depends on what is counted.
fn number(text: &str, chance: &mut Chance) -> Edited {
    const WORDS: &[&str] = &["two", "three", "four", "five", "six", "seven", "ten", "twelve", "fourteen", "twenty"];
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\b(\d{1,3}|two|three|four|five|six|seven|ten|twelve|fourteen|twenty)\b"));
    let alone = |found: &regex::Match| {
        let near = |c: Option<char>| c.is_some_and(|c| ".,/:-&".contains(c));
        let digits_after = text[found.end()..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let digits_before = text[..found.start()].chars().rev().nth(1).is_some_and(|c| c.is_ascii_digit());
        !(near(text[found.end()..].chars().next()) && digits_after
            || near(text[..found.start()].chars().next_back()) && digits_before)
    };
    let occasions: Vec<regex::Match> = NUMBER.find_iter(text).filter(alone).collect();
    let found = chance.pick(&occasions)?;
    let new = match found.as_str().parse::<usize>() {
        Ok(figure) => (figure + chance.within(1..=9)).to_string(),
        Err(_) => {
            (*chance.pick(&WORDS.iter().filter(|word| **word != found.as_str()).collect::<Vec<_>>())?).to_string()
        }
    };
    Some((replaced(text, found.start(), found.end(), &new), &[Kind::Detail, Kind::Strengthened, Kind::Weakened]))
}

/// Another month, day or year.
fn date(text: &str, chance: &mut Chance) -> Edited {
    const MONTHS: &[&str] = &["January", "February", "March", "June", "July", "September", "October", "November"];
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(January|February|March|June|July|September|October|November|(?:19|20)\d\d|weekly|monthly|quarterly)\b",
        )
    });
    let occasions: Vec<regex::Match> = DATE.find_iter(text).collect();
    let found = chance.pick(&occasions)?;
    let new = match found.as_str() {
        "weekly" => "monthly".to_owned(),
        "monthly" => "quarterly".to_owned(),
        "quarterly" => "monthly".to_owned(),
        year if year.starts_with(['1', '2']) => (year.parse::<usize>().ok()? + chance.within(1..=9)).to_string(),
        month => (*chance.pick(&MONTHS.iter().filter(|other| **other != month).collect::<Vec<_>>())?).to_string(),
    };
    Some((replaced(text, found.start(), found.end(), &new), &[Kind::Detail, Kind::Strengthened, Kind::Weakened]))
}

/// Another law, document or place.
fn name(text: &str, chance: &mut Chance) -> Edited {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| regex(r"[a-z,] ([A-Z][a-z]+(?: (?:of|and) [A-Z][a-z]+| [A-Z][a-z]+)+)\b"));
    static ROLE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"Council|Member|Officer|Clerk|Chair|Mayor|Leader|Committee|Authorit|Chief|Cabinet|Director|Manager|Group|Employee|Staff|Executive|Party|Board|Service",
        )
    });
    let occasions: Vec<Captures> = NAME.captures_iter(text).filter(|found| !ROLE.is_match(&found[1])).collect();
    let found = chance.pick(&occasions)?.get(1)?;
    let new = chance.pick(pool::NAMES)?;
    Some((replaced(text, found.start(), found.end(), new), &[Kind::Detail]))
}

/// Another case, sign or spelling.
fn typography(text: &str, chance: &mut Chance) -> Edited {
    static PLACES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"[a-z](,) [a-z]",
            r"[a-z] ([A-Z])[a-z]+\b",
            r"[a-z]([.;])$",
            r"[a-z](-)[a-z]",
            r"[a-z] ([a-z])[a-z]+\b",
            r"[a-z](;) [a-z]",
            r"[a-z]i(s)(?:e|es|ed|ing)\b",
            r"()$",
        ]
        .map(regex)
        .into()
    });
    const NOT_IZE: &[&str] = &[
        "rise",
        "raise",
        "advise",
        "promise",
        "otherwise",
        "exercise",
        "wise",
        "premise",
        "comprise",
        "revise",
        "supervise",
        "precise",
        "arise",
        "expertise",
        "compromise",
        "surprise",
        "disguise",
        "praise",
        "noise",
        "concise",
        "likewise",
        "devise",
        "televise",
        "improvise",
        "enterprise",
        "merchandise",
        "raising",
        "arising",
        "rising",
        "franchise",
        "bruise",
        "cruise",
        "poise",
        "liaise",
    ];
    for _ in 0..6 {
        let kind = chance.below(PLACES.len());
        let occasions: Vec<Captures> = PLACES[kind].captures_iter(text).collect();
        let Some(found) = chance.pick(&occasions).and_then(|found| found.get(1)) else { continue };
        let word = word_before(text, found.start()).to_owned() + found.as_str() + word_after(text, found.end());
        let new = match kind {
            0 | 5 => String::new(),
            1 | 4 if word_after(text, found.start()).eq_ignore_ascii_case("may") => continue,
            1 => found.as_str().to_lowercase(),
            2 => {
                if found.as_str() == "." {
                    String::new()
                } else {
                    ".".to_owned()
                }
            }
            3 => " ".to_owned(),
            4 => found.as_str().to_uppercase(),
            6 if NOT_IZE.iter().any(|not| word.starts_with(not.trim_end_matches('e')) || word.ends_with(not))
                || word.contains("vis")
                || word.contains("ais")
                || word.contains("ois") =>
            {
                continue;
            }
            6 => "z".to_owned(),
            _ if text.ends_with(|c: char| c.is_alphanumeric()) => ";".to_owned(),
            _ => continue,
        };
        return Some((replaced(text, found.start(), found.end(), &new), &[Kind::Typographic]));
    }
    None
}

/// Another word for the same role, wherever the text has it.
fn terms(text: &str, chance: &mut Chance) -> Edited {
    const TERMS: &[(&str, &str)] = &[
        ("Councillors", "Members"),
        ("Councillor", "Member"),
        ("councillors", "members"),
        ("councillor", "member"),
        ("Members", "Councillors"),
        ("Member", "Councillor"),
        ("Chairman", "Chair"),
        ("officers", "employees"),
        ("Officers", "Employees"),
        ("officer", "employee"),
    ];
    let mut terms = TERMS.to_vec();
    chance.shuffle(&mut terms);
    let plain = |old: &str| {
        text.match_indices(old).all(|(at, _)| {
            let (before, after) = (word_before(text, at), word_after(text, at + old.len()));
            let compound = before.starts_with(char::is_uppercase)
                && !["The", "All", "Each", "A", "Any", "Individual", "Every"].contains(&before);
            let other = [
                "senior",
                "chief",
                "paid",
                "elected",
                "co-opted",
                "council",
                "staff",
                "vice",
                "individual",
                "committee",
            ]
            .contains(&before.to_lowercase().as_str());
            let whole = !text[at + old.len()..].starts_with(char::is_alphanumeric)
                && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            !compound
                && !other
                && whole
                && !["of", "Officer", "officer"].contains(&after)
                && !text[at + old.len()..].starts_with(['-', '/'])
        })
    };
    let (old, new) = terms.into_iter().find(|(old, _)| text.contains(old) && plain(old))?;
    Some((text.replace(old, new), &[Kind::Terminology]))
}

/// Other words for the same.
fn synonym(text: &str, chance: &mut Chance) -> Edited {
    let mut synonyms = pool::SYNONYMS.to_vec();
    chance.shuffle(&mut synonyms);
    let whole = |at: usize, length: usize| {
        !text[at + length..].starts_with(char::is_alphanumeric) && !text[..at].ends_with(char::is_alphanumeric)
    };
    synonyms.into_iter().find_map(|(old, new)| {
        let (at, _) = text.match_indices(old).find(|(at, _)| whole(*at, old.len()))?;
        Some((replaced(text, at, at + old.len(), new), &[Kind::Reworded] as &[Kind]))
    })
}

/// What a sentence more or less can be: that depends on what it says.
const CONTENT: &[Kind] = &[Kind::Reworded, Kind::Detail, Kind::Party, Kind::Strengthened, Kind::Weakened];

fn extended(text: &str, chance: &mut Chance) -> Edited {
    let long_enough = text.ends_with('.') && text.split_whitespace().count() >= 12;
    let sentence = chance.pick(pool::SENTENCES)?;
    long_enough.then(|| (format!("{text} {sentence}"), CONTENT))
}

fn cut(text: &str, chance: &mut Chance) -> Edited {
    let ends = sentence_ends(text);
    let most = |end: &&usize| text[..**end].split_whitespace().count() * 2 >= text.split_whitespace().count();
    let ends: Vec<usize> = ends.iter().filter(most).copied().collect();
    let end = *chance.pick(&ends)?;
    Some((text[..end].to_owned(), CONTENT))
}

/// Where sentences end inside a text, so that enough words are on both sides to know each part by.
pub(crate) fn sentence_ends(text: &str) -> Vec<usize> {
    static END: LazyLock<Regex> = LazyLock::new(|| regex(r"[a-z)]{3}\.( )[A-Z]"));
    let words = |part: &str| part.split_whitespace().count();
    let ends = END.captures_iter(text).filter_map(|found| found.get(1)).map(|blank| blank.start());
    ends.filter(|end| words(&text[..*end]) >= 6 && words(&text[*end..]) >= 6).collect()
}
