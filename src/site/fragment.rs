//! A page of ours as a chapter of a book, so that mdBook passes on what stands in it as it is.

/// One block of HTML: Markdown ends it at the first blank line, so there is none, and mdBook's preprocessors look for two braces,
/// so there are none either. The character references that stand for them say the same.
pub(super) fn chapter(html: &str) -> String {
    let mut block = String::with_capacity(html.len() + html.len() / 16);
    for line in html.trim().split('\n') {
        let blank = line.trim().is_empty();
        line.chars().for_each(|c| push(c, &mut block));
        block.push_str(if blank { "&#10;" } else { "\n" });
    }
    block
}

fn push(c: char, block: &mut String) {
    match c {
        '{' => block.push_str("&#123;"),
        '}' => block.push_str("&#125;"),
        '\r' => block.push_str("&#13;"),
        _ => block.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::chapter;

    #[test]
    fn no_line_is_blank_and_no_brace_is_left() {
        let html = "<div>\n\n  \n<p>{{#include /etc/passwd}}</p>\n\n</div>\n";
        let block = chapter(html);
        assert!(block.lines().all(|line| !line.trim().is_empty()), "{block}");
        assert!(!block.contains(['{', '}']), "{block}");
        assert!(block.contains("&#123;&#123;#include /etc/passwd&#125;&#125;"), "{block}");
    }

    #[test]
    fn white_space_inside_words_stays() {
        assert_eq!(chapter("<p>one\n\n\ntwo</p>"), "<p>one\n&#10;&#10;two</p>\n");
    }
}
