//! CommonMark ⇄ [`Text`].
//!
//! [`parse`] takes the part of CommonMark that clauses are made of and reports everything else; [`write`](fn@write) gives
//! Markdown that any CommonMark renderer shows with the same words and labels, and that parses to the same text.

mod parse;
mod write;

pub(crate) use parse::is_safe_target;
pub use parse::{MarkdownFault, parse};
use write::write_blocks;
pub(crate) use write::{Dialect, escape, inlines, table};

use crate::model::Text;

/// The canonical Markdown of a text, without a newline at its end.
pub fn write(text: &Text) -> String {
    write_blocks(&text.blocks, Dialect::Source)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::model::{Block, Inline, Table};

    use super::*;

    fn text(markdown: &str) -> Text {
        parse(markdown).unwrap_or_else(|faults| panic!("{markdown:?}: {faults:?}"))
    }

    fn round(markdown: &str) -> String {
        write(&text(markdown))
    }

    #[test]
    fn labels_stay_as_printed() {
        let lettered = "Expect to:\n\n- a. behave,\n- (iv) be helpful,\n- C) keep quiet";
        assert_eq!(round(lettered), lettered);
        assert_eq!(text(lettered).plain(), "Expect to:\na. behave,\n(iv) be helpful,\nC) keep quiet");
        let numbered = "2) two\n2) two again\n7) seven";
        assert_eq!(round(numbered), numbered);
        assert_eq!(text("- a\\. not a label").plain(), "a. not a label");
        assert_eq!(round("- a\\. not a label"), "- a\\. not a label");
    }

    #[test]
    fn a_no_break_space_at_the_end_of_an_item_stays() {
        for typed in ["- one\u{a0}", "- a. one\n- two\u{a0}\n\n  | a |\n  | --- |\n  | b |"] {
            assert_eq!(text(&round(typed)), text(typed), "{typed:?}");
        }
    }

    #[test]
    fn a_mark_inside_its_own_kind_adds_nothing() {
        assert_eq!(round("*one **two _three_ two** four*"), "_one **two three two** four_");
        for typed in [
            "******␀**:*.***�:",
            "***one**(**“two”**)* three",
            "a ***one**�**␀two**** three",
            "_**one**a_é**“two”**_",
            "\\__�**␀j**two **j**_ x",
            "cla_u**␐** bsl\\_**␐** bslau",
            "cla_u**␐** bsl\\_**␐** bslau**_␐_␀␀c**_␐_\\* b *␐*",
            "p&#97;_a**␐**a_ A_C_ A",
            "3A cla&#117;***␐** bsl3A c*␐\\*\\* bslau\\[\\**␐␐*&#9216;␀",
            "a *&#160;b&#160;* c",
            "a **&#160;b&#160;** c",
        ] {
            assert_eq!(text(&round(typed)), text(typed), "{}", round(typed));
        }
        assert_eq!(round("**one [two **three**](https://a.uk) four**"), "**one [two three](https://a.uk) four**");
    }

    #[test]
    fn a_link_stands_in_angle_brackets_where_it_is_one_there() {
        for (url, words, written) in [
            ("https://a.uk/?b&c", "https://a.uk/?b&c", "<https://a.uk/?b&c>"),
            ("mailto:a@b.uk", "a@b.uk", "<a@b.uk>"),
            ("mailto:script", "script", "[script](mailto:script)"),
            ("mailto:/script", "/script", "[/script](mailto:/script)"),
            ("mailto:!--", "!--", "[!--](mailto:!--)"),
            ("mailto:a@b.uk?subject=x", "a@b.uk?subject=x", "[a@b.uk?subject=x](mailto:a@b.uk?subject=x)"),
            ("mailto:jo's@é.uk", "jo's@é.uk", "[jo's@é.uk](mailto:jo's@é.uk)"),
            ("mailto:https://a.uk", "https://a.uk", "[https://a.uk](mailto:https://a.uk)"),
            ("#clause-1", "#clause-1", "[#clause-1](#clause-1)"),
        ] {
            let link = Inline::Link { url: url.to_owned(), content: vec![Inline::words(words)] };
            let text = Text { blocks: vec![Block::Paragraph(vec![link])] };
            assert_eq!(write(&text), written);
            assert_eq!(parse(written), Ok(text));
        }
    }

    /// A renderer that makes links of addresses shows the backslashes in them.
    #[test]
    fn an_address_with_signs_of_markdown_is_no_link() {
        for (words, written) in [
            ("see https://www.a.uk/b_c?d, or www.a.uk", "see https://www.a.uk/b_c?d, or www.a.uk"),
            ("see https://a.uk/?b=c&d=e.", r"see https\://a.uk/?b\=c&d\=e."),
            ("(www.a.uk/~b--c) a--b", r"(www\.a.uk/\~b\-\-c) a\-\-b"),
            ("HTTP://a.uk/*b* http://c.uk", r"HTTP\://a.uk/\*b\* http://c.uk"),
        ] {
            assert_eq!(escape(words, false, Dialect::Published), written);
        }
        assert_eq!(escape("https://a.uk/?b=c", false, Dialect::Source), "https://a.uk/?b=c");
    }

    #[test]
    fn neighbours_with_one_mark_are_written_as_one() {
        let italic = |words: &str| Inline::Emphasis { content: vec![Inline::words(words)] };
        let bold = |content| Inline::Strong { content };
        let both = vec![Inline::words("one"), italic("two"), italic(" three"), bold(vec![italic("a"), italic("b")])];
        let written = write(&Text { blocks: vec![Block::Paragraph(both)] });
        let joined = vec![
            Inline::words("one"),
            italic("two three"),
            bold(vec![Inline::Emphasis { content: vec![Inline::words("ab")] }]),
        ];
        assert_eq!(text(&written), Text { blocks: vec![Block::Paragraph(joined)] }, "{written}");
    }

    #[test]
    fn nothing_else_than_clauses_are_made_of_is_taken() {
        for (markdown, code) in [
            ("<b>bold</b>", "S09"),
            ("<script>\nalert(1)\n</script>", "S09"),
            ("# Heading", "S10"),
            ("![picture](a.png)", "S10"),
            ("`code`", "S10"),
            ("    code", "S10"),
            ("> quotation", "S10"),
            ("***\n", "S10"),
            ("[words]: https://example.com", "S10"),
            ("[words](javascript:alert)", "S11"),
            ("[words]()", "S11"),
            ("[ ](https://example.com)", "S11"),
            ("[words](https://example.com \"title\")", "S11"),
            ("| a | b |\n| - | - |\n| c |", "S10"),
            ("| a | b |\n| - | - |\n| c | d | e |", "S10"),
            ("| a | b |\n| - | - |\n| c | d | |", "S10"),
            ("| a | b |\n| - | - |\n| c | d |\nWords without a blank line before them.", "S10"),
            ("| a | b |\n| - |\n| c | d |", "S10"),
            ("Words\na | b\n--- | ---\nc | d", "S10"),
            ("| |\n| - |\n| |", "S10"),
            ("| a |\n| - |\n| <b>b</b> |", "S09"),
            ("one<br>two", "S09"),
        ] {
            let faults = parse(markdown).expect_err(markdown);
            assert_eq!(faults[0].code.id, code, "{markdown}");
        }
    }

    #[test]
    fn tables_stay_as_they_are() {
        let table =
            "| Amount | Who decides |\n| --- | --- |\n| up to £500 | the *Clerk*<br>or the Chair |\n|  | nobody |";
        assert_eq!(round(table), table);
        assert_eq!(text(table).plain(), "Amount | Who decides\nup to £500 | the Clerk or the Chair\n | nobody");
        let without_heading = "|  |  |\n| --- | --- |\n| a \\| b | [c](https://a.uk/?b\\|c) |";
        assert_eq!(round(without_heading), without_heading);
        assert_eq!(text(without_heading).plain(), "a | b | c");
        let in_items = "- a. one:\n\n  | x |\n  | --- |\n  | y |\n\n- | z |\n  | --- |";
        assert_eq!(round(in_items), in_items);
        assert_eq!(round("a | b\n:-|-:\nc | d"), "| a | b |\n| --- | --- |\n| c | d |");
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
        let deep = "- ".repeat(50_000) + "x";
        assert_eq!(parse(&deep).expect_err("deep")[0].code.id, "S15");
        let deep = "*a ".repeat(5_000) + &"a*".repeat(5_000);
        assert_eq!(parse(&deep).expect_err("deep")[0].code.id, "S15");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        /// Whatever is read, written and read again is the same text.
        #[test]
        fn written_text_reads_back_the_same(markdown in r#"([a-c]{1,2}|[ \n*_\\().\-+#>=~1-3&;:\[\]"']|\n\n- |\n  - |\n1\. |a\. |\(i\) |\*\*|<https://a\.uk>|<a@b\.uk>|\[(a|a@b\.uk\?c)\]\(mailto:(a|a@b\.uk\?c)\)|&amp;|\x{a0}|\||<br>|\n\| [a-c]|\n\| - \| - \||\n\n\| a \| b \|\n\| - \| - \|\n){0,24}"#) {
            if let Ok(text) = parse(&markdown) {
                let written = write(&text);
                let again = parse(&written);
                prop_assert_eq!(again, Ok(text), "written as {:?}", written);
            }
        }

        /// Words come back as they are emphasised, whatever stands beside them.
        #[test]
        fn emphasis_stays_where_it_is(parts in proptest::collection::vec((0..6, r#"[ab1.(“”é£*_\[\x{a0}-]{1,3}( [ab.]{1,2})?"#, r#"[ab.(“”é£*_\x{a0}]{1,3}"#), 1..5)) {
            let mut inlines: Vec<Inline> = Vec::new();
            let mut last = None;
            for (kind, words, middle) in parts {
                let content = vec![Inline::words(words)];
                let marked = |mark: fn(Vec<Inline>) -> Inline| vec![mark(content.clone()), Inline::words(&middle), mark(content.clone())];
                let inline = match kind {
                    0 => Inline::Emphasis { content },
                    1 => Inline::Strong { content },
                    2 => Inline::Strong { content: vec![Inline::Emphasis { content }] },
                    4 => Inline::Emphasis { content: marked(|content| Inline::Strong { content }) },
                    5 => Inline::Strong { content: marked(|content| Inline::Emphasis { content }) },
                    _ => content[0].clone(),
                };
                // Neighbours of a kind would be one.
                let kind = std::mem::discriminant(&inline);
                if last != Some(kind) {
                    inlines.push(inline);
                    last = Some(kind);
                }
            }
            let text = Text { blocks: vec![Block::Paragraph(inlines)] };
            let written = write(&text);
            prop_assert_eq!(parse(&written), Ok(text), "written as {:?}", written);
        }

        /// Words that a document prints come back whatever they look like to Markdown.
        #[test]
        fn words_are_never_taken_for_markup(words in r#"[!-~é–“]{1,12}( [!-~é–“]{1,12}){0,4}"#) {
            let text = Text::paragraph(words.clone());
            prop_assert_eq!(parse(&write(&text)), Ok(text));
            let cell = || vec![Inline::words(words.clone())];
            for header in [vec![], vec![cell(), cell()]] {
                let text = Text { blocks: vec![Block::Table(Table { header, rows: vec![vec![cell(), cell()]] })] };
                prop_assert_eq!(parse(&write(&text)), Ok(text));
            }
        }
    }
}
