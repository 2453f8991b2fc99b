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
    ("kind", "frame", "Alue", "Område", "Area"),
    ("kind", "group", "Ryhmä", "Grupp", "Group"),
    ("kind", "bottleneck", "Pullonkaula", "Flaskhals", "Bottleneck"),
    ("kind", "painPoint", "Kipukohta", "Smärtpunkt", "Pain point"),
    ("kind", "question", "Kyseenalaistus", "Ifrågasättande", "Question"),
    ("kind", "idea", "Idea", "Idé", "Idea"),
    ("kind", "insight", "Oivallus", "Insikt", "Insight"),
    ("kind", "evidence", "Havainto tai lähde", "Observation eller källa", "Evidence"),
    ("kind", "term", "Termi", "Term", "Term"),
    ("kind", "goal", "Yhteinen tavoite", "Gemensamt mål", "Shared goal"),
    ("kind", "relation", "Liittyminen", "Samband", "Relation"),
    ("stepKind", "subprocess", "Osaprosessi", "Delprocess", "Subprocess"),
    ("channel", "none", "Ei valittu", "Inte vald", "Not chosen"),
    ("channel", "online", "Verkossa", "På nätet", "Online"),
    ("channel", "phone", "Puhelimella", "Per telefon", "By phone"),
    ("channel", "inPerson", "Käynti paikan päällä", "Besök på plats", "In person"),
    ("channel", "letter", "Kirjeellä", "Per brev", "By letter"),
    ("channel", "email", "Sähköpostilla", "Per e-post", "By e-mail"),
    ("channel", "other", "Muu kanava", "Annan kanal", "Other channel"),
    ("fate", "undecided", "Ei vielä päätetty", "Inte avgjort ännu", "Not decided yet"),
    ("fate", "keep", "Säilytetään", "Behålls", "Keep"),
    ("fate", "change", "Muutetaan", "Ändras", "Change"),
    ("fate", "remove", "Poistetaan", "Slopas", "Remove"),
    ("fate", "merge", "Yhdistetään", "Slås ihop", "Merge"),
    ("fate", "automate", "Automatisoidaan", "Automatiseras", "Automate"),
    ("fate", "new", "Uusi", "Ny", "New"),
    ("horizon", "undecided", "Ei vielä päätetty", "Inte avgjort ännu", "Not decided yet"),
    ("horizon", "now", "Heti", "Genast", "Now"),
    ("horizon", "halfYear", "Puolen vuoden sisällä", "Inom ett halvår", "Within half a year"),
    ("horizon", "year", "Vuoden sisällä", "Inom ett år", "Within a year"),
    ("horizon", "later", "Myöhemmin", "Senare", "Later"),
    ("mandate", "notAsked", "Ei kysytty", "Inte efterfrågat", "Not asked"),
    ("mandate", "asked", "Kysytty", "Efterfrågat", "Asked"),
    ("mandate", "given", "Saatu", "Fått", "Given"),
    ("mandate", "refused", "Evätty", "Nekat", "Refused"),
    ("layout", "free", "Vapaa", "Fri", "Free"),
    ("layout", "columns", "Sarakkeet", "Kolumner", "Columns"),
    ("layout", "lanes", "Uimaradat", "Simbanor", "Lanes"),
    ("layout", "matrix", "Nelikenttä", "Fyrfältare", "Matrix"),
    ("layout", "journey", "Asiakaspolku", "Kundresa", "Customer journey"),
    ("questionState", "open", "Avoin", "Öppen", "Open"),
    ("questionState", "answered", "Vastattu", "Besvarad", "Answered"),
    ("questionState", "parked", "Parkissa", "Parkerad", "Parked"),
    ("ideaState", "raw", "Raakile", "Utkast", "Raw"),
    ("ideaState", "shortlisted", "Jatkoon", "Vidare", "Shortlisted"),
    ("ideaState", "chosen", "Valittu", "Vald", "Chosen"),
    ("ideaState", "parked", "Parkissa", "Parkerad", "Parked"),
    ("evidenceKind", "interview", "Haastattelu", "Intervju", "Interview"),
    ("evidenceKind", "observation", "Havainnointi", "Observation", "Observation"),
    ("evidenceKind", "survey", "Kysely", "Enkät", "Survey"),
    ("evidenceKind", "statistic", "Tilasto", "Statistik", "Statistic"),
    ("evidenceKind", "feedback", "Palaute", "Respons", "Feedback"),
    ("evidenceKind", "document", "Asiakirja", "Dokument", "Document"),
    ("confidence", "1", "Epävarma", "Osäker", "Low"),
    ("confidence", "2", "Melko varma", "Ganska säker", "Moderate"),
    ("confidence", "3", "Varma", "Säker", "High"),
    ("impact", "0", "Ei arvioitu", "Inte bedömt", "Not judged"),
    ("effort", "0", "Ei arvioitu", "Inte bedömt", "Not judged"),
    ("impact", "1", "1, hyvin pieni", "1, mycket liten", "1, very small"),
    ("effort", "1", "1, hyvin pieni", "1, mycket liten", "1, very small"),
    ("impact", "2", "2, pieni", "2, liten", "2, small"),
    ("effort", "2", "2, pieni", "2, liten", "2, small"),
    ("impact", "3", "3, kohtalainen", "3, måttlig", "3, moderate"),
    ("effort", "3", "3, kohtalainen", "3, måttlig", "3, moderate"),
    ("impact", "4", "4, suuri", "4, stor", "4, large"),
    ("effort", "4", "4, suuri", "4, stor", "4, large"),
    ("impact", "5", "5, hyvin suuri", "5, mycket stor", "5, very large"),
    ("effort", "5", "5, hyvin suuri", "5, mycket stor", "5, very large"),
    ("many", "frame", "Aluetta", "Områden", "Areas"),
    ("many", "group", "Ryhmää", "Grupper", "Groups"),
    ("many", "bottleneck", "Pullonkaulaa", "Flaskhalsar", "Bottlenecks"),
    ("many", "painPoint", "Kipukohtaa", "Smärtpunkter", "Pain points"),
    ("many", "question", "Kyseenalaistusta", "Ifrågasättanden", "Questions"),
    ("many", "idea", "Ideaa", "Idéer", "Ideas"),
    ("many", "insight", "Oivallusta", "Insikter", "Insights"),
    ("many", "evidence", "Havaintoa tai lähdettä", "Observationer eller källor", "Pieces of evidence"),
    ("many", "term", "Termiä", "Termer", "Terms"),
    ("many", "goal", "Yhteistä tavoitetta", "Gemensamma mål", "Shared goals"),
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
