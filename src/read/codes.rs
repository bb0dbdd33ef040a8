//! The codes of faults that keep a source from being read.

use crate::diagnostics::{Code, Severity};

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $id:literal, $name:literal, $severity:ident, $what:literal, $why:literal, $example:literal, $remedy:literal;)*) => {
        $($(#[$doc])* pub static $constant: Code = Code {
            id: $id, name: $name, severity: Severity::$severity,
            what: $what, why: $why, example: $example, remedy: $remedy,
        };)*
        /// All of them, by id.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    /// The file cannot be read at all.
    UNREADABLE = "S01", "unreadable-file", Error,
    "A source file cannot be read as text.",
    "Nothing can be said about what is in it.",
    "a file that is empty, larger than 4 MiB, not in UTF-8, or that leads out of the workspace by a symbolic link",
    "Save the file as UTF-8 text, inside the workspace; docs/source-format.md says what belongs in it.";
    /// Not TOML.
    SYNTAX = "S02", "toml-syntax", Error,
    "A source file is not valid TOML.",
    "TOML is what keeps the words of a document apart from the facts about it; where it breaks off, neither can be trusted.",
    "title = \"Member/Officer Protocol",
    "Close what is open: quotation marks, brackets. Write each key only once in its table. A text of several lines stands between \"\"\" and \"\"\".";
    /// A key that means nothing.
    UNKNOWN_KEY = "S03", "unknown-key", Error,
    "A key is not one that the source format knows.",
    "A misspelt key passed over in silence would drop what it says from the published document.",
    "tittle = \"Member/Officer Protocol\"",
    "Correct the key's spelling, or move it into the table it belongs to. A key out of the manual of a newer engross needs that engross.";
    /// A value of the wrong kind.
    WRONG_VALUE = "S04", "wrong-value", Error,
    "A value is not of the kind its key takes.",
    "What cannot be understood cannot be printed faithfully.",
    "status = \"adoptd\"",
    "Write a value of the kind named in the message; text stands in quotation marks.";
    /// A required key is not there.
    MISSING_KEY = "S05", "missing-key", Error,
    "A key that every such table needs is not there.",
    "Without it the document has no title, or an event has no date.",
    "[[history]]\nevent = \"adopted\"",
    "Add the key named in the message.";
    /// Not a date.
    BAD_DATE = "S06", "bad-date", Error,
    "A date is not one of the calendar, or not written as a date.",
    "A review date that is not a date reminds nobody.",
    "date = 2024-02-30",
    "Write a day as 2024-05-30, a month as \"2024-05\", a year as \"2024\": as precise as the document is, no more.";
    /// Not an interval.
    BAD_INTERVAL = "S07", "bad-interval", Error,
    "A review interval is not a number of months or years.",
    "The next review is counted from it.",
    "every = \"annually\"",
    "Write \"1 year\", \"2 years\" or \"18 months\".";
    /// An id that is malformed, taken, or of nothing.
    BAD_ID = "S08", "bad-id", Error,
    "An id is malformed or used twice, or `under` names no clause.",
    "Links and comparisons find a provision by its id.",
    "under = \"9.9\"",
    "Give ids of letters, digits, `.`, `_` and `-`, each once in a document; in `under` name a clause of the same section by its number or id.";
    /// Raw HTML in a text.
    RAW_HTML = "S09", "raw-html", Error,
    "A text holds HTML.",
    "HTML is not what was adopted, prints differently in each format, and could carry a program into a published page.",
    "text = \"See <b>below</b>.\"",
    "Use `*emphasis*` or `**strong**`; to print an angle bracket, put a backslash before it: `\\<`.";
    /// Markdown that no clause is made of.
    BAD_MARKDOWN = "S10", "unsupported-markdown", Error,
    "A text holds something that a clause is not made of: a heading, picture, code, quotation or rule, or a table with rows that are not alike.",
    "It would not come out alike in every format, or at all.",
    "text = \"# Media\"",
    "Use the key `heading` for headings; give each row of a table as many cells as its heading row. If the characters are meant as they stand, put a backslash before the first of them.";
    /// A link that leads nowhere or somewhere dangerous.
    BAD_LINK = "S11", "bad-link", Error,
    "A link's target is not a web address, an e-mail address, a telephone number or a place in the document.",
    "A link that is not a link fails the reader; one with another scheme can run a program.",
    "text = \"See [the policy](policy on website).\"",
    "Write the whole address: `[words](https://www.example.gov.uk/policy)`, `<https://…>`, `mailto:…`, `tel:…` or `#clause-2.7`.";
    /// Parts printed twice or in no place.
    BAD_PARTS = "S12", "bad-parts", Error,
    "`front` and `back` name a part twice, or leave out the title.",
    "Each part is printed once, and a page without a title cannot be found or read aloud.",
    "front = [\"council\"]",
    "Name `title` in `front`, and every other part at most once.";
    /// A council's details that cannot be used.
    BAD_DETAIL = "S13", "bad-detail", Error,
    "A colour, logo or address of a council cannot be used.",
    "Pages must be readable on white and carry pictures that can be described.",
    "accent = \"#ffee00\"",
    "Choose a colour dark enough to be read on white; name a picture file beside council.toml, with words for what it shows; begin web addresses with https://.";
    /// A file or folder in the wrong place.
    MISPLACED = "S14", "misplaced-file", Error,
    "A file or folder is not where, or not named as, the workspace expects it.",
    "It would be left out of everything without a word.",
    "protocols/Kings Hill/protocol.toml",
    "Name folders and files with lower-case letters, digits and single hyphens: protocols/kings-hill/council.toml, protocols/kings-hill/member-officer/2024-05-30.toml.";
    /// Lists in lists in lists.
    TOO_DEEP = "S15", "nested-too-deep", Error,
    "Lists or emphasis are nested more deeply than any document prints.",
    "No page has room for it; it is nearly always a slip in the indentation.",
    "a list inside a list inside a list, nine times",
    "Indent less, or make sub-clauses of the inner items.";
    /// Control characters.
    CONTROL_CHARACTER = "S16", "control-character", Warning,
    "A text holds characters that are not printed: control characters, or marks that reverse the direction of writing.",
    "They can hide words from a reader, or act on a terminal. In everything engross writes they are replaced by harmless signs.",
    "title = \"Protocol\\u001b[31m\"",
    "Delete them; they usually come along with copied text.";
    /// Numbering given to an adopted document.
    NOT_A_DRAFT = "S17", "numbers-not-adopted", Error,
    "A document that is no draft or proposal asks for automatic numbering.",
    "The numbers of an adopted document were adopted with it; they must not change with the next edit.",
    "status = \"adopted\"\nnumbering = \"automatic\"",
    "Write the numbers into the source and take out `numbering`, or make the document a draft; `engross adopt` does the first.";
    /// A review due before there was anything to review.
    DUE_BEFORE_ADOPTION = "S18", "due-before-adoption", Error,
    "A review is due before the document was last adopted.",
    "The date was passed when the document was adopted: it is a slip of the pen, or has not been renewed, and reminds nobody.",
    "[[history]]\nevent = \"adopted\"\ndate = 2024-05-30\n[review]\ndue = \"2023-05\"",
    "Write the date the council has set. If the document really prints the earlier one, keep its line as `as_printed` and leave `due` out.";
    /// A letter that the typeface of the PDF lacks.
    NO_SHAPE = "S19", "letter-without-shape", Error,
    "A letter of the document has no shape in the typeface of the PDF.",
    "A box or a gap would be printed in its place, and read aloud as nothing. The other formats leave the choice of typeface to the reader's machine.",
    "text = \"Councillors 議員 must declare their interests.\"",
    "Write it with letters that the typeface has (Latin with all accents, Greek, Cyrillic, arrows and boxes), or build the other formats: `--format md,html,docx,txt,json`.";
    /// A file of a later release.
    NEWER_FORMAT = "S20", "newer-format", Error,
    "A source file says by its `format` that it is made for a newer engross.",
    "An older engross would pass over, or take for a slip, what it has no notion of, and print less than the file says.",
    "format = 2",
    "Install a newer engross; `engross --version` tells which one this is. Do not change the number: what follows it is written for the newer one.";
}
