//! Signs of fonts that have pictures where others have letters.

/// What the sign of that code is in a font; none where it is not known.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    let font = font.to_lowercase();
    // Word moves the signs of such fonts to where no letters are.
    let position = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    match font.as_str() {
        "symbol" => symbol(position),
        "wingdings" => wingdings(position),
        "wingdings 2" => wingdings_2(position),
        "wingdings 3" => (0x7D..=0x86).contains(&position).then_some(BULLET),
        "webdings" => (position == 0x3D).then_some(BULLET),
        _ if code == position => char::from_u32(code).filter(|letter| !letter.is_control()),
        _ => (position == 0xB7).then_some(BULLET),
    }
}

const BULLET: char = '•';

fn symbol(position: u32) -> Option<char> {
    Some(match position {
        0xB7 | 0xA8 | 0xA7 => BULLET,
        // Digits and what stands between words are where they are in ASCII.
        0x21 | 0x23 | 0x25 | 0x26 | 0x28 | 0x29 | 0x2B | 0x2C | 0x2E..=0x3F | 0x5B | 0x5D | 0x7B..=0x7D => {
            char::from_u32(position)?
        }
        0x2D => '−',
        0xA3 => '≤',
        0xB3 => '≥',
        0xB9 => '≠',
        0xB1 => '±',
        0xB4 => '×',
        0xB8 => '÷',
        0xB0 => '°',
        0xA2 => '′',
        0xAC => '←',
        0xAE => '→',
        0xBC => '…',
        0xD2 | 0xE2 => '®',
        0xD3 | 0xE3 => '©',
        0xD4 | 0xE4 => '™',
        _ => return None,
    })
}

fn wingdings(position: u32) -> Option<char> {
    Some(match position {
        0x6C | 0x6E | 0x73..=0x77 | 0x9E | 0x9F | 0xA7 | 0xD8 => BULLET,
        0x6F | 0x70..=0x72 | 0xA8 => '☐',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        0xDF | 0xE7 => '←',
        0xE0 | 0xE8 => '→',
        _ => return None,
    })
}

fn wingdings_2(position: u32) -> Option<char> {
    Some(match position {
        0x4F => '✗',
        0x50 => '✓',
        0x52 => '☑',
        0x51 | 0x53 | 0x54 => '☒',
        0x2A | 0xA3 => '☐',
        0x95..=0x98 => BULLET,
        _ => return None,
    })
}
