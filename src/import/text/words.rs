//! Words as they are met in a file → tidy words of a line.

use std::rc::Rc;

use crate::model::Inline;

/// How words look, or where they lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Face {
    /// Set bold.
    Strong,
    /// Set in italics.
    Emphasis,
    /// A link. Two of them side by side stay two.
    Link {
        /// Which one it is.
        id: usize,
        /// Where it leads.
        url: Rc<str>,
    },
}

impl Face {
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The words of a line that is being read.
#[derive(Debug, Default)]
pub(in crate::import) struct Words {
    runs: Vec<Run>,
    /// How what comes next looks: each kind of face once, the outermost first.
    faces: Vec<Face>,
    /// For each face that was opened, whether it added anything.
    opened: Vec<bool>,
    gap: Gap,
    links: usize,
}

/// Words that look alike; none is a line break.
#[derive(Debug)]
struct Run {
    faces: Vec<Face>,
    text: Option<String>,
}

/// What is between the last word and the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Break,
}

impl Words {
    /// Whether no word was met yet.
    pub(in crate::import) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether the line was broken after the last word.
    pub(in crate::import) fn is_broken(&self) -> bool {
        !self.runs.is_empty() && self.gap == Gap::Break
    }

    /// What comes now looks like that, too.
    pub(in crate::import) fn open(&mut self, face: Face) {
        let adds = !self.faces.iter().any(|open| open.is_like(&face));
        self.opened.push(adds);
        if adds {
            self.faces.push(face);
        }
    }

    /// What comes now leads there.
    pub(in crate::import) fn open_link(&mut self, url: &str) {
        self.links += 1;
        self.open(Face::Link { id: self.links, url: url.into() });
    }

    /// The last face that was opened ends.
    pub(in crate::import) fn close(&mut self) {
        if self.opened.pop() == Some(true) {
            self.faces.pop();
        }
    }

    /// Characters, of which white space is made one space and what is never seen is dropped.
    pub(in crate::import) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space();
            } else if !is_unseen(c) {
                self.push_char(c);
            }
        }
    }

    /// The last words of one look, if nothing stands between them and the next.
    pub(in crate::import) fn last(&self) -> &str {
        let last = self.runs.last().filter(|_| self.gap == Gap::None);
        last.and_then(|run| run.text.as_deref()).unwrap_or_default()
    }

    /// A space, unless there is one.
    pub(in crate::import) fn space(&mut self) {
        if self.gap == Gap::None {
            self.gap = Gap::Space;
        }
    }

    /// A line break that is kept.
    pub(in crate::import) fn line_break(&mut self) {
        self.gap = Gap::Break;
    }

    fn push_char(&mut self, c: char) {
        let gap = std::mem::take(&mut self.gap);
        if let Some(last) = self.runs.last()
            && gap != Gap::None
        {
            let shared = last.faces.iter().zip(&self.faces).take_while(|(a, b)| a == b).count();
            let faces = self.faces[..shared].to_vec();
            match gap {
                Gap::Break => self.runs.push(Run { faces, text: None }),
                _ => self.append(&faces, ' '),
            }
        }
        let faces = std::mem::take(&mut self.faces);
        self.append(&faces, c);
        self.faces = faces;
    }

    fn append(&mut self, faces: &[Face], c: char) {
        match self.runs.last_mut() {
            Some(Run { faces: last, text: Some(text) }) if last == faces => text.push(c),
            _ => self.runs.push(Run { faces: faces.to_vec(), text: Some(c.to_string()) }),
        }
    }

    /// The line so far, and whether all its words are bold, which is then not said of them one by one. What is open stays open.
    pub(in crate::import) fn take(&mut self) -> (Vec<Inline>, bool) {
        self.gap = Gap::None;
        let mut runs = std::mem::take(&mut self.runs);
        let is_space = |run: &Run| run.text.as_deref().is_none_or(|text| text == " ");
        let bold = !runs.is_empty() && runs.iter().all(|run| is_space(run) || run.faces.contains(&Face::Strong));
        if bold {
            for run in &mut runs {
                run.faces.retain(|face| *face != Face::Strong);
            }
        }
        (inlines(&runs, 0), bold)
    }

    /// Plain words of a line, tidy.
    pub(in crate::import) fn line(text: &str) -> Vec<Inline> {
        let mut words = Self::default();
        words.push(text);
        words.take().0
    }

    /// The same as a string.
    pub(in crate::import) fn tidy(text: &str) -> String {
        crate::model::plain(&Self::line(text))
    }
}

fn inlines(runs: &[Run], depth: usize) -> Vec<Inline> {
    let mut inlines_here: Vec<Inline> = Vec::new();
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        match (run.faces.get(depth), &run.text) {
            (Some(face), _) => {
                let alike = runs[at..].iter().take_while(|other| other.faces.get(depth) == Some(face)).count();
                let content = inlines(&runs[at..at + alike], depth + 1);
                inlines_here.push(match face {
                    Face::Strong => Inline::Strong { content },
                    Face::Emphasis => Inline::Emphasis { content },
                    Face::Link { url, .. } => Inline::Link { url: url.to_string(), content },
                });
                at += alike;
                continue;
            }
            (None, None) => inlines_here.push(Inline::Break),
            (None, Some(more)) => match inlines_here.last_mut() {
                Some(Inline::Words { text }) => text.push_str(more),
                _ => inlines_here.push(Inline::words(more.as_str())),
            },
        }
        at += 1;
    }
    inlines_here
}

/// Characters that print nothing: controls, soft hyphens, places where a line may break, directions of writing.
pub(in crate::import) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
