//! What a stream unpacks to, within limits.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_syntax::reader::{Reader, ReaderExt as _};

use super::endless;
use crate::import::Unreadable;

/// What one stream may unpack to, in bytes: the drawing of a page of words has some tens of thousands, the largest font
/// of an office 23 million.
const LARGEST: usize = 24 << 20;
/// What may be packed in a way that packs tightly and is not unpacked piece by piece here, in bytes.
const OLD: usize = 256 << 10;
/// How many ways of packing may lie in each other. Writers use two.
const WAYS: usize = 4;
/// Instructions that save the state of drawing, or are laborious, less often than this need no closer look.
const SELDOM_SAVED: usize = 1_000;
const SELDOM_LABORIOUS: usize = 50;
/// So many bytes of plain instructions take as long as one that sets patterns, masks or the like.
const LABORIOUS: usize = 500;

/// How a stream is packed.
pub(super) struct Packing {
    ways: Vec<Way>,
    /// Whether it is a picture, of which nothing is read.
    pub(super) is_picture: bool,
}

/// A way of packing.
enum Way {
    Flate,
    /// As text: it only grows.
    Text(&'static str),
    /// As old writers did.
    Old(&'static str),
}

impl Packing {
    /// As a stream's dictionary has it.
    pub(super) fn of(dict: &Dict<'_>) -> Self {
        let one = dict.get::<Name<'_>>("Filter").map(|name| name.as_ref().to_vec());
        let names: Vec<Vec<u8>> = match (one, dict.get::<Array<'_>>("Filter")) {
            (Some(name), _) => vec![name],
            (None, Some(names)) => names.iter::<Name<'_>>().map(|name| name.as_ref().to_vec()).collect(),
            // Where else it says so, it is what nearly all are.
            (None, None) if dict.contains_key("Filter") => vec![b"FlateDecode".to_vec()],
            (None, None) => Vec::new(),
        };
        let of_pictures: [&[u8]; 6] = [b"DCTDecode", b"DCT", b"JPXDecode", b"JBIG2Decode", b"CCITTFaxDecode", b"CCF"];
        let is_image = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Image");
        Self {
            is_picture: is_image || names.iter().any(|name| of_pictures.contains(&name.as_slice())),
            ways: names.iter().filter_map(|name| way(name)).collect(),
        }
    }

    /// What it unpacks to: the data begin the bytes, and may end after that length.
    pub(super) fn unpack(&self, bytes: &[u8], length: usize) -> Result<Vec<u8>, Unreadable> {
        if self.ways.len() > WAYS {
            return Err(endless());
        }
        let mut unpacked: Option<Vec<u8>> = None;
        for way in &self.ways {
            let (data, length) = match &unpacked {
                Some(data) => (data.as_slice(), data.len()),
                None => (bytes, length.min(bytes.len())),
            };
            let next = match way {
                // What is packed so tells itself where it ends.
                Way::Flate => inflated(data),
                Way::Text(name) => by_reader(name, &data[..length]),
                Way::Old(_) if length > OLD => return Err(endless()),
                Way::Old(name) => by_reader(name, &data[..length]),
            };
            if next.len() > LARGEST {
                return Err(endless());
            }
            unpacked = Some(next);
        }
        match unpacked {
            Some(unpacked) => Ok(unpacked),
            None if length > LARGEST => Err(endless()),
            None => Ok(bytes[..length.min(bytes.len())].to_vec()),
        }
    }
}

fn way(name: &[u8]) -> Option<Way> {
    Some(match name {
        b"FlateDecode" | b"Fl" => Way::Flate,
        b"ASCII85Decode" | b"A85" => Way::Text("ASCII85Decode"),
        b"ASCIIHexDecode" | b"AHx" => Way::Text("ASCIIHexDecode"),
        b"LZWDecode" | b"LZW" => Way::Old("LZWDecode"),
        b"RunLengthDecode" | b"RL" => Way::Old("RunLengthDecode"),
        _ => return None,
    })
}

/// At most one byte more than there may be. A head that is none is data.
fn inflated(data: &[u8]) -> Vec<u8> {
    let headed = matches!(data, [kind, flags, ..] if kind & 0x0f == 8
        && u16::from_be_bytes([*kind, *flags]) % 31 == 0
        && flags & 0x20 == 0);
    let mut unpacked = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX) + 1;
    // What is broken is what came before it, here as there.
    let _ = DeflateDecoder::new(&data[if headed { 2 } else { 0 }..]).take(most).read_to_end(&mut unpacked);
    unpacked
}

/// What the reader of the file makes of it.
fn by_reader(way: &str, data: &[u8]) -> Vec<u8> {
    let mut stream = format!("<< /Filter /{way} /Length {} >> stream\n", data.len()).into_bytes();
    stream.extend_from_slice(data);
    stream.extend_from_slice(b"\nendstream");
    let stream = Reader::new(&stream).read_without_context::<Stream<'_>>().and_then(|stream| {
        let decoded = stream.decoded().ok()?;
        Some(decoded.into_owned())
    });
    stream.unwrap_or_default()
}

/// How much work instructions are.
pub(super) struct Work {
    /// How many states of drawing they save in each other, if they save many.
    pub(super) saved: usize,
    /// How long they take, in the time that a byte of plain ones takes.
    pub(super) cost: usize,
}

/// How much work some instructions are.
pub(super) fn work(instructions: &[u8]) -> Work {
    let mut work = Work { saved: 0, cost: instructions.len() };
    let pairs = instructions
        .windows(2)
        .filter(|two| [b"gs", b"cn", b"CN", b"sh", b"Do"].iter().any(|word| *two == word.as_slice()));
    let saves = instructions.iter().filter(|byte| **byte == b'q').count();
    if saves <= SELDOM_SAVED && pairs.count() <= SELDOM_LABORIOUS {
        return work;
    }
    let mut operations = UntypedIter::new(instructions);
    let mut depth = 0_usize;
    while let Some(operation) = operations.next() {
        match &**operation.operator {
            b"q" => depth += 1,
            b"Q" => depth = depth.saturating_sub(1),
            b"gs" | b"scn" | b"SCN" | b"sh" | b"Do" => work.cost += LABORIOUS,
            _ => {}
        }
        work.saved = work.saved.max(depth);
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laborious_instructions_cost_more_than_their_bytes() {
        let drawn = "/A Do ".repeat(200);
        assert!(work(drawn.as_bytes()).cost > 200 * LABORIOUS);
        assert_eq!(work(b"(word) Tj").cost, 9);
    }
}
