// Finnish: inviting to a board.

export const share = {
  "share.title": "Kutsu mukaan",
  "share.lead": "Tee linkki ja lähetä se. Jokainen, jolla on linkki, pääsee tauluun sen roolissa.",
  "share.role": "Linkin rooli",
  "share.make": "Tee kutsulinkki",
  "share.new": "Uusi kutsulinkki: {role}",
  "share.once": "Linkki näytetään vain nyt. Kopioi se heti.",
  "share.copy": "Kopioi linkki",
  "share.links": "Tehdyt linkit",
  "share.none": "Linkkejä ei ole vielä.",
  "share.madeAt": "tehty {date}",
  "share.expires": "voimassa {date} asti",
  "share.usesLeft": "{n|yksi käyttö|{n} käyttöä} jäljellä",
  "share.revoke": "Peru linkki",
  "share.revokeWhich": "Peru linkki: {role}, {date}",
  "share.revokeSure": "Perutaanko linkki? Sillä tulleet poistuvat taululta heti.",
  "share.revokeDone": "Linkki on peruttu.",
  "share.made": "Kutsulinkki on tehty.",
} as const;
