//! The words that exports show, in Finnish, Swedish and English: the one place on the server with visible
//! text. Knows no format and no board.

mod report;
mod values;

/// A language of the exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    Finnish,
    Swedish,
    English,
}

/// The words in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(Language);

impl Words {
    pub const FINNISH: Self = Self(Language::Finnish);

    /// By language code, `fi`, `sv` or `en`, also with a region (`sv-FI`); Finnish for any other.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code.split(['-', '_']).next() {
            Some("sv") => Self(Language::Swedish),
            Some("en") => Self(Language::English),
            _ => Self(Language::Finnish),
        }
    }

    /// The language's code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self.0 {
            Language::Finnish => "fi",
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }

    /// The word for `group.key`, for example `types.legislation`; empty for a key that there is none for.
    #[must_use]
    pub fn get(self, group: &str, key: &str) -> &'static str {
        let row = values::ROWS.iter().chain(report::ROWS).find(|row| row.0 == group && row.1 == key);
        row.map_or("", |(_, _, finnish, swedish, english)| match self.0 {
            Language::Finnish => finnish,
            Language::Swedish => swedish,
            Language::English => english,
        })
    }

    /// What a relation between two items says, seen from one of them: `from_it` where the relation leads away from
    /// that one. Which words, the kinds of both ends decide; where they say nothing it is "related to".
    #[must_use]
    pub fn relation(self, one: &str, other: &str, from_it: bool) -> &'static str {
        let (from, to) = if from_it { (one, other) } else { (other, one) };
        let known = match (from, to) {
            ("evidence" | "question", _) if from_it => self.get("relation", from),
            ("evidence", _) => self.get("relation", "from-evidence"),
            ("question", _) => self.get("relation", "from-question"),
            ("obstacle", "nextStep" | "lane") | ("painPoint" | "idea", "obstacle") => {
                self.get("relation", &format!("{one}-{other}"))
            }
            _ => "",
        };
        if known.is_empty() { self.get("relation", "other") } else { known }
    }

    /// A count with its noun: `1 lane`, `4 lanes`.
    #[must_use]
    pub fn count(self, kind: &str, count: usize) -> String {
        let group = if count == 1 { "kind" } else { "many" };
        let noun = self.get(group, kind);
        let mut letters = noun.chars();
        let lower = letters.next().map(|first| first.to_lowercase().chain(letters).collect::<String>());
        format!("{count} {}", lower.unwrap_or_default())
    }

    /// A day, `yyyy-mm-dd`, as the language writes it.
    #[must_use]
    pub fn day(self, day: &str) -> String {
        let mut parts = day.split('-').map(|part| part.trim_start_matches('0'));
        match (self.0, parts.next(), parts.next(), parts.next()) {
            (Language::Finnish | Language::Swedish, Some(year), Some(month), Some(day)) => {
                format!("{day}.{month}.{year}")
            }
            _ => day.to_owned(),
        }
    }
}

type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::schema::{Root, Value, kind_of};

    #[test]
    fn every_word_of_the_schema_has_words_in_each_language() {
        for code in ["fi", "sv", "en"] {
            let words = Words::of(code);
            assert_eq!(words.code(), code);
            for kind in Root::Items.kinds() {
                assert!(!words.get("kind", kind.name).is_empty() && !words.get("many", kind.name).is_empty());
                assert!(!words.get("section", kind.name).is_empty());
                for field in kind.fields {
                    assert!(!words.get("field", field.name).is_empty(), "{code}: {}", field.name);
                    if let Value::Number(least, most) = field.value {
                        let numbered = |number: i64| !words.get(field.name, &number.to_string()).is_empty();
                        assert!(field.name == "version" || (least..=most).all(numbered), "{code}: {}", field.name);
                    }
                    let (Value::Word(list) | Value::Set(list)) = field.value else { continue };
                    for word in list {
                        assert!(!words.get(field.name, word).is_empty(), "{code}: {}.{word}", field.name);
                    }
                }
            }
        }
        assert!(kind_of(Root::Items, "step").is_some());
    }

    /// The page's words of a language: `"key": "text",` lines, the text perhaps on a line of its own.
    fn of_the_page(file: &str) -> Vec<(String, String)> {
        let parts: Vec<&str> = file.split('"').collect();
        let pairs = parts.windows(3).enumerate().filter(|(at, parts)| at % 2 == 1 && parts[1].trim() == ":");
        pairs.map(|(_, parts)| (parts[0].to_owned(), parts[2].to_owned())).collect()
    }

    #[test]
    fn kinds_fields_and_values_have_the_words_of_the_page() {
        let pages = [
            ("fi", include_str!("../../web/src/i18n/fi/values.ts")),
            ("sv", include_str!("../../web/src/i18n/sv/values.ts")),
            ("en", include_str!("../../web/src/i18n/en/values.ts")),
        ];
        for (code, file) in pages {
            let page = of_the_page(file);
            assert!(page.len() > 150, "{code}: {}", page.len());
            for (group, key, ..) in values::ROWS {
                let shown = page.iter().find(|(name, _)| *name == format!("{group}.{key}"));
                assert_eq!(
                    shown.map(|(_, text)| text.as_str()),
                    Some(Words::of(code).get(group, key)),
                    "{code}: {group}.{key}"
                );
            }
        }
    }

    #[test]
    fn a_relation_says_what_the_kinds_of_its_ends_say_seen_from_either() {
        let words = Words::of("en");
        let said = |one, other, from_it| words.relation(one, other, from_it);
        assert_eq!(
            (said("obstacle", "nextStep", true), said("nextStep", "obstacle", false)),
            ("Answered by", "Answers the obstacle")
        );
        assert_eq!((said("evidence", "goal", true), said("goal", "evidence", false)), ("Supports", "Supported by"));
        assert_eq!(
            (said("painPoint", "obstacle", true), said("obstacle", "painPoint", false)),
            ("Caused by", "Causes")
        );
        assert_eq!((said("obstacle", "lane", true), said("obstacle", "idea", false)), ("Between these", "Ideas"));
        assert_eq!((said("question", "step", true), said("step", "question", false)), ("Asks about", "Questioned by"));
        // The other way round it means nothing of its own.
        assert_eq!((said("nextStep", "obstacle", true), said("note", "note", false)), ("Related to", "Related to"));
    }

    #[test]
    fn days_and_counts() {
        assert_eq!(Words::of("fi").day("2020-09-05"), "5.9.2020");
        assert_eq!(Words::of("en").day("2020-09-05"), "2020-09-05");
        assert_eq!(Words::of("sv-FI").count("lane", 1), "1 simbana");
        assert_eq!(Words::of("xx").count("lane", 4), "4 uimarataa");
    }
}
