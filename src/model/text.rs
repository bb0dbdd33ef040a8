//! The words of a clause: paragraphs, lists and tables.

use serde::Serialize;

use super::Label;

/// A clause's or note's words, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Text {
    /// Paragraphs, lists and tables, as printed.
    pub blocks: Vec<Block>,
}

/// A paragraph, a list or a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "kebab-case")]
pub enum Block {
    /// Running words.
    Paragraph(Vec<Inline>),
    /// Items with bullets or printed labels.
    List(Vec<Item>),
    /// Cells in rows and columns.
    Table(Table),
}

/// A list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The label it prints; without one, a bullet.
    pub label: Option<Label>,
    /// Its words, and lists and tables inside it.
    pub blocks: Vec<Block>,
}

impl Item {
    /// Whether CommonMark numbers it by itself.
    pub(crate) fn is_ordered(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.ordered_delimiter().is_some())
    }
}

impl Serialize for Item {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut item = serializer.serialize_struct("Item", 2)?;
        item.serialize_field("label", &self.label.as_ref().map(Label::as_str))?;
        item.serialize_field("blocks", &self.blocks)?;
        item.end()
    }
}

/// A table. Each of its rows has a cell for every column, and one of its cells has words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Table {
    /// The headings of its columns; empty where it prints none.
    pub header: Vec<Cell>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// The words of a cell; none where it is empty.
pub type Cell = Vec<Inline>;

/// What stands between two cells in plain words. A space would not do: words that go from one column to the next would go
/// unseen.
pub(crate) const CELL_END: &str = " | ";

impl Table {
    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.rows.first().unwrap_or(&self.header).len()
    }

    /// Its plain words, a line for each row.
    pub fn plain(&self) -> String {
        let header = Some(&self.header).filter(|header| !header.is_empty());
        let line = |row: &Vec<Cell>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(CELL_END);
        header.into_iter().chain(&self.rows).map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Words in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain words; no line break inside.
    Words {
        /// The words.
        text: String,
    },
    /// Emphasised words, usually set in italics.
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strongly emphasised words, usually set bold.
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// Where it leads.
        url: String,
        /// The words that show it.
        content: Vec<Inline>,
    },
    /// A line break that is kept.
    Break,
}

impl Inline {
    /// Plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words { text: text.into() }
    }
}

impl Text {
    /// A text of one paragraph of plain words.
    pub fn paragraph(words: impl Into<String>) -> Self {
        Self { blocks: vec![Block::Paragraph(vec![Inline::words(words)])] }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// All its words, labels included, a line for each paragraph, item and row of a table.
    pub fn plain(&self) -> String {
        let mut lines = Vec::new();
        push_lines(&self.blocks, &mut lines);
        lines.join("\n")
    }

    /// Whether its own words announce what follows: they end in a colon, with or without the dash that some print after it.
    pub fn leads_in(&self) -> bool {
        self.own_words().trim_end_matches(['-', '–', ' ']).ends_with(':')
    }

    /// The paragraphs up to the first list or table: the clause's own text, a line each.
    pub fn own_words(&self) -> String {
        let paragraphs = self.blocks.iter().map_while(|block| match block {
            Block::Paragraph(inlines) => Some(plain(inlines)),
            Block::List(_) | Block::Table(_) => None,
        });
        paragraphs.collect::<Vec<_>>().join("\n")
    }
}

/// The plain words of a line; a kept line break becomes a space.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    push_words(inlines, &mut words);
    words
}

fn push_words(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Words { text } => words.push_str(text),
            Inline::Break => words.push(' '),
            Inline::Emphasis { content } | Inline::Strong { content } | Inline::Link { content, .. } => {
                push_words(content, words);
            }
        }
    }
}

fn push_lines(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => lines.push(plain(inlines)),
            Block::Table(table) => lines.push(table.plain()),
            Block::List(items) => {
                for item in items {
                    let first = lines.len();
                    push_lines(&item.blocks, lines);
                    match (&item.label, lines.get_mut(first)) {
                        (Some(label), Some(line)) => *line = format!("{label} {line}"),
                        (Some(label), None) => lines.push(label.to_string()),
                        (None, _) => {}
                    }
                }
            }
        }
    }
}
