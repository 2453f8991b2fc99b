// Finnish: what went wrong, and what to do next.

export const problems = {
  "refused.malformed": "Muutos oli viallinen. Lataa sivu uudelleen.",
  "refused.unsupported": "Tällaista muutosta taulu ei ota vastaan.",
  "refused.schema": "Muutoksessa oli tieto, jota taulu ei tunne.",
  "refused.limit": "Taulun enimmäismäärä tai tekstin enimmäispituus ylittyi.",
  "refused.role": "Roolisi ei salli tätä muutosta. Fasilitoija voi vaihtaa roolin uudella kutsulla.",
  "refused.notYours": "Kohde on toisen tekemä. Vain tekijä tai fasilitoija voi muuttaa sitä.",
  "refused.locked": "Kohde on lukittu. Fasilitoija voi avata lukituksen.",
  "refused.part": "Työpajan meneillään oleva osio ei salli tätä. Fasilitoija voi muuttaa osiota tai päättää sen.",
  "refused.readOnly": "Taulu on keskeytetty. Fasilitoija voi jatkaa muokkausta.",
  "refused.author": "Muutoksen tekijä ei täsmännyt. Tee muutos uudelleen.",
  "refused.replaced": "Kohde oli jo olemassa. Tee muutos uudelleen.",
  "refused.client": "Tämä välilehti on sidottu toiseen henkilöön. Lataa sivu uudelleen.",
  "refused.quarantined": "Muutos aiheutti virheen ja siirrettiin sivuun tutkittavaksi.",
  "refused.retired":
    "Taulusta tuli uusi versio ennen kuin muutos ehti tallentua. Tee se uudelleen, jos se on yhä tarpeen.",
  "refused.other": "Palvelin ei ottanut muutosta vastaan.",

  "problem.notFound": "Tätä ei löydy, tai sinulla ei ole oikeutta siihen.",
  "problem.unauthorized": "Et ole kirjautunut. Avaa kutsulinkkisi uudelleen.",
  "problem.forbidden": "Sinulla ei ole oikeutta tähän. Kysy fasilitoijalta.",
  "problem.origin": "Pyyntö tuli väärästä osoitteesta. Avaa palvelu sen omassa osoitteessa.",
  "problem.invite": "Kutsulinkki on vanhentunut, käytetty loppuun, peruttu tai vajaa. Pyydä uusi linkki.",
  "problem.name": "Nimi puuttuu tai on liian pitkä.",
  "problem.tooMany": "Liian monta yritystä. Odota minuutti ja yritä uudelleen.",
  "problem.tooBig": "Tiedosto tai pyyntö on liian suuri.",
  "problem.badRequest": "Palvelin ei ymmärtänyt pyyntöä. Lataa sivu uudelleen.",
  "problem.conflict": "Joku muu ehti muuttaa samaa. Yritä uudelleen.",
  "problem.notNow": "Tämä ei onnistu nyt: taulu on keskeytetty, tai työpajan meneillään oleva osio ei salli sitä.",
  "problem.inUse": "Tätä käytetään muualla työpajasarjassa. Poista ensin viittaukset siihen.",
  "problem.needed": "Sarja tarvitsee tätä henkilöä. Luovuta ensin vetovastuu tai lisää toinen omistaja.",
  "problem.limit": "Näitä on jo niin monta kuin voi olla.",
  "problem.storage": "Palvelin ei voi juuri nyt tallentaa. Yritä hetken kuluttua uudelleen.",
  "problem.internal": "Palvelimessa tapahtui virhe. Yritä hetken kuluttua uudelleen.",
  "problem.badFile": "Tiedosto ei ole kelvollinen taulu. Valitse Jalostamosta viety tiedosto.",
  "problem.unavailable": "Palvelin on hetken poissa käytöstä. Yritä pian uudelleen.",
  "problem.tooSlow": "Lähetys kesti liian kauan. Tarkista verkko ja yritä uudelleen.",
  "problem.unreadable": "Palvelimen vastausta ei voitu lukea. Lataa sivu uudelleen.",
  "problem.offline": "Palvelimeen ei saada yhteyttä. Tarkista verkko ja yritä uudelleen.",
  "problem.other": "Jokin meni vikaan. Yritä uudelleen. Jos virhe toistuu, kerro fasilitoijalle.",

  "problem.organisationInUse":
    "Organisaatio on käytössä: se omistaa sarjan tai haasteen tai on ehdottanut haastetta. Vaihda se niistä ensin.",

  "problem.export": "Tiedostoa ei saatu tehtyä. Yritä uudelleen. Jos virhe toistuu, kokeile toista tiedostomuotoa.",
  "problem.exportsTooMany": "Sinulla on jo kolme vientiä kesken. Odota hetki ja yritä uudelleen.",
  "problem.snapshotsLimit": "Taululla on jo 200 tilannevedosta. Poista jokin vanha ensin.",

  "refused.partNamed": "Osio ”{part}” ei salli tätä. Fasilitoija voi muuttaa osiota tai päättää sen.",
} as const;
