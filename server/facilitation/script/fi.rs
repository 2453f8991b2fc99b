//! The default agenda's texts in Finnish. Knows no minutes and no rules.

use super::{PARTS, Words};

pub(super) const WORDS: [Words; PARTS] = [
    (
        "Avoimet ovet",
        "Tervetuloa! Tarkista nimesi ja organisaatiosi ja kokeile taulua: tee yksi lappu ja siirrä sitä. Jos jokin ei \
         toimi, pyydä apua fasilitoijalta.",
    ),
    (
        "Avaus",
        "Kuuntele, mitä tänään tehdään ja miksi. Pelisäännöt: yksi puhuu kerrallaan, jokainen ääni on yhtä tärkeä, \
         kyseenalaista asia, älä ihmistä.",
    ),
    (
        "Esittäytyminen",
        "Lisää oman organisaatiosi radalle lappu: nimesi ja lause, joka alkaa ”näkökulmani on…”. Kokeile samalla lisäämistä, \
         siirtämistä ja yhdistämistä.",
    ),
    (
        "Yhteinen tavoite: oma lause",
        "Kirjoita hiljaa yksi lause: mikä on asiakkaalle paremmin, kun olemme onnistuneet? Muut näkevät lauseesi vasta, kun \
         lauseet paljastetaan.",
    ),
    (
        "Yhteinen tavoite: yhdessä",
        "Lukekaa lauseet ja kirjoittakaa niistä yksi yhteinen tavoite. Merkitse organisaatiosi puolesta, voitteko sitoutua \
         siihen, ja arvioi asteikolla 1–5, kuinka yhteinen tavoite on.",
    ),
    (
        "Prosessi: omat vaiheet",
        "Kirjoita hiljaa, mitä organisaatiossasi tehdään: yksi vaihe yhteen lappuun, verbi alkuun. Kirjoita niin kuin työ \
         oikeasti tehdään, ei niin kuin ohje sanoo.",
    ),
    (
        "Prosessi: paikat ja nuolet",
        "Siirtäkää vaiheet tekijänsä radalle siihen järjestykseen, jossa ne tapahtuvat, ja yhdistäkää ne nuolilla. \
         Merkitkää päätökset, odotukset ja käytetyt järjestelmät.",
    ),
    (
        "Prosessi: yhden asiakkaan tarina",
        "Kulkekaa prosessi läpi yhden asiakkaan kanssa alusta loppuun. Missä hän odottaa, toistaa asiansa tai lähetetään \
         muualle? Kirjatkaa kipukohdat ja kysymykset siihen, missä ne syntyvät.",
    ),
    (
        "Prosessi: korjaukset",
        "Katsokaa kokonaisuutta: puuttuuko vaihe, nuoli tai toimija? Korjatkaa, mitä kolmessa minuutissa ehtii; loput voi \
         merkitä kysymykseksi.",
    ),
    (
        "Esteet: omat havainnot",
        "Kirjoita hiljaa, mikä estää, hidastaa tai voisi sujua yhdessä. Yksi asia yhteen lappuun: este, pullonkaula tai \
         yhteistyön paikka.",
    ),
    (
        "Esteet: ryhmittely ja kiinnitys",
        "Yhdistäkää samaa tarkoittavat ja kiinnittäkää jokainen siihen vaiheeseen tai nuoleen, jota se koskee. Valitkaa \
         esteelle laji ja vakavuus.",
    ),
    (
        "Esteet: äänestys",
        "Anna viisi ääntä niille esteille, joiden poistaminen auttaisi asiakasta eniten, enintään kaksi samalle. Voit muuttaa \
         ääniäsi, kunnes äänestys suljetaan.",
    ),
    (
        "Tauko",
        "Nouse hetkeksi tuolista. Taulu on auki ja kaikki on tallessa, vaikka suljet välilehden. Ajastin näyttää, milloin \
         jatketaan.",
    ),
    (
        "Galleriakierros",
        "Tutustukaa naapuritiimin tauluun. Jättäkää ainakin yksi kommentti: mikä on tuttua, mikä yllätti, missä voisitte \
         auttaa?",
    ),
    (
        "Kuinka voisimme…?",
        "Muuttakaa tärkeimmät esteet kysymyksiksi, jotka alkavat ”Kuinka voisimme…?”. Hyvä kysymys ei sisällä vielä \
         ratkaisua, mutta siihen voi vastata.",
    ),
    (
        "Ideat: omat ehdotukset",
        "Kirjoita hiljaa niin monta ideaa kuin keksit, yksi lappua kohti. Miten tekisimme tämän, jos mitään ei vielä olisi? \
         Arvioimme vasta myöhemmin.",
    ),
    (
        "Ideat: kierros",
        "Jokainen kertoo vuorollaan ideansa yhdellä lauseella. Muut kuuntelevat ja rakentavat päälle: lisää uusi idea tai \
         kommentti, kun jokin sytyttää.",
    ),
    (
        "Ideat: ryhmittely",
        "Ryhmitelkää ideat, jotka kuuluvat yhteen, ja antakaa ryhmälle nimi. Yhdistäkää idea siihen kysymykseen, johon se \
         vastaa.",
    ),
    (
        "Vaikutus ja vaiva",
        "Arvioikaa jokaisesta ideasta, kuinka paljon se auttaa ja kuinka paljon se vaatii, ja sijoittakaa se nelikenttään. \
         Valitkaa enintään kolme, joita lähdette viemään eteenpäin.",
    ),
    (
        "Seuraavat askeleet",
        "Kirjoittakaa jokaisesta valinnasta seuraava askel: mitä tehdään, mikä organisaatio omistaa sen, mikä on ensimmäinen \
         teko ja mihin mennessä. Sopikaa, kuka sitoutuu mihinkin.",
    ),
    (
        "Yhteenveto tiimeittäin",
        "Jokainen tiimi kertoo 90 sekunnissa tavoitteensa, tärkeimmän esteensä ja seuraavat askeleensa. Kuuntele, mihin \
         omalla organisaatiollasi on annettavaa.",
    ),
    (
        "Palaute",
        "Vastaa neljään väittämään ja halutessasi terveisiin. Vastauksia ei voi yhdistää sinuun, ja tulos näytetään, kun \
         vähintään viisi on vastannut.",
    ),
    (
        "Päätös",
        "Kuule, mitä seuraavaksi tapahtuu ja milloin tavataan. Ota mukaasi oma seuraava askeleesi ja lataa halutessasi \
         yhteenveto. Kiitos tästä päivästä.",
    ),
];
