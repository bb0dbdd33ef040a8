//! Roman numerals in small letters.

/// The values and signs, the greatest first.
const SIGNS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// A number as a numeral; nothing for 0.
pub(super) fn written(number: u32) -> String {
    let mut numeral = String::new();
    let mut rest = number;
    for (value, sign) in SIGNS {
        while rest >= value {
            numeral.push_str(sign);
            rest -= value;
        }
    }
    numeral
}

/// The value of a numeral below forty, the greatest a list of a document counts to.
pub(super) fn value(numeral: &str) -> Option<u32> {
    (1..40).find(|number| written(*number) == numeral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_written_and_read() {
        for (number, numeral) in [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (39, "xxxix")] {
            assert_eq!(written(number), numeral);
            assert_eq!(value(numeral), Some(number));
        }
        assert_eq!(written(1994), "mcmxciv");
        for word in ["", "iiii", "vx", "ivy", "xl"] {
            assert_eq!(value(word), None, "{word}");
        }
    }
}
