//! What the signs of a font are read as.

use super::faces::Face;
use crate::import::text::words::is_unseen;

/// What stands for a letter of which the file does not say which it is.
pub(super) const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// What one sign is read as: a space, some letters, or nothing. `wide` tells whether it takes room.
pub(super) fn read(sign: &str, face: Face, wide: bool) -> String {
    sign.chars().filter_map(|letter| one(letter, face, wide)).collect::<Vec<_>>().concat()
}

fn one(letter: char, face: Face, wide: bool) -> Option<String> {
    let letters = match letter {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        // Fonts draw it like a hyphen, and many files name their hyphen so; one that is not to be seen takes no room.
        '\u{ad}' if wide => "-",
        '\0' | '\u{fffe}' | '\u{ffff}' => return Some(UNKNOWN.to_string()),
        letter if letter.is_whitespace() || letter.is_control() => " ",
        '\u{200c}' | '\u{200d}' => return None,
        letter if is_unseen(letter) => return None,
        '\u{e000}'..='\u{f8ff}' => return Some(private(letter, face).to_string()),
        letter if face.pictures => return Some(picture(letter).unwrap_or(letter).to_string()),
        letter => return Some(letter.to_string()),
    };
    Some(letters.to_owned())
}

/// A code point that means what the font makes of it. Those of the fonts of signs, and of other old fonts, are their one-byte codes
/// and 0xF000.
fn private(letter: char, face: Face) -> char {
    let code = u32::from(letter).checked_sub(0xf000).and_then(|code| u8::try_from(code).ok()).map(char::from);
    match code {
        // The bullets of word processors, whatever the name of the font.
        Some('\u{b7}') => '•',
        Some('\u{a7}') => '▪',
        Some(code) if face.pictures => picture(code).unwrap_or(UNKNOWN),
        Some(code) if code.is_ascii_graphic() && !face.symbols => code,
        _ => UNKNOWN,
    }
}

/// What Wingdings draws under the code of a letter: the bullets, ticks and boxes that word processors offer.
fn picture(letter: char) -> Option<char> {
    Some(match letter {
        '\u{b7}' => '•',
        '\u{a7}' => '▪',
        '\u{d8}' => '➢',
        '\u{76}' => '❖',
        '\u{6c}' => '●',
        '\u{6e}' => '■',
        '\u{6f}' | '\u{71}' | '\u{72}' | '\u{a8}' => '☐',
        '\u{fc}' => '✓',
        '\u{fb}' => '✗',
        '\u{fe}' => '☑',
        '\u{fd}' => '☒',
        '\u{e0}' => '→',
        _ => return None,
    })
}

/// Whether that sign, alone before words, is a bullet.
pub(super) fn is_bullet(sign: &str, face: Face) -> bool {
    const BULLETS: &str = "•‣◦▪▫■□●○◆◇❖➢➤►▶·∙⁃☐";
    let mut letters = sign.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    BULLETS.contains(letter) && (letter != '☐' || face.pictures) || letter == 'o' && face.typewriter
}
