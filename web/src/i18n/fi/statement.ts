// Finnish: the accessibility statement.

export const statement = {
  "statement.lead":
    "Jalostamo on tehty niin, että taululla voi työskennellä hiirellä, kosketuksella, näppäimistöllä ja ruudunlukijalla.",
  "statement.goal": "Tavoite",
  "statement.goalText": "Tavoitteemme on WCAG 2.2:n A- ja AA-taso sekä standardi EN 301 549.",
  "statement.works": "Näin se toimii",
  "statement.works1":
    "Luettelonäkymä näyttää koko taulun otsikkoina, luetteloina ja taulukoina. Siinä voi tehdä samat asiat kuin taululla.",
  "statement.works2": "Jokainen raahaus onnistuu myös valikosta: siirrä, yhdistä, kiinnitä ja panoroi painikkeilla.",
  "statement.works3": "Pikanäppäimet saa näkyviin F1-näppäimellä. F6 siirtää alueelta toiselle.",
  "statement.works4":
    "Väri ei koskaan ole ainoa tapa kertoa asiaa. Tumma ulkoasu ja käyttöjärjestelmän omat kontrastivärit toimivat.",
  "statement.lacks": "Mitä emme ole vielä osoittaneet",
  "statement.lacks1":
    "Palvelua ei ole vielä arvioinut ulkopuolinen asiantuntija, eikä sitä ole testattu kaikilla ruudunlukijoilla.",
  "statement.lacks2": "Viedyn SVG-kuvan saavutettavuutta ei ole tarkistettu. Käytä sen sijaan luettelonäkymää.",
  "statement.feedback": "Palaute",
  "statement.feedbackText":
    "Kerro puutteesta työpajan fasilitoijalle tai palvelimen ylläpitäjälle. Jos et saa apua, voit ottaa yhteyttä saavutettavuutta valvovaan viranomaiseen.",
} as const;
