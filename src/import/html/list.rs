//! The numbers that browsers print before the items of lists.

use crate::import::roman;

/// How an item's number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// `1`, `2`, `3`.
    Decimal,
    /// `a`, `b`, … `z`, `aa`.
    Letter,
    /// `i`, `ii`, `iii`.
    Roman,
    /// `A`, `B`.
    Capital,
    /// `I`, `II`.
    CapitalRoman,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing.
    None,
    /// A sign that counts nothing.
    Bullet,
    /// Its number.
    Number(Numeral),
}

impl Sign {
    /// What the `type` of an `ol` or `li` asks for.
    pub(super) fn of_type(kind: &str) -> Option<Self> {
        Some(match kind.trim() {
            "1" => Self::Number(Numeral::Decimal),
            "a" => Self::Number(Numeral::Letter),
            "A" => Self::Number(Numeral::Capital),
            "i" => Self::Number(Numeral::Roman),
            "I" => Self::Number(Numeral::CapitalRoman),
            other => return Self::of_style(other).filter(|sign| *sign == Self::Bullet),
        })
    }

    /// What a `list-style` asks for.
    pub(super) fn of_style(style: &str) -> Option<Self> {
        style.split_ascii_whitespace().find_map(|word| {
            Some(match word.to_ascii_lowercase().as_str() {
                "none" => Self::None,
                "disc" | "circle" | "square" => Self::Bullet,
                "decimal" | "decimal-leading-zero" => Self::Number(Numeral::Decimal),
                "lower-alpha" | "lower-latin" => Self::Number(Numeral::Letter),
                "upper-alpha" | "upper-latin" => Self::Number(Numeral::Capital),
                "lower-roman" => Self::Number(Numeral::Roman),
                "upper-roman" => Self::Number(Numeral::CapitalRoman),
                _ => return None,
            })
        })
    }
}

impl Numeral {
    /// A number, written so. What a numeral cannot write, browsers write in figures.
    pub(super) fn write(self, number: i64) -> String {
        match self {
            Self::Letter if number > 0 => letters(number),
            Self::Capital if number > 0 => letters(number).to_ascii_uppercase(),
            Self::Roman if (1..4000).contains(&number) => roman(number),
            Self::CapitalRoman if (1..4000).contains(&number) => roman(number).to_ascii_uppercase(),
            _ => number.to_string(),
        }
    }
}

fn letters(mut number: i64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(number: i64) -> String {
    roman::written(u32::try_from(number).unwrap_or_default())
}

/// A list that is being read.
#[derive(Debug)]
pub(super) struct List {
    /// What its items have before them unless they say otherwise.
    pub(super) sign: Sign,
    /// The number of the next item.
    pub(super) next: i64,
    /// How far it is to the number after that.
    pub(super) step: i64,
    /// The number of the item that is being read.
    pub(super) number: i64,
    /// The same in a counter of the page's own, which knows nothing of where the list starts.
    pub(super) count: i64,
    /// Whether the style sheet writes the numbers of its items.
    pub(super) styled: bool,
}

impl List {
    /// A list whose items have that before them.
    pub(super) fn new(sign: Sign) -> Self {
        Self { sign, next: 1, step: 1, number: 0, count: 0, styled: false }
    }

    /// Goes on to the next item, which may say its number itself.
    pub(super) fn advance(&mut self, value: Option<i64>) {
        self.number = value.unwrap_or(self.next);
        self.next = self.number.saturating_add(self.step);
        self.count = self.count.saturating_add(1);
    }
}
