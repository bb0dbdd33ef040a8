//! Wording for the agenda of the next meeting → [`Document`].

use crate::model::Text;
use crate::review::Register;

use super::protocol::plain_blocks;
use super::register::day;
use super::{Block, Document, Genre, Letterhead, LinesRole, paragraph};

/// A document that is to be reviewed, with the wording for the agenda.
#[derive(Debug, Clone)]
pub struct AgendaItem {
    /// Its council.
    pub council: Option<String>,
    /// Its title.
    pub title: String,
    /// The wording.
    pub text: Text,
}

/// The document that publishes the wording: council by council, or under the letterhead of the one council.
pub fn agenda(register: &Register<'_>, items: &[AgendaItem], letterhead: Option<Letterhead>) -> Document {
    let title = "Reviews for the agenda".to_owned();
    let as_of = day(register.as_of);
    let mut blocks = vec![
        Block::Title { text: title.clone() },
        Block::Lines { role: LinesRole::Adoption, lines: vec![format!("As of {as_of}")] },
    ];
    if items.is_empty() {
        blocks.push(paragraph(format!("No review is overdue, and none is due by {}.", day(register.soon))));
    }
    let several = letterhead.is_none();
    let mut last = None;
    for (nth, item) in items.iter().enumerate() {
        if several && last != Some(&item.council) {
            blocks.extend(item.council.as_ref().map(|council| heading(2, council, nth)));
            last = Some(&item.council);
        }
        let level = if several && item.council.is_some() { 3 } else { 2 };
        blocks.push(heading(level, &item.title, nth));
        blocks.extend(plain_blocks(&item.text.blocks));
    }
    let version = format!("Reviews for the agenda as of {as_of}");
    Document {
        title,
        council: letterhead,
        genre: Genre::Review,
        version,
        status: "agenda",
        pending: false,
        dated: None,
        blocks,
    }
}

fn heading(level: u8, text: &str, nth: usize) -> Block {
    // A council and its first item have the same number.
    let anchor = format!("{}-{}", if level == 2 { "part" } else { "item" }, nth + 1);
    Block::Heading { level, number: None, text: Some(text.to_owned()), anchor }
}
