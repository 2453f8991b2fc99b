// Finnish: writing in silence, as the board shows it.

export const silence = {
  "private.mine": "Vain sinulle",
  "private.name": "vain sinulle näkyvä",
  "private.write": "Vain sinä näet, mitä kirjoitat, kunnes fasilitoija näyttää sen kaikille.",
  "private.anonymous": "Nimeäsi ei näytetä.",
  "private.waits": "Kirjoittamasi on vielä vain sinulle. Fasilitoija näyttää sen kaikille myöhemmin.",
  "command.drafts.reveal": "Näytä hiljaa kirjoitettu kaikille",
  "command.drafts.revealLate": "Näytä myöhässä tulleet tekstit",
  "command.drafts.discard": "Hylkää hiljaa kirjoitettu",
  "command.drafts.count": "Kerro kaikille, montako on kirjoittanut",
  "command.drafts.show": "Siirry äsken näytettyihin teksteihin",
  "said.revealedHere": "Näkyvissä {count|yksi hiljaa kirjoitettu teksti|{count} hiljaa kirjoitettua tekstiä}.",
  "said.draftsDiscarded": "Hiljaa kirjoitettu hylättiin.",
  "said.countShown": "Kaikki näkevät nyt, montako on kirjoittanut.",
  "said.countHidden": "Määrä ei enää näy.",
  "why.silent": "Tätä ei voi tehdä, ennen kuin teksti on näytetty kaikille.",
  "refused.late": "Tekstit näytettiin, ennen kuin tämä ehti perille.",
  "refused.lateAnonymous":
    "Tekstit näytettiin, ennen kuin tämä ehti perille. Voit lähettää sen näytettäväksi myöhemmin, edelleen ilman nimeä.",
} as const;
