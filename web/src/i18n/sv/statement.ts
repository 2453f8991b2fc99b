// Swedish: the accessibility statement.

export const statement = {
  "statement.lead":
    "Jalostamo är gjort så att man kan arbeta på tavlan med mus, pekskärm, tangentbord och skärmläsare.",
  "statement.goal": "Mål",
  "statement.goalText": "Vårt mål är nivåerna A och AA i WCAG 2.2 samt standarden EN 301 549.",
  "statement.works": "Så fungerar det",
  "statement.works1":
    "Listvyn visar hela tavlan som rubriker, listor och tabeller. Där kan man göra samma saker som på tavlan.",
  "statement.works2": "Allt som kan dras kan också göras från en meny: flytta, koppla, fäst och rulla vyn med knappar.",
  "statement.works3": "Kortkommandona visas med F1. Med F6 går man från ett område till nästa.",
  "statement.works4":
    "Färg är aldrig det enda sättet att förmedla något. Mörkt utseende och operativsystemets egna kontrastfärger fungerar.",
  "statement.lacks": "Det vi ännu inte har visat",
  "statement.lacks1":
    "Tjänsten har ännu inte bedömts av en utomstående expert och har inte testats med alla skärmläsare.",
  "statement.lacks2": "Den exporterade SVG-bildens tillgänglighet är inte granskad. Använd listvyn i stället.",
  "statement.feedback": "Respons",
  "statement.feedbackText":
    "Berätta om brister för workshoppens facilitator eller för den som sköter servern. Om du inte får hjälp kan du kontakta tillsynsmyndigheten för tillgänglighet.",
} as const;
