//! The default agenda's texts in Swedish. Knows no minutes and no rules.

use super::{PARTS, Words};

pub(super) const WORDS: [Words; PARTS] = [
    (
        "Öppna dörrar",
        "Välkommen! Kontrollera ditt namn och din organisation och pröva tavlan: gör en lapp och flytta den. Be \
         facilitatorn om hjälp om något inte fungerar.",
    ),
    (
        "Öppning",
        "Lyssna på vad vi gör i dag och varför. Spelregler: en talar i taget, varje röst är lika viktig, ifrågasätt saken, \
         inte människan.",
    ),
    (
        "Presentation",
        "Lägg en lapp i din organisations bana: ditt namn och en mening som börjar ”mitt perspektiv är…”. Pröva samtidigt att \
         lägga till, flytta och förena.",
    ),
    (
        "Gemensamt mål: egen mening",
        "Skriv under tystnad en mening: vad är bättre för kunden när vi har lyckats? De andra ser din mening först när \
         meningarna visas.",
    ),
    (
        "Gemensamt mål: tillsammans",
        "Läs meningarna och skriv ett gemensamt mål av dem. Ange för din organisation om ni kan förbinda er till det, och \
         bedöm på skalan 1–5 hur gemensamt målet är.",
    ),
    (
        "Processen: egna steg",
        "Skriv under tystnad vad som görs i din organisation: ett steg per lapp, med verbet först. Skriv så som arbetet \
         verkligen görs, inte så som anvisningen säger.",
    ),
    (
        "Processen: platser och pilar",
        "Flytta stegen till den bana där de utförs, i den ordning de sker, och förena dem med pilar. Märk ut beslut, \
         väntan och de system som används.",
    ),
    (
        "Processen: en kunds berättelse",
        "Gå igenom processen med en enda kund från början till slut. Var väntar kunden, upprepar sitt ärende eller skickas \
         vidare? Anteckna problem och frågor där de uppstår.",
    ),
    (
        "Processen: rättelser",
        "Se på helheten: saknas ett steg, en pil eller en aktör? Rätta det som hinns på tre minuter; resten kan märkas som \
         frågor.",
    ),
    (
        "Hinder: egna iakttagelser",
        "Skriv under tystnad vad som hindrar, fördröjer eller kunde gå bättre tillsammans. En sak per lapp: ett hinder, en \
         flaskhals eller en samarbetsmöjlighet.",
    ),
    (
        "Hinder: gruppera och fäst",
        "Slå ihop dem som betyder samma sak och fäst var och en vid det steg eller den pil som den gäller. Välj slag och \
         allvarlighet för varje hinder.",
    ),
    (
        "Hinder: omröstning",
        "Ge fem röster åt de hinder vars undanröjande skulle hjälpa kunden mest, högst två åt samma. Du kan ändra dina \
         röster tills omröstningen stängs.",
    ),
    (
        "Paus",
        "Res dig från stolen en stund. Tavlan är öppen och allt är sparat även om du stänger fliken. Timern visar när vi \
         fortsätter.",
    ),
    (
        "Galleripromenad",
        "Bekanta er med grannteamets tavla. Lämna minst en kommentar: vad är bekant, vad överraskade, var kunde ni hjälpa \
         till?",
    ),
    (
        "Hur skulle vi kunna…?",
        "Gör de viktigaste hindren till frågor som börjar ”Hur skulle vi kunna…?”. En bra fråga innehåller ännu ingen lösning, \
         men den går att besvara.",
    ),
    (
        "Idéer: egna förslag",
        "Skriv under tystnad så många idéer du kommer på, en per lapp. Hur skulle vi göra det här om ingenting ännu fanns? \
         Vi bedömer dem först senare.",
    ),
    (
        "Idéer: runda",
        "Var och en berättar i tur och ordning om sin idé med en mening. De andra lyssnar och bygger vidare: lägg till en ny \
         idé eller en kommentar när något tänder.",
    ),
    (
        "Idéer: gruppera",
        "Gruppera idéer som hör ihop och ge gruppen ett namn. Förena idén med den fråga som den svarar på.",
    ),
    (
        "Effekt och insats",
        "Bedöm för varje idé hur mycket den hjälper och hur mycket den kräver, och placera den i fyrfältet. Välj högst tre som \
         ni för vidare.",
    ),
    (
        "Nästa steg",
        "Skriv för varje val nästa steg: vad görs, vilken organisation äger det, vad är den första handlingen och till när. \
         Kom överens om vem som förbinder sig till vad.",
    ),
    (
        "Sammandrag team för team",
        "Varje team berättar på 90 sekunder om sitt mål, sitt viktigaste hinder och sina nästa steg. Lyssna efter var din \
         egen organisation har något att ge.",
    ),
    (
        "Respons",
        "Svara på fyra påståenden och, om du vill, med en hälsning. Svaren kan inte kopplas till dig, och resultatet visas när \
         minst fem har svarat.",
    ),
    (
        "Avslutning",
        "Hör vad som händer härnäst och när vi träffas. Ta med dig ditt eget nästa steg och ladda ner sammandraget om du \
         vill. Tack för i dag.",
    ),
];
