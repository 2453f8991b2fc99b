//! Makes a text harmless in Markdown: what people wrote stays what they wrote. Knows no board.

use crate::export::context::one_line;

/// The text in one line, in which nothing is markup: no emphasis, code, heading, list, table cell, link or HTML.
///
/// CommonMark and its GitHub dialect take a backslash before any punctuation for the punctuation itself.
pub(super) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    // A list, a quote or a rule begins only at the beginning, a numbered list with digits alone.
    let mut numbers_only = true;
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let escaped = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '|' | '~' | '&' | '#' | '$' | '^' | '@' => {
                true
            }
            '-' | '+' | '=' => out.is_empty(),
            '!' => next == '[',
            '.' | ')' if numbers_only && next.is_whitespace() => !out.is_empty(),
            // `www.` and `https:` become links by themselves; `:word:` a picture.
            '.' => before.eq_ignore_ascii_case(&'w'),
            ':' => !next.is_whitespace(),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        numbers_only &= c.is_ascii_digit();
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_markup_begins_with_is_left_bare() {
        for (text, expected) in [
            ("# Otsikko", "\\# Otsikko"),
            ("- luettelo", "\\- luettelo"),
            ("1. kohta", "1\\. kohta"),
            ("12) kohta", "12\\) kohta"),
            ("7.", "7\\."),
            ("2020 oli 1. vuosi", "2020 oli 1. vuosi"),
            ("15.3.2020 ja 2.5", "15.3.2020 ja 2.5"),
            ("===", "\\==="),
            ("a | b", "a \\| b"),
            ("<b>x</b>", "\\<b\\>x\\</b\\>"),
            ("&lt;", "\\&lt;"),
            ("[x](http://y.example)", "\\[x\\](http\\://y.example)"),
            ("![x](y)", "\\!\\[x\\](y)"),
            ("www.kela.fi", "www\\.kela.fi"),
            ("klo 12:30, aihe: Kela", "klo 12\\:30, aihe: Kela"),
            ("a\nb\r\n\tc", "a b c"),
            ("*a* _b_ ~~c~~ `d` $e$", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\` \\$e\\$"),
            ("polku\\", "polku\\\\"),
            ("\u{202e}abc\u{200b} \u{200b}", "abc\u{200b}"),
            ("", ""),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
