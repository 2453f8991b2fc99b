// Swedish: what facilitators do about silent writing, and what came late.

export const reveal = {
  "private.title": "Tyst skrivande",
  "private.silence": "Teamet skriver under tystnad. Ingen ser ännu de andras texter.",
  "private.left": "Det som skrivits under tystnad har ännu inte visats för alla.",
  "private.late": "Något har kommit efter visningen.",
  "private.written": "{n|En har skrivit|{n} har skrivit}",
  "private.reveal": "Visa för alla",
  "private.revealLate": "Visa det som kommit sent",
  "private.countOn": "Visa hur många som har skrivit",
  "private.countOff": "Dölj antalet",
  "private.discard": "Kasta allt",
  "private.discardName": "Kasta allt som skrivits under tystnad",
  "private.sure": "Ska allas texter kastas? De går inte att få tillbaka.",
  "private.add": "Lägg till på tavlan",
  "private.send": "Skicka för att visas",
  "private.lead": "De här kom inte med när texterna visades. Du kan lägga till dem eller kasta dem.",
  "private.revealed": "Det som skrivits under tystnad syns nu för alla.",
  "private.revealedNothing": "Ingenting hade skrivits under tystnad.",
  "private.show": "Gå och titta",
} as const;
