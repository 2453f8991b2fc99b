// Swedish: the page that lists boards and series.

export const home = {
  "home.title": "Workshoppar där organisationer löser problem tillsammans",
  "home.lead":
    "Jalostamo är en gemensam tavla där teamet beskriver processen, namnger hindren och kommer överens om nästa steg. Alla ser samma ändringar genast, och arbetet bevaras även om förbindelsen bryts.",
  "home.needInvite": "Du behöver en inbjudningslänk",
  "home.needInviteHow": "Du får länken av workshoppens facilitator. Öppna den eller klistra in den här.",
  "home.pasteLabel": "Inbjudningslänk",
  "home.pasteGo": "Fortsätt",
  "home.pasteWrong": "Här finns ingen inbjudningslänk. I länken finns #join= och en lång teckensträng.",
  "home.greeting": "Hej, {name}",
  "home.boards": "Dina tavlor",
  "home.noBoards": "Du har inga tavlor ännu.",
  "home.made": "Skapad {date}",
  "home.new": "Ny tavla",
  "home.newTitle": "Tavlans namn",
  "home.newHint": "Till exempel teamets eller utmaningens namn. Det kan ändras senare.",
  "home.newWhat": "Börja med en tom tavla och bjud in teamet med en länk.",
  "home.newMake": "Skapa tavlan",
  "home.newMissing": "Ge tavlan ett namn.",
  "home.demo": "Öppna demon",
  "home.demoHint":
    "Se hur ett teams tavla ser ut efter den andra workshoppen. Du får en egen kopia som du kan ändra fritt.",
  "home.demoTitle": "Asiakasmaksut ja toimeentulotuki",
  "home.import": "Importera en tavla från en fil",
  "home.importHint":
    "Skapa en ny tavla av en JSON-fil som exporterats från Jalostamo. Den ursprungliga tavlan ändras inte.",
  "home.importing": "Importerar…",
  "home.leave": "Logga ut",
  "home.left": "Du har loggat ut.",
  "import.notJson": "Filen är inte en JSON-fil. Välj en fil som exporterats från Jalostamo.",
  "import.notBoard": "Filen är inte en Jalostamo-tavla. Välj en fil som exporterats från Jalostamo.",
  "import.version": "Filen är gjord med en nyare version än den här serverns.",
  "import.tooBig": "Filen är för stor: högst 50 MB.",
} as const;
