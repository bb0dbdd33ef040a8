//! What the fonts of a file are like: bold, italic, made of pictures.

use hayro_interpret::CacheKey;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object};
use rustc_hash::FxHashMap;

/// More letters than this no font numbers: codes are of two bytes.
const CODES: u32 = 0x1_0000;
/// `ForceBold` among the flags of a font descriptor (ISO 32000-1, table 123).
const FORCE_BOLD: u32 = 1 << 18;
/// `Italic` among them.
const ITALIC: u32 = 1 << 6;

/// What a font is like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Face {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Of pictures under the codes of letters: Wingdings.
    pub(super) pictures: bool,
    /// Of Greek letters and signs under the codes of letters.
    pub(super) symbols: bool,
    /// Courier, whose `o` is the hollow bullet of word processors.
    pub(super) typewriter: bool,
}

/// The fonts of a file, by the key under which the interpreter keeps them.
pub(super) struct Faces(FxHashMap<u128, Face>);

impl Faces {
    /// Of that file; none if one of them is made to exhaust the memory.
    pub(super) fn of(pdf: &Pdf) -> Option<Self> {
        let mut faces = FxHashMap::default();
        for object in pdf.objects() {
            let Object::Dict(font) = object else { continue };
            if has_endless_widths(&font, "W") || has_endless_widths(&font, "W2") {
                return None;
            }
            if font.get::<Name<'_>>("Type").is_some_and(|kind| kind.as_ref() == b"Font") {
                faces.insert(font.cache_key(), face(&font));
            }
        }
        Some(Self(faces))
    }

    /// The one of that key; plain where nothing is known.
    pub(super) fn get(&self, key: u128) -> Face {
        self.0.get(&key).copied().unwrap_or_default()
    }
}

fn face(font: &Dict<'_>) -> Face {
    let descendant = font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = font.get::<Dict<'_>>("FontDescriptor");
    let descriptor = descriptor.or_else(|| descendant?.get::<Dict<'_>>("FontDescriptor")).unwrap_or_default();
    let name = font.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
    let named = of_name(&name);
    let flags = descriptor.get::<u32>("Flags").unwrap_or(0);
    let weight = descriptor.get::<f32>("FontWeight").unwrap_or(0.0);
    let angle = descriptor.get::<f32>("ItalicAngle").unwrap_or(0.0);
    Face {
        bold: named.bold || weight >= 600.0 || flags & FORCE_BOLD != 0,
        italic: named.italic || angle.abs() > 1.0 || flags & ITALIC != 0,
        ..named
    }
}

/// What the name of a font says of it, the six letters of a subset and a plus before it left out.
fn of_name(name: &str) -> Face {
    let name = name.split_once('+').map_or(name, |(_, name)| name).to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let last = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    Face {
        // The last ones: TeX's and URW's names.
        bold: any(&["bold", "black", "heavy", "demi", "cmbx", "sfbx", "medital"]) || last(&["-bd", "-medi"]),
        italic: any(&["italic", "oblique", "kursiv", "cmti", "sfti", "medital"]) || last(&["-it", "-bdit", "-ital"]),
        pictures: any(&["wingdings", "webdings"]),
        symbols: name.starts_with("symbol"),
        typewriter: any(&["courier"]),
    }
}

/// Whether a list of the widths of letters gives one to more codes than there are. The interpreter keeps each by itself.
fn has_endless_widths(font: &Dict<'_>, key: &str) -> bool {
    let Some(widths) = font.get::<Array<'_>>(key) else { return false };
    let mut all = widths.flex_iter();
    let endless = |first: u32, last: u32| last.saturating_sub(first) > CODES;
    loop {
        if all.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let stretch = match key {
            "W" => all.next::<(u32, u32, f32)>().map(|(first, last, _)| (first, last)),
            _ => all.next::<(u32, u32, f32, f32, f32)>().map(|(first, last, ..)| (first, last)),
        };
        match stretch {
            Some((first, last)) if endless(first, last) => return true,
            Some(_) => {}
            None => return false,
        }
    }
}
