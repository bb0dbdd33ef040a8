//! Cutting the words of a paragraph.

use crate::model::{Inline, plain};

/// Drops so many bytes from the front, if they are plain words, emphasised or not.
pub(super) fn drop_front(content: &mut Vec<Inline>, bytes: usize) -> bool {
    let mut left = bytes;
    while left > 0 {
        let Some(first) = content.first_mut() else { return left == 0 };
        match first {
            Inline::Words { text } if text.len() <= left => {
                left -= text.len();
                content.remove(0);
            }
            Inline::Words { text } => {
                *text = text.split_off(left);
                left = 0;
            }
            Inline::Strong { content: inner } | Inline::Emphasis { content: inner } => {
                let length = plain(inner).len();
                if length <= left {
                    left -= length;
                    content.remove(0);
                } else {
                    return drop_front(inner, left);
                }
            }
            Inline::Break => {
                left = left.saturating_sub(1);
                content.remove(0);
            }
            Inline::Link { .. } => return false,
        }
    }
    if let Some(Inline::Words { text }) = content.first_mut() {
        *text = text.trim_start().to_owned();
    }
    true
}

/// Keeps so many bytes of the front, if what is cut there are plain words.
pub(super) fn keep_front(content: &mut Vec<Inline>, bytes: usize) -> bool {
    let mut left = bytes;
    for at in 0..content.len() {
        let length = plain(&content[at..=at]).len();
        if length < left {
            left -= length;
            continue;
        }
        if let Inline::Words { text } = &mut content[at] {
            text.truncate(left);
        } else if length > left {
            return false;
        }
        content.truncate(at + 1);
        return true;
    }
    true
}

/// Drops the hyphen from the end, if plain words stand there.
pub(super) fn drop_hyphen(content: &mut [Inline]) -> bool {
    match content.last_mut() {
        Some(Inline::Words { text }) => text.pop().is_some(),
        _ => false,
    }
}

/// Neighbouring words as one.
pub(super) fn merged(content: Vec<Inline>) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::new();
    for inline in content.into_iter().filter(|inline| !matches!(inline, Inline::Words { text } if text.is_empty())) {
        match (merged.last_mut(), inline) {
            (Some(Inline::Words { text }), Inline::Words { text: more }) => text.push_str(&more),
            (_, inline) => merged.push(inline),
        }
    }
    merged
}
