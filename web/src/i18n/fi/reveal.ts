// Finnish: what facilitators do about silent writing, and what came late.

export const reveal = {
  "private.title": "Hiljainen kirjoittaminen",
  "private.silence": "Tiimi kirjoittaa hiljaa. Kukaan ei vielä näe toisten tekstejä.",
  "private.left": "Hiljaa kirjoitettua ei ole vielä näytetty kaikille.",
  "private.late": "Jotain on tullut näyttämisen jälkeen.",
  "private.written": "{n|Yksi on kirjoittanut|{n} on kirjoittanut}",
  "private.reveal": "Näytä kaikille",
  "private.revealLate": "Näytä myöhässä tulleet",
  "private.countOn": "Kerro, montako on kirjoittanut",
  "private.countOff": "Piilota määrä",
  "private.discard": "Hylkää kaikki",
  "private.discardName": "Hylkää kaikki hiljaa kirjoitettu",
  "private.sure": "Hylätäänkö kaikkien tekstit? Niitä ei saa takaisin.",
  "private.add": "Lisää taululle",
  "private.send": "Lähetä näytettäväksi",
  "private.lead": "Nämä jäivät pois, kun tekstit näytettiin. Voit lisätä ne tai hylätä ne.",
  "private.revealed": "Hiljaa kirjoitettu on nyt kaikkien nähtävillä.",
  "private.revealedNothing": "Hiljaa ei ollut kirjoitettu mitään.",
  "private.show": "Siirry katsomaan",
} as const;
