//! The words that exports show, in Finnish, Swedish and English: the one place on the server with visible
//! text. Knows no format and no board.

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
        let row = ROWS.iter().find(|row| row.0 == group && row.1 == key);
        row.map_or("", |(_, _, finnish, swedish, english)| match self.0 {
            Language::Finnish => finnish,
            Language::Swedish => swedish,
            Language::English => english,
        })
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

/// Group, key, Finnish, Swedish, English.
const ROWS: &[Row] = &[
    ("kind", "note", "Lappu", "Lapp", "Note"),
    ("kind", "lane", "Uimarata", "Simbana", "Lane"),
    ("kind", "step", "Työvaihe", "Arbetssteg", "Step"),
    ("kind", "obstacle", "Este", "Hinder", "Obstacle"),
    ("kind", "cooperation", "Yhteistyön paikka", "Samarbetsmöjlighet", "Cooperation spot"),
    ("kind", "nextStep", "Seuraava askel", "Nästa steg", "Next step"),
    ("many", "note", "Lappua", "Lappar", "Notes"),
    ("many", "lane", "Uimarataa", "Simbanor", "Lanes"),
    ("many", "step", "Työvaihetta", "Arbetssteg", "Steps"),
    ("many", "obstacle", "Estettä", "Hinder", "Obstacles"),
    ("many", "cooperation", "Yhteistyön paikkaa", "Samarbetsmöjligheter", "Cooperation spots"),
    ("many", "nextStep", "Seuraavaa askelta", "Nästa steg", "Next steps"),
    ("stepKind", "task", "Työvaihe", "Arbetssteg", "Step"),
    ("stepKind", "start", "Alku", "Start", "Start"),
    ("stepKind", "end", "Loppu", "Slut", "End"),
    ("stepKind", "decision", "Päätöspiste", "Beslutspunkt", "Decision point"),
    ("stepKind", "wait", "Odotus", "Väntan", "Wait"),
    ("laneKind", "customer", "Asiakas", "Kund", "Customer"),
    ("laneKind", "frontstage", "Asiakaspalvelu", "Kundtjänst", "Frontstage"),
    ("laneKind", "backstage", "Taustatyö", "Bakgrundsarbete", "Backstage"),
    ("laneKind", "support", "Tukipalvelu", "Stödtjänst", "Support"),
    ("laneKind", "organisation", "Organisaatio", "Organisation", "Organisation"),
    ("laneKind", "network", "Verkosto", "Nätverk", "Network"),
    ("laneKind", "system", "Tietojärjestelmä", "Informationssystem", "System"),
    ("types", "legislation", "Lainsäädäntö", "Lagstiftning", "Legislation"),
    ("types", "informationSystem", "Tietojärjestelmä", "Informationssystem", "Information system"),
    ("types", "informationFlow", "Tiedonkulku", "Informationsflöde", "Information flow"),
    ("types", "dataProtection", "Tietosuoja ja tietoluvat", "Dataskydd och tillstånd till data", "Data protection"),
    ("types", "resources", "Resurssit", "Resurser", "Resources"),
    ("types", "funding", "Rahoitus ja kannusteet", "Finansiering och incitament", "Funding and incentives"),
    ("types", "leadership", "Johtaminen ja sitoutuminen", "Ledning och engagemang", "Leadership and commitment"),
    ("types", "culture", "Toimintakulttuuri ja asenteet", "Verksamhetskultur och attityder", "Culture and attitudes"),
    ("types", "competence", "Osaaminen", "Kompetens", "Competence"),
    ("types", "practice", "Toimintatapa", "Arbetssätt", "Practice"),
    ("types", "boundary", "Organisaatioraja", "Organisationsgräns", "Organisational boundary"),
    ("types", "environment", "Toimintaympäristön muutos", "Förändring i verksamhetsmiljön", "Changed environment"),
    ("types", "language", "Käsitteet ja kieli", "Begrepp och språk", "Concepts and language"),
    ("types", "other", "Muu", "Annat", "Other"),
    ("severity", "1", "Lievä", "Lindrig", "Minor"),
    ("severity", "2", "Kohtalainen", "Måttlig", "Moderate"),
    ("severity", "3", "Vakava", "Allvarlig", "Serious"),
    ("severity", "4", "Estää kokonaan", "Hindrar helt", "Blocking"),
    ("resolution", "open", "Avoin", "Öppen", "Open"),
    ("resolution", "nextStep", "Johti seuraavaan askeleeseen", "Ledde till nästa steg", "Led to a next step"),
    ("resolution", "accepted", "Hyväksytään", "Godtas", "Accepted"),
    ("resolution", "outOfScope", "Ei kuulu tähän työhön", "Hör inte till detta arbete", "Out of scope"),
    ("cooperationKind", "sharedData", "Yhteinen tieto", "Gemensam information", "Shared data"),
    ("cooperationKind", "sharedService", "Yhteinen palvelu", "Gemensam tjänst", "Shared service"),
    ("cooperationKind", "sharedSpace", "Yhteinen tila", "Gemensamt utrymme", "Shared space"),
    ("cooperationKind", "agreement", "Sopimus", "Avtal", "Agreement"),
    ("cooperationKind", "contactPerson", "Yhteyshenkilö", "Kontaktperson", "Contact person"),
    ("cooperationKind", "coDevelopment", "Yhteiskehittäminen", "Gemensam utveckling", "Co-development"),
    ("stepType", "lawProposal", "Lakiehdotus", "Lagförslag", "Law proposal"),
    ("stepType", "jointProject", "Yhteishanke", "Gemensamt projekt", "Joint project"),
    ("stepType", "experiment", "Kokeilu", "Försök", "Experiment"),
    ("stepType", "practiceChange", "Toimintatavan muutos", "Ändrat arbetssätt", "Change of practice"),
    ("stepType", "quickFix", "Pikakorjaus", "Snabb åtgärd", "Quick fix"),
    ("stepType", "study", "Selvitys", "Utredning", "Study"),
    ("stepType", "other", "Muu", "Annat", "Other"),
    ("status", "proposed", "Ehdotettu", "Föreslagen", "Proposed"),
    ("status", "agreed", "Sovittu", "Överenskommen", "Agreed"),
    ("status", "inProgress", "Työn alla", "Pågår", "In progress"),
    ("status", "stuck", "Jumissa", "Har kört fast", "Stuck"),
    ("status", "done", "Valmis", "Klar", "Done"),
    ("status", "dropped", "Luovuttu", "Avstådd", "Dropped"),
    ("board", "untitled", "Nimetön taulu", "Namnlös tavla", "Untitled board"),
];

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
                for field in kind.fields {
                    let (Value::Word(list) | Value::Set(list)) = field.value else { continue };
                    for word in list {
                        assert!(!words.get(field.name, word).is_empty(), "{code}: {}.{word}", field.name);
                    }
                }
            }
            for severity in 1..=4 {
                assert!(!words.get("severity", &severity.to_string()).is_empty());
            }
        }
        assert!(kind_of(Root::Items, "step").is_some());
    }

    #[test]
    fn days_and_counts() {
        assert_eq!(Words::of("fi").day("2020-09-05"), "5.9.2020");
        assert_eq!(Words::of("en").day("2020-09-05"), "2020-09-05");
        assert_eq!(Words::of("sv-FI").count("lane", 1), "1 simbana");
        assert_eq!(Words::of("xx").count("lane", 4), "4 uimarataa");
    }
}
